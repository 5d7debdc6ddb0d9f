#pragma once

#include "protocol/command/body.hpp"
#include "protocol/refusal.hpp"
#include "server/chamber/state.hpp"

// The rules a row of a roster must keep: an import refuses with the first that is broken, a check lists all.

namespace plenum::chamber {

/// A row as the roster would hold it, and in words what is wrong with it. The person is 0 when the row does
/// not say who it is.
struct RowRead {
    Member member;
    std::vector<LocalText> errors;
};

/// Turns the rows of one import into members, one after the other: checks each, recognises who is known by
/// number or by name, numbers who is new.
class RowReader {
public:
    RowReader(const State& state, const Body& body);

    /// The next row.
    RowRead read(const RosterRow& row);

private:
    /// Who the row means; 0 when it means a person nobody knows.
    PersonId person_of(const RosterRow& row);

    const State& state_;
    std::uint64_t next_person_;
    std::map<std::string, PersonId> known_; ///< by number, in the roster now in force
    std::set<std::string> numbers_;
    std::set<std::string> seats_;
    std::set<PersonId> persons_;
};

/// Why a list of so many rows is no roster, or nothing.
std::optional<Refusal> check_row_count(std::size_t rows);

} // namespace plenum::chamber
