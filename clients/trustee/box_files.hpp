#pragma once

#include "clients/trustee/box_check.hpp"
#include "clients/trustee/desk.hpp"

namespace plenum::trustee {

/// A file of a vote, page by page; a file that grew on the way is read again. Fault::io_error when the line
/// is lost, Fault::not_found when the server does not give it, or pages that do not make it up.
Result<Bytes> read_secret_file(const Desk& desk, VoteId vote, SecretFile file);

/// Everything but the confirmations, which grow; the same faults.
Result<BoxFiles> read_box_files(const Desk& desk, const VoteView& view);

} // namespace plenum::trustee
