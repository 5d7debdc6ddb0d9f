#pragma once

#include <boost/json/array.hpp>

/// Every request, answer, notification, error and journal entry as the codecs write it, once with all
/// optional members and lists filled and once without: objects of `schema` (path below schemas/), `part`
/// (pointer inside it), `valid` and `message`. Some are damaged on purpose, and must be refused.
boost::json::array sample_messages();
