#pragma once

#include "server/clerk/clerk.hpp"
#include "server/data_directory.hpp"

namespace plenum {

/// Carries out commands on a data directory without network or threads: plenum init and plenum import. Each
/// command is durable when act() returns.
class LocalClerk {
public:
    /// Below the reserve whatever needs new content is refused; 0: never.
    explicit LocalClerk(DataDirectory& data, std::uint64_t disk_reserve_bytes = 0);

    /// Replays and claims the log. An empty log gets its first entry.
    boost::system::result<void, DataFault> open();

    /// The server itself acts; a refusal comes back in words.
    boost::system::result<IssuedCodes, Refusal> act(const Command& command);

    const chamber::State& state() const { return clerk_.durable_state(); }

private:
    clerk::Ports ports();
    void settle();

    DataDirectory& data_;
    std::uint64_t disk_reserve_bytes_;
    clerk::Clerk clerk_;
    std::optional<journal::Group> submitted_;
    std::uint64_t next_id_ = 0;
};

} // namespace plenum
