#include "server/chamber/chapters.hpp"
#include "server/chamber/secret_steps.hpp"

#include <algorithm>

// A vote that counts for nothing, and the next attempt at it with the same text and rule. What a tie or a
// shortfall leads to is another vote and not an attempt: elections.cpp.

namespace plenum::chamber {
namespace {

/// The rule of a further attempt by this method. Hands and ballots are counted by people, whom no timer
/// hurries: where the consoles failed the chair closes instead.
RuleProfile rule_by(const Vote& vote, VoteMethod method)
{
    auto rule = vote.profile;
    if (method == rule.method) return rule;
    rule.method = method;
    if (rule.close == ClosePolicy::timer) rule.close = ClosePolicy::timer_then_chair;
    rule.fallback.reset(); // consoles alone fail and encrypt
    rule.suite.reset();
    return rule;
}

/// Consoles fail, hands and ballots do not: the one change of rule a further attempt may bring.
std::optional<Refusal> check_other_method(const Vote& vote, VoteMethod by)
{
    const auto why = vote.void_reason;
    const bool failed = vote.method == VoteMethod::console &&
                        (why == VoidReason::equipment_failure || why == VoidReason::ballot_key_lost);
    if (failed && is_secret(vote) && by == VoteMethod::hands) {
        return no(RefusalCode::wrong_state, "无记名的按键表决只能改为投票",
                  "a secret vote by console goes on by ballots on paper only: raised hands are seen");
    }
    if (!failed || (by != VoteMethod::hands && by != VoteMethod::paper)) {
        return no(RefusalCode::wrong_state, "只有因设备故障作废的按键表决可以改为举手表决或投票",
                  "only a vote by console that failed for its equipment goes on by hands or on paper");
    }
    if (vote.profile.fallback && *vote.profile.fallback != by) {
        return by == VoteMethod::hands
                   ? no(RefusalCode::wrong_state, "按规则，表决器故障时改为投票",
                        "by the rule a vote whose consoles failed goes on by ballots on paper")
                   : no(RefusalCode::wrong_state, "按规则，表决器故障时改为举手表决",
                        "by the rule a vote whose consoles failed goes on by hands");
    }
    const auto rule = rule_by(vote, by);
    if (!check_profile(rule) && has_rooms_of_groups(rule, vote.paper.rooms)) return std::nullopt;
    return no(RefusalCode::invalid_profile, "按组计票的表决不能改为举手或投票，请另行准备表决",
              "a rule with groups cannot go on by hands or on paper; prepare another vote");
}

/// The same is voted on again after it was voided, or after its ballots or the few who took part voided it.
std::optional<Refusal> check_retry(const Vote& vote)
{
    const bool was_invalid = vote.state == VoteState::announced && is_invalid(vote.result->outcome.verdict);
    if (vote.state != VoteState::voided && !was_invalid) return wrong_state(vote.state);
    if (vote.void_reason == VoidReason::withdrawn) {
        return no(RefusalCode::wrong_state, "该表决已撤回", "this vote was withdrawn");
    }
    if (vote.retried_by) return no(RefusalCode::wrong_state, "已重新表决", "it was tried again already");
    return std::nullopt;
}

/// What was set aside for opening the attempt before is asked anew.
void repeat_matter(const VoteMatter& matter, VotePrepared& prepared)
{
    if (matter.part) prepared.part.emplace(*matter.part);
    if (matter.personnel) prepared.personnel = *matter.personnel;
    if (!matter.approval_by.empty()) prepared.approval_by = matter.approval_by;
    std::vector<Override> overrides;
    std::ranges::copy_if(matter.overrides, std::back_inserter(overrides),
                         [](const Override& one) { return one.of == RefusalCode::candidates_wrong; });
    if (!overrides.empty()) prepared.overrides = std::move(overrides);
    if (matter.draft) prepared.draft = *matter.draft;
    if (matter.combined) prepared.combined = *matter.combined;
    if (matter.split) prepared.split = *matter.split;
}

bool lost_its_quorum(const State& state, const Vote& vote)
{
    const auto& sitting = record_of(state.sittings, vote.sitting);
    const auto due = record_of(state.bodies, sitting.body).members.size();
    return is_under_way(vote) && quorum_missing(vote.profile.quorum, due, sitting.present.size()).has_value();
}

} // namespace

// After the announcement nothing is taken back here: annulment is another procedure.
Decided decide_command(const State& state, const VoidVote& command, const Context&)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (is_over(vote)) return wrong_state(vote.state);
    if (vote.adopts_agenda && vote.result && is_adopted(vote.result->outcome.verdict)) {
        return no(RefusalCode::wrong_state, "议程已据此通过", "the agenda was adopted by it");
    }
    if (!is_line_or_empty(command.note, reason_bytes_max)) return refuse(RefusalCode::invalid_text);
    if (command.reason == VoidReason::ballot_key_lost) {
        return no(RefusalCode::wrong_state, "票箱密钥是否丢失由服务器查明",
                  "that the key of a box is lost is for the server to find");
    }
    if (command.reason == VoidReason::lost_quorum && !lost_its_quorum(state, vote)) {
        return refuse(RefusalCode::quorum_not_lost);
    }
    return Decision{{VoteVoided{command.vote, command.reason, command.note}}, {}};
}

Decided decide_command(const State& state, const RetryVote& command, const Context&)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (auto refusal = check_retry(vote)) return *refusal;
    const auto& sitting = record_of(state.sittings, vote.sitting);
    if (auto refusal = check_room_for_votes(sitting, 1)) return *refusal;
    const auto& list = vote.paper.list;
    // A void vote decided nothing, whatever another vote on the same item did meanwhile.
    if (auto refusal = check_item_of_vote(state, sitting, vote.item, true)) return *refusal;
    const auto method = command.by.value_or(vote.profile.method);
    if (method != vote.profile.method) {
        if (auto refusal = check_other_method(vote, method)) return *refusal;
    }
    if (auto refusal = check_secret_rule(state, sitting, rule_by(vote, method))) return *refusal;

    VotePrepared prepared;
    prepared.sitting = vote.sitting;
    prepared.item = vote.item;
    prepared.title = vote.title;
    prepared.text = vote.text;
    prepared.text_is_private = vote.text_is_private; // and so are its readers
    prepared.profile = rule_by(vote, method);
    const auto roster_size = count(record_of(state.bodies, sitting.body).members.size());
    prepared.base_members = vote.base_reason.empty() ? roster_size : vote.base_members;
    prepared.base_reason = vote.base_reason;
    prepared.attempt = vote.attempt + 1;
    prepared.first_attempt = vote.first_attempt.value_or(command.vote);
    prepared.adopts_agenda = vote.adopts_agenda;
    if (list) prepared.list = *list;
    if (vote.paper.grades) prepared.grades = *vote.paper.grades;
    if (!vote.paper.rooms.empty()) prepared.rooms = vote.paper.rooms;
    if (vote.series) prepared.series = *vote.series;
    if (vote.deviation) prepared.deviation = *vote.deviation;
    repeat_matter(vote.matter, prepared);
    return Decision{{std::move(prepared)}, {}};
}

void apply_event(State& state, const VoteVoided& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(!is_over(vote));
    auto& sitting = record_of(state.sittings, vote.sitting);
    if (sitting.open_vote == event.vote) sitting.open_vote.reset();
    vote.state = VoteState::voided;
    vote.closes_at_ms.reset();
    vote.void_reason = event.reason;
    vote.void_note = event.note;
    if (vote.item) settle_item(state, *vote.item);
}

void settle_item(State& state, ItemId id)
{
    auto& item = record_of(state.items, id);
    if (item.state != ItemState::put_to_vote && item.state != ItemState::decided) return;
    if (is_concluded(item)) return;
    bool decided = false;
    bool put_to_vote = false;
    for (const auto& [vote_id, vote] : state.votes) {
        if (vote.item != id) continue;
        const bool counts = vote.state == VoteState::decided || vote.state == VoteState::announced;
        // What is decided of a part leaves the item to be decided.
        const bool valid = counts && !vote.matter.part && !is_invalid(vote.result->outcome.verdict);
        if (is_undecided(vote)) {
            item.state = ItemState::put_to_vote;
            return;
        }
        decided = decided || valid;
        put_to_vote = put_to_vote || (counts && !vote.matter.part);
    }
    const auto read = item.was_deliberated ? ItemState::deliberating : ItemState::reading;
    const auto before = item.was_read ? read : ItemState::adopted;
    item.state = decided ? ItemState::decided : put_to_vote ? ItemState::put_to_vote : before;
    item.outcome = decided ? ItemOutcome::by_vote : ItemOutcome::none;
}

} // namespace plenum::chamber
