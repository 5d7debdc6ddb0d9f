#pragma once

#include "protocol/audit/bundle.hpp"
#include "protocol/text.hpp"
#include "server/chamber/state.hpp"

#include <functional>

namespace plenum {

/// What the entries of a bundle lead to.
struct BundleReplay {
    std::uint64_t entries = 0;
    Digest state;                     ///< chamber::state_hash after the last entry
    std::optional<Digest> state_said; ///< what the manifest says it is
    chamber::State reached;           ///< after the last entry

    bool agrees() const { return state_said == state; }
};

/// Replays the entries of a bundle through the chamber, with nothing but what is in the bundle. The error is
/// a sentence for the operator: a bundle the auditor finds fault with is not replayed, since the chamber
/// takes for granted what the auditor checks.
boost::system::result<BundleReplay, LocalText> replay_bundle(const audit::Bundle& bundle);

/// Reads the bundle at `path`, replays it and hands what it leads to to `use`, whose answer is the exit code.
/// A bundle that cannot be read or replayed ends the program with a sentence.
int replay_file(const char* program, const std::string& path,
                const std::function<int(const BundleReplay&)>& use);

} // namespace plenum
