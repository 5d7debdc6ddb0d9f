#include "clients/trustee/own_election.hpp"
#include "protocol/ballot/key_holder.hpp"
#include "tests/end_to_end/key_ceremony.hpp"
#include "tests/end_to_end/lying_holder.hpp"
#include "tests/end_to_end/lying_line.hpp"

#include <thread>

// The third of three key holders lies while the election key is made; the programs of the other two are the
// real ones. No key comes out of it, and afterwards one is made with an honest program in the liar's place.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(lying_ceremony_test)

namespace {

constexpr std::uint32_t liar = 3;

KeyCeremony begun()
{
    auto stage = Stage::make({"plenum-test/liar", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    BOOST_REQUIRE(stage->serve().has_value());
    KeyCeremony ceremony(std::move(*stage));
    ceremony.prepare();
    for (int holder = 1; holder <= 3; ++holder)
        BOOST_REQUIRE(ceremony.init(holder).has_value());
    return ceremony;
}

LyingHolder signed_in(const KeyCeremony& ceremony)
{
    return {ceremony.stage.endpoint(), ceremony.file("keys3"), ceremony.file("passphrase3"),
            ceremony.file("code3")};
}

std::string said(const KeyCeremony& ceremony, int holder)
{
    return read_text(ceremony.file("said" + std::to_string(holder)));
}

void wait_for_words(const KeyCeremony& ceremony, int holder, const std::string& words)
{
    const auto until = std::chrono::steady_clock::now() + ceremony_patience;
    while (said(ceremony, holder).find(words) == std::string::npos) {
        BOOST_REQUIRE_MESSAGE(std::chrono::steady_clock::now() < until, said(ceremony, holder));
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

void take_commits(ballot::CeremonySeat& seat, const KeyHoldersView& view)
{
    for (std::uint32_t holder = 1; holder < liar; ++holder) {
        const auto message = ballot::decode_message(view.holders[holder - 1].commit.value());
        BOOST_REQUIRE(seat.take_commit(message.value()).has_value());
    }
}

Bytes joined(const std::vector<ballot::SealedShare>& shares)
{
    Bytes bytes;
    for (const auto& share : shares)
        bytes.insert(bytes.end(), share.begin(), share.end());
    return bytes;
}

/// With everybody's own program the key is made; the holders' files are the same.
void check_that_it_is_made(KeyCeremony& ceremony, std::vector<Child>& programs)
{
    programs.push_back(ceremony.hold(liar));
    for (auto& program : programs)
        BOOST_TEST(*program.wait(ceremony_patience) == 0);
    const auto view = ceremony.shown();
    BOOST_TEST((view.phase == CeremonyPhase::made));
    BOOST_TEST(view.attempt == 2U);
    BOOST_REQUIRE(ceremony.stage.stop().has_value());
    const auto bundle = ceremony.file("bundle.plenum");
    BOOST_REQUIRE(ceremony.stage.run("plenum", {"export", "--data", ceremony.stage.data(), "--out", bundle})
                      .has_value());
    const auto audited = ceremony.stage.run("plenum-audit", {"verify", bundle});
    BOOST_TEST(audited.has_value(), audited.error().sentence);
}

BOOST_AUTO_TEST_CASE(a_holder_that_deals_differently_to_two_others_is_named)
{
    auto ceremony = begun();
    std::vector<Child> programs;
    for (int holder = 1; holder < 3; ++holder)
        programs.push_back(ceremony.hold(holder));
    {
        auto rogue = signed_in(ceremony);
        rogue.act(JoinCeremony{ceremony.meeting, rogue.public_key()});
        const auto committing = rogue.keys_at(CeremonyPhase::committing);
        const auto terms = trustee::ceremony_terms(committing, rogue.origin()).value();
        ballot::CeremonySeat seat(terms, liar, rogue.key(), rogue.randomness());
        ballot::CeremonySeat other(terms, liar, rogue.key(), rogue.randomness());
        rogue.act(CommitToKey{ceremony.meeting, ballot::encode(seat.commit())});
        const auto opening = rogue.keys_at(CeremonyPhase::opening);
        take_commits(seat, opening);
        take_commits(other, opening);
        // The second holder's part is of another deal than the one that is opened.
        auto [message, shares] = seat.open().value();
        auto open = ballot::decode_open(terms, message.fields).value();
        shares[1] = other.open().value().shares[1];
        open.share_names[1] = sha256(shares[1]);
        message =
            ballot::sign_message(terms, ballot::CeremonyStep::open, liar, ballot::encode(open), rogue.key());
        rogue.act(OpenKey{ceremony.meeting, ballot::encode(message), joined(shares)});
        const auto restarted =
            rogue.keys_when([](const KeyHoldersView& view) { return view.restart.has_value(); });
        BOOST_TEST((restarted.restart->complained == ceremony.holders[1]));
        BOOST_TEST((restarted.restart->at_fault == ceremony.holders[2]));
        BOOST_TEST(!restarted.election_key.has_value());
    }
    wait_for_words(ceremony, 2, "持有人3 sent what does not hold: stopped here");
    check_that_it_is_made(ceremony, programs);
}

/// What the second holder is shown of the third: a commitment, and once it is there an opening with its part.
class AnotherDeal final : public Lie {
public:
    AnotherDeal(PersonId victim, Bytes commit, Bytes open = {}, Bytes part = {})
        : victim_(victim), commit_(std::move(commit)), open_(std::move(open)), part_(std::move(part))
    {}

    void change(const Listener& to, KeyHoldersView& view) override
    {
        if (to.person != victim_ || view.holders.size() < liar) return;
        auto& shown = view.holders[liar - 1];
        if (shown.commit) shown.commit = commit_;
        if (shown.open) shown.open = open_;
    }
    void change(const Listener& to, const Request& request, boost::json::value& answer) override
    {
        if (to.person != victim_ || request.method != ReadParts::method) return;
        auto parts = *from_json<PartsAnswer>(answer);
        parts.parts.at(liar - 1) = part_;
        answer = to_json(parts);
    }

private:
    PersonId victim_;
    Bytes commit_;
    Bytes open_;
    Bytes part_;
};

BOOST_AUTO_TEST_CASE(a_holder_that_equivocates_with_the_help_of_the_server_gets_no_key)
{
    auto ceremony = begun();
    LyingLine line(ceremony.stage.endpoint());
    ceremony.front = line.endpoint();
    std::vector<Child> programs;
    for (int holder = 1; holder < 3; ++holder)
        programs.push_back(ceremony.hold(holder));
    const auto victim = ceremony.holders[1];
    {
        auto rogue = signed_in(ceremony);
        rogue.act(JoinCeremony{ceremony.meeting, rogue.public_key()});
        const auto committing = rogue.keys_at(CeremonyPhase::committing);
        const auto terms = trustee::ceremony_terms(committing, rogue.origin()).value();
        ballot::CeremonySeat seat(terms, liar, rogue.key(), rogue.randomness());
        ballot::CeremonySeat other(terms, liar, rogue.key(), rogue.randomness());
        const auto other_commit = ballot::encode(other.commit());
        line.tell(std::make_shared<AnotherDeal>(victim, other_commit));
        rogue.act(CommitToKey{ceremony.meeting, ballot::encode(seat.commit())});
        const auto opening = rogue.keys_at(CeremonyPhase::opening);
        take_commits(seat, opening);
        take_commits(other, opening);
        const auto opened = other.open().value();
        line.tell(std::make_shared<AnotherDeal>(victim, other_commit, ballot::encode(opened.message),
                                                Bytes(opened.shares[1].begin(), opened.shares[1].end())));
        const auto [message, shares] = seat.open().value();
        rogue.act(OpenKey{ceremony.meeting, ballot::encode(message), joined(shares)});

        // What the second holder agrees to is not what stands in the record.
        wait_for_words(ceremony, 2, "the message does not follow from those before");
        const auto agreeing = rogue.keys_when([](const KeyHoldersView& view) {
            return view.phase == CeremonyPhase::agreeing && view.holders[0].agree.has_value();
        });
        BOOST_TEST(!agreeing.holders[1].agree.has_value());
        BOOST_TEST(!agreeing.election_key.has_value());
        // Whoever lays the two commitments side by side sees whose they are.
        BOOST_TEST(ballot::is_equivocation(terms, seat.commit(), other.commit()));
        BOOST_TEST(ballot::is_equivocation(terms, message, opened.message));
    }
    for (int holder = 1; holder < 3; ++holder)
        BOOST_TEST(said(ceremony, holder).find("the election key is made") == std::string::npos);

    line.tell(nullptr);
    Hall office(ceremony.stage.endpoint());
    BOOST_REQUIRE(office.enter({*ceremony.stage.code(Role::secretary)}).has_value());
    BOOST_REQUIRE(
        office.act(ConsoleId{0}, RestartCeremony{ceremony.meeting, "两人所见的承诺不同"}).has_value());
    check_that_it_is_made(ceremony, programs);
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
