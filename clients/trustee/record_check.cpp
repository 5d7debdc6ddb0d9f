#include "clients/trustee/record_check.hpp"

#include "protocol/entry.hpp"
#include "protocol/entry_proof.hpp"
#include "protocol/merkle.hpp"

#include <algorithm>

namespace plenum::trustee {
namespace {

/// An event that was proven to be in the log, and under which checkpoint.
struct Proven {
    Event event;
    Checkpoint checkpoint;
};

std::optional<Proven> proven(std::string_view text, const NoteVerifier& log)
{
    const auto proof = decode_proof(text);
    if (!proof) return std::nullopt;
    const auto checkpoint = check_proof(*proof, log);
    const auto entry = decode_entry(proof->entry);
    if (!checkpoint || !entry || entry->seq != proof->index) return std::nullopt;
    return Proven{entry->event, *checkpoint};
}

bool opens(const Event& event, VoteId vote, const CheckedBox& box)
{
    const auto* opened = std::get_if<VoteOpened>(&event);
    return opened != nullptr && opened->vote == vote && opened->secret &&
           std::ranges::equal(opened->secret->context, box.share_terms.context) &&
           opened->secret->acknowledgements == box.acknowledgements;
}

bool seals(const Event& event, VoteId vote, const CheckedBox& box)
{
    const auto* sealed = std::get_if<BallotBoxSealed>(&event);
    return sealed != nullptr && sealed->vote == vote && sealed->root == box.share_terms.box_root &&
           sealed->box == box.file && sealed->ballots == box.ballots && sealed->spoils == box.spoils;
}

bool goes_on(const Checkpoint& known, const Checkpoint& now, std::span<const Digest> consistency)
{
    if (known.size > now.size) return false;
    return verify_consistency(known.size, now.size, consistency, known.root, now.root).has_value();
}

} // namespace

BoxResult<Checkpoint> check_record(VoteId vote, const CheckedBox& box, const RecordProof& proof,
                                   const NoteVerifier& log, const Checkpoint& known)
{
    const auto opened = proven(proof.opened, log);
    const auto sealed = proven(proof.sealed, log);
    if (!opened || !sealed || opened->checkpoint != sealed->checkpoint || !opens(opened->event, vote, box) ||
        !seals(sealed->event, vote, box))
        return BoxRefusal{BoxFault::not_in_record,
                          {"服务器不能证明本次表决和票箱已载入记录",
                           "the server cannot prove that the vote and its box stand in the record"}};
    if (!goes_on(known, sealed->checkpoint, proof.consistency))
        return BoxRefusal{BoxFault::other_record,
                          {"服务器出示的记录与本设备先前签署的不一致",
                           "the record is not the one this device signed before"}};
    return sealed->checkpoint;
}

} // namespace plenum::trustee
