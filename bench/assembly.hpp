#pragma once

#include "clients/replay/convene.hpp"
#include "clients/replay/stage.hpp"

#include <cstdlib>
#include <iostream>

namespace plenum::bench {

/// What was tried; a bench in which something goes wrong measures nothing, and ends.
template <class T>
T need(replay::Tried<T> tried)
{
    if (!tried) {
        std::cerr << "bench: " << tried.error().sentence << '\n';
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*tried);
}

/// One body of so many members, called together for one sitting.
inline replay::Convening assembly_of(std::size_t members)
{
    replay::Convening convening;
    convening.body = "大会";
    for (std::size_t i = 1; i <= members; ++i) {
        convening.members.push_back({"N" + std::to_string(i), "代表" + std::to_string(i), {}, {}, {}});
    }
    convening.meeting = "会议";
    convening.quorum = {1, 2, true, Base::all_members};
    convening.sitting = "全体会议";
    return convening;
}

/// More than half of all members, named.
inline RuleProfile motion_rule()
{
    RuleProfile profile;
    profile.id = "bench.motion";
    profile.name = {"议案表决", "motion"};
    profile.quorum = {1, 2, true, Base::all_members};
    profile.majority = {1, 2, true, Base::all_members};
    return profile;
}

} // namespace plenum::bench
