#include "server/clerk/ballot_desk.hpp"

#include "protocol/assert.hpp"
#include "server/chamber/secret_votes.hpp"

#include <algorithm>

namespace plenum::clerk {
namespace {

constexpr std::string_view channel_domain = "plenum/channel/v1";

} // namespace

const Channel& BallotDesk::open_channel(SessionId session, const Seed& seed)
{
    Writer hashed;
    hashed.raw(channel_domain);
    hashed.raw(ByteView(seed));
    return channels_.insert_or_assign(session, sha256(hashed.bytes()).bytes).first->second;
}

bool BallotDesk::is_channel(SessionId session, ByteView claimed) const
{
    const auto found = channels_.find(session);
    return found != channels_.end() && std::ranges::equal(found->second, claimed);
}

void BallotDesk::closed(SessionId session)
{
    channels_.erase(session);
}

void BallotDesk::note(const Event& event)
{
    const auto* opened = std::get_if<VoteOpened>(&event);
    if (opened != nullptr && opened->secret)
        acknowledged_.insert_or_assign(opened->vote, opened->secret->acknowledgements);
    if (const auto* sealed = std::get_if<BallotBoxSealed>(&event)) boxes_.erase(sealed->vote);
    if (const auto* decided = std::get_if<VoteDecided>(&event)) failures_.erase(decided->vote);
    if (const auto* enrolled = std::get_if<ConsoleEnrolled>(&event)) {
        // Another console, by a new code of the office.
        for (auto& [vote, of_vote] : failures_)
            of_vote.erase(enrolled->person);
    }
    if (const auto* voided = std::get_if<VoteVoided>(&event)) {
        boxes_.erase(voided->vote);
        failures_.erase(voided->vote);
    }
}

/// The newest round of this state. A state that is behind the newest round known here has none: what is kept
/// belongs to the newer one.
RollCall* BallotDesk::roll(const chamber::State& state, VoteId vote)
{
    const auto& called = state.votes.at(vote).secret.roll;
    if (!called) return nullptr;
    const auto found = rolls_.find(vote);
    if (found != rolls_.end() && found->second.round() > called->round) return nullptr;
    if (found != rolls_.end() && found->second.round() == called->round) return &found->second;
    auto fresh = RollCall::of(state, vote, blobs_);
    if (!fresh) return nullptr;
    return &rolls_.insert_or_assign(vote, std::move(*fresh)).first->second;
}

SealedBox* BallotDesk::sealed(const chamber::State& state, VoteId vote)
{
    const auto found = sealed_.find(vote);
    if (found != sealed_.end()) return &found->second;
    auto fresh = SealedBox::of(state, vote, blobs_);
    if (!fresh) return nullptr;
    return &sealed_.emplace(vote, std::move(*fresh)).first->second;
}

std::vector<ballot::Acknowledgement> BallotDesk::acknowledgements(const chamber::State& state, VoteId vote)
{
    const auto* called = roll(state, vote);
    return called == nullptr ? std::vector<ballot::Acknowledgement>() : called->acknowledgements();
}

std::vector<ballot::Confirmation> BallotDesk::confirmations(const chamber::State& state, VoteId vote)
{
    const auto* box = sealed(state, vote);
    return box == nullptr ? std::vector<ballot::Confirmation>() : box->confirmations();
}

BallotDesk::Figures BallotDesk::figures(const chamber::State& state, VoteId vote)
{
    Figures figures;
    if (const auto* called = roll(state, vote)) {
        figures.round = called->round();
        figures.acknowledged = called->acknowledged();
        figures.list_length = static_cast<std::uint32_t>(called->pseudonyms().size());
    }
    if (const auto* open = box(vote)) {
        figures.received = open->received();
    } else if (const auto& sealed_box = state.votes.at(vote).secret.sealed) {
        figures.received = sealed_box->ballots;
    }
    if (const auto* closed_box = sealed(state, vote)) figures.confirmed = closed_box->confirmed();
    return figures;
}

BallotBox& BallotDesk::open_box(const chamber::State& state, VoteId vote, ballot::BoxKey key)
{
    const auto* called = roll(state, vote);
    PLENUM_ASSERT(called != nullptr);
    BallotBox box(chamber::box_id(state, state.votes.at(vote)), chamber::secret_terms(state, vote),
                  std::move(key), called->pseudonyms());
    boxes_.erase(vote);
    return boxes_.emplace(vote, std::move(box)).first->second;
}

BallotBox* BallotDesk::box(VoteId vote)
{
    const auto found = boxes_.find(vote);
    return found == boxes_.end() ? nullptr : &found->second;
}

std::optional<Refusal> BallotDesk::may_send(PersonId person, VoteId vote) const
{
    const auto failures = failures_.find(vote);
    if (failures != failures_.end()) {
        const auto own = failures->second.find(person);
        if (own != failures->second.end() && own->second >= failed_checks_max)
            return refuse(RefusalCode::checks_used_up);
    }
    const auto is_own = [&](const auto& check) { return check.second.person == person; };
    if (std::ranges::any_of(checks_, is_own)) return refuse(RefusalCode::busy);
    return std::nullopt;
}

void BallotDesk::failed(PersonId person, VoteId vote)
{
    failures_[vote][person] += 1;
    if (failures_.size() > failed_votes_max) failures_.erase(failures_.begin());
}

std::uint64_t BallotDesk::send(CheckInFlight check)
{
    const auto number = next_check_++;
    checks_.emplace(number, std::move(check));
    return number;
}

CheckInFlight BallotDesk::take_back(std::uint64_t number)
{
    const auto found = checks_.find(number);
    PLENUM_ASSERT(found != checks_.end());
    auto check = std::move(found->second);
    checks_.erase(found);
    return check;
}

std::size_t BallotDesk::in_flight(VoteId vote) const
{
    const auto is_its = [&](const auto& check) { return check.second.vote == vote; };
    return static_cast<std::size_t>(std::ranges::count_if(checks_, is_its));
}

} // namespace plenum::clerk
