#include "protocol/digest.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(digest_test)

using namespace plenum;

BOOST_AUTO_TEST_CASE(sha256_gives_the_published_values)
{
    // FIPS 180-4 examples.
    const struct {
        std::string text;
        const char* digest;
    } cases[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {std::string(1'000'000, 'a'), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
    };
    for (const auto& c : cases)
        BOOST_TEST(to_hex(sha256(c.text)) == c.digest);
}

BOOST_AUTO_TEST_CASE(blake2b256_gives_the_published_values)
{
    const struct {
        const char* text;
        const char* digest;
    } cases[] = {
        {"", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"},
        {"abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"},
    };
    for (const auto& c : cases)
        BOOST_TEST(to_hex(blake2b256(bytes_of(c.text))) == c.digest);
}

BOOST_AUTO_TEST_CASE(a_digest_survives_both_spellings)
{
    const Digest digest = sha256("abc");
    BOOST_TEST(to_text(digest) == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0");
    BOOST_TEST((digest_from_text(to_text(digest)).value() == digest));
    BOOST_TEST((digest_from_hex(to_hex(digest)).value() == digest));
    BOOST_TEST((digest_from_bytes(digest.view()).value() == digest));
}

BOOST_AUTO_TEST_CASE(anything_but_32_bytes_is_no_digest)
{
    for (std::size_t size : {0u, 1u, 31u, 33u, 64u}) {
        const Bytes bytes(size, 7);
        BOOST_TEST((digest_from_bytes(bytes).error() == Fault::malformed), size);
        BOOST_TEST((digest_from_hex(to_hex(bytes)).error() == Fault::malformed), size);
        BOOST_TEST((digest_from_text(to_base64url(bytes)).error() == Fault::malformed), size);
    }
    // The last character of 43 carries two bits that must be zero.
    BOOST_TEST(digest_from_text("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa1").has_error());
    BOOST_TEST(digest_from_text("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0=").has_error());
}

BOOST_AUTO_TEST_SUITE_END()
