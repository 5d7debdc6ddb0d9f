#include "server/chamber/chapters.hpp"
#include "server/chamber/secret_steps.hpp"

#include <algorithm>

// Chapter five, continued: a vote is opened. Rule, text, base and electorate are frozen with it; a secret one
// begins with its ballot box.

namespace plenum::chamber {
namespace {

/// Members by video raise their hands. Those are counted by people, who need time, and without names, which
/// leaves them in no group. In a secret vote they have no part.
std::optional<Refusal> check_remote(const Sitting& sitting, const RuleProfile& profile)
{
    if (profile.method != VoteMethod::console || is_secret(profile) || sitting.remote.empty())
        return std::nullopt;
    const auto remote = std::to_string(sitting.remote.size());
    const LocalText who{remote + "人以视频方式出席，须举手表决",
                        remote + " attend by video and raise their hands"};
    if (!groups_counted(profile).empty()) {
        return no(RefusalCode::invalid_profile, who.zh + "，举手不能按组计票",
                  who.en + ", which cannot be counted by group");
    }
    if (profile.close == ClosePolicy::timer) {
        return no(RefusalCode::invalid_profile, who.zh + "，须待计票人清点，不能到时自动结束",
                  who.en + ", which tellers have to count: no timer can close it");
    }
    return std::nullopt;
}

/// Who votes by what: of a secret vote those on its list, otherwise everybody who is there.
Electorate electorate_of(const Vote& vote, const Sitting& sitting, const Digest& roster)
{
    if (is_secret(vote)) return {1, vote.sitting, roster, members_of(*vote.secret.roll), {}};
    return {1,
            vote.sitting,
            roster,
            {sitting.present.begin(), sitting.present.end()},
            electors_by_hands(sitting, vote.method)};
}

} // namespace

std::optional<Refusal> check_groups(const Body& body, const RuleProfile& profile)
{
    for (const auto& group : groups_counted(profile)) {
        if (std::ranges::find(body.members, group, &Member::group) == body.members.end()) {
            return no(RefusalCode::invalid_profile, "名册中没有" + group, "the roster has no group " + group);
        }
    }
    return std::nullopt;
}

std::optional<Refusal> check_opening(const State& state, const Vote& vote)
{
    const auto& sitting = record_of(state.sittings, vote.sitting);
    if (vote.state != VoteState::prepared) return wrong_state(vote.state);
    if (sitting.state != SittingState::in_session) return wrong_state(sitting.state);
    if (sitting.open_vote) return refuse(RefusalCode::another_vote_open);
    if (auto refusal = check_floor_free(sitting)) return refusal;
    if (vote.item) {
        const auto& about = record_of(state.items, *vote.item);
        const auto item = about.state;
        if (is_concluded(about)) return wrong_state(item);
        if (item == ItemState::withdrawn || item == ItemState::deferred) return wrong_state(item);
        // Put to the vote in another sitting of the meeting at this moment, or its box is not opened yet.
        if (std::ranges::any_of(state.votes, [&](const auto& entry) {
                const auto& other = entry.second;
                return other.item == vote.item && is_undecided(other);
            })) {
            return refuse(RefusalCode::another_vote_open);
        }
    }
    if (vote.adopts_agenda) {
        if (auto refusal = check_plenary(state, sitting)) return refusal;
        if (auto refusal = check_agenda_vote(state, sitting.meeting)) return refusal;
    }
    const auto& body = record_of(state.bodies, sitting.body);
    if (auto refusal = check_groups(body, vote.profile)) return refusal;
    if (auto refusal = check_remote(sitting, vote.profile)) return refusal;
    if (auto refusal = check_base_confirmed(vote)) return refusal;
    return quorum_missing(vote.profile.quorum, body.members.size(), sitting.present.size());
}

Decided decide_command(const State& state, const OpenVote& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (auto refusal = check_opening(state, vote)) return *refusal;
    const auto overrides = command.overrides.value_or(std::vector<Override>{});
    if (auto refusal = check_overrides(flags_at_opening(state, command.vote), overrides)) return *refusal;
    if (auto refusal = check_scrutineers_serve(state, vote)) return *refusal;
    Decision decision;
    std::optional<SecretOpening> secret;
    if (is_secret(vote)) {
        auto begun = begin_box(state, command.vote, context.secret, decision);
        if (!begun) return begun.error();
        secret = std::move(*begun);
    }

    const auto& sitting = record_of(state.sittings, vote.sitting);
    const auto& body = record_of(state.bodies, sitting.body);
    const auto electorate = electorate_of(vote, sitting, body.roster);
    auto electors = new_blob(encode_electorate(electorate));
    VoteOpened opened;
    opened.vote = command.vote;
    opened.profile_hash = hash_of(vote.profile);
    opened.text = vote.text;
    // Without a stated reason the base is the roster as it is now, not as it was when the vote was written
    // down.
    opened.base_members = vote.base_reason.empty() ? count(body.members.size()) : vote.base_members;
    opened.electorate = electors.digest;
    opened.present = count(electorate.present.size());
    opened.quorum = quorum_needed(vote.profile.quorum, body.members.size());
    if (vote.profile.close != ClosePolicy::chair)
        opened.closes_at_ms = context.now_ms + vote.profile.window_ms;
    opened.by_hands = count(electorate.by_hands.size());
    const auto& meeting = record_of(state.meetings, sitting.meeting);
    if (elects_persons(state, vote) && meeting.scrutineers_approved)
        opened.scrutineers = persons_of(meeting.scrutineers);
    if (!overrides.empty()) opened.overrides = overrides;
    if (secret) opened.secret = std::move(*secret);
    decision.events.emplace_back(std::move(opened));
    decision.blobs.push_back(std::move(electors));
    return decision;
}

void apply_event(State& state, const VoteOpened& event, const Stamp& stamp)
{
    auto& vote = record_of(state.votes, event.vote);
    auto& sitting = record_of(state.sittings, vote.sitting);
    PLENUM_ASSERT(vote.state == VoteState::prepared && !sitting.open_vote);
    PLENUM_ASSERT(hash_of(vote.profile) == event.profile_hash && vote.text == event.text);
    PLENUM_ASSERT(is_secret(vote) == event.secret.has_value());
    if (event.secret) {
        PLENUM_ASSERT(vote.secret.box && *vote.secret.box + 1 == stamp.seq);
        PLENUM_ASSERT(vote.secret.roll && vote.secret.roll->round == event.secret->round);
        note_builds(vote, record_of(state.meetings, sitting.meeting), *event.secret, stamp);
    }

    auto electorate = decode_electorate(public_blob(stamp, event.electorate));
    PLENUM_ASSERT(electorate.has_value());
    const auto expected = electorate_of(vote, sitting, electorate->roster);
    PLENUM_ASSERT(electorate->present == expected.present && electorate->by_hands == expected.by_hands);
    PLENUM_ASSERT(electorate->present.size() == event.present);
    PLENUM_ASSERT(electorate->by_hands.size() == event.by_hands);
    vote.electorate = std::move(electorate->present);
    vote.by_hands = std::move(electorate->by_hands);
    vote.electorate_hash = event.electorate;
    vote.base_members = event.base_members;
    vote.quorum = event.quorum;
    vote.opened_at_ms = stamp.at_ms;
    vote.closes_at_ms = event.closes_at_ms;
    if (event.scrutineers) {
        vote.paper.scrutineers = record_of(state.meetings, sitting.meeting).scrutineers;
        PLENUM_ASSERT(*event.scrutineers == persons_of(vote.paper.scrutineers));
    }
    if (event.overrides) std::ranges::copy(*event.overrides, std::back_inserter(vote.matter.overrides));
    vote.state = VoteState::open;
    sitting.open_vote = event.vote;
    if (vote.item) record_of(state.items, *vote.item).state = ItemState::put_to_vote;
}

} // namespace plenum::chamber
