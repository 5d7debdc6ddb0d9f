#include "tests/server/chamber/secret_house.hpp"
#include "tests/support/effort.hpp"

#include <functional>
#include <set>

// Every order in which the steps of a secret vote can be tried, over the real decide and apply: six members,
// three key holders of whom two suffice, two attempts, a member who leaves, a server that seals either of two
// boxes and asks for shares of either, a holder who errs, a key that is lost. After each step the promises
// are asked for, and a crash: what is read back from the entries is what was there. In which order ballots
// and spoils can come is tried in secret_boxes_test.cpp.

namespace plenum::chamber {

BOOST_AUTO_TEST_SUITE(secret_explorer)

namespace {

constexpr std::size_t members_there = 6;
constexpr std::size_t holders_there = 3;
constexpr std::uint32_t rounds_max = 2;

/// What the clerk and the voters know beside the state, and what must stay as it was.
struct Story {
    State state;
    std::vector<std::string> entries;
    std::vector<VoteId> attempts;
    std::map<VoteId, std::vector<Bytes>> ballots;
    std::map<VoteId, std::uint32_t> frozen; ///< N, since the vote was opened
    std::map<VoteId, Digest> sealed;        ///< the one root
    std::map<VoteId, ResultView> decided;
};

class Explorer {
public:
    Explorer()
    {
        house_.entries.reserve(256);
        Story story{house_.state, house_.entries, {}, {}, {}, {}, {}};
        enter(story);
        story.attempts.push_back(house_.prepare_secret());
        leave(story);
        visit(story);
    }

    std::size_t stories() const { return seen_.size(); }
    const std::map<std::string, std::size_t>& taken() const { return taken_; }
    const std::map<std::string, std::size_t>& refused() const { return refused_; }

private:
    void enter(const Story& story)
    {
        house_.state = story.state;
        house_.entries = story.entries;
    }
    void leave(Story& story)
    {
        story.state = house_.state;
        story.entries = house_.entries;
    }

    /// Two stories that agree in this have the same future, whatever numbers were drawn in them.
    std::string outline(const Story& story) const
    {
        std::string text;
        for (const auto id : story.attempts) {
            const auto& vote = story.state.votes.at(id);
            const auto& secret = vote.secret;
            text += std::to_string(static_cast<int>(vote.state)) + (secret.shred_started ? 's' : '-') +
                    (secret.shredded ? 'd' : '-');
            if (id != story.attempts.back()) continue;
            text += secret.roll ? std::to_string(secret.roll->round) : "0";
            text += secret.roll ? std::to_string(secret.roll->length) : "";
            text += secret.sealed ? std::to_string(secret.sealed->ballots) : "n";
            for (const auto& [person, share] : secret.shares)
                text += std::to_string(number(person)) + (share.holds ? '+' : '!');
        }
        return text + std::to_string(story.state.sittings.at(house_.sitting_id).present.size());
    }

    void visit(const Story& story)
    {
        if (!seen_.insert(outline(story)).second) return;
        check_promises(story);
        check_crash(story);
        const auto vote = story.attempts.back();
        step(story, "call", [&](Story&) {
            const auto& roll = house_.state.votes.at(vote).secret.roll;
            if (roll && roll->round >= rounds_max) return false;
            house_.secret.list.reset();
            if (roll_entries(house_.state, vote, {}).size() >= 2) house_.secret.list = house_.drawn(vote);
            return tried(house_.chair, CallRoll{vote, {}});
        });
        step(story, "leaves", [&](Story&) {
            if (house_.state.sittings.at(house_.sitting_id).present.size() < members_there) return false;
            return tried(house_.members.at(members_there - 1), SignOut{house_.sitting_id});
        });
        step(story, "open", [&](Story& next) { return opens(next, vote, true); });
        step(story, "open without one signature", [&](Story& next) { return opens(next, vote, false); });
        step(story, "close", [&](Story&) { return tried(house_.chair, CloseVote{vote}); });
        step(story, "void", [&](Story&) {
            return tried(house_.chair, VoidVote{vote, VoidReason::equipment_failure, "停电"});
        });
        step(story, "retry", [&](Story& next) { return retries(next, vote); });
        step(story, "announce", [&](Story&) { return tried(house_.chair, AnnounceVote{vote}); });
        server_steps(story, vote);
        shares(story, vote);
    }

    /// What the server does by itself, or would like to.
    void server_steps(const Story& story, VoteId vote)
    {
        step(story, "seal", [&](Story& next) { return seals(next, vote, 0); });
        step(story, "seal without a ballot", [&](Story& next) { return seals(next, vote, 1); });
        step(story, "totals", [&](Story& next) {
            if (!is_openable(house_.state, vote)) return false;
            auto values = found(next, vote);
            values.front() += 1;
            BOOST_TEST(decide_totals(house_.state, vote, values).has_error());
            values.front() -= 1;
            if (!written(decide_totals(house_.state, vote, values))) return false;
            next.decided.emplace(vote, *house_.state.votes.at(vote).result);
            return true;
        });
        step(story, "totals too early", [&](Story& next) {
            if (is_openable(house_.state, vote) || !next.sealed.contains(vote)) return false;
            return written(decide_totals(house_.state, vote, {0}));
        });
        step(story, "shred", [&](Story&) { return written(decide_shred(house_.state, vote)); });
        step(story, "shredded", [&](Story&) { return written(decide_shredded(house_.state, vote)); });
        step(story, "key lost", [&](Story&) { return written(decide_key_lost(house_.state, vote)); });
    }

    /// Shares of the root that stands in the record, of the other box there could be, and wrong ones.
    void shares(const Story& story, VoteId vote)
    {
        for (std::size_t holder = 0; holder < holders_there; ++holder) {
            step(story, "share", [&](Story& next) { return gives(next, vote, holder, false, false); });
            step(story, "share of another root",
                 [&](Story& next) { return gives(next, vote, holder, true, false); });
        }
        step(story, "wrong share", [&](Story& next) { return gives(next, vote, 1, false, true); });
    }

    void step(const Story& from, const std::string& name, const std::function<bool(Story&)>& act)
    {
        enter(from);
        auto next = from;
        if (!act(next)) return;
        leave(next);
        taken_[name] += 1;
        visit(next);
    }

    bool tried(const Actor& by, const Command& command)
    {
        if (const auto refusal = house_.attempt(by, command)) {
            refused_[std::string(codec::enum_name(refusal->code))] += 1;
            return false;
        }
        return true;
    }
    bool written(const Decided& decided)
    {
        if (!decided) {
            refused_[std::string(codec::enum_name(decided.error().code))] += 1;
            return false;
        }
        house_.write_down(Actor{}, *decided);
        return true;
    }

    bool opens(Story& next, VoteId vote, bool complete)
    {
        const auto& roll = house_.state.votes.at(vote).secret.roll;
        house_.secret.acknowledgements.clear();
        if (roll && house_.state.votes.at(vote).state == VoteState::prepared) house_.acknowledge(vote);
        if (!complete && !house_.secret.acknowledgements.empty()) house_.secret.acknowledgements.pop_back();
        if (!tried(house_.chair, OpenVote{vote})) return false;
        BOOST_TEST(complete);
        next.frozen[vote] = house_.state.votes.at(vote).secret.roll->length;
        house_.ballots.clear();
        house_.cast_all(vote, 2, 1, 0);
        next.ballots[vote] = house_.ballots;
        return true;
    }

    bool retries(Story& next, VoteId vote)
    {
        if (next.attempts.size() == 2) return false;
        const auto retry = house_.decide(house_.chair, RetryVote{vote, std::nullopt});
        if (!retry) return tried(house_.chair, RetryVote{vote, std::nullopt});
        next.attempts.push_back(VoteId{house_.act(house_.chair, RetryVote{vote, std::nullopt})});
        return true;
    }

    bool seals(Story& next, VoteId vote, std::size_t dropped)
    {
        if (!next.ballots.contains(vote)) return false;
        house_.ballots = next.ballots.at(vote);
        house_.ballots.resize(house_.ballots.size() - dropped);
        house_.spoils.clear();
        const auto box = house_.collected(vote);
        if (!written(decide_sealed(house_.state, box))) return false;
        BOOST_TEST(next.sealed.emplace(vote, box.root).second);
        return true;
    }

    bool gives(const Story& next, VoteId vote, std::size_t holder, bool other_root, bool wrong)
    {
        if (!next.sealed.contains(vote) || house_.state.votes.at(vote).state != VoteState::closed)
            return false;
        const auto& secret = house_.state.votes.at(vote).secret;
        house_.ballots = next.ballots.at(vote);
        house_.ballots.resize(secret.sealed->ballots);
        house_.spoils.clear();
        house_.collected(vote);
        house_.confirm(vote, next.frozen.at(vote));
        auto terms = share_terms(house_.state, vote);
        if (other_root) terms.box_root = sha256("another box");
        auto sums = house_.sums(vote);
        if (wrong) sums.front().alpha = ballot::generator();
        const auto confirmed = static_cast<std::uint32_t>(house_.secret.confirmations.size());
        const auto command = house_.table.give(house_.state.origin, house_.view(), holder, vote, terms, sums,
                                               confirmed, false);
        if (!tried(house_.holders.at(holder), command)) return false;
        BOOST_TEST(!other_root);
        const auto& given = house_.state.votes.at(vote).secret.shares.at(*house_.holders.at(holder).person);
        BOOST_TEST(given.holds == !wrong);
        return true;
    }

    std::vector<std::uint64_t> found(const Story& next, VoteId vote)
    {
        house_.ballots = next.ballots.at(vote);
        return house_.found(vote);
    }

    void check_promises(const Story& story) const
    {
        for (const auto id : story.attempts) {
            const auto& vote = story.state.votes.at(id);
            const auto& secret = vote.secret;
            if (const auto n = story.frozen.find(id); n != story.frozen.end())
                BOOST_TEST(vote.electorate.size() == n->second);
            if (secret.sealed) BOOST_TEST((secret.sealed->root == story.sealed.at(id)));
            if (secret.shredded) BOOST_TEST((vote.result || vote.void_reason));
            if (vote.void_reason) BOOST_TEST((vote.state == VoteState::voided));
            BOOST_TEST(vote.result.has_value() == story.decided.contains(id));
            if (!vote.result) continue;
            const auto& tally = vote.result->tally;
            BOOST_TEST(tally.approve + tally.oppose + tally.abstain == secret.sealed->ballots);
            BOOST_TEST(secret.sealed->ballots + tally.not_pressed == story.frozen.at(id));
            BOOST_TEST(tally.approve == std::min<std::uint32_t>(2, secret.sealed->ballots));
            BOOST_TEST(vote.result->totals->holders.size() == 2U);
        }
    }

    /// At every step; where a sanitizer watches, at some.
    void check_crash(const Story& story)
    {
        if (testing::is_watched && seen_.size() % 16 != 0) return;
        enter(story);
        BOOST_TEST((house_.replayed() == state_hash(story.state)));
    }

    SecretHouse house_{8, members_there};
    std::set<std::string> seen_;
    std::map<std::string, std::size_t> taken_;
    std::map<std::string, std::size_t> refused_;
};

} // namespace

BOOST_AUTO_TEST_CASE(no_order_of_the_steps_breaks_a_promise)
{
    const Explorer explorer;
    BOOST_TEST_MESSAGE(explorer.stories() << " stories");
    for (const auto& [name, times] : explorer.taken())
        BOOST_TEST_MESSAGE("  " << name << ": " << times);
    for (const auto& [code, times] : explorer.refused())
        BOOST_TEST_MESSAGE("  refused " << code << ": " << times);
    for (const auto* step :
         {"call", "leaves", "open", "close", "void", "retry", "announce", "seal", "seal without a ballot",
          "totals", "shred", "shredded", "key lost", "share", "wrong share"}) {
        BOOST_TEST(explorer.taken().contains(step), step);
    }
    for (const auto* never : {"open without one signature", "totals too early", "share of another root"})
        BOOST_TEST(!explorer.taken().contains(never), never);
    for (const auto* code : {"roll_incomplete", "roll_differs", "root_differs"})
        BOOST_TEST(explorer.refused().contains(code), code);
    BOOST_TEST(explorer.stories() > 300U);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::chamber
