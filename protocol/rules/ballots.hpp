#pragma once

#include "protocol/rules/grades.hpp"
#include "protocol/rules/places.hpp"

// 无记名投票: ballots on paper that tellers count. How many were given out and came back decides first, what
// stands on them second. Rooms and delegations may count by themselves; their figures add up.

namespace plenum {

/// Ballots for and against, as one teller counted them.
struct BallotsCount {
    std::uint32_t issued = 0;    ///< 发出
    std::uint32_t collected = 0; ///< 收回
    std::uint32_t invalid = 0;   ///< 无效: counted for nothing
    std::uint32_t approve = 0;
    std::uint32_t oppose = 0;
    std::uint32_t abstain = 0;

    std::uint32_t valid() const { return approve + oppose + abstain; }
    bool operator==(const BallotsCount&) const = default;
};
BOOST_DESCRIBE_STRUCT(BallotsCount, (), (issued, collected, invalid, approve, oppose, abstain))

/// Sheets that give every object a grade, as one teller counted them.
struct GradesCount {
    std::uint32_t issued = 0;
    std::uint32_t collected = 0;
    std::vector<GradesReturn> objects; ///< in the order of the sheet

    bool operator==(const GradesCount&) const = default;
};
BOOST_DESCRIBE_STRUCT(GradesCount, (), (issued, collected, objects))

/// Why these figures cannot be right, or nothing: each ballot that came back is invalid or says one thing.
/// More collected than issued is no misfit: it is recorded, and voids the whole.
std::optional<Misfit> check_ballots(const BallotsCount& counted);

/// The same of sheets with these objects; an object without a mark is invalid on that sheet.
std::optional<Misfit> check_sheets(const GradesRule& rule, const std::vector<std::string>& objects,
                                   const GradesCount& counted);

/// 选举法 44: more ballots came back than were given out, so that none of them counts.
template <class Count>
bool is_void(const Count& counted)
{
    return counted.collected > counted.issued;
}

/// The same figures with the names written in where they stand in every return: after those on the ballot, in
/// ascending order of their bytes.
PlacesReturn in_order(PlacesReturn counted);

/// What rooms counted, added up. Lines of a list are the same by name.
BallotsCount sum_of(std::span<const BallotsCount> rooms);
PlacesReturn sum_of(std::span<const PlacesReturn> rooms);
GradesCount sum_of(std::span<const GradesCount> rooms);

/// The four figures of `present` members who voted on paper: who gave no valid ballot gave no vote. Of a vote
/// that is void nobody did.
Tally tally_of(const BallotsCount& counted, std::uint32_t present);

/// The same within one group of the roster, whose ballots were counted by themselves; `electors` of its
/// `members` were present.
struct GroupBallots {
    std::string group;
    std::uint32_t members = 0;
    std::uint32_t electors = 0;
    BallotsCount counted;
};

/// The figures of each group; nothing of them counts where one of them, or the whole, is void.
std::vector<GroupTally> tallies_of(const std::vector<GroupBallots>& groups, bool is_void);

/// Whether more ballots came back than were given out, in all or in a group that has to agree by itself.
bool is_void(const BallotsCount& counted, const std::vector<GroupBallots>& groups);

/// What ballots for and against mean under the rule: void, or as at a console, where those who took part are
/// the ones whose ballots came back, valid or not.
Outcome decide_ballots(const RuleProfile& profile, std::uint64_t base_members, std::uint32_t present,
                       const BallotsCount& counted, const std::vector<GroupBallots>& groups = {});

/// What there is to say of a list or of grades as a whole: void, or counted. What became of each line stands
/// beside it.
template <class Count>
Outcome outcome_of(const Count& counted)
{
    return {is_void(counted) ? Verdict::void_more_collected : Verdict::counted, {}, std::nullopt};
}

/// What each object came to; nothing when the whole is void.
std::vector<GradesOutcome> decide_sheets(const GradesRule& rule, std::uint64_t base_members,
                                         std::uint32_t present, const GradesCount& counted);

} // namespace plenum
