#pragma once

#include "protocol/local_text.hpp"
#include "protocol/rules/share.hpp"

// What the method a body adopted (选举办法, 表决办法) provides for ballots with a list or with grades.

namespace plenum {

/// Lines of a list, names written in included.
inline constexpr std::uint32_t list_entries_max = 1'000;

/// What a list is for. NOTE: append only.
enum class ListKind {
    equal_election,        ///< 等额选举: as many candidates as seats
    differential_election, ///< 差额选举: more candidates than seats
    separate_election,     ///< 另行选举: seats that nobody had enough votes for
    tie_revote,            ///< 再次投票: among those who stood equal at the last place
    primary,               ///< 预选: who stands on the ballot, ranked by votes
    deputy_election,       ///< 选举上一级人大代表
    projects,              ///< 民生实事项目票决
    ranked_projects        ///< 排序票决: every project numbered by urgency, the lowest sums win
};
BOOST_DESCRIBE_ENUM(ListKind, equal_election, differential_election, separate_election, tie_revote, primary,
                    deputy_election, projects, ranked_projects)

/// Whether projects stand on such a list; on a re-vote or separate election the vote it follows says.
constexpr bool is_of_projects(ListKind kind)
{
    return kind == ListKind::projects || kind == ListKind::ranked_projects;
}

/// Whether somebody who is not on the list may be written in at all.
constexpr bool others_may_stand(ListKind kind)
{
    return kind != ListKind::primary && !is_of_projects(kind) && kind != ListKind::tie_revote;
}

/// What becomes of a tie at the last place. NOTE: append only.
enum class TieRule {
    revote,    ///< 再次投票: among the tied only, the higher number wins
    presidium, ///< the presidium decides, as the method adopted says
    none       ///< the places stay empty
};
BOOST_DESCRIBE_ENUM(TieRule, revote, presidium, none)

/// Whether another name may be written on the ballot. NOTE: append only.
enum class WriteIn {
    none,
    allowed,
    requires_opposition ///< 代表法 17 of 2025: only who opposes a candidate may write in another
};
BOOST_DESCRIBE_ENUM(WriteIn, none, allowed, requires_opposition)

/// What a candidate without a mark means; both are in use. NOTE: append only.
enum class BlankMark { abstain, approve };
BOOST_DESCRIBE_ENUM(BlankMark, abstain, approve)

/// What becomes of places nobody had enough votes for. NOTE: append only.
enum class Shortfall {
    separate_election, ///< 另行选举, in this session or the next
    left_empty         ///< the places stay empty: fewer projects than were asked for
};
BOOST_DESCRIBE_ENUM(Shortfall, separate_election, left_empty)

/// What fills a place. NOTE: append only.
enum class PlacesBy {
    majority, ///< the majority of the rule, and of more than there are places the highest numbers
    highest   ///< 得票多的: the highest numbers alone
};
BOOST_DESCRIBE_ENUM(PlacesBy, majority, highest)

/// What is announced of a list in the hall and at consoles; the record and the sheet have every figure. NOTE:
/// append only.
enum class ListAnnouncement {
    every_figure, ///< what each candidate received (全国人大议事规则 40)
    chosen_only   ///< who has a place, without numbers
};
BOOST_DESCRIBE_ENUM(ListAnnouncement, every_figure, chosen_only)

/// What a rule fixes of the lists voted on under it. What is left out is for whoever prepares the vote to
/// say. `kinds`, `seats` and `by` are about the vote that comes first; a vote again on a tie and a separate
/// election follow it.
struct ListProvisions {
    Later<std::vector<ListKind>> kinds{}; ///< what is voted on under this rule
    Later<std::uint32_t> seats{};         ///< 应选名额
    Later<std::uint32_t> marks_max{};     ///< approvals and write-ins on a ballot, where fewer than seats
    Later<PlacesBy> by{};                 ///< also of a separate election
    Later<PlacesBy> revote_by{};          ///< whether a vote again on a tie needs the majority as well
    Later<TieRule> tie{};                 ///< a tie at the last place
    Later<TieRule> tie_again{};           ///< a tie in the vote again
    Later<Shortfall> shortfall{};
    Later<WriteIn> write_in{};
    Later<BlankMark> blank{};
    Later<std::uint32_t> scrutineers_min{}; ///< of an election; two, where it says nothing
    Later<ListAnnouncement> announcement{}; ///< every figure, where it says nothing

    bool operator==(const ListProvisions&) const = default;
};
BOOST_DESCRIBE_STRUCT(ListProvisions, (),
                      (kinds, seats, marks_max, by, revote_by, tie, tie_again, shortfall, write_in, blank,
                       scrutineers_min, announcement))

inline constexpr std::size_t grades_max = 10;

/// What the grades are called together when enough gave them: the first of the list that is met holds.
struct GradeVerdict {
    std::string id;                    ///< like `satisfied`
    LocalText name;                    ///< like 满意
    std::vector<std::uint32_t> grades; ///< which grades are added up, by their place in the rule
    Threshold threshold;               ///< over all_members, present or valid

    bool operator==(const GradeVerdict&) const = default;
};
BOOST_DESCRIBE_STRUCT(GradeVerdict, (), (id, name, grades, threshold))

/// The grades of an evaluation and what they come to.
struct GradesRule {
    std::vector<LocalText> grades;      ///< 满意, 基本满意, 不满意
    std::vector<GradeVerdict> verdicts; ///< in the order they are tried
    Rounding rounding = Rounding::half_up;

    bool operator==(const GradesRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(GradesRule, (), (grades, verdicts, rounding))

/// The least number of scrutineers an election has (选举法 43: they are several).
inline constexpr std::uint32_t scrutineers_usual = 2;
inline constexpr std::uint32_t scrutineers_most = 200;

/// Why a rule cannot provide this, or nothing: no kind or one twice, a kind that follows another vote, no
/// seat, more marks than seats, names written in or majorities where there are none, fewer than two
/// scrutineers.
std::optional<Misfit> check_provisions(const ListProvisions& provisions);

} // namespace plenum
