#pragma once

#include "protocol/view/sheet.hpp"

namespace plenum::papers {

/// A page of HTML that prints to one sheet of A4: the figures, the rule in words with its articles, what was
/// frozen, the attempts, and room for those who sign. Chinese first, English beside it. It names nothing
/// outside itself: no script, no picture, no font. Times as local_moment() tells them.
std::string result_sheet_html(const ResultSheet& sheet);

/// The same of votes that belong together, like a series of appointments: a line for each, and at the end who
/// takes the oath, which is everybody whose vote passed. `title` heads the page.
std::string result_table_html(const std::vector<ResultSheet>& sheets, const std::string& title);

} // namespace plenum::papers
