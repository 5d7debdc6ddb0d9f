#include "clients/demo/crowd.hpp"

#include <algorithm>

namespace plenum::demo {

using std::chrono::milliseconds;

void Crowd::come(Consoles members, SittingId sitting)
{
    for (const auto member : members)
        plan(milliseconds(300), milliseconds(8'000), {member, SignIn{sitting}, {}});
}

void Crowd::look()
{
    const auto shown = meeting_.hall.shown(meeting_.screen);
    for (const auto& [id, vote] : shown.votes) {
        const bool fresh = vote.state == VoteState::open && vote.sitting == meeting_.convened.sitting &&
                           planned_.insert({id, vote.vote_method}).second;
        if (fresh) plan_vote(vote);
    }
    const auto now = Clock::now();
    const auto rest = std::ranges::partition(plans_, [&](const Plan& plan) { return plan.due > now; });
    std::vector<replay::Ask> due;
    std::set<replay::ConsoleId> asked;
    for (const auto& plan : rest) {
        // One request at a time for each console: a second waits for the next look.
        if (asked.insert(plan.ask.console).second) due.push_back(plan.ask);
    }
    std::erase_if(plans_, [&](const Plan& plan) {
        return plan.due <= now && std::ranges::any_of(due, [&](const replay::Ask& ask) {
                   return ask.request_id == plan.ask.request_id;
               });
    });
    act(due);
}

void Crowd::plan(milliseconds earliest, milliseconds latest, replay::Ask ask)
{
    std::uniform_int_distribution<milliseconds::rep> delay(earliest.count(), latest.count());
    ask.request_id = link::fresh_request_id();
    plans_.push_back({Clock::now() + milliseconds(delay(random_)), std::move(ask)});
}

/// Where silence is to decide, nobody of the crowd breaks it.
void Crowd::plan_vote(const VoteView& vote)
{
    if (vote.vote_method == VoteMethod::console) plan_presses(vote.id);
    if (vote.vote_method == VoteMethod::hands && teller_) raise_hands(vote);
}

void Crowd::plan_presses(VoteId vote)
{
    // In a hundred: how many approve, oppose and abstain; the rest forget to press.
    std::discrete_distribution<int> press{72, 13, 10, 5};
    for (const auto member : meeting_.members) {
        const int choice = press(random_);
        if (choice > static_cast<int>(Choice::abstain)) continue;
        plan(milliseconds(1'500), milliseconds(7'000),
             {member, CastVote{vote, static_cast<Choice>(choice)}, {}});
    }
}

/// Hands are seen in the hall, which a terminal is not: it says how many there are.
void Crowd::raise_hands(const VoteView& vote)
{
    const auto electors = vote.hands ? vote.hands->electors : vote.present;
    const HandsCount hands{electors * 8 / 10, electors / 10, electors / 20};
    const auto approve = std::to_string(hands.approve);
    const auto oppose = std::to_string(hands.oppose);
    const auto abstain = std::to_string(hands.abstain);
    screen_.say({"场内举手：赞成 " + approve + "，反对 " + oppose + "，弃权 " + abstain +
                     "。另一名计票人照此清点；您清点一致后方可结束表决。",
                 "Hands in the hall: " + approve + " for, " + oppose + " against, " + abstain +
                     " abstaining. The other teller counts them so; the vote closes once you agree."});
    plan(milliseconds(2'000), milliseconds(4'000), {*teller_, CountHands{vote.id, hands}, {}});
}

void Crowd::act(const std::vector<replay::Ask>& asks)
{
    if (asks.empty()) return;
    const auto replies = meeting_.hall.ask_all(asks);
    for (std::size_t index = 0; index < replies.size(); ++index) {
        // Held votes are resumed sooner or later; whatever else was refused is out of date.
        if (replies[index].refusal() != RefusalCode::vote_held) continue;
        plan(milliseconds(1'000), milliseconds(3'000), asks[index]);
    }
}

} // namespace plenum::demo
