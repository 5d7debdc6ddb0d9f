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
        if (vote.secret && vote.secret->roll) follow_secret_vote(vote);
    }
    const auto now = Clock::now();
    std::vector<replay::Ask> due;
    std::set<replay::ConsoleId> asked;
    for (const auto& plan : plans_) {
        // One request at a time for each console: a second waits for the next look.
        if (plan.due <= now && asked.insert(plan.ask.console).second) due.push_back(plan.ask);
    }
    std::erase_if(plans_, [&](const Plan& plan) {
        return std::ranges::any_of(
            due, [&](const replay::Ask& ask) { return ask.request_id == plan.ask.request_id; });
    });
    act(due);
}

void Crowd::plan(milliseconds earliest, milliseconds latest, replay::Ask ask)
{
    ask.request_id = link::fresh_request_id();
    plans_.push_back({due_within(earliest, latest), std::move(ask)});
}

Crowd::Clock::time_point Crowd::due_within(milliseconds earliest, milliseconds latest)
{
    std::uniform_int_distribution<milliseconds::rep> delay(earliest.count(), latest.count());
    return Clock::now() + milliseconds(delay(random_));
}

/// Consoles look for themselves in the list, cast what they have planned, and look in the sealed box: each as
/// soon as the screen shows that it is time.
void Crowd::follow_secret_vote(const VoteView& vote)
{
    const auto& secret = *vote.secret;
    if (secret.phase == SecretPhase::called) {
        auto& round = acknowledged_[vote.id];
        if (round != secret.roll->round) static_cast<void>(voters_.acknowledge(vote));
        round = secret.roll->round;
    } else if (secret.phase == SecretPhase::open) {
        cast_due(vote);
    } else if (secret.phase == SecretPhase::sealed && confirmed_.insert(vote.id).second) {
        static_cast<void>(voters_.confirm(vote));
    }
}

void Crowd::cast_due(const VoteView& vote)
{
    const auto now = Clock::now();
    std::vector<replay::ConsoleId> members;
    std::vector<Choice> choices;
    std::erase_if(secret_presses_, [&](const SecretPress& press) {
        if (press.vote != vote.id || press.due > now) return false;
        members.push_back(press.member);
        choices.push_back(press.choice);
        return true;
    });
    // Whoever is not on the list, or too late, is told so by a refusal, and leaves it at that.
    static_cast<void>(voters_.cast(vote, members, choices));
}

void Crowd::make_keys(const std::vector<replay::ConsoleId>& members)
{
    if (!makes_keys_ || members.empty()) return;
    const auto made = voters_.make_keys(members, meeting_.convened.sitting);
    if (!made) screen_.say({"表决密钥未能登记", "voting keys were not registered: " + made.error().sentence});
}

/// Where silence is to decide, nobody of the crowd breaks it.
void Crowd::plan_vote(const VoteView& vote)
{
    if (vote.vote_method == VoteMethod::console) plan_presses(vote);
    if (vote.vote_method == VoteMethod::hands && teller_) raise_hands(vote);
}

void Crowd::plan_presses(const VoteView& vote)
{
    // In a hundred: how many approve, oppose and abstain; the rest forget to press.
    std::discrete_distribution<int> press{72, 13, 10, 5};
    for (const auto member : meeting_.members) {
        const int choice = press(random_);
        if (choice > static_cast<int>(Choice::abstain)) continue;
        if (vote.secret) {
            secret_presses_.push_back({due_within(milliseconds(1'500), milliseconds(7'000)), member, vote.id,
                                       static_cast<Choice>(choice)});
            continue;
        }
        plan(milliseconds(1'500), milliseconds(7'000),
             {member, CastVote{vote.id, static_cast<Choice>(choice)}, {}});
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
    std::vector<replay::ConsoleId> came;
    for (std::size_t index = 0; index < replies.size(); ++index) {
        const bool signed_in =
            std::holds_alternative<SignIn>(asks[index].command) && replies[index].is_done();
        if (signed_in) came.push_back(asks[index].console);
    }
    make_keys(came);
    for (std::size_t index = 0; index < replies.size(); ++index) {
        // Held votes are resumed sooner or later; whatever else was refused is out of date.
        if (replies[index].refusal() != RefusalCode::vote_held) continue;
        plan(milliseconds(1'000), milliseconds(3'000), asks[index]);
    }
}

} // namespace plenum::demo
