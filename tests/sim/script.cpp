#include "tests/sim/script.hpp"

#include "tests/sim/disorder.hpp"

// Who there is, what they do by themselves when their console shows something, and how a story ends. What
// officers and others do next is in script_acts.cpp.

namespace plenum::sim {
namespace {

constexpr const char* groups[] = {"第一代表团", "第二代表团", "特邀"};

RosterRow row_of(const std::string& number, std::size_t at)
{
    return {number, "代表" + number, groups[at % std::size(groups)], "座" + number, std::nullopt};
}

} // namespace

Script::Script(World& world, Network& network, Ear& ear, Server& server, Witness& witness)
    : world_(world), network_(network), ear_(ear), server_(server), witness_(witness)
{}

/// Until everything decided is durable.
void Script::settle()
{
    while (!server_.is_idle())
        world_.schedule.step();
}

BodyId Script::found_body(std::size_t number, std::size_t members, const std::vector<PersonId>& already)
{
    const auto kind = number != 0 ? BodyKind::town_congress
                                  : world_.random.pick({BodyKind::standing_committee, BodyKind::congress});
    const BodyId body{server_.act(CreateBody{kind, "机构" + std::to_string(number)}).receipt.seq};
    ImportRoster import{body, {}};
    for (std::size_t at = 0; at < members; ++at) {
        auto row = row_of(std::to_string(number) + "-" + std::to_string(at), at);
        // Some sit in two bodies.
        if (at < already.size() && at < 4) row.person = already[at];
        import.members.push_back(std::move(row));
    }
    server_.act(import);
    settle();
    return body;
}

void Script::appoint(Role role, std::optional<BodyId> body, std::optional<PersonId> person)
{
    AppointOfficer appointment{person, {}, role, body};
    if (!person) appointment.name = "官员" + std::to_string(++titles_);
    server_.act(appointment);
    settle();
    if (!person) person = PersonId{state().persons_known};
    take_codes(server_.act(IssueAccessCodes{std::nullopt, person}).codes);
    settle();
}

void Script::found()
{
    const auto bodies = world_.random.pick<std::size_t>({1, 1, 2, 3});
    const auto members = world_.random.between(12, 40) / bodies;
    std::vector<PersonId> already;
    std::vector<BodyId> all;
    for (std::size_t number = 0; number < bodies; ++number) {
        const auto body =
            found_body(number, static_cast<std::size_t>(std::max<std::uint64_t>(members, 5)), already);
        for (const auto& member : state().bodies.at(body).members)
            already.push_back(member.person);
        if (number == 0) take_codes(server_.act(IssueAccessCodes{body, std::nullopt}).codes);
        settle();
        all.push_back(body);
    }
    appoint(Role::secretary, std::nullopt, std::nullopt);
    appoint(Role::operator_, std::nullopt, std::nullopt);
    for (const auto body : all) {
        const auto& first = state().bodies.at(body).members.front();
        appoint(Role::chair, body, world_.random.chance(500) ? std::optional(first.person) : std::nullopt);
        if (body == all.front()) continue;
        // The codes of the other bodies come last, so that members of two bodies have theirs already.
        take_codes(server_.act(IssueAccessCodes{body, std::nullopt}).codes);
        settle();
    }
    appoint(Role::hall, all.front(), std::nullopt);
    appoint(Role::observer, std::nullopt, std::nullopt);
    for (auto tellers = world_.random.between(2, 3); tellers > 0; --tellers)
        appoint(Role::teller, std::nullopt, std::nullopt);
    for (auto holders = 3; holders > 0; --holders)
        appoint(Role::key_holder, std::nullopt, std::nullopt);
    if (world_.random.chance(300)) appoint(Role::auditor, std::nullopt, std::nullopt);
    if (world_.random.chance(300)) appoint(Role::secretary, all.back(), std::nullopt);
    for (std::size_t at = consoles_.size() / 10; at > 0; --at) {
        const auto& twin = world_.random.pick(consoles_);
        add_console(twin->actor(), twin->code());
    }
    add_console({PersonId{1}, Role::delegate}, "0000-0000-0000-0000");
}

void Script::add_console(const Actor& actor, const std::string& code)
{
    const auto index = consoles_.size();
    auto console = std::make_unique<Console>(world_, network_, ear_, index, actor, code);
    console->listen({[this](Console& shown) { react(shown); },
                     [this](Console&, const IssuedCodes& issued) { take_codes(issued.codes); },
                     [this](Console& shown, const Request& asked, const boost::json::value& answer) {
                         ballot_answered(shown, asked, answer);
                     }});
    consoles_.push_back(std::move(console));
    world_.schedule.after(world_.random.below(500'000), [this, index] { consoles_[index]->connect(); });
}

void Script::take_codes(const std::vector<IssuedCode>& codes)
{
    for (const auto& issued : codes) {
        const Actor actor{issued.person, issued.role};
        witness_.code_issued(issued.code, actor);
        bool known = false;
        for (const auto& console : consoles_) {
            if (console->actor() != actor) continue;
            known = true;
            console->use_code(issued.code);
        }
        if (!known) add_console(actor, issued.code);
    }
}

/// What a member does on seeing the screen: signs in when that is possible, presses when a vote is open.
void Script::react(Console& console)
{
    if (world_.calm) return;
    if (console.actor().role == Role::key_holder) return react_as_holder(console);
    if (console.actor().role != Role::delegate) return;
    const auto& screen = console.screen();
    const auto present = [&](SittingId sitting) {
        return std::ranges::count(screen.me.present_in, sitting) != 0;
    };
    for (const auto& [id, sitting] : screen.sittings) {
        const bool possible =
            sitting.state == SittingState::signing_in || sitting.state == SittingState::in_session;
        if (!possible || present(id) ||
            !intentions_.insert({console.index(), number(id), VoteMethod::console}).second)
            continue;
        if (!world_.random.chance(900)) continue;
        world_.schedule.after(
            world_.random.below(2'500'000),
            [this, index = console.index(), sitting_id = id] { consoles_[index]->ask(SignIn{sitting_id}); });
    }
    react_secretly(console);
    for (const auto& [id, vote] : screen.votes) {
        if (vote.state == VoteState::open && present(vote.sitting)) react_to_vote(console, id, vote);
    }
}

/// Presses where one presses, and now and then objects where silence is to decide.
void Script::react_to_vote(Console& console, VoteId id, const VoteView& vote)
{
    if (std::ranges::count(console.screen().me.by_hands, id) != 0) return;
    if (!intentions_.insert({console.index(), number(id), vote.vote_method}).second) return;
    if (vote.vote_method == VoteMethod::no_objection) {
        if (!world_.random.chance(20)) return;
        world_.schedule.after(world_.random.below(1'500'000), [this, index = console.index(), id] {
            consoles_[index]->ask(ObjectToVote{id});
        });
        return;
    }
    for (const std::uint64_t permille : {880, 150}) {
        if (!world_.random.chance(permille)) continue;
        if (vote.secret)
            press_secretly(console.index(), id);
        else
            press(console.index(), id);
    }
}

void Script::press(std::size_t index, VoteId vote)
{
    const auto wait_us = world_.random.below(world_.random.chance(800) ? 1'500'000 : 8'000'000);
    world_.schedule.after(wait_us, [this, index, vote] {
        const auto choice =
            world_.random.pick({Choice::approve, Choice::approve, Choice::oppose, Choice::abstain});
        consoles_[index]->ask(CastVote{vote, choice});
        if (!world_.random.chance(world_.faults.duplicate_permille) || world_.calm) return;
        for (const auto& twin : consoles_) {
            if (twin->actor() == consoles_[index]->actor()) twin->echo(*consoles_[index]);
        }
    });
}

void Script::calm_down()
{
    if (!server_.is_up()) return;
    std::set<PersonId> shut_out;
    for (const auto& console : consoles_) {
        if (console->is_retired() && state().persons.contains(*console->actor().person)) {
            shut_out.insert(*console->actor().person);
        }
    }
    // Nobody may have seen the code of the chair or a teller who is left, and votes do not end without them.
    for (const auto& office : state().offices) {
        const bool is_needed = office.role == Role::chair || office.role == Role::teller;
        if (is_needed && console_of({office.person, office.role}) == nullptr) shut_out.insert(office.person);
    }
    for (const auto person : shut_out) {
        const auto issued = server_.try_to_act(IssueAccessCodes{std::nullopt, person});
        if (issued) take_codes(issued->codes);
    }
    for (const auto& [id, sitting] : state().sittings) {
        if (sitting.open_vote) end_vote(*sitting.open_vote);
    }
}

std::string Script::unrest() const
{
    std::string words;
    if (!server_.is_idle()) words += "the server is not idle; ";
    for (const auto& [id, sitting] : state().sittings) {
        if (sitting.open_vote) words += "vote " + std::to_string(number(*sitting.open_vote)) + " is open; ";
    }
    for (const auto& console : consoles_) {
        // Whoever has left the rosters and holds no office gets no new code.
        if (!console->is_retired() || witness_.has_place(console->actor())) words += console->unrest();
    }
    return words;
}

} // namespace plenum::sim
