#include "tests/meetings/template_meeting.hpp"

#include <boost/test/unit_test.hpp>

// How the votes of a template are held, and that they come out as they must.

namespace plenum::meetings {
namespace {

/// Of so many present: two against or abstaining, one who presses nothing.
Tally nearly_all(std::size_t present)
{
    const auto count = static_cast<std::uint32_t>(present);
    return {count - 3, 1, 1, 1};
}

/// 17 of 35: one too few.
Tally one_too_few(std::size_t present, std::size_t members)
{
    const auto approve = static_cast<std::uint32_t>(members / 2);
    const auto count = static_cast<std::uint32_t>(present);
    return {approve, (count - approve) / 2, count - approve - (count - approve) / 2, 0};
}

} // namespace

void TemplateMeeting::put_to_vote(const Called& called, const TemplateVote& planned,
                                  const std::vector<VoteId>& votes)
{
    const auto present = present_of(called);
    for (std::size_t i = 0; i < votes.size(); ++i)
        BOOST_TEST_CONTEXT(planned.title << " " << i + 1)
        {
            const bool is_refused =
                planned.form == TemplateForm::appointments && i + 1 == appointment_refused;
            put_one(called, votes[i],
                    is_refused ? one_too_few(present, called.body->members.size()) : nearly_all(present));
            settle(called, votes[i]);
        }
    if (planned.form == TemplateForm::scrutineers) approve_scrutineers(votes.front());
}

void TemplateMeeting::put_one(const Called& called, VoteId vote, const Tally& figures)
{
    conduct(OpenVote{vote});
    count(called, vote, figures);
    conduct(CloseVote{vote});
    conduct(AnnounceVote{vote});
    check_result(called, vote, figures);
}

/// Whether this is an election whose first ballot is to leave something open.
bool TemplateMeeting::leaves_open(const chamber::Vote& vote) const
{
    const auto& list = vote.paper.list;
    return house_.first_ballot == FirstBallot::leaves_open && list && !list->follows &&
           !is_of_projects(list->list_kind);
}

PlacesStatus TemplateMeeting::status_wanted(const chamber::Vote& vote) const
{
    if (!leaves_open(vote)) return PlacesStatus::complete;
    return vote.paper.list->places.places == 1 ? PlacesStatus::shortfall_separate_election
                                               : PlacesStatus::tie_revote_needed;
}

/// What an election left open is voted on at once; nothing is left open by that.
void TemplateMeeting::settle(const Called& called, VoteId id)
{
    const auto& before = state.votes.at(id);
    if (!before.paper.list) return;
    PrepareVote again;
    again.list = list_after(id, *before.paper.list, *before.result->places);
    if (!again.list) return;
    again.sitting = called.sitting;
    again.item = before.item;
    again.title = before.title + "（后续投票）";
    again.text = again.title;
    again.profile = before.profile;
    put_one(called, VoteId{prepare(again)}, nearly_all(present_of(called)));
}

void TemplateMeeting::check_result(const Called& called, VoteId id, const Tally& figures) const
{
    const auto& vote = state.votes.at(id);
    BOOST_TEST_REQUIRE(vote.result.has_value());
    const auto& result = *vote.result;
    if (vote.paper.list) {
        BOOST_TEST((result.outcome.verdict == Verdict::counted));
        BOOST_TEST((result.places->outcome.status == status_wanted(vote)));
    } else if (vote.paper.grades) {
        BOOST_TEST((result.outcome.verdict == Verdict::counted));
        BOOST_TEST(result.grades->outcomes.size() == objects_graded);
        for (std::size_t i = 0; i < result.grades->outcomes.size(); ++i)
            BOOST_TEST(result.grades->outcomes[i].verdict == verdict_of(i));
    } else if (vote.method == VoteMethod::no_objection) {
        BOOST_TEST((result.outcome.verdict == Verdict::adopted_no_objection));
    } else {
        BOOST_TEST((result.tally == figures));
        const bool passes = 2 * figures.approve > called.body->members.size();
        BOOST_TEST((result.outcome.verdict == (passes ? Verdict::passed : Verdict::not_passed)));
    }
}

void TemplateMeeting::count(const Called& called, VoteId id, const Tally& figures)
{
    const auto& vote = state.votes.at(id);
    const auto present = static_cast<std::uint32_t>(vote.electorate.size());
    switch (vote.method) {
    case VoteMethod::no_objection: return;
    case VoteMethod::hands:
        return both_tellers(CountHands{id, {figures.approve, figures.oppose, figures.abstain}});
    case VoteMethod::paper: {
        if (!leaves_open(vote))
            return both_tellers(count_of(id, vote.paper.list, vote.paper.grades, present));
        const auto& list = *vote.paper.list;
        const auto need = static_cast<std::uint32_t>(needed(vote.base_members, *list.places.majority));
        return both_tellers(CountList{id, open_return(list, present, need), std::nullopt});
    }
    case VoteMethod::console: break;
    }
    for (std::uint32_t i = 0; i < figures.cast(); ++i) {
        const bool against = i >= figures.approve;
        const bool abstains = i >= figures.approve + figures.oppose;
        const auto choice = abstains ? Choice::abstain : against ? Choice::oppose : Choice::approve;
        act(called.body->members[i], CastVote{id, choice});
    }
}

void TemplateMeeting::both_tellers(const Command& command)
{
    for (const auto& teller : tellers_)
        act(teller, command);
}

/// The last members of the house: nobody of them stands in an election.
void TemplateMeeting::approve_scrutineers(VoteId vote)
{
    ApproveScrutineers approve{vote, {}};
    for (auto member = bodies_.front().members.end() - 3; member != bodies_.front().members.end(); ++member)
        approve.persons.push_back(*member->person);
    conduct(approve);
}

} // namespace plenum::meetings
