#include "clients/replay/stage.hpp"
#include "server/journal/blob_store.hpp"
#include "server/journal/posix_file.hpp"
#include "tests/end_to_end/http_line.hpp"

#include <boost/test/unit_test.hpp>

// Documents over HTTP: what a browser may show is shown, everything else is only a file.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(documents_test)

namespace {

using namespace std::string_literals;

constexpr const char* text_type = "text/plain; charset=utf-8";
constexpr const char* file_type = "application/octet-stream";

/// A server whose store holds one document.
struct Shop {
    explicit Shop(const std::string& content)
        : stage(std::move(*Stage::make({"plenum-test/documents", {}, {}, 0})))
    {
        const auto data = journal::open_posix_directory(stage.data());
        BOOST_REQUIRE(data.has_value());
        const auto digest = journal::BlobStore::open(**data)->put(bytes_of(content));
        BOOST_REQUIRE(digest.has_value());
        path = "/documents/" + to_hex(*digest);
        BOOST_REQUIRE(stage.serve().has_value());
    }

    Response ask(const std::string& target, http::verb method = http::verb::get)
    {
        return Line(stage.endpoint()).ask(target, "", method);
    }

    Stage stage;
    std::string path;
};

std::string all_of(const Response& response, const char* name)
{
    std::string values;
    for (const auto& field : response) {
        if (boost::beast::iequals(field.name_string(), name)) values += std::string(field.value()) + "|";
    }
    return values;
}

BOOST_AUTO_TEST_CASE(a_document_is_served_as_what_its_bytes_are)
{
    const struct {
        const char* name;
        std::string content;
        const char* type;
    } cases[] = {
        {"a text put to the vote", "关于批准预算的决议\n(草案)\n", text_type},
        {"a page with a script is only text", "<!doctype html><script>alert(1)</script>", text_type},
        {"a drawing with a script is only text", "<svg xmlns='http://www.w3.org/2000/svg'/>", text_type},
        {"a PDF", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"s, "application/pdf"},
        {"a PNG", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s, "image/png"},
        {"a JPEG", "\xff\xd8\xff\xe0\0\x10JFIF"s, "image/jpeg"},
        {"a WebP", "RIFF\x24\0\0\0WEBPVP8 "s, "image/webp"},
        {"a sound", "RIFF\x24\0\0\0WAVEfmt "s, file_type},
        {"a WebP cut short", "RIFF\x24\0\0\0WEB"s, file_type},
        {"an office document", "PK\x03\x04\x14\0\0\0"s, file_type},
        {"text in GB18030", "\xbe\xf6\xd2\xe9", file_type},
        {"text with a control character", "a\x1b[2Jb", file_type},
        {"a program",
         "\x7f"
         "ELF\x02\x01\x01\0"s,
         file_type},
    };
    for (const auto& one : cases)
        BOOST_TEST_CONTEXT(one.name)
        {
            Shop shop(one.content);
            const auto got = shop.ask(shop.path);
            BOOST_TEST(got.result_int() == 200U);
            BOOST_TEST(got[http::field::content_type] == one.type);
            BOOST_TEST((got.body() == one.content));
            const bool is_file = std::string_view(one.type) == file_type;
            BOOST_TEST(got[http::field::content_disposition] == (is_file ? "attachment" : "inline"));
            BOOST_TEST(got["X-Content-Type-Options"] == "nosniff");
            const auto policies = all_of(got, "Content-Security-Policy");
            BOOST_TEST(policies.find("default-src 'none'; sandbox|") != std::string::npos, policies);
            BOOST_TEST(policies.find("frame-ancestors 'none'") != std::string::npos, policies);

            const auto head = shop.ask(shop.path, http::verb::head);
            BOOST_TEST(head.result_int() == 200U);
            BOOST_TEST(head[http::field::content_type] == one.type);
            BOOST_TEST(head[http::field::content_length] == std::to_string(one.content.size()));
            BOOST_TEST(head.body().empty());
        }
}

BOOST_AUTO_TEST_CASE(what_is_no_document_is_not_found_in_words)
{
    Shop shop("text");
    const auto other = std::string(64, '0');
    for (const auto& target : {"/documents/" + other, "/documents/"s + "x", "/documents/"s, shop.path + "0",
                               shop.path + "/", "/documents/../keys/log.key"s})
        BOOST_TEST_CONTEXT(target)
        {
            const auto got = shop.ask(target);
            BOOST_TEST(got.result_int() == 404U);
            BOOST_TEST(got[http::field::content_type] == text_type);
            BOOST_TEST(got.body() == "找不到文件 / not found\n");
            const auto head = shop.ask(target, http::verb::head);
            BOOST_TEST(head.result_int() == 404U);
            BOOST_TEST(head[http::field::content_length] == std::to_string(got.body().size()));
        }
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
