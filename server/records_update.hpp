#pragma once

#include "server/records/records.hpp"
#include "server/shelf.hpp"

namespace plenum {

/// The read model of a data directory, level with its log.
struct UpdatedRecords {
    records::Records records;
    std::uint64_t added = 0;        ///< entries taken in by this update
    bool was_made_anew = false;     ///< it could not be continued, or that was asked for
    std::vector<LocalText> remarks; ///< what the operator should hear about the log besides
};

/// Where the read model of the data directory `data` lies.
std::string records_path(const std::string& data);

/// Brings the read model up to the last entry of the log that can be read, a running server not disturbed:
/// of the data directory only the folder `records/` is written, and only its own lock is taken. It continues
/// after the last entry it holds; what an interrupted update took in stays in. When it is damaged, or of
/// another history than the log, or `anew`, it is made from the beginning. Faults: those of reading the log,
/// in_use when another update is at work, io_error and disk_full of the read model itself.
boost::system::result<UpdatedRecords, LocalFault> update_records(const std::string& data, bool anew);

} // namespace plenum
