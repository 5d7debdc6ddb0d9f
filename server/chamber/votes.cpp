#include "server/chamber/chapters.hpp"

#include <algorithm>

// Chapter five: a vote is prepared, opened, announced; or voided and tried again. Casting and closing are the
// next chapter, hands and silence those after it.

namespace plenum::chamber {
namespace {

/// The item a vote is about must be one of this meeting that can still be decided.
std::optional<Refusal> check_item(const State& state, const Sitting& sitting, const std::optional<ItemId>& id)
{
    if (!id) return std::nullopt;
    const auto found = state.items.find(*id);
    if (found == state.items.end() || found->second.meeting != sitting.meeting) {
        return refuse(RefusalCode::no_such_record);
    }
    // A delegation may vote on what it likes, but decides no item of the whole body.
    if (auto refusal = check_plenary(state, sitting)) return refusal;
    const auto item = found->second.state;
    if (item == ItemState::withdrawn || item == ItemState::decided) return wrong_state(item);
    return std::nullopt;
}

/// Groups the rule names and the roster does not have: a majority in them could never be found.
std::optional<Refusal> check_groups(const Body& body, const RuleProfile& profile)
{
    for (const auto& group : profile.groups) {
        if (std::ranges::find(body.members, group, &Member::group) == body.members.end()) {
            return no(RefusalCode::invalid_profile, "名册中没有" + group, "the roster has no group " + group);
        }
    }
    return std::nullopt;
}

std::optional<Refusal> check_rule(const Body& body, const RuleProfile& profile)
{
    if (const auto misfit = check_profile(profile)) {
        const auto where = misfit->path + ": " + misfit->expected;
        return no(RefusalCode::invalid_profile, where, where);
    }
    if (profile.secrecy == Secrecy::secret) return refuse(RefusalCode::secret_not_ready);
    return check_groups(body, profile);
}

/// PE-23: a base number other than the roster's needs somebody to say why.
std::optional<Refusal> check_base(std::size_t roster_size, const PrepareVote& command)
{
    if (roster_size == 0) return no(RefusalCode::wrong_state, "尚未导入名册", "the body has no roster yet");
    if (!command.base_members || *command.base_members == roster_size) return std::nullopt;
    if (*command.base_members == 0) {
        return no(RefusalCode::base_needs_reason, "基数至少为1", "the base is at least 1");
    }
    if (!is_line(command.base_reason, reason_bytes_max)) {
        return no(RefusalCode::base_needs_reason,
                  "名册" + std::to_string(roster_size) + "人，基数" + std::to_string(*command.base_members),
                  "roster " + std::to_string(roster_size) + ", base " +
                      std::to_string(*command.base_members));
    }
    return std::nullopt;
}

/// How much of the sitting a further vote needs.
std::optional<Refusal> check_room(const Sitting& sitting)
{
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    if (sitting.votes.size() >= votes_per_sitting_max) return refuse(RefusalCode::too_many);
    return std::nullopt;
}

/// Ended without a vote.
bool is_concluded(const Item& item)
{
    return item.outcome == ItemOutcome::deliberation_opinion || item.outcome == ItemOutcome::noted;
}

/// Members by video raise their hands. Those are counted by people, who need time, and without names, which
/// leaves them in no group.
std::optional<Refusal> check_remote(const Sitting& sitting, const RuleProfile& profile)
{
    if (profile.method != VoteMethod::console || sitting.remote.empty()) return std::nullopt;
    const auto remote = std::to_string(sitting.remote.size());
    const LocalText who{remote + "人以视频方式出席，须举手表决",
                        remote + " attend by video and raise their hands"};
    if (!profile.groups.empty()) {
        return no(RefusalCode::invalid_profile, who.zh + "，举手不能按组计票",
                  who.en + ", which cannot be counted by group");
    }
    if (profile.close == ClosePolicy::timer) {
        return no(RefusalCode::invalid_profile, who.zh + "，须待计票人清点，不能到时自动结束",
                  who.en + ", which tellers have to count: no timer can close it");
    }
    return std::nullopt;
}

std::optional<Refusal> check_opening(const State& state, const Vote& vote)
{
    const auto& sitting = record_of(state.sittings, vote.sitting);
    if (vote.state != VoteState::prepared) return wrong_state(vote.state);
    if (sitting.state != SittingState::in_session) return wrong_state(sitting.state);
    if (sitting.open_vote) return refuse(RefusalCode::another_vote_open);
    if (auto refusal = check_floor_free(sitting)) return refusal;
    if (vote.item) {
        const auto& about = record_of(state.items, *vote.item);
        const auto item = about.state;
        if (is_concluded(about)) return wrong_state(item);
        if (item == ItemState::draft) return refuse(RefusalCode::not_on_agenda);
        if (item == ItemState::withdrawn || item == ItemState::deferred) return wrong_state(item);
        // Put to the vote in another sitting of the meeting at this moment.
        if (std::ranges::any_of(state.votes, [&](const auto& entry) {
                const auto& other = entry.second;
                return other.item == vote.item && is_under_way(other);
            })) {
            return refuse(RefusalCode::another_vote_open);
        }
    }
    if (vote.adopts_agenda) {
        if (auto refusal = check_plenary(state, sitting)) return refusal;
        if (auto refusal = check_agenda_vote(state, sitting.meeting)) return refusal;
    }
    const auto& body = record_of(state.bodies, sitting.body);
    if (auto refusal = check_groups(body, vote.profile)) return refusal;
    if (auto refusal = check_remote(sitting, vote.profile)) return refusal;
    return quorum_missing(vote.profile.quorum, body.members.size(), sitting.present.size());
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

/// The rule of a further attempt by this method. Hands are counted by people, whom no timer hurries: where
/// the consoles failed the chair closes instead.
RuleProfile rule_by(const Vote& vote, VoteMethod method)
{
    auto rule = vote.profile;
    if (method == rule.method) return rule;
    rule.method = method;
    if (rule.close == ClosePolicy::timer) rule.close = ClosePolicy::timer_then_chair;
    return rule;
}

/// Consoles fail, hands do not: the one change of rule a further attempt may bring.
std::optional<Refusal> check_other_method(const Vote& vote, VoteMethod by)
{
    const bool failed =
        vote.method == VoteMethod::console && vote.void_reason == VoidReason::equipment_failure;
    if (!failed || by != VoteMethod::hands) {
        return no(RefusalCode::wrong_state, "只有因设备故障作废的按键表决可以改为举手表决",
                  "only a vote by console that failed for its equipment goes on by hands");
    }
    if (!check_profile(rule_by(vote, by))) return std::nullopt;
    return no(RefusalCode::invalid_profile, "按组计票的表决不能改为举手，请另行准备表决",
              "a rule with groups cannot go on by hands; prepare another vote");
}

/// On a closed item only those in the room may know what is put to the vote.
bool is_closed(const State& state, const std::optional<ItemId>& item)
{
    return item && record_of(state.items, *item).is_closed;
}

bool lost_its_quorum(const State& state, const Vote& vote)
{
    const auto& sitting = record_of(state.sittings, vote.sitting);
    const auto due = record_of(state.bodies, sitting.body).members.size();
    return is_under_way(vote) && quorum_missing(vote.profile.quorum, due, sitting.present.size()).has_value();
}

} // namespace

Decided decide_command(const State& state, const PrepareVote& command, const Context& context)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    const auto& body = record_of(state.bodies, sitting.body);
    if (auto refusal = check_room(sitting)) return *refusal;
    if (auto refusal = check_item(state, sitting, command.item)) return *refusal;
    if (!is_line(command.title, title_bytes_max)) {
        return no(RefusalCode::invalid_text, "标题", "title");
    }
    if (!is_document(command.text)) return no(RefusalCode::invalid_text, "表决稿", "text put to the vote");
    if (command.adopts_agenda) {
        if (command.item) {
            return no(RefusalCode::wrong_state, "付表决的是议程，不得另附议题",
                      "the agenda is put to the vote, not one item of it");
        }
        if (auto refusal = check_plenary(state, sitting)) return *refusal;
        if (auto refusal = check_agenda_vote(state, sitting.meeting)) return *refusal;
    }
    if (auto refusal = check_rule(body, command.profile)) return *refusal;
    if (auto refusal = check_base(body.members.size(), command)) return *refusal;

    const auto roster_size = count(body.members.size());
    auto text = is_closed(state, command.item)
                    ? new_private_blob(state, context, "text/plain", bytes_of(command.text))
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
    return Decision{{std::move(prepared)}, {std::move(text)}};
}

Decided decide_command(const State& state, const OpenVote& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (auto refusal = check_opening(state, vote)) return *refusal;

    const auto& sitting = record_of(state.sittings, vote.sitting);
    const auto& body = record_of(state.bodies, sitting.body);
    const Electorate electorate{1,
                                vote.sitting,
                                body.roster,
                                {sitting.present.begin(), sitting.present.end()},
                                electors_by_hands(sitting, vote.profile.method)};
    auto electors = new_blob(encode_electorate(electorate));
    VoteOpened opened;
    opened.vote = command.vote;
    opened.profile_hash = hash_of(vote.profile);
    opened.text = vote.text;
    // Without a stated reason the base is the roster as it is now, not as it was when the vote was written
    // down.
    opened.base_members = vote.base_reason.empty() ? count(body.members.size()) : vote.base_members;
    opened.electorate = electors.digest;
    opened.present = count(electorate.present.size());
    opened.quorum = quorum_needed(vote.profile.quorum, body.members.size());
    if (vote.profile.close != ClosePolicy::chair)
        opened.closes_at_ms = context.now_ms + vote.profile.window_ms;
    opened.by_hands = count(electorate.by_hands.size());
    return Decision{{opened}, {std::move(electors)}};
}

Decided decide_command(const State& state, const AnnounceVote& command, const Context&)
{
    const auto vote = record_of(state.votes, command.vote).state;
    if (vote != VoteState::decided) return wrong_state(vote);
    return Decision{{VoteAnnounced{command.vote}}, {}};
}

// After the announcement nothing is taken back here: annulment is another procedure.
Decided decide_command(const State& state, const VoidVote& command, const Context&)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (vote.state == VoteState::announced || vote.state == VoteState::voided) return wrong_state(vote.state);
    if (vote.adopts_agenda && vote.result && is_adopted(vote.result->outcome.verdict)) {
        return no(RefusalCode::wrong_state, "议程已据此通过", "the agenda was adopted by it");
    }
    if (!is_line_or_empty(command.note, reason_bytes_max)) return refuse(RefusalCode::invalid_text);
    if (command.reason == VoidReason::lost_quorum && !lost_its_quorum(state, vote)) {
        return refuse(RefusalCode::quorum_not_lost);
    }
    return Decision{{VoteVoided{command.vote, command.reason, command.note}}, {}};
}

Decided decide_command(const State& state, const RetryVote& command, const Context&)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (vote.state != VoteState::voided) return wrong_state(vote.state);
    if (vote.void_reason == VoidReason::withdrawn) {
        return no(RefusalCode::wrong_state, "该表决已撤回", "this vote was withdrawn");
    }
    if (vote.retried_by) return no(RefusalCode::wrong_state, "已重新表决", "it was tried again already");
    const auto& sitting = record_of(state.sittings, vote.sitting);
    if (auto refusal = check_room(sitting)) return *refusal;
    if (auto refusal = check_item(state, sitting, vote.item)) return *refusal;
    const auto method = command.by.value_or(vote.profile.method);
    if (method != vote.profile.method) {
        if (auto refusal = check_other_method(vote, method)) return *refusal;
    }

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
    return Decision{{std::move(prepared)}, {}};
}

void apply_event(State& state, const VotePrepared& event, const Stamp& stamp)
{
    const VoteId id{stamp.seq};
    PLENUM_ASSERT((event.attempt == 1) == !event.first_attempt);
    if (event.first_attempt) {
        auto* before = attempt_before(state, event);
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
    create_record(state.votes, stamp, std::move(vote));
    record_of(state.sittings, event.sitting).votes.push_back(id);
}

void apply_event(State& state, const VoteOpened& event, const Stamp& stamp)
{
    auto& vote = record_of(state.votes, event.vote);
    auto& sitting = record_of(state.sittings, vote.sitting);
    PLENUM_ASSERT(vote.state == VoteState::prepared && !sitting.open_vote);
    PLENUM_ASSERT(hash_of(vote.profile) == event.profile_hash && vote.text == event.text);

    auto electorate = decode_electorate(public_blob(stamp, event.electorate));
    PLENUM_ASSERT(electorate.has_value() && std::ranges::equal(electorate->present, sitting.present));
    PLENUM_ASSERT(electorate->present.size() == event.present);
    PLENUM_ASSERT(electorate->by_hands == electors_by_hands(sitting, vote.method));
    PLENUM_ASSERT(electorate->by_hands.size() == event.by_hands);
    vote.electorate = std::move(electorate->present);
    vote.by_hands = std::move(electorate->by_hands);
    vote.electorate_hash = event.electorate;
    vote.base_members = event.base_members;
    vote.quorum = event.quorum;
    vote.opened_at_ms = stamp.at_ms;
    vote.closes_at_ms = event.closes_at_ms;
    vote.state = VoteState::open;
    sitting.open_vote = event.vote;
    if (vote.item) record_of(state.items, *vote.item).state = ItemState::put_to_vote;
}

void apply_event(State& state, const VoteAnnounced& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::decided);
    vote.state = VoteState::announced;
}

void apply_event(State& state, const VoteVoided& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state != VoteState::announced && vote.state != VoteState::voided);
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
        const bool valid = counts && vote.result->outcome.verdict != Verdict::invalid_low_participation;
        if (is_under_way(vote)) {
            item.state = ItemState::put_to_vote;
            return;
        }
        decided = decided || valid;
        put_to_vote = put_to_vote || counts;
    }
    const auto read = item.was_deliberated ? ItemState::deliberating : ItemState::reading;
    const auto before = item.was_read ? read : ItemState::adopted;
    item.state = decided ? ItemState::decided : put_to_vote ? ItemState::put_to_vote : before;
    item.outcome = decided ? ItemOutcome::by_vote : ItemOutcome::none;
}

} // namespace plenum::chamber
