#pragma once

#include "protocol/view/sheet.hpp"

namespace plenum::papers {

/// A page of HTML that prints to one sheet of A4, with up to a hundred candidates: the figures, the rule in
/// words with its articles, what was frozen, the attempts, and room for those who sign. Chinese first,
/// English beside it. It names nothing outside itself: no script, no picture, no font. Times as
/// local_moment() tells them.
std::string result_sheet_html(const ResultSheet& sheet);

} // namespace plenum::papers
