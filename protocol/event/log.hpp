#pragma once

#include "protocol/ids.hpp"
#include "protocol/json_codec.hpp"
#include "protocol/role.hpp"

// The log itself: its beginning, its servers, what was cut off it, and what was written down wrongly.

namespace plenum {

/// The first entry of every log.
struct LogCreated {
    static constexpr std::string_view kind = "log.created";
    std::string origin;
    std::uint32_t format = 1;
};
BOOST_DESCRIBE_STRUCT(LogCreated, (), (origin, format))

/// A server process took the lead; entries after it carry its epoch.
struct ServerStarted {
    static constexpr std::string_view kind = "server.started";
    std::string version;
};
BOOST_DESCRIBE_STRUCT(ServerStarted, (), (version))

/// A torn tail, never acknowledged to anybody, was cut off at start-up.
struct JournalRecovered {
    static constexpr std::string_view kind = "journal.recovered";
    std::uint64_t kept_entries = 0;
    std::uint64_t cut_bytes = 0;
};
BOOST_DESCRIBE_STRUCT(JournalRecovered, (), (kept_entries, cut_bytes))

/// Stands in every group with sealed ballots and commits to them; carries no time (secret-ballot format).
struct BoxFrame {
    static constexpr std::string_view kind = "box.frame";
    std::string box;
    Digest sealed;
};
BOOST_DESCRIBE_STRUCT(BoxFrame, (), (box, sealed))

/// 更正: a clerical error in an earlier entry. That entry stays as it is; this one says what it should read.
/// It changes no figure and no outcome.
struct RecordCorrected {
    static constexpr std::string_view kind = "record.corrected";
    std::uint64_t corrects = 0; ///< sequence number of the entry with the error
    std::string reads;          ///< the words as they stand there
    std::string should_read;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RecordCorrected, (), (corrects, reads, should_read, reason))

} // namespace plenum
