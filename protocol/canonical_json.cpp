#include "protocol/canonical_json.hpp"

#include "protocol/assert.hpp"
#include "protocol/bytes.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value_stack.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <vector>

namespace plenum {
namespace json = boost::json;
namespace {

void write_string(std::string& out, std::string_view text)
{
    static constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (static_cast<unsigned char>(c) < 0x20) {
                out += "\\u00";
                out += hex[static_cast<unsigned char>(c) >> 4];
                out += hex[static_cast<unsigned char>(c) & 15];
            } else {
                out += c;
            }
        }
    }
    out += '"';
}

void write_integer(std::string& out, std::int64_t number)
{
    PLENUM_ASSERT(number >= -json_integer_max && number <= json_integer_max);
    std::array<char, 24> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    PLENUM_ASSERT(error == std::errc{});
    out.append(digits.data(), end);
}

void write(std::string& out, const json::value& value);

void write_object(std::string& out, const json::object& object)
{
    std::vector<const json::key_value_pair*> members;
    members.reserve(object.size());
    for (const auto& member : object)
        members.push_back(&member);
    std::ranges::sort(members, {}, [](const auto* member) { return std::string_view(member->key()); });
    out += '{';
    bool first = true;
    for (const auto* member : members) {
        if (!first) out += ',';
        first = false;
        write_string(out, member->key());
        out += ':';
        write(out, member->value());
    }
    out += '}';
}

void write(std::string& out, const json::value& value)
{
    switch (value.kind()) {
    case json::kind::null: out += "null"; break;
    case json::kind::bool_: out += value.get_bool() ? "true" : "false"; break;
    case json::kind::int64: write_integer(out, value.get_int64()); break;
    case json::kind::uint64:
        PLENUM_ASSERT(value.get_uint64() <= static_cast<std::uint64_t>(json_integer_max));
        write_integer(out, static_cast<std::int64_t>(value.get_uint64()));
        break;
    case json::kind::double_: PLENUM_ASSERT(!"a float has no canonical form here"); break;
    case json::kind::string: write_string(out, value.get_string()); break;
    case json::kind::array: {
        out += '[';
        bool first = true;
        for (const auto& element : value.get_array()) {
            if (!first) out += ',';
            first = false;
            write(out, element);
        }
        out += ']';
        break;
    }
    case json::kind::object: write_object(out, value.get_object()); break;
    }
}

/// Boost.JSON's own parser keeps the last of two equal members and turns large integers into floats; this
/// handler watches the events first, so that such text is refused before a value is built from it.
struct Watch {
    static constexpr std::size_t max_object_size = 1'000'000;
    static constexpr std::size_t max_array_size = 1'000'000;
    static constexpr std::size_t max_key_size = 256;
    static constexpr std::size_t max_string_size = 16 * 1024 * 1024;

    std::vector<std::set<std::string, std::less<>>> keys;
    std::string key;

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&)
    {
        keys.emplace_back();
        return true;
    }
    bool on_object_end(std::size_t, json::error_code&)
    {
        keys.pop_back();
        return true;
    }
    bool on_array_begin(json::error_code&) { return true; }
    bool on_array_end(std::size_t, json::error_code&) { return true; }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&)
    {
        key.append(part);
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code& error)
    {
        key.append(part);
        const bool fresh = keys.back().insert(key).second;
        key.clear();
        return fresh || refuse(error);
    }
    bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
    bool on_string(json::string_view, std::size_t, json::error_code&) { return true; }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t number, json::string_view, json::error_code& error)
    {
        return (number >= -json_integer_max && number <= json_integer_max) || refuse(error);
    }
    bool on_uint64(std::uint64_t, json::string_view, json::error_code& error) { return refuse(error); }
    bool on_double(double, json::string_view, json::error_code& error) { return refuse(error); }
    bool on_bool(bool, json::error_code&) { return true; }
    bool on_null(json::error_code&) { return true; }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

    static bool refuse(json::error_code& error)
    {
        error = make_error_code(Fault::malformed);
        return false;
    }
};

} // namespace

std::string canonical_json(const json::value& value)
{
    std::string out;
    out.reserve(256);
    write(out, value);
    return out;
}

Result<json::value> parse_json(std::string_view text)
{
    if (!is_utf8(text)) return fault(Fault::malformed);
    json::parse_options options;
    options.max_depth = json_depth_max;

    json::basic_parser<Watch> watch(options);
    json::error_code error;
    const auto used = watch.write_some(false, text.data(), text.size(), error);
    if (error || used != text.size()) return fault(Fault::malformed);

    auto value = json::parse(text, error, {}, options);
    if (error) return fault(Fault::malformed);
    return value;
}

Result<json::value> parse_canonical_json(std::string_view text)
{
    auto value = parse_json(text);
    if (!value) return value;
    if (canonical_json(*value) != text) return fault(Fault::not_canonical);
    return value;
}

} // namespace plenum
