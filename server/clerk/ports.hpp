#pragma once

#include "protocol/ballot/sealed_record.hpp"
#include "protocol/result.hpp"
#include "server/chamber/chamber.hpp"
#include "server/clerk/checkers.hpp"
#include "server/journal/store.hpp"

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace plenum::clerk {

/// A connection as the gateway numbers it.
enum class SessionId : std::uint64_t {};

/// An encoded message, shared by everybody it goes to.
using Message = std::shared_ptr<const std::string>;

/// What secret votes need of the world beside the rest.
struct BallotPorts {
    /// Fills with bytes nobody can foretell and nobody keeps.
    std::function<void(std::span<std::uint8_t>)> random;

    /// Keys of ballot boxes, in this many copies, by their SHA-256 (server/journal/box_keys.hpp).
    std::uint32_t key_copies = 1;
    std::function<Result<void>(const ballot::BoxKey&)> keep_key;
    std::function<Result<ballot::BoxKey>(const Digest& key_hash)> find_key;
    std::function<Result<void>(const Digest& key_hash)> destroy_key;
    std::function<Result<void>(const std::set<Digest>& wanted)> destroy_other_keys;

    /// Makes content durable that is for auditors and key holders alone (auditors_blobs_of); BlobSource finds
    /// it.
    std::function<Result<void>(const chamber::NewBlob&)> put_for_auditors;

    /// With the log's key, which consoles know from hello; fills in the signature.
    std::function<ballot::BallotReceipt(ballot::ReceiptKind, ballot::BallotReceipt)> sign_receipt;

    /// Has it checked; Clerk::checked() follows later with its number.
    std::function<void(CheckOrder)> check;
    /// Has totals looked up; Clerk::found() follows later.
    std::function<void(SearchOrder)> search;
};

/// The randomness of the world for what takes it one way only.
class PortRandomness final : public ballot::Randomness {
public:
    explicit PortRandomness(const BallotPorts& ports) : ports_(ports) {}
    void fill(std::span<std::uint8_t> bytes) override { ports_.random(bytes); }

private:
    const BallotPorts& ports_;
};

/// Everything the clerk needs from the world. Main connects them to gateway, journal and disk; the simulator
/// to its own. All are called on the clerk's thread and must not call back into it.
struct Ports {
    std::function<void(SessionId, Message)> answer;
    std::function<void(const std::vector<SessionId>&, Message, std::string_view coalesce)> send;
    std::function<void(SessionId)> signed_in;
    /// A request of this session may have so many bytes; never fewer than one of any session.
    std::function<void(SessionId, std::size_t bytes_max)> set_read_limit;
    std::function<void(SessionId, std::string reason)> close;
    /// Closes a member's console and says that the member has signed in at another one.
    std::function<void(SessionId)> replaced;

    /// Hands a commit group to the journal; exactly one is under way at a time, and durable() follows.
    std::function<void(journal::Group)> submit;
    /// Makes a blob durable before it returns.
    std::function<Result<void>(const chamber::NewBlob&)> put_blob;
    /// Makes a private blob unreadable for good before it returns; one that is not there is fine.
    std::function<Result<void>(const Digest&)> erase_blob;
    chamber::BlobSource blobs;
    /// Keeps a signed checkpoint for ever and serves it as the newest.
    std::function<Result<void>(std::uint64_t size, const std::string& note)> publish;
    /// True while the disk has too little room to open another vote or to store anything new.
    std::function<bool()> disk_low;
    /// The process must end with exit code 70; does not return in production.
    std::function<void(Fault, std::string why)> stop;

    /// Empty at the command line (init, import): then ballot boxes are left as they are.
    std::optional<BallotPorts> ballots{};
};

} // namespace plenum::clerk
