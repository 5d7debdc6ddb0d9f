// Press → durable receipt through the whole product: a server process of its own, one real WebSocket for each
// console, all pressing at the same moment; the server on one processor, the consoles on another. In the same
// run the same consoles ask something that the clerk refuses without the journal; the difference is what
// deciding, hashing, signing and the disk add. `server_cpu_us` is what the server's processor spent a press.

#include "bench/assembly.hpp"
#include "bench/harness.hpp"

#include <sodium.h>

#include <unistd.h>

namespace plenum::bench {
namespace {

void need_done(const std::vector<replay::Reply>& replies)
{
    for (const auto& reply : replies) {
        if (reply.is_done()) continue;
        std::cerr << "bench_press: " << reply.words() << '\n';
        std::exit(1);
    }
}

/// A hall in session.
struct Session {
    replay::ConsoleId secretary{};
    replay::ConsoleId chair{};
    std::vector<replay::ConsoleId> members;
    SittingId sitting{};
};

Session enter(replay::Stage& stage, replay::Hall& hall, std::size_t members)
{
    Session session;
    session.secretary = need(hall.enter({need(stage.code(Role::secretary))})).front();
    const auto operators = need(hall.enter({need(stage.code(Role::operator_))}));
    const auto convened = need(replay::convene(hall, session.secretary, assembly_of(members)));
    session.sitting = convened.sitting;
    session.chair = need(hall.enter({convened.chair_code}, true)).front();
    session.members = need(hall.enter(convened.member_codes));
    need(hall.act(operators.front(), OpenSignIn{session.sitting}));
    std::vector<replay::Ask> asks;
    for (const auto console : session.members)
        asks.push_back({console, SignIn{session.sitting}, {}});
    need_done(hall.ask_all(asks));
    need(hall.act(session.chair, OpenSitting{session.sitting}));
    return session;
}

/// What the presses of one measurement cost.
struct Presses {
    Samples each; ///< press to receipt, by console
    Samples last; ///< until the last receipt of a round
    Samples cpu;  ///< of the server, a press
};

void press_all(replay::Hall& hall, const Session& session, pid_t server, Presses& presses)
{
    PrepareVote prepare{session.sitting, {}, "决议草案", "全文", motion_rule(), {}, {}};
    const VoteId vote{need(hall.act(session.secretary, prepare)).seq};
    need(hall.act(session.chair, OpenVote{vote}));
    std::vector<replay::Ask> asks;
    for (const auto console : session.members)
        asks.push_back({console, CastVote{vote, Choice::approve}, {}});
    const auto cpu_before = cpu_us_of(server);
    const auto begin = now_us();
    const auto replies = hall.ask_all(asks);
    presses.last.add(now_us() - begin);
    presses.cpu.add((cpu_us_of(server) - cpu_before) / static_cast<double>(asks.size()));
    need_done(replies);
    for (const auto& reply : replies)
        presses.each.add(static_cast<double>(reply.took.count()));
    need(hall.act(session.chair, CloseVote{vote}));
    const auto decided = need(hall.wait_for(session.chair, vote, VoteState::decided));
    if (!decided.result || decided.result->tally.approve != session.members.size()) {
        std::cerr << "bench_press: the count is wrong\n";
        std::exit(1);
    }
}

/// A request the clerk refuses at once: the way there and back without the journal.
void ask_floor(replay::Hall& hall, const Session& session, Samples& floor)
{
    std::vector<replay::Ask> asks;
    for (const auto console : session.members)
        asks.push_back({console, OpenSitting{session.sitting}, {}});
    for (const auto& reply : hall.ask_all(asks))
        floor.add(static_cast<double>(reply.took.count()));
}

void measure(std::size_t members, std::size_t rounds)
{
    auto stage = need(replay::Stage::make({.origin = "bench", .folder = {}, .pages = {}, .port = 0}));
    need(stage.serve());
    replay::Hall hall(stage.endpoint());
    const bool pinned = pin(stage.server_pid(), 0) && pin(getpid(), 1);
    const auto session = enter(stage, hall, members);
    Presses presses;
    Samples floor;
    for (std::size_t round = 0; round < rounds; ++round) {
        press_all(hall, session, stage.server_pid(), presses);
        ask_floor(hall, session, floor);
    }
    Row("press", "press to durable receipt, " + std::to_string(members) + " consoles at once")
        .set(presses.each)
        .set("last_receipt_p50_us", presses.last.quantile(0.5))
        .set("server_cpu_us", presses.cpu.quantile(0.5))
        .set("pinned", pinned ? "yes" : "no")
        .set("without_journal_p50_us", floor.quantile(0.5))
        .set("without_journal_p99_us", floor.quantile(0.99))
        .set("ratio_p50", presses.each.quantile(0.5) / floor.quantile(0.5))
        .print();
}

} // namespace
} // namespace plenum::bench

int main(int argc, char** argv)
{
    if (sodium_init() < 0) return 1;
    const bool smoke = plenum::bench::is_smoke(argc, argv);
    for (const std::size_t members : {20, 352, 3000}) {
        if (smoke && members > 20) break;
        plenum::bench::measure(members, smoke ? 1 : 10);
    }
    return 0;
}
