#include "server/journal/blob_store.hpp"

namespace plenum::journal {
namespace {

constexpr std::size_t folder_digits = 2;
constexpr const char* auditors_folder = "auditors";

struct BlobName {
    std::string folder;
    std::string file;
};

BlobName name_of(const Digest& digest)
{
    const std::string hex = to_hex(digest);
    return {hex.substr(0, folder_digits), hex.substr(folder_digits)};
}

} // namespace

Result<BlobStore> BlobStore::open(Directory& data)
{
    auto root = open_root(data, "blobs");
    if (!root) return root.error();
    return BlobStore(std::move(*root));
}

Result<BlobStore> BlobStore::look_at(Directory& data)
{
    auto root = data.open_directory("blobs");
    if (!root) return root.error();
    return BlobStore(std::move(*root));
}

Result<BlobStore> BlobStore::open_auditors(Directory& data)
{
    auto root = open_root(data, auditors_folder);
    if (!root) return root.error();
    return BlobStore(std::move(*root));
}

Result<BlobStore> BlobStore::look_at_auditors(Directory& data)
{
    auto root = data.open_directory(auditors_folder);
    if (!root) return root.error();
    return BlobStore(std::move(*root));
}

Result<std::unique_ptr<Directory>> BlobStore::open_root(Directory& data, const std::string& name)
{
    auto root = data.make_directory(name);
    if (!root) return root.error();
    const auto folders = (*root)->list();
    if (!folders) return folders.error();
    for (const auto& folder_name : *folders) {
        auto folder = (*root)->open_directory(folder_name);
        if (!folder) return folder.error();
        if (auto removed = remove_temporaries(**folder); !removed) return removed.error();
    }
    return root;
}

Result<Digest> BlobStore::put(ByteView content)
{
    if (content.size() > blob_bytes_max) return fault(Fault::out_of_range);
    const Digest digest = sha256(content);
    const BlobName name = name_of(digest);
    auto folder = root_->make_directory(name.folder);
    if (!folder) return folder.error();
    // What can be read was synced before it got its name, but whoever named it may not have synced the folder
    // yet.
    const auto done = get(digest) ? (*folder)->sync() : replace_file(**folder, name.file, content);
    if (!done) return done.error();
    return digest;
}

Result<Bytes> BlobStore::get(const Digest& digest) const
{
    const BlobName name = name_of(digest);
    auto folder = root_->open_directory(name.folder);
    if (!folder) return folder.error();
    auto content = read_file(**folder, name.file);
    if (!content) return content.error();
    if (sha256(*content) != digest) return fault(Fault::bad_digest);
    return content;
}

bool BlobStore::contains(const Digest& digest) const
{
    const BlobName name = name_of(digest);
    auto folder = root_->open_directory(name.folder);
    return folder && (*folder)->open(name.file);
}

Result<PrivateStore> PrivateStore::open(Directory& data)
{
    auto root = open_root(data, "private");
    if (!root) return root.error();
    return PrivateStore(std::move(*root));
}

Result<void> PrivateStore::erase(const Digest& digest)
{
    const BlobName name = name_of(digest);
    auto folder = root_->open_directory(name.folder);
    if (!folder && folder.error() == fault(Fault::not_found)) return {};
    if (!folder) return folder.error();
    return erase_file(**folder, name.file);
}

} // namespace plenum::journal
