#include "server/chamber/across_chapters.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/rule_words.hpp"

#include "protocol/assert.hpp"

// The rule in words of what is chosen from a list or graded.

namespace plenum::chamber {
namespace {

LocalText words_of(ListKind kind)
{
    switch (kind) {
    case ListKind::equal_election: return {"等额选举", "An election with as many candidates as seats"};
    case ListKind::differential_election: return {"差额选举", "An election with more candidates than seats"};
    case ListKind::separate_election: return {"另行选举", "A separate election for the seats left"};
    case ListKind::tie_revote: return {"再次投票", "A vote again among the tied"};
    case ListKind::primary: return {"预选", "A primary"};
    case ListKind::deputy_election:
        return {"选举上一级人大代表", "An election of deputies to the level above"};
    case ListKind::projects: return {"民生实事项目票决", "A choice of projects"};
    case ListKind::ranked_projects: return {"排序票决", "A ranking of projects"};
    }
    PLENUM_ASSERT(!"unknown kind of list");
    return {};
}

LocalText base_of(Base base, std::uint32_t base_members)
{
    switch (base) {
    case Base::all_members: {
        const auto members = std::to_string(base_members);
        return {"全体组成人员" + members + "人", "all " + members + " members"};
    }
    case Base::present: return {"出席人员", "the members present"};
    case Base::valid: return {"有效票", "the valid ballots"};
    case Base::cast:
    case Base::ballots: return {"收回的票", "the ballots collected"};
    case Base::for_and_against: break;
    }
    PLENUM_ASSERT(!"check_places and check_grades let no other base pass");
    return {};
}

/// 即至少177票, where the base is known before the ballots are counted.
LocalText at_least(const Threshold& threshold, std::uint32_t base_members)
{
    if (threshold.base != Base::all_members) return {};
    const auto need = std::to_string(needed(base_members, threshold));
    return {"即至少" + need + "票", ", that is at least " + need};
}

void say_places(LocalText& words, const PlacesRule& rule, std::uint32_t base_members)
{
    if (!rule.majority) {
        say(words, "得票多的入选", "The highest numbers win");
        return;
    }
    const auto share = words_of_share(*rule.majority);
    const auto base = base_of(rule.majority->base, base_members);
    const auto need = at_least(*rule.majority, base_members);
    say(words, base.zh + "，赞成" + share.zh + need.zh + "方可入选，多于名额的以票多的入选",
        "Of " + base.en + ", " + share.en + need.en +
            ", must approve; of more than there are places, the highest win");
}

void say_tie(LocalText& words, TieRule tie)
{
    switch (tie) {
    case TieRule::revote:
        say(words, "末位票数相等的，就票数相等的再次投票",
            "Those equal at the last place are voted on again among themselves");
        break;
    case TieRule::presidium:
        say(words, "末位票数相等的，由主席团决定", "Of those equal at the last place the presidium decides");
        break;
    case TieRule::none:
        say(words, "末位票数相等的均不入选", "Of those equal at the last place nobody is chosen");
        break;
    }
}

void say_shortfall(LocalText& words, const PlacesRule& rule)
{
    if (rule.shortfall != Shortfall::left_empty) return;
    say(words, "不满的名额空缺，不再投票", "Places left over stay empty");
}

/// Consoles take no ballot that is void, and a list of projects has nothing to abstain from.
void say_console(LocalText& words, const BallotList& list, ListOf of)
{
    const auto most = std::to_string(list.ballot.marks_max);
    const auto blank = of == ListOf::projects
                           ? LocalText{}
                           : LocalText{"；未作选择的视为弃权", "; no mark means an abstention"};
    say(words, "每人所选不得超过" + most + "，多选的无法投出" + blank.zh,
        "A ballot chooses at most " + most + "; a console sends no other" + blank.en);
}

void say_ballot(LocalText& words, const ListBallotRule& ballot)
{
    const auto most = std::to_string(ballot.marks_max);
    const bool blank_approves = ballot.blank == BlankMark::approve;
    say(words,
        "每票所选不得超过" + most + "，多选的整票无效；未作标记的视为" + (blank_approves ? "赞成" : "弃权"),
        "A ballot chooses at most " + most + ", or it is void; no mark means " +
            (blank_approves ? "approval" : "an abstention"));
    switch (ballot.write_in) {
    case WriteIn::none: say(words, "不得另选他人", "No other name may be written in"); break;
    case WriteIn::allowed: say(words, "可以另选他人", "Another name may be written in"); break;
    case WriteIn::requires_opposition:
        say(words, "反对的可以另选他人，弃权的不得另选他人",
            "Who opposes a candidate may write in another, who abstains may not");
        break;
    }
}

/// A ranking has no marks: what there is to be said of its ballots, and which sums win.
void say_ranking(LocalText& words, const BallotList& list)
{
    const auto lines = std::to_string(list.candidates.size());
    say(words, "按紧迫程度从1到" + lines + "编号，每个号码用一次；重号、漏号的整票无效",
        "Every line gets a number from 1, the most urgent, to " + lines +
            ", each once; a ballot with a number twice or left out is void");
    say(words, "各项目序号合计，合计小的入选", "The numbers of each line are added up; the lowest sums win");
}

LocalText words_of_equal(const LegalBasis& basis)
{
    return {"正职，依据《" + basis.law + "》" + basis.article_words() + "可以等额",
            "A chief post: as many may stand as there are seats; see " + basis.law + ", " + basis.article};
}

} // namespace

ListOf list_of(const State& state, const Vote& vote)
{
    return elects_persons(state, vote) ? ListOf::persons : ListOf::projects;
}

LocalText describe_list(const RuleProfile& profile, const BallotList& list, ListOf of,
                        std::uint32_t base_members)
{
    LocalText words;
    const auto kind = words_of(list.list_kind);
    const auto places = std::to_string(list.places.places);
    const auto candidates = std::to_string(list.candidates.size());
    say(words, kind.zh + "：名额" + places + "，名单" + candidates,
        kind.en + ": " + places + " to be chosen of " + candidates);
    if (list.equal_by) {
        const auto basis = words_of_equal(*list.equal_by);
        say(words, basis.zh, basis.en);
    }
    if (list.list_kind == ListKind::ranked_projects) {
        say_ranking(words, list);
        say_tie(words, list.places.tie);
        say_shortfall(words, list.places);
    } else {
        say_places(words, list.places, base_members);
        say_tie(words, list.places.tie);
        say_shortfall(words, list.places);
        if (profile.method == VoteMethod::console)
            say_console(words, list, of);
        else
            say_ballot(words, list.ballot);
    }
    if (profile.list && profile.list->announcement == ListAnnouncement::chosen_only) {
        say(words, "只宣布入选者，不宣布各自票数",
            "Who is chosen is announced, and not how many votes each received");
    }
    say_method(words, profile);
    say_closing(words, profile);
    return words;
}

LocalText describe_grades(const RuleProfile& profile, const GradesSheet& sheet, std::uint32_t base_members)
{
    LocalText words;
    LocalText grades;
    for (const auto& grade : sheet.rule.grades) {
        grades.zh += (grades.zh.empty() ? "" : "、") + grade.zh;
        grades.en += (grades.en.empty() ? "" : ", ") + grade.en;
    }
    const auto objects = std::to_string(sheet.objects.size());
    const auto each =
        profile.method == VoteMethod::console
            ? LocalText{"每项选一档，全部选定方可投出", "every one needs a grade before it is sent"}
            : LocalText{"每项只选一档，未选或多选的该项无效",
                        "none or several grades are invalid for that one"};
    say(words, "对" + objects + "项分别测评：" + grades.zh + "，" + each.zh,
        "Each of " + objects + " is graded by itself: " + grades.en + "; " + each.en);
    for (const auto& verdict : sheet.rule.verdicts) {
        const auto share = words_of_share(verdict.threshold);
        const auto base = base_of(verdict.threshold.base, base_members);
        LocalText those;
        for (const auto grade : verdict.grades) {
            those.zh += (those.zh.empty() ? "" : "与") + sheet.rule.grades.at(grade).zh;
            those.en += (those.en.empty() ? "" : " and ") + sheet.rule.grades.at(grade).en;
        }
        say(words, base.zh + "，" + those.zh + share.zh + "的为" + verdict.name.zh,
            "Of " + base.en + ", " + share.en + " " + those.en + " make it " + verdict.name.en);
    }
    say_method(words, profile);
    say_closing(words, profile);
    return words;
}

LocalText rule_of(const State& state, const Vote& vote)
{
    auto rule = vote.profile;
    rule.method = vote.method;
    if (vote.paper.list) {
        return describe_list(rule, *vote.paper.list, list_of(state, vote), vote.base_members);
    }
    if (vote.paper.grades) return describe_grades(rule, *vote.paper.grades, vote.base_members);
    return describe_rule(rule, vote.base_members, count(vote.electorate.size()));
}

} // namespace plenum::chamber
