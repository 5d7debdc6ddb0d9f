#pragma once

#include "protocol/ballot/shape.hpp"
#include "protocol/ballot/share.hpp"
#include "protocol/event/secret_vote.hpp"

#include <map>
#include <set>

// What the auditor has read of a secret vote at consoles. What stands in blobs that not every bundle holds is
// empty when this one does not.

namespace plenum::audit {

/// For whom access codes were issued, and which of them have enrolled a console since: numbers of entries.
struct RecordedCodes {
    bool are_named = false; ///< an entry said for whom: all that follow do, and only then anything is checked
    std::optional<std::uint64_t> newest_unnamed{}; ///< for anybody
    std::map<PersonId, std::uint64_t> newest{};
    std::map<PersonId, std::uint64_t> spent{};
};

/// A key registered at sign-in, under the console it was made on.
struct RecordedVotingKey {
    ballot::VerifyKey device{};
    std::optional<ballot::Point> key{}; ///< of an auditor's bundle

    bool operator==(const RecordedVotingKey&) const = default;
};

/// The newest round, with what every ballot of it is bound to and the keys its totals are opened by.
struct RecordedRoll {
    ballot::VoteContext context;
    Digest list;
    std::map<PersonId, RecordedVotingKey> drawn;         ///< who was there with a key
    std::optional<std::set<ballot::Point>> pseudonyms{}; ///< of an auditor's bundle
    ballot::CeremonyTerms holders;
    std::vector<PersonId> holder_persons; ///< by number from 1
    ballot::ElectionKeys keys;
};

/// The sealed box.
struct RecordedBox {
    Digest root;
    std::uint32_t ballots = 0;                               ///< m
    std::uint32_t spoils = 0;                                ///< of which none ever counts
    std::optional<std::vector<ballot::EncryptedSum>> sums{}; ///< where the box is seen, when all ballots hold
    std::set<std::string> trackers{};                        ///< of its ballots
    std::uint64_t sealed = 0;                                ///< the entry that says so
};

struct RecordedSecret {
    ballot::BallotShape shape = ballot::motion_shape; ///< of every ballot
    std::uint32_t rounds = 0;                         ///< called so far
    std::optional<RecordedRoll> roll{};
    std::optional<std::uint64_t> created{}; ///< the entry that created the box
    std::uint64_t frames = 0;
    std::uint32_t left = 0;   ///< of the list, who had signed out when voting ended
    std::uint32_t reused = 0; ///< ballots refused because their number had another
    std::optional<RecordedBox> box{};
    std::set<PersonId> contested{};
    std::map<std::uint32_t, ballot::DecryptionShare> shares{}; ///< that hold, by holder
    std::set<std::uint32_t> cosigned{};                        ///< holders whose cosignature holds
    std::set<std::uint32_t> refused{};                         ///< holders who gave one that does not
    std::uint32_t first_counted = 0; ///< confirmations the first holder rests its share on; 0: on none
    std::optional<std::uint32_t> confirmed{}; ///< consoles, once the first share was given
    std::optional<OpenedTotals> totals{};
    bool shred_started = false;
    bool shredded = false;
};

} // namespace plenum::audit
