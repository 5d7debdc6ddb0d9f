#include "server/chamber/chapters.hpp"
#include "server/chamber/secret_steps.hpp"

#include <algorithm>

// Chapter six: pressing, holding, extending, and closing. Closing decides the figures and the outcome in the
// same breath, and the identity approve + oppose + abstain + not_pressed = N is claimed wherever the figures
// pass.

namespace plenum::chamber {
namespace {

bool ran_out(const Vote& vote, std::uint64_t now_ms)
{
    return vote.profile.close == ClosePolicy::timer && vote.closes_at_ms && now_ms > *vote.closes_at_ms;
}

/// PE-19: who attends by video raises a hand, and so does everybody where hands decide.
std::optional<Refusal> check_console(const Vote& vote, PersonId person)
{
    if (!std::ranges::binary_search(vote.by_hands, person)) return std::nullopt;
    if (vote.method == VoteMethod::console) {
        return no(RefusalCode::not_in_person, "您以视频方式出席", "you attend by video");
    }
    return no(RefusalCode::not_in_person, "本次表决全体举手", "everybody votes by hands in this vote");
}

void add(Tally& tally, const Vote& vote, PersonId person)
{
    const auto press = vote.presses.find(person);
    if (press == vote.presses.end()) {
        ++tally.not_pressed;
        return;
    }
    switch (press->second.choice) {
    case Choice::approve: ++tally.approve; break;
    case Choice::oppose: ++tally.oppose; break;
    case Choice::abstain: ++tally.abstain; break;
    }
}

/// The figures within the groups the rule names.
std::vector<GroupTally> group_tallies(const Body& body, const Vote& vote)
{
    std::vector<GroupTally> groups;
    for (const auto& name : groups_counted(vote.profile)) {
        GroupTally group{name, 0, {}};
        for (const auto& member : body.members) {
            if (member.group != name) continue;
            ++group.members;
            if (std::ranges::binary_search(vote.electorate, member.person))
                add(group.tally, vote, member.person);
        }
        groups.push_back(std::move(group));
    }
    return groups;
}

/// What the figures mean; that nobody objected has none.
Outcome outcome_of(const Vote& vote, const Tally& tally, const std::vector<GroupTally>& groups)
{
    if (vote.method == VoteMethod::no_objection) return outcome_without_objection();
    return decide_outcome(vote.profile, vote.base_members, tally, groups);
}

/// Everything that is decided but who had left.
void decide_figures(const State& state, const Vote& vote, VoteDecided& decided)
{
    const auto& body = record_of(state.bodies, record_of(state.sittings, vote.sitting).body);
    if (vote.method == VoteMethod::paper) return decide_paper(body, vote, decided);
    if (is_secret(vote)) return decide_secret(state, vote, decided);
    decided.tally = tally_of(vote);
    decided.groups = group_tallies(body, vote);
    decided.hands = agreed_hands(vote);
    decided.outcome = outcome_of(vote, decided.tally, decided.groups);
}

/// Members who vote and are not there any more.
std::uint32_t left_of(const Vote& vote, const Sitting& sitting)
{
    return count(static_cast<std::size_t>(std::ranges::count_if(
        vote.electorate, [&](PersonId person) { return !sitting.present.contains(person); })));
}

/// Of a secret vote nobody knows the figures yet.
Decision closing(const State& state, VoteId id, ClosedBy by)
{
    const auto& vote = record_of(state.votes, id);
    const auto& sitting = record_of(state.sittings, vote.sitting);
    if (is_secret(vote)) return {{VoteClosed{id, by}}, {}};
    VoteDecided decided;
    decided.vote = id;
    decide_figures(state, vote, decided);
    decided.left = left_of(vote, sitting);
    Decision decision{{VoteClosed{id, by}, decided}, {}};
    adopt_with(state, decided, decision);
    return decision;
}

} // namespace

void adopt_with(const State& state, const VoteDecided& decided, Decision& decision)
{
    const auto& vote = record_of(state.votes, decided.vote);
    if (!vote.adopts_agenda || !is_adopted(decided.outcome.verdict)) return;
    const auto items = draft_items(state, record_of(state.sittings, vote.sitting).meeting);
    decision.events.emplace_back(AgendaAdopted{vote.sitting, items, decided.vote});
}

std::optional<Refusal> check_vote_open(const Vote& vote, std::uint64_t now_ms)
{
    if (vote.state == VoteState::held) return refuse(RefusalCode::vote_held);
    if (vote.state != VoteState::open) return refuse(RefusalCode::vote_not_open);
    if (ran_out(vote, now_ms)) {
        return no(RefusalCode::vote_not_open, "表决时间已到", "the time to vote has run out");
    }
    return std::nullopt;
}

std::optional<Refusal> check_elector(const State& state, const Vote& vote, PersonId person)
{
    const auto& sitting = record_of(state.sittings, vote.sitting);
    if (find_member(record_of(state.bodies, sitting.body), person) == nullptr) {
        return refuse(RefusalCode::not_a_member);
    }
    if (auto refusal = check_not_suspended(state, sitting.body, person)) return refusal;
    if (!sitting.present.contains(person)) return refuse(RefusalCode::not_signed_in);
    if (!std::ranges::binary_search(vote.electorate, person)) return refuse(RefusalCode::not_in_electorate);
    return std::nullopt;
}

Tally tally_of(const Vote& vote)
{
    Tally tally;
    for (const auto person : vote.electorate)
        add(tally, vote, person);
    std::uint64_t cast = vote.presses.size();
    if (const auto hands = agreed_hands(vote)) {
        PLENUM_ASSERT(hands->total() <= vote.by_hands.size());
        tally.approve += hands->approve;
        tally.oppose += hands->oppose;
        tally.abstain += hands->abstain;
        tally.not_pressed -= count(hands->total());
        cast += hands->total();
    }
    PLENUM_ASSERT(tally.present() == vote.electorate.size() && tally.cast() == cast);
    return tally;
}

Decided decide_command(const State& state, const CastVote& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    const auto person = *context.actor.person;
    if (auto refusal = check_vote_open(vote, context.now_ms)) return *refusal;
    if (vote.method == VoteMethod::no_objection) {
        return no(RefusalCode::vote_not_open, "正在征求异议，无需按表决器；如有异议请提出",
                  "objections are asked for, nobody presses; if you have one, object");
    }
    if (vote.method == VoteMethod::paper) {
        return no(RefusalCode::vote_not_open, "本次表决以票进行，无需按表决器",
                  "this vote is by ballots on paper; nobody presses");
    }
    if (is_secret(vote)) {
        return no(RefusalCode::vote_not_open, "本次表决为无记名表决，选票加密后投入票箱",
                  "this vote is secret: ballots go into the box encrypted and under nobody's name");
    }
    if (auto refusal = check_elector(state, vote, person)) return *refusal;
    if (auto refusal = check_console(vote, person)) return *refusal;
    if (vote.profile.press == PressPolicy::first && vote.presses.contains(person)) {
        return refuse(RefusalCode::already_pressed);
    }
    return Decision{{VoteCast{command.vote, person, command.choice}}, {}};
}

Decided decide_command(const State& state, const HoldVote& command, const Context& context)
{
    if (auto refusal = check_vote_open(record_of(state.votes, command.vote), context.now_ms)) return *refusal;
    if (auto refusal = check_reason(command.reason)) return *refusal;
    return Decision{{VoteHeld{command.vote, command.reason}}, {}};
}

Decided decide_command(const State& state, const ResumeVote& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (vote.state == VoteState::open) return wrong_state(vote.state);
    if (vote.state != VoteState::held) return refuse(RefusalCode::vote_not_open);
    VoteResumed resumed{command.vote, std::nullopt};
    if (vote.profile.close != ClosePolicy::chair)
        resumed.closes_at_ms = context.now_ms + vote.held_remaining_ms;
    return Decision{{resumed}, {}};
}

Decided decide_command(const State& state, const ExtendVote& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (auto refusal = check_vote_open(vote, context.now_ms)) return *refusal;
    if (!vote.closes_at_ms) {
        return no(RefusalCode::wrong_state, "本次表决没有限定时间", "this vote has no window");
    }
    if (command.by_ms == 0) return refuse(RefusalCode::nothing_to_do);
    const auto until_ms = std::max(context.now_ms, *vote.closes_at_ms) + command.by_ms;
    if (command.by_ms > extension_ms_max || until_ms - *vote.opened_at_ms > window_ms_max) {
        return no(RefusalCode::too_many, "每次最多延长1小时，总时长不超过24小时",
                  "at most an hour at a time and a day in all");
    }
    return Decision{{VoteExtended{command.vote, until_ms}}, {}};
}

Decided decide_command(const State& state, const CloseVote& command, const Context&)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (vote.state != VoteState::open && vote.state != VoteState::held) {
        return refuse(RefusalCode::vote_not_open);
    }
    if (vote.method == VoteMethod::no_objection) {
        if (vote.objections > 0) return refuse(RefusalCode::objection_open);
    } else if (vote.method == VoteMethod::paper) {
        if (auto refusal = ballots_missing(state, vote)) return *refusal;
    } else if (auto refusal = hands_missing(state, vote)) {
        return *refusal;
    }
    return closing(state, command.vote, ClosedBy::chair);
}

// A vote with hands to count is never closed by the timer: its rule or its opening refuses that.
Decided decide_timeout(const State& state, VoteId id, std::uint64_t now_ms)
{
    const auto found = state.votes.find(id);
    if (found == state.votes.end()) return refuse(RefusalCode::no_such_record);
    const auto& vote = found->second;
    if (vote.state == VoteState::held) return refuse(RefusalCode::vote_held);
    if (vote.state != VoteState::open) return refuse(RefusalCode::vote_not_open);
    if (!ran_out(vote, std::max(now_ms, state.now_ms))) return wrong_state(vote.state);
    return closing(state, id, ClosedBy::timer);
}

std::optional<NextTimeout> next_timeout(const State& state)
{
    std::optional<NextTimeout> next;
    for (const auto& [sitting_id, sitting] : state.sittings) {
        if (!sitting.open_vote) continue;
        const auto& vote = record_of(state.votes, *sitting.open_vote);
        if (vote.profile.close != ClosePolicy::timer || vote.state != VoteState::open) continue;
        if (!next || *vote.closes_at_ms < next->at_ms)
            next = NextTimeout{*sitting.open_vote, *vote.closes_at_ms};
    }
    return next;
}

void apply_event(State& state, const VoteCast& event, const Stamp& stamp)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::open && vote.method == VoteMethod::console && !is_secret(vote));
    PLENUM_ASSERT(std::ranges::binary_search(vote.electorate, event.person));
    PLENUM_ASSERT(!std::ranges::binary_search(vote.by_hands, event.person));
    const bool again = !vote.presses.insert_or_assign(event.person, Press{event.choice, stamp.seq}).second;
    PLENUM_ASSERT(!again || vote.profile.press == PressPolicy::last);
}

void apply_event(State& state, const VoteHeld& event, const Stamp& stamp)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::open);
    vote.state = VoteState::held;
    if (!vote.closes_at_ms) return;
    vote.held_remaining_ms = *vote.closes_at_ms > stamp.at_ms ? *vote.closes_at_ms - stamp.at_ms : 0;
    vote.closes_at_ms.reset();
}

// Hands go down in a pause, and ballots are put back in their boxes: what was counted before it counts until
// the vote resumes, and then everybody is counted anew by the tellers who are there. So the chair orders a
// recount, and no count of a teller who has left stands in the way.
void apply_event(State& state, const VoteResumed& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::held);
    PLENUM_ASSERT(event.closes_at_ms.has_value() == (vote.profile.close != ClosePolicy::chair));
    vote.state = VoteState::open;
    vote.closes_at_ms = event.closes_at_ms;
    vote.held_remaining_ms = 0;
    vote.hands.clear();
    forget_ballots(vote.paper);
}

void apply_event(State& state, const VoteExtended& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::open && vote.closes_at_ms);
    PLENUM_ASSERT(event.closes_at_ms > *vote.closes_at_ms);
    vote.closes_at_ms = event.closes_at_ms;
}

void apply_event(State& state, const VoteClosed& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    auto& sitting = record_of(state.sittings, vote.sitting);
    PLENUM_ASSERT(sitting.open_vote == event.vote);
    vote.state = VoteState::closed;
    vote.closes_at_ms.reset();
    if (is_secret(vote)) vote.secret.left = left_of(vote, sitting);
    sitting.open_vote.reset();
}

void apply_event(State& state, const VoteDecided& event, const Stamp& stamp)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::closed && is_secret(vote) == event.totals.has_value());
    auto again = event;
    decide_figures(state, vote, again);
    PLENUM_ASSERT(event.tally == again.tally && event.groups == again.groups && event.hands == again.hands);
    PLENUM_ASSERT(event.ballots == again.ballots && event.places == again.places);
    PLENUM_ASSERT(event.grades == again.grades && event.outcome == again.outcome);
    vote.state = VoteState::decided;
    vote.decided_at_ms = stamp.at_ms;
    vote.result = ResultView{event.tally,   event.groups, event.left,   event.outcome, event.hands,
                             event.ballots, event.places, event.grades, event.totals};
    // Where the vote is invalid an earlier one on the same item may have decided it all the same.
    if (vote.item) settle_item(state, *vote.item);
}

} // namespace plenum::chamber
