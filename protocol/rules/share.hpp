#pragma once

#include "protocol/json_codec.hpp"

// A share of something, and how it is shown.

namespace plenum {

/// What a share is taken of. NOTE: append only.
enum class Base {
    all_members,    ///< 全体组成人员: everyone in office, the frozen base number of the vote
    present,        ///< 出席: the members present when the vote opened
    cast,           ///< those who pressed: approve + oppose + abstain
    valid,          ///< valid ballots; at a console the same as cast
    ballots,        ///< ballots collected; at a console the same as cast
    for_and_against ///< approve + oppose: abstentions not counted
};
BOOST_DESCRIBE_ENUM(Base, all_members, present, cast, valid, ballots, for_and_against)

/// `count` meets it when count/base is at least num/den, or more when strict. 过半数 is {1, 2, strict},
/// 三分之二以上 is {2, 3, not strict} ("以上" includes the number, 民法典 1259). The only arithmetic that
/// decides.
struct Threshold {
    std::uint32_t num = 0;
    std::uint32_t den = 1;
    bool strict = false;
    Base base = Base::all_members;

    bool operator==(const Threshold&) const = default;
};
BOOST_DESCRIBE_STRUCT(Threshold, (), (num, den, strict, base))

/// How figures are shown; never what decides. NOTE: append only.
enum class Rounding {
    half_up, ///< 四舍五入
    down
};
BOOST_DESCRIBE_ENUM(Rounding, half_up, down)

} // namespace plenum
