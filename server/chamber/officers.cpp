#include "server/chamber/chapters.hpp"

#include <algorithm>

// Who holds which office: given by name, taken back with a reason. Nobody is dismissed without whom things
// could not go on.

namespace plenum::chamber {
namespace {

bool is_over(const Office& office, BodyId body)
{
    return !office.body || office.body == body;
}

bool is_under_way(SittingState state)
{
    return state == SittingState::in_session || state == SittingState::recess;
}

bool has_counted(const Vote& vote, PersonId teller)
{
    const auto in_a_room = [&](const auto& counted) {
        return std::ranges::any_of(counted, [&](const auto& room) { return room.second.contains(teller); });
    };
    return vote.hands.contains(teller) || in_a_room(vote.paper.ballots) || in_a_room(vote.paper.lists) ||
           in_a_room(vote.paper.sheets);
}

/// Another secretary of the whole chamber, who can sign in, has to be there.
std::optional<Refusal> check_secretary(const State& state, const Office& going)
{
    if (going.body) return std::nullopt;
    const auto remains = [&](const Office& office) {
        return office.role == Role::secretary && !office.body && office.person != going.person;
    };
    if (std::ranges::none_of(state.offices, remains)) {
        return no(RefusalCode::wrong_state, "这是唯一的秘书处人员，请先任命另一位",
                  "this is the only secretary of the whole chamber; appoint another first");
    }
    const auto can_come = [&](const Office& office) {
        return remains(office) && state.code_of.contains({office.person, Role::secretary});
    };
    if (std::ranges::any_of(state.offices, can_come)) return std::nullopt;
    return no(RefusalCode::wrong_state, "其他秘书处人员都没有登录码，请先发放",
              "no other secretary of the whole chamber has an access code; issue one first");
}

/// A sitting under way keeps somebody to preside over it.
std::optional<Refusal> check_chair(const State& state, const Office& going)
{
    for (const auto& entry : state.sittings) {
        const auto& sitting = entry.second;
        if (!is_under_way(sitting.state) || !is_over(going, sitting.body)) continue;
        const auto chairs = std::ranges::count_if(state.offices, [&](const Office& office) {
            return office.role == Role::chair && is_over(office, sitting.body);
        });
        if (chairs > 1) continue;
        return no(RefusalCode::wrong_state, "“" + sitting.title + "”尚未闭会，主持人只此一位，请先任命另一位",
                  sitting.title + " is not over and has no other chair; appoint another first");
    }
    return std::nullopt;
}

/// What a teller found belongs to a vote until it is closed: the others must agree with it.
std::optional<Refusal> check_teller(const State& state, const Office& going)
{
    for (const auto& [id, sitting] : state.sittings) {
        if (!sitting.open_vote || !is_over(going, sitting.body)) continue;
        const auto& vote = record_of(state.votes, *sitting.open_vote);
        if (!has_counted(vote, going.person)) continue;
        return no(RefusalCode::vote_open, "此人已在“" + vote.title + "”中计票，请待该次表决结束",
                  "has counted in " + vote.title + ", which is still open");
    }
    return std::nullopt;
}

/// Without the share of a holder the votes of the meeting may stay undecided.
std::optional<Refusal> check_key_holder(const State& state, const Office& going)
{
    for (const auto& [id, meeting] : state.meetings) {
        if (!meeting.keys || meeting.phase > MeetingPhase::closed || !is_over(going, meeting.body)) continue;
        const auto& holders = meeting.keys->holders;
        if (std::ranges::find(holders, going.person, &KeyHolder::person) == holders.end()) continue;
        return no(RefusalCode::wrong_state, "此人持有“" + meeting.title + "”的密钥，会议归档前不能免去",
                  "holds a key of " + meeting.title + ", which is not archived yet");
    }
    return std::nullopt;
}

/// The office that goes with being admitted to a meeting is taken back at the desk.
std::optional<Refusal> check_observer(const State& state, const Office& going, std::ptrdiff_t held)
{
    if (!going.body || !is_admitted_by_body(state, going.person, *going.body) || held > 1)
        return std::nullopt;
    return no(RefusalCode::wrong_state, "此人是会议的列席或旁听人员，请在签到处取消",
              "was admitted to a meeting; dismiss them at the desk");
}

/// Why this office, which is held so many times, cannot be taken back now, or nothing.
std::optional<Refusal> check_dispensable(const State& state, const Office& going, std::ptrdiff_t held)
{
    switch (going.role) {
    case Role::secretary: return check_secretary(state, going);
    case Role::chair: return check_chair(state, going);
    case Role::teller: return check_teller(state, going);
    case Role::key_holder: return check_key_holder(state, going);
    case Role::observer: return check_observer(state, going, held);
    default: return std::nullopt;
    }
}

} // namespace

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
    const Office asked{*command.person, command.role, command.body};
    if (std::ranges::find(state.offices, asked) != state.offices.end())
        return no(RefusalCode::wrong_state, "此人已任此职", "this person holds this office already");
    return Decision{{OfficerAppointed{*command.person, name, command.role, command.body}}, {}};
}

Decided decide_command(const State& state, const DismissOfficer& command, const Context&)
{
    const Office going{command.person, command.role, command.body};
    const auto held = std::ranges::count(state.offices, going);
    if (held == 0) return no(RefusalCode::wrong_state, "此人并未任此职", "this person holds no such office");
    if (auto refusal = check_dispensable(state, going, held)) return *refusal;
    if (auto refusal = check_reason(command.reason)) return *refusal;
    return Decision{{OfficerDismissed{command.person, command.role, command.body, command.reason}}, {}};
}

void take_office(State& state, const Office& gone)
{
    auto& offices = state.offices;
    const auto found = std::find(offices.rbegin(), offices.rend(), gone);
    PLENUM_ASSERT(found != offices.rend());
    offices.erase(std::next(found).base());
}

void end_code_without_office(State& state, PersonId person, Role role)
{
    const auto code = state.code_of.find({person, role});
    if (holds_any_office(state, person, role) || code == state.code_of.end()) return;
    state.codes.erase(code->second);
    state.code_of.erase(code);
}

void apply_event(State& state, const OfficerAppointed& event, const Stamp&)
{
    PLENUM_ASSERT(number(event.person) <= state.persons_known + 1);
    PLENUM_ASSERT(!event.body || state.bodies.contains(*event.body));
    state.persons[event.person].name = event.name;
    state.persons_known = std::max(state.persons_known, number(event.person));
    state.offices.push_back({event.person, event.role, event.body});
}

// The newest, so that an observer's office that came with being admitted stays last to go.
void apply_event(State& state, const OfficerDismissed& event, const Stamp&)
{
    take_office(state, {event.person, event.role, event.body});
    end_code_without_office(state, event.person, event.role);
}

} // namespace plenum::chamber
