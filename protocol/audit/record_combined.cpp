#include "protocol/audit/record.hpp"

#include "protocol/text.hpp"

#include <algorithm>

// Base numbers that two people stand for, drafts that the item has, and what is taken out of a combined vote.

namespace plenum::audit {
namespace {

constexpr std::size_t combined_max = 200;

bool is_readable(const CombinedMatter& entry)
{
    const auto& person = entry.personnel;
    return is_line(entry.title, title_bytes_max) &&
           (!person || (is_line(person->name, title_bytes_max) && is_line(person->post, title_bytes_max)));
}

/// What is taken out has the rule of the combined vote and everything that goes with it.
bool is_of_one_kind(const VotePrepared& event, const VotePrepared& combined)
{
    const auto part = combined.item ? Later<QuestionPart>(QuestionPart::clause) : Later<QuestionPart>();
    return event.sitting == combined.sitting && event.item == combined.item && event.part == part &&
           event.profile == combined.profile && event.rooms == combined.rooms &&
           event.deviation == combined.deviation && event.approval_by == combined.approval_by &&
           event.draft == combined.draft && event.base_reason == combined.base_reason &&
           (event.base_reason.empty() || event.base_members == combined.base_members) &&
           !event.adopts_agenda && !event.list && !event.grades && !event.series && !event.overrides;
}

} // namespace

void check_combined(Record& record, const VotePrepared& event)
{
    if (!event.combined) return;
    std::set<std::string_view> titles;
    for (const auto& entry : *event.combined)
        titles.insert(entry.title);
    const auto size = event.combined->size();
    const bool may_be = !event.list && !event.grades && !event.adopts_agenda && !event.personnel &&
                        size >= 2 && size <= combined_max && titles.size() == size &&
                        std::ranges::all_of(*event.combined, is_readable);
    if (!may_be) record.complain(AuditCode::list_wrong, "combined");
}

void check_split(Record& record, const VotePrepared& event)
{
    if (!event.split || event.attempt > 1) return;
    check_line(record, event.split->asked_by, title_bytes_max);
    auto* from = record.named(record.votes, event.split->vote);
    if (from == nullptr) return;
    const auto& combined = from->prepared.combined;
    const auto position = event.split->position;
    const bool is_there = combined && position >= 1 && position <= combined->size() && is_due(*from) &&
                          combined->size() - from->taken_out.size() > 1;
    if (!is_there || !from->taken_out.insert(position).second) {
        record.complain(AuditCode::split_wrong, std::to_string(position));
        return;
    }
    const auto& entry = combined->at(position - 1);
    const bool same_person = entry.personnel ? event.personnel == entry.personnel : !event.personnel;
    if (event.title != entry.title || !same_person || !is_of_one_kind(event, from->prepared))
        record.complain(AuditCode::split_wrong, entry.title);
}

bool is_due(const RecordedVote& vote)
{
    if (vote.retried_by) return false;
    const bool invalid = vote.state == VoteState::announced && vote.figures && vote.figures->outcome &&
                         is_invalid(vote.figures->outcome->verdict);
    const bool again = vote.state == VoteState::voided && vote.void_reason != VoidReason::withdrawn;
    return vote.state == VoteState::prepared || again || invalid;
}

std::vector<PersonnelMatter> persons_of(const RecordedVote& vote)
{
    if (vote.prepared.personnel) return {*vote.prepared.personnel};
    std::vector<PersonnelMatter> persons;
    if (!vote.prepared.combined) return persons;
    std::uint32_t position = 0;
    for (const auto& entry : *vote.prepared.combined) {
        if (!vote.taken_out.contains(++position) && entry.personnel) persons.push_back(*entry.personnel);
    }
    return persons;
}

bool appoints(const RecordedVote& vote)
{
    return std::ranges::any_of(
        persons_of(vote), [](const PersonnelMatter& one) { return one.action == PersonnelAction::appoint; });
}

bool has_draft(const Record& record, const VotePrepared& prepared)
{
    if (!prepared.draft) return true;
    const auto item = prepared.item ? record.items.find(*prepared.item) : record.items.end();
    if (item == record.items.end()) return false;
    const auto paper = item->second.documents.find(*prepared.draft);
    return paper != item->second.documents.end() && !paper->second;
}

void settle_base(const Record& record, const RecordedVote* before, RecordedVote& vote)
{
    if (before == nullptr && vote.prepared.split) {
        const auto from = record.votes.find(vote.prepared.split->vote);
        if (from != record.votes.end()) before = &from->second;
    }
    vote.base_by = before != nullptr ? before->base_by : record.now->actor.person;
    vote.base_confirmed = before != nullptr && before->base_confirmed;
}

void follow(Record& record, const BaseConfirmed& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::prepared}, AuditCode::base_not_confirmed);
    if (vote == nullptr) return;
    const auto& prepared = vote->prepared;
    const bool may_be = !prepared.base_reason.empty() && !vote->base_confirmed &&
                        vote->base_by != event.person && event.base_members == prepared.base_members;
    if (!may_be) {
        record.complain(AuditCode::base_not_confirmed,
                        said_and_found(event.base_members, prepared.base_members));
        return;
    }
    const auto series = prepared.series ? std::optional(prepared.series->first) : std::nullopt;
    for (auto& [id, other] : record.votes) {
        const auto& one = other.prepared;
        const bool goes_with = series && one.series && one.series->first == series &&
                               other.state == VoteState::prepared && other.base_by == vote->base_by &&
                               one.base_reason == prepared.base_reason &&
                               one.base_members == prepared.base_members;
        if (goes_with) other.base_confirmed = true;
    }
    vote->base_confirmed = true;
}

} // namespace plenum::audit
