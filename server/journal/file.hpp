#pragma once

#include "protocol/bytes.hpp"

#include <memory>

/// The seam between the journal and the operating system. Everything the journal, the blobs, the checkpoints
/// and the keys do to a disk goes through these two interfaces, so that tests and the simulator can lose
/// power, tear writes and run out of room (tests/support/simulated_disk.hpp). Faults: disk_full for ENOSPC
/// and EDQUOT, not_found for a missing name, in_use for a held lock; not_durable when a write, sync, rename
/// or removal failed, so that the disk may hold anything between before and after; io_error for everything
/// else.
namespace plenum::journal {

/// One open file. Closed on destruction; closing never makes anything durable.
class File {
public:
    virtual ~File() = default;

    virtual Result<std::uint64_t> size() = 0;

    /// Fills `into` from `offset`; answers how many bytes there were, fewer only at the end of the file.
    virtual Result<std::size_t> read(std::uint64_t offset, std::span<std::uint8_t> into) = 0;

    /// All of `bytes` or a fault; disk_full when there is no room for all of them. Durable only after sync().
    virtual Result<void> write(std::uint64_t offset, ByteView bytes) = 0;

    /// All of `bytes`, durable when it returns. After a fault any part of them may be on the disk.
    virtual Result<void> write_durably(std::uint64_t offset, ByteView bytes) = 0;

    /// Makes content and length durable. Never retry after a fault: the kernel forgets what it could not
    /// write.
    virtual Result<void> sync() = 0;
};

/// Held until destroyed; the operating system drops it when the process dies.
class Lock {
public:
    virtual ~Lock() = default;
};

/// One open directory. Names are single path components. Safe for several threads at once. Files are created
/// readable and writable by their owner only, directories likewise. A created, renamed or removed name is
/// durable after sync(), whose descriptor was opened before the change (an error could otherwise be forgotten
/// with the inode).
class Directory {
public:
    virtual ~Directory() = default;

    /// An existing file, for reading and writing.
    virtual Result<std::unique_ptr<File>> open(const std::string& name) = 0;
    /// A new empty file; a file of that name is emptied.
    virtual Result<std::unique_ptr<File>> create(const std::string& name) = 0;
    /// Atomic; replaces `to`.
    virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
    virtual Result<void> remove(const std::string& name) = 0;
    /// Names of all files and directories in it, sorted.
    virtual Result<std::vector<std::string>> list() = 0;
    virtual Result<void> sync() = 0;

    /// An existing directory below this one.
    virtual Result<std::unique_ptr<Directory>> open_directory(const std::string& name) = 0;
    /// The same, made first when missing. Its name is durable on return.
    virtual Result<std::unique_ptr<Directory>> make_directory(const std::string& name) = 0;

    /// What this process may still write to the disk underneath.
    virtual Result<std::uint64_t> free_bytes() = 0;

    /// Exclusive use of a lock file of that name. Fault::in_use when somebody has it.
    virtual Result<std::unique_ptr<Lock>> lock(const std::string& name) = 0;
};

/// Writes zeros over a range, in steps of 1 MiB that are each durable, so that a low-priority filler never
/// makes the journal's own sync wait for more than one step.
Result<void> fill_with_zeros(File& file, std::uint64_t offset, std::uint64_t count);

/// The whole content; Fault::not_found without such a file.
Result<Bytes> read_file(Directory& directory, const std::string& name);

/// Durable and atomic: after a crash the name has its old content or this one. Leaves no temporary file on a
/// fault; after a crash one beginning with temporary_prefix may be left.
Result<void> replace_file(Directory& directory, const std::string& name, ByteView content);

/// Overwrites and removes what an earlier process left of replace_file; what has reached its name as well is
/// only removed. Call it before anybody uses the directory.
Result<void> remove_temporaries(Directory& directory);

/// Overwrites with zeros, durably, then removes. An absent file is fine.
Result<void> erase_file(Directory& directory, const std::string& name);

inline constexpr std::string_view temporary_prefix = ".new-";

} // namespace plenum::journal
