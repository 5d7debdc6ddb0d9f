#include "tests/sim/recount.hpp"

#include "protocol/roster.hpp"
#include "tests/sim/world.hpp"

#include <algorithm>

namespace plenum::sim {
namespace {

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

bool reaches(std::uint64_t count, std::uint64_t base, const Threshold& rule)
{
    const auto have = count * rule.den;
    const auto need = base * rule.num;
    return rule.strict ? have > need : have >= need;
}

void Recount::read(const Entry& entry)
{
    claim(entry.seq == seq_, "an entry has the wrong number");
    claim(entry.at_ms.has_value() != std::holds_alternative<BoxFrame>(entry.event),
          "an entry without a time, or a leaf of ballots with one");
    claim(entry.at_ms.value_or(at_ms_) >= at_ms_, "time runs backwards in the record");
    claim(entry.epoch >= epoch_, "the epoch falls");
    at_ms_ = entry.at_ms.value_or(at_ms_);
    epoch_ = entry.epoch;
    actor_ = entry.actor;
    check_office();
    claim(leaving_.empty() || std::holds_alternative<SignedOut>(entry.event),
          "somebody is suspended and stays");
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
        claim(rooms_.at(sitting).body != event.body, "the roster changed under an open vote");
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
    meetings_[MeetingId{seq_}] = event;
}

void Recount::operator()(const SittingCreated& event)
{
    auto& room = rooms_[SittingId{seq_}];
    room.meeting = event.meeting;
    room.body = event.body.value_or(meetings_.at(event.meeting).body);
    if (event.quorum) quorums_[SittingId{seq_}] = *event.quorum;
}

void Recount::operator()(const AttendeeAdmitted& event)
{
    claim(attendees_[event.meeting].insert(event.person).second, "somebody is admitted twice");
    claim(!rosters_[meetings_.at(event.meeting).body].contains(event.person), "a member is admitted");
}

void Recount::operator()(const AttendeeDismissed& event)
{
    claim(attendees_[event.meeting].erase(event.person) == 1, "somebody is dismissed who was not admitted");
    for (auto& [id, room] : rooms_) {
        if (room.meeting == event.meeting) room.guests.erase(event.person);
    }
}

void Recount::operator()(const SignedIn& event)
{
    auto& room = rooms_.at(event.sitting);
    room.came.insert(event.person);
    const bool member = rosters_[room.body].contains(event.person);
    claim(!member || !is_suspended(room.body, event.person), "somebody suspended comes");
    const bool remote = event.mode == AttendanceMode::remote;
    if (member) {
        const bool moved = !room.present.insert(event.person).second;
        claim(!moved || room.remote.contains(event.person) != remote, "somebody signed in twice");
        room.remote.erase(event.person);
        if (remote) room.remote.insert(event.person);
        room.guests.erase(event.person);
    } else {
        claim(attendees_[room.meeting].contains(event.person),
              "somebody who does not belong there signed in");
        claim(!remote, "an attendee signed in by video");
        claim(room.guests.insert(event.person).second, "an attendee signed in twice");
    }
    room.keyed.erase(event.person);
    room.leave.erase(event.person);
    room.absent.erase(event.person);
    const auto open = open_.find(event.sitting);
    if (open == open_.end() || !remote) return;
    const auto& vote = ballots_.at(open->second);
    if (is_secret(vote)) return; // Who is on the list stays on it.
    claim(!vote.electorate.contains(event.person) || vote.by_hands.contains(event.person),
          "somebody who presses went to attend by video in the middle of a vote");
}

void Recount::operator()(const SignedOut& event)
{
    auto& room = rooms_.at(event.sitting);
    claim(room.present.erase(event.person) + room.guests.erase(event.person) == 1,
          "somebody signed out who was not there");
    room.remote.erase(event.person);
    room.keyed.erase(event.person);
    leaving_.erase({event.sitting, event.person});
}

void Recount::operator()(const LeaveGranted& event)
{
    auto& room = rooms_.at(event.sitting);
    claim(rosters_[room.body].contains(event.person) && !is_suspended(room.body, event.person),
          "leave for somebody who is not due");
    claim(!room.present.contains(event.person), "leave for somebody who is there");
    claim(!room.absent.contains(event.person), "on leave and absent without it");
    claim(room.leave.insert(event.person).second, "leave is granted twice");
}

void Recount::operator()(const LeaveCancelled& event)
{
    claim(rooms_.at(event.sitting).leave.erase(event.person) == 1,
          "a leave is cancelled that was not granted");
}

void Recount::operator()(const AbsenceRecorded& event)
{
    auto& room = rooms_.at(event.sitting);
    claim(rosters_[room.body].contains(event.person) && !is_suspended(room.body, event.person),
          "absence of somebody who is not due");
    claim(!room.present.contains(event.person) && !room.leave.contains(event.person),
          "absence of somebody who is there or on leave");
    claim(room.absent.insert(event.person).second, "an absence is recorded twice");
}

void Recount::operator()(const AbsenceCleared& event)
{
    claim(rooms_.at(event.sitting).absent.erase(event.person) == 1,
          "an absence is cleared that is not there");
}

void Recount::operator()(const VotePrepared& event)
{
    Ballot fresh;
    fresh.sitting = event.sitting;
    fresh.body = rooms_.at(event.sitting).body;
    fresh.item = event.item;
    fresh.profile = event.profile;
    fresh.method = event.profile.method;
    fresh.text = event.text;
    if (event.list) fresh.list = *event.list;
    if (event.grades) fresh.grades = *event.grades;
    note_matter(fresh, event);
    note_question(fresh, event);
    if (event.first_attempt) {
        ++retried;
        const auto& first = ballot(*event.first_attempt);
        claim(first.text == event.text, "a new attempt has another text");
        auto rule = event.profile;
        if (rule.method != first.profile.method && first.profile.close == ClosePolicy::timer)
            rule.close = ClosePolicy::timer;
        if (rule.method != first.profile.method) {
            const auto provided = first.profile.fallback.value_or(rule.method);
            claim(rule.method == provided && !rule.fallback,
                  "consoles gave way to what the rule does not have");
            rule.fallback = first.profile.fallback;
        }
        rule.method = first.profile.method;
        claim(rule == first.profile, "a new attempt has another rule");
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
    const auto& room = rooms_.at(opened.sitting);
    opened.by_hands = {electorate->by_hands.begin(), electorate->by_hands.end()};
    if (is_secret(opened)) {
        check_secret_opening(opened, event);
    } else {
        claim(!event.secret, "a vote that is not secret opened with a box");
        claim(opened.electorate == room.present, "the electorate is not who was present");
        const auto& raising = opened.method == VoteMethod::hands ? room.present : room.remote;
        claim(opened.by_hands == (opened.method == VoteMethod::paper ? std::set<PersonId>{} : raising),
              "not those raise their hands who must");
    }
    check_set_aside(opened, event);
    check_question(opened, event);
    claim(event.by_hands == opened.by_hands.size(), "those who raise their hands are miscounted");
    claim(room.in_session && !room.speaking, "a vote opened while somebody was speaking, or out of session");
    if (opened.item) {
        const auto standing = items_.at(*opened.item).standing;
        claim(standing == Standing::on_agenda || standing == Standing::decided,
              "a vote on no item of the agenda");
    }
    claim(event.present == opened.electorate.size(), "N is not who was present");
    claim(reaches(room.present.size(), rosters_[opened.body].size(), opened.profile.quorum),
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
    claim(rooms_.at(cast.sitting).present.contains(event.person), "a press by somebody who has left");
    claim(!is_secret(cast), "a press with a name in a secret vote");
    claim(cast.method == VoteMethod::console && !cast.by_hands.contains(event.person),
          "a press of somebody who raises a hand");
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
    resumed.hands.clear(); // Hands went down meanwhile.
    resumed.papers.clear();
}

void Recount::operator()(const VoteClosed& event)
{
    auto& closed = ballot(event.vote);
    claim(closed.stage == Stage::open || closed.stage == Stage::held, "closed though not open");
    closed.stage = Stage::closed;
    closed.secret.left = left_of(closed);
    open_.erase(closed.sitting);
    if (closed.method == VoteMethod::no_objection) {
        claim(closed.objections == 0, "adopted without objection though somebody objected");
    } else if (closed.method == VoteMethod::paper) {
        claim(agreed_paper(closed).has_value(), "closed though the tellers do not agree on the ballots");
    } else {
        claim(closed.by_hands.empty() || agreed(closed), "closed though the tellers do not agree");
    }
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
    const auto verdict = event.outcome.verdict;
    counted.is_valid =
        verdict != Verdict::invalid_low_participation && verdict != Verdict::void_more_collected;
    counted.adopted = verdict == Verdict::passed || verdict == Verdict::adopted_no_objection;
    note_places(counted, event);
    if (counted.item && counted.is_valid && !counted.has_part)
        items_.at(*counted.item).standing = Standing::decided;
    check_figures(counted, event);
    check_outcome(counted, event);
    if (is_secret(counted)) ++boxes_opened;
    if (is_secret(counted) && (counted.list || counted.grades)) ++lists_opened;
    ++decided;
}

void Recount::check_figures(const Ballot& counted, const VoteDecided& event) const
{
    Tally tally;
    std::uint32_t left = 0;
    if (counted.method == VoteMethod::paper) return check_paper(counted, event);
    if (is_secret(counted)) return check_secret_figures(counted, event);
    claim(!event.totals, "totals of a vote that is not secret");
    for (const auto person : counted.electorate) {
        count_in(tally, counted.presses, person);
        if (!rooms_.at(counted.sitting).present.contains(person)) ++left;
    }
    const auto hands = agreed(counted);
    claim(event.hands == hands, "the hands are not what the tellers agreed on");
    if (hands) {
        tally.approve += hands->approve;
        tally.oppose += hands->oppose;
        tally.abstain += hands->abstain;
        tally.not_pressed -= hands->approve + hands->oppose + hands->abstain;
    }
    claim(event.tally == tally, "the figures are not the presses and the hands");
    const auto all = event.tally.approve + event.tally.oppose + event.tally.abstain + event.tally.not_pressed;
    claim(all == counted.electorate.size(), "approve + oppose + abstain + not pressed is not N");
    claim(event.left == left, "those who left are miscounted");
    const auto also = counted.profile.also_in ? counted.profile.also_in->size() : 0;
    claim(event.groups.size() == counted.profile.groups.size() + also, "a group is missing");
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
    if (counted.method == VoteMethod::paper || counted.list || counted.grades) return; // with the figures
    if (counted.method == VoteMethod::no_objection) {
        claim(event.outcome.verdict == Verdict::adopted_no_objection, "silence adopts, and nothing else");
        return;
    }
    bool passed = true;
    if (rule.groups.empty()) {
        const auto base = base_of(rule.majority.base, counted.base, event.tally);
        passed = event.tally.approve > 0 && reaches(event.tally.approve, base, rule.majority);
    }
    for (const auto& group : event.groups) {
        auto share = rule.majority;
        for (const auto& own : rule.also_in.value_or(std::vector<GroupMajority>{})) {
            if (own.group == group.group) share = own.majority;
        }
        const auto base = base_of(share.base, group.members, group.tally);
        passed = passed && group.tally.approve > 0 && reaches(group.tally.approve, base, share);
    }
    auto expected = passed ? Verdict::passed : Verdict::not_passed;
    if (rule.min_participation) {
        const auto cast = event.tally.approve + event.tally.oppose + event.tally.abstain;
        const auto base = base_of(rule.min_participation->base, counted.base, event.tally);
        if (!reaches(cast, base, *rule.min_participation)) expected = Verdict::invalid_low_participation;
    }
    claim(event.outcome.verdict == expected, "the outcome does not follow from the figures");
}

void Recount::operator()(const VoteVoided& event)
{
    auto& gone = ballot(event.vote);
    claim(gone.stage < Stage::announced, "voided though it is final");
    if (event.reason == VoidReason::ballot_key_lost) {
        claim(is_secret(gone) && !gone.secret.said, "a key is lost that nobody needs");
        ++keys_lost;
    }
    const auto open = open_.find(gone.sitting);
    if (open != open_.end() && open->second == event.vote) open_.erase(open);
    gone.stage = Stage::voided;
    gone.is_valid = false;
    ++voided;
    open_again(gone.item);
}

} // namespace plenum::sim
