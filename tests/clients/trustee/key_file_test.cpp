#include "clients/trustee/keeper.hpp"

#include <sodium.h>

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

BOOST_AUTO_TEST_SUITE(key_file)

using namespace plenum;
using namespace plenum::trustee;

// The file of a key holder: it opens with its passphrase and with nothing else, whatever byte of it is
// changed.

namespace {

struct Folder {
    std::string path;

    Folder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "plenum-key-XXXXXX").string();
        BOOST_REQUIRE(mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { std::filesystem::remove_all(path); }
};

HeldKeys some_keys()
{
    auto keys = make_keys();
    HeldShare share;
    share.origin = "plenum.example/log";
    share.meeting.fill(7);
    share.attempt = 2;
    share.key_holders = sha256(std::string_view("holders"));
    share.refused_before = 17;
    share.share.fill()[5] = 9;
    keys.shares.push_back(std::move(share));
    ballot::DecryptionLedger::Entry entry;
    entry.vote.fill(3);
    entry.box_root = sha256(std::string_view("root"));
    entry.share = Bytes(181, 4);
    entry.statement = Bytes(64, 5);
    entry.confirmed = 30;
    entry.overridden = true;
    entry.question = sha256(std::string_view("question"));
    entry.first.fill(2);
    entry.origin = "plenum.example/log";
    entry.cosignature = {900, sha256(std::string_view("record")), 1'790'000'000, Bytes(64, 6)};
    BOOST_REQUIRE(keys.given.add(entry).has_value());
    keys.writes = 12;
    return keys;
}

Bytes content(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// A file as an earlier version made it, spelled here again from its description.
void put_file(const std::string& path, std::string_view domain, const Writer& plain,
              const std::string& passphrase)
{
    const Bytes salt(crypto_pwhash_SALTBYTES, 1);
    const Bytes nonce(24, 2);
    Writer head;
    head.raw(domain);
    head.u64(crypto_pwhash_OPSLIMIT_MIN);
    head.u64(crypto_pwhash_MEMLIMIT_MIN);
    head.raw(salt);
    head.raw(nonce);
    std::array<std::uint8_t, 32> key{};
    BOOST_REQUIRE(crypto_pwhash(key.data(), key.size(), passphrase.data(), passphrase.size(), salt.data(),
                                crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN,
                                crypto_pwhash_ALG_ARGON2ID13) == 0);
    Bytes file = head.bytes();
    file.resize(head.size() + plain.size() + 16);
    crypto_aead_xchacha20poly1305_ietf_encrypt(file.data() + head.size(), nullptr, plain.bytes().data(),
                                               plain.size(), head.bytes().data(), head.size(), nullptr,
                                               nonce.data(), key.data());
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(file.data()), static_cast<std::streamsize>(file.size()));
}

} // namespace

BOOST_AUTO_TEST_CASE(what_was_put_in_comes_out_with_the_passphrase_alone)
{
    const Folder folder;
    const KeyFile file(folder.path + "/keys");
    BOOST_TEST((file.open("a passphrase").error() == make_error_code(Fault::not_found)));
    const auto keys = some_keys();
    BOOST_REQUIRE(file.create(keys, "a passphrase").has_value());
    BOOST_TEST((file.create(keys, "a passphrase").error() == make_error_code(Fault::in_use)));

    const auto opened = file.open("a passphrase");
    BOOST_REQUIRE(opened.has_value());
    BOOST_TEST((opened->signing_key().public_key() == keys.signing_key().public_key()));
    BOOST_REQUIRE(opened->shares.size() == 1U);
    const auto& share = opened->shares.front();
    BOOST_TEST(share.origin == "plenum.example/log");
    BOOST_TEST(share.attempt == 2U);
    BOOST_TEST((share.key_holders == keys.shares.front().key_holders));
    BOOST_TEST(share.share.reveal()[5] == 9);
    BOOST_TEST(share.refused_before == 17U);
    BOOST_TEST((opened->given.entries() == keys.given.entries()));
    BOOST_TEST(opened->writes == 12U);
    BOOST_TEST((file.open("a passphrasf").error() == make_error_code(Fault::bad_proof)));

    // Replaced as a whole, and nothing of it lies open on the disk.
    BOOST_REQUIRE(file.replace(make_keys(), "another one").has_value());
    BOOST_TEST(file.open("another one").value().shares.empty());
    const auto status = std::filesystem::status(file.path()).permissions();
    BOOST_TEST((status == (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)));
}

BOOST_AUTO_TEST_CASE(a_changed_or_cut_file_is_refused)
{
    const Folder folder;
    const KeyFile file(folder.path + "/keys");
    BOOST_REQUIRE(file.create(some_keys(), "a passphrase").has_value());
    const auto whole = content(file.path());
    const auto put = [&](const Bytes& bytes) {
        std::ofstream(file.path(), std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    };
    // The costs stand in the file; one that asks for more than a device has is no key file.
    for (const std::size_t at :
         {std::size_t{0}, std::size_t{10}, std::size_t{23}, std::size_t{40}, whole.size() - 1}) {
        auto changed = whole;
        changed[at] ^= 0x80;
        put(changed);
        BOOST_TEST(!file.open("a passphrase").has_value(), "byte " << at);
    }
    for (const std::size_t size : {std::size_t{0}, std::size_t{20}, whole.size() / 2, whole.size() - 1}) {
        put(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
        BOOST_TEST(!file.open("a passphrase").has_value(), size << " bytes");
    }
    put(whole);
    BOOST_TEST(file.open("a passphrase").has_value());
}

/// No ledger, no marks.
BOOST_AUTO_TEST_CASE(a_file_of_version_1_is_read)
{
    const Folder folder;
    const std::string passphrase = "a passphrase";
    Writer plain;
    plain.raw(Bytes(32, 6)); // seed
    plain.u32(1);
    plain.u32(3);
    plain.raw("log");
    plain.raw(Bytes(16, 7)); // meeting
    plain.u32(2);
    plain.raw(Bytes(32, 8)); // key holders
    plain.raw(Bytes(32, 9)); // share
    const KeyFile old(folder.path + "/old");
    put_file(old.path(), "plenum/key-file/v1", plain, passphrase);

    auto opened = old.open(passphrase);
    BOOST_REQUIRE(opened.has_value());
    BOOST_REQUIRE(opened->shares.size() == 1U);
    BOOST_TEST(opened->shares.front().origin == "log");
    BOOST_TEST(opened->shares.front().attempt == 2U);
    BOOST_TEST(opened->shares.front().share.reveal()[0] == 9);
    BOOST_TEST(opened->shares.front().refused_before == 0U);
    BOOST_TEST(opened->given.size() == 0U);
    BOOST_REQUIRE(old.replace(*opened, passphrase).has_value());
    BOOST_TEST(content(old.path()).at(17) == '4');
    BOOST_TEST(old.open(passphrase).value().shares.front().attempt == 2U);
}

/// The ledger of version 3 does not say what was cosigned, that of version 2 not what was asked either.
BOOST_AUTO_TEST_CASE(files_of_versions_2_and_3_are_read)
{
    for (const bool is_v3 : {false, true}) {
        const Folder folder;
        const std::string passphrase = "a passphrase";
        Writer plain;
        plain.raw(Bytes(32, 6)); // seed
        plain.u64(5);            // writes
        plain.u32(0);
        plain.u32(1);
        plain.raw(Bytes(16, 3)); // vote
        plain.raw(Bytes(32, 4)); // box root
        if (is_v3) {
            plain.raw(Bytes(32, 8)); // question
            plain.raw(Bytes(16, 9)); // first attempt
        }
        plain.u32(30); // confirmed
        plain.u8(1);   // overridden
        plain.u32(64);
        plain.raw(Bytes(64, 5)); // statement
        plain.u32(181);
        plain.raw(Bytes(181, 7)); // share
        const KeyFile old(folder.path + "/old");
        put_file(old.path(), is_v3 ? "plenum/key-file/v3" : "plenum/key-file/v2", plain, passphrase);
        const auto opened = old.open(passphrase);
        BOOST_REQUIRE(opened.has_value());
        BOOST_TEST(opened->writes == 5U);
        BOOST_REQUIRE(opened->given.size() == 1U);
        const auto& entry = opened->given.entries().begin()->second;
        BOOST_TEST((entry.confirmed == 30U && entry.overridden && entry.share == Bytes(181, 7)));
        BOOST_TEST((entry.question == Digest{} && entry.first == RecordId{}) == !is_v3);
        BOOST_TEST((entry.origin.empty() && entry.cosignature == Cosignature{}));
    }
}

BOOST_AUTO_TEST_CASE(a_file_that_came_back_from_a_backup_is_known_as_such)
{
    const Folder folder;
    const std::string path = folder.path + "/keys";
    const Keeper keeper(KeyFile(path), "a passphrase", folder.path + "/marks/here");
    BOOST_REQUIRE(keeper.create().has_value());
    auto keys = keeper.open().value();
    keys.shares = some_keys().shares;
    keys.shares.front().refused_before = 0;
    BOOST_REQUIRE(keeper.keep(keys).has_value());
    const auto backup = content(path);
    BOOST_TEST(keeper.open().value().shares.front().refused_before == 0U);
    BOOST_REQUIRE(keeper.keep(keys).has_value());
    BOOST_TEST(keeper.open().value().shares.front().refused_before == 0U);

    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(backup.data()), static_cast<std::streamsize>(backup.size()));
    auto restored = keeper.open().value();
    BOOST_TEST(restored.shares.front().refused_before == HeldShare::refused_all);
    BOOST_TEST(keeper.open().value().shares.front().refused_before == HeldShare::refused_all);
    // Written again it says so itself and is the newest.
    restored.shares.front().refused_before = 500;
    BOOST_REQUIRE(keeper.keep(restored).has_value());
    BOOST_TEST(keeper.open().value().shares.front().refused_before == 500U);

    // The same file on another device, and on one whose mark is unreadable.
    const Keeper elsewhere(KeyFile(path), "a passphrase", folder.path + "/marks/there");
    BOOST_TEST(elsewhere.open().value().shares.front().refused_before == HeldShare::refused_all);
    for (const auto& mark : std::filesystem::directory_iterator(folder.path + "/marks/here"))
        std::ofstream(mark.path()) << "no number";
    BOOST_TEST(keeper.open().value().shares.front().refused_before == HeldShare::refused_all);
}

BOOST_AUTO_TEST_SUITE_END()
