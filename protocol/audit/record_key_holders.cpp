#include "protocol/audit/record.hpp"
#include "protocol/text.hpp"

#include <algorithm>

// The keys of secret votes: who holds them, and that the election key is what their messages make
// (docs/ballot_protocol.md 7).

namespace plenum::audit {
namespace {

using ballot::CeremonyMessage;
using ballot::CeremonyStep;

/// The keys of the meeting, and the holder by number from 1; complains when there are none, or this is no
/// holder.
struct Seat {
    RecordedKeys* keys = nullptr;
    std::uint32_t number = 0;
};

std::optional<Seat> seat_of(Record& record, MeetingId id, PersonId holder)
{
    auto* meeting = record.named(record.meetings, id);
    if (meeting == nullptr) return std::nullopt;
    if (!meeting->keys) {
        record.complain(AuditCode::key_ceremony_wrong);
        return std::nullopt;
    }
    auto& keys = *meeting->keys;
    const auto found = std::ranges::find(keys.persons, holder);
    if (found == keys.persons.end()) {
        record.complain(AuditCode::key_ceremony_wrong, std::to_string(number(holder)));
        return std::nullopt;
    }
    return Seat{&keys, static_cast<std::uint32_t>(found - keys.persons.begin()) + 1};
}

bool all_joined(const RecordedKeys& keys)
{
    return std::ranges::none_of(keys.terms.holders,
                                [](const auto& one) { return one.key == ballot::VerifyKey{}; });
}

bool all_said(const RecordedKeys& keys, const std::map<std::uint32_t, CeremonyMessage>& messages)
{
    return messages.size() == keys.persons.size();
}

/// Takes one message of a step: signed by this holder for this attempt, the first of its kind, and after all
/// of the step before.
bool take(Record& record, const Seat& seat, CeremonyStep step, const Bytes& bytes, bool is_time,
          std::map<std::uint32_t, CeremonyMessage>& messages)
{
    const auto message = ballot::decode_message(bytes);
    const bool right = message && message->step == step && message->holder == seat.number &&
                       all_joined(*seat.keys) && ballot::check_message(seat.keys->terms, *message);
    if (!right || !is_time || seat.keys->is_made || messages.contains(seat.number)) {
        record.complain(AuditCode::key_ceremony_wrong,
                        std::string(codec::enum_name(Role::key_holder)) + " " + std::to_string(seat.number));
        return false;
    }
    messages.emplace(seat.number, *message);
    return true;
}

ballot::CeremonyTranscript transcript_of(const RecordedKeys& keys)
{
    ballot::CeremonyTranscript transcript;
    for (const auto& [holder, message] : keys.commits)
        transcript.commits.push_back(message);
    for (const auto& [holder, message] : keys.opens)
        transcript.opens.push_back(message);
    for (const auto& [holder, message] : keys.agrees)
        transcript.agrees.push_back(message);
    return transcript;
}

/// Whom a complaint of this holder proves to be at fault.
std::optional<PersonId> proven_by(const RecordedKeys& keys, std::uint32_t accuser, const Bytes& bytes)
{
    const auto message = ballot::decode_message(bytes);
    if (!message || message->step != CeremonyStep::complain || message->holder != accuser)
        return std::nullopt;
    const auto complaint = ballot::decode_complaint(message->fields);
    if (!complaint || !keys.opens.contains(complaint->accused)) return std::nullopt;
    const auto found = ballot::judge(
        keys.terms,
        {keys.commits.at(complaint->accused), keys.opens.at(complaint->accused), keys.commits.at(accuser)},
        *message);
    if (!found) return std::nullopt;
    return keys.persons.at(found->holder - 1);
}

void begin_again(Record& record, RecordedKeys& keys, std::uint32_t attempt)
{
    if (attempt != keys.terms.attempt + 1 || keys.is_made || !all_joined(keys))
        record.complain(AuditCode::key_ceremony_wrong, std::to_string(attempt));
    keys.terms.attempt = attempt;
    keys.commits.clear();
    keys.opens.clear();
    keys.agrees.clear();
}

} // namespace

void follow(Record& record, const KeyHoldersAppointed& event)
{
    auto* meeting = record.named(record.meetings, event.meeting);
    if (meeting == nullptr) return;
    check_line(record, event.decided_by, title_bytes_max);
    RecordedKeys keys;
    keys.terms.origin = record.origin;
    keys.terms.meeting = record_id(record.origin, MeetingCreated::kind, number(event.meeting));
    keys.terms.threshold = event.threshold;
    keys.terms.attempt = meeting->keys ? meeting->keys->terms.attempt + 1 : 1;
    std::set<std::string> names;
    for (const auto& holder : event.holders) {
        const auto person = holder.person;
        const auto& name = holder.name;
        const bool may = std::ranges::any_of(record.offices, [&](const RecordedOffice& office) {
            return office.person == person && office.role == Role::key_holder &&
                   (!office.body || office.body == meeting->body);
        });
        const bool fresh = std::ranges::find(keys.persons, person) == keys.persons.end();
        if (!may || !fresh || !names.insert(name).second)
            record.complain(AuditCode::key_ceremony_wrong, name);
        keys.persons.push_back(person);
        keys.terms.holders.push_back({name, {}});
    }
    const auto size = event.holders.size();
    if (size < 2 || size > 9 || event.threshold > size || 2 * std::uint64_t{event.threshold} <= size)
        record.complain(AuditCode::key_ceremony_wrong, std::to_string(event.threshold));
    const auto waits = [&](const auto& entry) {
        const auto& vote = entry.second;
        return record.sittings.at(vote.prepared.sitting).meeting == event.meeting && is_secret(vote) &&
               (is_under_way(vote) || vote.state == VoteState::closed);
    };
    if (std::ranges::any_of(record.votes, waits))
        record.complain(AuditCode::key_ceremony_wrong,
                        LocalText{"有无记名表决尚未开启结果", "a secret vote is not opened yet"});
    meeting->keys = std::move(keys);
}

void follow(Record& record, const CeremonyJoined& event)
{
    const auto seat = seat_of(record, event.meeting, event.holder);
    if (!seat) return;
    auto& holders = seat->keys->terms.holders;
    ballot::VerifyKey key{};
    const bool fits = event.key.size() == key.size();
    if (fits) std::ranges::copy(event.key, key.begin());
    const bool taken = std::ranges::any_of(holders, [&](const auto& one) { return one.key == key; });
    if (!fits || taken || all_joined(*seat->keys)) return record.complain(AuditCode::key_ceremony_wrong);
    holders[seat->number - 1].key = key;
}

void follow(Record& record, const CeremonyCommitted& event)
{
    const auto seat = seat_of(record, event.meeting, event.holder);
    if (!seat) return;
    take(record, *seat, CeremonyStep::commit, event.message, true, seat->keys->commits);
}

void follow(Record& record, const CeremonyOpened& event)
{
    const auto seat = seat_of(record, event.meeting, event.holder);
    if (!seat) return;
    auto& keys = *seat->keys;
    const bool is_time = all_said(keys, keys.commits);
    if (!take(record, *seat, CeremonyStep::open, event.message, is_time, keys.opens)) return;
    if (ballot::find_open_fault(keys.terms, keys.commits.at(seat->number), keys.opens.at(seat->number)))
        record.complain(AuditCode::key_ceremony_wrong, keys.terms.holders[seat->number - 1].name);
}

void follow(Record& record, const CeremonyAgreed& event)
{
    const auto seat = seat_of(record, event.meeting, event.holder);
    if (!seat) return;
    auto& keys = *seat->keys;
    take(record, *seat, CeremonyStep::agree, event.message, all_said(keys, keys.opens), keys.agrees);
}

void follow(Record& record, const CeremonyFailed& event)
{
    const auto seat = seat_of(record, event.meeting, event.holder);
    if (!seat) return;
    auto& keys = *seat->keys;
    const auto at_fault = all_said(keys, keys.opens) && !keys.is_made
                              ? proven_by(keys, seat->number, event.message)
                              : std::nullopt;
    if (at_fault != event.at_fault)
        record.complain(AuditCode::key_ceremony_wrong, std::to_string(number(event.at_fault)));
    begin_again(record, keys, event.attempt);
}

void follow(Record& record, const CeremonyRestarted& event)
{
    auto* meeting = record.named(record.meetings, event.meeting);
    if (meeting == nullptr) return;
    check_line(record, event.reason, reason_bytes_max);
    if (!meeting->keys) return record.complain(AuditCode::key_ceremony_wrong);
    begin_again(record, *meeting->keys, event.attempt);
}

void follow(Record& record, const ElectionKeyMade& event)
{
    auto* meeting = record.named(record.meetings, event.meeting);
    if (meeting == nullptr) return;
    if (!meeting->keys || meeting->keys->is_made) return record.complain(AuditCode::key_ceremony_wrong);
    auto& keys = *meeting->keys;
    const auto made = ballot::check_transcript(keys.terms, transcript_of(keys));
    const bool right = made && std::ranges::equal(event.election_key, made->election_key.bytes) &&
                       event.key_holders == made->key_holders;
    if (!right) record.complain(AuditCode::election_key_wrong);
    keys.is_made = true;
    if (made) keys.made = *made;
    if (made) meeting->made.insert_or_assign(made->key_holders, keys);
}

} // namespace plenum::audit
