// schemas/vectors/receipt.json: what consoles, devices and the server sign around a ballot.
#include "tests/protocol/ballot_keys/house.hpp"
#include "tests/protocol/ballot_keys/vector_spelling.hpp"
#include "tests/protocol/golden.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(receipt_vectors_test)

using namespace plenum;
using namespace plenum::ballot;
namespace json = boost::json;

namespace {

json::object spell(const VoteContext& context)
{
    return {{"origin", context.origin},
            {"meeting", to_hex(context.meeting)},
            {"vote", to_hex(context.vote)},
            {"round", context.round},
            {"question", to_hex(context.question)},
            {"rule", to_hex(context.rule)},
            {"roll_root", to_hex(context.roll_root)},
            {"list_length", context.list_length},
            {"key_holders", to_hex(context.key_holders)},
            {"election_key", to_hex(context.election_key.bytes)},
            {"vote_generator", to_hex(context.vote_generator.bytes)},
            {"ctx", to_hex(context_hash(context))}};
}

/// A message, and each way to change it that must be refused.
template <class Check>
json::array rejected(const std::vector<std::pair<std::string, Bytes>>& cases, Check check)
{
    json::array list;
    for (const auto& [why, bytes] : cases) {
        const Result<void> checked = check(bytes);
        BOOST_TEST_REQUIRE(checked.has_error(), why);
        list.push_back({{"why", why}, {"fault", checked.error().value()}, {"bytes", to_hex(bytes)}});
    }
    return list;
}

Bytes with_point(Bytes bytes, std::size_t at, std::uint8_t filler)
{
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), 32, filler);
    return bytes;
}

Bytes longer(Bytes bytes)
{
    bytes.push_back(0);
    return bytes;
}

Bytes shorter(Bytes bytes)
{
    bytes.pop_back();
    return bytes;
}

json::object registration(House& house)
{
    const Seat& seat = house.seats[0];
    const RegistrationTerms terms{house.context.origin, house.context.meeting,
                                  record_id(house.context.origin, "person", 1), seat.device.public_key(),
                                  sha256("channel").bytes};
    const Bytes bytes = encode(register_key(terms, seat.voting_key, seat.device, house.randomness));
    const auto check = [&](const RegistrationTerms& of, ByteView message) -> Result<void> {
        const auto decoded = decode_registration(message);
        if (!decoded) return decoded.error();
        return check_registration(of, *decoded);
    };
    BOOST_TEST(check(terms, bytes).has_value());
    for (auto change : std::vector<void (*)(RegistrationTerms&)>{
             [](RegistrationTerms& t) { t.origin += "x"; }, [](RegistrationTerms& t) { t.meeting[0] ^= 1; },
             [](RegistrationTerms& t) { t.person[0] ^= 1; }, [](RegistrationTerms& t) { t.device[1] ^= 1; },
             [](RegistrationTerms& t) { t.channel[0] ^= 1; }}) {
        RegistrationTerms other = terms;
        change(other);
        BOOST_TEST(check(other, bytes).has_error());
    }
    Registration stolen = decode_registration(bytes).value();
    stolen.voting_key = house.seats[1].voting_key.public_key(); // nobody at this device knows its secret
    stolen.signature = seat.device.sign(Transcript("plenum/voting-key/v1")
                                            .text(terms.origin)
                                            .raw(terms.meeting)
                                            .raw(terms.person)
                                            .raw(terms.device)
                                            .raw(terms.channel)
                                            .point(stolen.voting_key)
                                            .point(stolen.possession.commitment)
                                            .scalar(stolen.possession.answer)
                                            .bytes());
    return {{"origin", terms.origin},
            {"meeting", to_hex(terms.meeting)},
            {"person", to_hex(terms.person)},
            {"device", to_hex(terms.device)},
            {"channel", to_hex(terms.channel)},
            {"secret", hex_of(seat.voting_key.secret())},
            {"bytes", to_hex(bytes)},
            {"rejected", rejected({{"version 2", flipped(bytes, 0, 3)},
                                   {"somebody else's key, signed by the device", encode(stolen)},
                                   {"the identity", with_point(bytes, 1, 0)},
                                   {"a point in another spelling", with_point(bytes, 1, 0xFF)},
                                   {"z beyond the order", with_point(bytes, 65, 0xFF)},
                                   {"another z", flipped(bytes, 65)},
                                   {"another signature", flipped(bytes, 97)},
                                   {"a byte too many", longer(bytes)},
                                   {"a byte too few", shorter(bytes)}},
                                  [&](ByteView message) { return check(terms, message); })}};
}

json::object list(const House& house)
{
    json::array paths;
    for (const ListPath& path : list_paths(house.list.pseudonyms))
        paths.emplace_back(hex_of(path.hashes));
    json::array secrets;
    for (const Seat& seat : house.seats)
        secrets.emplace_back(hex_of(seat.voting_key.secret()));
    const Bytes bytes = encode_list(house.list.pseudonyms);
    auto swapped = house.list.pseudonyms;
    std::swap(swapped[0], swapped[1]);
    auto twice = house.list.pseudonyms;
    twice[1] = twice[0];
    auto empty_place = house.list.pseudonyms;
    empty_place[0] = Point{};
    return {{"voting_key_secrets", secrets},
            {"bytes", to_hex(bytes)},
            {"roll_root", to_hex(house.context.roll_root)},
            {"paths", paths},
            {"rejected", rejected({{"not sorted", encode_list(swapped)},
                                   {"two equal", encode_list(twice)},
                                   {"the identity", encode_list(empty_place)},
                                   {"one too few", flipped(bytes, 0, 3)},
                                   {"a byte too many", longer(bytes)}},
                                  [](ByteView message) -> Result<void> {
                                      const auto decoded = decode_list(message);
                                      if (!decoded) return decoded.error();
                                      return {};
                                  })}};
}

/// The first thing in a check of the roll that is not as it should be.
std::string what_is_wrong(const RollCheck& found)
{
    if (!found.unknown.empty()) return "unknown";
    if (!found.repeated.empty()) return "repeated";
    if (!found.other_builds.empty()) return "other_builds";
    if (!found.forged.empty()) return "forged";
    if (!found.missing.empty()) return "missing";
    return found.other_length ? "other_length" : "";
}

json::object acknowledgements(const House& house)
{
    const Hash512 ctx = context_hash(house.context);
    std::vector<Acknowledgement> all;
    for (const Seat& seat : house.seats)
        all.push_back(acknowledge(house.context, house.build, seat.device));
    const Bytes bytes = encode_acknowledgements(ctx, all);
    const RollCheck whole = check_acknowledgements(house.context, decode_acknowledgements(ctx, bytes).value(),
                                                   house.roll(), {{house.build}});
    BOOST_TEST(whole.complete());
    json::array refused;
    const auto reject = [&](const char* why, const Bytes& blob) {
        const auto decoded = decode_acknowledgements(ctx, blob);
        json::value what;
        if (decoded)
            what =
                what_is_wrong(check_acknowledgements(house.context, *decoded, house.roll(), {{house.build}}));
        else
            what = decoded.error().value();
        BOOST_TEST_REQUIRE((what != json::value("")), why);
        refused.push_back({{"why", why}, {"fault", what}, {"bytes", to_hex(blob)}});
    };
    const std::size_t head = 4 + 14 + 64;
    auto fewer = all;
    fewer.pop_back();
    auto stranger = all;
    stranger[0] = acknowledge(house.context, house.build, test_key(99));
    auto other_build = all;
    other_build[0] = acknowledge(house.context, sha256("other build"), house.seats[0].device);
    VoteContext next_round = house.context;
    ++next_round.round;
    auto replayed = all;
    replayed[0] = acknowledge(next_round, house.build, house.seats[0].device);
    reject("one missing", encode_acknowledgements(ctx, fewer));
    reject("somebody who is not on the roll", encode_acknowledgements(ctx, stranger));
    reject("another build", encode_acknowledgements(ctx, other_build));
    reject("of another round", encode_acknowledgements(ctx, replayed));
    reject("another context", flipped(bytes, head - 1));
    reject("another device", flipped(bytes, head + 4));
    reject("another signature", flipped(bytes, bytes.size() - 1));
    reject("a byte too many", longer(bytes));
    return {{"build", to_hex(house.build)},
            {"blob", to_hex(bytes)},
            {"blob_sha256", to_hex(sha256(bytes))},
            {"rejected", refused}};
}

json::object receipts(House& house, ReceiptKind kind)
{
    const SigningKey server = test_key(0xF0);
    const Bytes ballot = house.ballot(0, 9);
    BallotReceipt receipt;
    receipt.vote = house.context.vote;
    receipt.context = context_hash(house.context);
    receipt.pseudonym = house.pseudonym_of(0);
    receipt.seq = 9;
    receipt.ballot = sha256(ballot);
    receipt.box = record_id(house.context.origin, "ballot_box.created", 41);
    receipt.leaf = 57;
    const Bytes bytes = encode(sign_receipt(kind, receipt, server));
    const auto check = [&](ByteView message) -> Result<void> {
        const auto decoded = decode_receipt(message);
        if (!decoded) return decoded.error();
        if (auto signature = check_receipt(kind, *decoded, server.public_key()); !signature) return signature;
        return check_receipt_of(*decoded, house.terms(), ballot);
    };
    BOOST_TEST(check(bytes).has_value());
    const auto changed = [&](auto change) {
        BallotReceipt other = receipt;
        change(other);
        return encode(sign_receipt(kind, other, server));
    };
    const ReceiptKind other_kind = kind == ReceiptKind::ballot ? ReceiptKind::spoil : ReceiptKind::ballot;
    return {
        {"server", to_hex(server.public_key())},
        {"ballot", to_hex(ballot)},
        {"bytes", to_hex(bytes)},
        {"rejected",
         rejected(
             {{"of the other kind", encode(sign_receipt(other_kind, receipt, server))},
              {"by another key", encode(sign_receipt(kind, receipt, test_key(0xF1)))},
              {"another leaf", flipped(bytes, bytes.size() - 65)},
              {"another signature", flipped(bytes, bytes.size() - 1)},
              {"version 2", flipped(bytes, 0, 3)},
              {"the identity", with_point(bytes, 81, 0)},
              {"signed for another ballot", changed([](BallotReceipt& r) { r.ballot = sha256("other"); })},
              {"signed for another seq", changed([](BallotReceipt& r) { ++r.seq; })},
              {"signed for another vote", changed([](BallotReceipt& r) { r.vote[0] ^= 1; })},
              {"signed for another context", changed([](BallotReceipt& r) { r.context[0] ^= 1; })},
              {"signed for another pseudonym", changed([](BallotReceipt& r) { r.pseudonym = generator(); })},
              {"a byte too many", longer(bytes)},
              {"a byte too few", shorter(bytes)}},
             check)}};
}

json::object spoils(House& house)
{
    const Bytes bytes = house.spoil(0, 9);
    const auto check = [&](ByteView message) -> Result<void> {
        const auto decoded = decode_spoil(message);
        if (!decoded) return decoded.error();
        return check_spoil(house.terms(), *decoded);
    };
    BOOST_TEST(check(bytes).has_value());
    Spoil stolen = decode_spoil(house.spoil(1, 9)).value(); // by somebody else
    stolen.head.pseudonym = house.pseudonym_of(0);
    BallotTerms other_terms = house.terms();
    other_terms.context[0] ^= 1;
    const Bytes other_context =
        encode(make_spoil(other_terms, house.seats[0].voting_key.secret(), 9, house.randomness));
    return {{"bytes", to_hex(bytes)},
            {"rejected", rejected({{"version 2", flipped(bytes, 0, 3)},
                                   {"another vote", flipped(bytes, 1)},
                                   {"another seq", flipped(bytes, 49)},
                                   {"by another pseudonym's owner", encode(stolen)},
                                   {"of another context", other_context},
                                   {"the identity", with_point(bytes, 17, 0)},
                                   {"another z", flipped(bytes, 85)},
                                   {"z beyond the order", with_point(bytes, 85, 0xFF)},
                                   {"a byte too many", longer(bytes)},
                                   {"a byte too few", shorter(bytes)}},
                                  check)}};
}

json::array trackers(const House& house)
{
    json::array rows;
    for (const int filler : {0x00, 0xAB, 0xFF}) {
        const Bytes ballot = house.ballot(0, 9, static_cast<std::uint8_t>(filler));
        rows.push_back({{"ballot", to_hex(ballot)}, {"tracker", tracker(ballot)}});
    }
    return rows;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_receipt_vectors_are_what_they_were)
{
    House house(5);
    check_golden("receipt.json", {{"format", "plenum/vectors/receipt/1"},
                                  {"note", "ballots are filler after version, vote, pseudonym and seq"},
                                  {"vote", spell(house.context)},
                                  {"registration", registration(house)},
                                  {"list", list(house)},
                                  {"acknowledgements", acknowledgements(house)},
                                  {"receipt", receipts(house, ReceiptKind::ballot)},
                                  {"spoil_ok", receipts(house, ReceiptKind::spoil)},
                                  {"spoil", spoils(house)},
                                  {"trackers", trackers(house)}});
}

BOOST_AUTO_TEST_SUITE_END()
