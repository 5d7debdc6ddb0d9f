#pragma once

#include "protocol/ids.hpp"
#include "protocol/json_codec.hpp"

// 密钥持有人 of a meeting, and how they make the election key (docs/ballot_protocol.md 7). Nobody ever has
// that key: each keeps a part, and only so many of them together can open a total.

namespace plenum {

/// 密钥持有人 by the name under which every message of the ceremony speaks of him or her.
struct AppointedHolder {
    PersonId person{};
    std::string name;

    bool operator==(const AppointedHolder&) const = default;
};
BOOST_DESCRIBE_STRUCT(AppointedHolder, (), (person, name))

/// The body appointed these to hold the keys of the meeting's secret votes; a newer appointment, and with it
/// a new ceremony, replaces the older. Numbered from 1 in this order.
struct KeyHoldersAppointed {
    static constexpr std::string_view kind = "key_holders.appointed";
    MeetingId meeting{};
    std::vector<AppointedHolder> holders;
    std::uint32_t threshold = 0; ///< how many of them are needed to open a total; more than half
    std::string decided_by;
};
BOOST_DESCRIBE_STRUCT(KeyHoldersAppointed, (), (meeting, holders, threshold, decided_by))

/// A key holder's device says by which key it signs.
struct CeremonyJoined {
    static constexpr std::string_view kind = "ceremony.joined";
    MeetingId meeting{};
    PersonId holder{};
    Bytes key; ///< Ed25519
};
BOOST_DESCRIBE_STRUCT(CeremonyJoined, (), (meeting, holder, key))

/// The first step: bound to numbers nobody has seen yet. Messages are the bytes of the protocol, signed by
/// the holder.
struct CeremonyCommitted {
    static constexpr std::string_view kind = "ceremony.committed";
    MeetingId meeting{};
    PersonId holder{};
    Bytes message;
};
BOOST_DESCRIBE_STRUCT(CeremonyCommitted, (), (meeting, holder, message))

/// The second step: the numbers, and for every holder a part that only he or she can read.
struct CeremonyOpened {
    static constexpr std::string_view kind = "ceremony.opened";
    MeetingId meeting{};
    PersonId holder{};
    Bytes message;
    Digest parts; ///< private blob: the sealed parts for the others, in the order of the holders
};
BOOST_DESCRIBE_STRUCT(CeremonyOpened, (), (meeting, holder, message, parts))

/// The third step: the holder checked every part and has a share.
struct CeremonyAgreed {
    static constexpr std::string_view kind = "ceremony.agreed";
    MeetingId meeting{};
    PersonId holder{};
    Bytes message;
};
BOOST_DESCRIBE_STRUCT(CeremonyAgreed, (), (meeting, holder, message))

/// A holder complained of the part another one sent. The message proves which of the two is at fault, so the
/// ceremony is worth nothing and begins again from the first step.
struct CeremonyFailed {
    static constexpr std::string_view kind = "ceremony.failed";
    MeetingId meeting{};
    PersonId holder{}; ///< who complained
    Bytes message;
    PersonId at_fault{};
    std::uint32_t attempt = 0; ///< which one begins
};
BOOST_DESCRIBE_STRUCT(CeremonyFailed, (), (meeting, holder, message, at_fault, attempt))

/// The office lets it begin again.
struct CeremonyRestarted {
    static constexpr std::string_view kind = "ceremony.restarted";
    MeetingId meeting{};
    std::string reason;
    std::uint32_t attempt = 0; ///< which one begins
};
BOOST_DESCRIBE_STRUCT(CeremonyRestarted, (), (meeting, reason, attempt))

/// Follows the last agreement in the same group: from here secret votes can be prepared in this meeting.
struct ElectionKeyMade {
    static constexpr std::string_view kind = "election_key.made";
    MeetingId meeting{};
    Bytes election_key; ///< Y
    Digest key_holders; ///< what people compare, and every secret ballot is bound to
};
BOOST_DESCRIBE_STRUCT(ElectionKeyMade, (), (meeting, election_key, key_holders))

/// The body decided with which programs secret votes are given in this meeting. A newer decision replaces the
/// older; a vote goes by what held when it was opened.
struct ConsoleBuildsPinned {
    static constexpr std::string_view kind = "console_builds.pinned";
    MeetingId meeting{};
    std::vector<Digest> builds; ///< SHA-256 of each program, as acknowledgements name it
    std::string decided_by;
};
BOOST_DESCRIBE_STRUCT(ConsoleBuildsPinned, (), (meeting, builds, decided_by))

/// A key holder says, signed, that the share of a meeting that is over exists no more on his or her device.
struct ShareErased {
    static constexpr std::string_view kind = "share.erased";
    MeetingId meeting{};
    PersonId holder{};
    Digest key_holders; ///< which key it was a share of: a meeting may have had several
    Bytes statement;    ///< the holder's signature (ballot/erasure.hpp)
};
BOOST_DESCRIBE_STRUCT(ShareErased, (), (meeting, holder, key_holders, statement))

} // namespace plenum
