#pragma once

#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace plenum::audit {

/// What came of a file of rule vectors: an array of `{id, method, rule, input, expect, source}`.
struct VectorReport {
    std::size_t passed = 0;
    std::size_t failed = 0;
    std::vector<std::string> mismatches;    ///< one line each: the vector, what it expects, what came out
    std::vector<std::string> not_supported; ///< what has no rule here, and so neither passed nor failed
};

/// Computes every vector with the functions the server decides with, and compares each figure it expects. A
/// vector of an unknown method, or one that cannot be read, has failed.
VectorReport run_rule_vectors(const boost::json::value& vectors);

} // namespace plenum::audit
