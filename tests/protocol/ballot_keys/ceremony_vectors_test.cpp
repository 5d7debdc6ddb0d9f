// schemas/vectors/ceremony.json: whole ceremonies, and transcripts in which somebody lied.
#include "tests/protocol/ballot_keys/rooms.hpp"
#include "tests/protocol/ballot_keys/vector_spelling.hpp"
#include "tests/protocol/golden.hpp"

#include <boost/describe.hpp>
#include <boost/test/unit_test.hpp>

#include <functional>

BOOST_AUTO_TEST_SUITE(ceremony_vectors_test)

using namespace plenum;
using namespace plenum::ballot;
namespace json = boost::json;

namespace {

std::string name_of(CeremonyFault fault)
{
    return boost::describe::enum_to_string(fault, "");
}

json::object spell(const CeremonyTerms& terms)
{
    json::array holders;
    for (const KeyHolder& holder : terms.holders)
        holders.push_back({{"name", holder.name}, {"key", to_hex(holder.key)}});
    return {{"origin", terms.origin},
            {"meeting", to_hex(terms.meeting)},
            {"attempt", terms.attempt},
            {"threshold", terms.threshold},
            {"holders", holders}};
}

json::array messages_of(std::span<const CeremonyMessage> messages)
{
    json::array list;
    for (const CeremonyMessage& message : messages)
        list.emplace_back(to_hex(encode(message)));
    return list;
}

json::object accepted(std::uint32_t k, std::uint32_t n)
{
    CeremonyRoom room(k, n, 100 * k + n);
    const auto outcomes = room.run();
    const ElectionKeys& keys = outcomes.front().keys;
    json::array secrets;
    for (const auto& outcome : outcomes)
        secrets.emplace_back(hex_of(outcome.share));
    return {{"name", std::to_string(k) + " of " + std::to_string(n)},
            {"terms", spell(room.terms())},
            {"sid", to_hex(ceremony_id(room.terms()))},
            {"commits", messages_of(outcomes.front().transcript.commits)},
            {"opens", messages_of(outcomes.front().transcript.opens)},
            {"agrees", messages_of(outcomes.front().transcript.agrees)},
            {"transcript", to_hex(encode(room.terms(), outcomes.front().transcript))},
            {"shares_of_the_secret", secrets},
            {"election_key", to_hex(keys.election_key.bytes)},
            {"share_keys", hex_of(keys.share_keys)},
            {"key_holders_hash", to_hex(keys.key_holders)},
            {"words", four_words(keys.key_holders)}};
}

/// Ceremonies of 2 of 3 in which holder 2 has the last word.
class Liars {
public:
    Liars() : outcomes_(room_.run()), honest_(outcomes_.front().transcript) {}

    const CeremonyTerms& terms() const { return room_.terms(); }

    json::array transcripts()
    {
        json::array list;
        const auto add = [&](const char* why, const std::function<void(CeremonyTranscript&)>& change) {
            CeremonyTranscript changed = honest_;
            change(changed);
            list.push_back(rejected(why, encode(terms(), changed)));
        };
        add("one bit of a commitment's signature", [](auto& t) { t.commits[1].signature[7] ^= 1; });
        add("one bit of an opening's signature", [](auto& t) { t.opens[1].signature[7] ^= 1; });
        add("signed by another holder", [&](auto& t) {
            t.commits[1] = sign_message(terms(), CeremonyStep::commit, 2, t.commits[1].fields, room_.key(3));
        });
        add("an X25519 key of small order", [&](auto& t) {
            CeremonyCommit commit = decode_commit(t.commits[1].fields).value();
            commit.exchange_key = {1};
            resign(t.commits[1], encode(commit));
        });
        add("another coefficient than committed to", [&](auto& t) {
            CeremonyOpen open = own_open();
            open.coefficients[1] = generator();
            resign(t.opens[1], encode(open));
        });
        add("a rogue key, committed to after the others opened", [&](auto& t) { set_open(t, rogue_open()); });
        add("the identity as its part of the election key", [&](auto& t) {
            CeremonyOpen open = own_open();
            open.coefficients[0] = Point{};
            set_open(t, open);
        });
        add("a point in another spelling", [&](auto& t) {
            Bytes fields = t.opens[1].fields;
            std::fill_n(fields.begin() + 32, 32, std::uint8_t{0xFF});
            resign(t.opens[1], fields);
        });
        add("a proof of possession of another attempt", [&](auto& t) {
            CeremonyRoom other(2, 3, 77, 2);
            set_open(t, decode_open(terms(), other_open(other)).value());
        });
        add("agrees to something else",
            [&](auto& t) { resign(t.agrees[1], flipped(t.agrees[1].fields, 5)); });
        add("the agreement of another holder", [&](auto& t) { resign(t.agrees[1], t.agrees[0].fields); });
        add("two holders in each other's place", [](auto& t) { std::swap(t.commits[0], t.commits[1]); });
        const Bytes bytes = encode(terms(), honest_);
        Bytes longer = bytes;
        longer.push_back(0);
        list.push_back(rejected("a byte too many", longer));
        list.push_back(rejected("a byte too few", {bytes.begin(), bytes.end() - 1}));
        list.push_back(rejected("another ceremony", flipped(bytes, 40)));
        list.push_back(rejected("another domain", flipped(bytes, 10)));
        list.push_back(rejected("no transcript", {}));
        return list;
    }

    json::array complaints()
    {
        CeremonyRoom room(2, 3, 5);
        room.commit();
        for (std::uint32_t i = 1; i <= 3; ++i)
            BOOST_TEST_REQUIRE(room.seat(i).open().has_value());
        const CeremonyMessage honest = room.seat(2).open().value().message;
        CeremonyOpen open = decode_open(terms(), honest.fields).value();
        SealedShare garbage = room.share(2, 3);
        garbage.back() ^= 1;
        open.share_names[share_index(2, 3)] = sha256(garbage);
        const CeremonyMessage lying = sign_message(terms(), CeremonyStep::open, 2, encode(open), room.key(2));
        BOOST_TEST(room.seat(3).take_open(lying, garbage).has_error());
        const CeremonyMessage& complaint = room.seat(3).complaint().value();
        json::array list;
        const auto add = [&](const char* name, const CeremonyMessage& accused_open, Bytes fields) {
            const CeremonyMessage message =
                sign_message(terms(), CeremonyStep::complain, 3, std::move(fields), room.key(3));
            const ComplaintEvidence evidence{room.seat(2).commit(), accused_open, room.seat(3).commit()};
            const Accusation judged = judge(terms(), evidence, message).value();
            list.push_back({{"name", name},
                            {"accused_commit", to_hex(encode(evidence.accused_commit))},
                            {"accused_open", to_hex(encode(evidence.accused_open))},
                            {"accuser_commit", to_hex(encode(evidence.accuser_commit))},
                            {"complaint", to_hex(encode(message))},
                            {"liar", judged.holder},
                            {"fault", name_of(judged.fault)}});
        };
        CeremonyComplaint right = decode_complaint(complaint.fields).value();
        add("the share does not open", lying, complaint.fields);
        add("the complaint shows another box", honest, complaint.fields);
        right.share = room.share(2, 3);
        add("the share is right", honest, encode(right));
        right.exchange_secret[5] ^= 1;
        add("the complaint shows another key", honest, encode(right));
        return list;
    }

private:
    void resign(CeremonyMessage& message, Bytes fields)
    {
        message =
            sign_message(terms(), message.step, message.holder, std::move(fields), room_.key(message.holder));
    }

    CeremonyOpen own_open() const { return decode_open(room_.terms(), honest_.opens[1].fields).value(); }

    static Bytes other_open(CeremonyRoom& other)
    {
        other.commit();
        return other.seat(2).open().value().message.fields;
    }

    CeremonyOpen rogue_open() const
    {
        CeremonyOpen open = own_open();
        const Point others = add(decode_open(room_.terms(), honest_.opens[0].fields).value().coefficients[0],
                                 decode_open(room_.terms(), honest_.opens[2].fields).value().coefficients[0]);
        open.coefficients[0] = subtract(generator(), others);
        return open;
    }

    /// Opens to `open` and makes its commitment fit.
    void set_open(CeremonyTranscript& transcript, const CeremonyOpen& open)
    {
        CeremonyCommit commit = decode_commit(transcript.commits[1].fields).value();
        commit.commitment = commitment_of(ceremony_id(terms()), 2, open.coefficients, open.possession);
        resign(transcript.commits[1], encode(commit));
        resign(transcript.opens[1], encode(open));
    }

    json::object rejected(const char* why, const Bytes& bytes) const
    {
        json::object row{{"why", why}, {"transcript", to_hex(bytes)}};
        const auto transcript = decode_transcript(room_.terms(), bytes);
        if (!transcript) {
            row["fault"] = transcript.error().value();
            return row;
        }
        BOOST_TEST(check_transcript(room_.terms(), *transcript).has_error(), why);
        const auto liar = find_liar(room_.terms(), *transcript);
        BOOST_TEST_REQUIRE(liar.has_value(), why);
        row["liar"] = liar->holder;
        row["fault"] = name_of(liar->fault);
        return row;
    }

    CeremonyRoom room_{2, 3, 203};
    std::vector<CeremonySeat::Outcome> outcomes_;
    CeremonyTranscript honest_;
};

} // namespace

BOOST_AUTO_TEST_CASE(the_ceremony_vectors_are_what_they_were)
{
    Liars liars;
    check_golden("ceremony.json", {{"format", "plenum/vectors/ceremony/1"},
                                   {"accepted", {accepted(2, 3), accepted(3, 5), accepted(5, 9)}},
                                   {"rejected_terms", spell(liars.terms())},
                                   {"rejected", liars.transcripts()},
                                   {"complaints", liars.complaints()}});
}

BOOST_AUTO_TEST_SUITE_END()
