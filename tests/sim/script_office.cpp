#include "tests/sim/disorder.hpp"
#include "tests/sim/script.hpp"

// The office: bodies with their rosters and officers, meetings from the notice to the archive, corrections.

namespace plenum::sim {
namespace {

constexpr std::size_t meetings_max = 6;
constexpr std::size_t running_sittings_max = 6;
constexpr std::size_t inner_bodies_max = 3;

bool has_delegations(BodyKind kind)
{
    return kind == BodyKind::congress || kind == BodyKind::town_congress;
}

} // namespace

void Script::prepare_house()
{
    std::size_t meetings = 0;
    for (const auto& [id, meeting] : state().meetings)
        meetings += meeting.phase < chamber::MeetingPhase::closed ? 1 : 0;
    const bool room = state().meetings.size() < meetings_max;
    if (meetings == 0 || (room && meetings < 3 && world_.random.chance(300))) return call_meeting();
    const auto* meeting = any(state().meetings);
    const auto title = "会议" + std::to_string(++titles_);
    std::size_t running = 0;
    for (const auto& [id, sitting] : state().sittings)
        running += sitting.state != SittingState::closed ? 1 : 0;
    if (running >= running_sittings_max) return;
    CreateSitting create{meeting->first, title};
    std::vector<BodyId> inside;
    for (const auto& [id, body] : state().bodies) {
        if (body.parent == meeting->second.body && !body.members.empty()) inside.push_back(id);
    }
    if (!inside.empty() && world_.random.chance(500)) {
        create.body = world_.random.pick(inside);
        create.quorum = Threshold{1, 2, true, Base::all_members};
        give_offices(*create.body);
    }
    say(somebody(Role::secretary, meeting->second.body), create);
}

void Script::call_meeting()
{
    std::vector<BodyId> bodies;
    for (const auto& [id, body] : state().bodies) {
        if (!body.parent && !body.members.empty()) bodies.push_back(id);
    }
    if (bodies.empty()) return;
    const auto body = world_.random.pick(bodies);
    const auto title = "会议" + std::to_string(++titles_);
    CreateMeeting meeting{body,
                          title,
                          14,
                          3,
                          {1, 2, true, Base::all_members},
                          MeetingKind::congress_session,
                          {10'000, 5'000, 2'000, world_.random.chance(300) ? 2u : 0u}};
    if (world_.random.chance(500)) meeting.made_from = "congress_session";
    say(somebody(Role::secretary, body), meeting);
}

/// From the notice to the archive, and its schedule.
void Script::step_meeting(MeetingId id)
{
    const auto& meeting = state().meetings.at(id);
    auto* secretary = somebody(Role::secretary, meeting.body);
    if (meeting.phase == chamber::MeetingPhase::closed) return say(secretary, ArchiveMeeting{id});
    if (meeting.phase > chamber::MeetingPhase::closed) return prepare_house();
    if (world_.random.chance(60)) return say(secretary, CancelMeeting{id, "改期"});
    bool is_over = true;
    for (const auto& [sitting_id, sitting] : state().sittings) {
        if (sitting.meeting != id || sitting.state == SittingState::closed) continue;
        is_over = false;
        // What was never begun, or not gone on with, ends with the meeting.
        const bool idle = sitting.state != SittingState::in_session || world_.random.chance(200);
        if (!idle || !world_.random.chance(200)) continue;
        if (sitting.history.empty() && world_.random.chance(700))
            return say(secretary, CancelSitting{sitting_id, "不再举行"});
        return say(conductor(sitting), CloseSitting{sitting_id});
    }
    const auto roll = world_.random.below(100);
    if (is_over && roll < 60) return say(secretary, CloseMeeting{id});
    if (meeting.phase == chamber::MeetingPhase::draft && roll < 60)
        return say(secretary, NotifyMeeting{id, "书面通知"});
    if (roll < 80) {
        SetSchedule schedule{id, {{world_.now_ms(), 60, "日程" + std::to_string(++titles_), "会场", {}}}};
        if (!meeting.items.empty()) schedule.rows.front().items.push_back(any_item(id));
        return say(secretary, schedule);
    }
    prepare_house();
}

void Script::keep_office()
{
    const auto roll = world_.random.below(100);
    auto* secretary = somebody(Role::secretary, std::nullopt);
    if (roll < 30) return change_roster();
    if (roll < 45) return found_inner_body();
    if (roll < 60 && !state().meetings.empty()) return step_meeting(any(state().meetings)->first);
    if (roll < 66 && !state().persons.empty())
        return say(secretary, RemovePhoto{any(state().persons)->first});
    if (roll < 80) {
        const Bytes photo{0xff, 0xd8, 0xff, static_cast<std::uint8_t>(world_.random.below(256))};
        return say(secretary, SetPhoto{any(state().persons)->first, "image/jpeg", photo});
    }
    say(secretary, CorrectRecord{world_.random.below(state().entries), "原文", "更正", "笔误"});
}

/// A presidium or council made of members of another body, or the delegations of a congress.
void Script::found_inner_body()
{
    const auto& [id, body] = *any(state().bodies);
    auto* secretary = somebody(Role::secretary, std::nullopt);
    if (world_.random.chance(100)) return say(secretary, RemoveBody{id, "误建"});
    if (world_.random.chance(60))
        return say(secretary, RenameBody{id, "机构" + std::to_string(++titles_), "更名"});
    if (body.parent) {
        if (!body.members.empty()) return give_offices(id);
        ImportRoster import{id, {}};
        for (const auto& member : state().bodies.at(*body.parent).members) {
            if (import.members.empty() || world_.random.chance(400)) {
                import.members.push_back({member.number, member.name, member.group, "", member.person});
            }
        }
        return say(secretary, import);
    }
    std::size_t inside = 0;
    for (const auto& [other, inner] : state().bodies)
        inside += inner.parent == id ? 1 : 0;
    if (inside >= inner_bodies_max) return;
    if (has_delegations(body.kind) && world_.random.chance(600)) return say(secretary, FormDelegations{id});
    say(secretary, CreateBody{BodyKind::presidium, "主席团" + std::to_string(++titles_), id});
}

/// Somebody of the body presides over it.
void Script::give_offices(BodyId id)
{
    const auto& members = state().bodies.at(id).members;
    auto* secretary = somebody(Role::secretary, std::nullopt);
    const auto chair = std::ranges::find_if(state().offices, [&](const chamber::Office& office) {
        return office.role == Role::chair && office.body == id;
    });
    if (chair == state().offices.end())
        return say(secretary, AppointOfficer{members.front().person, "", Role::chair, id});
    if (!state().code_of.contains({chair->person, Role::chair}) || somebody(Role::chair, id) == nullptr)
        say(secretary, IssueAccessCodes{std::nullopt, chair->person});
}

/// To the members of a body who have none, or to an officer.
void Script::issue_codes(BodyId id)
{
    auto* secretary = somebody(Role::secretary, std::nullopt);
    const auto& office = world_.random.pick(state().offices);
    if (!state().code_of.contains({office.person, office.role}))
        return say(secretary, IssueAccessCodes{std::nullopt, office.person});
    say(secretary, IssueAccessCodes{id, std::nullopt});
}

/// Some begin and some end. What the house cannot do without is seldom given up: every story needs its
/// tellers.
void Script::change_officers(BodyId id)
{
    auto* secretary = somebody(Role::secretary, id);
    if (world_.random.chance(350)) {
        const auto office = world_.random.pick(state().offices);
        const bool is_needed = office.role == Role::teller || office.role == Role::key_holder;
        if (is_needed && !world_.random.chance(100)) return;
        return say(secretary, DismissOfficer{office.person, office.role, office.body, "工作调动"});
    }
    const auto person = world_.random.chance(500) ? std::optional(any(state().persons)->first) : std::nullopt;
    const auto role =
        world_.random.pick({Role::chair, Role::observer, Role::hall, Role::operator_, Role::secretary});
    // A secretary of the whole chamber, who may succeed the first.
    const auto over = role == Role::secretary ? std::nullopt : std::optional(id);
    say(secretary, AppointOfficer{person, person ? "" : "新任", role, over});
}

/// A member is suspended, and reinstated soon: every story needs its quorum.
void Script::suspend_somebody(BodyId id)
{
    const auto& body = state().bodies.at(id);
    auto* secretary = somebody(Role::secretary, id);
    if (!body.suspended.empty())
        return say(secretary, ReinstateMember{id, body.suspended.begin()->first, "常委会", "不予起诉"});
    if (body.members.empty()) return;
    say(secretary, SuspendMember{id, world_.random.pick(body.members).person, "常委会", "被立案调查"});
}

RuleBook Script::some_rules(BodyKind kind)
{
    RuleBook book;
    book.id = "cn.sim";
    book.version = static_cast<std::uint32_t>(++titles_);
    book.name = {"规则" + std::to_string(titles_), "rules"};
    book.body_kinds = {world_.random.chance(100) ? BodyKind::assembly : kind};
    book.rules = {draw_profile(world_.random, {})};
    return book;
}

/// Some leave, some come, somebody gets another seat; now and then a new officer, new codes, or all of that
/// is taken back.
void Script::change_roster()
{
    const auto& [id, body] = *any(state().bodies);
    auto* secretary = somebody(Role::secretary, id);
    // Whoever presided may have been dismissed.
    if (!body.members.empty() && somebody(Role::chair, id) == nullptr) return give_offices(id);
    if (world_.random.chance(body.suspended.empty() ? 80 : 400)) return suspend_somebody(id);
    if (body.roster_before && world_.random.chance(350)) return say(secretary, UndoRoster{id});
    if (world_.random.chance(250)) return change_officers(id);
    if (world_.random.chance(200)) return issue_codes(id);
    if (world_.random.chance(150)) return say(secretary, AdoptRules{id, some_rules(body.kind), "预备会议"});
    ImportRoster import{id, {}};
    for (const auto& member : body.members) {
        if (world_.random.chance(40)) continue;
        RosterRow row{member.number, member.name, member.group, member.seat, member.person};
        if (world_.random.chance(50)) row.seat = "新座" + std::to_string(++titles_);
        if (world_.random.chance(50)) row.name += "甲";
        import.members.push_back(std::move(row));
    }
    if (world_.random.chance(500)) {
        const auto title = "新" + std::to_string(++titles_);
        import.members.push_back({title, title, "特邀", "", std::nullopt});
    }
    say(secretary, import);
}

} // namespace plenum::sim
