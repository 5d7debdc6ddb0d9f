#include "tests/server/chamber/polling.hpp"

BOOST_AUTO_TEST_SUITE(combined_test)

using namespace plenum;
using namespace plenum::chamber;

// What is put to the vote together, what is taken out of it, a base that two people stand for, and the paper
// that is voted on.

namespace {

using enum RefusalCode;

CombinedMatter appointment(const char* name)
{
    return {std::string("任命") + name, PersonnelMatter{PersonnelAction::appoint, name, "审判员"}};
}

struct Hall : PollingHall {
    Hall() : PollingHall(7) { begin(7); }

    PrepareVote together(std::vector<CombinedMatter> those)
    {
        auto command = on_paper(motion());
        command.title = "审判人员任命";
        command.combined = std::move(those);
        return command;
    }

    VoteId prepared(const PrepareVote& command) { return VoteId{act(secretary, command)}; }

    VoteId prepared_together()
    {
        return prepared(together({appointment("甲"), appointment("乙"), appointment("丙")}));
    }

    SplitVote split_of(VoteId id, std::uint32_t position) const
    {
        return {id, position, "任命乙为审判员", "李代表"};
    }

    VoteId decided(VoteId id, std::size_t approve)
    {
        act(chair, OpenVote{id});
        press(id, approve, 7 - approve, 0);
        act(chair, CloseVote{id});
        act(chair, AnnounceVote{id});
        return id;
    }

    std::string refused(const Actor& actor, const Command& command) const
    {
        const auto code = refusal(actor, command);
        return code ? std::string(codec::enum_name(*code)) : "accepted";
    }

    Digest attach(const char* text)
    {
        const std::string content(text);
        act(secretary, AttachDocument{item_id, text, "text/plain", Bytes(content.begin(), content.end())});
        return sha256(content);
    }
};

/// What a combined vote is still about.
std::vector<std::string> held_by(const VoteMatter& matter)
{
    std::vector<std::string> titles;
    const auto taken = matter.taken_out.value_or(std::vector<TakenOut>{});
    for (std::uint32_t at = 0; at < matter.combined->size(); ++at) {
        if (std::ranges::find(taken, at + 1, &TakenOut::position) == taken.end())
            titles.push_back(matter.combined->at(at).title);
    }
    return titles;
}

std::string name(RefusalCode code)
{
    return std::string(codec::enum_name(code));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_name_taken_out_is_put_before_the_rest_which_says_what_it_still_holds)
{
    Hall hall;
    const auto whole = hall.prepared_together();
    const VoteId one{hall.act(hall.chair, hall.split_of(whole, 2))};
    const auto& vote = hall.vote(one);
    BOOST_TEST(vote.title == "任命乙");
    BOOST_TEST(vote.matter.personnel->name == "乙");
    BOOST_TEST((*vote.matter.split == SplitFrom{whole, 2, "李代表"}));
    BOOST_TEST((vote.text == sha256(std::string("任命乙为审判员"))));
    BOOST_TEST((*hall.vote(whole).matter.taken_out == std::vector{TakenOut{2, one, "李代表"}}));
    BOOST_TEST((held_by(hall.vote(whole).matter) == std::vector<std::string>{"任命甲", "任命丙"}));

    BOOST_TEST((code_of(hall.attempt(hall.chair, OpenVote{whole})) == amendment_first));
    hall.decided(one, 3);
    hall.decided(whole, 7);
    BOOST_TEST((hall.vote(one).result->outcome.verdict == Verdict::not_passed));
    BOOST_TEST((hall.vote(whole).result->outcome.verdict == Verdict::passed));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
    BOOST_TEST(hall.refused(hall.chair, TakeOath{hall.sitting_id, {whole}}) == "accepted");
    BOOST_TEST(hall.refused(hall.chair, TakeOath{hall.sitting_id, {one}}) == name(wrong_state));
}

BOOST_AUTO_TEST_CASE(of_a_clause_taken_out_on_an_item_nothing_is_decided_of_the_item)
{
    Hall hall;
    auto command = hall.together({{"第一条", {}}, {"第二条", {}}});
    command.item = hall.item_id;
    const auto whole = hall.prepared(command);
    const VoteId clause{hall.act(hall.chair, hall.split_of(whole, 1))};
    BOOST_TEST((hall.vote(clause).matter.part == QuestionPart::clause));
    hall.decided(clause, 7);
    BOOST_TEST((hall.item(hall.item_id).state != ItemState::decided));
    hall.decided(whole, 7);
    BOOST_TEST((hall.item(hall.item_id).state == ItemState::decided));
}

BOOST_AUTO_TEST_CASE(only_before_it_is_decided_and_never_the_last_name)
{
    Hall hall;
    const auto whole = hall.prepared_together();
    const auto split = [&](VoteId id, std::uint32_t position) {
        return hall.refused(hall.chair, hall.split_of(id, position));
    };
    BOOST_TEST(split(whole, 0) == name(no_such_record));
    BOOST_TEST(split(whole, 4) == name(no_such_record));
    BOOST_TEST(split(hall.prepare(), 1) == name(wrong_state));
    auto without_asker = hall.split_of(whole, 1);
    without_asker.asked_by.clear();
    BOOST_TEST(hall.refused(hall.chair, without_asker) == name(invalid_text));
    auto without_text = hall.split_of(whole, 1);
    without_text.text.clear();
    BOOST_TEST(hall.refused(hall.chair, without_text) == name(invalid_text));
    BOOST_TEST(hall.refused(hall.secretary, hall.split_of(whole, 1)) == name(not_allowed));
    const VoteId first{hall.act(hall.chair, hall.split_of(whole, 1))};
    BOOST_TEST(split(whole, 1) == name(nothing_to_do));
    const VoteId second{hall.act(hall.chair, hall.split_of(whole, 2))};
    BOOST_TEST(split(whole, 3) == name(wrong_state));
    hall.decided(first, 7);
    hall.decided(second, 7);
    hall.act(hall.chair, OpenVote{whole});
    BOOST_TEST(split(whole, 3) == name(wrong_state));
}

BOOST_AUTO_TEST_CASE(a_void_combined_vote_may_be_split_and_its_next_attempt_holds_the_rest)
{
    Hall hall;
    const auto whole = hall.prepared_together();
    hall.act(hall.chair, OpenVote{whole});
    hall.act(hall.chair, VoidVote{whole, VoidReason::disorder, "有人要求单独表决"});
    const VoteId one{hall.act(hall.chair, hall.split_of(whole, 3))};
    const VoteId again{hall.act(hall.chair, RetryVote{whole})};
    BOOST_TEST(held_by(hall.vote(again).matter).size() == 2U);
    BOOST_TEST(hall.refused(hall.chair, hall.split_of(whole, 1)) == name(wrong_state));
    BOOST_TEST((code_of(hall.attempt(hall.chair, OpenVote{again})) == amendment_first));
    // An attempt at what was taken out is due in its place.
    hall.act(hall.chair, OpenVote{one});
    hall.act(hall.chair, VoidVote{one, VoidReason::disorder, ""});
    BOOST_TEST((code_of(hall.attempt(hall.chair, OpenVote{again})) == amendment_first));
    hall.decided(VoteId{hall.act(hall.chair, RetryVote{one})}, 7);
    hall.decided(again, 7);
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(a_rejection_counts_for_everybody_the_combined_vote_still_held)
{
    Hall hall;
    auto rule = motion();
    rule.id = "test.appointment";
    rule.appointment = AppointmentRule{false, 0, 2};
    const auto put = [&](bool taking_out, std::size_t approve) {
        auto command = hall.together({appointment("甲"), appointment("乙")});
        command.profile = rule;
        const auto whole = hall.prepared(command);
        if (taking_out) hall.decided(VoteId{hall.act(hall.chair, hall.split_of(whole, 2))}, 7);
        return hall.decided(whole, approve);
    };
    put(false, 2);
    put(true, 2);
    // 甲 was rejected twice in a row, 乙 once and then appointed alone.
    auto command = hall.together({appointment("甲"), appointment("乙")});
    command.profile = rule;
    const auto third = hall.prepared(command);
    const auto refusal = hall.attempt(hall.chair, OpenVote{third});
    BOOST_TEST((code_of(refusal) == barred));
    BOOST_TEST(says(refusal, "甲", "甲"));
    const VoteId alone{hall.act(hall.chair, hall.split_of(third, 1))};
    BOOST_TEST(hall.refused(hall.chair, OpenVote{third}) == name(amendment_first));
    BOOST_TEST(hall.refused(hall.chair, OpenVote{alone}) == name(barred));
    hall.act(hall.chair, OpenVote{alone, {{{barred, "主任会议", "重新提名"}}}});
    hall.press(alone, 7, 0, 0);
    hall.act(hall.chair, CloseVote{alone});
    BOOST_TEST(hall.refused(hall.chair, OpenVote{third}) == "accepted");
}

BOOST_AUTO_TEST_CASE(persons_put_together_are_qualified_and_dismissed_like_others)
{
    Hall hall;
    auto command = hall.together({appointment("甲"), appointment("乙")});
    command.profile.appointment = AppointmentRule{true, 0, 0};
    const auto whole = hall.prepared(command);
    const auto refusal = hall.attempt(hall.chair, OpenVote{whole});
    BOOST_TEST((code_of(refusal) == not_qualified));
    BOOST_TEST(says(refusal, "甲、乙", "甲、乙"));
    hall.act(hall.secretary, RecordQualification{whole, true, std::nullopt});
    hall.decided(whole, 7);
    const CombinedMatter dismissal{"撤职", PersonnelMatter{PersonnelAction::dismiss, "丁", "局长"}};
    const auto other = hall.prepared(hall.together({dismissal, {"其他", {}}}));
    BOOST_TEST((code_of(hall.attempt(hall.chair, OpenVote{other})) == secret_ballot_required));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_put_together_is_refused)
{
    Hall hall;
    const auto reply = [&](const PrepareVote& command) { return hall.refused(hall.secretary, command); };
    BOOST_TEST(reply(hall.together({appointment("甲")})) == name(too_many));
    BOOST_TEST(reply(hall.together({appointment("甲"), appointment("甲")})) == name(invalid_text));
    BOOST_TEST(reply(hall.together({appointment("甲"), {"", {}}})) == name(invalid_text));
    auto one_person = hall.together({appointment("甲"), appointment("乙")});
    one_person.personnel = appointment("甲").personnel;
    BOOST_TEST(reply(one_person) == name(invalid_profile));
    auto agenda = hall.together({appointment("甲"), appointment("乙")});
    hall.act(hall.secretary, AddItem{hall.meeting, "临时议题"});
    agenda.adopts_agenda = true;
    BOOST_TEST(reply(agenda) == name(invalid_profile));
}

BOOST_AUTO_TEST_CASE(another_base_is_confirmed_by_a_second_person_before_the_vote_opens)
{
    Hall hall;
    auto command = hall.on_paper(motion());
    command.base_members = 6;
    command.base_reason = "一名代表资格终止";
    const auto id = hall.prepared(command);
    const auto refusal = hall.attempt(hall.chair, OpenVote{id});
    BOOST_TEST((code_of(refusal) == base_not_confirmed));
    BOOST_TEST(says(refusal, "基数6，理由：一名代表资格终止", "base 6"));
    BOOST_TEST(!may_be_set_aside(base_not_confirmed));
    BOOST_TEST(hall.refused(hall.secretary, ConfirmBase{id, 6}) == name(base_not_confirmed));
    BOOST_TEST(hall.refused(hall.chair, ConfirmBase{id, 7}) == name(base_not_confirmed));
    BOOST_TEST(hall.refused(hall.operator_, ConfirmBase{id, 6}) == name(not_allowed));
    const auto given = view_vote(hall.state, id, Role::chair).base_given;
    BOOST_TEST_REQUIRE(given.has_value());
    BOOST_TEST((given->by == hall.secretary.person && !given->confirmed_by));
    hall.act(hall.chair, ConfirmBase{id, 6});
    BOOST_TEST(
        (view_vote(hall.state, id, Role::hall).base_given->confirmed_by->person == *hall.chair.person));
    BOOST_TEST(hall.refused(hall.chair, ConfirmBase{id, 6}) == name(nothing_to_do));
    hall.decided(id, 4);
    BOOST_TEST(hall.vote(id).base_members == 6U);
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
    // The base of the roster needs nobody to stand for it.
    BOOST_TEST(hall.refused(hall.chair, ConfirmBase{hall.prepare(motion(), std::nullopt), 7}) ==
               name(nothing_to_do));
}

BOOST_AUTO_TEST_CASE(another_secretary_confirms_as_well_and_a_further_attempt_stays_confirmed)
{
    Hall hall;
    const auto second = hall.appoint(Role::secretary, hall.body);
    auto command = hall.together({appointment("甲"), appointment("乙")});
    command.base_members = 6;
    command.base_reason = "一名代表资格终止";
    const auto id = hall.prepared(command);
    hall.act(second, ConfirmBase{id, 6});
    const VoteId apart{hall.act(hall.chair, hall.split_of(id, 2))};
    BOOST_TEST((hall.vote(apart).base_by == hall.secretary.person));
    hall.decided(apart, 4);
    hall.act(hall.chair, OpenVote{id});
    hall.act(hall.chair, VoidVote{id, VoidReason::disorder, ""});
    const VoteId again{hall.act(hall.chair, RetryVote{id})};
    BOOST_TEST((hall.vote(again).base_confirmed_by == second.person));
    hall.decided(again, 4);
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(one_confirmation_does_for_a_series)
{
    Hall hall;
    PrepareSeries series{hall.sitting_id, std::nullopt, {{"甲", "甲"}, {"乙", "乙"}},
                         motion(),        6U,           "一名代表资格终止"};
    const VoteId first{hall.act(hall.secretary, series)};
    const VoteId other{hall.act(hall.secretary, series)};
    hall.act(hall.chair, ConfirmBase{first, 6});
    BOOST_TEST((hall.vote(VoteId{number(first) + 1}).base_confirmed_by == hall.chair.person));
    BOOST_TEST(!hall.vote(other).base_confirmed_by.has_value());
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(a_vote_names_the_paper_it_is_on_and_waits_while_the_item_does_not_have_it) // PE-06
{
    Hall hall;
    const auto draft = hall.attach("决议草案");
    auto command = hall.prepare_command(motion());
    command.draft = sha256(std::string("别的"));
    BOOST_TEST(hall.refused(hall.secretary, command) == name(no_such_record));
    command.draft = draft;
    const auto id = hall.prepared(command);
    BOOST_TEST((*view_vote(hall.state, id, Role::delegate).matter.draft == draft));
    command.item.reset();
    BOOST_TEST(hall.refused(hall.secretary, command) == name(no_such_record));
    hall.act(hall.secretary, DetachDocument{hall.item_id, draft});
    hall.attach("决议草案修改稿");
    BOOST_TEST((code_of(hall.attempt(hall.chair, OpenVote{id})) == text_differs));
    hall.act(hall.chair, OpenVote{id, {{{text_differs, "主席团", "仅改正错字"}}}});
    BOOST_TEST((hall.vote(id).matter.overrides.front().of == text_differs));
    hall.act(hall.chair, VoidVote{id, VoidReason::wrong_text, ""});
    // What is tried again is on the same paper, and asks again.
    const VoteId again{hall.act(hall.chair, RetryVote{id})};
    BOOST_TEST((code_of(hall.attempt(hall.chair, OpenVote{again})) == text_differs));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_CASE(the_sheet_tells_what_is_off_the_agenda_and_which_paper_was_voted_on)
{
    Hall hall;
    const auto scrutineers = hall.approve_scrutineers();
    const auto procedural = hall.decided(hall.prepare(motion(), std::nullopt), 7);
    BOOST_TEST(!result_sheet(hall.state, scrutineers, Role::secretary).off_the_agenda);
    BOOST_TEST(result_sheet(hall.state, procedural, Role::secretary).off_the_agenda);
    auto command = hall.prepare_command(motion());
    command.draft = hall.attach("决议草案");
    const auto on_item = hall.decided(hall.prepared(command), 7);
    const auto sheet = result_sheet(hall.state, on_item, Role::secretary);
    BOOST_TEST(!sheet.off_the_agenda);
    BOOST_TEST(sheet.draft == "决议草案");
}

BOOST_AUTO_TEST_SUITE_END()
