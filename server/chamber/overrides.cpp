#include "server/chamber/chapters.hpp"
#include "server/chamber/secret_votes.hpp"

#include <algorithm>

// Chapter eleven: procedural errors that stand in the way of a vote until somebody entitled to decides
// otherwise, named and with a reason (domain 5.3). Each is found here, and set aside only where it is there.

namespace plenum::chamber {
namespace {

constexpr std::uint64_t day_ms = 24ULL * 60 * 60 * 1000;

std::optional<Digest> draft_of(const Vote& vote)
{
    return vote.matter.draft;
}

/// PE-02.
std::optional<Refusal> off_the_agenda(const State& state, const Vote& vote)
{
    if (!vote.item || record_of(state.items, *vote.item).state != ItemState::draft) return std::nullopt;
    return refuse(RefusalCode::not_on_agenda);
}

/// The first attempt at the vote this one is an attempt at.
VoteId root_of(const State& state, VoteId id)
{
    return record_of(state.votes, id).first_attempt.value_or(id);
}

/// PE-07: the whole is put to the vote after its parts, and what was put together after what was taken out of
/// it.
std::optional<Refusal> part_waits(const State& state, VoteId id, const Vote& vote)
{
    const bool is_whole = vote.item && !vote.matter.part;
    for (const auto& [other_id, other] : state.votes) {
        if (!is_due(other)) continue;
        const auto& split = other.matter.split;
        const bool is_its_part = split && root_of(state, split->vote) == vote.first_attempt.value_or(id);
        const bool is_part = is_whole && other.item == vote.item && other.matter.part;
        if (is_its_part || is_part) return no(RefusalCode::amendment_first, other.title, other.title);
    }
    return std::nullopt;
}

/// PE-12: who elects does so by rules it has adopted. That a vote departs from them is said with the vote.
std::optional<Refusal> no_method(const State& state, const Vote& vote)
{
    const auto& body = record_of(state.bodies, record_of(state.sittings, vote.sitting).body);
    if (body.rules || !elects_persons(state, vote)) return std::nullopt;
    return refuse(RefusalCode::election_method_missing);
}

/// PE-14.
std::optional<Refusal> too_open(const Vote& vote)
{
    if (vote.profile.method == VoteMethod::paper || is_secret(vote)) return std::nullopt;
    for (const auto& matter : persons_of(vote.matter)) {
        if (matter.action == PersonnelAction::dismiss || matter.action == PersonnelAction::recall)
            return refuse(RefusalCode::secret_ballot_required);
    }
    return std::nullopt;
}

/// When the first sitting of the meeting was opened.
std::uint64_t began_at_ms(const State& state, MeetingId meeting)
{
    auto began = state.now_ms;
    for (const auto& [id, sitting] : state.sittings) {
        if (sitting.meeting == meeting && sitting.opened_at_ms)
            began = std::min(began, *sitting.opened_at_ms);
    }
    return began;
}

const AppointmentRule* rule_of_appointment(const Vote& vote)
{
    return vote.profile.appointment && appoints(vote.matter) ? &*vote.profile.appointment : nullptr;
}

/// Those it would appoint.
std::string names_of(const VoteMatter& matter)
{
    std::string names;
    for (const auto& one : persons_of(matter)) {
        if (one.action == PersonnelAction::appoint) names += (names.empty() ? "" : "、") + one.name;
    }
    return names;
}

/// PE-15.
std::optional<Refusal> unqualified(const State& state, const Vote& vote)
{
    const auto* rule = rule_of_appointment(vote);
    if (rule == nullptr) return std::nullopt;
    // Of a combined vote what is on record is said of all of them.
    const auto name = names_of(vote.matter);
    const auto& had = vote.matter.qualification;
    if (rule->exam && !(had && had->exam_passed)) {
        return no(RefusalCode::not_qualified, name + "：未登记通过任前法律知识考试",
                  name + ": no law exam passed on record");
    }
    if (rule->papers_days == 0) return std::nullopt;
    const auto began = began_at_ms(state, record_of(state.sittings, vote.sitting).meeting);
    const auto ahead = rule->papers_days * day_ms;
    if (had && had->papers_at_ms && *had->papers_at_ms + ahead <= began) return std::nullopt;
    const auto days = std::to_string(rule->papers_days);
    return no(RefusalCode::not_qualified, name + "：材料未在会议" + days + "日前送达",
              name + ": the papers did not come " + days + " days before the meeting");
}

/// PE-16: so many rejections in a row, by the same body in the same term.
std::optional<Refusal> barred_from(const State& state, const Vote& vote)
{
    const auto* rule = rule_of_appointment(vote);
    if (rule == nullptr || rule->failures_max == 0) return std::nullopt;
    for (const auto& matter : persons_of(vote.matter)) {
        if (matter.action != PersonnelAction::appoint) continue;
        const auto failures = failures_in_a_row(state, vote, matter);
        if (failures < rule->failures_max) continue;
        const auto times = std::to_string(failures);
        return no(RefusalCode::barred, matter.name + "，" + matter.post + "，连续" + times + "次未获通过",
                  matter.name + ", " + matter.post + ", rejected " + times + " times in a row");
    }
    return std::nullopt;
}

} // namespace

bool is_due(const Vote& vote)
{
    if (vote.retried_by) return false;
    switch (vote.state) {
    case VoteState::prepared: return true;
    case VoteState::voided: return vote.void_reason != VoidReason::withdrawn;
    case VoteState::announced: return is_invalid(vote.result->outcome.verdict);
    case VoteState::open:
    case VoteState::held:
    case VoteState::closed:
    case VoteState::decided:
    case VoteState::annulled: break;
    }
    return false;
}

std::optional<Refusal> check_draft(const State& state, const std::optional<ItemId>& item,
                                   const std::optional<Digest>& draft, RefusalCode code)
{
    if (!draft) return std::nullopt;
    const LocalText which{"草案须为该议题的公开文件", "the draft is a public paper of the item"};
    if (!item) return refuse(code, which);
    const auto& papers = record_of(state.items, *item).documents;
    const auto found = std::ranges::find(papers, *draft, &DocumentView::document);
    if (found == papers.end() || found->is_private) return refuse(code, which);
    return std::nullopt;
}

void write_matter(const PrepareVote& command, VotePrepared& prepared)
{
    if (command.part) prepared.part.emplace(*command.part);
    if (command.personnel) prepared.personnel = *command.personnel;
    if (command.approval_by) prepared.approval_by = *command.approval_by;
    if (command.overrides && !command.overrides->empty()) prepared.overrides = *command.overrides;
    if (command.draft) prepared.draft = *command.draft;
    if (command.combined) prepared.combined = *command.combined;
}

VoteMatter matter_of(const VotePrepared& event)
{
    VoteMatter matter;
    if (event.part) matter.part = *event.part;
    if (event.personnel) matter.personnel = *event.personnel;
    matter.approval_by = event.approval_by.value_or("");
    matter.overrides = event.overrides.value_or(std::vector<Override>{});
    matter.draft = event.draft;
    matter.combined = event.combined;
    matter.split = event.split;
    return matter;
}

std::uint32_t failures_in_a_row(const State& state, const Vote& vote, const PersonnelMatter& matter)
{
    const auto term_of = [&](const Vote& one) {
        const auto& sitting = record_of(state.sittings, one.sitting);
        return std::pair{sitting.body, record_of(state.meetings, sitting.meeting).term_no};
    };
    std::map<std::pair<std::uint64_t, VoteId>, bool> decided; // by time: whether it passed
    for (const auto& [id, other] : state.votes) {
        if (other.state != VoteState::announced) continue;
        const auto persons = persons_of(other.matter);
        if (std::ranges::find(persons, matter) == persons.end()) continue;
        if (is_invalid(other.result->outcome.verdict) || term_of(other) != term_of(vote)) continue;
        decided.emplace(std::pair{*other.decided_at_ms, id}, is_adopted(other.result->outcome.verdict));
    }
    std::uint32_t failures = 0;
    for (const auto& [when, passed] : decided)
        failures = passed ? 0 : failures + 1;
    return failures;
}

std::vector<Refusal> flags_at_opening(const State& state, VoteId id)
{
    const auto& vote = record_of(state.votes, id);
    std::vector<Refusal> flags;
    const auto add = [&](std::optional<Refusal> flag) {
        if (flag) flags.push_back(std::move(*flag));
    };
    add(off_the_agenda(state, vote));
    add(check_draft(state, vote.item, draft_of(vote), RefusalCode::text_differs));
    add(part_waits(state, id, vote));
    add(no_method(state, vote));
    add(check_scrutineers(state, vote));
    add(too_open(vote));
    add(unqualified(state, vote));
    add(barred_from(state, vote));
    return flags;
}

std::optional<Refusal> check_overrides(const std::vector<Refusal>& flags,
                                       const std::vector<Override>& overrides)
{
    std::set<RefusalCode> set_aside;
    for (const auto& one : overrides) {
        if (!is_line(one.decided_by, title_bytes_max) || !is_line(one.reason, reason_bytes_max)) {
            return no(RefusalCode::invalid_text, "须写明由谁决定、为什么", "who decided otherwise, and why");
        }
        const bool is_there = std::ranges::find(flags, one.of, &Refusal::code) != flags.end();
        if (!is_there || !set_aside.insert(one.of).second) {
            const auto words = refuse(one.of).reason;
            return no(RefusalCode::wrong_state, "无需另行决定：" + words.zh,
                      "there is nothing of this to set aside: " + words.en);
        }
    }
    const auto standing =
        std::ranges::find_if(flags, [&](const Refusal& flag) { return !set_aside.contains(flag.code); });
    if (standing == flags.end()) return std::nullopt;
    return *standing;
}

std::optional<Refusal> check_matter(const PrepareVote& command)
{
    if (command.part && !command.item) {
        return no(RefusalCode::wrong_state, "修正案和条款须属于某项议题",
                  "an amendment or a clause belongs to an item");
    }
    if (command.approval_by && !is_line(*command.approval_by, title_bytes_max))
        return no(RefusalCode::invalid_text, "批准机关", "the body above");
    if (!command.personnel) return std::nullopt;
    if (command.list || command.grades) {
        return no(RefusalCode::invalid_profile, "名单和测评不逐人写明任免",
                  "a list or grades say themselves whom they are about");
    }
    const auto& [action, name, post] = *command.personnel;
    if (is_line(name, title_bytes_max) && is_line(post, title_bytes_max)) return std::nullopt;
    return no(RefusalCode::invalid_text, "任免人选的姓名和职务", "name and post of the person");
}

} // namespace plenum::chamber
