// Properties: whatever the bytes, decoding answers, and a refusal can be told in words a client can read; an
// accepted request, and the command in it, re-encode and decode to the same.
#include "protocol/command.hpp"
#include "protocol/rpc.hpp"

#include <cstdlib>

using namespace plenum;

namespace {

void check_command(const Request& request)
{
    const auto decoded = decode_command(request.method, request.params);
    if (!decoded) return;
    if (decoded->has_error()) {
        if (!decoded->error().path.starts_with("params") || decoded->error().expected.empty()) std::abort();
        return;
    }
    const Command& command = **decoded;
    const auto params = encode_params(command);
    const auto again = decode_command(method_of(command), params);
    if (!again || !again->has_value()) std::abort();
    if (encode_params(**again) != params || fingerprint(**again) != fingerprint(command)) std::abort();
    // What a client would send for it is a request again.
    const auto sent = decode_request(encode_request(request.id, method_of(command), params));
    if (!sent || sent->id != request.id || sent->method != request.method || sent->params != params)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto request = decode_request(text);
    if (!request) {
        const auto told = decode_server_message(encode_bad_request(request.error()));
        if (!told || !told->is_error || told->id != request.error().id) std::abort();
        return 0;
    }
    const auto again = decode_request(encode_request(request->id, request->method, request->params));
    if (!again || again->id != request->id || again->method != request->method ||
        again->params != request->params) {
        std::abort();
    }
    check_command(*request);
    return 0;
}
