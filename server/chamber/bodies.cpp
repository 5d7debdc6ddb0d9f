#include "server/chamber/chapters.hpp"

#include <algorithm>

// Chapter one: the bodies, who sits in them, and who holds which office. Access codes have a file of their
// own.

namespace plenum::chamber {
namespace {

Refusal bad_row(std::size_t index, const std::string& zh, const std::string& en)
{
    const auto row = std::to_string(index + 1);
    return no(RefusalCode::invalid_roster, "第" + row + "行：" + zh, "row " + row + ": " + en);
}

/// Turns the rows of one import into members: checks each row, recognises who is known, numbers who is new.
class RowReader {
public:
    RowReader(const State& state, const Body& body) : state_(state), next_person_(state.persons_known + 1)
    {
        for (const auto& member : body.members)
            known_.emplace(member.number, member.person);
    }

    boost::system::result<Member, Refusal> read(const RosterRow& row, std::size_t index)
    {
        if (auto refusal = check_texts(row, index)) return *refusal;
        if (!numbers_.insert(row.number).second)
            return bad_row(index, "证号重复", "this number is used twice");
        if (!row.seat.empty() && !seats_.insert(row.seat).second) {
            return bad_row(index, "座席重复", "this seat is used twice");
        }
        if (row.person && !state_.persons.contains(*row.person)) {
            return bad_row(index, "没有此人", "there is no such person");
        }
        const auto person = person_of(row);
        if (!persons_.insert(person).second) {
            return bad_row(index, "同一人出现两次", "this person is in the list twice");
        }
        return Member{person, row.number, row.name, row.group, row.seat};
    }

private:
    static std::optional<Refusal> check_texts(const RosterRow& row, std::size_t index)
    {
        if (!is_line(row.number, name_bytes_max)) {
            return bad_row(index, "证号为空或不合格式", "the number is empty or not one short line");
        }
        if (!is_line(row.name, name_bytes_max)) {
            return bad_row(index, "姓名为空或不合格式", "the name is empty or not one short line");
        }
        if (!is_line_or_empty(row.group, name_bytes_max)) {
            return bad_row(index, "代表团名称不合格式", "the group is not one short line");
        }
        if (!is_line_or_empty(row.seat, name_bytes_max)) {
            return bad_row(index, "座席不合格式", "the seat is not one short line");
        }
        return std::nullopt;
    }

    PersonId person_of(const RosterRow& row)
    {
        if (row.person) return *row.person;
        const auto found = known_.find(row.number);
        return found == known_.end() ? PersonId{next_person_++} : found->second;
    }

    const State& state_;
    std::uint64_t next_person_;
    std::map<std::string, PersonId> known_; ///< by number, in the roster now in force
    std::set<std::string> numbers_;
    std::set<std::string> seats_;
    std::set<PersonId> persons_;
};

std::optional<Refusal> check_import(const State& state, const ImportRoster& command)
{
    for (const auto& [id, sitting] : state.sittings) {
        if (sitting.body == command.body && sitting.open_vote) return refuse(RefusalCode::vote_open);
    }
    if (command.members.empty()) return no(RefusalCode::invalid_roster, "没有任何行", "there are no rows");
    if (command.members.size() > roster_members_max) {
        const auto limit = std::to_string(roster_members_max);
        return no(RefusalCode::too_many, "名册最多" + limit + "人", "at most " + limit + " members");
    }
    return std::nullopt;
}

/// Who leaves the roster while signed in is signed out, so that the history says so.
std::vector<Event> sign_outs(const State& state, BodyId body, const std::set<PersonId>& removed)
{
    std::vector<Event> events;
    for (const auto& [id, sitting] : state.sittings) {
        if (sitting.body != body || sitting.state == SittingState::closed) continue;
        for (const auto person : sitting.present) {
            if (removed.contains(person)) events.emplace_back(SignedOut{id, person});
        }
    }
    return events;
}

} // namespace

Decided decide_command(const State&, const CreateBody& command, const Context&)
{
    if (!is_line(command.name, name_bytes_max)) return refuse(RefusalCode::invalid_text);
    return Decision{{BodyCreated{command.body_kind, command.name}}, {}};
}

Decided decide_command(const State& state, const ImportRoster& command, const Context&)
{
    if (auto refusal = check_import(state, command)) return *refusal;
    const auto& body = record_of(state.bodies, command.body);

    Roster roster{1, command.body, {}};
    roster.members.reserve(command.members.size());
    RowReader reader(state, body);
    std::set<PersonId> removed;
    for (const auto& member : body.members)
        removed.insert(member.person);
    std::uint32_t added = 0;
    for (std::size_t index = 0; index < command.members.size(); ++index) {
        auto member = reader.read(command.members[index], index);
        if (!member) return member.error();
        if (removed.erase(member->person) == 0) ++added;
        roster.members.push_back(std::move(*member));
    }

    auto content = encode_roster(roster);
    const auto digest = sha256(content);
    Decision decision;
    decision.events.emplace_back(
        RosterAdopted{command.body, digest, count(roster.members.size()), added, count(removed.size())});
    std::ranges::move(sign_outs(state, command.body, removed), std::back_inserter(decision.events));
    if (decision.events.size() > events_max) {
        return no(RefusalCode::too_many, "名册移除的人员中已签到者过多，请先闭会",
                  "too many of the members removed are signed in; close the sitting first");
    }
    decision.blobs.push_back({digest, std::move(content), false});
    return decision;
}

Decided decide_command(const State& state, const AppointOfficer& command, const Context&)
{
    if (command.role == Role::delegate) {
        return no(RefusalCode::wrong_state, "代表由名册产生，不能任命", "delegates come from the roster");
    }
    if (!command.person) {
        if (!is_line(command.name, name_bytes_max)) return refuse(RefusalCode::invalid_text);
        const PersonId person{state.persons_known + 1};
        return Decision{{OfficerAppointed{person, command.name, command.role, command.body}}, {}};
    }

    const auto found = state.persons.find(*command.person);
    if (found == state.persons.end()) return refuse(RefusalCode::no_such_record);
    const auto& name = found->second.name;
    if (!command.name.empty() && command.name != name) {
        return no(RefusalCode::invalid_text, "姓名与记录不一致", "the name differs from the record");
    }
    const bool held = std::ranges::any_of(state.offices, [&](const Office& office) {
        return office.person == *command.person && office.role == command.role && office.body == command.body;
    });
    if (held) return no(RefusalCode::wrong_state, "此人已任此职", "this person holds this office already");
    return Decision{{OfficerAppointed{*command.person, name, command.role, command.body}}, {}};
}

void apply_event(State& state, const BodyCreated& event, const Stamp& stamp)
{
    create_record(state.bodies, stamp, {event.body_kind, event.name, {}, {}});
}

void apply_event(State& state, const RosterAdopted& event, const Stamp& stamp)
{
    auto roster = decode_roster(public_blob(stamp, event.roster));
    PLENUM_ASSERT(roster.has_value());
    PLENUM_ASSERT(roster->body == event.body && roster->members.size() == event.members);

    auto& body = record_of(state.bodies, event.body);
    body.roster = event.roster;
    body.members = std::move(roster->members);
    std::ranges::sort(body.members, {}, &Member::person);
    for (const auto& member : body.members) {
        state.persons[member.person].name = member.name;
        state.persons_known = std::max(state.persons_known, number(member.person));
    }
}

void apply_event(State& state, const OfficerAppointed& event, const Stamp&)
{
    PLENUM_ASSERT(number(event.person) <= state.persons_known + 1);
    PLENUM_ASSERT(!event.body || state.bodies.contains(*event.body));
    state.persons[event.person].name = event.name;
    state.persons_known = std::max(state.persons_known, number(event.person));
    state.offices.push_back({event.person, event.role, event.body});
}

} // namespace plenum::chamber
