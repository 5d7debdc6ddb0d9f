#include "protocol/ballot/totals.hpp"
#include "tests/protocol/ballot_keys/faults.hpp"
#include "tests/protocol/ballot_keys/rooms.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <numeric>

BOOST_AUTO_TEST_SUITE(share_test)

using namespace plenum;
using namespace plenum::ballot;

namespace {

/// A box of `ballots` ballots after its close, as its key holders meet it.
struct Box {
    explicit Box(std::uint32_t k = 2, std::uint32_t n = 3) : room(k, n), holders(room.run()) {}

    CeremonyRoom room;
    std::vector<CeremonySeat::Outcome> holders;
    RepeatableRandomness randomness{31};
    ShareTerms terms{record_id("o", "vote.prepared", 9), Transcript("ctx").hash(), sha256("root")};

    const ElectionKeys& keys() const { return holders.front().keys; }

    EncryptedSum encrypt(std::uint64_t value)
    {
        const SecretScalar r = random_scalar(randomness);
        return {times_generator(r), add(times(r, keys().election_key), times_generator(scalar_of(value)))};
    }
    DecryptionShare share(std::uint32_t holder, std::span<const EncryptedSum> sums)
    {
        return make_share(terms, holder, holders[holder - 1].share, sums, randomness);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_wrong_share_is_named_and_the_others_suffice)
{
    Box box(3, 5);
    const std::vector<EncryptedSum> sums{box.encrypt(12), box.encrypt(0)};
    std::vector<DecryptionShare> shares;
    for (std::uint32_t i = 1; i <= 5; ++i)
        shares.push_back(box.share(i, sums));
    shares[1].sums[1].factor = add(shares[1].sums[1].factor, generator());            // shifts one total
    shares[3] = make_share(box.terms, 4, box.holders[0].share, sums, box.randomness); // with another's key
    const SortedShares sorted = sort_shares(box.terms, box.keys(), sums, shares);
    BOOST_TEST((sorted.wrong == std::vector<std::uint32_t>{2, 4}));
    BOOST_TEST(sorted.good.size() == 3U);
    const auto messages = combine(box.keys(), sums, sorted.good).value();
    BOOST_TEST((messages[0] == times_generator(scalar_of(12))));
    BOOST_TEST(messages[1].is_identity());

    shares.pop_back();
    const SortedShares fewer = sort_shares(box.terms, box.keys(), sums, shares);
    is_fault(combine(box.keys(), sums, fewer.good), Fault::truncated);
    // Later, from the one who was absent, and from a liar who thinks better of it.
    shares.push_back(box.share(2, sums));
    const SortedShares later = sort_shares(box.terms, box.keys(), sums, shares);
    BOOST_TEST(later.good.size() == 3U);
    BOOST_TEST((combine(box.keys(), sums, later.good).value() == messages));
}

BOOST_AUTO_TEST_CASE(one_holder_does_not_count_twice)
{
    Box box;
    const std::vector<EncryptedSum> sums{box.encrypt(5)};
    const std::vector<DecryptionShare> shares{box.share(1, sums), box.share(1, sums)};
    const SortedShares sorted = sort_shares(box.terms, box.keys(), sums, shares);
    BOOST_TEST(sorted.good.size() == 1U);
    is_fault(combine(box.keys(), sums, sorted.good), Fault::truncated);
}

BOOST_AUTO_TEST_CASE(every_flipped_byte_of_a_share_is_refused)
{
    Box box;
    const std::vector<EncryptedSum> sums{box.encrypt(5), box.encrypt(6)};
    const Bytes bytes = encode(box.share(2, sums));
    BOOST_TEST(bytes.size() == 1 + 16 + 32 + 4 + 2 * 128U);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        Bytes changed = bytes;
        changed[at] ^= 1;
        const auto share = decode_share(changed, sums.size());
        BOOST_TEST((!share || !check_share(box.terms, box.keys(), *share, sums)), "byte " << at);
    }
    BOOST_TEST(check_share(box.terms, box.keys(), decode_share(bytes, 2).value(), sums).has_value());
    is_fault(decode_share(bytes, 1), Fault::malformed);
    is_fault(decode_share(bytes, 3), Fault::truncated);
}

// Decryption oracle: a server that shows a key holder one box after another learns single ballots from the
// differences. A vote has one root for ever, and the same question gets the same bytes.
BOOST_AUTO_TEST_CASE(no_decryption_oracle_a_second_box_of_one_vote_is_refused)
{
    Box box;
    const std::vector<EncryptedSum> sums{box.encrypt(5)};
    DecryptionLedger ledger;
    BOOST_TEST(!ledger.find(box.terms.vote, box.terms.box_root).value());
    const Bytes given = encode(box.share(1, sums));
    BOOST_TEST(ledger.add({box.terms.vote, box.terms.box_root, given}).has_value());
    BOOST_TEST((ledger.find(box.terms.vote, box.terms.box_root).value() == given));
    is_fault(ledger.find(box.terms.vote, sha256("the box less one ballot")), Fault::in_use);
    is_fault(ledger.add({box.terms.vote, sha256("the box less one ballot"), given}), Fault::in_use);
    is_fault(ledger.add({box.terms.vote, box.terms.box_root, encode(box.share(1, sums))}), Fault::in_use);
    BOOST_TEST(ledger.add({box.terms.vote, box.terms.box_root, given}).has_value());
    BOOST_TEST(!ledger.find(record_id("o", "vote.prepared", 10), box.terms.box_root).value());
    BOOST_TEST(ledger.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_share_of_another_vote_or_box_does_not_fit)
{
    Box box;
    const std::vector<EncryptedSum> sums{box.encrypt(5)};
    const DecryptionShare share = box.share(1, sums);
    for (auto change : std::vector<void (*)(ShareTerms&)>{[](ShareTerms& t) { t.vote[0] ^= 1; },
                                                          [](ShareTerms& t) { t.context[0] ^= 1; },
                                                          [](ShareTerms& t) { t.box_root.bytes[0] ^= 1; }}) {
        ShareTerms other = box.terms;
        change(other);
        BOOST_TEST(check_share(other, box.keys(), share, sums).has_error());
    }
    is_fault(check_share(box.terms, box.keys(), share, {{box.encrypt(5)}}), Fault::bad_proof);
}

BOOST_AUTO_TEST_CASE(every_number_up_to_the_bound_is_found_and_none_beyond)
{
    const DiscreteLogTable table(4);
    for (std::uint64_t v = 0; v <= 100; ++v)
        BOOST_TEST((table.find(times_generator(scalar_of(v)), 100) == v));
    for (std::uint64_t v = 101; v <= 140; ++v)
        BOOST_TEST(!table.find(times_generator(scalar_of(v)), 100));
    RepeatableRandomness randomness(1);
    BOOST_TEST(!table.find(times_generator(random_scalar(randomness)), 1000));
}

BOOST_AUTO_TEST_CASE(a_packed_total_of_three_thousand_is_found)
{
    const std::uint64_t base = packing_base(3000);
    const std::uint64_t bound = 3000 * base;
    const unsigned bits = table_bits(bound, 1);
    BOOST_TEST(bits == 12U);
    const DiscreteLogTable table(bits);
    for (const std::uint64_t v : {std::uint64_t{0}, bound, 1234 + 1500 * base})
        BOOST_TEST((table.find(times_generator(scalar_of(v)), bound) == v));
}

// Every total that ballots can add up to decodes to what the ballots said, for each shape.
BOOST_AUTO_TEST_CASE(totals_say_what_the_ballots_said)
{
    RepeatableRandomness randomness(5);
    const auto draw = [&](std::uint32_t below) {
        std::array<std::uint8_t, 4> bytes;
        randomness.fill(bytes);
        return Reader(bytes).u32() % below;
    };
    for (std::uint32_t round = 0; round < 50; ++round) {
        const std::uint32_t ballots = draw(40);
        BallotTerms terms;
        terms.base = packing_base(ballots + draw(5));

        terms.shape = {ShapeKind::grid, 2 + draw(3), 2, 0, 1};
        std::vector<std::uint64_t> values(2);
        std::vector<std::vector<std::uint32_t>> rows(2, std::vector<std::uint32_t>(terms.shape.options));
        for (std::uint32_t i = 0; i < ballots; ++i)
            for (std::size_t row = 0; row < 2; ++row) {
                const std::uint32_t option = draw(terms.shape.options);
                ++rows[row][option];
                values[row] += statements_of(terms.shape, terms.base)[row].values[option];
            }
        BOOST_TEST((decode_totals(terms, ballots, values).value() == SecretTotals{ballots, rows}));

        terms.shape = {ShapeKind::elect, 3, 1, 0, 2};
        values.assign(6, 0);
        rows.assign(3, {0, 0, 0});
        for (std::uint32_t i = 0; i < ballots; ++i)
            for (std::size_t candidate = 0; candidate < 3; ++candidate) {
                const std::uint32_t mark = candidate < 2 ? draw(3) : 2 * draw(2); // two seats
                ++rows[candidate][mark];
                if (mark > 0) ++values[2 * candidate + mark - 1];
            }
        BOOST_TEST((decode_totals(terms, ballots, values).value() == SecretTotals{ballots, rows}));
    }
}

BOOST_AUTO_TEST_CASE(a_total_that_was_only_claimed_is_refused)
{
    const std::vector<Point> messages{times_generator(scalar_of(4)), Point{}};
    BOOST_TEST(check_totals(messages, std::vector<std::uint64_t>{4, 0}).has_value());
    is_fault(check_totals(messages, std::vector<std::uint64_t>{5, 0}), Fault::bad_proof);
    is_fault(check_totals(messages, std::vector<std::uint64_t>{4}), Fault::malformed);
}

BOOST_AUTO_TEST_CASE(a_total_beyond_what_the_ballots_can_say_is_not_found)
{
    BallotTerms terms;
    terms.base = packing_base(30);
    const DiscreteLogTable table(6);
    const std::vector<Point> message{times_generator(scalar_of(25 * 32 + 1))};
    is_fault(find_totals(terms, 25, message, table), Fault::bad_proof);
    BOOST_TEST(find_totals(terms, 26, message, table).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
