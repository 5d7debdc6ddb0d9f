#include "protocol/rules/ballot_list.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

BOOST_AUTO_TEST_SUITE(ballots)

using namespace plenum;

namespace {

RuleProfile over_half_of(Base base)
{
    RuleProfile rule;
    rule.majority = {1, 2, true, base};
    rule.method = VoteMethod::paper;
    return rule;
}

BallotsCount drawn(std::mt19937& random, std::uint32_t most)
{
    const auto below = [&](std::uint32_t limit) {
        return static_cast<std::uint32_t>(random() % (limit + 1));
    };
    BallotsCount counted;
    counted.issued = below(most);
    counted.collected = below(counted.issued);
    counted.invalid = below(counted.collected);
    counted.approve = below(counted.collected - counted.invalid);
    counted.oppose = below(counted.collected - counted.invalid - counted.approve);
    counted.abstain = counted.collected - counted.invalid - counted.approve - counted.oppose;
    return counted;
}

BOOST_AUTO_TEST_CASE(each_ballot_that_came_back_says_one_thing_or_nothing)
{
    BOOST_TEST(!check_ballots({33, 33, 1, 18, 12, 2}).has_value());
    BOOST_TEST(!check_ballots({33, 34, 0, 19, 12, 3}).has_value()); // recorded, and void
    BOOST_TEST(check_ballots({33, 33, 0, 18, 12, 2})->path == "collected");
    BOOST_TEST(check_ballots({ballots_max + 1, 0, 0, 0, 0, 0})->path == "issued");
    BOOST_TEST(check_ballots({0, ballots_max + 1, ballots_max + 1, 0, 0, 0})->path == "collected");
    const auto most = std::numeric_limits<std::uint32_t>::max();
    BOOST_TEST(check_ballots({3, 1, 0, most, 1, 1})->path == "collected"); // no sum runs over
}

BOOST_AUTO_TEST_CASE(rooms_change_nothing_and_one_more_approval_never_loses)
{
    std::mt19937 random(20'260'312);
    for (int story = 0; story < 20'000; ++story) {
        const std::vector rooms{drawn(random, 400), drawn(random, 400), drawn(random, 400)};
        const auto sum = sum_of(std::span<const BallotsCount>(rooms));
        BOOST_TEST_REQUIRE(!check_ballots(sum).has_value());
        const std::vector turned{rooms[2], rooms[0], rooms[1]};
        BOOST_TEST_REQUIRE((sum == sum_of(std::span<const BallotsCount>(turned))));
        const auto present = sum.issued + static_cast<std::uint32_t>(random() % 5);
        const auto members = present + random() % 50;
        const auto rule = over_half_of(static_cast<Base>(random() % 6));
        const auto outcome = decide_ballots(rule, members, present, sum);
        const auto tally = tally_of(sum, present);
        BOOST_TEST_REQUIRE(tally.present() == present);

        // The same by hand, in halves.
        const std::uint64_t bases[] = {members,     present,       sum.collected,
                                       sum.valid(), sum.collected, sum.approve + sum.oppose};
        const auto base = bases[static_cast<std::size_t>(rule.majority.base)];
        BOOST_TEST_REQUIRE((outcome.verdict == Verdict::passed) == (sum.approve * 2ULL > base));
        if (sum.oppose == 0) continue;
        auto better = sum;
        ++better.approve;
        --better.oppose;
        if (outcome.verdict == Verdict::passed)
            BOOST_TEST_REQUIRE((decide_ballots(rule, members, present, better).verdict == Verdict::passed));
    }
}

BOOST_AUTO_TEST_CASE(one_more_than_was_given_out_voids_everything)
{
    const BallotsCount counted{10, 11, 0, 11, 0, 0};
    BOOST_TEST((decide_ballots(over_half_of(Base::ballots), 10, 10, counted).verdict ==
                Verdict::void_more_collected));
    BOOST_TEST((tally_of(counted, 10) == Tally{0, 0, 0, 10}));
    BOOST_TEST((is_invalid(Verdict::void_more_collected) && is_invalid(Verdict::invalid_low_participation)));
    BOOST_TEST((!is_invalid(Verdict::counted) && !is_adopted(Verdict::counted)));
}

BOOST_AUTO_TEST_CASE(lines_of_rooms_are_added_by_name_and_names_written_in_stand_in_one_order)
{
    const std::vector<PlacesReturn> rooms{
        {20, 20, 1, {{"甲", 15, 2, 2, false}, {"乙", 4, 10, 5, false}, {"丁", 2, 0, 0, true}}},
        {20,
         19,
         0,
         {{"甲", 10, 5, 4, false}, {"乙", 9, 9, 1, false}, {"丙", 1, 0, 0, true}, {"丁", 3, 0, 0, true}}}};
    const auto sum = sum_of(std::span<const PlacesReturn>(rooms));
    BOOST_TEST((sum == PlacesReturn{40,
                                    39,
                                    1,
                                    {{"甲", 25, 7, 6, false},
                                     {"乙", 13, 19, 6, false},
                                     {"丁", 5, 0, 0, true},
                                     {"丙", 1, 0, 0, true}}}));
    BOOST_TEST((in_order(sum) == sum));
    auto other = sum;
    std::swap(other.list[2], other.list[3]);
    BOOST_TEST((in_order(other) == sum));
}

BOOST_AUTO_TEST_CASE(as_many_candidates_as_each_kind_needs)
{
    const auto right = [](ListKind kind, std::size_t candidates, std::uint32_t places,
                          std::optional<CandidateNumber> extra = {}) {
        BallotList list;
        list.list_kind = kind;
        list.candidates.resize(candidates);
        list.places.places = places;
        list.extra = std::move(extra);
        return has_right_number(list);
    };
    using enum ListKind;
    BOOST_TEST((right(equal_election, 3, 3) && !right(equal_election, 4, 3) && !right(equal_election, 2, 3)));
    BOOST_TEST((right(projects, 3, 3) && right(projects, 12, 10) && !right(projects, 2, 3)));
    BOOST_TEST((right(primary, 9, 6) && !right(primary, 6, 6)));
    BOOST_TEST((right(tie_revote, 2, 1) && !right(tie_revote, 1, 1)));
    const CandidateNumber deputies{2, 5, {"选举法", "第三十一条", ""}}; // ten seats: 12 to 15
    BOOST_TEST((right(deputy_election, 12, 10, deputies) && right(deputy_election, 15, 10, deputies)));
    BOOST_TEST((!right(deputy_election, 11, 10, deputies) && !right(deputy_election, 16, 10, deputies)));
    BOOST_TEST((right(separate_election, 2, 1, CandidateNumber{}) &&
                !right(separate_election, 1, 1, CandidateNumber{})));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
