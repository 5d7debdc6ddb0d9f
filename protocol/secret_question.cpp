#include "protocol/secret_question.hpp"

#include "protocol/assert.hpp"

#include <algorithm>

namespace plenum {
namespace {

std::uint32_t count(std::size_t size)
{
    return static_cast<std::uint32_t>(size);
}

LocalText at_most(std::string_view what_zh, std::string_view what_en, std::size_t most)
{
    const auto number = std::to_string(most);
    return {"按表决器的无记名投票，" + std::string(what_zh) + "至多" + number,
            "a secret ballot at consoles has at most " + number + " " + std::string(what_en)};
}

std::optional<LocalText> check_list_matter(const BallotList& list)
{
    if (list.list_kind == ListKind::ranked_projects) {
        return LocalText{"排序票决只能用纸质选票", "projects are ranked on paper only"};
    }
    if (list.ballot.write_in != WriteIn::none) {
        return LocalText{
            "按表决器的无记名投票不能另选他人，请在投票前将人选列入名单",
            "no name can be written in at a console: add names to the list before it is voted on"};
    }
    if (list.ballot.blank != BlankMark::abstain) {
        return LocalText{"按表决器投票时，未作选择的只能视为弃权",
                         "at a console no mark means an abstention: nobody approves without pressing"};
    }
    if (list.candidates.size() > ballot::shape_options_max)
        return at_most("名单", "names", ballot::shape_options_max);
    return std::nullopt;
}

std::optional<LocalText> check_grades_matter(const GradesSheet& sheet)
{
    if (sheet.rule.grades.size() > ballot::grid_options_max)
        return at_most("等次", "grades", ballot::grid_options_max);
    if (sheet.objects.size() > ballot::shape_rows_max)
        return at_most("测评对象", "objects", ballot::shape_rows_max);
    return std::nullopt;
}

} // namespace

std::optional<LocalText> check_secret_matter(const SecretMatter& matter)
{
    if (matter.list != nullptr) {
        if (auto reason = check_list_matter(*matter.list)) return reason;
    } else if (matter.grades != nullptr) {
        if (auto reason = check_grades_matter(*matter.grades)) return reason;
    }
    if (ballot::check_shape(shape_of(matter))) return std::nullopt;
    return at_most("选票字节数", "bytes: put fewer on it", ballot::ballot_bytes_max);
}

ballot::BallotShape shape_of(const SecretMatter& matter)
{
    PLENUM_ASSERT(matter.list == nullptr || matter.grades == nullptr);
    ballot::BallotShape shape = ballot::motion_shape;
    if (matter.list != nullptr) {
        shape.kind = matter.elects_persons ? ballot::ShapeKind::elect : ballot::ShapeKind::choose;
        shape.options = count(matter.list->candidates.size());
        shape.max = matter.list->ballot.marks_max;
    } else if (matter.grades != nullptr) {
        shape.options = count(matter.grades->rule.grades.size());
        shape.rows = count(matter.grades->objects.size());
    }
    return shape;
}

ballot::Question question_of(const SecretMatter& matter)
{
    ballot::Question question{1, matter.text, shape_of(matter), {std::string(matter.title)}};
    auto& labels = question.labels;
    if (matter.list != nullptr) {
        for (const auto& candidate : matter.list->candidates)
            labels.push_back(candidate.name);
    } else if (matter.grades != nullptr) {
        labels.insert(labels.end(), matter.grades->objects.begin(), matter.grades->objects.end());
        for (const auto& grade : matter.grades->rule.grades)
            labels.push_back(grade.zh);
    } else {
        labels.insert(labels.end(), {"弃权", "赞成", "反对"});
    }
    return question;
}

PlacesReturn list_from(const SecretMatter& matter, std::uint32_t listed, const ballot::SecretTotals& totals)
{
    PlacesReturn counted{listed, totals.ballots, 0, {}};
    const auto& candidates = matter.list->candidates;
    for (std::size_t at = 0; at < candidates.size(); ++at) {
        ListVotes line;
        line.name = candidates[at].name;
        if (matter.elects_persons) {
            const auto& row = totals.rows.at(at); // Neither, approved, opposed.
            line.approve = row[1];
            line.oppose = row[2];
            line.abstain = row[0];
        } else {
            line.approve = totals.rows.front().at(at);
        }
        counted.list.push_back(std::move(line));
    }
    return counted;
}

GradesCount grades_from(const SecretMatter& matter, std::uint32_t listed, const ballot::SecretTotals& totals)
{
    GradesCount counted{listed, totals.ballots, {}};
    const auto& objects = matter.grades->objects;
    for (std::size_t at = 0; at < objects.size(); ++at)
        counted.objects.push_back({objects[at], totals.rows.at(at), 0});
    return counted;
}

Tally tally_from(std::uint32_t listed, const ballot::SecretTotals& totals)
{
    const auto& row = totals.rows.front(); // Abstain, approve, oppose.
    return {row[1], row[2], row[0], listed - std::min(listed, totals.ballots)};
}

} // namespace plenum
