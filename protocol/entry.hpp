#pragma once

#include "protocol/event.hpp"

namespace plenum {

/// The length of a client-made request id: enough for a UUID and a counter.
inline constexpr std::size_t request_id_bytes_max = 64;

/// One line of the record: an event with who, when and why. Its canonical JSON is the journal's stored bytes
/// and the Merkle leaf; nobody ever re-serialises it in order to verify. NOTE: the envelope is for ever.
struct Entry {
    std::uint64_t seq = 0;
    std::uint64_t epoch = 0;
    std::optional<std::uint64_t>
        at_ms; ///< milliseconds UTC, the `now` given to decide; empty only for box.frame
    Actor actor;
    std::string id; ///< the client's request id, empty for what the server did by itself
    Event event;
};

/// `{"actor":…,"at":…,"body":{…},"epoch":…,"id":…,"kind":…,"seq":…,"v":1}` in canonical JSON.
std::string encode_entry(const Entry& entry);

/// Reads an entry back. Refuses what encode_entry would not have written byte for byte, unknown kinds and
/// versions.
Result<Entry> decode_entry(std::string_view text);

} // namespace plenum
