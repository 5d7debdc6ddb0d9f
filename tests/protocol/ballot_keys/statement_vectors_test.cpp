// schemas/vectors/statement.json: what a console signs to be enrolled, and what a key holder says beside a
// share and signs of the record.
#include "protocol/ballot/enrolment.hpp"
#include "protocol/ballot/statement.hpp"
#include "tests/protocol/ballot_keys/house.hpp"
#include "tests/protocol/ballot_keys/vector_spelling.hpp"
#include "tests/protocol/golden.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(statement_vectors_test)

using namespace plenum;
using namespace plenum::ballot;
namespace json = boost::json;

namespace {

/// One enrolment as somebody told it.
struct Enrolment {
    EnrolmentTerms terms;
    VerifyKey device{};
    Signature proof{};
};

bool holds(const Enrolment& one)
{
    return check_device(one.terms, one.device, one.proof).has_value();
}

json::object spell(const Enrolment& one)
{
    return {{"origin", one.terms.origin},
            {"person", to_hex(one.terms.person)},
            {"channel", to_hex(one.terms.channel)},
            {"device", to_hex(one.device)},
            {"proof", to_hex(one.proof)}};
}

/// One statement as somebody told it.
struct Said {
    ShareTerms terms;
    HolderStatement statement;
    VerifyKey holder{};
    Signature signature{};
};

bool holds(const Said& one)
{
    return check_statement(one.terms, one.statement, one.holder, one.signature).has_value();
}

json::object spell(const Said& one)
{
    return {{"vote", to_hex(one.terms.vote)},
            {"ctx", to_hex(one.terms.context)},
            {"box_root", to_hex(one.terms.box_root)},
            {"holder", one.statement.holder},
            {"confirmed", one.statement.confirmed},
            {"overridden", one.statement.overridden},
            {"share_sha256", to_hex(one.statement.share)},
            {"key", to_hex(one.holder)},
            {"signature", to_hex(one.signature)}};
}

/// One cosignature of a checkpoint as somebody told it.
struct Cosigned {
    std::string origin;
    Cosignature cosignature;
    VerifyKey holder{};
};

bool holds(const Cosigned& one)
{
    return check_cosignature(one.origin, one.cosignature, one.holder).has_value();
}

json::object spell(const Cosigned& one)
{
    return {{"origin", one.origin},
            {"size", one.cosignature.size},
            {"root", to_hex(one.cosignature.root)},
            {"time_s", one.cosignature.time_s},
            {"key", to_hex(one.holder)},
            {"signature", to_hex(one.cosignature.signature)}};
}

template <class One>
using Change = std::pair<const char*, void (*)(One&)>;

/// The honest one, and each way to change it that must be refused.
template <class One>
json::object told(const One& honest, const std::vector<Change<One>>& changes)
{
    BOOST_TEST_REQUIRE(holds(honest));
    json::array rejected;
    for (const auto& [why, change] : changes) {
        auto lie = honest;
        change(lie);
        BOOST_TEST_REQUIRE(!holds(lie), why);
        auto row = spell(lie);
        row["why"] = why;
        rejected.push_back(std::move(row));
    }
    return {{"accepted", json::array{spell(honest)}}, {"rejected", std::move(rejected)}};
}

json::object enrolments()
{
    const std::string origin = "plenum.example/npc";
    const auto device = test_key(21);
    Enrolment honest{
        {origin, record_id(origin, "person", 12), sha256("channel").bytes}, device.public_key(), {}};
    honest.proof = prove_device(honest.terms, device);
    return told<Enrolment>(
        honest,
        {{"another log", [](auto& one) { one.terms.origin += "/2"; }},
         {"another person", [](auto& one) { one.terms.person = record_id(one.terms.origin, "person", 13); }},
         {"another session", [](auto& one) { one.terms.channel[31] ^= 1; }},
         {"another console", [](auto& one) { one.device = test_key(22).public_key(); }},
         {"a key of small order", [](auto& one) { one.device = VerifyKey{1}; }},
         {"one bit of the proof changed", [](auto& one) { one.proof[9] ^= 4; }},
         {"a proof by another console",
          [](auto& one) { one.proof = prove_device(one.terms, test_key(22)); }}});
}

json::object statements()
{
    House house(5);
    const auto key = test_key(31);
    Said honest{{house.context.vote, context_hash(house.context), sha256("box root")},
                {2, 4, false, sha256("share")},
                key.public_key(),
                {}};
    honest.signature = sign_statement(honest.terms, honest.statement, key);
    return told<Said>(honest,
                      {{"another vote", [](auto& one) { one.terms.vote[0] ^= 1; }},
                       {"another context", [](auto& one) { one.terms.context[63] ^= 1; }},
                       {"another box", [](auto& one) { one.terms.box_root.bytes[5] ^= 1; }},
                       {"another holder's number", [](auto& one) { one.statement.holder = 3; }},
                       {"more confirmations", [](auto& one) { one.statement.confirmed = 5; }},
                       {"an override nobody decided", [](auto& one) { one.statement.overridden = true; }},
                       {"another share", [](auto& one) { one.statement.share.bytes[0] ^= 1; }},
                       {"another holder's key", [](auto& one) { one.holder = test_key(32).public_key(); }},
                       {"one bit of the signature changed", [](auto& one) { one.signature[40] ^= 1; }}});
}

json::object cosignatures()
{
    const std::string origin = "plenum.example/npc";
    const auto key = test_key(31);
    const Checkpoint record{origin, 20'852'163, sha256("root")};
    const Cosigned honest{origin, cosign(record, 1'790'000'000, key), key.public_key()};
    return told<Cosigned>(
        honest, {{"another log", [](auto& one) { one.origin += "/2"; }},
                 {"a longer record", [](auto& one) { ++one.cosignature.size; }},
                 {"another record", [](auto& one) { one.cosignature.root.bytes[31] ^= 1; }},
                 {"another time", [](auto& one) { ++one.cosignature.time_s; }},
                 {"another holder's key", [](auto& one) { one.holder = test_key(32).public_key(); }},
                 {"one bit of the signature changed", [](auto& one) { one.cosignature.signature[40] ^= 1; }},
                 {"a signature that is too short", [](auto& one) { one.cosignature.signature.pop_back(); }}});
}

} // namespace

BOOST_AUTO_TEST_CASE(statement_vectors)
{
    check_golden("statement.json", json::object{{"format", "plenum/vectors/statement/1"},
                                                {"enrolment", enrolments()},
                                                {"share_statement", statements()},
                                                {"cosignature", cosignatures()}});
}

BOOST_AUTO_TEST_SUITE_END()
