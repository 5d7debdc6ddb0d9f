#include "tests/clients/trustee/holder_program.hpp"

#include "protocol/ballot/make_ballot.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(lies)

using namespace plenum;
using namespace plenum::trustee;

// Every way in which a server could lie to a key holder about one sealed box. Whatever it says, no share
// leaves, nothing is written into the ledger, and the person at the device is told why.

namespace {

/// One holder before what one server tells.
struct Trial {
    HeldKeys keys;
    FakeServer server;
    ballot::RepeatableRandomness randomness{5};
    SecretVotes votes;

    Trial(const HolderHouse& house, Told told, HolderChoices choices = {})
        : keys(house.keys()), server(std::move(told)),
          votes(keys, PersonId{100}, HolderHouse::log(), std::move(choices), server.desk(), randomness)
    {}

    void run()
    {
        BOOST_REQUIRE(votes.begin_line(1000).has_value());
        BOOST_REQUIRE(votes.take(server.told.keys).has_value());
        BOOST_REQUIRE(votes.take(server.told.view).has_value());
    }
};

struct Lie {
    const char* name;
    std::function<void(Told&)> tell;
    const char* said; ///< part of what the holder is told; empty: the vote is no business of this holder
};

void try_all(std::span<const Lie> lies, const HolderChoices& choices = {})
{
    for (const auto& lie : lies) {
        BOOST_TEST_CONTEXT(lie.name)
        {
            auto told = house().told();
            lie.tell(told);
            Trial trial(house(), std::move(told), choices);
            trial.run();
            trial.server.now_ms += 600'000;
            BOOST_TEST(trial.votes.look_again().has_value());
            BOOST_TEST(trial.server.given.empty());
            BOOST_TEST(trial.keys.given.size() == 0U);
            BOOST_TEST((*lie.said == '\0' || trial.server.has_said(lie.said)));
            for (const auto& words : trial.server.said)
                BOOST_TEST_MESSAGE(lie.name << ": " << words.en);
        }
    }
}

Bytes flipped(Bytes bytes, std::size_t at)
{
    bytes.at(at) ^= 1;
    return bytes;
}

/// A question that differs, put in the place of the one that was asked.
std::function<void(Told&)> asked(std::function<void(ballot::Question&)> change)
{
    return [change](Told& told) {
        auto question = house().question;
        change(question);
        house().tell_question(told, question);
    };
}

std::function<void(Told&)> acknowledged(std::function<void(std::vector<ballot::Acknowledgement>&)> change)
{
    return [change](Told& told) {
        auto all = house().acknowledgements;
        change(all);
        house().tell_acknowledgements(told, all);
    };
}

/// A box that differs, with root, figures and digest to match.
std::function<void(Told&)> boxed(std::function<void(ballot::BoxContent&)> change)
{
    return [change](Told& told) {
        auto box = house().box;
        change(box);
        std::ranges::sort(box.ballots, {}, [](const Bytes& b) { return ballot::read_head(b)->pseudonym; });
        house().tell_box(told, box);
    };
}

std::function<void(Told&)> confirmed(std::function<void(std::vector<ballot::Confirmation>&)> change)
{
    return [change](Told& told) {
        auto all = house().confirmations;
        change(all);
        house().tell_confirmations(told, all);
    };
}

ballot::Confirmation confirmation_by(const SigningKey& device)
{
    return ballot::confirm(house().terms(), ballot::BoxTree(house().box).root(), device);
}

} // namespace

BOOST_AUTO_TEST_CASE(about_the_key_and_the_vote)
{
    const Lie lies[] = {
        {"another meeting", [](Told& told) { told.view.secret->meeting_id[3] ^= 1; }, ""},
        {"another vote's id", [](Told& told) { told.view.secret->vote_id[3] ^= 1; }, "another record id"},
        {"another number", [](Told& told) { told.view.id = VoteId{41}; }, "another record id"},
        {"another election key",
         [](Told& told) {
             const auto other = ballot::times_generator(ballot::scalar_of(5));
             told.view.secret->election_key.assign(other.bytes.begin(), other.bytes.end());
         },
         "not the one this device made"},
        {"other key holders", [](Told& told) { told.view.secret->key_holders = sha256("others"); },
         "not the one this device made"},
        {"one holder is enough", [](Told& told) { told.view.secret->threshold = 1; },
         "not the one this device made"},
        {"the transcript of another ceremony",
         [](Told& told) {
             ballot::CeremonyRoom other(2, 3, 99);
             const auto transcript = std::move(other.run().front().transcript);
             for (std::size_t i = 0; i < 3; ++i) {
                 told.keys.holders[i].commit = ballot::encode(transcript.commits[i]);
                 told.keys.holders[i].open = ballot::encode(transcript.opens[i]);
                 told.keys.holders[i].agree = ballot::encode(transcript.agrees[i]);
             }
         },
         "not the one this device agreed to"},
        {"a transcript with a changed message",
         [](Told& told) { told.keys.holders[2].open = flipped(*told.keys.holders[2].open, 40); },
         "not the one this device agreed to"},
        {"no transcript", [](Told& told) { told.keys.holders[1].agree.reset(); },
         "not the one this device agreed to"},
        {"holders in another order",
         [](Told& told) { std::swap(told.keys.holders[1], told.keys.holders[2]); },
         "not the one this device agreed to"},
    };
    try_all(lies);
}

BOOST_AUTO_TEST_CASE(about_the_question)
{
    const Lie lies[] = {
        {"another text", asked([](auto& question) { question.text = sha256("another text"); }),
         "not that of the text shown"},
        {"the text shown is another", [](Told& told) { told.view.text = sha256("shown"); },
         "not that of the text shown"},
        {"not the blob it names",
         [](Told& told) { told.documents.begin()->second = flipped(told.documents.begin()->second, 3); },
         "not that of the text shown"},
        {"another shape", asked([](auto& question) { question.shape.options = 4; }), "another shape"},
        {"the shape shown is another", [](Told& told) { told.view.secret->shape.rows = 2; }, "another shape"},
        {"other labels", asked([](auto& question) { std::swap(question.labels[2], question.labels[3]); }),
         "something else than what is shown"},
        {"another title shown", [](Told& told) { told.view.title = "关于别的决议"; },
         "something else than what is shown"},
        {"no question", [](Told& told) { told.documents.clear(); }, "does not give all files"},
    };
    try_all(lies);
}

BOOST_AUTO_TEST_CASE(about_the_list)
{
    const auto with = [](auto change) {
        return [change](Told& told) {
            auto points = house().list.pseudonyms;
            change(points);
            std::ranges::sort(points);
            house().tell_list(told, points);
        };
    };
    const auto stranger = house().pseudonym_of(house().stranger());
    const Lie lies[] = {
        {"a round that was replayed", [](Told& told) { told.view.secret->roll->round = 1; },
         "not of this round"},
        {"no round", [](Told& told) { told.view.secret->roll->round = 0; }, "cannot be"},
        {"another Gv",
         [](Told& told) {
             const auto other = ballot::times_generator(ballot::scalar_of(9));
             told.view.secret->roll->vote_generator.assign(other.bytes.begin(), other.bytes.end());
         },
         "not of this round"},
        {"Gv is nothing",
         [](Told& told) { told.view.secret->roll->vote_generator.assign(32, std::uint8_t{0}); }, "cannot be"},
        {"another rule", [](Told& told) { told.view.secret->roll->rule = sha256("other"); },
         "not of this round"},
        {"a stranger more", with([&](auto& points) { points.push_back(stranger); }), "one by one"},
        {"a stranger instead of a member", with([&](auto& points) { points[4] = stranger; }),
         "not of this round"},
        {"a member less", with([](auto& points) { points.pop_back(); }), "one by one"},
        {"a list of another root", [](Told& told) { told.view.secret->roll->roll_root = sha256("other"); },
         "not the list consoles signed"},
        {"a list of another length", [](Told& told) { told.view.secret->roll->list_length = 8; },
         "not the list consoles signed"},
        {"a list out of order",
         [](Told& told) {
             auto points = house().list.pseudonyms;
             std::swap(points[0], points[1]);
             told.files[SecretFile::list] = ballot::encode_list(points);
         },
         "the list is none"},
        {"somebody twice",
         [](Told& told) {
             auto points = house().list.pseudonyms;
             points[1] = points[0];
             told.files[SecretFile::list] = ballot::encode_list(points);
         },
         "the list is none"},
        {"more on the list than are there", [](Told& told) { told.view.present = 8; }, "members are present"},
    };
    try_all(lies);
}

BOOST_AUTO_TEST_CASE(about_the_consoles)
{
    const auto stranger = house().stranger();
    const auto device_of = [](const SigningKey& key) {
        const auto bytes = key.public_key();
        return Bytes(bytes.begin(), bytes.end());
    };
    const Lie lies[] = {
        {"one acknowledgement less", acknowledged([](auto& all) { all.pop_back(); }), "did not acknowledge"},
        {"one acknowledgement more", acknowledged([&](auto& all) {
             all.push_back(ballot::acknowledge(house().context, house().build, stranger.device));
         }),
         "forged or not of the list"},
        {"a stranger's acknowledgement instead", acknowledged([&](auto& all) {
             all[2] = ballot::acknowledge(house().context, house().build, stranger.device);
         }),
         "forged or not of the list"},
        {"a forged acknowledgement", acknowledged([](auto& all) { all[3].signature[9] ^= 1; }),
         "forged or not of the list"},
        {"one console ran another program", acknowledged([](auto& all) {
             all[5] = ballot::acknowledge(house().context, sha256("altered"), house().voters[5].device);
         }),
         "ran another program"},
        {"acknowledgements of the round before", acknowledged([](auto& all) {
             auto before = house().context;
             before.round = 1;
             for (std::size_t i = 0; i < all.size(); ++i)
                 all[i] = ballot::acknowledge(before, house().build, house().voters[i].device);
         }),
         "forged or not of the list"},
        {"a person more",
         [](Told& told) {
             told.people.members.push_back({PersonId{50}, "甲", Bytes(32, 1)});
         },
         "one by one"},
        {"a person less", [](Told& told) { told.people.members.pop_back(); }, "one by one"},
        {"two persons with one console",
         [](Told& told) { told.people.members[1].device = told.people.members[0].device; }, "one by one"},
        {"a person twice", [](Told& told) { told.people.members[1].person = told.people.members[0].person; },
         "one by one"},
        {"the server's own console in the place of a member's",
         [&](Told& told) { told.people.members[4].device = device_of(stranger.device); },
         "forged or not of the list"},
    };
    try_all(lies);
    HolderChoices pinned;
    pinned.builds = {sha256("another build")};
    const Lie unpinned[] = {{"no console ran the pinned program", [](Told&) {}, "ran another program"}};
    try_all(unpinned, pinned);
}

BOOST_AUTO_TEST_CASE(about_the_box)
{
    const auto stranger = house().stranger();
    const Lie lies[] = {
        {"a dropped ballot, the root as it was",
         [](Told& told) {
             const auto root = told.view.secret->box->root;
             boxed([](auto& box) { box.ballots.pop_back(); })(told);
             told.view.secret->box->root = root;
         },
         "does not have the root"},
        {"a dropped ballot, the figures as they were",
         [](Told& told) {
             boxed([](auto& box) { box.ballots.pop_back(); })(told);
             ++told.view.secret->box->ballots;
         },
         "other figures"},
        {"a dropped ballot with a root of its own", boxed([](auto& box) { box.ballots.pop_back(); }),
         "no confirmations of this box"},
        {"a dropped ballot, and nobody asked",
         [](Told& told) {
             boxed([](auto& box) { box.ballots.pop_back(); })(told);
             told.files.erase(SecretFile::confirmations);
         },
         "only 0 of 9 consoles confirmed"},
        {"a dropped spoil", boxed([](auto& box) { box.spoils.clear(); }), "no confirmations of this box"},
        {"a file of another digest", [](Told& told) { told.view.secret->box->file = sha256("another file"); },
         "not the file of the box"},
        {"a ballot with a changed byte",
         boxed([](auto& box) { box.ballots[2] = flipped(box.ballots[2], box.ballots[2].size() - 40); }),
         "the proof of ballot 3 does not hold"},
        {"a ballot with another seq", boxed([](auto& box) { box.ballots[0] = flipped(box.ballots[0], 49); }),
         "the proof of ballot 1 does not hold"},
        {"a foreign ballot", boxed([&](auto& box) { box.ballots.push_back(house().ballot(stranger, 1, 5)); }),
         "is of nobody on the list"},
        {"a ballot for a silent member, made without the key", boxed([](auto& box) {
             auto copy = box.ballots[0];
             const auto pseudonym = house().pseudonym_of(house().voters[7]);
             std::ranges::copy(pseudonym.bytes, copy.begin() + 17);
             box.ballots.push_back(copy);
         }),
         "does not hold"},
        {"ballots of another vote",
         [](Told& told) {
             static const HolderHouse other(7, 9, 41);
             other.tell_box(told, other.box);
         },
         "not the file of the box"},
        {"a forged spoil", boxed([](auto& box) { box.spoils[0] = flipped(box.spoils[0], 49); }),
         "not made by its voter"},
        {"a foreign spoil", boxed([&](auto& box) {
             ballot::RepeatableRandomness randomness(3);
             box.spoils = {ballot::encode(
                 ballot::make_spoil(house().terms(), stranger.voting_key.secret(), 5, randomness))};
         }),
         "a spoil is of nobody on the list"},
        {"no box file", [](Told& told) { told.files.erase(SecretFile::box); }, "does not give all files"},
        {"an empty file", [](Told& told) { told.files[SecretFile::box].clear(); }, "not the file of the box"},
    };
    try_all(lies);
}

BOOST_AUTO_TEST_CASE(about_the_confirmations)
{
    const auto stranger = house().stranger();
    const Lie lies[] = {
        {"two thirds and no more", confirmed([](auto& all) { all.resize(6, all.front()); }),
         "only 6 of 9 consoles"},
        {"none", [](Told& told) { told.files.erase(SecretFile::confirmations); }, "only 0 of 9 consoles"},
        {"a stranger's among them", confirmed([&](auto& all) { all[0] = confirmation_by(stranger.device); }),
         "a confirmation is forged"},
        {"a stranger's besides",
         confirmed([&](auto& all) { all.push_back(confirmation_by(stranger.device)); }),
         "a confirmation is forged"},
        {"a forged one", confirmed([](auto& all) { all[4].signature[5] ^= 1; }), "a confirmation is forged"},
        {"one seven times", confirmed([](auto& all) { all.assign(7, all.front()); }),
         "no confirmations of this box"},
        {"those of another root",
         [](Told& told) {
             told.files[SecretFile::confirmations] = ballot::encode_confirmations(
                 house().terms().context, sha256("another root"), house().confirmations);
         },
         "no confirmations of this box"},
    };
    try_all(lies);
}

BOOST_AUTO_TEST_SUITE_END()
