#pragma once

#include "protocol/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plenum {

/// Owned bytes. Journal entries are kept as std::string instead because they are canonical JSON text.
using Bytes = std::vector<std::uint8_t>;

/// Bytes somebody else owns.
using ByteView = std::span<const std::uint8_t>;

/// The bytes of a text; views what `text` views.
inline ByteView bytes_of(std::string_view text)
{
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Bytes as a text, unchecked; views what `bytes` views.
inline std::string_view text_of(ByteView bytes)
{
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Appends fixed-width numbers (little-endian unless the name says otherwise) and raw bytes to a buffer it
/// owns. With Reader the only place in the project that shifts bits.
class Writer {
public:
    void u8(std::uint8_t value);
    void u16_be(std::uint16_t value);
    void u32(std::uint32_t value);
    void u64(std::uint64_t value);
    void u64_be(std::uint64_t value);
    void raw(ByteView bytes);
    void raw(std::string_view text) { raw(bytes_of(text)); }
    /// Zeros until the length is a multiple of `alignment`.
    void pad_to(std::size_t alignment);

    const Bytes& bytes() const { return bytes_; }
    std::size_t size() const { return bytes_.size(); }
    Bytes take() { return std::move(bytes_); }

private:
    Bytes bytes_;
};

/// Reads what Writer wrote. Reading past the end answers zeros or empty and makes ok() false for good, so a
/// decoder may read a whole record and ask once.
class Reader {
public:
    explicit Reader(ByteView bytes) : rest_(bytes) {}

    std::uint8_t u8();
    std::uint16_t u16_be();
    std::uint32_t u32();
    std::uint64_t u64();
    std::uint64_t u64_be();
    ByteView raw(std::size_t count);

    bool ok() const { return ok_; }
    ByteView rest() const { return rest_; }
    bool at_end() const { return rest_.empty(); }

private:
    ByteView rest_;
    bool ok_ = true;
};

/// Two lower-case digits a byte.
std::string to_hex(ByteView bytes);
/// Fault::malformed for anything else, upper case included.
Result<Bytes> from_hex(std::string_view text);

/// Standard base64 with padding, as signed notes use it.
std::string to_base64(ByteView bytes);
Result<Bytes> from_base64(std::string_view text);

/// base64url without padding, as every binary field on the wire and in entries uses it. Only the canonical
/// spelling is accepted back.
std::string to_base64url(ByteView bytes);
Result<Bytes> from_base64url(std::string_view text);

/// True for well-formed UTF-8 without surrogates or overlong forms.
bool is_utf8(std::string_view text);

} // namespace plenum
