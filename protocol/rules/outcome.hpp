#pragma once

#include "protocol/rules/profile.hpp"

namespace plenum {

/// The four figures of a console vote. approve + oppose + abstain + not_pressed = present, always;
/// not_pressed is never merged with abstain.
struct Tally {
    std::uint32_t approve = 0;
    std::uint32_t oppose = 0;
    std::uint32_t abstain = 0;
    std::uint32_t not_pressed = 0;

    std::uint32_t cast() const { return approve + oppose + abstain; }
    std::uint32_t present() const { return cast() + not_pressed; }
    bool operator==(const Tally&) const = default;
};
BOOST_DESCRIBE_STRUCT(Tally, (), (approve, oppose, abstain, not_pressed))

/// The same within one group of the roster; `members` are those in office, present or not.
struct GroupTally {
    std::string group;
    std::uint32_t members = 0;
    Tally tally;

    bool operator==(const GroupTally&) const = default;
};
BOOST_DESCRIBE_STRUCT(GroupTally, (), (group, members, tally))

/// NOTE: append only.
enum class Verdict {
    passed,
    not_passed,
    invalid_low_participation, ///< 参加表决不过半: neither passed nor failed, vote again
    adopted_no_objection,      ///< 无异议通过: nobody objected, nothing was counted
    void_more_collected,       ///< 收回多于发出: the ballots count for nothing, vote again
    counted                    ///< a list or grades: what became of each line stands beside it
};
BOOST_DESCRIBE_ENUM(Verdict, passed, not_passed, invalid_low_participation, adopted_no_objection,
                    void_more_collected, counted)

/// Whether it was decided in favour: passed, or adopted because nobody objected.
bool is_adopted(Verdict verdict);

/// Whether nothing was decided, so that the same is voted on again: too few took part, or the ballots are
/// void.
bool is_invalid(Verdict verdict);

/// One comparison that was made: who, how many, of what, how many were needed.
struct Finding {
    std::string group; ///< empty for the whole body
    std::uint64_t base = 0;
    std::uint64_t need = 0;
    std::uint64_t have = 0;
    bool met = false;

    bool operator==(const Finding&) const = default;
};
BOOST_DESCRIBE_STRUCT(Finding, (), (group, base, need, have, met))

struct Outcome {
    Verdict verdict = Verdict::not_passed;
    std::vector<Finding> findings; ///< the majority, per group where the rule says so
    std::optional<Finding> participation;

    bool operator==(const Outcome&) const = default;
};
BOOST_DESCRIBE_STRUCT(Outcome, (), (verdict, findings, participation))

/// Whether `count` out of `base` meets the threshold, in integers: count·den against num·base.
bool meets(std::uint64_t count, std::uint64_t base, const Threshold& threshold);

/// The smallest count that meets it. May exceed `base` when it cannot be met (strict and num == den).
std::uint64_t needed(std::uint64_t base, const Threshold& threshold);

/// The number the threshold's base stands for, given the frozen base number of members and the figures.
std::uint64_t base_number(Base base, std::uint64_t all_members, const Tally& tally);

/// Whether the further majorities of the rule are met, each found out and appended. `groups` must hold every
/// group it names.
bool meets_also(const RuleProfile& profile, const std::vector<GroupTally>& groups,
                std::vector<Finding>& findings);

/// What the figures mean under the rule. `groups` must hold every group the profile names; the same function
/// runs in the server and in the auditor. Of a vote that was adopted without objection there are no figures:
/// outcome_without_objection().
Outcome decide_outcome(const RuleProfile& profile, std::uint64_t base_members, const Tally& tally,
                       const std::vector<GroupTally>& groups);

/// What it means that nobody objected: adopted, with no comparison made.
Outcome outcome_without_objection();

} // namespace plenum
