#pragma once

#include "protocol/json_codec.hpp"

#include <array>

// Values of any described structure from a seed, and the number of members a structure really has.

namespace plenum::described {

/// splitmix64: the same numbers everywhere.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next()
    {
        state_ += 0x9e3779b97f4a7c15ULL;
        auto z = state_;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31U);
    }
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }

private:
    std::uint64_t state_;
};

inline std::string text_from(Dice& dice)
{
    static const std::array<std::string, 9> words = {"",
                                                     "关于预算调整的决议",
                                                     "\"quoted\" and \\ and /",
                                                     "\U00020bb7·\U0001f5f3",
                                                     std::string("\x01\x1f\n\t\0", 5),
                                                     "e\xcc\x81",
                                                     "\x7f\xc2\x80",
                                                     "null",
                                                     std::string(300, 'x')};
    return words.at(dice.below(words.size()));
}

template <class T>
T value_from(Dice& dice)
{
    if constexpr (std::is_same_v<T, bool>) {
        return dice.below(2) == 1;
    } else if constexpr (std::is_integral_v<T> || codec::Id<T>) {
        constexpr auto most = sizeof(T) >= 8 ? static_cast<std::uint64_t>(json_integer_max)
                                             : (std::uint64_t{1} << (8 * (sizeof(T) % 8))) - 1;
        const std::array<std::uint64_t, 4> choices = {0, most, dice.below(1'000), dice.below(most)};
        return static_cast<T>(choices.at(dice.below(choices.size())));
    } else if constexpr (std::is_same_v<T, std::string>) {
        return text_from(dice);
    } else if constexpr (std::is_same_v<T, Digest>) {
        return sha256(std::to_string(dice.next()));
    } else if constexpr (std::is_same_v<T, Bytes>) {
        Bytes bytes(dice.below(20));
        for (auto& byte : bytes)
            byte = static_cast<std::uint8_t>(dice.below(256));
        return bytes;
    } else if constexpr (codec::DescribedEnum<T>) {
        constexpr auto names = boost::mp11::mp_size<boost::describe::describe_enumerators<T>>::value;
        const auto index = dice.below(names);
        T out{};
        std::size_t at = 0;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto d) {
            if (at++ == index) out = d.value;
        });
        return out;
    } else if constexpr (codec::is_optional<T> || codec::is_later<T>) {
        if (dice.below(2) == 0) return std::nullopt;
        return value_from<typename T::value_type>(dice);
    } else if constexpr (codec::is_vector<T>) {
        T out(dice.below(4));
        for (auto& element : out)
            element = value_from<typename T::value_type>(dice);
        return out;
    } else {
        T out{};
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto d) {
                auto& member = out.*d.pointer;
                member = value_from<std::remove_reference_t<decltype(member)>>(dice);
            });
        return out;
    }
}

/// Stands for a value of any type, where only the count of members matters.
struct Anything {
    template <class T>
    operator T() const;
};

template <class T, class... Given>
constexpr std::size_t count_members()
{
    if constexpr (requires { T{Given{}..., Anything{}}; }) {
        return count_members<T, Given..., Anything>();
    } else {
        return sizeof...(Given);
    }
}

template <class T>
constexpr std::size_t members_described =
    boost::mp11::mp_size<boost::describe::describe_members<T, boost::describe::mod_public>>::value;

} // namespace plenum::described
