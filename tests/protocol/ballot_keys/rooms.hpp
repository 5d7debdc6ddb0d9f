#pragma once

#include "protocol/ballot/key_holder.hpp"
#include "tests/protocol/ballot/repeatable_randomness.hpp"

#include <deque>

namespace plenum::ballot {

/// An Ed25519 key that is the same in every run.
SigningKey test_key(std::uint8_t number);

/// `k` of `n` key holders of a meeting, as their body appointed them.
CeremonyTerms terms_for(std::uint32_t k, std::uint32_t n);

/// Key holders around a table: everybody hears everything. Each step can be run by itself, so that a test can
/// change what is said in between.
class CeremonyRoom {
public:
    CeremonyRoom(std::uint32_t k, std::uint32_t n, std::uint64_t seed = 1);

    const CeremonyTerms& terms() const { return terms_; }
    const SigningKey& key(std::uint32_t holder) const { return keys_[holder - 1]; }
    CeremonySeat& seat(std::uint32_t holder) { return seats_[holder - 1]; }

    /// Everybody takes everybody's commitment.
    void commit();
    /// Everybody opens; everybody takes everybody's opening.
    void open();
    void agree();
    /// All three, and what each holder keeps.
    std::vector<CeremonySeat::Outcome> run();

    /// The share `from` sealed for `to`; both opened.
    SealedShare share(std::uint32_t from, std::uint32_t to);

private:
    CeremonyTerms terms_;
    std::deque<SigningKey> keys_;
    RepeatableRandomness randomness_;
    std::deque<CeremonySeat> seats_;
};

/// All subsets of 1…n with k members.
std::vector<std::vector<std::uint32_t>> subsets(std::uint32_t k, std::uint32_t n);

} // namespace plenum::ballot
