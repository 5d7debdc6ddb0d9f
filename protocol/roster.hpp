#pragma once

#include "protocol/event.hpp"

namespace plenum {

/// One member as a roster holds it: public record, so no telephone and no identity number.
struct Member {
    PersonId person{};
    std::string number; ///< 证号: the secretariat's own key, unique within the roster
    std::string name;
    std::string group; ///< delegation or political group; may be empty
    std::string seat;  ///< label of the seat; may be empty, never shared

    bool operator==(const Member&) const = default;
};
BOOST_DESCRIBE_STRUCT(Member, (), (person, number, name, group, seat))

/// The members in office of one body, in the order of the import. Stored as a blob of canonical JSON.
struct Roster {
    std::uint32_t v = 1;
    BodyId body{};
    std::vector<Member> members;

    bool operator==(const Roster&) const = default;
};
BOOST_DESCRIBE_STRUCT(Roster, (), (v, body, members))

inline constexpr std::size_t roster_members_max = 10'000;

/// The members present when a vote opened, ascending by person: nobody else may vote, and nobody is ever
/// taken off. `by_hands` are those of them whose hands are counted instead of presses: remote attendees, or
/// everybody when the whole vote is by hands. Stored as a blob of canonical JSON, written before the entry
/// that names it.
struct Electorate {
    std::uint32_t v = 1;
    SittingId sitting{};
    Digest roster;
    std::vector<PersonId> present;
    std::vector<PersonId> by_hands{}; ///< ascending, among those present

    bool operator==(const Electorate&) const = default;
};
BOOST_DESCRIBE_STRUCT(Electorate, (), (v, sitting, roster, present, by_hands))

/// Canonical JSON, the content of the blob an entry names.
std::string encode_roster(const Roster& roster);
/// Reads it back; refuses every other spelling of the same roster.
Result<Roster> decode_roster(std::string_view text);
/// Canonical JSON, the content of the blob vote.opened names.
std::string encode_electorate(const Electorate& electorate);
/// Reads it back; refuses every other spelling of the same electorate.
Result<Electorate> decode_electorate(std::string_view text);

} // namespace plenum
