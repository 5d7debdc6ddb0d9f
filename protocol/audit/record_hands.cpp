#include "protocol/audit/record.hpp"

#include <algorithm>

// The other ways to decide: hands that tellers count, silence that an objection ends, and a window that runs
// longer.

namespace plenum::audit {
namespace {

/// Whether this member has a part in the vote, is there, and has not objected yet.
bool may_object(const Record& record, const RecordedVote& vote, PersonId person)
{
    const auto& sitting = record.sittings.at(vote.prepared.sitting);
    return std::ranges::binary_search(vote.electorate, person) && sitting.present.contains(person) &&
           !vote.objectors.contains(person);
}

} // namespace

bool raises_hand(const RecordedVote& vote, PersonId person)
{
    return vote.method != VoteMethod::no_objection && std::ranges::binary_search(vote.by_hands, person);
}

std::optional<HandsCount> agreed_hands(const RecordedVote& vote)
{
    if (vote.hands.empty() || vote.hands.size() < vote.prepared.profile.tellers) return std::nullopt;
    const auto& first = vote.hands.begin()->second;
    for (const auto& [teller, hands] : vote.hands)
        if (hands != first) return std::nullopt;
    return first;
}

void follow(Record& record, const HandsCounted& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::open, VoteState::held});
    if (vote == nullptr) return;
    check_not_suspended(record, record.sittings.at(vote->prepared.sitting).body, event.teller);
    if (vote->method == VoteMethod::no_objection || vote->by_hands.empty()) {
        record.complain(AuditCode::hands_wrong);
        return;
    }
    // PE-18. Hands that cannot be are not counted either: the figures below say what they were worth.
    if (event.hands.total() > vote->by_hands.size()) {
        record.complain(AuditCode::hands_wrong, said_and_found(event.hands.total(), vote->by_hands.size()));
        return;
    }
    vote->hands.insert_or_assign(event.teller, event.hands);
}

void follow(Record& record, const VoteObjected& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::open});
    if (vote == nullptr) return;
    if (vote->method != VoteMethod::no_objection) {
        record.complain(AuditCode::objection_wrong, std::string(codec::enum_name(vote->method)));
        return;
    }
    if (event.person) {
        if (!may_object(record, *vote, *event.person)) {
            record.complain(AuditCode::objection_wrong, std::to_string(number(*event.person)));
            return;
        }
        vote->objectors.insert(*event.person);
    }
    ++vote->objections;
}

void follow(Record& record, const VoteMethodSwitched& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::open});
    if (vote == nullptr) return;
    const bool may_switch = vote->method == VoteMethod::no_objection && vote->objections > 0 &&
                            (event.method == VoteMethod::console || event.method == VoteMethod::hands);
    if (!may_switch) {
        record.complain(AuditCode::method_wrong, std::string(codec::enum_name(event.method)));
        return;
    }
    vote->method = event.method;
    if (event.method == VoteMethod::hands) vote->by_hands = vote->electorate;
}

void follow(Record& record, const VoteExtended& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::open});
    if (vote == nullptr) return;
    if (!vote->closes_at_ms || has_run_out(record, *vote)) {
        record.complain(AuditCode::window_wrong);
        return;
    }
    const auto from_ms = std::max(record.now->at_ms.value_or(0), *vote->closes_at_ms);
    const bool right = event.closes_at_ms > from_ms && event.closes_at_ms - from_ms <= extension_ms_max &&
                       event.closes_at_ms - vote->opened_at_ms <= window_ms_max;
    if (!right) record.complain(AuditCode::window_wrong);
    vote->closes_at_ms = event.closes_at_ms;
}

} // namespace plenum::audit
