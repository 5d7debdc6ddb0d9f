#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"
#include "server/chamber/roster_rows.hpp"

#include <algorithm>

// What the office asks about bodies and rosters.

namespace plenum::chamber {
namespace {

constexpr std::size_t removed_names_max = 100;
constexpr std::size_t meetings_listed_max = 100;

/// Holds the rows of one import against the roster in force.
class RosterComparison {
public:
    RosterComparison(const State& state, const Body& body) : body_(body), reader_(state, body)
    {
        for (const auto& member : body.members) {
            if (!member.seat.empty()) holder_of_.emplace(member.seat, &member);
        }
    }

    void take(const RosterRow& row)
    {
        ++row_;
        auto read = reader_.read(row);
        for (auto& words : read.errors)
            findings.push_back({row_, RowSeverity::error, std::move(words)});
        const auto& member = read.member;
        if (number(member.person) == 0) return;
        seen_.insert(member.person);
        if (!read.errors.empty()) return;
        const auto* before = find_member(body_, member.person);
        if (before == nullptr) {
            ++check.added;
        } else {
            ++(*before == member ? check.unchanged : check.changed);
        }
        notice(member, before);
    }

    RosterCheck finish(std::uint64_t seq)
    {
        check.seq = seq;
        check.findings = most_important(std::move(findings));
        for (const auto& member : body_.members) {
            if (seen_.contains(member.person)) continue;
            ++check.removed;
            if (check.removed_names.size() < removed_names_max) check.removed_names.push_back(member.name);
        }
        return std::move(check);
    }

    std::vector<RowFinding> findings;
    RosterCheck check;

private:
    void notice(const Member& member, const Member* before)
    {
        const auto [first, is_new] = row_of_name_.emplace(member.name, row_);
        if (!is_new) {
            const auto other = std::to_string(first->second);
            add_notice("与第" + other + "行同名", "the same name as in row " + other);
        }
        if (before != nullptr && before->name != member.name) {
            add_notice("姓名由“" + before->name + "”改为“" + member.name + "”",
                       "the name changes from " + before->name + " to " + member.name);
        }
        const auto holder = holder_of_.find(member.seat);
        if (holder != holder_of_.end() && holder->second->person != member.person) {
            add_notice("座席原属" + holder->second->name, "the seat was that of " + holder->second->name);
        }
    }

    void add_notice(std::string zh, std::string en)
    {
        findings.push_back({row_, RowSeverity::notice, {std::move(zh), std::move(en)}});
    }

    const Body& body_;
    RowReader reader_;
    std::uint32_t row_ = 0;
    std::set<PersonId> seen_;
    std::map<std::string, std::uint32_t> row_of_name_;
    std::map<std::string, const Member*> holder_of_; ///< by seat, in the roster now in force
};

} // namespace

std::vector<RowFinding> most_important(std::vector<RowFinding> findings)
{
    const auto by_weight = [](const RowFinding& one, const RowFinding& other) {
        return one.severity < other.severity;
    };
    if (findings.size() > row_findings_max) {
        std::ranges::stable_sort(findings, by_weight);
        findings.resize(row_findings_max);
        std::ranges::stable_sort(findings, {}, &RowFinding::row);
    }
    return findings;
}

RowFinding about_all_rows(const Refusal& refusal)
{
    return {0, RowSeverity::error, refusal.reason};
}

Answer<RosterCheck> ask(const State& state, const Actor& actor, const CheckRoster& question,
                        const BlobSource&)
{
    const auto found = state.bodies.find(question.body);
    if (found == state.bodies.end()) return refuse(RefusalCode::no_such_record);
    if (!prepares(state, actor, question.body)) return refuse(RefusalCode::not_allowed);
    RosterComparison comparison(state, found->second);
    if (const auto refusal = check_row_count(question.members.size())) {
        comparison.findings.push_back(about_all_rows(*refusal));
        comparison.check.seq = state.entries;
        comparison.check.findings = std::move(comparison.findings);
        return std::move(comparison.check);
    }
    for (const auto& row : question.members)
        comparison.take(row);
    return comparison.finish(state.entries);
}

Answer<OfficeView> ask(const State& state, const Actor& actor, const ListOffice&, const BlobSource&)
{
    const bool is_secretary = actor.role == Role::secretary && actor.person &&
                              holds_any_office(state, *actor.person, Role::secretary);
    if (!is_secretary) return refuse(RefusalCode::not_allowed);
    const auto is_mine = [&](const std::optional<BodyId>& body) {
        return holds_office(state, *actor.person, Role::secretary, body);
    };
    OfficeView view;
    view.seq = state.entries;
    for (const auto& [id, body] : state.bodies) {
        if (!is_mine(id)) continue;
        view.bodies.push_back({id, body.kind, body.name, body.parent, count(body.members.size()),
                               body.roster_before.has_value()});
    }
    for (const auto& office : state.offices) {
        if (!is_mine(office.body)) continue;
        view.officers.push_back(
            {office.person, record_of(state.persons, office.person).name, office.role, office.body});
    }
    for (auto entry = state.meetings.rbegin(); entry != state.meetings.rend(); ++entry) {
        const auto& [id, meeting] = *entry;
        if (view.meetings.size() == meetings_listed_max) break;
        if (!is_mine(meeting.body)) continue;
        view.meetings.push_back({id, meeting.body, meeting.title, meeting.kind, meeting_state(state, id)});
    }
    return view;
}

Answer<RosterPage> ask(const State& state, const Actor& actor, const ReadRoster& question,
                       const BlobSource& blobs)
{
    const auto found = state.bodies.find(question.body);
    if (found == state.bodies.end()) return refuse(RefusalCode::no_such_record);
    if (!prepares(state, actor, question.body)) return refuse(RefusalCode::not_allowed);
    RosterPage page;
    page.seq = state.entries;
    if (found->second.members.empty()) return page;
    // The state is ordered by person; the order of the import stands in the blob.
    const auto content = blobs(found->second.roster);
    if (!content) return refuse(RefusalCode::not_readable);
    const auto roster = decode_roster(*content);
    PLENUM_ASSERT(roster.has_value());
    page.total = count(roster->members.size());
    const auto from = std::min<std::size_t>(question.from, page.total);
    const auto size = std::min({std::size_t{question.limit}, page_members_max, page.total - from});
    for (auto index = from; index < from + size; ++index) {
        const auto& member = roster->members[index];
        page.members.push_back({member.person, member.number, member.name, member.group, member.seat,
                                record_of(state.persons, member.person).photo.has_value(),
                                state.code_of.contains({member.person, Role::delegate})});
        const auto why = found->second.suspended.find(member.person);
        if (why != found->second.suspended.end()) page.members.back().suspended = why->second;
    }
    return page;
}

} // namespace plenum::chamber
