#include "tests/sim/witness.hpp"

#include "protocol/rpc.hpp"
#include "server/chamber/questions.hpp"
#include "server/clerk/clerk.hpp"
#include "tests/sim/console.hpp"

// The record, the state, and what consoles show. What is said to them is in witness_messages.cpp.

namespace plenum::sim {

Witness::Witness(World& world, Ear& ear, NoteVerifier verifier)
    : world_(world), ear_(ear), verifier_(std::move(verifier)),
      blob_source_([this](const Digest& digest) { return blob(digest); }),
      recount_([this](const Digest& digest) {
          const auto content = blob(digest);
          claim(content.has_value(), "the record names a document that was never stored");
          return *content;
      })
{}

void Witness::remember_blob(const chamber::NewBlob& blob)
{
    claim(sha256(blob.content) == blob.digest, "a document is stored under a wrong digest");
    blobs_[blob.digest] = blob.content;
}

std::optional<std::string> Witness::blob(const Digest& digest) const
{
    const auto found = blobs_.find(digest);
    if (found == blobs_.end()) return std::nullopt;
    return found->second;
}

void Witness::submitted(const journal::Group& group)
{
    claim(!under_way_, "two groups are under way");
    claim(group.first == record_.size() && !group.entries.empty(), "a group does not continue the record");
    claim(group.entries.size() <= journal::group_entries_max, "a group has too many entries");
    check_sealed_section(group);
    under_way_ = group;
    written_ = false;
}

void Witness::append(std::string bytes)
{
    const auto leaf = leaf_hash(bytes_of(bytes));
    auto entry = decode_entry(bytes);
    claim(entry.has_value(), [&] { return "an entry cannot be read back: " + bytes; });
    recount_.read(*entry);
    tree_.append(leaf);
    record_.push_back(std::move(bytes));
    entries_.push_back(std::move(*entry));
}

void Witness::written()
{
    for (const auto& entry : under_way_->entries)
        append(entry);
    written_ = true;
}

void Witness::told()
{
    claim(under_way_ && written_, "the clerk is told of a group that is not written");
    under_way_.reset();
    moved_.clear();
    while (shown_.entries < entries_.size()) {
        const auto& entry = entries_[static_cast<std::size_t>(shown_.entries)];
        chamber::apply(shown_, entry, blob_source_);
        if (const auto* press = std::get_if<VoteCast>(&entry.event)) moved_.insert(press->person);
        if (const auto* in = std::get_if<SignedIn>(&entry.event)) moved_.insert(in->person);
        if (const auto* out = std::get_if<SignedOut>(&entry.event)) moved_.insert(out->person);
    }
}

void Witness::ended()
{
    if (!under_way_ || !written_) return;
    ++world_.census.late_groups;
    under_way_.reset();
}

bool Witness::recovered(journal::JournalStore& store)
{
    std::vector<std::string> found;
    const auto read = store.read_from(0, [&](std::uint64_t, std::string_view bytes) {
        found.emplace_back(bytes);
        return true;
    });
    if (!read) return false;
    claim(found.size() >= record_.size(), [&] {
        return "acknowledged entries are lost: " + std::to_string(record_.size()) + " were durable, " +
               std::to_string(found.size()) + " came back";
    });
    claim(std::equal(record_.begin(), record_.end(), found.begin()), "an acknowledged entry has changed");
    if (found.size() > record_.size()) {
        const auto first = found.begin() + static_cast<std::ptrdiff_t>(record_.size());
        claim(under_way_.has_value(), "entries came back that nobody was writing");
        claim(std::equal(first, found.end(), under_way_->entries.begin(), under_way_->entries.end()),
              "a group came back in part");
        ++world_.census.late_groups;
        for (auto entry = first; entry != found.end(); ++entry)
            append(std::move(*entry));
    }
    under_way_.reset();
    claim(store.head().size == record_.size() && store.head().root == tree_.root(),
          "the head is not the record's");
    while (shown_.entries < entries_.size()) {
        chamber::apply(shown_, entries_[static_cast<std::size_t>(shown_.entries)], blob_source_);
    }
    return true;
}

void Witness::check_state(const chamber::State& durable)
{
    claim(durable.entries == shown_.entries, "the clerk shows another number of entries than are durable");
    claim(state_hash(durable) == state_hash(shown_), "the clerk's state is not what the record says");
}

void Witness::check_replay(const chamber::State& durable)
{
    chamber::State fresh;
    for (std::size_t at = 0; at < durable.entries; ++at)
        chamber::apply(fresh, entries_[at], blob_source_);
    claim(state_hash(durable) == state_hash(fresh), "replay(journal) is not the state");
    check_state(durable);
}

bool Witness::belongs(const Actor& actor, SittingId id) const
{
    const auto sitting = shown_.sittings.find(id);
    if (sitting == shown_.sittings.end()) return false;
    const auto body = sitting->second.body;
    if (actor.role == Role::delegate) {
        return std::ranges::any_of(shown_.bodies.at(body).members,
                                   [&](const Member& member) { return member.person == *actor.person; });
    }
    return std::ranges::any_of(shown_.offices, [&](const chamber::Office& office) {
        return office.person == *actor.person && office.role == actor.role &&
               (!office.body || *office.body == body);
    });
}

bool Witness::has_place(const Actor& actor) const
{
    if (actor.role == Role::delegate) {
        return std::ranges::any_of(shown_.bodies, [&](const auto& body) {
            return std::ranges::any_of(body.second.members,
                                       [&](const Member& member) { return member.person == *actor.person; });
        });
    }
    return std::ranges::any_of(shown_.offices, [&](const chamber::Office& office) {
        return office.person == *actor.person && office.role == actor.role;
    });
}

namespace {

std::string both(const boost::json::value& expected, const boost::json::value& shown)
{
    return "\n  expected " + boost::json::serialize(expected) + "\n  shown    " +
           boost::json::serialize(shown);
}

/// How many have a voting key is told to those who call the roll, while they may call it, and to nobody else.
void forget_keys(VoteView& vote, const Actor& actor, const chamber::Sitting& sitting)
{
    const bool calls = vote.state == VoteState::prepared && sitting.state == SittingState::in_session &&
                       chamber::works_in_the_room(actor.role);
    if (!vote.secret || calls) return;
    vote.secret->with_key = 0;
    vote.secret->without_key = 0;
    if (vote.state == VoteState::prepared) vote.secret->phase = SecretPhase::to_call;
}

} // namespace

/// A screen keeps what a snapshot would leave out once a sitting is closed.
MyView Witness::without_the_past(MyView me) const
{
    const auto is_over = [&](VoteId vote) {
        const auto state = shown_.votes.at(vote).state;
        return state != VoteState::open && state != VoteState::held;
    };
    std::erase_if(me.present_in,
                  [&](SittingId id) { return shown_.sittings.at(id).state == SittingState::closed; });
    std::erase_if(me.presses, [&](const MyPress& press) { return is_over(press.vote); });
    std::ranges::sort(me.presses, {}, &MyPress::vote);
    std::erase_if(me.objected, is_over);
    std::erase_if(me.by_hands, is_over);
    for (auto* sittings : {&me.remote_in, &me.keyed_in}) {
        std::erase_if(*sittings,
                      [&](SittingId id) { return shown_.sittings.at(id).state == SittingState::closed; });
    }
    if (me.suspended_in) {
        std::erase_if(*me.suspended_in,
                      [&](SittingId id) { return shown_.sittings.at(id).state == SittingState::closed; });
        if (me.suspended_in->empty()) me.suspended_in.reset();
    }
    return me;
}

void Witness::check_screen(const Actor& actor, const Screen& screen) const
{
    const auto expected = chamber::snapshot(shown_, actor);
    const auto who = to_text(actor) + ": ";
    const auto me = to_json(without_the_past(screen.me));
    const auto true_me = to_json(without_the_past(expected.me));
    claim(me == true_me,
          [&] { return who + "the screen is wrong about its own member" + both(true_me, me); });
    const auto claim_same = [&](std::string_view what, const boost::json::value& truth,
                                const boost::json::value& seen) {
        claim(seen == truth,
              [&] { return who + "the screen is behind about " + std::string(what) + both(truth, seen); });
    };
    for (const auto& agenda : expected.agendas) {
        claim(screen.agendas.contains(agenda.meeting),
              [&] { return who + "an agenda is not on the screen"; });
    }
    for (const auto& [id, agenda] : screen.agendas) {
        claim_same("an agenda", to_json(chamber::view_agenda(shown_, id, actor.role)), to_json(agenda));
    }
    for (const auto& [id, floor] : screen.floors) {
        claim(belongs(actor, id), [&] { return who + "the floor of another body is on the screen"; });
        claim_same("the floor", to_json(chamber::view_floor(shown_, id)), to_json(floor));
    }
    for (const auto& sitting : expected.sittings) {
        claim(screen.sittings.contains(sitting.id), [&] { return who + "a sitting is not on the screen"; });
    }
    for (const auto& [id, sitting] : screen.sittings) {
        claim(belongs(actor, id), [&] { return who + "a sitting of another body is on the screen"; });
        claim_same("a sitting", to_json(chamber::view_sitting(shown_, id)), to_json(sitting));
    }
    for (const auto& keys : expected.keys)
        claim(screen.keys.contains(keys.meeting), [&] {
            return who + "the keys of meeting " + std::to_string(number(keys.meeting)) + " are missing";
        });
    for (const auto& [id, keys] : screen.keys)
        claim_same("the keys", to_json(chamber::view_key_holders(shown_, id)), to_json(keys));
    for (const auto& vote : expected.votes) {
        claim(screen.votes.contains(vote.id), [&] { return who + "a vote is not on the screen"; });
    }
    for (const auto& [id, vote] : screen.votes) {
        claim(belongs(actor, vote.sitting), [&] { return who + "a vote of another body is on the screen"; });
        // How many secret ballots came is the clerk's to say, and a figure of the past.
        auto seen = vote;
        auto truth = chamber::view_vote(shown_, id, actor.role);
        if (seen.secret) seen.received.reset();
        for (auto* one : {&seen, &truth})
            forget_keys(*one, actor, shown_.sittings.at(vote.sitting));
        claim_same("a vote", to_json(truth), to_json(seen));
    }
}

} // namespace plenum::sim
