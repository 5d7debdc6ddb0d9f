#include "tests/server/clerk/secret_hall.hpp"

#include <algorithm>

// The process is killed at every step of a secret vote in turn. People go on from what their screens show;
// nothing that anybody has a receipt for is lost, nothing happens twice, and the key is gone in the end.

BOOST_AUTO_TEST_SUITE(secret_crash)

using namespace plenum;
using namespace plenum::clerk;
using namespace plenum::clerk::testing;

namespace {

constexpr std::size_t members = 5;
constexpr std::size_t spoiler = 3;
constexpr std::size_t silent = 4;

/// The hall with what people still know after the server died.
struct LongVote : SecretHall {
    std::optional<Bytes> spoiled; ///< receipt
    std::optional<SpoilBallot> spoil;

    LongVote() : SecretHall(members) {}

    /// What anybody has left to do in the present phase.
    void go_on()
    {
        switch (phase()) {
        case SecretPhase::to_call: return call();
        case SecretPhase::called:
            for (std::size_t i = 0; i < members; ++i)
                BOOST_TEST_REQUIRE(acknowledge(i));
            done(chair(), OpenVote{vote});
            return;
        case SecretPhase::open: return vote_and_close();
        case SecretPhase::sealed: return verify();
        case SecretPhase::closed:
        case SecretPhase::opened:
            desk.tick(100);
            desk.flush();
            return;
        case SecretPhase::ended: BOOST_FAIL("the vote is void");
        }
    }
    bool is_over() const { return record().secret.shredded; }

private:
    void vote_and_close()
    {
        for (std::size_t i = 0; i < silent; ++i) {
            if (!sent[i]) sent[i] = consoles[i].cast(vote, view(), Choice::approve);
            const auto before = receipts[i];
            resend(i);
            BOOST_TEST((before.empty() || before == receipts[i]));
        }
        if (!spoil) spoil = consoles[spoiler].spoil(vote, view());
        const auto answer = asked<BallotAnswer>(console(spoiler), *spoil);
        BOOST_TEST((!spoiled || *spoiled == answer.receipt));
        spoiled = answer.receipt;
        close();
    }
    void verify()
    {
        for (std::size_t i = 0; i < members; ++i)
            confirm(i, i < spoiler);
        for (std::size_t i = 0; i < 2 && phase() == SecretPhase::sealed; ++i) {
            const auto shares = view().box->shares;
            if (!shares.at(i).given) done(holder(i), share(i, members));
        }
        desk.flush();
    }
};

std::size_t entries_of(const LongVote& vote, std::string_view kind)
{
    const auto mark = "\"kind\":\"" + std::string(kind) + '"';
    return static_cast<std::size_t>(std::ranges::count_if(
        vote.desk.store.entries, [&](const auto& entry) { return entry.find(mark) != std::string::npos; }));
}

/// How often the process died on the way; `again`: every process lives that long.
unsigned live_through(LongVote& vote, std::size_t crash_after, bool again = false)
{
    unsigned died = 0;
    vote.desk.crash_after = crash_after;
    for (unsigned turns = 0; !vote.is_over(); ++turns) {
        BOOST_REQUIRE(turns < 200);
        try {
            vote.go_on();
        } catch (const Crash&) {
            ++died;
            vote.restart();
            if (again) vote.desk.crash_after = crash_after;
        }
    }
    vote.desk.crash_after.reset();
    return died;
}

void check_result(const LongVote& vote)
{
    const auto& tally = vote.record().result->tally;
    BOOST_TEST(tally.approve == 3U);
    BOOST_TEST(tally.oppose == 0U);
    BOOST_TEST(tally.not_pressed == 2U);
    BOOST_TEST(vote.record().secret.sealed->spoils == 1U);
    BOOST_TEST(vote.desk.box_keys.empty());
    BOOST_TEST(vote.desk.orders.empty());
    BOOST_TEST(!vote.desk.stopped.has_value());
    for (const auto* kind : {"ballot_box.created", "vote.opened", "vote.closed", "ballot_box.sealed",
                             "vote.decided", "box.shred_started", "box.shredded"})
        BOOST_TEST(entries_of(vote, kind) == 1U, kind);
    // Four ballots and a spoil, each once.
    std::size_t records = 0;
    for (const auto& group : vote.desk.store.sealed)
        records += group.second.size();
    BOOST_TEST(records == 5U);
    // Another process reads the same.
    const auto hash = chamber::state_hash(vote.state());
    chamber::State again;
    Desk world;
    world.store = vote.desk.store;
    world.blobs = vote.desk.blobs;
    const auto blobs = [&](const Digest& digest) -> std::optional<std::string> {
        const auto found = world.blobs.find(digest);
        if (found == world.blobs.end()) return std::nullopt;
        return found->second;
    };
    BOOST_TEST(replay(world.store, blobs, again).has_value());
    BOOST_TEST((chamber::state_hash(again) == hash));
}

} // namespace

BOOST_AUTO_TEST_CASE(killed_at_every_step)
{
    std::size_t crash_after = 0;
    for (unsigned died = 1; died != 0; ++crash_after) {
        BOOST_TEST_CONTEXT("killed after " << crash_after << " steps")
        {
            LongVote vote;
            died = live_through(vote, crash_after);
            check_result(vote);
        }
    }
    BOOST_TEST(crash_after > 50U); // The steps of a whole vote, so that this does not pass for want of any.
    BOOST_TEST_MESSAGE("killed at " << crash_after - 1 << " steps");
}

/// Short lives, one after another. The shortest are long enough to make a key and open a vote, or to write a
/// share down, which no process goes on with for another one.
BOOST_AUTO_TEST_CASE(killed_again_and_again)
{
    for (std::size_t life = 8; life < 20; ++life) {
        BOOST_TEST_CONTEXT("killed every " << life << " steps")
        {
            LongVote vote;
            BOOST_TEST(live_through(vote, life, true) >= 2U);
            check_result(vote);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
