#include "server/chamber/chapters.hpp"

#include <algorithm>

// Chapter seven: raised hands. Several tellers count for themselves, and only a count they agree on is a
// figure of the vote. Nothing says whose hand it was.

namespace plenum::chamber {
namespace {

/// Why no hands are raised in this vote, or nothing.
std::optional<Refusal> check_hands(const Vote& vote)
{
    if (!is_under_way(vote)) return refuse(RefusalCode::vote_not_open);
    if (vote.method == VoteMethod::no_objection) {
        return no(RefusalCode::wrong_state, "正在征求异议，尚未改为举手表决",
                  "objections are being asked for; it was not switched to hands");
    }
    if (vote.by_hands.empty()) {
        return no(RefusalCode::wrong_state, "本次表决没有举手的人员", "nobody votes by hands in this vote");
    }
    return std::nullopt;
}

LocalText in_words(const HandsCount& hands)
{
    const auto approve = std::to_string(hands.approve);
    const auto oppose = std::to_string(hands.oppose);
    const auto abstain = std::to_string(hands.abstain);
    return {"赞成" + approve + "、反对" + oppose + "、弃权" + abstain,
            approve + " for, " + oppose + " against, " + abstain + " abstaining"};
}

} // namespace

std::vector<PersonId> electors_by_hands(const Sitting& sitting, VoteMethod method)
{
    if (method == VoteMethod::paper) return {};
    const auto& those = method == VoteMethod::hands ? sitting.present : sitting.remote;
    return {those.begin(), those.end()};
}

std::optional<HandsCount> agreed_hands(const Vote& vote)
{
    if (vote.hands.empty() || vote.hands.size() < vote.profile.tellers) return std::nullopt;
    const auto& first = vote.hands.begin()->second;
    const bool alike =
        std::ranges::all_of(vote.hands, [&](const auto& counted) { return counted.second == first; });
    if (!alike) return std::nullopt;
    return first;
}

std::optional<Refusal> hands_missing(const State& state, const Vote& vote)
{
    if (vote.by_hands.empty() || agreed_hands(vote)) return std::nullopt;
    const auto need = std::to_string(vote.profile.tellers);
    const auto have = std::to_string(vote.hands.size());
    LocalText detail{"须" + need + "人清点一致，已清点" + have + "人",
                     need + " must agree, " + have + " counted"};
    for (const auto& [teller, hands] : vote.hands) {
        const auto& name = record_of(state.persons, teller).name;
        const auto figures = in_words(hands);
        detail.zh += "；" + name + "：" + figures.zh;
        detail.en += "; " + name + ": " + figures.en;
    }
    return refuse(RefusalCode::tellers_disagree, std::move(detail));
}

Decided decide_command(const State& state, const CountHands& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (auto refusal = check_hands(vote)) return *refusal;
    const auto body = record_of(state.sittings, vote.sitting).body;
    if (auto refusal = check_not_suspended(state, body, *context.actor.person)) return *refusal;
    if (command.hands.total() > vote.by_hands.size()) {
        const auto raised = std::to_string(command.hands.total());
        const auto electors = std::to_string(vote.by_hands.size());
        return no(RefusalCode::hands_exceed, "清点" + raised + "人，举手表决的共" + electors + "人",
                  raised + " hands of " + electors + " members");
    }
    return Decision{{HandsCounted{command.vote, *context.actor.person, command.hands}}, {}};
}

void apply_event(State& state, const HandsCounted& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(!check_hands(vote));
    PLENUM_ASSERT(event.hands.total() <= vote.by_hands.size());
    vote.hands.insert_or_assign(event.teller, event.hands);
}

} // namespace plenum::chamber
