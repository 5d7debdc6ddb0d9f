#include "protocol/audit/record.hpp"

#include "protocol/text.hpp"

#include <algorithm>

// What was decided about a vote outside of it: qualification before; tie, approval, oath and annulment after
// it was announced.

namespace plenum::audit {
namespace {

constexpr std::size_t oaths_max = 200;

bool is_adopted(const RecordedVote& vote)
{
    return vote.figures && vote.figures->outcome && plenum::is_adopted(vote.figures->outcome->verdict);
}

/// Somebody is appointed, elected or approved of by it.
bool has_carried(const RecordedVote& vote)
{
    const auto* places = vote.figures && vote.figures->places ? &*vote.figures->places : nullptr;
    return is_adopted(vote) || vote.tie || (places != nullptr && !places->outcome.elected.empty());
}

/// The vote, while its announced result stands.
RecordedVote* standing(Record& record, VoteId id)
{
    return in_state(record, id, {VoteState::announced}, AuditCode::sequel_wrong);
}

/// Whether these are as many of those tied as there are places, in the order they are listed in.
bool settles_tie(const PlacesDecided& places, const std::vector<std::string>& names)
{
    const auto& outcome = places.outcome;
    if (outcome.status != PlacesStatus::tie_for_presidium || names.size() != outcome.tied_places)
        return false;
    auto next = names.begin();
    for (const auto line : outcome.tied) {
        if (next != names.end() && places.counted.list.at(line).name == *next) ++next;
    }
    return next == names.end();
}

/// Why nobody can have sworn an oath by this vote.
const char* oath_fault(const Record& record, const RecordedVote& vote)
{
    const auto& prepared = vote.prepared;
    const bool fills = persons_of(vote).empty() ? elects_persons(record, vote) : appoints(vote);
    if (vote.state != VoteState::announced || !fills || !has_carried(vote)) return "nobody took office";
    if (vote.oath_taken) return "twice";
    if (prepared.approval_by && !(vote.approval && vote.approval->granted)) return "not approved";
    return nullptr;
}

} // namespace

void follow(Record& record, const QualificationRecorded& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::prepared}, AuditCode::sequel_wrong);
    if (vote == nullptr) return;
    const bool from_later = event.papers_at_ms && *event.papers_at_ms > record.now->at_ms.value_or(0);
    if (!appoints(*vote) || from_later) record.complain(AuditCode::sequel_wrong);
    vote->qualification = event;
}

void follow(Record& record, const TieDecided& event)
{
    auto* vote = standing(record, event.vote);
    if (vote == nullptr) return;
    check_line(record, event.decided_by, title_bytes_max);
    check_line(record, event.reason, reason_bytes_max);
    const auto* places = vote->figures && vote->figures->places ? &*vote->figures->places : nullptr;
    if (vote->tie || places == nullptr || !settles_tie(*places, event.names)) {
        record.complain(AuditCode::sequel_wrong);
        return;
    }
    vote->tie = event;
}

void follow(Record& record, const ApprovalRecorded& event)
{
    auto* vote = standing(record, event.vote);
    if (vote == nullptr) return;
    check_line(record, event.document, title_bytes_max);
    const bool waits = vote->prepared.approval_by && has_carried(*vote) && !vote->approval;
    if (!waits) record.complain(AuditCode::sequel_wrong);
    vote->approval = event;
}

void follow(Record& record, const OathTaken& event)
{
    const auto* sitting = in_state(record, event.sitting, {SittingState::in_session});
    if (sitting == nullptr || is_under_vote(record, *sitting)) return;
    const bool in_order = std::ranges::adjacent_find(event.votes, std::greater_equal{}) == event.votes.end();
    if (event.votes.empty() || event.votes.size() > oaths_max || !in_order)
        record.complain(AuditCode::sequel_wrong);
    for (const auto id : event.votes) {
        auto* vote = record.named(record.votes, id);
        if (vote == nullptr) continue;
        const auto* fault = oath_fault(record, *vote);
        if (fault == nullptr && record.sittings.at(vote->prepared.sitting).body != sitting->body)
            fault = "another body";
        if (fault != nullptr)
            record.complain(AuditCode::sequel_wrong, std::to_string(number(id)) + ": " + fault);
        vote->oath_taken = true;
    }
}

void follow(Record& record, const VoteAnnulled& event)
{
    auto* vote = standing(record, event.vote);
    if (vote == nullptr) return;
    check_line(record, event.decided_by, title_bytes_max);
    check_line(record, event.reason, reason_bytes_max);
    const bool decided =
        vote->figures && vote->figures->outcome && !is_invalid(vote->figures->outcome->verdict);
    if (!decided || (vote->prepared.adopts_agenda && is_adopted(*vote)))
        record.complain(AuditCode::sequel_wrong);
    record.complain(AuditCode::result_annulled, event.decided_by + ", " + event.reason);
    vote->state = VoteState::annulled;
    auto& meeting = record.meetings.at(record.sittings.at(vote->prepared.sitting).meeting);
    if (meeting.scrutineers_by != event.vote) return;
    meeting.scrutineers.reset();
    meeting.scrutineers_by.reset();
}

} // namespace plenum::audit
