#include "clients/demo/voters.hpp"

#include "protocol/note.hpp"

#include <sodium.h>

#include <algorithm>

namespace plenum::demo {
namespace {

using replay::trouble;

} // namespace

Digest build_of_the_demo()
{
    return sha256("plenum-demo: simulated consoles");
}

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

/// What each console signs after it was answered; a console that got no answer, or not the one it must get,
/// signs nothing. How many signatures were kept.
template <class Answer, class Sign>
std::size_t Voters::sign(const std::vector<replay::Question>& questions, Sign signed_by)
{
    const auto replies = meeting_.hall.question_all(questions);
    std::vector<replay::Question> signatures;
    for (std::size_t at = 0; at < replies.size(); ++at) {
        if (!replies[at].is_done()) continue;
        const auto answer = from_json<Answer>(replies[at].message->body);
        const auto console = questions[at].console;
        if (!answer) continue;
        const auto said = signed_by(voter(console), *answer);
        if (said) signatures.push_back({console, said->method, to_json(*said)});
    }
    const auto kept = meeting_.hall.question_all(signatures);
    return static_cast<std::size_t>(
        std::ranges::count_if(kept, [](const replay::Reply& reply) { return reply.is_done(); }));
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

std::size_t Voters::acknowledge(const VoteView& vote)
{
    std::vector<replay::Question> questions;
    for (const auto& [console, voter] : keyed()) {
        const auto question = voter->ask_path(vote.id, *vote.secret);
        if (question) questions.push_back({console, ReadRollPath::method, to_json(*question)});
    }
    return sign<RollPathAnswer>(questions, [&](const link::Voter& voter, const RollPathAnswer& path) {
        return voter.acknowledge(vote.id, *vote.secret, path, build_of_the_demo());
    });
}

Tried<std::vector<replay::Question>> Voters::make_ballots(const VoteView& vote,
                                                          std::span<const replay::ConsoleId> members,
                                                          std::span<const Choice> choices)
{
    std::vector<replay::Question> ballots;
    for (std::size_t at = 0; at < choices.size(); ++at) {
        const auto ballot = voter(members[at]).cast(vote.id, *vote.secret, choices[at]);
        if (!ballot) return trouble("a console cannot make a ballot");
        ballots.push_back({members[at], CastBallot::method, to_json(*ballot)});
    }
    return ballots;
}

Tried<void> Voters::take_receipts(const VoteView& vote, std::span<const replay::ConsoleId> members,
                                  std::span<const replay::Reply> receipts)
{
    for (std::size_t at = 0; at < receipts.size(); ++at) {
        if (!receipts[at].is_done()) return trouble(std::string(CastBallot::method), receipts[at].words());
        const auto receipt = from_json<BallotAnswer>(receipts[at].message->body);
        if (!receipt) return trouble("a receipt does not fit");
        const auto server = verifier_from_vkey(meeting_.hall.hello(members[at]).vkey);
        if (!server || !voter(members[at]).take_receipt(*vote.secret, *receipt, server->public_key))
            return trouble("a receipt does not hold");
        tracker_ = voter(members[at]).tracker();
    }
    return {};
}

Tried<void> Voters::cast(const VoteView& vote, std::span<const replay::ConsoleId> members,
                         std::span<const Choice> choices)
{
    const auto ballots = make_ballots(vote, members, choices);
    if (!ballots) return ballots.error();
    return take_receipts(vote, members, meeting_.hall.question_all(*ballots));
}

std::size_t Voters::confirm(const VoteView& vote)
{
    std::vector<replay::Question> questions;
    for (const auto& [console, voter] : keyed()) {
        const auto question = voter->ask_proof(vote.id, *vote.secret);
        if (question) questions.push_back({console, ReadBoxProof::method, to_json(*question)});
    }
    return sign<BoxProofAnswer>(questions, [&](const link::Voter& voter, const BoxProofAnswer& proof) {
        return voter.confirm(vote.id, *vote.secret, proof);
    });
}

} // namespace plenum::demo
