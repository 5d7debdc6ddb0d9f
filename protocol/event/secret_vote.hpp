#pragma once

#include "protocol/cosignature.hpp"
#include "protocol/ids.hpp"
#include "protocol/json_codec.hpp"

// The life of a secret vote at consoles in the record (docs/decisions/0016). Byte strings are those of
// docs/ballot_protocol.md. Nothing here says who voted how, or when a ballot came.

namespace plenum {

/// A member's console says by which key it signs. A newer one of the same member replaces it, and takes a new
/// access code: each enrols one console.
struct ConsoleEnrolled {
    static constexpr std::string_view kind = "console.enrolled";
    PersonId person{};
    Bytes device;  ///< Ed25519
    Bytes channel; ///< 32 bytes the server chose for the session it was said in
    Bytes proof;   ///< by the device over log, person, device and channel (ballot/enrolment.hpp)
};
BOOST_DESCRIBE_STRUCT(ConsoleEnrolled, (), (person, device, channel, proof))

/// A voting key made at sign-in, with proof that its console knows the secret. It ends with the sign-out.
struct VotingKeyRegistered {
    static constexpr std::string_view kind = "voting_key.registered";
    SittingId sitting{};
    PersonId person{};
    Bytes channel;
    Digest registration; ///< auditors' blob (ballot/roll.hpp): a key beside a name is nobody else's business
};
BOOST_DESCRIBE_STRUCT(VotingKeyRegistered, (), (sitting, person, channel, registration))

/// The list of one round was drawn: every member who is there in person with a voting key, less those left
/// out, under a pseudonym that is good for this vote alone.
struct RollCalled {
    static constexpr std::string_view kind = "roll.called";
    VoteId vote{};
    std::uint32_t round = 1;
    Digest question;               ///< blob (ballot/terms.hpp)
    Digest list;                   ///< auditors' blob: the pseudonyms, sorted
    Digest roll_root;              ///< of the tree over them
    std::uint32_t list_length = 0; ///< N
    Bytes vote_generator;          ///< Gv; how it was drawn is known to nobody any more
    std::vector<PersonId> without; ///< whose consoles were silent and who vote another time
};
BOOST_DESCRIBE_STRUCT(RollCalled, (),
                      (vote, round, question, list, roll_root, list_length, vote_generator, without))

/// The key of a ballot box exists in this many durable copies, and this is its SHA-256. Stands directly
/// before the vote is opened.
struct BallotBoxCreated {
    static constexpr std::string_view kind = "ballot_box.created";
    VoteId vote{};
    Digest key_hash;
    std::uint32_t copies = 0;
};
BOOST_DESCRIBE_STRUCT(BallotBoxCreated, (), (vote, key_hash, copies))

/// What opening a secret vote adds: every console of the list signed that it stands there.
struct SecretOpening {
    std::uint32_t round = 1;
    Bytes context;           ///< ctx, 64 bytes
    Digest acknowledgements; ///< auditors' blob

    bool operator==(const SecretOpening&) const = default;
};
BOOST_DESCRIBE_STRUCT(SecretOpening, (), (round, context, acknowledgements))

/// What counts stands in the box, and nothing more comes in.
struct BallotBoxSealed {
    static constexpr std::string_view kind = "ballot_box.sealed";
    VoteId vote{};
    Digest root;
    std::uint32_t ballots = 0; ///< m
    std::uint32_t spoils = 0;
    Digest box; ///< auditors' blob: the box file
};
BOOST_DESCRIBE_STRUCT(BallotBoxSealed, (), (vote, root, ballots, spoils, box))

/// Another ballot came under a number that had one before, and was refused. Whose it was stands nowhere: the
/// server asks nobody which pseudonym is whose, and a pseudonym beside a time would say when somebody voted.
struct SeqReused {
    static constexpr std::string_view kind = "seq.reused";
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(SeqReused, (), (vote))

/// A member's console did not find in the box what it must hold, and says so.
struct BoxContested {
    static constexpr std::string_view kind = "box.contested";
    VoteId vote{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(BoxContested, (), (vote, person))

/// A key holder's part of the opening of the totals. `holds` is false when its proof does not: then it counts
/// nothing, and everybody sees whose it was.
struct ShareGiven {
    static constexpr std::string_view kind = "share.given";
    VoteId vote{};
    PersonId holder{};
    std::uint32_t confirmed = 0; ///< how many consoles had confirmed the root when it was given
    bool overridden = false;     ///< given although they were not enough, as the holder decided at the device
    Bytes statement;             ///< the holder's signature over both (ballot/statement.hpp)
    Digest share;                ///< blob
    bool holds = true;
    Later<Cosignature> cosignature{}; ///< of this record as far as the sealed box or beyond, by the same key
};
BOOST_DESCRIBE_STRUCT(ShareGiven, (),
                      (vote, holder, confirmed, overridden, statement, share, holds, cosignature))

/// The consoles' confirmations as they were when the first share that holds was given; stands in its group.
struct BoxConfirmed {
    static constexpr std::string_view kind = "box.confirmed";
    VoteId vote{};
    Digest root;
    std::uint32_t confirmed = 0;
    Digest confirmations; ///< auditors' blob
};
BOOST_DESCRIBE_STRUCT(BoxConfirmed, (), (vote, root, confirmed, confirmations))

/// What the shares opened: the totals and nothing else.
struct OpenedTotals {
    std::uint32_t ballots = 0;         ///< m
    std::vector<std::uint64_t> values; ///< v_t, one for each ciphertext of a ballot
    std::vector<PersonId> holders;     ///< whose shares were combined, by number

    bool operator==(const OpenedTotals&) const = default;
};
BOOST_DESCRIBE_STRUCT(OpenedTotals, (), (ballots, values, holders))

/// From here the key of the box is being destroyed.
struct BoxShredStarted {
    static constexpr std::string_view kind = "box.shred_started";
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(BoxShredStarted, (), (vote))

/// Every copy of the key is gone, and with it the order in which the ballots came.
struct BoxShredded {
    static constexpr std::string_view kind = "box.shredded";
    VoteId vote{};
};
BOOST_DESCRIBE_STRUCT(BoxShredded, (), (vote))

} // namespace plenum
