#include "tests/end_to_end/secret_hall.hpp"

#include "clients/link/console.hpp"
#include "protocol/note.hpp"
#include "tests/end_to_end/chamber.hpp"

#include <boost/test/unit_test.hpp>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

namespace plenum::replay {
namespace {

constexpr int holders_count = 3;

/// A port nobody listens on now: the key holders' programs come back to the same address after a restart.
std::uint16_t free_port()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(socket);
    BOOST_REQUIRE(bound);
    return ntohs(address.sin_port);
}

std::string numbered(const std::string& folder, const std::string& name, int holder)
{
    return folder + "/" + name + std::to_string(holder);
}

} // namespace

SecretHall::SecretHall(std::size_t members)
{
    auto stage = Stage::make({"plenum-test/secret", {}, {}, free_port()});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    stage_ = std::make_unique<Stage>(std::move(*stage));
    BOOST_REQUIRE(stage_->serve().has_value());
    convene_all(members);
    appoint_holders();
    start_holders();
    wait_for_key();
    equip();
}

SecretHall::~SecretHall()
{
    hall_.reset();
}

Receipt SecretHall::act(ConsoleId console, const Command& command)
{
    const auto receipt = hall_->act(console, command);
    BOOST_REQUIRE_MESSAGE(receipt.has_value(), receipt.error().sentence);
    return *receipt;
}

template <class Answer>
std::vector<Answer> SecretHall::ask(const std::vector<Question>& questions)
{
    std::vector<Answer> answers;
    for (const auto& reply : hall_->question_all(questions)) {
        BOOST_REQUIRE_MESSAGE(reply.is_done(), reply.words());
        auto answer = from_json<Answer>(reply.message->body);
        BOOST_REQUIRE(answer.has_value());
        answers.push_back(std::move(*answer));
    }
    return answers;
}

void SecretHall::convene_all(std::size_t members)
{
    hall_ = std::make_unique<Hall>(stage_->endpoint());
    codes_ = {*stage_->code(Role::secretary)};
    BOOST_REQUIRE(hall_->enter(codes_, true).has_value());
    auto convening = chamber_of(members);
    convening.body_kind = BodyKind::standing_committee;
    const auto convened = convene(*hall_, secretary, convening);
    BOOST_REQUIRE_MESSAGE(convened.has_value(), convened.error().sentence);
    body_ = convened->body;
    meeting_ = convened->meeting;
    sitting_ = convened->sitting;
    persons_ = convened->persons;
    codes_.push_back(convened->chair_code);
    codes_.insert(codes_.end(), convened->member_codes.begin(), convened->member_codes.end());
    BOOST_REQUIRE(hall_->enter({codes_.begin() + 1, codes_.end()}, true).has_value());
    origin_ = hall_->hello(secretary).origin;
}

void SecretHall::appoint_holders()
{
    AppointKeyHolders appoint{meeting_, {}, 2, "主任会议"};
    for (int holder = 1; holder <= holders_count; ++holder) {
        const auto reply =
            hall_->ask(secretary, AppointOfficer{std::nullopt, "持有人" + std::to_string(holder),
                                                 Role::key_holder, body_});
        BOOST_REQUIRE_MESSAGE(reply.is_done(), reply.words());
        appoint.persons.push_back(from_json<OfficerReceipt>(reply.message->body)->person);
        const auto codes = issue_codes(*hall_, secretary, {std::nullopt, appoint.persons.back()});
        BOOST_REQUIRE(codes.has_value());
        std::ofstream(numbered(stage_->folder(), "code", holder)) << codes->front().code << "\n";
        std::ofstream(numbered(stage_->folder(), "passphrase", holder))
            << "a long passphrase " << holder << "\n";
    }
    act(secretary, appoint);
}

void SecretHall::start_holders()
{
    const auto& folder = stage_->folder();
    const auto url = "http://" + stage_->endpoint().host + ":" + std::to_string(stage_->endpoint().port);
    for (int holder = 1; holder <= holders_count; ++holder) {
        const auto file = [&](const char* name) { return numbered(folder, name, holder); };
        const auto made = stage_->run("plenum-trustee", {"init", file("keys"), "--marks", file("marks"),
                                                         "--passphrase-file", file("passphrase")});
        BOOST_REQUIRE_MESSAGE(made.has_value(), made.error().sentence);
        auto child = Child::start({own_folder() + "/plenum-trustee", "hold", file("keys"), "--marks",
                                   file("marks"), "--passphrase-file", file("passphrase"), "--code-file",
                                   file("code"), "--server", url},
                                  file("said"));
        BOOST_REQUIRE(child.has_value());
        holders_.push_back(std::move(*child));
    }
}

void SecretHall::wait_for_key()
{
    const auto until = std::chrono::steady_clock::now() + secret_patience;
    for (bool made = false; !made;) {
        BOOST_REQUIRE_MESSAGE(std::chrono::steady_clock::now() < until,
                              read_text(numbered(stage_->folder(), "said", 1)));
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        link::Pool pool;
        link::Console console(pool);
        BOOST_REQUIRE(console.open(stage_->endpoint()).has_value());
        BOOST_REQUIRE(console.hello(codes_.front()).has_value());
        const auto message = console.next_message("snapshot", secret_patience);
        BOOST_REQUIRE(message.has_value());
        const auto snapshot = from_json<SnapshotView>(message->body);
        made = !snapshot->keys.empty() && snapshot->keys.front().phase == CeremonyPhase::made;
    }
}

void SecretHall::equip()
{
    act(secretary, OpenSignIn{sitting_});
    for (std::size_t i = 0; i < persons_.size(); ++i) {
        const ConsoleId seat{2 + i};
        voters_.push_back({testing::SecretConsole(origin_, persons_[i]), seat});
        auto& console = voters_.back().console;
        const auto& channel = hall_->hello(seat).channel;
        act(seat, SignIn{sitting_});
        act(seat, console.enrol(channel));
        act(seat, console.sign_in(sitting_, meeting_, channel));
    }
    act(chair, OpenSitting{sitting_});
}

VoteView SecretHall::shown_when(VoteId vote, const std::function<bool(const VoteView&)>& holds)
{
    std::optional<VoteView> view;
    const bool came = hall_->wait_until(
        secretary,
        [&](const Shown& shown) {
            const auto found = shown.votes.find(vote);
            if (found == shown.votes.end() || !holds(found->second)) return false;
            view = found->second;
            return true;
        },
        secret_patience);
    for (int holder = 1; !came && holder <= holders_count; ++holder)
        BOOST_TEST_MESSAGE(read_text(numbered(stage_->folder(), "said", holder)));
    BOOST_REQUIRE(came);
    return *view;
}

VoteView SecretHall::shown(VoteId vote)
{
    return shown_when(vote, [](const VoteView&) { return true; });
}

VoteId SecretHall::open_vote()
{
    return open_vote(motion_in(sitting_));
}

VoteId SecretHall::open_vote(PrepareVote prepare)
{
    prepare.profile.secrecy = Secrecy::secret;
    prepare.title = "关于某项任命的议案";
    prepare.text = "同意任命。";
    const VoteId vote{act(secretary, prepare).seq};
    act(chair, CallRoll{vote, {}});
    const auto view =
        *shown_when(vote, [](const VoteView& one) { return one.secret && one.secret->roll; }).secret;
    std::vector<Question> paths;
    for (const auto& voter : voters_) {
        const auto point = voter.console.pseudonym(view);
        const ReadRollPath read{vote, view.roll->round, testing::as_bytes(point.bytes)};
        paths.push_back({voter.seat, ReadRollPath::method, to_json(read)});
    }
    const auto found = ask<RollPathAnswer>(paths);
    std::vector<Question> signatures;
    for (std::size_t i = 0; i < voters_.size(); ++i) {
        const auto& voter = voters_[i];
        BOOST_REQUIRE(voter.console.is_listed(view, {found[i].index, found[i].hashes}));
        signatures.push_back(
            {voter.seat, AcknowledgeRoll::method, to_json(voter.console.acknowledge(vote, view))});
    }
    ask<SignatureKept>(signatures);
    act(chair, OpenVote{vote, {}});
    BOOST_REQUIRE(hall_->wait_for(secretary, vote, VoteState::open).has_value());
    for (auto& voter : voters_) {
        voter.said.reset();
        voter.spoiled = false;
        voter.receipts.clear();
    }
    return vote;
}

Bytes SecretHall::ballot(VoteId vote, std::size_t voter, Choice choice)
{
    const auto option = choice == Choice::abstain ? 0 : choice == Choice::approve ? 1 : 2;
    return ballot(vote, voter, Bytes{static_cast<std::uint8_t>(option)});
}

Bytes SecretHall::ballot(VoteId vote, std::size_t voter, const Bytes& said)
{
    auto& one = voters_.at(voter);
    one.said = said;
    one.spoiled = false;
    return one.console.cast(vote, *shown(vote).secret, said).ballot;
}

std::vector<Reply> SecretHall::send(VoteId vote, const std::vector<std::pair<std::size_t, Bytes>>& ballots)
{
    std::vector<Question> questions;
    for (const auto& [voter, bytes] : ballots) {
        questions.push_back({voters_.at(voter).seat, CastBallot::method, to_json(CastBallot{vote, bytes})});
    }
    return hall_->question_all(questions);
}

ballot::VerifyKey SecretHall::server_key()
{
    return verifier_from_vkey(hall_->hello(secretary).vkey)->public_key;
}

void SecretHall::note(VoteId vote, std::size_t voter, const Reply& reply)
{
    BOOST_REQUIRE_MESSAGE(reply.is_done(), reply.words());
    const auto answer = from_json<BallotAnswer>(reply.message->body);
    BOOST_REQUIRE(answer.has_value());
    auto& one = voters_.at(voter);
    BOOST_TEST(
        one.console.is_receipt(ballot::ReceiptKind::ballot, *shown(vote).secret, *answer, server_key()));
    one.receipts.push_back(answer->receipt);
}

void SecretHall::spoil(VoteId vote, std::size_t voter)
{
    auto& one = voters_.at(voter);
    const auto view = *shown(vote).secret;
    const auto answer =
        ask<BallotAnswer>({{one.seat, SpoilBallot::method, to_json(one.console.spoil(vote, view))}});
    BOOST_TEST(one.console.is_receipt(ballot::ReceiptKind::spoil, view, answer.front(), server_key()));
    one.spoiled = true;
}

void SecretHall::close(VoteId vote)
{
    act(chair, CloseVote{vote});
}

void SecretHall::confirm(VoteId vote)
{
    const auto view =
        *shown_when(vote, [](const VoteView& one) { return one.secret->box.has_value(); }).secret;
    std::vector<Question> proofs;
    for (const auto& voter : voters_) {
        const auto point = voter.console.pseudonym(view);
        proofs.push_back(
            {voter.seat, ReadBoxProof::method, to_json(ReadBoxProof{vote, testing::as_bytes(point.bytes)})});
    }
    const auto found = ask<BoxProofAnswer>(proofs);
    std::vector<Question> signatures;
    for (std::size_t i = 0; i < voters_.size(); ++i) {
        const auto& voter = voters_[i];
        const bool counts = voter.said.has_value() && !voter.spoiled;
        BOOST_TEST((found[i].root == view.box->root));
        BOOST_TEST(voter.console.is_found(view, found[i], counts), "voter " << i);
        signatures.push_back({voter.seat, ConfirmBox::method, to_json(voter.console.confirm(vote, view))});
    }
    ask<SignatureKept>(signatures);
}

VoteView SecretHall::decided(VoteId vote)
{
    shown_when(vote, [](const VoteView& one) { return one.state == VoteState::decided; });
    act(chair, AnnounceVote{vote});
    const auto announced = hall_->wait_for(secretary, vote, VoteState::announced);
    BOOST_REQUIRE(announced.has_value());
    return *announced;
}

Tally SecretHall::expected() const
{
    Tally tally;
    for (const auto& voter : voters_) {
        if (!voter.said || voter.spoiled) {
            ++tally.not_pressed;
        } else if (voter.said->front() == 1) {
            ++tally.approve;
        } else if (voter.said->front() == 2) {
            ++tally.oppose;
        } else {
            ++tally.abstain;
        }
    }
    return tally;
}

void SecretHall::kill()
{
    BOOST_REQUIRE(stage_->kill().has_value());
}

void SecretHall::come_back()
{
    hall_.reset();
    const auto served = stage_->serve();
    BOOST_REQUIRE_MESSAGE(served.has_value(), served.error().sentence);
    hall_ = std::make_unique<Hall>(stage_->endpoint());
    const auto entered = hall_->enter(codes_, true);
    BOOST_REQUIRE_MESSAGE(entered.has_value(), entered.error().sentence);
}

void SecretHall::stop()
{
    hall_.reset();
    for (auto& holder : holders_)
        holder.signal(SIGTERM);
    BOOST_REQUIRE(stage_->stop().has_value());
}

} // namespace plenum::replay
