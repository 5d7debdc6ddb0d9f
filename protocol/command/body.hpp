#pragma once

#include "protocol/event/body.hpp"
#include "protocol/event/log.hpp"
#include "protocol/rules/rule_book.hpp"

// What the secretariat may ask for about bodies, rosters, officers and codes.

namespace plenum {

struct CreateBody {
    static constexpr std::string_view method = "body.create";
    static constexpr Right right = Right::prepare;
    BodyKind body_kind = BodyKind::congress;
    std::string name;
    std::optional<BodyId> parent{}; ///< of a presidium or delegation
};
BOOST_DESCRIBE_STRUCT(CreateBody, (), (body_kind, name, parent))

/// Takes back a body made by mistake, with its roster and the offices over it. It must not have been
/// convened, and no body may belong to it. The persons stay known, and a group of its congress may form it
/// anew.
struct RemoveBody {
    static constexpr std::string_view method = "body.remove";
    static constexpr Right right = Right::prepare;
    BodyId body{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RemoveBody, (), (body, reason))

/// Gives a body another name from now on. A delegation that follows a group of its congress's roster is
/// renamed there.
struct RenameBody {
    static constexpr std::string_view method = "body.rename";
    static constexpr Right right = Right::prepare;
    BodyId body{};
    std::string name;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RenameBody, (), (body, name, reason))

/// One row of a roster as the secretariat has it.
struct RosterRow {
    std::string number;
    std::string name;
    std::string group;
    std::string seat;
    std::optional<PersonId> person; ///< a person the log already knows, when the number cannot tell
};
BOOST_DESCRIBE_STRUCT(RosterRow, (), (number, name, group, seat, person))

/// Replaces the roster of a body by these rows. Members are recognised by their number, so importing twice
/// doubles nobody.
struct ImportRoster {
    static constexpr std::string_view method = "roster.import";
    static constexpr Right right = Right::prepare;
    BodyId body{};
    std::vector<RosterRow> members;
};
BOOST_DESCRIBE_STRUCT(ImportRoster, (), (body, members))

/// Puts the roster before the last import in force again. The import stays in the record.
struct UndoRoster {
    static constexpr std::string_view method = "roster.undo";
    static constexpr Right right = Right::prepare;
    BodyId body{};
};
BOOST_DESCRIBE_STRUCT(UndoRoster, (), (body))

/// Makes one delegation of this congress for each group of its roster that has none yet, with the members of
/// that group. From then on the roster of a delegation follows that of its congress.
struct FormDelegations {
    static constexpr std::string_view method = "delegations.form";
    static constexpr Right right = Right::prepare;
    BodyId body{};
};
BOOST_DESCRIBE_STRUCT(FormDelegations, (), (body))

/// The body votes by these rules from now on. A vote it holds by another rule has to say who decided that and
/// why.
struct AdoptRules {
    static constexpr std::string_view method = "rules.adopt";
    static constexpr Right right = Right::prepare;
    BodyId body{};
    RuleBook rules;
    std::string decided_by; ///< 由谁决定: whose decision it is
};
BOOST_DESCRIBE_STRUCT(AdoptRules, (), (body, rules, decided_by))

/// Gives an office to a known person, or to a new one when only a name is given.
struct AppointOfficer {
    static constexpr std::string_view method = "officer.appoint";
    static constexpr Right right = Right::prepare;
    std::optional<PersonId> person;
    std::string name;
    Role role = Role::observer;
    std::optional<BodyId> body;
};
BOOST_DESCRIBE_STRUCT(AppointOfficer, (), (person, name, role, body))

/// Takes an office back. The access code for this role and its open sessions end at once when the person
/// holds no other office of it. Nobody is dismissed without whom things could not go on: the last secretary
/// of the chamber, the only chair of a sitting under way, a teller who has counted in an open vote, a holder
/// of keys that are still needed.
struct DismissOfficer {
    static constexpr std::string_view method = "officer.dismiss";
    static constexpr Right right = Right::prepare;
    PersonId person{};
    Role role = Role::observer;
    std::optional<BodyId> body; ///< as it was given
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(DismissOfficer, (), (person, role, body, reason))

/// Suspends a member from the duties of this body, and with them from those of the bodies that belong to it.
/// Refused under an open vote the member has a part in.
struct SuspendMember {
    static constexpr std::string_view method = "member.suspend";
    static constexpr Right right = Right::prepare;
    BodyId body{};
    PersonId person{};
    std::string decided_by;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(SuspendMember, (), (body, person, decided_by, reason))

/// Ends the suspension of a member.
struct ReinstateMember {
    static constexpr std::string_view method = "member.reinstate";
    static constexpr Right right = Right::prepare;
    BodyId body{};
    PersonId person{};
    std::string decided_by;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReinstateMember, (), (body, person, decided_by, reason))

/// Makes access codes: for one person's roles, or for every member of a body who has none. The answer shows
/// them, once.
struct IssueAccessCodes {
    static constexpr std::string_view method = "access_codes.issue";
    static constexpr Right right = Right::prepare;
    std::optional<BodyId> body;
    std::optional<PersonId> person;
};
BOOST_DESCRIBE_STRUCT(IssueAccessCodes, (), (body, person))

/// A person's photo for the gate and the card: JPEG, PNG or WebP of at most 256 KiB, kept privately.
struct SetPhoto {
    static constexpr std::string_view method = "person.set_photo";
    static constexpr Right right = Right::prepare;
    PersonId person{};
    std::string media_type;
    Bytes content;
};
BOOST_DESCRIBE_STRUCT(SetPhoto, (), (person, media_type, content))

/// Takes a person's photo back; it is erased from the private store.
struct RemovePhoto {
    static constexpr std::string_view method = "person.remove_photo";
    static constexpr Right right = Right::prepare;
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(RemovePhoto, (), (person))

/// Says what an earlier entry should read. It must not be after the record's end, and changes no figure.
struct CorrectRecord {
    static constexpr std::string_view method = "record.correct";
    static constexpr Right right = Right::prepare;
    std::uint64_t corrects = 0;
    std::string reads;
    std::string should_read;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(CorrectRecord, (), (corrects, reads, should_read, reason))

} // namespace plenum
