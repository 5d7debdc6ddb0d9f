#pragma once

#include "protocol/merkle.hpp"
#include "protocol/rpc.hpp"
#include "server/clerk/clerk.hpp"
#include "tests/protocol/ballot/repeatable_randomness.hpp"

#include <map>
#include <set>

// What the tests of this folder share: a clerk with a journal in memory, and everything it says kept in
// order.

namespace plenum::clerk::testing {

inline constexpr const char* origin = "plenum.test/clerk";

/// The log's key; every call makes the same one.
SigningKey log_key();

/// A log in memory that signs its heads.
class MemoryStore final : public journal::JournalStore {
public:
    Result<journal::Head> claim() override;
    Result<journal::Head> append_group(const journal::Group& group) override;
    Result<void> read_from(std::uint64_t first,
                           const std::function<bool(std::uint64_t, std::string_view)>& take) override;
    Result<void>
    read_sealed(std::uint64_t first,
                const std::function<bool(std::uint64_t, const std::vector<Bytes>&)>& take) override;
    const journal::Head& head() const override { return head_; }
    std::uint64_t room_bytes() const override { return 1ULL << 30; }

    std::vector<std::string> entries;
    std::vector<std::pair<std::uint64_t, std::vector<Bytes>>> sealed; ///< by the first entry of their group
    std::vector<std::size_t> groups;                                  ///< how many entries each group had

private:
    MerkleTree tree_;
    journal::Head head_;
};

/// Something the clerk sent to a session: an answer, an error or a notification.
struct Said {
    SessionId session{};
    ServerMessage message;
};

/// The process is killed.
struct Crash {};

/// A clerk whose world is this struct: nothing is durable until flush(), no time passes until `now_ms` is
/// changed.
class Desk {
public:
    Desk();

    /// A new process on the same log and documents.
    void restart();
    /// Its first step: nothing is written. Follow it with restart().
    Replayed try_to_load();

    // What the clerk is asked.
    void send(SessionId session, const std::string& id, std::string_view method,
              const boost::json::value& params);
    void ask(SessionId session, const std::string& id, const Command& command);
    ServerMessage hello(SessionId session, const std::string& code, std::optional<std::uint64_t> since = {},
                        std::optional<std::string> checkpoint = {});
    /// One group becomes durable; false when none is under way.
    bool write_one();
    /// Everything that waits for the checkers is checked; false when nothing does.
    bool check_all();
    /// Totals are looked up; false when none are to be.
    bool search_one();
    /// All of it.
    void flush();
    void tick(std::uint64_t later_ms);

    /// As the command line, durable on return.
    Receipt act(const Command& command);
    /// The code of a person in a role, issued now.
    std::string code_for(PersonId person, Role role);
    /// A new officer with a code.
    std::string officer(Role role, std::optional<BodyId> body);

    // What it said.
    std::vector<Said> said;
    std::vector<ServerMessage> to(SessionId session) const;
    std::vector<ServerMessage> notifications(SessionId session, std::string_view method = {}) const;
    std::optional<ServerMessage> answer(SessionId session, const std::string& id) const;
    /// The only receipt for this id so far; fails the test when there is none.
    Receipt receipt(SessionId session, const std::string& id) const;
    /// The name of the refusal answered to this id, empty when it was none.
    std::string refusal(SessionId session, const std::string& id) const;

    // The world.
    MemoryStore store;
    std::map<Digest, std::string> blobs;
    std::uint64_t now_ms = 1'772'700'000'000;
    bool disk_low = false;
    Fault put_fault = Fault::not_found;     ///< not_found: documents can be stored
    Fault erase_fault = Fault::not_found;   ///< not_found: private values can be erased
    Fault publish_fault = Fault::not_found; ///< not_found: checkpoints can be kept
    bool documents_readable = true;
    std::vector<std::uint64_t> published;
    std::vector<std::pair<SessionId, std::string>> closed;
    std::vector<SessionId> replaced;
    std::set<SessionId> signed_in;
    std::map<SessionId, std::size_t> read_limits;
    std::optional<Fault> stopped;
    std::map<Digest, std::array<std::uint8_t, 32>> box_keys; ///< on their disk
    Fault key_fault = Fault::not_found;                      ///< not_found: keys can be kept, read, destroyed
    bool keeps_boxes = true;                                 ///< false: as the command line
    std::deque<CheckOrder> orders;
    std::deque<SearchOrder> searches;
    std::optional<std::size_t> crash_after; ///< so many steps of the world, each throws Crash once it is due
    std::unique_ptr<Clerk> clerk;

private:
    Ports ports();
    BallotPorts ballot_ports();
    Moment moment();
    void step();

    ballot::RepeatableRandomness randomness_{5};
    std::optional<journal::Group> submitted_;
    std::uint64_t ids_ = 0;
    std::uint64_t seeds_ = 0;
};

/// A body of `members`, its officers and a sitting in session in which all members with a console are
/// present.
struct Chamber {
    BodyId body{};
    MeetingId meeting{};
    SittingId sitting{};
    std::vector<PersonId> members;
    std::vector<std::string> codes; ///< of the members, in the same order
    std::string chair;
    std::string secretary;
};

RuleProfile simple_majority();
BodyId make_body(Desk& desk, std::size_t members, const std::string& name = "甲");
/// Up to signing in; every member signs in, the chair opens.
Chamber make_chamber(Desk& desk, std::size_t members, const std::string& name = "甲");
SittingId make_sitting(Desk& desk, MeetingId meeting);
/// Prepared by the secretary; not open yet.
VoteId make_vote(Desk& desk, const Chamber& chamber, const RuleProfile& profile,
                 std::optional<ItemId> item = {});

/// Asks as a person in a role without a connection of its own, and expects a receipt; durable on return.
Receipt as(Desk& desk, const std::string& code, const Command& command);

} // namespace plenum::clerk::testing
