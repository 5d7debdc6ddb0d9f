#include "server/chamber/chapters.hpp"

#include <algorithm>

// Chapter one: the bodies and who holds which office. Rosters, access codes and what concerns single persons
// have files of their own.

namespace plenum::chamber {
namespace {

bool may_have_parent(BodyKind kind)
{
    return kind == BodyKind::presidium || kind == BodyKind::delegation || kind == BodyKind::council_of_chairs;
}

/// What of the record needs this body, or nothing.
std::optional<Refusal> check_not_needed(const State& state, BodyId id)
{
    const auto is_its = [&](const auto& entry) { return entry.second.body == id; };
    const auto inner =
        std::ranges::find_if(state.bodies, [&](const auto& entry) { return entry.second.parent == id; });
    if (inner != state.bodies.end()) {
        return no(RefusalCode::wrong_state, "请先删除其下的“" + inner->second.name + "”",
                  "remove " + inner->second.name + ", which belongs to it, first");
    }
    const auto meeting = std::ranges::find_if(state.meetings, is_its);
    if (meeting != state.meetings.end()) {
        return no(RefusalCode::wrong_state,
                  "该机构已召集“" + meeting->second.title + "”，其会议和出席须留在记录中",
                  "it was convened to " + meeting->second.title +
                      "; its meetings and their attendance stay in the record");
    }
    const auto sitting = std::ranges::find_if(state.sittings, is_its);
    if (sitting != state.sittings.end()) {
        return no(RefusalCode::wrong_state,
                  "该机构已安排“" + sitting->second.title + "”，其会议和出席须留在记录中",
                  "it has the sitting " + sitting->second.title +
                      "; its sittings and their attendance stay in the record");
    }
    return std::nullopt;
}

} // namespace

Decided decide_command(const State& state, const CreateBody& command, const Context&)
{
    if (command.parent && !may_have_parent(command.body_kind)) {
        return no(RefusalCode::wrong_state, "只有主席团、代表团和主任会议隶属于另一机构",
                  "only a presidium, a delegation or a council of chairs belongs to another body");
    }
    if (command.parent && !state.bodies.contains(*command.parent)) return refuse(RefusalCode::no_such_record);
    if (!is_line(command.name, name_bytes_max)) return refuse(RefusalCode::invalid_text);
    return Decision{{BodyCreated{command.body_kind, command.name, command.parent}}, {}};
}

Decided decide_command(const State& state, const RemoveBody& command, const Context&)
{
    if (auto refusal = check_not_needed(state, command.body)) return *refusal;
    if (auto refusal = check_reason(command.reason)) return *refusal;
    return Decision{{BodyRemoved{command.body, command.reason}}, {}};
}

Decided decide_command(const State& state, const AppointOfficer& command, const Context&)
{
    if (command.role == Role::delegate) {
        return no(RefusalCode::wrong_state, "代表由名册产生，不能任命", "delegates come from the roster");
    }
    if (!command.person) {
        if (!is_line(command.name, name_bytes_max)) return refuse(RefusalCode::invalid_text);
        const PersonId person{state.persons_known + 1};
        return Decision{{OfficerAppointed{person, command.name, command.role, command.body}}, {}};
    }

    const auto found = state.persons.find(*command.person);
    if (found == state.persons.end()) return refuse(RefusalCode::no_such_record);
    const auto& name = found->second.name;
    if (!command.name.empty() && command.name != name) {
        return no(RefusalCode::invalid_text, "姓名与记录不一致", "the name differs from the record");
    }
    const bool held = std::ranges::any_of(state.offices, [&](const Office& office) {
        return office.person == *command.person && office.role == command.role && office.body == command.body;
    });
    if (held) return no(RefusalCode::wrong_state, "此人已任此职", "this person holds this office already");
    return Decision{{OfficerAppointed{*command.person, name, command.role, command.body}}, {}};
}

void apply_event(State& state, const BodyCreated& event, const Stamp& stamp)
{
    PLENUM_ASSERT(!event.parent || state.bodies.contains(*event.parent));
    create_record(state.bodies, stamp, {event.body_kind, event.name, {}, {}, event.parent});
}

void apply_event(State& state, const BodyRemoved& event, const Stamp&)
{
    PLENUM_ASSERT(!check_not_needed(state, event.body).has_value());
    std::erase_if(state.offices, [&](const Office& office) { return office.body == event.body; });
    const auto erased = state.bodies.erase(event.body);
    PLENUM_ASSERT(erased == 1);
}

void apply_event(State& state, const OfficerAppointed& event, const Stamp&)
{
    PLENUM_ASSERT(number(event.person) <= state.persons_known + 1);
    PLENUM_ASSERT(!event.body || state.bodies.contains(*event.body));
    state.persons[event.person].name = event.name;
    state.persons_known = std::max(state.persons_known, number(event.person));
    state.offices.push_back({event.person, event.role, event.body});
}

} // namespace plenum::chamber
