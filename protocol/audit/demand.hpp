#pragma once

#include "protocol/event.hpp"
#include "protocol/role.hpp"

#include <optional>

namespace plenum::audit {

/// What an event demands of whoever caused it.
struct Demand {
    std::optional<Right> right = {};     ///< empty: only the server writes this
    std::optional<Right> or_right = {};  ///< another right that will do
    bool lent = false;                   ///< whether the conduct is lent where it happened
    bool anywhere = false;               ///< an office over any body will do
    std::optional<BodyId> body = {};     ///< the body the office must be over; empty: the whole chamber
    std::optional<PersonId> person = {}; ///< whom it was done for
    bool server = false;                 ///< the server may do it by itself
    std::optional<BodyId> or_body = {};  ///< a body whose office will do as well
    bool is_oneself = false;             ///< nobody does it for another, whatever the role
};

/// Nobody with these roles ever acts for somebody else.
inline bool acts_for_oneself(Role role)
{
    return role == Role::delegate || role == Role::observer || role == Role::teller ||
           role == Role::key_holder;
}

} // namespace plenum::audit
