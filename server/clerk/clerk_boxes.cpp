#include "protocol/assert.hpp"
#include "server/chamber/secret_votes.hpp"
#include "server/clerk/clerk.hpp"

#include <spdlog/spdlog.h>

// Ballot boxes after a start and after the vote: what the server does with them by itself. Every step looks
// at the record first, so that one a crash cut off is begun again.

namespace plenum::clerk {
namespace {

ReplayFault broken_box(VoteId vote, boost::system::error_code error, const char* what)
{
    return {0, static_cast<Fault>(error.value()),
            "the ballot box of vote " + std::to_string(number(vote)) + ": " + what + ": " + error.message()};
}

} // namespace

std::optional<ReplayFault> Clerk::load_boxes(journal::JournalStore& store, const Frames& frames)
{
    if (!ports_.ballots) return std::nullopt;
    std::map<std::string, VoteId> open; // by box id, as box.frame spells it
    auto first = durable_.entries;
    for (const auto vote : chamber::box_work(durable_).unsealed) {
        const auto& secret = durable_.votes.at(vote).secret;
        auto key = ports_.ballots->find_key(secret.key_hash);
        if (!key && key.error() == make_error_code(Fault::not_found)) {
            lost_keys_.insert(vote);
            continue;
        }
        if (!key) return broken_box(vote, key.error(), "its key cannot be read");
        const auto& box = desk_.open_box(durable_, vote, std::move(*key));
        open.emplace(to_hex(ByteView(box.id())), vote);
        first = std::min(first, secret.box.value());
    }
    if (open.empty()) return std::nullopt;
    std::optional<ReplayFault> broken;
    const auto read = store.read_sealed(first, [&](std::uint64_t entry, const std::vector<Bytes>& sealed) {
        const auto frame = frames.find(journal::sealed_section_digest(sealed));
        if (frame == frames.end()) {
            broken = ReplayFault{entry, Fault::corrupt, "sealed records that no entry speaks of"};
            return false;
        }
        const auto its = open.find(frame->second.first);
        if (its == open.end()) return true;
        const auto loaded = load_records(*desk_.box(its->second), entry, sealed, frame->second.second);
        if (!loaded) broken = broken_box(its->second, loaded.error(), "a record in it cannot be opened");
        return loaded.has_value();
    });
    if (broken) return broken;
    if (!read) return ReplayFault{first, static_cast<Fault>(read.error().value()), read.error().message()};
    return std::nullopt;
}

Result<void> Clerk::load_records(BallotBox& box, std::uint64_t first, const std::vector<Bytes>& sealed,
                                 std::uint64_t leaf)
{
    std::vector<CheckOrder> orders;
    for (std::uint32_t at = 0; at < sealed.size(); ++at) {
        auto content = box.unseal(sealed[at], {box.id(), first, at});
        if (!content) return content.error();
        orders.push_back({at, content->kind, std::move(content->record), box.terms()});
    }
    PortRandomness randomness(*ports_.ballots);
    const auto checks = check_together(orders, randomness);
    for (std::size_t at = 0; at < orders.size(); ++at) {
        const auto known = box.look_at(orders[at].kind, orders[at].record);
        const bool is_new = checks[at].holds && known && !*known;
        const bool is_copied = checks[at].ballot && box.check_copies(*checks[at].ballot);
        if (!is_new || is_copied) return fault(Fault::corrupt); // It was looked at before it was sealed.
        box.add(orders[at].kind, std::move(orders[at].record), leaf);
    }
    box.settle(orders.size());
    return {};
}

/// At the start: votes whose key is lost are void, and keys nothing speaks of are destroyed.
void Clerk::settle_keys(std::uint64_t now_ms)
{
    if (!ports_.ballots) return;
    for (const auto vote : std::exchange(lost_keys_, {})) {
        spdlog::critical("the key of the ballot box of vote {} is lost: the vote is void", number(vote));
        write_own(chamber::decide_key_lost(ahead_, vote), now_ms);
    }
    std::set<Digest> wanted;
    for (const auto& [id, vote] : ahead_.votes) {
        if (vote.secret.box && !vote.secret.shredded) wanted.insert(vote.secret.key_hash);
    }
    const auto destroyed = ports_.ballots->destroy_other_keys(wanted);
    if (!destroyed)
        ports_.stop(Fault::io_error, "a key could not be destroyed: " + destroyed.error().message());
}

std::optional<Refusal> Clerk::keep_key(const ballot::BoxKey& key)
{
    const auto kept = ports_.ballots->keep_key(key);
    if (kept) return std::nullopt;
    if (kept.error() != make_error_code(Fault::disk_full)) {
        ports_.stop(Fault::io_error, "the key of a ballot box could not be kept: " + kept.error().message());
        return refuse(RefusalCode::busy);
    }
    (void)ports_.ballots->destroy_key(sha256(ByteView(key.reveal()))); // Otherwise at the next start.
    return refuse(RefusalCode::disk_low);
}

/// The server's own decision; false when there was nothing to decide, or no room for what it names.
bool Clerk::write_own(chamber::Decided decided, std::uint64_t now_ms)
{
    if (!decided || store_blobs(*decided)) return false;
    enter(Actor{}, {}, std::move(*decided), now_ms);
    return true;
}

void Clerk::work_on_boxes(std::uint64_t now_ms)
{
    if (!ports_.ballots || !std::exchange(boxes_due_, false)) return;
    const auto work = chamber::box_work(durable_);
    for (const auto vote : work.to_seal) {
        if (!seal_box(vote, now_ms)) boxes_due_ = true;
    }
    for (const auto vote : work.to_open)
        search_totals(vote);
    for (const auto vote : work.to_shred) {
        if (!ahead_.votes.at(vote).secret.shred_started)
            write_own(chamber::decide_shred(ahead_, vote), now_ms);
    }
    for (const auto vote : work.to_destroy) {
        if (!destroy_key(vote, now_ms)) boxes_due_ = true;
    }
}

/// False: to be tried again.
bool Clerk::seal_box(VoteId vote, std::uint64_t now_ms)
{
    const auto* box = desk_.box(vote);
    const auto& ahead = ahead_.votes.at(vote);
    if (box == nullptr || ahead.secret.sealed || ahead.state != VoteState::closed) return true;
    const auto content = box->collect();
    const auto bytes = ballot::encode(*box->terms(), content);
    chamber::CollectedBox collected;
    collected.vote = vote;
    collected.root = ballot::BoxTree(content).root();
    collected.ballots = static_cast<std::uint32_t>(content.ballots.size());
    collected.spoils = static_cast<std::uint32_t>(content.spoils.size());
    collected.file = {sha256(bytes), std::string(text_of(bytes)), false};
    const auto decided = chamber::decide_sealed(ahead_, collected);
    if (!decided || store_blobs(*decided)) return false;
    if (ports_.blobs(collected.file.digest) != collected.file.content) {
        ports_.stop(Fault::not_durable, "a ballot box was written and cannot be read again");
        return false;
    }
    enter(Actor{}, {}, *decided, now_ms);
    return true;
}

void Clerk::search_totals(VoteId vote)
{
    if (ahead_.votes.at(vote).state != VoteState::closed || !searched_.insert(vote).second) return;
    ports_.ballots->search({vote, chamber::secret_terms(durable_, vote),
                            durable_.votes.at(vote).secret.sealed->ballots,
                            chamber::messages_of(durable_, vote)});
}

void Clerk::found(const FoundTotals& totals, const Moment& moment)
{
    if (totals.values) {
        write_own(chamber::decide_totals(ahead_, totals.vote, *totals.values),
                  std::max(wall_ms_, moment.now_ms));
        submit_next();
    } else {
        // Every ballot and every share was proven: only a fault of this program leads here.
        spdlog::critical("the shares of vote {} open to no totals", number(totals.vote));
    }
}

/// False: to be tried again.
bool Clerk::destroy_key(VoteId vote, std::uint64_t now_ms)
{
    const auto& secret = ahead_.votes.at(vote).secret;
    if (secret.shredded) return true;
    desk_.drop_box(vote);
    const auto destroyed = ports_.ballots->destroy_key(secret.key_hash);
    if (!destroyed && destroyed.error() == make_error_code(Fault::disk_full)) return false;
    if (!destroyed) {
        ports_.stop(Fault::io_error,
                    "the key of a ballot box could not be destroyed: " + destroyed.error().message());
        return false;
    }
    return write_own(chamber::decide_shredded(ahead_, vote), now_ms);
}

} // namespace plenum::clerk
