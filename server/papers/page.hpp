#pragma once

#include "protocol/rules/profile.hpp"

namespace plenum::papers {

/// What stands in HTML for this text.
std::string escaped(std::string_view text);

/// A text in both languages as one cell has them: Chinese, and English smaller behind it.
std::string both(const LocalText& text);
std::string both(const char* zh, const char* en);

/// One row of a table: a head and a value, which is HTML already.
std::string row(const LocalText& head, const std::string& value);

/// A whole page around `body`, set for A4.
std::string page(const std::string& title, const std::string& body);

} // namespace plenum::papers
