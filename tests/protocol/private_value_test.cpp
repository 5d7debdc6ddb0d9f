#include "protocol/private_value.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

BOOST_AUTO_TEST_SUITE(private_value_test)

using namespace plenum;

BOOST_AUTO_TEST_CASE(a_private_value_is_written_in_one_way_and_read_back)
{
    const PrivateValue value{1, Bytes(16, 0xab), "text/plain", Bytes{'x', 0, 0xff}};
    const auto text = encode_private_value(value);
    BOOST_TEST(text ==
               R"({"content":"eAD_","media_type":"text/plain","salt":"q6urq6urq6urq6urq6urqw","v":1})");
    const auto read = decode_private_value(text);
    BOOST_TEST_REQUIRE(read.has_value());
    BOOST_TEST((*read == value));
    BOOST_TEST(decode_private_value(text + " ").has_error());
    BOOST_TEST((decode_private_value(R"({"content":"","media_type":"","salt":"","v":2})").error() ==
                make_error_code(Fault::unsupported)));
    BOOST_TEST(decode_private_value("照片").has_error());

    // clients/web/tests/document_text_test.ts has this one too.
    const auto words = bytes_of("任命李四为秘书长。");
    const PrivateValue text_of_vote{1, Bytes(16, 0xab), "text/plain", {words.begin(), words.end()}};
    BOOST_TEST(to_text(sha256(encode_private_value(text_of_vote))) ==
               "NQGnSHuXS3KG8lRBcbNOuvhi8qySHXeh5ICyx3yMyjE");
}

BOOST_AUTO_TEST_CASE(the_salt_depends_on_seed_and_entry_so_that_equal_values_look_unlike)
{
    Seed seed{};
    Seed other{};
    other.back() = 1;
    std::set<Bytes> salts;
    for (const auto& one : {seed, other}) {
        for (const std::uint64_t seq : {0, 1, 256})
            salts.insert(derive_salt(one, seq));
    }
    BOOST_TEST(salts.size() == 6U);
    for (const auto& salt : salts)
        BOOST_TEST(salt.size() == 16U);
    BOOST_TEST((derive_salt(seed, 1) == derive_salt(seed, 1)));

    std::set<Digest> digests;
    for (const auto& salt : salts)
        digests.insert(sha256(encode_private_value({1, salt, "text/plain", Bytes{'x'}})));
    BOOST_TEST(digests.size() == salts.size());
}

BOOST_AUTO_TEST_SUITE_END()
