#include "clients/demo/inner_sittings.hpp"

#include "clients/demo/congress.hpp"

namespace plenum::demo {
namespace {

using replay::trouble;

/// One of the bodies inside, its sitting and the vote it holds.
struct Room {
    const InnerBody* body;
    Steps steps;
    Motion motion;
    VoteId vote{};
};

/// Of those present one is against and one abstains.
Motion motion_of(const InnerBody& body, const LocalText& title)
{
    const auto present = static_cast<std::uint32_t>(body.present.size());
    return {title, {present - 2, 1, 1, 0}, Verdict::passed};
}

class InnerSittings {
public:
    InnerSittings(Meeting& meeting, const Screen& screen, const CongressHouse& house)
        : meeting_(meeting), screen_(screen), house_(house)
    {}

    Tried<void> run()
    {
        for (const auto& delegation : house_.delegations) {
            const auto& name = delegation.name;
            enter(delegation, {name + "审议意见（草案）", "Opinion of a delegation (draft): " + name});
        }
        auto deliberated =
            in_turn([&] { return begin(); }, [&] { return sit_at_once(); }, [&] { return deliberate(); },
                    [&] { return vote(); }, [&] { return end(); });
        if (!deliberated) return deliberated.error();
        rooms_.clear();
        enter(house_.presidium, {"将各项决议草案提请全体会议表决", "Putting the resolutions to the plenary"});
        return in_turn([&] { return begin(); }, [&] { return vote(); }, [&] { return end(); });
    }

private:
    void enter(const InnerBody& body, const LocalText& title)
    {
        rooms_.push_back({&body, Steps(meeting_, screen_, body.sitting, body.chair), motion_of(body, title)});
    }

    /// The same in every room, one room after another; what was begun in one goes on meanwhile.
    template <class Work>
    Tried<void> in_every_room(Work&& work)
    {
        for (auto& room : rooms_) {
            if (auto done = work(room); !done) return trouble(room.body->name, done.error().sentence);
        }
        return {};
    }

    Tried<void> begin()
    {
        return in_every_room([&](Room& room) {
            return in_turn(
                [&] { return room.steps.act(meeting_.secretary, OpenSignIn{room.steps.sitting()}); },
                [&] { return room.steps.sign_in(room.body->present); },
                [&] { return room.steps.conduct(OpenSitting{room.steps.sitting()}); },
                [&] {
                    screen_.say({room.body->name + "开会。", "In session: " + room.body->name});
                    return room.steps.show_attendance(static_cast<std::uint32_t>(room.body->present.size()));
                });
        });
    }

    /// All of them at the same moment, beside the plenary in recess.
    Tried<void> sit_at_once()
    {
        const bool all = meeting_.hall.wait_until(meeting_.screen, [&](const replay::Shown& shown) {
            for (const auto& room : rooms_) {
                if (shown.sittings.at(room.steps.sitting()).state != SittingState::in_session) return false;
            }
            return shown.sittings.at(meeting_.convened.sitting).state == SittingState::recess;
        });
        if (!all) return trouble("the hall's screen does not show all delegations in session");
        screen_.say({std::to_string(rooms_.size()) + "个代表团同时开会，全体会议休会中。",
                     "All delegations sit at the same time, the plenary is in recess."});
        return {};
    }

    /// Each has the report of the government before it, which is the plenary's item.
    Tried<void> deliberate()
    {
        return in_every_room([&](Room& room) {
            return room.steps.conduct(ActivateItem{room.steps.sitting(), meeting_.items[1]});
        });
    }

    Tried<void> open(Room& room)
    {
        const auto prepared =
            prepare_vote(meeting_, room.steps.sitting(), std::nullopt, room.motion.title, inner_rule());
        if (!prepared) return prepared.error();
        room.vote = *prepared;
        return room.steps.open(room.vote);
    }

    /// Every vote is open before the first is counted.
    Tried<void> vote()
    {
        auto opened = in_every_room([&](Room& room) { return open(room); });
        if (!opened) return opened.error();
        return in_every_room([&](Room& room) {
            const auto& raised = room.motion.presses;
            const HandsCount hands{raised.approve, raised.oppose, raised.abstain};
            return in_turn([&] { return room.steps.count(room.vote, house_.tellers[0], hands); },
                           [&] { return room.steps.count(room.vote, house_.tellers[1], hands); },
                           [&] { return room.steps.close(room.vote, room.motion); },
                           [&] { return room.steps.announce(room.vote, room.motion); });
        });
    }

    Tried<void> end()
    {
        return in_every_room([&](Room& room) {
            return in_turn([&] { return room.steps.conduct(CloseSitting{room.steps.sitting()}); },
                           [&] { return room.steps.reach(SittingState::closed); });
        });
    }

    Meeting& meeting_;
    const Screen& screen_;
    const CongressHouse& house_;
    std::vector<Room> rooms_;
};

} // namespace

Tried<void> hold_inner_sittings(Meeting& meeting, const Screen& screen, const CongressHouse& house)
{
    return InnerSittings(meeting, screen, house).run();
}

} // namespace plenum::demo
