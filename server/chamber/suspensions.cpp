#include "server/chamber/chapters.hpp"

#include <algorithm>

// Members who are suspended (代表法 61): they stay in the roster and in the base, and take no part in the
// sittings of their body and of those that belong to it until they are reinstated (PE-05).

namespace plenum::chamber {
namespace {

std::optional<Refusal> check_decision(const std::string& decided_by, const std::string& reason)
{
    if (!is_line(decided_by, title_bytes_max))
        return no(RefusalCode::invalid_text, "由谁决定", "who decided it");
    return check_reason(reason);
}

/// Whether what is decided in `above` holds in this body as well.
bool belongs_to(const State& state, BodyId body, BodyId above)
{
    return body == above || record_of(state.bodies, body).parent == above;
}

/// Who votes by an open vote is frozen with its electorate, and nobody is taken off; whoever speaks ends the
/// speech first.
std::optional<Refusal> check_not_acting(const State& state, BodyId body, PersonId person)
{
    for (const auto& [id, sitting] : state.sittings) {
        if (!belongs_to(state, sitting.body, body)) continue;
        const auto& open = sitting.open_vote;
        if (open && std::ranges::binary_search(record_of(state.votes, *open).electorate, person))
            return refuse(RefusalCode::vote_open);
        if (sitting.speaking && record_of(state.speeches, *sitting.speaking).person == person)
            return refuse(RefusalCode::floor_taken);
    }
    return std::nullopt;
}

/// Who is suspended where, as each sitting that is not over has to know it.
void tell_sittings(State& state, BodyId body, PersonId person, const Stamp& stamp)
{
    for (auto& [id, sitting] : state.sittings) {
        if (!belongs_to(state, sitting.body, body) || sitting.state == SittingState::closed) continue;
        const auto now = suspended_in(state, sitting.body);
        const bool changes = now.contains(person) != sitting.suspended.contains(person);
        sitting.suspended = now;
        // Also of a member whom a new roster left out: the history goes on from what it said last.
        const bool is_told_of =
            find_member(record_of(state.bodies, sitting.body), person) != nullptr ||
            std::ranges::find(sitting.history, person, &AttendanceFact::person) != sitting.history.end();
        // Whoever is there is signed out by the entries that follow, which say where the person went.
        if (changes && is_told_of && !sitting.present.contains(person)) note_presence(sitting, person, stamp);
    }
}

} // namespace

std::set<PersonId> suspended_in(const State& state, BodyId id)
{
    const auto& body = record_of(state.bodies, id);
    std::set<PersonId> persons;
    for (const auto& [person, why] : body.suspended)
        persons.insert(person);
    if (!body.parent) return persons;
    for (const auto& [person, why] : record_of(state.bodies, *body.parent).suspended)
        persons.insert(person);
    return persons;
}

std::optional<Refusal> check_not_suspended(const State& state, BodyId id, PersonId person)
{
    const auto& body = record_of(state.bodies, id);
    const bool above = body.parent && record_of(state.bodies, *body.parent).suspended.contains(person);
    if (!above && !body.suspended.contains(person)) return std::nullopt;
    const auto& name = record_of(state.persons, person).name;
    return refuse(RefusalCode::suspended, {name, name});
}

Decided decide_command(const State& state, const SuspendMember& command, const Context&)
{
    const auto& body = record_of(state.bodies, command.body);
    if (find_member(body, command.person) == nullptr) return refuse(RefusalCode::not_a_member);
    if (body.suspended.contains(command.person)) return refuse(RefusalCode::nothing_to_do);
    if (auto refusal = check_decision(command.decided_by, command.reason)) return *refusal;
    if (auto refusal = check_not_acting(state, command.body, command.person)) return *refusal;
    Decision decision{{MemberSuspended{command.body, command.person, command.decided_by, command.reason}},
                      {}};
    for (const auto& [id, sitting] : state.sittings) {
        const bool is_there =
            sitting.state != SittingState::closed && sitting.present.contains(command.person);
        if (is_there && belongs_to(state, sitting.body, command.body))
            decision.events.emplace_back(SignedOut{id, command.person});
    }
    return decision;
}

Decided decide_command(const State& state, const ReinstateMember& command, const Context&)
{
    const auto& body = record_of(state.bodies, command.body);
    if (!body.suspended.contains(command.person)) return refuse(RefusalCode::nothing_to_do);
    if (auto refusal = check_decision(command.decided_by, command.reason)) return *refusal;
    return Decision{{MemberReinstated{command.body, command.person, command.decided_by, command.reason}}, {}};
}

void apply_event(State& state, const MemberSuspended& event, const Stamp& stamp)
{
    auto& body = record_of(state.bodies, event.body);
    const bool fresh =
        body.suspended.emplace(event.person, Suspension{event.decided_by, event.reason}).second;
    PLENUM_ASSERT(fresh);
    tell_sittings(state, event.body, event.person, stamp);
}

void apply_event(State& state, const MemberReinstated& event, const Stamp& stamp)
{
    const bool was_suspended = record_of(state.bodies, event.body).suspended.erase(event.person) == 1;
    PLENUM_ASSERT(was_suspended);
    tell_sittings(state, event.body, event.person, stamp);
}

} // namespace plenum::chamber
