#include "server/journal/keys.hpp"
#include "server/journal/posix_file.hpp"
#include "tests/end_to_end/secret_hall.hpp"

#include <boost/test/unit_test.hpp>

// A server that lies to members' consoles, one class a lie. Each is refused, or is there to be seen by the
// chair and by name, while nothing is opened yet.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(lies_to_consoles_test)

namespace {

constexpr std::size_t members = 9;

/// A lie that one member alone is told.
class LieToOne : public Lie {
public:
    explicit LieToOne(PersonId victim) : victim_(victim) {}

    void change(const Listener& to, VoteView& view) override
    {
        if (to.person == victim_ && view.secret && view.secret->roll) change(*view.secret);
    }

protected:
    virtual void change(SecretVoteView& view) = 0;
    PersonId victim() const { return victim_; }

private:
    PersonId victim_;
};

/// Of an election key whose secret the liar has: it could read what is encrypted for it.
class AnotherKey final : public LieToOne {
public:
    using LieToOne::LieToOne;

private:
    void change(SecretVoteView& view) override
    {
        view.election_key = testing::as_bytes(ballot::times_generator(ballot::scalar_of(5)).bytes);
    }
};

/// A list made for one member, who stands in it among strangers: whoever is the only true member of a list is
/// no longer hidden by the others.
class AnotherList final : public LieToOne {
public:
    AnotherList(PersonId victim, const ballot::Point& pseudonym) : LieToOne(victim)
    {
        std::vector<ballot::Point> points{pseudonym};
        for (std::uint64_t stranger = 1; stranger < members; ++stranger)
            points.push_back(ballot::times_generator(ballot::scalar_of(1'000 + stranger)));
        std::ranges::sort(points);
        const auto at = std::ranges::lower_bound(points, pseudonym) - points.begin();
        path_ = ballot::list_paths(points).at(static_cast<std::size_t>(at));
        root_ = ballot::roll_root(points);
    }

    std::optional<boost::json::value> answer(const Listener& from, const Request& request) override
    {
        if (from.person != victim() || request.method != ReadRollPath::method) return std::nullopt;
        return to_json(RollPathAnswer{path_.index, path_.hashes});
    }

private:
    void change(SecretVoteView& view) override { view.roll->roll_root = root_; }

    ballot::ListPath path_;
    Digest root_;
};

/// The list of a round that another has followed.
class OldRound final : public LieToOne {
public:
    OldRound(PersonId victim, RollView old) : LieToOne(victim), old_(std::move(old)) {}

private:
    void change(SecretVoteView& view) override { view.roll = old_; }

    RollView old_;
};

/// Ballots of one member that never reach the box, with a receipt for each.
class SwallowedBallot final : public Lie {
public:
    SwallowedBallot(PersonId victim, SecretVoteView view, std::string origin, const SigningKey& key)
        : victim_(victim), view_(std::move(view)), origin_(std::move(origin)), key_(key)
    {}

    std::optional<boost::json::value> answer(const Listener& from, const Request& request) override
    {
        if (from.person != victim_ || request.method != CastBallot::method) return std::nullopt;
        const auto ballot = from_json<CastBallot>(request.params)->ballot;
        const auto head = ballot::read_head(ballot).value();
        ballot::BallotReceipt receipt;
        receipt.vote = head.vote;
        receipt.context = testing::terms_of(origin_, view_).context;
        receipt.pseudonym = head.pseudonym;
        receipt.seq = head.seq;
        receipt.ballot = sha256(ballot);
        receipt.box = testing::as_array<16>(view_.box_id.value());
        return to_json(
            BallotAnswer{ballot::encode(ballot::sign_receipt(ballot::ReceiptKind::ballot, receipt, key_))});
    }

private:
    PersonId victim_;
    SecretVoteView view_;
    std::string origin_;
    const SigningKey& key_;
};

/// The member's console is refused, and nothing can be opened without it: the chair is told its name.
void check_that_one_is_missing(SecretHall& hall, VoteId vote, std::size_t voter, RefusalCode refusal)
{
    const auto round = hall.shown(vote).secret->roll->round;
    const auto is_newest = [&](const VoteView& view) {
        return view.secret->roll && view.secret->roll->round == round;
    };
    for (std::size_t other = 0; other < members; ++other) {
        if (other != voter) hall.shown_to(other, vote, is_newest);
        const auto reply = hall.acknowledge(vote, other);
        if (other == voter) {
            BOOST_TEST((reply.refusal() == refusal), reply.words());
        } else {
            BOOST_TEST(reply.is_done(), reply.words());
        }
    }
    const auto refused = hall.ask_as_chair(OpenVote{vote, {}});
    BOOST_TEST((refused.refusal() == RefusalCode::roll_incomplete), refused.words());
    BOOST_TEST(refused.words().find("M" + std::to_string(voter + 1)) != std::string::npos, refused.words());
}

BOOST_AUTO_TEST_CASE(another_key_another_list_and_an_old_round_open_no_vote)
{
    SecretHall hall(members, Between::lying_line);
    const auto person = [&](std::size_t voter) { return hall.voters()[voter].console.person(); };
    const auto vote = hall.prepare();

    BOOST_TEST_CONTEXT("another key")
    {
        hall.line().tell(std::make_shared<AnotherKey>(person(3)));
        hall.call_roll(vote);
        const auto key = hall.shown(vote).secret->election_key;
        hall.shown_to(3, vote, [&](const VoteView& view) {
            return view.secret->roll && view.secret->election_key != key;
        });
        check_that_one_is_missing(hall, vote, 3, RefusalCode::signature_wrong);
    }
    BOOST_TEST_CONTEXT("another list")
    {
        hall.line().tell(nullptr);
        hall.call_roll(vote);
        const auto view = *hall.shown(vote).secret;
        const auto pseudonym = hall.voters()[5].console.pseudonym(view);
        hall.line().tell(std::make_shared<AnotherList>(person(5), pseudonym));
        hall.shown_to(5, vote, [&](const VoteView& one) {
            return one.secret->roll->round == view.roll->round &&
                   one.secret->roll->roll_root != view.roll->roll_root;
        });
        check_that_one_is_missing(hall, vote, 5, RefusalCode::signature_wrong);
    }
    BOOST_TEST_CONTEXT("an old round")
    {
        const auto old = *hall.shown(vote).secret->roll;
        hall.line().tell(std::make_shared<OldRound>(person(7), old));
        hall.call_roll(vote);
        hall.shown_to(7, vote, [&](const VoteView& one) { return one.secret->roll->round == old.round; });
        check_that_one_is_missing(hall, vote, 7, RefusalCode::roll_differs);
    }
    // Told the truth, everybody signs.
    hall.line().tell(nullptr);
    hall.acknowledge_all(vote);
    hall.open(vote);
    hall.make_void(vote);
    hall.stop();
}

BOOST_AUTO_TEST_CASE(a_swallowed_ballot_is_missed_before_the_box_is_opened)
{
    constexpr std::size_t victim = 4;
    SecretHall hall(members, Between::lying_line);
    const auto vote = hall.open_vote();
    const auto view =
        *hall.shown_when(vote, [](const VoteView& one) { return one.secret->box_id.has_value(); }).secret;
    const auto person = hall.voters()[victim].console.person();
    std::vector<std::pair<std::size_t, Bytes>> ballots;
    for (std::size_t voter = 0; voter < members; ++voter)
        ballots.emplace_back(voter, hall.ballot(vote, voter, Choice::approve));

    // A receipt by anybody else is none, and the console goes on sending.
    const SigningKey other(std::array<std::uint8_t, 32>{1});
    hall.line().tell(std::make_shared<SwallowedBallot>(person, view, hall.origin(), other));
    const auto forged = hall.send(vote, {ballots[victim]}).front();
    const auto answer = *from_json<BallotAnswer>(forged.message->body);
    BOOST_TEST(!hall.voters()[victim].console.is_receipt(ballot::ReceiptKind::ballot, view, answer,
                                                         hall.server_key()));

    // One by the server's own key is believed, and stands against it for ever.
    const auto data = journal::open_posix_directory(hall.stage().data());
    const auto key = journal::load_log_key(**data, hall.origin());
    BOOST_REQUIRE(key.has_value());
    hall.line().tell(std::make_shared<SwallowedBallot>(person, view, hall.origin(), *key));
    const auto replies = hall.send(vote, ballots);
    for (std::size_t voter = 0; voter < members; ++voter)
        hall.note(vote, voter, replies[voter]);
    hall.line().tell(nullptr);
    hall.close(vote);

    BOOST_TEST(hall.sealed(vote).ballots == members - 1);
    const auto& console = hall.voters()[victim].console;
    const auto shown =
        *hall.shown_to(victim, vote, [](const VoteView& one) { return one.secret->box.has_value(); }).secret;
    const auto proof = hall.proof(vote, victim);
    BOOST_TEST(!console.is_found(shown, proof, true));
    const auto contested = hall.ask_as(victim, ContestBox{vote});
    BOOST_TEST(contested.is_done(), contested.words());
    const auto seen =
        hall.shown_when(vote, [](const VoteView& one) { return one.secret->box->contested == 1; });
    BOOST_TEST((seen.secret->phase == SecretPhase::sealed));

    // Receipt and proof together convince anybody who has the server's key and the root of the box.
    const auto receipt = ballot::decode_receipt(hall.voters()[victim].receipts.back()).value();
    BOOST_TEST(ballot::check_receipt(ballot::ReceiptKind::ballot, receipt, hall.server_key()).has_value());
    const auto absent = ballot::check_proof(ballot::decode_proof(proof.proof).value(), receipt.pseudonym,
                                            seen.secret->box->root);
    BOOST_REQUIRE(absent.has_value());
    BOOST_TEST(!absent->has_value());

    // Key holders are told as well, before they give anything; the others are enough to go on with.
    hall.confirm(vote, {0, 1, 2, 3, 5, 6, 7, 8});
    hall.voters()[victim].said.reset();
    BOOST_TEST((hall.decided(vote).result->tally == hall.expected()));
    hall.wait_for_words(1, "1 consoles did not find in the box what they must");
    hall.stop();
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
