#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"

#include <algorithm>

// The floor as screens show it.

namespace plenum::chamber {
namespace {

/// The newest are shown to everybody; older ones as long as their minutes wait to be written or signed.
constexpr std::size_t newest_shown = 50;
constexpr std::size_t waiting_shown_max = 200;

std::vector<SpeechId> ended_shown(const State& state, const Sitting& sitting)
{
    std::vector<SpeechId> shown;
    std::size_t place = sitting.spoken.size();
    std::size_t waiting = 0;
    for (auto speech = sitting.spoken.rbegin(); speech != sitting.spoken.rend(); ++speech, --place) {
        const bool is_new = sitting.spoken.size() - place < newest_shown;
        const bool waits = !record_of(state.speeches, *speech).is_signed && waiting < waiting_shown_max;
        if (!is_new && !waits) continue;
        waiting += is_new ? 0 : 1;
        shown.push_back(*speech);
    }
    std::ranges::reverse(shown);
    return shown;
}

/// The delegation of a member, the organ of an attendee.
std::string unit_of(const State& state, const Sitting& sitting, PersonId person)
{
    if (const auto* member = find_member(record_of(state.bodies, sitting.body), person)) return member->group;
    const auto& attendees = record_of(state.meetings, sitting.meeting).attendees;
    const auto found = attendees.find(person);
    return found == attendees.end() ? std::string() : found->second.unit;
}

SpeechView view_speech(const State& state, const Sitting& sitting, SpeechId id)
{
    const auto& speech = record_of(state.speeches, id);
    SpeechView view;
    view.id = id;
    view.person = speech.person;
    view.name = record_of(state.persons, speech.person).name;
    view.unit = unit_of(state, sitting, speech.person);
    view.speech_kind = speech.kind;
    view.state = speech.state;
    view.item = speech.item;
    view.answers = speech.answers;
    view.earlier = speeches_before(state, speech);
    view.granted_at_ms = speech.granted_at_ms;
    view.limit_ms = speech.limit_ms;
    view.used_ms = speech.used_ms;
    view.minutes = speech.minutes;
    view.is_signed = speech.is_signed;
    return view;
}

} // namespace

std::uint32_t speeches_before(const State& state, const Speech& speech)
{
    const auto& spoken = record_of(state.sittings, speech.sitting).spoken;
    return count(static_cast<std::size_t>(std::ranges::count_if(spoken, [&](SpeechId id) {
        const auto& earlier = record_of(state.speeches, id);
        return earlier.person == speech.person && earlier.item == speech.item &&
               earlier.kind == SpeechKind::speech;
    })));
}

FloorView view_floor(const State& state, SittingId id)
{
    const auto& sitting = record_of(state.sittings, id);
    FloorView view;
    view.sitting = id;
    view.warn_ms = speaking_times_of(state, sitting).warn_ms;
    if (sitting.speaking) view.speaking = view_speech(state, sitting, *sitting.speaking);
    for (const auto speech : sitting.queue)
        view.queue.push_back(view_speech(state, sitting, speech));
    for (const auto speech : ended_shown(state, sitting))
        view.ended.push_back(view_speech(state, sitting, speech));
    return view;
}

} // namespace plenum::chamber
