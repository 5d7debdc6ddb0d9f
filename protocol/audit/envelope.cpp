#include "protocol/audit/envelope.hpp"

#include "protocol/audit/record.hpp"

namespace plenum::audit {
namespace {

/// The commands that cause more than one entry: closing decides in the same breath, and adopts the agenda
/// that was put to the vote; delegations follow their congress, and whoever leaves a roster or is suspended
/// is signed out with it; delegations are formed, agendas imported and taken back whole, series prepared
/// whole; who decided a change follows it; a ballot box is made for the vote that is opened with it, and the
/// first share of it is given with what had been confirmed.
bool continues_command(std::string_view before, const Event& event)
{
    if (std::holds_alternative<VoteDecided>(event)) return before == VoteClosed::kind;
    if (const auto* adopted = std::get_if<AgendaAdopted>(&event))
        return adopted->by.has_value() && before == VoteDecided::kind;
    if (std::holds_alternative<SignedOut>(event))
        return before == RosterAdopted::kind || before == MemberSuspended::kind || before == SignedOut::kind;
    if (std::holds_alternative<RosterAdopted>(event))
        return before == RosterAdopted::kind || before == BodyCreated::kind;
    if (std::holds_alternative<BodyCreated>(event)) return before == RosterAdopted::kind;
    if (std::holds_alternative<ItemAdded>(event) || std::holds_alternative<AgendaImported>(event))
        return before == ItemAdded::kind;
    if (const auto* prepared = std::get_if<VotePrepared>(&event))
        return prepared->series && prepared->series->position > 1 && before == VotePrepared::kind;
    if (std::holds_alternative<ElectionKeyMade>(event)) return before == CeremonyAgreed::kind;
    if (std::holds_alternative<VoteOpened>(event)) return before == BallotBoxCreated::kind;
    if (std::holds_alternative<BoxConfirmed>(event)) return before == ShareGiven::kind;
    if (std::holds_alternative<ItemRemoved>(event)) return before == ItemRemoved::kind;
    if (std::holds_alternative<ItemChangeDecided>(event))
        return before == ItemEdited::kind || before == ItemMoved::kind;
    return false;
}

} // namespace

void EnvelopeCheck::take(const Entry& entry)
{
    check_place(entry);
    check_start(entry);
    check_time(entry);
    check_request(entry);
    before_ = Before{entry.epoch, entry.actor, entry.id, kind_of(entry.event)};
}

void EnvelopeCheck::check_place(const Entry& entry)
{
    if (entry.seq != next_seq_) {
        findings_.add(finding(AuditCode::entry_misplaced, entry.seq, said_and_found(entry.seq, next_seq_)));
    }
    next_seq_ = entry.seq + 1; // one gap is told once
    if (before_ && entry.epoch < before_->epoch) {
        findings_.add(
            finding(AuditCode::epoch_backwards, entry.seq, said_and_found(entry.epoch, before_->epoch)));
    }
}

void EnvelopeCheck::check_start(const Entry& entry)
{
    const auto* created = std::get_if<LogCreated>(&entry.event);
    const bool is_first = !before_;
    if (is_first != (created != nullptr)) {
        findings_.add(finding(AuditCode::log_start_wrong, entry.seq, std::string(kind_of(entry.event))));
    } else if (created != nullptr && (created->origin != origin_ || created->format != 1)) {
        findings_.add(finding(AuditCode::log_start_wrong, entry.seq, created->origin));
    }
}

void EnvelopeCheck::check_time(const Entry& entry)
{
    // A time would say when a sealed ballot was cast.
    if (entry.at_ms.has_value() == std::holds_alternative<BoxFrame>(entry.event)) {
        findings_.add(finding(AuditCode::time_missing, entry.seq));
    }
    if (!entry.at_ms) return;
    if (*entry.at_ms < at_ms_) {
        findings_.add(finding(AuditCode::time_backwards, entry.seq,
                              std::to_string(*entry.at_ms) + " < " + std::to_string(at_ms_)));
    }
    at_ms_ = *entry.at_ms;
}

void EnvelopeCheck::check_request(const Entry& entry)
{
    if (entry.id.empty()) return;
    const bool same = before_ && before_->actor == entry.actor && before_->id == entry.id;
    if (same && continues_command(before_->kind, entry.event)) return;
    if (!requests_.emplace(to_text(entry.actor), entry.id).second) {
        findings_.add(finding(AuditCode::request_repeated, entry.seq, to_text(entry.actor) + " " + entry.id));
    }
}

} // namespace plenum::audit
