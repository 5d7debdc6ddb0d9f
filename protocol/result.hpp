#pragma once

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

namespace plenum {

/// What can go wrong with bytes that come from a disk, a file or a stranger. A fault is nobody's decision;
/// what the chamber decides against is a Refusal. NOTE: numbers are append only.
enum class Fault {
    truncated = 1,     ///< ends before the format says it may
    malformed = 2,     ///< does not have the shape the format demands
    not_canonical = 3, ///< right value, but not in its one permitted spelling
    bad_digest = 4,    ///< content does not have the digest it is named by
    bad_signature = 5, ///< signature missing, by another key, or wrong
    bad_proof = 6,     ///< a proof does not hold: not at this root, not by this key
    out_of_range = 7,  ///< a number, length or index beyond its limit
    unsupported = 8,   ///< a version or kind this build does not know
    not_found = 9,     ///< named but not there
    io_error = 10,     ///< the operating system refused a read, or to open or make a file
    corrupt = 11,      ///< a journal whose middle is damaged
    in_use = 12,       ///< another process holds the directory
    rolled_back = 13,  ///< somebody has seen more than this log holds
    disk_full = 14,    ///< no room, and nothing was written
    not_durable = 15,  ///< a write, sync or rename failed: what the disk holds is unknown. The process stops
};

/// The category of every Fault; its messages are for operators, in English.
const boost::system::error_category& fault_category() noexcept;
/// Lets a Fault stand where an error_code is expected.
boost::system::error_code make_error_code(Fault fault) noexcept;

/// A value or a fault. Return `fault(Fault::truncated)` for the latter.
template <class T>
using Result = boost::system::result<T, boost::system::error_code>;

} // namespace plenum

template <>
struct boost::system::is_error_code_enum<plenum::Fault> : std::true_type {};

namespace plenum {

/// The error of a Result: `return fault(Fault::truncated);`
inline boost::system::error_code fault(Fault what) noexcept
{
    return make_error_code(what);
}

} // namespace plenum
