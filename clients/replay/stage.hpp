#pragma once

#include "clients/link/pool.hpp"
#include "clients/replay/child.hpp"
#include "clients/replay/codes_file.hpp"

#include <optional>

namespace plenum::replay {

/// How to set a stage up.
struct StageSettings {
    std::string origin;       ///< name of the new log
    std::string folder;       ///< kept afterwards; empty: a temporary one, removed with the stage
    std::string pages;        ///< folder of the built pages; empty: none
    std::uint16_t port = 0;   ///< 0: any free one
    std::string host = {};    ///< speaks TLS, with a certificate for this name; empty: plain HTTP
    std::string address = {}; ///< to listen on; empty: loopback
    unsigned checkers = 0;    ///< threads of the server that check ballots; 0: as many as it has by itself
};

/// A server of one's own for as long as it is needed: `plenum` from this program's folder, on a data
/// directory made for it. Stopped and removed with the stage.
class Stage {
public:
    /// Makes the data directory; the server does not run yet.
    static Tried<Stage> make(StageSettings settings);
    Stage(Stage&&) noexcept = default;
    Stage& operator=(Stage&&) = delete;
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
    ~Stage();

    /// Starts the server, again after it was stopped or killed; returns once it listens.
    Tried<void> serve();
    /// Asks the server to stop and waits for it.
    Tried<void> stop();
    /// Ends the server as a power cut would: no goodbye, nothing flushed.
    Tried<void> kill();
    /// Waits for a server that ends by itself: its exit code. Its words are in server.log in the folder.
    Tried<int> wait_for_end(std::chrono::milliseconds timeout);

    /// Runs `plenum` or another program beside this one to its end. Its output, or trouble with it when the
    /// exit code is not 0.
    Tried<std::string> run(const std::string& program, const std::vector<std::string>& arguments);

    /// Where the server listens, and with TLS whom to trust; after serve().
    const link::Endpoint& endpoint() const { return endpoint_; }
    /// The server's process, for whoever measures or pins it; after serve().
    pid_t server_pid() const { return server_->pid(); }
    const std::string& folder() const { return settings_.folder; }
    std::string data() const { return settings_.folder + "/data"; }
    /// The access code of a first officer: secretary, operator, hall.
    Tried<std::string> code(Role role) const { return code_of(codes_, role); }

private:
    explicit Stage(StageSettings settings, bool is_temporary)
        : settings_(std::move(settings)), is_temporary_(is_temporary)
    {}

    Tried<void> read_port();

    StageSettings settings_;
    bool is_temporary_;
    std::vector<CodeLine> codes_;
    link::Endpoint endpoint_;
    std::optional<Child> server_;
    unsigned outputs_ = 0;
};

/// A new folder under the system's temporary one.
Tried<std::string> make_temporary_folder(const std::string& name);

/// `http://host:port` or `https://host:port`.
std::string url_of(const link::Endpoint& endpoint);

/// The endpoint in `http://host:port` or `https://host:port`.
Tried<link::Endpoint> endpoint_of(std::string_view url);

} // namespace plenum::replay
