#pragma once

#include "protocol/ballot/possession.hpp"
#include "protocol/ballot/terms.hpp"
#include "protocol/note.hpp"

// Who may vote, and how each of them becomes a pseudonym nobody can link (docs/ballot_protocol.md 3).

namespace plenum::ballot {

/// x and PK = x·G, made at sign-in and erased at sign-out. Never leaves the console.
class VotingKey {
public:
    explicit VotingKey(Randomness& randomness);
    /// From where the console keeps it over a reload.
    explicit VotingKey(SecretScalar secret);

    const SecretScalar& secret() const { return secret_; }
    const Point& public_key() const { return public_key_; }

private:
    SecretScalar secret_;
    Point public_key_;
};

/// What a registration speaks of; the server knows it from the session.
struct RegistrationTerms {
    std::string origin; ///< of the log
    RecordId meeting{};
    RecordId person{};
    VerifyKey device{};                     ///< enrolled beforehand
    std::array<std::uint8_t, 32> channel{}; ///< chosen by the server for this session
};

/// A voting key, proof that its sender knows x, and the signature of the device.
struct Registration {
    Point voting_key; ///< PK
    Possession possession;
    Signature signature{};

    bool operator==(const Registration&) const = default;
};

/// At sign-in; `device` is the key of terms.device.
Registration register_key(const RegistrationTerms& terms, const VotingKey& key, const SigningKey& device,
                          Randomness& randomness);
/// Fault::bad_proof or Fault::bad_signature when it does not hold for these terms.
Result<void> check_registration(const RegistrationTerms& terms, const Registration& registration);
/// u8 1 | PK | K | z | signature.
Bytes encode(const Registration& registration);
/// Strict: any other length, spelling or the identity is refused.
Result<Registration> decode_registration(ByteView bytes);

/// The list of one round: Gv and all P_i, sorted by their bytes.
struct PseudonymList {
    Point vote_generator; ///< Gv = r·G
    std::vector<Point> pseudonyms;

    bool operator==(const PseudonymList&) const = default;
};

/// P_i = r·PK_i. Takes `r` over and erases it: nobody who lacks it links a P_i to its PK_i. Fault::malformed
/// when two keys are equal, Fault::out_of_range when one is the identity.
Result<PseudonymList> make_list(SecretScalar r, std::span<const Point> voting_keys);
/// What a stranger checks of a list: sorted, no two equal, none the identity.
Result<void> check_list(std::span<const Point> pseudonyms);
/// u32 N | P_1 | … | P_N.
Bytes encode_list(std::span<const Point> pseudonyms);
/// Strict; only lists that check_list accepts.
Result<std::vector<Point>> decode_list(ByteView bytes);

/// roll_root: the RFC 6962 root over the points as leaves.
Digest roll_root(std::span<const Point> pseudonyms);

/// Where one P stands in the list, for its console; the list itself is not sent.
struct ListPath {
    std::uint32_t index = 0;
    std::vector<Digest> hashes;

    bool operator==(const ListPath&) const = default;
};

/// The paths of all entries, in their order.
std::vector<ListPath> list_paths(std::span<const Point> pseudonyms);
/// The console's own P = x·Gv.
Point pseudonym(const SecretScalar& voting_key, const Point& vote_generator);
/// That this console's own P stands in the list: Fault::out_of_range when Gv is the identity or the list is
/// empty, Fault::bad_proof when P is not at the path.
Result<void> check_listed(const VotingKey& key, const VoteContext& context, const ListPath& path);

} // namespace plenum::ballot
