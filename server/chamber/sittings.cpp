#include "protocol/speaking_times.hpp"
#include "server/chamber/chapters.hpp"

#include <algorithm>

namespace plenum::chamber {
namespace {

/// Whether anybody was there at any time; leave and absence are on record before as well.
bool has_come(const Sitting& sitting)
{
    return std::ranges::any_of(sitting.history, [](const AttendanceFact& fact) {
        return fact.presence == Presence::present || fact.presence == Presence::remote;
    });
}

} // namespace

std::uint32_t quorum_needed(const Threshold& quorum, std::size_t due)
{
    return count(needed(due, quorum));
}

std::optional<Refusal> quorum_missing(const Threshold& quorum, std::size_t due, std::size_t present)
{
    const std::size_t need = std::max<std::size_t>(needed(due, quorum), 1);
    if (present >= need) return std::nullopt;
    const auto due_text = std::to_string(due);
    const auto need_text = std::to_string(need);
    const auto present_text = std::to_string(present);
    const auto missing_text = std::to_string(need - present);
    return no(RefusalCode::no_quorum,
              "应到" + due_text + "人，法定人数" + need_text + "人，实到" + present_text + "人，还差" +
                  missing_text + "人",
              need_text + " of " + due_text + " needed, " + present_text + " present, " + missing_text +
                  " missing");
}

const SpeakingTimes& speaking_times_of(const State& state, const Sitting& sitting)
{
    return sitting.speaking_times ? *sitting.speaking_times
                                  : record_of(state.meetings, sitting.meeting).speaking;
}

const Threshold& quorum_of(const State& state, const Sitting& sitting)
{
    return sitting.quorum ? *sitting.quorum : record_of(state.meetings, sitting.meeting).quorum;
}

Counts counts_of(const State& state, const Sitting& sitting)
{
    if (sitting.final_counts) {
        auto counts = *sitting.final_counts;
        // Absence without leave is often recorded, or cleared, after the end only.
        counts.absent_without_leave = count(static_cast<std::size_t>(
            std::ranges::count_if(sitting.absent_without_leave,
                                  [&](PersonId person) { return !sitting.suspended.contains(person); })));
        return counts;
    }
    const auto& body = record_of(state.bodies, sitting.body);
    // Whom a new roster left out is not due, whatever was on record for them.
    const auto is_due = [&](PersonId person) { return find_member(body, person) != nullptr; };
    Counts counts;
    counts.due = count(body.members.size());
    counts.present = count(sitting.present.size());
    // While a roster is being adopted the members who left it still stand among those present.
    counts.absent = counts.due > counts.present ? counts.due - counts.present : 0;
    counts.quorum = quorum_needed(quorum_of(state, sitting), counts.due);
    counts.remote = count(sitting.remote.size());
    counts.nonvoting = count(sitting.guests.size());
    const auto is_free = [&](PersonId person) {
        return is_due(person) && !sitting.suspended.contains(person);
    };
    for (const auto& [person, reason] : sitting.leave)
        counts.on_leave += is_free(person) ? 1 : 0;
    for (const auto person : sitting.absent_without_leave)
        counts.absent_without_leave += is_free(person) ? 1 : 0;
    for (const auto person : sitting.gone)
        counts.left += is_free(person) && !sitting.leave.contains(person) ? 1 : 0;
    const auto suspended = std::ranges::count_if(sitting.suspended, [&](PersonId person) {
        return is_due(person) && !sitting.present.contains(person);
    });
    if (suspended > 0) counts.suspended.emplace(count(static_cast<std::size_t>(suspended)));
    return counts;
}

Decided decide_command(const State& state, const OpenSitting& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state != SittingState::signing_in) return wrong_state(sitting.state);
    const auto counts = counts_of(state, sitting);
    if (auto missing = quorum_missing(quorum_of(state, sitting), counts.due, counts.present)) return *missing;
    return Decision{{SittingOpened{command.sitting, counts.due, counts.present, counts.quorum}}, {}};
}

Decided decide_command(const State& state, const RecessSitting& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state != SittingState::in_session) return wrong_state(sitting.state);
    if (sitting.open_vote) return refuse(RefusalCode::vote_open);
    if (auto refusal = check_floor_free(sitting)) return *refusal;
    if (auto refusal = check_reason(command.reason)) return *refusal;
    return Decision{{SittingRecessed{command.sitting, command.reason}}, {}};
}

Decided decide_command(const State& state, const ResumeSitting& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state != SittingState::recess) return wrong_state(sitting.state);
    const auto counts = counts_of(state, sitting);
    if (auto missing = quorum_missing(quorum_of(state, sitting), counts.due, counts.present)) return *missing;
    return Decision{{SittingResumed{command.sitting, counts.present, counts.quorum}}, {}};
}

// A sitting that never reached its quorum, or was made by mistake, is closed as well: nothing is ever taken
// out of the record. Votes still prepared stay so, and decided ones may still be announced.
Decided decide_command(const State& state, const CloseSitting& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    if (sitting.open_vote) return refuse(RefusalCode::vote_open);
    if (auto refusal = check_decided(state, sitting)) return *refusal;
    if (auto refusal = check_floor_free(sitting)) return *refusal;
    return Decision{{SittingClosed{command.sitting}}, {}};
}

// What somebody has come to is a fact and is closed as one.
Decided decide_command(const State& state, const CancelSitting& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    const bool is_waiting = sitting.state == SittingState::draft || sitting.state == SittingState::signing_in;
    if (!is_waiting) return wrong_state(sitting.state);
    if (has_come(sitting)) {
        return no(RefusalCode::wrong_state, "已有人签到，不能取消，请由主持人闭会",
                  "somebody has signed in: it cannot be called off, only closed by its chair");
    }
    if (auto refusal = check_reason(command.reason)) return *refusal;
    return Decision{{SittingCancelled{command.sitting, command.reason}}, {}};
}

Decided decide_command(const State& state, const LendConduct& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    if (sitting.conduct_lent == command.lent) {
        if (command.lent) {
            return no(RefusalCode::wrong_state, "已经委托操作员主持", "the conduct is lent already");
        }
        return no(RefusalCode::wrong_state, "并未委托操作员主持", "the conduct is not lent");
    }
    return Decision{{ConductLent{command.sitting, command.lent}}, {}};
}

// Who speaks now keeps the time that was given.
Decided decide_command(const State& state, const SetSpeakingTimes& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    if (const auto misfit = check_speaking_times(command.speaking))
        return no(RefusalCode::invalid_profile, *misfit, {"发言时间 ", ""});
    if (speaking_times_of(state, sitting) == command.speaking) return refuse(RefusalCode::nothing_to_do);
    return Decision{{SpeakingTimesSet{command.sitting, command.speaking}}, {}};
}

void apply_event(State& state, const SpeakingTimesSet& event, const Stamp&)
{
    record_of(state.sittings, event.sitting).speaking_times = event.speaking;
}

void apply_event(State& state, const SittingOpened& event, const Stamp& stamp)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    PLENUM_ASSERT(sitting.state == SittingState::signing_in);
    PLENUM_ASSERT(sitting.present.size() == event.present);
    sitting.state = SittingState::in_session;
    sitting.opened_at_ms = stamp.at_ms;
}

void apply_event(State& state, const SittingRecessed& event, const Stamp&)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    PLENUM_ASSERT(sitting.state == SittingState::in_session && !sitting.open_vote && !sitting.speaking);
    sitting.state = SittingState::recess;
    sitting.recess_reason = event.reason;
}

void apply_event(State& state, const SittingResumed& event, const Stamp&)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    PLENUM_ASSERT(sitting.state == SittingState::recess);
    PLENUM_ASSERT(sitting.present.size() == event.present);
    sitting.state = SittingState::in_session;
    sitting.recess_reason.clear();
}

void apply_event(State& state, const SittingClosed& event, const Stamp&)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    PLENUM_ASSERT(sitting.state != SittingState::closed && !sitting.open_vote && !sitting.speaking);
    end_sitting(state, sitting);
}

void apply_event(State& state, const SittingCancelled& event, const Stamp&)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    PLENUM_ASSERT(sitting.state != SittingState::closed && !has_come(sitting));
    end_sitting(state, sitting);
    sitting.cancelled = event.reason;
}

void end_sitting(const State& state, Sitting& sitting)
{
    sitting.final_counts = counts_of(state, sitting);
    sitting.state = SittingState::closed;
    sitting.conduct_lent = false;
    sitting.active_item.reset();
    sitting.voting_keys.clear();
}

void apply_event(State& state, const ConductLent& event, const Stamp&)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    PLENUM_ASSERT(sitting.conduct_lent != event.lent);
    sitting.conduct_lent = event.lent;
}

} // namespace plenum::chamber
