#pragma once

#include "protocol/event/key_holders.hpp"
#include "protocol/role.hpp"

// What may be asked for about the keys of secret votes.

namespace plenum {

/// Puts on record whom the body appointed to hold the keys: persons with the office of key holder.
struct AppointKeyHolders {
    static constexpr std::string_view method = "key_holders.appoint";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
    std::vector<PersonId> persons;
    std::uint32_t threshold = 0;
    std::string decided_by; ///< 由谁决定
};
BOOST_DESCRIBE_STRUCT(AppointKeyHolders, (), (meeting, persons, threshold, decided_by))

/// A key holder's device is there, and this is the key it signs by.
struct JoinCeremony {
    static constexpr std::string_view method = "ceremony.join";
    static constexpr Right right = Right::hold_key;
    MeetingId meeting{};
    Bytes key;
};
BOOST_DESCRIBE_STRUCT(JoinCeremony, (), (meeting, key))

struct CommitToKey {
    static constexpr std::string_view method = "ceremony.commit";
    static constexpr Right right = Right::hold_key;
    MeetingId meeting{};
    Bytes message;
};
BOOST_DESCRIBE_STRUCT(CommitToKey, (), (meeting, message))

struct OpenKey {
    static constexpr std::string_view method = "ceremony.open";
    static constexpr Right right = Right::hold_key;
    MeetingId meeting{};
    Bytes message;
    Bytes parts; ///< sealed for the others, one after another in the order of the holders
};
BOOST_DESCRIBE_STRUCT(OpenKey, (), (meeting, message, parts))

struct AgreeToKey {
    static constexpr std::string_view method = "ceremony.agree";
    static constexpr Right right = Right::hold_key;
    MeetingId meeting{};
    Bytes message;
};
BOOST_DESCRIBE_STRUCT(AgreeToKey, (), (meeting, message))

/// A holder's part does not fit what that holder published, and this proves it: it begins again, and
/// everybody is told who is at fault.
struct ComplainOfKey {
    static constexpr std::string_view method = "ceremony.complain";
    static constexpr Right right = Right::hold_key;
    MeetingId meeting{};
    Bytes message;
};
BOOST_DESCRIBE_STRUCT(ComplainOfKey, (), (meeting, message))

/// The office lets the key be made anew: a device was lost, or a holder could not go on.
struct RestartCeremony {
    static constexpr std::string_view method = "ceremony.restart";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RestartCeremony, (), (meeting, reason))

/// Puts on record with which console programs the body lets secret votes be given in this meeting.
struct PinConsoleBuilds {
    static constexpr std::string_view method = "console_builds.pin";
    static constexpr Right right = Right::prepare;
    MeetingId meeting{};
    std::vector<Digest> builds;
    std::string decided_by; ///< 由谁决定
};
BOOST_DESCRIBE_STRUCT(PinConsoleBuilds, (), (meeting, builds, decided_by))

/// The meeting is over and this holder's share of it erased; the only thing a holder may still say of a
/// meeting that is archived.
struct StateErasure {
    static constexpr std::string_view method = "share.state_erased";
    static constexpr Right right = Right::hold_key;
    MeetingId meeting{};
    Digest key_holders;
    Bytes statement;
};
BOOST_DESCRIBE_STRUCT(StateErasure, (), (meeting, key_holders, statement))

} // namespace plenum
