#pragma once

#include "protocol/audit/record.hpp"
#include "protocol/audit/signed_log.hpp"

#include <functional>

namespace plenum::audit {

/// What stands behind the figures of a secret vote.
struct SecretSummary {
    std::uint32_t round = 0;       ///< of the list it was opened with
    std::uint32_t list_length = 0; ///< N
    std::optional<Digest> root;    ///< of the sealed box
    std::uint32_t ballots = 0;     ///< m
    std::uint32_t spoils = 0;
    std::uint32_t contested = 0; ///< consoles that did not find in the box what they must
    std::uint32_t confirmed = 0; ///< consoles that had confirmed it when the first share was given
    std::uint32_t shares = 0;    ///< that hold
    std::uint32_t threshold = 0; ///< how many were needed
    std::uint32_t cosigned = 0;  ///< key holders who signed that they saw this record, up to the box at least
    bool proofs_checked = false; ///< every ballot was looked at and held: only where the box is seen
    bool shredded = false;       ///< the key of the box was destroyed
};
BOOST_DESCRIBE_STRUCT(SecretSummary, (),
                      (round, list_length, root, ballots, spoils, contested, confirmed, shares, threshold,
                       cosigned, proofs_checked, shredded))

/// One vote as the auditor recomputed it.
struct VoteSummary {
    VoteId id{};
    SittingId sitting{};
    std::string title;
    std::uint32_t attempt = 1;
    VoteState state = VoteState::prepared;
    std::uint32_t base_members = 0;
    std::uint32_t present = 0;               ///< N, the electorate; 0 before opening
    VoteMethod method = VoteMethod::console; ///< the last one, when it was switched
    std::optional<Tally> tally;              ///< empty before it is decided
    std::optional<HandsCount> hands;         ///< the part the tellers counted
    std::vector<GroupTally> groups;
    std::uint32_t left = 0;
    std::optional<Outcome> outcome;
    std::optional<VoidReason> void_reason;
    bool sound = true;                     ///< no error concerns it
    std::optional<BallotsCount> ballots{}; ///< on paper
    std::optional<PlacesDecided> places{};
    std::optional<GradesDecided> grades{};
    std::optional<SecretSummary> secret{}; ///< of a secret vote once a roll was called
};
BOOST_DESCRIBE_STRUCT(VoteSummary, (),
                      (id, sitting, title, attempt, state, base_members, present, method, tally, hands,
                       groups, left, outcome, void_reason, sound, ballots, places, grades, secret))

/// What is known after looking at everything.
struct Report {
    bool ok = false; ///< no finding is an error
    std::string origin;
    std::string vkey;
    std::uint64_t size = 0;
    std::optional<Digest> root;
    std::string created_by;
    std::uint64_t checkpoints = 0; ///< earlier ones in the bundle
    std::vector<AuditFinding> findings;
    std::vector<VoteSummary> votes;           ///< in the order they were prepared
    bool has_boxes = false;                   ///< the bundle is one that holds the boxes of secret votes
    std::map<std::string, VoteId> trackers{}; ///< of all ballots in them
};

/// The report as `plenum-audit verify --json` prints it.
boost::json::value to_json_report(const Report& report);

/// Told every so many entries and ballots, and at the end.
using Progress = std::function<void(std::uint64_t done, std::uint64_t of)>;

/// Checks a bundle from the bytes up: files, key, signatures, tree, and then the record itself, entry by
/// entry. Needs nothing but the bundle and what the auditor trusts; never fails, whatever the bundle holds.
Report verify(const Bundle& bundle, const Trust& trust = {}, const Progress& progress = {});

/// A bundle that could not even be read, as a report.
Report unreadable(AuditFinding why);

} // namespace plenum::audit
