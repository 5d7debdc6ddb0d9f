#pragma once

#include "protocol/merkle.hpp"
#include "protocol/note.hpp"
#include "server/chamber/queries.hpp"
#include "server/journal/store.hpp"
#include "tests/sim/heard.hpp"
#include "tests/sim/recount.hpp"
#include "tests/sim/world.hpp"

#include <deque>

namespace plenum::sim {

using clerk::SessionId;

/// Stands beside the server and believes nothing: keeps its own copy of what became durable, and compares
/// with it whatever leaves the clerk and whatever comes back after a crash. Throws a Violation at the first
/// thing that is not so.
///
/// Two places in the record matter: `record` is what the disk has acknowledged, `shown` what the clerk has
/// been told of. Nothing may leave the clerk beyond `shown`, and nothing of `record` may ever be gone.
class Witness {
public:
    Witness(World& world, Ear& ear, NoteVerifier verifier);

    // The record.
    void submitted(const journal::Group& group);
    /// The disk has acknowledged the group under way.
    void written();
    /// The clerk is about to hear that it is durable.
    void told();
    /// The process has ended; what was under way may have been written or not.
    void ended();
    /// What stands on the disk after a start: all of the record, and at most the whole group that was under
    /// way. False when the disk failed while reading; then nothing has been noted.
    bool recovered(journal::JournalStore& store);
    void remember_blob(const chamber::NewBlob& blob);
    std::optional<std::string> blob(const Digest& digest) const;

    // State.
    void check_state(const chamber::State& durable);
    /// The same, replayed from the first entry.
    void check_replay(const chamber::State& durable);

    // Messages.
    /// A request reaches the clerk, which has decided `decided` entries so far. `proper`: made by a console
    /// that knows how.
    void asked(SessionId session, const Request& request, std::uint64_t decided, bool proper);
    void answered(SessionId session, const clerk::Message& message);
    void sent(const std::vector<SessionId>& sessions, const clerk::Message& message);
    void checkpoint(const std::string& note);
    /// The clerk has said all it has to say about what it was last told of.
    void check_told();
    void closed(SessionId session);
    void all_closed();
    /// All sessions that have said hello.
    std::vector<SessionId> everybody() const;
    /// Whom a code signs in; the harness handed it out itself.
    void code_issued(const std::string& code, const Actor& actor) { owners_[code] = actor; }

    /// The console shows what a snapshot would show now.
    void check_screen(const Actor& actor, const struct Screen& screen) const;

    /// A member of some body, or holder of this office anywhere.
    bool has_place(const Actor& actor) const;

    const chamber::State& shown() const { return shown_; }
    const Recount& recount() const { return recount_; }
    /// What voters know of their secret ballots; whoever makes one says so here.
    SecretLedger& ledger() { return recount_.ledger; }
    std::uint64_t record_size() const { return record_.size(); }

private:
    struct Asked {
        std::string method;
        boost::json::value params;
        std::uint64_t decided = 0;
        bool proper = false;
    };

    /// Who is behind a session, and what it was last told of itself.
    struct Greeted {
        Actor actor;
        MyView me;
    };

    void append(std::string entry);
    void check_hello(SessionId session, const Asked& asked, const boost::json::value& result);
    void check_query(const Asked& asked, const Actor& actor, const boost::json::value& result) const;
    void check_receipt(SessionId session, const std::string& id, const Asked& asked,
                       const boost::json::value& result);
    void check_ballot_answer(const Asked& asked, const boost::json::value& result);
    void check_sealed_section(const journal::Group& group) const;
    void note_press(SessionId session, const Asked& asked, const boost::json::value& result);
    void check_error(const Asked& asked, const boost::json::value& error) const;
    void check_news(const Actor& actor, const Heard& heard) const;
    void check_vote(const Actor& actor, const VoteView& view, const boost::json::value& sent) const;
    bool belongs(const Actor& actor, SittingId sitting) const;
    bool concerns(const Actor& actor, const SuggestionView& one) const;
    bool concerns(const Actor& actor, const PetitionView& one) const;
    bool serves(const Actor& actor, BodyId body) const;
    MyView without_the_past(MyView me) const;
    const Actor& behind(SessionId session) const;

    World& world_;
    Ear& ear_;
    NoteVerifier verifier_;
    std::vector<std::string> record_;
    std::vector<Entry> entries_;
    MerkleTree tree_;
    std::uint64_t recounted_ = 0;
    std::optional<journal::Group> under_way_;
    bool written_ = false;
    chamber::State shown_;
    std::map<Digest, std::string> blobs_;
    chamber::BlobSource blob_source_;
    Recount recount_;

    std::map<std::string, Actor> owners_;
    std::map<SessionId, Greeted> greeted_;
    std::set<PersonId> moved_; ///< pressed, came or went with the entries the clerk was last told of
    std::map<std::pair<SessionId, std::string>, std::deque<Asked>>
        asked_; ///< oldest first: ids may be repeated
    std::map<std::pair<std::string, std::string>, boost::json::value> receipts_; ///< by actor and request id
    std::set<std::string> notes_;                                                ///< looked at before
    std::uint64_t noted_size_ = 0;
};

} // namespace plenum::sim
