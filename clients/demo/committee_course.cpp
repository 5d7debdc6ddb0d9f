#include "clients/demo/committee_course.hpp"

#include "clients/demo/committee.hpp"
#include "clients/demo/key_agents.hpp"
#include "clients/demo/steps.hpp"

namespace plenum::demo {
namespace {

using replay::trouble;

constexpr std::size_t present_at_first = 33; // Of 35: two come later.
constexpr std::size_t lost_motion = 2;       // Its first attempt loses the quorum.
constexpr std::size_t leavers = 16;          // Of 33 leave: 17 stay, one fewer than the quorum.
constexpr std::size_t full_motion = 5;       // All 35 are there.

/// The meeting being played, step by step as a chair would take them.
class CommitteeCourse {
public:
    CommitteeCourse(Meeting& meeting, const Screen& screen, replay::ConsoleId chair, Voters& voters)
        : meeting_(meeting), screen_(screen),
          steps_(meeting, screen, meeting.convened.sitting, chair, &voters)
    {}

    Tried<void> run()
    {
        if (auto done = begin(); !done) return done.error();
        for (std::size_t motion = 0; motion < committee_motions().size(); ++motion) {
            auto done = motion == lost_motion ? lose_and_repeat(motion) : vote_on(motion);
            if (!done) return trouble(committee_motions()[motion].title.zh, done.error().sentence);
        }
        if (auto done = steps_.conduct(CloseSitting{steps_.sitting()}); !done) return done.error();
        screen_.say({"各项议程已经完成。散会。", "The agenda is completed. The sitting is adjourned."});
        if (auto done = steps_.reach(SittingState::closed); !done) return done.error();
        screen_.sheet(meeting_.hall.shown(meeting_.screen).sittings.at(steps_.sitting()), steps_.shown());
        return {};
    }

private:
    /// Members [first, last) of the roster.
    Consoles members(std::size_t first, std::size_t last) const
    {
        return Consoles(meeting_.members).subspan(first, last - first);
    }

    Tried<void> begin()
    {
        const LocalText opening{"宣布开会", "opening the sitting"};
        return in_turn([&] { return steps_.act(meeting_.secretary, OpenSignIn{steps_.sitting()}); },
                       [&] {
                           screen_.say({"开始签到。", "Signing in begins."});
                           return steps_.sign_in(members(0, 17));
                       },
                       [&] {
                           return steps_.refused(steps_.chair(), OpenSitting{steps_.sitting()},
                                                 RefusalCode::no_quorum, opening);
                       },
                       [&] { return steps_.sign_in(members(17, present_at_first)); },
                       [&] { return steps_.show_attendance(present_at_first); },
                       [&] { return steps_.conduct(OpenSitting{steps_.sitting()}); },
                       [&] {
                           screen_.say({"现在开会。", "The sitting is open."});
                           return steps_.conduct(AdoptAgenda{steps_.sitting()});
                       },
                       [&]() -> Tried<void> {
                           screen_.say({"本次会议议程共" + std::to_string(committee_motions().size()) +
                                            "项。有什么意见？没有意见，通过。",
                                        "The agenda of six items is adopted."});
                           return {};
                       });
    }

    Tried<VoteId> put_to_vote(std::size_t motion)
    {
        auto done = steps_.read_item(meeting_.items[motion], motion + 1, committee_motions()[motion].title);
        if (!done) return done.error();
        return prepare_motion(meeting_, motion);
    }

    Tried<void> vote_on(std::size_t motion)
    {
        const auto all = meeting_.members.size();
        if (motion == full_motion) {
            auto done = in_turn([&] { return steps_.sign_in(members(present_at_first, all)); },
                                [&] { return steps_.show_attendance(static_cast<std::uint32_t>(all)); });
            if (!done) return done.error();
        }
        const auto vote = put_to_vote(motion);
        if (!vote) return vote.error();
        if (auto done = steps_.open(*vote); !done) return done.error();
        if (motion == 1) {
            // Changing one's mind is allowed while the vote is open; staying away is not voting.
            if (auto done = steps_.press(*vote, meeting_.members, {0, 3, 0, 0}); !done) return done.error();
            // A press that names its member is none where the vote is secret.
            const CastVote with_a_name{*vote, Choice::approve};
            const LocalText attempt{"在无记名表决中记名按表决器", "a press under a name in a secret vote"};
            auto done =
                steps_.refused(meeting_.members.back(), with_a_name, RefusalCode::vote_not_open, attempt);
            if (!done) return done.error();
        }
        if (auto done = steps_.press(*vote, meeting_.members, committee_motions()[motion].presses); !done) {
            return done.error();
        }
        return close(*vote, motion);
    }

    Tried<void> close(VoteId vote, std::size_t motion)
    {
        const auto& expected = committee_motions()[motion];
        if (auto done = steps_.close(vote, expected); !done) return done.error();
        if (motion == 0) {
            const CastVote late{vote, Choice::oppose};
            const LocalText attempt{"表决结束后按表决器", "a press after the vote was closed"};
            auto done = steps_.refused(meeting_.members.front(), late, RefusalCode::vote_not_open, attempt);
            if (!done) return done.error();
        }
        return steps_.announce(vote, expected);
    }

    /// Members leave during the vote until the quorum is lost: void, and again once they are back.
    Tried<void> lose_and_repeat(std::size_t motion)
    {
        const auto first = put_to_vote(motion);
        if (!first) return first.error();
        const std::string note = "表决中多人离场";
        const VoidVote voiding{*first, VoidReason::lost_quorum, note};
        const LocalText too_early{"以不足法定人数为由作废", "voiding for a lost quorum"};
        const auto stay = present_at_first - leavers;
        auto stopped = in_turn(
            [&] { return steps_.open(*first); },
            [&] {
                return steps_.press(*first, meeting_.members, {8, 2, 1, 0});
            },
            [&] { return steps_.refused(steps_.chair(), voiding, RefusalCode::quorum_not_lost, too_early); },
            [&] { return steps_.sign_out(members(stay, present_at_first)); },
            [&] { return steps_.show_attendance(static_cast<std::uint32_t>(stay)); },
            [&] { return steps_.stop(*first, VoidReason::lost_quorum, note); });
        if (!stopped) return stopped.error();

        const auto second = steps_.retry(*first);
        if (!second) return second.error();
        const LocalText reopening{"重新付表决", "opening the vote again"};
        return in_turn(
            [&] {
                return steps_.refused(steps_.chair(), OpenVote{*second}, RefusalCode::no_quorum, reopening);
            },
            [&] { return steps_.sign_in(members(stay, present_at_first)); },
            [&] { return steps_.show_attendance(present_at_first); }, [&] { return steps_.open(*second); },
            [&] { return steps_.press(*second, meeting_.members, committee_motions()[motion].presses); },
            [&] { return close(*second, motion); });
    }

    Meeting& meeting_;
    const Screen& screen_;
    Steps steps_;
};

} // namespace

Tried<void> seat_committee(Meeting& meeting, const replay::Stage& stage, std::optional<std::size_t> left_out)
{
    if (auto called = call_together(meeting, stage, committee()); !called) return called.error();
    for (const auto& motion : committee_motions()) {
        const auto item =
            meeting.hall.act(meeting.secretary, AddItem{meeting.convened.meeting, motion.title.zh});
        if (!item) return item.error();
        meeting.items.push_back(ItemId{item->seq});
    }
    return take_seats(meeting, left_out);
}

Tried<VoteId> prepare_motion(Meeting& meeting, std::size_t motion)
{
    return prepare_vote(meeting, meeting.convened.sitting, meeting.items[motion],
                        committee_motions()[motion].title, committee_rule());
}

Tried<std::string> play_committee(Meeting& meeting, const replay::Stage& stage, const Screen& screen)
{
    if (auto seated = seat_committee(meeting, stage, std::nullopt); !seated) return seated.error();
    const auto agents = KeyAgents::begin(meeting, stage);
    if (!agents) return agents.error();
    agents->introduce(screen);
    const auto chair = meeting.hall.enter({meeting.convened.chair_code}, true);
    if (!chair) return chair.error();
    Voters voters(meeting);
    CommitteeCourse course(meeting, screen, chair->front(), voters);
    if (auto done = course.run(); !done) return done.error();
    return voters.tracker();
}

} // namespace plenum::demo
