#include "tests/end_to_end/key_ceremony.hpp"
#include "tests/end_to_end/secret_hall.hpp"

#include <thread>

// `plenum-trustee`: key holders, each with a program and a file of his or her own, make the election
// key of a meeting over real sockets.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(trustee_test)

namespace {

BOOST_AUTO_TEST_CASE(three_programs_make_the_election_key_and_the_record_proves_it)
{
    auto stage = Stage::make({"plenum-test/trustee", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    BOOST_REQUIRE(stage->serve().has_value());
    KeyCeremony ceremony(std::move(*stage));
    ceremony.prepare();
    for (int holder = 1; holder <= 3; ++holder)
        BOOST_REQUIRE(ceremony.init(holder).has_value());
    BOOST_TEST(!ceremony.init(1).has_value()); // A key is never overwritten.

    std::vector<Child> programs;
    for (int holder = 1; holder <= 3; ++holder)
        programs.push_back(ceremony.hold(holder));
    for (auto& program : programs)
        BOOST_TEST(*program.wait(ceremony_patience) == 0);

    const auto view = ceremony.shown();
    BOOST_TEST((view.phase == CeremonyPhase::made));
    BOOST_TEST(view.words.size() == 19U);
    for (int holder = 1; holder <= 3; ++holder) {
        const auto said = read_text(ceremony.file("said" + std::to_string(holder)));
        BOOST_TEST(said.find(view.words) != std::string::npos, said);
        BOOST_TEST(said.find("a long passphrase") == std::string::npos);
    }
    // Once it is made a holder who comes again has nothing left to do.
    auto again = ceremony.hold(2);
    BOOST_TEST(*again.wait(ceremony_patience) == 0);

    write_line(ceremony.file("passphrase3"), "another passphrase");
    auto stranger = ceremony.hold(3);
    BOOST_TEST(*stranger.wait(ceremony_patience) == 1);
    BOOST_TEST(read_text(ceremony.file("said3")).find("not its passphrase") != std::string::npos);

    BOOST_REQUIRE(ceremony.stage.stop().has_value());
    const auto bundle = ceremony.file("bundle.plenum");
    BOOST_REQUIRE(ceremony.stage.run("plenum", {"export", "--data", ceremony.stage.data(), "--out", bundle})
                      .has_value());
    BOOST_TEST(ceremony.stage.run("plenum-audit", {"verify", bundle}).has_value());
}

/// Those whose device has not come, by the names the office's screen shows.
std::vector<std::string> awaited(const KeyHoldersView& view)
{
    std::vector<std::string> names;
    for (const auto& holder : view.holders)
        if (!holder.key) names.push_back(holder.name);
    return names;
}

KeyHoldersView shown_when(KeyCeremony& ceremony, const std::function<bool(const KeyHoldersView&)>& holds)
{
    const auto until = std::chrono::steady_clock::now() + ceremony_patience;
    for (;;) {
        auto view = ceremony.shown();
        if (holds(view)) return view;
        BOOST_REQUIRE(std::chrono::steady_clock::now() < until);
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

// All who were appointed make the key together. One who does not come is named, and replaced by the body.
BOOST_AUTO_TEST_CASE(one_of_five_is_absent_named_and_replaced)
{
    constexpr int absent = 5;
    constexpr int replacement = 6;
    auto stage = Stage::make({"plenum-test/five", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    BOOST_REQUIRE(stage->serve().has_value());
    KeyCeremony ceremony(std::move(*stage), 5, 3);
    ceremony.prepare();
    std::vector<Child> programs;
    for (const int holder : {1, 2, 3, 4}) {
        BOOST_REQUIRE(ceremony.init(holder).has_value());
        programs.push_back(ceremony.hold(holder));
    }
    const auto waiting =
        shown_when(ceremony, [](const KeyHoldersView& view) { return awaited(view).size() == 1; });
    BOOST_TEST((waiting.phase == CeremonyPhase::joining));
    BOOST_TEST(awaited(waiting) == std::vector<std::string>{"持有人5"}, boost::test_tools::per_element());
    std::this_thread::sleep_for(std::chrono::seconds(2));
    BOOST_TEST((ceremony.shown().phase == CeremonyPhase::joining)); // Nobody goes on without him or her.
    for (auto& program : programs)
        BOOST_TEST(program.is_running());

    {
        Hall hall(ceremony.stage.endpoint());
        BOOST_REQUIRE(hall.enter({*ceremony.stage.code(Role::secretary)}).has_value());
        ceremony.add_holder(hall);
        auto persons = ceremony.holders;
        persons.erase(persons.begin() + absent - 1);
        ceremony.appoint(hall, persons);
    }
    BOOST_REQUIRE(ceremony.init(replacement).has_value());
    programs.push_back(ceremony.hold(replacement));
    for (auto& program : programs)
        BOOST_TEST(*program.wait(ceremony_patience) == 0);
    const auto made = ceremony.shown();
    BOOST_TEST((made.phase == CeremonyPhase::made));
    BOOST_TEST(made.threshold == 3U);
    BOOST_TEST(made.holders.size() == 5U);
    for (const int holder : {1, 2, 3, 4, replacement}) {
        const auto said = read_text(ceremony.file("said" + std::to_string(holder)));
        BOOST_TEST(said.find(made.words) != std::string::npos, said);
    }
    BOOST_REQUIRE(ceremony.stage.stop().has_value());
}

// Three of five open a box while two are gone; two alone do not.
BOOST_AUTO_TEST_CASE(three_of_five_are_enough_for_a_vote)
{
    constexpr std::size_t members = 7;
    SecretHall hall(members, Between::nothing, {5, 3});
    const auto vote = hall.open_vote();
    std::vector<std::pair<std::size_t, Bytes>> ballots;
    for (std::size_t voter = 0; voter < members; ++voter)
        ballots.emplace_back(voter, hall.ballot(vote, voter, static_cast<Choice>(voter % 3)));
    const auto replies = hall.send(vote, ballots);
    for (std::size_t voter = 0; voter < members; ++voter)
        hall.note(vote, voter, replies[voter]);
    for (const int gone : {2, 4, 5})
        hall.stop_holder(gone);
    hall.close(vote);
    hall.confirm(vote);
    const auto given = [](const VoteView& view) {
        return std::ranges::count_if(view.secret->box->shares, &ShareView::given);
    };
    hall.shown_when(vote, [&](const VoteView& view) { return given(view) == 2; });
    std::this_thread::sleep_for(std::chrono::seconds(1));
    BOOST_TEST((hall.shown(vote).state == VoteState::closed));
    hall.start_holder(4);
    const auto announced = hall.decided(vote);
    BOOST_TEST((announced.result->tally == hall.expected()));
    BOOST_TEST(announced.result->totals->holders.size() == 3U);
    hall.stop();
    hall.check_exports();
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
