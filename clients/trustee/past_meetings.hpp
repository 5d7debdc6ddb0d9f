#pragma once

#include "clients/trustee/desk.hpp"

#include <map>
#include <set>

namespace plenum::trustee {

/// What a key holder does when a meeting is over: the share is erased from the key file, and that is signed
/// and told to the server. What was erased stands in the file as zeros until the server has taken the
/// statement, so that a stop in between loses nothing. Which votes still wait is the caller's to know.
class PastMeetings {
public:
    /// `keys` are this holder's, kept by the caller.
    PastMeetings(HeldKeys& keys, PersonId me, std::string origin, Desk desk);

    /// A new line to the server: what it refused may be taken now.
    void begin_line() { told_.clear(); }
    void take(const AgendaView& view);
    void take(const KeyHoldersView& view);
    void take(const SecretVoteView& view);

    /// Erases the shares of closed meetings, except while a box of theirs may still be opened, and states it.
    /// Fault::io_error when the line was lost on the way, Fault::not_durable when the key file could not be
    /// written.
    Result<void> proceed(const std::function<bool(const RecordId&)>& waits);

    /// The meeting is closed and its share erased, or there never was one.
    bool is_over(MeetingId meeting) const { return over_.contains(meeting); }
    /// And nothing is left to be told to the server on this line.
    bool is_settled(MeetingId meeting) const;

private:
    RecordId id_of(MeetingId meeting) const;
    Result<void> erase(const RecordId& meeting);
    Result<void> state_erased(MeetingId meeting);
    Result<void> forget(MeetingId meeting, const Digest& key_holders);

    HeldKeys& keys_;
    PersonId me_;
    std::string origin_;
    Desk desk_;
    SigningKey signing_key_;
    std::set<MeetingId> closed_; ///< with a box that may still be opened
    std::set<MeetingId> over_;
    std::map<Digest, std::uint32_t> numbers_; ///< this holder's, among those of a key
    std::set<Digest> stated_;                 ///< keys whose erasure the server has on record
    std::set<Digest> told_;                   ///< stated on this line, whatever was answered
};

} // namespace plenum::trustee
