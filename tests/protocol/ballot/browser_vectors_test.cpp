// schemas/vectors/ballot_browser.json: what the console in the browser makes, read by this side's verifiers.
#include "protocol/ballot/acknowledgement.hpp"
#include "protocol/ballot/opening.hpp"
#include "protocol/ballot/receipt.hpp"
#include "protocol/ballot/roll.hpp"
#include "tests/protocol/ballot/both_verifiers.hpp"
#include "tests/protocol/ballot/vector_fields.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

BOOST_AUTO_TEST_SUITE(browser_vectors_test)

using namespace plenum;
using namespace plenum::ballot;
namespace json = boost::json;

namespace {

json::object stored_file()
{
    std::ifstream in(PLENUM_SOURCE_DIR "/schemas/vectors/ballot_browser.json");
    BOOST_TEST_REQUIRE(in.good());
    std::ostringstream text;
    text << in.rdbuf();
    return json::parse(text.str()).as_object();
}

BallotTerms terms_in(const json::object& row)
{
    const auto shape = from_json<BallotShape>(row.at("shape"));
    BOOST_TEST_REQUIRE(shape.has_value());
    return terms_of(context_in(row), *shape);
}

void check_accepted(const json::object& row, const BallotTerms& terms, const CheckedBallot& checked)
{
    const auto name = text_at(row, "name");
    const auto ballot = hex_at(row, "ballot");
    BOOST_TEST((checked.bytes() == ballot), name);
    BOOST_TEST(to_hex(sha256(ballot)) == text_at(row, "sha256"), name);
    BOOST_TEST(tracker(ballot) == text_at(row, "tracker"), name);
    const auto choice = check_opening(hex_at(row, "opening"), ballot, terms);
    BOOST_TEST_REQUIRE(choice.has_value(), name);
    BOOST_TEST((json::array(choice->begin(), choice->end()) == row.at("choice").as_array()), name);
}

} // namespace

BOOST_AUTO_TEST_CASE(both_verifiers_answer_to_every_case_what_the_browser_does)
{
    const auto file = stored_file();
    std::map<std::string, unsigned> answers;
    for (const auto& value : file.at("cases").as_array()) {
        const json::object& row = value.as_object();
        const auto name = text_at(row, "name");
        const auto terms = terms_in(row);
        BOOST_TEST(to_hex(terms.context) == text_at(row, "ctx"), name);
        const auto checked = verify_by_both(hex_at(row, "ballot"), terms);
        const std::string answer(checked ? "accepted" : codec::enum_name(checked.error().fault));
        BOOST_TEST(answer == text_at(row, "expect"), name);
        if (checked) check_accepted(row, terms, *checked);
        ++answers[answer];
    }
    BOOST_TEST(answers["accepted"] == 11U);
    // Every reason there is for one ballot alone.
    for (const auto* reason : {"wrong_length", "wrong_version", "wrong_vote", "not_canonical_point",
                               "not_canonical_scalar", "identity", "statement", "credential", "terms"})
        BOOST_TEST(answers[reason] > 0U, reason);
}

BOOST_AUTO_TEST_CASE(a_registration_of_the_browser_holds_for_its_session_alone)
{
    const auto file = stored_file();
    const json::object& row = file.at("registration").as_object();
    RegistrationTerms terms{text_at(row, "origin"), array_at<16>(row, "meeting"), array_at<16>(row, "person"),
                            array_at<32>(row, "device_key"), array_at<32>(row, "channel")};
    const auto bytes = hex_at(row, "bytes");
    const auto registration = decode_registration(bytes);
    BOOST_TEST_REQUIRE(registration.has_value());
    BOOST_TEST((encode(*registration) == bytes));
    BOOST_TEST(check_registration(terms, *registration).has_value());
    terms.channel[0] ^= 1;
    BOOST_TEST(check_registration(terms, *registration).has_error());
    BOOST_TEST(decode_registration(ByteView(bytes).first(bytes.size() - 1)).has_error());
}

BOOST_AUTO_TEST_CASE(a_spoil_of_the_browser_holds_for_its_ballot_alone)
{
    const auto file = stored_file();
    const json::object& row = file.at("spoil").as_object();
    const auto terms = terms_of(context_in(row), motion_shape);
    const auto bytes = hex_at(row, "bytes");
    BOOST_TEST(bytes.size() == spoil_bytes);
    auto spoil = decode_spoil(bytes);
    BOOST_TEST_REQUIRE(spoil.has_value());
    BOOST_TEST((encode(*spoil) == bytes));
    BOOST_TEST(spoil->head.seq == row.at("seq").to_number<std::uint32_t>());
    BOOST_TEST(check_spoil(terms, *spoil).has_value());
    spoil->head.seq += 1;
    BOOST_TEST(check_spoil(terms, *spoil).has_error());
    // It is of the first ballot of the file.
    const auto ballot = read_head(hex_at(file.at("cases").as_array().front().as_object(), "ballot"));
    BOOST_TEST((read_head(bytes).value() == ballot.value()));
}

BOOST_AUTO_TEST_CASE(what_the_device_in_the_browser_signs_is_what_is_checked_here)
{
    const auto file = stored_file();
    const json::object& ack = file.at("ack").as_object();
    const auto context = context_in(ack);
    Acknowledgement acknowledgement{
        array_at<32>(ack, "device_key"), {array_at<32>(ack, "build")}, array_at<64>(ack, "signature")};
    BOOST_TEST(check_acknowledgement(context, acknowledgement).has_value());
    const auto blob = encode_acknowledgements(context_hash(context), {acknowledgement});
    const auto read = decode_acknowledgements(context_hash(context), blob);
    BOOST_TEST((read && read->front() == acknowledgement));
    acknowledgement.build = sha256("another build");
    BOOST_TEST(check_acknowledgement(context, acknowledgement).has_error());

    const json::object& box_ok = file.at("box_ok").as_object();
    const auto terms = terms_of(context_in(box_ok), motion_shape);
    const Digest root{array_at<32>(box_ok, "box_root")};
    const Confirmation confirmation{array_at<32>(box_ok, "device_key"), array_at<64>(box_ok, "signature")};
    BOOST_TEST(check_confirmation(terms, root, confirmation).has_value());
    const auto confirmations = encode_confirmations(terms.context, root, {confirmation});
    const auto found = decode_confirmations(terms.context, root, confirmations);
    BOOST_TEST((found && found->front() == confirmation));
    BOOST_TEST(check_confirmation(terms, sha256("another box"), confirmation).has_error());
}

BOOST_AUTO_TEST_SUITE_END()
