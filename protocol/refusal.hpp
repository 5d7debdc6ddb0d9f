#pragma once

#include "protocol/rules/profile.hpp"

namespace plenum {

/// What the chamber decides against. Every refusal changes nothing. NOTE: numbers are for ever, append only;
/// on the wire the JSON-RPC error code is refusal_code_base + number.
enum class RefusalCode {
    not_allowed = 1,        ///< the role may not do this
    not_your_body = 2,      ///< the office is for another body
    no_such_record = 3,     ///< the body, meeting, sitting, item, vote or person named does not exist
    invalid_text = 4,       ///< empty, too long, control characters
    invalid_profile = 5,    ///< the rule profile contradicts itself
    invalid_roster = 6,     ///< a row is wrong; the details name it
    wrong_state = 7,        ///< not possible in the present state
    no_quorum = 8,          ///< PE-01
    not_on_agenda = 9,      ///< PE-02
    another_vote_open = 10, ///< PE-03
    not_signed_in = 11,     ///< PE-04
    not_a_member = 12,      ///< PE-04, PE-05: not in the roster of this body
    not_in_electorate = 13, ///< signed in after the vote opened
    already_pressed = 14,   ///< first press counts
    vote_not_open = 15,     ///< PE-17: no press, no closing without an open vote
    vote_held = 16,
    quorum_not_lost = 17,   ///< void for lost quorum while the quorum is there
    secret_not_ready = 18,  ///< secret votes need key holders, which this build does not have
    id_reused = 19,         ///< the request id was used for something else
    unknown_code = 20,      ///< sign-in code not recognised
    busy = 21,              ///< the server cannot take it now: not recorded, send again
    disk_low = 22,          ///< nothing new is opened or stored with so little disk; an open vote finishes
    base_needs_reason = 23, ///< PE-23: base differs from the roster and nobody said why
    vote_open = 24,         ///< the sitting cannot recess or close, the agenda not change, under an open vote
    too_many = 25,          ///< a limit of the record is reached
    sign_in_first = 26,     ///< hello comes before everything else
    not_in_person = 27,     ///< PE-19: a remote attendee raises a hand, no console ballot
    not_admitted = 28,      ///< PE-05: observers and strangers do not speak or sign in
    floor_taken = 29,       ///< somebody else is speaking
    vote_was_put = 30,      ///< PE-20: no speech on the item after the vote was put, without a named reason
    speech_limit = 31,      ///< no further speech on the same item by the same person
    tellers_disagree = 32,  ///< hands or ballots counted by too few tellers, or not alike
    hands_exceed = 33,      ///< PE-18: more hands than electors who raise them
    objection_open = 34,    ///< somebody objects: vote, or void
    no_objection_yet = 35,  ///< the method is only switched after an objection
    confirm_name = 36,      ///< the name repeated is not the member's
    not_yours = 37,         ///< somebody else's speech or minutes
    minutes_changed = 38,   ///< the minutes signed are not the newest
    nothing_to_do = 39,     ///< it is so already
    not_readable = 40,      ///< the private value was erased, or is not for this role
    wrong_media = 41,       ///< not a kind of file that can be kept here, or too large
    ballots_wrong = 42,     ///< PE-10, PE-11, PE-18: figures of ballots that cannot be
    candidates_wrong = 43,  ///< PE-13: more or fewer candidates than the method asks for
    scrutineers_missing = 44, ///< PE-12: no scrutineers were approved for this election
    is_candidate = 45,        ///< PE-08: a candidate does not watch or count
    not_called_for = 46,      ///< no tie or shortfall that this would settle
    rooms_differ = 47,        ///< PE-25: what the rooms counted does not add up to the count of all
    room_too_small = 48,      ///< so few ballots would say who voted how
    rule_not_adopted = 49,    ///< none of the body's rules, and nobody says who decided otherwise and why
    amendment_first = 50,     ///< PE-07: an amendment or a clause of the same item is to be voted on first
    election_method_missing = 51, ///< PE-12: the body has adopted no rules to elect by
    secret_ballot_required = 52,  ///< PE-14: dismissal or recall otherwise than on paper
    not_qualified = 53,           ///< PE-15: law exam not passed, or papers not in time
    barred = 54,                  ///< PE-16: rejected too often in a row for this post in this term
    approval_pending = 55,        ///< PE-22: the body above has not approved yet
    not_key_holder = 56,          ///< not among those the body appointed to hold the keys
    keys_wrong = 57,              ///< a message or choice that cannot make an election key
    text_differs = 58,         ///< PE-06: the draft it was written down on is no paper of the item any more
    suspended = 59,            ///< PE-05: a member who is suspended takes no part
    base_not_confirmed = 60,   ///< nobody else confirmed a base number other than the roster's
    too_few_signatures = 61,   ///< fewer have signed than this kind needs
    not_to_evaluate = 62,      ///< evaluated already, left out after a reminder, or for another deputy to say
    evaluation_awaited = 63,   ///< some have still to evaluate
    deadline_wrong = 64,       ///< a date that is past or missing, or one that is not over yet
    election_key_missing = 70, ///< no election key was made: only named votes, hands, paper
    console_not_enrolled = 71, ///< PE-24: no key of this console is on record, or it is another member's
    signature_wrong = 72,      ///< a key, proof or signature that does not hold
    roll_differs = 73,         ///< the list is not of those who are there now: the roll is called anew
    roll_incomplete = 74,      ///< not every console of the list has signed that it stands there
    ballot_wrong = 75,         ///< a ballot or spoil that does not hold
    seq_reused = 76,           ///< another ballot with this number came before
    too_few_voters = 77,       ///< so few secret ballots would say who voted how
    box_not_sealed = 78,       ///< the box is not sealed yet, or is no longer there
    root_differs = 79,         ///< not the root of the sealed box
    checks_used_up = 80,       ///< this console sent too much that does not hold
    code_spent = 81,           ///< the access code has enrolled a console, and each enrols one
    record_differs = 82,       ///< what was cosigned is not this record, or not as far as the sealed box
};
// More of them than BOOST_DESCRIBE_ENUM takes in one list.
BOOST_DESCRIBE_ENUM_BEGIN(RefusalCode)
BOOST_DESCRIBE_PP_FOR_EACH(BOOST_DESCRIBE_ENUM_ENTRY, RefusalCode, not_allowed, not_your_body, no_such_record,
                           invalid_text, invalid_profile, invalid_roster, wrong_state, no_quorum,
                           not_on_agenda, another_vote_open, not_signed_in, not_a_member, not_in_electorate,
                           already_pressed, vote_not_open, vote_held, quorum_not_lost, secret_not_ready,
                           id_reused, unknown_code, busy, disk_low, base_needs_reason, vote_open, too_many,
                           sign_in_first, not_in_person, not_admitted, floor_taken, vote_was_put,
                           speech_limit, tellers_disagree, hands_exceed, objection_open, no_objection_yet,
                           confirm_name, not_yours, minutes_changed, nothing_to_do, not_readable)
BOOST_DESCRIBE_PP_FOR_EACH(BOOST_DESCRIBE_ENUM_ENTRY, RefusalCode, wrong_media, ballots_wrong,
                           candidates_wrong, scrutineers_missing, is_candidate, not_called_for, rooms_differ,
                           room_too_small, rule_not_adopted, amendment_first, election_method_missing,
                           secret_ballot_required, not_qualified, barred, approval_pending, not_key_holder,
                           keys_wrong, text_differs, suspended, base_not_confirmed, too_few_signatures,
                           not_to_evaluate, evaluation_awaited, deadline_wrong, election_key_missing,
                           console_not_enrolled, signature_wrong, roll_differs, roll_incomplete, ballot_wrong,
                           seq_reused, too_few_voters, box_not_sealed, root_differs, checks_used_up,
                           code_spent, record_differs)
BOOST_DESCRIBE_ENUM_END(RefusalCode)

inline constexpr int refusal_code_base = 1000;

/// A decided "no": the code, the reason in words a chairperson understands, and what to do next.
struct Refusal {
    RefusalCode code = RefusalCode::wrong_state;
    LocalText reason;
    LocalText next;
};

/// Whether somebody entitled to may decide otherwise, named and with a reason, on record (domain 5.3). All
/// other refusals stand.
bool may_be_set_aside(RefusalCode code);

/// The standard words for a code; `detail` (figures, names, a row) is appended to the reason when not empty.
Refusal refuse(RefusalCode code, LocalText detail = {});

} // namespace plenum
