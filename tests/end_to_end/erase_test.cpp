#include "clients/replay/stage.hpp"
#include "protocol/private_value.hpp"
#include "protocol/query.hpp"
#include "tests/end_to_end/chamber.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

// A private value is gone for good, by `plenum erase` or because the record ended it, and the record that
// names it is as good as before.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(erase_test)

namespace {

constexpr ConsoleId secretary{0};

/// The smallest thing that looks like a JPEG.
const Bytes photo{0xff, 0xd8, 0xff, 0xe0, 'p', 'h', 'o', 't', 'o'};

/// How many private values the data directory holds.
std::size_t private_values(const Stage& stage)
{
    std::size_t files = 0;
    for (const auto& one : std::filesystem::recursive_directory_iterator(stage.data() + "/private"))
        files += one.is_regular_file() ? 1 : 0;
    return files;
}

BOOST_AUTO_TEST_CASE(a_photo_taken_back_at_the_office_leaves_no_bytes_and_breaks_no_proof)
{
    auto stage = Stage::make({"plenum-test/photo", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    BOOST_REQUIRE(stage->serve().has_value());
    const auto before = private_values(*stage);
    {
        Hall hall(stage->endpoint());
        BOOST_REQUIRE(hall.enter({*stage->code(Role::secretary)}).has_value());
        const auto person = hall.hello(secretary).me.person;
        for (int i = 0; i < 2; ++i) {
            BOOST_REQUIRE(hall.act(secretary, SetPhoto{person, "image/jpeg", photo}).has_value());
            BOOST_TEST(private_values(*stage) == before + 1); // The second replaces the first.
        }
        BOOST_REQUIRE(hall.act(secretary, RemovePhoto{person}).has_value());
        BOOST_TEST(private_values(*stage) == before);
        const auto reply = hall.question(secretary, ReadPhoto::method, to_json(ReadPhoto{person}));
        BOOST_TEST((reply.refusal() == RefusalCode::not_readable));
    }
    BOOST_REQUIRE(stage->stop().has_value());
    const auto bundle = stage->folder() + "/bundle.plenum";
    BOOST_REQUIRE(stage->run("plenum", {"export", "--data", stage->data(), "--out", bundle}).has_value());
    BOOST_TEST(stage->run("plenum-audit", {"verify", bundle}).has_value());
    BOOST_TEST(stage->run("plenum", {"verify-state", bundle}).has_value());
}

BOOST_AUTO_TEST_CASE(an_erased_photo_is_read_by_nobody_and_breaks_no_proof)
{
    auto stage = Stage::make({"plenum-test/erase", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    BOOST_REQUIRE(stage->serve().has_value());
    PersonId person{};
    std::string digest;
    {
        Hall hall(stage->endpoint());
        BOOST_REQUIRE(hall.enter({*stage->code(Role::secretary)}).has_value());
        person = hall.hello(secretary).me.person;
        BOOST_REQUIRE(hall.act(secretary, SetPhoto{person, "image/jpeg", photo}).has_value());
        const auto answer =
            hall.question(secretary, ReadPhoto::method, to_json(ReadPhoto{person})).message->body;
        const auto read = from_json<PrivateAnswer>(answer);
        BOOST_REQUIRE((read.has_value() && read->content == photo));
        const PrivateValue value{1, read->salt, read->media_type, read->content};
        digest = to_hex(sha256(encode_private_value(value)));
    }
    BOOST_REQUIRE(stage->stop().has_value());

    const auto erase = [&](const std::string& what) {
        return stage->run("plenum", {"erase", "--data", stage->data(), what});
    };
    BOOST_TEST(!erase("nonsense").has_value());
    BOOST_TEST(!erase(std::string(64, '0')).has_value()); // Nothing the record calls private.
    const auto erased = erase(digest);
    BOOST_REQUIRE_MESSAGE(erased.has_value(), erased.error().sentence);
    BOOST_TEST(erased->find("person.photo_set") != std::string::npos, *erased);
    BOOST_TEST(erase(digest)->find("was erased before") != std::string::npos);

    BOOST_REQUIRE(stage->serve().has_value());
    {
        Hall hall(stage->endpoint());
        BOOST_REQUIRE(hall.enter({*stage->code(Role::secretary)}).has_value());
        const auto reply = hall.question(secretary, ReadPhoto::method, to_json(ReadPhoto{person}));
        BOOST_TEST((reply.refusal() == RefusalCode::not_readable));
    }
    BOOST_REQUIRE(stage->stop().has_value());
    const auto bundle = stage->folder() + "/bundle.plenum";
    BOOST_REQUIRE(stage->run("plenum", {"export", "--data", stage->data(), "--out", bundle}).has_value());
    BOOST_TEST(stage->run("plenum-audit", {"verify", bundle}).has_value());
    BOOST_TEST(stage->run("plenum", {"verify-state", bundle}).has_value());
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
