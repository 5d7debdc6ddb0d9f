#include "server/chamber/chapters.hpp"

#include <algorithm>

namespace plenum::chamber {
namespace {

/// What a command acts on: a body, and the meeting and sitting where there is one. Without a body it is the
/// whole chamber.
struct Ground {
    bool exists = true;
    std::optional<BodyId> body;
    const Sitting* sitting = nullptr;
    const Meeting* meeting = nullptr;
};

constexpr Ground nowhere{false, std::nullopt, nullptr, nullptr};

Ground ground_of(const State&, std::nullopt_t)
{
    return {};
}

Ground ground_of(const State& state, BodyId id)
{
    if (!state.bodies.contains(id)) return nowhere;
    return {true, id, nullptr, nullptr};
}

Ground ground_of(const State& state, MeetingId id)
{
    const auto found = state.meetings.find(id);
    if (found == state.meetings.end()) return nowhere;
    return {true, found->second.body, nullptr, &found->second};
}

Ground ground_of(const State& state, SittingId id)
{
    const auto found = state.sittings.find(id);
    if (found == state.sittings.end()) return nowhere;
    const auto& sitting = found->second;
    return {true, sitting.body, &sitting, &record_of(state.meetings, sitting.meeting)};
}

Ground ground_of(const State& state, ItemId id)
{
    const auto found = state.items.find(id);
    return found == state.items.end() ? nowhere : ground_of(state, found->second.meeting);
}

Ground ground_of(const State& state, VoteId id)
{
    const auto found = state.votes.find(id);
    return found == state.votes.end() ? nowhere : ground_of(state, found->second.sitting);
}

Ground ground_of(const State& state, SpeechId id)
{
    const auto found = state.speeches.find(id);
    return found == state.speeches.end() ? nowhere : ground_of(state, found->second.sitting);
}

Ground ground_of(const State& state, SuggestionId id)
{
    const auto found = state.suggestions.find(id);
    return found == state.suggestions.end() ? nowhere : ground_of(state, found->second.body);
}

Ground ground_of(const State& state, PetitionId id)
{
    const auto found = state.petitions.find(id);
    return found == state.petitions.end() ? nowhere : ground_of(state, found->second.body);
}

Ground ground_of(const State& state, const std::optional<BodyId>& body)
{
    return body ? ground_of(state, *body) : ground_of(state, std::nullopt);
}

/// The one record a command acts on; what else it names is looked up by its chapter.
template <class C>
Ground ground_of_command(const State& state, const C& command)
{
    if constexpr (std::is_same_v<C, RemoveBody>) {
        // A body is taken back by whoever could make it: over the one it belongs to, or the whole chamber.
        const auto found = state.bodies.find(command.body);
        return found == state.bodies.end() ? nowhere : ground_of(state, found->second.parent);
    } else if constexpr (std::is_same_v<C, CancelSitting>) {
        // Likewise: sittings are made by whoever prepares the meeting.
        const auto found = state.sittings.find(command.sitting);
        return found == state.sittings.end() ? nowhere : ground_of(state, found->second.meeting);
    } else if constexpr (requires { command.vote; }) {
        return ground_of(state, command.vote);
    } else if constexpr (requires { command.speech; }) {
        return ground_of(state, command.speech);
    } else if constexpr (requires { command.sitting; }) {
        return ground_of(state, command.sitting);
    } else if constexpr (requires { command.meeting; }) {
        return ground_of(state, command.meeting);
    } else if constexpr (requires { command.item; }) {
        return ground_of(state, command.item);
    } else if constexpr (requires { command.suggestion; }) {
        return ground_of(state, command.suggestion);
    } else if constexpr (requires { command.petition; }) {
        return ground_of(state, command.petition);
    } else if constexpr (requires { command.body; }) {
        return ground_of(state, command.body);
    } else {
        return ground_of(state, std::nullopt);
    }
}

/// Whether the actor may do it on this ground, which exists.
std::optional<Refusal> check_office(const State& state, const Ground& ground, Right right, const Actor& actor)
{
    if (actor.is_server()) return std::nullopt;
    if (!may(actor.role, right, ground.sitting != nullptr && ground.sitting->conduct_lent)) {
        return no(RefusalCode::not_allowed, "主持人未委托操作员主持", "the chair has not lent the conduct");
    }
    if (actor.role == Role::delegate || holds_office(state, *actor.person, actor.role, ground.body)) {
        return std::nullopt;
    }
    const bool elsewhere = holds_any_office(state, *actor.person, actor.role);
    return refuse(elsewhere ? RefusalCode::not_your_body : RefusalCode::not_allowed);
}

} // namespace

bool holds_any_office(const State& state, PersonId person, Role role)
{
    return std::ranges::any_of(
        state.offices, [&](const Office& office) { return office.person == person && office.role == role; });
}

bool holds_office(const State& state, PersonId person, Role role, std::optional<BodyId> body)
{
    return std::ranges::any_of(state.offices, [&](const Office& office) {
        return office.person == person && office.role == role && (!office.body || office.body == body);
    });
}

std::optional<Refusal> check_rights(const State& state, const Command& command, const Actor& actor)
{
    const auto right = right_of(command);
    // The command line of the server (init, import) prepares like a secretary of the whole chamber, and no
    // more.
    const bool entitled = actor.is_server() ? right == Right::prepare : may(actor.role, right, true);
    if (!entitled) return refuse(RefusalCode::not_allowed);

    const auto ground = std::visit([&](const auto& one) { return ground_of_command(state, one); }, command);
    if (!ground.exists) return refuse(RefusalCode::no_such_record);
    if (auto refusal = check_office(state, ground, right, actor)) return refusal;
    if (ground.meeting == nullptr) return std::nullopt;
    // Only a correction, which acts on no meeting, may follow, what others decide of a result afterwards, and
    // that a key holder's share is erased.
    const auto phase = ground.meeting->phase;
    const bool comes_late = std::holds_alternative<AnnulVote>(command) ||
                            std::holds_alternative<RecordApproval>(command) ||
                            std::holds_alternative<StateErasure>(command);
    if (comes_late) return std::nullopt;
    if (phase == MeetingPhase::archived || phase == MeetingPhase::cancelled) return wrong_state(phase);
    return std::nullopt;
}

} // namespace plenum::chamber
