#pragma once

#include "server/clerk/clerk.hpp"
#include "server/journal/blob_store.hpp"
#include "server/journal/checkpoints.hpp"
#include "server/journal/segment_store.hpp"
#include "tests/sim/mutation.hpp"
#include "tests/sim/network.hpp"
#include "tests/sim/witness.hpp"
#include "tests/support/simulated_disk.hpp"

namespace plenum::sim {

/// The server process on its disk: the real stores and the real clerk, wired as the real program wires them.
/// It dies of whatever the faults do to it and is started again until it stands.
class Server {
public:
    Server(World& world, Network& network, Witness& witness, Mutation mutation);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Whose signature stands on this log's checkpoints and receipts.
    static NoteVerifier verifier();

    /// Starts until it stands; call once.
    void start();
    bool is_up() const { return process_ != nullptr; }
    /// Which process it is: what one had only in memory, the next one has not.
    std::uint64_t incarnation() const { return incarnation_; }
    bool is_idle() const;

    void arrived(SessionId session, const std::string& text);
    void closed(SessionId session);
    /// As the command line of the server does; only while there are no faults.
    IssuedCodes act(const Command& command);
    std::optional<IssuedCodes> try_to_act(const Command& command);

    /// The process is killed, or the power goes, between two operations.
    void kill(bool with_power);
    /// The disk has no room left, until make_room().
    void fill_disk();
    void make_room();
    /// Lets coming operations of the disk fail, as the faults say; what was planned before stays.
    void plan_trouble();
    void forget_trouble();

    /// What was under way is settled, the state is what the record says, the disk holds all of it.
    void check_at_rest();

private:
    struct Process;

    static SigningKey log_key();

    void try_to_start();
    void open(Process& process);
    clerk::Ports ports(Process& process);

    // server_ballots.cpp
    clerk::BallotPorts ballot_ports(Process& process);
    void check(Process& process, clerk::CheckOrder order);
    void check_gathered();
    void search(clerk::SearchOrder order);
    void lose_box_keys();
    void check_box_keys() const;

    void plan_recovery_trouble();
    void tear_next_write();
    template <class Work>
    void within(Work&& work);
    void end(const std::string& why, bool with_power = false);
    void submit(journal::Group group);
    void write_group();
    void tell_clerk(const journal::Head& head);
    void tick();
    std::optional<std::string> find_blob(const Process& process, const Digest& digest) const;
    void request(SessionId session, const Request& request);
    void answer(SessionId session, const Message& message);
    void answer_early(const journal::Group& group);
    void send(std::vector<SessionId> sessions, const Message& message, std::string_view key);
    void check_now_and_then();

    World& world_;
    Network& network_;
    Witness& witness_;
    Mutation mutation_;
    testing::SimulatedDisk disk_;
    std::uint64_t incarnation_ = 0; ///< events of an earlier process find another number
    std::unique_ptr<Process> process_;
    std::unique_ptr<Process> starting_;
    std::optional<journal::Group> submitted_;
    std::map<testing::Trouble, std::uint64_t> trouble_at_; ///< operation at which each is planned
    std::uint64_t events_ = 0;
    std::uint64_t notifications_ = 0;
    std::map<std::string, SessionId> asked_by_; ///< for mutations that answer too early
    std::set<std::string> answered_;            ///< for mutations that answer twice
};

} // namespace plenum::sim
