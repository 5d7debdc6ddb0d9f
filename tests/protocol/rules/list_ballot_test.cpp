#include "protocol/rules/list_ballot.hpp"

#include "tests/support/effort.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>

BOOST_AUTO_TEST_SUITE(list_ballot)

using namespace plenum;

namespace {

const std::vector<std::string> three = {"甲", "乙", "丙"};
using Marks = std::vector<Mark>;

BOOST_AUTO_TEST_CASE(what_a_ballot_is_worth)
{
    using enum Mark;
    struct Row {
        const char* what;
        ListBallotRule rule;
        ListBallot ballot;
        BallotValidity validity;
    };
    const ListBallotRule two{2, WriteIn::requires_opposition, BlankMark::abstain};
    const ListBallotRule old{2, WriteIn::allowed, BlankMark::abstain};
    const ListBallotRule decision{2, WriteIn::none, BlankMark::abstain};
    const ListBallotRule npc{2, WriteIn::requires_opposition, BlankMark::approve};
    const auto valid = BallotValidity::valid;
    const auto overvote = BallotValidity::void_overvote;
    const auto write_in = BallotValidity::write_in_void_rest_valid;
    const Row table[] = {
        {"blank", two, {{blank, blank, blank}, {}}, valid},
        {"blank where that means approval: three of two", npc, {{blank, blank, blank}, {}}, overvote},
        {"one opposed is what it takes there", npc, {{blank, oppose, blank}, {}}, valid},
        {"as many as seats", two, {{approve, approve, oppose}, {}}, valid},
        {"one too many", two, {{approve, approve, approve}, {}}, overvote},
        {"opposed and another written", two, {{approve, oppose, blank}, {"丁"}}, valid},
        {"another written, one too many", two, {{approve, approve, oppose}, {"丁"}}, overvote},
        {"nobody opposed", two, {{approve, blank, abstain}, {"丁"}}, write_in},
        {"nobody opposed, before 2025", old, {{approve, blank, abstain}, {"丁"}}, valid},
        {"two written, one opposed", two, {{oppose, blank, blank}, {"丁", "戊"}}, write_in},
        {"a listed name written", two, {{oppose, blank, blank}, {"乙"}}, write_in},
        {"the same name twice", two, {{oppose, oppose, blank}, {"丁", "丁"}}, write_in},
        {"an empty line is no name", two, {{oppose, oppose, blank}, {""}}, write_in},
        {"no alternative on a decision ballot", decision, {{oppose, blank, blank}, {"丁"}}, write_in},
        {"what cannot be read counts for nothing", two, {{unreadable, approve, approve}, {}}, valid},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what) BOOST_TEST((check_ballot(row.rule, three, row.ballot) == row.validity));
    }
}

BOOST_AUTO_TEST_CASE(sums_name_everybody_and_leave_void_parts_out)
{
    using enum Mark;
    ListTally tally({2, WriteIn::requires_opposition, BlankMark::abstain}, three);
    BOOST_TEST((tally.add({{approve, oppose, blank}, {"丁"}}) == BallotValidity::valid));
    BOOST_TEST((tally.add({{approve, approve, approve}, {}}) == BallotValidity::void_overvote));
    BOOST_TEST(
        (tally.add({{abstain, unreadable, approve}, {"丁"}}) == BallotValidity::write_in_void_rest_valid));
    const auto counted = tally.counted(5);
    BOOST_TEST((counted.issued == 5U && counted.collected == 3U && counted.invalid == 1U));
    const std::vector<ListVotes> list = {
        {"甲", 1, 0, 1, false}, {"乙", 0, 1, 0, false}, {"丙", 1, 0, 1, false}, {"丁", 1, 0, 0, true}};
    BOOST_TEST((counted.list == list));
    BOOST_TEST(!check_return(counted).has_value());
}

ListBallot random_ballot(std::mt19937& random, std::size_t candidates)
{
    ListBallot ballot;
    for (std::size_t at = 0; at < candidates; ++at)
        ballot.marks.push_back(static_cast<Mark>(random() % 5));
    for (auto left = random() % 3; left > 0; --left)
        ballot.write_ins.push_back(std::string(1, static_cast<char>('A' + random() % 5)));
    return ballot;
}

ListBallotRule random_rule(std::mt19937& random)
{
    return {static_cast<std::uint32_t>(1 + random() % 4), static_cast<WriteIn>(random() % 3),
            static_cast<BlankMark>(random() % 2)};
}

/// Written from the articles, one clause after another.
BallotValidity naive(const ListBallotRule& rule, const std::set<std::string>& listed,
                     const ListBallot& ballot)
{
    std::map<Mark, std::size_t> marks;
    for (const auto mark : ballot.marks)
        ++marks[mark];
    const auto approved = marks[Mark::approve] + (rule.blank == BlankMark::approve ? marks[Mark::blank] : 0);
    if (approved + ballot.write_ins.size() > rule.marks_max) return BallotValidity::void_overvote;
    const std::set<std::string> names(ballot.write_ins.begin(), ballot.write_ins.end());
    bool bad = names.size() != ballot.write_ins.size();
    for (const auto& name : names)
        bad = bad || listed.contains(name);
    if (!ballot.write_ins.empty() && rule.write_in == WriteIn::none) bad = true;
    if (rule.write_in == WriteIn::requires_opposition && ballot.write_ins.size() > marks[Mark::oppose])
        bad = true;
    return bad ? BallotValidity::write_in_void_rest_valid : BallotValidity::valid;
}

BOOST_AUTO_TEST_CASE(a_second_implementation_agrees)
{
    std::mt19937 random(7);
    std::map<BallotValidity, std::size_t> seen;
    const std::vector<std::string> listed = {"A", "B", "C"};
    for (std::uint64_t round = 0; round < testing::stories(100'000); ++round) {
        const auto rule = random_rule(random);
        const auto ballot = random_ballot(random, listed.size());
        const auto validity = check_ballot(rule, listed, ballot);
        BOOST_REQUIRE((validity == naive(rule, {listed.begin(), listed.end()}, ballot)));
        ++seen[validity];
    }
    BOOST_TEST(seen.size() == 3U);
}

/// Whatever order ballots come in, and however they are spread over rooms, the sums are the same.
BOOST_AUTO_TEST_CASE(order_and_rooms_change_nothing)
{
    std::mt19937 random(8);
    const std::vector<std::string> listed = {"A", "B", "C"};
    for (std::uint64_t round = 0; round < testing::stories(300); ++round) {
        const auto rule = random_rule(random);
        std::vector<ListBallot> ballots;
        for (std::size_t at = 0; at < 30; ++at)
            ballots.push_back(random_ballot(random, listed.size()));
        const auto sum_of = [&](std::size_t from, std::size_t to) {
            ListTally tally(rule, listed);
            for (std::size_t at = from; at < to; ++at)
                tally.add(ballots[at]);
            std::map<std::string, std::uint32_t> sums;
            const auto counted = tally.counted(30);
            for (const auto& line : counted.list)
                sums[line.name] = line.approve;
            sums["-collected"] = counted.collected;
            sums["-invalid"] = counted.invalid;
            return sums;
        };
        const auto whole = sum_of(0, 30);
        auto rooms = sum_of(0, 11);
        for (const auto& [name, count] : sum_of(11, 30))
            rooms[name] += count;
        BOOST_REQUIRE((rooms == whole));
        std::ranges::shuffle(ballots, random);
        BOOST_REQUIRE((sum_of(0, 30) == whole));
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
