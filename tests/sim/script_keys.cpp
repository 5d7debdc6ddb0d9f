#include "server/chamber/queries.hpp"
#include "tests/sim/script.hpp"

// The keys of secret votes: holders are appointed, make the election key step by step, now and then one of
// them lies, and the office lets it begin again.

namespace plenum::sim {

void Script::keep_keys()
{
    const auto* chosen = any(state().meetings);
    if (chosen == nullptr) return;
    const auto& [id, meeting] = *chosen;
    if (meeting.phase >= chamber::MeetingPhase::closed) return erase_shares(id);
    auto* secretary = somebody(Role::secretary, meeting.body);
    if (!meeting.keys || world_.random.chance(15)) {
        AppointKeyHolders appointment{id, {}, 2, "主席团"};
        for (const auto& office : state().offices) {
            if (office.role == Role::key_holder && !office.body) appointment.persons.push_back(office.person);
        }
        return say(secretary, appointment);
    }
    if (world_.random.chance(60)) {
        const auto program = sha256(world_.random.chance(500) ? "console 1" : "console 2");
        return say(secretary, PinConsoleBuilds{id, {program}, "主席团"});
    }
    if (world_.random.chance(30)) return say(secretary, RestartCeremony{id, "设备更换"});
    for (std::size_t holder = 0; holder < meeting.keys->holders.size(); ++holder)
        speak_as_holder(id, holder);
}

/// The meeting is over: whoever has not signed yet that the share is no more does so, and now and then again.
void Script::erase_shares(MeetingId meeting)
{
    const auto& keys = state().meetings.at(meeting).keys;
    if (!keys || keys->election_key.empty()) return;
    const auto view = chamber::view_key_holders(state(), meeting);
    const auto erased = view.erased.value_or(std::vector<PersonId>{});
    for (std::size_t holder = 0; holder < view.holders.size(); ++holder) {
        const auto person = view.holders[holder].person;
        if (std::ranges::count(erased, person) > 0 && !world_.random.chance(50)) continue;
        say(console_of({person, Role::key_holder}), keys_.state_erased(state().origin, view, holder));
    }
}

/// A holder's program does the next thing by itself as soon as its screen shows that it is time.
void Script::react_as_holder(Console& console)
{
    const auto me = *console.actor().person;
    for (const auto& [meeting, keys] : console.screen().keys) {
        if (!state().meetings.contains(meeting) || !state().meetings.at(meeting).keys) continue;
        const auto& holders = state().meetings.at(meeting).keys->holders;
        const auto mine = std::ranges::find(holders, me, &chamber::KeyHolder::person);
        if (mine == holders.end() || keys.phase == CeremonyPhase::made) continue;
        const auto step = number(meeting) * 10 + static_cast<std::uint64_t>(keys.phase);
        if (may_try(console, "ceremony", step * 100 + keys.attempt))
            speak_as_holder(meeting, static_cast<std::size_t>(mine - holders.begin()));
    }
    for (const auto& [id, vote] : console.screen().votes) {
        if (!vote.secret || vote.secret->phase != SecretPhase::sealed || !state().votes.contains(id))
            continue;
        if (owes_share(id, me) && may_try(console, "share", number(id))) open_box(id, me);
    }
}

/// Whatever it is this holder's turn to say, by what everybody can see.
void Script::speak_as_holder(MeetingId meeting, std::size_t holder)
{
    const auto view = chamber::view_key_holders(state(), meeting);
    const auto& mine = view.holders.at(holder);
    auto* console = console_of({mine.person, Role::key_holder});
    const auto& origin = state().origin;
    switch (view.phase) {
    case CeremonyPhase::joining:
        if (!mine.key) say(console, JoinCeremony{meeting, keys_.key(holder)});
        return;
    case CeremonyPhase::committing:
        if (!mine.commit) say(console, CommitToKey{meeting, keys_.commit(origin, view, holder)});
        return;
    case CeremonyPhase::opening: {
        if (mine.open) return;
        const bool lies = holder == 2 && world_.random.chance(300);
        auto said = lies ? keys_.lie(origin, view, holder) : keys_.open(origin, view, holder);
        return say(console, OpenKey{meeting, std::move(said.message), std::move(said.parts)});
    }
    case CeremonyPhase::agreeing: {
        if (mine.agree) return;
        const auto answer = keys_.agree(origin, view, holder);
        if (answer.is_complaint) return say(console, ComplainOfKey{meeting, answer.message});
        return say(console, AgreeToKey{meeting, answer.message});
    }
    case CeremonyPhase::made: return;
    }
}

} // namespace plenum::sim
