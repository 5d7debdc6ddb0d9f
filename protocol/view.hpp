#pragma once

#include "protocol/view/agenda.hpp"
#include "protocol/view/key_holders.hpp"
#include "protocol/view/petitions.hpp"
#include "protocol/view/secret_vote.hpp"
#include "protocol/view/sitting.hpp"
#include "protocol/view/suggestions.hpp"
#include "protocol/view/vote.hpp"

// What a screen may see, as snapshots and notifications carry it. Views are whole: a client replaces what it
// held under the same id. They show only what is durable, and `seq` of the message says as of which entry, so
// that resume(since) can continue. Notifications: `snapshot`, `agenda.changed`, `item.changed`,
// `sitting.changed`, `floor.changed`, `vote.changed`, `counts.changed`, `vote.progress`, `members.changed`,
// `me.changed`, `key_holders.changed`, `suggestion.changed`, `petition.changed`.

namespace plenum {

/// The person behind the session, and per sitting whether present and what the last press in the open vote
/// was.
struct MyPress {
    VoteId vote{};
    Choice choice = Choice::abstain;
    std::uint64_t seq = 0; ///< the entry that records it
};
BOOST_DESCRIBE_STRUCT(MyPress, (), (vote, choice, seq))

struct MyView {
    PersonId person{};
    std::string name;
    Role role = Role::observer;
    std::string seat;
    std::vector<SittingId> present_in;
    std::vector<SittingId> remote_in;  ///< of those, where the person attends by video
    std::vector<MyPress> presses;      ///< in votes that are open or held
    std::vector<VoteId> objected;      ///< open votes the person objected to
    std::vector<VoteId> by_hands;      ///< open votes in which the person raises a hand instead of pressing
    std::optional<Bytes> device{};     ///< the key of the console enrolled for this member
    std::vector<SittingId> keyed_in{}; ///< sittings for which a voting key is registered
    Later<std::vector<SittingId>> suspended_in{}; ///< sittings of bodies the person is suspended in
};
BOOST_DESCRIBE_STRUCT(MyView, (),
                      (person, name, role, seat, present_in, remote_in, presses, objected, by_hands, device,
                       keyed_in, suspended_in))

/// The whole of what a role sees. Sent after hello, and again when a client fell too far behind.
struct SnapshotView {
    std::uint64_t seq = 0;   ///< number of durable entries it shows
    std::uint64_t at_ms = 0; ///< server clock, for countdowns
    MyView me;
    std::vector<AgendaView> agendas;
    std::vector<SittingView> sittings;
    std::vector<FloorView> floors;
    std::vector<VoteView> votes;
    std::vector<KeyHoldersView> keys; ///< of meetings that have key holders
};
BOOST_DESCRIBE_STRUCT(SnapshotView, (), (seq, at_ms, me, agendas, sittings, floors, votes, keys))

/// To the sessions of one person: signed in or out (perhaps by the desk), or pressed on another console.
struct MeChanged {
    static constexpr std::string_view method = "me.changed";
    std::uint64_t seq = 0;
    MyView me;
};
BOOST_DESCRIBE_STRUCT(MeChanged, (), (seq, me))

} // namespace plenum
