#include "tests/sim/recount.hpp"
#include "tests/sim/world.hpp"

#include <algorithm>

// The floor: one speaks, nobody waits twice, nobody speaks on what was put to the vote.

namespace plenum::sim {

void Recount::operator()(const SpeechRequested& event)
{
    auto& room = rooms_.at(event.sitting);
    for (const auto id : room.queue) {
        const auto& other = speeches_.at(id);
        claim(other.person != event.person || other.kind != event.speech_kind, "somebody waits twice");
    }
    const bool member = rosters_[room.body].contains(event.person);
    claim(!member || !is_suspended(room.body, event.person), "somebody suspended asks for the floor");
    claim(member || attendees_[room.meeting].contains(event.person), "a stranger asks for the floor");
    Speech fresh;
    fresh.sitting = event.sitting;
    fresh.person = event.person;
    fresh.kind = event.speech_kind;
    fresh.item = event.item;
    speeches_[SpeechId{seq_}] = fresh;
    auto place = room.queue.end();
    if (event.speech_kind == SpeechKind::point_of_order) {
        place = std::ranges::find_if(
            room.queue, [&](SpeechId id) { return speeches_.at(id).kind != SpeechKind::point_of_order; });
    }
    room.queue.insert(place, SpeechId{seq_});
}

void Recount::leave_queue(SpeechId speech)
{
    auto& queue = rooms_.at(speeches_.at(speech).sitting).queue;
    claim(std::erase(queue, speech) == 1, "a speech leaves a queue it is not in");
}

void Recount::operator()(const SpeechWithdrawn& event)
{
    leave_queue(event.speech);
}

void Recount::operator()(const FloorOrdered& event)
{
    auto& queue = rooms_.at(event.sitting).queue;
    auto before = queue;
    auto after = event.order;
    std::ranges::sort(before);
    std::ranges::sort(after);
    claim(before == after, "ordering changed who waits");
    queue = event.order;
}

void Recount::operator()(const FloorGranted& event)
{
    auto& speech = speeches_.at(event.speech);
    leave_queue(event.speech);
    auto& room = rooms_.at(speech.sitting);
    claim(room.in_session && !room.speaking, "two speak at once, or out of session");
    claim(room.present.contains(speech.person) || room.guests.contains(speech.person),
          "somebody speaks who is not there");
    const bool excused = speech.kind == SpeechKind::point_of_order || !event.override_reason.empty();
    const bool put = open_.contains(speech.sitting) ||
                     (speech.item && items_.at(*speech.item).standing == Standing::decided);
    claim(!put || excused, "a speech on what was put to the vote");
    room.speaking = event.speech;
    speech.granted_at_ms = at_ms_;
    ++speeches;
}

void Recount::operator()(const FloorExtended& event)
{
    claim(rooms_.at(speeches_.at(event.speech).sitting).speaking == event.speech,
          "more time for somebody who does not speak");
}

void Recount::operator()(const SpeechEnded& event)
{
    auto& speech = speeches_.at(event.speech);
    auto& room = rooms_.at(speech.sitting);
    claim(room.speaking == event.speech, "a speech ends that was not held");
    claim(event.used_ms == at_ms_ - speech.granted_at_ms, "the time of a speech is miscounted");
    room.speaking.reset();
    speech.ended = true;
}

void Recount::operator()(const SpeechMinuted& event)
{
    auto& speech = speeches_.at(event.speech);
    claim(speech.ended, "minutes of a speech that has not ended");
    speech.minutes = event.minutes;
    speech.is_signed = false;
}

void Recount::operator()(const SpeechSigned& event)
{
    auto& speech = speeches_.at(event.speech);
    claim(actor_.person == speech.person, "minutes signed by somebody else");
    claim(speech.minutes == event.minutes && !speech.is_signed, "minutes signed that are not the newest");
    speech.is_signed = true;
}

} // namespace plenum::sim
