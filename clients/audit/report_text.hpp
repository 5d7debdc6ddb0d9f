#pragma once

#include "protocol/audit/verify.hpp"

namespace plenum::audit {

/// The language of everything a program prints for people. JSON is the same in both.
enum class Language { zh, en };

/// `zh` or `en` as asked for; otherwise English where the environment's `locale` (LANG) says so, else
/// Chinese.
Language language_of(std::string_view asked, std::string_view locale);

/// Text out of a bundle made fit for a terminal: control characters, C1 controls and marks that turn the
/// direction of writing become `?`, so that no bundle can paint over what the program says about it.
std::string printable(std::string_view text);

/// One line: severity, entry, sentence, code.
std::string describe(const AuditFinding& found, Language language);

/// A table, one line a vote: figures, verdict, whether it is sound, title. Empty when there are no votes.
std::string describe(const std::vector<VoteSummary>& votes, Language language);

/// How far a work has come, as one line for a terminal: a bar, per cent, and both numbers.
std::string progress_bar(std::uint64_t done, std::uint64_t of, Language language);

/// Origin, key, size, root.
std::string describe_log(const Report& report, Language language);

/// The whole report; its last line says whether the bundle is verified.
std::string describe(const Report& report, Language language);

} // namespace plenum::audit
