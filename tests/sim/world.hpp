#pragma once

#include "tests/sim/faults.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <functional>
#include <map>
#include <queue>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// What every part of a simulated story shares: its luck, its time, its faults and its trace.

namespace plenum::sim {

/// An invariant that does not hold. Ends the story.
class Violation : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Throws a Violation with these words unless the claim holds.
inline void claim(bool holds, std::string_view words)
{
    if (!holds) throw Violation(std::string(words));
}
/// The same with words that are only put together when they are needed.
template <class Words>
requires std::is_invocable_r_v<std::string, Words>
void claim(bool holds, const Words& words)
{
    if (!holds) throw Violation(words());
}

/// Everything that will happen, ordered by (simulated time, drawn tie-break). There is no other time and no
/// thread.
class Schedule {
public:
    using Action = std::function<void()>;

    explicit Schedule(std::uint64_t seed) : ties_(seed) {}

    std::uint64_t now_us() const { return now_us_; }
    void after(std::uint64_t delay_us, Action action)
    {
        queue_.push({now_us_ + delay_us, ties_.next(), std::move(action)});
    }
    /// Does the next thing; false when nothing is left.
    bool step()
    {
        if (queue_.empty()) return false;
        // The key that orders the heap stays; only the action is taken out.
        auto next = std::move(const_cast<Item&>(queue_.top()));
        queue_.pop();
        now_us_ = next.at_us;
        next.action();
        return true;
    }

private:
    struct Item {
        std::uint64_t at_us;
        std::uint64_t tie;
        Action action;
        bool operator<(const Item& other) const
        {
            return at_us != other.at_us ? at_us > other.at_us : tie > other.tie;
        }
    };
    Random ties_;
    std::uint64_t now_us_ = 0;
    std::priority_queue<Item> queue_;
};

/// What happened, as one hash; printed line by line when somebody looks at a single seed.
class Trace {
public:
    explicit Trace(bool print) : print_(print) {}

    void note(const Schedule& schedule, std::string_view what, std::uint64_t number = 0,
              std::string_view text = {})
    {
        mix(schedule.now_us());
        mix(what);
        mix(number);
        mix(text);
        if (print_) say(schedule.now_us(), what, number, text);
    }
    std::uint64_t hash() const { return hash_; }

private:
    static void say(std::uint64_t at_us, std::string_view what, std::uint64_t number, std::string_view text);

    void mix(std::uint64_t value)
    {
        hash_ = (hash_ ^ value) * 0x9E3779B97F4A7C15ull;
        hash_ ^= hash_ >> 29;
    }
    void mix(std::string_view text)
    {
        for (; text.size() >= 8; text.remove_prefix(8)) {
            std::uint64_t word = 0;
            for (unsigned at = 0; at < 8; ++at) {
                word |= static_cast<std::uint64_t>(static_cast<unsigned char>(text[at])) << (8 * at);
            }
            mix(word);
        }
        std::uint64_t rest = text.size();
        for (const char letter : text)
            rest = rest << 8 | static_cast<unsigned char>(letter);
        mix(rest);
    }

    bool print_;
    std::uint64_t hash_ = 0xcbf29ce484222325ull;
};

/// The clock on the server's wall: runs with simulated time unless somebody plays with it.
class WallClock {
public:
    std::uint64_t now_ms(const Schedule& schedule) const
    {
        return frozen_ms_ != 0 ? frozen_ms_ : offset_ms_ + schedule.now_us() / 1'000;
    }
    void jump(std::int64_t ms) { offset_ms_ += static_cast<std::uint64_t>(ms); }
    void freeze(const Schedule& schedule) { frozen_ms_ = now_ms(schedule); }
    void run() { frozen_ms_ = 0; }

private:
    std::uint64_t offset_ms_ = 1'772'700'000'000; ///< a day in March 2026
    std::uint64_t frozen_ms_ = 0;
};

/// How often things happened, summed over seeds: a simulator in which nothing happens proves nothing.
struct Census {
    std::uint64_t steps = 0;
    std::uint64_t entries = 0;
    std::uint64_t receipts = 0;
    std::uint64_t repeats = 0; ///< the same answer given again
    std::uint64_t refusals = 0;
    std::uint64_t malformed = 0;
    std::uint64_t starts = 0;
    std::uint64_t failed_starts = 0;
    std::uint64_t torn_tails = 0;
    std::uint64_t late_groups = 0; ///< written though nobody had been told when the process ended
    std::uint64_t power_cuts = 0;
    std::uint64_t kills = 0;
    std::uint64_t durability_exits = 0;
    std::uint64_t full_disks = 0;
    std::uint64_t cuts = 0;
    std::uint64_t slow_cuts = 0;
    std::uint64_t seats_moved = 0; ///< a member signed in at another console
    std::uint64_t resumed = 0;
    std::uint64_t clock_jumps = 0;
    std::uint64_t notifications = 0;
    std::uint64_t presses = 0;
    std::uint64_t votes_decided = 0;
    std::uint64_t votes_timed_out = 0;
    std::uint64_t votes_voided = 0;
    std::uint64_t votes_retried = 0;
    std::uint64_t votes_held = 0;
    std::uint64_t hands_counted = 0;
    std::uint64_t ballots_counted = 0;
    std::uint64_t objections = 0;
    std::uint64_t speeches = 0;
    std::uint64_t recesses = 0;
    std::uint64_t removed = 0;
    std::uint64_t bodies_removed = 0;
    std::uint64_t bodies_renamed = 0;
    std::uint64_t dismissed = 0;
    std::uint64_t called_off = 0;
    std::uint64_t photos_ended = 0;
    std::uint64_t consoles_changed = 0;
    std::uint64_t rolls_called = 0;
    std::uint64_t seqs_reused = 0;
    std::uint64_t ballot_receipts = 0;
    std::uint64_t spoil_receipts = 0;
    std::uint64_t ballots_superseded = 0;
    std::uint64_t boxes_sealed = 0;
    std::uint64_t boxes_opened = 0;
    std::uint64_t lists_opened = 0;
    std::uint64_t boxes_shredded = 0;
    std::uint64_t wrong_shares = 0;
    std::uint64_t keys_lost = 0;
    std::uint64_t suspended = 0;
    std::uint64_t taken_out = 0;
    std::uint64_t bases_confirmed = 0;
    std::map<std::string, std::uint64_t> accepted; ///< commands, by method
};
BOOST_DESCRIBE_STRUCT(Census, (),
                      (steps, entries, receipts, repeats, refusals, malformed, starts, failed_starts,
                       torn_tails, late_groups, power_cuts, kills, durability_exits, full_disks, cuts,
                       slow_cuts, seats_moved, resumed, clock_jumps, notifications, presses, votes_decided,
                       votes_timed_out, votes_voided, votes_retried, votes_held, hands_counted,
                       ballots_counted, objections, speeches, recesses, removed, bodies_removed,
                       bodies_renamed, dismissed, called_off, photos_ended, consoles_changed, rolls_called,
                       seqs_reused, ballot_receipts, spoil_receipts, ballots_superseded, boxes_sealed,
                       boxes_opened, lists_opened, boxes_shredded, wrong_shares, keys_lost, suspended,
                       taken_out, bases_confirmed))

Census& operator+=(Census& sum, const Census& other);
/// One line: each figure with its name.
std::string describe(const Census& census);
/// How many commands of each kind were accepted, a line each.
std::string describe_accepted(const Census& census);
/// The figures that are zero, and the commands that were never accepted, by name: classes of events this many
/// stories never met.
std::string missing(const Census& census);

/// Hashing two whole states takes longer than the step that led to them: one seed in so many is watched at
/// each step, the others now and then. What has gone wrong in a state stays wrong, so every seed is found
/// out.
inline constexpr std::uint64_t watched_every = 10;

/// The shared part of one story. Referred to by everybody, owned by SimulatedHouse.
struct World {
    World(std::uint64_t seed, bool print)
        : random(seed), schedule(random.next()), trace(print), is_watched(seed % watched_every == 0)
    {}

    std::uint64_t now_ms() const { return clock.now_ms(schedule); }
    void note(std::string_view what, std::uint64_t number = 0, std::string_view text = {})
    {
        trace.note(schedule, what, number, text);
    }

    Random random;
    Schedule schedule;
    Trace trace;
    WallClock clock;
    Faults faults;
    Census census;
    const bool is_watched; ///< the state is compared with the replayed record after each step
    bool calm = true;      ///< no faults: while the house is founded and when everything must come to rest
};

} // namespace plenum::sim
