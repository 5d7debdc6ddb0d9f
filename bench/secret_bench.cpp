// A secret vote through the whole product: a server process, one real WebSocket for each console, three key
// holders' programs, the auditor's program. Three questions. How long from a press to its durable receipt,
// the check of the proof in it, when everybody presses at the same moment and within one second: against what
// nobody can do without, the same ballots checked in batches by all processors and one durable write. How
// long from closing to the totals, and with whom the time goes. What an audit of the whole record costs
// against checking its ballots alone. Ballots are made before the clock starts: each console makes its own.

#include "bench/assembly.hpp"
#include "bench/ballots.hpp"
#include "bench/harness.hpp"
#include "clients/demo/key_agents.hpp"
#include "clients/demo/voters.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <optional>

namespace plenum::bench {
namespace {

constexpr auto patience = std::chrono::minutes(5);
constexpr std::size_t audit_batch = 1'000;

RuleProfile secret_rule()
{
    auto profile = motion_rule();
    profile.secrecy = Secrecy::secret;
    return profile;
}

double wall_us(const std::function<void()>& work)
{
    const auto begin = now_us();
    work();
    return now_us() - begin;
}

/// Ballots of a vote like the one held, for what is compared with it.
class Yardstick {
public:
    explicit Yardstick(std::size_t ballots) : count_(ballots)
    {
        terms_ = terms_for(ballot::motion_shape, randomness_);
        const Bytes approve{1};
        for (std::uint32_t seq = 0; seq < std::min<std::size_t>(ballots, 50); ++seq) {
            const auto key = ballot::random_scalar(randomness_);
            auto made = ballot::make_ballot(terms_, ballot::choice_of(terms_.shape.kind, approve), key, seq,
                                            randomness_);
            must(made.has_value(), "a ballot was not made");
            made_.push_back(std::move(made->bytes));
        }
    }

    /// Checks as many ballots as there are consoles in large batches, on so many threads.
    double check_us(unsigned threads) const
    {
        const auto check = [&](std::size_t from, std::size_t to) {
            SystemRandomness randomness;
            for (auto at = from; at < to; at += audit_batch) {
                const auto batch = batch_of(made_, std::min(audit_batch, to - at));
                for (const auto& result : ballot::verify_ballots(batch, terms_, randomness))
                    must(result.has_value(), "an honest ballot was refused");
            }
        };
        return wall_us([&] {
            std::vector<std::thread> others;
            for (unsigned part = 1; part < threads; ++part)
                others.emplace_back(check, count_ * part / threads, count_ * (part + 1) / threads);
            check(0, count_ / threads);
            for (auto& other : others)
                other.join();
        });
    }

    /// One durable write of all of them.
    double write_us(const std::string& path) const
    {
        Bytes all;
        for (const auto ballot : batch_of(made_, count_))
            all.insert(all.end(), ballot.begin(), ballot.end());
        const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
        must(file >= 0, "no file for the durable write");
        const auto took = wall_us([&] {
            const auto written = write(file, all.data(), all.size());
            must(written == static_cast<ssize_t>(all.size()) && fdatasync(file) == 0, "the write failed");
        });
        close(file);
        return took;
    }

private:
    mutable SystemRandomness randomness_;
    std::size_t count_;
    ballot::BallotTerms terms_;
    std::vector<Bytes> made_;
};

/// What the ways of pressing cost.
struct Presses {
    Samples each;     ///< press to receipt, by console
    Samples last;     ///< until the last receipt of a round
    Samples cpu;      ///< of the server, a press
    Samples server;   ///< processors the server kept busy
    Samples consoles; ///< the same of all consoles together
    Samples limit;    ///< in the same round, what cannot be done without
};

/// From closing to the totals.
struct Opening {
    Samples sealed;    ///< closed to sealed and durable
    Samples confirmed; ///< until every console has looked in the box and signed
    Samples consoles;  ///< what of it the consoles computed, which in a hall are as many devices
    Samples totals;    ///< until enough key holders have given shares, and the figures are shown
    Samples share;     ///< of it, until the first of them was seen to have
    Samples whole;
    Samples checks; ///< in the same round, one key holder's check of all ballots by itself, on one processor
};

class House {
public:
    House(std::size_t members, unsigned checkers)
        : stage_(need(replay::Stage::make(
              {.origin = "bench", .folder = {}, .pages = {}, .port = 0, .checkers = checkers}))),
          yardstick_(members)
    {
        need(stage_.serve());
        meeting_.emplace(stage_.endpoint());
        need(demo::call_together(*meeting_, stage_, assembly_of(members)));
        agents_.emplace(need(demo::KeyAgents::begin(*meeting_, stage_)));
        chair_ = need(hall().enter({meeting_->convened.chair_code}, true)).front();
        need(demo::take_seats(*meeting_, std::nullopt));
        voters_.emplace(*meeting_);
        need(hall().act(meeting_->secretary, OpenSignIn{sitting()}));
        std::vector<replay::Ask> asks;
        for (const auto console : meeting_->members)
            asks.push_back({console, SignIn{sitting()}, {}});
        need(hall().act_all(asks));
        need(voters_->make_keys(meeting_->members, sitting()));
        need(hall().act(chair_, OpenSitting{sitting()}));
    }

    /// A whole vote, whose ballots come over this time.
    void hold(std::chrono::microseconds over, Presses& presses, Opening& opening)
    {
        // Of the same question asked again a key holder's program opens no second total by itself.
        const auto number = std::to_string(votes_ + 1);
        const LocalText title{"决议草案" + number, "draft " + number};
        const auto vote = need(demo::prepare_vote(*meeting_, sitting(), std::nullopt, title, secret_rule()));
        need(hall().act(chair_, CallRoll{vote, {}}));
        const auto called = in_phase(vote, SecretPhase::called);
        must(voters_->acknowledge(called) == meeting_->members.size(), "not everybody is on the list");
        need(hall().act(chair_, OpenVote{vote}));
        press(in_phase(vote, SecretPhase::open), over, presses);
        open_box(vote, opening);
        need(hall().act(chair_, AnnounceVote{vote}));
        ++votes_;
    }

    /// Exports the record and lets the auditor's program verify it, so many times.
    void audit(std::size_t rounds)
    {
        agents_.reset();
        need(stage_.stop());
        const auto bundle = stage_.folder() + "/bundle.plenum";
        need(stage_.run("plenum", {"export", "--data", stage_.data(), "--out", bundle, "--auditor"}));
        Samples wall;
        Samples cpu;
        Samples alone;
        for (std::size_t round = 0; round < rounds; ++round) {
            const auto before = cpu_us_of_children();
            wall.add(wall_us([&] { need(stage_.run("plenum-audit", {"verify", bundle})); }));
            cpu.add(cpu_us_of_children() - before);
            const auto own_before = cpu_us_of(getpid());
            static_cast<void>(yardstick_.check_us(1));
            alone.add((cpu_us_of(getpid()) - own_before) * static_cast<double>(votes_));
        }
        Row("secret", "audit of a record with " + std::to_string(votes_) + " votes of " + size())
            .set(wall)
            .set("cpu_p50_us", cpu.quantile(0.5))
            .set("limit_p50_us", alone.quantile(0.5))
            .set("ratio_p50", cpu.quantile(0.5) / alone.quantile(0.5))
            .print();
    }

    std::string size() const { return std::to_string(meeting_->members.size()); }

private:
    replay::Hall& hall() { return meeting_->hall; }
    SittingId sitting() const { return meeting_->convened.sitting; }

    /// Of the programs that have been run to their end.
    static double cpu_us_of_children()
    {
        rusage used{};
        getrusage(RUSAGE_CHILDREN, &used);
        const auto us = [](const timeval& time) {
            return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
        };
        return us(used.ru_utime) + us(used.ru_stime);
    }

    /// The vote as soon as the chair is shown one that `fits`.
    VoteView shown(VoteId vote, const std::function<bool(const VoteView&)>& fits, std::string_view what)
    {
        VoteView view;
        const bool came = hall().wait_until(
            chair_,
            [&](const replay::Shown& all) {
                const auto found = all.votes.find(vote);
                if (found == all.votes.end() || !fits(found->second)) return false;
                view = found->second;
                return true;
            },
            patience);
        must(came, what);
        return view;
    }

    VoteView in_phase(VoteId vote, SecretPhase phase)
    {
        const auto fits = [&](const VoteView& view) { return view.secret && view.secret->phase == phase; };
        return shown(vote, fits, codec::enum_name(phase));
    }

    void press(const VoteView& vote, std::chrono::microseconds over, Presses& presses)
    {
        const std::vector<Choice> choices(meeting_->members.size(), Choice::approve);
        const auto ballots = need(voters_->make_ballots(vote, meeting_->members, choices));
        const auto server_before = cpu_us_of(stage_.server_pid());
        const auto own_before = cpu_us_of(getpid());
        std::vector<replay::Reply> receipts;
        const auto took = wall_us([&] { receipts = hall().question_all(ballots, over); });
        const auto server = cpu_us_of(stage_.server_pid()) - server_before;
        const auto own = cpu_us_of(getpid()) - own_before;
        need(voters_->take_receipts(vote, meeting_->members, receipts));
        for (const auto& receipt : receipts)
            presses.each.add(static_cast<double>(receipt.took.count()));
        presses.last.add(took);
        presses.cpu.add(server / static_cast<double>(receipts.size()));
        presses.server.add(server / took);
        presses.consoles.add(own / took);
        presses.limit.add(yardstick_.check_us(std::max(1U, std::thread::hardware_concurrency())) +
                          yardstick_.write_us(stage_.folder() + "/written"));
    }

    void open_box(VoteId vote, Opening& opening)
    {
        opening.checks.add(yardstick_.check_us(1));
        const auto begin = now_us();
        need(hall().act(chair_, CloseVote{vote}));
        const auto sealed = in_phase(vote, SecretPhase::sealed);
        const auto at_sealed = now_us();
        const auto own_before = cpu_us_of(getpid());
        must(voters_->confirm(sealed) == meeting_->members.size(), "not everybody confirmed the box");
        opening.consoles.add(cpu_us_of(getpid()) - own_before);
        const auto at_confirmed = now_us();
        const auto given = [](const VoteView& view) {
            return view.secret->box && std::ranges::any_of(view.secret->box->shares, &ShareView::given);
        };
        static_cast<void>(shown(vote, given, "no share came"));
        const auto at_share = now_us();
        const auto decided = need(hall().wait_for(chair_, vote, VoteState::decided));
        const auto end = now_us();
        must(decided.result && decided.result->tally.approve == meeting_->members.size(),
             "the count is wrong");
        opening.sealed.add(at_sealed - begin);
        opening.confirmed.add(at_confirmed - at_sealed);
        opening.share.add(at_share - at_confirmed);
        opening.totals.add(end - at_confirmed);
        opening.whole.add(end - begin);
    }

    replay::Stage stage_;
    Yardstick yardstick_;
    std::optional<demo::Meeting> meeting_;
    std::optional<demo::KeyAgents> agents_;
    std::optional<demo::Voters> voters_;
    replay::ConsoleId chair_{};
    std::size_t votes_ = 0;
};

void print(const Presses& presses, const std::string& name, unsigned checkers, bool is_at_once)
{
    const auto limit = presses.limit.quantile(0.5);
    // Spread over a second, the last receipt tells of that second and not of the server.
    const auto compared = is_at_once ? presses.last.quantile(0.5) : presses.each.quantile(0.99);
    Row("secret", "press to durable receipt, " + name)
        .set(presses.each)
        .set("last_receipt_p50_us", presses.last.quantile(0.5))
        .set("server_cpu_us", presses.cpu.quantile(0.5))
        .set("checkers", std::size_t{checkers})
        .set("server_processors", presses.server.quantile(0.5))
        .set("consoles_processors", presses.consoles.quantile(0.5))
        .set("limit_p50_us", limit)
        .set(is_at_once ? "last_over_limit" : "p99_over_limit", compared / limit)
        .print();
}

void print(const Opening& opening, const std::string& size)
{
    const auto row = [&](const char* what, const Samples& samples) {
        return Row("secret", "close of " + size + ": " + what).set(samples);
    };
    row("box sealed", opening.sealed).print();
    row("every console has confirmed", opening.confirmed)
        .set("consoles_cpu_p50_us", opening.consoles.quantile(0.5))
        .print();
    row("two key holders have given shares, totals shown", opening.totals)
        .set("first_share_p50_us", opening.share.quantile(0.5))
        .print();
    row("all of it", opening.whole)
        .set("limit_p50_us", opening.checks.quantile(0.5))
        .set("ratio_p50", opening.whole.quantile(0.5) / opening.checks.quantile(0.5))
        .print();
}

void measure(std::size_t members, unsigned checkers, std::size_t rounds, bool whole)
{
    House house(members, checkers);
    Presses at_once;
    Presses over_a_second;
    Opening opening;
    for (std::size_t round = 0; round < rounds; ++round) {
        house.hold(std::chrono::microseconds(0), at_once, opening);
        if (whole) house.hold(std::chrono::seconds(1), over_a_second, opening);
    }
    const std::string checked_by = checkers == 1 ? "" : ", " + std::to_string(checkers) + " checkers";
    print(at_once, house.size() + " secret ballots at once" + checked_by, checkers, true);
    if (!whole) return;
    print(over_a_second, house.size() + " secret ballots over one second", checkers, false);
    print(opening, house.size());
    house.audit(rounds);
}

} // namespace
} // namespace plenum::bench

int main(int argc, char** argv)
{
    if (sodium_init() < 0) return 1;
    const bool smoke = plenum::bench::is_smoke(argc, argv);
    plenum::bench::measure(smoke ? 8 : 3'000, 1, smoke ? 1 : 3, true);
    if (!smoke) plenum::bench::measure(3'000, 2, 3, false);
    return 0;
}
