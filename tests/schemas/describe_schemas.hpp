#pragma once

#include <boost/json/value.hpp>

#include <map>
#include <string>

/// Every generated schema by its path below schemas/, made from the C++ descriptions of commands, views,
/// events and refusals.
std::map<std::string, boost::json::object> describe_schemas(const std::string& root);

/// A schema as it is committed: two spaces, short values on one line.
std::string print_schema(const boost::json::value& schema);
