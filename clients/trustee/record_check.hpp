#pragma once

#include "clients/trustee/box_check.hpp"

// What a key holder verifies of the record before it cosigns it with a share: that everybody who reads the
// record finds in it the vote as it was opened and the box as it was sealed here. Pure, as box_check.hpp.

namespace plenum::trustee {

/// The checkpoint to cosign. BoxFault::not_in_record when the proofs do not hold, are not signed by `log`, or
/// are of other entries than the ones that opened this vote and sealed this box; BoxFault::other_record when
/// the log does not go on from `known`, which was cosigned before and may be of size 0.
BoxResult<Checkpoint> check_record(VoteId vote, const CheckedBox& box, const RecordProof& proof,
                                   const NoteVerifier& log, const Checkpoint& known);

} // namespace plenum::trustee
