#include "protocol/speaking_times.hpp"
#include "server/chamber/chapters.hpp"

#include <algorithm>

// Chapter two: meetings with their schedule, and the sittings they consist of. What is dealt with is the
// agenda's.

namespace plenum::chamber {
namespace {

constexpr std::size_t items_per_row_max = 100;

Refusal invalid(const Misfit& misfit, const char* zh)
{
    return no(RefusalCode::invalid_profile, misfit, {zh, ""});
}

Refusal bad_row(std::size_t index, const std::string& zh, const std::string& en)
{
    const auto row = std::to_string(index + 1);
    return no(RefusalCode::invalid_text, "第" + row + "行：" + zh, "row " + row + ": " + en);
}

bool is_item_of(const State& state, ItemId id, MeetingId meeting)
{
    const auto found = state.items.find(id);
    return found != state.items.end() && found->second.meeting == meeting;
}

/// The body of a sitting must be the meeting's own, or belong to it.
std::optional<Refusal> check_sitting_body(const State& state, const Meeting& meeting,
                                          const CreateSitting& command)
{
    const bool own = !command.body || *command.body == meeting.body;
    if (!own) {
        const auto found = state.bodies.find(*command.body);
        if (found == state.bodies.end()) return refuse(RefusalCode::no_such_record);
        if (found->second.parent != meeting.body) {
            return no(RefusalCode::wrong_state, "该机构不隶属于召开会议的机构",
                      "this body does not belong to the one that meets");
        }
    }
    if (!command.quorum) return std::nullopt;
    if (own) {
        return no(RefusalCode::invalid_profile, "全体会议的法定人数随会议",
                  "a sitting of the whole body has the quorum of the meeting");
    }
    if (const auto misfit = check_quorum(*command.quorum)) return invalid(*misfit, "法定人数 ");
    return std::nullopt;
}

std::optional<Refusal> check_row(const State& state, const SetSchedule& command, std::size_t index)
{
    const auto& row = command.rows[index];
    if (index > 0 && row.starts_at_ms < command.rows[index - 1].starts_at_ms) {
        return bad_row(index, "时间早于上一行", "earlier than the row before");
    }
    if (!is_line(row.title, title_bytes_max)) return bad_row(index, "标题", "title");
    if (!is_line_or_empty(row.place, name_bytes_max)) return bad_row(index, "地点", "place");
    if (row.items.size() > items_per_row_max) return refuse(RefusalCode::too_many);
    for (const auto item : row.items) {
        if (is_item_of(state, item, command.meeting)) continue;
        const auto place = std::to_string(index + 1);
        return no(RefusalCode::no_such_record, "第" + place + "行的议题", "the item of row " + place);
    }
    return std::nullopt;
}

/// Nothing has happened in it: it is being prepared, was called off, or was closed as a mistake before
/// anybody signed in.
bool is_blank(const Sitting& sitting)
{
    if (sitting.state == SittingState::draft || !sitting.cancelled.empty()) return true;
    return sitting.state == SittingState::closed && !sitting.opened_at_ms && sitting.history.empty();
}

void step(State& state, MeetingId id, std::initializer_list<MeetingPhase> from, MeetingPhase to)
{
    auto& meeting = record_of(state.meetings, id);
    PLENUM_ASSERT(std::ranges::find(from, meeting.phase) != from.end());
    meeting.phase = to;
}

} // namespace

std::optional<Refusal> check_not_closed(const State& state, MeetingId id)
{
    const auto phase = record_of(state.meetings, id).phase;
    if (phase >= MeetingPhase::closed) return wrong_state(phase);
    return std::nullopt;
}

bool is_plenary(const State& state, const Sitting& sitting)
{
    return sitting.body == record_of(state.meetings, sitting.meeting).body;
}

std::optional<Refusal> check_plenary(const State& state, const Sitting& sitting)
{
    if (is_plenary(state, sitting)) return std::nullopt;
    return no(RefusalCode::wrong_state, "须在召开会议的机构的全体会议上进行",
              "only a sitting of the body that meets may do this");
}

Decided decide_command(const State&, const CreateMeeting& command, const Context&)
{
    if (!is_line(command.title, title_bytes_max)) return refuse(RefusalCode::invalid_text);
    if (command.made_from && !is_line(*command.made_from, name_bytes_max)) {
        return no(RefusalCode::invalid_text, "会议模板", "made_from");
    }
    if (const auto misfit = check_quorum(command.quorum)) return invalid(*misfit, "法定人数 ");
    if (const auto misfit = check_speaking_times(command.speaking)) return invalid(*misfit, "发言时间 ");
    MeetingCreated created{command.body,   command.title,        command.term_no, command.session_no,
                           command.quorum, command.meeting_kind, command.speaking};
    if (command.made_from) created.made_from = *command.made_from;
    return Decision{{std::move(created)}, {}};
}

Decided decide_command(const State& state, const CreateSitting& command, const Context&)
{
    if (auto refusal = check_not_closed(state, command.meeting)) return *refusal;
    if (!is_line(command.title, title_bytes_max)) return refuse(RefusalCode::invalid_text);
    const auto& meeting = record_of(state.meetings, command.meeting);
    if (auto refusal = check_sitting_body(state, meeting, command)) return *refusal;
    SittingCreated created{command.meeting, command.title, command.body, command.quorum};
    if (created.body == meeting.body) created.body.reset();
    return Decision{{std::move(created)}, {}};
}

Decided decide_command(const State& state, const NotifyMeeting& command, const Context&)
{
    const auto phase = record_of(state.meetings, command.meeting).phase;
    if (phase != MeetingPhase::draft) return wrong_state(phase);
    if (!is_line(command.note, reason_bytes_max)) return refuse(RefusalCode::invalid_text);
    return Decision{{MeetingNotified{command.meeting, command.note}}, {}};
}

Decided decide_command(const State& state, const CloseMeeting& command, const Context&)
{
    if (auto refusal = check_not_closed(state, command.meeting)) return *refusal;
    bool has_met = false;
    for (const auto& [id, sitting] : state.sittings) {
        if (sitting.meeting != command.meeting) continue;
        if (auto refusal = check_decided(state, sitting)) return *refusal;
        if (sitting.state != SittingState::closed) {
            return no(RefusalCode::wrong_state, "“" + sitting.title + "”尚未闭会",
                      sitting.title + " is not closed yet");
        }
        has_met = has_met || sitting.cancelled.empty();
    }
    if (!has_met) return no(RefusalCode::wrong_state, "尚未举行任何会议", "there has been no sitting yet");
    return Decision{{MeetingClosed{command.meeting}}, {}};
}

// What has begun is a fact and is closed as one.
Decided decide_command(const State& state, const CancelMeeting& command, const Context&)
{
    if (auto refusal = check_not_closed(state, command.meeting)) return *refusal;
    for (const auto& [id, sitting] : state.sittings) {
        if (sitting.meeting != command.meeting || is_blank(sitting)) continue;
        return no(RefusalCode::wrong_state, "“" + sitting.title + "”已经开始签到，会议不能取消，请闭会",
                  "the meeting cannot be called off, only closed: sign-in has begun for " + sitting.title);
    }
    if (auto refusal = check_reason(command.reason)) return *refusal;
    return Decision{{MeetingCancelled{command.meeting, command.reason}}, {}};
}

// What is decided and not announced could never be announced again.
Decided decide_command(const State& state, const ArchiveMeeting& command, const Context&)
{
    const auto phase = record_of(state.meetings, command.meeting).phase;
    if (phase != MeetingPhase::closed) return wrong_state(phase);
    for (const auto& [id, vote] : state.votes) {
        if (record_of(state.sittings, vote.sitting).meeting != command.meeting) continue;
        if (vote.state == VoteState::decided) return wrong_state(vote.state);
    }
    return Decision{{MeetingArchived{command.meeting}}, {}};
}

Decided decide_command(const State& state, const SetSchedule& command, const Context&)
{
    if (auto refusal = check_not_closed(state, command.meeting)) return *refusal;
    if (command.rows.size() > schedule_rows_max) return refuse(RefusalCode::too_many);
    for (std::size_t index = 0; index < command.rows.size(); ++index) {
        if (auto refusal = check_row(state, command, index)) return *refusal;
    }
    if (command.rows == record_of(state.meetings, command.meeting).schedule) {
        return refuse(RefusalCode::nothing_to_do);
    }
    auto schedule = new_blob(encode_schedule({1, command.meeting, command.rows}));
    return Decision{{ScheduleSet{command.meeting, schedule.digest, count(command.rows.size())}},
                    {std::move(schedule)}};
}

void apply_event(State& state, const MeetingCreated& event, const Stamp& stamp)
{
    PLENUM_ASSERT(state.bodies.contains(event.body));
    Meeting meeting;
    meeting.body = event.body;
    meeting.title = event.title;
    meeting.term_no = event.term_no;
    meeting.session_no = event.session_no;
    meeting.quorum = event.quorum;
    meeting.kind = event.meeting_kind;
    meeting.speaking = event.speaking;
    meeting.made_from = event.made_from.value_or("");
    create_record(state.meetings, stamp, std::move(meeting));
}

void apply_event(State& state, const SittingCreated& event, const Stamp& stamp)
{
    Sitting sitting;
    sitting.meeting = event.meeting;
    sitting.body = event.body.value_or(record_of(state.meetings, event.meeting).body);
    PLENUM_ASSERT(state.bodies.contains(sitting.body));
    sitting.title = event.title;
    sitting.quorum = event.quorum;
    sitting.suspended = suspended_in(state, sitting.body);
    create_record(state.sittings, stamp, std::move(sitting));
}

void apply_event(State& state, const MeetingNotified& event, const Stamp&)
{
    step(state, event.meeting, {MeetingPhase::draft}, MeetingPhase::notified);
}

void apply_event(State& state, const MeetingClosed& event, const Stamp&)
{
    step(state, event.meeting, {MeetingPhase::draft, MeetingPhase::notified}, MeetingPhase::closed);
}

void apply_event(State& state, const MeetingCancelled& event, const Stamp&)
{
    step(state, event.meeting, {MeetingPhase::draft, MeetingPhase::notified}, MeetingPhase::cancelled);
    for (auto& [id, sitting] : state.sittings) {
        if (sitting.meeting == event.meeting && sitting.state != SittingState::closed)
            end_sitting(state, sitting);
    }
}

void apply_event(State& state, const MeetingArchived& event, const Stamp&)
{
    step(state, event.meeting, {MeetingPhase::closed}, MeetingPhase::archived);
}

void apply_event(State& state, const ScheduleSet& event, const Stamp& stamp)
{
    auto schedule = decode_schedule(public_blob(stamp, event.schedule));
    PLENUM_ASSERT(schedule.has_value() && schedule->meeting == event.meeting);
    PLENUM_ASSERT(schedule->rows.size() == event.rows);
    record_of(state.meetings, event.meeting).schedule = std::move(schedule->rows);
}

} // namespace plenum::chamber
