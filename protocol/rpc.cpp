#include "protocol/rpc.hpp"

#include <algorithm>

namespace plenum {
namespace {

namespace json = boost::json;

bool is_request_id(std::string_view id)
{
    const auto printable = [](char c) { return c > 0x20 && c < 0x7f; };
    return !id.empty() && id.size() <= request_id_bytes_max && std::ranges::all_of(id, printable);
}

std::string envelope(json::object object)
{
    object["jsonrpc"] = "2.0";
    return canonical_json(object);
}

json::object error_body(int code, std::string_view message, json::value data)
{
    json::object error;
    error["code"] = code;
    error["message"] = message;
    error["data"] = std::move(data);
    return error;
}

json::object error_body(const Refusal& refusal)
{
    json::object data;
    data["refusal"] = codec::enum_name(refusal.code);
    data["reason"] = to_json(refusal.reason);
    data["next"] = to_json(refusal.next);
    if (may_be_set_aside(refusal.code)) data["may_be_set_aside"] = true;
    return error_body(refusal_code_base + static_cast<int>(refusal.code), refusal.reason.en, std::move(data));
}

std::string encode_error(const std::optional<std::string>& id, json::object error)
{
    json::object object;
    object["id"] = id ? json::value(json::string(*id)) : json::value(nullptr);
    object["error"] = std::move(error);
    return envelope(std::move(object));
}

std::string_view words_of(RpcError code)
{
    switch (code) {
    case RpcError::parse_error: return "parse error";
    case RpcError::invalid_request: return "invalid request";
    case RpcError::method_not_found: return "method not found";
    case RpcError::invalid_params: return "invalid params";
    }
    return "error";
}

const json::string* string_member(const json::object& object, std::string_view name)
{
    const auto* member = object.if_contains(name);
    return member == nullptr ? nullptr : member->if_string();
}

} // namespace

boost::system::result<Request, BadRequest> decode_request(std::string_view text)
{
    auto value = parse_json(text);
    if (!value)
        return BadRequest{RpcError::parse_error, {}, "JSON in UTF-8 without duplicate members or fractions"};
    auto* object = value->if_object();
    if (object == nullptr)
        return BadRequest{RpcError::invalid_request, {}, "one request object (no batches)"};

    const auto* id = string_member(*object, "id");
    if (id == nullptr || !is_request_id(*id)) {
        return BadRequest{RpcError::invalid_request, {}, "id: 1 to 64 printable ASCII characters"};
    }
    Request request{std::string(*id), {}, json::object()};
    const auto* version = string_member(*object, "jsonrpc");
    if (version == nullptr || *version != "2.0") {
        return BadRequest{RpcError::invalid_request, request.id, "jsonrpc: \"2.0\""};
    }
    const auto* method = string_member(*object, "method");
    if (method == nullptr) return BadRequest{RpcError::invalid_request, request.id, "method: a string"};
    request.method = std::string(*method);
    if (auto* params = object->if_contains("params")) {
        if (!params->is_object())
            return BadRequest{RpcError::invalid_params, request.id, "params: an object"};
        request.params = std::move(*params);
    }
    return request;
}

std::string encode_request(const std::string& id, std::string_view method, const json::value& params)
{
    json::object object;
    object["id"] = id;
    object["method"] = method;
    object["params"] = params;
    return envelope(std::move(object));
}

std::string encode_answer(const std::string& id, const json::value& result)
{
    json::object object;
    object["id"] = id;
    object["result"] = result;
    return envelope(std::move(object));
}

std::string encode_refusal(const std::string& id, const Refusal& refusal)
{
    return encode_error(id, error_body(refusal));
}

std::string encode_refusal_body(const Refusal& refusal)
{
    return canonical_json(error_body(refusal));
}

std::string encode_bad_request(const BadRequest& bad)
{
    json::object data;
    data["expected"] = bad.detail;
    return encode_error(bad.id, error_body(static_cast<int>(bad.code), words_of(bad.code), std::move(data)));
}

std::string encode_notification(std::string_view method, const json::value& params)
{
    json::object object;
    object["method"] = method;
    object["params"] = params;
    return envelope(std::move(object));
}

Result<ServerMessage> decode_server_message(std::string_view text)
{
    auto value = parse_json(text);
    if (!value) return value.error();
    auto* object = value->if_object();
    if (object == nullptr) return fault(Fault::malformed);
    ServerMessage message;
    if (const auto* id = string_member(*object, "id")) message.id = std::string(*id);
    if (auto* result = object->if_contains("result")) {
        message.body = std::move(*result);
    } else if (auto* error = object->if_contains("error")) {
        message.body = std::move(*error);
        message.is_error = true;
    } else if (const auto* method = string_member(*object, "method")) {
        message.method = std::string(*method);
        if (auto* params = object->if_contains("params")) message.body = std::move(*params);
    } else {
        return fault(Fault::malformed);
    }
    return message;
}

} // namespace plenum
