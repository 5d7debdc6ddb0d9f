#include "clients/demo/live.hpp"

#include "clients/demo/committee.hpp"
#include "clients/demo/committee_course.hpp"
#include "clients/demo/congress.hpp"
#include "clients/demo/congress_house.hpp"
#include "clients/demo/crowd.hpp"
#include "clients/demo/key_agents.hpp"

#include <csignal>
#include <ctime>

namespace plenum::demo {
namespace {

using std::chrono::milliseconds;

/// Whose console is left to the person at the keyboard. In the committee the first presides, in the congress
/// the second; neither is this one.
constexpr std::size_t person_in_committee = 1;
constexpr std::size_t person_in_congress = 2;
constexpr auto look_every = milliseconds(200);

/// A page for somebody, with the code that signs them in.
struct Door {
    LocalText who;
    std::string page;
    std::string code;
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

/// One meeting with people at the screens.
class Live {
public:
    Live(Meeting& meeting, replay::Stage& stage, const Screen& screen)
        : meeting_(meeting), stage_(stage), screen_(screen), crowd_(meeting, screen)
    {}

    Tried<void> run(Mode mode)
    {
        auto begun = mode == Mode::congress ? begin_congress() : begin_committee();
        if (!begun) return begun.error();
        const auto opened = meeting_.hall.act(meeting_.secretary, OpenSignIn{meeting_.convened.sitting});
        if (!opened) return opened.error();
        invite();
        while (!interrupted_within(look_every)) {
            crowd_.look();
            if (auto closed = close_rooms(); !closed) return closed.error();
            show_results();
            if (meeting_.hall.lost() != 0) return replay::trouble("the server is gone");
        }
        return {};
    }

private:
    Tried<void> add_hall_door()
    {
        const auto code = stage_.code(Role::hall);
        if (!code) return code.error();
        const auto sitting = std::to_string(number(meeting_.convened.sitting));
        doors_.push_back({{"大屏幕", "Hall"}, "hall.html?sitting=" + sitting, *code});
        return {};
    }

    void add_person_doors(const replay::Convening& convening, std::size_t person)
    {
        doors_.push_back({{"主持人", "Chair"}, "chair.html", meeting_.convened.chair_code});
        const auto& name = convening.members[person].name;
        doors_.push_back({{"表决器（" + name + "）", "Console of " + name},
                          "console.html",
                          meeting_.convened.member_codes[person]});
    }

    Tried<void> begin_committee()
    {
        if (auto seated = seat_committee(meeting_, stage_, person_in_committee); !seated)
            return seated.error();
        auto agents = KeyAgents::begin(meeting_, stage_);
        if (!agents) return agents.error();
        agents->introduce(screen_);
        agents_.emplace(std::move(*agents));
        crowd_.vote_in_secret();
        for (std::size_t motion = 0; motion < committee_motions().size(); ++motion) {
            if (auto prepared = prepare_motion(meeting_, motion); !prepared) return prepared.error();
        }
        add_person_doors(committee(), person_in_committee);
        crowd_.come(meeting_.members, meeting_.convened.sitting);
        return add_hall_door();
    }

    Tried<void> begin_congress()
    {
        auto house = seat_congress(meeting_, stage_, person_in_congress, true);
        if (!house) return house.error();
        if (auto prepared = prepare_votes(); !prepared) return prepared.error();
        for (const auto& delegation : house->delegations) {
            crowd_.come(delegation.present, meeting_.convened.sitting);
            // That of the person at the console waits for them.
            if (&delegation == &house->delegations.front()) continue;
            if (auto opened = open_room(delegation); !opened) return opened.error();
        }
        crowd_.let_count(house->tellers[1]);
        add_person_doors(congress(), person_in_congress);
        doors_.push_back({{"计票人", "Teller"}, "teller.html", house->teller_codes[0]});
        screen_.say({"七个代表团正在开会，全体会议开会时散会。",
                     "Seven delegations are in session; they rise when the plenary opens."});
        return add_hall_door();
    }

    Tried<void> prepare_votes()
    {
        PrepareVote agenda;
        agenda.sitting = meeting_.convened.sitting;
        agenda.title = congress_motion(1).title.zh;
        agenda.text = congress_motion(1).title.zh + "\n";
        agenda.profile = congress_rule(VoteMethod::console);
        agenda.adopts_agenda = true;
        if (auto prepared = meeting_.hall.act(meeting_.secretary, agenda); !prepared) return prepared.error();
        const std::pair<std::size_t, VoteMethod> votes[] = {{5, VoteMethod::console},
                                                            {6, VoteMethod::console},
                                                            {7, VoteMethod::hands},
                                                            {8, VoteMethod::no_objection},
                                                            {9, VoteMethod::no_objection}};
        for (const auto& [item, method] : votes) {
            auto prepared = prepare_vote(meeting_, meeting_.convened.sitting, meeting_.items[item - 1],
                                         congress_motion(item).title, congress_rule(method));
            if (!prepared) return prepared.error();
        }
        return {};
    }

    Tried<void> open_room(const InnerBody& body)
    {
        Steps steps(meeting_, screen_, body.sitting, body.chair);
        rooms_.push_back(steps);
        return in_turn([&] { return steps.act(meeting_.secretary, OpenSignIn{body.sitting}); },
                       [&] { return steps.sign_in(body.present); },
                       [&] { return steps.conduct(OpenSitting{body.sitting}); });
    }

    /// The delegations rise when the plenary is in session.
    Tried<void> close_rooms()
    {
        const auto shown = meeting_.hall.shown(meeting_.screen);
        if (rooms_.empty()) return {};
        if (shown.sittings.at(meeting_.convened.sitting).state != SittingState::in_session) return {};
        for (auto& room : rooms_) {
            if (auto closed = room.conduct(CloseSitting{room.sitting()}); !closed) return closed.error();
        }
        rooms_.clear();
        return {};
    }

    void invite() const
    {
        const auto base = "http://localhost:" + std::to_string(stage_.endpoint().port) + "/";
        LocalText text;
        for (const auto& door : doors_) {
            const auto address = base + door.page + "#code=" + door.code;
            text.zh += door.who.zh + "：  " + address + "\n";
            text.en += door.who.en + ":  " + address + "\n";
        }
        text.zh += "其余人员由程序模拟。请在主持人页面宣布开会、通过议程、逐项付表决；Ctrl-C 结束。";
        text.en += "Everybody else is simulated. Open the sitting, adopt the agenda and put the votes on the "
                   "chair's page; Ctrl-C ends.";
        screen_.say(text);
    }

    /// Shows every vote once it is announced or void.
    void show_results()
    {
        for (const auto& [id, vote] : meeting_.hall.shown(meeting_.screen).votes) {
            const bool is_over = vote.state == VoteState::announced || vote.state == VoteState::voided;
            if (is_over && told_.insert(id).second) screen_.result(vote);
        }
    }

    Meeting& meeting_;
    replay::Stage& stage_;
    const Screen& screen_;
    Crowd crowd_;
    std::optional<KeyAgents> agents_;
    std::vector<Door> doors_;
    std::vector<Steps> rooms_; ///< the delegations in session
    std::set<VoteId> told_;
};

} // namespace

Tried<void> run_live(replay::Stage& stage, Mode mode, const std::string& bundle, Language language)
{
    const Screen screen(language);
    if (auto served = stage.serve(); !served) return served.error();
    HelloAnswer known;
    {
        Meeting meeting(stage.endpoint());
        if (auto done = Live(meeting, stage, screen).run(mode); !done) return done.error();
        known = meeting.hall.hello(meeting.secretary);
    }
    if (auto stopped = stage.stop(); !stopped) return stopped.error();
    return export_and_verify(stage, known, bundle, language, screen);
}

} // namespace plenum::demo
