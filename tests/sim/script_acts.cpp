#include "tests/sim/disorder.hpp"
#include "tests/sim/script.hpp"

// One thing at a time that somebody does: who it is, and the course of sittings. The chapters of the rules of
// procedure have files of their own.

namespace plenum::sim {

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

Console* Script::console_of(const Actor& actor)
{
    for (const auto& console : consoles_) {
        if (console->actor() == actor && !console->is_retired()) return console.get();
    }
    return nullptr;
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
    if (state().sittings.size() < 2 || roll < 3) return prepare_house();
    if (roll < 9) return come_and_go();
    if (roll < 21) return work_on_agenda();
    if (roll < 26) return keep_office();
    if (roll < 28) return look_around();
    if (roll < 31) return keep_keys();
    if (roll < 36 && open_boxes()) return;
    if (roll < 34) return keep_desk();
    if (roll < 38) return keep_suggestions();
    if (roll < 41) return keep_petitions();
    if (roll < 50) return work_on_floor();
    advance_a_sitting();
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
    case SittingState::closed: return step_meeting(sitting.meeting);
    }
}

void Script::advance_session(SittingId id, const chamber::Sitting& sitting)
{
    if (sitting.open_vote) return advance_vote(*sitting.open_vote, sitting);
    if (sitting.speaking && world_.random.chance(500)) return step_speech({id, sitting}, *sitting.speaking);
    if (world_.random.chance(30)) return say(conductor(sitting), RecessSitting{id, "茶歇"});
    if (world_.random.chance(12)) return say(conductor(sitting), CloseSitting{id});
    if (world_.random.chance(12)) {
        const auto times =
            world_.random.pick<SpeakingTimes>({{8'000, 4'000, 1'000, 1}, {6'000, 3'000, 0, 0}});
        return say(somebody(Role::secretary, sitting.body), SetSpeakingTimes{id, times});
    }
    if (world_.random.chance(40)) {
        return say(somebody(Role::chair, sitting.body), LendConduct{id, !sitting.conduct_lent});
    }
    if (world_.random.chance(40)) {
        const auto content =
            world_.random.pick({HallContent::automatic, HallContent::vote, HallContent::message});
        const std::string message = content == HallContent::message ? "请各位代表就座" : "";
        const auto* screen = world_.random.pick({"main", "side"});
        return say(somebody(world_.random.pick({Role::chair, Role::operator_}), sitting.body),
                   ShowInHall{id, screen, content, message});
    }
    const bool has_keys = state().meetings.at(sitting.meeting).keys.has_value();
    if (world_.random.chance(has_keys ? 40 : 120)) return keep_keys();
    if (!begin_vote(id, sitting)) prepare_vote(id, sitting);
}

} // namespace plenum::sim
