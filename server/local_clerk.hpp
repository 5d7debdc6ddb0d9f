#pragma once

#include "server/clerk/clerk.hpp"
#include "server/data_directory.hpp"

namespace plenum {

/// Carries out commands on a data directory without network or threads: plenum init and plenum import. Each
/// command is durable when act() returns.
class LocalClerk {
public:
    explicit LocalClerk(DataDirectory& data);

    /// Replays and claims the log. An empty log gets its first entry.
    boost::system::result<void, DataFault> open();

    /// The server itself acts; a refusal comes back in words.
    boost::system::result<IssuedCodes, Refusal> act(const Command& command);

    const chamber::State& state() const { return clerk_.durable_state(); }

private:
    clerk::Ports ports();
    void settle();

    DataDirectory& data_;
    clerk::Clerk clerk_;
    std::optional<journal::Group> submitted_;
    std::uint64_t next_id_ = 0;
};

} // namespace plenum
