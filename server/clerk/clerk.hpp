#pragma once

#include "protocol/note.hpp"
#include "protocol/rpc.hpp"
#include "server/clerk/ballot_desk.hpp"
#include "server/clerk/herald.hpp"
#include "server/clerk/ports.hpp"
#include "server/clerk/receipts.hpp"
#include "server/clerk/record_proofs.hpp"
#include "server/clerk/replay.hpp"

#include <deque>

namespace plenum::clerk {

/// The version this server writes into the record and says in hello.
inline constexpr std::string_view server_version = "0.1.0";
inline constexpr std::string_view wire_protocol = "plenum.v1";

/// Waiting entries beyond which new commands are refused as busy rather than queued in silence.
inline constexpr std::size_t pending_entries_max = 20'000;

/// The office may send whole rosters, and papers of 4 MiB, which base64url makes a third longer.
inline constexpr std::size_t office_read_bytes_max = 6 * 1024 * 1024;

/// How long a request with a ballot or a spoil of so many bytes may be: base64 and what stands around it.
constexpr std::size_t ballot_request_bytes(std::size_t ballot_bytes)
{
    return ballot_bytes / 3 * 4 + 1024;
}

/// What the clerk is called with besides the request: the wall clock, and fresh randomness for this one
/// request.
struct Moment {
    std::uint64_t now_ms = 0;
    Seed seed{};
};

/// Figures for /metrics.
struct Figures {
    std::uint64_t entries = 0; ///< durable
    std::uint64_t pending = 0; ///< decided, not yet durable
    std::uint64_t groups = 0;
    std::uint64_t answered = 0;
    std::uint64_t refused = 0;
    std::uint64_t repeats = 0;
    std::uint64_t sessions = 0;
};

/// The one place that owns the order of work: request → decide → apply in memory → commit group → durable →
/// answers, then views. Single-threaded and without a clock of its own, so that the simulator can drive it
/// step by step; ClerkThread runs it in production.
///
/// Two states are kept: `ahead` is what has been decided, `durable` is what may be shown. Nothing leaves the
/// clerk that is not durable.
class Clerk {
public:
    Clerk(Ports ports, NoteVerifier verifier);
    Clerk(const Clerk&) = delete;
    Clerk& operator=(const Clerk&) = delete;

    /// Replays the journal. Call once, before anything else.
    Replayed load(journal::JournalStore& store);
    /// Writes server.started as the first group of this epoch: after log.created in a new log, before
    /// journal.recovered when a torn tail was cut.
    void start(const journal::Head& head, std::optional<JournalRecovered> recovered, std::uint64_t now_ms);

    void requested(SessionId session, const Request& request, const Moment& moment);
    void closed(SessionId session);
    /// The group under way is durable.
    void durable(const journal::Head& head, std::uint64_t now_ms);
    /// Who an access code signs in, by the durable state; nothing for an unknown one.
    std::optional<Actor> actor_of_code(std::string_view text) const;
    /// Ballots and spoils are back from the checkers. Once for each CheckOrder.
    void checked(const std::vector<Checked>& checks, const Moment& moment);
    /// Totals were looked up. Once for each SearchOrder.
    void found(const FoundTotals& totals, const Moment& moment);
    /// Every 100 ms or so: windows that ran out, collected figures, the checkpoint of the second.
    void tick(std::uint64_t now_ms);

    /// The last step before the process ends, once idle(): publishes where the record stands, so that nobody
    /// can cut its end off unseen.
    void conclude();

    /// Carries out a command for the server itself (init, import at the command line). The receipt is true
    /// only after durable() of its group.
    boost::system::result<IssuedCodes, Refusal> act(const Command& command, const std::string& id,
                                                    const Moment& moment);

    const chamber::State& durable_state() const { return durable_; }
    const chamber::State& ahead_state() const { return ahead_; }
    const journal::Head& head() const { return head_; }
    Figures figures() const;
    bool idle() const { return groups_.empty(); }

private:
    struct Waiting {
        SessionId session{};
        Message answer;
        std::optional<std::uint64_t> receipt; ///< the number of the entry it acknowledges, if it does
    };
    /// A commit group being formed or under way, with what happens when it is durable.
    struct Pending {
        journal::Group group;
        std::vector<Entry> entries;
        std::vector<Digest> leaves; ///< of each
        std::vector<Waiting> answers;
        std::vector<Digest> blobs; ///< named by the entries, still in fresh_blobs_
        /// Of whose box the sealed records are; they have their leaf once `framed`, and then no more come.
        std::optional<VoteId> ballots_of;
        std::size_t ballots = 0;
        bool framed = false;
    };
    /// A decision that was made and is not yet in the record.
    struct Drafted {
        chamber::Decision decision;
        std::uint64_t now_ms = 0;
        std::optional<ballot::BoxKey> key; ///< of the box it makes
    };
    using Draft = boost::system::result<Drafted, Refusal>;
    /// A request that waits until ballots that came before it are checked.
    struct Held {
        SessionId session{};
        Actor actor;
        Request request;
        Moment moment;
        std::vector<VoteId> votes;
    };

    void move_seat(SessionId session, PersonId member);
    void limit_reading(SessionId session, const Actor& actor);
    void hello(SessionId session, const Request& request, const Moment& moment);
    /// Whose code it is, by the durable state; nothing for an unknown one.
    const AccessCodeRow* row_of_code(std::string_view text) const;
    /// Whether no newer code took the place of the one this session signed in with.
    bool has_code_in_force(const chamber::State& state, SessionId session) const;
    bool seen_more(const std::string& checkpoint);
    /// Answers a question; false when the request is none.
    bool query(SessionId session, const Actor& actor, const Request& request);
    void command(SessionId session, const Actor& actor, const Request& request, const Moment& moment);
    bool repeated(SessionId session, const Actor& actor, const Request& request, const Command& command);
    Draft draft(const Actor& actor, const Command& command, const Moment& moment);
    boost::system::result<IssuedCodes, Refusal> carry_out(const Actor& actor, const std::string& id,
                                                          const Moment& moment, Draft drafted);
    Receipt enter(const Actor& actor, const std::string& id, chamber::Decision decision,
                  std::uint64_t now_ms);
    std::vector<IssuedCode> issued_codes(const chamber::Decision& decision, const Seed& seed) const;
    std::optional<Refusal> store_blobs(const chamber::Decision& decision);
    Receipt write_down(const Actor& actor, const std::string& id, std::vector<Event> events,
                       std::uint64_t now_ms);
    std::optional<std::string> blob(const Digest& digest) const;
    Digest append(Pending& pending, Entry entry);
    Pending& forming(std::size_t entries);
    void submit_next();

    // Secret votes: clerk_ballots.cpp takes ballots, clerk_boxes.cpp does what the server does by itself.
    bool ballot_request(SessionId session, const Actor& actor, const Request& request);
    void take(SessionId session, const Actor& actor, const std::string& id, VoteId vote,
              ballot::RecordKind kind, const Bytes& record);
    chamber::Answer<RecordProof> prove(const Actor& actor, const ProveRecord& question);
    std::optional<Refusal> check_ballots_come(const Actor& actor, VoteId vote) const;
    void refuse_record(SessionId session, const std::string& id, const Refusal& refusal);
    void note_reuse(VoteId vote, BallotBox& box, const Bytes& record);
    void take_checked(const Checked& checked);
    void record(const CheckInFlight& check);
    void answer_record(SessionId session, const std::string& id, const UnsignedReceipt& receipt);
    Pending& forming_for(VoteId vote);
    void end_frame();
    void settle_ballots(VoteId vote, std::size_t count);
    std::vector<VoteId> waits_for_checks(const chamber::Decision& decision) const;
    void carry_on(const Moment& moment);
    bool is_of_session(SessionId session, const Command& command) const;
    std::optional<Refusal> add_material(const Command& command, chamber::Context& context,
                                        std::optional<ballot::BoxKey>& key);
    std::optional<Refusal> keep_key(const ballot::BoxKey& key);
    /// By the digest of a sealed section: the box it is of, and the entry that says so.
    using Frames = std::map<Digest, std::pair<std::string, std::uint64_t>>;
    std::optional<ReplayFault> load_boxes(journal::JournalStore& store, const Frames& frames);
    Result<void> load_records(BallotBox& box, std::uint64_t first, const std::vector<Bytes>& sealed,
                              std::uint64_t leaf);
    void settle_keys(std::uint64_t now_ms);
    void work_on_boxes(std::uint64_t now_ms);
    bool seal_box(VoteId vote, std::uint64_t now_ms);
    void search_totals(VoteId vote);
    bool destroy_key(VoteId vote, std::uint64_t now_ms);
    bool write_own(chamber::Decided decided, std::uint64_t now_ms);

    void note_ended(const Event& event);
    /// Erases the private values the record has ended. The answer waits for it; a full disk makes it wait.
    void erase_ended();
    /// Ends the sessions whose code was replaced: who lost a phone is signed out there. Those that asked for
    /// it go on by the new code: their answer shows it.
    void close_with_old_code(const std::set<SessionId>& asked);
    /// Closes the sessions of those whose last office of a role ended: their code is void.
    void close_without_office();
    void time_out(std::uint64_t now_ms);
    void publish();
    void refuse_with(SessionId session, const std::string& id, const Refusal& refusal);
    void refuse_when_durable(SessionId session, const std::string& id, const Refusal& refusal);
    void answer_when_durable(SessionId session, std::string text, std::optional<std::uint64_t> receipt = {});
    void answer_now(SessionId session, std::string text);

    Ports ports_;
    NoteVerifier verifier_;
    chamber::State ahead_;
    chamber::State durable_;
    Receipts receipts_;
    RecordProofs proofs_;
    std::map<Digest, std::string> fresh_blobs_;
    std::set<Digest> ended_blobs_; ///< by the durable record; not yet known to be erased
    chamber::BlobSource blobs_;
    BallotDesk desk_;
    Herald herald_;
    std::deque<Held> held_;
    std::set<VoteId> draining_;  ///< nothing more is admitted: voting ends once the checkers are done
    std::set<VoteId> lost_keys_; ///< found at the start
    std::set<VoteId> searched_;  ///< whose totals are being looked up, or cannot be found
    bool boxes_due_ = true;      ///< there may be something to do with a box
    journal::Head head_;
    std::deque<Pending> groups_; ///< front is under way when under_way_
    bool under_way_ = false;
    std::uint64_t clock_ms_ = 0; ///< the newest clock reading as it was
    std::uint64_t wall_ms_ = 0;  ///< the same, never backwards
    std::uint64_t published_size_ = 0;
    std::uint64_t published_at_ms_ = 0;
    std::uint64_t figures_told_at_ms_ = 0;
    bool publish_soon_ = false;
    std::map<SessionId, unsigned> failed_hellos_;
    std::map<SessionId, Digest> codes_; ///< the hash of the code each signed in with
    Figures figures_;
};

} // namespace plenum::clerk
