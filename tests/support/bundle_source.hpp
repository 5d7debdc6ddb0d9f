#pragma once

#include "server/papers/bundle_writer.hpp"
#include "tests/support/recorded_meeting.hpp"

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include <unistd.h>

namespace plenum::testing {

/// A folder that is empty at first and gone at the end.
class ScratchFolder {
public:
    ScratchFolder()
    {
        auto pattern = (std::filesystem::temp_directory_path() / "plenum-test-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
        path_ = pattern;
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() { std::filesystem::remove_all(path_); }

    std::string operator/(const std::string& name) const { return (path_ / name).string(); }

    /// Names of everything in it, sorted.
    std::vector<std::string> names() const
    {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(path_))
            names.push_back(entry.path().filename().string());
        std::ranges::sort(names);
        return names;
    }

private:
    std::filesystem::path path_;
};

inline std::string content_of(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream content;
    content << file.rdbuf();
    return std::move(content).str();
}

/// What a server would give the bundle writer for this record.
inline papers::BundleSource source_of(const RecordedMeeting& meeting)
{
    const auto key = log_key();
    auto leaves = std::make_shared<std::vector<std::string>>();
    MerkleTree tree;
    papers::BundleSource source;
    const auto sign = [&] { return sign_checkpoint({meeting.origin, tree.size(), tree.root()}, key); };
    for (const auto& entry : meeting.entries) {
        leaves->push_back(meeting.leaf_after(tree, entry));
        tree.append(leaf_hash(bytes_of(leaves->back())));
        if (meeting.published.contains(tree.size())) source.history.push_back(sign());
    }
    source.vkey = to_vkey(note_verifier(meeting.origin, key.public_key()));
    source.checkpoint = sign();
    source.created_by = "test 1";
    source.read_from = [leaves](std::uint64_t first, const auto& take) -> Result<void> {
        for (auto seq = first; seq < leaves->size(); ++seq)
            if (!take(seq, (*leaves)[seq])) break;
        return {};
    };
    source.blob = [blobs = meeting.blobs](const Digest& digest) -> Result<std::string> {
        const auto found = blobs.find(digest);
        if (found == blobs.end()) return fault(Fault::not_found);
        return found->second;
    };
    return source;
}

} // namespace plenum::testing
