#pragma once

#include "protocol/query.hpp"
#include "protocol/rpc.hpp"
#include "server/clerk/ports.hpp"

#include <map>

namespace plenum::sim {

/// What a notification says, or nothing for answers and errors.
using News = std::variant<std::monostate, SnapshotView, SittingChanged, VoteChanged, CountsChanged,
                          VoteProgress, MembersChanged, MeChanged, AgendaChanged, ItemChanged, FloorChanged,
                          KeyHoldersChanged, RollProgress, BoxProgress, SuggestionChanged, PetitionChanged>;

/// One message as a client reads it, decoded once for everybody it goes to.
struct Heard {
    ServerMessage message;
    News news;
};

/// Decodes messages. Throws a Violation for anything a client could not read.
class Ear {
public:
    std::shared_ptr<const Heard> hear(const clerk::Message& message);

private:
    struct Memory {
        clerk::Message message; ///< keeps the address from being used again
        std::shared_ptr<const Heard> heard;
    };
    std::map<const std::string*, Memory> known_;
};

} // namespace plenum::sim
