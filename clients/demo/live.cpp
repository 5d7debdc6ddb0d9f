#include "clients/demo/live.hpp"

#include "clients/demo/committee.hpp"
#include "clients/demo/committee_course.hpp"
#include "clients/demo/congress.hpp"
#include "clients/demo/congress_house.hpp"
#include "clients/demo/crowd.hpp"
#include "clients/demo/key_agents.hpp"

#include <algorithm>
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

/// How much of the record people have been given as a file.
enum class HandedOut { nothing, some, all };

/// Waits a moment; the signal that came meanwhile, 0 for none.
int signal_within(milliseconds time)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    const timespec wait{time.count() / 1'000, (time.count() % 1'000) * 1'000'000};
    return std::max(sigtimedwait(&signals, nullptr, &wait), 0);
}

/// One meeting with people at the screens.
class Live {
public:
    Live(Meeting& meeting, replay::Stage& stage, const LiveSettings& settings, const Screen& screen)
        : meeting_(meeting), stage_(stage), settings_(settings), screen_(screen), crowd_(meeting, screen)
    {}

    Tried<void> run()
    {
        auto begun = settings_.mode == Mode::congress ? begin_congress() : begin_committee();
        if (!begun) return begun.error();
        const auto opened = meeting_.hall.act(meeting_.secretary, OpenSignIn{meeting_.convened.sitting});
        if (!opened) return opened.error();
        invite();
        return attend();
    }

private:
    /// Until an interrupt that comes after the record was handed out: its readers need the checker's page.
    Tried<void> attend()
    {
        for (;;) {
            const int signal = signal_within(look_every);
            if (signal == SIGTERM || (signal == SIGINT && handed_out_ != HandedOut::nothing)) break;
            crowd_.look();
            if (auto closed = close_rooms(); !closed) return closed.error();
            show_results();
            if (meeting_.hall.lost() != 0) return replay::trouble("the server is gone");
            const bool is_due = is_over() ? handed_out_ != HandedOut::all : signal == SIGINT;
            if (!is_due) continue;
            if (auto handed = hand_out(); !handed) return handed.error();
            tell_where();
        }
        if (handed_out_ == HandedOut::all) return {};
        return hand_out();
    }

    bool is_over() const
    {
        const auto shown = meeting_.hall.shown(meeting_.screen);
        return shown.sittings.at(meeting_.convened.sitting).state == SittingState::closed;
    }

    /// The record as members are given it: with the boxes, in which whoever voted finds the ballot.
    Tried<void> hand_out()
    {
        const bool is_all = is_over();
        const auto& known = meeting_.hall.hello(meeting_.secretary);
        const Wanted wanted{settings_.bundle, "--member", {}};
        auto done = export_and_verify(stage_, known, wanted, settings_.language, screen_);
        if (done) handed_out_ = is_all ? HandedOut::all : HandedOut::some;
        return done;
    }

    void tell_where() const
    {
        const auto checker = address_of("verify.html");
        screen_.say(
            {"成员记录包：  " + settings_.bundle + "\n核验页：  " + checker +
                 "\n在核验页打开记录包，输入表决器上显示的追踪码，可查到那张票是否已计入。记录包也可在表决器"
                 "页面下载。\n服务器继续运行；再按一次 Ctrl-C 结束。",
             "The members' record:  " + settings_.bundle + "\nThe checker:  " + checker +
                 "\nOpen the record in the checker and enter the tracker a console showed: it says "
                 "whether that ballot was counted. Consoles offer the record too.\nThe server stays; "
                 "Ctrl-C once more ends."});
    }

    std::string address_of(const std::string& page) const
    {
        const auto& server = stage_.endpoint();
        // A browser gives pages of this name what they need for keys, also without TLS.
        if (!server.tls) return "http://localhost:" + std::to_string(server.port) + "/" + page;
        return replay::url_of(server) + "/" + page;
    }

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
        LocalText text;
        for (const auto& door : doors_) {
            const auto address = address_of(door.page) + "#code=" + door.code;
            text.zh += door.who.zh + "：  " + address + "\n";
            text.en += door.who.en + ":  " + address + "\n";
        }
        text.zh += "其余人员由程序模拟。请在主持人页面宣布开会、通过议程、逐项付表决；散会后，或按 "
                   "Ctrl-C 时，导出记录供核对。";
        text.en += "Everybody else is simulated. Open the sitting, adopt the agenda and put the votes on the "
                   "chair's page. When the sitting is closed, or at Ctrl-C, the record is exported to be "
                   "checked.";
        screen_.say(text);
        if (stage_.endpoint().tls) warn_of_certificate();
    }

    void warn_of_certificate() const
    {
        const auto& authority = stage_.endpoint().ca_file;
        screen_.say({"同一网络中的手机可以打开这些地址。证书是本次演示自制的，浏览器会警告：先在手机上安装 " +
                         authority + "，就不再警告；不安装而继续，则不能排除中间有人冒充服务器。",
                     "A phone on the same network can open these addresses. The certificate is this demo's "
                     "own, so browsers warn: with " +
                         authority +
                         " installed on the phone they do not; whoever goes on without cannot tell the "
                         "server from somebody in between."});
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
    const LiveSettings& settings_;
    const Screen& screen_;
    Crowd crowd_;
    std::optional<KeyAgents> agents_;
    std::vector<Door> doors_;
    std::vector<Steps> rooms_; ///< the delegations in session
    std::set<VoteId> told_;
    HandedOut handed_out_ = HandedOut::nothing;
};

} // namespace

Tried<void> run_live(replay::Stage& stage, const LiveSettings& settings)
{
    const Screen screen(settings.language);
    if (auto served = stage.serve(); !served) return served.error();
    {
        Meeting meeting(stage.endpoint());
        if (auto done = Live(meeting, stage, settings, screen).run(); !done) return done.error();
    }
    return stage.stop();
}

} // namespace plenum::demo
