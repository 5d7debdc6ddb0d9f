#include "protocol/note.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(note_test)

using namespace plenum;

namespace {

template <std::size_t Size>
std::array<std::uint8_t, Size> array_from_hex(std::string_view text)
{
    const Bytes bytes = from_hex(text).value();
    BOOST_TEST_REQUIRE(bytes.size() == Size);
    std::array<std::uint8_t, Size> array;
    std::copy(bytes.begin(), bytes.end(), array.begin());
    return array;
}

SigningKey key_of(std::uint8_t fill)
{
    std::array<std::uint8_t, 32> seed;
    seed.fill(fill);
    return SigningKey(seed);
}

// The examples of golang.org/x/mod/sumdb/note.
const char* const peter_vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const char* const enoch_vkey = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const char* const peter_secret = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"; // 0x01 and the seed
const std::string problem = "If you think cryptography is the answer to your problem,\n"
                            "then you don't know what your problem is.\n";
const std::string peter_line =
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqd"
    "ngotpRZb6KE6RyyBwJnAM=\n";
const std::string enoch_line =
    "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGw"
    "nWLox33WWd1RvMc+QQ=\n";

NoteVerifier peter()
{
    return verifier_from_vkey(peter_vkey).value();
}

} // namespace

BOOST_AUTO_TEST_CASE(ed25519_gives_the_signatures_of_rfc_8032)
{
    const struct {
        const char *seed, *public_key, *message, *signature;
    } cases[] = {
        {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
         "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
         "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25"
         "bf5f0595"
         "bbe24655141438e7a100b"},
        {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
         "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
         "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387"
         "b2eaeb43"
         "02aeeb00d291612bb0c00"},
        {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
         "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
         "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7"
         "c15e9716"
         "ed28dc027beceea1ec40a"},
        {"833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
         "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
         "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454"
         "d4423643"
         "ce80e2a9ac94fa54ca49f",
         "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dc"
         "a179c138"
         "ac17ad9bef1177331a704"},
    };
    for (const auto& c : cases) {
        const SigningKey key(array_from_hex<32>(c.seed));
        const auto public_key = array_from_hex<32>(c.public_key);
        auto message = from_hex(c.message).value();
        const auto signature = array_from_hex<64>(c.signature);
        BOOST_TEST((key.public_key() == public_key));
        BOOST_TEST((key.sign(message) == signature));
        BOOST_TEST(verify_ed25519(message, signature, public_key));
        message.push_back(0);
        BOOST_TEST(!verify_ed25519(message, signature, public_key));
    }
}

BOOST_AUTO_TEST_CASE(no_single_bit_of_a_signature_or_key_can_change)
{
    const SigningKey key = key_of(1);
    auto public_key = key.public_key();
    auto signature = key.sign(bytes_of("motion carried"));
    const auto accepted = [&] { return verify_ed25519(bytes_of("motion carried"), signature, public_key); };
    BOOST_TEST_REQUIRE(accepted());
    const auto flip_each = [&](auto& bytes) {
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            const auto mask = static_cast<std::uint8_t>(1u << bit % 8);
            bytes[bit / 8] ^= mask;
            BOOST_TEST(!accepted(), "bit " << bit);
            bytes[bit / 8] ^= mask;
        }
    };
    flip_each(signature);
    flip_each(public_key);
    BOOST_TEST(accepted());
}

BOOST_AUTO_TEST_CASE(a_signature_is_not_accepted_with_the_group_order_added)
{
    // S + L signs the same equation; RFC 8032 5.1.7 wants S < L, or one note would have two spellings.
    const SigningKey key = key_of(2);
    auto signature = key.sign(bytes_of("text"));
    const auto order = array_from_hex<32>("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    unsigned carry = 0;
    for (std::size_t i = 0; i < 32; ++i) {
        carry += signature[32 + i] + unsigned{order[i]};
        signature[32 + i] = static_cast<std::uint8_t>(carry & 0xFF);
        carry >>= 8;
    }
    BOOST_TEST(carry == 0u);
    BOOST_TEST(!verify_ed25519(bytes_of("text"), signature, key.public_key()));
}

BOOST_AUTO_TEST_CASE(a_key_moved_on_still_signs)
{
    SigningKey key = key_of(3);
    const auto public_key = key.public_key();
    SigningKey second(std::move(key));
    SigningKey third = key_of(4);
    third = std::move(second);
    BOOST_TEST((third.public_key() == public_key));
    BOOST_TEST(verify_ed25519(bytes_of("x"), third.sign(bytes_of("x")), public_key));
}

BOOST_AUTO_TEST_CASE(the_go_example_note_is_made_byte_for_byte)
{
    const Bytes secret = from_base64(peter_secret).value();
    const SigningKey key(ByteView(secret).subspan<1, 32>());
    BOOST_TEST(sign_note(problem, "PeterNeumann", key) == problem + "\n" + peter_line);
    BOOST_TEST(to_vkey(note_verifier("PeterNeumann", key.public_key())) == peter_vkey);
    BOOST_TEST(peter().key_id == 0xc74f20a3u);
}

BOOST_AUTO_TEST_CASE(published_notes_open_with_the_published_keys)
{
    const struct {
        const char* name;
        const char* vkey;
        std::string note;
        std::string text;
    } cases[] = {
        {"golang.org/x/mod", peter_vkey, problem + "\n" + peter_line, problem},
        {"two signatures, ours first", peter_vkey, problem + "\n" + peter_line + enoch_line, problem},
        {"two signatures, ours last", peter_vkey, problem + "\n" + enoch_line + peter_line, problem},
        {"the other of two", enoch_vkey, problem + "\n" + peter_line + enoch_line, problem},
        {"ours twice", peter_vkey, problem + "\n" + peter_line + peter_line, problem},
        {"c2sp.org/signed-note", "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
         "This is an example message.\n\n— example.com/foo "
         "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYN"
         "ZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
         "This is an example message.\n"},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            const auto verifier = verifier_from_vkey(c.vkey);
            BOOST_TEST_REQUIRE(verifier.has_value());
            BOOST_TEST(to_vkey(*verifier) == c.vkey);
            const auto text = open_note(c.note, *verifier);
            BOOST_TEST_REQUIRE(text.has_value());
            BOOST_TEST(*text == c.text);
        }
}

BOOST_AUTO_TEST_CASE(a_note_is_refused_for_exactly_these_reasons)
{
    const std::string good = problem + "\n" + peter_line;
    std::string bad_signature = good;
    bad_signature[bad_signature.size() - 10] ^= 1; // still a base64 character
    std::string many = problem + "\n";
    for (int i = 0; i < 101; ++i)
        many += enoch_line;
    const std::string strange_line = "— Other " + to_base64(Bytes(70, 9)) + "\n";
    const struct {
        const char* name;
        std::string note;
        Fault fault;
    } cases[] = {
        {"empty", "", Fault::malformed},
        {"no signature block", problem, Fault::malformed},
        {"nothing after the blank line", problem + "\n", Fault::bad_signature},
        {"only others' signatures", problem + "\n" + enoch_line, Fault::bad_signature},
        {"unknown and well-formed", problem + "\n" + strange_line, Fault::bad_signature},
        {"text changed", "A" + good, Fault::bad_signature},
        {"signature changed", bad_signature, Fault::bad_signature},
        {"a bad one of ours beside a good one", good + bad_signature.substr(problem.size() + 1),
         Fault::bad_signature},
        {"ours, too short",
         problem + "\n— PeterNeumann " + to_base64(Bytes{0xc7, 0x4f, 0x20, 0xa3, 1}) + "\n",
         Fault::bad_signature},
        {"no final newline", good.substr(0, good.size() - 1), Fault::malformed},
        {"no blank line", problem + peter_line, Fault::malformed},
        {"hyphen for dash", problem + "\n- PeterNeumann AAAAAAA=\n", Fault::malformed},
        {"no space after name", problem + "\n— PeterNeumann\n", Fault::malformed},
        {"empty name", problem + "\n—  AAAAAAA=\n", Fault::malformed},
        {"plus in name", problem + "\n— a+b AAAAAAA=\n", Fault::malformed},
        {"no-break space in name", problem + "\n— a\u00A0b AAAAAAA=\n", Fault::malformed},
        {"ideographic space in name", problem + "\n— 人\u3000大 AAAAAAA=\n", Fault::malformed},
        {"no key id", problem + "\n— Other AAAA\n" + peter_line, Fault::malformed},
        {"only a key id", problem + "\n— Other AAAAAA==\n" + peter_line, Fault::malformed},
        {"no base64", problem + "\n— Other ????????\n" + peter_line, Fault::malformed},
        {"a control character", "a\tb\n\n" + peter_line, Fault::malformed},
        {"a carriage return", "a\r\n\n" + peter_line, Fault::malformed},
        {"no UTF-8", "a\xFF\n\n" + peter_line, Fault::malformed},
        {"too many signatures", many, Fault::out_of_range},
        {"too long", std::string(1'000'001, 'a') + "\n\n" + peter_line, Fault::out_of_range},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            const auto text = open_note(c.note, peter());
            BOOST_TEST_REQUIRE(text.has_error());
            BOOST_TEST(text.error().message() == make_error_code(c.fault).message());
        }
}

BOOST_AUTO_TEST_CASE(a_verifier_key_is_refused_in_any_other_spelling)
{
    const std::string good = peter_vkey;
    const auto with = [&](std::string_view from, std::string_view to) {
        return std::string(good).replace(good.find(from), from.size(), to);
    };
    const struct {
        const char* name;
        std::string vkey;
        Fault fault;
    } cases[] = {
        {"empty", "", Fault::malformed},
        {"no key", "PeterNeumann+c74f20a3", Fault::malformed},
        {"empty key", "PeterNeumann+c74f20a3+", Fault::malformed},
        {"empty name", good.substr(12), Fault::malformed},
        {"space in name", with("PeterN", "Peter N"), Fault::malformed},
        {"wrong name", with("Peter", "Petra"), Fault::bad_digest},
        {"wrong key id", with("c74f20a3", "c74f20a4"), Fault::bad_digest},
        {"key id in upper case", with("c74f20a3", "C74F20A3"), Fault::malformed},
        {"short key id", with("c74f20a3", "4f20a3"), Fault::malformed},
        {"another key type", with("+ARpc", "+Ahpc"), Fault::unsupported},
        {"a byte less", "PeterNeumann+c74f20a3+" + to_base64(Bytes(32, 1)), Fault::malformed},
        {"a byte more", "PeterNeumann+c74f20a3+" + to_base64(Bytes(34, 1)), Fault::malformed},
        {"line end", good + "\n", Fault::malformed},
        {"another key", with("ARpc", "ARpd"), Fault::bad_digest},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            const auto verifier = verifier_from_vkey(c.vkey);
            BOOST_TEST_REQUIRE(verifier.has_error());
            BOOST_TEST(verifier.error().message() == make_error_code(c.fault).message());
        }
}

BOOST_AUTO_TEST_CASE(a_checkpoint_survives_signing_and_opening)
{
    const SigningKey key = key_of(5);
    for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{70000}, UINT64_MAX})
        for (const char* origin : {"plenum.example/npc", "上海市人民代表大会", "a"}) {
            const NoteVerifier verifier = note_verifier(origin, key.public_key());
            const Checkpoint checkpoint{origin, size, sha256(origin)};
            const std::string note = sign_checkpoint(checkpoint, key);
            const auto opened = open_checkpoint(note, verifier);
            BOOST_TEST_REQUIRE(opened.has_value());
            BOOST_TEST((*opened == checkpoint));
            BOOST_TEST(note.starts_with(to_text(checkpoint) + "\n\u2014 " + origin + " "));
        }
}

BOOST_AUTO_TEST_CASE(no_single_bit_of_a_signed_checkpoint_can_change)
{
    const SigningKey key = key_of(6);
    const NoteVerifier verifier = note_verifier("plenum.example/log", key.public_key());
    std::string note = sign_checkpoint({"plenum.example/log", 12345, sha256("root")}, key);
    BOOST_TEST_REQUIRE(open_checkpoint(note, verifier).has_value());
    for (std::size_t bit = 0; bit < note.size() * 8; ++bit) {
        note[bit / 8] = static_cast<char>(note[bit / 8] ^ 1 << bit % 8);
        BOOST_TEST(open_checkpoint(note, verifier).has_error(), "bit " << bit);
        note[bit / 8] = static_cast<char>(note[bit / 8] ^ 1 << bit % 8);
    }
    for (std::size_t length = 0; length < note.size(); ++length)
        BOOST_TEST(open_checkpoint(note.substr(0, length), verifier).has_error(), "length " << length);
}

BOOST_AUTO_TEST_CASE(a_checkpoint_text_has_one_spelling)
{
    const std::string root = to_base64(sha256("").view());
    const struct {
        const char* name;
        std::string text;
        Fault fault;
    } cases[] = {
        {"empty", "", Fault::malformed},
        {"no root", "log\n1\n", Fault::malformed},
        {"no last newline", "log\n1\n" + root, Fault::malformed},
        {"an extension line", "log\n1\n" + root + "\nmore\n", Fault::malformed},
        {"an empty extension line", "log\n1\n" + root + "\n\n", Fault::malformed},
        {"empty origin", "\n1\n" + root + "\n", Fault::malformed},
        {"empty size", "log\n\n" + root + "\n", Fault::malformed},
        {"leading zero", "log\n01\n" + root + "\n", Fault::not_canonical},
        {"two zeros", "log\n00\n" + root + "\n", Fault::not_canonical},
        {"plus sign", "log\n+1\n" + root + "\n", Fault::malformed},
        {"minus sign", "log\n-1\n" + root + "\n", Fault::malformed},
        {"space", "log\n 1\n" + root + "\n", Fault::malformed},
        {"hexadecimal", "log\n0x1\n" + root + "\n", Fault::malformed},
        {"beyond 64 bits", "log\n18446744073709551616\n" + root + "\n", Fault::out_of_range},
        {"short root", "log\n1\n" + to_base64(Bytes(31, 1)) + "\n", Fault::malformed},
        {"root without padding", "log\n1\n" + root.substr(0, 43) + "\n", Fault::malformed},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            const auto checkpoint = checkpoint_from_text(c.text);
            BOOST_TEST_REQUIRE(checkpoint.has_error());
            BOOST_TEST(checkpoint.error().message() == make_error_code(c.fault).message());
        }
    BOOST_TEST(checkpoint_from_text("log\n0\n" + root + "\n").has_value());
}

BOOST_AUTO_TEST_CASE(a_checkpoint_of_another_log_is_refused_even_under_the_right_key)
{
    const SigningKey key = key_of(7);
    const NoteVerifier verifier = note_verifier("log", key.public_key());
    const std::string other = sign_note(to_text(Checkpoint{"other", 1, sha256("")}), "log", key);
    BOOST_TEST(open_note(other, verifier).has_value());
    BOOST_TEST((open_checkpoint(other, verifier).error() == Fault::malformed));
    BOOST_TEST(open_checkpoint(sign_note("a motion\n", "log", key), verifier).has_error());
}

BOOST_AUTO_TEST_SUITE_END()
