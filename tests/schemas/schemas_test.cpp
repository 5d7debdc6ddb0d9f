#include "tests/schemas/describe_schemas.hpp"
#include "tests/schemas/describe_socket.hpp"
#include "tests/schemas/samples.hpp"

#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(schemas_test)

namespace fs = std::filesystem;

namespace {

const fs::path root = PLENUM_SOURCE_DIR;

std::string read(const fs::path& file)
{
    std::ifstream in(file);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void write(const fs::path& file, const std::string& text)
{
    fs::create_directories(file.parent_path());
    std::ofstream out(file);
    out << text;
    BOOST_TEST_REQUIRE(out.flush().good(), "cannot write " << file);
}

std::set<std::string> committed(const char* folder)
{
    std::set<std::string> names;
    if (!fs::exists(root / "schemas" / folder)) return names;
    for (const auto& file : fs::directory_iterator(root / "schemas" / folder)) {
        names.insert(std::string(folder) + '/' + file.path().filename().string());
    }
    return names;
}

} // namespace

/// Messages and entries are described once, in C++. With PLENUM_WRITE_SCHEMAS=1 in the environment the files
/// are written instead of compared.
BOOST_AUTO_TEST_CASE(the_committed_schemas_are_what_the_cpp_descriptions_say)
{
    const auto made = describe_schemas(root.string());
    std::map<std::string, std::string> texts;
    for (const auto& [path, schema] : made)
        texts[path] = print_schema(schema);
    texts["asyncapi.yaml"] = describe_socket(root.string(), made);
    const bool writes = std::getenv("PLENUM_WRITE_SCHEMAS") != nullptr;
    auto extra = committed("messages");
    extra.merge(committed("entries"));
    for (const auto& [path, text] : texts) {
        extra.erase(path);
        if (writes) write(root / "schemas" / path, text);
        BOOST_TEST((read(root / "schemas" / path) == text),
                   "schemas/" << path
                              << " is not what protocol/ says now; run PLENUM_WRITE_SCHEMAS=1 test_schemas");
    }
    for (const auto& path : extra)
        BOOST_ERROR("schemas/" << path << " describes nothing that exists");
}

BOOST_AUTO_TEST_CASE(every_message_and_entry_the_codecs_write_fits_its_schema_and_damaged_ones_do_not)
{
    if (std::system("python3 -c 'import jsonschema' 2>/dev/null") != 0) {
        BOOST_TEST_MESSAGE("skipped: python3-jsonschema is not installed");
        return;
    }
    const auto file = fs::temp_directory_path() / ("plenum-samples-" + std::to_string(::getpid()) + ".json");
    write(file, boost::json::serialize(sample_messages()));
    const auto command = "python3 '" + (root / "tests/schemas/validate_samples.py").string() + "' '" +
                         (root / "schemas").string() + "' '" + file.string() + "'";
    const auto status = std::system(command.c_str());
    fs::remove(file);
    BOOST_TEST(status == 0);
}

BOOST_AUTO_TEST_CASE(the_catalogue_of_messages_names_every_one_of_them_and_every_refusal)
{
    const auto catalogue = read(root / "docs/wire_protocol.md");
    const auto named = [&](const std::string& name) {
        return catalogue.find('`' + name + '`') != std::string::npos;
    };
    for (const auto& [path, schema] : describe_schemas(root.string())) {
        if (!path.starts_with("messages/") || !schema.contains("x-kind")) continue;
        const std::string name(schema.at("title").as_string());
        BOOST_TEST(named(name), "docs/wire_protocol.md does not name " << name);
        if (name != "error") continue;
        const auto& body = schema.at("$defs").at("error");
        for (const auto& one : body.at("oneOf").as_array()) {
            const std::string title(one.at("title").as_string());
            const bool is_refusal = title.find(' ') == std::string::npos;
            BOOST_TEST((!is_refusal || named(title)),
                       "docs/wire_protocol.md does not name the refusal " << title);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
