#include "protocol/secret_question.hpp"
#include "server/chamber/questions.hpp"
#include "tests/server/chamber/secret_house.hpp"

BOOST_AUTO_TEST_SUITE(secret_lists)

using namespace plenum;
using namespace plenum::chamber;
using enum RefusalCode;

// Lists and grades voted on secretly at consoles: what may be asked, what every ballot looks like, and that
// the opened totals decide as the same ballots on paper would.

namespace {

using Lines = std::vector<std::uint32_t>;

constexpr std::uint8_t neither = 0;
constexpr std::uint8_t approved = 1;
constexpr std::uint8_t opposed = 2;

BallotList list_of(ListKind kind, const std::string& names, std::uint32_t places)
{
    BallotList list;
    list.list_kind = kind;
    for (const char name : names)
        list.candidates.push_back({std::string(1, name), std::nullopt});
    list.places = {places, over_half(), TieRule::revote};
    list.ballot = {places, WriteIn::none, BlankMark::abstain};
    if (kind == ListKind::differential_election)
        list.extra = CandidateNumber{1, 2, {"地方组织法", "第二十七条", "2022-03-11"}};
    return list;
}

GradesSheet sheet_of(const std::vector<std::string>& objects, std::size_t grades = 3)
{
    GradesSheet sheet;
    sheet.objects = objects;
    static const std::vector<LocalText> names{{"满意", "satisfied"},
                                              {"基本满意", "fairly satisfied"},
                                              {"不满意", "not satisfied"},
                                              {"不了解", "unknown"},
                                              {"弃权", "abstained"}};
    sheet.rule.grades.assign(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(grades));
    sheet.rule.verdicts = {{"satisfied", {"满意", "satisfied"}, {0, 1}, over_half()}};
    return sheet;
}

/// A committee of nine, seven of whom vote at consoles.
struct Chosen : SecretHouse {
    PrepareVote asked() const
    {
        auto command = prepare_command(secret_motion());
        command.item.reset();
        return command;
    }
    PrepareVote asked(const BallotList& list) const
    {
        auto command = asked();
        command.list = list;
        return command;
    }
    PrepareVote asked(const GradesSheet& sheet) const
    {
        auto command = asked();
        command.grades = sheet;
        return command;
    }
    ballot::Question question(VoteId vote) const
    {
        const auto& content = blobs.at(state.votes.at(vote).secret.roll->question);
        return *from_json<ballot::Question>(*parse_canonical_json(content));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(an_election_is_decided_by_totals_as_the_same_ballots_on_paper_would)
{
    Chosen house;
    approve_scrutineers(house);
    const auto vote = house.open_secret(house.asked(list_of(ListKind::differential_election, "ABC", 2)));
    const auto& shape = house.shown(vote).shape;
    BOOST_TEST((shape == ballot::BallotShape{ballot::ShapeKind::elect, 3, 1, 0, 2}));
    BOOST_TEST(
        (house.question(vote).labels == std::vector<std::string>{house.vote(vote).title, "A", "B", "C"}));
    const Bytes ballots[] = {{approved, approved, opposed}, {approved, neither, approved},
                             {approved, approved, neither}, {approved, opposed, approved},
                             {approved, approved, opposed}, {opposed, approved, opposed}};
    for (std::size_t member = 0; member < std::size(ballots); ++member)
        house.cast(vote, member, ballots[member]);
    const auto& result = house.finish(vote);
    BOOST_TEST((result.tally == Tally{0, 0, 0, 7}));
    BOOST_TEST_REQUIRE(result.places.has_value());
    const auto& [counted, outcome] = *result.places;
    BOOST_TEST(counted.issued == 7U);
    BOOST_TEST(counted.collected == 6U);
    BOOST_TEST(counted.invalid == 0U);
    BOOST_TEST((counted.list == std::vector<ListVotes>{{"A", 5, 1, 0}, {"B", 4, 1, 1}, {"C", 2, 3, 1}}));
    // Five of nine members, over half; B has four.
    BOOST_TEST((outcome.status == PlacesStatus::shortfall_separate_election));
    BOOST_TEST((outcome.elected == Lines{0}));
    BOOST_TEST(outcome.unfilled == 1U);
    BOOST_TEST((result.outcome.verdict == Verdict::counted));
    BOOST_TEST((outcome == decide_list(*house.vote(vote).paper.list, 9, counted)));
    house.act(house.chair, AnnounceVote{vote});

    // What is left is elected by others, again in secret.
    auto separate = list_of(ListKind::separate_election, "DE", 1);
    separate.follows = vote;
    separate.extra = CandidateNumber{1, 1, {"地方组织法", "第二十七条", "2022-03-11"}};
    const auto next = house.open_secret(house.asked(separate));
    for (std::size_t member = 0; member < 7; ++member)
        house.cast(next, member, Bytes{member < 5 ? approved : neither, member < 5 ? neither : approved});
    BOOST_TEST((house.finish(next).places->outcome.elected == Lines{0}));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(projects_are_marked_and_no_opposition_is_counted)
{
    Chosen house;
    auto list = list_of(ListKind::projects, "ABCD", 2);
    list.places.majority.reset();
    const auto vote = house.open_secret(house.asked(list));
    BOOST_TEST((house.shown(vote).shape == ballot::BallotShape{ballot::ShapeKind::choose, 4, 1, 0, 2}));
    house.cast(vote, 0, Bytes{1, 1, 0, 0});
    house.cast(vote, 1, Bytes{1, 0, 0, 1});
    house.cast(vote, 2, Bytes{0, 0, 0, 1});
    house.cast(vote, 3, Bytes{0, 0, 0, 0});
    const auto& result = house.finish(vote);
    BOOST_TEST(
        (result.places->counted.list == std::vector<ListVotes>{{"A", 2}, {"B", 1}, {"C", 0}, {"D", 2}}));
    BOOST_TEST((result.places->outcome.elected == Lines{0, 3}));
}

BOOST_AUTO_TEST_CASE(sheets_give_every_object_its_grades)
{
    Chosen house;
    const auto vote = house.open_secret(house.asked(sheet_of({"民政局", "教委"}, 4)));
    BOOST_TEST((house.shown(vote).shape == ballot::BallotShape{ballot::ShapeKind::grid, 4, 2, 0, 1}));
    BOOST_TEST(
        (house.question(vote).labels == std::vector<std::string>{house.vote(vote).title, "民政局", "教委",
                                                                 "满意", "基本满意", "不满意", "不了解"}));
    for (std::uint8_t member = 0; member < 6; ++member)
        house.cast(vote, member,
                   Bytes{static_cast<std::uint8_t>(member % 2), static_cast<std::uint8_t>(member % 4)});
    const auto& result = house.finish(vote);
    BOOST_TEST_REQUIRE(result.grades.has_value());
    const auto& [counted, outcomes] = *result.grades;
    BOOST_TEST(counted.issued == 7U);
    BOOST_TEST(counted.collected == 6U);
    BOOST_TEST((counted.objects ==
                std::vector<GradesReturn>{{"民政局", {3, 3, 0, 0}, 0}, {"教委", {2, 2, 1, 1}, 0}}));
    BOOST_TEST(outcomes.at(0).verdict == "satisfied"); // Six of nine members.
    BOOST_TEST(outcomes.at(1).verdict.empty());        // Four.
}

BOOST_AUTO_TEST_CASE(a_list_whose_key_was_lost_goes_on_by_ballots_on_paper)
{
    Chosen house;
    const auto vote = house.open_secret(house.asked(sheet_of({"民政局"})));
    house.write(decide_key_lost(house.state, vote));
    RetryVote by_hands{vote};
    by_hands.by = VoteMethod::hands;
    BOOST_TEST((house.refused_as(house.chair, by_hands) == wrong_state));
    RetryVote on_paper{vote};
    on_paper.by = VoteMethod::paper;
    const VoteId again{house.act(house.chair, on_paper)};
    BOOST_TEST((house.vote(again).method == VoteMethod::paper));
    BOOST_TEST(house.vote(again).paper.grades.has_value());
}

BOOST_AUTO_TEST_CASE(what_no_console_can_ask_is_refused_in_words)
{
    Chosen house;
    const auto election = [] { return list_of(ListKind::differential_election, "ABC", 2); };
    const auto with = [&](auto change) {
        auto list = election();
        change(list);
        return house.asked(list);
    };
    struct Row {
        const char* what;
        PrepareVote command;
        const char* zh;
        const char* en;
    };
    const Row rows[] = {
        {"named",
         [&] {
             auto command = house.asked(election());
             command.profile = motion();
             return command;
         }(),
         "无记名", "secret"},
        {"rooms",
         [&] {
             auto command = house.asked(election());
             command.rooms = {"甲", "乙"};
             return command;
         }(),
         "分处计票", "rooms"},
        {"a write-in", with([](auto& list) { list.ballot.write_in = WriteIn::allowed; }), "另选他人",
         "before it is voted on"},
        {"no mark approves", with([](auto& list) { list.ballot.blank = BlankMark::approve; }), "弃权",
         "abstention"},
        {"a ranking",
         [&] {
             auto list = list_of(ListKind::ranked_projects, "ABC", 2);
             list.places.majority.reset();
             return house.asked(list);
         }(),
         "排序", "ranked on paper"},
        {"too many names", with([](auto& list) {
             for (int i = 0; i < 100; ++i)
                 list.candidates.push_back({"候选" + std::to_string(i), std::nullopt});
             list.extra->max = 200;
         }),
         "至多100", "at most 100"},
        {"too long a ballot", with([](auto& list) {
             for (int i = 0; i < 97; ++i)
                 list.candidates.push_back({"候选" + std::to_string(i), std::nullopt});
             list.places.places = list.ballot.marks_max = 99;
         }),
         "65000", "65000 bytes"},
        {"five grades", house.asked(sheet_of({"民政局"}, 5)), "至多4", "at most 4"},
    };
    for (const auto& [what, command, zh, en] : rows) {
        BOOST_TEST_CONTEXT(what)
        {
            const auto refusal = house.attempt(house.secretary, command);
            BOOST_TEST((code_of(refusal) == invalid_profile));
            BOOST_TEST(says(refusal, zh, en));
        }
    }
}

// A console that marks too many is told so by its own library; a ballot that would is none.
BOOST_AUTO_TEST_CASE(no_ballot_chooses_more_than_there_are_places)
{
    Chosen house;
    approve_scrutineers(house);
    const auto vote = house.open_secret(house.asked(list_of(ListKind::differential_election, "ABC", 2)));
    BOOST_CHECK_THROW(house.consoles[0].cast(vote, house.shown(vote), Bytes{1, 1, 1}), std::exception);
}

BOOST_AUTO_TEST_CASE(a_console_may_send_as_much_as_its_longest_ballot_needs)
{
    Chosen house;
    const auto member = *house.members[0].person;
    BOOST_TEST(longest_ballot(house.state, member) == 0U);
    std::vector<std::string> objects;
    for (int i = 0; i < 40; ++i)
        objects.push_back("部门" + std::to_string(i));
    const auto vote = house.open_secret(house.asked(sheet_of(objects, 4)));
    BOOST_TEST(longest_ballot(house.state, member) == ballot::ballot_size(house.shown(vote).shape));
    BOOST_TEST(longest_ballot(house.state, *house.members[8].person) == 0U);
    house.cast(vote, 0, Bytes(40, 3));
    house.finish(vote);
    BOOST_TEST(longest_ballot(house.state, member) == 0U);
}

BOOST_AUTO_TEST_CASE(the_rule_in_words_says_what_a_console_does)
{
    const auto list = list_of(ListKind::differential_election, "ABC", 2);
    const auto words = describe_list(secret_motion(), list, ListOf::persons, 9);
    BOOST_TEST(words.zh.find("整票无效") == std::string::npos);
    BOOST_TEST(words.zh.find("多选的无法投出") != std::string::npos);
    const auto sheet = describe_grades(secret_motion(), sheet_of({"民政局"}), 9);
    BOOST_TEST(sheet.zh.find("全部选定方可投出") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
