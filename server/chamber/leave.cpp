#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"

#include <algorithm>

// Leave, absence without it, and the history of attendance. Nothing here happens by itself: the desk says who
// is on leave and who was absent without it.

namespace plenum::chamber {
namespace {

constexpr std::size_t page_facts_max = 1'000;

/// The member a command of the desk is about.
boost::system::result<const Member*, Refusal> member_of(const State& state, const Sitting& sitting,
                                                        PersonId person)
{
    const auto* member = find_member(record_of(state.bodies, sitting.body), person);
    if (member == nullptr) return refuse(RefusalCode::not_a_member);
    if (auto refusal = check_not_suspended(state, sitting.body, person)) return *refusal;
    return member;
}

/// Absence is a matter of a sitting that has begun, and may still be recorded after it ended.
std::optional<Refusal> check_absence_time(const State& state, const Sitting& sitting)
{
    if (sitting.state == SittingState::draft || sitting.state == SittingState::signing_in) {
        return wrong_state(sitting.state);
    }
    const auto phase = record_of(state.meetings, sitting.meeting).phase;
    if (phase == MeetingPhase::archived) return wrong_state(phase);
    return std::nullopt;
}

std::optional<Refusal> check_absent(const State& state, const Sitting& sitting, PersonId person)
{
    if (sitting.absent_without_leave.contains(person)) return refuse(RefusalCode::nothing_to_do);
    const bool is_there = sitting.present.contains(person) || sitting.guests.contains(person);
    if (is_there || sitting.gone.contains(person)) {
        return no(RefusalCode::wrong_state, "此人曾经到会", "this member has been there");
    }
    if (sitting.leave.contains(person)) {
        return no(RefusalCode::wrong_state, "此人已经请假", "this member is on leave");
    }
    // Who came into the roster after the end was never due, and the figures of the end tell when one is
    // meant.
    const auto counts = counts_of(state, sitting);
    if (sitting.final_counts &&
        counts.on_leave + counts.left + counts.absent_without_leave + counts.suspended.value_or(0) >=
            counts.absent) {
        return no(RefusalCode::wrong_state, "闭会时的缺席人员均已记录", "all who were absent are on record");
    }
    return std::nullopt;
}

/// Whoever is suspended stays so whatever else is put right: the history says it already.
void note_unless_suspended(Sitting& sitting, PersonId person, const Stamp& stamp)
{
    if (!sitting.suspended.contains(person)) note_presence(sitting, person, stamp);
}

bool may_read_reason(const State& state, const Actor& actor, BodyId body)
{
    return actor.role != Role::chair && keeps_the_room(state, actor, body);
}

} // namespace

Decided decide_command(const State& state, const GrantLeave& command, const Context& context)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    const auto member = member_of(state, sitting, command.person);
    if (!member) return member.error();
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    if (sitting.present.contains(command.person)) {
        return no(RefusalCode::wrong_state, "已经签到", "signed in already");
    }
    if (sitting.leave.contains(command.person)) return refuse(RefusalCode::nothing_to_do);
    if (sitting.absent_without_leave.contains(command.person)) {
        return no(RefusalCode::wrong_state, "已记录为未经批准缺席，请先更正",
                  "absence without leave is on record");
    }
    if (!is_line(command.reason, reason_bytes_max)) return refuse(RefusalCode::invalid_text);

    auto reason = new_private_blob(state, context, "text/plain", bytes_of(command.reason));
    return Decision{{LeaveGranted{command.sitting, command.person, reason.digest}}, {std::move(reason)}};
}

Decided decide_command(const State& state, const CancelLeave& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    if (!sitting.leave.contains(command.person)) return refuse(RefusalCode::nothing_to_do);
    return Decision{{LeaveCancelled{command.sitting, command.person}}, {}};
}

Decided decide_command(const State& state, const RecordAbsence& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    const auto member = member_of(state, sitting, command.person);
    if (!member) return member.error();
    if (auto refusal = check_absence_time(state, sitting)) return *refusal;
    if (auto refusal = check_absent(state, sitting, command.person)) return *refusal;
    if (command.confirm != (*member)->name) return refuse(RefusalCode::confirm_name);
    return Decision{{AbsenceRecorded{command.sitting, command.person}}, {}};
}

Decided decide_command(const State& state, const ClearAbsence& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (auto refusal = check_absence_time(state, sitting)) return *refusal;
    if (!sitting.absent_without_leave.contains(command.person)) return refuse(RefusalCode::nothing_to_do);
    if (!is_line(command.reason, reason_bytes_max)) return refuse(RefusalCode::invalid_text);
    return Decision{{AbsenceCleared{command.sitting, command.person, command.reason}}, {}};
}

void apply_event(State& state, const LeaveGranted& event, const Stamp& stamp)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    const bool fresh = sitting.leave.emplace(event.person, event.reason).second;
    PLENUM_ASSERT(fresh);
    note_presence(sitting, event.person, stamp);
}

void apply_event(State& state, const LeaveCancelled& event, const Stamp& stamp)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    const bool was_granted = sitting.leave.erase(event.person) == 1;
    PLENUM_ASSERT(was_granted);
    note_unless_suspended(sitting, event.person, stamp);
}

void apply_event(State& state, const AbsenceRecorded& event, const Stamp& stamp)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    const bool fresh = sitting.absent_without_leave.insert(event.person).second;
    PLENUM_ASSERT(fresh);
    note_presence(sitting, event.person, stamp);
}

void apply_event(State& state, const AbsenceCleared& event, const Stamp& stamp)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    const bool was_recorded = sitting.absent_without_leave.erase(event.person) == 1;
    PLENUM_ASSERT(was_recorded);
    note_unless_suspended(sitting, event.person, stamp);
}

Answer<AttendancePage> ask(const State& state, const Actor& actor, const ReadAttendance& question,
                           const BlobSource&)
{
    const auto found = state.sittings.find(question.sitting);
    if (found == state.sittings.end()) return refuse(RefusalCode::no_such_record);
    const auto& sitting = found->second;
    if (!keeps_the_room(state, actor, sitting.body)) return refuse(RefusalCode::not_allowed);
    AttendancePage page;
    page.seq = state.entries;
    const auto limit = std::min<std::size_t>(question.limit, page_facts_max);
    for (const auto& [person, presence, at_ms] : sitting.history) {
        if (question.person && question.person != person) continue;
        if (page.total++ < question.from || page.lines.size() >= limit) continue;
        page.lines.push_back({person, record_of(state.persons, person).name, presence, at_ms});
    }
    return page;
}

Answer<PrivateAnswer> ask(const State& state, const Actor& actor, const ReadLeaveReason& question,
                          const BlobSource& blobs)
{
    const auto sitting = state.sittings.find(question.sitting);
    if (sitting == state.sittings.end()) return refuse(RefusalCode::no_such_record);
    if (!may_read_reason(state, actor, sitting->second.body)) return refuse(RefusalCode::not_allowed);
    const auto reason = sitting->second.leave.find(question.person);
    if (reason == sitting->second.leave.end()) return refuse(RefusalCode::no_such_record);
    return read_private(state, reason->second, blobs);
}

} // namespace plenum::chamber
