#pragma once

#include "protocol/ballot/group.hpp"

namespace plenum::ballot {

/// An Ed25519 public key of a device, a key holder or a log.
using VerifyKey = std::array<std::uint8_t, 32>;
/// An Ed25519 signature.
using Signature = std::array<std::uint8_t, 64>;

/// Reads a message of fields in a fixed order and remembers the first thing that is wrong, so that a decoder
/// reads all of it and asks once, with end(). What it answers after a fault is zeros.
class FieldReader {
public:
    explicit FieldReader(ByteView bytes) : reader_(bytes) {}

    /// A byte that must be 1: Fault::unsupported for any other version.
    void version();
    std::uint8_t u8() { return reader_.u8(); }
    std::uint32_t u32() { return reader_.u32(); }
    std::uint64_t u64() { return reader_.u64(); }
    ByteView raw(std::size_t size) { return reader_.raw(size); }
    /// A domain, which must be this one: Fault::malformed for another.
    void domain(std::string_view expected);
    Digest digest();
    /// In its one spelling, the identity included.
    Point any_point();
    /// Fault::out_of_range for the identity.
    Point point();
    Scalar scalar();

    template <std::size_t size>
    std::array<std::uint8_t, size> array()
    {
        std::array<std::uint8_t, size> bytes{};
        const ByteView taken = raw(size);
        std::copy(taken.begin(), taken.end(), bytes.begin());
        return bytes;
    }

    /// How many bytes are left: a count that promises more is not believed.
    std::size_t left() const { return reader_.rest().size(); }
    /// For rules of one message: Fault::malformed, or what is named, unless it holds.
    void require(bool holds, Fault otherwise = Fault::malformed);
    bool ok() const { return reader_.ok() && !fault_; }
    /// The first fault; Fault::truncated when a field was missing, Fault::malformed when bytes are left over.
    Result<void> end() const;

private:
    void remember(const boost::system::error_code& fault);

    Reader reader_;
    boost::system::error_code fault_;
};

} // namespace plenum::ballot
