#pragma once

#include "server/chamber/state.hpp"

namespace plenum::chamber {

/// What a role may see of a sitting. Everybody sees the same: attendance and agenda are public.
SittingView view_sitting(const State& state, SittingId id);

/// What a role may see of a vote: result only when decided and, with delayed display, announced (chair and lent operator
/// see it from the decision on); progress only where the profile shows it.
VoteView view_vote(const State& state, VoteId id, Role role);

/// The person's own part: seat, where present, what was pressed in votes still open.
MyView view_me(const State& state, const Actor& actor);

/// All of it, for hello. Sittings and votes outside the person's bodies are left out for delegates; closed sittings of
/// earlier meetings are left out for everybody.
SnapshotView snapshot(const State& state, const Actor& actor);

MembersPage list_members(const State& state, const ListMembers& request);
NotPressedAnswer list_not_pressed(const State& state, VoteId vote);

/// Whether this person may watch this sitting: members of its body, officers of it or of the chamber.
bool may_watch(const State& state, const Actor& actor, const Sitting& sitting);

/// The rule in words: base, how many are needed, what not pressing means. Numbers filled in when N is known.
LocalText describe_rule(const RuleProfile& profile, std::uint32_t base_members, std::uint32_t present);

} // namespace plenum::chamber
