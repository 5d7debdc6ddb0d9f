#pragma once

#include "server/chamber/queries.hpp"
#include "server/clerk/ports.hpp"

#include <map>
#include <set>

namespace plenum::clerk {

/// Tells consoles, panels and screens what has become durable. Views are whole and encoded once for each role; counts and
/// progress are collected and go out at most ten times a second.
class Herald {
public:
    explicit Herald(const Ports& ports) : ports_(ports) {}

    void welcome(SessionId session, const Actor& actor);
    void farewell(SessionId session);
    /// Who is behind a session; nothing before hello.
    const Actor* actor_of(SessionId session) const;
    std::size_t signed_in_sessions() const { return sessions_.size(); }

    /// Notes what an entry changes; `state` is already the state after it.
    void note(const chamber::State& state, const Entry& entry);

    /// Sends what note() collected, except counts and progress. Called once for each durable group.
    void tell(const chamber::State& state, std::uint64_t now_ms);
    /// Sends counts and progress that changed since the last call.
    void tell_figures(const chamber::State& state);

    /// What changed after `since`, to one session that was away.
    void catch_up(const chamber::State& state, SessionId session, std::uint64_t since, std::uint64_t now_ms);

private:
    /// What each kind of event touches.
    struct Noter;

    /// Sessions by role that may watch one sitting.
    using Audience = std::map<Role, std::vector<SessionId>>;

    const Audience& audience(const chamber::State& state, SittingId sitting);
    void send_vote(const chamber::State& state, VoteId vote, std::uint64_t now_ms);
    void send_sitting(const chamber::State& state, SittingId sitting);
    void send_members(const chamber::State& state, SittingId sitting, const std::set<PersonId>& persons);
    void send_me(const chamber::State& state, PersonId person);
    void touch_sitting(const chamber::State& state, SittingId sitting);
    void touch_vote(const chamber::State& state, VoteId vote);
    void touch_meeting(const chamber::State& state, MeetingId meeting);
    void note_presence(const chamber::State& state, SittingId sitting, PersonId person);

    const Ports& ports_;
    std::map<SessionId, Actor> sessions_;
    std::map<PersonId, std::set<SessionId>> sessions_of_;
    std::map<SittingId, Audience> audiences_; ///< cache, emptied when sessions, rosters or offices change

    std::map<SittingId, std::uint64_t> sitting_changed_; ///< by how many entries the newest change was known
    std::map<VoteId, std::uint64_t> vote_changed_;

    std::set<SittingId> dirty_sittings_;
    std::set<VoteId> dirty_votes_;
    std::map<SittingId, std::set<PersonId>> dirty_members_;
    std::set<PersonId> dirty_persons_;
    std::set<SittingId> dirty_counts_;
    std::set<VoteId> dirty_progress_;
};

} // namespace plenum::clerk
