#include "tests/end_to_end/secret_hall.hpp"

#include <boost/test/unit_test.hpp>

// A member's console that lies to the server: each ballot is refused in words, and what counted stays.

namespace plenum::replay {
namespace {

constexpr std::size_t members = 5;

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
}

} // namespace
} // namespace plenum::replay
