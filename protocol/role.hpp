#pragma once

#include "protocol/ids.hpp"
#include "protocol/json_codec.hpp"

namespace plenum {

/// What a session may do. NOTE: numbered for ever, append only.
enum class Role {
    delegate = 0,   ///< 代表, 组成人员: signs in, casts
    chair = 1,      ///< 主持人: conducts the sitting
    operator_ = 2,  ///< 操作员: helps at the desk; conducts when the chair lends it
    secretary = 3,  ///< 秘书处: prepares bodies, rosters, meetings, agendas
    scrutineer = 4, ///< 监票人
    key_holder = 5, ///< 密钥持有人
    teller = 6,     ///< 计票人
    hall = 7,       ///< 大屏幕
    observer = 8,   ///< 旁听
    auditor = 9     ///< 审计
};
BOOST_DESCRIBE_ENUM(Role, delegate, chair, operator_, secretary, scrutineer, key_holder, teller, hall,
                    observer, auditor)

/// What a command needs. Each command names one; the table in role.cpp says which roles have it, deny by
/// default.
enum class Right {
    prepare,         ///< bodies, rosters, officers, codes, meetings, agendas, votes before they open
    attend,          ///< sign oneself in and out
    keep_attendance, ///< sign others in and out
    conduct,         ///< open, hold, close, announce, void: the chair's, who may lend it
    chair,           ///< what only the chair may do: lend conduct
    cast,            ///< press
    watch,           ///< receive what the hall may see
    speak,           ///< ask for the floor and give it back
    keep_floor,      ///< ask for the floor for others, register speakers
    count,           ///< count raised hands
    show,            ///< set what the hall screens show
    audit,           ///< fetch the audit bundle
    hold_key,        ///< take part in making and using the keys of secret votes
    confirm          ///< confirm, as a second person, what somebody else entered
};
BOOST_DESCRIBE_ENUM(Right, prepare, attend, keep_attendance, conduct, chair, cast, watch, speak, keep_floor,
                    count, show, audit, hold_key, confirm)

/// Whether `role` has `right`; `conduct_lent` is true while the chair of the sitting has lent it to the
/// operator.
bool may(Role role, Right right, bool conduct_lent);

/// Who caused an entry: a person acting in a role, or the server itself (its timers and its start).
struct Actor {
    std::optional<PersonId> person; ///< empty: the server
    Role role = Role::operator_;    ///< meaningless for the server

    bool is_server() const { return !person.has_value(); }
    bool operator==(const Actor&) const = default;
};

/// `chair:12`, or `server`.
std::string to_text(const Actor& actor);
Result<Actor> actor_from_text(std::string_view text);

} // namespace plenum
