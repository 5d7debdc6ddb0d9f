// decide + apply of one press, and of a whole vote, in memory. As a yardstick in the same run: encoding the
// entry that records the press, which every press pays as well.

#include "bench/harness.hpp"
#include "server/chamber/chamber.hpp"

#include <sodium.h>

#include <cstdlib>
#include <map>

namespace plenum::bench {
namespace {

/// A chamber in memory: carries commands out one after another and keeps the blobs.
class Room {
public:
    Room() { write_down({Actor{}, {}, {}}, {LogCreated{"bench", 1}}); }

    std::uint64_t act(const Actor& actor, const Command& command)
    {
        chamber::Context context;
        context.actor = actor;
        context.now_ms = ++now_ms_;
        auto decided = chamber::decide(state_, command, context);
        if (!decided) {
            std::cerr << "bench_chamber: refused: " << decided.error().reason.en << '\n';
            std::exit(1);
        }
        for (auto& blob : decided->blobs)
            blobs_[blob.digest] = std::move(blob.content);
        return write_down(context, decided->events);
    }

    const chamber::State& state() const { return state_; }
    std::size_t encoded_bytes() const { return encoded_bytes_; }
    void encode_too(bool yes) { encode_ = yes; }

private:
    std::uint64_t write_down(const chamber::Context& context, const std::vector<Event>& events)
    {
        const auto first = state_.entries;
        for (const auto& event : events) {
            const Entry entry{state_.entries, 1,   std::max(now_ms_, context.now_ms),
                              context.actor,  "r", event};
            if (encode_) encoded_bytes_ += encode_entry(entry).size();
            chamber::apply(state_, entry, [this](const Digest& digest) -> std::optional<std::string> {
                const auto found = blobs_.find(digest);
                if (found == blobs_.end()) return std::nullopt;
                return found->second;
            });
        }
        return first;
    }

    chamber::State state_;
    std::map<Digest, std::string> blobs_;
    std::uint64_t now_ms_ = 1'700'000'000'000;
    bool encode_ = false;
    std::size_t encoded_bytes_ = 0;
};

constexpr Threshold over_half{1, 2, true, Base::all_members};

RuleProfile simple_rule()
{
    RuleProfile profile;
    profile.id = "bench.motion";
    profile.name = {"议案表决", "motion"};
    profile.quorum = over_half;
    profile.majority = over_half;
    return profile;
}

/// A sitting in session with everybody present; the vote is prepared, not open.
struct Prepared {
    Room room;
    Actor chair;
    VoteId vote{};
    SittingId sitting{};
};

void fill(Prepared& prepared, std::size_t members)
{
    auto& room = prepared.room;
    const Actor server{};
    const BodyId body{room.act(server, CreateBody{BodyKind::congress, "大会"})};
    ImportRoster import{body, {}};
    for (std::size_t i = 1; i <= members; ++i) {
        import.members.push_back({"N" + std::to_string(i), "代表" + std::to_string(i), "一团", {}, {}});
    }
    room.act(server, import);
    room.act(server, AppointOfficer{PersonId{1}, {}, Role::chair, body});
    prepared.chair = Actor{PersonId{1}, Role::chair};
    const MeetingId meeting{room.act(server, CreateMeeting{body, "会议", 3, 4, over_half})};
    prepared.sitting = SittingId{room.act(server, CreateSitting{meeting, "全体会议"})};
    room.act(server, AppointOfficer{{}, "操作员", Role::operator_, {}});
    room.act(Actor{PersonId{members + 1}, Role::operator_}, OpenSignIn{prepared.sitting});
    for (std::size_t i = 1; i <= members; ++i) {
        room.act(Actor{PersonId{i}, Role::delegate}, SignIn{prepared.sitting});
    }
    room.act(prepared.chair, OpenSitting{prepared.sitting});
    PrepareVote vote{prepared.sitting, {}, "决议草案", "全文", simple_rule(), {}, {}};
    prepared.vote = VoteId{room.act(server, vote)};
}

void measure(std::size_t members, std::size_t rounds)
{
    Samples press;
    Samples press_and_encode;
    std::uint64_t approved = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        Prepared prepared;
        fill(prepared, members);
        prepared.room.act(prepared.chair, OpenVote{prepared.vote});
        prepared.room.encode_too(round % 2 == 1);
        auto& samples = round % 2 == 1 ? press_and_encode : press;
        const auto begin = now_us();
        for (std::size_t i = 1; i <= members; ++i) {
            prepared.room.act(Actor{PersonId{i}, Role::delegate}, CastVote{prepared.vote, Choice::approve});
        }
        samples.add((now_us() - begin) / static_cast<double>(members));
        prepared.room.act(prepared.chair, CloseVote{prepared.vote});
        approved += prepared.room.state().votes.at(prepared.vote).result->tally.approve;
    }
    if (approved != rounds * members) {
        std::cerr << "bench_chamber: the count is wrong\n";
        std::exit(1);
    }
    Row("chamber", "decide+apply one press, " + std::to_string(members) + " members")
        .set(press)
        .set("with_encoding_p50_us", press_and_encode.quantile(0.5))
        .set("share_of_encoding", 1 - press.quantile(0.5) / press_and_encode.quantile(0.5))
        .set("checksum", approved)
        .print();
}

} // namespace
} // namespace plenum::bench

int main(int argc, char** argv)
{
    if (sodium_init() < 0) return 1;
    const bool smoke = plenum::bench::is_smoke(argc, argv);
    for (const std::size_t members : {35, 352, 3000}) {
        if (smoke && members > 35) break;
        plenum::bench::measure(members, smoke ? 2 : 20);
    }
    return 0;
}
