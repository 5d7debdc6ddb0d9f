#include "tests/sim/script.hpp"

// The floor: who asks for it, who has it, and the minutes of what was said.

namespace plenum::sim {

void Script::work_on_floor()
{
    const auto* sitting = any(state().sittings);
    if (sitting->second.state == SittingState::draft) return;
    if (sitting->second.state == SittingState::closed || world_.random.chance(150))
        return keep_minutes(*sitting);
    if (sitting->second.speaking) return step_speech(*sitting, *sitting->second.speaking);
    if (sitting->second.queue.size() < 2 || world_.random.chance(200)) return ask_for_floor(*sitting);
    step_queue(*sitting);
}

void Script::ask_for_floor(const SittingEntry& entry)
{
    const auto& [id, sitting] = entry;
    std::set<PersonId> there = sitting.present;
    const auto& attendees = state().meetings.at(sitting.meeting).attendees;
    for (const auto guest : sitting.guests) {
        const auto found = attendees.find(guest);
        if (found != attendees.end() && found->second.kind == AttendeeKind::nonvoting_attendee)
            there.insert(guest);
    }
    if (there.empty()) return;
    const auto person = *any(there);
    auto kind = world_.random.pick({SpeechKind::speech, SpeechKind::speech, SpeechKind::question,
                                    SpeechKind::answer, SpeechKind::point_of_order});
    std::optional<SpeechId> answers;
    if (kind == SpeechKind::answer) {
        for (const auto spoken : sitting.spoken) {
            if (state().speeches.at(spoken).kind == SpeechKind::question) answers = spoken;
        }
        if (!answers) kind = SpeechKind::question;
    }
    std::optional<ItemId> item;
    if (!state().meetings.at(sitting.meeting).items.empty() && world_.random.chance(200))
        item = any_item(sitting.meeting);
    if (world_.random.chance(250)) {
        auto* desk = somebody(world_.random.pick({Role::secretary, Role::operator_}), sitting.body);
        return say(desk, RequestFloorFor{id, person, kind, item, answers});
    }
    const bool guest = sitting.guests.contains(person);
    say(console_of({person, guest ? Role::observer : Role::delegate}), RequestFloor{id, kind, item, answers});
}

void Script::step_queue(const SittingEntry& entry)
{
    const auto& [id, sitting] = entry;
    const auto roll = world_.random.below(100);
    if (roll < 15) {
        auto order = sitting.queue;
        std::rotate(order.begin(), order.begin() + 1, order.end());
        return say(conductor(sitting), OrderFloor{id, order});
    }
    const auto speech = roll < 70 ? sitting.queue.front() : world_.random.pick(sitting.queue);
    const auto person = state().speeches.at(speech).person;
    if (roll < 22) {
        auto* console = console_of({person, Role::delegate});
        if (console == nullptr) console = console_of({person, Role::observer});
        return say(console, CancelFloorRequest{speech});
    }
    const bool is_there = sitting.present.contains(person) || sitting.guests.contains(person);
    if (roll < 27 || !is_there) return say(somebody(Role::secretary, sitting.body), WithdrawSpeech{speech});
    GrantFloor grant{speech, std::nullopt, {}};
    if (world_.random.chance(200)) grant.limit_ms = 5'000;
    if (world_.random.chance(150)) grant.override_reason = "主持人许可";
    say(conductor(sitting), grant);
}

/// Speeches are short, since a vote waits for the end of one.
void Script::step_speech(const SittingEntry& entry, SpeechId id)
{
    const auto& sitting = entry.second;
    const auto roll = world_.random.below(100);
    if (roll < 15) return say(conductor(sitting), ExtendFloor{id, 30'000});
    if (roll < 40) return say(conductor(sitting), StopSpeech{id});
    const auto person = state().speeches.at(id).person;
    auto* console = console_of({person, Role::delegate});
    if (console == nullptr) console = console_of({person, Role::observer});
    if (console == nullptr) console = conductor(sitting);
    if (console != nullptr && console->actor().role == Role::chair) return say(console, StopSpeech{id});
    say(console, YieldFloor{id});
}

void Script::keep_minutes(const SittingEntry& entry)
{
    const auto& sitting = entry.second;
    if (sitting.spoken.empty()) return;
    const auto id = world_.random.pick(sitting.spoken);
    const auto& speech = state().speeches.at(id);
    if (speech.minutes && !speech.is_signed && world_.random.chance(800)) {
        auto* console = console_of({speech.person, Role::delegate});
        if (console == nullptr) console = console_of({speech.person, Role::observer});
        return say(console, SignMinutes{id, *speech.minutes});
    }
    say(somebody(Role::secretary, sitting.body), MinuteSpeech{id, "发言记录" + std::to_string(++titles_)});
}

} // namespace plenum::sim
