#pragma once

#include "protocol/rules/threshold.hpp"

// 满意度测评: everybody gives each object one grade. Grades, bases and verdicts are data, because no law
// fixes them; a sheet with several objects is as many independent columns.

namespace plenum {

/// What one object was given.
struct GradesReturn {
    std::string object;
    std::vector<std::uint32_t> counts; ///< for each grade
    std::uint32_t invalid = 0;         ///< none or several chosen: outside the count (Shenzhen 2011, 7)

    bool operator==(const GradesReturn&) const = default;
};
BOOST_DESCRIBE_STRUCT(GradesReturn, (), (object, counts, invalid))

/// How one verdict of the rule came out.
struct GradeFinding {
    std::string id;
    Finding finding;

    bool operator==(const GradeFinding&) const = default;
};
BOOST_DESCRIBE_STRUCT(GradeFinding, (), (id, finding))

/// What one object came to.
struct GradesOutcome {
    std::string object;
    std::uint64_t valid = 0;
    std::vector<std::uint64_t> per_mille; ///< of the valid, for each grade; empty without a valid one
    std::vector<GradeFinding> findings;   ///< every verdict of the rule
    std::string verdict;                  ///< the id of the first that is met; empty when none is

    bool operator==(const GradesOutcome&) const = default;
};
BOOST_DESCRIBE_STRUCT(GradesOutcome, (), (object, valid, per_mille, findings, verdict))

/// Why the rule cannot be used, or nothing: fewer than two grades or more than ten, a verdict over grades
/// that are not there or over a base that grades do not have.
std::optional<Misfit> check_grades(const GradesRule& rule);

/// Why these figures cannot be right, or nothing: another number of grades than the rule has, more given than
/// were present.
std::optional<Misfit> check_return(const GradesRule& rule, std::uint32_t present,
                                   const GradesReturn& counted);

/// `rule` and `counted` have passed their checks.
GradesOutcome decide_grades(const GradesRule& rule, std::uint64_t base_members, std::uint32_t present,
                            const GradesReturn& counted);

} // namespace plenum
