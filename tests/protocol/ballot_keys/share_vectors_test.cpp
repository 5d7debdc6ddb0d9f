// schemas/vectors/share.json: decryption shares, what they add up to, and shares that lie.
#include "protocol/ballot/totals.hpp"
#include "tests/protocol/ballot_keys/rooms.hpp"
#include "tests/protocol/ballot_keys/vector_spelling.hpp"
#include "tests/protocol/golden.hpp"

#include <boost/describe.hpp>
#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(share_vectors_test)

using namespace plenum;
using namespace plenum::ballot;
namespace json = boost::json;

namespace {

constexpr std::uint32_t list_length = 30;
constexpr std::uint32_t ballots = 25;

/// What 25 ballots of a shape say in sum, each in its own words.
struct Sample {
    const char* name;
    BallotShape shape;
    std::vector<std::uint64_t> values;
    std::vector<std::vector<std::uint32_t>> rows;
};

const std::vector<Sample> samples{
    {"motion", motion_shape, {17 + 32 * 5}, {{3, 17, 5}}},
    {"nobody approves or opposes", motion_shape, {0}, {{25, 0, 0}}},
    {"matrix of two rows and four grades",
     {ShapeKind::grid, 4, 2, 0, 1},
     {10 + 32 * 8 + 1024 * 7, 1024 * 25},
     {{0, 10, 8, 7}, {0, 0, 0, 25}}},
    {"two of four", {ShapeKind::choose, 4, 1, 2, 2}, {25, 0, 13, 12}, {{25, 0, 13, 12}}},
    {"three candidates for two seats",
     {ShapeKind::elect, 3, 1, 0, 2},
     {20, 5, 25, 0, 5, 7},
     {{0, 20, 5}, {0, 25, 0}, {13, 5, 7}}},
};

BallotTerms terms_of_sample(const Sample& sample)
{
    BallotTerms terms;
    terms.shape = sample.shape;
    terms.base = packing_base(list_length);
    return terms;
}

/// Key holders after their ceremony, and a box to decrypt.
struct Count {
    CeremonyRoom room{3, 5, 305};
    std::vector<CeremonySeat::Outcome> holders = room.run();
    RepeatableRandomness randomness{11};
    ShareTerms terms{record_id("plenum.example/npc", "vote.prepared", 40),
                     Transcript("a vote of these vectors").hash(), sha256("box root")};

    const ElectionKeys& keys() const { return holders.front().keys; }

    std::vector<EncryptedSum> encrypt(std::span<const std::uint64_t> values)
    {
        std::vector<EncryptedSum> sums;
        for (const std::uint64_t value : values) {
            const SecretScalar r = random_scalar(randomness);
            sums.push_back(
                {times_generator(r), add(times(r, keys().election_key), times_generator(scalar_of(value)))});
        }
        return sums;
    }

    std::vector<DecryptionShare> shares(std::span<const EncryptedSum> sums)
    {
        std::vector<DecryptionShare> all;
        for (std::uint32_t i = 1; i <= keys().share_keys.size(); ++i)
            all.push_back(make_share(terms, i, holders[i - 1].share, sums, randomness));
        return all;
    }
};

json::object spell(const BallotShape& shape)
{
    return {{"kind", boost::describe::enum_to_string(shape.kind, "")},
            {"options", shape.options},
            {"rows", shape.rows},
            {"min", shape.min},
            {"max", shape.max}};
}

json::array spell(std::span<const EncryptedSum> sums)
{
    json::array list;
    for (const EncryptedSum& sum : sums)
        list.push_back({{"alpha", to_hex(sum.alpha.bytes)}, {"beta", to_hex(sum.beta.bytes)}});
    return list;
}

json::object spell(const SecretTotals& totals)
{
    json::array rows;
    for (const auto& row : totals.rows)
        rows.emplace_back(json::array(row.begin(), row.end()));
    return {{"ballots", totals.ballots}, {"rows", rows}};
}

json::object accepted(Count& count, const Sample& sample)
{
    const BallotTerms terms = terms_of_sample(sample);
    const auto sums = count.encrypt(sample.values);
    const auto shares = count.shares(sums);
    json::array bytes;
    for (const DecryptionShare& share : shares)
        bytes.emplace_back(to_hex(encode(share)));
    const auto messages = combine(count.keys(), sums, shares).value();
    const DiscreteLogTable table(8);
    const auto values = find_totals(terms, ballots, messages, table).value();
    BOOST_TEST((values == sample.values), sample.name);
    const SecretTotals totals = decode_totals(terms, ballots, values).value();
    BOOST_TEST((totals.rows == sample.rows), sample.name);
    return {{"name", sample.name},          {"shape", spell(sample.shape)},
            {"list_length", list_length},   {"base", terms.base},
            {"sums", spell(sums)},          {"shares", bytes},
            {"messages", hex_of(messages)}, {"values", json::array(values.begin(), values.end())},
            {"totals", spell(totals)}};
}

json::array rejected_shares(Count& count, std::span<const EncryptedSum> sums)
{
    json::array list;
    const auto reject = [&](const char* why, const Bytes& bytes) {
        const auto share = decode_share(bytes, sums.size());
        const auto checked =
            share ? check_share(count.terms, count.keys(), *share, sums) : Result<void>(share.error());
        BOOST_TEST_REQUIRE(checked.has_error(), why);
        list.push_back({{"why", why}, {"fault", checked.error().value()}, {"bytes", to_hex(bytes)}});
    };
    const auto encoded = [&](const ShareTerms& terms, std::uint32_t holder, std::size_t secret_of,
                             std::span<const EncryptedSum> of) {
        return encode(make_share(terms, holder, count.holders[secret_of - 1].share, of, count.randomness));
    };
    const Bytes good = encoded(count.terms, 2, 2, sums);
    constexpr std::size_t first_sum = 1 + 16 + 32 + 4;
    reject("version 2", flipped(good, 0, 3));
    reject("another vote", flipped(good, 1));
    reject("another root", flipped(good, 17));
    reject("another holder's number", encoded(count.terms, 3, 2, sums));
    reject("a holder there is not", flipped(good, 49, 8));
    DecryptionShare changed = decode_share(good, sums.size()).value();
    const auto with = [&](const char* why, Point SumShare::*field, const Point& value) {
        DecryptionShare other = changed;
        other.sums[0].*field = value;
        reject(why, encode(other));
    };
    with("another D", &SumShare::factor, generator());
    with("another t1", &SumShare::key_commitment, generator());
    with("another t2", &SumShare::sum_commitment, generator());
    with("the identity as D", &SumShare::factor, Point{});
    reject("another z", flipped(good, first_sum + 96));
    reject("z beyond the order", [&] {
        Bytes bytes = good;
        std::fill_n(bytes.begin() + first_sum + 96, 32, std::uint8_t{0xFF});
        return bytes;
    }());
    reject("a point in another spelling", [&] {
        Bytes bytes = good;
        std::fill_n(bytes.begin() + first_sum, 32, std::uint8_t{0xFF});
        return bytes;
    }());
    std::swap(changed.sums[0], changed.sums[1]);
    reject("two sums in each other's place", encode(changed));
    reject("of another context", encoded({count.terms.vote, {}, count.terms.box_root}, 2, 2, sums));
    reject("of another box", encoded(count.terms, 2, 2, count.encrypt(std::vector<std::uint64_t>{1, 2})));
    reject("one sum too few", encoded(count.terms, 2, 2, sums.first(1)));
    reject("a byte too many", [&] {
        Bytes bytes = good;
        bytes.push_back(0);
        return bytes;
    }());
    return list;
}

json::array rejected_totals()
{
    json::array list;
    const auto reject = [&](const char* why, const BallotShape& shape, std::vector<std::uint64_t> values) {
        const BallotTerms terms = terms_of_sample({why, shape, {}, {}});
        const auto totals = decode_totals(terms, ballots, values);
        BOOST_TEST_REQUIRE(totals.has_error(), why);
        list.push_back({{"why", why},
                        {"shape", spell(shape)},
                        {"list_length", list_length},
                        {"ballots", ballots},
                        {"values", json::array(values.begin(), values.end())},
                        {"fault", totals.error().value()}});
    };
    reject("more approvals than ballots", motion_shape, {26});
    reject("more marks than ballots", motion_shape, {13 + 32 * 13});
    reject("a third digit", motion_shape, {1024});
    reject("a row too few", {ShapeKind::grid, 4, 2, 0, 1}, {0});
    reject("a count above the ballots", {ShapeKind::choose, 4, 1, 2, 2}, {26, 10, 0, 0});
    reject("fewer marks than each ballot must have", {ShapeKind::choose, 4, 1, 2, 2}, {10, 10, 2, 2});
    reject("more marks than each ballot may have", {ShapeKind::choose, 4, 1, 2, 2}, {20, 20, 10, 1});
    reject("approvals and oppositions above the ballots", {ShapeKind::elect, 2, 1, 0, 1}, {20, 6, 0, 0});
    reject("more approvals than seats", {ShapeKind::elect, 2, 1, 0, 1}, {20, 0, 6, 0});
    return list;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_share_vectors_are_what_they_were)
{
    Count count;
    json::array good;
    for (const Sample& sample : samples)
        good.push_back(accepted(count, sample));
    const auto sums = count.encrypt(std::vector<std::uint64_t>{3, 4});
    check_golden("share.json", {{"format", "plenum/vectors/share/1"},
                                {"vote", to_hex(count.terms.vote)},
                                {"context", to_hex(count.terms.context)},
                                {"box_root", to_hex(count.terms.box_root)},
                                {"threshold", count.keys().threshold},
                                {"election_key", to_hex(count.keys().election_key.bytes)},
                                {"share_keys", hex_of(count.keys().share_keys)},
                                {"accepted", good},
                                {"rejected_sums", spell(sums)},
                                {"rejected", rejected_shares(count, sums)},
                                {"rejected_totals", rejected_totals()}});
}

BOOST_AUTO_TEST_SUITE_END()
