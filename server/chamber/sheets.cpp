#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"

#include <algorithm>

// The result of a vote as one sheet.

namespace plenum::chamber {
namespace {

std::string name_of_item(const State& state, const Vote& vote, Role role)
{
    if (!vote.item) return {};
    const auto item = view_item(state, *vote.item, role);
    return item.number + item.title;
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

void add_ballots(std::vector<SheetIdentity>& identities, const BallotsCount& counted)
{
    identities.push_back({{"有效＋无效＝收回", "valid + invalid = came back"},
                          std::uint64_t{counted.valid()} + counted.invalid,
                          counted.collected});
}

void add_places(std::vector<SheetIdentity>& identities, const PlacesDecided& places, std::uint32_t seats)
{
    const auto& [counted, outcome] = places;
    identities.push_back({{"产生＋待定＋空缺＝名额", "filled + tied for + empty = places"},
                          outcome.elected.size() + outcome.tied_places + outcome.unfilled,
                          seats});
    std::uint64_t numbers = 0;
    for (const auto& line : counted.list)
        numbers += line.numbers.value_or(0);
    if (numbers > 0) {
        const std::uint64_t lines = counted.list.size();
        identities.push_back(
            {{"各项序号合计＝有效票×（1＋…＋" + std::to_string(lines) + "）",
              "all numbers together = valid ballots x (1 + ... + " + std::to_string(lines) + ")"},
             numbers,
             std::uint64_t{counted.valid()} * lines * (lines + 1) / 2});
    }
    for (const auto& line : counted.list) {
        if (line.is_write_in || line.oppose + line.abstain == 0) continue;
        identities.push_back({{line.name + "：赞成＋反对＋弃权不多于有效票",
                               line.name + ": for + against + abstaining, at most the valid ballots"},
                              std::uint64_t{line.approve} + line.oppose + line.abstain,
                              counted.valid(),
                              true});
    }
}

void add_grades(std::vector<SheetIdentity>& identities, const GradesCount& counted)
{
    for (const auto& object : counted.objects) {
        std::uint64_t sum = object.invalid;
        for (const auto count : object.counts)
            sum += count;
        identities.push_back(
            {{object.object + "：各等次＋无效＝收回", object.object + ": all grades + invalid = came back"},
             sum,
             counted.collected});
    }
}

std::vector<SheetIdentity> identities_of(const VoteView& vote)
{
    std::vector<SheetIdentity> identities;
    if (!vote.result) return identities;
    const auto& result = *vote.result;
    const auto verdict = result.outcome.verdict;
    if (verdict == Verdict::adopted_no_objection || verdict == Verdict::void_more_collected)
        return identities;
    if (result.places && vote.list) {
        add_places(identities, *result.places, vote.list->places.places);
    } else if (result.grades) {
        add_grades(identities, result.grades->counted);
    } else {
        identities.push_back(
            {{"赞成＋反对＋弃权＋未表决＝出席", "for + against + abstaining + none = present"},
             result.tally.present(),
             vote.present});
        if (result.ballots) add_ballots(identities, *result.ballots);
    }
    return identities;
}

} // namespace

ResultSheet result_sheet(const State& state, VoteId id, Role role)
{
    const auto& vote = record_of(state.votes, id);
    const auto& sitting = record_of(state.sittings, vote.sitting);
    ResultSheet sheet;
    sheet.origin = state.origin;
    sheet.body = record_of(state.bodies, sitting.body).name;
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
    return sheet;
}

bool may_have_sheet(const State& state, const Actor& actor, VoteId id)
{
    const auto found = state.votes.find(id);
    if (found == state.votes.end()) return false;
    // Before that a sheet would say what the chair has not said yet.
    if (!is_over(found->second)) return false;
    if (actor.role == Role::auditor) return true;
    return keeps_the_room(state, actor, record_of(state.sittings, found->second.sitting).body);
}

Answer<SheetAnswer> ask(const State& state, const Actor& actor, const ReadSheet& question, const BlobSource&)
{
    if (!state.votes.contains(question.vote)) return refuse(RefusalCode::no_such_record);
    if (!may_have_sheet(state, actor, question.vote)) return refuse(RefusalCode::not_allowed);
    return SheetAnswer{state.entries, result_sheet(state, question.vote, actor.role)};
}

} // namespace plenum::chamber
