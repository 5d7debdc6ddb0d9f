#include "server/bundle_replay.hpp"

#include "clients/audit/archive.hpp"
#include "protocol/assert.hpp"
#include "protocol/audit/signed_log.hpp"
#include "protocol/audit/verify.hpp"
#include "server/chamber/chamber.hpp"
#include "server/commands.hpp"

#include <algorithm>

namespace plenum {
namespace {

LocalText not_verified(const audit::Report& report)
{
    const auto counts = [](const auto& found) { return found.severity == audit::Severity::error; };
    const auto first = std::ranges::find_if(report.findings, counts);
    LocalText why{"记录包未通过核验，不予重放", "the bundle does not verify, so it is not replayed"};
    if (first == report.findings.end()) return why;
    return {why.zh + "：" + first->sentence.zh, why.en + ": " + first->sentence.en};
}

/// Only an auditor's bundle holds all that the chamber reads of a secret vote: lists and registrations too.
LocalText needs_auditors_bundle()
{
    return {"这份记录包不含无记名表决的全部名单、登记和票箱，不能重放；请用审计员的记录包",
            "this bundle holds not all lists, registrations and boxes of a secret vote, so it cannot be "
            "replayed; take an auditor's"};
}

} // namespace

boost::system::result<BundleReplay, LocalText> replay_bundle(const audit::Bundle& bundle)
{
    const auto report = audit::verify(bundle);
    if (!report.ok) return not_verified(report);
    audit::Findings findings;
    const auto log = audit::read_signed_log(bundle, {}, findings);
    if (!log) return not_verified(report);

    const chamber::BlobSource blobs = [&](const Digest& digest) -> std::optional<std::string> {
        const auto* content = bundle.find(audit::blob_path(digest));
        if (content == nullptr) return std::nullopt;
        return *content;
    };
    chamber::State state;
    for (const auto bytes : log->entries) {
        const auto entry = decode_entry(bytes);
        PLENUM_ASSERT(entry.has_value()); // the auditor has read it
        const auto is_there = [&](const Digest& digest) { return blobs(digest).has_value(); };
        const bool is_whole = std::ranges::all_of(auditors_blobs_of(entry->event), is_there);
        if (!is_whole) return needs_auditors_bundle();
        chamber::apply(state, *entry, blobs);
    }
    const auto entries = state.entries;
    const auto hash = chamber::state_hash(state);
    return BundleReplay{entries, hash, log->manifest.state_hash, std::move(state)};
}

int replay_file(const char* program, const std::string& path,
                const std::function<int(const BundleReplay&)>& use)
{
    const auto bundle = audit::read_archive_file(path);
    if (!bundle) {
        const bool unreadable = bundle.error().code == audit::AuditCode::archive_unreadable;
        return end_of_program(program, unreadable ? exit_usage : exit_failed, bundle.error().sentence);
    }
    const auto replay = replay_bundle(*bundle);
    if (!replay) return end_of_program(program, exit_failed, replay.error());
    return use(*replay);
}

} // namespace plenum
