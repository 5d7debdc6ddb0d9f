#include "protocol/audit/bundle.hpp"

#include <algorithm>

namespace plenum::audit {
namespace {

bool is_path_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' || c == '/';
}

bool is_in_order(const std::vector<ManifestFile>& files)
{
    const auto not_ascending = [](const ManifestFile& a, const ManifestFile& b) { return a.path >= b.path; };
    return std::ranges::adjacent_find(files, not_ascending) == files.end();
}

} // namespace

bool has_boxes(BundleKind kind)
{
    return kind != BundleKind::public_;
}

std::vector<Digest> blobs_in(BundleKind kind, const Event& event)
{
    auto blobs = public_blobs_of(event);
    if (kind == BundleKind::public_) return blobs;
    if (kind == BundleKind::member) {
        // In a box every ballot stands under a pseudonym. What else auditors have leads from persons to keys.
        if (const auto* sealed = std::get_if<BallotBoxSealed>(&event)) blobs.push_back(sealed->box);
        return blobs;
    }
    const auto more = auditors_blobs_of(event);
    blobs.insert(blobs.end(), more.begin(), more.end());
    return blobs;
}

std::string encode_manifest(const Manifest& manifest)
{
    return canonical_json(to_json(manifest));
}

Result<Manifest> decode_manifest(std::string_view text)
{
    const auto value = parse_canonical_json(text);
    if (!value) return value.error();
    auto manifest = from_json<Manifest>(*value);
    if (!manifest) return fault(Fault::malformed);
    if (manifest->v != 1 || manifest->format != bundle_format) return fault(Fault::unsupported);
    if (encode_manifest(*manifest) != text) return fault(Fault::not_canonical);
    const auto is_safe = [](const ManifestFile& file) {
        return is_bundle_path(file.path) && file.path != manifest_path;
    };
    if (!std::ranges::all_of(manifest->files, is_safe)) return fault(Fault::malformed);
    if (!is_in_order(manifest->files)) return fault(Fault::not_canonical);
    return std::move(*manifest);
}

ManifestFile describe_file(std::string path, std::string_view content)
{
    return {std::move(path), content.size(), to_hex(sha256(content))};
}

const std::string* Bundle::find(std::string_view path) const
{
    const auto found = files.find(path);
    return found == files.end() ? nullptr : &found->second;
}

bool is_bundle_path(std::string_view path)
{
    if (path.empty() || path.size() > bundle_path_bytes_max) return false;
    if (!std::ranges::all_of(path, is_path_character)) return false;
    for (std::size_t begin = 0; begin <= path.size();) {
        const auto end = std::min(path.find('/', begin), path.size());
        const auto step = path.substr(begin, end - begin);
        if (step.empty() || step == "." || step == "..") return false;
        begin = end + 1;
    }
    return true;
}

std::string blob_path(const Digest& digest)
{
    return std::string(blob_folder) + to_hex(digest);
}

std::string history_path(std::uint64_t size)
{
    return std::string(history_folder) + std::to_string(size);
}

boost::system::result<Manifest, AuditFinding> check_manifest(const Bundle& bundle)
{
    const auto* text = bundle.find(manifest_path);
    if (text == nullptr) return finding(AuditCode::manifest_missing);
    auto manifest = decode_manifest(*text);
    if (!manifest) return finding(AuditCode::manifest_malformed, {}, manifest.error().message());
    for (const auto& listed : manifest->files) {
        const auto* content = bundle.find(listed.path);
        if (content == nullptr) return finding(AuditCode::file_missing, {}, listed.path);
        if (describe_file(listed.path, *content) != listed)
            return finding(AuditCode::file_changed, {}, listed.path);
    }
    for (const auto& [path, content] : bundle.files) {
        if (path == manifest_path) continue;
        const bool listed = std::ranges::binary_search(manifest->files, path, {}, &ManifestFile::path);
        if (!listed) return finding(AuditCode::file_unlisted, {}, path);
    }
    return std::move(*manifest);
}

ArchiveDigest::ArchiveDigest()
{
    crypto_hash_sha256_init(&state_);
}

void ArchiveDigest::update(ByteView bytes)
{
    crypto_hash_sha256_update(&state_, bytes.data(), bytes.size());
}

std::string ArchiveDigest::line()
{
    Digest digest;
    crypto_hash_sha256_final(&state_, digest.bytes.data());
    return to_hex(digest) + "\n";
}

} // namespace plenum::audit
