#include "protocol/rules/ballots.hpp"

#include "tests/support/effort.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <random>

BOOST_AUTO_TEST_SUITE(random_outcomes)

using namespace plenum;

// Motions counted a second time from the members themselves, in groups and not, by console and on paper: the
// share is looked for one vote after another instead of computed.

namespace {

std::mt19937_64 seeded(std::uint64_t seed)
{
    return std::mt19937_64(seed);
}

std::uint32_t pick(std::mt19937_64& random, std::uint32_t most)
{
    return static_cast<std::uint32_t>(random() % (most + 1U));
}

Threshold some_share(std::mt19937_64& random)
{
    const auto den = 1 + pick(random, 5);
    return {pick(random, den), den, random() % 2 == 0, static_cast<Base>(random() % 6)};
}

/// The smallest count that is this share of `base`, found by trying; never less than one.
std::uint64_t found_need(std::uint64_t base, const Threshold& share, std::uint64_t least)
{
    std::uint64_t need = least;
    const auto enough = [&] {
        const auto parts = need * share.den;
        return share.strict ? parts > base * share.num : parts >= base * share.num;
    };
    while (!enough())
        ++need;
    return need;
}

/// What a member did; in a box also a ballot that nobody can read, and one that was taken away.
enum class Did { approve, oppose, abstain, nothing, unreadable, kept };

struct Elector {
    std::string group;
    bool is_present = true;
    Did did = Did::nothing;
};

const std::string groups_known[] = {"居民代表", "单位代表", "特邀代表"};

std::vector<Elector> some_electors(std::mt19937_64& random, std::uint32_t choices)
{
    std::vector<Elector> electors(pick(random, 40));
    const auto lean = random() % 3; // Otherwise hardly anything passes.
    for (auto& elector : electors) {
        elector.group = groups_known[random() % 3];
        elector.is_present = random() % 8 != 0;
        elector.did = random() % 3 < lean ? Did::approve : static_cast<Did>(random() % choices);
    }
    return electors;
}

std::uint64_t how_many(const std::vector<Elector>& electors, const std::string& group, Did did)
{
    return static_cast<std::uint64_t>(std::ranges::count_if(electors, [&](const Elector& one) {
        return one.is_present && one.did == did && (group.empty() || one.group == group);
    }));
}

/// The number a share is of, counted among the members.
std::uint64_t base_among(const std::vector<Elector>& electors, const std::string& group, Base base)
{
    std::uint64_t number = 0;
    for (const auto& one : electors) {
        if (!group.empty() && one.group != group) continue;
        const bool chose = one.did == Did::approve || one.did == Did::oppose || one.did == Did::abstain;
        switch (base) {
        case Base::all_members: ++number; break;
        case Base::present: number += one.is_present ? 1 : 0; break;
        case Base::valid: number += one.is_present && chose ? 1 : 0; break;
        case Base::cast:
        case Base::ballots: number += one.is_present && (chose || one.did == Did::unreadable) ? 1 : 0; break;
        case Base::for_and_against:
            number += one.is_present && chose && one.did != Did::abstain ? 1 : 0;
            break;
        }
    }
    return number;
}

Verdict by_hand(const RuleProfile& rule, const std::vector<Elector>& electors)
{
    if (const auto& least = rule.min_participation) {
        const auto took_part = base_among(electors, "", Base::cast);
        if (took_part < found_need(base_among(electors, "", least->base), *least, 0))
            return Verdict::invalid_low_participation;
    }
    const auto asked = rule.groups.empty() ? std::vector<std::string>{""} : rule.groups;
    for (const auto& group : asked) {
        const auto need = found_need(base_among(electors, group, rule.majority.base), rule.majority, 1);
        if (how_many(electors, group, Did::approve) < need) return Verdict::not_passed;
    }
    return Verdict::passed;
}

void add_to(Tally& tally, const Elector& one)
{
    if (!one.is_present) return;
    switch (one.did) {
    case Did::approve: ++tally.approve; break;
    case Did::oppose: ++tally.oppose; break;
    case Did::abstain: ++tally.abstain; break;
    case Did::nothing:
    case Did::unreadable:
    case Did::kept: ++tally.not_pressed; break;
    }
}

Outcome decided(const RuleProfile& rule, const std::vector<Elector>& electors)
{
    Tally all;
    std::vector<GroupTally> groups;
    for (const auto& name : groups_known)
        groups.push_back({name, 0, {}});
    for (const auto& one : electors) {
        auto& group = *std::ranges::find(groups, one.group, &GroupTally::group);
        ++group.members;
        add_to(all, one);
        add_to(group.tally, one);
    }
    return decide_outcome(rule, electors.size(), all, groups);
}

RuleProfile some_rule(std::mt19937_64& random, bool with_groups)
{
    RuleProfile rule;
    rule.majority = some_share(random);
    if (random() % 3 == 0) rule.min_participation = some_share(random);
    if (with_groups && random() % 3 == 0) rule.groups.assign(groups_known, groups_known + 1 + random() % 3);
    return rule;
}

/// The members changed so that one more is for it, of those who were there and were not; false when all were.
bool win_one(std::vector<Elector>& electors, std::mt19937_64& random)
{
    std::vector<Elector*> others;
    for (auto& one : electors) {
        if (one.is_present && one.did != Did::approve) others.push_back(&one);
    }
    if (others.empty()) return false;
    others[random() % others.size()]->did = Did::approve;
    return true;
}

/// Whether more approvals could at worst make too few take part: where that share is of something else than
/// of members.
bool counts_members(const std::optional<Threshold>& participation)
{
    return !participation || participation->base == Base::all_members || participation->base == Base::present;
}

BallotsCount box_of(const std::vector<Elector>& electors)
{
    BallotsCount box;
    for (const auto& one : electors) {
        if (!one.is_present || one.did == Did::nothing) continue;
        ++box.issued;
        if (one.did == Did::kept) continue;
        ++box.collected;
        switch (one.did) {
        case Did::approve: ++box.approve; break;
        case Did::oppose: ++box.oppose; break;
        case Did::abstain: ++box.abstain; break;
        default: ++box.invalid; break;
        }
    }
    return box;
}

std::uint32_t present_among(const std::vector<Elector>& electors)
{
    return static_cast<std::uint32_t>(std::ranges::count_if(electors, &Elector::is_present));
}

BOOST_AUTO_TEST_CASE(a_second_implementation_agrees_on_every_motion)
{
    auto random = seeded(20'260'901);
    std::map<Verdict, std::uint64_t> seen;
    for (std::uint64_t round = 0; round < testing::stories(100'000); ++round) {
        const auto rule = some_rule(random, true);
        auto electors = some_electors(random, 4);
        const auto outcome = decided(rule, electors);
        BOOST_REQUIRE((outcome.verdict == by_hand(rule, electors)));
        for (const auto& finding : outcome.findings)
            BOOST_REQUIRE((finding.met == (finding.have >= finding.need && finding.need > 0)));
        ++seen[outcome.verdict];

        std::ranges::shuffle(electors, random);
        BOOST_REQUIRE((decided(rule, electors) == outcome));
        if (!counts_members(rule.min_participation) || !win_one(electors, random)) continue;
        if (outcome.verdict == Verdict::passed)
            BOOST_REQUIRE((decided(rule, electors).verdict == Verdict::passed));
    }
    BOOST_TEST(seen.size() == 3U);
    for (const auto& [verdict, times] : seen)
        BOOST_TEST(times > testing::stories(100'000) / 20);
}

BOOST_AUTO_TEST_CASE(a_second_implementation_agrees_on_ballots)
{
    auto random = seeded(4'411);
    std::map<Verdict, std::uint64_t> seen;
    for (std::uint64_t round = 0; round < testing::stories(100'000); ++round) {
        const auto rule = some_rule(random, false);
        auto electors = some_electors(random, 6);
        auto box = box_of(electors);
        BOOST_REQUIRE(!check_ballots(box).has_value());
        const auto present = present_among(electors);
        auto outcome = decide_ballots(rule, electors.size(), present, box);
        BOOST_REQUIRE((outcome.verdict == by_hand(rule, electors)));
        ++seen[outcome.verdict];

        // Somebody put in ballots that were never given out.
        auto stuffed = box;
        const auto more = 1 + stuffed.issued - stuffed.collected;
        stuffed.collected += more;
        stuffed.approve += more;
        BOOST_REQUIRE((decide_ballots(rule, electors.size(), present, stuffed).verdict ==
                       Verdict::void_more_collected));
        if (!counts_members(rule.min_participation) || !win_one(electors, random)) continue;
        if (outcome.verdict != Verdict::passed) continue;
        outcome = decide_ballots(rule, electors.size(), present, box_of(electors));
        BOOST_REQUIRE((outcome.verdict == Verdict::passed));
    }
    BOOST_TEST(seen.size() == 3U);
    for (const auto& [verdict, times] : seen)
        BOOST_TEST(times > testing::stories(100'000) / 20);
}

BOOST_AUTO_TEST_CASE(rooms_that_count_alone_come_to_the_same)
{
    auto random = seeded(77);
    for (std::uint64_t round = 0; round < testing::stories(20'000); ++round) {
        const auto electors = some_electors(random, 6);
        std::vector<std::vector<Elector>> rooms(1 + random() % 5);
        for (const auto& one : electors)
            rooms[random() % rooms.size()].push_back(one);
        std::vector<BallotsCount> boxes;
        for (const auto& room : rooms)
            boxes.push_back(box_of(room));
        BOOST_REQUIRE((sum_of(std::span<const BallotsCount>(boxes)) == box_of(electors)));
    }
}

BOOST_AUTO_TEST_CASE(nothing_passes_that_nobody_is_for)
{
    for (const auto base :
         {Base::all_members, Base::present, Base::cast, Base::valid, Base::ballots, Base::for_and_against}) {
        RuleProfile rule;
        rule.majority = {2, 3, false, base}; // At least two thirds of nobody are none.
        const auto silent = decide_outcome(rule, 0, {}, {});
        BOOST_TEST((silent.verdict == Verdict::not_passed && silent.findings.at(0).need == 1U));
        BOOST_TEST((decide_ballots(rule, 0, 0, {}).verdict == Verdict::not_passed));
        rule.majority.num = 0;
        BOOST_TEST((decide_outcome(rule, 35, {0, 20, 0, 0}, {}).verdict == Verdict::not_passed));
        BOOST_TEST((decide_outcome(rule, 35, {1, 20, 0, 0}, {}).verdict == Verdict::passed));
    }
    BOOST_TEST((decide_together({{"", 0, 0, {1, 2, false, Base::present}}}).verdict == Verdict::not_passed));
    BOOST_TEST(!decide_signatures({}, {}, 0, {1, 10, false, Base::all_members}).met);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
