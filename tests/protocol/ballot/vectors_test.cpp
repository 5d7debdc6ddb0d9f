// schemas/vectors/ballot.json: made here once, and read back as a stranger would, from nothing but the file.
#include "protocol/ballot/ciphertext_index.hpp"
#include "tests/protocol/ballot/attacks.hpp"
#include "tests/protocol/ballot/both_verifiers.hpp"
#include "tests/protocol/ballot/vector_fields.hpp"
#include "tests/protocol/golden.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <map>
#include <sstream>

BOOST_AUTO_TEST_SUITE(vectors_test)

using namespace plenum;
using namespace plenum::ballot;
namespace json = boost::json;

namespace {

constexpr const char* note =
    "docs/ballot_protocol.md 9. Byte strings are lower-case hex; `question` is the blob whose SHA-256 the "
    "context "
    "holds; `challenge` is c; `hash` is H32 of the ballot; `statement` counts from 0";

json::object context_fields(const VoteContext& context)
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
            {"vote_generator", to_hex(context.vote_generator.bytes)}};
}

json::array statement_fields(const BallotTerms& terms)
{
    json::array list;
    for (const auto& [first, count, step, values] : statements_of(terms.shape, terms.base))
        list.push_back({{"first", first},
                        {"count", count},
                        {"step", step},
                        {"values", json::array(values.begin(), values.end())}});
    return list;
}

json::object vote_fields(const SampleVote& vote)
{
    const BallotTerms terms = terms_of(vote);
    return {{"name", vote.name},
            {"shape", to_json(vote.shape)},
            {"question", canonical_json(to_json(question_of(vote)))},
            {"context", context_fields(context_of(vote))},
            {"ctx", to_hex(terms.context)},
            {"base", terms.base},
            {"ciphertexts", ciphertext_count(vote.shape)},
            {"ballot_bytes", ballot_size(vote.shape)},
            {"statements", statement_fields(terms)}};
}

json::object accepted_fields(const SampleVote& vote, const Bytes& choice, std::uint32_t seq)
{
    const BallotTerms terms = terms_of(vote);
    const MadeBallot made = made_ballot(terms, choice, "delegate 1", seq, seq);
    return {{"vote", vote.name},
            {"choice", json::array(choice.begin(), choice.end())},
            {"seq", seq},
            {"challenge", to_hex(ballot_challenge(terms, *split_ballot(made.bytes, terms)))},
            {"hash", to_hex(sha256(made.bytes))},
            {"opening", to_hex(encode_opening(made.opening))},
            {"ballot", to_hex(made.bytes)}};
}

json::array accepted()
{
    json::array list;
    std::uint32_t seq = 90'000'000;
    for (const SampleVote& vote : sample_votes())
        for (const Bytes& choice : vote.choices)
            list.push_back(accepted_fields(vote, choice, ++seq));
    return list;
}

json::array rejected()
{
    json::array list;
    for (const Attack& attack : all_attacks()) {
        json::object row{
            {"why", attack.why}, {"vote", attack.vote}, {"fault", codec::enum_name(attack.refusal.fault)}};
        if (attack.refusal.fault == BallotFault::statement) row["statement"] = attack.refusal.statement;
        row["ballot"] = to_hex(attack.ballot);
        list.push_back(row);
    }
    return list;
}

json::array rejected_together()
{
    json::array list;
    for (const char* name : {"motion", "up to three of six"}) {
        json::array ballots;
        for (const Bytes& ballot : agreed_ciphertexts(sample_vote(name)))
            ballots.emplace_back(to_hex(ballot));
        list.push_back({{"why", "the second has a ciphertext of the first under another pseudonym"},
                        {"vote", name},
                        {"fault", codec::enum_name(BallotFault::copied_ciphertext)},
                        {"refused", 1},
                        {"ballots", ballots}});
    }
    return list;
}

json::array rejected_openings()
{
    const SampleVote& vote = sample_vote("motion");
    const BallotTerms terms = terms_of(vote);
    const MadeBallot made = made_ballot(terms, {1}, "delegate 1", 5000);
    const Bytes opening = encode_opening(made.opening);
    json::array list;
    const auto reject = [&](const char* why, Fault expected, Bytes bytes) {
        BOOST_TEST((check_opening(bytes, made.bytes, terms).error() == fault(expected)), why);
        list.push_back(
            {{"why", why}, {"vote", vote.name}, {"ballot", to_hex(made.bytes)}, {"opening", to_hex(bytes)}});
    };
    Bytes other = opening;
    other[0] ^= 1;
    reject("another choice", Fault::bad_proof, other);
    other = opening;
    other[9] ^= 1;
    reject("other randomness", Fault::bad_proof, other);
    other = opening;
    other.back() = 0xff;
    reject("randomness that is no scalar", Fault::not_canonical, other);
    reject("one byte too few", Fault::truncated, {opening.begin(), opening.end() - 1});
    other = opening;
    other.push_back(0);
    reject("one byte too many", Fault::malformed, other);
    return list;
}

json::value stored_vectors()
{
    std::ifstream in(PLENUM_SOURCE_DIR "/schemas/vectors/ballot.json");
    BOOST_TEST_REQUIRE(in.good());
    std::ostringstream text;
    text << in.rdbuf();
    return json::parse(text.str());
}

BallotTerms read_terms(const json::object& vote)
{
    const auto context = context_in(vote);
    for (const auto& key : {context.election_key, context.vote_generator})
        BOOST_TEST_REQUIRE(parse_point(key.bytes).has_value());
    const auto shape = from_json<BallotShape>(vote.at("shape"));
    BOOST_TEST_REQUIRE(shape.has_value());
    const BallotTerms terms = terms_of(context, *shape);
    BOOST_TEST(to_hex(terms.context) == std::string_view(vote.at("ctx").get_string()));
    BOOST_TEST((sha256(std::string_view(vote.at("question").get_string())) == context.question));
    BOOST_TEST(terms.base == vote.at("base").to_number<std::uint32_t>());
    return terms;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_ballot_vectors_are_what_they_were)
{
    json::array votes;
    for (const SampleVote& vote : sample_votes())
        votes.push_back(vote_fields(vote));
    check_golden("ballot.json", {{"format", "plenum/vectors/ballot/1"},
                                 {"note", note},
                                 {"votes", votes},
                                 {"accepted", accepted()},
                                 {"rejected", rejected()},
                                 {"rejected_together", rejected_together()},
                                 {"rejected_openings", rejected_openings()}});
}

BOOST_AUTO_TEST_CASE(a_stranger_with_the_file_alone_comes_to_the_same_answers)
{
    const json::value stored = stored_vectors();
    std::map<std::string, BallotTerms, std::less<>> terms;
    for (const auto& vote : stored.at("votes").get_array())
        terms.emplace(vote.at("name").get_string().c_str(), read_terms(vote.get_object()));
    const auto terms_at = [&](const json::object& row) -> const BallotTerms& {
        return terms.at(row.at("vote").get_string().c_str());
    };

    for (const auto& value : stored.at("accepted").get_array()) {
        const json::object& row = value.get_object();
        const Bytes ballot = hex_at(row, "ballot");
        const auto checked = verify_by_both(ballot, terms_at(row));
        BOOST_TEST_REQUIRE(checked.has_value());
        BOOST_TEST(checked->seq() == row.at("seq").to_number<std::uint32_t>());
        const auto choice = check_opening(hex_at(row, "opening"), ballot, terms_at(row));
        BOOST_TEST_REQUIRE(choice.has_value());
        BOOST_TEST((json::array(choice->begin(), choice->end()) == row.at("choice").get_array()));
    }
    for (const auto& value : stored.at("rejected").get_array()) {
        const json::object& row = value.get_object();
        const auto checked = verify_by_both(hex_at(row, "ballot"), terms_at(row));
        const std::string why(row.at("why").get_string());
        BOOST_TEST_REQUIRE(checked.has_error(), why);
        BOOST_TEST(codec::enum_name(checked.error().fault) == row.at("fault").get_string(), why);
        const auto* statement = row.if_contains("statement");
        BOOST_TEST(checked.error().statement == (statement ? statement->to_number<std::uint32_t>() : 0), why);
    }
    for (const auto& value : stored.at("rejected_together").get_array()) {
        const json::object& row = value.get_object();
        CiphertextIndex index;
        const auto& ballots = row.at("ballots").get_array();
        for (std::size_t i = 0; i < ballots.size(); ++i) {
            const Bytes ballot = *from_hex(std::string_view(ballots[i].get_string()));
            const auto checked = verify_by_both(ballot, terms_at(row));
            BOOST_TEST_REQUIRE(checked.has_value());
            BOOST_TEST(index.add(*checked).has_error() == (i == row.at("refused").to_number<std::size_t>()));
        }
    }
    for (const auto& value : stored.at("rejected_openings").get_array()) {
        const json::object& row = value.get_object();
        BOOST_TEST(check_opening(hex_at(row, "opening"), hex_at(row, "ballot"), terms_at(row)).has_error());
    }
}

BOOST_AUTO_TEST_SUITE_END()
