#pragma once

#include "protocol/command.hpp"
#include "protocol/entry.hpp"
#include "protocol/query.hpp"

#include <optional>
#include <string>
#include <unordered_map>

namespace plenum::clerk {

/// Remembers which request caused which entry, so that a repeat after a lost link or a restart gets the same
/// answer and is not recorded twice. Rebuilt from the record at start; only ever looked up by key, so its
/// order never matters.
class Receipts {
public:
    struct Known {
        Receipt receipt;
        std::uint64_t fingerprint = 0;
        std::optional<PersonId> officer; ///< who was appointed
    };

    /// The first entry of a command; later entries of the same command are ignored.
    void remember(const Entry& entry, const Digest& leaf);

    /// What (actor, id) caused before, or nothing.
    const Known* find(const Actor& actor, const std::string& id) const;

private:
    std::unordered_map<std::string, Known> known_;
};

} // namespace plenum::clerk
