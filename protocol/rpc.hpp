#pragma once

#include "protocol/command.hpp"
#include "protocol/entry.hpp"
#include "protocol/refusal.hpp"

namespace plenum {

/// JSON-RPC 2.0 codes for messages that are wrong in themselves; refusals are refusal_code_base + their
/// number.
enum class RpcError {
    parse_error = -32700,     ///< not JSON as docs/wire_protocol.md limits it
    invalid_request = -32600, ///< JSON, but not a request; batches are not taken
    method_not_found = -32601,
    invalid_params = -32602,
};

/// One request of a client. Its id is made by the client and kept with the entries it causes.
struct Request {
    std::string id;
    std::string method;
    boost::json::value params;
};

/// Why a text is no request, with the id to answer under when one could be read.
struct BadRequest {
    RpcError code = RpcError::parse_error;
    std::optional<std::string> id;
    std::string detail;
};

/// Ids are strings of 1 to request_id_bytes_max printable ASCII characters; params must be an object (absent
/// = empty).
boost::system::result<Request, BadRequest> decode_request(std::string_view text);

/// A request as a client sends it.
std::string encode_request(const std::string& id, std::string_view method, const boost::json::value& params);
/// The answer to the request with this id.
std::string encode_answer(const std::string& id, const boost::json::value& result);
/// A refusal as an error object: code, name, reason and next step in both languages.
std::string encode_refusal(const std::string& id, const Refusal& refusal);
/// The error object alone, for answers that are no JSON-RPC: plain HTTP says no with it.
std::string encode_refusal_body(const Refusal& refusal);
/// The error object for a text that is no request.
std::string encode_bad_request(const BadRequest& bad);
/// What the server says unasked.
std::string encode_notification(std::string_view method, const boost::json::value& params);

/// What a server sends, as a client reads it: an answer, an error, or a notification.
struct ServerMessage {
    std::optional<std::string> id; ///< set for answers and errors
    std::string method;            ///< set for notifications
    boost::json::value body;       ///< result, error object or params
    bool is_error = false;
};
Result<ServerMessage> decode_server_message(std::string_view text);

} // namespace plenum
