#include "tests/sim/recount.hpp"
#include "tests/sim/world.hpp"

#include <algorithm>

// Who is suspended, on which paper a vote is, who stands for its base, and what was taken out of it, read a
// second time.

namespace plenum::sim {

bool Recount::is_suspended(BodyId body, PersonId person) const
{
    const auto parent = parents_.find(body);
    return suspended_.contains({body, person}) ||
           (parent != parents_.end() && suspended_.contains({parent->second, person}));
}

void Recount::operator()(const MemberSuspended& event)
{
    claim(rosters_[event.body].contains(event.person), "somebody is suspended who is no member");
    claim(suspended_.insert({event.body, event.person}).second, "somebody is suspended twice");
    for (const auto& [id, room] : rooms_) {
        const auto parent = parents_.find(room.body);
        const bool holds =
            room.body == event.body || (parent != parents_.end() && parent->second == event.body);
        if (!holds || room.is_over) continue;
        const auto open = open_.find(id);
        claim(open == open_.end() || !ballots_.at(open->second).electorate.contains(event.person),
              "somebody is suspended out of an open vote");
        if (room.present.contains(event.person)) leaving_.insert({id, event.person});
    }
    ++suspended;
}

void Recount::operator()(const MemberReinstated& event)
{
    claim(suspended_.erase({event.body, event.person}) == 1, "somebody is reinstated who was not suspended");
}

void Recount::operator()(const DocumentAttached& event)
{
    if (!event.is_private) items_.at(event.item).papers.insert(event.document);
}

void Recount::operator()(const DocumentDetached& event)
{
    items_.at(event.item).papers.erase(event.document);
}

void Recount::note_question(Ballot& fresh, const VotePrepared& event)
{
    fresh.root = event.first_attempt.value_or(VoteId{seq_});
    if (event.profile.list) {
        const auto& provided = *event.profile.list;
        claim(event.list.has_value(), "a rule for lists decides something else");
        const auto& list = *event.list;
        const bool is_first = !list.follows;
        claim(!is_first || !provided.tie || list.places.tie == *provided.tie, "a tie is settled otherwise");
        claim(!is_first || !provided.seats || list.places.places == *provided.seats,
              "other seats than the rule has");
        claim(!provided.kinds || !is_first || std::ranges::count(*provided.kinds, list.list_kind) == 1,
              "a list of another kind than the rule is for");
    }
    if (event.series) fresh.series = event.series->first;
    if (event.draft) fresh.draft = *event.draft;
    if (event.combined) fresh.together = *event.combined;
    fresh.needs_confirmation = !event.base_reason.empty();
    fresh.base_by = actor_.person;
    const Ballot* before = nullptr;
    if (event.attempt > 1) {
        for (const auto& [id, other] : ballots_) {
            if (other.root == fresh.root) before = &other; // the newest so far
        }
        fresh.together = before->together;
        fresh.taken_out_of = before->taken_out_of;
    } else if (event.split) {
        auto& whole = ballot(event.split->vote);
        const auto found = std::ranges::find(whole.together, event.title, &CombinedMatter::title);
        claim(whole.together.size() > 1 && found != whole.together.end(), "nothing is left to take out");
        claim(whole.stage == Stage::prepared || whole.stage == Stage::voided || !whole.is_valid,
              "something is taken out of a vote that was put");
        claim(found->personnel == fresh.personnel, "somebody else is taken out");
        whole.together.erase(found);
        fresh.taken_out_of = whole.root;
        before = &whole;
        ++taken_out;
    } else if (event.draft) {
        claim(items_.at(*event.item).papers.contains(*event.draft), "a vote on a paper the item never had");
    }
    if (before == nullptr || !fresh.needs_confirmation) return;
    fresh.base_by = before->base_by;
    fresh.needs_confirmation = before->needs_confirmation;
}

void Recount::check_question(const Ballot& opened, const VoteOpened& event) const
{
    claim(!opened.needs_confirmation, "a base only one person stands for");
    const auto is_set_aside = [&](RefusalCode code) {
        return event.overrides &&
               std::ranges::find(*event.overrides, code, &Override::of) != event.overrides->end();
    };
    const bool differs = opened.draft && !items_.at(*opened.item).papers.contains(*opened.draft);
    claim(differs == is_set_aside(RefusalCode::text_differs), "a vote on a paper that is not there");
    const bool waits = std::ranges::any_of(ballots_, [&](const auto& entry) {
        const auto& other = entry.second;
        return other.taken_out_of == opened.root && other.stage == Stage::prepared;
    });
    claim(!waits || is_set_aside(RefusalCode::amendment_first), "what was taken out comes after the rest");
}

void Recount::operator()(const BaseConfirmed& event)
{
    auto& confirmed = ballot(event.vote);
    claim(confirmed.stage == Stage::prepared && confirmed.needs_confirmation, "a base nobody asked about");
    claim(confirmed.base_by != event.person && actor_.person == event.person,
          "a base confirmed by who wrote it down");
    for (auto& [id, other] : ballots_) {
        const bool goes_with = confirmed.series && other.series == confirmed.series &&
                               other.stage == Stage::prepared && other.base_by == confirmed.base_by;
        if (goes_with) other.needs_confirmation = false;
    }
    confirmed.needs_confirmation = false;
    ++bases_confirmed;
}

std::vector<PersonnelMatter> Recount::persons_of(const Ballot& ballot)
{
    std::vector<PersonnelMatter> persons;
    if (ballot.personnel) persons.push_back(*ballot.personnel);
    for (const auto& one : ballot.together) {
        if (one.personnel) persons.push_back(*one.personnel);
    }
    return persons;
}

} // namespace plenum::sim
