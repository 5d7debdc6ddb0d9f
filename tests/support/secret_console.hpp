#pragma once

#include "protocol/ballot/acknowledgement.hpp"
#include "protocol/ballot/box.hpp"
#include "protocol/ballot/enrolment.hpp"
#include "protocol/ballot/make_ballot.hpp"
#include "protocol/ballot/verify.hpp"
#include "protocol/command/secret_vote.hpp"
#include "protocol/event/meeting.hpp"
#include "protocol/query/secret_vote.hpp"
#include "protocol/view.hpp"
#include "tests/protocol/ballot/repeatable_randomness.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>

namespace plenum::testing {

/// The bytes of something signed or hashed, as commands carry them.
template <std::size_t size>
Bytes as_bytes(const std::array<std::uint8_t, size>& array)
{
    return {array.begin(), array.end()};
}
template <std::size_t size>
std::array<std::uint8_t, size> as_array(const Bytes& bytes)
{
    if (bytes.size() != size) throw std::invalid_argument("bytes of another length");
    std::array<std::uint8_t, size> array{};
    std::copy(bytes.begin(), bytes.end(), array.begin());
    return array;
}

/// What every statement of a round is bound to, from what screens show of the vote; a roll was called.
inline ballot::VoteContext context_of(const std::string& origin, const SecretVoteView& view)
{
    const auto& roll = view.roll.value();
    ballot::VoteContext context;
    context.origin = origin;
    context.meeting = as_array<16>(view.meeting_id);
    context.vote = as_array<16>(view.vote_id);
    context.round = roll.round;
    context.question = roll.question;
    context.rule = roll.rule;
    context.roll_root = roll.roll_root;
    context.list_length = roll.list_length;
    context.key_holders = view.key_holders;
    context.election_key = {as_array<32>(view.election_key)};
    context.vote_generator = {as_array<32>(roll.vote_generator)};
    return context;
}
inline ballot::BallotTerms terms_of(const std::string& origin, const SecretVoteView& view)
{
    return ballot::terms_of(context_of(origin, view), view.shape);
}

/// Throws unless the reference and the batch both find that it holds, and read the same in it.
inline void check_by_both(ByteView ballot, const ballot::BallotTerms& terms)
{
    ballot::RepeatableRandomness randomness(10);
    const ByteView alone[] = {ballot};
    const auto batch = ballot::verify_ballots(alone, terms, randomness);
    const auto reference = ballot::verify_ballot(ballot, terms);
    const bool agree =
        reference && batch.size() == 1 && batch.front() && batch.front()->context() == reference->context() &&
        batch.front()->pseudonym() == reference->pseudonym() && batch.front()->seq() == reference->seq() &&
        batch.front()->ciphertexts() == reference->ciphertexts() &&
        batch.front()->bytes() == reference->bytes();
    if (!agree) throw std::logic_error("the verifiers differ about an honest ballot");
}

/// The console of one member, as a program of its own: it has keys, and says what a console says. A test says
/// when. The same numbers in every run.
class SecretConsole {
public:
    SecretConsole(std::string origin, PersonId person, std::uint64_t seed = 1)
        : origin_(std::move(origin)), person_(person), randomness_(seed * 1'000'003 + number(person)),
          device_(seed_of(randomness_))
    {}

    PersonId person() const { return person_; }
    Bytes device() const { return as_bytes(device_.public_key()); }

    /// console.enroll in a session with this channel.
    EnrollConsole enrol(const Bytes& channel) const
    {
        const ballot::EnrolmentTerms terms{origin_, record_of_person(), as_array<32>(channel)};
        return {device(), channel, as_bytes(ballot::prove_device(terms, device_))};
    }

    /// voting_key.register with a key made now.
    RegisterVotingKey sign_in(SittingId sitting, MeetingId meeting, const Bytes& channel)
    {
        key_ = std::make_unique<ballot::VotingKey>(randomness_);
        return register_again(sitting, meeting, channel);
    }
    /// The same for the key it has.
    RegisterVotingKey register_again(SittingId sitting, MeetingId meeting, const Bytes& channel)
    {
        const ballot::RegistrationTerms terms{
            origin_, record_id(origin_, MeetingCreated::kind, number(meeting)), record_of_person(),
            device_.public_key(), as_array<32>(channel)};
        return {sitting, channel, ballot::encode(ballot::register_key(terms, key(), device_, randomness_))};
    }
    /// Its voting key is erased.
    void sign_out() { key_.reset(); }
    bool is_keyed() const { return key_ != nullptr; }
    /// x, for a search that must not find it anywhere else.
    const ballot::SecretScalar& voting_secret() const { return key().secret(); }

    /// P, by which roll.path and box.proof are asked for.
    ballot::Point pseudonym(const SecretVoteView& view) const
    {
        return ballot::pseudonym(key().secret(), {as_array<32>(view.roll.value().vote_generator)});
    }

    /// Whether it stands in the list of the newest round.
    bool is_listed(const SecretVoteView& view, const RollPathAnswer& path) const
    {
        return ballot::check_listed(key(), context_of(origin_, view), {path.index, path.hashes}).has_value();
    }
    ballot::Acknowledgement acknowledgement(const SecretVoteView& view) const
    {
        return ballot::acknowledge(context_of(origin_, view), build(), device_);
    }
    /// roll.acknowledge.
    AcknowledgeRoll acknowledge(VoteId vote, const SecretVoteView& view) const
    {
        const auto said = acknowledgement(view);
        return {vote, view.roll.value().round, said.build, as_bytes(said.signature)};
    }
    static Digest build() { return sha256("console of the tests"); }

    /// ballot.cast; every press makes a new ballot. It remembers the last one.
    CastBallot cast(VoteId vote, const SecretVoteView& view, Choice choice)
    {
        return cast(vote, view,
                    {static_cast<std::uint8_t>(choice == Choice::approve  ? 1
                                               : choice == Choice::oppose ? 2
                                                                          : 0)});
    }
    /// The same of a ballot of any shape: a byte a row, option or candidate (ballot/choice.hpp). Every tenth
    /// that any console makes goes through both verifiers.
    CastBallot cast(VoteId vote, const SecretVoteView& view, const Bytes& said)
    {
        seq_ = next_seq();
        const auto terms = terms_of(origin_, view);
        auto made = ballot::make_ballot(terms, ballot::choice_of(view.shape.kind, said), key().secret(), seq_,
                                        randomness_);
        last_ = std::make_unique<ballot::MadeBallot>(std::move(made.value()));
        if (made_by_all_++ % 10 == 0) check_by_both(last_->bytes, terms);
        return {vote, last_->bytes};
    }
    /// ballot.spoil of the last ballot.
    SpoilBallot spoil(VoteId vote, const SecretVoteView& view)
    {
        return {vote, ballot::encode(
                          ballot::make_spoil(terms_of(origin_, view), key().secret(), seq_, randomness_))};
    }
    /// What the last ballot says, as shown once it is spoiled.
    Bytes opening() const { return ballot::encode_opening(last_->opening); }
    const Bytes& last_ballot() const { return last_->bytes; }
    std::uint32_t last_seq() const { return seq_; }

    /// Whether the server signed this as the receipt of the last ballot or of its spoil.
    bool is_receipt(ballot::ReceiptKind kind, const SecretVoteView& view, const BallotAnswer& answer,
                    const ballot::VerifyKey& server) const
    {
        const auto receipt = ballot::decode_receipt(answer.receipt);
        return receipt && ballot::check_receipt(kind, *receipt, server) &&
               ballot::check_receipt_of(*receipt, terms_of(origin_, view), last_->bytes);
    }

    /// Whether the proof shows in the sealed box what must be there: its last ballot, or none after a spoil
    /// or without a press.
    bool is_found(const SecretVoteView& view, const BoxProofAnswer& answer, bool counts) const
    {
        const auto proof = ballot::decode_proof(answer.proof);
        if (!proof) return false;
        const auto leaf = ballot::check_proof(*proof, pseudonym(view), view.box.value().root);
        if (!leaf || leaf->has_value() != counts) return false;
        return !counts || (*leaf)->record == sha256(last_->bytes);
    }
    ballot::Confirmation confirmation(const SecretVoteView& view) const
    {
        return ballot::confirm(terms_of(origin_, view), view.box.value().root, device_);
    }
    /// box.confirm.
    ConfirmBox confirm(VoteId vote, const SecretVoteView& view) const
    {
        return {vote, view.box.value().root, as_bytes(confirmation(view).signature)};
    }

private:
    static std::array<std::uint8_t, 32> seed_of(ballot::Randomness& randomness)
    {
        std::array<std::uint8_t, 32> seed{};
        randomness.fill(seed);
        return seed;
    }
    RecordId record_of_person() const { return record_id(origin_, "person", number(person_)); }
    const ballot::VotingKey& key() const
    {
        if (!key_) throw std::logic_error("this console has no voting key");
        return *key_;
    }
    /// From a number below 2^30 by steps of 1 to 2^16.
    std::uint32_t next_seq()
    {
        std::array<std::uint8_t, 4> drawn{};
        randomness_.fill(drawn);
        const auto value = static_cast<std::uint32_t>(drawn[0] | drawn[1] << 8 | drawn[2] << 16) |
                           static_cast<std::uint32_t>(drawn[3]) << 24;
        return seq_ == 0 ? value % (1U << 30) : seq_ + 1 + value % (1U << 16);
    }

    static inline std::atomic<std::size_t> made_by_all_ = 0; ///< ballots, in this program

    std::string origin_;
    PersonId person_;
    ballot::RepeatableRandomness randomness_;
    SigningKey device_;
    std::unique_ptr<ballot::VotingKey> key_;
    std::unique_ptr<ballot::MadeBallot> last_;
    std::uint32_t seq_ = 0; ///< of the last ballot
};

} // namespace plenum::testing
