#include "server/clerk/clerk.hpp"

#include "protocol/assert.hpp"
#include "protocol/merkle.hpp"

#include <algorithm>

namespace plenum::clerk {
namespace {

constexpr std::uint64_t publish_every_ms = 1'000;
constexpr std::uint64_t figures_every_ms = 100;

/// Moments after which outsiders should hold a signed checkpoint at once.
bool is_milestone(const Event& event)
{
    return std::holds_alternative<VoteOpened>(event) || std::holds_alternative<VoteClosed>(event) ||
           std::holds_alternative<VoteAnnounced>(event) || std::holds_alternative<SittingOpened>(event) ||
           std::holds_alternative<SittingRecessed>(event) || std::holds_alternative<SittingClosed>(event) ||
           std::holds_alternative<BallotBoxSealed>(event);
}

/// Whether there may be something to do with a ballot box after it.
bool concerns_boxes(const Event& event)
{
    return !std::holds_alternative<BoxFrame>(event) && !std::holds_alternative<VoteCast>(event);
}

/// Whether somebody's code may be void after it. Whoever is no longer admitted to a meeting keeps the code
/// and a screen that shows nothing: the next meeting may admit them again.
bool ends_offices(const Event& event)
{
    return std::holds_alternative<OfficerDismissed>(event) || std::holds_alternative<BodyRemoved>(event);
}

/// Whether that much has passed on the clock as it reads. A clock that was set back counts as passed: what
/// goes out from time to time must not wait until it has caught up.
bool is_due(std::uint64_t last_ms, std::uint64_t every_ms, std::uint64_t clock_ms)
{
    return clock_ms < last_ms || clock_ms - last_ms >= every_ms;
}

} // namespace

Clerk::Clerk(Ports ports, NoteVerifier verifier)
    : ports_(std::move(ports)), verifier_(std::move(verifier)),
      blobs_([this](const Digest& digest) { return blob(digest); }), desk_(blobs_), herald_(ports_, desk_)
{}

Replayed Clerk::load(journal::JournalStore& store)
{
    PLENUM_ASSERT(ahead_.entries == 0 && groups_.empty());
    Frames frames;
    auto replayed = replay(store, blobs_, ahead_, [&](const Entry& entry, std::string_view bytes) {
        const auto leaf = leaf_hash(bytes_of(bytes));
        receipts_.remember(entry, leaf);
        proofs_.take(entry, leaf);
        herald_.note(ahead_, entry);
        desk_.note(entry.event);
        note_ended(entry.event);
        if (const auto* frame = std::get_if<BoxFrame>(&entry.event))
            frames.insert_or_assign(frame->sealed, std::pair(frame->box, entry.seq));
    });
    if (!replayed) return replayed;
    durable_ = ahead_;
    head_ = store.head();
    wall_ms_ = ahead_.now_ms;
    herald_.forget_listeners(durable_);
    erase_ended();
    if (auto broken = load_boxes(store, frames)) return *broken;
    return replayed;
}

void Clerk::start(const journal::Head& head, std::optional<JournalRecovered> recovered, std::uint64_t now_ms)
{
    head_ = head;
    published_size_ = 0;
    std::vector<Event> events;
    if (ahead_.entries == 0) events.emplace_back(LogCreated{verifier_.name, 1});
    events.emplace_back(ServerStarted{std::string(server_version)});
    if (recovered) events.emplace_back(*recovered);
    write_down(Actor{}, {}, std::move(events), now_ms);
    settle_keys(now_ms);
    submit_next();
}

/// The newest group, or another one when it is gone or has no room for this decision.
Clerk::Pending& Clerk::forming(std::size_t entries)
{
    const bool front_is_gone = under_way_ && groups_.size() == 1;
    const bool full =
        !groups_.empty() && groups_.back().group.entries.size() + entries > journal::group_entries_max;
    const bool heavy = !groups_.empty() && groups_.back().group.bytes() > journal::group_bytes_max;
    if (groups_.empty() || front_is_gone || full || heavy) {
        Pending pending;
        pending.group.first = ahead_.entries;
        groups_.push_back(std::move(pending));
    }
    return groups_.back();
}

Receipt Clerk::write_down(const Actor& actor, const std::string& id, std::vector<Event> events,
                          std::uint64_t now_ms)
{
    PLENUM_ASSERT(!events.empty());
    end_frame(); // Ballots stand before what came after them.
    auto& pending = forming(events.size());
    wall_ms_ = std::max({wall_ms_, now_ms, ahead_.now_ms});
    pending.group.wall_ms = wall_ms_;
    Receipt receipt;
    for (auto& event : events) {
        const Entry entry{ahead_.entries, head_.epoch, wall_ms_, actor, id, std::move(event)};
        const auto leaf = append(pending, entry);
        if (receipt.at_ms != 0) continue;
        receipt = {entry.seq, wall_ms_, leaf};
        receipts_.remember(entry, leaf);
    }
    return receipt;
}

/// Applies it as well; the answer is its leaf.
Digest Clerk::append(Pending& pending, Entry entry)
{
    auto bytes = encode_entry(entry);
    PLENUM_ASSERT(bytes.size() <= 65'535);
    const auto leaf = leaf_hash(bytes_of(bytes));
    chamber::apply(ahead_, entry, blobs_);
    pending.group.entries.push_back(std::move(bytes));
    pending.entries.push_back(std::move(entry));
    pending.leaves.push_back(leaf);
    return leaf;
}

void Clerk::submit_next()
{
    if (under_way_ || groups_.empty()) return;
    if (groups_.size() == 1) end_frame(); // Of an earlier one it was written when the next was begun.
    under_way_ = true;
    auto group = std::move(groups_.front().group);
    ports_.submit(std::move(group));
}

void Clerk::durable(const journal::Head& head, std::uint64_t now_ms)
{
    PLENUM_ASSERT(under_way_ && !groups_.empty());
    auto done = std::move(groups_.front());
    groups_.pop_front();
    under_way_ = false;
    head_ = head;
    clock_ms_ = now_ms;
    wall_ms_ = std::max(wall_ms_, now_ms);
    submit_next();

    for (const auto& waiting : done.answers) {
        if (waiting.receipt) herald_.note_receipt(waiting.session, *waiting.receipt);
    }
    bool offices_ended = false;
    std::set<std::uint64_t> issues;
    for (std::size_t at = 0; at < done.entries.size(); ++at)
        proofs_.take(done.entries[at], done.leaves[at]);
    PLENUM_ASSERT(proofs_.root(head.size) == head.root);
    for (const auto& entry : done.entries) {
        if (std::holds_alternative<AccessCodesIssued>(entry.event)) issues.insert(entry.seq);
        chamber::apply(durable_, entry, blobs_);
        herald_.note(durable_, entry);
        desk_.note(entry.event);
        note_ended(entry.event);
        boxes_due_ = boxes_due_ || concerns_boxes(entry.event);
        offices_ended = offices_ended || ends_offices(entry.event);
        publish_soon_ = publish_soon_ || is_milestone(entry.event);
    }
    for (const auto& digest : done.blobs)
        fresh_blobs_.erase(digest);
    PLENUM_ASSERT(durable_.entries == head.size);
    if (done.ballots_of) settle_ballots(*done.ballots_of, done.ballots);
    erase_ended();
    std::set<SessionId> asked;
    for (auto& waiting : done.answers) {
        if (waiting.receipt && issues.contains(*waiting.receipt)) asked.insert(waiting.session);
        ports_.answer(waiting.session, std::move(waiting.answer));
    }
    if (!issues.empty()) close_with_old_code(asked);
    figures_.groups += 1;
    figures_.answered += done.answers.size();
    if (offices_ended) close_without_office();
    herald_.tell(durable_, wall_ms_);
    if (publish_soon_) publish();
    work_on_boxes(wall_ms_);
    submit_next();
}

void Clerk::close_without_office()
{
    for (const auto session : herald_.without_office(durable_)) {
        herald_.farewell(session);
        ports_.close(session, "the office has ended");
    }
}

void Clerk::close_with_old_code(const std::set<SessionId>& asked)
{
    std::vector<SessionId> old;
    for (auto& [session, code] : codes_) {
        if (durable_.codes.contains(code)) continue;
        const auto* actor = asked.contains(session) ? herald_.actor_of(session) : nullptr;
        const auto& in_force = durable_.code_of;
        const auto newer = actor ? in_force.find({*actor->person, actor->role}) : in_force.end();
        if (newer == in_force.end())
            old.push_back(session);
        else
            code = newer->second;
    }
    for (const auto session : old) {
        codes_.erase(session);
        herald_.farewell(session);
        ports_.close(session, "a new access code was issued");
    }
}

void Clerk::note_ended(const Event& event)
{
    const auto ended = ended_blobs_of(event);
    ended_blobs_.insert(ended.begin(), ended.end());
}

void Clerk::erase_ended()
{
    while (!ended_blobs_.empty()) {
        const auto erased = ports_.erase_blob(*ended_blobs_.begin());
        // Nothing names it any more; what can still wait must not keep an open vote from finishing.
        if (!erased && erased.error() == make_error_code(Fault::disk_full)) return;
        if (!erased) {
            ports_.stop(Fault::io_error, "a private value could not be erased: " + erased.error().message());
            return;
        }
        ended_blobs_.erase(ended_blobs_.begin());
    }
}

void Clerk::publish()
{
    if (head_.size == published_size_) return;
    const auto published = ports_.publish(head_.size, head_.checkpoint);
    // A full disk only keeps outsiders waiting for a newer checkpoint; an open vote must still be able to
    // finish.
    if (!published && published.error() == make_error_code(Fault::disk_full)) return;
    if (!published) {
        ports_.stop(Fault::io_error, "a checkpoint could not be kept: " + published.error().message());
        return;
    }
    published_size_ = head_.size;
    published_at_ms_ = clock_ms_;
    publish_soon_ = false;
}

void Clerk::conclude()
{
    PLENUM_ASSERT(groups_.empty());
    publish();
}

void Clerk::tick(std::uint64_t now_ms)
{
    clock_ms_ = now_ms;
    wall_ms_ = std::max(wall_ms_, now_ms);
    time_out(wall_ms_);
    erase_ended();
    work_on_boxes(wall_ms_);
    if (is_due(figures_told_at_ms_, figures_every_ms, clock_ms_)) {
        figures_told_at_ms_ = clock_ms_;
        herald_.tell_figures(durable_, wall_ms_);
    }
    if (is_due(published_at_ms_, publish_every_ms, clock_ms_)) publish();
    submit_next();
}

/// What an entry not yet durable names is still in memory: a disk that cannot read it back is no concern
/// here.
std::optional<std::string> Clerk::blob(const Digest& digest) const
{
    const auto fresh = fresh_blobs_.find(digest);
    if (fresh != fresh_blobs_.end()) return fresh->second;
    return ports_.blobs(digest);
}

void Clerk::time_out(std::uint64_t now_ms)
{
    while (const auto next = chamber::next_timeout(ahead_)) {
        if (next->at_ms >= now_ms) return;
        if (desk_.in_flight(next->vote) != 0) { // What came in time is still being checked.
            draining_.insert(next->vote);
            return;
        }
        auto decided = chamber::decide_timeout(ahead_, next->vote, now_ms);
        PLENUM_ASSERT(decided.has_value());
        write_down(Actor{}, {}, std::move(decided->events), now_ms);
    }
}

void Clerk::closed(SessionId session)
{
    herald_.farewell(session);
    desk_.closed(session);
    failed_hellos_.erase(session);
    codes_.erase(session);
}

Figures Clerk::figures() const
{
    auto figures = figures_;
    figures.entries = durable_.entries;
    figures.pending = ahead_.entries - durable_.entries;
    figures.sessions = herald_.signed_in_sessions();
    return figures;
}

} // namespace plenum::clerk
