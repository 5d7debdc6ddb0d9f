#include "server/chamber/chapters.hpp"
#include "server/chamber/roster_rows.hpp"

#include <algorithm>

// Who sits in a body: imported, taken back, and split into the delegations of a congress. The roster of a
// delegation that bears the name of a group follows that of its congress.

namespace plenum::chamber {
namespace {

/// A roster about to be adopted: what it says, and who leaves.
struct Adoption {
    RosterAdopted event;
    NewBlob blob;
    std::set<PersonId> removed;
};

Adoption adoption_of(const Members& before, const Roster& roster)
{
    Adoption adoption;
    for (const auto& member : before)
        adoption.removed.insert(member.person);
    std::uint32_t added = 0;
    for (const auto& member : roster.members) {
        if (adoption.removed.erase(member.person) == 0) ++added;
    }
    adoption.blob = new_blob(encode_roster(roster));
    adoption.event = {roster.body, adoption.blob.digest, count(roster.members.size()), added,
                      count(adoption.removed.size())};
    return adoption;
}

/// The members of one group as the roster of its delegation: the same persons, numbers and seats.
Roster roster_of_group(const Roster& congress, BodyId delegation, const std::string& group)
{
    Roster roster{1, delegation, {}};
    std::ranges::copy_if(congress.members, std::back_inserter(roster.members),
                         [&](const Member& member) { return member.group == group; });
    return roster;
}

bool is_delegation_of(const Body& body, BodyId congress)
{
    return body.kind == BodyKind::delegation && body.parent == congress;
}

/// Who leaves the roster while signed in is signed out, so that the history says so.
void sign_out(const State& state, const Adoption& adoption, std::vector<Event>& events)
{
    for (const auto& [id, sitting] : state.sittings) {
        if (sitting.body != adoption.event.body || sitting.state == SittingState::closed) continue;
        for (const auto person : sitting.present) {
            if (adoption.removed.contains(person)) events.emplace_back(SignedOut{id, person});
        }
    }
}

bool votes_now(const State& state, BodyId body)
{
    return std::ranges::any_of(state.sittings, [&](const auto& entry) {
        return entry.second.body == body && entry.second.open_vote.has_value();
    });
}

bool has_group(const Members& members, const std::string& group)
{
    return std::ranges::find(members, group, &Member::group) != members.end();
}

/// The body's own roster first, then those of its delegations that are others now. A delegation whose group
/// is gone is left without members; one that never bore the name of a group has a roster of its own.
std::vector<Adoption> adoptions_of(const State& state, const Roster& roster)
{
    const auto& congress = record_of(state.bodies, roster.body);
    std::vector<Adoption> adoptions;
    adoptions.push_back(adoption_of(congress.members, roster));
    for (const auto& [id, body] : state.bodies) {
        if (!is_delegation_of(body, roster.body)) continue;
        if (!has_group(congress.members, body.name) && !has_group(roster.members, body.name)) continue;
        auto adoption = adoption_of(body.members, roster_of_group(roster, id, body.name));
        if (adoption.event.roster != body.roster) adoptions.push_back(std::move(adoption));
    }
    return adoptions;
}

Decided adopt(const State& state, const Roster& roster)
{
    auto adoptions = adoptions_of(state, roster);
    Decision decision;
    for (const auto& adoption : adoptions) {
        if (votes_now(state, adoption.event.body)) return refuse(RefusalCode::vote_open);
        decision.events.emplace_back(adoption.event);
    }
    for (const auto& adoption : adoptions)
        sign_out(state, adoption, decision.events);
    if (decision.events.size() > events_max) {
        return no(RefusalCode::too_many, "名册移除的人员中已签到者过多，请先闭会",
                  "too many of the members removed are signed in; close the sitting first");
    }
    for (auto& adoption : adoptions)
        decision.blobs.push_back(std::move(adoption.blob));
    return decision;
}

/// A roster that is or was in force.
std::optional<Roster> stored_roster(const Context& context, const Digest& digest)
{
    const auto content = context.blobs ? context.blobs(digest) : std::nullopt;
    if (!content) return std::nullopt;
    auto roster = decode_roster(*content);
    PLENUM_ASSERT(roster.has_value());
    return std::move(*roster);
}

/// Groups of the roster that have no delegation, in the order of the roster.
std::vector<std::string> groups_without_delegation(const State& state, const Roster& roster)
{
    std::set<std::string> known;
    for (const auto& [id, body] : state.bodies) {
        if (is_delegation_of(body, roster.body)) known.insert(body.name);
    }
    std::vector<std::string> groups;
    for (const auto& member : roster.members) {
        const bool is_name = is_line(member.group, name_bytes_max);
        if (is_name && known.insert(member.group).second) groups.push_back(member.group);
    }
    return groups;
}

bool has_delegations(BodyKind kind)
{
    return kind == BodyKind::congress || kind == BodyKind::town_congress ||
           kind == BodyKind::street_deliberation || kind == BodyKind::assembly;
}

} // namespace

Decided decide_command(const State& state, const ImportRoster& command, const Context&)
{
    if (votes_now(state, command.body)) return refuse(RefusalCode::vote_open);
    if (auto refusal = check_row_count(command.members.size())) return *refusal;
    Roster roster{1, command.body, {}};
    roster.members.reserve(command.members.size());
    RowReader reader(state, record_of(state.bodies, command.body));
    for (const auto& row : command.members) {
        auto read = reader.read(row);
        if (!read.errors.empty()) {
            const auto place = std::to_string(roster.members.size() + 1);
            const auto& words = read.errors.front();
            return no(RefusalCode::invalid_roster, "第" + place + "行：" + words.zh,
                      "row " + place + ": " + words.en);
        }
        roster.members.push_back(std::move(read.member));
    }
    return adopt(state, roster);
}

Decided decide_command(const State& state, const UndoRoster& command, const Context& context)
{
    const auto& body = record_of(state.bodies, command.body);
    if (!body.roster_before) {
        return no(RefusalCode::nothing_to_do, "没有可撤销的导入", "there is no import to take back");
    }
    if (votes_now(state, command.body)) return refuse(RefusalCode::vote_open);
    const auto roster = stored_roster(context, *body.roster_before);
    if (!roster) return refuse(RefusalCode::not_readable);
    return adopt(state, *roster);
}

Decided decide_command(const State& state, const FormDelegations& command, const Context& context)
{
    const auto& congress = record_of(state.bodies, command.body);
    if (!has_delegations(congress.kind)) {
        return no(RefusalCode::wrong_state, "该机构不设代表团", "this body has no delegations");
    }
    if (congress.members.empty()) {
        return no(RefusalCode::wrong_state, "尚未导入名册", "the body has no roster yet");
    }
    const auto roster = stored_roster(context, congress.roster);
    if (!roster) return refuse(RefusalCode::not_readable);
    Decision decision;
    for (const auto& group : groups_without_delegation(state, *roster)) {
        // Asked for again, the others follow.
        if (decision.events.size() + 2 > events_max) break;
        const BodyId id{state.entries + decision.events.size()};
        decision.events.emplace_back(BodyCreated{BodyKind::delegation, group, command.body});
        auto adoption = adoption_of({}, roster_of_group(*roster, id, group));
        decision.events.emplace_back(adoption.event);
        decision.blobs.push_back(std::move(adoption.blob));
    }
    if (decision.events.empty()) {
        return no(RefusalCode::nothing_to_do, "每个组都已有代表团", "every group has its delegation");
    }
    return decision;
}

// Putting the roster in force that stood before is what taking an import back means, so it can be done once;
// the same roster again takes nothing away that could be taken back.
void apply_event(State& state, const RosterAdopted& event, const Stamp& stamp)
{
    auto roster = decode_roster(public_blob(stamp, event.roster));
    PLENUM_ASSERT(roster.has_value());
    PLENUM_ASSERT(roster->body == event.body && roster->members.size() == event.members);

    auto& body = record_of(state.bodies, event.body);
    if (body.roster_before == event.roster) {
        body.roster_before.reset();
    } else if (body.roster != Digest{} && body.roster != event.roster) {
        body.roster_before = body.roster;
    }
    body.roster = event.roster;
    body.members = std::move(roster->members);
    std::ranges::sort(body.members, {}, &Member::person);
    for (const auto& member : body.members) {
        state.persons[member.person].name = member.name;
        state.persons_known = std::max(state.persons_known, number(member.person));
    }
}

} // namespace plenum::chamber
