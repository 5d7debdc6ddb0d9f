#include "protocol/entry_proof.hpp"

#include "tests/support/recorded_meeting.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(entry_proof_test)

using namespace plenum;
using namespace plenum::testing;

namespace {

struct Log {
    std::vector<std::string> leaves;
    MerkleTree tree;
    std::string note;
    NoteVerifier key = note_verifier("plenum.example/log", log_key().public_key());

    explicit Log(std::size_t size)
    {
        for (std::size_t i = 0; i < size; ++i) {
            leaves.push_back("entry " + std::to_string(i));
            tree.append(leaf_hash(bytes_of(leaves.back())));
        }
        note = sign_checkpoint({key.name, tree.size(), tree.root()}, log_key());
    }

    EntryProof proof(std::uint64_t index) const
    {
        return {leaves[index], index, tree.inclusion_proof(index, tree.size()), note};
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_proof_looks_as_c2sp_tlog_proof_says)
{
    const Log log(2);
    const auto proof = log.proof(1);
    const auto expected = "c2sp.org/tlog-proof@v1\nextra ZW50cnkgMQ==\nindex 1\n" +
                          to_base64(leaf_hash(bytes_of("entry 0")).view()) + "\n\n" + log.note;
    BOOST_TEST(encode_proof(proof) == expected);
}

BOOST_AUTO_TEST_CASE(every_entry_of_logs_of_many_sizes_can_be_proven)
{
    for (const std::size_t size : {1u, 2u, 3u, 7u, 8u, 9u, 31u, 64u, 100u}) {
        const Log log(size);
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto text = encode_proof(log.proof(index));
            const auto decoded = decode_proof(text);
            BOOST_TEST_REQUIRE(decoded.has_value());
            BOOST_TEST((*decoded == log.proof(index)));
            const auto checkpoint = check_proof(*decoded, log.key);
            BOOST_TEST_REQUIRE(checkpoint.has_value());
            BOOST_TEST(checkpoint->size == size);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_proof_of_something_else_is_refused)
{
    const Log log(9);
    const auto good = log.proof(4);
    const auto with = [&](const std::function<void(EntryProof&)>& change) {
        auto changed = good;
        change(changed);
        return changed;
    };
    const Log other(8);
    const struct {
        const char* what;
        EntryProof proof;
        Fault expected;
    } cases[] = {
        {"another entry", with([](EntryProof& p) { p.entry = "entry 5"; }), Fault::bad_proof},
        {"another place", with([](EntryProof& p) { p.index = 5; }), Fault::bad_proof},
        {"a place beyond the log", with([](EntryProof& p) { p.index = 9; }), Fault::bad_proof},
        {"a hash missing", with([](EntryProof& p) { p.hashes.pop_back(); }), Fault::bad_proof},
        {"a hash too many", with([](EntryProof& p) { p.hashes.push_back(sha256("x")); }), Fault::bad_proof},
        {"a hash changed", with([](EntryProof& p) { p.hashes[0].bytes[0] ^= 1; }), Fault::bad_proof},
        {"another checkpoint", with([&](EntryProof& p) { p.checkpoint = other.note; }), Fault::bad_proof},
        {"a changed checkpoint", with([](EntryProof& p) { p.checkpoint[20] = '8'; }), Fault::bad_signature},
    };
    BOOST_TEST(check_proof(good, log.key).has_value());
    for (const auto& c : cases) {
        const auto checked = check_proof(c.proof, log.key);
        BOOST_TEST_REQUIRE(!checked.has_value(), c.what);
        BOOST_TEST((checked.error() == fault(c.expected)), c.what << ": " << checked.error().message());
    }
    const auto stranger = note_verifier(log.key.name, log_key(9).public_key());
    BOOST_TEST((check_proof(good, stranger).error() == fault(Fault::bad_signature)));
}

BOOST_AUTO_TEST_CASE(only_the_one_spelling_of_a_proof_is_read)
{
    const Log log(9);
    const auto good = encode_proof(log.proof(4));
    const auto replaced = [&](const std::string& what, const std::string& by) {
        auto text = good;
        return text.replace(text.find(what), what.size(), by);
    };
    const std::pair<std::string, Fault> cases[] = {
        {"", Fault::unsupported},
        {replaced("@v1", "@v2"), Fault::unsupported},
        {replaced("extra ", "Extra "), Fault::malformed},
        {replaced("extra ZW50cnkgNA==\n", ""), Fault::malformed},
        {replaced("index 4", "index 04"), Fault::not_canonical},
        {replaced("index 4", "index x"), Fault::malformed},
        {replaced("index 4", "index 99999999999999999999"), Fault::malformed},
        {good.substr(0, good.find("\n\n")), Fault::truncated},
    };
    for (const auto& [text, expected] : cases) {
        const auto decoded = decode_proof(text);
        BOOST_TEST_REQUIRE(!decoded.has_value(), text);
        BOOST_TEST((decoded.error() == fault(expected)), text << decoded.error().message());
    }
}

BOOST_AUTO_TEST_CASE(no_changed_byte_of_a_proof_is_believed)
{
    const Log log(9);
    const auto good = encode_proof(log.proof(4));
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto text = good;
        text[i] ^= 1;
        const auto decoded = decode_proof(text);
        const bool believed = decoded && check_proof(*decoded, log.key).has_value();
        BOOST_TEST(!believed, "byte " << i);
    }
}

BOOST_AUTO_TEST_SUITE_END()
