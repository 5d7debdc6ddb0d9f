#include "protocol/audit/record.hpp"
#include "protocol/ballot/erasure.hpp"
#include "protocol/text.hpp"

#include <algorithm>

// Around secret votes: which console programs the body pinned, and that shares are erased when a meeting is
// over (docs/ballot_protocol.md 7).

namespace plenum::audit {
namespace {

constexpr std::size_t builds_max = 16;

/// A secret vote of the meeting that has begun and is not decided.
bool anything_waits(const Record& record, MeetingId meeting)
{
    return std::ranges::any_of(record.votes, [&](const auto& entry) {
        const auto& vote = entry.second;
        return record.sittings.at(vote.prepared.sitting).meeting == meeting && is_secret(vote) &&
               (is_under_way(vote) || vote.state == VoteState::closed);
    });
}

bool is_over(const RecordedMeeting& meeting)
{
    return meeting.state == MeetingState::closed || meeting.state == MeetingState::archived ||
           meeting.state == MeetingState::cancelled;
}

bool is_signed(const Record& record, const ShareErased& event, const RecordedKeys& keys)
{
    const auto holder = std::ranges::find(keys.persons, event.holder);
    ballot::Signature signature{};
    if (holder == keys.persons.end() || event.statement.size() != signature.size()) return false;
    std::ranges::copy(event.statement, signature.begin());
    const auto at = static_cast<std::size_t>(holder - keys.persons.begin());
    const ballot::ErasureTerms terms{record.origin,
                                     record_id(record.origin, MeetingCreated::kind, number(event.meeting)),
                                     event.key_holders, static_cast<std::uint32_t>(at) + 1};
    return ballot::check_erasure(terms, keys.terms.holders[at].key, signature).has_value();
}

} // namespace

void follow(Record& record, const ConsoleBuildsPinned& event)
{
    auto* meeting = record.named(record.meetings, event.meeting);
    if (meeting == nullptr) return;
    check_line(record, event.decided_by, title_bytes_max);
    const std::set<Digest> distinct(event.builds.begin(), event.builds.end());
    const bool can_be = !event.builds.empty() && event.builds.size() <= builds_max &&
                        distinct.size() == event.builds.size() && !distinct.contains(Digest{});
    if (!can_be || !meeting->keys || is_over(*meeting) || anything_waits(record, event.meeting))
        record.complain(AuditCode::builds_wrong, std::to_string(event.builds.size()));
    meeting->pinned = event.builds;
}

void follow(Record& record, const ShareErased& event)
{
    auto* meeting = record.named(record.meetings, event.meeting);
    if (meeting == nullptr) return;
    const auto keys = meeting->made.find(event.key_holders);
    const bool right = keys != meeting->made.end() && is_over(*meeting) &&
                       !anything_waits(record, event.meeting) && is_signed(record, event, keys->second);
    const bool first = meeting->erased[event.key_holders].insert(event.holder).second;
    if (!right || !first) record.complain(AuditCode::erasure_wrong, std::to_string(number(event.holder)));
}

} // namespace plenum::audit
