#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"

#include <algorithm>

// Who came how often, counted from the history of the sittings. Of those who are members now: whom a later
// roster left out stands in the history alone.

namespace plenum::chamber {
namespace {

/// When each person first came to a sitting, in the hall or by video.
std::map<PersonId, std::uint64_t> arrivals_of(const Sitting& sitting)
{
    std::map<PersonId, std::uint64_t> arrivals;
    for (const auto& [person, presence, at_ms] : sitting.history) {
        if (presence == Presence::present || presence == Presence::remote) arrivals.emplace(person, at_ms);
    }
    return arrivals;
}

/// One member in one sitting that has opened.
AttendanceTally tally_of(const Sitting& sitting, PersonId person,
                         const std::map<PersonId, std::uint64_t>& arrivals)
{
    AttendanceTally tally;
    tally.due = 1;
    const auto arrival = arrivals.find(person);
    if (arrival != arrivals.end()) {
        tally.present = 1;
        tally.late = arrival->second > *sitting.opened_at_ms ? 1 : 0;
        tally.left = sitting.present.contains(person) ? 0 : 1;
        return tally;
    }
    if (sitting.suspended.contains(person)) {
        tally.suspended = 1;
        return tally;
    }
    tally.on_leave = sitting.leave.contains(person) ? 1 : 0;
    tally.absent = 1 - tally.on_leave;
    tally.absent_without_leave = sitting.absent_without_leave.contains(person) ? 1 : 0;
    return tally;
}

void add(AttendanceTally& sum, const AttendanceTally& one)
{
    boost::mp11::mp_for_each<boost::describe::describe_members<AttendanceTally, boost::describe::mod_public>>(
        [&](auto member) { sum.*member.pointer += one.*member.pointer; });
}

} // namespace

Answer<AttendanceStatistics> ask(const State& state, const Actor& actor, const ReadStatistics& question,
                                 const BlobSource&)
{
    const auto meeting = state.meetings.find(question.meeting);
    if (meeting == state.meetings.end()) return refuse(RefusalCode::no_such_record);
    if (!keeps_the_room(state, actor, meeting->second.body)) return refuse(RefusalCode::not_allowed);
    AttendanceStatistics answer;
    answer.seq = state.entries;
    std::map<PersonId, MemberAttendance> members;
    for (const auto& [id, sitting] : state.sittings) {
        if (sitting.meeting != question.meeting || !sitting.opened_at_ms) continue;
        const auto& body = record_of(state.bodies, sitting.body);
        SittingAttendance of_sitting{
            id, sitting.title, body_name_of(state, sitting), *sitting.opened_at_ms, {}};
        const auto arrivals = arrivals_of(sitting);
        for (const auto& member : body.members) {
            const auto tally = tally_of(sitting, member.person, arrivals);
            add(of_sitting.tally, tally);
            auto& line = members[member.person];
            line = {member.person, member.number, member.name, member.group, line.tally};
            add(line.tally, tally);
        }
        answer.sittings.push_back(std::move(of_sitting));
    }
    answer.total = count(members.size());
    const auto limit = std::min<std::size_t>(question.limit, page_members_max);
    std::uint32_t at = 0;
    for (auto& [person, line] : members) {
        if (at++ >= question.from && answer.members.size() < limit) answer.members.push_back(std::move(line));
    }
    return answer;
}

} // namespace plenum::chamber
