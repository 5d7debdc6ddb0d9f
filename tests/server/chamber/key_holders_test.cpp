#include "tests/server/chamber/key_house.hpp"

BOOST_AUTO_TEST_SUITE(key_holders)

using namespace plenum;
using namespace plenum::chamber;
using enum RefusalCode;

// Who holds the keys of secret votes, and how they make the election key: what is taken, what is refused, and
// that everything begins again when somebody lies.

BOOST_AUTO_TEST_CASE(holders_make_the_key_step_by_step_and_everybody_is_shown_the_same_four_numbers)
{
    KeyHouse keys;
    keys.join_all();
    BOOST_TEST((keys.view().phase == CeremonyPhase::committing));
    keys.commit_all();
    BOOST_TEST((keys.view().phase == CeremonyPhase::opening));
    keys.open_all();
    BOOST_TEST((keys.view().phase == CeremonyPhase::agreeing));
    BOOST_TEST(keys.view().words.empty());
    keys.agree_all();

    const auto view = keys.view();
    BOOST_TEST((view.phase == CeremonyPhase::made));
    BOOST_TEST(view.words.size() == 19U); // Four numbers of four digits.
    BOOST_REQUIRE((view.election_key && view.key_holders));
    ballot::CeremonyTranscript transcript;
    for (const auto& holder : view.holders) {
        transcript.commits.push_back(testing::KeyTable::message(*holder.commit));
        transcript.opens.push_back(testing::KeyTable::message(*holder.open));
        transcript.agrees.push_back(testing::KeyTable::message(*holder.agree));
    }
    const auto made = ballot::check_transcript(testing::KeyTable::terms(keys.state.origin, view), transcript);
    BOOST_REQUIRE(made.has_value());
    BOOST_TEST(
        (Bytes(made->election_key.bytes.begin(), made->election_key.bytes.end()) == *view.election_key));
    BOOST_TEST((made->key_holders == *view.key_holders));
    BOOST_TEST((ballot::four_words(made->key_holders) == view.words));
    BOOST_TEST((keys.replayed() == state_hash(keys.state)));

    const auto shown = snapshot(keys.state, keys.members[0]);
    BOOST_REQUIRE(shown.keys.size() == 1U);
    BOOST_TEST(shown.keys.front().words == view.words);
}

BOOST_AUTO_TEST_CASE(only_lawful_holders_are_appointed)
{
    KeyHouse keys;
    const auto lawful = keys.appointment();
    struct Row {
        const char* what;
        AppointKeyHolders command;
        RefusalCode code;
    };
    std::vector<Row> rows;
    const auto row = [&](const char* what, RefusalCode code,
                         const std::function<void(AppointKeyHolders&)>& change) {
        auto command = lawful;
        change(command);
        rows.push_back({what, command, code});
    };
    row("one alone", keys_wrong, [](auto& c) { c.persons.resize(1); });
    row("one twice", keys_wrong, [](auto& c) { c.persons[1] = c.persons[0]; });
    row("half opens", keys_wrong, [](auto& c) { c.threshold = 1; });
    row("more than there are", keys_wrong, [](auto& c) { c.threshold = 4; });
    row("somebody without the office", not_key_holder,
        [&](auto& c) { c.persons[0] = *keys.members[0].person; });
    row("nobody known", no_such_record, [](auto& c) { c.persons[0] = PersonId{9'999}; });
    row("nobody decided it", invalid_text, [](auto& c) { c.decided_by.clear(); });
    for (const auto& [what, command, code] : rows)
        BOOST_TEST((keys.refused_as(keys.secretary, command) == code), what);
    BOOST_TEST((keys.refused_as(keys.chair, lawful) == not_allowed));
    BOOST_TEST(
        (keys.refused_as(keys.holders[0], JoinCeremony{keys.meeting, keys.table.key(0)}) == keys_wrong));
    keys.act(keys.secretary, lawful);
    BOOST_TEST((keys.view().phase == CeremonyPhase::joining));
}

BOOST_AUTO_TEST_CASE(each_step_is_taken_in_order_once_and_only_from_its_holder)
{
    KeyHouse keys;
    keys.act(keys.secretary, keys.appointment());
    const auto join = [&](const Bytes& key) { return JoinCeremony{keys.meeting, key}; };
    BOOST_TEST((keys.refused_as(keys.holders[0], join(Bytes(31, 1))) == keys_wrong));
    keys.act(keys.holders[0], join(keys.table.key(0)));
    BOOST_TEST((keys.refused_as(keys.holders[1], join(keys.table.key(0))) == keys_wrong));
    BOOST_TEST((keys.refused_as(keys.holders[0], join(keys.table.key(0))) == nothing_to_do));
    BOOST_TEST((keys.refused_as(keys.holders[0], CommitToKey{keys.meeting, Bytes(10, 1)}) == wrong_state));
    keys.act(keys.holders[1], join(keys.table.key(1)));
    keys.act(keys.holders[2], join(keys.table.key(2)));

    const auto stranger = keys.holder_named("外人");
    const auto first = CommitToKey{keys.meeting, keys.table.commit(keys.state.origin, keys.view(), 0)};
    BOOST_TEST((keys.refused_as(stranger, first) == not_key_holder));
    BOOST_TEST((keys.refused_as(keys.holders[1], first) == keys_wrong)); // Somebody else's message.
    keys.act(keys.holders[0], first);
    BOOST_TEST((keys.refused_as(keys.holders[0], first) == nothing_to_do));
    BOOST_TEST((keys.refused_as(keys.secretary, first) == not_allowed));
    keys.act(keys.holders[1],
             CommitToKey{keys.meeting, keys.table.commit(keys.state.origin, keys.view(), 1)});
    keys.act(keys.holders[2],
             CommitToKey{keys.meeting, keys.table.commit(keys.state.origin, keys.view(), 2)});

    auto changed = keys.opening(0);
    changed.parts.at(30) ^= 1;
    BOOST_TEST((keys.refused_as(keys.holders[0], changed) == keys_wrong));
    auto flipped = keys.opening(0);
    flipped.message.at(20) ^= 1;
    BOOST_TEST((keys.refused_as(keys.holders[0], flipped) == keys_wrong));
    keys.open_all();
    auto other = keys.answer(0);
    other.message.back() ^= 1;
    BOOST_TEST((keys.refused_as(keys.holders[0], AgreeToKey{keys.meeting, other.message}) == keys_wrong));
    keys.agree_all();
    BOOST_TEST(
        (keys.refused_as(keys.holders[0], JoinCeremony{keys.meeting, keys.table.key(3)}) == wrong_state));
    BOOST_TEST((keys.refused_as(keys.secretary, RestartCeremony{keys.meeting, "重来"}) == wrong_state));
}

BOOST_AUTO_TEST_CASE(only_the_holder_reads_the_parts_that_are_for_it)
{
    KeyHouse keys;
    keys.join_all();
    keys.commit_all();
    keys.act(keys.holders[1], keys.opening(1));
    const auto parts = ask(keys.state, keys.holders[0], ReadParts{keys.meeting}, keys.blob_source());
    BOOST_REQUIRE(parts.has_value());
    BOOST_TEST(parts->parts[0].empty()); // Its own.
    BOOST_TEST(parts->parts[1].size() == std::tuple_size_v<ballot::SealedShare>);
    BOOST_TEST(parts->parts[2].empty()); // Not opened yet.
    const auto third = ask(keys.state, keys.holders[2], ReadParts{keys.meeting}, keys.blob_source());
    BOOST_TEST((third->parts[1] != parts->parts[1]));
    for (const auto& other : {keys.secretary, keys.chair, keys.members[0]}) {
        const auto refused = ask(keys.state, other, ReadParts{keys.meeting}, keys.blob_source());
        BOOST_TEST((refused.error().code == not_allowed));
    }
}

BOOST_AUTO_TEST_CASE(a_wrong_part_is_proven_and_the_ceremony_begins_again_with_the_liar_named)
{
    KeyHouse keys;
    keys.join_all();
    keys.commit_all();
    const auto wrong = keys.table.lie(keys.state.origin, keys.view(), 2);
    keys.act(keys.holders[0], keys.opening(0));
    keys.act(keys.holders[1], keys.opening(1));
    keys.act(keys.holders[2], OpenKey{keys.meeting, wrong.message, wrong.parts});

    const auto complaint = keys.answer(0);
    BOOST_REQUIRE(complaint.is_complaint);
    BOOST_TEST(
        (keys.refused_as(keys.holders[1], ComplainOfKey{keys.meeting, complaint.message}) == keys_wrong));
    keys.act(keys.holders[0], ComplainOfKey{keys.meeting, complaint.message});
    const auto view = keys.view();
    BOOST_TEST(view.attempt == 2U);
    BOOST_TEST((view.phase == CeremonyPhase::committing));
    BOOST_REQUIRE(view.restart.has_value());
    BOOST_TEST((view.restart->at_fault == keys.holders[2].person));
    BOOST_TEST((view.restart->complained == keys.holders[0].person));
    keys.commit_all();
    keys.open_all();
    keys.agree_all();
    BOOST_TEST((keys.view().phase == CeremonyPhase::made));
    BOOST_TEST(!keys.view().restart.has_value());
    BOOST_TEST((keys.replayed() == state_hash(keys.state)));
}

BOOST_AUTO_TEST_CASE(the_office_lets_it_begin_again_and_old_messages_do_not_fit)
{
    KeyHouse keys;
    keys.join_all();
    const auto old = CommitToKey{keys.meeting, keys.table.commit(keys.state.origin, keys.view(), 0)};
    BOOST_TEST((keys.refused_as(keys.secretary, RestartCeremony{keys.meeting, ""}) == invalid_text));
    keys.act(keys.secretary, RestartCeremony{keys.meeting, "一台设备没有电了"});
    BOOST_TEST((keys.refused_as(keys.holders[0], old) == keys_wrong));
    keys.commit_all();
    keys.open_all();
    keys.agree_all();
    const auto first = keys.view();
    BOOST_TEST((first.phase == CeremonyPhase::made));

    keys.act(keys.secretary, keys.appointment(3)); // Others, or the same anew: another key.
    BOOST_TEST((keys.view().phase == CeremonyPhase::joining));
    BOOST_TEST(keys.view().attempt == 3U);
    for (std::size_t i = 0; i < keys.holders.size(); ++i)
        keys.act(keys.holders[i], JoinCeremony{keys.meeting, keys.table.key(i)});
    keys.commit_all();
    keys.open_all();
    keys.agree_all();
    BOOST_TEST((keys.view().key_holders != first.key_holders));
    BOOST_TEST((keys.replayed() == state_hash(keys.state)));
}

BOOST_AUTO_TEST_SUITE_END()
