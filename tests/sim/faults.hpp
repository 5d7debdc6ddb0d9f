#pragma once

#include "tests/sim/random.hpp"

#include <string>

namespace plenum::sim {

/// What goes wrong in one story, and how often. Swarm: each class of faults is on in half of the stories,
/// with rates drawn for the story, so that rare combinations meet and a loud fault does not hide the quiet
/// ones. Zero means: never.
struct Faults {
    // Disk: mean number of operations between two troubles of a kind.
    std::uint64_t power_cut_ops = 0; ///< in the middle of an operation: torn and lost writes
    std::uint64_t io_error_ops = 0;
    std::uint64_t short_write_ops = 0;
    std::uint64_t disk_full_ops = 0;
    std::uint64_t torn_permille = 0;     ///< of the journal's own writes stop in the middle
    bool trouble_in_recovery = false;    ///< troubles also strike while a start is under way
    std::uint64_t tight_every_us = 0;    ///< the disk fills up, and somebody makes room later
    std::uint64_t sync_us_max = 3'000;   ///< slow disk: durable() is delayed while many requests arrive
    std::uint64_t hand_over_us_max = 50; ///< from durable on disk until the clerk hears of it

    // Process.
    std::uint64_t kill_every_us = 0;
    std::uint64_t power_every_us = 0; ///< between operations

    // Network.
    std::uint64_t latency_us_max = 2'000;
    std::uint64_t cut_every_us = 0;
    std::uint64_t half_open_us_max = 0; ///< how much later the server notices
    std::uint64_t duplicate_permille = 0;
    std::uint64_t slow_reader_permille = 0;
    std::uint64_t forget_permille = 0; ///< a console is restarted and remembers nothing it saw
    bool pipelined = false;            ///< the gateway does not wait for an answer before it reads on

    // Clock.
    std::uint64_t clock_every_us = 0;

    // People: parts in a thousand of what the script does.
    std::uint64_t unlawful_permille = 100;
    std::uint64_t malformed_permille = 20;
};

/// The faults of one story.
Faults draw_faults(Random& random);

/// One line for the trace.
std::string describe(const Faults& faults);

} // namespace plenum::sim
