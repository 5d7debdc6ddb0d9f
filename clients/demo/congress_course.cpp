#include "clients/demo/congress_course.hpp"

#include "clients/demo/congress.hpp"
#include "clients/demo/congress_floor.hpp"
#include "clients/demo/congress_house.hpp"
#include "clients/demo/inner_sittings.hpp"

namespace plenum::demo {
namespace {

using replay::trouble;

constexpr std::size_t before_quorum = 200; // Of 352: 235 are a quorum.
constexpr std::size_t stay_in_recess = 201;
constexpr std::size_t present_after_recess = 318;
constexpr std::size_t on_leave = 6;

/// The plenary, item by item. Every step is the chair's unless it says otherwise.
class CongressCourse {
public:
    CongressCourse(Meeting& meeting, const Screen& screen, CongressHouse& house)
        : meeting_(meeting), screen_(screen), house_(house),
          steps_(meeting, screen, meeting.convened.sitting, house.chair)
    {
        for (const auto& delegation : house.delegations)
            present_.insert(present_.end(), delegation.present.begin(), delegation.present.end());
    }

    Tried<void> run()
    {
        return in_turn([&] { return sign_in(); }, [&] { return adopt_agenda(); },
                       [&] { return hear_government(); }, [&] { return go_into_recess(); },
                       [&] { return hold_inner_sittings(meeting_, screen_, house_); },
                       [&] { return resume(); }, [&] { return conclude_reports(); },
                       [&] { return resolve_on_government(); }, [&] { return resolve_on_budget(); },
                       [&] { return choose_scrutineers(); }, [&] { return resolve_on_committee(); },
                       [&] { return decide_on_the_day(); }, [&] { return put_off_and_take_back(); },
                       [&] { return adjourn(); });
    }

private:
    Consoles present(std::size_t first, std::size_t last) const
    {
        return Consoles(present_).subspan(first, last - first);
    }
    SittingId sitting() const { return steps_.sitting(); }
    ItemId item(std::size_t number) const { return meeting_.items[number - 1]; }
    Tried<void> read(std::size_t number)
    {
        return steps_.read_item(item(number), number, congress_title(number));
    }

    Tried<void> grant_leave()
    {
        std::size_t granted = 0;
        for (std::size_t deputy = 0; granted < on_leave; ++deputy) {
            if (comes(deputy)) continue;
            const GrantLeave leave{sitting(), meeting_.convened.persons[deputy], "因病请假"};
            if (auto done = steps_.act(meeting_.secretary, leave); !done) return done.error();
            ++granted;
        }
        return {};
    }

    Tried<void> sign_in()
    {
        const LocalText opening{"宣布开会", "opening the sitting"};
        const SignInFor attendee{sitting(), house_.attendee, AttendanceMode::in_person};
        return in_turn([&] { return steps_.act(meeting_.secretary, OpenSignIn{sitting()}); },
                       [&] { return grant_leave(); },
                       [&] {
                           screen_.say({"开始签到。", "Signing in begins."});
                           return steps_.sign_in(present(0, before_quorum));
                       },
                       [&] {
                           return steps_.refused(house_.chair, OpenSitting{sitting()}, RefusalCode::no_quorum,
                                                 opening);
                       },
                       [&] { return steps_.sign_in(present(before_quorum, present_.size())); },
                       [&] { return steps_.act(meeting_.secretary, attendee); },
                       [&] { return steps_.show_attendance(static_cast<std::uint32_t>(present_.size())); },
                       [&] { return steps_.conduct(OpenSitting{sitting()}); },
                       [&]() -> Tried<void> {
                           screen_.say({"现在开会。", "The sitting is open."});
                           return {};
                       });
    }

    /// The first vote adopts the agenda; with that its first item is dealt with.
    Tried<void> adopt_agenda()
    {
        const auto& motion = congress_motion(1);
        PrepareVote prepare;
        prepare.sitting = sitting();
        prepare.title = motion.title.zh;
        prepare.text = motion.title.zh + "\n";
        for (const auto& row : congress_items())
            prepare.text += row.title + "\n";
        prepare.profile = congress_rule(VoteMethod::console);
        prepare.adopts_agenda = true;
        const auto prepared = meeting_.hall.act(meeting_.secretary, prepare);
        if (!prepared) return prepared.error();
        const VoteId vote{prepared->seq};
        const LocalText too_early{"议程通过前进入议题", "an item before the agenda is adopted"};
        return in_turn(
            [&] {
                return steps_.refused(house_.chair, ActivateItem{sitting(), item(2)},
                                      RefusalCode::not_on_agenda, too_early);
            },
            [&] { return by_console(vote, 1); }, [&] { return read(1); }, [&] { return note(1); });
    }

    Tried<void> note(std::size_t number)
    {
        return steps_.conduct(ConcludeItem{sitting(), item(number), ItemOutcome::noted, {}});
    }

    Tried<void> hear_government()
    {
        return in_turn([&] { return read(2); },
                       [&] {
                           return steps_.conduct(DeliberateItem{sitting(), item(2)});
                       },
                       [&] {
                           return hear_speeches(meeting_, screen_, steps_, house_,
                                                {present_[10], present_[20], present_[30]});
                       });
    }

    Tried<void> go_into_recess()
    {
        const std::string why = "分团审议政府工作报告";
        return in_turn(
            [&] {
                return steps_.conduct(RecessSitting{sitting(), why});
            },
            [&] {
                return steps_.conduct(
                    ShowInHall{sitting(), "main", HallContent::message, "暂时休会：" + why});
            },
            [&] {
                screen_.say(
                    {"现在休会：" + why + "。", "The plenary is in recess: the delegations deliberate."});
                return steps_.sign_out(present(stay_in_recess, present_.size()));
            },
            [&] { return steps_.reach(SittingState::recess); });
    }

    /// The quorum is looked at anew.
    Tried<void> resume()
    {
        const LocalText resuming{"复会", "resuming the sitting"};
        return in_turn(
            [&] {
                return steps_.refused(house_.chair, ResumeSitting{sitting()}, RefusalCode::no_quorum,
                                      resuming);
            },
            [&] { return steps_.sign_in(present(stay_in_recess, present_after_recess)); },
            [&] { return steps_.show_attendance(present_after_recess); },
            [&] { return steps_.conduct(ResumeSitting{sitting()}); },
            [&] {
                screen_.say({"现在复会。", "The plenary resumes."});
                return steps_.conduct(ShowInHall{sitting(), "main", HallContent::automatic, {}});
            });
    }

    Tried<void> conclude_reports()
    {
        const ConcludeItem opinion{sitting(), item(2), ItemOutcome::deliberation_opinion,
                                   "各代表团审议意见：建议加大农村饮水安全投入，加快老旧小区改造。"};
        return in_turn([&] { return steps_.conduct(opinion); }, [&] { return read(3); },
                       [&] { return note(3); }, [&] { return read(4); }, [&] { return note(4); });
    }

    /// The item is called up and its vote written down.
    Tried<VoteId> put(std::size_t number, VoteMethod method)
    {
        if (auto done = read(number); !done) return done.error();
        return prepare_vote(meeting_, sitting(), item(number), congress_motion(number).title,
                            congress_rule(method));
    }

    Tried<void> finish(VoteId vote, std::size_t number)
    {
        return in_turn([&] { return steps_.close(vote, congress_motion(number)); },
                       [&] { return steps_.announce(vote, congress_motion(number)); });
    }

    Tried<void> by_console(VoteId vote, std::size_t number)
    {
        return in_turn([&] { return steps_.open(vote); },
                       [&] { return steps_.press(vote, present_, congress_motion(number).presses); },
                       [&] { return finish(vote, number); });
    }

    /// Once the question is put nobody speaks on it.
    Tried<void> resolve_on_government()
    {
        const auto vote = put(5, VoteMethod::console);
        if (!vote) return vote.error();
        if (auto done = steps_.open(*vote); !done) return done.error();
        const auto request =
            meeting_.hall.act(present_[12], RequestFloor{sitting(), SpeechKind::speech, {}, {}});
        if (!request) return request.error();
        const SpeechId speech{request->seq};
        const LocalText too_late{"付表决后准许发言", "a speech after the vote was put"};
        return in_turn(
            [&] {
                return steps_.refused(house_.chair, GrantFloor{speech, {}, {}}, RefusalCode::vote_was_put,
                                      too_late);
            },
            [&] { return steps_.conduct(WithdrawSpeech{speech}); },
            [&] { return steps_.press(*vote, present_, congress_motion(5).presses); },
            [&] { return finish(*vote, 5); });
    }

    /// The consoles fail in the middle; the attempt stays on record and hands decide.
    Tried<void> resolve_on_budget()
    {
        const auto vote = put(6, VoteMethod::console);
        if (!vote) return vote.error();
        const std::string failure = "表决器无响应";
        auto stopped =
            in_turn([&] { return steps_.open(*vote); },
                    [&] {
                        return steps_.press(*vote, present_, {110, 6, 4, 0});
                    },
                    [&] {
                        return steps_.conduct(HoldVote{*vote, failure});
                    },
                    [&] {
                        screen_.say({"表决器发生故障，本次表决作废，改为举手表决。",
                                     "The consoles have failed: this attempt is void, hands decide."});
                        return steps_.stop(*vote, VoidReason::equipment_failure, failure);
                    });
        if (!stopped) return stopped.error();
        const auto again = steps_.retry(*vote, VoteMethod::hands);
        if (!again) return again.error();
        const auto hands = hands_of(6);
        return in_turn([&] { return steps_.open(*again); },
                       [&] { return steps_.count(*again, house_.tellers[0], hands); },
                       [&] { return steps_.count(*again, house_.tellers[1], hands); },
                       [&] { return finish(*again, 6); });
    }

    static HandsCount hands_of(std::size_t number)
    {
        const auto& raised = congress_motion(number).presses;
        return {raised.approve, raised.oppose, raised.abstain};
    }

    /// The tellers do not agree at first, and count again.
    Tried<void> choose_scrutineers()
    {
        const auto vote = put(7, VoteMethod::hands);
        if (!vote) return vote.error();
        const auto hands = hands_of(7);
        const HandsCount miscounted{hands.approve - 1, hands.oppose + 1, hands.abstain};
        const LocalText closing{"结束表决", "closing the vote"};
        return in_turn(
            [&] { return steps_.open(*vote); }, [&] { return steps_.count(*vote, house_.tellers[0], hands); },
            [&] { return steps_.count(*vote, house_.tellers[1], miscounted); },
            [&] {
                return steps_.refused(house_.chair, CloseVote{*vote}, RefusalCode::tellers_disagree, closing);
            },
            [&] { return recount(*vote, hands); }, [&] { return finish(*vote, 7); });
    }

    Tried<void> recount(VoteId vote, const HandsCount& hands)
    {
        screen_.say({"计票人清点不一致，请重新清点。", "The tellers do not agree and count again."});
        return in_turn([&] { return steps_.count(vote, house_.tellers[0], hands); },
                       [&] { return steps_.count(vote, house_.tellers[1], hands); });
    }

    Tried<void> resolve_on_committee()
    {
        const auto vote = put(8, VoteMethod::no_objection);
        if (!vote) return vote.error();
        return in_turn([&] { return steps_.open(*vote); }, [&] { return finish(*vote, 8); });
    }

    /// Somebody objects: the same vote goes on by console, and fails by the narrowest of margins.
    Tried<void> decide_on_the_day()
    {
        const auto vote = put(9, VoteMethod::no_objection);
        if (!vote) return vote.error();
        const LocalText closing{"宣布无异议通过", "adopting it without objection"};
        return in_turn(
            [&] { return steps_.open(*vote); }, [&] { return steps_.act(present_[40], ObjectToVote{*vote}); },
            [&] {
                return steps_.refused(house_.chair, CloseVote{*vote}, RefusalCode::objection_open, closing);
            },
            [&] {
                return steps_.conduct(SwitchVoteMethod{*vote, VoteMethod::console});
            },
            [&] {
                screen_.say(
                    {"有代表提出异议，改为按表决器表决。", "A deputy objects: it is voted on by console."});
                return steps_.press(*vote, present_, congress_motion(9).presses);
            },
            [&] { return finish(*vote, 9); });
    }

    Tried<void> put_off_and_take_back()
    {
        return in_turn([&] { return read(10); },
                       [&] {
                           return steps_.conduct(DeferItem{sitting(), item(10), "主席团决定暂不付表决"});
                       },
                       [&] {
                           screen_.say({"主席团决定，本项暂不付表决。",
                                        "The presidium has decided not to put this yet."});
                           return read(11);
                       },
                       [&] {
                           return steps_.conduct(WithdrawItem{sitting(), item(11), "领衔代表要求撤回"});
                       },
                       [&]() -> Tried<void> {
                           screen_.say({"领衔代表要求撤回，对本项的审议即行终止。",
                                        "Its sponsors take it back; the item ends here."});
                           return {};
                       });
    }

    /// What has become of the items, as the hall's screen shows it.
    Tried<void> check_agenda()
    {
        const auto is_right = [&](const replay::Shown& shown) {
            const auto& items = shown.agendas.at(meeting_.convened.meeting).items;
            for (std::size_t at = 0; at < items.size(); ++at) {
                const auto expected = at == 9    ? ItemState::deferred
                                      : at == 10 ? ItemState::withdrawn
                                                 : ItemState::decided;
                if (items[at].state != expected) return false;
            }
            return items.size() == congress_items().size();
        };
        if (!meeting_.hall.wait_until(meeting_.screen, is_right))
            return trouble("the hall's screen shows the agenda otherwise");
        screen_.agenda(meeting_.hall.shown(meeting_.screen).agendas.at(meeting_.convened.meeting));
        return {};
    }

    Tried<void> adjourn()
    {
        return in_turn(
            [&] { return check_agenda(); }, [&] { return steps_.conduct(CloseSitting{sitting()}); },
            [&] { return steps_.reach(SittingState::closed); },
            [&] {
                screen_.say({"各项议程已经完成。闭会。", "The agenda is completed. Adjourned."});
                return steps_.act(meeting_.secretary, CloseMeeting{meeting_.convened.meeting});
            },
            [&]() -> Tried<void> {
                screen_.sheet(meeting_.hall.shown(meeting_.screen).sittings.at(sitting()), steps_.shown());
                return {};
            });
    }

    Meeting& meeting_;
    const Screen& screen_;
    CongressHouse& house_;
    Steps steps_;
    std::vector<replay::ConsoleId> present_; ///< at the opening, in the order of the roster
};

} // namespace

Tried<void> play_congress(Meeting& meeting, const replay::Stage& stage, const Screen& screen)
{
    auto house = seat_congress(meeting, stage, std::nullopt, false);
    if (!house) return house.error();
    return CongressCourse(meeting, screen, *house).run();
}

} // namespace plenum::demo
