#pragma once

#include "clients/trustee/own_election.hpp"
#include "protocol/ballot/acknowledgement.hpp"
#include "protocol/query.hpp"

// What a key holder verifies of a sealed box before it opens the totals (docs/threat_model.md): list,
// acknowledgements, ballots, spoils, confirmations, from nothing but the files. Pure; who fetches the
// files and what is done with the answer is in secret_votes.hpp.

namespace plenum::trustee {

/// What does not hold.
enum class BoxFault {
    other_meeting,           ///< the vote is said to be of another meeting than the key
    other_vote,              ///< the record id is not the one of this vote
    other_key,               ///< Y or its holders are not what this device made
    bad_roll,                ///< the figures of the list cannot be
    other_question,          ///< not the question its hash names, or of another text than is shown
    other_shape,             ///< the question asks in another shape than the ballots are said to have
    bad_list,                ///< the list is not sorted, has somebody twice, or is no list
    other_list,              ///< not the list of this root and length
    bad_people,              ///< the persons named are not one for each entry of the list
    bad_acknowledgements,    ///< no acknowledgements of exactly this round of this vote
    missing_acknowledgement, ///< a console of the list did not sign that it stands in it
    foreign_acknowledgement, ///< a console signed that is not of the list, or a signature does not hold
    other_build,             ///< consoles ran a program that is not pinned, or not all the same
    bad_box,                 ///< not the file its digest names, or no box of this vote
    other_count,             ///< not as many ballots or spoils as the server says
    other_root,              ///< not the box of this root
    bad_ballot,              ///< the proof of a ballot does not hold
    copied_ballot,           ///< a ballot was made from another one
    foreign_ballot,          ///< of somebody who is not on the list
    bad_spoil,               ///< not made by the voter
    foreign_spoil,           ///< of somebody who is not on the list
    bad_confirmation,        ///< a confirmation that does not hold, or by a console that is not of the list
    not_in_record,           ///< it cannot be shown that the vote and its box stand in the record
    other_record             ///< the record is not the one that was cosigned before
};

/// What does not hold, and in words for the person at the device.
struct BoxRefusal {
    BoxFault what = BoxFault::other_meeting;
    LocalText words;
};
template <class T>
using BoxResult = boost::system::result<T, BoxRefusal>;

/// The files of one vote as the server gave them; nothing about them is believed.
struct BoxFiles {
    Bytes question;
    Bytes list;
    Bytes acknowledgements;
    Bytes box;
    RollAnswer people;
};

/// A box of which everything but the confirmations holds.
struct CheckedBox {
    ballot::BallotTerms terms;
    ballot::ShareTerms share_terms;
    std::vector<ballot::EncryptedSum> sums;
    std::vector<ballot::VerifyKey> devices; ///< of the list
    std::vector<Digest> builds;             ///< of the programs the consoles ran, each once
    Digest acknowledgements;                ///< of their file
    Digest file;                            ///< of the box
    std::uint32_t ballots = 0;
    std::uint32_t spoils = 0;
};

/// What every ballot of the vote is bound to, as this device computes it from its own key and the figures of
/// the list: whatever else the server meant, no signature fits it.
BoxResult<ballot::VoteContext> context_of(const VoteView& view, const OwnElection& election);

/// Verifies all of it. The vote has a list and a sealed box. `builds` are the programs consoles may run; with
/// none of them named they must all run the same one. `randomness` is the operating system's.
BoxResult<CheckedBox> check_box(const VoteView& view, const BoxFiles& files, const OwnElection& election,
                                std::span<const Digest> builds, ballot::Randomness& randomness);

/// The confirmations of this box as they are now; some may be missing, none may be wrong.
BoxResult<ballot::RollCheck> check_box_confirmations(const CheckedBox& box, ByteView confirmations);

} // namespace plenum::trustee
