#include "clients/trustee/secret_votes.hpp"

#include "protocol/ballot/statement.hpp"

#include <algorithm>

namespace plenum::trustee {
namespace {

constexpr std::uint32_t ballots_min = 5; ///< of fewer a total may say who voted how
constexpr std::uint64_t patience_ms = 60'000;
constexpr std::uint64_t retry_ms = 5'000;

std::string text(std::size_t number)
{
    return std::to_string(number);
}

std::string short_root(const Digest& root)
{
    return to_hex(root).substr(0, Acceptance::root_digits);
}

/// A line that is lost is the caller's to mend; what the server does not give may come later.
bool is_lost(const boost::system::error_code& error)
{
    return error == make_error_code(Fault::io_error);
}

} // namespace

SecretVotes::SecretVotes(HeldKeys& keys, PersonId me, NoteVerifier log, HolderChoices choices, Desk desk,
                         ballot::Randomness& randomness)
    : keys_(keys), me_(me), log_(std::move(log)), choices_(std::move(choices)), desk_(std::move(desk)),
      randomness_(randomness), signing_key_(keys.signing_key()), past_(keys, me, log_.name, desk_)
{}

RecordId SecretVotes::id_of(VoteId vote) const
{
    return record_id(log_.name, VotePrepared::kind, number(vote));
}

/// The share this vote's ballots are encrypted for, or any of its meeting: then its key is another one.
const HeldShare* SecretVotes::share_of(const SecretVoteView& view) const
{
    const HeldShare* found = nullptr;
    for (const auto& share : keys_.shares) {
        const bool is_here = share.origin == log_.name && !share.is_erased();
        if (!is_here || !std::ranges::equal(share.meeting, view.meeting_id)) continue;
        if (share.key_holders == view.key_holders) return &share;
        found = &share;
    }
    return found;
}

void SecretVotes::tell(Followed& vote, const std::string& zh, const std::string& en)
{
    if (!vote.told.insert(en).second) return;
    const auto n = text(number(vote.view.id));
    desk_.say({"第" + n + "号表决：" + zh, "vote " + n + ": " + en});
}

void SecretVotes::refuse(Followed& vote, const LocalText& why)
{
    vote.is_done = true;
    tell(vote, "!!! 拒绝解密：" + why.zh + "。请立即告知主持人",
         "!!! NOT opened: " + why.en + ". Tell the chair now");
}

Result<void> SecretVotes::keep()
{
    is_kept_ = false;
    if (auto kept = desk_.keep(keys_); !kept) return kept;
    is_kept_ = true;
    return {};
}

Result<void> SecretVotes::begin_line(std::uint64_t entries)
{
    past_.begin_line();
    for (auto& [id, vote] : votes_) {
        vote.is_sent = false;
        vote.retry_at_ms = 0;
    }
    bool changed = false;
    for (auto& share : keys_.shares) {
        const bool is_other = share.origin != log_.name || share.is_erased();
        if (is_other || share.refused_before != HeldShare::refused_all) continue;
        share.refused_before = entries;
        changed = true;
    }
    if (!changed) return {};
    desk_.say({"密钥文件来自备份：此前准备的表决一律不解密",
               "the key file came back from a backup: no vote prepared before now is opened"});
    return keep();
}

Result<void> SecretVotes::take(const KeyHoldersView& view)
{
    for (const auto& share : keys_.shares) {
        const bool is_new = view.key_holders && share.origin == log_.name && !share.is_erased() &&
                            share.key_holders == *view.key_holders && !elections_.contains(share.key_holders);
        if (!is_new) continue;
        auto election = own_election(share, signing_key_.public_key(), view);
        if (election) {
            elections_.emplace(share.key_holders, std::move(*election));
        } else {
            desk_.say({"服务器转交的密钥生成记录与本设备所确认的不符",
                       "the record of the ceremony is not the one this device agreed to"});
        }
    }
    past_.take(view);
    return settle_what_is_over();
}

Result<void> SecretVotes::take(const VoteView& view)
{
    if (!view.secret) return {};
    past_.take(*view.secret);
    if (share_of(*view.secret) == nullptr) return {};
    auto& vote = votes_[view.id];
    vote.view = view;
    // Whenever it is heard of: an objection may come after the share was given.
    if (const auto contested = view.secret->box ? view.secret->box->contested : 0; contested > 0)
        tell(vote, "有" + text(contested) + "台表决器对票箱提出异议",
             text(contested) + " consoles did not find in the box what they must");
    if (const auto lie = vote.watch.take(*view.secret); lie && !vote.is_done) refuse(vote, *lie);
    if (auto done = proceed(vote); !done) return done;
    return settle_what_is_over();
}

Result<void> SecretVotes::take(const BoxProgress& progress)
{
    const auto found = votes_.find(progress.vote);
    const bool may_open = 3 * std::uint64_t{progress.confirmed} > 2 * std::uint64_t{progress.list_length};
    if (found == votes_.end() || !may_open) return {};
    return proceed(found->second);
}

Result<void> SecretVotes::look_again()
{
    for (auto& [id, vote] : votes_) {
        if (auto done = proceed(vote); !done) return done;
    }
    return {};
}

/// From a sealed box to the share, as far as it goes now.
Result<void> SecretVotes::proceed(Followed& vote)
{
    const auto& secret = *vote.view.secret;
    const bool is_in_time = desk_.now_ms() >= vote.retry_at_ms;
    if (vote.is_done || vote.is_sent || !is_in_time || secret.phase != SecretPhase::sealed || !secret.box ||
        !secret.roll)
        return {};
    const auto* share = share_of(secret);
    const auto mine = std::ranges::find(secret.box->shares, me_, &ShareView::person);
    if (share == nullptr || mine == secret.box->shares.end()) return {};
    if (mine->given || mine->wrong) {
        vote.is_done = true;
        if (mine->wrong)
            tell(vote, "服务器称本设备的份额有误", "the server says that the share of this device is wrong");
        return {};
    }
    if (vote.sealed_seen_ms == 0) vote.sealed_seen_ms = desk_.now_ms();
    const auto given = keys_.given.entries().find(id_of(vote.view.id));
    if (given != keys_.given.entries().end()) {
        if (given->second.box_root == secret.box->root) return send(vote, given->second);
        refuse(vote, {"本设备已为本次表决的另一票箱提供份额",
                      "this device gave its share for another box of this vote"});
        return {};
    }
    if (number(vote.view.id) < share->refused_before) {
        refuse(vote, {"本次表决在密钥文件恢复之前准备",
                      "it was prepared before the key file came back from a backup"});
        return {};
    }
    return open(vote, *share);
}

/// A box nothing was given for yet.
Result<void> SecretVotes::open(Followed& vote, const HeldShare& share)
{
    const auto election = elections_.find(share.key_holders);
    if (election == elections_.end()) {
        tell(vote, "尚未收到密钥生成记录", "the record of the ceremony is not here yet");
        return {};
    }
    if (auto verified = verify(vote, election->second); !verified || !vote.box) return verified;
    if (vote.box->ballots == 0) {
        vote.is_done = true;
        tell(vote, "票箱为空，无可解密", "the box is empty: there is nothing to open");
        return {};
    }
    const auto file = read_secret_file(desk_, vote.view.id, SecretFile::confirmations);
    if (!file && is_lost(file.error())) return file.error();
    // Before the first console has confirmed there may be no file.
    const auto confirmed =
        file ? check_box_confirmations(*vote.box, *file)
             : BoxResult<ballot::RollCheck>(ballot::RollCheck{0, vote.box->devices, {}, {}, {}, {}, false});
    if (!confirmed) {
        refuse(vote, confirmed.error().words);
        return {};
    }
    const auto asked = asked_of(vote, *confirmed);
    if (!asked.reasons.empty() && !is_accepted(vote)) {
        const bool waits = asked.may_settle && desk_.now_ms() < vote.sealed_seen_ms + patience_ms;
        if (!waits) ask(vote, asked);
        return {};
    }
    return give(vote, share, election->second, confirmed->good, asked.overridden);
}

/// Reads and checks what belongs to the box, once; without vote.box afterwards: not now, or never.
Result<void> SecretVotes::verify(Followed& vote, const OwnElection& election)
{
    if (vote.box) return {};
    // Before anything is fetched: a vote that is of another key is no business of this one.
    if (const auto context = context_of(vote.view, election); !context) {
        refuse(vote, context.error().words);
        return {};
    }
    const auto files = read_box_files(desk_, vote.view);
    if (!files && is_lost(files.error())) return files.error();
    if (!files) {
        tell(vote, "服务器未提供票箱的全部文件", "the server does not give all files of the box");
        return {};
    }
    auto box = check_box(vote.view, *files, election, choices_.builds, randomness_);
    if (!box) {
        refuse(vote, box.error().words);
        return {};
    }
    vote.box = std::move(*box);
    tell_builds(vote);
    return {};
}

/// Which programs the consoles ran, beside what the server says the body pinned: for a person to compare.
void SecretVotes::tell_builds(Followed& vote)
{
    const auto& programs = vote.view.secret->programs;
    for (const auto& build : vote.box->builds) {
        const bool is_pinned =
            programs && std::ranges::find(programs->pinned, build) != programs->pinned.end();
        const LocalText on_record = is_pinned ? LocalText{"（记录中已核定）", " (pinned on record)"}
                                              : LocalText{"（记录中未核定）", " (not pinned on record)"};
        tell(vote, "表决器程序：" + to_hex(build) + on_record.zh,
             "consoles ran the program " + to_hex(build) + on_record.en);
    }
}

/// Another attempt of the same vote was opened, by this program or one before it on the same key file.
bool SecretVotes::is_repeat(const VoteView& view) const
{
    const auto first = id_of(view.first_attempt.value_or(view.id));
    return keys_.given.has_another(id_of(view.id), first, view.secret->roll->question);
}

SecretVotes::Asked SecretVotes::asked_of(const Followed& vote, const ballot::RollCheck& confirmed) const
{
    Asked asked;
    const auto& box = *vote.box;
    if (box.ballots < ballots_min)
        asked.reasons.push_back(
            {"只有" + text(box.ballots) + "张票，总数可能泄露个人选择",
             "there are only " + text(box.ballots) + " ballots: their total may say who voted how"});
    if (is_repeat(vote.view))
        asked.reasons.push_back({"同一事项的上一次表决已解密，两次之差可能泄露个人选择",
                                 "an earlier attempt was opened: the difference may say who voted how"});
    if (confirmed.two_thirds()) return asked;
    asked.may_settle = asked.reasons.empty();
    asked.overridden = true;
    const auto all = text(box.devices.size());
    asked.reasons.push_back({all + "台表决器中只有" + text(confirmed.good) + "台确认票箱",
                             "only " + text(confirmed.good) + " of " + all + " consoles confirmed the box"});
    return asked;
}

bool SecretVotes::is_accepted(const Followed& vote) const
{
    const Acceptance wanted{vote.view.id, short_root(vote.box->share_terms.box_root)};
    return std::ranges::find(choices_.accepted, wanted) != choices_.accepted.end();
}

void SecretVotes::ask(Followed& vote, const Asked& asked)
{
    if (std::exchange(vote.is_asked, true)) return;
    for (const auto& reason : asked.reasons)
        tell(vote, reason.zh, reason.en);
    const auto option =
        "--accept " + text(number(vote.view.id)) + ":" + short_root(vote.box->share_terms.box_root);
    const auto figures = "N = " + text(vote.box->devices.size()) + ", m = " + text(vote.box->ballots);
    tell(vote, figures + "。如决定解密，请以 " + option + " 重新启动本程序",
         figures + ". To open it all the same, start this program again with " + option);
}

/// The checkpoint to cosign; nothing: not now, or never.
Result<std::optional<Checkpoint>> SecretVotes::witness(Followed& vote)
{
    const auto known = keys_.given.cosigned(log_.name);
    const auto proof = desk_.record({vote.view.id, known.size});
    if (!proof && is_lost(proof.error())) return proof.error();
    if (!proof) {
        tell(vote, "服务器未提供记录证明", "the server does not give the proofs of the record");
        return std::optional<Checkpoint>();
    }
    const auto checkpoint = check_record(vote.view.id, *vote.box, *proof, log_, known);
    if (!checkpoint) {
        refuse(vote, checkpoint.error().words);
        return std::optional<Checkpoint>();
    }
    return std::optional(*checkpoint);
}

Result<void> SecretVotes::give(Followed& vote, const HeldShare& held, const OwnElection& election,
                               std::uint32_t confirmed, bool overridden)
{
    const auto checkpoint = witness(vote);
    if (!checkpoint || !*checkpoint) return checkpoint ? Result<void>() : checkpoint.error();
    const auto& box = *vote.box;
    const auto made = ballot::make_share(box.share_terms, election.number, held.share, box.sums, randomness_);
    // A share that does not hold would tell of a fault of this device, and perhaps of x_i.
    if (!ballot::check_share(box.share_terms, election.keys, made, box.sums)) {
        refuse(vote, {"本设备算出的份额不成立", "the share this device made does not hold"});
        return {};
    }
    ballot::DecryptionLedger::Entry entry;
    entry.vote = box.share_terms.vote;
    entry.box_root = box.share_terms.box_root;
    entry.share = ballot::encode(made);
    entry.confirmed = confirmed;
    entry.overridden = overridden;
    entry.question = vote.view.secret->roll->question;
    entry.first = id_of(vote.view.first_attempt.value_or(vote.view.id));
    const ballot::HolderStatement statement{election.number, confirmed, overridden, sha256(entry.share)};
    const auto signature = ballot::sign_statement(box.share_terms, statement, signing_key_);
    entry.statement.assign(signature.begin(), signature.end());
    entry.origin = log_.name;
    entry.cosignature = cosign(**checkpoint, desk_.now_s(), signing_key_);
    if (auto added = keys_.given.add(entry); !added) return added;
    if (auto kept = keep(); !kept) return kept;
    tell(vote,
         "名单" + text(box.devices.size()) + "人，票" + text(box.ballots) + "张，确认" + text(confirmed) +
             "台，核对无误，提供份额并签署记录（前" + text((*checkpoint)->size) + "条）",
         text(box.devices.size()) + " on the list, " + text(box.ballots) + " ballots, " + text(confirmed) +
             " confirmations, all verified: giving the share and cosigning the record of " +
             text((*checkpoint)->size) + " entries");
    return send(vote, entry);
}

/// What stands in the ledger, and nothing before it stands there durably.
Result<void> SecretVotes::send(Followed& vote, const ballot::DecryptionLedger::Entry& entry)
{
    if (!is_kept_) {
        if (auto kept = keep(); !kept) return kept;
    }
    const auto refused = desk_.act(GiveShare{vote.view.id, entry.confirmed, entry.overridden, entry.statement,
                                             entry.share, entry.cosignature});
    if (!refused) return refused.error();
    vote.is_sent = !*refused;
    vote.retry_at_ms = desk_.now_ms() + retry_ms;
    if (*refused) tell(vote, "服务器拒绝：" + (*refused)->zh, "the server refused: " + (*refused)->en);
    return {};
}

Result<void> SecretVotes::take(const AgendaView& view)
{
    past_.take(view);
    return settle_what_is_over();
}

/// Shares of closed meetings are erased, except while a box of theirs may still be opened.
Result<void> SecretVotes::settle_what_is_over()
{
    return past_.proceed([&](const RecordId& meeting) {
        return std::ranges::any_of(votes_, [&](const auto& one) {
            const auto& secret = *one.second.view.secret;
            const auto phase = secret.phase;
            return std::ranges::equal(secret.meeting_id, meeting) &&
                   (phase == SecretPhase::open || phase == SecretPhase::closed ||
                    phase == SecretPhase::sealed);
        });
    });
}

} // namespace plenum::trustee
