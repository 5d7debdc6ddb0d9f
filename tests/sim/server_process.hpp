#pragma once

#include "server/journal/box_keys.hpp"
#include "tests/sim/server.hpp"

// What one server process has open, for the parts of the simulated server.

namespace plenum::sim {

/// The process is over: it stopped itself, or the disk under it did.
struct Ended {
    std::string why;
};

template <class T>
T working(Result<T> result, const char* what)
{
    if (!result) throw Ended{std::string(what) + ": " + result.error().message()};
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

struct Server::Process {
    std::unique_ptr<journal::Directory> root;
    std::unique_ptr<journal::SegmentStore> segments;
    std::unique_ptr<journal::JournalStore> journal; ///< the segments, or a mutation around them
    std::optional<journal::BlobStore> blobs;
    std::optional<journal::BlobStore> auditors;
    std::optional<journal::PrivateStore> privates;
    std::optional<journal::BoxKeys> box_keys;
    std::optional<journal::PublishedCheckpoints> checkpoints;
    std::map<Digest, std::string> memory; ///< of a mutation that keeps documents there
    std::vector<clerk::CheckOrder> to_check;
    std::unique_ptr<clerk::Clerk> clerk;
};

template <class Work>
void Server::within(Work&& work)
{
    try {
        work();
    } catch (const Ended& ended) {
        end(ended.why);
        return;
    }
    if (disk_.is_dark()) end("the power went");
}

} // namespace plenum::sim
