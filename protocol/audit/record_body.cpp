#include "protocol/audit/record.hpp"

#include "protocol/rules/rule_book.hpp"
#include "protocol/text.hpp"

#include <algorithm>

namespace plenum::audit {
namespace {

LocalText about_member(const Member& member, const char* zh, const char* en)
{
    return {member.number + " " + member.name + "：" + zh, member.number + " " + member.name + ": " + en};
}

/// Texts of a member, and that nothing meant for one is used by two.
void check_members(Record& record, const Roster& roster)
{
    std::set<PersonId> persons;
    std::set<std::string_view> numbers;
    std::set<std::string_view> seats;
    for (const auto& member : roster.members) {
        const bool readable =
            is_line(member.number, name_bytes_max) && is_line(member.name, name_bytes_max) &&
            is_line_or_empty(member.group, name_bytes_max) && is_line_or_empty(member.seat, name_bytes_max);
        if (!readable) record.complain(AuditCode::text_malformed, std::to_string(number(member.person)));
        if (!persons.insert(member.person).second) {
            record.complain(AuditCode::roster_contradictory,
                            about_member(member, "人员重复", "person twice"));
        }
        if (!numbers.insert(member.number).second) {
            record.complain(AuditCode::roster_contradictory,
                            about_member(member, "证号重复", "number twice"));
        }
        if (!member.seat.empty() && !seats.insert(member.seat).second) {
            record.complain(AuditCode::roster_contradictory, about_member(member, "座席重复", "seat twice"));
        }
    }
}

/// Persons the log meets for the first time carry the next numbers, in the order of the roster.
void check_persons(Record& record, const Roster& roster)
{
    for (const auto& member : roster.members)
        note_person(record, member.person);
}

void check_changes(Record& record, const RosterAdopted& event, const RecordedBody& before,
                   const Roster& roster)
{
    std::uint64_t kept = 0;
    for (const auto& member : roster.members)
        kept += before.members.contains(member.person) ? 1 : 0;
    check_number(record, AuditCode::roster_miscounted, event.members, roster.members.size());
    check_number(record, AuditCode::roster_miscounted, event.added, roster.members.size() - kept);
    const auto removed = before.members.size() - std::min<std::uint64_t>(kept, before.members.size());
    check_number(record, AuditCode::roster_miscounted, event.removed, removed);
}

/// The delegation of a congress is left without members when its group is gone; nobody else's roster is
/// empty.
bool may_be_empty(const RecordedBody& body)
{
    return body.kind == BodyKind::delegation && body.parent.has_value();
}

bool has_open_vote(const Record& record, BodyId body)
{
    return std::ranges::any_of(record.sittings, [&](const auto& sitting) {
        return sitting.second.body == body && sitting.second.open_vote;
    });
}

/// Complains unless this is the photo of the person.
void check_photo(Record& record, PersonId person, const Digest& photo)
{
    const auto found = record.photos.find(person);
    if (found == record.photos.end() || found->second != photo)
        record.complain(AuditCode::record_unknown, to_hex(photo));
}

/// Whether a meeting, a sitting, a suggestion, a joint signature or another body is on record that could not
/// be without this one.
bool is_needed(const Record& record, BodyId body)
{
    const auto is_its = [&](const auto& entry) { return entry.second.body == body; };
    const bool is_named =
        std::ranges::any_of(record.suggestions,
                            [&](const auto& entry) { return entry.second.registered.body == body; }) ||
        std::ranges::any_of(record.petitions,
                            [&](const auto& entry) { return entry.second.opened.body == body; });
    return is_named || std::ranges::any_of(record.meetings, is_its) ||
           std::ranges::any_of(record.sittings, is_its) ||
           std::ranges::any_of(record.bodies, [&](const auto& entry) { return entry.second.parent == body; });
}

/// Whether a delegation of this name follows a group of the roster of its congress.
bool is_group(const Record& record, const RecordedBody& body, const std::string& name)
{
    if (body.kind != BodyKind::delegation || !body.parent) return false;
    return std::ranges::any_of(record.bodies.at(*body.parent).members,
                               [&](const auto& entry) { return entry.second.group == name; });
}

} // namespace

void follow(Record& record, const BodyCreated& event)
{
    check_line(record, event.name, name_bytes_max);
    RecordedBody body;
    body.kind = event.body_kind;
    body.parent = event.parent;
    body.name = event.name;
    const bool may_belong = event.body_kind == BodyKind::presidium ||
                            event.body_kind == BodyKind::delegation ||
                            event.body_kind == BodyKind::council_of_chairs;
    if (event.parent && record.named(record.bodies, *event.parent) == nullptr) {
        body.parent.reset();
    } else if (event.parent && !may_belong) {
        record.complain(AuditCode::record_unknown,
                        LocalText{"此类机构不隶属于另一机构", "such a body has no parent"});
    }
    record.bodies.emplace(BodyId{record.now->seq}, std::move(body));
}

void follow(Record& record, const BodyRemoved& event)
{
    check_line(record, event.reason, reason_bytes_max);
    if (record.named(record.bodies, event.body) == nullptr) return;
    if (is_needed(record, event.body))
        return record.complain(AuditCode::body_in_use, std::to_string(number(event.body)));
    std::erase_if(record.offices, [&](const RecordedOffice& office) { return office.body == event.body; });
    record.bodies.erase(event.body);
}

void follow(Record& record, const BodyRenamed& event)
{
    check_line(record, event.name, name_bytes_max);
    check_line(record, event.reason, reason_bytes_max);
    auto* body = record.named(record.bodies, event.body);
    if (body == nullptr) return;
    if (event.name == body->name) record.complain(AuditCode::text_malformed, event.name);
    if (is_group(record, *body, body->name) || is_group(record, *body, event.name))
        record.complain(AuditCode::body_in_use, event.name);
    body->name = event.name;
}

void follow(Record& record, const RosterAdopted& event)
{
    auto* body = record.named(record.bodies, event.body);
    const auto* content = record.blob(event.roster);
    if (body == nullptr || content == nullptr) return;
    if (has_open_vote(record, event.body)) record.complain(AuditCode::roster_during_vote);

    const auto roster = decode_roster(*content);
    if (!roster) {
        record.complain(AuditCode::blob_malformed, blob_path(event.roster));
        return;
    }
    if (roster->body != event.body || (roster->members.empty() && !may_be_empty(*body)) ||
        roster->members.size() > roster_members_max) {
        record.complain(AuditCode::roster_contradictory);
    }
    check_members(record, *roster);
    check_persons(record, *roster);
    check_changes(record, event, *body, *roster);
    body->roster = event.roster;
    body->members.clear();
    for (const auto& member : roster->members) {
        body->members.emplace(member.person, member);
        record.names[member.person] = member.name;
    }
}

// Records made before receivers were named say nothing of them, and may not stop naming them.
void follow(Record& record, const AccessCodesIssued& event)
{
    auto& codes = record.codes;
    if (!event.body && !event.person) {
        if (codes.are_named) record.complain(AuditCode::codes_wrong, std::to_string(event.count));
        codes.newest_unnamed = record.now->seq;
        return;
    }
    codes.are_named = true;
    if (event.body && event.person) record.complain(AuditCode::codes_wrong, std::to_string(event.count));
    if (event.person) {
        const auto person = number(*event.person);
        if (person == 0 || person > record.persons_known)
            record.complain(AuditCode::record_unknown, std::to_string(person));
        codes.newest[*event.person] = record.now->seq;
    }
    const auto* body = event.body ? record.named(record.bodies, *event.body) : nullptr;
    if (body == nullptr) return;
    if (event.count > body->members.size())
        record.complain(AuditCode::codes_wrong, said_and_found(event.count, body->members.size()));
    for (const auto& [person, member] : body->members)
        codes.newest[person] = record.now->seq;
}

void follow(Record& record, const RulesAdopted& event)
{
    check_line(record, event.decided_by, title_bytes_max);
    auto* body = record.named(record.bodies, event.body);
    const auto* content = record.blob(event.rules);
    if (body == nullptr || content == nullptr) return;
    const auto book = decode_rule_book(*content);
    if (!book) return record.complain(AuditCode::blob_malformed, blob_path(event.rules));
    if (const auto misfit = check_rule_book(*book))
        record.complain(AuditCode::profile_malformed, misfit->path);
    if (std::ranges::find(book->body_kinds, body->kind) == book->body_kinds.end())
        record.complain(AuditCode::profile_malformed, "body_kinds");
    body->rules = fixed_rules(*book);
}

void follow(Record& record, const PhotoSet& event)
{
    const auto person = number(event.person);
    if (person == 0 || person > record.persons_known)
        record.complain(AuditCode::record_unknown, std::to_string(person));
    // Records made before replacements were named say nothing of them.
    if (event.replaces) check_photo(record, event.person, *event.replaces);
    record.photos[event.person] = event.photo;
}

void follow(Record& record, const PhotoRemoved& event)
{
    check_photo(record, event.person, event.photo);
    record.photos.erase(event.person);
}

void follow(Record& record, const RecordCorrected& event)
{
    if (event.corrects >= record.now->seq)
        record.complain(AuditCode::record_unknown, std::to_string(event.corrects));
    check_line(record, event.reads, title_bytes_max);
    check_line(record, event.should_read, title_bytes_max);
    check_line(record, event.reason, reason_bytes_max);
    if (event.reads == event.should_read) record.complain(AuditCode::text_malformed, event.reads);
}

} // namespace plenum::audit
