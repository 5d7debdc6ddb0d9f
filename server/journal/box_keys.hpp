#pragma once

#include "protocol/ballot/sealed_record.hpp"
#include "server/journal/file.hpp"

#include <set>

namespace plenum::journal {

/// The keys of ballot boxes whose votes are not over: `box_keys/<SHA-256 of the key>`, 32 bytes each, in the
/// data directory and, where the operator named one, in a second directory that should be another device.
/// A key never leaves them but into the one process that holds the log's lock.
class BoxKeys {
public:
    /// Overwrites and removes what a crash left half written. `second` may be null.
    static Result<BoxKeys> open(Directory& data, std::unique_ptr<Directory> second);

    std::uint32_t copies() const { return static_cast<std::uint32_t>(places_.size()); }

    /// Durable in every place when it returns, name included; until then no entry may speak of the key.
    Result<void> keep(const ballot::BoxKey& key);
    /// Any copy that is whole. Fault::not_found when there is none; a disk that refuses is another fault.
    Result<ballot::BoxKey> find(const Digest& key_hash) const;
    /// Overwrites and removes every copy, durably; what is gone already is fine.
    Result<void> destroy(const Digest& key_hash);
    /// Destroys all keys but these: a crash may have left one of a vote that was never opened.
    Result<void> destroy_others(const std::set<Digest>& wanted);

private:
    explicit BoxKeys(std::vector<std::unique_ptr<Directory>> places) : places_(std::move(places)) {}

    std::vector<std::unique_ptr<Directory>> places_;
};

/// What the record says of a key.
Digest hash_of(const ballot::BoxKey& key);

} // namespace plenum::journal
