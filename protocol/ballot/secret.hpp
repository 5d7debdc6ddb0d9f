#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace plenum::ballot {

/// Overwrites memory in a way the compiler may not leave out.
void wipe(std::span<std::uint8_t> bytes) noexcept;

/// Bytes nobody else may learn: a choice, a key, a share, randomness. Cannot be copied, printed, compared or
/// encoded by accident; zeroes itself. Its owner is the one object that needs it; moving wipes the source.
template <std::size_t size_in_bytes>
class Secret {
public:
    static constexpr std::size_t size = size_in_bytes;

    Secret() = default;
    Secret(Secret&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
    Secret& operator=(Secret&& other) noexcept
    {
        if (this != &other) {
            bytes_ = other.bytes_;
            wipe(other.bytes_);
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    bool operator==(const Secret&) const = delete;
    ~Secret() { wipe(bytes_); }

    /// A second owner, said aloud.
    Secret duplicate() const
    {
        Secret other;
        other.bytes_ = bytes_;
        return other;
    }

    /// For libsodium and for the one place that seals or wraps it; whoever copies it out wipes the copy.
    std::span<const std::uint8_t, size_in_bytes> reveal() const { return bytes_; }
    std::span<std::uint8_t, size_in_bytes> fill() { return bytes_; }

private:
    std::array<std::uint8_t, size_in_bytes> bytes_{};
};

/// Where randomness comes from. protocol/ has none of its own: a console, a key holder or a checker passes in
/// the operating system's, a test a repeatable one. Owned by the caller; one thread at a time.
class Randomness {
public:
    virtual ~Randomness() = default;
    /// Fills all of it with bytes nobody can foretell.
    virtual void fill(std::span<std::uint8_t> bytes) = 0;

protected:
    Randomness() = default;
    Randomness(const Randomness&) = default;
    Randomness& operator=(const Randomness&) = default;
};

} // namespace plenum::ballot
