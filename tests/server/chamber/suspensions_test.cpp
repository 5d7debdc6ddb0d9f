#include "server/chamber/questions.hpp"
#include "tests/server/chamber/polling.hpp"

BOOST_AUTO_TEST_SUITE(suspensions_test)

using namespace plenum;
using namespace plenum::chamber;

// Members who are suspended take no part and stay in the base (PE-05, 代表法 61).

namespace {

using enum RefusalCode;

/// A committee of seven of whom five are there.
struct Committee : PollingHall {
    Committee() : PollingHall(7) { begin(5); }

    PersonId person(std::size_t index) const { return *members.at(index).person; }

    std::uint64_t suspend(std::size_t index)
    {
        return act(secretary, SuspendMember{body, person(index), "常委会第三次会议", "被立案调查"});
    }

    std::uint64_t reinstate(std::size_t index)
    {
        return act(secretary, ReinstateMember{body, person(index), "常委会第四次会议", "不予起诉"});
    }

    Presence presence(std::size_t index) { return presence_of(sitting(sitting_id), person(index)); }

    Counts counts() const { return counts_of(state, state.sittings.at(sitting_id)); }

    /// Why this is refused to a member, or that it is not.
    std::string refused(const Actor& actor, const Command& command) const
    {
        const auto code = refusal(actor, command);
        return code ? std::string(codec::enum_name(*code)) : "accepted";
    }
};

std::string name(RefusalCode code)
{
    return std::string(codec::enum_name(code));
}

} // namespace

BOOST_AUTO_TEST_CASE(whoever_is_suspended_is_signed_out_in_the_same_breath_and_counted_apart)
{
    Committee hall;
    const auto first = hall.suspend(2);
    BOOST_TEST(hall.entries.size() == first + 2);
    const auto out = std::get<SignedOut>(decode_entry(hall.entries.back())->event);
    BOOST_TEST((out.person == hall.person(2) && out.sitting == hall.sitting_id));
    BOOST_TEST((hall.presence(2) == Presence::suspended));
    const auto counts = hall.counts();
    BOOST_TEST(counts.due == 7U);
    BOOST_TEST(counts.present == 4U);
    BOOST_TEST(counts.absent == 3U);
    BOOST_TEST(counts.suspended.value_or(0) == 1U);
    BOOST_TEST(counts.left == 0U);
    BOOST_TEST((hall.sitting(hall.sitting_id).history.back().presence == Presence::suspended));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));

    hall.reinstate(2);
    BOOST_TEST((hall.presence(2) == Presence::left));
    BOOST_TEST(!hall.counts().suspended.has_value());
    hall.sign_in(2, 3);
    BOOST_TEST((hall.presence(2) == Presence::present));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(what_is_put_right_of_a_suspended_member_repeats_nothing_in_the_history)
{
    Committee hall;
    hall.act(hall.operator_, GrantLeave{hall.sitting_id, hall.person(5), "出差"});
    hall.act(hall.operator_, RecordAbsence{hall.sitting_id, hall.person(6), "代表7"});
    hall.suspend(5);
    hall.suspend(6);
    const auto told = hall.sitting(hall.sitting_id).history.size();
    hall.act(hall.operator_, CancelLeave{hall.sitting_id, hall.person(5)});
    hall.act(hall.operator_, ClearAbsence{hall.sitting_id, hall.person(6), "核实"});
    BOOST_TEST(hall.sitting(hall.sitting_id).history.size() == told);
    hall.reinstate(5);
    hall.reinstate(6);
    for (const auto index : {5U, 6U})
        BOOST_TEST((hall.presence(index) == Presence::absent));
    BOOST_TEST((hall.sitting(hall.sitting_id).history.back().presence == Presence::absent));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(the_history_goes_on_for_a_suspended_member_whom_a_new_roster_left_out)
{
    Committee hall;
    hall.suspend(6);
    hall.act(hall.secretary, ImportRoster{hall.body, rows_of(6)});
    hall.reinstate(6);
    const auto last = hall.sitting(hall.sitting_id).history.back();
    BOOST_TEST((last.person == hall.person(6) && last.presence == hall.presence(6)));
    BOOST_TEST((hall.presence(6) == Presence::absent));
}

BOOST_AUTO_TEST_CASE(a_suspended_member_neither_comes_nor_speaks_nor_votes_nor_counts)
{
    Committee hall;
    hall.suspend(5);
    const auto member = hall.members.at(5);
    BOOST_TEST(hall.refused(member, SignIn{hall.sitting_id}) == name(suspended));
    BOOST_TEST(hall.refused(hall.operator_, SignInFor{hall.sitting_id, hall.person(5),
                                                      AttendanceMode::remote}) == name(suspended));
    BOOST_TEST(hall.refused(member, RequestFloor{hall.sitting_id, SpeechKind::speech, {}, {}}) ==
               name(suspended));
    BOOST_TEST(hall.refused(hall.operator_,
                            RequestFloorFor{hall.sitting_id, hall.person(5), SpeechKind::speech, {}, {}}) ==
               name(suspended));
    BOOST_TEST(hall.refused(hall.operator_, GrantLeave{hall.sitting_id, hall.person(5), "出差"}) ==
               name(suspended));
    BOOST_TEST(hall.refused(hall.operator_, RecordAbsence{hall.sitting_id, hall.person(5), "代表6"}) ==
               name(suspended));
    hall.act(Actor{}, AppointOfficer{hall.person(5), "", Role::teller, hall.body});
    const auto teller = as(hall.person(5), Role::teller);
    auto by_hands = motion();
    by_hands.method = VoteMethod::hands;
    const auto hands = hall.open(by_hands);
    BOOST_TEST(hall.refused(teller, CountHands{hands, {}}) == name(suspended));
    hall.both(CountHands{hands, {4, 0, 0}});
    hall.act(hall.chair, CloseVote{hands});
    const auto paper = hall.open_on_paper(hall.on_paper());
    BOOST_TEST(hall.refused(teller, CountBallots{paper, {}}) == name(suspended));
    hall.act(hall.chair, VoidVote{paper, VoidReason::disorder, ""});
    auto silent = motion();
    silent.method = VoteMethod::no_objection;
    const auto vote = hall.prepare(silent, std::nullopt);
    hall.act(hall.chair, OpenVote{vote});
    BOOST_TEST(hall.refused(member, ObjectToVote{vote}) == name(suspended));
    hall.act(hall.chair, CloseVote{vote});
    hall.act(hall.chair, AnnounceVote{vote});
    BOOST_TEST(hall.refused(hall.chair, ApproveScrutineers{vote, {hall.person(0), hall.person(5)}}) ==
               name(suspended));
    BOOST_TEST(hall.refused(hall.chair, ApproveScrutineers{vote, {hall.person(0), hall.person(1)}}) ==
               "accepted");
}

BOOST_AUTO_TEST_CASE(the_base_keeps_the_suspended_and_the_electorate_does_not)
{
    Committee hall;
    hall.suspend(4);
    const auto id = hall.open();
    BOOST_TEST(hall.vote(id).base_members == 7U);
    BOOST_TEST(hall.vote(id).electorate.size() == 4U);
    BOOST_TEST(hall.refused(hall.members.at(4), CastVote{id, Choice::approve}) == name(suspended));
    hall.press(id, 4, 0, 0);
    hall.act(hall.chair, CloseVote{id});
    BOOST_TEST((hall.vote(id).result->outcome.verdict == Verdict::passed));
}

BOOST_AUTO_TEST_CASE(nobody_is_suspended_out_of_an_open_vote_or_in_the_middle_of_a_speech)
{
    Committee hall;
    const auto suspension = [&](std::size_t index) {
        return SuspendMember{hall.body, hall.person(index), "常委会", "被立案调查"};
    };
    const SpeechId speech{
        hall.act(hall.members.at(0), RequestFloor{hall.sitting_id, SpeechKind::speech, {}, {}})};
    hall.act(hall.chair, GrantFloor{speech, std::nullopt, ""});
    BOOST_TEST(hall.refused(hall.secretary, suspension(0)) == name(floor_taken));
    BOOST_TEST(hall.refused(hall.secretary, suspension(1)) == "accepted");
    hall.act(hall.chair, StopSpeech{speech});
    hall.open();
    BOOST_TEST(hall.refused(hall.secretary, suspension(0)) == name(vote_open));
    // Who is not there has no part in the vote.
    BOOST_TEST(hall.refused(hall.secretary, suspension(6)) == "accepted");
}

BOOST_AUTO_TEST_CASE(a_suspension_says_who_decided_it_and_why_and_is_not_repeated)
{
    Committee hall;
    const auto attempt = [&](PersonId person, const char* by, const char* why) {
        return hall.refused(hall.secretary, SuspendMember{hall.body, person, by, why});
    };
    BOOST_TEST(attempt(hall.person(0), "", "被立案调查") == name(invalid_text));
    BOOST_TEST(attempt(hall.person(0), "常委会", "") == name(invalid_text));
    BOOST_TEST(attempt(*hall.chair.person, "常委会", "被立案调查") == name(not_a_member));
    BOOST_TEST(hall.refused(hall.secretary, ReinstateMember{hall.body, hall.person(0), "常委会",
                                                            "不予起诉"}) == name(nothing_to_do));
    hall.suspend(0);
    BOOST_TEST(attempt(hall.person(0), "常委会", "再次") == name(nothing_to_do));
    BOOST_TEST(hall.refused(hall.secretary, ReinstateMember{hall.body, hall.person(0), "", "不予起诉"}) ==
               name(invalid_text));
}

BOOST_AUTO_TEST_CASE(a_suspension_holds_in_the_bodies_that_belong_to_it_and_through_rosters)
{
    House congress(8, BodyKind::congress);
    congress.act(congress.secretary, FormDelegations{congress.body});
    const auto delegation = std::ranges::find_if(congress.state.bodies, [&](const auto& entry) {
                                return entry.second.parent == congress.body;
                            })->first;
    const auto person = congress.state.bodies.at(delegation).members.front().person;
    const SittingId inside{congress.act(
        congress.secretary, CreateSitting{congress.meeting, "代表团会议", delegation, over_half()})};
    congress.act(congress.secretary, OpenSignIn{inside});
    congress.act(as(person, Role::delegate), SignIn{inside});
    congress.act(congress.secretary, SuspendMember{congress.body, person, "主席团", "被立案调查"});
    BOOST_TEST(!congress.sitting(inside).present.contains(person));
    BOOST_TEST((code_of(congress.attempt(as(person, Role::delegate), SignIn{inside})) == suspended));

    // A roster without the person, taken back, does not reinstate anybody; nor does a new sitting.
    congress.act(congress.secretary, ImportRoster{congress.body, rows_of(3)});
    congress.act(congress.secretary, UndoRoster{congress.body});
    const SittingId later{
        congress.act(congress.secretary, CreateSitting{congress.meeting, "第二次全体会议"})};
    BOOST_TEST(congress.sitting(later).suspended.contains(person));
    BOOST_TEST((presence_of(congress.sitting(later), person) == Presence::suspended));
    congress.act(congress.secretary, ReinstateMember{congress.body, person, "主席团", "不予起诉"});
    BOOST_TEST(congress.sitting(later).suspended.empty());
    BOOST_TEST(congress.sitting(inside).suspended.empty());
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

BOOST_AUTO_TEST_CASE(screens_see_who_is_suspended)
{
    Committee hall;
    hall.suspend(6);
    const auto me = view_me(hall.state, hall.members.at(6));
    BOOST_TEST_REQUIRE(me.suspended_in.has_value());
    BOOST_TEST((*me.suspended_in == std::vector{hall.sitting_id}));
    BOOST_TEST(!view_me(hall.state, hall.members.at(0)).suspended_in.has_value());
    const auto page = list_members(hall.state, {hall.sitting_id, 0, 10});
    BOOST_TEST((page.members.at(6).presence == Presence::suspended));
    const auto roster = ask(hall.state, hall.secretary, ReadRoster{hall.body, 0, 10}, hall.blob_source());
    BOOST_TEST_REQUIRE(roster.has_value());
    BOOST_TEST((*roster->members.at(6).suspended == Suspension{"常委会第三次会议", "被立案调查"}));
    BOOST_TEST(!roster->members.at(0).suspended.has_value());
    const auto figures =
        ask(hall.state, hall.secretary, ReadStatistics{hall.meeting, 0, 10}, hall.blob_source());
    BOOST_TEST_REQUIRE(figures.has_value());
    const auto& tally = figures->sittings.front().tally;
    BOOST_TEST(tally.suspended == 1U);
    BOOST_TEST(tally.due == tally.present + tally.on_leave + tally.absent + tally.suspended);
    // A sitting that is over keeps what it ended with.
    hall.act(hall.chair, CloseSitting{hall.sitting_id});
    hall.reinstate(6);
    BOOST_TEST(hall.counts().suspended.value_or(0) == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
