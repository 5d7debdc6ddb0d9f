#include "clients/demo/steps.hpp"

namespace plenum::demo {

using replay::Ask;
using replay::trouble;

Tried<void> Steps::act(replay::ConsoleId console, const Command& command)
{
    if (auto done = meeting_.hall.act(console, command); !done) return done.error();
    return {};
}

Tried<void> Steps::refused(replay::ConsoleId console, const Command& command, RefusalCode expected,
                           const LocalText& attempt)
{
    const auto reply = meeting_.hall.ask(console, command);
    if (reply.refusal() != expected) {
        return trouble(std::string(method_of(command)) + " was not refused as " +
                           std::string(codec::enum_name(expected)),
                       reply.words());
    }
    const auto reason = reply.reason();
    screen_.say({"【拒绝】" + attempt.zh + "：" + reason.zh, "[refused] " + attempt.en + ": " + reason.en});
    return {};
}

Tried<void> Steps::sign_in(Consoles members)
{
    std::vector<Ask> asks;
    for (const auto member : members)
        asks.push_back({member, SignIn{sitting_}, {}});
    if (auto done = meeting_.hall.act_all(asks); !done) return done.error();
    if (voters_ == nullptr) return {};
    return voters_->make_keys(members, sitting_);
}

Tried<void> Steps::sign_out(Consoles members)
{
    std::vector<Ask> asks;
    for (const auto member : members)
        asks.push_back({member, SignOut{sitting_}, {}});
    if (voters_ != nullptr) voters_->forget_keys(members);
    return meeting_.hall.act_all(asks);
}

Tried<void> Steps::show_attendance(std::uint32_t present)
{
    Counts counts;
    const bool came = meeting_.hall.wait_until(meeting_.screen, [&](const replay::Shown& shown) {
        const auto found = shown.sittings.find(sitting_);
        if (found != shown.sittings.end()) counts = found->second.counts;
        return counts.present == present;
    });
    if (!came) return trouble("the hall's screen does not count " + std::to_string(present) + " present");
    screen_.attendance(counts);
    return {};
}

Tried<void> Steps::reach(SittingState state)
{
    const bool came = meeting_.hall.wait_until(meeting_.screen, [&](const replay::Shown& shown) {
        const auto found = shown.sittings.find(sitting_);
        return found != shown.sittings.end() && found->second.state == state;
    });
    if (!came) {
        return trouble("the hall's screen does not show the sitting as " +
                       std::string(codec::enum_name(state)));
    }
    return {};
}

Tried<void> Steps::read_item(ItemId item, std::size_t number, const LocalText& title)
{
    if (auto done = conduct(ActivateItem{sitting_, item}); !done) return done.error();
    screen_.say({"现在进行第" + std::to_string(number) + "项议程：" + title.zh,
                 "Item " + std::to_string(number) + ": " + title.en});
    return {};
}

VoteView Steps::shown_now(VoteId vote)
{
    VoteView view;
    static_cast<void>(meeting_.hall.wait_until(meeting_.screen, [&](const replay::Shown& shown) {
        const auto found = shown.votes.find(vote);
        if (found == shown.votes.end()) return false;
        view = found->second;
        return true;
    }));
    return view;
}

Tried<VoteView> Steps::wait_for_phase(VoteId vote, SecretPhase phase)
{
    VoteView view;
    const bool came = meeting_.hall.wait_until(meeting_.screen, [&](const replay::Shown& shown) {
        const auto found = shown.votes.find(vote);
        if (found == shown.votes.end() || !found->second.secret) return false;
        view = found->second;
        return view.secret->phase == phase;
    });
    if (!came)
        return trouble("the hall's screen does not show the secret vote as " +
                       std::string(codec::enum_name(phase)));
    return view;
}

Tried<void> Steps::call_roll(VoteId vote)
{
    if (auto done = conduct(CallRoll{vote, {}}); !done) return done.error();
    const auto called = wait_for_phase(vote, SecretPhase::called);
    if (!called) return called.error();
    const auto listed = std::to_string(called->secret->roll->list_length);
    if (voters_->acknowledge(*called) != called->secret->roll->list_length)
        return trouble("not all " + listed + " consoles find themselves in the list");
    screen_.say({"无记名表决。名单" + listed + "人，各表决器均已确认。",
                 "The vote is secret. All " + listed + " consoles of the list have signed."});
    return {};
}

Tried<void> Steps::open(VoteId vote)
{
    if (is_secret(vote)) {
        if (auto done = call_roll(vote); !done) return done.error();
    }
    if (auto done = conduct(OpenVote{vote}); !done) return done.error();
    const auto opened = meeting_.hall.wait_for(meeting_.screen, vote, VoteState::open);
    if (!opened) return opened.error();
    switch (opened->vote_method) {
    case VoteMethod::console:
        screen_.say({"现在付表决，请按表决器。", "The vote is open. Please press."});
        break;
    case VoteMethod::hands:
        screen_.say({"现在举手表决：同意的请举手……反对的请举手……弃权的请举手。",
                     "The vote is by hands: those for, those against, those abstaining."});
        break;
    case VoteMethod::paper:
        screen_.say(
            {"现在投票，请填写选票后投入票箱。", "The vote is on paper: mark your ballot and put it in."});
        break;
    case VoteMethod::no_objection: screen_.say({"各位有什么意见，请发表。", "Does anybody object?"}); break;
    }
    return {};
}

Tried<void> Steps::press(VoteId vote, Consoles members, const Tally& presses)
{
    std::vector<Choice> choices(presses.approve, Choice::approve);
    choices.insert(choices.end(), presses.oppose, Choice::oppose);
    choices.insert(choices.end(), presses.abstain, Choice::abstain);
    if (is_secret(vote)) return voters_->cast(shown_now(vote), members, choices);
    std::vector<Ask> asks;
    for (std::size_t member = 0; member < choices.size(); ++member)
        asks.push_back({members[member], CastVote{vote, choices[member]}, {}});
    return meeting_.hall.act_all(asks);
}

Tried<void> Steps::count(VoteId vote, replay::ConsoleId teller, const HandsCount& hands)
{
    if (auto done = act(teller, CountHands{vote, hands}); !done) return done.error();
    const auto name = meeting_.hall.hello(teller).me.name;
    const auto approve = std::to_string(hands.approve);
    const auto oppose = std::to_string(hands.oppose);
    const auto abstain = std::to_string(hands.abstain);
    screen_.say({name + "清点：赞成 " + approve + "，反对 " + oppose + "，弃权 " + abstain,
                 name + " counts: " + approve + " for, " + oppose + " against, " + abstain + " abstaining"});
    return {};
}

Tried<void> Steps::close(VoteId vote, const Motion& motion)
{
    if (auto done = conduct(CloseVote{vote}); !done) return done.error();
    if (is_secret(vote)) {
        const auto sealed = wait_for_phase(vote, SecretPhase::sealed);
        if (!sealed) return sealed.error();
        if (voters_->confirm(*sealed) != sealed->secret->roll->list_length)
            return trouble("not all consoles find in the sealed box what they must");
    }
    const auto decided = meeting_.hall.wait_for(meeting_.screen, vote, VoteState::decided);
    if (!decided) return decided.error();
    if (!decided->result || decided->result->tally != motion.presses)
        return trouble("the figures are not those of the votes given");
    if (decided->result->outcome.verdict != motion.verdict)
        return trouble("the verdict is not what it must be");
    return {};
}

Tried<void> Steps::announce(VoteId vote, const Motion& motion)
{
    if (auto done = conduct(AnnounceVote{vote}); !done) return done.error();
    const auto announced = meeting_.hall.wait_for(meeting_.screen, vote, VoteState::announced);
    if (!announced) return announced.error();
    if (!announced->result || announced->result->tally != motion.presses)
        return trouble("the hall's screen shows other figures");
    screen_.result(*announced);
    shown_.push_back(*announced);
    return {};
}

Tried<void> Steps::stop(VoteId vote, VoidReason reason, const std::string& note)
{
    if (auto done = conduct(VoidVote{vote, reason, note}); !done) return done.error();
    const auto voided = meeting_.hall.wait_for(meeting_.screen, vote, VoteState::voided);
    if (!voided) return voided.error();
    screen_.result(*voided);
    shown_.push_back(*voided);
    return {};
}

Tried<VoteId> Steps::retry(VoteId vote, std::optional<VoteMethod> by)
{
    const auto again = meeting_.hall.act(chair_, RetryVote{vote, by});
    if (!again) return again.error();
    return VoteId{again->seq};
}

} // namespace plenum::demo
