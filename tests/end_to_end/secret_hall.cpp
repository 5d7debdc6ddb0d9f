#include "tests/end_to_end/secret_hall.hpp"

#include "clients/link/console.hpp"
#include "protocol/entry_proof.hpp"
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

/// An auditor signed in at the true server.
class AuditorLine {
public:
    AuditorLine(const Stage& stage, const std::string& code) : console_(pool_)
    {
        BOOST_REQUIRE(console_.open(stage.endpoint()).has_value());
        const auto answer = console_.hello(code);
        BOOST_REQUIRE((answer && !answer->is_error));
        log_ = verifier_from_vkey(from_json<HelloAnswer>(answer->body)->vkey).value();
    }

    template <class Answer, class Question>
    Answer ask(const Question& question)
    {
        const auto answer = console_.request(Question::method, to_json(question));
        BOOST_REQUIRE((answer && !answer->is_error));
        return *from_json<Answer>(answer->body);
    }

    const NoteVerifier& log() const { return log_; }

private:
    link::Pool pool_;
    link::Console console_;
    NoteVerifier log_;
};

} // namespace

SecretHall::SecretHall(std::size_t members, Between between, HolderNumbers holders) : numbers_(holders)
{
    auto stage = Stage::make({"plenum-test/secret", {}, {}, free_port()});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    stage_ = std::make_unique<Stage>(std::move(*stage));
    BOOST_REQUIRE(stage_->serve().has_value());
    if (between == Between::lying_line) line_ = std::make_unique<LyingLine>(stage_->endpoint());
    convene_all(members);
    appoint_holders();
    appoint_auditor();
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
    hall_ = std::make_unique<Hall>(front());
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
    AppointKeyHolders appoint{meeting_, {}, numbers_.needed, "主任会议"};
    for (int holder = 1; holder <= numbers_.all; ++holder) {
        const auto reply =
            hall_->ask(secretary, AppointOfficer{std::nullopt, "持有人" + std::to_string(holder),
                                                 Role::key_holder, body_});
        BOOST_REQUIRE_MESSAGE(reply.is_done(), reply.words());
        appoint.persons.push_back(from_json<OfficerReceipt>(reply.message->body)->person);
        const auto codes = issue_codes(*hall_, secretary, {std::nullopt, appoint.persons.back()});
        BOOST_REQUIRE(codes.has_value());
        std::ofstream(holder_file("code", holder)) << codes->front().code << "\n";
        std::ofstream(holder_file("passphrase", holder)) << "a long passphrase " << holder << "\n";
    }
    holder_persons_ = appoint.persons;
    act(secretary, appoint);
}

void SecretHall::appoint_auditor()
{
    const auto reply =
        hall_->ask(secretary, AppointOfficer{std::nullopt, "审计", Role::auditor, std::nullopt});
    BOOST_REQUIRE_MESSAGE(reply.is_done(), reply.words());
    const auto person = from_json<OfficerReceipt>(reply.message->body)->person;
    const auto codes = issue_codes(*hall_, secretary, {std::nullopt, person});
    BOOST_REQUIRE(codes.has_value());
    auditor_code_ = codes->front().code;
}

void SecretHall::start_holders()
{
    for (int holder = 1; holder <= numbers_.all; ++holder) {
        const auto file = [&](const char* name) { return holder_file(name, holder); };
        const auto made = stage_->run("plenum-trustee", {"init", file("keys"), "--marks", file("marks"),
                                                         "--passphrase-file", file("passphrase")});
        BOOST_REQUIRE_MESSAGE(made.has_value(), made.error().sentence);
        start_holder(holder);
    }
}

void SecretHall::start_holder(int holder)
{
    const auto file = [&](const char* name) { return holder_file(name, holder); };
    const auto url = "http://" + front().host + ":" + std::to_string(front().port);
    auto child =
        Child::start({own_folder() + "/plenum-trustee", "hold", file("keys"), "--marks", file("marks"),
                      "--passphrase-file", file("passphrase"), "--code-file", file("code"), "--server", url},
                     file("said"));
    BOOST_REQUIRE(child.has_value());
    holders_.insert_or_assign(holder, std::move(*child));
}

void SecretHall::stop_holder(int holder)
{
    auto& program = holders_.at(holder);
    program.signal(SIGTERM);
    BOOST_REQUIRE(program.wait(secret_patience).has_value());
    holders_.erase(holder);
}

std::string SecretHall::holder_file(const std::string& name, int holder) const
{
    return stage_->folder() + "/" + name + std::to_string(holder);
}

void SecretHall::wait_for_words(int holder, const std::string& words) const
{
    const auto until = std::chrono::steady_clock::now() + secret_patience;
    while (read_text(holder_file("said", holder)).find(words) == std::string::npos) {
        BOOST_REQUIRE_MESSAGE(std::chrono::steady_clock::now() < until,
                              "holder " << holder << " did not say \"" << words << "\" but:\n"
                                        << read_text(holder_file("said", holder)));
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

link::Endpoint SecretHall::front() const
{
    return line_ ? line_->endpoint() : stage_->endpoint();
}

void SecretHall::wait_for_key()
{
    const auto until = std::chrono::steady_clock::now() + secret_patience;
    for (bool made = false; !made;) {
        BOOST_REQUIRE_MESSAGE(std::chrono::steady_clock::now() < until, read_text(holder_file("said", 1)));
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
    // The record has the key; each program has its share of it once its file is written.
    for (int holder = 1; holder <= numbers_.all; ++holder)
        wait_for_words(holder, "the election key is made");
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

VoteView SecretHall::shown_at(ConsoleId console, VoteId vote,
                              const std::function<bool(const VoteView&)>& holds)
{
    std::optional<VoteView> view;
    const bool came = hall_->wait_until(
        console,
        [&](const Shown& shown) {
            const auto found = shown.votes.find(vote);
            if (found == shown.votes.end() || !holds(found->second)) return false;
            view = found->second;
            return true;
        },
        secret_patience);
    for (int holder = 1; !came && holder <= numbers_.all; ++holder)
        BOOST_TEST_MESSAGE(read_text(holder_file("said", holder)));
    BOOST_REQUIRE(came);
    return *view;
}

VoteView SecretHall::shown_when(VoteId vote, const std::function<bool(const VoteView&)>& holds)
{
    return shown_at(secretary, vote, holds);
}

VoteView SecretHall::shown(VoteId vote)
{
    return shown_when(vote, [](const VoteView&) { return true; });
}

VoteView SecretHall::shown_to(std::size_t voter, VoteId vote,
                              const std::function<bool(const VoteView&)>& holds)
{
    return shown_at(voters_.at(voter).seat, vote, holds);
}

Reply SecretHall::ask_as(std::size_t voter, const Command& command)
{
    return hall_->ask(voters_.at(voter).seat, command);
}

VoteId SecretHall::prepare()
{
    return prepare(motion_in(sitting_));
}

VoteId SecretHall::prepare(PrepareVote command)
{
    command.profile.secrecy = Secrecy::secret;
    command.title = "关于第" + std::to_string(++prepared_) + "项任命的议案";
    command.text = "同意任命。";
    return VoteId{act(secretary, command).seq};
}

void SecretHall::call_roll(VoteId vote, const std::vector<std::size_t>& without)
{
    const auto before = shown(vote).secret->roll;
    const auto round = before ? before->round + 1 : 1;
    CallRoll call{vote, {}};
    for (const auto voter : without)
        call.without.push_back(persons_.at(voter));
    act(chair, call);
    shown_when(vote,
               [&](const VoteView& one) { return one.secret->roll && one.secret->roll->round == round; });
    for (std::size_t voter = 0; voter < voters_.size(); ++voter) {
        auto& one = voters_[voter];
        one.is_listed = std::ranges::find(without, voter) == without.end();
        one.said.reset();
        one.spoiled = false;
        one.receipts.clear();
    }
}

Reply SecretHall::acknowledge(VoteId vote, std::size_t voter)
{
    const auto& one = voters_.at(voter);
    const auto view =
        *shown_to(voter, vote, [](const VoteView& shown) { return shown.secret->roll.has_value(); }).secret;
    const ReadRollPath read{vote, view.roll->round, testing::as_bytes(one.console.pseudonym(view).bytes)};
    auto found = hall_->question(one.seat, ReadRollPath::method, to_json(read));
    if (!found.is_done()) return found;
    const auto path = from_json<RollPathAnswer>(found.message->body);
    BOOST_REQUIRE(path.has_value());
    BOOST_TEST_REQUIRE(one.console.is_listed(view, *path), "voter " << voter);
    return hall_->question(one.seat, AcknowledgeRoll::method, to_json(one.console.acknowledge(vote, view)));
}

void SecretHall::acknowledge_all(VoteId vote)
{
    const auto round = shown(vote).secret->roll->round;
    for (std::size_t voter = 0; voter < voters_.size(); ++voter) {
        if (!voters_[voter].is_listed) continue;
        shown_to(voter, vote,
                 [&](const VoteView& one) { return one.secret->roll && one.secret->roll->round == round; });
        const auto reply = acknowledge(vote, voter);
        BOOST_REQUIRE_MESSAGE(reply.is_done(), reply.words());
    }
}

void SecretHall::open(VoteId vote)
{
    act(chair, OpenVote{vote, {}});
    BOOST_REQUIRE(hall_->wait_for(secretary, vote, VoteState::open).has_value());
}

VoteId SecretHall::open_vote()
{
    return open_vote(motion_in(sitting_));
}

VoteId SecretHall::open_vote(const PrepareVote& command)
{
    const auto vote = prepare(command);
    call_roll(vote);
    acknowledge_all(vote);
    open(vote);
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
    return one.console.cast(vote, *shown_to(voter, vote).secret, said).ballot;
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

SealedBoxView SecretHall::sealed(VoteId vote)
{
    return *shown_when(vote, [](const VoteView& one) { return one.secret->box.has_value(); }).secret->box;
}

BoxProofAnswer SecretHall::proof(VoteId vote, std::size_t voter)
{
    const auto& one = voters_.at(voter);
    const auto view =
        *shown_to(voter, vote, [](const VoteView& shown) { return shown.secret->box.has_value(); }).secret;
    const auto point = one.console.pseudonym(view);
    return ask<BoxProofAnswer>({{one.seat, ReadBoxProof::method,
                                 to_json(ReadBoxProof{vote, testing::as_bytes(point.bytes)})}})
        .front();
}

void SecretHall::confirm(VoteId vote)
{
    std::vector<std::size_t> listed;
    for (std::size_t voter = 0; voter < voters_.size(); ++voter)
        if (voters_[voter].is_listed) listed.push_back(voter);
    confirm(vote, listed);
}

void SecretHall::confirm(VoteId vote, const std::vector<std::size_t>& voters)
{
    sealed(vote);
    std::vector<Question> signatures;
    for (const auto voter : voters) {
        const auto found = proof(vote, voter);
        const auto& one = voters_[voter];
        const auto view = *shown_to(voter, vote).secret;
        const bool counts = one.said.has_value() && !one.spoiled;
        BOOST_TEST((found.root == view.box->root));
        BOOST_TEST(one.console.is_found(view, found, counts), "voter " << voter);
        signatures.push_back({one.seat, ConfirmBox::method, to_json(one.console.confirm(vote, view))});
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

void SecretHall::make_void(VoteId vote)
{
    act(chair, VoidVote{vote, VoidReason::equipment_failure, "测试"});
}

std::string SecretHall::new_code(std::size_t voter)
{
    const auto codes = issue_codes(*hall_, secretary, {std::nullopt, persons_.at(voter)});
    BOOST_REQUIRE_MESSAGE(codes.has_value(), codes.error().sentence);
    const auto code = std::ranges::find(*codes, Role::delegate, &IssuedCode::role);
    BOOST_REQUIRE(code != codes->end());
    return code->code;
}

Bytes SecretHall::file(VoteId vote, SecretFile file)
{
    AuditorLine auditor(*stage_, auditor_code_);
    Bytes bytes;
    for (;;) {
        const ReadSecretFile wanted{vote, file, static_cast<std::uint32_t>(bytes.size())};
        const auto page = auditor.ask<SecretFilePage>(wanted);
        bytes.insert(bytes.end(), page.content.begin(), page.content.end());
        if (bytes.size() == page.total) return bytes;
        BOOST_REQUIRE(!page.content.empty());
    }
}

RollAnswer SecretHall::people(VoteId vote)
{
    return AuditorLine(*stage_, auditor_code_).ask<RollAnswer>(ReadRoll{vote});
}

Checkpoint SecretHall::proven(VoteId vote)
{
    AuditorLine auditor(*stage_, auditor_code_);
    const auto proof = auditor.ask<RecordProof>(ProveRecord{vote, 0});
    return check_proof(decode_proof(proof.sealed).value(), auditor.log()).value();
}

Tally SecretHall::expected() const
{
    Tally tally;
    for (const auto& voter : voters_) {
        if (!voter.is_listed) continue;
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
    hall_ = std::make_unique<Hall>(front());
    const auto entered = hall_->enter(codes_, true);
    BOOST_REQUIRE_MESSAGE(entered.has_value(), entered.error().sentence);
}

void SecretHall::stop()
{
    hall_.reset();
    for (auto& [number, holder] : holders_)
        holder.signal(SIGTERM);
    BOOST_REQUIRE(stage_->stop().has_value());
}

void SecretHall::check_exports()
{
    for (const auto* kind : {"public", "auditor"}) {
        const auto bundle = stage_->folder() + "/" + kind + ".plenum";
        std::vector<std::string> arguments{"export", "--data", stage_->data(), "--out", bundle};
        if (std::string_view(kind) == "auditor") arguments.emplace_back("--auditor");
        const auto exported = stage_->run("plenum", arguments);
        BOOST_REQUIRE_MESSAGE(exported.has_value(), exported.error().sentence);
        const auto audited = stage_->run("plenum-audit", {"verify", bundle});
        BOOST_TEST(audited.has_value(), audited.error().sentence);
    }
}

} // namespace plenum::replay
