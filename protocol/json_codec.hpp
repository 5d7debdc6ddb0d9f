#pragma once

#include "protocol/canonical_json.hpp"
#include "protocol/digest.hpp"

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

// Structures are described once (Boost.Describe); this file turns any described structure into JSON and back.
// Decoding answers with the path of the first thing that is wrong, in words that can be shown to whoever
// wrote the message.

namespace plenum {

/// Where a message does not fit, and what should have stood there.
struct Misfit {
    std::string path;     ///< like `params.members[3].name`
    std::string expected; ///< like `a string of at most 200 bytes`
};

template <class T>
using Decoded = boost::system::result<T, Misfit>;

/// A member that entries did not have when the first of them were written. Empty, it is left out, so that
/// those keep their bytes for ever, where a std::optional is written as null. What it holds is never empty.
template <class T>
class Later : public std::optional<T> {
public:
    using std::optional<T>::optional;
    using std::optional<T>::operator=;

    friend bool operator==(const Later& left, const Later& right)
    {
        return left.has_value() == right.has_value() && (!left || *left == *right);
    }
    friend bool operator==(const Later& left, const T& right) { return left.has_value() && *left == right; }
};

namespace codec {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_later = false;
template <class T>
inline constexpr bool is_later<Later<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;
template <class T>
concept Id = std::is_enum_v<T> && !DescribedEnum<T>;
template <class T>
concept DescribedStruct = boost::describe::has_describe_members<T>::value;

/// `operator_` is spelled `operator` on the wire: C++ keywords carry an underscore in code only.
constexpr std::string_view wire_name(const char* name)
{
    std::string_view text = name;
    if (text.ends_with('_')) text.remove_suffix(1);
    return text;
}

/// The wire name of an enumerator; `?` for a value that has none.
template <DescribedEnum E>
std::string_view enum_name(E value)
{
    std::string_view found = "?";
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (d.value == value) found = wire_name(d.name);
    });
    return found;
}

/// The enumerator with this wire name.
template <DescribedEnum E>
std::optional<E> enum_from(std::string_view name)
{
    std::optional<E> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (name == wire_name(d.name)) found = d.value;
    });
    return found;
}

/// JSON of any value this codec knows; to_json below is its public name.
template <class T>
boost::json::value encode_value(const T& value);

/// Every described member under its wire name, but empty ones that came later.
template <DescribedStruct T>
boost::json::object struct_to_json(const T& value)
{
    boost::json::object object;
    using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto d) {
        const auto& member = value.*d.pointer;
        if constexpr (is_later<std::remove_cvref_t<decltype(member)>>) {
            if (member) object.emplace(wire_name(d.name), encode_value(*member));
        } else {
            object.emplace(wire_name(d.name), encode_value(member));
        }
    });
    return object;
}

template <class T>
boost::json::value encode_value(const T& value)
{
    if constexpr (std::is_same_v<T, bool>) {
        return value;
    } else if constexpr (std::is_integral_v<T>) {
        return static_cast<std::int64_t>(value);
    } else if constexpr (std::is_same_v<T, std::string>) {
        return boost::json::string(value);
    } else if constexpr (std::is_same_v<T, Digest>) {
        return boost::json::string(to_text(value));
    } else if constexpr (std::is_same_v<T, Bytes>) {
        return boost::json::string(to_base64url(value));
    } else if constexpr (DescribedEnum<T>) {
        return boost::json::string(enum_name(value));
    } else if constexpr (Id<T>) {
        return static_cast<std::int64_t>(value);
    } else if constexpr (is_optional<T>) {
        return value ? encode_value(*value) : boost::json::value(nullptr);
    } else if constexpr (is_vector<T>) {
        boost::json::array array;
        array.reserve(value.size());
        for (const auto& element : value)
            array.push_back(encode_value(element));
        return array;
    } else {
        return struct_to_json(value);
    }
}

/// Decodes into `out`; false after filling `misfit` with the innermost reason (its path grows on the way
/// out).
template <class T>
bool decode_value(const boost::json::value& json, T& out, Misfit& misfit);

/// Fills `misfit` with what should have stood here; always false.
inline bool misfits(Misfit& misfit, std::string expected)
{
    misfit.path.clear();
    misfit.expected = std::move(expected);
    return false;
}

/// The integer in `json` when it lies in [low, high]. parse_json has already bounded it to 53 bits.
bool integer_from(const boost::json::value& json, std::int64_t low, std::int64_t high, std::int64_t& out,
                  Misfit& misfit);
bool digest_from(const boost::json::value& json, Digest& out, Misfit& misfit);
bool bytes_from(const boost::json::value& json, Bytes& out, Misfit& misfit);
void prepend_path(Misfit& misfit, std::string_view step);

/// The enumerator a string names; the misfit lists all names.
template <DescribedEnum E>
bool enum_from_json(const boost::json::value& json, E& out, Misfit& misfit)
{
    if (json.is_string()) {
        if (const auto found = enum_from<E>(json.get_string())) {
            out = *found;
            return true;
        }
    }
    std::string names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (!names.empty()) names += ", ";
        names += wire_name(d.name);
    });
    return misfits(misfit, "one of: " + names);
}

/// Every element of a list; the misfit names the index.
template <class T>
bool vector_from_json(const boost::json::value& json, T& out, Misfit& misfit)
{
    if (!json.is_array()) return misfits(misfit, "a list");
    out.clear();
    out.reserve(json.get_array().size());
    std::size_t index = 0;
    for (const auto& element : json.get_array()) {
        if (!decode_value(element, out.emplace_back(), misfit)) {
            prepend_path(misfit, "[" + std::to_string(index) + "]");
            return false;
        }
        ++index;
    }
    return true;
}

/// Unknown members are ignored, so that newer clients may say more; absent optional members are empty.
template <DescribedStruct T>
bool struct_from_json(const boost::json::value& json, T& out, Misfit& misfit)
{
    if (!json.is_object()) return misfits(misfit, "an object");
    const auto& object = json.get_object();
    bool ok = true;
    using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
    boost::mp11::mp_for_each<Members>([&](auto d) {
        if (!ok) return;
        auto& member = out.*d.pointer;
        const auto* found = object.if_contains(wire_name(d.name));
        if (found == nullptr) {
            using Member = std::remove_reference_t<decltype(member)>;
            if constexpr (!is_optional<Member> && !is_later<Member>) {
                ok = misfits(misfit, "present (it is missing)");
            }
        } else {
            ok = decode_value(*found, member, misfit);
        }
        if (!ok) prepend_path(misfit, wire_name(d.name));
    });
    return ok;
}

template <class T>
bool decode_value(const boost::json::value& json, T& out, Misfit& misfit)
{
    if constexpr (std::is_same_v<T, bool>) {
        if (!json.is_bool()) return misfits(misfit, "true or false");
        out = json.get_bool();
        return true;
    } else if constexpr (std::is_integral_v<T> || Id<T>) {
        constexpr auto high =
            sizeof(T) >= 8 ? json_integer_max : (std::int64_t{1} << (8 * (sizeof(T) % 8))) - 1;
        std::int64_t number = 0;
        if (!integer_from(json, 0, high, number, misfit)) return false;
        out = static_cast<T>(number);
        return true;
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (!json.is_string()) return misfits(misfit, "a string");
        out = std::string(std::string_view(json.get_string()));
        return true;
    } else if constexpr (std::is_same_v<T, Digest>) {
        return digest_from(json, out, misfit);
    } else if constexpr (std::is_same_v<T, Bytes>) {
        return bytes_from(json, out, misfit);
    } else if constexpr (DescribedEnum<T>) {
        return enum_from_json(json, out, misfit);
    } else if constexpr (is_optional<T> || is_later<T>) {
        if (json.is_null()) {
            out.reset();
            return true;
        }
        return decode_value(json, out.emplace(), misfit);
    } else if constexpr (is_vector<T>) {
        return vector_from_json(json, out, misfit);
    } else {
        return struct_from_json(json, out, misfit);
    }
}

} // namespace codec

/// JSON of any described structure, id, list or scalar.
template <class T>
boost::json::value to_json(const T& value)
{
    return codec::encode_value(value);
}

/// The structure in `json`, or what is wrong with it. All integers on the wire are non-negative.
template <class T>
Decoded<T> from_json(const boost::json::value& json)
{
    T out{};
    Misfit misfit;
    if (!codec::decode_value(json, out, misfit)) return misfit;
    return out;
}

} // namespace plenum
