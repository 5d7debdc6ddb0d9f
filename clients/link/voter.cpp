#include "clients/link/voter.hpp"

#include "protocol/ballot/acknowledgement.hpp"
#include "protocol/ballot/enrolment.hpp"

#include <algorithm>

namespace plenum::link {
namespace {

constexpr std::uint32_t first_seq_below = 1U << 30; ///< docs/ballot_protocol.md 4
constexpr std::uint32_t seq_step_max = 1U << 16;

template <std::size_t size>
std::optional<std::array<std::uint8_t, size>> array_of(const Bytes& bytes)
{
    if (bytes.size() != size) return std::nullopt;
    std::array<std::uint8_t, size> array{};
    std::ranges::copy(bytes, array.begin());
    return array;
}

template <std::size_t size>
Bytes bytes_from(const std::array<std::uint8_t, size>& array)
{
    return {array.begin(), array.end()};
}

SigningKey new_device(ballot::Randomness& randomness)
{
    ballot::Secret<32> seed;
    randomness.fill(seed.fill());
    return SigningKey(seed.reveal());
}

std::uint32_t drawn(ballot::Randomness& randomness)
{
    std::array<std::uint8_t, 4> bytes{};
    randomness.fill(bytes);
    return Reader(bytes).u32();
}

} // namespace

Voter::Voter(std::string origin, PersonId person, ballot::Randomness& randomness)
    : origin_(std::move(origin)), person_(person), randomness_(randomness), device_(new_device(randomness))
{}

Bytes Voter::device() const
{
    return bytes_from(device_.public_key());
}

std::optional<EnrollConsole> Voter::enrol(const Bytes& channel) const
{
    const auto bound = array_of<32>(channel);
    if (!bound) return std::nullopt;
    const ballot::EnrolmentTerms terms{origin_, record_id(origin_, "person", number(person_)), *bound};
    return EnrollConsole{device(), channel, bytes_from(ballot::prove_device(terms, device_))};
}

std::optional<RegisterVotingKey> Voter::register_key(SittingId sitting, MeetingId meeting,
                                                     const Bytes& channel)
{
    const auto bound = array_of<32>(channel);
    if (!bound) return std::nullopt;
    key_ = std::make_unique<ballot::VotingKey>(randomness_);
    const ballot::RegistrationTerms terms{origin_, record_id(origin_, MeetingCreated::kind, number(meeting)),
                                          record_id(origin_, "person", number(person_)), device_.public_key(),
                                          *bound};
    return RegisterVotingKey{sitting, channel,
                             ballot::encode(ballot::register_key(terms, *key_, device_, randomness_))};
}

std::optional<ballot::VoteContext> Voter::context_of(const SecretVoteView& view) const
{
    const auto meeting = array_of<16>(view.meeting_id);
    const auto vote = array_of<16>(view.vote_id);
    const auto election_key = ballot::parse_point(view.election_key);
    if (!view.roll || !meeting || !vote || !election_key) return std::nullopt;
    const auto generator = ballot::parse_point(view.roll->vote_generator);
    if (!generator || generator->is_identity() || election_key->is_identity()) return std::nullopt;
    ballot::VoteContext context;
    context.origin = origin_;
    context.meeting = *meeting;
    context.vote = *vote;
    context.round = view.roll->round;
    context.question = view.roll->question;
    context.rule = view.roll->rule;
    context.roll_root = view.roll->roll_root;
    context.list_length = view.roll->list_length;
    context.key_holders = view.key_holders;
    context.election_key = *election_key;
    context.vote_generator = *generator;
    return context;
}

std::optional<ballot::Point> Voter::pseudonym(const SecretVoteView& view) const
{
    const auto context = context_of(view);
    if (!context || !key_) return std::nullopt;
    return ballot::pseudonym(key_->secret(), context->vote_generator);
}

std::optional<ReadRollPath> Voter::ask_path(VoteId vote, const SecretVoteView& view) const
{
    const auto own = pseudonym(view);
    if (!own) return std::nullopt;
    return ReadRollPath{vote, view.roll->round, bytes_from(own->bytes)};
}

std::optional<AcknowledgeRoll> Voter::acknowledge(VoteId vote, const SecretVoteView& view,
                                                  const RollPathAnswer& path, const Digest& build) const
{
    const auto context = context_of(view);
    if (!context || !key_) return std::nullopt;
    if (!ballot::check_listed(*key_, *context, {path.index, path.hashes})) return std::nullopt;
    const auto said = ballot::acknowledge(*context, build, device_);
    return AcknowledgeRoll{vote, view.roll->round, build, bytes_from(said.signature)};
}

std::optional<CastBallot> Voter::cast(VoteId vote, const SecretVoteView& view, Choice choice)
{
    const auto context = context_of(view);
    if (!context || !key_ || !ballot::check_shape(view.shape)) return std::nullopt;
    const std::uint8_t option = choice == Choice::approve ? 1 : choice == Choice::oppose ? 2 : 0;
    seq_ = seq_ == 0 ? 1 + drawn(randomness_) % (first_seq_below - 1)
                     : seq_ + 1 + drawn(randomness_) % seq_step_max;
    auto made = ballot::make_ballot(ballot::terms_of(*context, view.shape),
                                    ballot::choice_of(view.shape.kind, ByteView(&option, 1)), key_->secret(),
                                    seq_, randomness_);
    if (!made) return std::nullopt;
    if (!kept_ || kept_->vote != vote) kept_ = Kept{vote, {}, {}, false};
    kept_->ballot = made->bytes;
    return CastBallot{vote, std::move(made->bytes)};
}

bool Voter::take_receipt(const SecretVoteView& view, const BallotAnswer& answer,
                         const ballot::VerifyKey& server)
{
    const auto context = context_of(view);
    const auto receipt = ballot::decode_receipt(answer.receipt);
    if (!context || !receipt || !kept_) return false;
    const auto terms = ballot::terms_of(*context, view.shape);
    if (!ballot::check_receipt(ballot::ReceiptKind::ballot, *receipt, server) ||
        !ballot::check_receipt_of(*receipt, terms, kept_->ballot))
        return false;
    kept_->acknowledged = receipt->ballot;
    kept_->is_acknowledged = true;
    tracker_ = ballot::tracker(kept_->ballot);
    return true;
}

std::optional<ReadBoxProof> Voter::ask_proof(VoteId vote, const SecretVoteView& view) const
{
    const auto own = pseudonym(view);
    if (!own) return std::nullopt;
    return ReadBoxProof{vote, bytes_from(own->bytes)};
}

std::optional<ConfirmBox> Voter::confirm(VoteId vote, const SecretVoteView& view,
                                         const BoxProofAnswer& answer) const
{
    const auto context = context_of(view);
    const auto own = pseudonym(view);
    const auto proof = ballot::decode_proof(answer.proof);
    if (!context || !own || !proof || !view.box) return std::nullopt;
    const auto leaf = ballot::check_proof(*proof, *own, view.box->root);
    const bool pressed = kept_ && kept_->vote == vote && kept_->is_acknowledged;
    if (!leaf || leaf->has_value() != pressed) return std::nullopt;
    if (pressed && (*leaf)->record != kept_->acknowledged) return std::nullopt;
    const auto said = ballot::confirm(ballot::terms_of(*context, view.shape), view.box->root, device_);
    return ConfirmBox{vote, view.box->root, bytes_from(said.signature)};
}

} // namespace plenum::link
