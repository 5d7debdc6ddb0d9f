#pragma once

#include "protocol/ballot/discrete_log.hpp"
#include "protocol/ballot/share.hpp"

// From shares to figures (docs/ballot_protocol.md 8). All of it is public and any k holders do.

namespace plenum::ballot {

/// Shares that hold, at most one a holder, and the holders whose share does not.
struct SortedShares {
    std::vector<DecryptionShare> good; ///< by holder
    std::vector<std::uint32_t> wrong;  ///< holders to be named; the others suffice when they are k

    bool operator==(const SortedShares&) const = default;
};

/// Checks each share by itself. A second one of a holder whose first is good is ignored.
SortedShares sort_shares(const ShareTerms& terms, const ElectionKeys& keys,
                         std::span<const EncryptedSum> sums, std::span<const DecryptionShare> shares);

/// λ_i = Π_{j ≠ i} j/(j − i) mod q for each i of `holders`, which are distinct and from 1.
std::vector<Scalar> lagrange(std::span<const std::uint32_t> holders);

/// M_t = b_t − Σ λ_i·D_i, from the first k of `good`. Fault::truncated when they are fewer.
Result<std::vector<Point>> combine(const ElectionKeys& keys, std::span<const EncryptedSum> sums,
                                   std::span<const DecryptionShare> good);

/// How often each option was marked. `rows` of a grid in order, each with its options in order; one row of
/// all options for choose; one row a candidate with abstain, approve, oppose for elect.
struct SecretTotals {
    std::uint32_t ballots = 0; ///< m
    std::vector<std::vector<std::uint32_t>> rows;

    bool operator==(const SecretTotals&) const = default;
};

/// The largest v_t a box of `ballots` ballots can have.
std::uint64_t sum_bound(const BallotTerms& terms, std::uint32_t ballots);
/// v_t·G = M_t for each t. Fault::bad_proof when some M_t is no total of so many ballots.
Result<std::vector<std::uint64_t>> find_totals(const BallotTerms& terms, std::uint32_t ballots,
                                               std::span<const Point> messages,
                                               const DiscreteLogTable& table);
/// v_t·G = M_t, by whoever did not search for them. Fault::bad_proof otherwise.
Result<void> check_totals(std::span<const Point> messages, std::span<const std::uint64_t> values);
/// Digits and identities: no count above m, no sum of counts that m ballots of this shape cannot have.
/// Fault::out_of_range otherwise.
Result<SecretTotals> decode_totals(const BallotTerms& terms, std::uint32_t ballots,
                                   std::span<const std::uint64_t> values);

} // namespace plenum::ballot
