#pragma once

#include "protocol/text.hpp"
#include "server/chamber/chamber.hpp"
#include "server/chamber/queries.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace plenum::chamber {

Actor as(PersonId person, Role role);

/// A chamber without a server: decides, writes the entries down as they would stand in the journal, reads
/// them back and applies what it read. Every acceptance also checks that decide left the state alone.
class Rehearsal {
public:
    State state;
    std::map<Digest, std::string> blobs;
    std::vector<std::string> entries; ///< encoded, as the journal holds them
    std::uint64_t now_ms = 1'000'000;
    bool disk_low = false;
    SecretMaterial secret; ///< what a clerk would have drawn and kept

    Rehearsal();

    Decided decide(const Actor& actor, const Command& command) const;

    /// How the command is refused; nothing when it would be accepted.
    std::optional<RefusalCode> refusal(const Actor& actor, const Command& command) const;

    /// Carries it out; the command must be accepted. Answers the first entry's number.
    std::uint64_t act(const Actor& actor, const Command& command);

    /// Carries it out if it is accepted; answers the refusal otherwise.
    std::optional<Refusal> attempt(const Actor& actor, const Command& command);

    /// Lets the timer close this vote, or says why not.
    std::optional<Refusal> time_out(VoteId vote);

    void write_down(const Actor& actor, const Decision& decision);

    BlobSource blob_source() const;

    /// The state hash of a fresh chamber that reads the entries again.
    Digest replayed() const;

    Sitting& sitting(SittingId id) { return state.sittings.at(id); }
    Vote& vote(VoteId id) { return state.votes.at(id); }
    Item& item(ItemId id) { return state.items.at(id); }
};

Threshold over_half(Base base = Base::all_members);
Threshold two_thirds(Base base = Base::all_members);

/// 过半数 of all members, named, last press, closed by the chair.
RuleProfile motion();

std::vector<RosterRow> rows_of(std::size_t members);

/// A body ready for a sitting, with its officers; each step of the day is a method.
struct House : Rehearsal {
    BodyId body{};
    Actor secretary;
    Actor chair;
    Actor operator_;
    MeetingId meeting{};
    SittingId sitting_id{};
    ItemId item_id{};
    std::vector<Actor> members;

    explicit House(std::size_t size = 7, BodyKind kind = BodyKind::standing_committee);

    void open_sign_in();
    /// Signs in members [from, to).
    void sign_in(std::size_t from, std::size_t to);
    /// Opens sign-in, signs in the first `present` members, opens the sitting and adopts the agenda.
    void begin(std::size_t present);
    VoteId prepare(const RuleProfile& profile = motion());
    VoteId prepare(const RuleProfile& profile, std::optional<ItemId> about);
    VoteId open(const RuleProfile& profile = motion());
    /// Members from `first` on press, so many each way.
    void press(VoteId vote, std::size_t approve, std::size_t oppose, std::size_t abstain,
               std::size_t first = 0);
    void press_one(VoteId vote, std::size_t member, Choice choice);
    /// A person of a new name in this office.
    Actor appoint(Role role, std::optional<BodyId> over);
    PrepareVote prepare_command(const RuleProfile& profile) const;
};

} // namespace plenum::chamber
