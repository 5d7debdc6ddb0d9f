#pragma once

#include "protocol/digest.hpp"
#include "server/journal/file.hpp"

namespace plenum::journal {

inline constexpr std::size_t blob_bytes_max = 64 * 1024 * 1024;

/// Documents, rosters, lists and photographs by their SHA-256, one file each: `<store>/ab/cdef…`
/// (hexadecimal). Safe for several threads at once, also with the same content; one process only, the one
/// that holds the log's lock.
class BlobStore {
public:
    /// The public store, `blobs/`. Removes what a crash left half written.
    static Result<BlobStore> open(Directory& data);
    /// The same for reading only, beside the process that holds the lock: nothing is removed.
    static Result<BlobStore> look_at(Directory& data);
    /// What auditors and key holders see and the public does not, `auditors/`, in the same form: never
    /// erased, never handed out by its digest alone.
    static Result<BlobStore> open_auditors(Directory& data);
    static Result<BlobStore> look_at_auditors(Directory& data);

    /// Durable when it returns, so that an entry may name it. Putting the same content again is harmless and
    /// repairs a damaged copy. Fault::out_of_range beyond blob_bytes_max.
    Result<Digest> put(ByteView content);

    /// Fault::not_found; Fault::bad_digest when the file is no longer what was put.
    Result<Bytes> get(const Digest& digest) const;

    /// True when a file of that name is there; its content is only checked by get().
    bool contains(const Digest& digest) const;

protected:
    explicit BlobStore(std::unique_ptr<Directory> root) : root_(std::move(root)) {}
    static Result<std::unique_ptr<Directory>> open_root(Directory& data, const std::string& name);

    std::unique_ptr<Directory> root_;
};

/// Personal values whose salted hash stands in the record, kept in the same form below `private/`, and never
/// part of an export. Erasing one breaks no proof.
class PrivateStore : public BlobStore {
public:
    static Result<PrivateStore> open(Directory& data);

    /// Overwrites, removes, and makes both durable. An absent value is fine, so a crash in between is
    /// repaired by calling it again. Copies the file system or the device keeps of old blocks are beyond its
    /// reach.
    Result<void> erase(const Digest& digest);

private:
    using BlobStore::BlobStore;
};

} // namespace plenum::journal
