#pragma once

#include "protocol/query/secret_vote.hpp"
#include "server/chamber/questions.hpp"
#include "server/clerk/ballot_box.hpp"
#include "server/clerk/ports.hpp"
#include "server/clerk/sealed_box.hpp"

namespace plenum::clerk {

/// How often a person may send a ballot, spoil or signature of one vote that does not hold: connecting anew
/// changes nothing about it, another console does, which takes a new code of the office.
inline constexpr unsigned failed_checks_max = 4;

/// Of so many votes it is known who sent what does not hold; the oldest are forgotten first.
inline constexpr std::size_t failed_votes_max = 64;

/// 32 bytes a session is known by, which keys made in it are bound to.
using Channel = std::array<std::uint8_t, 32>;

/// A record whose proofs are being checked, and who waits for what becomes of it.
struct CheckInFlight {
    SessionId session{};
    PersonId person{}; ///< whose session it is; whose ballot nobody asks
    std::string id;    ///< of the request
    VoteId vote{};
    ballot::RecordKind kind = ballot::RecordKind::ballot;
    Bytes record;
};

/// Why this is nobody who verifies the box of the vote: neither an auditor nor a holder of its keys.
std::optional<Refusal> may_verify(const chamber::State& state, const Actor& actor, VoteId vote);

/// What the clerk keeps of secret votes beside the record: lists with their paths, signatures until they are
/// needed together, open boxes with their keys, proofs for sealed ones, and whom it owes an answer. All but
/// the keys can be had again: from the record, or from consoles that send their signatures once more.
class BallotDesk {
public:
    explicit BallotDesk(const chamber::BlobSource& blobs) : blobs_(blobs) {}

    // Sessions.

    /// The channel of a session, made at its hello from the randomness of that request.
    const Channel& open_channel(SessionId session, const Seed& seed);
    bool is_channel(SessionId session, ByteView claimed) const;
    void closed(SessionId session);

    /// A durable entry: where blobs stand that the state does not name, and which boxes are done with, so
    /// that their keys are wiped from memory.
    void note(const Event& event);

    // Questions that become no entry. `state` is the durable one.

    chamber::Answer<RollPathAnswer> ask(const chamber::State& state, SessionId session, const Actor& actor,
                                        const ReadRollPath& question);
    chamber::Answer<SignatureKept> ask(const chamber::State& state, SessionId session, const Actor& actor,
                                       const AcknowledgeRoll& question);
    chamber::Answer<SilentAnswer> ask(const chamber::State& state, SessionId session, const Actor& actor,
                                      const ListSilent& question);
    chamber::Answer<BoxProofAnswer> ask(const chamber::State& state, SessionId session, const Actor& actor,
                                        const ReadBoxProof& question);
    chamber::Answer<SignatureKept> ask(const chamber::State& state, SessionId session, const Actor& actor,
                                       const ConfirmBox& question);
    chamber::Answer<SecretFilePage> ask(const chamber::State& state, SessionId session, const Actor& actor,
                                        const ReadSecretFile& question);
    chamber::Answer<RollAnswer> ask(const chamber::State& state, SessionId session, const Actor& actor,
                                    const ReadRoll& question);

    /// Of the newest round of this state, as they came.
    std::vector<ballot::Acknowledgement> acknowledgements(const chamber::State& state, VoteId vote);
    std::vector<ballot::Confirmation> confirmations(const chamber::State& state, VoteId vote);

    /// What is told of a vote that is not in its record.
    struct Figures {
        std::uint32_t round = 0;
        std::uint32_t acknowledged = 0;
        std::uint32_t list_length = 0;
        std::uint32_t received = 0; ///< pseudonyms with a ballot that counts
        std::uint32_t confirmed = 0;
    };
    Figures figures(const chamber::State& state, VoteId vote);

    // Boxes.

    /// From the key on until the box is sealed or void. The roll of this vote was called in `state`.
    BallotBox& open_box(const chamber::State& state, VoteId vote, ballot::BoxKey key);
    /// Nothing when there is none.
    BallotBox* box(VoteId vote);
    /// Forgets the box and wipes its key in memory.
    void drop_box(VoteId vote) { boxes_.erase(vote); }

    // Checks.

    /// Why this person's record is not looked at now, if it is not: busy while one of them is being checked,
    /// checks_used_up. Whatever the session: who connects again, or twice, is the same.
    std::optional<Refusal> may_send(PersonId person, VoteId vote) const;
    void failed(PersonId person, VoteId vote);
    /// The number to send it to the checkers under.
    std::uint64_t send(CheckInFlight check);
    /// It is back from there.
    CheckInFlight take_back(std::uint64_t number);
    std::size_t in_flight(VoteId vote) const;

private:
    RollCall* roll(const chamber::State& state, VoteId vote);
    SealedBox* sealed(const chamber::State& state, VoteId vote);
    std::optional<std::string> file_of(const chamber::State& state, const ReadSecretFile& question);

    const chamber::BlobSource& blobs_;
    std::map<SessionId, Channel> channels_;
    std::map<VoteId, std::map<PersonId, unsigned>> failures_; ///< until the vote is over
    std::map<VoteId, Digest> acknowledged_;                   ///< the blob vote.opened names
    std::map<VoteId, RollCall> rolls_;
    std::map<VoteId, BallotBox> boxes_;
    std::map<VoteId, SealedBox> sealed_;
    std::map<std::uint64_t, CheckInFlight> checks_;
    std::uint64_t next_check_ = 1;
};

} // namespace plenum::clerk
