#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plenum::records {

/// A text as FTS5 can find words in it: a space on both sides of every character beyond Latin, Greek and
/// Cyrillic, since Chinese has no spaces between words. Invalid UTF-8 is passed over.
std::string spaced(std::string_view text);

/// What a person typed, cut at its spaces, narrow or wide.
std::vector<std::string> pieces_of(std::string_view typed);

/// What a person typed as an FTS5 query: each piece between spaces is a phrase, all must occur. Empty when
/// nothing can be looked for.
std::string query_of(std::string_view typed);

} // namespace plenum::records
