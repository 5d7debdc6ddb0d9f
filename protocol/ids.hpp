#pragma once

#include <cstdint>

namespace plenum {

/// Record ids are the sequence number of the entry that created the record; the kind is the type. They never
/// collide within a log, and a stranger finds the creating entry without an index. NOTE: settled for ever.
enum class BodyId : std::uint64_t {};
enum class MeetingId : std::uint64_t {};
enum class SittingId : std::uint64_t {};
enum class ItemId : std::uint64_t {};
enum class VoteId : std::uint64_t {};
enum class SpeechId : std::uint64_t {};
enum class SuggestionId : std::uint64_t {};
enum class PetitionId : std::uint64_t {};

/// A natural person, numbered from 1 in the order this log met them: a roster names thousands in one entry,
/// so the sequence number cannot tell them apart. Person ≠ membership ≠ seat ≠ card ≠ device.
enum class PersonId : std::uint64_t {};

/// The bare number of any id, for encoding and display only.
template <class Id>
constexpr std::uint64_t number(Id id)
{
    return static_cast<std::uint64_t>(id);
}

} // namespace plenum
