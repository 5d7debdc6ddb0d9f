#include "protocol/rules/provisions_kept.hpp"

#include <algorithm>
#include <array>

namespace plenum {
namespace {

using Words = std::optional<LocalText>;

bool is_first(const BallotList& list)
{
    return !list.follows;
}

Words check_kind(const ListProvisions& provided, const BallotList& list)
{
    if (!provided.kinds || !is_first(list)) return std::nullopt;
    if (std::ranges::find(*provided.kinds, list.list_kind) != provided.kinds->end()) return std::nullopt;
    return LocalText{"规则不用于这类名单", "the rule is for lists of another kind"};
}

Words check_numbers(const ListProvisions& provided, const BallotList& list)
{
    if (!is_first(list)) return std::nullopt;
    const auto places = list.places.places;
    if (provided.seats && *provided.seats != places) {
        const auto seats = std::to_string(*provided.seats);
        return LocalText{"规则规定名额为" + seats, "the rule provides " + seats + " places"};
    }
    if (provided.marks_max && list.ballot.marks_max != std::min(*provided.marks_max, places)) {
        const auto marks = std::to_string(std::min(*provided.marks_max, places));
        return LocalText{"规则规定每票至多选" + marks + "名", "the rule lets a ballot choose " + marks};
    }
    return std::nullopt;
}

/// Of a list the majority is taken of all members where the rule takes it of those present.
bool is_majority_of(const RuleProfile& profile, const std::optional<Threshold>& majority)
{
    const auto& rule = profile.majority;
    const bool has_no_such_base = rule.base == Base::present || rule.base == Base::for_and_against;
    const auto base = has_no_such_base ? Base::all_members : rule.base;
    return majority == Threshold{rule.num, rule.den, rule.strict, base};
}

Words check_majority(const RuleProfile& profile, const ListProvisions& provided, const BallotList& list)
{
    const auto kind = list.list_kind;
    if (kind == ListKind::primary || kind == ListKind::ranked_projects) return std::nullopt;
    const auto& by = kind == ListKind::tie_revote ? provided.revote_by : provided.by;
    if (!by) return std::nullopt;
    if (*by == PlacesBy::highest) {
        if (!list.places.majority) return std::nullopt;
        return LocalText{"规则规定得票多的入选", "by the rule the highest numbers win"};
    }
    if (is_majority_of(profile, list.places.majority)) return std::nullopt;
    return LocalText{"规则规定达到多数方可入选", "by the rule a place needs the majority of the rule"};
}

Words check_what_is_left(const ListProvisions& provided, const BallotList& list)
{
    const bool again = list.list_kind == ListKind::tie_revote;
    const auto& tie = again ? provided.tie_again : provided.tie;
    if (tie && list.places.tie != *tie) {
        return LocalText{"规则对末位票数相等另有规定",
                         "the rule provides otherwise for a tie at the last place"};
    }
    const auto shortfall = list.places.shortfall.value_or(Shortfall::separate_election);
    if (provided.shortfall && shortfall != *provided.shortfall) {
        return LocalText{"规则对名额不满另有规定", "the rule provides otherwise for places left over"};
    }
    return std::nullopt;
}

Words check_marks(const ListProvisions& provided, const BallotList& list)
{
    const auto kind = list.list_kind;
    const auto written = others_may_stand(kind) ? provided.write_in : Later<WriteIn>{};
    if (written && list.ballot.write_in != *written) {
        return LocalText{"规则对另选他人另有规定", "the rule provides otherwise for names written in"};
    }
    if (kind != ListKind::ranked_projects && provided.blank && list.ballot.blank != *provided.blank) {
        return LocalText{"规则对未作标记另有规定", "the rule provides otherwise for what no mark means"};
    }
    return std::nullopt;
}

} // namespace

std::optional<LocalText> departure_from_provisions(const RuleProfile& profile, const BallotList* list,
                                                   const GradesSheet* grades)
{
    if (profile.list && list == nullptr) return LocalText{"规则用于名单", "the rule is for lists"};
    if (profile.grades && grades == nullptr) return LocalText{"规则用于测评", "the rule is for grades"};
    if (profile.grades && grades->rule != *profile.grades) {
        return LocalText{"规则规定了档次和评定办法", "the rule provides the grades and what they come to"};
    }
    if (!profile.list) return std::nullopt;
    const auto& provided = *profile.list;
    const std::array points{check_kind(provided, *list), check_numbers(provided, *list),
                            check_majority(profile, provided, *list), check_what_is_left(provided, *list),
                            check_marks(provided, *list)};
    const auto* first = std::ranges::find_if(points, &Words::has_value);
    return first == points.end() ? std::nullopt : *first;
}

std::uint32_t scrutineers_needed(const RuleProfile& profile)
{
    if (!profile.list) return scrutineers_usual;
    return profile.list->scrutineers_min.value_or(scrutineers_usual);
}

} // namespace plenum
