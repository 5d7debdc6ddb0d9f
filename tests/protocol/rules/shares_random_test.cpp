#include "protocol/rules/ballots.hpp"
#include "protocol/rules/evaluation.hpp"

#include "tests/support/effort.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <random>

BOOST_AUTO_TEST_SUITE(random_shares)

using namespace plenum;

// What else is a share of something, counted a second time: both thresholds together, signatures, the
// evaluation of suggestions, candidates more than seats; and what rooms count of lists and of grades.

namespace {

std::uint32_t pick(std::mt19937_64& random, std::uint32_t most)
{
    return static_cast<std::uint32_t>(random() % (most + 1U));
}

/// Whether `have` is this share, by laying `den` pieces for everybody who is for it beside `num` pieces for
/// everybody.
bool is_share(std::uint64_t have, std::uint64_t base, const Threshold& share)
{
    std::uint64_t left = 0;
    std::uint64_t right = 0;
    for (std::uint64_t one = 0; one < have; ++one)
        left += share.den;
    for (std::uint64_t one = 0; one < base; ++one)
        right += share.num;
    return have > 0 && (left > right || (left == right && !share.strict));
}

Threshold some_share(std::mt19937_64& random)
{
    const auto den = 1 + pick(random, 9);
    return {pick(random, den), den, random() % 2 == 0, Base::all_members};
}

using Persons = std::vector<std::uint64_t>;

/// Every elector is asked whether the name stands on the list.
std::uint64_t signed_among(const Persons& electors, const Persons& signers)
{
    std::uint64_t found = 0;
    for (std::uint64_t elector = 0; elector <= 40; ++elector) {
        const bool may = std::ranges::find(electors, elector) != electors.end();
        const bool did = std::ranges::find(signers, elector) != signers.end();
        found += may && did ? 1 : 0;
    }
    return found;
}

SuggestionEvaluation some_evaluation(std::mt19937_64& random)
{
    SuggestionEvaluation one;
    one.due_at_ms = pick(random, 10);
    if (random() % 2 == 0) one.reminded_at_ms = pick(random, 10);
    if (random() % 2 == 0) one.grade = static_cast<EvaluationGrade>(random() % 3);
    one.reason = "未落实";
    return one;
}

/// Names that are written in, in no order.
const std::string others[] = {"周", "吴", "郑", "王"};

PlacesReturn some_room(std::mt19937_64& random, std::size_t candidates)
{
    PlacesReturn room{pick(random, 50), 0, 0, {}};
    room.collected = pick(random, room.issued);
    room.invalid = pick(random, room.collected);
    for (std::size_t at = 0; at < candidates; ++at) {
        const auto approve = pick(random, room.valid());
        const auto oppose = pick(random, room.valid() - approve);
        room.list.push_back({"候选人" + std::to_string(at), approve, oppose, 0, false});
    }
    for (const auto& name : others) {
        if (random() % 3 == 0) room.list.push_back({name, pick(random, room.valid()), 0, 0, true});
    }
    return in_order(room);
}

BOOST_AUTO_TEST_CASE(thresholds_that_must_all_be_met)
{
    std::mt19937_64 random(36);
    std::uint64_t passed = 0;
    for (std::uint64_t round = 0; round < testing::stories(100'000); ++round) {
        std::vector<Requirement> asked(random() % 4);
        bool all = !asked.empty();
        for (auto& one : asked) {
            one.base = pick(random, 40);
            one.have = pick(random, static_cast<std::uint32_t>(one.base));
            one.threshold = some_share(random);
            all = all && is_share(one.have, one.base, one.threshold);
        }
        const auto verdict = decide_together(asked).verdict;
        BOOST_REQUIRE(((verdict == Verdict::passed) == all));
        std::ranges::shuffle(asked, random);
        BOOST_REQUIRE((decide_together(asked).verdict == verdict));
        if (!all) continue;
        ++passed;
        ++asked[random() % asked.size()].have;
        BOOST_REQUIRE((decide_together(asked).verdict == Verdict::passed));
    }
    BOOST_TEST(passed > testing::stories(100'000) / 10);
}

BOOST_AUTO_TEST_CASE(signatures_of_those_who_may_each_once)
{
    std::mt19937_64 random(10);
    std::uint64_t accepted = 0;
    for (std::uint64_t round = 0; round < testing::stories(100'000); ++round) {
        Persons electors(pick(random, 30));
        std::iota(electors.begin(), electors.end(), 1);
        std::ranges::shuffle(electors, random);
        Persons signers(pick(random, 25));
        for (auto& signer : signers)
            signer = pick(random, 40); // also strangers, also twice
        const auto share = some_share(random);
        const auto have = signed_among(electors, signers);
        const auto finding = decide_signatures(electors, signers, electors.size(), share);
        BOOST_REQUIRE(finding.have == have);
        BOOST_REQUIRE(finding.met == is_share(have, electors.size(), share));
        std::ranges::shuffle(signers, random);
        BOOST_REQUIRE((decide_signatures(electors, signers, electors.size(), share) == finding));
        accepted += finding.met ? 1 : 0;
        signers.push_back(pick(random, 40));
        if (finding.met) BOOST_REQUIRE(decide_signatures(electors, signers, electors.size(), share).met);
    }
    BOOST_TEST(accepted > testing::stories(100'000) / 10);
}

BOOST_AUTO_TEST_CASE(rates_of_suggestions)
{
    std::mt19937_64 random(268);
    for (std::uint64_t story = 0; story < testing::stories(100'000); ++story) {
        std::vector<SuggestionEvaluation> round(pick(random, 12));
        for (auto& one : round)
            one = some_evaluation(random);
        const std::uint64_t now = pick(random, 12);
        const auto outcome = decide_evaluation(round, now);
        std::map<EvaluationGrade, std::uint64_t> graded;
        std::uint64_t silent = 0;
        std::uint64_t excluded = 0;
        for (const auto& one : round) {
            if (one.grade)
                ++graded[*one.grade];
            else
                ++silent;
            excluded += !one.grade && one.reminded_at_ms && one.due_at_ms < now ? 1 : 0;
        }
        const auto satisfied = graded[EvaluationGrade::satisfied];
        const auto content = satisfied + graded[EvaluationGrade::basically_satisfied];
        BOOST_REQUIRE((outcome.satisfied == satisfied && outcome.excluded == excluded));
        BOOST_REQUIRE(outcome.awaited == silent - excluded);
        BOOST_REQUIRE(outcome.base == round.size() - silent);
        BOOST_REQUIRE(outcome.satisfied + outcome.basically_satisfied + outcome.unsatisfied == outcome.base);
        BOOST_REQUIRE(outcome.basically_per_mille.has_value() == (outcome.base > 0));
        if (outcome.base > 0) {
            // Nearest thousandth, upwards from the middle.
            const auto shown = *outcome.basically_per_mille;
            BOOST_REQUIRE((2'000 * content + outcome.base >= 2 * shown * outcome.base &&
                           2'000 * content + outcome.base < 2 * (shown + 1) * outcome.base));
        }
        std::ranges::shuffle(round, random);
        BOOST_REQUIRE((decide_evaluation(round, now) == outcome));
        const auto worse =
            std::ranges::find(round, EvaluationGrade::unsatisfied, &SuggestionEvaluation::grade);
        if (worse == round.end()) continue;
        worse->grade = EvaluationGrade::satisfied;
        const auto better = decide_evaluation(round, now);
        BOOST_REQUIRE(
            (better.base == outcome.base && better.satisfied_per_mille >= outcome.satisfied_per_mille));
    }
}

BOOST_AUTO_TEST_CASE(candidates_more_than_seats_in_whole_numbers)
{
    std::mt19937_64 random(27);
    for (std::uint64_t round = 0; round < testing::stories(100'000); ++round) {
        const auto seats = 1 + pick(random, 60);
        const SeatShare least{pick(random, 5), 1 + pick(random, 9)};
        const SeatShare most{pick(random, 5), 1 + pick(random, 9)};
        std::uint32_t min = 1;
        while (min * least.den < seats * least.num)
            ++min;
        std::uint32_t max = 0;
        while ((max + 1) * most.den <= seats * most.num)
            ++max;
        BOOST_REQUIRE((extra_candidates(seats, least, most) == ExtraCandidates{min, max}));
    }
}

BOOST_AUTO_TEST_CASE(rooms_that_count_a_list_alone_come_to_the_same_places)
{
    std::mt19937_64 random(2'029);
    for (std::uint64_t round = 0; round < testing::stories(20'000); ++round) {
        const std::size_t candidates = 1 + random() % 4;
        std::vector<PlacesReturn> rooms(1 + random() % 4);
        std::map<std::string, std::array<std::uint64_t, 2>> by_name;
        for (auto& room : rooms) {
            room = some_room(random, candidates);
            for (const auto& line : room.list) {
                by_name[line.name][0] += line.approve;
                by_name[line.name][1] += line.oppose;
            }
        }
        const auto sum = sum_of(std::span<const PlacesReturn>(rooms));
        BOOST_REQUIRE(sum.list.size() == by_name.size());
        for (const auto& line : sum.list)
            BOOST_REQUIRE((by_name.at(line.name)[0] == line.approve && by_name[line.name][1] == line.oppose));
        for (std::size_t at = 0; at < candidates; ++at)
            BOOST_REQUIRE(sum.list[at].name == "候选人" + std::to_string(at)); // as on the ballot
        BOOST_REQUIRE(!check_return(sum).has_value());

        std::ranges::shuffle(rooms, random);
        const auto turned = sum_of(std::span<const PlacesReturn>(rooms));
        BOOST_REQUIRE((turned == sum));
        // Some of the rooms added up first.
        const auto some = std::span<const PlacesReturn>(rooms).first(random() % rooms.size());
        std::vector<PlacesReturn> halves(rooms.begin() + static_cast<std::ptrdiff_t>(some.size()),
                                         rooms.end());
        if (!some.empty()) halves.push_back(sum_of(some));
        BOOST_REQUIRE((sum_of(std::span<const PlacesReturn>(halves)) == sum));
    }
}

BOOST_AUTO_TEST_CASE(rooms_that_count_grades_alone_come_to_the_same_verdicts)
{
    std::mt19937_64 random(331);
    const GradesRule rule{{{"满意", "satisfied"}, {"基本满意", "basic"}, {"不满意", "unsatisfied"}},
                          {{"satisfied", {"满意", "satisfied"}, {0, 1}, {1, 2, true, Base::valid}}},
                          Rounding::half_up};
    const std::vector<std::string> objects{"财政局", "教育局"};
    for (std::uint64_t round = 0; round < testing::stories(20'000); ++round) {
        std::vector<GradesCount> rooms(1 + random() % 5);
        GradesCount all{0, 0, {{objects[0], {0, 0, 0}, 0}, {objects[1], {0, 0, 0}, 0}}};
        for (auto& room : rooms) {
            room = {0, 0, {{objects[0], {0, 0, 0}, 0}, {objects[1], {0, 0, 0}, 0}}};
            for (auto sheets = pick(random, 20); sheets > 0; --sheets) {
                for (auto* count : {&room, &all})
                    ++count->issued;
                if (random() % 9 == 0) continue; // taken away
                for (auto* count : {&room, &all})
                    ++count->collected;
                for (std::size_t object = 0; object < objects.size(); ++object) {
                    const auto mark = random() % 4;
                    for (auto* count : {&room, &all})
                        ++(mark == 3 ? count->objects[object].invalid : count->objects[object].counts[mark]);
                }
            }
            BOOST_REQUIRE(!check_sheets(rule, objects, room).has_value());
        }
        std::ranges::shuffle(rooms, random);
        const auto sum = sum_of(std::span<const GradesCount>(rooms));
        BOOST_REQUIRE((sum == all));
        BOOST_REQUIRE((decide_sheets(rule, 352, 331, sum) == decide_sheets(rule, 352, 331, all)));
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
