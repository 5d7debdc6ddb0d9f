#include "server/records/indexer.hpp"

#include "protocol/roster.hpp"
#include "server/records/words.hpp"

#include <sqlite3.h>

namespace plenum::records {
namespace {

std::int64_t bound(std::uint64_t value)
{
    return static_cast<std::int64_t>(value);
}

/// What a value is to SQL: numbers, names of enumerators, texts, and nothing.
template <class T>
void bind_value(SQLite::Statement& statement, int place, const T& value)
{
    if constexpr (codec::is_optional<T>) {
        if (value) {
            bind_value(statement, place, *value);
        } else {
            statement.bind(place);
        }
    } else if constexpr (codec::DescribedEnum<T>) {
        statement.bind(place, std::string(codec::enum_name(value)));
    } else if constexpr (codec::Id<T>) {
        statement.bind(place, bound(number(value)));
    } else if constexpr (std::is_integral_v<T>) {
        statement.bind(place, static_cast<std::int64_t>(value));
    } else {
        statement.bind(place, std::string(value));
    }
}

/// One entry while it is written into the tables.
struct Indexer {
    SQLite::Database& database;
    const Entry& entry;
    const BlobSource& blobs;

    template <class... Values>
    void run(const char* sql, const Values&... values) const
    {
        SQLite::Statement statement(database, sql);
        int place = 0;
        (bind_value(statement, ++place, values), ...);
        statement.exec();
    }

    std::uint64_t id() const { return entry.seq; }
    std::uint64_t at() const { return entry.at_ms.value_or(0); }

    void find_later(const std::string& text) const
    {
        if (text.empty()) return;
        run("INSERT INTO search (words, seq, kind, at, text) VALUES (?, ?, ?, ?, ?)", spaced(text), id(),
            kind_of(entry.event), at(), text);
    }

    void set_vote(VoteId vote, const char* state) const
    {
        run("UPDATE vote SET state = ? WHERE id = ?", std::string(state), vote);
    }
    /// What only this vote had decided is open again.
    void open_again(VoteId vote) const
    {
        run("UPDATE item SET outcome = 'none' WHERE id = (SELECT item FROM vote WHERE id = ?) AND "
            "outcome = 'by_vote' AND NOT EXISTS (SELECT 1 FROM vote o WHERE o.item = item.id AND "
            "o.state IN ('decided', 'announced') AND o.part IS NULL AND o.verdict NOT IN "
            "('invalid_low_participation', 'void_more_collected'))",
            vote);
    }
    void set_sitting(SittingId sitting, const char* state) const
    {
        run("UPDATE sitting SET state = ? WHERE id = ?", std::string(state), sitting);
    }
    void close_sitting(SittingId sitting) const
    {
        run("UPDATE sitting SET state = 'closed', closed_at = ? WHERE id = ?", at(), sitting);
    }
    void set_meeting(MeetingId meeting, const char* state) const
    {
        run("UPDATE meeting SET state = ? WHERE id = ?", std::string(state), meeting);
    }

    void operator()(const BodyCreated& event) const
    {
        run("INSERT INTO body VALUES (?, ?, ?, ?)", id(), event.body_kind, event.name, event.parent);
        find_later(event.name);
    }
    void operator()(const BodyRemoved& event) const
    {
        run("DELETE FROM member WHERE body = ?", event.body);
        run("DELETE FROM body WHERE id = ?", event.body);
        find_later(event.reason);
    }
    void operator()(const BodyRenamed& event) const
    {
        run("UPDATE body SET name = ? WHERE id = ?", event.name, event.body);
        find_later(event.name);
        find_later(event.reason);
    }
    void operator()(const OfficerDismissed& event) const { find_later(event.reason); }
    void operator()(const SuggestionRegistered& event) const { find_later(event.title); }
    void operator()(const SuggestionEvaluated& event) const { find_later(event.reason); }
    void operator()(const PetitionOpened& event) const { find_later(event.title); }
    void operator()(const MemberSuspended& event) const { find_later(event.reason); }
    void operator()(const MemberReinstated& event) const { find_later(event.reason); }
    void operator()(const RosterAdopted& event) const
    {
        const auto content = blobs(event.roster);
        const auto roster = content ? decode_roster(*content) : Result<Roster>(fault(Fault::not_found));
        if (!roster) throw SQLite::Exception("a roster the record names is not there", SQLITE_CORRUPT);
        run("DELETE FROM member WHERE body = ?", event.body);
        for (const auto& member : roster->members) {
            if (!is_known(member.person, member.name)) meet(member.person, member.name);
            run("INSERT INTO member VALUES (?, ?, ?, ?, ?)", event.body, member.person, member.number,
                member.group, member.seat);
        }
    }
    void operator()(const OfficerAppointed& event) const { meet(event.person, event.name); }
    void operator()(const MeetingCreated& event) const
    {
        run("INSERT INTO meeting VALUES (?, ?, ?, ?, ?, ?, 'draft')", id(), event.body, event.meeting_kind,
            event.title, event.term_no, event.session_no);
        find_later(event.title);
    }
    void operator()(const MeetingNotified& event) const { set_meeting(event.meeting, "notified"); }
    void operator()(const MeetingClosed& event) const { set_meeting(event.meeting, "closed"); }
    void operator()(const MeetingArchived& event) const { set_meeting(event.meeting, "archived"); }
    void operator()(const MeetingCancelled& event) const
    {
        set_meeting(event.meeting, "cancelled");
        run("UPDATE sitting SET state = 'closed', closed_at = coalesce(closed_at, ?) WHERE meeting = ?", at(),
            event.meeting);
        find_later(event.reason);
    }

    void operator()(const SittingCreated& event) const
    {
        run("INSERT INTO sitting (id, meeting, body, title, state) VALUES (?1, ?2, coalesce(?3, "
            "(SELECT body FROM meeting WHERE id = ?2)), ?4, 'draft')",
            id(), event.meeting, event.body, event.title);
        find_later(event.title);
    }
    void operator()(const SignInOpened& event) const { set_sitting(event.sitting, "signing_in"); }
    void operator()(const SittingOpened& event) const
    {
        run("UPDATE sitting SET state = 'in_session', opened_at = ?, due = ?, present = ?, quorum = ? WHERE "
            "id = ?",
            at(), event.due, event.present, event.quorum, event.sitting);
        run("INSERT OR IGNORE INTO sitting_member (sitting, person) SELECT s.id, m.person FROM sitting s "
            "JOIN member m ON m.body = s.body WHERE s.id = ?",
            event.sitting);
    }
    void operator()(const SittingRecessed& event) const { set_sitting(event.sitting, "recess"); }
    void operator()(const SittingResumed& event) const { set_sitting(event.sitting, "in_session"); }
    void operator()(const SittingClosed& event) const { close_sitting(event.sitting); }
    void operator()(const SittingCancelled& event) const
    {
        close_sitting(event.sitting);
        find_later(event.reason);
    }

    void operator()(const SignedIn& event) const
    {
        // Those admitted without a vote are not among the members due.
        run("INSERT OR IGNORE INTO sitting_member (sitting, person) SELECT s.id, m.person FROM sitting s "
            "JOIN member m ON m.body = s.body WHERE s.id = ? AND m.person = ?",
            event.sitting, event.person);
        run("UPDATE sitting_member SET came_at = coalesce(came_at, ?), went_at = NULL, remote = max(remote, "
            "?) "
            "WHERE sitting = ? AND person = ?",
            at(), event.mode == AttendanceMode::remote, event.sitting, event.person);
    }
    void operator()(const SignedOut& event) const
    {
        run("UPDATE sitting_member SET went_at = ? WHERE sitting = ? AND person = ?", at(), event.sitting,
            event.person);
    }
    void operator()(const LeaveGranted& event) const { leave(event.sitting, event.person, 1); }
    void operator()(const LeaveCancelled& event) const { leave(event.sitting, event.person, 0); }
    void operator()(const AbsenceRecorded& event) const { absence(event.sitting, event.person, 1); }
    void operator()(const AbsenceCleared& event) const { absence(event.sitting, event.person, 0); }
    void operator()(const AttendeeAdmitted& event) const
    {
        meet(event.person, event.name);
        run("INSERT OR REPLACE INTO attendee VALUES (?, ?, ?, ?)", event.meeting, event.person,
            event.attendee_kind, event.unit);
    }
    void operator()(const AttendeeDismissed& event) const
    {
        run("DELETE FROM attendee WHERE meeting = ? AND person = ?", event.meeting, event.person);
    }

    void operator()(const ItemAdded& event) const
    {
        run("INSERT INTO item (id, meeting, parent, kind, title, is_closed) VALUES (?, ?, ?, ?, ?, ?)", id(),
            event.meeting, event.parent, event.item_kind, event.title, event.is_closed);
        find_later(event.title);
    }
    void operator()(const ItemEdited& event) const
    {
        run("UPDATE item SET title = ?, kind = ?, is_closed = ? WHERE id = ?", event.title, event.item_kind,
            event.is_closed, event.item);
        find_later(event.title);
    }
    void operator()(const ItemMoved& event) const
    {
        run("UPDATE item SET parent = ? WHERE id = ?", event.parent, event.item);
    }
    void operator()(const ItemRemoved& event) const { run("DELETE FROM item WHERE id = ?", event.item); }
    void operator()(const ItemChangeDecided& event) const { find_later(event.decision); }
    void operator()(const ItemConcluded& event) const
    {
        run("UPDATE item SET outcome = ? WHERE id = ?", event.outcome, event.item);
    }
    void operator()(const ItemWithdrawn& event) const { find_later(event.reason); }
    void operator()(const ItemDeferred& event) const { find_later(event.reason); }
    void operator()(const DocumentAttached& event) const
    {
        if (!event.is_private) find_later(event.name);
    }

    void operator()(const VotePrepared& event) const
    {
        run("INSERT INTO vote (id, sitting, item, title, attempt, first_attempt, method, state, "
            "base_members, part, approval) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, 'prepared', ?, ?, ?)",
            id(), event.sitting, event.item, event.title, event.attempt, event.first_attempt,
            event.profile.method, event.base_members,
            static_cast<const std::optional<QuestionPart>&>(event.part),
            event.approval_by ? std::optional<std::string>("pending") : std::nullopt);
        find_later(event.title);
    }
    void operator()(const VoteOpened& event) const
    {
        run("UPDATE vote SET state = 'open', opened_at = ?, base_members = ?, present = ? WHERE id = ?", at(),
            event.base_members, event.present, event.vote);
    }
    void operator()(const VoteMethodSwitched& event) const
    {
        run("UPDATE vote SET method = ? WHERE id = ?", event.method, event.vote);
    }
    void operator()(const VoteHeld& event) const { set_vote(event.vote, "held"); }
    void operator()(const VoteResumed& event) const { set_vote(event.vote, "open"); }
    void operator()(const VoteClosed& event) const { set_vote(event.vote, "closed"); }
    void operator()(const VoteDecided& event) const
    {
        run("UPDATE vote SET state = 'decided', decided_at = ?, approve = ?, oppose = ?, abstain = ?, "
            "not_pressed = ?, verdict = ? WHERE id = ?",
            at(), event.tally.approve, event.tally.oppose, event.tally.abstain, event.tally.not_pressed,
            event.outcome.verdict, event.vote);
        if (is_invalid(event.outcome.verdict)) return; // to be voted on again
        run("UPDATE item SET outcome = 'by_vote' WHERE id = (SELECT item FROM vote WHERE id = ? AND part IS "
            "NULL)",
            event.vote);
    }
    void operator()(const VoteAnnounced& event) const { set_vote(event.vote, "announced"); }
    void operator()(const VoteVoided& event) const
    {
        run("UPDATE vote SET state = 'voided', void_reason = ?, verdict = NULL WHERE id = ?", event.reason,
            event.vote);
        open_again(event.vote);
    }
    void operator()(const VoteAnnulled& event) const
    {
        run("UPDATE vote SET state = 'annulled', annulled = ? WHERE id = ?",
            event.decided_by + "：" + event.reason, event.vote);
        find_later(event.reason);
        open_again(event.vote);
    }
    void operator()(const ApprovalRecorded& event) const
    {
        run("UPDATE vote SET approval = ? WHERE id = ?", std::string(event.granted ? "granted" : "refused"),
            event.vote);
        find_later(event.document);
    }
    void operator()(const TieDecided& event) const { find_later(event.reason); }

    void operator()(const SpeechRequested& event) const
    {
        run("INSERT INTO speech (id, sitting, person, item, kind) VALUES (?, ?, ?, ?, ?)", id(),
            event.sitting, event.person, event.item, event.speech_kind);
    }
    void operator()(const FloorGranted& event) const
    {
        run("UPDATE speech SET began_at = ? WHERE id = ?", at(), event.speech);
    }
    void operator()(const SpeechEnded& event) const
    {
        run("UPDATE speech SET used_ms = ? WHERE id = ?", event.used_ms, event.speech);
    }
    void operator()(const SpeechMinuted& event) const
    {
        run("UPDATE speech SET signed = 0 WHERE id = ?", event.speech);
        if (const auto minutes = blobs(event.minutes)) find_later(*minutes);
    }
    void operator()(const SpeechSigned& event) const
    {
        run("UPDATE speech SET signed = 1 WHERE id = ?", event.speech);
    }
    void operator()(const RecordCorrected& event) const
    {
        run("INSERT INTO correction VALUES (?, ?, ?, ?, ?)", id(), event.corrects, event.reads,
            event.should_read, event.reason);
        find_later(event.should_read);
    }

    /// Everything else leaves no trace here: presses above all.
    void operator()(const auto&) const {}

private:
    bool is_known(PersonId person, const std::string& name) const
    {
        SQLite::Statement known(database, "SELECT 1 FROM person WHERE id = ? AND name = ?");
        bind_value(known, 1, person);
        bind_value(known, 2, name);
        return known.executeStep();
    }
    void meet(PersonId person, const std::string& name) const
    {
        run("INSERT OR REPLACE INTO person VALUES (?, ?)", person, name);
        find_later(name);
    }
    void leave(SittingId sitting, PersonId person, int on_leave) const
    {
        run("INSERT INTO sitting_member (sitting, person, on_leave) VALUES (?, ?, ?) ON CONFLICT DO UPDATE "
            "SET on_leave = excluded.on_leave",
            sitting, person, on_leave);
    }
    void absence(SittingId sitting, PersonId person, int absent) const
    {
        run("UPDATE sitting_member SET absent_without_leave = ? WHERE sitting = ? AND person = ?", absent,
            sitting, person);
    }
};

} // namespace

void index_entry(SQLite::Database& database, const Entry& entry, const BlobSource& blobs)
{
    std::visit(Indexer{database, entry, blobs}, entry.event);
}

} // namespace plenum::records
