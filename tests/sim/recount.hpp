#pragma once

#include "protocol/entry.hpp"

#include <functional>
#include <map>
#include <set>
#include <string>

namespace plenum::sim {

/// A second, naive reading of the record, entry by entry, that shares no code with the chamber: who was
/// present, who could vote, what was pressed, what the figures must be. Throws a Violation when the record
/// breaks a rule.
class Recount {
public:
    using BlobSource = std::function<std::string(const Digest&)>;

    explicit Recount(BlobSource blobs) : blobs_(std::move(blobs)) {}
    void read(const Entry& entry);

    std::uint64_t presses = 0;
    std::uint64_t decided = 0;
    std::uint64_t timed_out = 0;
    std::uint64_t voided = 0;
    std::uint64_t retried = 0;
    std::uint64_t held = 0;

private:
    enum class Stage { prepared, open, held, closed, decided, announced, voided };
    struct Ballot {
        SittingId sitting{};
        BodyId body{};
        Stage stage = Stage::prepared;
        RuleProfile profile;
        Digest text;
        std::uint32_t base = 0;
        std::set<PersonId> electorate;
        std::map<PersonId, Choice> presses;
        std::optional<std::uint64_t> closes_at_ms;
    };
    struct Person {
        std::string group;
    };

    void operator()(const auto&) {}
    void operator()(const RosterAdopted& event);
    void operator()(const MeetingCreated& event);
    void operator()(const SittingCreated& event);
    void operator()(const SignedIn& event);
    void operator()(const SignedOut& event);
    void operator()(const VotePrepared& event);
    void operator()(const VoteOpened& event);
    void operator()(const VoteCast& event);
    void operator()(const VoteHeld& event);
    void operator()(const VoteResumed& event);
    void operator()(const VoteClosed& event);
    void operator()(const VoteDecided& event);
    void operator()(const VoteAnnounced& event);
    void operator()(const VoteVoided& event);
    void check_figures(const Ballot& ballot, const VoteDecided& event) const;
    void check_outcome(const Ballot& ballot, const VoteDecided& event) const;
    Ballot& ballot(VoteId vote);

    BlobSource blobs_;
    std::uint64_t seq_ = 0; ///< of the entry being read
    std::uint64_t at_ms_ = 0;
    std::uint64_t epoch_ = 0;
    std::map<BodyId, std::map<PersonId, Person>> rosters_;
    std::map<MeetingId, BodyId> meetings_;
    std::map<SittingId, BodyId> sittings_;
    std::map<SittingId, std::set<PersonId>> present_;
    std::map<SittingId, VoteId> open_;
    std::map<VoteId, Ballot> ballots_;
};

} // namespace plenum::sim
