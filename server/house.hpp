#pragma once

#include "server/bundle_desk.hpp"
#include "server/clerk/clerk_thread.hpp"
#include "server/data_directory.hpp"
#include "server/gateway/gateway.hpp"
#include "server/journal/box_keys.hpp"
#include "server/journal/writer.hpp"
#include "server/publisher.hpp"

#include <atomic>

namespace plenum {

/// The running server: one data directory, its clerk, journal thread and network, wired together. The only
/// place that knows them all.
class House {
public:
    struct Options {
        gateway::Settings gateway;
        std::uint64_t disk_reserve_bytes = disk_reserve_mib_default * mib_bytes;
        std::string box_keys;  ///< folder for a second copy of ballot box keys, on another device; or empty
        unsigned checkers = 1; ///< threads that check ballots
    };

    House(DataDirectory data, Options options);
    ~House();
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    /// Replays, claims, listens. After it consoles may come.
    boost::system::result<void, DataFault> open();
    std::uint16_t port() const { return gateway_->port(); }

    /// Says goodbye to every console, finishes what was decided, closes the journal.
    void close();

private:
    clerk::Ports ports();
    clerk::BallotPorts ballot_ports();
    boost::system::result<void, DataFault> open_ballot_keys();
    gateway::Events events();
    std::optional<gateway::HttpAnswer> view(std::string_view path);
    void download(gateway::SessionId session, const gateway::DownloadRequest& request);
    void hand_out(gateway::SessionId session, audit::BundleKind kind, std::uint64_t entries);
    std::string health() const;
    std::string metrics() const;
    [[noreturn]] static void stop(const std::string& why);

    DataDirectory data_;
    Options options_;
    Publisher publisher_;
    std::unique_ptr<BundleDesk> desk_;
    std::unique_ptr<gateway::Gateway> gateway_;
    std::unique_ptr<clerk::Clerk> clerk_;
    std::unique_ptr<clerk::ClerkThread> thread_;
    std::unique_ptr<journal::BoxKeys> box_keys_;
    std::unique_ptr<SigningKey> receipt_key_;   ///< the log's: consoles check receipts with what hello told
    std::unique_ptr<clerk::Checkers> checkers_; ///< before the clerk's thread in death, as the writer
    std::unique_ptr<journal::Writer>
        writer_; ///< before the clerk's thread in death: its callback posts to it
    std::atomic<std::uint64_t> started_at_ms_ = 0;
};

} // namespace plenum
