#include "protocol/ballot/erasure.hpp"
#include "tests/clients/trustee/holder_program.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(past_meetings)

using namespace plenum;
using namespace plenum::trustee;

// A meeting is over: the share is erased, and that is signed, whatever comes in between.

namespace {

/// A server whose meeting is closed, all its votes opened.
FakeServer closed_server()
{
    auto told = house().told();
    told.view.secret->phase = SecretPhase::opened;
    return FakeServer(std::move(told));
}

/// A program that starts with these keys and hears everything once.
struct Program {
    ballot::RepeatableRandomness randomness{3};
    SecretVotes votes;
    Result<void> heard;

    Program(HeldKeys& keys, FakeServer& server)
        : votes(keys, PersonId{100}, HolderHouse::log(), {}, server.desk(), randomness),
          heard(votes.begin_line(1000))
    {
        AgendaView agenda;
        agenda.meeting = house().meeting;
        agenda.state = MeetingState::archived;
        if (heard) heard = votes.take(server.told.keys);
        if (heard) heard = votes.take(server.told.view);
        if (heard) heard = votes.take(agenda);
    }
};

bool is_signed(const StateErasure& said, const ballot::VerifyKey& key)
{
    const auto& told = house().told().keys;
    ballot::ErasureTerms terms{house().origin, {}, *told.key_holders, 1};
    std::ranges::copy(told.meeting_id, terms.meeting.begin());
    ballot::Signature signature{};
    if (said.statement.size() != signature.size()) return false;
    std::ranges::copy(said.statement, signature.begin());
    return said.meeting == house().meeting && said.key_holders == terms.key_holders &&
           ballot::check_erasure(terms, key, signature).has_value();
}

} // namespace

BOOST_AUTO_TEST_CASE(the_erasure_is_signed_and_then_nothing_of_the_share_stays)
{
    auto server = closed_server();
    auto keys = house().keys();
    const auto key = keys.signing_key().public_key();
    const Program program(keys, server);
    BOOST_TEST(program.heard.has_value());
    BOOST_REQUIRE(server.stated.size() == 1U);
    BOOST_TEST(is_signed(server.stated.front(), key));
    BOOST_TEST(keys.shares.empty());
    BOOST_TEST(program.votes.is_settled(house().meeting));
}

BOOST_AUTO_TEST_CASE(a_program_that_was_stopped_after_erasing_states_it_when_it_runs_again)
{
    auto server = closed_server();
    auto keys = house().keys();
    server.is_line_lost = true;
    {
        const Program stopped(keys, server);
        BOOST_TEST((stopped.heard.error() == make_error_code(Fault::io_error)));
        BOOST_TEST(stopped.votes.is_over(house().meeting));
        BOOST_TEST(!stopped.votes.is_settled(house().meeting));
    }
    BOOST_TEST(server.stated.empty());
    BOOST_REQUIRE(keys.shares.size() == 1U);
    BOOST_TEST(keys.shares.front().is_erased());
    server.is_line_lost = false;
    const Program again(keys, server);
    BOOST_TEST(again.heard.has_value());
    BOOST_TEST(server.stated.size() == 1U);
    BOOST_TEST(keys.shares.empty());
    BOOST_TEST(!server.has_said("the record of the ceremony is not the one"));
    BOOST_TEST(!server.has_said("NOT opened"));
}

BOOST_AUTO_TEST_CASE(what_is_on_record_already_is_not_stated_again)
{
    auto server = closed_server();
    server.told.keys.erased = {PersonId{100}};
    auto keys = house().keys();
    keys.shares.front().erase(); // Stopped after the server had taken it.
    const Program program(keys, server);
    BOOST_TEST(server.stated.empty());
    BOOST_TEST(keys.shares.empty());
    BOOST_TEST(program.votes.is_settled(house().meeting));
}

BOOST_AUTO_TEST_CASE(a_refusal_is_told_and_the_statement_kept_for_the_next_line)
{
    auto server = closed_server();
    server.refusal = LocalText{"稍后", "later"};
    auto keys = house().keys();
    Program program(keys, server);
    BOOST_TEST(server.has_said("the server did not take the statement of erasure: later"));
    BOOST_TEST(program.votes.is_settled(house().meeting)); // There is nothing to wait for on this line.
    BOOST_REQUIRE(keys.shares.size() == 1U);
    BOOST_REQUIRE(program.votes.take(server.told.keys).has_value());
    BOOST_TEST(server.stated.size() == 1U);
    server.refusal.reset();
    BOOST_REQUIRE(program.votes.begin_line(1000).has_value());
    BOOST_REQUIRE(program.votes.take(server.told.keys).has_value());
    BOOST_TEST(server.stated.size() == 2U);
    BOOST_TEST(keys.shares.empty());
}

BOOST_AUTO_TEST_CASE(nothing_is_stated_that_is_not_in_the_file)
{
    auto server = closed_server();
    server.can_keep = false;
    auto keys = house().keys();
    const Program program(keys, server);
    BOOST_TEST(program.heard.has_error());
    BOOST_TEST(server.stated.empty());
}

BOOST_AUTO_TEST_CASE(an_erased_share_opens_nothing)
{
    FakeServer server(house().told());
    auto keys = house().keys();
    keys.shares.front().erase();
    ballot::RepeatableRandomness randomness(3);
    SecretVotes votes(keys, PersonId{100}, HolderHouse::log(), {}, server.desk(), randomness);
    BOOST_REQUIRE(votes.begin_line(1000).has_value());
    BOOST_REQUIRE(votes.take(server.told.keys).has_value());
    BOOST_REQUIRE(votes.take(server.told.view).has_value());
    BOOST_TEST(server.given.empty());
    BOOST_TEST(server.said.empty());
}

BOOST_AUTO_TEST_SUITE_END()
