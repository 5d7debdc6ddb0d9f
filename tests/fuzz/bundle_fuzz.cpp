// Property: whatever the bytes, reading and verifying a bundle answers, and what does not verify says why.
// The last line of an archive keeps chance from getting past it, so each input is tried with that line made
// right as well, and its pieces as a proof and a manifest.
#include "clients/audit/archive.hpp"
#include "clients/audit/report_text.hpp"
#include "protocol/entry_proof.hpp"
#include "protocol/tiles.hpp"

#include <cstdlib>

using namespace plenum;
using namespace plenum::audit;

namespace {

void check_report(const Report& report)
{
    bool has_error = false;
    for (const auto& found : report.findings) {
        has_error = has_error || found.severity == Severity::error;
        if (found.sentence.zh.empty() || found.sentence.en.empty()) std::abort();
    }
    if (report.ok == has_error) std::abort();
    if (!parse_canonical_json(canonical_json(to_json_report(report)))) std::abort();
    if (describe(report, Language::zh).empty() || describe(report, Language::en).empty()) std::abort();
}

/// The manifest as it would have to be for these files, so that the fuzzer reaches what they say.
void list_again(Bundle& bundle)
{
    const auto* text = bundle.find(manifest_path);
    if (text == nullptr) return;
    auto manifest = decode_manifest(*text);
    if (!manifest) return;
    if (encode_manifest(*manifest) != *text) std::abort();
    manifest->files.clear();
    for (const auto& [path, content] : bundle.files)
        if (path != manifest_path) manifest->files.push_back(describe_file(path, content));
    bundle.files[std::string(manifest_path)] = encode_manifest(*manifest);
}

void check_archive(ByteView bytes)
{
    auto bundle = read_archive(bytes);
    if (!bundle) return check_report(unreadable(bundle.error()));
    check_report(verify(*bundle));
    list_again(*bundle);
    check_report(verify(*bundle));
}

/// Entries changed by the fuzzer are no longer signed. What follows a record must stand them all the same.
void check_entries(std::string_view entry_bundle, const Bundle& bundle)
{
    const auto entries = split_entry_bundle(entry_bundle);
    if (!entries) return;
    Findings findings;
    Record record(bundle, findings);
    for (const auto bytes : *entries) {
        const auto entry = decode_entry(bytes);
        if (!entry) continue;
        if (encode_entry(*entry) != bytes) std::abort();
        record.take(*entry);
    }
    record.finish();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const ByteView bytes(data, size);
    check_archive(bytes);
    if (const auto proof = decode_proof(text_of(bytes))) {
        if (encode_proof(*proof) != text_of(bytes)) std::abort();
    }
    if (size < ArchiveDigest::line_bytes) return 0;
    std::string repaired(text_of(bytes.first(size - ArchiveDigest::line_bytes)));
    repaired += to_hex(sha256(repaired)) + "\n";
    check_archive(bytes_of(repaired));
    if (const auto bundle = read_archive(bytes_of(repaired))) {
        for (const auto& [path, content] : bundle->files)
            if (path.starts_with("tile/entries/")) check_entries(content, *bundle);
    }
    return 0;
}
