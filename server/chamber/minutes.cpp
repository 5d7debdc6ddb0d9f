#include "server/chamber/chapters.hpp"

// What the minutes say of a speech, checked and signed by the speaker: until the meeting is archived, also
// after the sitting.

namespace plenum::chamber {
namespace {

/// The speech has ended and its meeting is not archived.
std::optional<Refusal> check_minutable(const State& state, const Speech& speech)
{
    if (speech.state != SpeechState::ended) return wrong_state(speech.state);
    const auto& sitting = record_of(state.sittings, speech.sitting);
    const auto phase = record_of(state.meetings, sitting.meeting).phase;
    if (phase == MeetingPhase::archived) return wrong_state(phase);
    return std::nullopt;
}

/// An item the public is kept from, or one below such an item.
bool is_behind_doors(const State& state, std::optional<ItemId> id)
{
    while (id) {
        const auto& item = record_of(state.items, *id);
        if (item.is_closed) return true;
        id = item.parent;
    }
    return false;
}

} // namespace

Decided decide_command(const State& state, const MinuteSpeech& command, const Context&)
{
    const auto& speech = record_of(state.speeches, command.speech);
    if (auto refusal = check_minutable(state, speech)) return *refusal;
    // Minutes stand in the public record for ever.
    if (is_behind_doors(state, speech.item)) {
        return no(RefusalCode::wrong_state, "该议题不公开，发言记录不能列入公开记录",
                  "minutes on a closed item cannot stand in the public record");
    }
    if (!is_document(command.minutes)) return no(RefusalCode::invalid_text, "发言记录", "minutes");
    auto minutes = new_blob(command.minutes);
    if (speech.minutes == minutes.digest) return refuse(RefusalCode::nothing_to_do);
    return Decision{{SpeechMinuted{command.speech, minutes.digest}}, {std::move(minutes)}};
}

Decided decide_command(const State& state, const SignMinutes& command, const Context& context)
{
    const auto& speech = record_of(state.speeches, command.speech);
    if (speech.person != context.actor.person) return refuse(RefusalCode::not_yours);
    if (auto refusal = check_minutable(state, speech)) return *refusal;
    if (!speech.minutes) return no(RefusalCode::wrong_state, "尚无发言记录", "there are no minutes yet");
    if (speech.minutes != command.minutes) return refuse(RefusalCode::minutes_changed);
    if (speech.is_signed) return refuse(RefusalCode::nothing_to_do);
    return Decision{{SpeechSigned{command.speech, command.minutes}}, {}};
}

void apply_event(State& state, const SpeechMinuted& event, const Stamp&)
{
    auto& speech = record_of(state.speeches, event.speech);
    PLENUM_ASSERT(speech.state == SpeechState::ended);
    speech.minutes = event.minutes;
    speech.is_signed = false;
}

void apply_event(State& state, const SpeechSigned& event, const Stamp&)
{
    auto& speech = record_of(state.speeches, event.speech);
    PLENUM_ASSERT(speech.minutes == event.minutes && !speech.is_signed);
    speech.is_signed = true;
}

} // namespace plenum::chamber
