#pragma once

#include "clients/demo/screen.hpp"
#include "clients/replay/convene.hpp"
#include "clients/replay/stage.hpp"

namespace plenum::demo {

using replay::Tried;

/// A body called together on a stage: the office's and everybody's console signed in, nothing begun.
struct Meeting {
    explicit Meeting(const link::Endpoint& endpoint, link::PoolSettings network = {})
        : hall(endpoint, {}, std::move(network))
    {}

    replay::Hall hall;
    replay::ConsoleId secretary{};
    replay::ConsoleId screen{};             ///< the hall's, watching
    std::vector<replay::ConsoleId> members; ///< in the order of the roster; without the one left to a person
    replay::Convened convened;
    std::vector<ItemId> items; ///< in the order of the agenda
};

/// Signs the office in and calls the body together. Nobody else is connected yet.
Tried<void> call_together(Meeting& meeting, const replay::Stage& stage, const replay::Convening& convening);

/// Connects the consoles of all members, except that of member `left_out`: it is for a person.
Tried<void> take_seats(Meeting& meeting, std::optional<std::size_t> left_out);

/// Makes the access code of the officer of this name, who is the only one.
Tried<IssuedCode> code_of_officer(Meeting& meeting, const std::string& name);

/// Gives an office to somebody who is new, over one body or the whole chamber; answers the access code.
Tried<IssuedCode> appoint(Meeting& meeting, const std::string& name, Role role, std::optional<BodyId> body);

/// Writes a motion down as a vote, with its title in both languages as the text put to it.
Tried<VoteId> prepare_vote(Meeting& meeting, SittingId sitting, std::optional<ItemId> item,
                           const LocalText& title, const RuleProfile& rule);

/// The bundle that is wanted of a record.
struct Wanted {
    std::string bundle;       ///< the file it goes to
    std::string kind = {};    ///< option of `plenum export` that says for whom; empty: for the public
    std::string tracker = {}; ///< of a secret ballot that must be found in it among those counted
};

/// Exports the record and verifies it with plenum-audit, against the key and the checkpoint the consoles were
/// given; shows what both programs say. The server of the stage may run meanwhile.
Tried<void> export_and_verify(replay::Stage& stage, const HelloAnswer& known, const Wanted& wanted,
                              Language language, const Screen& screen);

} // namespace plenum::demo
