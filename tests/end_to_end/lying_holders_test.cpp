#include "protocol/ballot/statement.hpp"
#include "protocol/ballot/sums.hpp"
#include "tests/end_to_end/lying_holder.hpp"
#include "tests/end_to_end/secret_hall.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

// Key holders that cannot be relied on: one whose file came back from a backup, and one that gives a share
// which does not hold. Each is named while nothing is opened yet, and the two others suffice.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(lying_holders_test)

namespace {

namespace fs = std::filesystem;

constexpr std::size_t members = 9;
constexpr int liar = 3;

void press_and_close(SecretHall& hall, VoteId vote)
{
    std::vector<std::pair<std::size_t, Bytes>> ballots;
    for (std::size_t voter = 0; voter < members; ++voter)
        ballots.emplace_back(voter, hall.ballot(vote, voter, voter < 6 ? Choice::approve : Choice::oppose));
    const auto replies = hall.send(vote, ballots);
    for (std::size_t voter = 0; voter < members; ++voter)
        hall.note(vote, voter, replies[voter]);
    hall.close(vote);
}

const ShareView& share_of(const VoteView& view, int holder)
{
    return view.secret->box->shares.at(static_cast<std::size_t>(holder - 1));
}

/// The sums of the true box by another secret than the holder's, with the holder's signature.
GiveShare wrong_share(SecretHall& hall, VoteId vote, LyingHolder& rogue)
{
    const auto view = *hall.shown(vote).secret;
    const auto terms = testing::terms_of(hall.origin(), view);
    const auto box = ballot::decode_box(terms, hall.file(vote, SecretFile::box)).value();
    const auto sums = ballot::sums_of(terms, box.ballots).value();
    const ballot::ShareTerms share_terms{terms.vote, terms.context, view.box->root};
    const auto number = static_cast<std::uint32_t>(liar);
    const auto made = ballot::make_share(share_terms, number, ballot::random_scalar(rogue.randomness()), sums,
                                         rogue.randomness());
    GiveShare give;
    give.vote = vote;
    give.overridden = true; // Nobody has confirmed yet.
    give.share = ballot::encode(made);
    const ballot::HolderStatement statement{number, give.confirmed, give.overridden, sha256(give.share)};
    give.statement = testing::as_bytes(ballot::sign_statement(share_terms, statement, rogue.key()));
    give.cosignature = cosign(hall.proven(vote), 1'790'000'000, rogue.key());
    return give;
}

BOOST_AUTO_TEST_CASE(a_restored_holder_and_a_lying_one_are_named_and_the_others_suffice)
{
    SecretHall hall(members);
    const auto keys = hall.holder_file("keys", 1);
    fs::copy_file(keys, keys + ".backup");
    BOOST_TEST_CONTEXT("a key file from before a share was given")
    {
        hall.stop_holder(3);
        const auto opened = hall.open_vote();
        press_and_close(hall, opened);
        hall.confirm(opened);
        BOOST_TEST((hall.decided(opened).result->tally == hall.expected()));

        const auto vote = hall.open_vote();
        hall.stop_holder(1);
        fs::copy_file(keys + ".backup", keys, fs::copy_options::overwrite_existing);
        hall.start_holder(1);
        hall.wait_for_words(1, "the key file came back from a backup: no vote prepared before now is opened");
        press_and_close(hall, vote);
        hall.confirm(vote);
        hall.wait_for_words(1, "it was prepared before the key file came back from a backup");
        const auto view = hall.shown_when(vote, [](const VoteView& one) { return share_of(one, 2).given; });
        BOOST_TEST((view.secret->phase == SecretPhase::sealed));
        BOOST_TEST(!share_of(view, 1).given);
        hall.start_holder(3);
        BOOST_TEST((hall.decided(vote).result->tally == hall.expected()));
    }
    BOOST_TEST_CONTEXT("a wrong share")
    {
        hall.stop_holder(liar);
        const auto vote = hall.open_vote();
        press_and_close(hall, vote);
        hall.sealed(vote);
        {
            LyingHolder rogue(hall.stage().endpoint(), hall.holder_file("keys", liar),
                              hall.holder_file("passphrase", liar), hall.holder_file("code", liar));
            rogue.act(wrong_share(hall, vote, rogue));
        }
        const auto view =
            hall.shown_when(vote, [](const VoteView& one) { return share_of(one, liar).wrong; });
        BOOST_TEST((view.secret->phase == SecretPhase::sealed));
        BOOST_TEST(!share_of(view, liar).given);
        hall.confirm(vote);
        BOOST_TEST((hall.decided(vote).result->tally == hall.expected()));
    }
    hall.stop();
    // The record names the holder too, and holds all the same.
    const auto bundle = hall.stage().folder() + "/auditor.plenum";
    const auto exported =
        hall.stage().run("plenum", {"export", "--auditor", "--data", hall.stage().data(), "--out", bundle});
    BOOST_REQUIRE_MESSAGE(exported.has_value(), exported.error().sentence);
    const auto audited = hall.stage().run("plenum-audit", {"verify", bundle});
    BOOST_REQUIRE_MESSAGE(audited.has_value(), audited.error().sentence);
    BOOST_TEST(audited->find("持有人3") != std::string::npos, *audited);
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
