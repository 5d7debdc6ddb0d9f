#include "server/chamber/chapters.hpp"

#include <algorithm>

// Chapter one: the bodies. Rosters, officers, access codes and what concerns single persons have files of
// their own.

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
    const auto suggestion = std::ranges::find_if(state.suggestions, is_its);
    if (suggestion != state.suggestions.end()) {
        return no(RefusalCode::wrong_state, "该机构已登记建议“" + suggestion->second.title + "”",
                  "it has the suggestion " + suggestion->second.title);
    }
    const auto petition = std::ranges::find_if(state.petitions, is_its);
    if (petition != state.petitions.end()) {
        return no(RefusalCode::wrong_state, "该机构已有联名“" + petition->second.title + "”",
                  "its members have signed " + petition->second.title);
    }
    return std::nullopt;
}

/// A delegation that bears the name of a group follows the roster of its congress by that name.
std::optional<Refusal> check_not_a_group(const State& state, const Body& body, const std::string& name)
{
    if (body.kind != BodyKind::delegation || !body.parent) return std::nullopt;
    const auto& members = record_of(state.bodies, *body.parent).members;
    for (const auto& group : {body.name, name}) {
        if (std::ranges::find(members, group, &Member::group) == members.end()) continue;
        return no(RefusalCode::wrong_state,
                  "代表团随名册中的组而定，“" + group + "”是其中一组；请在名册中修改组名",
                  "a delegation follows a group of the roster, and " + group +
                      " is one; change the group in the roster");
    }
    return std::nullopt;
}

} // namespace

const std::string& body_name_of(const State& state, const Sitting& sitting)
{
    return sitting.held_as.empty() ? record_of(state.bodies, sitting.body).name : sitting.held_as;
}

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

Decided decide_command(const State& state, const RenameBody& command, const Context&)
{
    const auto& body = record_of(state.bodies, command.body);
    if (!is_line(command.name, name_bytes_max)) return refuse(RefusalCode::invalid_text);
    if (command.name == body.name) return refuse(RefusalCode::nothing_to_do);
    if (auto refusal = check_not_a_group(state, body, command.name)) return *refusal;
    if (auto refusal = check_reason(command.reason)) return *refusal;
    return Decision{{BodyRenamed{command.body, command.name, command.reason}}, {}};
}

void apply_event(State& state, const BodyCreated& event, const Stamp& stamp)
{
    PLENUM_ASSERT(!event.parent || state.bodies.contains(*event.parent));
    create_record(state.bodies, stamp, {event.body_kind, event.name, {}, {}, event.parent});
}

void apply_event(State& state, const BodyRemoved& event, const Stamp&)
{
    PLENUM_ASSERT(!check_not_needed(state, event.body).has_value());
    const auto offices = state.offices;
    std::erase_if(state.offices, [&](const Office& office) { return office.body == event.body; });
    for (const auto& office : offices)
        end_code_without_office(state, office.person, office.role);
    state.signature_needs.erase(event.body);
    const auto erased = state.bodies.erase(event.body);
    PLENUM_ASSERT(erased == 1);
}

void apply_event(State& state, const BodyRenamed& event, const Stamp&)
{
    auto& body = record_of(state.bodies, event.body);
    // Papers of a sitting that was held say under which name.
    for (auto& [id, sitting] : state.sittings) {
        if (sitting.body == event.body && sitting.state == SittingState::closed && sitting.held_as.empty())
            sitting.held_as = body.name;
    }
    body.name = event.name;
}

} // namespace plenum::chamber
