#pragma once

#include "protocol/result.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::ballot {

/// That `result` failed, and with this fault.
template <class T>
void is_fault(const Result<T>& result, Fault expected)
{
    BOOST_TEST_REQUIRE(result.has_error());
    BOOST_TEST((result.error() == make_error_code(expected)), result.error().message());
}

} // namespace plenum::ballot
