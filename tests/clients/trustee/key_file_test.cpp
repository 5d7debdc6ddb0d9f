#include "clients/trustee/key_file.hpp"

#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

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
    share.share.fill()[5] = 9;
    keys.shares.push_back(std::move(share));
    return keys;
}

Bytes content(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(key_file)

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

BOOST_AUTO_TEST_SUITE_END()
