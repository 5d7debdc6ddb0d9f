#pragma once

#include "protocol/entry.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace plenum::records {

/// Finds the content of a public blob by digest.
using BlobSource = std::function<std::optional<std::string>(const Digest&)>;

/// Something the search found: the entry, its kind and time, and the text it was found in, for display.
struct Found {
    std::uint64_t seq = 0;
    std::string kind;
    std::uint64_t at_ms = 0;
    std::string text;
};

/// The answer to an SQL question: names of the columns, and the values as text.
struct Table {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};

/// The read model of one log: statistics, results, search, SQL for the secretariat. A function of the journal
/// (schemas/records.sql): made again from its beginning whenever it cannot be what the log says, continued
/// where it stopped otherwise. Not thread-safe. Faults: io_error, corrupt, malformed for a question that is
/// none.
class Records {
public:
    /// Opens or makes the file. One that is damaged, of another version or of another log is put aside as
    /// nothing and made anew.
    static Result<Records> open(const std::string& path, const std::string& origin);
    Records(Records&&) noexcept;
    Records& operator=(Records&&) noexcept;
    ~Records();

    /// How many entries are in.
    std::uint64_t entries() const;

    /// Takes the entries that follow, in order; all of one call or none are in afterwards. `bytes` are the
    /// leaves as stored. The first of them must be number entries().
    Result<void> take(const std::vector<std::string>& bytes, const BlobSource& blobs);

    /// False when the entry before the next one is not the log's: the read model is of another history and
    /// clear() is due. `leaf` is the hash of entry number entries() - 1 of the log.
    bool continues(const Digest& leaf) const;
    /// Nothing is in any more.
    Result<void> clear();

    /// The newest matches first.
    Result<std::vector<Found>> search(const std::string& typed, std::size_t limit) const;
    /// One SELECT, read only; at most `rows_max` rows.
    Result<Table> select(const std::string& sql, std::size_t rows_max) const;

private:
    struct Database;
    explicit Records(std::unique_ptr<Database> database);
    std::unique_ptr<Database> database_;
};

} // namespace plenum::records
