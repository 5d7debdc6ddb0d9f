#pragma once

#include "clients/replay/compare.hpp"
#include "clients/replay/hall.hpp"

namespace plenum::replay {

/// How a sitting is played.
struct ReplaySettings {
    std::size_t votes_max = 0;                     ///< only the first so many votes; 0: all
    bool is_quiet = false;                         ///< only differences and the summary
    std::function<void(const std::string&)> print; ///< takes one line
};

/// What came of it.
struct ReplayReport {
    std::size_t votes = 0;
    std::size_t checks = 0;       ///< of attendance
    std::size_t differences = 0;  ///< votes and checks whose figures or results are not those published
    std::size_t not_compared = 0; ///< figures and results the file gives no ground to compare
    std::vector<std::chrono::microseconds> press_took; ///< from press to durable receipt, for every press
    std::chrono::milliseconds took{0};
};

/// Plays a recorded sitting on a server, with a real console for every member, and compares what it counts.
/// Makes a body, a meeting and a sitting of its own in the server's record. Trouble: it could not be played
/// to the end.
Tried<ReplayReport> play(const SittingFile& file, const link::Endpoint& endpoint,
                         const std::string& secretary_code, const ReplaySettings& settings);

} // namespace plenum::replay
