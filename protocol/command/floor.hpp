#pragma once

#include "protocol/event/floor.hpp"
#include "protocol/role.hpp"

// What may be asked for about the floor.

namespace plenum {

/// A member, or a non-voting attendee, asks to speak: on the active item unless another is named.
struct RequestFloor {
    static constexpr std::string_view method = "floor.request";
    static constexpr Right right = Right::speak;
    SittingId sitting{};
    SpeechKind speech_kind = SpeechKind::speech;
    std::optional<ItemId> item;
    std::optional<SpeechId> answers;
};
BOOST_DESCRIBE_STRUCT(RequestFloor, (), (sitting, speech_kind, item, answers))

/// The desk registers a speaker, also before the sitting opens.
struct RequestFloorFor {
    static constexpr std::string_view method = "floor.request_for";
    static constexpr Right right = Right::keep_floor;
    SittingId sitting{};
    PersonId person{};
    SpeechKind speech_kind = SpeechKind::speech;
    std::optional<ItemId> item;
    std::optional<SpeechId> answers;
};
BOOST_DESCRIBE_STRUCT(RequestFloorFor, (), (sitting, person, speech_kind, item, answers))

/// Takes one's own request back.
struct CancelFloorRequest {
    static constexpr std::string_view method = "floor.cancel";
    static constexpr Right right = Right::speak;
    SpeechId speech{};
};
BOOST_DESCRIBE_STRUCT(CancelFloorRequest, (), (speech))

/// The speaker has finished.
struct YieldFloor {
    static constexpr std::string_view method = "floor.yield";
    static constexpr Right right = Right::speak;
    SpeechId speech{};
};
BOOST_DESCRIBE_STRUCT(YieldFloor, (), (speech))

/// The chair or the desk takes somebody off the queue.
struct WithdrawSpeech {
    static constexpr std::string_view method = "floor.withdraw";
    static constexpr Right right = Right::keep_floor;
    SpeechId speech{};
};
BOOST_DESCRIBE_STRUCT(WithdrawSpeech, (), (speech))

/// The chair's order of the queue: every waiting speech exactly once.
struct OrderFloor {
    static constexpr std::string_view method = "floor.order";
    static constexpr Right right = Right::conduct;
    SittingId sitting{};
    std::vector<SpeechId> order;
};
BOOST_DESCRIBE_STRUCT(OrderFloor, (), (sitting, order))

/// Gives the floor. Without `limit_ms` the time the meeting allows for a first or second speech on the item.
/// After the vote on the item was put only points of order may be granted, or with a reason (PE-20).
struct GrantFloor {
    static constexpr std::string_view method = "floor.grant";
    static constexpr Right right = Right::conduct;
    SpeechId speech{};
    std::optional<std::uint32_t> limit_ms;
    std::string override_reason;
};
BOOST_DESCRIBE_STRUCT(GrantFloor, (), (speech, limit_ms, override_reason))

struct ExtendFloor {
    static constexpr std::string_view method = "floor.extend";
    static constexpr Right right = Right::conduct;
    SpeechId speech{};
    std::uint32_t by_ms = 0;
};
BOOST_DESCRIBE_STRUCT(ExtendFloor, (), (speech, by_ms))

struct StopSpeech {
    static constexpr std::string_view method = "floor.stop";
    static constexpr Right right = Right::conduct;
    SpeechId speech{};
};
BOOST_DESCRIBE_STRUCT(StopSpeech, (), (speech))

/// Writes down what was said, for the speaker to check and sign.
struct MinuteSpeech {
    static constexpr std::string_view method = "speech.minute";
    static constexpr Right right = Right::prepare;
    SpeechId speech{};
    std::string minutes;
};
BOOST_DESCRIBE_STRUCT(MinuteSpeech, (), (speech, minutes))

/// The speaker signs exactly these minutes.
struct SignMinutes {
    static constexpr std::string_view method = "speech.sign";
    static constexpr Right right = Right::speak;
    SpeechId speech{};
    Digest minutes;
};
BOOST_DESCRIBE_STRUCT(SignMinutes, (), (speech, minutes))

} // namespace plenum
