#pragma once

#include <boost/json/value.hpp>

#include <string>

/// Compares `made` with schemas/vectors/<file>: bytes that were once published must never come out
/// differently. With PLENUM_WRITE_VECTORS=1 in the environment the file is written instead, for a format that
/// is new.
void check_golden(const std::string& file, const boost::json::value& made);
