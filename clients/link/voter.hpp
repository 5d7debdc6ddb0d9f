#pragma once

#include "protocol/ballot/box.hpp"
#include "protocol/ballot/make_ballot.hpp"
#include "protocol/ballot/roll.hpp"
#include "protocol/query.hpp"

#include <memory>

namespace plenum::link {

/// What a member's console does in secret votes: holds the keys, makes ballots, signs what it has found, and
/// nothing else. Knows no socket: it says what to send and judges what came. What it is shown it does not
/// believe further than it can check; a view that cannot be is answered with nothing.
class Voter {
public:
    /// `origin` as hello told it; `randomness` is the operating system's and outlives the voter.
    Voter(std::string origin, PersonId person, ballot::Randomness& randomness);

    /// By which key it signs.
    Bytes device() const;
    /// console.enroll in a session with this channel; nothing for a channel that is none.
    std::optional<EnrollConsole> enrol(const Bytes& channel) const;
    /// voting_key.register, with a key made now in the place of any before.
    std::optional<RegisterVotingKey> register_key(SittingId sitting, MeetingId meeting, const Bytes& channel);
    /// Erases the voting key.
    void sign_out() { key_.reset(); }
    bool has_key() const { return key_ != nullptr; }

    /// Asks for the path by its own pseudonym.
    std::optional<ReadRollPath> ask_path(VoteId vote, const SecretVoteView& view) const;
    /// roll.acknowledge; nothing when the path does not lead to this console.
    std::optional<AcknowledgeRoll> acknowledge(VoteId vote, const SecretVoteView& view,
                                               const RollPathAnswer& path, const Digest& build) const;

    /// A new ballot, in the place of any before.
    std::optional<CastBallot> cast(VoteId vote, const SecretVoteView& view, Choice choice);
    /// Whether the server, by the key hello told, acknowledged the last ballot; it counts from then on.
    bool take_receipt(const SecretVoteView& view, const BallotAnswer& answer,
                      const ballot::VerifyKey& server);
    /// Of the last ballot with a receipt; empty without one.
    const std::string& tracker() const { return tracker_; }

    std::optional<ReadBoxProof> ask_proof(VoteId vote, const SecretVoteView& view) const;
    /// box.confirm; nothing when the box does not hold what it must: the last ballot with a receipt, or none.
    std::optional<ConfirmBox> confirm(VoteId vote, const SecretVoteView& view,
                                      const BoxProofAnswer& answer) const;

private:
    /// What is kept of a vote for as long as it may be asked about.
    struct Kept {
        VoteId vote{};
        Bytes ballot; ///< the last one made
        Digest acknowledged;
        bool is_acknowledged = false;
    };

    std::optional<ballot::Point> pseudonym(const SecretVoteView& view) const;
    std::optional<ballot::VoteContext> context_of(const SecretVoteView& view) const;

    std::string origin_;
    PersonId person_;
    ballot::Randomness& randomness_;
    SigningKey device_;
    std::unique_ptr<ballot::VotingKey> key_;
    std::optional<Kept> kept_;
    std::uint32_t seq_ = 0;
    std::string tracker_;
};

} // namespace plenum::link
