#include "tests/protocol/ballot_keys/faults.hpp"
#include "tests/protocol/ballot_keys/house.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

BOOST_AUTO_TEST_SUITE(roll_test)

using namespace plenum;
using namespace plenum::ballot;

namespace {

std::vector<Acknowledgement> acknowledgements(const House& house)
{
    std::vector<Acknowledgement> all;
    for (const Seat& seat : house.seats)
        all.push_back(acknowledge(house.context, house.build, seat.device));
    return all;
}

RollCheck checked(const House& house, std::span<const Acknowledgement> all)
{
    return check_acknowledgements(house.context, all, house.roll(), {{house.build}});
}

} // namespace

BOOST_AUTO_TEST_CASE(every_console_finds_itself_in_the_list)
{
    for (const std::size_t members : {1U, 2U, 3U, 8U, 13U}) {
        const House house(members);
        const auto paths = list_paths(house.list.pseudonyms);
        for (std::size_t member = 0; member < members; ++member) {
            const auto at = static_cast<std::size_t>(
                std::ranges::find(house.list.pseudonyms, house.pseudonym_of(member)) -
                house.list.pseudonyms.begin());
            BOOST_TEST(check_listed(house.seats[member].voting_key, house.context, paths.at(at)).has_value());
            if (members > 1)
                is_fault(
                    check_listed(house.seats[member].voting_key, house.context, paths.at((at + 1) % members)),
                    Fault::bad_proof);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_list_with_a_generator_that_hides_nothing_is_refused)
{
    House house(3);
    house.context.vote_generator = Point{};
    const ListPath path = list_paths(house.list.pseudonyms).front();
    is_fault(check_listed(house.seats[0].voting_key, house.context, path), Fault::out_of_range);
}

BOOST_AUTO_TEST_CASE(a_voting_key_used_twice_or_the_identity_makes_no_list)
{
    House house(2);
    const Point key = house.seats[0].voting_key.public_key();
    is_fault(make_list(random_scalar(house.randomness), {{key, key}}), Fault::malformed);
    is_fault(make_list(random_scalar(house.randomness), {{key, Point{}}}), Fault::out_of_range);
}

// Two rounds of the same members have no pseudonym in common: r is fresh and gone.
BOOST_AUTO_TEST_CASE(two_rounds_cannot_be_linked_by_equal_pseudonyms)
{
    House house(4);
    std::vector<Point> keys;
    for (const Seat& seat : house.seats)
        keys.push_back(seat.voting_key.public_key());
    const PseudonymList next = make_list(random_scalar(house.randomness), keys).value();
    for (const Point& pseudonym : next.pseudonyms)
        BOOST_TEST((std::ranges::find(house.list.pseudonyms, pseudonym) == house.list.pseudonyms.end()));
}

BOOST_AUTO_TEST_CASE(a_member_that_was_added_has_no_acknowledgement)
{
    const House house(4);
    const auto all = acknowledgements(house);
    BOOST_TEST(checked(house, all).complete());
    // The server lists a fifth P, of its own, and shows the roll it has.
    House larger(4);
    larger.context.list_length = 5;
    const RollCheck found = checked(larger, acknowledgements(larger));
    BOOST_TEST(found.other_length);
    BOOST_TEST(!found.complete());
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_acknowledgements_is_named)
{
    const House house(4);
    auto all = acknowledgements(house);
    all[0].signature[3] ^= 1;
    all[1] = acknowledge(house.context, sha256("other"), house.seats[1].device);
    all.push_back(all[2]);
    all[3] = acknowledge(house.context, house.build, test_key(77));
    const RollCheck found = checked(house, all);
    const auto device = [&](std::size_t member) { return house.seats[member].device.public_key(); };
    BOOST_TEST(found.good == 1U);
    BOOST_TEST((found.forged == std::vector{device(0)}));
    BOOST_TEST((found.other_builds == std::vector{device(1)}));
    BOOST_TEST((found.repeated == std::vector{device(2)}));
    BOOST_TEST((found.unknown == std::vector{test_key(77).public_key()}));
    BOOST_TEST(found.missing.size() == 3U);
    BOOST_TEST(!found.complete());
}

BOOST_AUTO_TEST_CASE(an_acknowledgement_of_another_list_round_or_key_is_refused)
{
    const House house(3);
    const Acknowledgement signed_once = acknowledge(house.context, house.build, house.seats[0].device);
    BOOST_TEST(check_acknowledgement(house.context, signed_once).has_value());
    for (auto change : std::vector<void (*)(VoteContext&)>{
             [](VoteContext& c) { ++c.round; }, [](VoteContext& c) { c.vote[0] ^= 1; },
             [](VoteContext& c) { c.roll_root.bytes[0] ^= 1; }, [](VoteContext& c) { ++c.list_length; },
             [](VoteContext& c) { c.vote_generator = generator(); },
             [](VoteContext& c) { c.election_key = generator(); },
             [](VoteContext& c) { c.question.bytes[0] ^= 1; }, [](VoteContext& c) { c.rule.bytes[0] ^= 1; },
             [](VoteContext& c) { c.key_holders.bytes[0] ^= 1; }}) {
        VoteContext other = house.context;
        change(other);
        is_fault(check_acknowledgement(other, signed_once), Fault::bad_signature);
    }
}

BOOST_AUTO_TEST_CASE(every_flipped_byte_of_what_is_signed_is_refused)
{
    House house(2);
    const RegistrationTerms terms{"o", house.context.meeting, {}, house.seats[0].device.public_key(), {}};
    const SigningKey server = test_key(0xF0);
    BallotReceipt receipt;
    receipt.pseudonym = house.pseudonym_of(0);
    const Bytes registration =
        encode(register_key(terms, house.seats[0].voting_key, house.seats[0].device, house.randomness));
    const Bytes spoil = house.spoil(0, 3);
    const Bytes signed_receipt = encode(sign_receipt(ReceiptKind::ballot, receipt, server));
    const Hash512 ctx = context_hash(house.context);
    const Bytes acks = encode_acknowledgements(ctx, acknowledgements(house));
    const auto each = [](const Bytes& message, auto accepts) {
        BOOST_TEST_REQUIRE(accepts(message));
        for (std::size_t at = 0; at < message.size(); ++at)
            for (const int bit : {1, 0x80}) {
                Bytes changed = message;
                changed[at] ^= static_cast<std::uint8_t>(bit);
                BOOST_TEST(!accepts(changed), "byte " << at);
            }
    };
    each(registration, [&](const Bytes& bytes) {
        const auto decoded = decode_registration(bytes);
        return decoded && check_registration(terms, *decoded);
    });
    each(spoil, [&](const Bytes& bytes) {
        const auto decoded = decode_spoil(bytes);
        return decoded && check_spoil(house.terms(), *decoded);
    });
    each(signed_receipt, [&](const Bytes& bytes) {
        const auto decoded = decode_receipt(bytes);
        return decoded && check_receipt(ReceiptKind::ballot, *decoded, server.public_key());
    });
    each(acks, [&](const Bytes& bytes) {
        const auto decoded = decode_acknowledgements(ctx, bytes);
        return decoded && checked(house, *decoded).complete();
    });
}

// RFC 8032, 7.1, test 2: the signatures of devices and servers are those of everybody else.
BOOST_AUTO_TEST_CASE(signatures_are_those_of_rfc_8032)
{
    const auto hex = [](const char* text) { return from_hex(text).value(); };
    std::array<std::uint8_t, 32> seed{};
    std::ranges::copy(hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"), seed.begin());
    const SigningKey key(seed);
    BOOST_TEST(to_hex(key.public_key()) ==
               "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    BOOST_TEST(to_hex(key.sign(hex("72"))) ==
               "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
               "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

BOOST_AUTO_TEST_SUITE_END()
