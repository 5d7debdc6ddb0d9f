#pragma once

#include "server/chamber/queries.hpp"
#include "server/clerk/ballot_desk.hpp"

#include <map>
#include <set>
#include <variant>

namespace plenum::clerk {

/// As many as fit a console's queue beside what else is going on.
inline constexpr std::size_t missed_messages_max = 32;

/// The floor of a sitting, as one of the things that are told as a whole.
struct FloorOf {
    SittingId sitting{};
    auto operator<=>(const FloorOf&) const = default;
};

/// The keys of a meeting's secret votes, as one more.
struct KeysOf {
    MeetingId meeting{};
    auto operator<=>(const KeysOf&) const = default;
};

/// What is told as a whole: a meeting's agenda, a sitting, its floor, a vote, the keys of a meeting, a
/// suggestion, a joint signature.
using Subject = std::variant<MeetingId, SittingId, FloorOf, VoteId, KeysOf, SuggestionId, PetitionId>;

/// Tells consoles, panels and screens what has become durable. Views are whole and encoded once for each
/// role; counts, progress and who came or went are collected and go out at most ten times a second: three
/// thousand arrive in as many groups, and a panel that was told of each would be cut as a slow one.
class Herald {
public:
    /// `desk` knows how far secret votes have come.
    Herald(const Ports& ports, BallotDesk& desk) : ports_(ports), desk_(desk) {}

    void welcome(const chamber::State& state, SessionId session, const Actor& actor);
    void farewell(SessionId session);
    /// Who is behind a session; nothing before hello.
    const Actor* actor_of(SessionId session) const;
    /// Where a member is signed in to vote.
    std::vector<SessionId> consoles_of(PersonId member) const;
    /// Sessions of officers whose last office in the role they act in has ended, and their code with it.
    std::vector<SessionId> without_office(const chamber::State& state) const;
    std::size_t signed_in_sessions() const { return sessions_.size(); }

    /// A session is about to get the receipt for an entry that will be noted next.
    void note_receipt(SessionId session, std::uint64_t seq) { receipts_.insert({seq, session}); }

    /// Notes what an entry changes; `state` is already the state after it.
    void note(const chamber::State& state, const Entry& entry);

    /// A console signed that it stands in the list of a vote, or that its box holds what it must; ballots of
    /// a vote are durable. Told with the figures.
    void note_roll(VoteId vote) { dirty_rolls_.insert(vote); }
    void note_box(VoteId vote) { dirty_boxes_.insert(vote); }
    void note_ballots(VoteId vote) { dirty_progress_.insert(vote); }

    /// The whole, to one session.
    void send_snapshot(const chamber::State& state, SessionId session, std::uint64_t now_ms);

    /// Sends what note() collected, except what tell_figures() does. Called once for each durable group.
    void tell(const chamber::State& state, std::uint64_t now_ms);
    /// Sends counts, progress and presence that changed since the last call.
    void tell_figures(const chamber::State& state, std::uint64_t now_ms);

    /// After a replay: nobody was listening, and which group an entry was told with is not known any more.
    void forget_listeners(const chamber::State& state);

    /// What one who was away must be told to continue after `since`, the `seq` of the newest notification it
    /// has: whole views, in the order and under the numbers they were told, so that a further cut in the
    /// middle of them loses nothing. Nothing at all when a snapshot serves better: there are more than
    /// missed_messages_max (which would overflow a console's queue), or rosters or offices changed and with
    /// them what may be seen.
    std::optional<std::vector<Message>> missed(const chamber::State& state, const Actor& actor,
                                               std::uint64_t since, std::uint64_t now_ms) const;

private:
    /// What each kind of event touches.
    struct Noter;

    /// Sessions by role that may watch one sitting.
    using Audience = std::map<Role, std::vector<SessionId>>;

    const Audience& audience(const chamber::State& state, SittingId sitting);
    /// Sessions by role that may watch any sitting of the meeting.
    Audience audience_of_meeting(const chamber::State& state, MeetingId meeting);
    void send(const chamber::State& state, const Subject& subject, std::uint64_t now_ms);
    /// What belongs to a body and not to one of its meetings: everybody sees the same of it.
    void send_of_body(const chamber::State& state, const Subject& subject, std::uint64_t now_ms);
    void send_item(const chamber::State& state, ItemId item);
    void send_members(const chamber::State& state, SittingId sitting, const std::set<PersonId>& persons);
    void send_me(const chamber::State& state, SessionId session);
    void send_keys(const chamber::State& state, std::uint64_t now_ms);
    void send_secret_figures(const chamber::State& state);
    Message encode_view(const chamber::State& state, const Subject& subject, Role role, std::uint64_t seq,
                        std::uint64_t now_ms) const;
    /// With what is not in the record: how many ballots were received.
    VoteView complete(const chamber::State& state, VoteView view, Role role) const;
    void touch(const chamber::State& state, const Subject& subject);
    void touch_item(const chamber::State& state, ItemId item);
    void touch_vote(const chamber::State& state, VoteId vote);
    void note_presence(SittingId sitting, PersonId person);
    void note_press(const VoteCast& press, std::uint64_t seq);
    void note_person(PersonId person);
    void note_keys(SittingId sitting) { dirty_keys_.insert(sitting); }
    void note_rights(const chamber::State& state);
    void send_snapshots(const chamber::State& state, std::uint64_t now_ms);
    void forget_dirt();
    void forget_figures();

    const Ports& ports_;
    BallotDesk& desk_;
    std::map<SessionId, Actor> sessions_;
    std::map<PersonId, std::set<SessionId>> sessions_of_;
    std::map<SittingId, Audience> audiences_; ///< cache, emptied when sessions, rosters or offices change

    std::map<SessionId, std::set<BodyId>> watched_; ///< the bodies a session may watch, as it was last told

    /// The number of entries under which the newest change was told; until then, with which it was noted.
    /// Messages of one group have one number, so whoever has seen that number may still have missed the
    /// others.
    std::map<Subject, std::uint64_t> told_;
    std::uint64_t rights_told_ = 0;

    std::set<std::pair<std::uint64_t, SessionId>> receipts_; ///< given out with the group being noted
    bool dirty_rights_ = false;
    std::set<Subject> dirty_;
    std::set<ItemId> dirty_items_; ///< those whose agenda is not dirty as a whole
    std::map<SittingId, std::set<PersonId>> dirty_members_;
    std::set<SessionId> dirty_me_;
    std::set<SittingId> dirty_counts_;
    std::set<VoteId> dirty_progress_;
    std::set<SittingId> dirty_keys_; ///< where another number of members has a voting key
    std::set<VoteId> dirty_rolls_;
    std::set<VoteId> dirty_boxes_;
};

} // namespace plenum::clerk
