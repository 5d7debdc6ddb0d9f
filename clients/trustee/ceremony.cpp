#include "clients/trustee/ceremony.hpp"

#include "clients/trustee/own_election.hpp"

#include <algorithm>

namespace plenum::trustee {
namespace {

using ballot::CeremonyMessage;
using ballot::CeremonyStep;

/// The holder's message of a step, as the server passed it on; nothing when it is none.
std::optional<CeremonyMessage> message_of(const std::optional<Bytes>& bytes)
{
    if (!bytes) return std::nullopt;
    auto message = ballot::decode_message(*bytes);
    if (!message) return std::nullopt;
    return std::move(*message);
}

Bytes joined(const std::vector<ballot::SealedShare>& shares)
{
    Bytes bytes;
    for (const auto& share : shares)
        bytes.insert(bytes.end(), share.begin(), share.end());
    return bytes;
}

LocalText named(const char* zh_before, const char* zh_after, const char* en_before, const char* en_after,
                const std::string& name)
{
    return {zh_before + name + zh_after, en_before + name + en_after};
}

} // namespace

Ceremony::Ceremony(HeldKeys& keys, PersonId me, std::string origin, Desk desk, ballot::Randomness& randomness)
    : keys_(keys), me_(me), origin_(std::move(origin)), desk_(std::move(desk)), randomness_(randomness),
      signing_key_(keys.signing_key())
{}

std::optional<std::uint32_t> Ceremony::number_in(const KeyHoldersView& view) const
{
    const auto found = std::ranges::find(view.holders, me_, &KeyHolderView::person);
    if (found == view.holders.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - view.holders.begin()) + 1;
}

/// What the body decided, as the server tells it: the device signs nothing under terms that cannot be, or in
/// which its own key is another one.
std::optional<ballot::CeremonyTerms> Ceremony::terms_of(const KeyHoldersView& view) const
{
    auto terms = ceremony_terms(view, origin_);
    if (!terms || terms->holders.at(number_ - 1).key != signing_key_.public_key()) return std::nullopt;
    return terms;
}

bool Ceremony::holds_share_of(const KeyHoldersView& view) const
{
    return view.key_holders && std::ranges::any_of(keys_.shares, [&](const HeldShare& share) {
               return share.key_holders == *view.key_holders && share.origin == origin_;
           });
}

Result<void> Ceremony::act(const Command& command)
{
    const auto refused = desk_.act(command);
    if (!refused) return refused.error();
    if (*refused) tell_refused(**refused);
    return {};
}

void Ceremony::tell_refused(const LocalText& why)
{
    desk_.say({"服务器拒绝：" + why.zh, "the server refused: " + why.en});
}

/// A new seat at the first step; false when this attempt began without this process.
bool Ceremony::begin_attempt(const KeyHoldersView& view, const KeyHolderView& mine)
{
    if (attempt_ == view.attempt) return seat_ != nullptr;
    attempt_ = view.attempt;
    seat_.reset();
    terms_ = terms_of(view);
    if (!terms_) {
        desk_.say({"服务器所述的持有人或密钥不可用，不予签名",
                   "the holders or keys the server names cannot be: nothing is signed"});
        return false;
    }
    if (mine.commit) {
        desk_.say({"本次密钥生成在本程序启动前已开始，无法继续；请秘书处重新开始",
                   "this ceremony began before this program did and cannot be continued; "
                   "ask the office to begin again"});
        return false;
    }
    said_.reset();
    seat_ = std::make_unique<ballot::CeremonySeat>(*terms_, number_, signing_key_, randomness_);
    return true;
}

/// What this holder says at one step, once: views that were under way do not show it yet.
Result<void> Ceremony::say(CeremonyStep step, const LocalText& words, const Command& command)
{
    if (said_ == step) return {};
    desk_.say(words);
    const auto refused = desk_.act(command);
    if (!refused) return refused.error();
    if (*refused)
        tell_refused(**refused);
    else
        said_ = step;
    return {};
}

Result<void> Ceremony::join(const KeyHoldersView& view)
{
    const auto key = signing_key_.public_key();
    const Bytes bytes(key.begin(), key.end());
    if (view.holders[number_ - 1].key == bytes) return {};
    desk_.say({"到场：登记本设备的签名密钥", "there: registering the key this device signs by"});
    return act(JoinCeremony{view.meeting, bytes});
}

/// Somebody's messages do not hold. Where that can be proven it is; the others begin again without this one.
Result<void> Ceremony::give_up(const KeyHoldersView& view)
{
    const auto& accused = seat_->accused();
    if (accused) {
        desk_.say(named("", "的数据有误，停止生成", "", " sent what does not hold: stopped here",
                        view.holders.at(accused->holder - 1).name));
    }
    const auto complaint = seat_->complaint();
    seat_.reset();
    if (auto dropped = drop_share(); !dropped) return dropped;
    if (!complaint) return {};
    return act(ComplainOfKey{view.meeting, ballot::encode(*complaint)});
}

Result<void> Ceremony::open(const KeyHoldersView& view)
{
    for (std::uint32_t holder = 1; holder <= view.holders.size(); ++holder) {
        const auto commit = message_of(view.holders[holder - 1].commit);
        if (holder == number_ || !commit) continue;
        if (!seat_->take_commit(*commit)) return give_up(view);
    }
    const auto opening = seat_->open();
    if (!opening) return give_up(view);
    if (view.holders[number_ - 1].open) return {};
    return say(CeremonyStep::open, {"第二步：公开", "step 2: open"},
               OpenKey{view.meeting, ballot::encode(opening->message), joined(opening->shares)});
}

Result<void> Ceremony::agree(const KeyHoldersView& view)
{
    // Commitments and our own opening, in case the views in between were missed.
    if (auto opened = open(view); !opened || !seat_) return opened;
    const auto parts = desk_.parts(view.meeting);
    if (!parts) return parts.error();
    for (std::uint32_t holder = 1; holder <= view.holders.size(); ++holder) {
        const auto message = message_of(view.holders[holder - 1].open);
        if (holder == number_ || !message) continue;
        ballot::SealedShare share{};
        const auto& part = parts->parts.at(holder - 1);
        if (part.size() == share.size()) std::ranges::copy(part, share.begin());
        const auto taken = seat_->take_open(*message, share);
        if (!taken && taken.error() == make_error_code(Fault::not_canonical)) {
            desk_.say({"服务器转交的一份数据与持有人公布的不符", "the server changed a part on its way"});
            return {};
        }
        if (!taken) return give_up(view);
    }
    const auto agreement = seat_->agree();
    if (!agreement) return give_up(view);
    if (!kept_) {
        auto made = seat_->made();
        if (!made) return give_up(view);
        if (auto kept = keep_share(std::move(*made)); !kept) return kept;
    }
    if (view.holders[number_ - 1].agree) return {};
    return say(CeremonyStep::agree, {"第三步：核对无误，确认", "step 3: checked, agreed"},
               AgreeToKey{view.meeting, ballot::encode(*agreement)});
}

/// The share of this attempt, durably: agreeing says that it is there.
Result<void> Ceremony::keep_share(ballot::CeremonySeat::Made made)
{
    HeldShare share;
    share.origin = origin_;
    share.meeting = terms_->meeting;
    share.attempt = attempt_;
    share.key_holders = made.keys.key_holders;
    share.share = std::move(made.share);
    keys_.shares.push_back(std::move(share));
    kept_ = made.keys.key_holders;
    return desk_.keep(keys_);
}

/// The key it is of was never made.
Result<void> Ceremony::drop_share()
{
    if (!kept_) return {};
    std::erase_if(keys_.shares, [&](const HeldShare& share) {
        return share.origin == origin_ && share.key_holders == *kept_;
    });
    kept_.reset();
    return desk_.keep(keys_);
}

Result<void> Ceremony::finish(const KeyHoldersView& view)
{
    if (auto agreed = agree(view); !agreed || !seat_) return agreed;
    for (std::uint32_t holder = 1; holder <= view.holders.size(); ++holder) {
        const auto message = message_of(view.holders[holder - 1].agree);
        if (holder == number_ || !message) continue;
        if (!seat_->take_agree(*message)) return give_up(view);
    }
    const auto outcome = seat_->finish();
    if (!outcome) return give_up(view);
    seat_.reset();
    if (view.key_holders == outcome->keys.key_holders) return end(*view.key_holders);
    desk_.say({"服务器公布的选举密钥与本设备算得的不符",
               "the server names another election key than this device made"});
    return drop_share();
}

Result<void> Ceremony::end(const Digest& key_holders)
{
    is_done_ = true;
    const auto words = ballot::four_words(key_holders);
    desk_.say(
        named("选举密钥已生成，校验数字：", "", "the election key is made; check numbers: ", "", words));
    return {};
}

Result<void> Ceremony::take(const KeyHoldersView& view)
{
    const auto number = number_in(view);
    if (!number || is_done_) return {};
    number_ = *number;
    if (!seat_ && holds_share_of(view)) return end(*view.key_holders);
    if (view.phase == CeremonyPhase::joining) return join(view);
    if (kept_ && attempt_ != view.attempt) {
        if (auto dropped = drop_share(); !dropped) return dropped;
    }
    if (!begin_attempt(view, view.holders[number_ - 1])) return {};
    switch (view.phase) {
    case CeremonyPhase::committing:
        if (view.holders[number_ - 1].commit) return {};
        return say(CeremonyStep::commit, {"第一步：承诺", "step 1: commit"},
                   CommitToKey{view.meeting, ballot::encode(seat_->commit())});
    case CeremonyPhase::opening: return open(view);
    case CeremonyPhase::agreeing: return agree(view);
    case CeremonyPhase::made: return finish(view);
    case CeremonyPhase::joining: break;
    }
    return {};
}

} // namespace plenum::trustee
