#include "tests/server/chamber/polling.hpp"
#include "tests/server/chamber/secret_house.hpp"

BOOST_AUTO_TEST_SUITE(rolls)

using namespace plenum;
using namespace plenum::chamber;
using enum RefusalCode;

// Before a secret vote opens: consoles enrol, voting keys are registered after sign-in, the list is drawn,
// and every console on it signs.

BOOST_AUTO_TEST_CASE(a_console_is_enrolled_by_whoever_holds_its_key)
{
    SecretHouse house(9, 6);
    auto& console = house.consoles[6];
    const auto& member = house.members[6];
    const auto lawful = console.enrol(SecretHouse::channel());
    auto forged = lawful;
    forged.proof.at(3) ^= 1;
    BOOST_TEST((house.refused_as(member, forged) == signature_wrong));
    auto elsewhere = lawful;
    elsewhere.channel.at(0) ^= 1;
    BOOST_TEST((house.refused_as(member, elsewhere) == signature_wrong));
    auto cut = lawful;
    cut.device.pop_back();
    BOOST_TEST((house.refused_as(member, cut) == signature_wrong));
    // Another member with the same bytes: the proof is of one person.
    BOOST_TEST((house.refused_as(house.members[7], lawful) == signature_wrong));
    BOOST_TEST((house.refused_as(house.chair, lawful) == not_allowed));
    const auto stranger = as(*house.chair.person, Role::delegate);
    BOOST_TEST((house.refused_as(stranger, lawful) == not_a_member));
    house.act(member, lawful);
    BOOST_TEST((house.refused_as(member, lawful) == nothing_to_do));
    BOOST_TEST((house.refused_as(house.members[7], lawful) == console_not_enrolled));
}

BOOST_AUTO_TEST_CASE(each_access_code_enrols_one_console)
{
    SecretHouse house(9, 6);
    const auto& member = house.members[0];
    const auto person = *member.person;
    const auto first = house.state.consoles.at(person);
    const auto keys = [&] { return house.sitting(house.sitting_id).voting_keys.size(); };
    testing::SecretConsole newer(house.state.origin, person, 99);
    const auto lawful = newer.enrol(SecretHouse::channel());
    BOOST_TEST((house.refused_as(member, lawful) == code_spent));
    BOOST_TEST((house.state.consoles.at(person) == first));
    // Codes for those who have none are none for this member, and neither is another member's.
    house.refused_as(house.secretary, IssueAccessCodes{house.body, std::nullopt});
    house.act(house.secretary, IssueAccessCodes{std::nullopt, *house.members[1].person});
    BOOST_TEST((house.refused_as(member, lawful) == code_spent));

    // The newer console takes the place of the older, and with it the voting key.
    house.act(house.secretary, IssueAccessCodes{std::nullopt, person});
    BOOST_TEST((house.state.consoles.at(person) == first));
    BOOST_TEST(keys() == 6U);
    house.act(member, lawful);
    BOOST_TEST((house.state.consoles.at(person) == newer.device()));
    BOOST_TEST(keys() == 5U);
    // A proof that does not hold spends nothing.
    testing::SecretConsole third(house.state.origin, person, 100);
    house.act(house.secretary, IssueAccessCodes{std::nullopt, person});
    auto forged = third.enrol(SecretHouse::channel());
    forged.proof.at(3) ^= 1;
    BOOST_TEST((house.refused_as(member, forged) == signature_wrong));
    house.act(member, third.enrol(SecretHouse::channel()));
    // The console before it does not come back by the code it once had.
    BOOST_TEST((house.refused_as(member, lawful) == code_spent));
}

BOOST_AUTO_TEST_CASE(a_voting_key_is_registered_by_its_own_console_after_sign_in)
{
    SecretHouse house(9, 6);
    const auto& member = house.members[6];
    auto& console = house.consoles[6];
    const auto registration = [&] {
        return console.sign_in(house.sitting_id, house.meeting, SecretHouse::channel());
    };
    BOOST_TEST((house.refused_as(member, registration()) == not_signed_in));
    house.act(member, SignIn{house.sitting_id});
    BOOST_TEST((house.refused_as(member, registration()) == console_not_enrolled));
    house.enrol(6);
    auto flipped = registration();
    flipped.registration.at(40) ^= 1;
    BOOST_TEST((house.refused_as(member, flipped) == signature_wrong));
    auto elsewhere = registration();
    elsewhere.channel.at(31) ^= 1;
    BOOST_TEST((house.refused_as(member, elsewhere) == signature_wrong));
    auto cut = registration();
    cut.channel.pop_back();
    BOOST_TEST((house.refused_as(member, cut) == signature_wrong));
    const auto lawful = registration();
    BOOST_TEST((house.refused_as(house.members[0], lawful) == signature_wrong)); // Of another console.
    house.act(member, lawful);
    BOOST_TEST((house.refused_as(member, lawful) == nothing_to_do));
    BOOST_TEST((house.refused_as(house.secretary, lawful) == not_allowed));
    const auto key = house.sitting(house.sitting_id).voting_keys.at(*member.person);
    house.act(member, registration()); // A key made anew replaces it.
    BOOST_TEST((house.sitting(house.sitting_id).voting_keys.at(*member.person) != key));
    // It ends with the sign-out.
    house.act(member, SignOut{house.sitting_id});
    BOOST_TEST(!house.sitting(house.sitting_id).voting_keys.contains(*member.person));
    house.act(house.operator_, SignInFor{house.sitting_id, *member.person, AttendanceMode::remote});
    BOOST_TEST((house.refused_as(member, registration()) == not_in_person));
    // And with going over to video.
    house.act(house.operator_, SignInFor{house.sitting_id, *house.members[0].person, AttendanceMode::remote});
    BOOST_TEST(house.sitting(house.sitting_id).voting_keys.size() == 5U);
    BOOST_TEST((house.replayed() == state_hash(house.state)));
    house.act(house.chair, CloseSitting{house.sitting_id});
    BOOST_TEST((house.refused_as(house.members[1],
                                 house.consoles[1].register_again(house.sitting_id, house.meeting,
                                                                  SecretHouse::channel())) == wrong_state));
    BOOST_TEST(house.sitting(house.sitting_id).voting_keys.empty());
}

BOOST_AUTO_TEST_CASE(no_voting_key_before_the_election_key_and_none_of_somebody_else)
{
    KeyHouse early;
    testing::SecretConsole console(early.state.origin, *early.members[0].person);
    early.act(early.secretary, IssueAccessCodes{early.body, std::nullopt});
    early.act(early.members[0], console.enrol(SecretHouse::channel()));
    BOOST_TEST((early.refused_as(early.members[0],
                                 console.sign_in(early.sitting_id, early.meeting, SecretHouse::channel())) ==
                election_key_missing));

    // The same program with the same seed draws the same numbers: its voting key is another member's already.
    SecretHouse house;
    const auto& copied = house.sitting(house.sitting_id).voting_keys.at(*house.members[0].person);
    house.sitting(house.sitting_id).voting_keys.at(*house.members[1].person) = copied;
    BOOST_TEST((house.refused_as(house.members[0],
                                 house.consoles[0].register_again(house.sitting_id, house.meeting,
                                                                  SecretHouse::channel())) == nothing_to_do));
    house.sitting(house.sitting_id).voting_keys.erase(*house.members[0].person);
    BOOST_TEST((house.refused_as(house.members[0], house.consoles[0].register_again(
                                                       house.sitting_id, house.meeting,
                                                       SecretHouse::channel())) == signature_wrong));
}

BOOST_AUTO_TEST_CASE(a_roll_is_called_of_those_in_the_hall_with_a_voting_key)
{
    SecretHouse house(12, 9);
    house.act(house.members[8], SignOut{house.sitting_id});
    house.act(house.members[9], SignIn{house.sitting_id}); // No key.
    house.act(house.operator_,
              SignInFor{house.sitting_id, *house.members[10].person, AttendanceMode::remote});
    const auto vote = house.prepare_secret();
    BOOST_TEST((without_voting_key(house.state, vote) == std::vector{*house.members[9].person}));
    BOOST_TEST(house.shown(vote).without_key == 1U);
    BOOST_TEST(roll_entries(house.state, vote, {}).size() == 8U);
    const auto silent = *house.members[7].person;
    // Somebody who would not be on the list anyway is not left out of it.
    house.call(vote, {silent, *house.members[9].person, silent});
    const auto& roll = *house.vote(vote).secret.roll;
    BOOST_TEST(roll.length == 7U);
    BOOST_TEST((roll.without == std::vector{silent}));
    BOOST_TEST(house.shown(vote).roll->without == 1U);
    house.acknowledge(vote);
    house.open(vote);
    BOOST_TEST(house.vote(vote).electorate.size() == 7U);
    BOOST_TEST(house.vote(vote).by_hands.empty());
    house.cast_all(vote, 6, 0, 0);
    // The quorum is of everybody who is there; N is the list.
    BOOST_TEST((house.finish(vote).tally == Tally{6, 0, 0, 1}));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_roll_is_refused_where_a_vote_could_not_be_opened)
{
    SecretHouse house;
    const auto vote = house.prepare_secret();
    const auto named = house.prepare(motion());
    house.secret.list = house.drawn(vote);
    BOOST_TEST((house.refused_as(house.chair, CallRoll{named, {}}) == wrong_state));
    BOOST_TEST((house.refused_as(house.chair, CallRoll{VoteId{9'999}, {}}) == no_such_record));
    BOOST_TEST((house.refused_as(house.secretary, CallRoll{vote, {}}) == not_allowed));
    house.act(house.chair, OpenVote{named});
    BOOST_TEST((house.refused_as(house.chair, CallRoll{vote, {}}) == another_vote_open));
    house.act(house.chair, VoidVote{named, VoidReason::withdrawn, ""});
    // A list of others, of the wrong length, or none at all.
    auto list = *house.secret.list;
    list.pseudonyms.pop_back();
    house.secret.list = list;
    BOOST_TEST((house.refused_as(house.chair, CallRoll{vote, {}}) == roll_differs));
    house.secret.list.reset();
    BOOST_TEST((house.refused_as(house.chair, CallRoll{vote, {}}) == roll_differs));
    house.secret.list = house.drawn(vote);
    std::swap(house.secret.list->pseudonyms.front(), house.secret.list->pseudonyms.back());
    BOOST_TEST((house.refused_as(house.chair, CallRoll{vote, {}}) == roll_differs));
    house.call(vote);
    house.acknowledge(vote);
    house.open(vote);
    BOOST_TEST((house.refused_as(house.chair, CallRoll{vote, {}}) == wrong_state));
}

// Unanimity of a few says how each of them voted, whatever is encrypted.
BOOST_AUTO_TEST_CASE(small_groups_do_not_vote_in_secret)
{
    SecretHouse house;
    const auto vote = house.prepare_secret();
    const std::vector without{*house.members[0].person, *house.members[1].person, *house.members[2].person};
    house.secret.list = house.drawn(vote, without);
    BOOST_TEST((house.refused_as(house.chair, CallRoll{vote, without}) == too_few_voters));
    house.call(vote, {without[0], without[1]});
    house.acknowledge(vote);
    house.open(vote);
    BOOST_TEST(house.vote(vote).electorate.size() == 5U);
}

BOOST_AUTO_TEST_CASE(a_vote_opens_when_every_console_of_the_list_has_signed_for_who_is_there)
{
    SecretHouse house;
    const auto vote = house.prepare_secret();
    BOOST_TEST((house.refused_as(house.chair, OpenVote{vote}) == roll_differs)); // Not called yet.
    house.call(vote);
    BOOST_TEST((house.refused_as(house.chair, OpenVote{vote}) == roll_incomplete));
    house.acknowledge(vote);
    const auto whole = house.secret;
    const auto refused_with = [&](const auto& change) {
        house.secret = whole;
        change(house.secret);
        const auto code = house.refused_as(house.chair, OpenVote{vote});
        house.secret = whole;
        return code;
    };
    BOOST_TEST((refused_with([](auto& m) { m.acknowledgements.pop_back(); }) == roll_incomplete));
    BOOST_TEST((refused_with([](auto& m) { m.acknowledgements[2].signature[5] ^= 1; }) == roll_incomplete));
    BOOST_TEST(
        (refused_with([](auto& m) { m.acknowledgements[2].build = sha256("other"); }) == roll_incomplete));
    BOOST_TEST((refused_with([](auto& m) { m.acknowledgements.push_back(m.acknowledgements[0]); }) ==
                roll_incomplete));
    BOOST_TEST((refused_with([&](auto& m) {
                    m.acknowledgements[0] = house.consoles[8].acknowledgement(house.shown(vote));
                }) == roll_incomplete));
    BOOST_TEST((refused_with([](auto& m) { m.copies = 0; }) == wrong_state));
    house.secret.acknowledgements.pop_back();
    const auto missing = house.attempt(house.chair, OpenVote{vote});
    BOOST_TEST(says(missing, "1台尚未确认：代表", "1 have not signed"));

    // Who signs out or in, or makes another key, changes the list: the round is worth nothing.
    house.secret = whole;
    house.act(house.members[6], SignOut{house.sitting_id});
    BOOST_TEST((house.refused_as(house.chair, OpenVote{vote}) == roll_differs));
    BOOST_TEST((house.phase(vote) == SecretPhase::to_call));
    house.act(house.members[6], SignIn{house.sitting_id});
    BOOST_TEST((house.refused_as(house.chair, OpenVote{vote}) == roll_differs));
    house.register_key(6);
    BOOST_TEST((house.refused_as(house.chair, OpenVote{vote}) == roll_differs));
    house.call(vote);
    BOOST_TEST(house.shown(vote).roll->round == 2U);
    BOOST_TEST((house.refused_as(house.chair, OpenVote{vote}) == roll_incomplete)); // Of the round before.
    house.acknowledge(vote);
    house.act(house.members[7], SignIn{house.sitting_id}); // Without a key it is not on the list.
    BOOST_TEST((house.phase(vote) == SecretPhase::called));
    house.equip(7);
    BOOST_TEST((house.refused_as(house.chair, OpenVote{vote}) == roll_differs));
    house.call(vote, {*house.members[7].person});
    house.acknowledge(vote);
    house.open(vote);
    BOOST_TEST(house.vote(vote).electorate.size() == 7U);
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(whom_a_new_roster_leaves_out_has_no_voting_key_any_more)
{
    SecretHouse house;
    const auto vote = house.prepare_secret();
    house.call(vote);
    house.acknowledge(vote);
    auto rows = rows_of(9);
    rows.erase(rows.begin() + 3);
    for (auto& row : rows)
        row.person.reset();
    house.act(house.secretary, ImportRoster{house.body, rows});
    BOOST_TEST(!house.sitting(house.sitting_id).voting_keys.contains(*house.members[3].person));
    BOOST_TEST((house.refused_as(house.chair, OpenVote{vote}) == roll_differs));
    house.call(vote);
    house.acknowledge(vote);
    house.open(vote);
    house.cast(vote, 0, Choice::approve);
    BOOST_TEST((house.refused_as(house.secretary, ImportRoster{house.body, rows_of(9)}) == vote_open));
    house.close(vote);
    // The box is closed: what the roster is from now on changes nothing in it.
    rows.pop_back();
    house.act(house.secretary, ImportRoster{house.body, rows});
    house.seal(vote);
    house.confirm(vote, 6);
    house.give(vote, 0);
    house.give(vote, 1);
    house.decide_found(vote);
    BOOST_TEST((house.vote(vote).result->tally == Tally{1, 0, 0, 5}));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_SUITE_END()
