#include "tests/sim/recount.hpp"
#include "tests/sim/world.hpp"

#include <algorithm>

// What was decided about votes outside of them, read a second time.

namespace plenum::sim {

void Recount::note_matter(Ballot& fresh, const VotePrepared& event)
{
    fresh.has_part = event.part.has_value();
    if (event.personnel) fresh.personnel = *event.personnel;
    if (event.profile.appointment) fresh.asked_of_candidates = *event.profile.appointment;
    fresh.awaits_approval = event.approval_by.has_value();
    claim(!event.overrides || !event.overrides->empty(), "overrides of nothing");
}

void Recount::note_places(Ballot& counted, const VoteDecided& event)
{
    if (!event.places) return;
    const auto& outcome = event.places->outcome;
    counted.elected = !outcome.elected.empty();
    counted.tied_for_presidium = outcome.status == PlacesStatus::tie_for_presidium ? outcome.tied_places : 0;
}

/// Who elects has rules and scrutineers; who is dismissed is so by secret ballot; who is appointed has
/// passed: or somebody decided otherwise.
void Recount::check_set_aside(const Ballot& opened, const VoteOpened& event)
{
    const auto is_set_aside = [&](RefusalCode code) {
        return event.overrides &&
               std::ranges::find(*event.overrides, code, &Override::of) != event.overrides->end();
    };
    const auto& room = rooms_.at(opened.sitting);
    const bool election = opened.list && !is_of_projects(opened.list->list_kind) && !opened.list->follows;
    if (election) {
        const auto provided = opened.profile.list.value_or(ListProvisions{}).scrutineers_min.value_or(2U);
        const bool watched = event.scrutineers && event.scrutineers->size() >= provided &&
                             has_scrutineers_.contains(room.meeting);
        claim(watched != is_set_aside(RefusalCode::scrutineers_missing), "an election nobody watches");
        claim(has_rules_.contains(opened.body) != is_set_aside(RefusalCode::election_method_missing),
              "an election without rules");
        if (event.scrutineers) {
            for (const auto person : *event.scrutineers)
                claim(!is_suspended(opened.body, person), "an election watched by somebody suspended");
        }
    }
    if (const auto persons = persons_of(opened); !persons.empty()) {
        using enum PersonnelAction;
        const auto concerns = [&](PersonnelAction action) {
            return std::ranges::find(persons, action, &PersonnelMatter::action) != persons.end();
        };
        const bool open_vote = (concerns(dismiss) || concerns(recall)) &&
                               opened.profile.method != VoteMethod::paper && !is_secret(opened);
        claim(open_vote == is_set_aside(RefusalCode::secret_ballot_required), "a dismissal by open vote");
        const auto& asked = opened.asked_of_candidates;
        const bool lacking = concerns(appoint) && asked && asked->exam && !opened.exam_passed;
        claim(lacking == is_set_aside(RefusalCode::not_qualified), "an appointment without the exam");
    }
    if (!opened.item) return;
    auto& item = items_.at(*opened.item);
    claim((item.standing == Standing::draft) == is_set_aside(RefusalCode::not_on_agenda),
          "a vote on a draft item nobody allowed");
    if (item.standing == Standing::draft) item.standing = Standing::on_agenda;
    if (opened.has_part) return;
    const bool part_waits = std::ranges::any_of(ballots_, [&](const auto& entry) {
        const auto& other = entry.second;
        return other.item == opened.item && other.has_part && other.stage == Stage::prepared;
    });
    claim(!part_waits || is_set_aside(RefusalCode::amendment_first), "an amendment was passed over");
}

void Recount::operator()(const VoteAnnounced& event)
{
    auto& announced = ballot(event.vote);
    claim(announced.stage == Stage::decided, "announced though not decided");
    announced.stage = Stage::announced;
}

void Recount::operator()(const QualificationRecorded& event)
{
    auto& vote = ballot(event.vote);
    claim(vote.stage == Stage::prepared && !persons_of(vote).empty(), "papers of nobody");
    vote.exam_passed = event.exam_passed;
}

void Recount::operator()(const TieDecided& event)
{
    auto& vote = ballot(event.vote);
    claim(vote.stage == Stage::announced && vote.tied_for_presidium == event.names.size(),
          "a tie is decided that is none");
    claim(vote.tied_for_presidium > 0, "a tie is decided twice");
    vote.tied_for_presidium = 0;
    vote.elected = true;
}

void Recount::operator()(const ApprovalRecorded& event)
{
    auto& vote = ballot(event.vote);
    claim(vote.stage == Stage::announced && vote.awaits_approval, "an approval nobody waited for");
    claim(vote.adopted || vote.elected, "an approval of nothing");
    vote.awaits_approval = !event.granted;
}

void Recount::operator()(const OathTaken& event)
{
    claim(rooms_.at(event.sitting).in_session, "an oath out of session");
    for (const auto id : event.votes) {
        auto& vote = ballot(id);
        claim(vote.stage == Stage::announced && !vote.sworn, "an oath by no vote that stands");
        claim(vote.elected || (vote.adopted && !persons_of(vote).empty()), "an oath of nobody");
        claim(!vote.awaits_approval, "an oath before the approval");
        vote.sworn = true;
    }
}

void Recount::operator()(const VoteAnnulled& event)
{
    auto& vote = ballot(event.vote);
    claim(vote.stage == Stage::announced && vote.is_valid, "a result is annulled that does not stand");
    vote.stage = Stage::annulled;
    vote.is_valid = false;
    const auto meeting = rooms_.at(vote.sitting).meeting;
    const auto approved = scrutineers_by_.find(meeting);
    if (approved != scrutineers_by_.end() && approved->second == event.vote) has_scrutineers_.erase(meeting);
    open_again(vote.item);
}

/// What only this vote had decided is open again.
void Recount::open_again(std::optional<ItemId> id)
{
    if (!id) return;
    auto& item = items_.at(*id);
    const bool still_decided = std::ranges::any_of(ballots_, [&](const auto& entry) {
        const auto& other = entry.second;
        return other.item == id && other.is_valid && !other.has_part;
    });
    if (item.standing == Standing::decided && !item.concluded && !still_decided)
        item.standing = Standing::on_agenda;
}

} // namespace plenum::sim
