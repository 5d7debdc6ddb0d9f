#include "tests/server/chamber/secret_house.hpp"

BOOST_AUTO_TEST_SUITE(console_builds)

using namespace plenum;
using namespace plenum::chamber;
using enum RefusalCode;

// With which console programs secret votes may be given, and whom that marks.

namespace {

PinConsoleBuilds pinning(const House& house, std::vector<Digest> builds)
{
    return {house.meeting, std::move(builds), "主任会议"};
}

const Digest ours = testing::SecretConsole::build();
const Digest another = sha256("another program");

} // namespace

BOOST_AUTO_TEST_CASE(the_office_puts_on_record_what_the_body_decided)
{
    SecretHouse house;
    BOOST_TEST(!house.view().pinned);
    house.act(house.secretary, pinning(house, {ours, another}));
    BOOST_TEST((house.view().pinned.value() == PinnedBuilds{{ours, another}, "主任会议"}));
    BOOST_TEST((house.refused_as(house.secretary, pinning(house, {ours, another})) == nothing_to_do));
    house.act(house.secretary, pinning(house, {another})); // A newer decision replaces the older.
    BOOST_TEST((house.view().pinned->builds == std::vector{another}));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_pinned_is_refused)
{
    SecretHouse house;
    BOOST_TEST((house.refused_as(house.chair, pinning(house, {ours})) == not_allowed));
    BOOST_TEST((house.refused_as(house.holders[0], pinning(house, {ours})) == not_allowed));
    for (const auto& builds :
         {std::vector<Digest>{}, {ours, ours}, {Digest{}}, std::vector<Digest>(17, ours)})
        BOOST_TEST((house.refused_as(house.secretary, pinning(house, builds)) == keys_wrong));
    auto nobody = pinning(house, {ours});
    nobody.decided_by.clear();
    BOOST_TEST((house.refused_as(house.secretary, nobody) == invalid_text));
    KeyHouse without_holders;
    BOOST_TEST((without_holders.refused_as(without_holders.secretary, pinning(without_holders, {ours})) ==
                keys_wrong));
}

BOOST_AUTO_TEST_CASE(nothing_is_pinned_from_the_opening_of_a_vote_until_its_box_is_opened)
{
    SecretHouse house;
    const auto vote = house.open_secret();
    BOOST_TEST((house.refused_as(house.secretary, pinning(house, {ours})) == vote_open));
    house.cast_all(vote, 4, 2, 1);
    house.finish(vote);
    house.act(house.secretary, pinning(house, {ours}));
    // What was opened before stays as it was.
    BOOST_TEST(!house.shown(vote).programs);
}

BOOST_AUTO_TEST_CASE(consoles_of_another_program_are_counted_when_the_vote_opens)
{
    SecretHouse house;
    house.act(house.secretary, pinning(house, {ours}));
    const auto vote = house.prepare_secret();
    house.call(vote);
    BOOST_TEST((house.shown(vote).programs->pinned == std::vector{ours}));
    BOOST_TEST(house.shown(vote).programs->others == 0U);
    house.acknowledge(vote);
    house.open(vote); // Nobody is kept from voting by it.
    BOOST_TEST(house.shown(vote).programs->others == 0U);

    house.cast_all(vote, 4, 2, 1);
    house.finish(vote);
    house.act(house.chair, AnnounceVote{vote});
    house.act(house.secretary, pinning(house, {another}));
    const auto next = house.open_prepared(house.prepare(secret_motion(), std::nullopt));
    BOOST_TEST(house.shown(next).programs->others == 7U);
    BOOST_TEST((house.shown(next).programs->pinned == std::vector{another}));
    // The vote before goes by what held when it was opened.
    BOOST_TEST((house.shown(vote).programs->pinned == std::vector{ours}));
    BOOST_TEST(house.shown(vote).programs->others == 0U);
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_SUITE_END()
