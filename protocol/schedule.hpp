#pragma once

#include "protocol/ids.hpp"
#include "protocol/json_codec.hpp"

namespace plenum {

/// One line of a schedule (日程): when, where, and which items.
struct ScheduleRow {
    std::uint64_t starts_at_ms = 0; ///< milliseconds UTC
    std::uint32_t minutes = 0;      ///< 0: not said
    std::string title;
    std::string place; ///< may be empty
    std::vector<ItemId> items;

    bool operator==(const ScheduleRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(ScheduleRow, (), (starts_at_ms, minutes, title, place, items))

/// The schedule of one meeting, in order of time. Stored as a blob of canonical JSON. The agenda says what is
/// dealt with, the schedule when: two objects, changed apart.
struct Schedule {
    std::uint32_t v = 1;
    MeetingId meeting{};
    std::vector<ScheduleRow> rows;

    bool operator==(const Schedule&) const = default;
};
BOOST_DESCRIBE_STRUCT(Schedule, (), (v, meeting, rows))

inline constexpr std::size_t schedule_rows_max = 500;

/// Canonical JSON, the content of the blob schedule.set names.
std::string encode_schedule(const Schedule& schedule);
/// Reads it back; refuses every other spelling of the same schedule.
Result<Schedule> decode_schedule(std::string_view text);

} // namespace plenum
