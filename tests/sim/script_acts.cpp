#include "tests/sim/disorder.hpp"
#include "tests/sim/script.hpp"

// One thing at a time that somebody does.

namespace plenum::sim {

template <class Map>
const typename Map::value_type* Script::any(const Map& map)
{
    if (map.empty()) return nullptr;
    auto place = map.begin();
    std::advance(place, static_cast<std::ptrdiff_t>(world_.random.below(map.size())));
    return &*place;
}

/// A console of somebody who holds this office over the body, or over the whole chamber.
Console* Script::somebody(Role role, std::optional<BodyId> body)
{
    std::vector<Console*> found;
    for (const auto& console : consoles_) {
        if (console->actor().role != role || console->is_retired()) continue;
        const bool holds = std::ranges::any_of(state().offices, [&](const chamber::Office& office) {
            return office.person == *console->actor().person && office.role == role &&
                   (!office.body || office.body == body);
        });
        if (holds) found.push_back(console.get());
    }
    return found.empty() ? nullptr : world_.random.pick(found);
}

Console* Script::conductor(const chamber::Sitting& sitting)
{
    if (sitting.conduct_lent && world_.random.chance(500)) return somebody(Role::operator_, sitting.body);
    return somebody(Role::chair, sitting.body);
}

void Script::say(Console* console, const Command& command)
{
    if (console == nullptr) return;
    // Few press the same button again before they are answered.
    if (console->is_waiting_for(method_of(command)) && world_.random.chance(900)) return;
    world_.note("says", console->index(), method_of(command));
    console->ask(command);
}

void Script::act()
{
    const auto& faults = world_.faults;
    const auto roll = world_.random.below(1'000);
    if (roll < faults.malformed_permille) {
        world_.random.pick(consoles_)->babble(draw_babble(world_.random, state().entries));
    } else if (roll < faults.malformed_permille + faults.unlawful_permille) {
        act_somehow();
    } else {
        act_lawfully();
    }
}

void Script::act_somehow()
{
    const auto command = draw_any_command(world_.random, state().entries);
    auto& console = world_.random.pick(consoles_);
    // Most of it would only be refused for want of a right.
    Console* entitled = nullptr;
    for (const auto role : {Role::chair, Role::secretary, Role::operator_, Role::delegate, Role::teller}) {
        if (entitled == nullptr && may(role, right_of(command), false))
            entitled = somebody(role, std::nullopt);
    }
    const bool any_console = entitled == nullptr || world_.random.chance(300);
    (any_console ? console.get() : entitled)->ask(command);
}

void Script::act_lawfully()
{
    const auto roll = world_.random.below(100);
    if (state().sittings.size() < 2 || roll < 4) return prepare_house();
    if (roll < 12) return come_and_go();
    if (roll < 18) return work_on_agenda();
    if (roll < 20) return change_roster();
    if (roll < 25) return look_around();
    advance_a_sitting();
}

void Script::come_and_go()
{
    const auto* sitting = any(state().sittings);
    const auto& members = state().bodies.at(sitting->second.body).members;
    if (members.empty()) return;
    const auto person = world_.random.pick(members).person;
    const bool present = sitting->second.present.contains(person);
    if (world_.random.chance(500)) {
        auto* desk = somebody(world_.random.pick({Role::secretary, Role::operator_}), sitting->second.body);
        if (present) return say(desk, SignOutFor{sitting->first, person});
        return say(desk, SignInFor{sitting->first, person});
    }
    for (const auto& console : consoles_) {
        if (console->actor() != Actor{person, Role::delegate}) continue;
        if (present) return say(console.get(), SignOut{sitting->first});
        return say(console.get(), SignIn{sitting->first});
    }
}

void Script::prepare_house()
{
    const auto* meeting = any(state().meetings);
    const bool fresh = meeting == nullptr || (state().meetings.size() < 4 && world_.random.chance(300));
    const auto& body = *any(state().bodies);
    auto* secretary = somebody(Role::secretary, fresh ? body.first : meeting->second.body);
    const auto title = "会议" + std::to_string(++titles_);
    if (fresh)
        return say(secretary, CreateMeeting{body.first, title, 14, 3, {1, 2, true, Base::all_members}});
    if (state().sittings.size() < 6) return say(secretary, CreateSitting{meeting->first, title});
    say(secretary, AddItem{meeting->first, title});
}

void Script::work_on_agenda()
{
    const auto* sitting = any(state().sittings);
    const auto& meeting = state().meetings.at(sitting->second.meeting);
    auto* secretary = somebody(Role::secretary, sitting->second.body);
    const auto title = "议题" + std::to_string(++titles_);
    if (meeting.items.size() < 3 || world_.random.chance(300)) {
        return say(secretary, AddItem{sitting->second.meeting, title});
    }
    const auto item = world_.random.pick(meeting.items);
    if (world_.random.chance(400)) return say(secretary, EditItem{item, title});
    if (world_.random.chance(150))
        return say(conductor(sitting->second), WithdrawItem{sitting->first, item, "撤回"});
    if (world_.random.chance(150))
        return say(conductor(sitting->second), DeferItem{sitting->first, item, ""});
    say(conductor(sitting->second), ActivateItem{sitting->first, item});
}

/// Some leave, some come, somebody gets another seat; now and then a new officer or new codes.
void Script::change_roster()
{
    const auto& [id, body] = *any(state().bodies);
    auto* secretary = somebody(Role::secretary, id);
    if (world_.random.chance(200)) {
        const auto person =
            world_.random.chance(500) ? std::optional(any(state().persons)->first) : std::nullopt;
        const auto role = world_.random.pick({Role::chair, Role::observer, Role::hall, Role::operator_});
        return say(secretary, AppointOfficer{person, person ? "" : "新任", role, id});
    }
    if (world_.random.chance(200)) return say(secretary, IssueAccessCodes{id, std::nullopt});
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

void Script::look_around()
{
    const auto* sitting = any(state().sittings);
    const auto* vote = any(state().votes);
    const auto role = world_.random.pick({Role::chair, Role::secretary, Role::operator_, Role::observer});
    auto* console = somebody(role, sitting->second.body);
    if (console == nullptr) return;
    if (vote == nullptr || world_.random.chance(500)) {
        return console->ask(ListMembers::method, to_json(ListMembers{sitting->first, 3, 10}));
    }
    console->ask(ListNotPressed::method, to_json(ListNotPressed{vote->first}));
}

void Script::advance_a_sitting()
{
    const auto* chosen = any(state().sittings);
    const auto& [id, sitting] = *chosen;
    switch (sitting.state) {
    case SittingState::draft: return say(somebody(Role::secretary, sitting.body), OpenSignIn{id});
    case SittingState::signing_in: return say(conductor(sitting), OpenSitting{id});
    case SittingState::in_session: return advance_session(id, sitting);
    case SittingState::recess:
        if (world_.random.chance(50)) return say(conductor(sitting), CloseSitting{id});
        return say(conductor(sitting), ResumeSitting{id});
    case SittingState::closed: return prepare_house();
    }
}

void Script::advance_session(SittingId id, const chamber::Sitting& sitting)
{
    if (sitting.open_vote) return advance_vote(*sitting.open_vote, sitting);
    if (world_.random.chance(30)) return say(conductor(sitting), RecessSitting{id, "茶歇"});
    if (world_.random.chance(15)) return say(conductor(sitting), CloseSitting{id});
    if (world_.random.chance(40)) {
        return say(somebody(Role::chair, sitting.body), LendConduct{id, !sitting.conduct_lent});
    }
    if (world_.random.chance(100)) return say(conductor(sitting), AdoptAgenda{id});
    if (sitting.votes.empty()) return prepare_vote(id, sitting);
    const auto vote_id = world_.random.chance(600) ? sitting.votes.back() : world_.random.pick(sitting.votes);
    const auto& vote = state().votes.at(vote_id);
    switch (vote.state) {
    case VoteState::prepared: return say(conductor(sitting), OpenVote{vote_id});
    case VoteState::decided:
        if (world_.random.chance(100))
            return say(conductor(sitting), VoidVote{vote_id, VoidReason::wrong_text, ""});
        return say(conductor(sitting), AnnounceVote{vote_id});
    case VoteState::voided:
        if (!vote.retried_by) return say(conductor(sitting), RetryVote{vote_id});
        break;
    case VoteState::open:
    case VoteState::held:
    case VoteState::closed:
    case VoteState::announced: break;
    }
    prepare_vote(id, sitting);
}

void Script::advance_vote(VoteId id, const chamber::Sitting& sitting)
{
    const auto& vote = state().votes.at(id);
    const bool held = vote.state == VoteState::held;
    const auto roll = world_.random.below(100);
    if (held ? roll < 60 : roll < 5) {
        if (held) return say(conductor(sitting), ResumeVote{id});
        return say(conductor(sitting), HoldVote{id, "暂停"});
    }
    if (roll < 8) {
        const auto reason = world_.random.pick({VoidReason::equipment_failure, VoidReason::lost_quorum,
                                                VoidReason::withdrawn, VoidReason::disorder});
        return say(conductor(sitting), VoidVote{id, reason, "作废"});
    }
    // Patience: most have pressed, or one has waited long enough.
    const bool most = vote.presses.size() * 10 >= vote.electorate.size() * 8;
    if (most || world_.random.chance(15)) say(conductor(sitting), CloseVote{id});
}

void Script::prepare_vote(SittingId id, const chamber::Sitting& sitting)
{
    PrepareVote prepare;
    prepare.sitting = id;
    const auto& items = state().meetings.at(sitting.meeting).items;
    if (!items.empty() && world_.random.chance(600)) prepare.item = world_.random.pick(items);
    prepare.title = "表决" + std::to_string(++titles_);
    prepare.text = "决议草案\n" + prepare.title;
    std::vector<std::string> groups;
    for (const auto& member : state().bodies.at(sitting.body).members) {
        if (!member.group.empty() && std::ranges::count(groups, member.group) == 0)
            groups.push_back(member.group);
    }
    prepare.profile = draw_profile(world_.random, groups);
    if (world_.random.chance(100)) {
        prepare.base_members = 9;
        prepare.base_reason = "核定编制";
    }
    say(somebody(Role::secretary, sitting.body), prepare);
}

} // namespace plenum::sim
