#pragma once

#include "protocol/json_codec.hpp"

namespace plenum {

/// A text for people, Chinese first.
struct LocalText {
    std::string zh;
    std::string en;

    bool operator==(const LocalText&) const = default;
};
BOOST_DESCRIBE_STRUCT(LocalText, (), (zh, en))

} // namespace plenum
