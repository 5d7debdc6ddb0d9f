#include "protocol/audit/record.hpp"
#include "protocol/rules/provisions_kept.hpp"

#include "protocol/text.hpp"

#include <algorithm>

// Procedural errors that stood in the way of a vote, and who set them aside: each there is must have been,
// and none that is not there can have been (domain 5.3).

namespace plenum::audit {
namespace {

using Overrides = Later<std::vector<Override>>;
constexpr std::uint64_t ms_a_day = 86'400'000;

bool is_set_aside(const Overrides& overrides, RefusalCode code)
{
    return overrides && std::ranges::find(*overrides, code, &Override::of) != overrides->end();
}

/// What was set aside must be there, each once, with a name and a reason; then it is worth a notice.
void check_named(Record& record, const Overrides& overrides, const std::set<RefusalCode>& there)
{
    if (!overrides) return;
    std::set<RefusalCode> seen;
    for (const auto& one : *overrides) {
        check_line(record, one.decided_by, title_bytes_max);
        check_line(record, one.reason, reason_bytes_max);
        const std::string name(codec::enum_name(one.of));
        if (!seen.insert(one.of).second || !there.contains(one.of)) {
            record.complain(AuditCode::override_wrong, name);
        } else {
            record.complain(AuditCode::step_overridden, name + ": " + one.decided_by + ", " + one.reason);
        }
    }
}

/// Whether a part of the same item, or something taken out of a combined vote, has still to be voted on.
bool is_part_due(const Record& record, VoteId id, const RecordedVote& vote)
{
    const auto root_of = [&](VoteId one) {
        const auto found = record.votes.find(one);
        return found == record.votes.end() ? one : found->second.prepared.first_attempt.value_or(one);
    };
    const bool is_whole = vote.prepared.item && !vote.prepared.part;
    return std::ranges::any_of(record.votes, [&](const auto& entry) {
        const auto& other = entry.second.prepared;
        const bool of_item = is_whole && other.item == vote.prepared.item && other.part;
        const bool of_vote = other.split && root_of(other.split->vote) == root_of(id);
        return (of_item || of_vote) && is_due(entry.second);
    });
}

/// Somebody of that name or person stands. A candidate known by name alone may be anybody of that name.
bool may_stand(const RecordedVote& vote, const std::vector<PersonId>& persons)
{
    return std::ranges::any_of(vote.prepared.list->candidates, [&](const Candidate& candidate) {
        return !candidate.person || std::ranges::binary_search(persons, *candidate.person);
    });
}

void flag_election(const Record& record, const RecordedVote& vote, const RecordedSitting& sitting,
                   std::set<RefusalCode>& there)
{
    if (!elects_persons(record, vote)) return;
    if (!record.bodies.at(sitting.body).rules) there.insert(RefusalCode::election_method_missing);
    const auto& approved = record.meetings.at(sitting.meeting).scrutineers;
    if (!approved || approved->size() < scrutineers_needed(vote.prepared.profile)) {
        there.insert(RefusalCode::scrutineers_missing);
    } else if (vote.prepared.list && may_stand(vote, *approved)) {
        there.insert(RefusalCode::is_candidate);
    }
}

/// Rejections in a row of the same person for the same post, in the order they were decided in.
std::uint32_t rejections(const Record& record, const RecordedVote& vote, const PersonnelMatter& matter)
{
    const auto& sitting = record.sittings.at(vote.prepared.sitting);
    const auto term = record.meetings.at(sitting.meeting).term_no;
    std::vector<const RecordedVote*> before;
    for (const auto& [id, other] : record.votes) {
        const auto& room = record.sittings.at(other.prepared.sitting);
        const auto persons = persons_of(other);
        const bool same = std::ranges::find(persons, matter) != persons.end() && room.body == sitting.body &&
                          record.meetings.at(room.meeting).term_no == term;
        const bool counts = other.state == VoteState::announced && other.figures && other.figures->outcome &&
                            !is_invalid(other.figures->outcome->verdict);
        if (same && counts) before.push_back(&other);
    }
    std::ranges::stable_sort(before, {}, &RecordedVote::decided_at_ms);
    std::uint32_t failed = 0;
    for (const auto* one : before)
        failed = is_adopted(one->figures->outcome->verdict) ? 0 : failed + 1;
    return failed;
}

void flag_personnel(const Record& record, const RecordedVote& vote, const RecordedSitting& sitting,
                    std::set<RefusalCode>& there)
{
    using enum PersonnelAction;
    const auto& prepared = vote.prepared;
    const auto persons = persons_of(vote);
    const bool by_secret_ballot = prepared.profile.method == VoteMethod::paper || is_secret(vote);
    for (const auto& matter : persons) {
        const bool asks_for_it = matter.action == dismiss || matter.action == recall;
        if (asks_for_it && !by_secret_ballot) there.insert(RefusalCode::secret_ballot_required);
    }
    if (!appoints(vote) || !prepared.profile.appointment) return;
    const auto& rule = *prepared.profile.appointment;
    const auto& had = vote.qualification;
    const auto began = record.meetings.at(sitting.meeting).began_at_ms.value_or(0);
    const bool in_time =
        had && had->papers_at_ms && *had->papers_at_ms + rule.papers_days * ms_a_day <= began;
    if ((rule.exam && !(had && had->exam_passed)) || (rule.papers_days > 0 && !in_time))
        there.insert(RefusalCode::not_qualified);
    for (const auto& matter : persons) {
        const bool counts = matter.action == appoint && rule.failures_max > 0;
        if (counts && rejections(record, vote, matter) >= rule.failures_max)
            there.insert(RefusalCode::barred);
    }
}

} // namespace

void check_matter(Record& record, const VotePrepared& event)
{
    if (event.part && !event.item) record.complain(AuditCode::agenda_out_of_order, "part");
    if (event.approval_by) check_line(record, *event.approval_by, title_bytes_max);
    if (event.personnel) {
        check_line(record, event.personnel->name, title_bytes_max);
        check_line(record, event.personnel->post, title_bytes_max);
        if (event.list || event.grades) record.complain(AuditCode::list_wrong, "personnel");
    }
    // A further attempt keeps what was said of the first.
    if (event.attempt > 1) return;
    std::set<RefusalCode> there;
    if (event.list && !has_right_number(*event.list)) there.insert(RefusalCode::candidates_wrong);
    check_named(record, event.overrides, there);
}

void check_overrides(Record& record, const VoteOpened& event, const RecordedVote& vote)
{
    const auto& sitting = record.sittings.at(vote.prepared.sitting);
    std::set<RefusalCode> there;
    const auto item = vote.prepared.item ? record.items.find(*vote.prepared.item) : record.items.end();
    const bool draft = item != record.items.end() && item->second.state == ItemState::draft;
    if (draft) there.insert(RefusalCode::not_on_agenda);
    if (!has_draft(record, vote.prepared)) there.insert(RefusalCode::text_differs);
    if (is_part_due(record, event.vote, vote)) there.insert(RefusalCode::amendment_first);
    flag_election(record, vote, sitting, there);
    flag_personnel(record, vote, sitting, there);
    check_named(record, event.overrides, there);
    using enum RefusalCode;
    for (const auto code : {text_differs, amendment_first, secret_ballot_required, not_qualified, barred}) {
        if (there.contains(code) && !is_set_aside(event.overrides, code))
            record.complain(AuditCode::override_missing, std::string(codec::enum_name(code)));
    }
    // Records from before bodies adopted rules have elections without.
    if (there.contains(election_method_missing) && !is_set_aside(event.overrides, election_method_missing))
        record.complain(AuditCode::election_method_unknown);
    if (draft && is_set_aside(event.overrides, not_on_agenda)) item->second.state = ItemState::adopted;
}

bool sets_aside(const VoteOpened& event, RefusalCode code)
{
    return is_set_aside(event.overrides, code);
}

} // namespace plenum::audit
