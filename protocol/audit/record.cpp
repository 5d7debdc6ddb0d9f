#include "protocol/audit/record_chapters.hpp"

#include "protocol/text.hpp"

#include <algorithm>
#include <utility>

namespace plenum::audit {
namespace {

/// The vote an event is about, when there is one.
template <class E>
std::optional<VoteId> vote_of(const E& event)
{
    if constexpr (requires { event.vote; }) {
        return event.vote;
    } else {
        return std::nullopt;
    }
}

/// Each blob is looked for once, at the first entry that names it.
void check_blobs(Record& record, const Event& event)
{
    const auto digests = blobs_in(record.kind, event);
    record.left_out = record.left_out || digests.size() < blobs_in(BundleKind::auditor, event).size();
    for (const auto& digest : digests) {
        if (!record.blobs.insert(digest).second) continue;
        const auto path = blob_path(digest);
        const auto* content = record.bundle.find(path);
        if (content == nullptr) {
            record.complain(AuditCode::file_missing, path);
        } else if (sha256(*content) != digest) {
            record.complain(AuditCode::blob_changed, path);
        } else {
            record.contents.emplace(digest, content);
        }
    }
}

/// A vote that was closed is decided by the very next entry.
void check_closing(Record& record, const Event& event)
{
    if (!record.closing) return;
    const auto* decided = std::get_if<VoteDecided>(&event);
    if (decided != nullptr && decided->vote == record.closing->vote) return;
    record.findings.add(finding(AuditCode::decision_missing, record.closing->seq));
    record.votes.at(record.closing->vote).sound = false;
    record.closing.reset();
}

/// A vote that passed the agenda is followed by its adoption, from the same hand in the same breath; and no
/// adoption names a vote that did not just pass it.
void check_adoption(Record& record, const Entry& entry)
{
    const auto* adopted = std::get_if<AgendaAdopted>(&entry.event);
    const auto passed = std::exchange(record.adopting, std::nullopt);
    if (!passed) {
        if (adopted != nullptr && adopted->by)
            record.complain(AuditCode::agenda_out_of_order, std::to_string(number(*adopted->by)));
        return;
    }
    auto& vote = record.votes.at(passed->vote);
    if (adopted == nullptr || adopted->by != passed->vote) {
        record.findings.add(finding(AuditCode::agenda_not_adopted, passed->seq));
        vote.sound = false;
        return;
    }
    if (entry.actor != passed->actor || entry.id != passed->id)
        record.complain(AuditCode::actor_not_allowed, to_text(entry.actor));
    if (adopted->sitting != vote.prepared.sitting) record.complain(AuditCode::agenda_out_of_order);
}

/// A series is written down whole: after each of its votes but the last comes the next, from the same hand in
/// the same breath.
void check_series_goes_on(Record& record, const Entry& entry)
{
    const auto before = std::exchange(record.series, std::nullopt);
    if (!before) return;
    const auto& was = *record.votes.at(before->vote).prepared.series;
    const auto* next = std::get_if<VotePrepared>(&entry.event);
    const bool goes_on = next != nullptr && next->attempt == 1 && next->series &&
                         next->series->first == was.first && next->series->position == was.position + 1 &&
                         entry.actor == before->actor && entry.id == before->id;
    if (goes_on) return;
    record.findings.add(finding(AuditCode::series_wrong, before->seq));
    record.votes.at(before->vote).sound = false;
}

/// PE-02: a vote of the plenary on no item, which neither the agenda nor scrutineers approved by an attempt
/// at it explain.
void note_off_the_agenda(Record& record)
{
    std::set<VoteId> explained;
    for (const auto& [id, vote] : record.votes) {
        if (vote.approved_scrutineers) explained.insert(vote.prepared.first_attempt.value_or(id));
    }
    for (const auto& [id, vote] : record.votes) {
        const auto& prepared = vote.prepared;
        if (!vote.opened_seq || prepared.item || prepared.adopts_agenda) continue;
        if (explained.contains(prepared.first_attempt.value_or(id))) continue;
        if (is_plenary(record, record.sittings.at(prepared.sitting)))
            record.findings.add(finding(AuditCode::off_the_agenda, vote.opened_seq, prepared.title));
    }
}

} // namespace

void Record::take(const Entry& entry)
{
    now = &entry;
    check_closing(*this, entry.event);
    concerned = nullptr;
    check_adoption(*this, entry);
    check_series_goes_on(*this, entry);
    check_secret_goes_on(*this, entry);
    check_signed_out(*this, entry);
    if (const auto vote = std::visit([](const auto& event) { return vote_of(event); }, entry.event)) {
        const auto found = votes.find(*vote);
        if (found != votes.end()) concerned = &found->second;
    }
    check_actor(*this, entry);
    check_blobs(*this, entry.event);
    check_archive(*this, entry.event);
    std::visit([this](const auto& event) { follow(*this, event); }, entry.event);
    now = nullptr;
    concerned = nullptr;
}

void Record::finish()
{
    check_closing(*this, LogCreated{});
    check_adoption(*this, Entry{});
    check_series_goes_on(*this, Entry{});
    check_secret_goes_on(*this, Entry{});
    check_secret_ends(*this);
    check_signed_out(*this, Entry{});
    note_off_the_agenda(*this);
}

void Record::complain(AuditCode code, LocalText detail)
{
    auto found = finding(code, now->seq, std::move(detail));
    if (found.severity == Severity::error && concerned != nullptr) concerned->sound = false;
    findings.add(std::move(found));
}

void Record::complain(AuditCode code, const std::string& detail)
{
    complain(code, LocalText{detail, detail});
}

const std::string* Record::blob(const Digest& digest) const
{
    const auto found = contents.find(digest);
    return found == contents.end() ? nullptr : found->second;
}

LocalText said_and_found(const std::string& said, const std::string& found)
{
    return {"记录为 " + said + "，重算为 " + found, "recorded " + said + ", recomputed " + found};
}

LocalText said_and_found(std::uint64_t said, std::uint64_t found)
{
    return said_and_found(std::to_string(said), std::to_string(found));
}

void check_number(Record& record, AuditCode code, std::uint64_t said, std::uint64_t found)
{
    if (said != found) record.complain(code, said_and_found(said, found));
}

void check_line(Record& record, const std::string& text, std::size_t bytes_max)
{
    if (!is_line(text, bytes_max)) record.complain(AuditCode::text_malformed);
}

void check_line_or_empty(Record& record, const std::string& text, std::size_t bytes_max)
{
    if (!is_line_or_empty(text, bytes_max)) record.complain(AuditCode::text_malformed);
}

std::uint64_t check_present(Record& record, const Threshold& quorum, std::uint64_t due, std::uint64_t present)
{
    if (quorum.den == 0) return 0; // complained about where it was written down
    const auto need = needed(due, quorum);
    if (present < std::max<std::uint64_t>(need, 1)) {
        const auto p = std::to_string(present);
        const auto n = std::to_string(need);
        record.complain(AuditCode::quorum_not_met,
                        {"实到" + p + "人，须" + n + "人", p + " present, " + n + " needed"});
    }
    return need;
}

// That there is exactly one, at the start, is for the envelope check to say.
void follow(Record& record, const LogCreated& event)
{
    record.origin = event.origin;
}

void follow(Record&, const ServerStarted&) {}

void follow(Record& record, const JournalRecovered&)
{
    record.complain(AuditCode::log_recovered);
}

} // namespace plenum::audit
