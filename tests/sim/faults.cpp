#include "tests/sim/faults.hpp"

namespace plenum::sim {
namespace {

constexpr std::uint64_t second_us = 1'000'000;

bool on(Random& random)
{
    return random.chance(500);
}

void draw_disk(Faults& faults, Random& random)
{
    if (on(random)) faults.power_cut_ops = random.between(40, 1'500);
    if (on(random)) faults.io_error_ops = random.between(100, 3'000);
    if (on(random)) faults.short_write_ops = random.between(100, 3'000);
    if (on(random)) faults.disk_full_ops = random.between(100, 3'000);
    if (on(random)) faults.torn_permille = random.between(5, 120);
    faults.trouble_in_recovery = on(random);
    if (on(random)) faults.tight_every_us = random.between(5, 20) * second_us;
    if (on(random))
        faults.sync_us_max = random.pick<std::uint64_t>({30'000, 300'000, second_us, 4 * second_us});
    if (on(random)) faults.hand_over_us_max = random.pick<std::uint64_t>({5'000, 100'000});
}

void draw_network(Faults& faults, Random& random)
{
    if (on(random)) faults.latency_us_max = random.pick<std::uint64_t>({50'000, 500'000, 3 * second_us});
    if (on(random)) faults.cut_every_us = random.between(100, 3'000) * 1'000;
    if (on(random)) faults.half_open_us_max = random.pick<std::uint64_t>({second_us, 20 * second_us});
    if (on(random)) faults.duplicate_permille = random.between(10, 300);
    if (on(random)) faults.slow_reader_permille = random.between(50, 500);
    if (on(random)) faults.forget_permille = random.between(50, 500);
    faults.pipelined = on(random);
}

} // namespace

Faults draw_faults(Random& random)
{
    Faults faults;
    draw_disk(faults, random);
    draw_network(faults, random);
    if (on(random)) faults.kill_every_us = random.between(2, 30) * second_us;
    if (on(random)) faults.power_every_us = random.between(2, 30) * second_us;
    if (on(random)) faults.clock_every_us = random.between(1, 15) * second_us;
    if (on(random)) faults.unlawful_permille = random.between(0, 400);
    if (on(random)) faults.malformed_permille = random.between(0, 100);
    return faults;
}

std::string describe(const Faults& faults)
{
    const auto say = [](const char* name, std::uint64_t value) {
        return value == 0 ? std::string() : std::string(name) + '=' + std::to_string(value) + ' ';
    };
    return say("power_cut_ops", faults.power_cut_ops) + say("io_error_ops", faults.io_error_ops) +
           say("short_write_ops", faults.short_write_ops) + say("disk_full_ops", faults.disk_full_ops) +
           say("torn_permille", faults.torn_permille) +
           say("trouble_in_recovery", faults.trouble_in_recovery) +
           say("tight_every_us", faults.tight_every_us) + say("sync_us_max", faults.sync_us_max) +
           say("hand_over_us_max", faults.hand_over_us_max) + say("kill_every_us", faults.kill_every_us) +
           say("power_every_us", faults.power_every_us) + say("latency_us_max", faults.latency_us_max) +
           say("cut_every_us", faults.cut_every_us) + say("half_open_us_max", faults.half_open_us_max) +
           say("duplicate_permille", faults.duplicate_permille) +
           say("slow_reader_permille", faults.slow_reader_permille) +
           say("forget_permille", faults.forget_permille) + say("pipelined", faults.pipelined) +
           say("clock_every_us", faults.clock_every_us) + say("unlawful_permille", faults.unlawful_permille) +
           say("malformed_permille", faults.malformed_permille);
}

} // namespace plenum::sim
