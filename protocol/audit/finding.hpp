#pragma once

#include "protocol/rules/profile.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plenum::audit {

/// Everything a bundle can be found wanting in. The names are printed by `plenum-audit --json`. NOTE: append
/// only.
enum class AuditCode {
    // The archive and its list of files.
    archive_unreadable, ///< the operating system refused to open or read it
    archive_damaged,    ///< the digest at the end does not belong to the bytes before it
    archive_malformed,  ///< not the one form of archive a bundle may have
    manifest_missing,   ///< no manifest.json
    manifest_malformed, ///< not canonical, another version, paths unsafe or out of order
    manifest_differs,   ///< says something else than the signed checkpoint
    file_missing,       ///< listed, or demanded by the log, but not there
    file_unlisted,      ///< there, but not listed
    file_changed,       ///< there, but not what the manifest lists
    file_unexpected,    ///< listed, but nothing in the log asks for it

    // The signed log.
    key_malformed,           ///< key.vkey is no verifier key
    key_not_expected,        ///< not the key the auditor was told to trust
    checkpoint_unsigned,     ///< the newest checkpoint carries no valid signature of the log's key
    history_unsigned,        ///< an earlier published checkpoint carries none
    history_misnamed,        ///< it stands under another size than its own
    checkpoint_contradicted, ///< the entries do not lead to the signed root
    history_contradicted,    ///< the entries do not lead to an earlier signed root: the log was rewritten
    seen_contradicted,       ///< a checkpoint the auditor kept from before is not part of this log
    tile_malformed,          ///< an entry bundle does not split into its entries
    tile_changed,            ///< a hash tile differs from the one recomputed

    // The envelope of entries.
    entry_malformed,  ///< not canonical JSON, an unknown kind or version
    entry_misplaced,  ///< its sequence number is not its place
    epoch_backwards,  ///< an earlier leadership wrote after a later one
    time_missing,     ///< an entry without its time, or a box.frame with one
    time_backwards,   ///< earlier than the entry before it
    log_start_wrong,  ///< the first entry is not log.created with the signed origin, or there is another
    request_repeated, ///< two commands of one person under one request id

    // Blobs.
    blob_changed,
    blob_malformed,

    // Who acted.
    actor_not_allowed,    ///< the role may not do this
    actor_without_office, ///< the person does not hold the role
    actor_for_another,    ///< a member acted for somebody else

    // Bodies, meetings, attendance.
    record_unknown,       ///< names a body, meeting, sitting, item, vote or person that does not exist
    text_malformed,       ///< a title or name no screen could show
    person_misnumbered,   ///< persons are numbered in the order the log meets them
    roster_contradictory, ///< a member, number or seat twice, or another body
    roster_miscounted,    ///< members, added or removed are not what the rosters say
    roster_during_vote,   ///< the roster changed while a vote of the body was open
    threshold_malformed,  ///< a quorum that is no fraction
    sitting_out_of_order,
    attendance_miscounted, ///< due, present or quorum are not what the record says
    quorum_not_met,        ///< opened, resumed or put to the vote without the quorum
    agenda_out_of_order,
    agenda_miscounted,
    attendance_out_of_order, ///< signed in twice, or out without being in, or outside the time for it
    attendance_not_a_member,

    // Votes.
    vote_out_of_order,   ///< a step that does not follow from the one before
    vote_secret,         ///< a secret vote: this program knows none
    profile_malformed,   ///< the rule contradicts itself
    profile_changed,     ///< frozen at opening: not the rule that was prepared
    text_changed,        ///< frozen at opening: not the text that was prepared
    base_changed,        ///< frozen at opening: not the base number that was prepared
    rule_not_adopted,    ///< none of the body's rules, without a decision; or a decision nothing asked for
    base_without_reason, ///< differs from the roster and nobody said why
    electorate_wrong,    ///< not exactly the members present at opening
    window_wrong,        ///< the closing time does not follow from the rule
    attempt_wrong,       ///< not the next attempt at the same question
    another_vote_open,
    cast_while_not_open,
    cast_too_late,
    cast_by_outsider, ///< not in the electorate
    cast_by_absent,   ///< had signed out
    cast_again,       ///< a second press where the first counts
    closed_too_early, ///< by the timer, before its time or under a rule without one
    decision_missing, ///< voting was closed and nothing was decided in the same breath
    decision_without_close,
    tally_wrong, ///< the four figures are not what the presses add up to
    groups_wrong,
    left_wrong,
    outcome_wrong,     ///< the figures do not mean what was recorded
    void_unfounded,    ///< void for lost quorum while the quorum was there
    announced_changed, ///< something happened to a vote after it was announced

    // Hands and silence.
    cast_not_in_person, ///< a press by somebody who attends by video or whose hand is counted
    hands_wrong,        ///< hands counted that cannot be, or decided otherwise than counted
    hands_not_agreed,   ///< closed before the tellers agreed
    objection_wrong,    ///< an objection by somebody who had none to make
    objection_ignored,  ///< adopted without objection though there was one
    method_wrong,       ///< switched to another method without an objection, or to none
    agenda_not_adopted, ///< the vote on the agenda passed and its adoption did not follow

    // The report itself.
    state_not_replayed, ///< a notice: the state hash is not recomputed by this program
    log_recovered,      ///< a notice: a torn tail was cut off at a restart
    rule_departed,      ///< a notice: the rule is none of the body's, by a decision with a reason
    base_overridden,    ///< a notice: the base number differs from the roster, with a reason
    too_many_findings,  ///< further ones are left out

    // Leave, attendees and the floor.
    leave_out_of_order,    ///< leave or absence of somebody for whom it could not be
    attendee_out_of_order, ///< admitted or dismissed when that could not be
    floor_out_of_order,    ///< a step of the floor that does not follow from the one before
    speaker_not_admitted,  ///< neither a member nor a non-voting attendee, or not there
    speech_after_vote,     ///< the vote on the item had been put, and nobody said why all the same
    speech_time_wrong,     ///< not the time between getting the floor and losing it
    minutes_changed,       ///< signed other minutes than the newest on record

    // Ballots on paper and elections.
    ballots_wrong,      ///< ballots counted that cannot be, or decided otherwise than counted
    ballots_not_agreed, ///< closed before the tellers agreed, or while rooms do not add up
    list_wrong,         ///< what stands on the ballots cannot be put to the vote like this
    follow_wrong,       ///< a re-vote or separate election that nothing called for, or not of what was left
    scrutineers_wrong,  ///< approved by no vote of the assembly, missing at an election, or standing in it
    candidate_counts,   ///< a teller who stands in the election counted it
    series_wrong,       ///< not in the place of the series it says

    body_in_use, ///< removed though it has met, is convened, or another body belongs to it

    // What was decided otherwise, and afterwards.
    override_missing,        ///< a procedural error that nobody set aside
    override_wrong,          ///< set aside what was not there
    sequel_wrong,            ///< qualification, tie, approval, oath or annulment that could not be
    step_overridden,         ///< a notice: a procedural error was set aside, by whom and why
    election_method_unknown, ///< a notice: an election by a body without adopted rules
    result_annulled,         ///< a notice: an announced result counts for nothing by a later decision

    // The keys of secret votes.
    key_ceremony_wrong, ///< a step or message that does not follow from those before
    election_key_wrong, ///< not the key the messages of the holders make

    office_in_use, ///< dismissed, though without this officer things could not go on

    // Texts, members and bases that are not what they should be.
    draft_wrong,        ///< the paper named is no public paper of the item
    off_the_agenda,     ///< a notice: a vote of the plenary on no item, which nothing explains (PE-02)
    suspension_wrong,   ///< suspended or reinstated when that could not be, or not signed out with it
    suspended_acts,     ///< a suspended member signed in, spoke, counted or watched
    base_not_confirmed, ///< opened with another base than the roster's that no second person confirmed
    split_wrong,        ///< taken out of a combined vote when that could not be

    // Suggestions and joint signatures.
    suggestion_wrong, ///< a step of a suggestion that does not follow from those before
    evaluation_wrong, ///< by somebody who does not answer for it, or figures that do not add up
    petition_wrong,   ///< a step of a joint signature that does not follow from those before
    signatures_wrong, ///< handed in with other figures than those who signed, or too few

    // Secret votes at consoles.
    console_wrong,          ///< enrolled without proof that it holds its key, or by a key that is another's
    codes_wrong,            ///< access codes that were issued for nobody named, or for more than there are
    console_without_code,   ///< enrolled although its member had no new access code
    voting_key_wrong,       ///< registered by somebody who is not there in person, or without proof
    secret_vote_wrong,      ///< a rule or step that a secret vote cannot have, or no other vote
    question_wrong,         ///< what the ballots are bound to is not the text and shape put to the vote
    roll_wrong,             ///< a round, list, root or generator that cannot be
    roll_members_wrong,     ///< not exactly those who were there in person with a voting key
    acknowledgements_wrong, ///< not one by each console of the list, and by no other
    context_wrong,          ///< what the ballots are bound to is not what was opened
    press_in_secret_vote,   ///< a press with a name
    box_out_of_order,       ///< a step of the ballot box that does not follow from those before
    box_changed,            ///< the box file is not what was sealed, or holds what no box may
    ballot_wrong,           ///< a ballot whose proofs do not hold, or that copies another
    ballot_of_outsider,     ///< a ballot or spoil of nobody on the list
    spoil_wrong,            ///< a spoil that its ballot's owner did not make
    confirmations_wrong,    ///< not by consoles of the list, or another number
    share_wrong,            ///< recorded as it is not, given twice, or not said by its holder
    totals_wrong,           ///< not what the shares open, or what so many ballots cannot add up to
    shredding_wrong,        ///< the key of a box that may not be destroyed yet, or is destroyed already
    secret_unseen,          ///< a notice: what a public bundle does not hold was not looked at
    seq_reused,             ///< a notice: a console sent two ballots under one number; the first counts
    box_contested,          ///< a notice: a console did not find in the box what it must
    share_refused,          ///< a notice: a key holder gave a share that does not hold
    share_overridden,       ///< a notice: given although not enough consoles had confirmed the box
    lists_nearly_alike,     ///< a notice: two totals whose difference is that of a few members
    box_not_shredded,       ///< a notice: the key of a box that is of no more use was not destroyed

    // What consoles run, and shares that are no more.
    builds_wrong,  ///< programs pinned that cannot be, or while a secret vote was under way
    build_other,   ///< a notice: a console of the list ran a program that was not pinned
    erasure_wrong, ///< a share said to be erased before the meeting was over, or not by its holder

    lists_unseen, ///< a notice: what only an auditor's bundle holds, beside the boxes, was not looked at

    // What key holders signed of the record itself.
    cosignature_wrong, ///< of another record, not as far as the sealed box, or not by the holder
    share_not_cosigned ///< a notice: that its holder saw this record is said by the server alone
};

/// Notices are worth knowing; only errors keep a bundle from being verified.
enum class Severity { notice, error };
BOOST_DESCRIBE_ENUM(Severity, notice, error)

/// One thing that was noticed, in a sentence for a person.
struct AuditFinding {
    Severity severity = Severity::error;
    AuditCode code = AuditCode::archive_damaged;
    std::optional<std::uint64_t> seq; ///< the entry concerned
    LocalText sentence;

    bool operator==(const AuditFinding&) const = default;
};

/// The name of a code as JSON has it.
std::string_view name_of(AuditCode code);

/// The standard words for a code; `detail` (figures, a path, a person) is appended when not empty.
AuditFinding finding(AuditCode code, std::optional<std::uint64_t> seq = {}, LocalText detail = {});

/// The same words for a detail that needs no translation: a path, a number, a name.
AuditFinding finding(AuditCode code, std::optional<std::uint64_t> seq, const std::string& detail);

/// Collects findings; beyond findings_max it only counts, so that a hopeless bundle costs no memory.
class Findings {
public:
    static constexpr std::size_t findings_max = 1'000;

    void add(AuditFinding found);
    bool has_errors() const { return errors_ > 0; }
    std::uint64_t errors() const { return errors_; }
    std::vector<AuditFinding> take();

private:
    std::vector<AuditFinding> kept_;
    std::uint64_t errors_ = 0;
    std::uint64_t left_out_ = 0;
};

} // namespace plenum::audit
