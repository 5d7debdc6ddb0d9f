#include "clients/trustee/keeper.hpp"
#include "protocol/ballot/make_ballot.hpp"
#include "protocol/ballot/statement.hpp"
#include "protocol/ballot/totals.hpp"
#include "tests/clients/trustee/holder_program.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

#include <unistd.h>

BOOST_AUTO_TEST_SUITE(secret_votes)

using namespace plenum;
using namespace plenum::trustee;

// What a key holder's program gives, when, and that it gives it once.

BOOST_AUTO_TEST_CASE(a_box_that_holds_gets_a_share_with_which_the_totals_open)
{
    FakeServer server(house().told());
    auto keys = house().keys();
    Program program(keys, server);
    program.look();
    BOOST_REQUIRE(server.given.size() == 1U);
    const auto& given = server.given.front();
    BOOST_TEST(server.kept == 1U);
    BOOST_TEST(given.confirmed == 9U);
    BOOST_TEST(!given.overridden);
    BOOST_TEST(server.has_said("consoles ran the program " + to_hex(house().build)));

    // The statement is this holder's and speaks of these bytes.
    const ballot::HolderStatement statement{1, 9, false, sha256(given.share)};
    ballot::Signature signature{};
    std::ranges::copy(given.statement, signature.begin());
    BOOST_TEST(
        ballot::check_statement(house().share_terms(), statement, keys.signing_key().public_key(), signature)
            .has_value());

    // With the share of one other holder the totals open: 5 approve, 1 oppose, 1 abstain of 7.
    const auto checked =
        check_box(server.told.view,
                  {server.told.documents.begin()->second, server.told.files[SecretFile::list],
                   server.told.files[SecretFile::acknowledgements], server.told.files[SecretFile::box],
                   server.told.people},
                  *own_election(keys.shares.front(), keys.signing_key().public_key(), server.told.keys), {},
                  program.randomness);
    BOOST_REQUIRE(checked.has_value());
    const auto& election = house().holders.front().keys;
    std::vector<ballot::DecryptionShare> shares;
    shares.push_back(*ballot::decode_share(given.share, checked->sums.size()));
    shares.push_back(ballot::make_share(house().share_terms(), 3, house().holders[2].share, checked->sums,
                                        program.randomness));
    const auto sorted = ballot::sort_shares(house().share_terms(), election, checked->sums, shares);
    BOOST_TEST(sorted.wrong.empty());
    const auto messages = ballot::combine(election, checked->sums, sorted.good).value();
    const auto values =
        ballot::find_totals(house().terms(), 7, messages, ballot::DiscreteLogTable(8)).value();
    const auto totals = ballot::decode_totals(house().terms(), 7, values).value();
    BOOST_TEST((totals.rows == std::vector<std::vector<std::uint32_t>>{{1, 5, 1}}));
}

BOOST_AUTO_TEST_CASE(nothing_is_given_before_the_box_is_sealed_nor_after_it_was_opened)
{
    for (const auto phase : {SecretPhase::to_call, SecretPhase::called, SecretPhase::open,
                             SecretPhase::closed, SecretPhase::opened, SecretPhase::ended}) {
        FakeServer server(house().told());
        server.told.view.secret->phase = phase;
        auto keys = house().keys();
        Program program(keys, server);
        program.look();
        BOOST_TEST(server.given.empty());
    }
}

BOOST_AUTO_TEST_CASE(the_same_box_gets_the_same_bytes_and_another_one_never_anything)
{
    FakeServer server(house().told());
    auto keys = house().keys();
    {
        Program program(keys, server);
        program.look();
        program.look(); // The answer may be on its way: not twice on one line.
        BOOST_TEST(server.given.size() == 1U);
        BOOST_REQUIRE(program.votes.begin_line(1000).has_value());
        program.look(); // The answer was lost with the line.
        BOOST_TEST(server.given.size() == 2U);
    }
    {
        Program again(keys, server);
        again.look();
        BOOST_REQUIRE(server.given.size() == 3U);
        BOOST_TEST((server.given[2].share == server.given[0].share));
        BOOST_TEST((server.given[2].statement == server.given[0].statement));
    }
    // The same vote with one ballot less, every console confirming it, in a program that saw only this one.
    auto other = house().box;
    other.ballots.pop_back();
    house().tell_box(server.told, other);
    std::vector<ballot::Confirmation> confirmations;
    for (const auto& voter : house().voters)
        confirmations.push_back(
            ballot::confirm(house().terms(), server.told.view.secret->box->root, voter.device));
    house().tell_confirmations(server.told, confirmations);
    Program third(keys, server, accepting(house()));
    third.look();
    BOOST_TEST(server.given.size() == 3U);
    BOOST_TEST(server.has_said("another box of this vote"));
}

BOOST_AUTO_TEST_CASE(what_the_server_takes_back_ends_the_vote_for_this_program)
{
    struct Turn {
        const char* said;
        std::function<void(Told&)> before;
        std::function<void(Told&)> after;
    };
    const auto waiting = [](Told& told) { told.files.erase(SecretFile::confirmations); };
    const Turn turns[] = {
        {"two boxes of one vote", waiting, [](Told& told) { told.view.secret->box->root = sha256("other"); }},
        {"two boxes of one vote", waiting, [](Told& told) { --told.view.secret->box->ballots; }},
        {"changed after the vote was opened",
         [](Told& told) {
             told.view.secret->phase = SecretPhase::open;
             told.view.secret->roll->round = 1;
         },
         [](Told&) {}},
        {"two lists of one round",
         [](Told& told) {
             told.view.secret->phase = SecretPhase::called;
             told.view.secret->roll->roll_root = sha256("first");
         },
         [](Told&) {}},
        {"list of an earlier round",
         [](Told& told) {
             told.view.secret->phase = SecretPhase::called;
             told.view.secret->roll->round = 3;
         },
         [](Told&) {}},
    };
    for (const auto& turn : turns) {
        BOOST_TEST_CONTEXT(turn.said)
        {
            FakeServer server(house().told());
            turn.before(server.told);
            auto keys = house().keys();
            Program program(keys, server);
            program.look();
            server.told = house().told();
            turn.after(server.told);
            program.look();
            server.told = house().told();
            program.look();
            BOOST_TEST(server.given.empty());
            BOOST_TEST(server.has_said(turn.said));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_later_round_before_the_opening_is_no_lie)
{
    FakeServer server(house().told());
    server.told.view.secret->phase = SecretPhase::called;
    server.told.view.secret->roll->round = 1;
    server.told.view.secret->roll->roll_root = sha256("the first round");
    auto keys = house().keys();
    Program program(keys, server);
    program.look();
    server.told = house().told();
    program.look();
    BOOST_TEST(server.given.size() == 1U);
}

BOOST_AUTO_TEST_CASE(confirmations_are_waited_for_and_then_the_holder_decides)
{
    const HolderHouse slow(7, 6);
    FakeServer server(slow.told());
    auto keys = slow.keys();
    {
        Program program(keys, server);
        program.look();
        BOOST_TEST(server.given.empty());
        BOOST_TEST(!server.has_said("--accept"));
        // Claimed, but not there.
        BOOST_REQUIRE(program.votes.take(BoxProgress{0, slow.vote, 9, 9}).has_value());
        BOOST_TEST(server.given.empty());
        server.now_ms += 61'000;
        BOOST_REQUIRE(program.votes.look_again().has_value());
        BOOST_TEST(server.has_said("only 6 of 9 consoles confirmed the box"));
        BOOST_TEST(server.has_said("--accept 40:" + root8(slow)));
        BOOST_TEST(server.given.empty());
        // The seventh comes.
        auto all = slow.confirmations;
        all.push_back(ballot::confirm(slow.terms(), slow.share_terms().box_root, slow.voters[8].device));
        slow.tell_confirmations(server.told, all);
        BOOST_REQUIRE(program.votes.take(BoxProgress{0, slow.vote, 7, 9}).has_value());
        BOOST_REQUIRE(server.given.size() == 1U);
        BOOST_TEST(server.given[0].confirmed == 7U);
        BOOST_TEST(!server.given[0].overridden);
    }
    FakeServer other(slow.told());
    auto others_keys = slow.keys();
    Program decided(others_keys, other, accepting(slow));
    decided.look();
    BOOST_REQUIRE(other.given.size() == 1U);
    BOOST_TEST(other.given[0].confirmed == 6U);
    BOOST_TEST(other.given[0].overridden);
}

BOOST_AUTO_TEST_CASE(the_holder_is_told_that_a_console_missed_its_ballot_whenever_it_says_so)
{
    FakeServer server(house().told());
    const auto confirmations = server.told.files.extract(SecretFile::confirmations).mapped();
    auto keys = house().keys();
    Program program(keys, server);
    program.look(); // The box is verified; nobody has said anything of it yet.
    server.told.files[SecretFile::confirmations] = confirmations;
    server.told.view.secret->box->contested = 1;
    program.look();
    BOOST_TEST(server.given.size() == 1U);
    BOOST_TEST(server.has_said("1 consoles did not find in the box what they must"));

    // Also when the news arrives while the share is on its way.
    FakeServer late(house().told());
    auto others_keys = house().keys();
    Program given(others_keys, late);
    given.look();
    BOOST_TEST(late.given.size() == 1U);
    BOOST_TEST(!late.has_said("did not find in the box"));
    late.told.view.secret->box->contested = 1;
    given.look();
    BOOST_TEST(late.has_said("1 consoles did not find in the box what they must"));
}

BOOST_AUTO_TEST_CASE(few_ballots_are_opened_only_by_decision)
{
    const HolderHouse few(4);
    FakeServer server(few.told());
    auto keys = few.keys();
    Program program(keys, server);
    program.look();
    BOOST_TEST(server.given.empty());
    BOOST_TEST(server.has_said("only 4 ballots"));
    BOOST_TEST(server.has_said("--accept 40:" + root8(few)));

    auto wrong = accepting(few);
    wrong.accepted.front().root = "00000000";
    Program other_root(keys, server, wrong);
    other_root.look();
    BOOST_TEST(server.given.empty());

    Program decided(keys, server, accepting(few));
    decided.look();
    BOOST_REQUIRE(server.given.size() == 1U);
    BOOST_TEST(!server.given[0].overridden);
}

BOOST_AUTO_TEST_CASE(an_empty_box_needs_no_share)
{
    const HolderHouse none(0);
    FakeServer server(none.told());
    auto keys = none.keys();
    Program program(keys, server, accepting(none));
    program.look();
    BOOST_TEST(server.given.empty());
    BOOST_TEST(server.has_said("nothing to open"));
}

BOOST_AUTO_TEST_CASE(another_attempt_of_what_was_opened_is_opened_only_by_decision)
{
    FakeServer server(house().told());
    auto keys = house().keys();
    Program first(keys, server);
    first.look();
    BOOST_TEST(server.given.size() == 1U);

    const HolderHouse second(7, 9, 60);
    server.told = second.told();
    server.told.view.attempt = 2;
    server.told.view.first_attempt = house().vote;
    Program program(keys, server);
    program.look();
    BOOST_TEST(server.given.size() == 1U);
    BOOST_TEST(server.has_said("an earlier attempt was opened"));
    Program decided(keys, server, accepting(second));
    decided.look();
    BOOST_TEST(server.given.size() == 2U);
    BOOST_TEST(keys.given.size() == 2U);
}

BOOST_AUTO_TEST_CASE(the_same_question_again_is_another_attempt_whatever_the_server_calls_it)
{
    FakeServer server(house().told());
    auto keys = house().keys();
    Program program(keys, server);
    program.look();
    BOOST_TEST(server.given.size() == 1U);

    const HolderHouse second(7, 9, 60);
    server.told = second.told();
    BOOST_REQUIRE(!server.told.view.first_attempt.has_value());
    program.look();
    BOOST_TEST(server.given.size() == 1U);
    BOOST_TEST(server.has_said("an earlier attempt was opened"));
}

/// The program was started again, and the server says nothing of what was opened before.
BOOST_AUTO_TEST_CASE(a_hidden_repeat_is_known_to_a_program_that_was_started_again)
{
    const auto folder = std::filesystem::temp_directory_path();
    const auto path = folder / ("plenum-repeat-" + std::to_string(::getpid()));
    const KeyFile file(path.string());
    FakeServer server(house().told());
    {
        auto keys = house().keys();
        Program program(keys, server);
        program.look();
        BOOST_TEST(server.given.size() == 1U);
        BOOST_TEST_REQUIRE(file.create(keys, "a passphrase").has_value());
    }
    const HolderHouse second(7, 9, 60);
    server.told = second.told();
    server.given.clear();
    BOOST_REQUIRE(!server.told.view.first_attempt.has_value());
    auto keys = file.open("a passphrase");
    std::filesystem::remove(path);
    BOOST_TEST_REQUIRE(keys.has_value());
    Program program(*keys, server);
    program.look();
    BOOST_TEST(server.given.empty());
    BOOST_TEST(server.has_said("an earlier attempt was opened"));
    Program decided(*keys, server, accepting(second));
    decided.look();
    BOOST_TEST(server.given.size() == 1U);
}

BOOST_AUTO_TEST_CASE(nothing_leaves_before_it_stands_in_the_file)
{
    FakeServer server(house().told());
    server.can_keep = false;
    auto keys = house().keys();
    Program program(keys, server);
    BOOST_TEST((program.votes.take(server.told.view).error() == make_error_code(Fault::not_durable)));
    BOOST_TEST(server.given.empty());
    BOOST_TEST(!program.votes.look_again().has_value());
    BOOST_TEST(server.given.empty());
    server.can_keep = true;
    BOOST_TEST(program.votes.look_again().has_value());
    BOOST_TEST(server.given.size() == 1U);
    BOOST_TEST(server.kept == 1U);
}

BOOST_AUTO_TEST_CASE(a_line_that_is_lost_on_the_way_changes_nothing)
{
    FakeServer server(house().told());
    auto keys = house().keys();
    Program program(keys, server);
    server.is_line_lost = true;
    BOOST_TEST((program.votes.take(server.told.view).error() == make_error_code(Fault::io_error)));
    server.is_line_lost = false;
    program.look();
    BOOST_TEST(server.given.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_file_that_changes_while_it_is_read_is_read_again)
{
    FakeServer server(house().told());
    auto keys = house().keys();
    unsigned changes = 0;
    const auto all = house().confirmations;
    server.before_page = [&](const ReadSecretFile& wanted) {
        if (wanted.file != SecretFile::confirmations || wanted.from == 0 || ++changes > 2) return;
        house().tell_confirmations(server.told, {all.begin(), all.end() - changes});
    };
    Program program(keys, server);
    program.look();
    BOOST_REQUIRE(server.given.size() == 1U);
    BOOST_TEST(server.given[0].confirmed == 7U);

    // One that never holds still is not given.
    FakeServer restless(house().told());
    auto others_keys = house().keys();
    restless.before_page = [&](const ReadSecretFile& wanted) {
        if (wanted.file == SecretFile::box) restless.told.files[SecretFile::box].back() ^= 1;
    };
    Program other(others_keys, restless);
    other.look();
    BOOST_TEST(restless.given.empty());
}

BOOST_AUTO_TEST_CASE(a_share_the_server_calls_wrong_is_not_sent_again)
{
    FakeServer server(house().told());
    server.told.view.secret->box->shares[0].wrong = true;
    auto keys = house().keys();
    Program program(keys, server);
    program.look();
    BOOST_TEST(server.given.empty());
    BOOST_TEST(server.has_said("says that the share of this device is wrong"));
}

/// After a crash of the server the consoles confirm again first.
BOOST_AUTO_TEST_CASE(a_refusal_is_told_and_the_same_share_offered_again_a_little_later)
{
    FakeServer server(house().told());
    server.refusal = LocalText{"确认不足", "too few confirmations"};
    auto keys = house().keys();
    Program program(keys, server);
    program.look();
    BOOST_TEST(program.votes.look_again().has_value());
    BOOST_TEST(server.given.size() == 1U);
    BOOST_TEST(server.has_said("too few confirmations"));
    server.refusal.reset();
    server.now_ms += 5'000;
    BOOST_TEST(program.votes.look_again().has_value());
    BOOST_TEST(program.votes.look_again().has_value());
    BOOST_REQUIRE(server.given.size() == 2U);
    BOOST_TEST((server.given[0].share == server.given[1].share));
    BOOST_TEST(server.kept == 1U);
}

BOOST_AUTO_TEST_CASE(a_restored_file_refuses_what_was_prepared_before_it_came_back)
{
    auto keys = house().keys();
    keys.shares.front().refused_before = HeldShare::refused_all;
    FakeServer server(house().told());
    Program program(keys, server, accepting(house()));
    BOOST_TEST(keys.shares.front().refused_before == 1000U);
    BOOST_TEST(server.kept == 1U);
    program.look();
    BOOST_TEST(server.given.empty());
    BOOST_TEST(server.has_said("came back from a backup"));

    const HolderHouse later(7, 9, 1001);
    server.told = later.told();
    program.look();
    BOOST_TEST(server.given.size() == 1U);
}

BOOST_AUTO_TEST_CASE(shares_are_erased_when_the_meeting_is_over_and_no_box_waits)
{
    FakeServer server(house().told());
    server.told.files.erase(SecretFile::confirmations);
    auto keys = house().keys();
    Program program(keys, server);
    program.look();
    AgendaView agenda;
    agenda.meeting = house().meeting;
    agenda.state = MeetingState::in_session;
    BOOST_REQUIRE(program.votes.take(agenda).has_value());
    agenda.state = MeetingState::closed;
    BOOST_REQUIRE(program.votes.take(agenda).has_value());
    BOOST_TEST(keys.shares.size() == 1U); // A box waits.
    BOOST_TEST(!program.votes.is_over(house().meeting));
    server.told.view.secret->phase = SecretPhase::opened;
    program.look();
    BOOST_TEST(keys.shares.empty());
    BOOST_TEST(server.kept == 2U); // Erased, then forgotten once it is on record.
    BOOST_TEST(server.stated.size() == 1U);
    BOOST_TEST(program.votes.is_over(house().meeting));
    BOOST_TEST(program.votes.is_settled(house().meeting));
    BOOST_TEST(server.has_said("the share of this device is erased"));
    server.told = house().told();
    program.look();
    BOOST_TEST(server.given.empty());
}

BOOST_AUTO_TEST_CASE(an_acceptance_names_vote_and_root)
{
    BOOST_TEST((acceptance_of("40:00ab12cd") == Acceptance{VoteId{40}, "00ab12cd"}));
    for (const auto* text : {"", "40", "40:", ":00ab12cd", "40:00ab12c", "40:00ab12cdf", "40:00AB12CD",
                             "x:00ab12cd", "40 :00ab12cd", "-1:00ab12cd"})
        BOOST_TEST(!acceptance_of(text).has_value(), text);
}

BOOST_AUTO_TEST_SUITE_END()
