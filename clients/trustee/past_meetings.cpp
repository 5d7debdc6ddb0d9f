#include "clients/trustee/past_meetings.hpp"

#include "protocol/ballot/erasure.hpp"

#include <algorithm>

namespace plenum::trustee {

PastMeetings::PastMeetings(HeldKeys& keys, PersonId me, std::string origin, Desk desk)
    : keys_(keys), me_(me), origin_(std::move(origin)), desk_(std::move(desk)),
      signing_key_(keys.signing_key())
{}

RecordId PastMeetings::id_of(MeetingId meeting) const
{
    return record_id(origin_, MeetingCreated::kind, number(meeting));
}

void PastMeetings::take(const AgendaView& view)
{
    const bool is_closed = view.state == MeetingState::closed || view.state == MeetingState::archived ||
                           view.state == MeetingState::cancelled;
    if (is_closed && !over_.contains(view.meeting)) closed_.insert(view.meeting);
}

void PastMeetings::take(const KeyHoldersView& view)
{
    if (!view.key_holders) return;
    const auto mine = std::ranges::find(view.holders, me_, &KeyHolderView::person);
    if (mine == view.holders.end()) return;
    numbers_[*view.key_holders] = static_cast<std::uint32_t>(mine - view.holders.begin()) + 1;
    if (view.erased && std::ranges::find(*view.erased, me_) != view.erased->end())
        stated_.insert(*view.key_holders);
}

/// Holders of a key that was replaced during the meeting stand with the votes it was for.
void PastMeetings::take(const SecretVoteView& view)
{
    if (!view.box) return;
    const auto mine = std::ranges::find(view.box->shares, me_, &ShareView::person);
    if (mine != view.box->shares.end()) numbers_[view.key_holders] = mine->number;
}

Result<void> PastMeetings::proceed(const std::function<bool(const RecordId&)>& waits)
{
    const std::set<MeetingId> closed = closed_;
    for (const MeetingId id : closed) {
        const auto meeting = id_of(id);
        if (waits(meeting)) continue;
        if (auto erased = erase(meeting); !erased) return erased;
        closed_.erase(id);
        over_.insert(id);
    }
    for (const MeetingId id : over_)
        if (auto stated = state_erased(id); !stated) return stated;
    return {};
}

Result<void> PastMeetings::erase(const RecordId& meeting)
{
    bool any = false;
    for (auto& share : keys_.shares) {
        if (share.origin != origin_ || share.meeting != meeting || share.is_erased()) continue;
        share.erase();
        any = true;
    }
    if (!any) return {};
    if (auto kept = desk_.keep(keys_); !kept) return kept;
    desk_.say(
        {"会议已结束，本设备的密钥份额已销毁", "the meeting is over: the share of this device is erased"});
    return {};
}

/// What is erased durably, and only that.
Result<void> PastMeetings::state_erased(MeetingId meeting)
{
    std::set<Digest> owed;
    for (const auto& share : keys_.shares) {
        if (share.origin == origin_ && share.meeting == id_of(meeting) && share.is_erased())
            owed.insert(share.key_holders);
    }
    for (const auto& key : owed) {
        if (!stated_.contains(key)) {
            const auto mine = numbers_.find(key);
            if (mine == numbers_.end() || told_.contains(key)) continue;
            const auto signature =
                ballot::sign_erasure({origin_, id_of(meeting), key, mine->second}, signing_key_);
            const auto refused =
                desk_.act(StateErasure{meeting, key, Bytes(signature.begin(), signature.end())});
            if (!refused) return refused.error();
            told_.insert(key);
            if (*refused) {
                desk_.say({"服务器未接受销毁声明：" + (*refused)->zh,
                           "the server did not take the statement of erasure: " + (*refused)->en});
                continue;
            }
            stated_.insert(key);
            desk_.say({"销毁声明已签署并载入记录", "the erasure is signed and on record"});
        }
        if (auto forgotten = forget(meeting, key); !forgotten) return forgotten;
    }
    return {};
}

/// Stated and on record: nothing of it stays.
Result<void> PastMeetings::forget(MeetingId meeting, const Digest& key_holders)
{
    std::erase_if(keys_.shares, [&](const HeldShare& share) {
        return share.origin == origin_ && share.meeting == id_of(meeting) &&
               share.key_holders == key_holders && share.is_erased();
    });
    return desk_.keep(keys_);
}

bool PastMeetings::is_settled(MeetingId meeting) const
{
    return is_over(meeting) && std::ranges::none_of(keys_.shares, [&](const HeldShare& share) {
               return share.origin == origin_ && share.meeting == id_of(meeting) &&
                      numbers_.contains(share.key_holders) && !told_.contains(share.key_holders);
           });
}

} // namespace plenum::trustee
