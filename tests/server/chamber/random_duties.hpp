#pragma once

#include "tests/server/chamber/rehearsal.hpp"

#include <functional>

// What a random house is asked for besides its sittings: suspensions, suggestions and joint signatures; and
// what a second person says about a vote that somebody prepared.

namespace plenum::chamber {

struct Asked {
    Actor actor;
    Command command;
};

/// A number below the limit, from the seed of the story.
using Draw = std::function<std::uint64_t(std::uint64_t limit)>;

/// A suspension, a suggestion or a joint signature, mostly one that is called for.
Asked random_duty(const Draw& below, const House& house);

/// Who confirms a base that is not the roster's, or takes something out of a combined vote; mostly of a vote
/// where that can be.
Asked random_second_look(const Draw& below, const House& house);

/// Several names or clauses under one vote.
void put_together(const Draw& below, PrepareVote& command);

/// Whoever is suspended is in no sitting and counts under nothing handed in; answers wait for one evaluation
/// at most.
void check_duties(const State& state);

} // namespace plenum::chamber
