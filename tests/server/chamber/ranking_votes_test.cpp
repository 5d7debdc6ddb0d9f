#include "tests/server/chamber/polling.hpp"

BOOST_AUTO_TEST_SUITE(ranking_votes)

using namespace plenum;
using namespace plenum::chamber;

// 排序票决: projects numbered by urgency on paper. Tellers add the numbers up; the lowest sums win.

namespace {

using enum RefusalCode;
using Lines = std::vector<std::uint32_t>;

BallotList ranking_of(const std::vector<std::string>& projects, std::uint32_t places)
{
    BallotList list;
    list.list_kind = ListKind::ranked_projects;
    for (const auto& project : projects)
        list.candidates.push_back({project, std::nullopt});
    list.places = {places, std::nullopt, TieRule::revote};
    list.ballot = {places, WriteIn::none, BlankMark::abstain};
    return list;
}

PlacesReturn sums(std::uint32_t collected, std::uint32_t invalid,
                  const std::vector<std::pair<std::string, std::uint64_t>>& numbers)
{
    PlacesReturn counted{collected, collected, invalid, {}};
    for (const auto& [project, sum] : numbers) {
        ListVotes line;
        line.name = project;
        line.numbers.emplace(sum);
        counted.list.push_back(line);
    }
    return counted;
}

/// Three of five are there, and rank three projects; no scrutineers are asked for, because nobody is elected.
struct Town : PollingHall {
    Town() : PollingHall(5, BodyKind::town_congress) { begin(3); }

    PrepareVote ranking(const BallotList& list) const
    {
        auto command = on_paper();
        command.list = list;
        return command;
    }

    VoteId counted(const BallotList& list, const PlacesReturn& ballots)
    {
        const auto id = open_on_paper(ranking(list));
        both(CountList{id, ballots});
        close(id);
        act(chair, AnnounceVote{id});
        return id;
    }
};

} // namespace

// 1-2-3, 1-3-2, 2-1-3: sums 4, 6, 8.
BOOST_AUTO_TEST_CASE(the_lowest_sums_take_the_places)
{
    Town town;
    const auto id =
        town.counted(ranking_of({"甲", "乙", "丙"}, 2), sums(3, 0, {{"甲", 4}, {"乙", 6}, {"丙", 8}}));
    const auto& vote = town.vote(id);
    BOOST_TEST((vote.result->outcome.verdict == Verdict::counted));
    BOOST_TEST((vote.result->places->outcome.status == PlacesStatus::complete));
    BOOST_TEST((vote.result->places->outcome.elected == Lines{0, 1}));
    const auto view = view_vote(town.state, id, Role::chair);
    BOOST_TEST((view.list_of == ListOf::projects));
    BOOST_TEST(view.rule.zh.starts_with(
        "排序票决：名额2，名单3。按紧迫程度从1到3编号，每个号码用一次；重号、漏号的整票无效。"
        "各项目序号合计，合计小的入选。"));
    const auto sheet = result_sheet(town.state, id, Role::chair);
    BOOST_TEST_REQUIRE(!sheet.identities.empty());
    BOOST_TEST(sheet.identities.back().words.zh == "各项序号合计＝有效票×（1＋…＋3）");
    BOOST_TEST(sheet.identities.back().left == 18U);
    BOOST_TEST(sheet.identities.back().right == 18U);
    BOOST_TEST((town.replayed() == state_hash(town.state)));
}

BOOST_AUTO_TEST_CASE(equal_sums_at_the_last_place_are_voted_on_again)
{
    Town town;
    const auto id =
        town.counted(ranking_of({"甲", "乙", "丙"}, 2), sums(2, 0, {{"甲", 2}, {"乙", 5}, {"丙", 5}}));
    const auto& outcome = town.vote(id).result->places->outcome;
    BOOST_TEST((outcome.status == PlacesStatus::tie_revote_needed));
    BOOST_TEST((outcome.elected == Lines{0}));
    BOOST_TEST((outcome.tied == Lines{1, 2}));

    auto again = ranking_of({"乙", "丙"}, 1);
    again.list_kind = ListKind::tie_revote;
    again.follows = id;
    const VoteId revote{town.act(town.secretary, town.ranking(again))};
    // Projects stand again, not persons: no scrutineers, and worded so.
    BOOST_TEST((view_vote(town.state, revote, Role::hall).list_of == ListOf::projects));
    town.act(town.chair, OpenVote{revote});
    town.both(CountList{revote, {3, 3, 0, {{"乙", 2, 0, 0, false}, {"丙", 1, 0, 0, false}}}});
    BOOST_TEST((town.close(revote).places->outcome.elected == Lines{0}));
}

BOOST_AUTO_TEST_CASE(sums_that_no_ballots_can_have_are_refused)
{
    Town town;
    const auto id = town.open_on_paper(town.ranking(ranking_of({"甲", "乙", "丙"}, 2)));
    const struct {
        const char* what;
        PlacesReturn counted;
    } wrong[] = {
        {"too little in all", sums(3, 0, {{"甲", 4}, {"乙", 6}, {"丙", 7}})},
        {"too much in all", sums(3, 0, {{"甲", 4}, {"乙", 6}, {"丙", 9}})},
        {"an invalid ballot counted", sums(3, 1, {{"甲", 4}, {"乙", 6}, {"丙", 8}})},
        {"two that are first on every ballot", sums(3, 0, {{"甲", 4}, {"乙", 4}, {"丙", 10}})},
        {"less than first everywhere", sums(3, 0, {{"甲", 2}, {"乙", 8}, {"丙", 8}})},
        {"more than last everywhere", sums(3, 0, {{"甲", 4}, {"乙", 4}, {"丙", 4'000'000'000'000}})},
    };
    for (const auto& [what, figures] : wrong)
        BOOST_TEST_CONTEXT(what)
        {
            BOOST_TEST((code_of(town.attempt(town.zhang, CountList{id, figures})) == ballots_wrong));
        }
    auto marked = sums(3, 0, {{"甲", 4}, {"乙", 6}, {"丙", 8}});
    marked.list[0].approve = 1;
    BOOST_TEST((code_of(town.attempt(town.zhang, CountList{id, marked})) == ballots_wrong));
    const PlacesReturn approvals{3, 3, 0, {{"甲", 3}, {"乙", 2}, {"丙", 1}}};
    BOOST_TEST((code_of(town.attempt(town.zhang, CountList{id, approvals})) == ballots_wrong));
    town.act(town.zhang, CountList{id, sums(3, 0, {{"甲", 4}, {"乙", 6}, {"丙", 8}})});
    town.act(town.li, CountList{id, sums(3, 0, {{"甲", 4}, {"乙", 7}, {"丙", 7}})});
    const auto refusal = town.attempt(town.chair, CloseVote{id});
    BOOST_TEST((code_of(refusal) == tellers_disagree));
    BOOST_TEST(says(refusal, "乙序号合计", "numbers together"));
}

BOOST_AUTO_TEST_CASE(a_ranking_has_no_majority_and_no_other_kind_has_numbers)
{
    Town town;
    auto with_majority = ranking_of({"甲", "乙", "丙"}, 2);
    with_majority.places.majority = over_half();
    BOOST_TEST((code_of(town.attempt(town.secretary, town.ranking(with_majority))) == invalid_profile));
    auto too_few = ranking_of({"甲"}, 2);
    BOOST_TEST((code_of(town.attempt(town.secretary, town.ranking(too_few))) == candidates_wrong));

    auto marks = ranking_of({"甲", "乙"}, 1);
    marks.list_kind = ListKind::projects;
    const auto id = town.open_on_paper(town.ranking(marks));
    BOOST_TEST((code_of(town.attempt(town.zhang, CountList{id, sums(3, 0, {{"甲", 4}, {"乙", 5}})})) ==
                ballots_wrong));
}

BOOST_AUTO_TEST_CASE(more_ballots_than_were_given_out_rank_nothing)
{
    Town town;
    auto figures = sums(3, 0, {{"甲", 4}, {"乙", 6}, {"丙", 8}});
    figures.issued = 2;
    const auto id = town.counted(ranking_of({"甲", "乙", "丙"}, 2), figures);
    BOOST_TEST((town.vote(id).result->outcome.verdict == Verdict::void_more_collected));
    BOOST_TEST(town.vote(id).result->places->outcome.elected.empty());
}

BOOST_AUTO_TEST_SUITE_END()
