#pragma once

#include "protocol/view/sheet.hpp"

namespace plenum::papers {

/// The page of votes that were put one after another, like appointments by person: a line for each, set as
/// result_sheet_html() is, and at the end who takes the oath, which is everybody whose vote passed. Of the
/// hashes a line has the first digits; the record and the JSON have them whole.
std::string series_sheet_html(const SeriesSheet& sheet);

} // namespace plenum::papers
