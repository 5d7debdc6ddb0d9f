#include "server/chamber/ceremony.hpp"
#include "server/chamber/secret_steps.hpp"

#include <algorithm>

// A secret vote as everybody sees it. The state knows of no ballot, so that nothing of one can stand here.

namespace plenum::chamber {
namespace {

SecretPhase phase_of(const State& state, const Vote& vote)
{
    switch (vote.state) {
    case VoteState::prepared: return roll_fits(state, vote) ? SecretPhase::called : SecretPhase::to_call;
    case VoteState::open:
    case VoteState::held: return SecretPhase::open;
    case VoteState::closed: return vote.secret.sealed ? SecretPhase::sealed : SecretPhase::closed;
    case VoteState::decided:
    case VoteState::announced:
    case VoteState::annulled: return SecretPhase::opened;
    case VoteState::voided: return SecretPhase::ended;
    }
    PLENUM_ASSERT(!"unknown state");
    return {};
}

/// The holders whose shares open this vote: those its list was called for, or those of the meeting now.
const KeyHolders* holders_of(const State& state, const Vote& vote)
{
    if (vote.secret.roll) return &vote.secret.roll->keys;
    const auto& keys = record_of(state.meetings, record_of(state.sittings, vote.sitting).meeting).keys;
    return keys && phase_of(*keys) == CeremonyPhase::made ? &*keys : nullptr;
}

RollView view_roll(const Vote& vote, const CalledRoll& roll)
{
    return {roll.round,  roll.question,       hash_of(vote.profile),     roll.root,
            roll.length, roll.vote_generator, count(roll.without.size())};
}

SealedBoxView view_box(const Vote& vote, const SealedBox& sealed)
{
    SealedBoxView view{
        sealed.root, sealed.file, sealed.ballots, sealed.spoils, count(vote.secret.contested.size()), {}};
    for (const auto& holder : vote.secret.roll->keys.holders) {
        auto& share = view.shares.emplace_back();
        share.person = holder.person;
        share.name = holder.name;
        share.number = count(view.shares.size());
        const auto given = vote.secret.shares.find(holder.person);
        if (given == vote.secret.shares.end()) continue;
        share.given = given->second.holds;
        share.wrong = !given->second.holds;
        share.overridden = given->second.overridden;
        share.cosigned = given->second.cosigned;
    }
    return view;
}

} // namespace

SecretVoteView view_secret(const State& state, VoteId id)
{
    const auto& vote = record_of(state.votes, id);
    const auto& sitting = record_of(state.sittings, vote.sitting);
    SecretVoteView view;
    view.phase = phase_of(state, vote);
    view.meeting_id = bytes_from(meeting_record(state, sitting.meeting));
    view.vote_id = bytes_from(vote_record(state, id));
    view.shape = shape_of(matter_of(state, vote));
    if (const auto* keys = holders_of(state, vote)) {
        view.election_key = keys->election_key;
        view.key_holders = keys->hash;
        view.words = words_of(*keys);
        view.threshold = keys->threshold;
    }
    if (!is_over(vote)) {
        // Voting keys are of those who are there in person and of nobody else.
        view.with_key = count(sitting.voting_keys.size());
        view.without_key = count(sitting.present.size() - sitting.remote.size() - sitting.voting_keys.size());
    }
    if (vote.secret.roll) view.roll = view_roll(vote, *vote.secret.roll);
    if (vote.secret.box) view.box_id = bytes_from(box_id(state, vote));
    if (vote.secret.sealed) view.box = view_box(vote, *vote.secret.sealed);
    view.shredded = vote.secret.shredded;
    view.programs = view_programs(state, vote);
    return view;
}

} // namespace plenum::chamber
