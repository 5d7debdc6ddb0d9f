#include "protocol/audit/record.hpp"

#include <algorithm>

// Pressing, holding and closing, and the figures as presses and hands add up.

namespace plenum::audit {
namespace {

void add(Tally& tally, const RecordedVote& vote, PersonId person)
{
    const auto press = vote.presses.find(person);
    if (press == vote.presses.end()) {
        ++tally.not_pressed;
    } else if (press->second == Choice::approve) {
        ++tally.approve;
    } else if (press->second == Choice::oppose) {
        ++tally.oppose;
    } else {
        ++tally.abstain;
    }
}

LocalText in_words(const Tally& tally)
{
    const auto a = std::to_string(tally.approve);
    const auto o = std::to_string(tally.oppose);
    const auto b = std::to_string(tally.abstain);
    const auto n = std::to_string(tally.not_pressed);
    return {"赞成" + a + " 反对" + o + " 弃权" + b + " 未按" + n,
            "approve " + a + ", oppose " + o + ", abstain " + b + ", not pressed " + n};
}

LocalText said_and_found(const Tally& said, const Tally& found)
{
    const auto s = in_words(said);
    const auto f = in_words(found);
    return {audit::said_and_found(s.zh, f.zh).zh, audit::said_and_found(s.en, f.en).en};
}

/// Groups as the roster in force has them; members of the electorate are counted in theirs.
std::vector<GroupTally> count_groups(const RecordedBody& body, const RecordedVote& vote)
{
    std::map<std::string_view, GroupTally> groups;
    const auto names = groups_counted(vote.prepared.profile);
    for (const auto& name : names)
        groups[name].group = name;
    for (const auto& [person, member] : body.members) {
        const auto group = groups.find(member.group);
        if (group == groups.end()) continue;
        ++group->second.members;
        if (std::ranges::binary_search(vote.electorate, person)) add(group->second.tally, vote, person);
    }
    std::vector<GroupTally> in_order;
    for (const auto& name : names)
        in_order.push_back(groups.at(name));
    return in_order;
}

/// Why voting could not end yet, by the rules of hands and of silence.
void check_countable(Record& record, const RecordedVote& vote)
{
    if (vote.method == VoteMethod::no_objection) {
        if (vote.objections > 0)
            record.complain(AuditCode::objection_ignored, std::to_string(vote.objections));
    } else if (vote.method == VoteMethod::paper) {
        check_ballots_counted(record, vote);
    } else if (!vote.by_hands.empty() && !agreed_hands(vote)) {
        record.complain(AuditCode::hands_not_agreed, std::to_string(vote.hands.size()));
    }
}

void add(Tally& tally, const HandsCount& hands, std::size_t electors)
{
    tally.approve += hands.approve;
    tally.oppose += hands.oppose;
    tally.abstain += hands.abstain;
    // Those not raised; a count of more than there are was not taken.
    tally.not_pressed += static_cast<std::uint32_t>(electors - hands.total());
}

} // namespace

bool has_run_out(const Record& record, const RecordedVote& vote)
{
    return vote.prepared.profile.close == ClosePolicy::timer && vote.closes_at_ms &&
           record.now->at_ms.value_or(0) > *vote.closes_at_ms;
}

RecordedVote* in_state(Record& record, VoteId id, std::initializer_list<VoteState> allowed, AuditCode code)
{
    auto* vote = record.named(record.votes, id);
    if (vote == nullptr) return nullptr;
    if (std::ranges::find(allowed, vote->state) != allowed.end()) return vote;
    const bool is_over = vote->state == VoteState::announced || vote->state == VoteState::annulled;
    record.complain(is_over ? AuditCode::announced_changed : code,
                    std::string(codec::enum_name(vote->state)));
    return nullptr;
}

void check_window(Record& record, const RecordedVote& vote, const std::optional<std::uint64_t>& closes_at_ms,
                  std::uint64_t remaining_ms)
{
    std::optional<std::uint64_t> expected;
    if (vote.prepared.profile.close != ClosePolicy::chair) {
        expected = record.now->at_ms.value_or(0) + remaining_ms;
    }
    if (closes_at_ms != expected) record.complain(AuditCode::window_wrong);
}

Figures count(const Record& record, const RecordedVote& vote)
{
    const auto& sitting = record.sittings.at(vote.prepared.sitting);
    Figures figures;
    std::size_t electors_by_hands = 0;
    for (const auto person : vote.electorate) {
        if (raises_hand(vote, person)) {
            ++electors_by_hands;
        } else {
            add(figures.tally, vote, person);
        }
        if (!sitting.present.contains(person)) ++figures.left;
    }
    if (vote.method == VoteMethod::paper) {
        count_ballots(record.bodies.at(sitting.body), vote, figures);
        return figures;
    }
    figures.hands = agreed_hands(vote);
    add(figures.tally, figures.hands.value_or(HandsCount{}), electors_by_hands);
    if (!vote.rule_usable) return figures;
    if (vote.method == VoteMethod::no_objection) {
        figures.outcome = outcome_without_objection();
        return figures;
    }
    figures.groups = count_groups(record.bodies.at(sitting.body), vote);
    figures.outcome = decide_outcome(vote.prepared.profile, vote.base_members, figures.tally, figures.groups);
    return figures;
}

void follow(Record& record, const VoteCast& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::open}, AuditCode::cast_while_not_open);
    if (vote == nullptr) return;
    const auto& sitting = record.sittings.at(vote->prepared.sitting);
    const auto person = std::to_string(number(event.person));
    // A press that may not be is not counted either: the figures below say what it was worth.
    if (is_secret(*vote)) {
        record.complain(AuditCode::press_in_secret_vote, person);
    } else if (has_run_out(record, *vote)) {
        record.complain(AuditCode::cast_too_late, person);
    } else if (vote->method == VoteMethod::no_objection || vote->method == VoteMethod::paper) {
        record.complain(AuditCode::cast_while_not_open, person);
    } else if (!std::ranges::binary_search(vote->electorate, event.person)) {
        record.complain(AuditCode::cast_by_outsider, person);
    } else if (!sitting.present.contains(event.person)) {
        record.complain(AuditCode::cast_by_absent, person);
    } else if (raises_hand(*vote, event.person) || sitting.remote.contains(event.person)) {
        record.complain(AuditCode::cast_not_in_person, person);
    } else if (vote->prepared.profile.press == PressPolicy::first && vote->presses.contains(event.person)) {
        record.complain(AuditCode::cast_again, person);
    } else {
        vote->presses.insert_or_assign(event.person, event.choice);
    }
}

void follow(Record& record, const VoteHeld& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::open});
    if (vote == nullptr) return;
    const auto now_ms = record.now->at_ms.value_or(0);
    const auto until_ms = vote->closes_at_ms.value_or(0);
    vote->held_remaining_ms = until_ms > now_ms ? until_ms - now_ms : 0;
    vote->closes_at_ms.reset();
    vote->state = VoteState::held;
}

void follow(Record& record, const VoteResumed& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::held});
    if (vote == nullptr) return;
    check_window(record, *vote, event.closes_at_ms, vote->held_remaining_ms);
    // Hands went down meanwhile and ballots into their boxes; both are counted anew.
    vote->hands.clear();
    vote->ballots.clear();
    vote->lists.clear();
    vote->sheets.clear();
    vote->closes_at_ms = event.closes_at_ms;
    vote->state = VoteState::open;
}

void follow(Record& record, const VoteClosed& event)
{
    using enum VoteState;
    auto* vote = in_state(record, event.vote, {open, held});
    if (vote == nullptr) return;
    if (event.by == ClosedBy::timer) {
        const auto until_ms = vote->closes_at_ms;
        const bool its_time = vote->state == open && vote->prepared.profile.close == ClosePolicy::timer &&
                              until_ms && record.now->at_ms.value_or(0) >= *until_ms;
        if (!its_time) record.complain(AuditCode::closed_too_early);
    }
    check_countable(record, *vote);
    auto& sitting = record.sittings.at(vote->prepared.sitting);
    if (sitting.open_vote == event.vote) sitting.open_vote.reset();
    vote->state = closed;
    vote->closes_at_ms.reset();
    if (is_secret(*vote)) {
        // Its box is sealed and opened first. Who leaves meanwhile was there while it was voted.
        vote->secret.left = count(record, *vote).left;
        return;
    }
    record.closing = Record::Closing{record.now->seq, event.vote, record.now->actor, record.now->id};
}

void follow(Record& record, const VoteDecided& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::closed}, AuditCode::decision_without_close);
    if (vote == nullptr) return;
    if (is_secret(*vote)) {
        // The server decides it by itself, once enough shares were given.
    } else if (!record.closing) {
        record.complain(AuditCode::decision_without_close);
    } else if (record.now->actor != record.closing->actor || record.now->id != record.closing->id) {
        record.complain(AuditCode::actor_not_allowed, to_text(record.now->actor));
    }
    record.closing.reset();

    auto figures = count(record, *vote);
    if (is_secret(*vote)) {
        count_secret(record, event, *vote, figures);
    } else if (event.totals) {
        record.complain(AuditCode::secret_vote_wrong, "totals");
    }
    if (event.tally != figures.tally) {
        record.complain(AuditCode::tally_wrong, said_and_found(event.tally, figures.tally));
    }
    const bool same_ballots =
        event.ballots == figures.ballots && event.places == figures.places && event.grades == figures.grades;
    if (!same_ballots) record.complain(AuditCode::ballots_wrong);
    if (event.hands != figures.hands) record.complain(AuditCode::hands_wrong);
    if (vote->rule_usable && event.groups != figures.groups) record.complain(AuditCode::groups_wrong);
    check_number(record, AuditCode::left_wrong, event.left, figures.left);
    if (figures.outcome && event.outcome != *figures.outcome) {
        record.complain(AuditCode::outcome_wrong,
                        audit::said_and_found(std::string(codec::enum_name(event.outcome.verdict)),
                                              std::string(codec::enum_name(figures.outcome->verdict))));
    }
    if (vote->prepared.adopts_agenda && figures.outcome && is_adopted(figures.outcome->verdict)) {
        record.adopting = Record::Closing{record.now->seq, event.vote, record.now->actor, record.now->id};
    }
    vote->figures = figures;
    vote->state = VoteState::decided;
    vote->decided_at_ms = record.now->at_ms.value_or(0);
}

} // namespace plenum::audit
