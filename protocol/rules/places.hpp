#pragma once

#include "protocol/rules/threshold.hpp"

#include <span>

// Places that are filled from a list by the number of votes: elections of every kind (等额, 差额, 另行选举,
// 再次投票), primaries, livelihood projects, one of K. One rule serves all of them: over the threshold, then
// the highest numbers; a tie that straddles the last place is voted on again by the tied only.

namespace plenum {

/// More than the largest electorate; keeps every product within 64 bits.
inline constexpr std::uint32_t ballots_max = 10'000'000;

/// How places are filled from a list.
struct PlacesRule {
    std::uint32_t places = 1; ///< 应选名额
    /// Approvals that are needed beside a high number; without it the highest numbers win (得票多的当选).
    std::optional<Threshold> majority;
    TieRule tie = TieRule::revote;
    Later<Shortfall> shortfall{}; ///< what becomes of places left over; empty: a separate election

    bool operator==(const PlacesRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlacesRule, (), (places, majority, tie, shortfall))

/// One line of the list. An election of people counts all three, a list of marks approvals only, a ranking
/// the numbers given to it.
struct ListVotes {
    std::string name; ///< as on the ballot, or as it was written in
    std::uint32_t approve = 0;
    std::uint32_t oppose = 0;
    std::uint32_t abstain = 0;
    bool is_write_in = false;
    Later<std::uint64_t> numbers{}; ///< of a ranking: what all ballots gave this line, added up

    bool operator==(const ListVotes&) const = default;
};
BOOST_DESCRIBE_STRUCT(ListVotes, (), (name, approve, oppose, abstain, is_write_in, numbers))

/// What came out of the boxes.
struct PlacesReturn {
    std::uint32_t issued = 0;    ///< 发出
    std::uint32_t collected = 0; ///< 收回
    std::uint32_t invalid = 0;   ///< 无效: void as a whole, counted for nobody
    std::vector<ListVotes> list; ///< those on the ballot in its order, then those written in

    std::uint32_t valid() const { return collected - invalid; }
    bool operator==(const PlacesReturn&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlacesReturn, (), (issued, collected, invalid, list))

/// NOTE: append only.
enum class PlacesStatus {
    complete,
    tie_revote_needed,               ///< 再次投票
    tie_for_presidium,               ///< the adopted method lets the presidium decide
    shortfall_separate_election,     ///< 另行选举
    void_more_collected_than_issued, ///< 收回多于发出: 选举无效, vote again (选举法 44)
    shortfall_left_empty,            ///< the method lets the places stay empty
};
BOOST_DESCRIBE_ENUM(PlacesStatus, complete, tie_revote_needed, tie_for_presidium, shortfall_separate_election,
                    void_more_collected_than_issued, shortfall_left_empty)

/// Who has a place, who is tied for one, and how many stay empty.
struct PlacesOutcome {
    PlacesStatus status = PlacesStatus::complete;
    std::uint64_t base = 0; ///< of the majority; 0 without one
    std::uint64_t need = 1; ///< approvals without which nobody gets a place; one where the highest win
    std::vector<std::uint32_t> elected; ///< lines of the list, most votes first, equal ones as listed
    std::vector<std::uint32_t> tied;    ///< lines that stand equal at the last place
    std::uint32_t tied_places = 0;      ///< for which of them there is room
    std::uint32_t unfilled = 0;         ///< places nobody has enough votes for

    bool operator==(const PlacesOutcome&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlacesOutcome, (), (status, base, need, elected, tied, tied_places, unfilled))

/// Who gets `places` by `votes`, one number a line: those with at least `need` (never less than one), highest
/// first. Equal numbers at the last place leave it open to all of them.
PlacesOutcome fill_places(std::span<const std::uint64_t> votes, std::uint32_t places, std::uint64_t need,
                          TieRule tie = TieRule::revote);

/// Of places left over: whether another election fills them or they stay empty.
void settle_shortfall(const PlacesRule& rule, PlacesOutcome& outcome);

/// Why the rule cannot be used, or nothing: no place or too many, a fraction above one, a base that a list
/// does not have (present, for_and_against).
std::optional<Misfit> check_places(const PlacesRule& rule);

/// Why these figures cannot be right, or nothing: more invalid than collected, a line with more votes than
/// valid ballots, a name twice or empty, too many lines. More collected than issued is no misfit: it is
/// recorded, and voids the whole.
std::optional<Misfit> check_return(const PlacesReturn& counted);

/// 选举法 44 and 45, 组织法 25 and 29. `rule` and `counted` have passed their checks.
PlacesOutcome decide_places(const PlacesRule& rule, std::uint64_t base_members, const PlacesReturn& counted);

/// How many candidates more than seats a differential election has.
struct ExtraCandidates {
    std::uint32_t min = 0;
    std::uint32_t max = 0; ///< below `min` where no whole number fits: then the election method says it

    bool operator==(const ExtraCandidates&) const = default;
};

/// A share of the seats, num/den.
struct SeatShare {
    std::uint32_t num = 0;
    std::uint32_t den = 1;
};

/// From `least` to `most` of the seats, in whole candidates; at least one. 组织法 27: members of a standing
/// committee 1/10 to 1/5; 选举法 31: deputies to the level above 1/5 to 1/2.
ExtraCandidates extra_candidates(std::uint32_t seats, SeatShare least, SeatShare most);

} // namespace plenum
