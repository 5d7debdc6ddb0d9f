#pragma once

#include "protocol/json_codec.hpp"
#include "tests/schemas/header_comments.hpp"

#include <boost/core/demangle.hpp>

#include <map>
#include <typeinfo>

// JSON Schema (2020-12) of any described structure: the same walk as protocol/json_codec.hpp, over types
// instead of values.

/// How strict a schema is, which depends on who writes the message.
enum class WrittenBy {
    client, ///< may leave optional members out, and say more than the server knows
    server, ///< always writes every member; newer servers may say more
    record  ///< writes exactly these members, for ever
};

/// Schemas of named types, gathered while others refer to them.
class Definitions {
public:
    /// `shared` is put before `#/$defs/...` in references to types that are the same for client and server.
    Definitions(const HeaderComments& comments, WrittenBy writer, std::string shared)
        : comments_(comments), writer_(writer), shared_(std::move(shared))
    {}

    /// The schema of T where it is used: inline for scalars and lists, a reference for what has a name.
    template <class T>
    boost::json::value use();

    /// The schema of a described structure itself.
    template <class T>
    boost::json::object body_of();

    /// What references without a file name point to, by name.
    boost::json::object defs() const;

private:
    template <class T>
    boost::json::value refer(bool is_own);
    template <class T>
    boost::json::object named_schema();
    template <class T>
    static bool has_optional();

    const HeaderComments& comments_;
    WrittenBy writer_;
    std::string shared_;
    std::map<std::string, boost::json::object> defs_;
};

namespace schema {

namespace json = boost::json;
namespace describe = boost::describe;
namespace codec = plenum::codec;

/// `VoteView`, without its namespace.
template <class T>
std::string type_name()
{
    const auto name = boost::core::demangle(typeid(T).name());
    return name.substr(name.rfind(':') + 1);
}

template <class T>
using MembersOf = describe::describe_members<T, describe::mod_public>;

json::object integer(std::uint64_t maximum);
void describe_as(json::object& schema, const std::string& text);

} // namespace schema

template <class T>
bool Definitions::has_optional()
{
    using namespace schema;
    if constexpr (codec::is_optional<T> || codec::is_later<T>) {
        return true;
    } else if constexpr (codec::is_vector<T>) {
        return has_optional<typename T::value_type>();
    } else if constexpr (codec::DescribedStruct<T>) {
        bool found = false;
        boost::mp11::mp_for_each<MembersOf<T>>([&](auto d) {
            found = found || has_optional<std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>>();
        });
        return found;
    } else {
        return false;
    }
}

template <class T>
boost::json::value Definitions::refer(bool is_own)
{
    const auto name = schema::type_name<T>();
    if (!is_own) return boost::json::object{{"$ref", shared_ + "#/$defs/" + name}};
    if (!defs_.contains(name)) {
        defs_[name] = {}; // Ends recursion; filled below.
        defs_[name] = named_schema<T>();
    }
    return boost::json::object{{"$ref", "#/$defs/" + name}};
}

template <class T>
boost::json::value Definitions::use()
{
    using namespace schema;
    if constexpr (std::is_same_v<T, bool>) {
        return json::object{{"type", "boolean"}};
    } else if constexpr (std::is_integral_v<T>) {
        constexpr auto json_max = static_cast<std::uint64_t>(plenum::json_integer_max);
        return integer(std::min<std::uint64_t>(std::numeric_limits<T>::max(), json_max));
    } else if constexpr (std::is_same_v<T, std::string>) {
        return json::object{{"type", "string"}};
    } else if constexpr (std::is_same_v<T, plenum::Bytes>) {
        return json::object{{"type", "string"}, {"pattern", "^[A-Za-z0-9_-]*$"}}; // base64url without padding
    } else if constexpr (codec::is_optional<T>) {
        json::array either{use<typename T::value_type>(), json::object{{"type", "null"}}};
        return json::object{{"anyOf", std::move(either)}};
    } else if constexpr (codec::is_later<T>) {
        return use<typename T::value_type>();
    } else if constexpr (codec::is_vector<T>) {
        return json::object{{"type", "array"}, {"items", use<typename T::value_type>()}};
    } else {
        return refer<T>(writer_ == WrittenBy::client ? has_optional<T>() : true);
    }
}

template <class T>
boost::json::object Definitions::named_schema()
{
    using namespace schema;
    if constexpr (codec::DescribedStruct<T>) {
        return body_of<T>();
    }
    json::object named{{"title", type_name<T>()}};
    auto text = comments_.of(type_name<T>());
    if constexpr (std::is_same_v<T, plenum::Digest>) {
        named["type"] = "string";
        named["pattern"] = "^[A-Za-z0-9_-]{43}$";
        text += " base64url without padding, 43 characters.";
    } else if constexpr (codec::DescribedEnum<T>) {
        json::array names;
        boost::mp11::mp_for_each<describe::describe_enumerators<T>>([&](auto d) {
            const std::string name(codec::wire_name(d.name));
            names.emplace_back(name);
            const auto meaning = comments_.of(type_name<T>(), name);
            if (!meaning.empty()) text += (text.empty() ? "`" : " `") + name + "`: " + meaning + '.';
        });
        named["enum"] = std::move(names);
    } else if constexpr (codec::Id<T>) {
        for (auto& [key, value] : integer(plenum::json_integer_max))
            named[key] = value;
    }
    describe_as(named, text);
    return named;
}

template <class T>
boost::json::object Definitions::body_of()
{
    using namespace schema;
    json::object properties;
    json::array required;
    boost::mp11::mp_for_each<MembersOf<T>>([&](auto d) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*d.pointer)>;
        const auto name = codec::wire_name(d.name);
        auto member = use<Member>();
        describe_as(member.as_object(), comments_.of(type_name<T>(), name));
        properties[name] = std::move(member);
        const bool may_lack =
            codec::is_later<Member> || (writer_ == WrittenBy::client && codec::is_optional<Member>);
        if (!may_lack) required.emplace_back(name);
    });
    json::object body{{"title", type_name<T>()}};
    describe_as(body, comments_.of(type_name<T>()));
    body["type"] = "object";
    body["properties"] = std::move(properties);
    if (!required.empty()) body["required"] = std::move(required);
    if (writer_ == WrittenBy::record) body["additionalProperties"] = false;
    return body;
}
