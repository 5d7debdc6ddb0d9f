#include "clients/link/console.hpp"
#include "tests/end_to_end/secret_hall.hpp"

#include <boost/test/unit_test.hpp>

// A member's console that lies to the server: each ballot is refused in words, and what counted stays.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(lying_console_test)

namespace {

constexpr std::size_t members = 5;

/// What plenum-audit says of the record, which it must find in order.
std::string said_of_record(SecretHall& hall)
{
    const auto bundle = hall.stage().folder() + "/record.plenum";
    const auto exported =
        hall.stage().run("plenum", {"export", "--auditor", "--data", hall.stage().data(), "--out", bundle});
    BOOST_REQUIRE_MESSAGE(exported.has_value(), exported.error().sentence);
    const auto audited = hall.stage().run("plenum-audit", {"verify", bundle, "--lang", "en"});
    BOOST_REQUIRE_MESSAGE(audited.has_value(), audited.error().sentence);
    return *audited;
}

BOOST_AUTO_TEST_CASE(a_console_that_reuses_a_number_or_copies_a_ballot_is_refused)
{
    SecretHall hall(members);
    const auto vote = hall.open_vote();
    std::vector<std::pair<std::size_t, Bytes>> ballots;
    for (std::size_t voter = 0; voter < members; ++voter)
        ballots.emplace_back(voter, hall.ballot(vote, voter, Choice::approve));
    const auto replies = hall.send(vote, ballots);
    for (std::size_t voter = 0; voter < members; ++voter)
        hall.note(vote, voter, replies[voter]);

    const auto view = *hall.shown(vote).secret;
    const auto terms = testing::terms_of(hall.origin(), view);
    auto& liar = hall.voters()[0];
    const auto refusal = [&](const Bytes& bytes) { return hall.send(vote, {{0, bytes}}).front().refusal(); };
    ballot::RepeatableRandomness randomness(99);
    const auto made = [&](const ballot::SecretScalar& key, std::uint32_t seq) {
        return ballot::make_ballot(terms, ballot::choice_of(view.shape.kind, Bytes{2}), key, seq, randomness)
            .value()
            .bytes;
    };

    // Another ballot under a number that was used, with proofs that hold.
    const auto& key = liar.console.voting_secret();
    BOOST_TEST((refusal(made(key, liar.console.last_seq())) == RefusalCode::seq_reused));
    // One of somebody who is not on the list.
    BOOST_TEST((refusal(made(ballot::random_scalar(randomness), 7)) == RefusalCode::ballot_wrong));
    // Another member's ballot under one's own name.
    auto copied = ballots[1].second;
    const auto own = liar.console.pseudonym(view);
    std::ranges::copy(own.bytes, copied.begin() + 17);
    BOOST_TEST((refusal(copied) == RefusalCode::ballot_wrong));
    // The very same bytes again are no lie: the answer may have been lost.
    const auto again = hall.send(vote, {{0, ballots[0].second}}).front();
    BOOST_TEST_REQUIRE(again.is_done(), again.words());
    BOOST_TEST((from_json<BallotAnswer>(again.message->body)->receipt == liar.receipts.front()));

    hall.close(vote);
    hall.confirm(vote);
    BOOST_TEST((hall.decided(vote).result->tally == hall.expected()));
    hall.stop();
    BOOST_TEST(said_of_record(hall).find("another ballot under a number that had one") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_access_code_enrols_one_console_and_a_new_one_ends_the_session_before)
{
    SecretHall hall(members);
    const std::size_t voter = 2;
    const auto person = hall.voters()[voter].console.person();
    const testing::SecretConsole found(hall.origin(), person, 77);
    const auto refused = hall.ask_as(voter, found.enrol(hall.channel(voter)));
    BOOST_TEST((refused.refusal() == RefusalCode::code_spent), refused.words());
    BOOST_TEST(refused.words().find("has enrolled a console already") != std::string::npos);

    const auto code = hall.new_code(voter);
    link::Pool pool;
    link::Console phone(pool);
    BOOST_TEST_REQUIRE(phone.open(hall.stage().endpoint()).has_value());
    const auto hello = phone.hello(code);
    BOOST_TEST_REQUIRE((hello && !hello->is_error));
    const auto channel = from_json<HelloAnswer>(hello->body)->channel;
    const auto enrolled = phone.request(EnrollConsole::method, to_json(found.enrol(channel)));
    BOOST_TEST((enrolled && !enrolled->is_error));
    // Whoever holds the old phone is out, and the old code opens nothing.
    BOOST_TEST(!hall.ask_as(voter, SignOut{hall.sitting()}).message.has_value());
    const testing::SecretConsole third(hall.origin(), person, 78);
    const auto again = phone.request(EnrollConsole::method, to_json(third.enrol(channel)));
    BOOST_TEST_REQUIRE((again && again->is_error));
    BOOST_TEST(again->body.at("data").at("refusal").as_string() == "code_spent");
    hall.stop();
    said_of_record(hall);
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
