#include "protocol/audit/record.hpp"

#include "protocol/schedule.hpp"
#include "protocol/speaking_times.hpp"
#include "protocol/text.hpp"

#include <algorithm>

// Meetings, their schedule, and the sittings they consist of.

namespace plenum::audit {
namespace {

/// Nothing is done to it any more.
bool is_past(MeetingState state)
{
    return state == MeetingState::archived || state == MeetingState::cancelled;
}

/// The meeting, when it is in one of these states; otherwise a complaint.
RecordedMeeting* meeting_in_state(Record& record, MeetingId id, std::initializer_list<MeetingState> allowed)
{
    auto* meeting = record.named(record.meetings, id);
    // Of one that is past the complaint was made already.
    if (meeting == nullptr || is_past(meeting->state)) return nullptr;
    if (std::ranges::find(allowed, meeting->state) != allowed.end()) return meeting;
    record.complain(AuditCode::sitting_out_of_order, std::string(codec::enum_name(meeting->state)));
    return nullptr;
}

template <class Map>
const typename Map::mapped_type* look_up(const Map& map, const typename Map::key_type& id)
{
    const auto found = map.find(id);
    return found == map.end() ? nullptr : &found->second;
}

/// The meeting an event is about, when it is about one that exists.
struct MeetingOf {
    const Record& record;

    std::optional<MeetingId> of(MeetingId id) const { return id; }
    std::optional<MeetingId> of(SittingId id) const
    {
        const auto* sitting = look_up(record.sittings, id);
        return sitting == nullptr ? std::nullopt : std::optional(sitting->meeting);
    }
    std::optional<MeetingId> of(ItemId id) const
    {
        const auto* item = look_up(record.items, id);
        return item == nullptr ? std::nullopt : std::optional(item->meeting);
    }
    std::optional<MeetingId> of(VoteId id) const
    {
        const auto* vote = look_up(record.votes, id);
        return vote == nullptr ? std::nullopt : of(vote->prepared.sitting);
    }
    std::optional<MeetingId> of(SpeechId id) const
    {
        const auto* speech = look_up(record.speeches, id);
        return speech == nullptr ? std::nullopt : of(speech->requested.sitting);
    }

    template <class E>
    std::optional<MeetingId> operator()(const E& event) const
    {
        if constexpr (requires { event.sitting; }) {
            return of(event.sitting);
        } else if constexpr (requires { event.meeting; }) {
            return of(event.meeting);
        } else if constexpr (requires { event.vote; }) {
            return of(event.vote);
        } else if constexpr (requires { event.speech; }) {
            return of(event.speech);
        } else if constexpr (requires { event.item; }) {
            return of(event.item);
        } else {
            return std::nullopt;
        }
    }
};

/// Which body sits, and under which quorum: the meeting's own, or one that belongs to it.
void take_body(Record& record, const SittingCreated& event, const RecordedMeeting& meeting,
               RecordedSitting& sitting)
{
    sitting.body = meeting.body;
    sitting.quorum = event.quorum;
    if (event.body && *event.body != meeting.body) {
        const auto* body = record.named(record.bodies, *event.body);
        if (body == nullptr) return;
        if (body->parent != meeting.body) {
            record.complain(
                AuditCode::sitting_out_of_order,
                LocalText{"该机构不隶属于召开会议的机构", "the body does not belong to the one that meets"});
        }
        sitting.body = *event.body;
    } else if (event.quorum) {
        record.complain(
            AuditCode::threshold_malformed,
            LocalText{"全体会议的法定人数随会议", "the whole body has the quorum of the meeting"});
    }
    if (event.quorum && check_quorum(*event.quorum)) record.complain(AuditCode::threshold_malformed);
}

void check_rows(Record& record, const Schedule& schedule)
{
    std::uint64_t before = 0;
    for (const auto& row : schedule.rows) {
        check_line(record, row.title, title_bytes_max);
        check_line_or_empty(record, row.place, name_bytes_max);
        if (row.starts_at_ms < before) {
            record.complain(AuditCode::blob_malformed,
                            LocalText{"日程未按时间排列", "rows out of the order of time"});
        }
        before = row.starts_at_ms;
        for (const auto id : row.items) {
            const auto* item = record.named(record.items, id);
            if (item != nullptr && item->meeting != schedule.meeting)
                record.complain(AuditCode::agenda_out_of_order, std::to_string(number(id)));
        }
    }
}

} // namespace

void check_archive(Record& record, const Event& event)
{
    const bool comes_late = std::holds_alternative<VoteAnnulled>(event) ||
                            std::holds_alternative<ApprovalRecorded>(event) ||
                            std::holds_alternative<ShareErased>(event);
    if (comes_late) return;
    const auto id = std::visit(MeetingOf{record}, event);
    const auto* meeting = id ? look_up(record.meetings, *id) : nullptr;
    if (meeting != nullptr && is_past(meeting->state))
        record.complain(AuditCode::sitting_out_of_order, std::string(codec::enum_name(meeting->state)));
}

bool is_plenary(const Record& record, const RecordedSitting& sitting)
{
    return sitting.body == record.meetings.at(sitting.meeting).body;
}

void follow(Record& record, const MeetingCreated& event)
{
    if (record.named(record.bodies, event.body) == nullptr) return;
    check_line(record, event.title, title_bytes_max);
    if (event.made_from) check_line(record, *event.made_from, name_bytes_max);
    if (check_quorum(event.quorum)) record.complain(AuditCode::threshold_malformed);
    if (const auto misfit = check_speaking_times(event.speaking))
        record.complain(AuditCode::profile_malformed, misfit->path);
    RecordedMeeting meeting;
    meeting.body = event.body;
    meeting.quorum = event.quorum;
    meeting.speeches_max = event.speaking.speeches_max;
    meeting.term_no = event.term_no;
    record.meetings.emplace(MeetingId{record.now->seq}, std::move(meeting));
}

void follow(Record& record, const SittingCreated& event)
{
    const auto* meeting = record.named(record.meetings, event.meeting);
    if (meeting == nullptr) return;
    meeting_in_state(record, event.meeting, {MeetingState::draft, MeetingState::notified});
    check_line(record, event.title, title_bytes_max);
    RecordedSitting sitting;
    sitting.meeting = event.meeting;
    take_body(record, event, *meeting, sitting);
    record.sittings.emplace(SittingId{record.now->seq}, std::move(sitting));
}

void follow(Record& record, const MeetingNotified& event)
{
    check_line(record, event.note, reason_bytes_max);
    auto* meeting = meeting_in_state(record, event.meeting, {MeetingState::draft});
    if (meeting != nullptr) meeting->state = MeetingState::notified;
}

void follow(Record& record, const MeetingClosed& event)
{
    auto* meeting = meeting_in_state(record, event.meeting, {MeetingState::draft, MeetingState::notified});
    if (meeting == nullptr) return;
    std::size_t sittings = 0;
    for (const auto& [id, sitting] : record.sittings) {
        if (sitting.meeting != event.meeting) continue;
        sittings += sitting.cancelled ? 0 : 1;
        if (sitting.state != SittingState::closed)
            record.complain(AuditCode::sitting_out_of_order, std::string(codec::enum_name(sitting.state)));
    }
    if (sittings == 0) {
        record.complain(AuditCode::sitting_out_of_order,
                        LocalText{"没有任何全体会议", "without a single sitting"});
    }
    meeting->state = MeetingState::closed;
}

void follow(Record& record, const MeetingArchived& event)
{
    auto* meeting = meeting_in_state(record, event.meeting, {MeetingState::closed});
    if (meeting != nullptr) meeting->state = MeetingState::archived;
}

void follow(Record& record, const MeetingCancelled& event)
{
    check_line(record, event.reason, reason_bytes_max);
    auto* meeting = meeting_in_state(record, event.meeting, {MeetingState::draft, MeetingState::notified});
    if (meeting == nullptr) return;
    for (auto& [id, sitting] : record.sittings) {
        if (sitting.meeting != event.meeting) continue;
        const bool is_blank = sitting.state == SittingState::draft ||
                              (sitting.state == SittingState::closed && sitting.came.empty());
        if (!is_blank)
            record.complain(AuditCode::sitting_out_of_order, std::string(codec::enum_name(sitting.state)));
        sitting.state = SittingState::closed;
    }
    meeting->state = MeetingState::cancelled;
}

void follow(Record& record, const ScheduleSet& event)
{
    auto* meeting = record.named(record.meetings, event.meeting);
    if (meeting == nullptr) return;
    meeting_in_state(record, event.meeting, {MeetingState::draft, MeetingState::notified});
    const auto* content = record.blob(event.schedule);
    if (content == nullptr) return;
    const auto schedule = decode_schedule(*content);
    if (!schedule || schedule->meeting != event.meeting) {
        record.complain(AuditCode::blob_malformed, blob_path(event.schedule));
        return;
    }
    check_number(record, AuditCode::blob_malformed, event.rows, schedule->rows.size());
    check_rows(record, *schedule);
    meeting->scheduled.clear();
    for (const auto& row : schedule->rows)
        meeting->scheduled.insert(row.items.begin(), row.items.end());
}

} // namespace plenum::audit
