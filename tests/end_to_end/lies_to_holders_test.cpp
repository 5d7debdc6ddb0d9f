#include "protocol/ballot/acknowledgement.hpp"
#include "tests/end_to_end/secret_hall.hpp"

#include <boost/test/unit_test.hpp>

// A server that lies to the key holders' programs about a vote that was held honestly, one class a lie. None
// of them gives a share for it, and says why.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(lies_to_holders_test)

namespace {

constexpr std::size_t members = 9;
constexpr int holders = 3;

/// Says nothing of a sealed box until the lie about it is ready.
class LieToHolders : public Lie {
public:
    explicit LieToHolders(VoteId vote) : vote_(vote) {}

    void change(const Listener& to, VoteView& view) final
    {
        if (to.role != Role::key_holder || view.id != vote_ || !view.secret || !view.secret->box) return;
        if (is_ready_) {
            change(to.person, view);
        } else {
            view.secret->phase = SecretPhase::closed;
            view.secret->box.reset();
        }
    }

    std::optional<boost::json::value> answer(const Listener& from, const Request& request) final
    {
        if (from.role != Role::key_holder) return std::nullopt;
        if (request.method == ReadRoll::method) return people(from.person);
        if (request.method != ReadSecretFile::method) return std::nullopt;
        const auto wanted = from_json<ReadSecretFile>(request.params);
        if (!wanted || wanted->vote != vote_) return std::nullopt;
        const auto file = file_of(from.person, wanted->file);
        if (!file) return std::nullopt;
        return page_of(*file, *wanted);
    }

    void ready() { is_ready_ = true; }

protected:
    virtual void change(PersonId to, VoteView& view) = 0;
    virtual std::optional<Bytes> file_of(PersonId, SecretFile) { return std::nullopt; }
    virtual std::optional<boost::json::value> people(PersonId) { return std::nullopt; }

private:
    const VoteId vote_;
    bool is_ready_ = false; ///< set before the line is told
};

/// Another box than the one the consoles confirmed.
class AnotherBox : public LieToHolders {
public:
    AnotherBox(VoteId vote, const ballot::BallotTerms& terms, const ballot::BoxContent& box)
        : LieToHolders(vote), file_(ballot::encode(terms, box)), root_(ballot::BoxTree(box).root()),
          ballots_(static_cast<std::uint32_t>(box.ballots.size()))
    {}

protected:
    void change(PersonId, VoteView& view) override
    {
        auto& box = *view.secret->box;
        box.root = root_;
        box.file = sha256(file_);
        box.ballots = ballots_;
    }
    std::optional<Bytes> file_of(PersonId, SecretFile file) override
    {
        if (file != SecretFile::box) return std::nullopt;
        return file_;
    }

private:
    Bytes file_;
    Digest root_;
    std::uint32_t ballots_;
};

/// One box to the first holder, another one to the others: with a total of each, the difference is one vote.
class TwoBoxes final : public AnotherBox {
public:
    TwoBoxes(PersonId first, VoteId vote, const ballot::BallotTerms& terms, const ballot::BoxContent& box)
        : AnotherBox(vote, terms, box), first_(first)
    {}

private:
    void change(PersonId to, VoteView& view) override
    {
        if (to != first_) AnotherBox::change(to, view);
    }
    std::optional<Bytes> file_of(PersonId to, SecretFile file) override
    {
        if (to == first_) return std::nullopt;
        return AnotherBox::file_of(to, file);
    }

    PersonId first_;
};

/// A member who does not exist, with a console, a place in the list and an acknowledgement.
class AddedMember final : public LieToHolders {
public:
    AddedMember(SecretHall& hall, VoteId vote) : LieToHolders(vote), people_(hall.people(vote))
    {
        const SigningKey ghost(std::array<std::uint8_t, 32>{7});
        const auto view = *hall.shown(vote).secret;
        auto points = ballot::decode_list(hall.file(vote, SecretFile::list)).value();
        points.push_back(ballot::times_generator(ballot::scalar_of(77)));
        std::ranges::sort(points);
        list_ = ballot::encode_list(points);
        root_ = ballot::roll_root(points);
        length_ = static_cast<std::uint32_t>(points.size());

        auto context = testing::context_of(hall.origin(), view);
        auto all = ballot::decode_acknowledgements(ballot::context_hash(context),
                                                   hall.file(vote, SecretFile::acknowledgements))
                       .value();
        context.roll_root = root_;
        context.list_length = length_;
        all.push_back(ballot::acknowledge(context, testing::SecretConsole::build(), ghost));
        acknowledgements_ = ballot::encode_acknowledgements(ballot::context_hash(context), all);
        people_.members.push_back({PersonId{number(people_.members.back().person) + 1}, "M10",
                                   testing::as_bytes(ghost.public_key())});
    }

private:
    void change(PersonId, VoteView& view) override
    {
        view.present = length_;
        view.secret->roll->roll_root = root_;
        view.secret->roll->list_length = length_;
    }
    std::optional<Bytes> file_of(PersonId, SecretFile file) override
    {
        if (file == SecretFile::list) return list_;
        if (file == SecretFile::acknowledgements) return acknowledgements_;
        return std::nullopt;
    }
    std::optional<boost::json::value> people(PersonId) override { return to_json(people_); }

    Bytes list_;
    Bytes acknowledgements_;
    Digest root_;
    std::uint32_t length_ = 0;
    RollAnswer people_;
};

/// The list of the round before, once it is too late for another.
class OldRound final : public LieToHolders {
public:
    OldRound(VoteId vote, RollView old) : LieToHolders(vote), old_(std::move(old)) {}

private:
    void change(PersonId, VoteView& view) override { view.secret->roll = old_; }

    RollView old_;
};

/// The second attempt of a vote as though it were another one, and nothing of those before it.
class HiddenRepeat final : public Lie {
public:
    explicit HiddenRepeat(VoteId vote) : vote_(vote) {}

    void change(const Listener& to, VoteView& view) override
    {
        if (to.role != Role::key_holder) return;
        if (view.id != vote_) return view.secret.reset();
        view.attempt = 1;
        view.first_attempt.reset();
    }

private:
    VoteId vote_;
};

/// Ballots of most members go nowhere: their consoles get no receipt.
class StarvedBox final : public Lie {
public:
    explicit StarvedBox(std::set<PersonId> victims) : victims_(std::move(victims)) {}

    std::optional<boost::json::value> answer(const Listener& from, const Request& request) override
    {
        if (request.method != CastBallot::method || !victims_.contains(from.person)) return std::nullopt;
        return boost::json::object{};
    }

private:
    std::set<PersonId> victims_;
};

/// A vote in which everybody presses; the line says nothing of its box to the holders.
void vote_up_to_the_box(SecretHall& hall, VoteId vote)
{
    std::vector<std::pair<std::size_t, Bytes>> ballots;
    for (std::size_t voter = 0; voter < hall.voters().size(); ++voter) {
        if (!hall.voters()[voter].is_listed) continue;
        ballots.emplace_back(voter,
                             hall.ballot(vote, voter, voter % 3 == 0 ? Choice::oppose : Choice::approve));
    }
    const auto replies = hall.send(vote, ballots);
    for (std::size_t i = 0; i < ballots.size(); ++i)
        hall.note(vote, ballots[i].first, replies[i]);
    hall.close(vote);
}

void tell(SecretHall& hall, const std::shared_ptr<LieToHolders>& lie)
{
    lie->ready();
    hall.line().tell(lie);
}

/// Each of these holders says why it gives nothing, and the server got nothing from it.
void check_that_nothing_is_given(SecretHall& hall, VoteId vote, const std::map<int, std::string>& reasons)
{
    for (const auto& [holder, words] : reasons)
        hall.wait_for_words(holder, "vote " + std::to_string(number(vote)) + ": !!! NOT opened: " + words);
    const auto view = hall.shown(vote);
    BOOST_TEST((view.secret->phase == SecretPhase::sealed));
    for (const auto& [holder, words] : reasons)
        BOOST_TEST(!view.secret->box->shares.at(static_cast<std::size_t>(holder - 1)).given);
}

ballot::BoxContent box_of(SecretHall& hall, VoteId vote)
{
    const auto terms = testing::terms_of(hall.origin(), *hall.shown(vote).secret);
    return ballot::decode_box(terms, hall.file(vote, SecretFile::box)).value();
}

/// Keeps the box from the holders while the lie is made.
class Silence final : public LieToHolders {
public:
    using LieToHolders::LieToHolders;

private:
    void change(PersonId, VoteView&) override {}
};

VoteId held_honestly(SecretHall& hall)
{
    const auto vote = hall.open_vote();
    hall.line().tell(std::make_shared<Silence>(vote));
    vote_up_to_the_box(hall, vote);
    hall.confirm(vote);
    return vote;
}

/// The server goes back to a list that was drawn before the one consoles signed.
void check_old_round(SecretHall& hall)
{
    const auto vote = hall.prepare();
    hall.call_roll(vote);
    const auto old = *hall.shown(vote).secret->roll;
    hall.call_roll(vote);
    hall.acknowledge_all(vote);
    hall.open(vote);
    hall.line().tell(std::make_shared<Silence>(vote));
    vote_up_to_the_box(hall, vote);
    hall.confirm(vote);
    hall.stop_holder(3);
    tell(hall, std::make_shared<OldRound>(vote, old));
    hall.start_holder(3);
    const std::string older = "the server goes back to the list of an earlier round";
    check_that_nothing_is_given(hall, vote,
                                {{1, older}, {2, older}, {3, "this is not the list consoles signed"}});
    hall.make_void(vote);
}

BOOST_AUTO_TEST_CASE(no_lie_about_list_or_box_gets_a_share)
{
    SecretHall hall(members, Between::lying_line);
    const auto terms_of = [&](VoteId vote) {
        return testing::terms_of(hall.origin(), *hall.shown(vote).secret);
    };
    const std::string not_confirmed = "these are no confirmations of this box";
    BOOST_TEST_CONTEXT("a dropped ballot")
    {
        const auto vote = held_honestly(hall);
        auto box = box_of(hall, vote);
        box.ballots.erase(box.ballots.begin() + 2);
        tell(hall, std::make_shared<AnotherBox>(vote, terms_of(vote), box));
        check_that_nothing_is_given(hall, vote, {{1, not_confirmed}, {2, not_confirmed}, {3, not_confirmed}});
        hall.make_void(vote);
    }
    BOOST_TEST_CONTEXT("two boxes")
    {
        const auto vote = held_honestly(hall);
        auto box = box_of(hall, vote);
        // A member who helps the server made another ballot that was never sent.
        const auto other = hall.ballot(vote, 8, Choice::abstain);
        const auto own = ballot::read_head(other)->pseudonym;
        const auto sent = std::ranges::find_if(
            box.ballots, [&](const Bytes& one) { return ballot::read_head(one)->pseudonym == own; });
        BOOST_REQUIRE((sent != box.ballots.end()));
        *sent = other;
        tell(hall, std::make_shared<TwoBoxes>(hall.holder(1), vote, terms_of(vote), box));
        check_that_nothing_is_given(hall, vote, {{2, not_confirmed}, {3, not_confirmed}});
        // Of the two that are needed there is one.
        hall.shown_when(vote, [](const VoteView& one) { return one.secret->box->shares.at(0).given; });
        hall.make_void(vote);
    }
    BOOST_TEST_CONTEXT("an added member")
    {
        const auto vote = held_honestly(hall);
        // The third holder's program comes late and has seen no other list.
        hall.stop_holder(3);
        tell(hall, std::make_shared<AddedMember>(hall, vote));
        hall.start_holder(3);
        const std::string changed = "the list was changed after the vote was opened";
        check_that_nothing_is_given(
            hall, vote, {{1, changed}, {2, changed}, {3, "an acknowledgement is forged or not of the list"}});
        hall.make_void(vote);
    }
    BOOST_TEST_CONTEXT("an old round") check_old_round(hall);
    BOOST_TEST_CONTEXT("no lie at all")
    {
        hall.line().tell(nullptr);
        const auto vote = hall.open_vote();
        vote_up_to_the_box(hall, vote);
        hall.confirm(vote);
        BOOST_TEST((hall.decided(vote).result->tally == hall.expected()));
    }
    hall.stop();
}

BOOST_AUTO_TEST_CASE(a_starved_box_and_a_vote_again_with_one_member_less_wait_for_the_holders)
{
    SecretHall hall(members, Between::lying_line);
    const auto says = [&](VoteId vote, const std::string& words) {
        for (int holder = 1; holder <= holders; ++holder)
            hall.wait_for_words(holder, "vote " + std::to_string(number(vote)) + ": " + words);
        const auto view = hall.shown(vote);
        BOOST_TEST((view.secret->phase == SecretPhase::sealed));
        for (const auto& share : view.secret->box->shares)
            BOOST_TEST(!share.given);
    };
    BOOST_TEST_CONTEXT("a starved box")
    {
        const auto vote = hall.open_vote();
        std::set<PersonId> victims;
        for (std::size_t voter = 4; voter < members; ++voter)
            victims.insert(hall.voters()[voter].console.person());
        hall.line().tell(std::make_shared<StarvedBox>(victims));
        std::vector<std::pair<std::size_t, Bytes>> ballots;
        for (std::size_t voter = 0; voter < members; ++voter)
            ballots.emplace_back(voter, hall.ballot(vote, voter, Choice::approve));
        const auto replies = hall.send(vote, ballots);
        for (std::size_t voter = 0; voter < members; ++voter) {
            if (voter < 4) {
                hall.note(vote, voter, replies[voter]);
            } else {
                BOOST_TEST(!from_json<BallotAnswer>(replies[voter].message->body).has_value());
                hall.voters()[voter].said.reset();
            }
        }
        hall.line().tell(nullptr);
        hall.close(vote);
        hall.confirm(vote);
        says(vote, "there are only 4 ballots: their total may say who voted how");
        hall.make_void(vote);
    }
    const auto first = hall.open_vote();
    vote_up_to_the_box(hall, first);
    hall.confirm(first);
    hall.shown_when(first, [](const VoteView& one) { return one.state == VoteState::decided; });
    hall.make_void(first);
    auto before = first;
    for (const bool is_hidden : {false, true}) {
        BOOST_TEST_CONTEXT((is_hidden ? "a repeat that is hidden" : "a repeat"))
        {
            const auto again = hall.retry(before);
            before = again;
            // Also from programs that were started again: they know it by their key files.
            for (int holder = 1; is_hidden && holder <= holders; ++holder)
                hall.stop_holder(holder);
            if (is_hidden) hall.line().tell(std::make_shared<HiddenRepeat>(again));
            for (int holder = 1; is_hidden && holder <= holders; ++holder)
                hall.start_holder(holder);
            hall.call_roll(again, {8});
            hall.acknowledge_all(again);
            hall.open(again);
            vote_up_to_the_box(hall, again);
            hall.confirm(again);
            says(again, "an earlier attempt was opened: the difference may say who voted how");
            hall.make_void(again);
        }
    }
    hall.stop();
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
