#include "protocol/audit/record.hpp"

#include "protocol/rules/rule_book.hpp"
#include "protocol/text.hpp"

#include <algorithm>

// A vote is prepared, opened, announced; or voided and tried again. Casting and closing are in
// record_casting.cpp.

namespace plenum::audit {
namespace {

/// The rule of a further attempt is the one before, but where the consoles failed hands or ballots may take
/// their place, and then the chair closes what a timer would have. A secret vote goes on by ballots only,
/// also where the key of its box was lost.
bool same_rule(const RecordedVote& earlier, RuleProfile rule)
{
    const bool counted =
        rule.method == VoteMethod::paper || (rule.method == VoteMethod::hands && !is_secret(earlier));
    const bool failed = earlier.void_reason == VoidReason::equipment_failure ||
                        earlier.void_reason == VoidReason::ballot_key_lost;
    const bool by_people_instead = counted && earlier.method == VoteMethod::console && failed;
    const auto& before = earlier.prepared.profile;
    if (by_people_instead) {
        const bool untimed =
            before.close == ClosePolicy::timer && rule.close == ClosePolicy::timer_then_chair;
        if (untimed) rule.close = before.close;
        const bool as_provided = !before.fallback || *before.fallback == rule.method;
        if (!as_provided || rule.fallback || rule.suite) return false;
        rule.method = before.method;
        rule.fallback = before.fallback;
        rule.suite = before.suite;
    }
    return rule == before;
}

bool has_draft_items(const Record& record, MeetingId meeting)
{
    return std::ranges::any_of(record.items, [&](const auto& item) {
        return item.second.meeting == meeting && item.second.state == ItemState::draft;
    });
}

/// An agenda is put to the vote while it still has something to adopt, and once at a time.
void check_agenda_vote(Record& record, MeetingId meeting, VoteId id)
{
    if (!has_draft_items(record, meeting)) record.complain(AuditCode::agenda_out_of_order);
    for (const auto& [other_id, other] : record.votes) {
        if (other_id == id || !other.prepared.adopts_agenda || !is_under_way(other)) continue;
        if (record.sittings.at(other.prepared.sitting).meeting != meeting) continue;
        record.complain(AuditCode::another_vote_open, std::to_string(number(other_id)));
    }
}

/// The attempt before, or the complaint that a further attempt came from nowhere.
const RecordedVote* check_attempt(Record& record, const VotePrepared& event, VoteId id)
{
    if (event.attempt == 1 && !event.first_attempt) return nullptr;
    const auto root = event.first_attempt ? record.votes.find(*event.first_attempt) : record.votes.end();
    if (event.attempt < 2 || root == record.votes.end()) {
        record.complain(AuditCode::attempt_wrong);
        return nullptr;
    }
    const auto before = std::ranges::find_if(record.votes, [&](const auto& entry) {
        const auto& [other_id, other] = entry;
        const bool same =
            other_id == *event.first_attempt || other.prepared.first_attempt == event.first_attempt;
        return same && other.prepared.attempt + 1 == event.attempt;
    });
    if (before == record.votes.end()) {
        record.complain(AuditCode::attempt_wrong);
        return nullptr;
    }
    auto& [before_id, earlier] = *before;
    const auto& was = earlier.prepared;
    const bool same_question =
        was.sitting == event.sitting && was.item == event.item && was.title == event.title &&
        was.text == event.text && was.text_is_private == event.text_is_private &&
        was.adopts_agenda == event.adopts_agenda && same_rule(earlier, event.profile) &&
        was.list == event.list && was.grades == event.grades && was.rooms == event.rooms &&
        was.series == event.series && was.deviation == event.deviation && was.part == event.part &&
        was.personnel == event.personnel && was.approval_by == event.approval_by &&
        was.overrides == event.overrides && was.draft == event.draft && was.combined == event.combined &&
        was.split == event.split;
    const bool was_invalid = earlier.state == VoteState::announced && earlier.figures &&
                             earlier.figures->outcome && is_invalid(earlier.figures->outcome->verdict);
    const bool voided = earlier.state == VoteState::voided && earlier.void_reason != VoidReason::withdrawn;
    const bool may_follow = (voided || was_invalid) && !earlier.retried_by;
    if (!same_question || !may_follow) {
        record.complain(AuditCode::attempt_wrong, std::to_string(number(before_id)));
    }
    earlier.retried_by = id;
    return &earlier;
}

void check_rule(Record& record, RecordedVote& vote)
{
    const auto& profile = vote.prepared.profile;
    if (const auto misfit = check_profile(profile)) {
        vote.rule_usable = false;
        record.complain(AuditCode::profile_malformed, misfit->path);
    } else if (is_secret(vote)) {
        check_secret_rule(record, vote);
    }
}

/// A body that adopted rules votes by them; whoever departs from them says who decided that, and why. A
/// further attempt keeps what was said of the first, and what is taken out of a combined vote what was said
/// of that.
void check_deviation(Record& record, const VotePrepared& event, const RecordedBody& body)
{
    if (event.attempt > 1 || event.split) return;
    const bool departs = body.rules && !body.rules->contains(hash_of_what_is_fixed(event.profile));
    if (departs != event.deviation.has_value())
        record.complain(AuditCode::rule_not_adopted, event.profile.id);
    if (!event.deviation) return;
    check_line(record, event.deviation->decided_by, title_bytes_max);
    check_line(record, event.deviation->reason, reason_bytes_max);
    if (departs) record.complain(AuditCode::rule_departed, event.deviation->reason);
}

/// PE-23: the base is the roster unless somebody said why it is not.
void check_base(Record& record, const VotePrepared& event, std::uint64_t members)
{
    const auto detail = said_and_found(event.base_members, members);
    if (event.base_reason.empty()) {
        if (event.base_members != members) record.complain(AuditCode::base_without_reason, detail);
    } else {
        check_line(record, event.base_reason, reason_bytes_max);
        if (event.base_members != members) record.complain(AuditCode::base_overridden, event.base_reason);
    }
    if (event.base_members == 0) record.complain(AuditCode::base_without_reason, detail);
}

/// What is put to the vote on a closed item is private, and nothing else is. A further attempt has the text
/// of the first, whatever became of the item meanwhile.
void check_privacy(Record& record, const VotePrepared& event, bool is_closed)
{
    if (event.attempt > 1 || event.text_is_private == is_closed) return;
    record.complain(
        AuditCode::agenda_out_of_order,
        LocalText{"表决稿公开与否与议题不符", "a text put to the vote as public as its item is not"});
}

/// PE-02: what is put to the vote stands on the adopted agenda, and in one vote at a time.
void check_item(Record& record, const RecordedVote& vote, const VoteOpened& event)
{
    const auto id = event.vote;
    if (!vote.prepared.item) return;
    const auto item = record.items.find(*vote.prepared.item);
    if (item == record.items.end()) return; // complained about when it was prepared
    const auto state = item->second.state;
    const bool set_aside = state == ItemState::draft && sets_aside(event, RefusalCode::not_on_agenda);
    if (!set_aside && state != ItemState::adopted && state != ItemState::reading &&
        state != ItemState::deliberating) {
        record.complain(AuditCode::agenda_out_of_order, std::string(codec::enum_name(state)));
    }
    for (const auto& [other_id, other] : record.votes) {
        const bool undecided = is_under_way(other) || other.state == VoteState::closed;
        if (other_id == id || other.prepared.item != vote.prepared.item || !undecided) continue;
        record.complain(AuditCode::another_vote_open, std::to_string(number(other_id)));
    }
}

/// Rule, text and base must be the ones prepared; only the roster may have grown or shrunk since.
void check_frozen(Record& record, const VoteOpened& event, const RecordedVote& vote, std::uint64_t members)
{
    const auto& prepared = vote.prepared;
    if (event.profile_hash != hash_of(prepared.profile)) record.complain(AuditCode::profile_changed);
    if (event.text != prepared.text) record.complain(AuditCode::text_changed);
    const auto base = prepared.base_reason.empty() ? members : prepared.base_members;
    check_number(record, AuditCode::base_changed, event.base_members, base);
}

/// Ascending and each once: what was frozen must be a set to be counted at all.
std::vector<PersonId> as_set(std::vector<PersonId> persons)
{
    std::ranges::sort(persons);
    const auto twice = std::unique(persons.begin(), persons.end());
    persons.erase(twice, persons.end());
    return persons;
}

/// Hands are counted where the rule says so, and of those who attend by video; which a vote by group or by
/// timer cannot wait for.
void check_hands(Record& record, const RecordedVote& vote, const RecordedSitting& sitting,
                 const std::vector<PersonId>& by_hands)
{
    const auto& profile = vote.prepared.profile;
    if (profile.method == VoteMethod::paper || is_secret(vote)) {
        if (!by_hands.empty()) record.complain(AuditCode::electorate_wrong, "by_hands");
        return;
    }
    const auto& those = profile.method == VoteMethod::hands ? sitting.present : sitting.remote;
    if (!std::ranges::equal(by_hands, those)) record.complain(AuditCode::electorate_wrong, "by_hands");
    if (profile.method != VoteMethod::console || those.empty()) return;
    if (!groups_counted(profile).empty()) record.complain(AuditCode::profile_malformed, "groups");
    if (profile.close == ClosePolicy::timer) record.complain(AuditCode::profile_malformed, "close");
}

/// Who votes when it is opened now: the members present; of a secret vote those of its list.
std::set<PersonId> electors_of(const RecordedVote& vote, const RecordedSitting& sitting)
{
    if (!is_secret(vote)) return sitting.present;
    std::set<PersonId> listed;
    if (vote.secret.roll) {
        for (const auto& [person, key] : vote.secret.roll->drawn)
            listed.insert(person);
    }
    return listed;
}

/// Takes the electorate from its blob: exactly the members present now, nobody else.
void take_electorate(Record& record, const VoteOpened& event, RecordedVote& vote,
                     const RecordedSitting& sitting)
{
    const auto* content = record.blob(event.electorate);
    if (content == nullptr) return;
    auto electorate = decode_electorate(*content);
    if (!electorate) {
        record.complain(AuditCode::blob_malformed, blob_path(event.electorate));
        return;
    }
    const auto& body = record.bodies.at(sitting.body);
    const auto is_member = [&](PersonId person) { return body.members.contains(person); };
    const bool right = electorate->sitting == vote.prepared.sitting && electorate->roster == body.roster &&
                       std::ranges::equal(electorate->present, electors_of(vote, sitting)) &&
                       std::ranges::all_of(electorate->present, is_member);
    if (!right) record.complain(AuditCode::electorate_wrong);
    check_number(record, AuditCode::attendance_miscounted, event.present, electorate->present.size());
    check_hands(record, vote, sitting, electorate->by_hands);
    check_number(record, AuditCode::attendance_miscounted, event.by_hands, electorate->by_hands.size());
    // What was frozen counts from here on, so that one lie is told once.
    vote.electorate = as_set(std::move(electorate->present));
    const auto by_hands = as_set(std::move(electorate->by_hands));
    std::ranges::set_intersection(by_hands, vote.electorate, std::back_inserter(vote.by_hands));
}

} // namespace

bool is_under_way(const RecordedVote& vote)
{
    return vote.state == VoteState::open || vote.state == VoteState::held;
}

void follow(Record& record, const VotePrepared& event)
{
    const auto* sitting = record.named(record.sittings, event.sitting);
    if (sitting == nullptr) return;
    const VoteId id{record.now->seq};
    const auto* before = check_attempt(record, event, id);
    check_split(record, event);
    auto& vote = record.votes.emplace(id, RecordedVote{}).first->second;
    vote.prepared = event;
    if (before != nullptr) vote.taken_out = before->taken_out;
    settle_base(record, before, vote);
    vote.method = event.profile.method;
    record.concerned = &vote;

    if (sitting->state == SittingState::closed) record.complain(AuditCode::sitting_out_of_order, "closed");
    if (event.item) {
        const auto* item = record.named(record.items, *event.item);
        // A delegation decides no item of the whole body.
        if (item != nullptr) check_privacy(record, event, item->is_closed);
        if (item != nullptr && (item->meeting != sitting->meeting || !is_plenary(record, *sitting)))
            record.complain(AuditCode::agenda_out_of_order);
    } else {
        check_privacy(record, event, false);
    }
    if (event.adopts_agenda && event.item) record.complain(AuditCode::agenda_out_of_order);
    check_line(record, event.title, title_bytes_max);
    check_rule(record, vote);
    if (!has_rooms_of_groups(event.profile, event.rooms.value_or(std::vector<std::string>{}))) {
        record.complain(AuditCode::list_wrong, "rooms");
        vote.rule_usable = false;
    }
    check_paper(record, event, id);
    check_matter(record, event);
    check_combined(record, event);
    if (event.attempt == 1 && !event.split && !has_draft(record, event))
        record.complain(AuditCode::draft_wrong);
    const auto& body = record.bodies.at(sitting->body);
    check_deviation(record, event, body);
    check_base(record, event, body.members.size());
}

void follow(Record& record, const VoteOpened& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::prepared});
    if (vote == nullptr) return;
    auto& sitting = record.sittings.at(vote->prepared.sitting);
    const auto& profile = vote->prepared.profile;
    const auto members = record.bodies.at(sitting.body).members.size();

    if (sitting.state != SittingState::in_session) {
        record.complain(AuditCode::sitting_out_of_order, std::string(codec::enum_name(sitting.state)));
    }
    if (sitting.open_vote) {
        record.complain(AuditCode::another_vote_open, std::to_string(number(*sitting.open_vote)));
    }
    check_floor_free(record, sitting);
    check_item(record, *vote, event);
    if (vote->prepared.adopts_agenda) check_agenda_vote(record, sitting.meeting, event.vote);
    check_frozen(record, event, *vote, members);
    if (!vote->prepared.base_reason.empty() && !vote->base_confirmed)
        record.complain(AuditCode::base_not_confirmed, vote->prepared.base_reason);
    take_electorate(record, event, *vote, sitting);
    const auto quorum = check_present(record, profile.quorum, members, sitting.present.size());
    check_number(record, AuditCode::attendance_miscounted, event.quorum, quorum);
    check_window(record, *vote, event.closes_at_ms, profile.window_ms);
    check_scrutineers(record, event, *vote);
    check_overrides(record, event, *vote);
    check_secret_opening(record, event, *vote, sitting);

    vote->base_members = event.base_members;
    vote->opened_at_ms = record.now->at_ms.value_or(0);
    vote->opened_seq = record.now->seq;
    vote->closes_at_ms = event.closes_at_ms;
    vote->state = VoteState::open;
    sitting.open_vote = event.vote;
}

void follow(Record& record, const VoteAnnounced& event)
{
    if (auto* vote = in_state(record, event.vote, {VoteState::decided})) vote->state = VoteState::announced;
}

void follow(Record& record, const VoteVoided& event)
{
    using enum VoteState;
    // A secret vote is closed for a while before it is decided.
    const auto found = record.votes.find(event.vote);
    const bool waits = found != record.votes.end() && is_secret(found->second);
    auto* vote = waits ? in_state(record, event.vote, {prepared, open, held, closed, decided})
                       : in_state(record, event.vote, {prepared, open, held, decided});
    if (vote == nullptr) return;
    check_line_or_empty(record, event.note, reason_bytes_max);
    const bool carried =
        vote->figures && vote->figures->outcome && is_adopted(vote->figures->outcome->verdict);
    if (vote->prepared.adopts_agenda && carried) record.complain(AuditCode::vote_out_of_order);
    auto& sitting = record.sittings.at(vote->prepared.sitting);
    if (event.reason == VoidReason::lost_quorum) {
        const auto& quorum = vote->prepared.profile.quorum;
        const auto members = record.bodies.at(sitting.body).members.size();
        const auto need = quorum.den == 0 ? 0 : std::max<std::uint64_t>(needed(members, quorum), 1);
        if (!is_under_way(*vote) || sitting.present.size() >= need)
            record.complain(AuditCode::void_unfounded);
    }
    if (event.reason == VoidReason::ballot_key_lost) {
        const bool was_open = is_under_way(*vote) || vote->state == closed;
        if (!is_secret(*vote) || !was_open || vote->secret.box) record.complain(AuditCode::void_unfounded);
    }
    if (sitting.open_vote == event.vote) sitting.open_vote.reset();
    vote->state = voided;
    vote->void_reason = event.reason;
}

} // namespace plenum::audit
