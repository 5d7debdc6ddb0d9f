#include "protocol/audit/verify.hpp"

#include "protocol/audit/envelope.hpp"

#include <algorithm>

namespace plenum::audit {
namespace {

constexpr std::uint64_t progress_every = 4096;

/// How many ballots there will be to check, as far as one can tell before looking: only progress is measured
/// by it.
std::uint64_t ballots_ahead(const SignedLog& log, const Record& record)
{
    if (!has_boxes(record.kind)) return 0;
    std::uint64_t ballots = 0;
    const std::string kind = "\"kind\":\"" + std::string(BallotBoxSealed::kind) + '"';
    for (const auto bytes : log.entries) {
        if (bytes.find(kind) == std::string_view::npos) continue;
        const auto entry = decode_entry(bytes);
        if (!entry) continue;
        if (const auto* sealed = std::get_if<BallotBoxSealed>(&entry->event)) ballots += sealed->ballots;
    }
    return ballots;
}

void follow_entries(const SignedLog& log, Record& record, Findings& findings, const Progress& progress)
{
    EnvelopeCheck envelope(log.checkpoint.origin, findings);
    const auto size = log.entries.size();
    const auto of = size + (progress ? ballots_ahead(log, record) : 0);
    std::uint64_t ballots = 0;
    std::uint64_t seq = 0;
    if (progress) {
        record.checked = [&](std::size_t more) {
            ballots += more;
            progress(std::min(seq + ballots, of), of);
        };
    }
    for (; seq < size; ++seq) {
        if (progress && seq % progress_every == 0) progress(std::min(seq + ballots, of), of);
        const auto entry = decode_entry(log.entries[seq]);
        if (!entry) {
            findings.add(finding(AuditCode::entry_malformed, seq, entry.error().message()));
            continue;
        }
        envelope.take(*entry);
        record.take(*entry);
    }
    record.finish();
    record.checked = nullptr;
    if (progress) progress(of, of);
}

std::optional<SecretSummary> summarise(const RecordedSecret& secret)
{
    if (!secret.roll) return std::nullopt;
    SecretSummary summary;
    summary.round = secret.roll->context.round;
    summary.list_length = secret.roll->context.list_length;
    summary.contested = static_cast<std::uint32_t>(secret.contested.size());
    summary.confirmed = secret.confirmed.value_or(0);
    summary.shares = static_cast<std::uint32_t>(secret.shares.size());
    summary.threshold = secret.roll->keys.threshold;
    summary.cosigned = static_cast<std::uint32_t>(secret.cosigned.size());
    summary.shredded = secret.shredded;
    if (!secret.box) return summary;
    summary.root = secret.box->root;
    summary.ballots = secret.box->ballots;
    summary.spoils = secret.box->spoils;
    summary.proofs_checked = secret.box->sums.has_value();
    return summary;
}

VoteSummary summarise(VoteId id, const RecordedVote& vote)
{
    VoteSummary summary;
    summary.id = id;
    summary.sitting = vote.prepared.sitting;
    summary.title = vote.prepared.title;
    summary.attempt = vote.prepared.attempt;
    summary.state = vote.state;
    const bool opened = vote.base_members != 0;
    summary.base_members = opened ? vote.base_members : vote.prepared.base_members;
    summary.present = static_cast<std::uint32_t>(vote.electorate.size());
    summary.method = vote.method;
    summary.void_reason = vote.void_reason;
    summary.sound = vote.sound;
    summary.secret = summarise(vote.secret);
    if (!vote.figures) return summary;
    summary.tally = vote.figures->tally;
    summary.hands = vote.figures->hands;
    summary.groups = vote.figures->groups;
    summary.left = vote.figures->left;
    summary.outcome = vote.figures->outcome;
    summary.ballots = vote.figures->ballots;
    summary.places = vote.figures->places;
    summary.grades = vote.figures->grades;
    return summary;
}

boost::json::object finding_to_json(const AuditFinding& found)
{
    boost::json::object object;
    object["severity"] = codec::enum_name(found.severity);
    object["code"] = name_of(found.code);
    object["seq"] = to_json(found.seq);
    object["sentence"] = to_json(found.sentence);
    return object;
}

std::uint64_t count_history(const Bundle& bundle)
{
    std::uint64_t count = 0;
    for (const auto& [path, content] : bundle.files)
        count += path.starts_with(history_folder) ? 1 : 0;
    return count;
}

} // namespace

boost::json::value to_json_report(const Report& report)
{
    boost::json::object object;
    object["ok"] = report.ok;
    object["origin"] = report.origin;
    object["vkey"] = report.vkey;
    object["size"] = static_cast<std::int64_t>(report.size);
    object["root"] = to_json(report.root);
    object["created_by"] = report.created_by;
    object["checkpoints"] = static_cast<std::int64_t>(report.checkpoints);
    boost::json::array findings;
    for (const auto& found : report.findings)
        findings.push_back(finding_to_json(found));
    object["findings"] = std::move(findings);
    object["votes"] = to_json(report.votes);
    return object;
}

Report verify(const Bundle& bundle, const Trust& trust, const Progress& progress)
{
    Report report;
    Findings findings;
    if (const auto log = read_signed_log(bundle, trust, findings)) {
        report.origin = log->checkpoint.origin;
        report.vkey = to_vkey(log->key);
        report.size = log->checkpoint.size;
        report.root = log->checkpoint.root;
        report.created_by = log->manifest.created_by;
        report.checkpoints = count_history(bundle);
        Record record(bundle, findings);
        record.kind = log->manifest.kind;
        record.randomness = trust.randomness;
        record.tree = &log->tree;
        follow_entries(*log, record, findings, progress);
        check_nothing_else(bundle, *log, record.blobs, findings);
        if (log->manifest.state_hash) findings.add(finding(AuditCode::state_not_replayed));
        report.has_boxes = has_boxes(record.kind);
        for (const auto& [id, vote] : record.votes) {
            report.votes.push_back(summarise(id, vote));
            if (!vote.secret.box) continue;
            for (const auto& tracker : vote.secret.box->trackers)
                report.trackers.emplace(tracker, id);
        }
    }
    report.ok = !findings.has_errors();
    report.findings = findings.take();
    return report;
}

Report unreadable(AuditFinding why)
{
    Report report;
    report.findings.push_back(std::move(why));
    return report;
}

} // namespace plenum::audit
