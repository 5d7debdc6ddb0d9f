#include "tests/sim/simulated_house.hpp"

#include "tests/sim/script.hpp"

namespace plenum::sim {
namespace {

constexpr std::uint64_t second_us = 1'000'000;
constexpr std::uint64_t rest_us_max = 60 * second_us;

/// Everything of one story, wired together.
class SimulatedHouse {
public:
    explicit SimulatedHouse(const StoryOptions& options)
        : world_(options.seed, options.print), network_(world_), witness_(world_, ear_, Server::verifier()),
          server_(world_, network_, witness_, options.mutation),
          script_(world_, network_, ear_, server_, witness_)
    {
        network_.connect_ends(
            {[this] { return server_.is_up(); },
             [this](SessionId session, const std::string& text) { server_.arrived(session, text); },
             [this](SessionId session) { server_.closed(session); },
             [this](std::size_t console, const Message& message) {
                 script_.console(console).delivered(message);
             },
             [this](std::size_t console, bool replaced) { script_.console(console).cut(replaced); }});
    }

    Story play();

private:
    void every(std::uint64_t mean_us, std::function<void()> action);
    void let_things_fail();
    void play_with_clock();
    void run_until(std::uint64_t end_us);
    void fall_quiet();
    void come_to_rest();
    void check_screens() const;

    World world_;
    Ear ear_;
    Network network_;
    Witness witness_;
    Server server_;
    Script script_;
};

/// Again and again while the story is not calm, at drawn intervals.
void SimulatedHouse::every(std::uint64_t mean_us, std::function<void()> action)
{
    if (mean_us == 0) return;
    world_.schedule.after(world_.random.below(2 * mean_us), [this, mean_us, action = std::move(action)] {
        if (world_.calm) return;
        action();
        every(mean_us, action);
    });
}

void SimulatedHouse::let_things_fail()
{
    const auto& faults = world_.faults;
    every(second_us, [this] { server_.plan_trouble(); });
    every(faults.kill_every_us, [this] { server_.kill(false); });
    every(faults.power_every_us, [this] { server_.kill(true); });
    every(faults.cut_every_us, [this] { network_.cut_one(); });
    every(faults.clock_every_us, [this] { play_with_clock(); });
    every(faults.tight_every_us, [this] {
        server_.fill_disk();
        world_.schedule.after(world_.random.below(8 * second_us), [this] { server_.make_room(); });
    });
}

void SimulatedHouse::play_with_clock()
{
    constexpr std::int64_t day_ms = 24 * 60 * 60 * 1'000;
    ++world_.census.clock_jumps;
    world_.clock.run();
    const auto small_ms = static_cast<std::int64_t>(world_.random.below(20'000));
    switch (world_.random.below(5)) {
    case 0: return world_.clock.jump(-day_ms);
    case 1: return world_.clock.jump(day_ms);
    case 2: return world_.clock.jump(-small_ms);
    case 3: return world_.clock.jump(small_ms);
    default: return world_.clock.freeze(world_.schedule);
    }
}

void SimulatedHouse::run_until(std::uint64_t end_us)
{
    while (world_.schedule.now_us() < end_us && world_.schedule.step())
        ++world_.census.steps;
}

/// Until nothing has happened for a while, so that figures collected meanwhile have gone out as well.
void SimulatedHouse::fall_quiet()
{
    for (auto before = ~0ull; before != witness_.record_size();) {
        before = witness_.record_size();
        run_until(world_.schedule.now_us() + 2 * second_us);
    }
}

/// Nothing fails any more: soon everybody must have been told everything, and every vote can be closed.
void SimulatedHouse::come_to_rest()
{
    world_.note("calm");
    world_.calm = true;
    world_.clock.run();
    server_.forget_trouble();
    server_.make_room();
    const auto limit_us = world_.schedule.now_us() + rest_us_max;
    // Whatever was on its way when the faults ended arrives first.
    run_until(world_.schedule.now_us() + 25 * second_us);
    // Votes may be open, and only of those does a screen show what its own member has pressed.
    fall_quiet();
    check_screens();
    while (!script_.unrest().empty()) {
        claim(world_.schedule.now_us() < limit_us,
              [&] { return "the house does not come to rest: " + script_.unrest(); });
        script_.calm_down();
        run_until(world_.schedule.now_us() + second_us);
    }
    fall_quiet();
}

/// Of everybody who is connected and waits for nothing.
void SimulatedHouse::check_screens() const
{
    for (const auto& console : script_.consoles()) {
        if (console->is_set_aside()) continue;
        if (console->unrest().empty()) witness_.check_screen(console->actor(), console->screen());
    }
}

Story SimulatedHouse::play()
{
    Story story;
    try {
        server_.start();
        script_.found();
        world_.faults = draw_faults(world_.random);
        world_.note("faults", 0, describe(world_.faults));
        world_.calm = false;
        let_things_fail();
        every(world_.random.between(20'000, 80'000), [this] { script_.act(); });
        run_until(world_.schedule.now_us() + world_.random.between(25, 75) * second_us);
        come_to_rest();
        server_.check_at_rest();
        check_screens();
    } catch (const Violation& violation) {
        story.violation = violation.what();
        world_.note("VIOLATION", 0, violation.what());
    }
    const auto& recount = witness_.recount();
    auto& census = world_.census;
    census.entries = witness_.record_size();
    census.presses = recount.presses;
    census.votes_decided = recount.decided;
    census.votes_timed_out = recount.timed_out;
    census.votes_voided = recount.voided;
    census.votes_retried = recount.retried;
    census.votes_held = recount.held;
    census.hands_counted = recount.hands_counted;
    census.ballots_counted = recount.ballots_counted;
    census.objections = recount.objections;
    census.speeches = recount.speeches;
    census.recesses = recount.recesses;
    census.removed = recount.removed;
    census.bodies_removed = recount.bodies_removed;
    census.bodies_renamed = recount.bodies_renamed;
    census.dismissed = recount.dismissed;
    census.called_off = recount.called_off;
    census.photos_ended = recount.photos_ended;
    census.consoles_changed = recount.consoles_changed;
    census.rolls_called = recount.rolls_called;
    census.seqs_reused = recount.seqs_reused;
    census.ballot_receipts = recount.ledger.receipts;
    census.spoil_receipts = recount.ledger.spoil_receipts;
    census.ballots_superseded = recount.ledger.superseded;
    census.boxes_sealed = recount.boxes_sealed;
    census.boxes_opened = recount.boxes_opened;
    census.lists_opened = recount.lists_opened;
    census.boxes_shredded = recount.boxes_shredded;
    census.wrong_shares = recount.wrong_shares;
    census.keys_lost = recount.keys_lost;
    census.suspended = recount.suspended;
    census.taken_out = recount.taken_out;
    census.bases_confirmed = recount.bases_confirmed;
    story.trace = world_.trace.hash();
    story.census = census;
    return story;
}

} // namespace

Story play(const StoryOptions& options)
{
    return SimulatedHouse(options).play();
}

} // namespace plenum::sim
