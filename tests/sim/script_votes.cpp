#include "server/chamber/secret_votes.hpp"
#include "tests/sim/disorder.hpp"
#include "tests/sim/script.hpp"

// What people do about votes: by console, by hands that tellers count, and by silence.

namespace plenum::sim {
namespace {

/// What there is to see when these raise their hands; tellers look at the same hall.
HandsCount hands_in_the_hall(VoteId vote, std::size_t electors)
{
    const auto all = static_cast<std::uint32_t>(electors);
    const auto approve = static_cast<std::uint32_t>(number(vote) % (all + 1));
    const auto oppose = (all - approve) / 2;
    return {approve, oppose, (all - approve - oppose) / 2};
}

bool is_agreed(const chamber::Vote& vote)
{
    if (vote.hands.size() < vote.profile.tellers) return false;
    return std::ranges::all_of(
        vote.hands, [&](const auto& counted) { return counted.second == vote.hands.begin()->second; });
}

bool can_be_put(ItemState state)
{
    return state == ItemState::adopted || state == ItemState::reading || state == ItemState::deliberating ||
           state == ItemState::put_to_vote;
}

} // namespace

/// Goes on with a vote that is not open; false when there is none to go on with.
bool Script::begin_vote(SittingId, const chamber::Sitting& sitting)
{
    if (sitting.votes.empty()) return false;
    const auto id = world_.random.chance(600) ? sitting.votes.back() : world_.random.pick(sitting.votes);
    const auto& vote = state().votes.at(id);
    switch (vote.state) {
    case VoteState::prepared:
        // A rule that does not fit those who attend by video stays what it is.
        if (world_.random.chance(100)) return false;
        if (keep_qualification(id, sitting) || keep_question(id, sitting)) return true;
        if (chamber::is_secret(vote)) return advance_roll(id, sitting);
        say(conductor(sitting), OpenVote{id, set_aside(vote, sitting)});
        return true;
    case VoteState::decided:
        if (world_.random.chance(100)) {
            say(conductor(sitting), VoidVote{id, VoidReason::wrong_text, ""});
        } else {
            say(conductor(sitting), AnnounceVote{id});
        }
        return true;
    case VoteState::voided:
        if (vote.retried_by) return false;
        retry_vote(id, sitting);
        return true;
    case VoteState::announced: return decide_afterwards(id, sitting) || go_on_after(id, sitting);
    case VoteState::open:
    case VoteState::held:
    case VoteState::closed:
    case VoteState::annulled: break;
    }
    return false;
}

/// Consoles failed: hands or ballots decide.
void Script::retry_vote(VoteId id, const chamber::Sitting& sitting)
{
    const auto& vote = state().votes.at(id);
    const bool failed =
        vote.method == VoteMethod::console && vote.void_reason == VoidReason::equipment_failure;
    RetryVote retry{id, std::nullopt};
    if (failed && world_.random.chance(700))
        retry.by = world_.random.pick({VoteMethod::hands, VoteMethod::paper});
    say(conductor(sitting), retry);
}

void Script::advance_vote(VoteId id, const chamber::Sitting& sitting)
{
    const auto& vote = state().votes.at(id);
    const bool held = vote.state == VoteState::held;
    const auto roll = world_.random.below(100);
    if (held ? roll < 60 : roll < 4) {
        if (held) return say(conductor(sitting), ResumeVote{id});
        return say(conductor(sitting), HoldVote{id, "暂停"});
    }
    if (roll < 7) {
        const auto reason = world_.random.pick({VoidReason::equipment_failure, VoidReason::lost_quorum,
                                                VoidReason::withdrawn, VoidReason::disorder});
        return say(conductor(sitting), VoidVote{id, reason, "作废"});
    }
    if (vote.closes_at_ms && roll < 11) return say(conductor(sitting), ExtendVote{id, 2'000});
    if (vote.method == VoteMethod::no_objection) return advance_silence(id, sitting);
    if (vote.method == VoteMethod::paper && !ballots_agree(vote)) {
        return say(somebody(Role::teller, sitting.body), ballots_counted(id, world_.random.chance(200)));
    }
    if (!vote.by_hands.empty() && !is_agreed(vote)) return advance_hands(id, sitting);
    // Patience: most have pressed, or one has waited long enough.
    const auto given =
        chamber::is_secret(vote) ? course_of(id).pressed.size() : vote.presses.size() + vote.by_hands.size();
    const bool most = vote.method == VoteMethod::paper || given * 10 >= vote.electorate.size() * 8;
    if (most || world_.random.chance(15)) say(conductor(sitting), CloseVote{id});
}

/// A teller counts what there is to see, or miscounts; those who disagree count again.
void Script::advance_hands(VoteId id, const chamber::Sitting& sitting)
{
    const auto& vote = state().votes.at(id);
    auto hands = hands_in_the_hall(id, vote.by_hands.size());
    if (world_.random.chance(200) && hands.approve > 0) {
        --hands.approve;
        ++hands.oppose;
    }
    say(somebody(Role::teller, sitting.body), CountHands{id, hands});
}

void Script::advance_silence(VoteId id, const chamber::Sitting& sitting)
{
    const auto& vote = state().votes.at(id);
    if (vote.objections > 0) {
        const auto to = world_.random.pick({VoteMethod::console, VoteMethod::hands});
        return say(conductor(sitting), SwitchVoteMethod{id, to});
    }
    const auto roll = world_.random.below(100);
    if (roll < 8) return say(conductor(sitting), RecordObjection{id});
    if (roll < 25) say(conductor(sitting), CloseVote{id});
}

RuleProfile Script::vote_profile(const chamber::Sitting& sitting)
{
    std::vector<std::string> groups;
    for (const auto& member : state().bodies.at(sitting.body).members) {
        if (!member.group.empty() && std::ranges::count(groups, member.group) == 0)
            groups.push_back(member.group);
    }
    auto profile = draw_profile(world_.random, groups);
    // Hands, and those who attend by video raise theirs, go with neither groups nor a timer.
    if (!sitting.remote.empty()) {
        profile.groups.clear();
        profile.also_in.reset();
        profile.close = ClosePolicy::chair;
    }
    return profile;
}

/// Rules are drawn anew for each vote, so they are hardly ever the body's.
std::optional<RuleDeviation> Script::some_deviation(const chamber::Sitting& sitting)
{
    if (!state().bodies.at(sitting.body).rules || world_.random.chance(100)) return std::nullopt;
    return RuleDeviation{"主席团", "另有规定"};
}

void Script::prepare_vote(SittingId id, const chamber::Sitting& sitting)
{
    if (world_.random.chance(60)) return prepare_series(id, sitting);
    PrepareVote prepare;
    prepare.sitting = id;
    std::vector<ItemId> items;
    std::size_t drafts = 0;
    for (const auto& [item_id, item] : state().items) {
        if (item.meeting != sitting.meeting) continue;
        if (can_be_put(item.state))
            items.push_back(item_id);
        else if (item.state == ItemState::draft && world_.random.chance(50))
            items.push_back(item_id);
        drafts += item.state == ItemState::draft ? 1 : 0;
    }
    const bool plenary = is_plenary(sitting);
    prepare.adopts_agenda = plenary && drafts > 0 && world_.random.chance(300);
    if (plenary && !prepare.adopts_agenda && !items.empty() && world_.random.chance(600))
        prepare.item = world_.random.pick(items);
    prepare.title = "表决" + std::to_string(++titles_);
    prepare.text = "决议草案\n" + prepare.title;
    prepare.profile = vote_profile(sitting);
    if (prepare.profile.method == VoteMethod::console && world_.random.chance(200))
        prepare.profile.fallback.emplace(world_.random.pick({VoteMethod::hands, VoteMethod::paper}));
    draw_secrecy(prepare, sitting);
    draw_ballot(prepare);
    draw_matter(prepare);
    if (world_.random.chance(100)) {
        prepare.base_members = 9;
        prepare.base_reason = "核定编制";
    }
    prepare.deviation = some_deviation(sitting);
    say(somebody(Role::secretary, sitting.body), prepare);
}

/// At the end of a story: whoever is needed for it helps.
void Script::end_vote(VoteId id)
{
    const auto& vote = state().votes.at(id);
    const auto& sitting = state().sittings.at(vote.sitting);
    auto* chair = somebody(Role::chair, sitting.body);
    if (chair == nullptr) return;
    const auto once = [](Console* console, const Command& command) {
        if (console != nullptr && !console->is_waiting_for(method_of(command))) console->ask(command);
    };
    if (vote.method == VoteMethod::no_objection && vote.objections > 0) {
        if (vote.state == VoteState::held) return once(chair, ResumeVote{id});
        return once(chair, SwitchVoteMethod{id, VoteMethod::console});
    }
    const bool by_paper = vote.method == VoteMethod::paper && !ballots_agree(vote);
    const bool by_hands =
        vote.method != VoteMethod::no_objection && !vote.by_hands.empty() && !is_agreed(vote);
    if (by_paper || by_hands) {
        std::vector<Console*> tellers;
        for (const auto& console : consoles_) {
            if (console->actor().role == Role::teller && !console->is_retired())
                tellers.push_back(console.get());
        }
        // Where a teller was dismissed and nobody took the place, the vote cannot be counted.
        if (tellers.size() < 2) return once(chair, VoidVote{id, VoidReason::withdrawn, ""});
        if (vote.state == VoteState::held) return once(chair, ResumeVote{id});
        if (by_paper) {
            for (auto* teller : tellers)
                once(teller, ballots_counted(id, false));
            return;
        }
        const auto hands = hands_in_the_hall(id, vote.by_hands.size());
        for (auto* teller : tellers)
            once(teller, CountHands{id, hands});
        return;
    }
    once(chair, CloseVote{id});
}

} // namespace plenum::sim
