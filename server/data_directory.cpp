#include "server/data_directory.hpp"

#include "server/journal/keys.hpp"
#include "server/journal/posix_file.hpp"

#include <sodium.h>

#include <chrono>

namespace plenum {
namespace {

using Opened = boost::system::result<DataDirectory, DataFault>;

DataFault fault_of(boost::system::error_code error, std::string sentence)
{
    return {static_cast<Fault>(error.value()), std::move(sentence) + ": " + error.message()};
}

template <class Store>
std::optional<DataFault> place(Result<Store> opened, std::unique_ptr<Store>& where, const char* what)
{
    if (!opened) return fault_of(opened.error(), what);
    where = std::make_unique<Store>(std::move(*opened));
    return std::nullopt;
}

Opened open_with(const std::string& path, std::unique_ptr<journal::Directory> root, SigningKey key,
                 const std::string& origin)
{
    DataDirectory data;
    data.path = path;
    data.root = std::move(root);
    data.verifier = note_verifier(origin, key.public_key());
    journal::SegmentOptions options;
    options.origin = origin;
    auto store = journal::SegmentStore::open(*data.root, options, std::move(key), data.recovery);
    if (!store) return fault_of(store.error(), data.recovery.chinese + " " + data.recovery.english);
    data.store = std::move(*store);
    if (auto fault = place(journal::BlobStore::open(*data.root), data.blobs, "blobs")) return *fault;
    auto auditors = journal::BlobStore::open_auditors(*data.root);
    if (auto fault = place(std::move(auditors), data.auditors, "auditors")) return *fault;
    if (auto fault = place(journal::PrivateStore::open(*data.root), data.privates, "private")) return *fault;
    auto checkpoints = journal::PublishedCheckpoints::open(*data.root, data.verifier);
    if (auto fault = place(std::move(checkpoints), data.checkpoints, "checkpoints")) return *fault;
    return data;
}

} // namespace

std::optional<std::string> DataDirectory::find(const Digest& digest) const
{
    auto content = blobs->get(digest);
    if (!content) content = auditors->get(digest);
    if (!content) content = privates->get(digest);
    if (!content) return std::nullopt;
    return std::string(text_of(*content));
}

Result<void> DataDirectory::put(const chamber::NewBlob& blob)
{
    auto& place = blob.is_private ? static_cast<journal::BlobStore&>(*privates) : *blobs;
    const auto stored = place.put(bytes_of(blob.content));
    if (!stored) return stored.error();
    return {};
}

Result<void> DataDirectory::put_for_auditors(const chamber::NewBlob& blob)
{
    const auto stored = auditors->put(bytes_of(blob.content));
    if (!stored) return stored.error();
    return {};
}

Result<void> DataDirectory::erase(const Digest& digest)
{
    if (!privates->contains(digest)) return {};
    return privates->erase(digest);
}

Opened open_data_directory(const std::string& path)
{
    auto root = journal::open_posix_directory(path);
    if (!root) return fault_of(root.error(), "cannot open the data directory " + path);
    const auto verifier = journal::load_log_vkey(**root);
    if (!verifier)
        return fault_of(verifier.error(), path + " is no data directory of plenum (run plenum init)");
    auto key = journal::load_log_key(**root, verifier->name);
    if (!key) return fault_of(key.error(), "cannot load the log's key");
    return open_with(path, std::move(*root), std::move(*key), verifier->name);
}

Opened create_data_directory(const std::string& path, const std::string& origin)
{
    auto root = journal::make_posix_directory(path);
    if (!root) return fault_of(root.error(), "cannot make the data directory " + path);
    auto key = journal::create_log_key(**root, origin);
    if (!key) return fault_of(key.error(), path + " holds a log already");
    return open_with(path, std::move(*root), std::move(*key), origin);
}

std::uint64_t now_ms()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

void random_bytes(std::span<std::uint8_t> bytes)
{
    randombytes_buf(bytes.data(), bytes.size());
}

Seed random_seed()
{
    Seed seed{};
    randombytes_buf(seed.data(), seed.size());
    return seed;
}

} // namespace plenum
