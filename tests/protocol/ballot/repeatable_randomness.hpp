#pragma once

#include "protocol/ballot/secret.hpp"

#include <sodium.h>

#include <array>

namespace plenum::ballot {

/// The same numbers in every run, from a seed: for tests and vectors alone.
class RepeatableRandomness final : public Randomness {
public:
    explicit RepeatableRandomness(std::uint64_t seed)
    {
        for (std::size_t i = 0; i < sizeof seed; ++i)
            key_[i] = static_cast<std::uint8_t>(seed >> (8 * i));
    }
    /// The next bytes of ChaCha20 under the seed; every call takes a nonce of its own.
    void fill(std::span<std::uint8_t> bytes) override
    {
        std::array<std::uint8_t, crypto_stream_chacha20_ietf_NONCEBYTES> nonce{};
        for (std::size_t i = 0; i < sizeof calls_; ++i)
            nonce[i] = static_cast<std::uint8_t>(calls_ >> (8 * i));
        ++calls_;
        crypto_stream_chacha20_ietf(bytes.data(), bytes.size(), nonce.data(), key_.data());
    }

private:
    std::array<std::uint8_t, crypto_stream_chacha20_ietf_KEYBYTES> key_{};
    std::uint64_t calls_ = 0;
};

} // namespace plenum::ballot
