#include "clients/demo/once.hpp"

#include <algorithm>

namespace plenum::demo {
namespace {

using replay::Ask;
using replay::trouble;

constexpr std::size_t present_at_first = 33; // Of 35: two come later.
constexpr std::size_t lost_motion = 2;       // Its first attempt loses the quorum.
constexpr std::size_t leavers = 16;          // Of 33 leave: 17 stay, one fewer than the quorum.
constexpr std::size_t full_motion = 5;       // All 35 are there.

/// The meeting being played, step by step as a chair would take them.
class Course {
public:
    Course(Meeting& meeting, const Screen& screen) : meeting_(meeting), hall_(meeting.hall), screen_(screen)
    {}

    Tried<void> run()
    {
        if (auto done = begin(); !done) return done.error();
        for (std::size_t motion = 0; motion < motions().size(); ++motion) {
            auto done = motion == lost_motion ? lose_and_repeat(motion) : vote_on(motion);
            if (!done) return trouble(motions()[motion].title.zh, done.error().sentence);
        }
        if (auto done = hall_.act(chair_, CloseSitting{sitting()}); !done) return done.error();
        screen_.say({"各项议程已经完成。散会。", "The agenda is completed. The sitting is adjourned."});
        if (!hall_.wait_until(meeting_.screen, [&](const replay::Shown& shown) {
                return shown.sittings.at(sitting()).state == SittingState::closed;
            })) {
            return trouble("the hall's screen does not show the end of the sitting");
        }
        screen_.sheet(hall_.shown(meeting_.screen).sittings.at(sitting()), shown_);
        if (hall_.lost() != 0) return trouble("a console lost its connection");
        return {};
    }

private:
    SittingId sitting() const { return meeting_.convened.sitting; }

    /// A command that must be refused for this reason; `attempt` says what was tried.
    Tried<void> refused(replay::ConsoleId console, const Command& command, RefusalCode expected,
                        const LocalText& attempt)
    {
        const auto reply = hall_.ask(console, command);
        if (reply.refusal() != expected) {
            return trouble(std::string(method_of(command)) + " was not refused as " +
                               std::string(codec::enum_name(expected)),
                           reply.words());
        }
        const auto reason = reply.reason();
        screen_.say(
            {"【拒绝】" + attempt.zh + "：" + reason.zh, "[refused] " + attempt.en + ": " + reason.en});
        return {};
    }

    Tried<void> sign_in(std::size_t first, std::size_t last)
    {
        std::vector<Ask> asks;
        for (std::size_t member = first; member < last; ++member) {
            asks.push_back({meeting_.members[member], SignIn{sitting()}, {}});
        }
        return hall_.act_all(asks);
    }

    Tried<void> sign_out(std::size_t first, std::size_t last)
    {
        std::vector<Ask> asks;
        for (std::size_t member = first; member < last; ++member) {
            asks.push_back({meeting_.members[member], SignOut{sitting()}, {}});
        }
        return hall_.act_all(asks);
    }

    /// Waits until the hall's screen counts this many, and shows it.
    Tried<void> show_attendance(std::uint32_t present)
    {
        Counts counts;
        const bool came = hall_.wait_until(meeting_.screen, [&](const replay::Shown& shown) {
            const auto found = shown.sittings.find(sitting());
            if (found != shown.sittings.end()) counts = found->second.counts;
            return counts.present == present;
        });
        if (!came) return trouble("the hall's screen does not count " + std::to_string(present) + " present");
        screen_.attendance(counts);
        return {};
    }

    Tried<void> begin()
    {
        const auto chair = hall_.enter({meeting_.convened.chair_code}, true);
        if (!chair) return chair.error();
        chair_ = chair->front();
        if (auto done = hall_.act(meeting_.secretary, OpenSignIn{sitting()}); !done) return done.error();
        screen_.say({"开始签到。", "Signing in begins."});
        if (auto done = sign_in(0, 17); !done) return done.error();
        const LocalText opening{"宣布开会", "opening the sitting"};
        if (auto done = refused(chair_, OpenSitting{sitting()}, RefusalCode::no_quorum, opening); !done) {
            return done.error();
        }
        if (auto done = sign_in(17, present_at_first); !done) return done.error();
        if (auto done = show_attendance(present_at_first); !done) return done.error();
        if (auto done = hall_.act(chair_, OpenSitting{sitting()}); !done) return done.error();
        screen_.say({"现在开会。", "The sitting is open."});
        if (auto done = hall_.act(chair_, AdoptAgenda{sitting()}); !done) return done.error();
        screen_.say({"本次会议议程共" + std::to_string(motions().size()) + "项。有什么意见？没有意见，通过。",
                     "The agenda of six items is adopted."});
        return {};
    }

    Tried<VoteId> put_to_vote(std::size_t motion)
    {
        if (auto done = hall_.act(chair_, ActivateItem{sitting(), meeting_.items[motion]}); !done)
            return done.error();
        const auto vote = prepare_motion(meeting_, motion);
        if (!vote) return vote.error();
        screen_.say({"现在进行第" + std::to_string(motion + 1) + "项议程：" + motions()[motion].title.zh,
                     "Item " + std::to_string(motion + 1) + ": " + motions()[motion].title.en});
        return *vote;
    }

    Tried<void> open(VoteId vote)
    {
        if (auto done = hall_.act(chair_, OpenVote{vote}); !done) return done.error();
        screen_.say({"现在付表决，请按表决器。", "The vote is open. Please press."});
        return {};
    }

    /// The members press all at the same time: those who approve first in the roster, then the others.
    Tried<void> press(VoteId vote, const Tally& presses)
    {
        std::vector<Ask> asks;
        for (std::uint32_t member = 0; member < presses.cast(); ++member) {
            const auto choice = member < presses.approve                    ? Choice::approve
                                : member < presses.approve + presses.oppose ? Choice::oppose
                                                                            : Choice::abstain;
            asks.push_back({meeting_.members[member], CastVote{vote, choice}, {}});
        }
        return hall_.act_all(asks);
    }

    Tried<void> vote_on(std::size_t motion)
    {
        if (motion == full_motion) {
            if (auto done = sign_in(present_at_first, meeting_.members.size()); !done) return done.error();
            if (auto done = show_attendance(static_cast<std::uint32_t>(meeting_.members.size())); !done) {
                return done.error();
            }
        }
        const auto vote = put_to_vote(motion);
        if (!vote) return vote.error();
        if (auto done = open(*vote); !done) return done.error();
        if (motion == 1) {
            // Changing one's mind is allowed while the vote is open; staying away is not voting.
            if (auto done = press(*vote, {0, 3, 0, 0}); !done) return done.error();
            const CastVote from_afar{*vote, Choice::approve};
            const LocalText attempt{"未到会代表按表决器", "a press of a member who is not there"};
            auto done = refused(meeting_.members.back(), from_afar, RefusalCode::not_signed_in, attempt);
            if (!done) return done.error();
        }
        if (auto done = press(*vote, motions()[motion].presses); !done) return done.error();
        return close(*vote, motion);
    }

    /// Closes, checks every figure against what was pressed, announces, and checks what the hall is then
    /// shown.
    Tried<void> close(VoteId vote, std::size_t motion)
    {
        if (auto done = hall_.act(chair_, CloseVote{vote}); !done) return done.error();
        const auto& expected = motions()[motion];
        const auto decided = hall_.wait_for(chair_, vote, VoteState::decided);
        if (!decided) return decided.error();
        if (!decided->result || decided->result->tally != expected.presses) {
            return trouble("the figures are not what was pressed");
        }
        if (decided->result->outcome.verdict != expected.verdict)
            return trouble("the verdict is not what it must be");
        if (motion == 0) {
            const CastVote late{vote, Choice::oppose};
            const LocalText attempt{"表决结束后按表决器", "a press after the vote was closed"};
            auto done = refused(meeting_.members.front(), late, RefusalCode::vote_not_open, attempt);
            if (!done) return done.error();
        }
        if (auto done = hall_.act(chair_, AnnounceVote{vote}); !done) return done.error();
        const auto announced = hall_.wait_for(meeting_.screen, vote, VoteState::announced);
        if (!announced) return announced.error();
        if (!announced->result || announced->result->tally != expected.presses) {
            return trouble("the hall's screen shows other figures");
        }
        screen_.result(*announced);
        shown_.push_back(*announced);
        return {};
    }

    /// Members leave during the vote until the quorum is lost: void, and again once they are back.
    Tried<void> lose_and_repeat(std::size_t motion)
    {
        const auto first = put_to_vote(motion);
        if (!first) return first.error();
        if (auto done = open(*first); !done) return done.error();
        if (auto done = press(*first, {8, 2, 1, 0}); !done) return done.error();
        const VoidVote voiding{*first, VoidReason::lost_quorum, "表决中多人离场"};
        const LocalText too_early{"以不足法定人数为由作废", "voiding for a lost quorum"};
        if (auto done = refused(chair_, voiding, RefusalCode::quorum_not_lost, too_early); !done) {
            return done.error();
        }
        if (auto done = sign_out(present_at_first - leavers, present_at_first); !done) return done.error();
        if (auto done = show_attendance(present_at_first - leavers); !done) return done.error();
        if (auto done = hall_.act(chair_, voiding); !done) return done.error();
        const auto voided = hall_.wait_for(meeting_.screen, *first, VoteState::voided);
        if (!voided) return voided.error();
        screen_.result(*voided);
        shown_.push_back(*voided);

        const auto again = hall_.act(chair_, RetryVote{*first});
        if (!again) return again.error();
        const VoteId second{again->seq};
        const LocalText reopening{"重新付表决", "opening the vote again"};
        if (auto done = refused(chair_, OpenVote{second}, RefusalCode::no_quorum, reopening); !done) {
            return done.error();
        }
        if (auto done = sign_in(present_at_first - leavers, present_at_first); !done) return done.error();
        if (auto done = show_attendance(present_at_first); !done) return done.error();
        if (auto done = open(second); !done) return done.error();
        if (auto done = press(second, motions()[motion].presses); !done) return done.error();
        return close(second, motion);
    }

    Meeting& meeting_;
    replay::Hall& hall_;
    const Screen& screen_;
    replay::ConsoleId chair_{};
    std::vector<VoteView> shown_; ///< as the hall saw them
};

} // namespace

Tried<void> run_once(replay::Stage& stage, const std::string& bundle, Language language)
{
    const Screen screen(language);
    if (auto served = stage.serve(); !served) return served.error();
    HelloAnswer known;
    {
        Meeting meeting(stage.endpoint());
        if (auto called = call_together(meeting, stage, std::nullopt); !called) return called.error();
        known = meeting.hall.hello(meeting.members.back());
        if (auto done = Course(meeting, screen).run(); !done) return done.error();
    }
    if (auto stopped = stage.stop(); !stopped) return stopped.error();
    return export_and_verify(stage, known, bundle, language, screen);
}

} // namespace plenum::demo
