#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"

#include <algorithm>
#include <iterator>

// The result of a vote as one sheet, and of a series of them on one.

namespace plenum::chamber {
namespace {

std::string name_of_item(const State& state, const Vote& vote, Role role)
{
    if (!vote.item) return {};
    const auto item = view_item(state, *vote.item, role);
    return item.number + item.title;
}

/// A vote of the plenary on no item, which neither the agenda nor scrutineers approved by it explain.
bool is_off_the_agenda(const State& state, VoteId id, const Vote& vote)
{
    const auto& sitting = record_of(state.sittings, vote.sitting);
    if (vote.item || vote.adopts_agenda || !vote.opened_at_ms || !is_plenary(state, sitting)) return false;
    const auto first = vote.first_attempt.value_or(id);
    return std::ranges::none_of(sitting.votes, [&](VoteId other) {
        const auto& one = record_of(state.votes, other);
        return one.first_attempt.value_or(other) == first && one.approved_scrutineers;
    });
}

/// What the paper voted on is called, while the item has it.
std::string name_of_draft(const State& state, const Vote& vote)
{
    if (!vote.matter.draft || !vote.item) return {};
    const auto& papers = record_of(state.items, *vote.item).documents;
    const auto found = std::ranges::find(papers, *vote.matter.draft, &DocumentView::document);
    return found == papers.end() ? std::string() : found->name;
}

std::vector<SheetAttempt> attempts_of(const State& state, VoteId id, const Vote& vote)
{
    std::vector<SheetAttempt> attempts;
    const auto first = vote.first_attempt.value_or(id);
    for (const auto other : record_of(state.sittings, vote.sitting).votes) {
        const auto& one = record_of(state.votes, other);
        if (one.first_attempt.value_or(other) != first) continue;
        SheetAttempt attempt{other,        one.attempt,     one.method,   one.state,
                             std::nullopt, one.void_reason, one.void_note};
        if (one.result && is_over(one) && one.state != VoteState::voided)
            attempt.verdict = one.result->outcome.verdict;
        attempts.push_back(std::move(attempt));
    }
    std::ranges::sort(attempts, {}, &SheetAttempt::attempt);
    return attempts;
}

/// What a count of ballots must hold by number alone.
template <class Count>
void add_box(std::vector<SheetIdentity>& identities, const Count& counted, std::uint32_t present)
{
    identities.push_back(
        {{"发出不多于出席", "given out, at most those present"}, counted.issued, present, true});
    identities.push_back({{"收回不多于发出", "came back, at most what was given out"},
                          counted.collected,
                          counted.issued,
                          true});
}

void add_ballots(std::vector<SheetIdentity>& identities, const BallotsCount& counted)
{
    identities.push_back({{"有效＋无效＝收回", "valid + invalid = came back"},
                          std::uint64_t{counted.valid()} + counted.invalid,
                          counted.collected});
}

/// What a box held is a figure of its own, which everybody can count in its file.
void add_secret(std::vector<SheetIdentity>& identities, const Tally& tally, const OpenedTotals& totals)
{
    identities.push_back({{"赞成＋反对＋弃权＝箱内选票", "for + against + abstaining = ballots in the box"},
                          tally.cast(),
                          totals.ballots});
    identities.push_back({{"箱内选票不多于名单", "ballots in the box, at most the list"},
                          totals.ballots,
                          tally.present(),
                          true});
}

bool holds(const SheetIdentity& one)
{
    return one.is_at_most ? one.left <= one.right : one.left == one.right;
}

/// What must hold of every line as one sum, and those lines alone that fail: forty lines that hold are not
/// worth a page.
void add_summed(std::vector<SheetIdentity>& identities, LocalText words,
                const std::vector<SheetIdentity>& lines)
{
    if (lines.empty()) return;
    SheetIdentity sum{std::move(words), 0, 0, lines.front().is_at_most};
    for (const auto& line : lines) {
        sum.left += line.left;
        sum.right += line.right;
    }
    identities.push_back(std::move(sum));
    std::ranges::copy_if(lines, std::back_inserter(identities),
                         [](const auto& line) { return !holds(line); });
}

/// A ranking has no marks to add up, but every number once on each valid ballot.
void add_numbers(std::vector<SheetIdentity>& identities, const PlacesReturn& counted)
{
    std::uint64_t numbers = 0;
    for (const auto& line : counted.list)
        numbers += line.numbers.value_or(0);
    const std::uint64_t lines = counted.list.size();
    const auto last = std::to_string(lines);
    identities.push_back({{"各项序号合计＝有效票×（1＋…＋" + last + "）",
                           "all numbers together = valid ballots x (1 + ... + " + last + ")"},
                          numbers,
                          std::uint64_t{counted.valid()} * lines * (lines + 1) / 2});
}

void add_places(std::vector<SheetIdentity>& identities, const PlacesDecided& places, const BallotList& list)
{
    const auto& [counted, outcome] = places;
    identities.push_back({{"产生＋待定＋空缺＝名额", "filled + tied for + empty = places"},
                          outcome.elected.size() + outcome.tied_places + outcome.unfilled,
                          list.places.places});
    if (list.list_kind == ListKind::ranked_projects) return add_numbers(identities, counted);
    std::uint64_t chosen = 0;
    std::vector<SheetIdentity> lines;
    for (const auto& line : counted.list) {
        chosen += line.approve;
        if (line.is_write_in || line.oppose + line.abstain == 0) continue;
        lines.push_back({{line.name, line.name},
                         std::uint64_t{line.approve} + line.oppose + line.abstain,
                         counted.valid(),
                         true});
    }
    const auto most = std::to_string(list.ballot.marks_max);
    identities.push_back({{"所选合计不多于有效票×" + most, "all chosen, at most valid ballots × " + most},
                          chosen,
                          std::uint64_t{counted.valid()} * list.ballot.marks_max,
                          true});
    const auto number = std::to_string(lines.size());
    add_summed(identities,
               {number + "人赞成＋反对＋弃权合计不多于有效票×" + number,
                "for + against + abstaining of " + number + ", at most valid ballots × " + number},
               lines);
}

void add_grades(std::vector<SheetIdentity>& identities, const GradesCount& counted)
{
    std::vector<SheetIdentity> objects;
    for (const auto& object : counted.objects) {
        std::uint64_t sum = object.invalid;
        for (const auto count : object.counts)
            sum += count;
        objects.push_back({{object.object, object.object}, sum, counted.collected});
    }
    const auto number = std::to_string(objects.size());
    add_summed(identities,
               {number + "项各等次＋无效合计＝收回×" + number,
                "all grades + invalid of " + number + " = came back × " + number},
               objects);
}

std::vector<SheetIdentity> identities_of(const VoteView& vote)
{
    std::vector<SheetIdentity> identities;
    if (!vote.result) return identities;
    const auto& result = *vote.result;
    const auto verdict = result.outcome.verdict;
    if (verdict == Verdict::adopted_no_objection) return identities;
    if (result.places) add_box(identities, result.places->counted, vote.present);
    if (result.grades) add_box(identities, result.grades->counted, vote.present);
    if (result.ballots) add_box(identities, *result.ballots, vote.present);
    if (verdict == Verdict::void_more_collected) return identities;
    if (result.places && vote.list) {
        add_places(identities, *result.places, *vote.list);
    } else if (result.grades) {
        add_grades(identities, result.grades->counted);
    } else {
        identities.push_back(
            {{"赞成＋反对＋弃权＋未表决＝出席", "for + against + abstaining + none = present"},
             result.tally.present(),
             vote.present});
        if (result.ballots) add_ballots(identities, *result.ballots);
        if (result.totals) add_secret(identities, result.tally, *result.totals);
    }
    return identities;
}

template <class Count>
void add_tellers(std::set<PersonId>& tellers, const Counted<Count>& counted)
{
    for (const auto& [room, counts] : counted) {
        for (const auto& [teller, count] : counts)
            tellers.insert(teller);
    }
}

/// Who counted; which room a teller counted is not for the sheet, nor what stood in it.
void add_tellers(std::set<PersonId>& tellers, const Vote& vote)
{
    for (const auto& [teller, hands] : vote.hands)
        tellers.insert(teller);
    add_tellers(tellers, vote.paper.ballots);
    add_tellers(tellers, vote.paper.lists);
    add_tellers(tellers, vote.paper.sheets);
}

std::vector<std::string> names_of(const State& state, const std::set<PersonId>& persons)
{
    std::vector<std::string> names;
    for (const auto person : persons)
        names.push_back(record_of(state.persons, person).name);
    return names;
}

std::vector<RelatedVote> related_to(const VoteView& vote, const State& state)
{
    std::vector<RelatedVote> related;
    const auto add = [&](VoteRelation relation, VoteId other, ListKind kind) {
        related.push_back({relation, other, record_of(state.votes, other).title, kind});
    };
    if (vote.list && vote.list->follows)
        add(VoteRelation::follows, *vote.list->follows, vote.list->list_kind);
    if (vote.list && vote.followed_by) {
        const auto& later = record_of(state.votes, *vote.followed_by).paper.list;
        add(VoteRelation::followed_by, *vote.followed_by, later->list_kind);
    }
    return related;
}

// Only of what is over: before that a sheet would say what the chair has not said yet.

bool may_have_sheets(const State& state, const Actor& actor, const Vote& vote)
{
    if (actor.role == Role::auditor) return true;
    return keeps_the_room(state, actor, record_of(state.sittings, vote.sitting).body);
}

/// The newest attempt at each vote of a series, in the order they were put.
std::vector<VoteId> votes_of_series(const State& state, VoteId series)
{
    const auto first = state.votes.find(series);
    if (first == state.votes.end()) return {};
    std::vector<VoteId> votes;
    for (const auto id : record_of(state.sittings, first->second.sitting).votes) {
        const auto& vote = record_of(state.votes, id);
        if (vote.series && vote.series->first == series && !vote.retried_by) votes.push_back(id);
    }
    std::ranges::sort(votes, {}, [&](VoteId id) { return record_of(state.votes, id).series->position; });
    return votes;
}

/// The identities of all lines, each kind as one sum, and by title those that fail.
std::vector<SheetIdentity> identities_of(const std::vector<SeriesLine>& lines)
{
    std::vector<std::pair<LocalText, std::vector<SheetIdentity>>> kinds;
    for (const auto& line : lines) {
        for (auto& one : identities_of(line.vote)) {
            auto kind = std::ranges::find(kinds, one.words, [](const auto& known) { return known.first; });
            if (kind == kinds.end()) kind = kinds.insert(kinds.end(), {one.words, {}});
            const auto& title = line.vote.title;
            one.words = {title + "：" + one.words.zh, title + ": " + one.words.en};
            kind->second.push_back(std::move(one));
        }
    }
    std::vector<SheetIdentity> identities;
    for (auto& [words, those] : kinds) {
        const auto number = std::to_string(those.size());
        words.zh += "（" + number + "项合计）";
        words.en += " (" + number + " votes together)";
        add_summed(identities, std::move(words), those);
    }
    return identities;
}

SeriesLine line_of(const State& state, VoteId id, Role role)
{
    const auto& vote = record_of(state.votes, id);
    SeriesLine line;
    line.vote = view_vote(state, id, role);
    if (vote.state != VoteState::announced) line.vote.result.reset();
    line.profile_hash = hash_of(vote.profile);
    line.electorate = vote.electorate_hash;
    line.base_reason = vote.base_reason;
    return line;
}

} // namespace

ResultSheet result_sheet(const State& state, VoteId id, Role role)
{
    const auto& vote = record_of(state.votes, id);
    const auto& sitting = record_of(state.sittings, vote.sitting);
    ResultSheet sheet;
    sheet.origin = state.origin;
    sheet.body = body_name_of(state, sitting);
    sheet.meeting = record_of(state.meetings, sitting.meeting).title;
    sheet.sitting = sitting.title;
    sheet.item = name_of_item(state, vote, role);
    sheet.vote = view_vote(state, id, role);
    sheet.profile = vote.profile;
    sheet.profile_hash = hash_of(vote.profile);
    sheet.electorate = vote.electorate_hash;
    sheet.base_reason = vote.base_reason;
    sheet.identities = identities_of(sheet.vote);
    sheet.attempts = attempts_of(state, id, vote);
    std::set<PersonId> tellers;
    add_tellers(tellers, vote);
    sheet.tellers = names_of(state, tellers);
    sheet.related = related_to(sheet.vote, state);
    sheet.off_the_agenda = is_off_the_agenda(state, id, vote);
    sheet.draft = name_of_draft(state, vote);
    return sheet;
}

SeriesSheet series_sheet(const State& state, VoteId series, Role role)
{
    const auto& first = record_of(state.votes, series);
    const auto& sitting = record_of(state.sittings, first.sitting);
    SeriesSheet sheet;
    sheet.origin = state.origin;
    sheet.body = body_name_of(state, sitting);
    sheet.meeting = record_of(state.meetings, sitting.meeting).title;
    sheet.sitting = sitting.title;
    sheet.item = name_of_item(state, first, role);
    sheet.series = series;
    std::set<PersonId> tellers;
    for (const auto id : votes_of_series(state, series)) {
        auto line = line_of(state, id, role);
        add_tellers(tellers, record_of(state.votes, id));
        if (std::ranges::find(sheet.rules, line.profile_hash, &SeriesRule::profile_hash) == sheet.rules.end())
            sheet.rules.push_back({line.profile_hash, record_of(state.votes, id).profile, line.vote.rule});
        sheet.lines.push_back(std::move(line));
    }
    sheet.identities = identities_of(sheet.lines);
    sheet.tellers = names_of(state, tellers);
    return sheet;
}

bool may_have_sheet(const State& state, const Actor& actor, VoteId id)
{
    const auto found = state.votes.find(id);
    return found != state.votes.end() && is_over(found->second) &&
           may_have_sheets(state, actor, found->second);
}

bool is_series(const State& state, VoteId id)
{
    const auto found = state.votes.find(id);
    return found != state.votes.end() && found->second.series && found->second.series->first == id;
}

bool may_have_series_sheet(const State& state, const Actor& actor, VoteId series)
{
    if (!is_series(state, series) || !may_have_sheets(state, actor, record_of(state.votes, series)))
        return false;
    return std::ranges::any_of(votes_of_series(state, series),
                               [&](VoteId id) { return is_over(record_of(state.votes, id)); });
}

Answer<SheetAnswer> ask(const State& state, const Actor& actor, const ReadSheet& question, const BlobSource&)
{
    if (!state.votes.contains(question.vote)) return refuse(RefusalCode::no_such_record);
    if (!may_have_sheet(state, actor, question.vote)) return refuse(RefusalCode::not_allowed);
    return SheetAnswer{state.entries, result_sheet(state, question.vote, actor.role)};
}

} // namespace plenum::chamber
