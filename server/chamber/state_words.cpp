#include "server/chamber/chapters.hpp"

namespace plenum::chamber {
namespace {

LocalText words_of(SittingState state)
{
    switch (state) {
    case SittingState::draft: return {"会议尚在筹备", "the sitting is being prepared"};
    case SittingState::signing_in:
        return {"会议正在签到，尚未开会", "the sitting is signing in, not yet open"};
    case SittingState::in_session: return {"会议正在进行", "the sitting is in session"};
    case SittingState::recess: return {"会议正在休会", "the sitting is in recess"};
    case SittingState::closed: return {"会议已经闭会", "the sitting is closed"};
    }
    return {};
}

LocalText words_of(ItemState state)
{
    switch (state) {
    case ItemState::draft: return {"议题尚未列入已通过的议程", "the item is not on the adopted agenda"};
    case ItemState::adopted: return {"议题已列入议程", "the item is on the agenda"};
    case ItemState::reading: return {"正在听取该议题", "the item is being read"};
    case ItemState::deliberating: return {"议题正在审议", "the item is being deliberated"};
    case ItemState::put_to_vote: return {"议题已付表决", "the item is put to the vote"};
    case ItemState::decided: return {"议题已经表决", "the item is decided"};
    case ItemState::withdrawn: return {"议题已经撤回", "the item is withdrawn"};
    case ItemState::deferred: return {"议题暂不付表决", "the item is deferred"};
    }
    return {};
}

LocalText words_of(VoteState state)
{
    switch (state) {
    case VoteState::prepared: return {"表决尚未开启", "the vote is prepared, not opened"};
    case VoteState::open: return {"表决正在进行", "the vote is open"};
    case VoteState::held: return {"表决已经暂停", "the vote is on hold"};
    case VoteState::closed: return {"表决已经结束", "the vote is closed"};
    case VoteState::decided: return {"表决已有结果，尚未宣布", "the vote is decided, not announced"};
    case VoteState::announced: return {"表决结果已经宣布", "the result is announced"};
    case VoteState::voided: return {"表决已经作废", "the vote is void"};
    case VoteState::annulled: return {"表决结果已被撤销", "the result is annulled"};
    }
    return {};
}

LocalText words_of(SpeechState state)
{
    switch (state) {
    case SpeechState::waiting: return {"尚在等候发言", "the speaker still waits"};
    case SpeechState::speaking: return {"正在发言", "the speech is going on"};
    case SpeechState::ended: return {"发言已经结束", "the speech has ended"};
    case SpeechState::withdrawn: return {"发言申请已经撤回", "the request was withdrawn"};
    }
    return {};
}

LocalText words_of(MeetingPhase phase)
{
    switch (phase) {
    case MeetingPhase::draft: return {"会议尚在筹备", "the meeting is being prepared"};
    case MeetingPhase::notified: return {"会议通知已经发出", "the meeting has been notified"};
    case MeetingPhase::closed: return {"会议已经闭会", "the meeting is closed"};
    case MeetingPhase::archived: return {"会议已经归档", "the meeting is archived"};
    case MeetingPhase::cancelled: return {"会议已经取消", "the meeting was called off"};
    }
    return {};
}

} // namespace

Refusal no(RefusalCode code, std::string zh, std::string en)
{
    return refuse(code, {std::move(zh), std::move(en)});
}

Refusal no(RefusalCode code, const Misfit& misfit, const LocalText& of)
{
    const auto where = misfit.path + ": " + misfit.expected;
    return no(code, of.zh + where, of.en + where);
}

std::optional<Refusal> check_reason(const std::string& reason)
{
    if (is_line(reason, reason_bytes_max)) return std::nullopt;
    return no(RefusalCode::invalid_text, "须写明理由", "a reason must be given");
}

Refusal wrong_state(SittingState state)
{
    return refuse(RefusalCode::wrong_state, words_of(state));
}

Refusal wrong_state(ItemState state)
{
    return refuse(RefusalCode::wrong_state, words_of(state));
}

Refusal wrong_state(VoteState state)
{
    return refuse(RefusalCode::wrong_state, words_of(state));
}

Refusal wrong_state(SpeechState state)
{
    return refuse(RefusalCode::wrong_state, words_of(state));
}

Refusal wrong_state(MeetingPhase phase)
{
    return refuse(RefusalCode::wrong_state, words_of(phase));
}

} // namespace plenum::chamber
