#include "tests/sim/mutation.hpp"

#include "protocol/merkle.hpp"

#include <optional>

namespace plenum::sim {
namespace {

using journal::Directory;
using journal::File;
using journal::Group;
using journal::Head;
using journal::JournalStore;

/// Passes everything on; the mutations change one thing each.
class AroundStore : public JournalStore {
public:
    explicit AroundStore(JournalStore& store) : store_(store) {}
    Result<Head> claim() override { return store_.claim(); }
    Result<Head> append_group(const Group& group) override { return store_.append_group(group); }
    Result<void> read_from(std::uint64_t first,
                           const std::function<bool(std::uint64_t, std::string_view)>& take) override
    {
        return store_.read_from(first, take);
    }
    Result<void>
    read_sealed(std::uint64_t first,
                const std::function<bool(std::uint64_t, const std::vector<Bytes>&)>& take) override
    {
        return store_.read_sealed(first, take);
    }
    const Head& head() const override { return store_.head(); }
    std::uint64_t room_bytes() const override { return store_.room_bytes(); }

protected:
    JournalStore& store_;
};

class EagerStore final : public AroundStore {
public:
    EagerStore(JournalStore& store, std::string origin, SigningKey key)
        : AroundStore(store), origin_(std::move(origin)), key_(std::move(key))
    {
        (void)store_.read_from(0, [&](std::uint64_t, std::string_view entry) {
            tree_.append(leaf_hash(bytes_of(entry)));
            return true;
        });
    }

    Result<Head> append_group(const Group& group) override
    {
        if (held_) {
            if (auto head = store_.append_group(*held_); !head) return head;
        }
        held_ = group;
        for (const auto& entry : group.entries)
            tree_.append(leaf_hash(bytes_of(entry)));
        Head head = store_.head();
        head.size = tree_.size();
        head.root = tree_.root();
        head.checkpoint = sign_checkpoint({origin_, head.size, head.root}, key_);
        return head;
    }

private:
    std::string origin_;
    SigningKey key_;
    MerkleTree tree_;
    std::optional<Group> held_;
};

class SplittingStore final : public AroundStore {
public:
    using AroundStore::AroundStore;

    Result<Head> append_group(const Group& group) override
    {
        if (group.entries.size() < 2) return store_.append_group(group);
        const auto middle = group.entries.begin() + static_cast<std::ptrdiff_t>(group.entries.size() / 2);
        Group half{group.first, group.wall_ms, {group.entries.begin(), middle}, {}};
        auto head = store_.append_group(half);
        if (!head) return head;
        return store_.append_group({head->size, group.wall_ms, {middle, group.entries.end()}, group.sealed});
    }
};

class LazyFile final : public File {
public:
    explicit LazyFile(std::unique_ptr<File> file) : file_(std::move(file)) {}
    Result<std::uint64_t> size() override { return file_->size(); }
    Result<std::size_t> read(std::uint64_t offset, std::span<std::uint8_t> into) override
    {
        return file_->read(offset, into);
    }
    Result<void> write(std::uint64_t offset, ByteView bytes) override { return file_->write(offset, bytes); }
    Result<void> write_durably(std::uint64_t offset, ByteView bytes) override
    {
        return file_->write(offset, bytes);
    }
    Result<void> sync() override { return file_->sync(); }

private:
    std::unique_ptr<File> file_;
};

class LazyDirectory final : public Directory {
public:
    explicit LazyDirectory(std::unique_ptr<Directory> directory) : directory_(std::move(directory)) {}
    Result<std::unique_ptr<File>> open(const std::string& name) override
    {
        return lazy(directory_->open(name));
    }
    Result<std::unique_ptr<File>> create(const std::string& name) override
    {
        return lazy(directory_->create(name));
    }
    Result<void> rename(const std::string& from, const std::string& to) override
    {
        return directory_->rename(from, to);
    }
    Result<void> remove(const std::string& name) override { return directory_->remove(name); }
    Result<std::vector<std::string>> list() override { return directory_->list(); }
    Result<void> sync() override { return directory_->sync(); }
    Result<std::unique_ptr<Directory>> open_directory(const std::string& name) override
    {
        return lazy(directory_->open_directory(name));
    }
    Result<std::unique_ptr<Directory>> make_directory(const std::string& name) override
    {
        return lazy(directory_->make_directory(name));
    }
    Result<std::uint64_t> free_bytes() override { return directory_->free_bytes(); }
    Result<std::unique_ptr<journal::Lock>> lock(const std::string& name) override
    {
        return directory_->lock(name);
    }

private:
    static Result<std::unique_ptr<File>> lazy(Result<std::unique_ptr<File>> file)
    {
        if (!file) return file.error();
        return std::unique_ptr<File>(std::make_unique<LazyFile>(std::move(*file)));
    }
    static Result<std::unique_ptr<Directory>> lazy(Result<std::unique_ptr<Directory>> directory)
    {
        if (!directory) return directory.error();
        return without_sync(std::move(*directory));
    }

    std::unique_ptr<Directory> directory_;
};

} // namespace

const char* to_text(Mutation mutation)
{
    switch (mutation) {
    case Mutation::none: return "none";
    case Mutation::acknowledges_before_writing: return "acknowledges_before_writing";
    case Mutation::forgets_to_sync: return "forgets_to_sync";
    case Mutation::splits_groups: return "splits_groups";
    case Mutation::keeps_documents_in_memory: return "keeps_documents_in_memory";
    case Mutation::answers_at_once: return "answers_at_once";
    case Mutation::answers_twice_differently: return "answers_twice_differently";
    case Mutation::tells_everybody: return "tells_everybody";
    case Mutation::loses_a_notification: return "loses_a_notification";
    case Mutation::keeps_what_is_ended: return "keeps_what_is_ended";
    case Mutation::hides_the_member: return "hides_the_member";
    }
    return "?";
}

std::unique_ptr<journal::JournalStore> mutate(journal::JournalStore& store, Mutation mutation,
                                              const std::string& origin, SigningKey key)
{
    if (mutation == Mutation::acknowledges_before_writing) {
        return std::make_unique<EagerStore>(store, origin, std::move(key));
    }
    if (mutation == Mutation::splits_groups) return std::make_unique<SplittingStore>(store);
    return std::make_unique<AroundStore>(store);
}

std::unique_ptr<journal::Directory> without_sync(std::unique_ptr<journal::Directory> directory)
{
    return std::make_unique<LazyDirectory>(std::move(directory));
}

} // namespace plenum::sim
