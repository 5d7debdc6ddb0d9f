#pragma once

#include "protocol/bytes.hpp"

#include <array>

namespace plenum {

/// A name for one record that no other log and no other kind shares, for statements that must not fit another
/// ballot: `VoteId` and its like are numbers within one log.
using RecordId = std::array<std::uint8_t, 16>;

/// SHA-256 of "plenum/id/v1", the length of `origin` and `origin`, the length of `kind` and `kind`, and
/// `seq`, cut to 16 bytes; lengths are u16 and `seq` is u64, both big-endian, so that no two triples are the
/// same bytes. `origin` and `kind` have at most 65,535 bytes. `kind` is the kind of the event that made the
/// record, like `vote.prepared`, and `seq` the number of its entry; for a person, `person` and the PersonId
/// (docs/journal_format.md). NOTE: settled for ever.
RecordId record_id(std::string_view origin, std::string_view kind, std::uint64_t seq);

} // namespace plenum
