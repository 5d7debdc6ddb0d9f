#include "protocol/audit/record.hpp"
#include "protocol/rules/provisions_kept.hpp"

#include <algorithm>

// What stands on ballots, which vote it follows, and who watches an election.

namespace plenum::audit {
namespace {

std::set<std::string> names_of(const PlacesReturn& counted, const std::vector<std::uint32_t>& lines)
{
    std::set<std::string> names;
    for (const auto line : lines)
        names.insert(counted.list.at(line).name);
    return names;
}

/// A tie is voted on again by the tied for what is left; a shortfall by others, and differential again.
/// Who has a place from this vote or one it follows, and the nearest list that is no re-vote.
struct Earlier {
    std::set<std::string> names;
    std::set<PersonId> persons;
    bool was_differential = false;
};

Earlier earlier_than(const Record& record, const RecordedVote& before)
{
    Earlier earlier;
    bool is_known = false;
    const auto* vote = &before;
    // A lie may lead in a circle.
    for (std::size_t steps = 0; vote != nullptr && steps <= record.votes.size(); ++steps) {
        if (!vote->prepared.list) break;
        const auto& list = *vote->prepared.list;
        if (vote->figures && vote->figures->places) {
            const auto& places = *vote->figures->places;
            earlier.names.merge(names_of(places.counted, places.outcome.elected));
        }
        if (vote->tie) earlier.names.insert(vote->tie->names.begin(), vote->tie->names.end());
        for (const auto& candidate : list.candidates) {
            if (candidate.person && earlier.names.contains(candidate.name))
                earlier.persons.insert(*candidate.person);
        }
        if (!is_known && list.list_kind != ListKind::tie_revote) {
            is_known = true;
            earlier.was_differential = list.extra.has_value();
        }
        const auto next = list.follows ? record.votes.find(*list.follows) : record.votes.end();
        vote = next == record.votes.end() ? nullptr : &next->second;
    }
    return earlier;
}

bool settles(const BallotList& list, const Earlier& earlier, const PlacesDecided& before)
{
    const auto& outcome = before.outcome;
    std::set<std::string> standing;
    for (const auto& candidate : list.candidates)
        standing.insert(candidate.name);
    if (list.list_kind == ListKind::tie_revote) {
        return outcome.status == PlacesStatus::tie_revote_needed &&
               list.places.places == outcome.tied_places &&
               standing == names_of(before.counted, outcome.tied);
    }
    const bool newcomers = std::ranges::none_of(list.candidates, [&](const Candidate& candidate) {
        return earlier.names.contains(candidate.name) ||
               (candidate.person && earlier.persons.contains(*candidate.person));
    });
    return outcome.unfilled > 0 && outcome.status != PlacesStatus::shortfall_left_empty &&
           list.places.places == outcome.unfilled && newcomers &&
           (list.extra || list.equal_by || !earlier.was_differential);
}

/// Whether the vote named has announced what this one settles, and nothing else is under way to settle it.
bool may_follow(const Record& record, const BallotList& list, BodyId body)
{
    const auto found = record.votes.find(*list.follows);
    if (found == record.votes.end()) return false;
    const auto& before = found->second;
    if (record.sittings.at(before.prepared.sitting).body != body) return false;
    if (before.state != VoteState::announced || !before.prepared.list || !before.figures) return false;
    const auto& figures = *before.figures;
    if (!figures.places || !figures.outcome || is_invalid(figures.outcome->verdict)) return false;
    if (before.followed_by) {
        const auto& other = record.votes.at(*before.followed_by);
        const bool withdrawn = other.state == VoteState::voided && other.void_reason == VoidReason::withdrawn;
        if (!withdrawn && other.state != VoteState::annulled) return false;
    }
    return settles(list, earlier_than(record, before), *figures.places);
}

/// Why these ballots cannot be, or nothing.
std::optional<Misfit> misfit_of(const VotePrepared& event)
{
    const auto& profile = event.profile;
    const bool at_consoles = profile.method == VoteMethod::console && profile.secrecy == Secrecy::secret;
    if (profile.method != VoteMethod::paper && (!at_consoles || event.rooms))
        return Misfit{"method", "paper"};
    if (event.rooms) {
        if (auto misfit = check_rooms(*event.rooms)) return misfit;
    }
    if (event.grades) {
        if (auto misfit = check_sheet(*event.grades)) return misfit;
    }
    if (event.list) {
        if (auto misfit = check_list(*event.list)) return misfit;
        const auto set_aside = [](const Override& one) { return one.of == RefusalCode::candidates_wrong; };
        const bool any_number = event.overrides && std::ranges::any_of(*event.overrides, set_aside);
        if (!any_number && !has_right_number(*event.list))
            return Misfit{"candidates", "as many as the method asks for"};
    }
    const bool plain = !event.list && !event.grades;
    if (!plain && (event.adopts_agenda || profile.min_participation || profile.also_in))
        return Misfit{"profile", "plain"};
    if (event.list && event.grades) return Misfit{"grades", "no list"};
    return std::nullopt;
}

/// What the rule provides for lists and grades holds for these, also where they are none.
void check_provided(Record& record, const VotePrepared& event, VoteId id)
{
    if (!record.votes.at(id).rule_usable) return;
    const auto words = departure_from_provisions(event.profile, event.list ? &*event.list : nullptr,
                                                 event.grades ? &*event.grades : nullptr);
    if (words) record.complain(AuditCode::list_wrong, *words);
}

void check_follows(Record& record, const VotePrepared& event, VoteId id)
{
    if (!event.list || !event.list->follows) return;
    // A further attempt follows what the first one did.
    if (event.attempt == 1 && !may_follow(record, *event.list, record.sittings.at(event.sitting).body)) {
        record.complain(AuditCode::follow_wrong, std::to_string(number(*event.list->follows)));
    }
    const auto before = record.votes.find(*event.list->follows);
    if (before != record.votes.end()) before->second.followed_by = id;
}

/// Whether this vote of a series differs from the one before it in its words only.
bool is_alike(const Record& record, const VotePrepared& event, VoteId id)
{
    const auto before = record.votes.find(VoteId{number(id) - 1});
    if (before == record.votes.end() || !before->second.prepared.series) return false;
    const auto& was = before->second.prepared;
    return was.series->first == event.series->first && was.series->size == event.series->size &&
           was.sitting == event.sitting && was.item == event.item && was.profile == event.profile &&
           was.base_members == event.base_members && was.base_reason == event.base_reason &&
           was.deviation == event.deviation;
}

/// Votes of a series are written down one after another, up to the last (check_series_goes_on).
void check_series(Record& record, const VotePrepared& event, VoteId id)
{
    if (!event.series || event.attempt > 1) return;
    const auto& [first, position, size] = *event.series;
    const bool right =
        position >= 1 && position <= size && size >= 2 && number(id) == number(first) + position - 1;
    if (!right) return record.complain(AuditCode::series_wrong);
    if (position > 1 && !is_alike(record, event, id)) record.complain(AuditCode::series_wrong);
    if (position < size)
        record.series = Record::Closing{record.now->seq, id, record.now->actor, record.now->id};
}

} // namespace

bool elects_persons(const Record& record, const RecordedVote& vote)
{
    const auto* list = vote.prepared.list ? &*vote.prepared.list : nullptr;
    // What it follows stands before it in the record; a lie may lead in a circle.
    for (std::size_t steps = 0; list != nullptr && list->follows && steps < record.votes.size(); ++steps) {
        const auto before = record.votes.find(*list->follows);
        if (before == record.votes.end() || !before->second.prepared.list) return true;
        list = &*before->second.prepared.list;
    }
    return list != nullptr && !is_of_projects(list->list_kind);
}

bool is_candidate(const Record& record, const RecordedVote& vote, PersonId person)
{
    if (!elects_persons(record, vote)) return false;
    const auto name = record.names.find(person);
    return std::ranges::any_of(vote.prepared.list->candidates, [&](const Candidate& candidate) {
        if (candidate.person) return candidate.person == person;
        return name != record.names.end() && name->second == candidate.name;
    });
}

void check_paper(Record& record, const VotePrepared& event, VoteId id)
{
    check_series(record, event, id);
    check_provided(record, event, id);
    if (!event.list && !event.grades && !event.rooms) return;
    if (const auto misfit = misfit_of(event)) {
        record.complain(AuditCode::list_wrong, misfit->path + ": " + misfit->expected);
        record.votes.at(id).rule_usable = false;
    }
    if (event.list) {
        for (const auto& candidate : event.list->candidates) {
            if (candidate.person && number(*candidate.person) > record.persons_known)
                record.complain(AuditCode::record_unknown, candidate.name);
        }
    }
    check_follows(record, event, id);
}

void check_scrutineers(Record& record, const VoteOpened& event, const RecordedVote& vote)
{
    if (!elects_persons(record, vote)) {
        if (event.scrutineers) record.complain(AuditCode::scrutineers_wrong);
        return;
    }
    const auto& sitting = record.sittings.at(vote.prepared.sitting);
    const auto& approved = record.meetings.at(sitting.meeting).scrutineers;
    if (!approved && !event.scrutineers && sets_aside(event, RefusalCode::scrutineers_missing)) return;
    const bool enough = (approved && approved->size() >= scrutineers_needed(vote.prepared.profile)) ||
                        sets_aside(event, RefusalCode::scrutineers_missing);
    if (!approved || !enough || !event.scrutineers || *event.scrutineers != *approved) {
        record.complain(AuditCode::scrutineers_wrong);
        return;
    }
    // Suspended since they were approved: nobody can set that aside.
    for (const auto person : *approved)
        check_not_suspended(record, sitting.body, person);
    if (sets_aside(event, RefusalCode::is_candidate)) return;
    for (const auto person : *approved) {
        if (is_candidate(record, vote, person))
            record.complain(AuditCode::scrutineers_wrong, std::to_string(number(person)));
    }
}

void follow(Record& record, const ScrutineersApproved& event)
{
    auto* meeting = record.named(record.meetings, event.meeting);
    auto* vote = in_state(record, event.by, {VoteState::announced}, AuditCode::scrutineers_wrong);
    if (meeting == nullptr || vote == nullptr) return;
    const auto& sitting = record.sittings.at(vote->prepared.sitting);
    const auto& members = record.bodies.at(sitting.body).members;
    const bool adopted =
        vote->figures && vote->figures->outcome && is_adopted(vote->figures->outcome->verdict);
    const bool right =
        sitting.meeting == event.meeting && is_plenary(record, sitting) && adopted &&
        event.persons.size() >= scrutineers_usual && meeting->state != MeetingState::closed &&
        std::ranges::adjacent_find(event.persons, std::greater_equal{}) == event.persons.end() &&
        std::ranges::all_of(event.persons, [&](PersonId one) { return members.contains(one); });
    if (!right) record.complain(AuditCode::scrutineers_wrong);
    for (const auto person : event.persons)
        check_not_suspended(record, sitting.body, person);
    vote->approved_scrutineers = true;
    meeting->scrutineers = event.persons;
    meeting->scrutineers_by = event.by;
}

} // namespace plenum::audit
