#include "protocol/speaking_times.hpp"
#include "server/chamber/chapters.hpp"

#include <algorithm>

// The floor: who asks to speak, in which order, and who speaks for how long. Minutes of what was said are in
// minutes.cpp.

namespace plenum::chamber {
namespace {

constexpr std::uint32_t order_limit_ms = 180'000; ///< of a point of order
constexpr std::uint32_t speech_limit_ms_max = 86'400'000;

/// Who may speak: members, and those who attend without a vote (PE-05).
std::optional<Refusal> check_speaker(const State& state, const Sitting& sitting, PersonId person)
{
    if (find_member(record_of(state.bodies, sitting.body), person) != nullptr)
        return check_not_suspended(state, sitting.body, person);
    const auto& attendees = record_of(state.meetings, sitting.meeting).attendees;
    const auto found = attendees.find(person);
    if (found != attendees.end() && found->second.kind == AttendeeKind::nonvoting_attendee) {
        return std::nullopt;
    }
    return refuse(RefusalCode::not_admitted);
}

bool is_there(const Sitting& sitting, PersonId person)
{
    return sitting.present.contains(person) || sitting.guests.contains(person);
}

/// The question an answer names; only answers name one.
std::optional<Refusal> check_question(const State& state, const SpeechRequested& request)
{
    if ((request.speech_kind == SpeechKind::answer) != request.answers.has_value()) {
        return no(RefusalCode::wrong_state, "答复须指明所答的询问，其他发言不指明",
                  "an answer names its question, other speeches name none");
    }
    if (!request.answers) return std::nullopt;
    const auto found = state.speeches.find(*request.answers);
    const bool fits = found != state.speeches.end() && found->second.sitting == request.sitting &&
                      found->second.kind == SpeechKind::question &&
                      found->second.state != SpeechState::withdrawn;
    if (!fits) return no(RefusalCode::no_such_record, "所答的询问", "the question answered");
    return std::nullopt;
}

/// What is spoken on unless an item is named: what the question was about, or the active item.
std::optional<Refusal> settle_topic(const State& state, const Sitting& sitting, SpeechRequested& request)
{
    if (!request.item && request.answers) request.item = record_of(state.speeches, *request.answers).item;
    if (!request.item) request.item = sitting.active_item;
    if (!request.item) return std::nullopt;
    const auto found = state.items.find(*request.item);
    if (found != state.items.end() && found->second.meeting == sitting.meeting) return std::nullopt;
    return no(RefusalCode::no_such_record, "议题", "item");
}

std::optional<Refusal> check_queue(const State& state, const Sitting& sitting, const SpeechRequested& request)
{
    const bool waits = std::ranges::any_of(sitting.queue, [&](SpeechId id) {
        const auto& other = record_of(state.speeches, id);
        return other.person == request.person && other.kind == request.speech_kind;
    });
    if (waits) return no(RefusalCode::nothing_to_do, "已在等候发言", "waiting already");
    if (sitting.queue.size() >= floor_queue_max) return refuse(RefusalCode::too_many);
    return std::nullopt;
}

Speech speech_of(const SpeechRequested& request)
{
    Speech speech;
    speech.sitting = request.sitting;
    speech.person = request.person;
    speech.kind = request.speech_kind;
    speech.item = request.item;
    speech.answers = request.answers;
    return speech;
}

std::optional<Refusal> check_request(const State& state, const Sitting& sitting, SpeechRequested& request)
{
    if (auto refusal = check_speaker(state, sitting, request.person)) return refusal;
    if (auto refusal = check_question(state, request)) return refusal;
    if (auto refusal = settle_topic(state, sitting, request)) return refusal;
    return check_queue(state, sitting, request);
}

bool spoke_enough(const State& state, const Sitting& sitting, const SpeechRequested& request)
{
    const auto most = speaking_times_of(state, sitting).speeches_max;
    return request.speech_kind == SpeechKind::speech && most > 0 &&
           speeches_before(state, speech_of(request)) >= most;
}

/// PE-20: once the question is put, nobody speaks on it any more.
bool was_put(const State& state, const Sitting& sitting, const Speech& speech)
{
    if (sitting.open_vote) return true;
    if (!speech.item) return false;
    const auto item = record_of(state.items, *speech.item).state;
    return item == ItemState::put_to_vote || item == ItemState::decided;
}

std::optional<Refusal> check_override(const State& state, const Sitting& sitting, const Speech& speech,
                                      const std::string& reason)
{
    const bool needed = speech.kind != SpeechKind::point_of_order && was_put(state, sitting, speech);
    if (!needed && !reason.empty()) {
        return no(RefusalCode::wrong_state, "无需另行许可，不填理由", "no reason is needed here");
    }
    if (needed && reason.empty()) return refuse(RefusalCode::vote_was_put);
    if (needed && !is_line(reason, reason_bytes_max)) return refuse(RefusalCode::invalid_text);
    return std::nullopt;
}

/// How long one may speak by the rules of the sitting; 0: as long as one likes.
std::uint32_t limit_of(const State& state, const Sitting& sitting, const Speech& speech)
{
    const auto& times = speaking_times_of(state, sitting);
    switch (speech.kind) {
    case SpeechKind::point_of_order:
        return times.first_ms == 0 ? order_limit_ms : std::min(order_limit_ms, times.first_ms);
    case SpeechKind::speech: return speeches_before(state, speech) == 0 ? times.first_ms : times.second_ms;
    case SpeechKind::question:
    case SpeechKind::answer: return times.first_ms;
    }
    return times.first_ms;
}

std::optional<Refusal> check_waiting(const State& state, const Speech& speech)
{
    const auto& sitting = record_of(state.sittings, speech.sitting);
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    if (speech.state != SpeechState::waiting) return wrong_state(speech.state);
    return std::nullopt;
}

SpeechEnded ending(SpeechId id, const Speech& speech, SpeechEnd by, const Context& context)
{
    return {id, by, context.now_ms - *speech.granted_at_ms};
}

} // namespace

std::optional<Refusal> check_floor_free(const Sitting& sitting)
{
    if (sitting.speaking) return refuse(RefusalCode::floor_taken);
    return std::nullopt;
}

Decided decide_command(const State& state, const RequestFloor& command, const Context& context)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state == SittingState::draft || sitting.state == SittingState::closed) {
        return wrong_state(sitting.state);
    }
    SpeechRequested request{command.sitting, *context.actor.person, command.speech_kind, command.item,
                            command.answers};
    if (auto refusal = check_speaker(state, sitting, request.person)) return *refusal;
    if (!is_there(sitting, request.person)) return refuse(RefusalCode::not_signed_in);
    if (auto refusal = check_request(state, sitting, request)) return *refusal;
    if (spoke_enough(state, sitting, request)) return refuse(RefusalCode::speech_limit);
    return Decision{{request}, {}};
}

// The desk registers speakers before they come, and the chair lets somebody speak once more.
Decided decide_command(const State& state, const RequestFloorFor& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    SpeechRequested request{command.sitting, command.person, command.speech_kind, command.item,
                            command.answers};
    if (auto refusal = check_request(state, sitting, request)) return *refusal;
    return Decision{{request}, {}};
}

Decided decide_command(const State& state, const CancelFloorRequest& command, const Context& context)
{
    const auto& speech = record_of(state.speeches, command.speech);
    if (speech.person != context.actor.person) return refuse(RefusalCode::not_yours);
    if (auto refusal = check_waiting(state, speech)) return *refusal;
    return Decision{{SpeechWithdrawn{command.speech}}, {}};
}

Decided decide_command(const State& state, const WithdrawSpeech& command, const Context&)
{
    if (auto refusal = check_waiting(state, record_of(state.speeches, command.speech))) return *refusal;
    return Decision{{SpeechWithdrawn{command.speech}}, {}};
}

Decided decide_command(const State& state, const YieldFloor& command, const Context& context)
{
    const auto& speech = record_of(state.speeches, command.speech);
    if (speech.person != context.actor.person) return refuse(RefusalCode::not_yours);
    if (speech.state != SpeechState::speaking) return wrong_state(speech.state);
    return Decision{{ending(command.speech, speech, SpeechEnd::speaker, context)}, {}};
}

Decided decide_command(const State& state, const StopSpeech& command, const Context& context)
{
    const auto& speech = record_of(state.speeches, command.speech);
    if (speech.state != SpeechState::speaking) return wrong_state(speech.state);
    return Decision{{ending(command.speech, speech, SpeechEnd::chair, context)}, {}};
}

Decided decide_command(const State& state, const OrderFloor& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    if (command.order == sitting.queue) return refuse(RefusalCode::nothing_to_do);
    if (!std::ranges::is_permutation(command.order, sitting.queue)) {
        return no(RefusalCode::wrong_state, "须包括全部等候发言的人员，每人一次",
                  "name everybody who waits exactly once");
    }
    return Decision{{FloorOrdered{command.sitting, command.order}}, {}};
}

Decided decide_command(const State& state, const GrantFloor& command, const Context&)
{
    const auto& speech = record_of(state.speeches, command.speech);
    const auto& sitting = record_of(state.sittings, speech.sitting);
    if (sitting.state != SittingState::in_session) return wrong_state(sitting.state);
    if (speech.state != SpeechState::waiting) return wrong_state(speech.state);
    if (auto refusal = check_floor_free(sitting)) return *refusal;
    if (auto refusal = check_speaker(state, sitting, speech.person)) return *refusal;
    if (!is_there(sitting, speech.person)) {
        const auto& name = record_of(state.persons, speech.person).name;
        return no(RefusalCode::not_signed_in, name + "不在会场", name + " is not there");
    }
    if (auto refusal = check_override(state, sitting, speech, command.override_reason)) return *refusal;
    const auto limit = command.limit_ms.value_or(limit_of(state, sitting, speech));
    if (limit > speech_limit_ms_max) return no(RefusalCode::too_many, "发言时间", "time to speak");
    return Decision{{FloorGranted{command.speech, limit, command.override_reason}}, {}};
}

Decided decide_command(const State& state, const ExtendFloor& command, const Context&)
{
    const auto& speech = record_of(state.speeches, command.speech);
    if (speech.state != SpeechState::speaking) return wrong_state(speech.state);
    // Without a limit there is nothing to extend.
    if (speech.limit_ms == 0 || command.by_ms == 0) return refuse(RefusalCode::nothing_to_do);
    if (command.by_ms > speech_extension_ms_max || speech.limit_ms + command.by_ms > speech_limit_ms_max) {
        return no(RefusalCode::too_many, "延长的时间", "the extension");
    }
    return Decision{{FloorExtended{command.speech, command.by_ms}}, {}};
}

// A point of order goes before everybody but other points of order; the chair may order the queue otherwise.
void apply_event(State& state, const SpeechRequested& event, const Stamp& stamp)
{
    auto& queue = record_of(state.sittings, event.sitting).queue;
    auto place = queue.end();
    if (event.speech_kind == SpeechKind::point_of_order) {
        place = std::ranges::find_if(queue, [&](SpeechId id) {
            return record_of(state.speeches, id).kind != SpeechKind::point_of_order;
        });
    }
    queue.insert(place, SpeechId{stamp.seq});
    create_record(state.speeches, stamp, speech_of(event));
}

void apply_event(State& state, const SpeechWithdrawn& event, const Stamp&)
{
    auto& speech = record_of(state.speeches, event.speech);
    PLENUM_ASSERT(speech.state == SpeechState::waiting);
    speech.state = SpeechState::withdrawn;
    std::erase(record_of(state.sittings, speech.sitting).queue, event.speech);
}

void apply_event(State& state, const FloorOrdered& event, const Stamp&)
{
    auto& queue = record_of(state.sittings, event.sitting).queue;
    PLENUM_ASSERT(std::ranges::is_permutation(queue, event.order));
    queue = event.order;
}

void apply_event(State& state, const FloorGranted& event, const Stamp& stamp)
{
    auto& speech = record_of(state.speeches, event.speech);
    auto& sitting = record_of(state.sittings, speech.sitting);
    PLENUM_ASSERT(speech.state == SpeechState::waiting && !sitting.speaking);
    std::erase(sitting.queue, event.speech);
    sitting.speaking = event.speech;
    speech.state = SpeechState::speaking;
    speech.granted_at_ms = stamp.at_ms;
    speech.limit_ms = event.limit_ms;
}

void apply_event(State& state, const FloorExtended& event, const Stamp&)
{
    auto& speech = record_of(state.speeches, event.speech);
    PLENUM_ASSERT(speech.state == SpeechState::speaking);
    speech.limit_ms += event.by_ms;
}

void apply_event(State& state, const SpeechEnded& event, const Stamp&)
{
    auto& speech = record_of(state.speeches, event.speech);
    auto& sitting = record_of(state.sittings, speech.sitting);
    PLENUM_ASSERT(sitting.speaking == event.speech);
    sitting.speaking.reset();
    sitting.spoken.push_back(event.speech);
    speech.state = SpeechState::ended;
    speech.used_ms = event.used_ms;
}

} // namespace plenum::chamber
