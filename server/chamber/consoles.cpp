#include "protocol/ballot/enrolment.hpp"
#include "server/chamber/chapters.hpp"
#include "server/chamber/secret_steps.hpp"

#include <algorithm>

// Chapter thirteen: the console of a member signs by a key of its own, and after sign-in makes a voting key
// for the sitting. Both are proven by the console itself; nothing here says how anybody votes.

namespace plenum::chamber {
namespace {

constexpr std::size_t key_bytes = 32;

bool is_member_of_any(const State& state, PersonId person)
{
    return std::ranges::any_of(
        state.bodies, [&](const auto& entry) { return find_member(entry.second, person) != nullptr; });
}

bool is_proven(const State& state, PersonId person, const EnrollConsole& command)
{
    const bool is_whole = command.device.size() == key_bytes && command.channel.size() == key_bytes &&
                          command.proof.size() == signature_bytes;
    if (!is_whole) return false;
    const ballot::EnrolmentTerms terms{state.origin, person_record(state, person),
                                       fixed<key_bytes>(command.channel)};
    return ballot::check_device(terms, fixed<key_bytes>(command.device),
                                fixed<signature_bytes>(command.proof))
        .has_value();
}

/// Why this member makes no voting key in this sitting now, or nothing.
std::optional<Refusal> check_place(const State& state, const Sitting& sitting, PersonId person)
{
    if (find_member(record_of(state.bodies, sitting.body), person) == nullptr)
        return refuse(RefusalCode::not_a_member);
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    if (!sitting.present.contains(person)) return refuse(RefusalCode::not_signed_in);
    if (sitting.remote.contains(person)) {
        return no(RefusalCode::not_in_person, "您以视频方式出席", "you attend by video");
    }
    if (!state.consoles.contains(person)) return refuse(RefusalCode::console_not_enrolled);
    return check_election_key(state, sitting.meeting);
}

/// The registration, when it holds for this member's console and session.
std::optional<ballot::Registration> proven_registration(const State& state, const Sitting& sitting,
                                                        PersonId person, const RegisterVotingKey& command)
{
    if (command.channel.size() != key_bytes) return std::nullopt;
    const ballot::RegistrationTerms terms{
        state.origin, meeting_record(state, sitting.meeting), person_record(state, person),
        fixed<key_bytes>(record_of(state.consoles, person)), fixed<key_bytes>(command.channel)};
    auto registration = ballot::decode_registration(command.registration);
    if (!registration || !ballot::check_registration(terms, *registration)) return std::nullopt;
    return *registration;
}

} // namespace

Decided decide_command(const State& state, const EnrollConsole& command, const Context& context)
{
    const auto person = *context.actor.person;
    if (!is_member_of_any(state, person)) return refuse(RefusalCode::not_a_member);
    for (const auto& [owner, device] : state.consoles) {
        if (device != command.device) continue;
        return refuse(owner == person ? RefusalCode::nothing_to_do : RefusalCode::console_not_enrolled);
    }
    if (!is_proven(state, person, command)) return refuse(RefusalCode::signature_wrong);
    if (!state.may_enrol.contains(person)) return refuse(RefusalCode::code_spent);
    return Decision{{ConsoleEnrolled{person, command.device, command.channel, command.proof}}, {}};
}

Decided decide_command(const State& state, const RegisterVotingKey& command, const Context& context)
{
    const auto person = *context.actor.person;
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (auto refusal = check_place(state, sitting, person)) return *refusal;
    const auto registration = proven_registration(state, sitting, person, command);
    if (!registration) return refuse(RefusalCode::signature_wrong);
    const auto key = bytes_from(registration->voting_key.bytes);
    for (const auto& [owner, known] : sitting.voting_keys) {
        if (known != key) continue;
        if (owner == person) return refuse(RefusalCode::nothing_to_do);
        return no(RefusalCode::signature_wrong, "该投票密钥已由他人登记",
                  "this voting key is another member's already");
    }
    auto blob = new_blob(std::string(text_of(command.registration)));
    return Decision{{VotingKeyRegistered{command.sitting, person, command.channel, blob.digest}},
                    {std::move(blob)}};
}

// A voting key belongs to the console it was made at. The code it was enrolled with has done what it could.
void apply_event(State& state, const ConsoleEnrolled& event, const Stamp&)
{
    state.consoles.insert_or_assign(event.person, event.device);
    state.may_enrol.erase(event.person);
    for (auto& [id, sitting] : state.sittings)
        sitting.voting_keys.erase(event.person);
}

void apply_event(State& state, const VotingKeyRegistered& event, const Stamp& stamp)
{
    auto& sitting = record_of(state.sittings, event.sitting);
    PLENUM_ASSERT(sitting.present.contains(event.person) && !sitting.remote.contains(event.person));
    PLENUM_ASSERT(state.consoles.contains(event.person));
    const auto registration = ballot::decode_registration(bytes_of(public_blob(stamp, event.registration)));
    PLENUM_ASSERT(registration.has_value());
    sitting.voting_keys.insert_or_assign(event.person, bytes_from(registration->voting_key.bytes));
}

} // namespace plenum::chamber
