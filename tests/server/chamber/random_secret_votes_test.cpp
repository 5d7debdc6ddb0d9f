#include "tests/server/chamber/secret_house.hpp"
#include "tests/support/effort.hpp"

BOOST_AUTO_TEST_SUITE(random_secret_votes_test)

using namespace plenum;
using namespace plenum::chamber;

// Random days of secret votes, from a seed: members come and go, change consoles and keys, votes are called,
// opened, held, voided and lose their keys, in whatever order; the claims below hold after every day.

namespace {

/// What came into the box of one vote, and what must come of it.
struct Cast {
    std::vector<Bytes> ballots;
    std::vector<Bytes> spoils;
    std::map<std::size_t, std::optional<Choice>> counts; ///< by member; nothing once spoiled
};

class Day {
public:
    explicit Day(std::uint64_t seed) : dice_(seed) {}

    SecretHouse house{10, 8};
    std::size_t decided = 0;
    std::size_t voided = 0;

    void step()
    {
        switch (below(12)) {
        case 0: return attend();
        case 1:
        case 2: return prepare();
        case 3:
        case 4:
        case 5: return vote_now();
        case 6: return void_one();
        default: return work();
        }
    }

    /// Whatever happened, a fresh chamber reads the same out of the record.
    void check() const
    {
        BOOST_TEST((house.replayed() == state_hash(house.state)));
        for (const auto& [id, vote] : house.state.votes) {
            if (!vote.result) continue;
            BOOST_TEST(vote.result->tally.present() == vote.electorate.size());
            BOOST_TEST(vote.electorate.size() == vote.secret.roll->length);
        }
    }

private:
    std::size_t below(std::size_t limit)
    {
        std::array<std::uint8_t, 8> drawn{};
        dice_.fill(drawn);
        std::size_t value = 0;
        for (const auto byte : drawn)
            value = value << 8U | byte;
        return value % limit;
    }
    bool one_in(std::size_t times) { return below(times) == 0; }

    void attend()
    {
        const auto member = below(10);
        const auto& actor = house.members[member];
        auto& console = house.consoles[member];
        switch (below(4)) {
        case 0: house.attempt(actor, SignOut{house.sitting_id}); break;
        case 1: house.attempt(actor, SignIn{house.sitting_id}); break;
        case 2: house.attempt(actor, console.enrol(SecretHouse::channel())); break;
        default:
            // A console makes a key once it may register it, and keeps it while a vote needs it.
            if (open_vote() || !house.sitting(house.sitting_id).present.contains(*actor.person) ||
                !house.state.consoles.contains(*actor.person))
                break;
            house.attempt(actor, console.sign_in(house.sitting_id, house.meeting, SecretHouse::channel()));
        }
    }

    void prepare()
    {
        if (waiting_) return;
        if (!voided_.empty() && one_in(2)) {
            waiting_ = VoteId{house.act(house.chair, RetryVote{voided_.back(), std::nullopt})};
            voided_.pop_back();
        } else {
            waiting_ = house.prepare(secret_motion(), std::nullopt);
        }
    }

    bool is_keyed(const CalledRoll& roll, std::size_t member) const
    {
        const auto& console = house.consoles[member];
        if (!roll.devices.contains(console.person()) || !console.is_keyed()) return false;
        const auto list = ballot::decode_list(bytes_of(house.blobs.at(roll.list))).value();
        return std::ranges::binary_search(list, console.pseudonym(house.shown(*open_vote())));
    }

    std::optional<VoteId> open_vote() const { return house.state.sittings.at(house.sitting_id).open_vote; }

    /// The next thing towards an open vote, or in it.
    void vote_now()
    {
        if (const auto open = open_vote()) return in_vote(*open);
        if (!waiting_) return;
        const auto& roll = house.state.votes.at(*waiting_).secret.roll;
        if (!roll || house.phase(*waiting_) != SecretPhase::called || one_in(6)) {
            if (roll_entries(house.state, *waiting_, {}).size() < 5) return;
            house.secret.list = house.drawn(*waiting_);
            house.attempt(house.chair, CallRoll{*waiting_, {}});
            return;
        }
        house.acknowledge(*waiting_);
        if (one_in(5)) house.secret.acknowledgements.pop_back();
        if (house.attempt(house.chair, OpenVote{*waiting_})) return;
        BOOST_TEST(house.vote(*waiting_).electorate.size() == roll->length);
        waiting_.reset();
    }

    void in_vote(VoteId id)
    {
        const auto& vote = house.state.votes.at(id);
        auto& cast = cast_[id];
        const auto member = below(10);
        if (one_in(9)) {
            house.attempt(house.chair, HoldVote{id, "核对"});
        } else if (vote.state == VoteState::held) {
            house.attempt(house.chair, ResumeVote{id});
        } else if (one_in(9)) {
            house.close(id);
        } else if (is_keyed(*vote.secret.roll, member)) {
            const auto counted = cast.counts.find(member);
            house.ballots.clear();
            house.spoils.clear();
            if (counted != cast.counts.end() && counted->second && one_in(4)) {
                house.spoil(id, member);
                counted->second.reset();
            } else {
                const auto choice = static_cast<Choice>(below(3));
                house.cast(id, member, choice);
                cast.counts[member] = choice;
            }
            std::ranges::move(house.ballots, std::back_inserter(cast.ballots));
            std::ranges::move(house.spoils, std::back_inserter(cast.spoils));
        }
    }

    void void_one()
    {
        if (!one_in(4)) return;
        for (const auto& [id, vote] : house.state.votes) {
            if (is_over(vote) || one_in(2)) continue;
            const bool lost = one_in(2) && !decide_key_lost(house.state, id).has_error();
            if (lost) {
                house.write(decide_key_lost(house.state, id));
            } else {
                house.act(house.chair, VoidVote{id, VoidReason::disorder, ""});
            }
            if (waiting_ == id) waiting_.reset();
            voided_.push_back(id);
            ++voided;
            return;
        }
    }

    /// What the clerk and the key holders have to do.
    void work()
    {
        const auto found = box_work(house.state);
        if (!found.to_seal.empty()) return seal(found.to_seal.front());
        if (!found.to_open.empty()) return decide(found.to_open.front());
        if (!found.to_destroy.empty())
            return house.write(decide_shredded(house.state, found.to_destroy.front()));
        if (!found.to_shred.empty()) return house.write(decide_shred(house.state, found.to_shred.front()));
        for (const auto& [id, vote] : house.state.votes) {
            if (vote.state == VoteState::closed && vote.secret.sealed) return give(id);
            if (vote.state == VoteState::decided) {
                house.act(house.chair, AnnounceVote{id});
                return;
            }
        }
    }

    void load(VoteId vote)
    {
        house.ballots = cast_[vote].ballots;
        house.spoils = cast_[vote].spoils;
        house.box = ballot::collect(house.ballots, house.spoils).value();
    }

    void seal(VoteId vote)
    {
        load(vote);
        house.seal(vote);
    }

    void give(VoteId vote)
    {
        load(vote);
        const auto holder = below(3);
        house.secret.confirmations.clear();
        auto share = house.share(vote, holder, true);
        if (one_in(4)) {
            share.share.back() ^= 1; // Signed as it is, and wrong.
            share = house.table.give(holder, vote, share_terms(house.state, vote), share.share, 0, true);
        }
        house.attempt(house.holders[holder], share);
    }

    void decide(VoteId vote)
    {
        load(vote);
        house.decide_found(vote);
        Tally expected;
        for (const auto& [member, choice] : cast_[vote].counts) {
            if (choice == Choice::approve) ++expected.approve;
            if (choice == Choice::oppose) ++expected.oppose;
            if (choice == Choice::abstain) ++expected.abstain;
        }
        expected.not_pressed =
            static_cast<std::uint32_t>(house.vote(vote).electorate.size()) - expected.cast();
        BOOST_TEST((house.vote(vote).result->tally == expected));
        ++decided;
    }

    ballot::RepeatableRandomness dice_;
    std::optional<VoteId> waiting_; ///< prepared
    std::vector<VoteId> voided_;    ///< to be tried again
    std::map<VoteId, Cast> cast_;
};

} // namespace

BOOST_AUTO_TEST_CASE(whatever_happens_to_secret_votes_the_totals_are_those_of_the_ballots_that_count)
{
    std::size_t decided = 0;
    std::size_t voided = 0;
    for (std::uint64_t seed = 1; seed <= testing::stories(9); ++seed) {
        BOOST_TEST_CONTEXT("seed " << seed)
        {
            Day day(seed);
            for (int step = 0; step < 250; ++step)
                day.step();
            day.check();
            decided += day.decided;
            voided += day.voided;
        }
    }
    BOOST_TEST_MESSAGE(decided << " decided, " << voided << " voided");
    BOOST_TEST(decided > testing::stories(12));
    BOOST_TEST(voided > testing::stories(12));
}

BOOST_AUTO_TEST_SUITE_END()
