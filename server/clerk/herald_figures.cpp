#include "server/chamber/questions.hpp"
#include "server/chamber/secret_votes.hpp"
#include "server/clerk/herald_words.hpp"

// What changes too often to be told of each time: counts, progress, who came or went, signatures.

namespace plenum::clerk {
namespace {

/// Whether this role sees how many ballots of a secret vote came; of other votes the chamber counts them.
bool sees_received(const chamber::State& state, const chamber::Vote& vote, Role role)
{
    if (!chamber::is_under_way(vote)) return false;
    const auto lent = state.sittings.at(vote.sitting).conduct_lent;
    return vote.profile.progress == ProgressDisplay::steps || may(role, Right::conduct, lent);
}

} // namespace

VoteView Herald::complete(const chamber::State& state, VoteView view, Role role) const
{
    if (view.secret && sees_received(state, state.votes.at(view.id), role))
        view.received = desk_.figures(state, view.id).received;
    return view;
}

void Herald::send_members(const chamber::State& state, SittingId sitting, const std::set<PersonId>& persons)
{
    MembersChanged changed{state.entries, sitting, {}};
    for (const auto person : persons)
        changed.persons.push_back({person, chamber::presence_of(state.sittings.at(sitting), person)});
    const auto message = encode(changed);
    for (const auto& [role, sessions] : audience(state, sitting)) {
        if (chamber::works_in_the_room(role)) ports_.send(sessions, message, {});
    }
}

void Herald::tell_figures(const chamber::State& state, std::uint64_t now_ms)
{
    for (const auto sitting : dirty_counts_) {
        const auto counts = chamber::counts_of(state, state.sittings.at(sitting));
        const auto message = encode(CountsChanged{state.entries, sitting, counts});
        for (const auto& [role, sessions] : audience(state, sitting)) {
            ports_.send(sessions, message, key("counts", number(sitting)));
        }
    }
    for (const auto vote : dirty_progress_) {
        for (const auto& [role, sessions] : audience(state, state.votes.at(vote).sitting)) {
            const auto view = complete(state, chamber::view_vote(state, vote, role), role);
            if (!view.received) continue;
            const auto message = encode(VoteProgress{state.entries, vote, *view.received, view.present});
            ports_.send(sessions, message, key("progress", number(vote)));
        }
    }
    for (const auto& [sitting, persons] : dirty_members_)
        send_members(state, sitting, persons);
    send_keys(state, now_ms);
    send_secret_figures(state);
    forget_figures();
}

/// How many have a voting key stands in each secret vote that is not open yet; whoever calls its roll looks
/// at it. Thousands of consoles have no use for it.
void Herald::send_keys(const chamber::State& state, std::uint64_t now_ms)
{
    for (const auto sitting : dirty_keys_) {
        for (const auto vote : state.sittings.at(sitting).votes) {
            const auto& shown = state.votes.at(vote);
            if (shown.state != VoteState::prepared || !chamber::is_secret(shown)) continue;
            for (const auto& [role, sessions] : audience(state, sitting)) {
                if (!chamber::works_in_the_room(role)) continue;
                ports_.send(sessions, encode_view(state, vote, role, state.entries, now_ms),
                            key(Subject(vote)));
            }
        }
    }
}

/// Everybody sees how many consoles have signed, and nobody which.
void Herald::send_secret_figures(const chamber::State& state)
{
    const auto to_all = [&](VoteId vote, std::string_view kind, const Message& message) {
        for (const auto& [role, sessions] : audience(state, state.votes.at(vote).sitting))
            ports_.send(sessions, message, key(kind, number(vote)));
    };
    for (const auto vote : dirty_rolls_) {
        const auto told = desk_.figures(state, vote);
        const RollProgress progress{state.entries, vote, told.round, told.acknowledged, told.list_length};
        to_all(vote, "roll", encode(progress));
    }
    for (const auto vote : dirty_boxes_) {
        const auto told = desk_.figures(state, vote);
        to_all(vote, "box", encode(BoxProgress{state.entries, vote, told.confirmed, told.list_length}));
    }
}

void Herald::forget_figures()
{
    dirty_counts_.clear();
    dirty_members_.clear();
    dirty_progress_.clear();
    dirty_keys_.clear();
    dirty_rolls_.clear();
    dirty_boxes_.clear();
}

} // namespace plenum::clerk
