#pragma once

#include "protocol/ids.hpp"
#include "protocol/json_codec.hpp"
#include "protocol/role.hpp"

// Bodies, their rosters, officers and access codes.

namespace plenum {

/// 机构. NOTE: append only.
enum class BodyKind {
    congress,
    standing_committee,
    council_of_chairs,
    presidium,
    delegation,
    town_congress,
    street_deliberation,
    assembly ///< a parliament elsewhere
};
BOOST_DESCRIBE_ENUM(BodyKind, congress, standing_committee, council_of_chairs, presidium, delegation,
                    town_congress, street_deliberation, assembly)

struct BodyCreated {
    static constexpr std::string_view kind = "body.created";
    BodyKind body_kind = BodyKind::congress;
    std::string name;
    std::optional<BodyId> parent{}; ///< the congress a presidium or delegation belongs to
};
BOOST_DESCRIBE_STRUCT(BodyCreated, (), (body_kind, name, parent))

/// A body made by mistake is gone, with its roster, its rules and the offices over it. It has never met, and
/// no body belongs to it.
struct BodyRemoved {
    static constexpr std::string_view kind = "body.removed";
    BodyId body{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(BodyRemoved, (), (body, reason))

/// The body is called this from now on. Sittings that were closed before keep the name they were held under.
struct BodyRenamed {
    static constexpr std::string_view kind = "body.renamed";
    BodyId body{};
    std::string name;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(BodyRenamed, (), (body, name, reason))

/// The body's roster from now on is this blob (protocol/roster.hpp); persons new to the log are numbered in
/// it.
struct RosterAdopted {
    static constexpr std::string_view kind = "roster.adopted";
    BodyId body{};
    Digest roster;
    std::uint32_t members = 0;
    std::uint32_t added = 0;   ///< members not in the roster before
    std::uint32_t removed = 0; ///< members no longer in it
};
BOOST_DESCRIBE_STRUCT(RosterAdopted, (), (body, roster, members, added, removed))

/// The body votes by this book of rules from now on (protocol/rules/rule_book.hpp), a blob. `decided_by` is
/// who adopted it: 预备会议, the standing committee at a date.
struct RulesAdopted {
    static constexpr std::string_view kind = "rules.adopted";
    BodyId body{};
    Digest rules;
    std::string decided_by;
};
BOOST_DESCRIBE_STRUCT(RulesAdopted, (), (body, rules, decided_by))

/// A person outside the rosters, or a member, was given an office: chair, secretary, operator, hall, …
struct OfficerAppointed {
    static constexpr std::string_view kind = "officer.appointed";
    PersonId person{};
    std::string name;
    Role role = Role::observer;
    std::optional<BodyId> body; ///< empty: for the whole chamber
};
BOOST_DESCRIBE_STRUCT(OfficerAppointed, (), (person, name, role, body))

/// An office ended: one that was given by officer.appointed. With the last office of a role the person's
/// access code for that role ends as well.
struct OfficerDismissed {
    static constexpr std::string_view kind = "officer.dismissed";
    PersonId person{};
    Role role = Role::observer;
    std::optional<BodyId> body; ///< empty: it was for the whole chamber
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(OfficerDismissed, (), (person, role, body, reason))

/// Personal access codes were made. The private blob (protocol/access_code.hpp) holds only their hashes,
/// salted, and may be erased; a newer code of the same person and role replaces the older. For whom they are
/// stands here, either a body or a person: with a new code a member may enrol a console once.
struct AccessCodesIssued {
    static constexpr std::string_view kind = "access_codes.issued";
    Digest codes;
    std::uint32_t count = 0;
    Later<BodyId> body{}; ///< those of its members who had none
    Later<PersonId> person{};
};
BOOST_DESCRIBE_STRUCT(AccessCodesIssued, (), (codes, count, body, person))

/// Who decided that a member is suspended, and why (代表法 61).
struct Suspension {
    std::string decided_by;
    std::string reason;

    bool operator==(const Suspension&) const = default;
};
BOOST_DESCRIBE_STRUCT(Suspension, (), (decided_by, reason))

/// 暂停执行职务: until reinstated the member takes no part in sittings of this body and of those that belong
/// to it, and stays in the roster and in the base. Whoever is signed in is signed out by the entries that
/// follow.
struct MemberSuspended {
    static constexpr std::string_view kind = "member.suspended";
    BodyId body{};
    PersonId person{};
    std::string decided_by;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(MemberSuspended, (), (body, person, decided_by, reason))

/// 恢复执行职务.
struct MemberReinstated {
    static constexpr std::string_view kind = "member.reinstated";
    BodyId body{};
    PersonId person{};
    std::string decided_by;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(MemberReinstated, (), (body, person, decided_by, reason))

/// A person's photo, a private blob (protocol/private_value.hpp) that may be erased. The one it replaces is
/// kept no longer.
struct PhotoSet {
    static constexpr std::string_view kind = "person.photo_set";
    PersonId person{};
    Digest photo;
    Later<Digest> replaces{};
};
BOOST_DESCRIBE_STRUCT(PhotoSet, (), (person, photo, replaces))

/// A person's photo was taken back and is kept no longer.
struct PhotoRemoved {
    static constexpr std::string_view kind = "person.photo_removed";
    PersonId person{};
    Digest photo; ///< the one there was
};
BOOST_DESCRIBE_STRUCT(PhotoRemoved, (), (person, photo))

} // namespace plenum
