#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"
#include "tests/server/chamber/polling.hpp"

#include <algorithm>

BOOST_AUTO_TEST_SUITE(sheets)

using namespace plenum;
using namespace plenum::chamber;
using enum RefusalCode;

// Who gets the sheet of a result or a series, that nobody does before the chair has said it, and what must
// hold on it.

namespace {

struct Desk : PollingHall {
    Desk() : PollingHall(7) { begin(7); }

    std::optional<RefusalCode> refusal(const Actor& actor, VoteId id) const
    {
        const auto answer = ask(state, actor, ReadSheet{id}, blob_source());
        if (answer) return std::nullopt;
        return answer.error().code;
    }

    void close_and_announce(VoteId id)
    {
        act(chair, CloseVote{id});
        act(chair, AnnounceVote{id});
    }

    VoteId elect(const BallotList& list, const PlacesReturn& counted)
    {
        auto command = on_paper();
        command.list = list;
        const auto id = open_on_paper(command);
        both(CountList{id, counted});
        close_and_announce(id);
        return id;
    }

    /// Three names, put one after another.
    VoteId series()
    {
        PrepareSeries series{sitting_id, std::nullopt, {{"甲", "甲"}, {"乙", "乙"}, {"丙", "丙"}},
                             motion(),   std::nullopt, ""};
        return VoteId{act(secretary, series)};
    }

    void put(VoteId id, std::size_t approve, std::size_t oppose)
    {
        act(chair, OpenVote{id});
        press(id, approve, oppose, 0);
        close_and_announce(id);
    }
};

BallotList places_for(ListKind kind, std::size_t candidates, std::uint32_t places)
{
    BallotList list;
    list.list_kind = kind;
    for (std::size_t at = 0; at < candidates; ++at)
        list.candidates.push_back({"候选人" + std::to_string(at + 1), std::nullopt});
    list.places = {places, std::nullopt, TieRule::revote};
    list.ballot = {places, WriteIn::none, BlankMark::abstain};
    return list;
}

PlacesReturn counted(const BallotList& list, const std::vector<std::uint32_t>& approvals)
{
    PlacesReturn ballots{7, 7, 0, {}};
    for (std::size_t at = 0; at < list.candidates.size(); ++at)
        ballots.list.push_back({list.candidates[at].name, approvals[at], 7 - approvals[at], 0, false});
    return ballots;
}

bool all_hold(const std::vector<SheetIdentity>& identities)
{
    return std::ranges::all_of(identities, [](const SheetIdentity& one) {
        return one.is_at_most ? one.left <= one.right : one.left == one.right;
    });
}

} // namespace

BOOST_AUTO_TEST_CASE(nobody_reads_a_result_off_a_sheet_before_it_was_announced)
{
    Desk desk;
    auto rule = motion();
    rule.result = ResultDisplay::delayed;
    const auto vote = desk.prepare(rule);
    BOOST_TEST((desk.refusal(desk.secretary, vote) == not_allowed));
    desk.act(desk.chair, OpenVote{vote});
    BOOST_TEST((desk.refusal(desk.secretary, vote) == not_allowed));
    desk.press(vote, 5, 1, 1);
    desk.act(desk.chair, CloseVote{vote});
    for (const auto& actor : {desk.secretary, desk.chair, desk.operator_})
        BOOST_TEST((desk.refusal(actor, vote) == not_allowed));
    desk.act(desk.chair, AnnounceVote{vote});
    const auto sheet = ask(desk.state, desk.secretary, ReadSheet{vote}, desk.blob_source());
    BOOST_TEST_REQUIRE(sheet.has_value());
    BOOST_TEST((sheet->sheet.vote.result->outcome.verdict == Verdict::passed));
    BOOST_TEST((sheet->sheet.profile_hash == hash_of(rule)));
    BOOST_TEST(sheet->sheet.attempts.size() == 1U);
    BOOST_TEST((desk.refusal(desk.secretary, VoteId{999}) == no_such_record));
}

BOOST_AUTO_TEST_CASE(a_decision_that_was_voided_before_it_was_announced_stays_unsaid)
{
    Desk desk;
    const auto vote = desk.open();
    desk.press(vote, 5, 1, 1);
    desk.act(desk.chair, CloseVote{vote});
    desk.act(desk.chair, VoidVote{vote, VoidReason::wrong_text, "印错"});
    const VoteId again{desk.act(desk.chair, RetryVote{vote, std::nullopt})};
    desk.act(desk.chair, OpenVote{again});
    desk.press(again, 2, 5, 0);
    desk.close_and_announce(again);
    for (const auto id : {vote, again}) {
        const auto sheet = ask(desk.state, desk.chair, ReadSheet{id}, desk.blob_source());
        BOOST_TEST_REQUIRE(sheet.has_value());
        const auto& attempts = sheet->sheet.attempts;
        BOOST_TEST_REQUIRE(attempts.size() == 2U);
        BOOST_TEST(!attempts[0].verdict.has_value());
        BOOST_TEST((attempts[0].void_reason == VoidReason::wrong_text));
        BOOST_TEST((attempts[1].verdict == Verdict::not_passed));
        BOOST_TEST(sheet->sheet.vote.result.has_value() == (id == again));
    }
}

BOOST_AUTO_TEST_CASE(only_who_works_in_the_room_or_audits_gets_one)
{
    Desk desk;
    const auto vote = desk.open();
    desk.press(vote, 5, 1, 1);
    desk.close_and_announce(vote);
    const BodyId elsewhere{desk.act(desk.secretary, CreateBody{BodyKind::assembly, "别的机构"})};
    const struct {
        Actor actor;
        bool gets_it;
    } cases[] = {
        {desk.secretary, true},
        {desk.chair, true},
        {desk.operator_, true},
        {desk.appoint(Role::auditor, std::nullopt), true},
        {desk.appoint(Role::secretary, elsewhere), false},
        {desk.appoint(Role::chair, elsewhere), false},
        {desk.members[0], false},
        {desk.zhang, false},
        {desk.appoint(Role::hall, desk.body), false},
        {desk.appoint(Role::observer, desk.body), false},
        {desk.appoint(Role::scrutineer, desk.body), false},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(to_text(c.actor)) BOOST_TEST(desk.refusal(c.actor, vote).has_value() != c.gets_it);
}

BOOST_AUTO_TEST_CASE(what_must_hold_of_forty_candidates_is_one_sum_and_names_only_who_fails)
{
    Desk desk;
    desk.approve_scrutineers();
    const auto list = places_for(ListKind::primary, 42, 20);
    std::vector<std::uint32_t> approvals(42, 1);
    approvals[0] = 7;
    std::fill(approvals.begin() + 1, approvals.begin() + 20, 5);
    approvals[21] = 0;
    const auto id = desk.elect(list, counted(list, approvals));
    const auto sheet = result_sheet(desk.state, id, Role::chair);
    BOOST_TEST((sheet.vote.result->places->outcome.status == PlacesStatus::complete));
    BOOST_TEST(sheet.identities.size() == 5U);
    BOOST_TEST(all_hold(sheet.identities));

    auto wrong = desk.state;
    wrong.votes.at(id).result->places->counted.list[7].oppose += 3;
    const auto marked = result_sheet(wrong, id, Role::chair).identities;
    BOOST_TEST_REQUIRE(marked.size() == 6U);
    BOOST_TEST(marked.back().words.zh == "候选人8");
    BOOST_TEST((marked.back().left == 10U && marked.back().right == 7U && marked.back().is_at_most));
}

BOOST_AUTO_TEST_CASE(a_sheet_of_ballots_names_the_tellers_and_says_why_it_is_void)
{
    Desk desk;
    const auto id = desk.open_on_paper(desk.on_paper());
    desk.both(CountBallots{id, {6, 7, 0, 5, 1, 1}});
    desk.close_and_announce(id);
    const auto sheet = result_sheet(desk.state, id, Role::chair);
    BOOST_TEST((sheet.tellers == std::vector<std::string>{"张三", "李四"}));
    BOOST_TEST_REQUIRE(sheet.identities.size() == 2U);
    BOOST_TEST(all_hold({sheet.identities[0]})); // 6 given out to 7
    BOOST_TEST(!all_hold({sheet.identities[1]}));
    const VoteId again{desk.act(desk.chair, RetryVote{id, std::nullopt})};
    desk.act(desk.chair, OpenVote{again});
    desk.both(CountBallots{again, {7, 7, 1, 5, 1, 0}});
    desk.close_and_announce(again);
    BOOST_TEST(all_hold(result_sheet(desk.state, again, Role::chair).identities));
    const auto by_console = desk.open();
    desk.press(by_console, 5, 1, 1);
    desk.close_and_announce(by_console);
    BOOST_TEST(result_sheet(desk.state, by_console, Role::chair).tellers.empty());
}

BOOST_AUTO_TEST_CASE(an_election_and_the_vote_on_its_tie_name_each_other)
{
    Desk desk;
    desk.approve_scrutineers();
    auto list = places_for(ListKind::differential_election, 3, 1);
    list.extra = CandidateNumber{1, 2, {"地方组织法", "第二十七条", "2022-03-11"}};
    const auto first = desk.elect(list, counted(list, {3, 3, 1}));
    BOOST_TEST(result_sheet(desk.state, first, Role::chair).related.empty());
    auto again = places_for(ListKind::tie_revote, 2, 1);
    again.follows = first;
    const auto second = desk.elect(again, counted(again, {4, 3}));
    const auto after = result_sheet(desk.state, first, Role::chair).related;
    const auto before = result_sheet(desk.state, second, Role::chair).related;
    BOOST_TEST_REQUIRE((after.size() == 1U && before.size() == 1U));
    BOOST_TEST((after[0].relation == VoteRelation::followed_by && after[0].vote == second));
    BOOST_TEST((before[0].relation == VoteRelation::follows && before[0].vote == first));
    BOOST_TEST((after[0].list_kind == ListKind::tie_revote && before[0].list_kind == ListKind::tie_revote));
}

BOOST_AUTO_TEST_CASE(a_series_has_one_sheet_from_the_first_announcement_on)
{
    Desk desk;
    const auto first = desk.series();
    const VoteId second{static_cast<std::uint64_t>(first) + 1};
    BOOST_TEST(is_series(desk.state, first));
    BOOST_TEST(!is_series(desk.state, second));
    BOOST_TEST(!may_have_series_sheet(desk.state, desk.chair, first));
    desk.put(first, 6, 1);
    BOOST_TEST(may_have_series_sheet(desk.state, desk.chair, first));
    BOOST_TEST(may_have_series_sheet(desk.state, Actor{PersonId{}, Role::auditor}, first));
    for (const auto& actor : {desk.members[0], desk.zhang, desk.appoint(Role::hall, desk.body)})
        BOOST_TEST(!may_have_series_sheet(desk.state, actor, first));
    BOOST_TEST(!may_have_series_sheet(desk.state, desk.chair, second));

    // Decided is not announced: the chair's own panel has the figures, the sheet has not.
    desk.act(desk.chair, OpenVote{second});
    desk.press(second, 2, 5, 0);
    desk.act(desk.chair, CloseVote{second});
    const auto sheet = series_sheet(desk.state, first, Role::chair);
    BOOST_TEST_REQUIRE(sheet.lines.size() == 3U);
    BOOST_TEST((sheet.lines[0].vote.result->outcome.findings.at(0).need == 4U));
    BOOST_TEST(!sheet.lines[1].vote.result.has_value());
    BOOST_TEST((sheet.lines[1].vote.state == VoteState::decided));
    BOOST_TEST(!sheet.lines[2].vote.result.has_value());
    BOOST_TEST_REQUIRE(sheet.rules.size() == 1U);
    BOOST_TEST((sheet.rules[0].profile_hash == hash_of(motion())));
    BOOST_TEST((sheet.lines[0].electorate == desk.vote(first).electorate_hash));
    BOOST_TEST(sheet.identities.size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_sheet_of_a_series_has_the_newest_attempt_and_names_figures_that_fail)
{
    Desk desk;
    const auto first = desk.series();
    const auto at = [&](std::uint64_t n) { return VoteId{static_cast<std::uint64_t>(first) + n}; };
    desk.act(desk.chair, OpenVote{first});
    desk.act(desk.chair, VoidVote{first, VoidReason::equipment_failure, "断电"});
    BOOST_TEST(may_have_series_sheet(desk.state, desk.chair, first));
    const VoteId again{desk.act(desk.chair, RetryVote{first, VoteMethod::hands})};
    desk.act(desk.chair, OpenVote{again});
    desk.both(CountHands{again, {6, 1, 0}});
    desk.close_and_announce(again);
    desk.put(at(1), 7, 0);
    desk.put(at(2), 3, 4);
    const auto sheet = series_sheet(desk.state, first, Role::secretary);
    BOOST_TEST_REQUIRE(sheet.lines.size() == 3U);
    BOOST_TEST((sheet.lines[0].vote.id == again && sheet.lines[0].vote.attempt == 2U));
    BOOST_TEST(sheet.rules.size() == 2U); // by hands, and by console
    BOOST_TEST((sheet.tellers == std::vector<std::string>{"张三", "李四"}));
    BOOST_TEST_REQUIRE(sheet.identities.size() == 1U);
    BOOST_TEST((sheet.identities[0].left == 21U && sheet.identities[0].right == 21U));

    auto wrong = desk.state;
    wrong.votes.at(at(1)).result->tally.approve = 8;
    const auto marked = series_sheet(wrong, first, Role::secretary).identities;
    BOOST_TEST_REQUIRE(marked.size() == 2U);
    BOOST_TEST(marked[1].words.zh.starts_with("乙："));
}

BOOST_AUTO_TEST_SUITE_END()
