#include "tests/end_to_end/ambush.hpp"
#include "tests/end_to_end/secret_hall.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

// Real programs killed with SIGKILL at every stage of a secret vote in which they have to keep their word:
// what was acknowledged is there afterwards, nothing counts twice, and the vote goes on to its end.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(secret_kills_test)

namespace {

namespace fs = std::filesystem;

constexpr std::size_t members = 9;

void kill_and_come_back(SecretHall& hall)
{
    hall.kill();
    hall.come_back();
}

std::vector<std::size_t> first_half()
{
    return {0, 1, 2, 3};
}

/// Everybody presses twice, of which the last press counts; one spoils it.
void press(SecretHall& hall, VoteId vote)
{
    for (std::size_t turn = 0; turn < 2; ++turn) {
        std::vector<std::pair<std::size_t, Bytes>> ballots;
        for (std::size_t voter = 0; voter < members; ++voter)
            ballots.emplace_back(voter, hall.ballot(vote, voter, static_cast<Choice>((voter + turn) % 3)));
        const auto replies = hall.send(vote, ballots);
        for (std::size_t voter = 0; voter < members; ++voter)
            hall.note(vote, voter, replies[voter]);
    }
    hall.spoil(vote, 5);
}

/// Every ballot that was acknowledged last has the very same receipt when it is sent again.
void check_receipts(SecretHall& hall, VoteId vote)
{
    std::vector<std::pair<std::size_t, Bytes>> again;
    for (std::size_t voter = 0; voter < members; ++voter)
        again.emplace_back(voter, hall.voters()[voter].console.last_ballot());
    const auto replies = hall.send(vote, again);
    for (std::size_t voter = 0; voter < members; ++voter) {
        hall.note(vote, voter, replies[voter]);
        const auto& receipts = hall.voters()[voter].receipts;
        BOOST_TEST((receipts.back() == receipts[receipts.size() - 2]), "voter " << voter);
    }
}

std::size_t shares_given(const VoteView& view)
{
    const auto& shares = view.secret->box->shares;
    return static_cast<std::size_t>(std::ranges::count_if(shares, &ShareView::given));
}

void check_figures(SecretHall& hall, const VoteView& announced)
{
    BOOST_TEST((announced.result->tally == hall.expected()));
    BOOST_TEST(announced.result->tally.cast() + announced.result->tally.not_pressed == members);
    BOOST_TEST(announced.result->tally.not_pressed == 1U); // Who spoiled.
}

BOOST_AUTO_TEST_CASE(the_server_is_killed_at_every_stage_and_the_vote_goes_on)
{
    SecretHall hall(members);
    const auto vote = hall.prepare();
    hall.call_roll(vote);
    for (const auto voter : first_half())
        BOOST_TEST(hall.acknowledge(vote, voter).is_done());
    kill_and_come_back(hall); // Half of the acknowledgements are in, and gone with its memory.
    BOOST_TEST(!hall.ask_as_chair(OpenVote{vote, {}}).is_done());
    hall.acknowledge_all(vote);
    hall.open(vote);

    press(hall, vote);
    kill_and_come_back(hall);
    check_receipts(hall, vote);
    hall.stop_holder(2);
    hall.stop_holder(3);
    hall.close(vote);
    const auto root = hall.sealed(vote).root;
    kill_and_come_back(hall); // The box is sealed, and nobody has looked into it.
    BOOST_TEST((hall.sealed(vote).root == root));
    hall.confirm(vote, first_half());
    kill_and_come_back(hall); // Some have confirmed it.
    BOOST_TEST((hall.sealed(vote).root == root));
    hall.confirm(vote);

    hall.shown_when(vote, [](const VoteView& one) { return shares_given(one) == 1; });
    kill_and_come_back(hall); // Between two shares.
    BOOST_TEST(shares_given(hall.shown(vote)) == 1U);
    BOOST_TEST((hall.sealed(vote).root == root));

    const auto keys = hall.stage().data() + "/box_keys";
    BOOST_TEST(!fs::is_empty(keys));
    Ambush ambush(keys, "", hall.stage().server_pid());
    hall.start_holder(2);
    BOOST_TEST(ambush.wait()); // The totals are there, and the key of the box is being destroyed.
    hall.kill();
    BOOST_TEST_MESSAGE((fs::is_empty(keys) ? "no" : "some") << " copy of the key was left by the kill");
    hall.come_back();
    const auto announced = hall.decided(vote);
    check_figures(hall, announced);
    BOOST_TEST((announced.secret->box->root == root));
    hall.shown_when(vote, [](const VoteView& one) { return one.secret->shredded; });
    BOOST_TEST(fs::is_empty(keys));
    hall.stop();
    hall.check_exports();
}

BOOST_AUTO_TEST_CASE(a_key_holders_program_is_killed_while_it_gives_its_share)
{
    SecretHall hall(members);
    hall.stop_holder(3); // So that no vote is decided without the second.
    for (const auto delay : {0, 2'000, 20'000}) {
        const auto vote = hall.open_vote();
        press(hall, vote);
        hall.close(vote);
        hall.sealed(vote);
        // Its file of keys is written before the share leaves.
        Ambush ambush(hall.stage().folder(), "keys2", hall.holder_pid(2), std::chrono::microseconds(delay));
        hall.confirm(vote);
        BOOST_TEST(ambush.wait());
        hall.stop_holder(2);
        const auto given = shares_given(hall.shown_when(vote, [](const VoteView& one) {
            return shares_given(one) >= 1 || one.state == VoteState::decided;
        }));
        BOOST_TEST_MESSAGE("killed " << delay << " µs after it began to write; shares given: " << given);
        hall.start_holder(2);
        check_figures(hall, hall.decided(vote));
        const auto said = read_text(hall.holder_file("said", 2));
        BOOST_TEST(said.find("NOT opened") == std::string::npos, said);
    }
    hall.stop();
    hall.check_exports();
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
