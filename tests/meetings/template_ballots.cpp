#include "tests/meetings/template_ballots.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace plenum::meetings {
namespace {

/// Candidates among the members, from this place on.
std::vector<Candidate> members_from(std::size_t first, std::size_t count, const std::vector<Member>& members)
{
    std::vector<Candidate> candidates;
    for (auto i = first; i < first + count; ++i)
        candidates.push_back({members.at(i).name, members.at(i).person});
    return candidates;
}

BallotList election(ListKind kind, std::uint32_t seats, std::vector<Candidate> candidates,
                    const RuleProfile& profile)
{
    BallotList list;
    list.list_kind = kind;
    list.candidates = std::move(candidates);
    list.places = {seats, profile.majority, TieRule::revote};
    list.ballot = {seats, WriteIn::requires_opposition, BlankMark::abstain};
    return list;
}

BallotList projects(std::uint32_t places, const RuleProfile& profile)
{
    BallotList list;
    list.list_kind = ListKind::projects;
    for (std::uint32_t i = 1; i <= places + 2; ++i)
        list.candidates.push_back({"民生实事项目" + std::to_string(i), std::nullopt});
    list.places = {places, profile.majority, TieRule::revote};
    list.ballot = {places, WriteIn::none, BlankMark::abstain};
    return list;
}

/// 满意 with over half of those valid, 基本满意 with both together, otherwise 不满意.
GradesSheet sheet()
{
    const LocalText satisfied{"满意", "satisfied"};
    const LocalText basically{"基本满意", "basically satisfied"};
    const LocalText unsatisfied{"不满意", "unsatisfied"};
    const Threshold over_half{1, 2, true, Base::valid};
    GradesSheet sheet;
    for (std::size_t i = 1; i <= objects_graded; ++i)
        sheet.objects.push_back("测评对象" + std::to_string(i));
    sheet.rule.grades = {satisfied, basically, unsatisfied};
    sheet.rule.verdicts = {{"satisfied", satisfied, {0}, over_half},
                           {"basically_satisfied", basically, {0, 1}, over_half},
                           {"unsatisfied", unsatisfied, {2}, {0, 1, false, Base::valid}}};
    return sheet;
}

/// One sheet has no mark for it; of the others more than half say what the verdict asks for, or not.
GradesReturn grades_of(const std::string& object, std::size_t at, std::uint32_t present)
{
    const auto valid = present - 1;
    const auto half = valid / 2; // not over half of them
    switch (at % 3) {
    case 0: return {object, {valid - 2, 1, 1}, 1};
    case 1: return {object, {half, valid - half - 1, 1}, 1};
    default: return {object, {1, half - 1, valid - half}, 1};
    }
}

/// The first on the list have the most; whoever stands beyond the places has too few.
PlacesReturn list_return(const BallotList& list, std::uint32_t present)
{
    PlacesReturn counted{present, present, 0, {}};
    for (std::uint32_t i = 0; i < list.candidates.size(); ++i) {
        ListVotes line;
        line.name = list.candidates[i].name;
        const bool wins = i < list.places.places;
        line.approve = wins ? present - 2 - i / 2 : 2;
        if (list.list_kind != ListKind::projects) {
            line.oppose = wins ? 1 : 0;
            line.abstain = present - line.approve - line.oppose;
        }
        counted.list.push_back(line);
    }
    return counted;
}

} // namespace

void fill_ballot(PrepareVote& vote, TemplateForm form, const std::vector<Member>& members)
{
    switch (form) {
    case TemplateForm::equal_election:
        vote.list = election(ListKind::equal_election, 1, members_from(0, 1, members), vote.profile);
        return;
    case TemplateForm::differential_election:
        vote.list = election(ListKind::differential_election, 3, members_from(1, 4, members), vote.profile);
        vote.list->extra = CandidateNumber{1, 1, {"选举办法", "第五条", ""}};
        return;
    case TemplateForm::projects: vote.list = projects(10, vote.profile); return;
    case TemplateForm::grades: vote.grades = sheet(); return;
    case TemplateForm::agenda:
    case TemplateForm::motion:
    case TemplateForm::scrutineers:
    case TemplateForm::appointments: return;
    }
}

Command count_of(VoteId vote, const std::optional<BallotList>& list, const std::optional<GradesSheet>& grades,
                 std::uint32_t present)
{
    if (list) return CountList{vote, list_return(*list, present), std::nullopt};
    if (!grades) return CountBallots{vote, {present, present, 0, present - 2, 1, 1}, std::nullopt};
    GradesCount counted{present, present, {}};
    for (std::size_t i = 0; i < grades->objects.size(); ++i)
        counted.objects.push_back(grades_of(grades->objects[i], i, present));
    return CountGrades{vote, counted, std::nullopt};
}

const char* verdict_of(std::size_t object)
{
    constexpr const char* verdicts[] = {"satisfied", "basically_satisfied", "unsatisfied"};
    return verdicts[object % 3];
}

PlacesReturn open_return(const BallotList& list, std::uint32_t present, std::uint32_t need)
{
    const auto places = list.places.places;
    PlacesReturn counted{present, present, 0, {}};
    for (std::uint32_t i = 0; i < list.candidates.size(); ++i) {
        ListVotes line;
        line.name = list.candidates[i].name;
        line.approve = i + 1 < places ? need + 1 : need;
        if (places == 1) line.approve = need - 1;
        line.oppose = present - line.approve;
        counted.list.push_back(line);
    }
    return counted;
}

std::optional<BallotList> list_after(VoteId vote, const BallotList& list, const PlacesDecided& decided)
{
    const auto& outcome = decided.outcome;
    auto after = list;
    after.follows = vote;
    after.candidates.clear();
    const auto is_one_of = [](const std::vector<std::uint32_t>& lines, std::uint32_t line) {
        return std::ranges::find(lines, line) != lines.end();
    };
    const bool is_tie = outcome.status == PlacesStatus::tie_revote_needed;
    if (!is_tie && outcome.status != PlacesStatus::shortfall_separate_election) return std::nullopt;
    for (std::uint32_t i = 0; i < list.candidates.size(); ++i) {
        const bool stands = is_tie ? is_one_of(outcome.tied, i) : !is_one_of(outcome.elected, i);
        if (stands) after.candidates.push_back(list.candidates[i]);
    }
    after.list_kind = is_tie ? ListKind::tie_revote : ListKind::separate_election;
    after.places.places = is_tie ? outcome.tied_places : outcome.unfilled;
    after.ballot.marks_max = after.places.places;
    if (is_tie) {
        after.places.majority.reset();
        after.ballot.write_in = WriteIn::none;
        after.extra.reset();
    }
    return after;
}

} // namespace plenum::meetings
