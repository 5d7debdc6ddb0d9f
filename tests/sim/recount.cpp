#include "tests/sim/recount.hpp"

#include "protocol/roster.hpp"
#include "tests/sim/world.hpp"

namespace plenum::sim {
namespace {

/// Whether `count` of `base` is num/den or more of it, in the widest integers there are.
bool reaches(std::uint64_t count, std::uint64_t base, const Threshold& rule)
{
    const auto have = count * rule.den;
    const auto need = base * rule.num;
    return rule.strict ? have > need : have >= need;
}

std::uint64_t base_of(Base base, std::uint64_t members, const Tally& tally)
{
    switch (base) {
    case Base::all_members: return members;
    case Base::present: return tally.approve + tally.oppose + tally.abstain + tally.not_pressed;
    case Base::cast:
    case Base::valid:
    case Base::ballots: return tally.approve + tally.oppose + tally.abstain;
    case Base::for_and_against: return tally.approve + tally.oppose;
    }
    return 0;
}

void count_in(Tally& tally, const std::map<PersonId, Choice>& presses, PersonId person)
{
    const auto press = presses.find(person);
    if (press == presses.end()) {
        tally.not_pressed += 1;
    } else if (press->second == Choice::approve) {
        tally.approve += 1;
    } else if (press->second == Choice::oppose) {
        tally.oppose += 1;
    } else {
        tally.abstain += 1;
    }
}

} // namespace

void Recount::read(const Entry& entry)
{
    claim(entry.seq == seq_, "an entry has the wrong number");
    claim(entry.at_ms.value_or(0) >= at_ms_, "time runs backwards in the record");
    claim(entry.epoch >= epoch_, "the epoch falls");
    at_ms_ = entry.at_ms.value_or(0);
    epoch_ = entry.epoch;
    std::visit([&](const auto& event) { (*this)(event); }, entry.event);
    ++seq_;
}

Recount::Ballot& Recount::ballot(VoteId vote)
{
    const auto found = ballots_.find(vote);
    claim(found != ballots_.end(), "the record names a vote that was never prepared");
    return found->second;
}

void Recount::operator()(const RosterAdopted& event)
{
    for (const auto& [sitting, vote] : open_) {
        claim(sittings_.at(sitting) != event.body, "the roster changed under an open vote");
    }
    const auto roster = decode_roster(blobs_(event.roster));
    claim(roster && roster->body == event.body && roster->members.size() == event.members,
          "a roster is not the one the record names");
    auto& members = rosters_[event.body];
    members.clear();
    for (const auto& member : roster->members)
        members[member.person] = {member.group};
    claim(members.size() == event.members, "somebody is twice in a roster");
}

void Recount::operator()(const MeetingCreated& event)
{
    meetings_[MeetingId{seq_}] = event.body;
}

void Recount::operator()(const SittingCreated& event)
{
    sittings_[SittingId{seq_}] = meetings_.at(event.meeting);
}

void Recount::operator()(const SignedIn& event)
{
    claim(rosters_[sittings_.at(event.sitting)].contains(event.person),
          "somebody not in the roster signed in");
    claim(present_[event.sitting].insert(event.person).second, "somebody signed in twice");
}

void Recount::operator()(const SignedOut& event)
{
    claim(present_[event.sitting].erase(event.person) == 1, "somebody signed out who was not there");
}

void Recount::operator()(const VotePrepared& event)
{
    Ballot fresh;
    fresh.sitting = event.sitting;
    fresh.body = sittings_.at(event.sitting);
    fresh.profile = event.profile;
    fresh.text = event.text;
    if (event.first_attempt) {
        ++retried;
        claim(ballot(*event.first_attempt).text == event.text, "a new attempt has another text");
    }
    ballots_[VoteId{seq_}] = std::move(fresh);
}

void Recount::operator()(const VoteOpened& event)
{
    auto& opened = ballot(event.vote);
    claim(opened.stage == Stage::prepared, "a vote opened twice");
    claim(open_.emplace(opened.sitting, event.vote).second, "two votes are open in one sitting");
    const auto electorate = decode_electorate(blobs_(event.electorate));
    claim(electorate.has_value(), "an electorate cannot be read");
    opened.electorate = {electorate->present.begin(), electorate->present.end()};
    claim(opened.electorate == present_[opened.sitting], "the electorate is not who was present");
    claim(event.present == opened.electorate.size(), "N is not who was present");
    claim(reaches(event.present, rosters_[opened.body].size(), opened.profile.quorum),
          "a vote opened without quorum");
    claim(event.text == opened.text && event.profile_hash == hash_of(opened.profile),
          "not what was prepared");
    opened.stage = Stage::open;
    opened.base = event.base_members;
    opened.closes_at_ms = event.closes_at_ms;
}

void Recount::operator()(const VoteCast& event)
{
    auto& cast = ballot(event.vote);
    claim(cast.stage == Stage::open, "a press in a vote that is not open");
    claim(cast.electorate.contains(event.person), "a press from outside the electorate");
    claim(present_[cast.sitting].contains(event.person), "a press by somebody who has left");
    const bool late = cast.profile.close == ClosePolicy::timer && at_ms_ > *cast.closes_at_ms;
    claim(!late, "a press after the window");
    const bool again = !cast.presses.insert_or_assign(event.person, event.choice).second;
    claim(!again || cast.profile.press == PressPolicy::last, "a second press where the first counts");
    ++presses;
}

void Recount::operator()(const VoteHeld& event)
{
    auto& paused = ballot(event.vote);
    claim(paused.stage == Stage::open, "held though not open");
    paused.stage = Stage::held;
    ++held;
}

void Recount::operator()(const VoteResumed& event)
{
    auto& resumed = ballot(event.vote);
    claim(resumed.stage == Stage::held, "resumed though not held");
    resumed.stage = Stage::open;
    resumed.closes_at_ms = event.closes_at_ms;
}

void Recount::operator()(const VoteClosed& event)
{
    auto& closed = ballot(event.vote);
    claim(closed.stage == Stage::open || closed.stage == Stage::held, "closed though not open");
    closed.stage = Stage::closed;
    open_.erase(closed.sitting);
    if (event.by != ClosedBy::timer) return;
    claim(closed.profile.close == ClosePolicy::timer && at_ms_ > *closed.closes_at_ms,
          "the timer closed too early");
    ++timed_out;
}

void Recount::operator()(const VoteDecided& event)
{
    auto& counted = ballot(event.vote);
    claim(counted.stage == Stage::closed, "decided though not closed");
    counted.stage = Stage::decided;
    check_figures(counted, event);
    check_outcome(counted, event);
    ++decided;
}

void Recount::check_figures(const Ballot& counted, const VoteDecided& event) const
{
    Tally tally;
    std::uint32_t left = 0;
    for (const auto person : counted.electorate) {
        count_in(tally, counted.presses, person);
        if (!present_.at(counted.sitting).contains(person)) ++left;
    }
    claim(event.tally == tally, "the figures are not the presses");
    const auto all = event.tally.approve + event.tally.oppose + event.tally.abstain + event.tally.not_pressed;
    claim(all == counted.electorate.size(), "approve + oppose + abstain + not pressed is not N");
    claim(event.left == left, "those who left are miscounted");
    claim(event.groups.size() == counted.profile.groups.size(), "a group is missing");
    for (const auto& group : event.groups) {
        GroupTally expected{group.group, 0, {}};
        for (const auto& [person, member] : rosters_.at(counted.body)) {
            if (member.group != group.group) continue;
            expected.members += 1;
            if (counted.electorate.contains(person)) count_in(expected.tally, counted.presses, person);
        }
        claim(group == expected, "the figures of a group are wrong");
    }
}

void Recount::check_outcome(const Ballot& counted, const VoteDecided& event) const
{
    const auto& rule = counted.profile;
    bool passed = true;
    if (rule.groups.empty()) {
        const auto base = base_of(rule.majority.base, counted.base, event.tally);
        passed = reaches(event.tally.approve, base, rule.majority);
    }
    for (const auto& group : event.groups) {
        const auto base = base_of(rule.majority.base, group.members, group.tally);
        passed = passed && reaches(group.tally.approve, base, rule.majority);
    }
    auto expected = passed ? Verdict::passed : Verdict::not_passed;
    if (rule.min_participation) {
        const auto cast = event.tally.approve + event.tally.oppose + event.tally.abstain;
        const auto base = base_of(rule.min_participation->base, counted.base, event.tally);
        if (!reaches(cast, base, *rule.min_participation)) expected = Verdict::invalid_low_participation;
    }
    claim(event.outcome.verdict == expected, "the outcome does not follow from the figures");
}

void Recount::operator()(const VoteAnnounced& event)
{
    auto& announced = ballot(event.vote);
    claim(announced.stage == Stage::decided, "announced though not decided");
    announced.stage = Stage::announced;
}

void Recount::operator()(const VoteVoided& event)
{
    auto& gone = ballot(event.vote);
    claim(gone.stage != Stage::announced && gone.stage != Stage::voided, "voided though it is final");
    const auto open = open_.find(gone.sitting);
    if (open != open_.end() && open->second == event.vote) open_.erase(open);
    gone.stage = Stage::voided;
    ++voided;
}

} // namespace plenum::sim
