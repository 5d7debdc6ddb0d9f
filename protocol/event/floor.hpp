#pragma once

#include "protocol/ids.hpp"
#include "protocol/json_codec.hpp"

// The floor: who asks to speak, who speaks and for how long, and what the minutes say of it.

namespace plenum {

/// NOTE: append only.
enum class SpeechKind {
    speech,
    point_of_order, ///< on procedure: heads the queue, allowed also after the vote was put
    question,       ///< 询问
    answer          ///< to the question named by `answers`
};
BOOST_DESCRIBE_ENUM(SpeechKind, speech, point_of_order, question, answer)

/// Who or what ended a speech. NOTE: append only.
enum class SpeechEnd { speaker, chair };
BOOST_DESCRIBE_ENUM(SpeechEnd, speaker, chair)

/// Somebody asks for the floor, or the desk does for them; the newest stands at the end of the queue. The
/// sequence number is the SpeechId.
struct SpeechRequested {
    static constexpr std::string_view kind = "speech.requested";
    SittingId sitting{};
    PersonId person{};
    SpeechKind speech_kind = SpeechKind::speech;
    std::optional<ItemId> item;
    std::optional<SpeechId> answers; ///< the question a respondent answers
};
BOOST_DESCRIBE_STRUCT(SpeechRequested, (), (sitting, person, speech_kind, item, answers))

struct SpeechWithdrawn {
    static constexpr std::string_view kind = "speech.withdrawn";
    SpeechId speech{};
};
BOOST_DESCRIBE_STRUCT(SpeechWithdrawn, (), (speech))

/// The chair's order: the whole queue, first to speak first.
struct FloorOrdered {
    static constexpr std::string_view kind = "floor.ordered";
    SittingId sitting{};
    std::vector<SpeechId> order;
};
BOOST_DESCRIBE_STRUCT(FloorOrdered, (), (sitting, order))

/// `override_reason` is empty unless the vote on the item has been put (PE-20): then it says why all the
/// same.
struct FloorGranted {
    static constexpr std::string_view kind = "floor.granted";
    SpeechId speech{};
    std::uint32_t limit_ms = 0; ///< 0: none
    std::string override_reason;
};
BOOST_DESCRIBE_STRUCT(FloorGranted, (), (speech, limit_ms, override_reason))

struct FloorExtended {
    static constexpr std::string_view kind = "floor.extended";
    SpeechId speech{};
    std::uint32_t by_ms = 0;
};
BOOST_DESCRIBE_STRUCT(FloorExtended, (), (speech, by_ms))

struct SpeechEnded {
    static constexpr std::string_view kind = "speech.ended";
    SpeechId speech{};
    SpeechEnd by = SpeechEnd::chair;
    std::uint64_t used_ms = 0;
};
BOOST_DESCRIBE_STRUCT(SpeechEnded, (), (speech, by, used_ms))

/// What the minutes say of a speech: a public blob. A newer one replaces it and takes the signature off.
struct SpeechMinuted {
    static constexpr std::string_view kind = "speech.minuted";
    SpeechId speech{};
    Digest minutes;
};
BOOST_DESCRIBE_STRUCT(SpeechMinuted, (), (speech, minutes))

/// The speaker checked exactly these minutes and signed them (CQ-SC 43).
struct SpeechSigned {
    static constexpr std::string_view kind = "speech.signed";
    SpeechId speech{};
    Digest minutes;
};
BOOST_DESCRIBE_STRUCT(SpeechSigned, (), (speech, minutes))

} // namespace plenum
