#include "server/records/records.hpp"

#include "protocol/merkle.hpp"
#include "server/records/indexer.hpp"
#include "server/records/schema.hpp"
#include "server/records/words.hpp"

#include <cstdio>
#include <sqlite3.h>

namespace plenum::records {
namespace {

constexpr std::int64_t records_version = 4;

/// Runs what may throw; an exception becomes the fault it stands for.
template <class Work>
auto guarded(Work&& work, Fault otherwise = Fault::io_error) -> Result<decltype(work())>
{
    try {
        if constexpr (std::is_void_v<decltype(work())>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const SQLite::Exception& error) {
        const auto code = error.getErrorCode();
        if (code == SQLITE_FULL) return fault(Fault::disk_full);
        // What a sound read model takes, it takes without a conflict.
        const bool damaged = code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_CONSTRAINT;
        return fault(damaged ? Fault::corrupt : otherwise);
    }
}

std::unique_ptr<SQLite::Database> open_database(const std::string& path)
{
    auto database =
        std::make_unique<SQLite::Database>(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 5'000);
    // It can be made again at any time, so nothing waits for the disk.
    database->exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;");
    return database;
}

void make_tables(SQLite::Database& database, const std::string& origin)
{
    SQLite::Transaction transaction(database);
    database.exec(records_schema);
    SQLite::Statement insert(database, "INSERT INTO progress VALUES (1, ?, ?, 0, '')");
    insert.bind(1, records_version);
    insert.bind(2, origin);
    insert.exec();
    transaction.commit();
}

/// Whole, of this version and of this log.
bool is_ours(SQLite::Database& database, const std::string& origin)
{
    if (!database.tableExists("progress")) return false;
    if (database.execAndGet("PRAGMA quick_check").getString() != "ok") return false;
    // quick_check knows nothing of what FTS5 keeps in its tables; this throws when the index is damaged.
    database.exec("INSERT INTO search (search) VALUES ('integrity-check')");
    SQLite::Statement progress(database, "SELECT version, origin FROM progress");
    if (!progress.executeStep()) return false;
    return progress.getColumn(0).getInt64() == records_version && progress.getColumn(1).getString() == origin;
}

void remove_files(const std::string& path)
{
    for (const auto* suffix : {"", "-wal", "-shm", "-journal"})
        std::remove((path + suffix).c_str());
}

} // namespace

struct Records::Database {
    std::string path;
    std::string origin;
    std::unique_ptr<SQLite::Database> sql;
};

Records::Records(std::unique_ptr<Database> database) : database_(std::move(database)) {}
Records::Records(Records&&) noexcept = default;
Records& Records::operator=(Records&&) noexcept = default;
Records::~Records() = default;

Result<Records> Records::open(const std::string& path, const std::string& origin)
{
    auto database = std::make_unique<Database>();
    database->path = path;
    database->origin = origin;
    bool whole = false;
    const auto opened = guarded([&] {
        database->sql = open_database(path);
        whole = is_ours(*database->sql, origin);
    });
    Records records(std::move(database));
    if (opened && whole) return records;
    if (auto cleared = records.clear(); !cleared) return cleared.error();
    return records;
}

Result<void> Records::clear()
{
    database_->sql.reset();
    remove_files(database_->path);
    return guarded([&] {
        database_->sql = open_database(database_->path);
        make_tables(*database_->sql, database_->origin);
    });
}

std::uint64_t Records::entries() const
{
    return static_cast<std::uint64_t>(database_->sql->execAndGet("SELECT entries FROM progress").getInt64());
}

bool Records::continues(const Digest& leaf) const
{
    return database_->sql->execAndGet("SELECT last_leaf FROM progress").getString() == to_hex(leaf);
}

Result<void> Records::take(const std::vector<std::string>& bytes, const BlobSource& blobs)
{
    if (bytes.empty()) return {};
    std::vector<Entry> entries;
    for (const auto& one : bytes) {
        auto entry = decode_entry(one);
        if (!entry) return entry.error();
        entries.push_back(std::move(*entry));
    }
    if (entries.front().seq != this->entries()) return fault(Fault::malformed);
    return guarded([&] {
        SQLite::Transaction transaction(*database_->sql);
        for (const auto& entry : entries)
            index_entry(*database_->sql, entry, blobs);
        SQLite::Statement progress(*database_->sql, "UPDATE progress SET entries = ?, last_leaf = ?");
        progress.bind(1, static_cast<std::int64_t>(entries.back().seq + 1));
        progress.bind(2, to_hex(leaf_hash(bytes_of(bytes.back()))));
        progress.exec();
        transaction.commit();
    });
}

Result<std::vector<Found>> Records::search(const std::string& typed, std::size_t limit) const
{
    const auto query = query_of(typed);
    if (query.empty()) return fault(Fault::malformed);
    return guarded([&] {
        std::vector<Found> found;
        SQLite::Statement statement(*database_->sql,
                                    "SELECT seq, kind, at, text FROM search WHERE search MATCH ? "
                                    "ORDER BY seq DESC LIMIT ?");
        statement.bind(1, query);
        statement.bind(2, static_cast<std::int64_t>(limit));
        while (statement.executeStep()) {
            found.push_back({static_cast<std::uint64_t>(statement.getColumn(0).getInt64()),
                             statement.getColumn(1).getString(),
                             static_cast<std::uint64_t>(statement.getColumn(2).getInt64()),
                             statement.getColumn(3).getString()});
        }
        return found;
    });
}

Result<Table> Records::select(const std::string& sql, std::size_t rows_max) const
{
    return guarded(
        [&] {
            // A second, read-only connection: whatever was typed, nothing can be changed by it.
            const SQLite::Database reader(database_->path, SQLite::OPEN_READONLY, 5'000);
            SQLite::Statement statement(reader, sql);
            Table table;
            for (int column = 0; column < statement.getColumnCount(); ++column)
                table.columns.emplace_back(statement.getColumnName(column));
            while (table.rows.size() < rows_max && statement.executeStep()) {
                auto& row = table.rows.emplace_back();
                for (int column = 0; column < statement.getColumnCount(); ++column)
                    row.push_back(statement.getColumn(column).getString());
            }
            return table;
        },
        Fault::malformed);
}

} // namespace plenum::records
