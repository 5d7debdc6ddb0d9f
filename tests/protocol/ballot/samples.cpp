#include "tests/protocol/ballot/samples.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::ballot {

namespace {

SecretScalar scalar_named(const std::string& name)
{
    return reduce(Transcript("plenum/test-scalar").text(name).hash());
}

BallotShape grid(std::uint32_t rows, std::uint32_t options)
{
    return {ShapeKind::grid, options, rows, 0, 1};
}

BallotShape choose(std::uint32_t options, std::uint32_t min, std::uint32_t max)
{
    return {ShapeKind::choose, options, 1, min, max};
}

BallotShape elect(std::uint32_t candidates, std::uint32_t seats)
{
    return {ShapeKind::elect, candidates, 1, 0, seats};
}

Bytes cycle(std::size_t size, std::uint8_t bound)
{
    Bytes bytes;
    for (std::size_t i = 0; i < size; ++i)
        bytes.push_back(static_cast<std::uint8_t>(i % bound));
    return bytes;
}

} // namespace

std::vector<SampleVote> sample_votes()
{
    return {
        {"motion", motion_shape, 2977, {{0}, {1}, {2}}},
        {"yes or no", grid(1, 2), 1, {{0}, {1}}},
        {"three projects", grid(3, 3), 35, {{0, 0, 0}, {2, 1, 0}}},
        {"satisfaction of 20 in 4 grades", grid(20, 4), 352, {cycle(20, 4), Bytes(20, 3)}},
        {"one of five", choose(5, 1, 1), 62, {{1, 0, 0, 0, 0}, {0, 0, 0, 0, 1}}},
        {"up to three of six", choose(6, 0, 3), 63, {{0, 0, 0, 0, 0, 0}, {1, 0, 1, 0, 0, 1}}},
        {"exactly two of four", choose(4, 2, 2), 64, {{1, 1, 0, 0}, {0, 1, 0, 1}}},
        {"any of three", choose(3, 0, 3), 3000, {{0, 0, 0}, {1, 1, 1}}},
        {"two seats, four candidates", elect(4, 2), 175, {{0, 0, 0, 0}, {1, 2, 0, 1}, {2, 2, 2, 2}}},
        {"three seats, three candidates", elect(3, 3), 9, {{1, 1, 1}, {0, 2, 1}}},
        {"one candidate", elect(1, 1), 2, {{0}, {1}, {2}}},
    };
}

Question question_of(const SampleVote& vote)
{
    const std::size_t rows = vote.shape.kind == ShapeKind::grid ? vote.shape.rows : 0;
    Question question{1, sha256(vote.name), vote.shape, {}};
    for (std::size_t i = 0; i < rows + vote.shape.options; ++i)
        question.labels.push_back(std::to_string(i + 1));
    return question;
}

VoteContext context_of(const SampleVote& vote)
{
    const std::string origin = "plenum.example/npc";
    VoteContext context;
    context.origin = origin;
    context.meeting = record_id(origin, "meeting.created", 12);
    context.vote = record_id(origin, "vote.prepared", 100 + vote.name.size());
    context.round = 1;
    context.question = sha256(canonical_json(to_json(question_of(vote))));
    context.rule = sha256("rule of " + vote.name);
    context.roll_root = sha256("list of " + vote.name);
    context.list_length = vote.list_length;
    context.key_holders = sha256("key holders");
    context.election_key = times_generator(scalar_named("election key"));
    context.vote_generator = times_generator(scalar_named("vote generator of " + vote.name));
    return context;
}

SecretScalar voting_key(const std::string& delegate)
{
    return scalar_named("voting key of " + delegate);
}

MadeBallot made_ballot(const BallotTerms& terms, const Bytes& choice, const std::string& delegate,
                       std::uint32_t seq, std::uint64_t seed)
{
    RepeatableRandomness randomness(seed);
    auto made =
        make_ballot(terms, choice_of(terms.shape.kind, choice), voting_key(delegate), seq, randomness);
    BOOST_TEST_REQUIRE(made.has_value());
    return std::move(*made);
}

} // namespace plenum::ballot
