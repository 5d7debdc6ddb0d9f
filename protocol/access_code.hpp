#pragma once

#include "protocol/role.hpp"

namespace plenum {

/// A personal access code: 128 bits that sign a person in, in one role. Cannot be copied by accident,
/// formatted, logged or compared; zeroes itself. Only its hash is ever stored.
class AccessCode {
public:
    static constexpr std::size_t size = 16;

    explicit AccessCode(std::span<const std::uint8_t, size> bytes);
    AccessCode(AccessCode&& other) noexcept;
    AccessCode& operator=(AccessCode&& other) noexcept;
    AccessCode(const AccessCode&) = delete;
    AccessCode& operator=(const AccessCode&) = delete;
    ~AccessCode();

    /// SHA-256("plenum/code/v1" | code): what the record keeps. 128 random bits need no slow hash.
    Digest hash() const;

    /// The spelling handed to its owner, once: eight groups of letters and digits without look-alikes. The
    /// caller wipes it.
    std::string reveal() const;

private:
    std::array<std::uint8_t, size> bytes_{};
};

/// Reads what a person typed: case, spaces and dashes do not matter. Fault::malformed for anything else.
Result<AccessCode> access_code_from_text(std::string_view text);

/// 32 bytes of randomness for one command, drawn by the edge. Never journaled.
using Seed = std::array<std::uint8_t, 32>;

/// The code for (person, role) under this seed: SHA-256("plenum/code-seed/v1" | seed | person | role), cut.
/// Deriving keeps decide free of randomness and lets the edge show the same codes it decided on.
AccessCode derive_access_code(const Seed& seed, PersonId person, Role role);

/// Whom one code signs in, and in which role.
struct AccessCodeRow {
    PersonId person{};
    Role role = Role::delegate;
    Digest code_hash;

    bool operator==(const AccessCodeRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(AccessCodeRow, (), (person, role, code_hash))

/// The private blob behind access_codes.issued. The salt makes its digest say nothing once the blob is
/// erased.
struct AccessCodeSheet {
    std::uint32_t v = 1;
    Bytes salt; ///< 16 bytes
    std::vector<AccessCodeRow> rows;

    bool operator==(const AccessCodeSheet&) const = default;
};
BOOST_DESCRIBE_STRUCT(AccessCodeSheet, (), (v, salt, rows))

/// Canonical JSON, the content of the private blob.
std::string encode_access_codes(const AccessCodeSheet& sheet);
/// Reads it back; refuses other versions and spellings.
Result<AccessCodeSheet> decode_access_codes(std::string_view text);

} // namespace plenum
