#pragma once

#include "server/records/records.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace plenum::records {

/// Writes what one entry changes into the tables of schemas/records.sql. Throws SQLite::Exception; the caller
/// holds the transaction.
void index_entry(SQLite::Database& database, const Entry& entry, const BlobSource& blobs);

} // namespace plenum::records
