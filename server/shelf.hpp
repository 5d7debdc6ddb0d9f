#pragma once

#include "protocol/entry.hpp"
#include "protocol/text.hpp"
#include "server/journal/blob_store.hpp"
#include "server/journal/checkpoints.hpp"
#include "server/journal/log_reader.hpp"

namespace plenum {

/// Why something could not be done, in a sentence for the operator.
struct LocalFault {
    Fault fault = Fault::io_error;
    LocalText sentence;
};

/// `error` said in these words, with its own behind the English ones.
LocalFault local_fault(boost::system::error_code error, const std::string& zh, const std::string& en);
/// `error` of a reading of the log, in the words of its report.
LocalFault local_fault(boost::system::error_code error, const journal::Recovery& report);

/// The parts of a data directory that can be read beside a running server: nothing is locked or changed.
/// Private values are not among them.
struct Shelf {
    std::unique_ptr<journal::Directory> segments;
    NoteVerifier verifier;
    std::optional<journal::BlobStore> blobs;    ///< none before the first document
    std::optional<journal::BlobStore> auditors; ///< likewise
    std::optional<journal::PublishedCheckpoints> checkpoints;
    std::optional<Checkpoint> published; ///< looked up before the log is read

    /// A document that is never erased: public, or for auditors. Fault::not_found, bad_digest, io_error.
    Result<std::string> document(const Digest& digest) const;

    /// As document, for a reader to whom a document that is not there whole is none (chamber::BlobSource).
    std::optional<std::string> find(const Digest& digest) const;

    /// Entry number `seq`; nothing when the bytes are not that, or a document it names is not there whole.
    std::optional<Entry> understand(std::uint64_t seq, std::string_view bytes) const;

    /// Reads the log from its beginning (journal::read_log), compared with what was published.
    Result<journal::Head> read(journal::Recovery& report, const journal::TakeEntry& take) const;
};

/// Opens what is in `root`, which must outlive the shelf.
boost::system::result<Shelf, LocalFault> open_shelf(journal::Directory& root);

/// What to say of an entry that Shelf::understand does not.
LocalFault not_understood(std::uint64_t seq);

} // namespace plenum
