#pragma once

#include "protocol/view.hpp"

#include <boost/mp11/list.hpp>

// What is asked of the clerk in the life of a secret vote and becomes no entry: paths, signatures kept until
// they are needed together, ballots, which are sealed records, and the files key holders verify.

namespace plenum {

/// Where this pseudonym stands in the list of a round; it need not say whose it is. Delegate.
struct ReadRollPath {
    static constexpr std::string_view method = "roll.path";
    VoteId vote{};
    std::uint32_t round = 1;
    Bytes pseudonym;
};
BOOST_DESCRIBE_STRUCT(ReadRollPath, (), (vote, round, pseudonym))

/// The way from the pseudonym to the root of the list.
struct RollPathAnswer {
    std::uint32_t index = 0;
    std::vector<Digest> hashes;
};
BOOST_DESCRIBE_STRUCT(RollPathAnswer, (), (index, hashes))

/// This member's console stands in the list of a round. Delegate.
struct AcknowledgeRoll {
    static constexpr std::string_view method = "roll.acknowledge";
    VoteId vote{};
    std::uint32_t round = 1;
    Digest build; ///< of the console's program
    Bytes signature;
};
BOOST_DESCRIBE_STRUCT(AcknowledgeRoll, (), (vote, round, build, signature))

/// Who keeps a vote from being opened. Chair and conducting operator.
struct ListSilent {
    static constexpr std::string_view method = "roll.silent";
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(ListSilent, (), (vote))

struct SilentAnswer {
    std::uint64_t seq = 0;
    std::uint32_t round = 0;              ///< 0: no roll was called
    std::uint32_t acknowledged = 0;       ///< of the newest round
    std::vector<NamedPerson> silent;      ///< on the list, not yet signed; at most 200 are named
    std::vector<NamedPerson> without_key; ///< there, but without a voting key; at most 200 are named
};
BOOST_DESCRIBE_STRUCT(SilentAnswer, (), (seq, round, acknowledged, silent, without_key))

/// A ballot, under nobody's name. Delegate.
struct CastBallot {
    static constexpr std::string_view method = "ballot.cast";
    VoteId vote{};
    Bytes ballot;
};
BOOST_DESCRIBE_STRUCT(CastBallot, (), (vote, ballot))

/// A ballot that shall never count. Delegate.
struct SpoilBallot {
    static constexpr std::string_view method = "ballot.spoil";
    VoteId vote{};
    Bytes spoil;
};
BOOST_DESCRIBE_STRUCT(SpoilBallot, (), (vote, spoil))

/// Durable: the server's signature (ballot/receipt.hpp). The same bytes sent again get the same.
struct BallotAnswer {
    Bytes receipt;
};
BOOST_DESCRIBE_STRUCT(BallotAnswer, (), (receipt))

/// The proof that the sealed box holds the ballot of a pseudonym, or none. Delegate.
struct ReadBoxProof {
    static constexpr std::string_view method = "box.proof";
    VoteId vote{};
    Bytes pseudonym;
};
BOOST_DESCRIBE_STRUCT(ReadBoxProof, (), (vote, pseudonym))

/// As docs/ballot_protocol.md 6 spells it.
struct BoxProofAnswer {
    Digest root;
    Bytes proof;
};
BOOST_DESCRIBE_STRUCT(BoxProofAnswer, (), (root, proof))

/// This member's console found in the box what it must hold. Delegate.
struct ConfirmBox {
    static constexpr std::string_view method = "box.confirm";
    VoteId vote{};
    Digest root;
    Bytes signature;
};
BOOST_DESCRIBE_STRUCT(ConfirmBox, (), (vote, root, signature))

/// The signature is kept until all are needed together.
struct SignatureKept {
    std::uint32_t kept = 0; ///< how many there are by now
};
BOOST_DESCRIBE_STRUCT(SignatureKept, (), (kept))

/// The files of a secret vote that are not for everybody. NOTE: append only.
enum class SecretFile { list, acknowledgements, box, confirmations };
BOOST_DESCRIBE_ENUM(SecretFile, list, acknowledgements, box, confirmations)

inline constexpr std::uint32_t secret_file_page_bytes = 96 * 1024;

/// A page of such a file. Confirmations are as they are now. Key holder of the meeting, auditor.
struct ReadSecretFile {
    static constexpr std::string_view method = "box.read";
    VoteId vote{};
    SecretFile file = SecretFile::box;
    std::uint32_t from = 0; ///< bytes
};
BOOST_DESCRIBE_STRUCT(ReadSecretFile, (), (vote, file, from))

struct SecretFilePage {
    std::uint64_t seq = 0;
    Digest digest; ///< of the whole file: pages of one belong together
    std::uint32_t total = 0;
    Bytes content; ///< at most secret_file_page_bytes
};
BOOST_DESCRIBE_STRUCT(SecretFilePage, (), (seq, digest, total, content))

/// Whose consoles are on the list of a secret vote. Key holder of the meeting, auditor.
struct ReadRoll {
    static constexpr std::string_view method = "roll.read";
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(ReadRoll, (), (vote))

/// A member on the list with the key of the console that stands there.
struct RollMember {
    PersonId person{};
    std::string name;
    Bytes device;
};
BOOST_DESCRIBE_STRUCT(RollMember, (), (person, name, device))

struct RollAnswer {
    std::uint64_t seq = 0;
    std::vector<RollMember> members; ///< ascending by person
};
BOOST_DESCRIBE_STRUCT(RollAnswer, (), (seq, members))

/// That the opening of a secret vote and its sealed box stand in the record, and that nothing was changed
/// since the record had `since` entries, for whoever cosigns it with a share. Key holder of the meeting,
/// auditor.
struct ProveRecord {
    static constexpr std::string_view method = "record.prove";
    VoteId vote{};
    std::uint64_t since = 0;
};
BOOST_DESCRIBE_STRUCT(ProveRecord, (), (vote, since))

/// C2SP tlog-proofs with the bytes of their entries (entry_proof.hpp), both under the newest checkpoint.
struct RecordProof {
    std::string opened;
    std::string sealed;
    std::vector<Digest> consistency; ///< RFC 6962 2.1.2, from `since` on; empty when that is 0
};
BOOST_DESCRIBE_STRUCT(RecordProof, (), (opened, sealed, consistency))

/// Asked of the clerk and not of the chamber, with their answers.
using BallotRequests =
    boost::mp11::mp_list<std::pair<ReadRollPath, RollPathAnswer>, std::pair<AcknowledgeRoll, SignatureKept>,
                         std::pair<ListSilent, SilentAnswer>, std::pair<CastBallot, BallotAnswer>,
                         std::pair<SpoilBallot, BallotAnswer>, std::pair<ReadBoxProof, BoxProofAnswer>,
                         std::pair<ConfirmBox, SignatureKept>, std::pair<ReadSecretFile, SecretFilePage>,
                         std::pair<ReadRoll, RollAnswer>, std::pair<ProveRecord, RecordProof>>;

} // namespace plenum
