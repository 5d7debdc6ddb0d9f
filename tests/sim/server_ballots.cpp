#include "tests/sim/server_process.hpp"

// Secret votes: the keys of boxes on the simulated disk, and the checkers, who take simulated time.

namespace plenum::sim {
namespace {

constexpr std::uint64_t lost_keys_permille = 80; ///< of starts with a key to lose
constexpr std::string_view key_folder = "box_keys/";

/// The story's own numbers, so that a seed tells the same story again.
class StoryRandomness final : public ballot::Randomness {
public:
    explicit StoryRandomness(Random& random) : random_(random) {}
    void fill(std::span<std::uint8_t> bytes) override
    {
        for (auto& byte : bytes)
            byte = static_cast<std::uint8_t>(random_.next() >> 32);
    }

private:
    Random& random_;
};

} // namespace

clerk::BallotPorts Server::ballot_ports(Process& process)
{
    clerk::BallotPorts ports;
    ports.random = [this](std::span<std::uint8_t> bytes) { StoryRandomness(world_.random).fill(bytes); };
    ports.key_copies = process.box_keys->copies();
    ports.keep_key = [&process](const ballot::BoxKey& key) { return process.box_keys->keep(key); };
    ports.find_key = [&process](const Digest& hash) { return process.box_keys->find(hash); };
    ports.destroy_key = [&process](const Digest& hash) { return process.box_keys->destroy(hash); };
    ports.destroy_other_keys = [&process](const std::set<Digest>& wanted) {
        return process.box_keys->destroy_others(wanted);
    };
    ports.put_for_auditors = [this, &process](const chamber::NewBlob& blob) -> Result<void> {
        if (auto put = process.auditors->put(bytes_of(blob.content)); !put) return put.error();
        witness_.remember_blob(blob);
        return {};
    };
    ports.sign_receipt = [](ballot::ReceiptKind kind, ballot::BallotReceipt receipt) {
        return ballot::sign_receipt(kind, std::move(receipt), log_key());
    };
    ports.check = [this, &process](clerk::CheckOrder order) { check(process, std::move(order)); };
    ports.search = [this](clerk::SearchOrder order) { search(std::move(order)); };
    return ports;
}

/// What came within a few milliseconds is checked together.
void Server::check(Process& process, clerk::CheckOrder order)
{
    process.to_check.push_back(std::move(order));
    if (process.to_check.size() > 1) return;
    world_.schedule.after(world_.random.between(1'000, 20'000), [this, mine = incarnation_] {
        if (mine == incarnation_ && process_) within([this] { check_gathered(); });
    });
}

void Server::check_gathered()
{
    const auto orders = std::exchange(process_->to_check, {});
    StoryRandomness randomness(world_.random);
    const auto checks = clerk::check_together(orders, randomness);
    process_->clerk->checked(checks, {world_.now_ms(), world_.random.seed()});
}

void Server::search(clerk::SearchOrder order)
{
    world_.schedule.after(
        world_.random.between(1'000, 300'000), [this, order = std::move(order), mine = incarnation_] {
            if (mine != incarnation_ || !process_) return;
            within([&] {
                process_->clerk->found(clerk::search(order), {world_.now_ms(), world_.random.seed()});
            });
        });
}

/// Somebody cleans up on the disk of a server that is down.
void Server::lose_box_keys()
{
    if (world_.calm) return;
    for (const auto& path : disk_.paths()) {
        if (!path.starts_with(key_folder) || !world_.random.chance(lost_keys_permille)) continue;
        world_.note("lost key", 0, path);
        disk_.remove(path);
    }
}

/// Of a vote that is over no key is left.
void Server::check_box_keys() const
{
    for (const auto& [id, vote] : witness_.shown().votes) {
        if (!vote.secret.shredded) continue;
        const auto key = process_->box_keys->find(vote.secret.key_hash);
        claim(!key && key.error() == fault(Fault::not_found), "the key of a shredded box is still there");
    }
}

} // namespace plenum::sim
