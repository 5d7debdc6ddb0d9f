#pragma once

#include "protocol/ids.hpp"
#include "protocol/rules/ballots.hpp"
#include "protocol/rules/list_ballot.hpp"

// What stands on a paper ballot beside approve, oppose and abstain: a list to choose from, or objects to
// grade.

namespace plenum {

/// One name on a ballot.
struct Candidate {
    std::string name;
    std::optional<PersonId> person; ///< who it is; empty for projects and persons this log does not know

    bool operator==(const Candidate&) const = default;
};
BOOST_DESCRIBE_STRUCT(Candidate, (), (name, person))

/// How many candidates more than seats there are, and which article says so.
struct CandidateNumber {
    std::uint32_t min = 1;
    std::uint32_t max = 1;
    LegalBasis
        basis; ///< the law, or the election method where the law's share of few seats is no whole number

    bool operator==(const CandidateNumber&) const = default;
};
BOOST_DESCRIBE_STRUCT(CandidateNumber, (), (min, max, basis))

/// The list on a ballot and what decides it. `follows` names the vote whose tie or shortfall this one
/// settles.
struct BallotList {
    ListKind list_kind = ListKind::equal_election;
    std::vector<Candidate> candidates; ///< in the order of the ballot
    PlacesRule places;
    ListBallotRule ballot;
    std::optional<CandidateNumber> extra; ///< of differential and deputy elections
    std::optional<VoteId> follows;
    /// Of a separate election after a differential one, for the one seat of a chief post: which article lets
    /// as many stand as there are seats (组织法 29 asks for more only of deputies-in-chief and members).
    Later<LegalBasis> equal_by{};

    bool operator==(const BallotList&) const = default;
};
BOOST_DESCRIBE_STRUCT(BallotList, (), (list_kind, candidates, places, ballot, extra, follows, equal_by))

/// The objects on a sheet of grades.
struct GradesSheet {
    std::vector<std::string> objects; ///< in the order of the sheet
    GradesRule rule;

    bool operator==(const GradesSheet&) const = default;
};
BOOST_DESCRIBE_STRUCT(GradesSheet, (), (objects, rule))

/// Votes that were prepared together and are put one after another: 51 names, ten projects.
struct SeriesPlace {
    VoteId first{};             ///< names the series
    std::uint32_t position = 1; ///< from 1
    std::uint32_t size = 1;

    bool operator==(const SeriesPlace&) const = default;
};
BOOST_DESCRIBE_STRUCT(SeriesPlace, (), (first, position, size))

/// What a list came to.
struct PlacesDecided {
    PlacesReturn counted; ///< all rooms together
    PlacesOutcome outcome;

    bool operator==(const PlacesDecided&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlacesDecided, (), (counted, outcome))

/// What sheets of grades came to.
struct GradesDecided {
    GradesCount counted; ///< all rooms together
    std::vector<GradesOutcome> outcomes;

    bool operator==(const GradesDecided&) const = default;
};
BOOST_DESCRIBE_STRUCT(GradesDecided, (), (counted, outcomes))

inline constexpr std::size_t rooms_max = 100;
/// In fewer ballots one can read how a member voted: they are mixed with those of another room before they
/// are counted.
inline constexpr std::uint32_t room_ballots_min = 10;

/// Why such a list cannot be put to the vote, or nothing: no candidate, one twice, more marks than seats, a
/// vote it follows where there can be none, figures that would not fit into one entry. Whether the number of
/// candidates is right: has_right_number().
std::optional<Misfit> check_list(const BallotList& list);

/// Whether there are as many candidates as this kind of election needs.
bool has_right_number(const BallotList& list);

/// Why such a sheet cannot be given out, or nothing.
std::optional<Misfit> check_sheet(const GradesSheet& sheet);

/// Why rooms cannot be these, or nothing: one twice, one alone, too many.
std::optional<Misfit> check_rooms(const std::vector<std::string>& rooms);

/// Whether ballots under this rule can be counted by these rooms: each group that has to agree by itself
/// counts in a room of its name.
bool has_rooms_of_groups(const RuleProfile& profile, const std::vector<std::string>& rooms);

/// Whether the rule itself asks what this room counted, however few ballots it has.
bool is_room_of_group(const RuleProfile& profile, const std::string& room);

/// Why these figures of the list cannot be right, or nothing: those on the ballot or written in are missing
/// or out of order, more chosen than the ballots have places (选举法 44), a name written in that may not be.
std::optional<Misfit> check_return(const BallotList& list, const PlacesReturn& counted);

/// Who has a place: by approvals, or of a ranking by the lowest sums of numbers. `list` and `counted` have
/// passed their checks.
PlacesOutcome decide_list(const BallotList& list, std::uint64_t base_members, const PlacesReturn& counted);

/// Whether figures of these sizes still fit into an entry.
bool fits_entry(const PlacesReturn& counted);

} // namespace plenum
