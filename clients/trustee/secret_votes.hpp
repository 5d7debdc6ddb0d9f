#pragma once

#include "clients/trustee/box_files.hpp"
#include "clients/trustee/holder_choices.hpp"
#include "clients/trustee/past_meetings.hpp"
#include "clients/trustee/record_check.hpp"
#include "clients/trustee/vote_watch.hpp"

#include <map>
#include <set>

namespace plenum::trustee {

/// A key holder's part in the secret votes of the meetings it has shares of: it follows what the server says
/// of each, verifies the sealed box with everything that belongs to it, and gives its share once. Nothing the
/// server says is believed; what does not hold is told to the person at the device, and that vote is over for
/// this program. Before a share leaves, it stands durably in the key file: the same box asked for again gets
/// the same bytes, another box of the same vote never anything.
class SecretVotes {
public:
    /// `keys` are this holder's, kept by the caller, who calls again on every new line with begin_line. `log`
    /// is the one it votes in, by its name and the key it signs checkpoints with.
    SecretVotes(HeldKeys& keys, PersonId me, NoteVerifier log, HolderChoices choices, Desk desk,
                ballot::Randomness& randomness);

    /// A new line to the server; `entries` is the length of its log, as hello told it.
    Result<void> begin_line(std::uint64_t entries);

    // All of them: Fault::io_error when the line was lost on the way, Fault::not_durable when the key file
    // could not be written, which ends the program.

    Result<void> take(const KeyHoldersView& view);
    Result<void> take(const VoteView& view);
    Result<void> take(const BoxProgress& progress);
    /// Erases the share of a meeting that is over, once no vote of it waits to be opened, and states it.
    Result<void> take(const AgendaView& view);
    /// Some seconds later: what was not there may be there now.
    Result<void> look_again();

    /// The meeting is closed and its share erased, or there never was one.
    bool is_over(MeetingId meeting) const { return past_.is_over(meeting); }
    /// And the statement of it is told to the server.
    bool is_settled(MeetingId meeting) const { return past_.is_settled(meeting); }

private:
    struct Followed {
        VoteView view;
        VoteWatch watch;
        std::optional<CheckedBox> box;
        std::uint64_t sealed_seen_ms = 0;
        bool is_done = false;          ///< given, or refused for good
        bool is_sent = false;          ///< on this line
        std::uint64_t retry_at_ms = 0; ///< after the server refused it
        bool is_asked = false;         ///< the holder was told how to go on
        std::set<std::string> told{};
    };
    struct Asked {
        std::vector<LocalText> reasons; ///< why the holder has to decide
        bool overridden = false;        ///< too few confirmations among them
        bool may_settle = false;        ///< by waiting a little
    };

    Result<void> proceed(Followed& vote);
    Result<void> open(Followed& vote, const HeldShare& share);
    Result<void> verify(Followed& vote, const OwnElection& election);
    void tell_builds(Followed& vote);
    Asked asked_of(const Followed& vote, const ballot::RollCheck& confirmed) const;
    void ask(Followed& vote, const Asked& asked);
    Result<std::optional<Checkpoint>> witness(Followed& vote);
    Result<void> give(Followed& vote, const HeldShare& share, const OwnElection& election,
                      std::uint32_t confirmed, bool overridden);
    Result<void> send(Followed& vote, const ballot::DecryptionLedger::Entry& entry);
    Result<void> keep();
    Result<void> settle_what_is_over();

    const HeldShare* share_of(const SecretVoteView& view) const;
    RecordId id_of(VoteId vote) const;
    bool is_repeat(const VoteView& view) const;
    bool is_accepted(const Followed& vote) const;
    void refuse(Followed& vote, const LocalText& why);
    void tell(Followed& vote, const std::string& zh, const std::string& en);

    HeldKeys& keys_;
    PersonId me_;
    NoteVerifier log_;
    HolderChoices choices_;
    Desk desk_;
    ballot::Randomness& randomness_;
    SigningKey signing_key_;
    PastMeetings past_;
    bool is_kept_ = true; ///< what keys_ holds is in the file
    std::map<Digest, OwnElection> elections_;
    std::map<VoteId, Followed> votes_;
};

} // namespace plenum::trustee
