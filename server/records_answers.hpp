#pragma once

#include "server/records/records.hpp"

#include <string>

namespace plenum {

/// How an answer is wanted.
enum class AnswerForm {
    text, ///< for reading: Chinese first
    csv,  ///< for Excel: UTF-8 with byte order mark, Chinese headings
    json  ///< for programs: a list of objects, names as in schemas/records.sql, times in milliseconds UTC
};

/// Every vote that ended, with its figures, oldest first.
Result<std::string> list_votes(const records::Records& records, AnswerForm form);

/// How often each member was due, came, was on leave, was absent and spoke, by body, the members of each in
/// the order of strokes.
Result<std::string> list_attendance(const records::Records& records, AnswerForm form);

/// What was found, newest first. Fault::malformed when `typed` holds no word.
Result<std::string> list_found(const records::Records& records, const std::string& typed, std::size_t limit,
                               AnswerForm form);

/// One SELECT of the secretariat's own, its columns as named there. Fault::malformed when it is none.
Result<std::string> list_selected(const records::Records& records, const std::string& sql, AnswerForm form);

} // namespace plenum
