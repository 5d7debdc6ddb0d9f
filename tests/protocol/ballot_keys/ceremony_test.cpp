#include "protocol/ballot/totals.hpp"
#include "tests/protocol/ballot_keys/faults.hpp"
#include "tests/protocol/ballot_keys/rooms.hpp"

#include <boost/test/unit_test.hpp>
#include <sodium.h>

#include <algorithm>

BOOST_AUTO_TEST_SUITE(ceremony_test)

using namespace plenum;
using namespace plenum::ballot;

namespace {

const std::vector<std::pair<std::uint32_t, std::uint32_t>> usual_sizes{{2, 3}, {3, 5}, {5, 9}};

CeremonyMessage resigned(const CeremonyRoom& room, CeremonyMessage message, Bytes fields)
{
    return sign_message(room.terms(), message.step, message.holder, std::move(fields),
                        room.key(message.holder));
}

/// The same message with one bit of its fields changed, signed again by its sender.
CeremonyMessage lie(const CeremonyRoom& room, const CeremonyMessage& message, std::size_t at)
{
    Bytes fields = message.fields;
    fields.at(at) ^= 1;
    return resigned(room, message, std::move(fields));
}

} // namespace

BOOST_AUTO_TEST_CASE(every_k_holders_decrypt_and_fewer_do_not)
{
    for (const auto& [k, n] : usual_sizes) {
        CeremonyRoom room(k, n);
        const auto outcomes = room.run();
        const ElectionKeys& keys = outcomes.front().keys;
        RepeatableRandomness randomness(2);
        const SecretScalar r = random_scalar(randomness);
        const EncryptedSum sum{times_generator(r),
                               add(times(r, keys.election_key), times_generator(scalar_of(42)))};
        const ShareTerms terms{record_id("o", "vote.prepared", 1), {}, sha256("root")};
        std::vector<DecryptionShare> shares;
        for (std::uint32_t i = 1; i <= n; ++i)
            shares.push_back(make_share(terms, i, outcomes[i - 1].share, {{sum}}, randomness));
        for (const auto& members : subsets(k, n)) {
            std::vector<DecryptionShare> some;
            for (const std::uint32_t i : members)
                some.push_back(shares[i - 1]);
            const auto messages = combine(keys, {{sum}}, some);
            BOOST_TEST_REQUIRE(messages.has_value());
            BOOST_TEST((messages->front() == times_generator(scalar_of(42))));
            some.pop_back();
            is_fault(combine(keys, {{sum}}, some), Fault::truncated);
        }
    }
}

BOOST_AUTO_TEST_CASE(everybody_takes_the_same_keys_from_the_record)
{
    for (const auto& [k, n] : usual_sizes) {
        CeremonyRoom room(k, n);
        const auto outcomes = room.run();
        const Bytes record = encode(room.terms(), outcomes.front().transcript);
        const auto read = decode_transcript(room.terms(), record);
        BOOST_TEST_REQUIRE(read.has_value());
        const auto keys = check_transcript(room.terms(), *read);
        BOOST_TEST_REQUIRE(keys.has_value());
        for (std::uint32_t i = 1; i <= n; ++i) {
            BOOST_TEST((outcomes[i - 1].keys == *keys));
            BOOST_TEST((times_generator(outcomes[i - 1].share) == keys->share_keys[i - 1]));
        }
    }
}

BOOST_AUTO_TEST_CASE(nobody_opens_before_all_have_committed)
{
    CeremonyRoom room(2, 3);
    is_fault(room.seat(1).open(), Fault::not_found);
    BOOST_TEST(room.seat(1).take_commit(room.seat(2).commit()).has_value());
    is_fault(room.seat(1).open(), Fault::not_found);
    BOOST_TEST(room.seat(1).take_commit(room.seat(3).commit()).has_value());
    BOOST_TEST(room.seat(1).open().has_value());
    is_fault(room.seat(1).agree(), Fault::not_found);
    is_fault(room.seat(1).finish(), Fault::not_found);
}

BOOST_AUTO_TEST_CASE(a_message_heard_again_changes_nothing)
{
    CeremonyRoom room(2, 3);
    room.commit();
    room.commit();
    const auto first = room.seat(1).open().value();
    room.open();
    room.open();
    BOOST_TEST((room.seat(1).open().value().message == first.message));
    BOOST_TEST((room.seat(1).open().value().shares == first.shares));
    const auto outcomes = room.run();
    BOOST_TEST((check_transcript(room.terms(), outcomes[2].transcript).value() == outcomes[0].keys));
}

// Rogue key: a last holder chooses A so that it cancels the others out, knowing nothing of the sum's secret.
BOOST_AUTO_TEST_CASE(a_rogue_trustee_is_refused_and_named)
{
    CeremonyRoom room(2, 3);
    room.commit();
    const auto open_of = [&](std::uint32_t holder) {
        return decode_open(room.terms(), room.seat(holder).open().value().message.fields).value();
    };
    CeremonyOpen rogue = open_of(3);
    RepeatableRandomness randomness(9);
    const SecretScalar wanted = random_scalar(randomness);
    rogue.coefficients.front() = subtract(
        times_generator(wanted), add(open_of(1).coefficients.front(), open_of(2).coefficients.front()));
    const CeremonyMessage message = resigned(room, room.seat(3).open().value().message, encode(rogue));
    is_fault(room.seat(1).take_open(message, room.share(3, 1)), Fault::bad_proof);
    BOOST_TEST((room.seat(1).accused() == Accusation{3, CeremonyFault::other_commitment}));

    // And had it waited with its commitment until it knew the others: it still proves nothing.
    const Hash512 sid = ceremony_id(room.terms());
    CeremonyCommit late = decode_commit(room.seat(3).commit().fields).value();
    late.commitment = commitment_of(sid, 3, rogue.coefficients, rogue.possession);
    const CeremonyMessage commit = resigned(room, room.seat(3).commit(), encode(late));
    BOOST_TEST((find_open_fault(room.terms(), commit, message) == CeremonyFault::no_possession));
}

BOOST_AUTO_TEST_CASE(a_holder_that_says_two_things_is_named)
{
    CeremonyRoom room(2, 3);
    room.commit();
    const CeremonyMessage other = lie(room, room.seat(2).commit(), 3);
    is_fault(room.seat(1).take_commit(other), Fault::bad_proof);
    BOOST_TEST((room.seat(1).accused() == Accusation{2, CeremonyFault::equivocation}));
    BOOST_TEST(is_equivocation(room.terms(), room.seat(2).commit(), other));
    BOOST_TEST(!is_equivocation(room.terms(), room.seat(2).commit(), room.seat(2).commit()));
    BOOST_TEST(!is_equivocation(room.terms(), room.seat(2).commit(), room.seat(3).commit()));
    is_fault(room.seat(1).open(), Fault::bad_proof); // nothing goes on

    CeremonyMessage forged = other;
    forged.signature[0] ^= 1;
    BOOST_TEST(!is_equivocation(room.terms(), room.seat(2).commit(), forged));
    is_fault(room.seat(3).take_commit(forged), Fault::bad_signature);
    BOOST_TEST(!room.seat(3).accused()); // anybody can send a bad signature
}

BOOST_AUTO_TEST_CASE(a_holder_that_sends_a_wrong_share_is_named_to_everybody)
{
    CeremonyRoom room(2, 3);
    room.commit();
    for (std::uint32_t i = 1; i <= 3; ++i)
        BOOST_TEST_REQUIRE(room.seat(i).open().has_value());
    const CeremonyMessage honest = room.seat(2).open().value().message;
    CeremonyOpen open = decode_open(room.terms(), honest.fields).value();
    SealedShare garbage = room.share(2, 3);
    garbage.back() ^= 1;
    open.share_names[share_index(2, 3)] = sha256(garbage);
    const CeremonyMessage lying = resigned(room, honest, encode(open));

    is_fault(room.seat(3).take_open(lying, garbage), Fault::bad_proof);
    BOOST_TEST((room.seat(3).accused() == Accusation{2, CeremonyFault::wrong_share}));
    BOOST_TEST_REQUIRE(room.seat(3).complaint().has_value());
    const ComplaintEvidence evidence{room.seat(2).commit(), lying, room.seat(3).commit()};
    const auto judged = judge(room.terms(), evidence, *room.seat(3).complaint());
    BOOST_TEST_REQUIRE(judged.has_value());
    BOOST_TEST((*judged == Accusation{2, CeremonyFault::wrong_share}));
}

// The liar knows all of the protocol and its own secrets: one share opens, and is off by one.
BOOST_AUTO_TEST_CASE(a_share_that_opens_but_does_not_fit_is_named_to_everybody)
{
    CeremonyRoom room(2, 3);
    RepeatableRandomness randomness(17);
    const Hash512 sid = ceremony_id(room.terms());
    const SecretScalar a0 = random_scalar(randomness);
    const SecretScalar a1 = random_scalar(randomness);
    CeremonyOpen open{{times_generator(a0), times_generator(a1)}, {}, {}};
    const Transcript statement = possession_statement(sid, 2, open.coefficients);
    open.possession = prove_possession(statement, generator(), a0, randomness);
    Secret<32> exchange_secret;
    randomness.fill(exchange_secret.fill());
    CeremonyCommit commit{commitment_of(sid, 2, open.coefficients, open.possession), {}};
    crypto_scalarmult_base(commit.exchange_key.data(), exchange_secret.reveal().data());
    const CeremonyMessage committed =
        sign_message(room.terms(), CeremonyStep::commit, 2, encode(commit), room.key(2));
    for (const std::uint32_t i : {1U, 3U}) {
        BOOST_TEST_REQUIRE(room.seat(i).take_commit(committed).has_value());
        BOOST_TEST_REQUIRE(room.seat(i).take_commit(room.seat(4 - i).commit()).has_value());
        BOOST_TEST_REQUIRE(room.seat(i).open().has_value());
    }
    const auto sealed_for = [&](std::uint32_t owner, std::uint64_t off) {
        const SecretScalar share = add(add(a0, multiply(a1, scalar_of(owner))), secret_scalar_of(off));
        const ExchangeKey receiver = decode_commit(room.seat(owner).commit().fields).value().exchange_key;
        SealedShare sealed{};
        BOOST_TEST_REQUIRE(crypto_box_easy(sealed.data() + crypto_box_NONCEBYTES, share.reveal().data(), 32,
                                           sealed.data(), receiver.data(),
                                           exchange_secret.reveal().data()) == 0);
        return sealed;
    };
    const SealedShare right = sealed_for(1, 0);
    const SealedShare wrong = sealed_for(3, 1);
    open.share_names = {sha256(right), sha256(wrong)};
    const CeremonyMessage opened =
        sign_message(room.terms(), CeremonyStep::open, 2, encode(open), room.key(2));
    BOOST_TEST(room.seat(1).take_open(opened, right).has_value());
    is_fault(room.seat(3).take_open(opened, wrong), Fault::bad_proof);
    BOOST_TEST((room.seat(3).accused() == Accusation{2, CeremonyFault::wrong_share}));
    const ComplaintEvidence evidence{committed, opened, room.seat(3).commit()};
    BOOST_TEST((judge(room.terms(), evidence, room.seat(3).complaint().value()).value() ==
                Accusation{2, CeremonyFault::wrong_share}));
}

BOOST_AUTO_TEST_CASE(a_holder_that_complains_without_reason_is_named)
{
    CeremonyRoom room(2, 3);
    room.commit();
    room.open();
    const ComplaintEvidence evidence{room.seat(2).commit(), room.seat(2).open().value().message,
                                     room.seat(3).commit()};
    const auto judged = [&](const CeremonyComplaint& complaint) {
        return judge(room.terms(), evidence,
                     sign_message(room.terms(), CeremonyStep::complain, 3, encode(complaint), room.key(3)));
    };
    const Accusation expected{3, CeremonyFault::false_complaint};
    BOOST_TEST((judged({2, room.share(2, 3), {}}).value() == expected)); // another key than it committed to
    BOOST_TEST((judged({2, {}, {1}}).value() == expected));
    is_fault(judged({1, room.share(2, 3), {}}), Fault::malformed); // not about this evidence
    is_fault(judged({3, room.share(2, 3), {}}), Fault::malformed);
    is_fault(judged({9, room.share(2, 3), {}}), Fault::malformed);
}

BOOST_AUTO_TEST_CASE(a_share_changed_on_its_way_accuses_nobody)
{
    CeremonyRoom room(2, 3);
    room.commit();
    for (std::uint32_t i = 1; i <= 3; ++i)
        BOOST_TEST_REQUIRE(room.seat(i).open().has_value());
    SealedShare changed = room.share(1, 2);
    changed[40] ^= 1;
    const CeremonyMessage message = room.seat(1).open().value().message;
    is_fault(room.seat(2).take_open(message, changed), Fault::not_canonical);
    is_fault(room.seat(2).take_open(message, room.share(1, 3)), Fault::not_canonical);
    BOOST_TEST(!room.seat(2).accused());
    BOOST_TEST(room.seat(2).take_open(message, room.share(1, 2)).has_value());
}

BOOST_AUTO_TEST_CASE(another_agreement_is_named)
{
    CeremonyRoom room(2, 3);
    room.commit();
    room.open();
    const CeremonyMessage other = lie(room, room.seat(2).agree().value(), 0);
    is_fault(room.seat(1).take_agree(other), Fault::bad_proof);
    BOOST_TEST((room.seat(1).accused() == Accusation{2, CeremonyFault::other_agreement}));
}

BOOST_AUTO_TEST_CASE(a_message_of_another_ceremony_does_not_fit)
{
    CeremonyRoom room(2, 3);
    const CeremonyMessage message = room.seat(1).commit();
    for (auto change : std::vector<void (*)(CeremonyTerms&)>{
             [](CeremonyTerms& t) { ++t.attempt; }, [](CeremonyTerms& t) { t.meeting[0] ^= 1; },
             [](CeremonyTerms& t) { t.origin += "x"; }, [](CeremonyTerms& t) { t.threshold = 3; },
             [](CeremonyTerms& t) { t.holders[2].name = "别人"; },
             [](CeremonyTerms& t) { t.holders[2].key[0] ^= 1; },
             [](CeremonyTerms& t) { t.holders.pop_back(); }}) {
        CeremonyTerms terms = room.terms();
        change(terms);
        is_fault(check_message(terms, message), Fault::bad_signature);
    }
    BOOST_TEST(check_message(room.terms(), message).has_value());
}

BOOST_AUTO_TEST_CASE(terms_that_let_a_minority_decrypt_or_hold_twice_are_refused)
{
    const std::vector<std::pair<std::uint32_t, std::uint32_t>> refused{{1, 1}, {1, 2}, {2, 4},
                                                                       {3, 2}, {0, 0}, {4, 9}};
    for (const auto& [k, n] : refused)
        is_fault(check_terms(terms_for(k, n)), Fault::out_of_range);
    const std::vector<std::pair<std::uint32_t, std::uint32_t>> allowed{
        {2, 2}, {2, 3}, {3, 5}, {5, 9}, {9, 9}};
    for (const auto& [k, n] : allowed)
        BOOST_TEST(check_terms(terms_for(k, n)).has_value());
    CeremonyTerms twice = terms_for(2, 3);
    twice.holders[1].name = twice.holders[0].name;
    is_fault(check_terms(twice), Fault::malformed);
    twice = terms_for(2, 3);
    twice.holders[1].key = twice.holders[0].key;
    is_fault(check_terms(twice), Fault::malformed);
    twice = terms_for(2, 3);
    twice.holders[1].name = "\xff";
    is_fault(check_terms(twice), Fault::malformed);
}

BOOST_AUTO_TEST_CASE(every_flipped_byte_of_a_transcript_is_refused)
{
    CeremonyRoom room(2, 3);
    const auto outcomes = room.run();
    const Bytes record = encode(room.terms(), outcomes.front().transcript);
    for (std::size_t at = 0; at < record.size(); ++at) {
        Bytes changed = record;
        changed[at] ^= 1;
        const auto read = decode_transcript(room.terms(), changed);
        BOOST_TEST((!read || !check_transcript(room.terms(), *read)), "byte " << at);
    }
    for (const std::size_t size : {std::size_t{0}, std::size_t{30}, record.size() - 1})
        BOOST_TEST(!decode_transcript(room.terms(), ByteView(record).first(size)));
    Bytes longer = record;
    longer.push_back(0);
    is_fault(decode_transcript(room.terms(), longer), Fault::malformed);
}

BOOST_AUTO_TEST_CASE(fields_no_holder_sends_are_refused)
{
    CeremonyRoom room(2, 3);
    room.commit();
    CeremonyCommit commit = decode_commit(room.seat(1).commit().fields).value();
    commit.exchange_key = {}; // small order: a box under it hides nothing
    is_fault(decode_commit(encode(commit)), Fault::out_of_range);
    commit.exchange_key = {1};
    is_fault(decode_commit(encode(commit)), Fault::out_of_range);

    CeremonyOpen open = decode_open(room.terms(), room.seat(1).open().value().message.fields).value();
    open.coefficients.front() = Point{};
    is_fault(decode_open(room.terms(), encode(open)), Fault::out_of_range);
    open.coefficients.pop_back();
    is_fault(decode_open(room.terms(), encode(open)), Fault::out_of_range);
    Bytes fields = room.seat(1).open().value().message.fields;
    fields.pop_back();
    is_fault(decode_open(room.terms(), fields), Fault::truncated);
    std::fill_n(fields.begin(), 32, std::uint8_t{0xFF});
    is_fault(decode_open(room.terms(), fields), Fault::not_canonical);
}

BOOST_AUTO_TEST_CASE(four_words_are_the_first_44_bits)
{
    Digest digest;
    BOOST_TEST(four_words(digest) == "0000 0000 0000 0000");
    digest.bytes = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xF0, 1};
    BOOST_TEST(four_words(digest) == "2047 2047 2047 2047");
    digest.bytes = {0x00, 0x20, 0x08, 0x01, 0x80, 0x4F};
    BOOST_TEST(four_words(digest) == "0001 0002 0003 0004");
}

// RFC 9591 (FROST) over ristretto255, the published key generation of 2 of 3: zcash/frost,
// frost-ristretto255/tests/helpers/vectors_dkg.json. Its proof of knowledge hashes otherwise than ours.
BOOST_AUTO_TEST_CASE(feldman_arithmetic_agrees_with_the_published_key_generation)
{
    const auto point = [](const char* hex) { return parse_point(from_hex(hex).value()).value(); };
    const auto secret = [](const char* hex) {
        SecretScalar scalar;
        std::ranges::copy(parse_scalar(from_hex(hex).value()).value().bytes, scalar.fill().begin());
        return scalar;
    };
    const std::vector<std::vector<Point>> commitments{
        {point("7a79f973094a1a3bf62a380ca55f7a4a14cfcedcbae5671c745689acf8db8a40"),
         point("7e12837ca7590e8bfd91f3d5a297e4471eb35dcde71a99ff8a74981c2622977e")},
        {point("86f699bf3f55baca2d2b1745cf131af2f9601f9b670abb2aa609edccb8c8b866"),
         point("7cff88ebfe8a35a5a362c53fe64f65f4e1fde0152265f4b0d267244cac1ac21d")},
        {point("90cf8b404afaa3050e8623695ebf24376b85eae516e31e40187f720fb337826a"),
         point("f6bcb935c8362dd673ebdc39b7c27620a6d8b4ad99b18d26c25c0aaf154a0023")}};
    BOOST_TEST((times_generator(secret("d4c9fd3791845b7de290023b97608a8d02a32884e07c3000625dc6763f978402")) ==
                commitments[0][0]));
    // What holder 1 received from 2 and 3.
    const auto fits = [&](const char* share, std::size_t from, std::uint32_t to) {
        BOOST_TEST((times_generator(secret(share)) == evaluate(commitments[from - 1], to)));
    };
    fits("37fd7a8fa7ef7e905c4cc1ca7a244672a3f90077a86746c1c95a0b8b2a7bbe09", 2, 1);
    fits("f93fcf4b8fd02dd5a84922b624e57bbb13ddc8e43ee8eab51380d09abbe62a02", 3, 1);
    const std::array<std::pair<const char*, const char*>, 3> holders{
        {{"43b53fd8d96709e80c21c713698e814fb164996c0249c594e731c63f5fcd970b",
          "34a6dfc4a2abd44c8fd4b1c25d4dd2b739fcd0769974e2bf043872ba888d6836"},
         {"4e970d3d32b4bbb33eaa4e760c371e0956bc8af84394134fb7b8ae2cfa12080b",
          "f2a45b7d4c5b18e7af08477e0a079fe80a0ce187794d34b7118b3c964ccd8f48"},
         {"5979dba18a006e7f7033d6d8afdfbac2fa137c8485df6109873f97199558780a",
          "0c7b8a84fbe0bb7d2b5d2748b21887832d0981df4faabd9dd503a3fd384ba26e"}}};
    std::vector<CeremonyOpen> opens;
    for (const auto& coefficients : commitments)
        opens.push_back({coefficients, {}, {}});
    const ElectionKeys keys = election_keys(terms_for(2, 3), opens).value();
    BOOST_TEST(
        (keys.election_key == point("b83aed2f02a94ddd7f2b08543fb45f372aac439fc6001b91d8ddac25f1ce953c")));
    for (std::size_t i = 0; i < holders.size(); ++i) {
        BOOST_TEST((keys.share_keys[i] == point(holders[i].second)));
        BOOST_TEST((times_generator(secret(holders[i].first)) == keys.share_keys[i]));
    }
}

BOOST_AUTO_TEST_SUITE_END()
