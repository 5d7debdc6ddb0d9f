#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

BOOST_AUTO_TEST_SUITE(officers_test)

using namespace plenum;
using namespace plenum::chamber;

// Offices that are taken back, and without whom things could not go on; bodies that get another name;
// sittings that are called off.

namespace {

using enum RefusalCode;

/// A committee whose refusals are asked for by code and by the words people read.
struct Committee : House {
    using House::House;

    std::string words(const Command& command) const
    {
        const auto decided = decide(secretary, command);
        BOOST_TEST_REQUIRE(decided.has_error());
        return decided.error().reason.zh;
    }
    DismissOfficer dismissal(const Actor& officer, std::optional<BodyId> over) const
    {
        return {*officer.person, officer.role, over, "工作调动"};
    }
    void give_code(const Actor& officer) { act(Actor{}, IssueAccessCodes{std::nullopt, officer.person}); }
    bool has_code(const Actor& officer) const
    {
        return state.code_of.contains({*officer.person, officer.role});
    }
    std::ptrdiff_t offices(const Actor& officer) const
    {
        return std::ranges::count_if(state.offices, [&](const Office& office) {
            return office.person == officer.person && office.role == officer.role;
        });
    }
};

bool names(const std::string& words, const std::string& what)
{
    return words.find(what) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_officer_dismissed_holds_nothing_any_more_and_the_code_is_void)
{
    Committee house;
    house.give_code(house.operator_);
    const auto dismiss = house.dismissal(house.operator_, house.body);
    BOOST_TEST((house.refusal(house.secretary, DismissOfficer{*house.operator_.person, Role::operator_,
                                                              house.body, " "}) == invalid_text));
    BOOST_TEST((house.refusal(house.chair, dismiss) == not_allowed));
    const auto seq = house.act(house.secretary, dismiss);
    const auto event = std::get<OfficerDismissed>(decode_entry(house.entries.at(seq))->event);
    BOOST_TEST((event.person == *house.operator_.person && event.role == Role::operator_ &&
                event.body == house.body && event.reason == "工作调动"));
    BOOST_TEST(house.offices(house.operator_) == 0);
    BOOST_TEST(!house.has_code(house.operator_));
    BOOST_TEST((house.refusal(house.operator_, OpenSignIn{house.sitting_id}) == not_allowed));
    BOOST_TEST((house.refusal(house.secretary, dismiss) == wrong_state));
    BOOST_TEST(house.state.persons.contains(*house.operator_.person));
    // Appointed again, one is an officer again and gets a new code.
    house.act(house.secretary,
              AppointOfficer{house.operator_.person, "", Role::operator_, std::optional(house.body)});
    house.give_code(house.operator_);
    BOOST_TEST(house.has_code(house.operator_));
    BOOST_TEST((house.refusal(house.operator_, OpenSignIn{house.sitting_id}) == std::nullopt));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(the_code_stays_while_another_office_of_the_role_is_held)
{
    Committee house;
    house.act(house.secretary, AppointOfficer{house.operator_.person, "", Role::operator_, std::nullopt});
    house.give_code(house.operator_);
    house.act(house.secretary, house.dismissal(house.operator_, house.body));
    BOOST_TEST(house.has_code(house.operator_));
    BOOST_TEST(house.offices(house.operator_) == 1);
    BOOST_TEST((house.refusal(house.operator_, OpenSignIn{house.sitting_id}) == std::nullopt));
    house.act(house.secretary, house.dismissal(house.operator_, std::nullopt));
    BOOST_TEST(!house.has_code(house.operator_));
}

BOOST_AUTO_TEST_CASE(nobody_is_dismissed_from_what_they_do_not_hold)
{
    Committee house;
    BOOST_TEST(
        (house.refusal(house.secretary, house.dismissal(house.operator_, std::nullopt)) == wrong_state));
    BOOST_TEST((house.refusal(house.secretary, DismissOfficer{PersonId{999}, Role::chair, house.body,
                                                              "换届"}) == wrong_state));
    BOOST_TEST((house.refusal(house.secretary, DismissOfficer{*house.chair.person, Role::chair, BodyId{99},
                                                              "换届"}) == no_such_record));
    const auto of_body = house.appoint(Role::secretary, house.body);
    BOOST_TEST((house.refusal(of_body, house.dismissal(house.chair, house.body)) == std::nullopt));
    BOOST_TEST((house.refusal(of_body, house.dismissal(house.secretary, std::nullopt)) == not_your_body));
    BOOST_TEST((house.refusal(house.members[0], house.dismissal(house.chair, house.body)) == not_allowed));
}

BOOST_AUTO_TEST_CASE(the_last_secretary_who_can_sign_in_stays)
{
    Committee house;
    const auto dismiss = house.dismissal(house.secretary, std::nullopt);
    BOOST_TEST((house.refusal(house.secretary, dismiss) == wrong_state));
    BOOST_TEST(names(house.words(dismiss), "唯一"));
    // A secretary of one body cannot do what one of the whole chamber does.
    house.give_code(house.appoint(Role::secretary, house.body));
    BOOST_TEST(names(house.words(dismiss), "唯一"));
    const auto second = house.appoint(Role::secretary, std::nullopt);
    BOOST_TEST(names(house.words(dismiss), "登录码"));
    house.give_code(second);
    house.act(house.secretary, dismiss);
    BOOST_TEST((house.refusal(house.secretary, CreateBody{BodyKind::assembly, "机构"}) == not_allowed));
    BOOST_TEST((house.refusal(second, CreateBody{BodyKind::assembly, "机构"}) == std::nullopt));
}

BOOST_AUTO_TEST_CASE(a_sitting_under_way_keeps_a_chair)
{
    Committee house;
    const auto dismiss = house.dismissal(house.chair, house.body);
    BOOST_TEST((house.refusal(house.secretary, dismiss) == std::nullopt));
    house.begin(5);
    BOOST_TEST((house.refusal(house.secretary, dismiss) == wrong_state));
    BOOST_TEST(names(house.words(dismiss), "第一次全体会议"));
    house.act(house.chair, RecessSitting{house.sitting_id, "休会"});
    BOOST_TEST((house.refusal(house.secretary, dismiss) == wrong_state));
    const auto second = house.appoint(Role::chair, house.body);
    house.act(house.secretary, dismiss);
    BOOST_TEST((house.refusal(house.chair, CloseSitting{house.sitting_id}) == not_allowed));
    house.act(second, CloseSitting{house.sitting_id});
    BOOST_TEST((house.refusal(house.secretary, house.dismissal(second, house.body)) == std::nullopt));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_teller_who_has_counted_stays_until_the_vote_is_over)
{
    Committee house;
    const auto zhang = house.appoint(Role::teller, house.body);
    const auto li = house.appoint(Role::teller, house.body);
    house.begin(5);
    auto rule = motion();
    rule.method = VoteMethod::hands;
    const auto vote = house.open(rule);
    house.act(zhang, CountHands{vote, {4, 1, 0}});
    const auto dismiss = house.dismissal(zhang, house.body);
    BOOST_TEST((house.refusal(house.secretary, dismiss) == vote_open));
    BOOST_TEST((house.refusal(house.secretary, house.dismissal(li, house.body)) == std::nullopt));
    house.act(li, CountHands{vote, {4, 1, 0}});
    house.act(house.chair, CloseVote{vote});
    house.act(house.secretary, dismiss);
    BOOST_TEST((house.vote(vote).state == VoteState::decided));
}

BOOST_AUTO_TEST_CASE(a_holder_of_keys_stays_until_the_meeting_is_archived)
{
    Committee house;
    std::vector<Actor> holders;
    AppointKeyHolders keys{house.meeting, {}, 2, "主任会议"};
    for (const auto* name : {"甲", "乙", "丙"}) {
        house.act(house.secretary, AppointOfficer{std::nullopt, name, Role::key_holder, house.body});
        holders.push_back(as(PersonId{house.state.persons_known}, Role::key_holder));
        keys.persons.push_back(*holders.back().person);
    }
    const auto dismiss = house.dismissal(holders[0], house.body);
    BOOST_TEST((house.refusal(house.secretary, dismiss) == std::nullopt));
    house.act(house.secretary, keys);
    BOOST_TEST((house.refusal(house.secretary, dismiss) == wrong_state));
    BOOST_TEST(names(house.words(dismiss), "第二十二次会议"));
    house.begin(5);
    house.act(house.chair, CloseSitting{house.sitting_id});
    house.act(house.secretary, CloseMeeting{house.meeting});
    BOOST_TEST((house.refusal(house.secretary, dismiss) == wrong_state));
    house.act(house.secretary, ArchiveMeeting{house.meeting});
    BOOST_TEST((house.refusal(house.secretary, dismiss) == std::nullopt));
}

BOOST_AUTO_TEST_CASE(the_office_that_goes_with_being_admitted_is_taken_back_at_the_desk)
{
    Committee house;
    house.act(house.secretary, AdmitAttendee{house.meeting, std::nullopt, "李列席", {}, "", ""});
    const auto guest = as(PersonId{house.state.persons_known}, Role::observer);
    const auto dismiss = house.dismissal(guest, house.body);
    BOOST_TEST((house.refusal(house.secretary, dismiss) == wrong_state));
    BOOST_TEST(names(house.words(dismiss), "签到处"));
    house.act(house.secretary, DismissAttendee{house.meeting, *guest.person});
    BOOST_TEST(house.offices(guest) == 0);
    // Who is an observer of the body anyway is dismissed from that.
    house.act(house.secretary, AppointOfficer{guest.person, "", Role::observer, house.body});
    house.act(house.secretary, AdmitAttendee{house.meeting, guest.person, "", {}, "", ""});
    BOOST_TEST(house.offices(guest) == 2);
    house.act(house.secretary, dismiss);
    BOOST_TEST(house.offices(guest) == 1);
    BOOST_TEST((house.refusal(house.secretary, dismiss) == wrong_state));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(with_a_body_removed_the_codes_of_its_officers_are_void)
{
    Committee house(7, BodyKind::congress);
    house.act(house.secretary, FormDelegations{house.body});
    const BodyId delegation{house.state.entries - 2};
    const auto leader = house.appoint(Role::chair, delegation);
    house.give_code(leader);
    house.give_code(house.chair);
    house.act(house.secretary, RemoveBody{delegation, "误建"});
    BOOST_TEST(!house.has_code(leader));
    BOOST_TEST(house.has_code(house.chair));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_body_renamed_keeps_the_old_name_on_what_it_did_before)
{
    Committee house;
    house.begin(5);
    const auto vote = house.open();
    house.press(vote, 5, 0, 0);
    house.act(house.chair, CloseVote{vote});
    house.act(house.chair, AnnounceVote{vote});
    house.act(house.chair, CloseSitting{house.sitting_id});
    const SittingId second{house.act(house.secretary, CreateSitting{house.meeting, "第二次全体会议"})};

    const RenameBody rename{house.body, "区人大常务委员会", "名称有误"};
    BOOST_TEST((house.refusal(house.secretary, RenameBody{house.body, "", "误"}) == invalid_text));
    BOOST_TEST((house.refusal(house.secretary, RenameBody{house.body, "新名", " "}) == invalid_text));
    BOOST_TEST((house.refusal(house.secretary, RenameBody{house.body, "常务委员会", "误"}) == nothing_to_do));
    BOOST_TEST((house.refusal(house.secretary, RenameBody{BodyId{99}, "新名", "误"}) == no_such_record));
    BOOST_TEST((house.refusal(house.chair, rename) == not_allowed));
    house.act(house.secretary, rename);
    BOOST_TEST(house.state.bodies.at(house.body).name == "区人大常务委员会");
    BOOST_TEST(view_sitting(house.state, house.sitting_id).body_name == "常务委员会");
    BOOST_TEST(view_sitting(house.state, second).body_name == "区人大常务委员会");
    BOOST_TEST(result_sheet(house.state, vote, Role::secretary).body == "常务委员会");
    // The first name of a sitting of the past is the one it was held under, whatever comes after.
    house.act(house.secretary, RenameBody{house.body, "县人大常务委员会", "撤区设县"});
    BOOST_TEST(view_sitting(house.state, house.sitting_id).body_name == "常务委员会");
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_delegation_that_follows_a_group_is_renamed_in_the_roster)
{
    Committee house(7, BodyKind::congress);
    house.act(house.secretary, FormDelegations{house.body});
    const BodyId delegation{house.state.entries - 2};
    const auto group = house.state.bodies.at(delegation).name;
    const RenameBody rename{delegation, "第一代表团", "正名"};
    BOOST_TEST((house.refusal(house.secretary, rename) == wrong_state));
    BOOST_TEST(names(house.words(rename), group));
    const BodyId guests{house.act(house.secretary, CreateBody{BodyKind::delegation, "解放军", house.body})};
    BOOST_TEST((house.refusal(house.secretary, RenameBody{guests, group, "正名"}) == wrong_state));
    BOOST_TEST((house.refusal(house.secretary, RenameBody{guests, "解放军代表团", "正名"}) == std::nullopt));
    BOOST_TEST((house.refusal(house.secretary, RenameBody{house.body, group, "正名"}) == std::nullopt));
}

BOOST_AUTO_TEST_CASE(a_sitting_nobody_came_to_is_called_off_and_the_meeting_can_close)
{
    Committee house(7, BodyKind::congress);
    house.act(house.secretary, FormDelegations{house.body});
    const BodyId delegation{house.state.entries - 2};
    const SittingId group{
        house.act(house.secretary, CreateSitting{house.meeting, "第一代表团会议", delegation, over_half()})};
    house.begin(5);
    const CancelSitting of_plenary{house.sitting_id, "不再举行"};
    BOOST_TEST((house.refusal(house.secretary, of_plenary) == wrong_state));
    house.act(house.chair, CloseSitting{house.sitting_id});
    BOOST_TEST((house.refusal(house.secretary, of_plenary) == wrong_state));
    const CloseMeeting close{house.meeting};
    BOOST_TEST(names(house.words(close), "第一代表团会议"));

    const CancelSitting cancel{group, "代表团未单独开会"};
    BOOST_TEST((house.refusal(house.secretary, CancelSitting{group, ""}) == invalid_text));
    BOOST_TEST((house.refusal(house.chair, cancel) == not_allowed));
    BOOST_TEST((house.refusal(house.appoint(Role::secretary, delegation), cancel) == not_your_body));
    house.act(house.secretary, cancel);
    BOOST_TEST((house.sitting(group).state == SittingState::closed));
    BOOST_TEST(view_sitting(house.state, group).cancelled == "代表团未单独开会");
    BOOST_TEST((house.refusal(house.secretary, cancel) == wrong_state));
    BOOST_TEST((house.refusal(house.operator_, OpenSignIn{group}) == not_your_body));
    house.act(house.secretary, close);
    BOOST_TEST((meeting_state(house.state, house.meeting) == MeetingState::closed));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_sitting_somebody_came_to_is_closed_by_its_chair)
{
    Committee house;
    const CancelSitting cancel{house.sitting_id, "不再举行"};
    house.act(house.secretary, GrantLeave{house.sitting_id, *house.members[3].person, "因公出差"});
    BOOST_TEST((house.refusal(house.secretary, cancel) == std::nullopt));
    house.open_sign_in();
    BOOST_TEST((house.refusal(house.secretary, cancel) == std::nullopt));
    house.sign_in(0, 1);
    BOOST_TEST((house.refusal(house.secretary, cancel) == wrong_state));
    house.act(house.members[0], SignOut{house.sitting_id});
    BOOST_TEST((house.refusal(house.secretary, cancel) == wrong_state));
    BOOST_TEST(names(house.words(cancel), "签到"));
}

BOOST_AUTO_TEST_CASE(a_meeting_whose_sittings_were_all_called_off_is_called_off_itself)
{
    Committee house;
    house.act(house.secretary, CancelSitting{house.sitting_id, "改期"});
    BOOST_TEST((house.refusal(house.secretary, CloseMeeting{house.meeting}) == wrong_state));
    house.act(house.secretary, CancelMeeting{house.meeting, "改期"});
    BOOST_TEST((meeting_state(house.state, house.meeting) == MeetingState::cancelled));
}

BOOST_AUTO_TEST_SUITE_END()
