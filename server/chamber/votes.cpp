#include "protocol/rules/rule_book.hpp"
#include "server/chamber/chapters.hpp"
#include "server/chamber/secret_steps.hpp"

#include <algorithm>

// Chapter five: a vote is prepared, alone or in a series, and announced. Its opening is in opening.cpp, what
// becomes of one that is void in attempts.cpp; casting and closing are the next chapter, hands, silence and
// ballots those after it.

namespace plenum::chamber {
namespace {

std::optional<Refusal> check_rule(const State& state, const Sitting& sitting, const RuleProfile& profile)
{
    if (const auto misfit = check_profile(profile)) return no(RefusalCode::invalid_profile, *misfit);
    if (auto refusal = check_secret_rule(state, sitting, profile)) return refusal;
    return check_groups(record_of(state.bodies, sitting.body), profile);
}

/// Whether this is none of the rules the body adopted.
bool departs(const Body& body, const RuleProfile& profile)
{
    return body.rules && !body.rules->rules.contains(hash_of_what_is_fixed(profile));
}

std::optional<Refusal> check_deviation(const Body& body, const PrepareVote& command)
{
    if (!departs(body, command.profile)) return std::nullopt;
    const auto& why = command.deviation;
    const bool is_said =
        why && is_line(why->decided_by, title_bytes_max) && is_line(why->reason, reason_bytes_max);
    return is_said ? std::nullopt : std::optional(refuse(RefusalCode::rule_not_adopted));
}

/// The latest attempt before `attempt` of the same vote.
Vote* attempt_before(State& state, const VotePrepared& event)
{
    for (const auto id : record_of(state.sittings, event.sitting).votes) {
        auto& vote = record_of(state.votes, id);
        const bool same = id == *event.first_attempt || vote.first_attempt == event.first_attempt;
        if (same && vote.attempt + 1 == event.attempt) return &vote;
    }
    return nullptr;
}

/// On a closed item only those in the room may know what is put to the vote.
bool is_closed(const State& state, const std::optional<ItemId>& item)
{
    return item && record_of(state.items, *item).is_closed;
}

std::optional<Refusal> check_words(const std::string& title, const std::string& text)
{
    if (!is_line(title, title_bytes_max)) return no(RefusalCode::invalid_text, "标题", "title");
    if (!is_document(text)) return no(RefusalCode::invalid_text, "表决稿", "text put to the vote");
    return std::nullopt;
}

/// Why this vote cannot be written down, its words apart, or nothing.
std::optional<Refusal> check_preparing(const State& state, const PrepareVote& command)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    const auto& body = record_of(state.bodies, sitting.body);
    const bool follows = command.list && command.list->follows;
    if (auto refusal = check_item_of_vote(state, sitting, command.item, follows)) return refusal;
    if (command.adopts_agenda) {
        if (command.item) {
            return no(RefusalCode::wrong_state, "付表决的是议程，不得另附议题",
                      "the agenda is put to the vote, not one item of it");
        }
        if (auto refusal = check_plenary(state, sitting)) return refusal;
        if (auto refusal = check_agenda_vote(state, sitting.meeting)) return refusal;
    }
    if (auto refusal = check_rule(state, sitting, command.profile)) return refusal;
    if (auto refusal = check_deviation(body, command)) return refusal;
    if (auto refusal = check_matter(command)) return refusal;
    if (auto refusal = check_combined(command)) return refusal;
    if (auto refusal = check_draft(state, command.item, command.draft, RefusalCode::no_such_record))
        return refusal;
    if (auto refusal = check_paper(state, command)) return refusal;
    if (auto refusal = check_base(body.members.size(), command)) return refusal;
    std::vector<Refusal> flags;
    if (command.list) {
        if (auto flag = check_number(*command.list)) flags.push_back(std::move(*flag));
    }
    return check_overrides(flags, command.overrides.value_or(std::vector<Override>{}));
}

/// Writes it down as the entry that is `ahead` entries away.
void add_prepared(const State& state, const PrepareVote& command, const Context& context, std::size_t ahead,
                  const std::optional<SeriesPlace>& series, Decision& decision)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    const auto roster_size = count(record_of(state.bodies, sitting.body).members.size());
    auto text = is_closed(state, command.item)
                    ? new_private_blob(state, context, "text/plain", bytes_of(command.text), ahead)
                    : new_blob(command.text);
    VotePrepared prepared;
    prepared.sitting = command.sitting;
    prepared.item = command.item;
    prepared.title = command.title;
    prepared.text = text.digest;
    prepared.text_is_private = text.is_private;
    prepared.profile = command.profile;
    prepared.base_members = command.base_members.value_or(roster_size);
    if (prepared.base_members != roster_size) prepared.base_reason = command.base_reason;
    prepared.adopts_agenda = command.adopts_agenda;
    if (command.list) prepared.list = *command.list;
    if (command.grades) prepared.grades = *command.grades;
    if (command.rooms) prepared.rooms = *command.rooms;
    if (series) prepared.series = *series;
    if (departs(record_of(state.bodies, record_of(state.sittings, command.sitting).body), command.profile))
        prepared.deviation = *command.deviation;
    write_matter(command, prepared);
    decision.events.emplace_back(std::move(prepared));
    decision.blobs.push_back(std::move(text));
}

} // namespace

std::optional<Refusal> check_item_of_vote(const State& state, const Sitting& sitting,
                                          const std::optional<ItemId>& id, bool follows)
{
    if (!id) return std::nullopt;
    const auto found = state.items.find(*id);
    if (found == state.items.end() || found->second.meeting != sitting.meeting) {
        return refuse(RefusalCode::no_such_record);
    }
    // A delegation may vote on what it likes, but decides no item of the whole body.
    if (auto refusal = check_plenary(state, sitting)) return refusal;
    const auto item = found->second.state;
    const bool is_over = item == ItemState::decided && !follows;
    if (item == ItemState::withdrawn || is_over) return wrong_state(item);
    return std::nullopt;
}

std::optional<Refusal> check_room_for_votes(const Sitting& sitting, std::size_t more)
{
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    if (sitting.votes.size() + more > votes_per_sitting_max) return refuse(RefusalCode::too_many);
    return std::nullopt;
}

bool is_concluded(const Item& item)
{
    return item.outcome == ItemOutcome::deliberation_opinion || item.outcome == ItemOutcome::noted;
}

/// What is written down of a vote is one entry, with the envelope around it.
constexpr std::size_t prepared_bytes_max = 60'000;

std::optional<Refusal> check_size(const Decision& decision)
{
    for (const auto& event : decision.events) {
        const auto* prepared = std::get_if<VotePrepared>(&event);
        if (prepared == nullptr || canonical_json(to_json(*prepared)).size() <= prepared_bytes_max) continue;
        return no(RefusalCode::too_many, "名单、计票地点和文字合计过长",
                  "list, rooms and texts together are too long");
    }
    return std::nullopt;
}

Decided decide_command(const State& state, const PrepareVote& command, const Context& context)
{
    if (auto refusal = check_room_for_votes(record_of(state.sittings, command.sitting), 1)) return *refusal;
    if (auto refusal = check_words(command.title, command.text)) return *refusal;
    if (auto refusal = check_preparing(state, command)) return *refusal;
    Decision decision;
    add_prepared(state, command, context, 0, std::nullopt, decision);
    if (auto refusal = check_size(decision)) return *refusal;
    return decision;
}

Decided decide_command(const State& state, const PrepareSeries& command, const Context& context)
{
    const auto size = command.entries.size();
    if (size < 2 || size > series_max) {
        return no(RefusalCode::too_many, "成批准备的表决为2至200项", "a series has 2 to 200 votes");
    }
    if (auto refusal = check_room_for_votes(record_of(state.sittings, command.sitting), size))
        return *refusal;
    PrepareVote one;
    one.sitting = command.sitting;
    one.item = command.item;
    one.profile = command.profile;
    one.base_members = command.base_members;
    one.base_reason = command.base_reason;
    one.deviation = command.deviation;
    if (auto refusal = check_preparing(state, one)) return *refusal;
    Decision decision;
    SeriesPlace place{VoteId{state.entries}, 1, count(size)};
    for (const auto& entry : command.entries) {
        one.personnel = entry.personnel;
        auto refusal = check_words(entry.title, entry.text);
        if (!refusal) refusal = check_matter(one);
        if (refusal) {
            refusal->reason.zh += "（第" + std::to_string(place.position) + "项）";
            refusal->reason.en += " (number " + std::to_string(place.position) + ")";
            return *refusal;
        }
        one.title = entry.title;
        one.text = entry.text;
        add_prepared(state, one, context, place.position - 1, place, decision);
        ++place.position;
    }
    if (auto refusal = check_size(decision)) return *refusal;
    return decision;
}

Decided decide_command(const State& state, const AnnounceVote& command, const Context&)
{
    const auto vote = record_of(state.votes, command.vote).state;
    if (vote != VoteState::decided) return wrong_state(vote);
    return Decision{{VoteAnnounced{command.vote}}, {}};
}

void apply_event(State& state, const VotePrepared& event, const Stamp& stamp)
{
    const VoteId id{stamp.seq};
    PLENUM_ASSERT((event.attempt == 1) == !event.first_attempt);
    Vote* before = nullptr;
    if (event.first_attempt) {
        before = attempt_before(state, event);
        PLENUM_ASSERT(before != nullptr && !before->retried_by);
        before->retried_by = id;
        PLENUM_ASSERT(event.text_is_private == before->text_is_private);
    } else {
        PLENUM_ASSERT(event.text_is_private == is_closed(state, event.item));
    }
    Vote vote;
    vote.sitting = event.sitting;
    vote.item = event.item;
    vote.title = event.title;
    vote.text = event.text;
    vote.text_is_private = event.text_is_private;
    vote.profile = event.profile;
    vote.base_members = event.base_members;
    vote.base_reason = event.base_reason;
    vote.attempt = event.attempt;
    vote.first_attempt = event.first_attempt;
    vote.adopts_agenda = event.adopts_agenda;
    vote.method = event.profile.method;
    if (event.list) vote.paper.list = *event.list;
    if (event.grades) vote.paper.grades = *event.grades;
    vote.paper.rooms = event.rooms.value_or(std::vector<std::string>{});
    if (event.series) vote.series = *event.series;
    if (event.deviation) vote.deviation = *event.deviation;
    vote.matter = matter_of(event);
    if (before != nullptr) vote.matter.taken_out = before->matter.taken_out;
    settle_base(state, event, before, stamp, vote);
    if (event.split && event.attempt == 1) take_out(state, event, id);
    if (event.list && event.list->follows)
        record_of(state.votes, *event.list->follows).paper.followed_by = id;
    create_record(state.votes, stamp, std::move(vote));
    record_of(state.sittings, event.sitting).votes.push_back(id);
}

void apply_event(State& state, const VoteAnnounced& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::decided);
    vote.state = VoteState::announced;
}

} // namespace plenum::chamber
