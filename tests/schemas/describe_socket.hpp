#pragma once

#include <boost/json/value.hpp>

#include <map>
#include <string>

/// schemas/asyncapi.yaml: the whole socket as AsyncAPI 3.0, made from the schemas of its messages (of
/// describe_schemas), the table of roles and the close codes of docs/wire_protocol.md. Every request stands
/// with its answer; whoever writes a client reads there what docs/wire_protocol.md says in words.
std::string describe_socket(const std::string& root,
                            const std::map<std::string, boost::json::object>& schemas);
