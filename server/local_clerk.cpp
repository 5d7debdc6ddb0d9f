#include "server/local_clerk.hpp"

#include "protocol/assert.hpp"
#include "server/commands.hpp"

#include <cstdio>
#include <unistd.h>

namespace plenum {
namespace {

[[noreturn]] void stop(std::string_view why)
{
    std::fprintf(stderr, "plenum: stopped: %.*s\n", static_cast<int>(why.size()), why.data());
    _exit(exit_durability);
}

} // namespace

LocalClerk::LocalClerk(DataDirectory& data, std::uint64_t disk_reserve_bytes)
    : data_(data), disk_reserve_bytes_(disk_reserve_bytes), clerk_(ports(), data.verifier)
{}

clerk::Ports LocalClerk::ports()
{
    clerk::Ports ports;
    ports.answer = [](clerk::SessionId, clerk::Message) {};
    ports.send = [](const std::vector<clerk::SessionId>&, clerk::Message, std::string_view) {};
    ports.signed_in = [](clerk::SessionId) {};
    ports.set_read_limit = [](clerk::SessionId, std::size_t) {};
    ports.close = [](clerk::SessionId, std::string) {};
    ports.replaced = [](clerk::SessionId) {};
    ports.submit = [this](journal::Group group) { submitted_ = std::move(group); };
    ports.put_blob = [this](const chamber::NewBlob& blob) { return data_.put(blob); };
    ports.erase_blob = [this](const Digest& digest) { return data_.erase(digest); };
    ports.blobs = [this](const Digest& digest) { return data_.find(digest); };
    ports.publish = [this](std::uint64_t, const std::string& note) {
        return data_.checkpoints->publish(note);
    };
    ports.disk_low = [this] { return data_.is_low(disk_reserve_bytes_); };
    ports.stop = [](Fault, std::string why) { stop(why); };
    return ports;
}

void LocalClerk::settle()
{
    while (submitted_) {
        const auto group = std::move(*submitted_);
        submitted_.reset();
        const auto head = data_.store->append_group(group);
        if (!head) stop("the journal cannot be written: " + head.error().message());
        clerk_.durable(*head, now_ms());
    }
    PLENUM_ASSERT(clerk_.idle());
    clerk_.conclude();
}

boost::system::result<void, DataFault> LocalClerk::open()
{
    auto loaded = clerk_.load(*data_.store);
    if (!loaded) return DataFault{loaded.error().fault, loaded.error().sentence};
    const auto head = data_.store->claim();
    if (!head) stop("the log cannot be claimed: " + head.error().message());
    std::optional<JournalRecovered> recovered;
    if (data_.recovery.cut_bytes != 0) {
        recovered = JournalRecovered{data_.recovery.entries, data_.recovery.cut_bytes};
    }
    clerk_.start(*head, recovered, now_ms());
    settle();
    return {};
}

boost::system::result<IssuedCodes, Refusal> LocalClerk::act(const Command& command)
{
    const auto id = "local-" + std::to_string(clerk_.head().size) + "-" + std::to_string(next_id_++);
    auto done = clerk_.act(command, id, {now_ms(), random_seed()});
    settle();
    return done;
}

} // namespace plenum
