#pragma once

#include "clients/demo/motions.hpp"
#include "clients/demo/screen.hpp"
#include "clients/replay/convene.hpp"
#include "clients/replay/stage.hpp"

namespace plenum::demo {

using replay::Tried;

/// The committee called together on a stage: everybody's console signed in, the agenda written down, nothing
/// begun.
struct Meeting {
    explicit Meeting(const link::Endpoint& endpoint) : hall(endpoint) {}

    replay::Hall hall;
    replay::ConsoleId secretary{};
    replay::ConsoleId screen{};             ///< the hall's, watching
    std::vector<replay::ConsoleId> members; ///< in the order of the roster; without the one left to a person
    replay::Convened convened;
    std::vector<ItemId> items; ///< one a motion
};

/// Calls the committee together. The console of member `left_out` is not connected: it is for a person.
Tried<void> call_together(Meeting& meeting, const replay::Stage& stage, std::optional<std::size_t> left_out);

/// Writes a motion down as a vote on its item of the agenda.
Tried<VoteId> prepare_motion(Meeting& meeting, std::size_t motion);

/// Exports the record of a stopped stage to `bundle` and verifies it with plenum-audit, against the key and
/// the checkpoint the consoles were given; shows what both programs say.
Tried<void> export_and_verify(replay::Stage& stage, const HelloAnswer& known, const std::string& bundle,
                              Language language, const Screen& screen);

} // namespace plenum::demo
