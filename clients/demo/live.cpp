#include "clients/demo/live.hpp"

#include "clients/demo/committee.hpp"

#include <algorithm>
#include <csignal>
#include <ctime>
#include <map>
#include <random>
#include <set>

namespace plenum::demo {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// Whose console is left to the person at the keyboard: the second in the roster, the first presides.
constexpr std::size_t person = 1;
constexpr auto look_every = milliseconds(200);

/// One thing a simulated member will do.
struct Plan {
    Clock::time_point due;
    replay::Ask ask;
};

/// The members who are simulated: they come, and they press some seconds after a vote is opened.
class Crowd {
public:
    explicit Crowd(Meeting& meeting) : meeting_(meeting) {}

    /// Everybody signs in within some seconds, in no order.
    void come()
    {
        for (const auto member : meeting_.members) {
            plan(milliseconds(300), milliseconds(8'000), {member, SignIn{meeting_.convened.sitting}, {}});
        }
    }

    /// Does what is due; plans presses for votes that have been opened since the last look.
    void look()
    {
        const auto shown = meeting_.hall.shown(meeting_.screen);
        for (const auto& [id, vote] : shown.votes) {
            if (vote.state == VoteState::open && planned_.insert(id).second) plan_presses(id);
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

private:
    void plan(milliseconds earliest, milliseconds latest, replay::Ask ask)
    {
        std::uniform_int_distribution<milliseconds::rep> delay(earliest.count(), latest.count());
        ask.request_id = link::fresh_request_id();
        plans_.push_back({Clock::now() + milliseconds(delay(random_)), std::move(ask)});
    }

    void plan_presses(VoteId vote)
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

    void act(const std::vector<replay::Ask>& asks)
    {
        if (asks.empty()) return;
        const auto replies = meeting_.hall.ask_all(asks);
        for (std::size_t index = 0; index < replies.size(); ++index) {
            // Held votes are resumed sooner or later; whatever else was refused is out of date.
            if (replies[index].refusal() != RefusalCode::vote_held) continue;
            plan(milliseconds(1'000), milliseconds(3'000), asks[index]);
        }
    }

    Meeting& meeting_;
    std::mt19937 random_{std::random_device{}()};
    std::vector<Plan> plans_;
    std::set<VoteId> planned_;
};

/// Waits a moment; true when an interrupt came meanwhile.
bool interrupted_within(milliseconds time)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    const timespec wait{time.count() / 1'000, (time.count() % 1'000) * 1'000'000};
    return sigtimedwait(&signals, nullptr, &wait) > 0;
}

void invite(const Meeting& meeting, const replay::Stage& stage, const Screen& screen)
{
    const auto base = "http://localhost:" + std::to_string(stage.endpoint().port);
    const auto chair = base + "/chair.html#code=" + meeting.convened.chair_code;
    const auto console = base + "/console.html#code=" + meeting.convened.member_codes[person];
    const auto name = committee().members[person].name;
    screen.say({"主持人：  " + chair + "\n表决器（" + name + "）：  " + console +
                    "\n其余代表由程序模拟。请在主持人页面宣布开会、通过议程、逐项付表决；Ctrl-C 结束。",
                "Chair:  " + chair + "\nConsole of " + name + ":  " + console +
                    "\nAll other members are simulated. Open the sitting, adopt the agenda and put the votes "
                    "on the chair's "
                    "page; Ctrl-C ends."});
}

/// Shows every vote once it is announced or void.
void show_results(const Meeting& meeting, const Screen& screen, std::set<VoteId>& told)
{
    for (const auto& [id, vote] : meeting.hall.shown(meeting.screen).votes) {
        const bool is_over = vote.state == VoteState::announced || vote.state == VoteState::voided;
        if (is_over && told.insert(id).second) screen.result(vote);
    }
}

} // namespace

Tried<void> run_live(replay::Stage& stage, const std::string& bundle, Language language)
{
    const Screen screen(language);
    if (auto served = stage.serve(); !served) return served.error();
    HelloAnswer known;
    {
        Meeting meeting(stage.endpoint());
        if (auto called = call_together(meeting, stage, person); !called) return called.error();
        known = meeting.hall.hello(meeting.secretary);
        for (std::size_t motion = 0; motion < motions().size(); ++motion) {
            if (auto prepared = prepare_motion(meeting, motion); !prepared) return prepared.error();
        }
        const auto opened = meeting.hall.act(meeting.secretary, OpenSignIn{meeting.convened.sitting});
        if (!opened) return opened.error();
        invite(meeting, stage, screen);
        Crowd crowd(meeting);
        crowd.come();
        std::set<VoteId> told;
        while (!interrupted_within(look_every)) {
            crowd.look();
            show_results(meeting, screen, told);
            if (meeting.hall.lost() != 0) return replay::trouble("the server is gone");
        }
    }
    if (auto stopped = stage.stop(); !stopped) return stopped.error();
    return export_and_verify(stage, known, bundle, language, screen);
}

} // namespace plenum::demo
