#include "protocol/audit/record.hpp"

#include "protocol/speaking_times.hpp"
#include "protocol/text.hpp"

#include <algorithm>

// The floor: asked for by those who may speak, given to one at a time, minuted and signed.

namespace plenum::audit {
namespace {

using enum SittingState;

void out_of_order(Record& record, const std::string& detail)
{
    record.complain(AuditCode::floor_out_of_order, detail);
}

/// The speech, when it exists and stands there; otherwise a complaint.
RecordedSpeech* in_state(Record& record, SpeechId id, SpeechState wanted)
{
    auto* speech = record.named(record.speeches, id);
    if (speech == nullptr || speech->state == wanted) return speech;
    out_of_order(record, std::string(codec::enum_name(speech->state)));
    return nullptr;
}

/// PE-05: members and non-voting attendees speak; `there` demands that they are in the room.
void check_speaker(Record& record, const RecordedSitting& sitting, PersonId person, bool there)
{
    const auto& attendees = record.meetings.at(sitting.meeting).attendees;
    const auto attendee = attendees.find(person);
    const bool member = record.bodies.at(sitting.body).members.contains(person);
    if (member) check_not_suspended(record, sitting.body, person);
    const bool admitted =
        member || (attendee != attendees.end() && attendee->second == AttendeeKind::nonvoting_attendee);
    const bool came = sitting.present.contains(person) || sitting.guests.contains(person);
    if (!admitted || (there && !came)) {
        record.complain(AuditCode::speaker_not_admitted, std::to_string(number(person)));
    }
}

/// An answer names a question of this sitting, and nothing else does.
void check_question(Record& record, const SpeechRequested& event)
{
    if ((event.speech_kind == SpeechKind::answer) != event.answers.has_value()) {
        out_of_order(record, std::string(codec::enum_name(event.speech_kind)));
    }
    if (!event.answers) return;
    const auto* question = record.named(record.speeches, *event.answers);
    if (question == nullptr) return;
    const auto& asked = question->requested;
    const bool fits = asked.sitting == event.sitting && asked.speech_kind == SpeechKind::question &&
                      question->state != SpeechState::withdrawn;
    if (!fits) out_of_order(record, std::to_string(number(*event.answers)));
}

void check_topic(Record& record, const RecordedSitting& sitting, const SpeechRequested& event)
{
    if (!event.item) return;
    const auto* item = record.named(record.items, *event.item);
    if (item != nullptr && item->meeting != sitting.meeting) {
        out_of_order(record, std::to_string(number(*event.item)));
    }
}

/// Nobody waits twice for the same, nor asks by oneself for more speeches on an item than the meeting allows.
void check_turns(Record& record, const RecordedSitting& sitting, const SpeechRequested& event, bool oneself)
{
    const auto same = [&](SpeechId id) {
        const auto& other = record.speeches.at(id).requested;
        return other.person == event.person && other.speech_kind == event.speech_kind;
    };
    if (std::ranges::any_of(sitting.queue, same)) out_of_order(record, std::to_string(number(event.person)));
    const auto most = sitting.speeches_max.value_or(record.meetings.at(sitting.meeting).speeches_max);
    if (!oneself || most == 0 || event.speech_kind != SpeechKind::speech) return;
    const auto before = std::ranges::count_if(sitting.spoken, [&](SpeechId id) {
        return same(id) && record.speeches.at(id).requested.item == event.item;
    });
    if (static_cast<std::uint64_t>(before) >= most) out_of_order(record, std::to_string(before));
}

/// PE-20. A vote counts that is under way, or was decided with enough taking part and not voided since.
bool was_put(const Record& record, const RecordedSitting& sitting, const std::optional<ItemId>& item)
{
    if (sitting.open_vote) return true;
    if (!item) return false;
    const auto found = record.items.find(*item);
    if (found != record.items.end() && found->second.state == ItemState::decided) return true;
    return std::ranges::any_of(record.votes, [&](const auto& entry) {
        const auto& vote = entry.second;
        if (vote.prepared.item != item) return false;
        if (is_under_way(vote)) return true;
        const bool decided = vote.state == VoteState::decided || vote.state == VoteState::announced;
        return decided && !vote.prepared.part && vote.figures && vote.figures->outcome &&
               !is_invalid(vote.figures->outcome->verdict);
    });
}

} // namespace

void check_floor_free(Record& record, const RecordedSitting& sitting)
{
    if (sitting.speaking) out_of_order(record, std::to_string(number(*sitting.speaking)));
}

void follow(Record& record, const SpeechRequested& event)
{
    const auto role = record.now->actor.role;
    const bool oneself = role == Role::delegate || role == Role::observer;
    auto* sitting = in_state(record, event.sitting, {draft, signing_in, in_session, recess},
                             AuditCode::floor_out_of_order);
    if (sitting == nullptr) return;
    if (oneself && sitting->state == draft) out_of_order(record, "draft");
    check_speaker(record, *sitting, event.person, oneself);
    check_question(record, event);
    check_topic(record, *sitting, event);
    check_turns(record, *sitting, event, oneself);
    const SpeechId id{record.now->seq};
    record.speeches[id].requested = event;
    sitting->queue.insert(id);
}

void follow(Record& record, const SpeechWithdrawn& event)
{
    auto* speech = in_state(record, event.speech, SpeechState::waiting);
    if (speech == nullptr) return;
    auto& sitting = record.sittings.at(speech->requested.sitting);
    if (sitting.state == closed) out_of_order(record, "closed");
    sitting.queue.erase(event.speech);
    speech->state = SpeechState::withdrawn;
}

void follow(Record& record, const FloorOrdered& event)
{
    const auto* sitting = in_state(record, event.sitting, {draft, signing_in, in_session, recess},
                                   AuditCode::floor_out_of_order);
    if (sitting == nullptr) return;
    const std::set<SpeechId> ordered(event.order.begin(), event.order.end());
    if (ordered != sitting->queue || ordered.size() != event.order.size()) {
        record.complain(AuditCode::floor_out_of_order,
                        said_and_found(event.order.size(), sitting->queue.size()));
    }
}

void follow(Record& record, const FloorGranted& event)
{
    auto* speech = in_state(record, event.speech, SpeechState::waiting);
    if (speech == nullptr) return;
    const auto& requested = speech->requested;
    auto* sitting = in_state(record, requested.sitting, {in_session}, AuditCode::floor_out_of_order);
    if (sitting == nullptr) return;
    check_floor_free(record, *sitting);
    check_speaker(record, *sitting, requested.person, true);
    check_line_or_empty(record, event.override_reason, reason_bytes_max);
    if (requested.speech_kind != SpeechKind::point_of_order && event.override_reason.empty() &&
        was_put(record, *sitting, requested.item)) {
        record.complain(AuditCode::speech_after_vote);
    }
    sitting->queue.erase(event.speech);
    sitting->speaking = event.speech;
    speech->state = SpeechState::speaking;
    speech->granted_at_ms = record.now->at_ms;
    speech->limit_ms = event.limit_ms;
}

void follow(Record& record, const FloorExtended& event)
{
    auto* speech = in_state(record, event.speech, SpeechState::speaking);
    if (speech == nullptr) return;
    if (speech->limit_ms == 0 || event.by_ms == 0 || event.by_ms > speech_extension_ms_max) {
        out_of_order(record, std::to_string(event.by_ms));
    }
    speech->limit_ms += event.by_ms;
}

void follow(Record& record, const SpeechEnded& event)
{
    auto* speech = in_state(record, event.speech, SpeechState::speaking);
    if (speech == nullptr) return;
    const auto now_ms = record.now->at_ms.value_or(0);
    const auto began_ms = std::min(speech->granted_at_ms.value_or(0), now_ms);
    check_number(record, AuditCode::speech_time_wrong, event.used_ms, now_ms - began_ms);
    auto& sitting = record.sittings.at(speech->requested.sitting);
    if (sitting.speaking == event.speech) sitting.speaking.reset();
    sitting.spoken.push_back(event.speech);
    speech->state = SpeechState::ended;
}

void follow(Record& record, const SpeechMinuted& event)
{
    auto* speech = in_state(record, event.speech, SpeechState::ended);
    if (speech == nullptr) return;
    const auto* content = record.blob(event.minutes);
    if (content != nullptr && !is_document(*content)) {
        record.complain(AuditCode::blob_malformed, blob_path(event.minutes));
    }
    speech->minutes = event.minutes;
    speech->is_signed = false;
}

void follow(Record& record, const SpeechSigned& event)
{
    auto* speech = in_state(record, event.speech, SpeechState::ended);
    if (speech == nullptr) return;
    if (speech->minutes != event.minutes) {
        record.complain(AuditCode::minutes_changed, to_text(event.minutes));
    } else if (speech->is_signed) {
        out_of_order(record, "signed");
    }
    speech->is_signed = true;
}

} // namespace plenum::audit
