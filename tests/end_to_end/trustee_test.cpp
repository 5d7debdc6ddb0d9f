#include "tests/end_to_end/key_ceremony.hpp"

// `plenum-trustee`: three key holders, each with a program and a file of his or her own, make the election
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

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
