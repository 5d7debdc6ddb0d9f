#include "server/chamber/queries.hpp"
#include "tests/server/chamber/secret_house.hpp"

BOOST_AUTO_TEST_SUITE(erasures)

using namespace plenum;
using namespace plenum::chamber;
using enum RefusalCode;

// When the meeting is over, key holders sign that their shares are erased.

namespace {

StateErasure statement(SecretHouse& house, std::size_t holder)
{
    return house.table.state_erased(house.state.origin, house.view(), holder);
}

void close_meeting(SecretHouse& house)
{
    house.act(house.chair, CloseSitting{house.sitting_id});
    house.act(house.secretary, CloseMeeting{house.meeting});
}

} // namespace

BOOST_AUTO_TEST_CASE(each_holder_states_it_once_when_the_meeting_is_closed_or_archived)
{
    SecretHouse house;
    const auto vote = house.open_secret();
    house.cast_all(vote, 4, 2, 1);
    house.finish(vote);
    house.act(house.chair, AnnounceVote{vote});
    BOOST_TEST((house.refused_as(house.holders[0], statement(house, 0)) == wrong_state));
    close_meeting(house);
    BOOST_TEST(!house.view().erased);
    house.act(house.holders[0], statement(house, 0));
    BOOST_TEST((house.view().erased.value() == std::vector{*house.holders[0].person}));
    BOOST_TEST((house.refused_as(house.holders[0], statement(house, 0)) == nothing_to_do));
    house.act(house.secretary, ArchiveMeeting{house.meeting});
    house.act(house.holders[2], statement(house, 2));
    BOOST_TEST(house.view().erased->size() == 2U);
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(what_the_holder_did_not_sign_is_refused)
{
    SecretHouse house;
    close_meeting(house);
    auto flipped = statement(house, 0);
    flipped.statement.at(3) ^= 1;
    BOOST_TEST((house.refused_as(house.holders[0], flipped) == signature_wrong));
    auto cut = statement(house, 0);
    cut.statement.pop_back();
    BOOST_TEST((house.refused_as(house.holders[0], cut) == signature_wrong));
    BOOST_TEST((house.refused_as(house.holders[1], statement(house, 0)) == signature_wrong));
    auto of_another_key = statement(house, 0);
    of_another_key.key_holders.bytes[0] ^= 1;
    BOOST_TEST((house.refused_as(house.holders[0], of_another_key) == keys_wrong));
    BOOST_TEST((house.refused_as(house.secretary, statement(house, 0)) == not_allowed));
    const auto stranger = house.holder_named("另一人");
    BOOST_TEST((house.refused_as(stranger, statement(house, 0)) == not_key_holder));
}

BOOST_AUTO_TEST_CASE(holders_who_were_replaced_state_it_of_their_own_key)
{
    SecretHouse house;
    const auto vote = house.open_secret();
    house.cast_all(vote, 4, 2, 1);
    house.finish(vote);
    const auto first_key = house.view();
    house.act(house.secretary, house.appointment(3));
    BOOST_TEST(!house.view().key_holders);
    house.act(house.chair, AnnounceVote{vote});
    close_meeting(house);
    house.act(house.holders[0], house.table.state_erased(house.state.origin, first_key, 0));
    BOOST_TEST(house.state.meetings.at(house.meeting).erased.at(*first_key.key_holders).size() == 1U);
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_past_meeting_is_shown_to_the_holder_who_owes_it_and_to_nobody_else)
{
    SecretHouse house;
    close_meeting(house);
    CreateMeeting later{house.body, "下一次会议", 1, 2, {}};
    later.quorum = house.state.meetings.at(house.meeting).quorum;
    house.act(house.secretary, later);
    const auto shows = [&](const Actor& actor) {
        const auto view = snapshot(house.state, actor);
        return std::ranges::any_of(view.keys,
                                   [&](const auto& keys) { return keys.meeting == house.meeting; });
    };
    BOOST_TEST(shows(house.holders[0]));
    BOOST_TEST(!shows(house.secretary));
    house.act(house.holders[0], statement(house, 0));
    BOOST_TEST(!shows(house.holders[0]));
    BOOST_TEST(shows(house.holders[1]));
}

BOOST_AUTO_TEST_SUITE_END()
