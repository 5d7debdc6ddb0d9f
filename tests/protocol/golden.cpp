#include "tests/protocol/golden.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace json = boost::json;

namespace {

constexpr std::size_t line_length_max = 100;

void print(std::ostream& out, const json::value& value, const std::string& indent)
{
    const std::string line = json::serialize(value);
    const bool is_short = indent.size() + line.size() <= line_length_max;
    if (is_short || value.is_primitive()) {
        out << line;
        return;
    }
    const std::string inner = indent + "  ";
    const char* separator = "\n";
    if (const auto* object = value.if_object()) {
        out << '{';
        for (const auto& [key, member] : *object) {
            out << separator << inner << json::serialize(json::value(key)) << ": ";
            print(out, member, inner);
            separator = ",\n";
        }
        out << '\n' << indent << '}';
        return;
    }
    out << '[';
    for (const auto& element : value.get_array()) {
        out << separator << inner;
        print(out, element, inner);
        separator = ",\n";
    }
    out << '\n' << indent << ']';
}

} // namespace

void check_golden(const std::string& file, const json::value& made)
{
    const std::string path = PLENUM_SOURCE_DIR "/schemas/vectors/" + file;
    std::ostringstream text;
    print(text, made, "");
    text << '\n';
    if (std::getenv("PLENUM_WRITE_VECTORS") != nullptr) {
        std::ofstream out(path);
        out << text.str();
        BOOST_TEST_REQUIRE(out.flush().good(), "cannot write " << path);
        BOOST_TEST_MESSAGE("wrote " << path);
        return;
    }
    std::ifstream in(path);
    BOOST_TEST_REQUIRE(in.good(), "cannot read " << path);
    std::ostringstream stored;
    stored << in.rdbuf();
    BOOST_TEST_REQUIRE((json::parse(stored.str()) == made), path << " differs from what the code makes now");
    BOOST_TEST((stored.str() == text.str()), path << " has the right values but was laid out by hand");
}
