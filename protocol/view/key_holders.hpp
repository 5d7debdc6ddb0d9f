#pragma once

#include "protocol/event.hpp"

// The keys of a meeting's secret votes as screens and key holders see them. All of it is public: whoever
// checks the election key needs the whole transcript.

namespace plenum {

/// NOTE: names are on the wire; append only.
enum class CeremonyPhase {
    joining,    ///< not every holder's device has come yet
    committing, ///< first step
    opening,    ///< second
    agreeing,   ///< third
    made        ///< the election key is there
};
BOOST_DESCRIBE_ENUM(CeremonyPhase, joining, committing, opening, agreeing, made)

/// One holder and what he or she has said so far; empty where it is still to come.
struct KeyHolderView {
    PersonId person{};
    std::string name;
    std::optional<Bytes> key;
    std::optional<Bytes> commit;
    std::optional<Bytes> open;
    std::optional<Bytes> agree;

    bool operator==(const KeyHolderView&) const = default;
};
BOOST_DESCRIBE_STRUCT(KeyHolderView, (), (person, name, key, commit, open, agree))

/// Why the ceremony began again: a holder complained and somebody is proven to be at fault, or the office
/// said why.
struct CeremonyRestart {
    std::optional<PersonId> complained;
    std::optional<PersonId> at_fault;
    std::string reason;

    bool operator==(const CeremonyRestart&) const = default;
};
BOOST_DESCRIBE_STRUCT(CeremonyRestart, (), (complained, at_fault, reason))

/// 已核定的表决器程序: with these the body lets secret votes be given.
struct PinnedBuilds {
    std::vector<Digest> builds;
    std::string decided_by;

    bool operator==(const PinnedBuilds&) const = default;
};
BOOST_DESCRIBE_STRUCT(PinnedBuilds, (), (builds, decided_by))

struct KeyHoldersView {
    MeetingId meeting{};
    Bytes meeting_id; ///< the record id every message of the ceremony speaks of
    std::uint32_t threshold = 0;
    std::uint32_t attempt = 1;
    CeremonyPhase phase = CeremonyPhase::joining;
    std::vector<KeyHolderView> holders;     ///< numbered from 1 in this order
    std::optional<CeremonyRestart> restart; ///< why the attempt before was given up
    std::optional<Bytes> election_key;
    std::optional<Digest> key_holders;
    std::string words;                     ///< what people compare: four numbers; empty until the key is made
    Later<PinnedBuilds> pinned{};          ///< once the body decided it
    Later<std::vector<PersonId>> erased{}; ///< holders who signed that their share is no more
};
BOOST_DESCRIBE_STRUCT(KeyHoldersView, (),
                      (meeting, meeting_id, threshold, attempt, phase, holders, restart, election_key,
                       key_holders, words, pinned, erased))

struct KeyHoldersChanged {
    static constexpr std::string_view method = "key_holders.changed";
    std::uint64_t seq = 0;
    KeyHoldersView keys;
};
BOOST_DESCRIBE_STRUCT(KeyHoldersChanged, (), (seq, keys))

} // namespace plenum
