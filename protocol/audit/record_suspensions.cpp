#include "protocol/audit/record.hpp"

#include "protocol/text.hpp"

#include <algorithm>

// Members who are suspended take no part until they are reinstated, and whoever is there when it happens is
// signed out in the same breath (PE-05).

namespace plenum::audit {
namespace {

bool belongs_to(const Record& record, BodyId body, BodyId above)
{
    return body == above || record.bodies.at(body).parent == above;
}

/// Whether this member votes in an open vote of the body or of one that belongs to it, or speaks there.
bool is_acting(const Record& record, BodyId body, PersonId person)
{
    return std::ranges::any_of(record.sittings, [&](const auto& entry) {
        const auto& sitting = entry.second;
        if (!belongs_to(record, sitting.body, body)) return false;
        const bool votes = sitting.open_vote &&
                           std::ranges::binary_search(record.votes.at(*sitting.open_vote).electorate, person);
        const bool speaks =
            sitting.speaking && record.speeches.at(*sitting.speaking).requested.person == person;
        return votes || speaks;
    });
}

} // namespace

bool is_suspended(const Record& record, BodyId id, PersonId person)
{
    const auto& body = record.bodies.at(id);
    if (body.suspended.contains(person)) return true;
    return body.parent && record.bodies.at(*body.parent).suspended.contains(person);
}

void check_not_suspended(Record& record, BodyId body, PersonId person)
{
    if (is_suspended(record, body, person))
        record.complain(AuditCode::suspended_acts, std::to_string(number(person)));
}

void check_signed_out(Record& record, const Entry& entry)
{
    auto& suspending = record.suspending;
    if (!suspending) return;
    const auto* out = std::get_if<SignedOut>(&entry.event);
    const bool goes_on = out != nullptr && out->person == suspending->person &&
                         entry.actor == suspending->actor && entry.id == suspending->id &&
                         suspending->sittings.erase(out->sitting) == 1;
    if (!goes_on) record.findings.add(finding(AuditCode::suspension_wrong, suspending->seq));
    if (!goes_on || suspending->sittings.empty()) suspending.reset();
}

void follow(Record& record, const MemberSuspended& event)
{
    check_line(record, event.decided_by, title_bytes_max);
    check_line(record, event.reason, reason_bytes_max);
    auto* body = record.named(record.bodies, event.body);
    if (body == nullptr) return;
    const bool may_be = body->members.contains(event.person) && !is_acting(record, event.body, event.person);
    if (!body->suspended.insert(event.person).second || !may_be)
        record.complain(AuditCode::suspension_wrong, std::to_string(number(event.person)));
    Record::Suspending suspending{record.now->seq, event.person, {}, record.now->actor, record.now->id};
    for (const auto& [id, sitting] : record.sittings) {
        const bool is_there = sitting.state != SittingState::closed && sitting.present.contains(event.person);
        if (is_there && belongs_to(record, sitting.body, event.body)) suspending.sittings.insert(id);
    }
    if (!suspending.sittings.empty()) record.suspending = std::move(suspending);
}

void follow(Record& record, const MemberReinstated& event)
{
    check_line(record, event.decided_by, title_bytes_max);
    check_line(record, event.reason, reason_bytes_max);
    auto* body = record.named(record.bodies, event.body);
    if (body == nullptr) return;
    if (body->suspended.erase(event.person) == 0)
        record.complain(AuditCode::suspension_wrong, std::to_string(number(event.person)));
}

} // namespace plenum::audit
