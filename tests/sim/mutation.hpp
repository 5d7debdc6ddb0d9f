#pragma once

#include "protocol/note.hpp"
#include "server/journal/file.hpp"
#include "server/journal/store.hpp"

namespace plenum::sim {

/// Faults planted around the server on purpose, never in it: each breaks one promise, and the simulator must
/// notice.
enum class Mutation {
    none,
    acknowledges_before_writing, ///< the store says durable and writes with the next group
    forgets_to_sync,             ///< a durable write is an ordinary one
    splits_groups,               ///< one command's entries may be durable in part
    keeps_documents_in_memory,   ///< blobs are not on the disk when the entry is
    answers_at_once,             ///< receipts leave before the group is written
    answers_twice_differently,   ///< a repeat gets a receipt of its own
    tells_everybody,             ///< notifications go to all sessions
    loses_a_notification,        ///< one in a hundred, without a cut
    keeps_what_is_ended,         ///< private values are not erased when the record ends them
    hides_the_member,            ///< nobody is told of the own press or presence but by receipts
};

inline constexpr Mutation all_mutations[] = {Mutation::acknowledges_before_writing,
                                             Mutation::forgets_to_sync,
                                             Mutation::splits_groups,
                                             Mutation::keeps_documents_in_memory,
                                             Mutation::answers_at_once,
                                             Mutation::answers_twice_differently,
                                             Mutation::tells_everybody,
                                             Mutation::loses_a_notification,
                                             Mutation::keeps_what_is_ended,
                                             Mutation::hides_the_member};

const char* to_text(Mutation mutation);

/// A store that does as the mutation says, around the true one.
std::unique_ptr<journal::JournalStore> mutate(journal::JournalStore& store, Mutation mutation,
                                              const std::string& origin, SigningKey key);

/// A directory whose files never sync what they write.
std::unique_ptr<journal::Directory> without_sync(std::unique_ptr<journal::Directory> directory);

} // namespace plenum::sim
