#pragma once

#include "clients/trustee/key_file.hpp"
#include "protocol/query.hpp"

#include <functional>

namespace plenum::trustee {

/// What a key holder's program needs of the world. All are called while a view is taken and may take their
/// time. Of those that ask the server, Fault::io_error says that the line is lost, Fault::not_found that it
/// does not give what was asked for.
struct Desk {
    /// Sends a command; the server's words when it refused, nothing when it was done.
    std::function<Result<std::optional<LocalText>>(const Command&)> act;
    /// The parts the others sealed for this holder.
    std::function<Result<PartsAnswer>(MeetingId)> parts;
    /// A page of a file of a secret vote.
    std::function<Result<SecretFilePage>(const ReadSecretFile&)> page;
    /// Whose consoles are on the list.
    std::function<Result<RollAnswer>(VoteId)> roll;
    /// That a vote and its box stand in the record.
    std::function<Result<RecordProof>(const ProveRecord&)> record;
    /// A public document by its digest; whoever asks checks that it is that one.
    std::function<Result<Bytes>(const Digest&)> document;
    /// Makes the keys durable in their file before it returns.
    std::function<Result<void>(HeldKeys&)> keep;
    /// Tells the person at the device.
    std::function<void(const LocalText&)> say;
    /// Milliseconds of a clock that never goes back.
    std::function<std::uint64_t()> now_ms;
    /// Seconds UTC.
    std::function<std::uint64_t()> now_s;
};

} // namespace plenum::trustee
