#include "clients/demo/voters.hpp"

#include "protocol/note.hpp"

#include <sodium.h>

namespace plenum::demo {
namespace {

using replay::trouble;

/// What these consoles say they run. It is nobody's pinned build: simulated members are a rehearsal.
Digest build_of_the_demo()
{
    return sha256("plenum-demo: simulated consoles");
}

template <class Answer>
Tried<Answer> read(const replay::Reply& reply)
{
    auto answer = from_json<Answer>(reply.message->body);
    if (!answer) return trouble("the answer to a console does not fit");
    return std::move(*answer);
}

} // namespace

void SystemRandomness::fill(std::span<std::uint8_t> bytes)
{
    randombytes_buf(bytes.data(), bytes.size());
}

link::Voter& Voters::voter(replay::ConsoleId member)
{
    auto& voter = voters_[member];
    if (!voter) {
        const auto& hello = meeting_.hall.hello(member);
        voter = std::make_unique<link::Voter>(hello.origin, hello.me.person, randomness_);
    }
    return *voter;
}

Voters::Sent Voters::keyed()
{
    Sent keyed;
    for (const auto& [console, voter] : voters_) {
        if (voter->has_key()) keyed.emplace_back(console, voter.get());
    }
    return keyed;
}

/// All of them must be answered.
Tried<std::vector<replay::Reply>> Voters::ask(const std::vector<replay::Question>& questions)
{
    auto replies = meeting_.hall.question_all(questions);
    for (std::size_t at = 0; at < replies.size(); ++at) {
        if (!replies[at].is_done()) return trouble(std::string(questions[at].method), replies[at].words());
    }
    return replies;
}

Tried<void> Voters::make_keys(std::span<const replay::ConsoleId> members, SittingId sitting)
{
    std::vector<replay::Ask> enrolments;
    for (const auto member : members) {
        if (enrolled_[member]) continue;
        const auto enrolment = voter(member).enrol(meeting_.hall.hello(member).channel);
        if (!enrolment) return trouble("the server gives a console no channel");
        enrolments.push_back({member, *enrolment, {}});
        enrolled_[member] = true;
    }
    if (auto done = meeting_.hall.act_all(enrolments); !done) return done.error();
    std::vector<replay::Ask> registrations;
    for (const auto member : members) {
        const auto registration = voter(member).register_key(sitting, meeting_.convened.meeting,
                                                             meeting_.hall.hello(member).channel);
        if (!registration) return trouble("the server gives a console no channel");
        registrations.push_back({member, *registration, {}});
    }
    return meeting_.hall.act_all(registrations);
}

void Voters::forget_keys(std::span<const replay::ConsoleId> members)
{
    for (const auto member : members)
        voter(member).sign_out();
}

Tried<void> Voters::acknowledge(const VoteView& vote)
{
    const auto sent = keyed();
    std::vector<replay::Question> questions;
    for (const auto& [console, voter] : sent) {
        const auto question = voter->ask_path(vote.id, *vote.secret);
        if (!question) return trouble("the list that was called cannot be");
        questions.push_back({console, ReadRollPath::method, to_json(*question)});
    }
    const auto paths = ask(questions);
    if (!paths) return paths.error();
    std::vector<replay::Question> signatures;
    for (std::size_t at = 0; at < sent.size(); ++at) {
        const auto path = read<RollPathAnswer>((*paths)[at]);
        if (!path) return path.error();
        const auto said = sent[at].second->acknowledge(vote.id, *vote.secret, *path, build_of_the_demo());
        if (!said) return trouble("a console does not find itself in the list");
        signatures.push_back({sent[at].first, AcknowledgeRoll::method, to_json(*said)});
    }
    if (auto kept = ask(signatures); !kept) return kept.error();
    return {};
}

Tried<void> Voters::cast(const VoteView& vote, std::span<const replay::ConsoleId> members,
                         std::span<const Choice> choices)
{
    std::vector<replay::Question> ballots;
    for (std::size_t at = 0; at < choices.size(); ++at) {
        const auto ballot = voter(members[at]).cast(vote.id, *vote.secret, choices[at]);
        if (!ballot) return trouble("a console cannot make a ballot");
        ballots.push_back({members[at], CastBallot::method, to_json(*ballot)});
    }
    const auto receipts = ask(ballots);
    if (!receipts) return receipts.error();
    for (std::size_t at = 0; at < choices.size(); ++at) {
        const auto receipt = read<BallotAnswer>((*receipts)[at]);
        if (!receipt) return receipt.error();
        const auto server = verifier_from_vkey(meeting_.hall.hello(members[at]).vkey);
        if (!server || !voter(members[at]).take_receipt(*vote.secret, *receipt, server->public_key))
            return trouble("a receipt does not hold");
        tracker_ = voter(members[at]).tracker();
    }
    return {};
}

Tried<void> Voters::confirm(const VoteView& vote)
{
    const auto sent = keyed();
    std::vector<replay::Question> questions;
    for (const auto& [console, voter] : sent) {
        const auto question = voter->ask_proof(vote.id, *vote.secret);
        if (!question) return trouble("the sealed box cannot be");
        questions.push_back({console, ReadBoxProof::method, to_json(*question)});
    }
    const auto proofs = ask(questions);
    if (!proofs) return proofs.error();
    std::vector<replay::Question> signatures;
    for (std::size_t at = 0; at < sent.size(); ++at) {
        const auto proof = read<BoxProofAnswer>((*proofs)[at]);
        if (!proof) return proof.error();
        const auto said = sent[at].second->confirm(vote.id, *vote.secret, *proof);
        if (!said) return trouble("a console does not find its ballot in the sealed box");
        signatures.push_back({sent[at].first, ConfirmBox::method, to_json(*said)});
    }
    if (auto kept = ask(signatures); !kept) return kept.error();
    return {};
}

} // namespace plenum::demo
