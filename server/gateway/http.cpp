#include "server/gateway/http.hpp"

#include <algorithm>

namespace plenum::gateway {
namespace {

constexpr std::string_view security_headers =
    // 'wasm-unsafe-eval' lets the ballot worker of a console compile libsodium; it allows no script text.
    "Content-Security-Policy: default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "connect-src 'self'; "
    "img-src 'self' data:; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

std::string_view words_of(unsigned status)
{
    switch (status) {
    case 200: return "OK";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 413: return "Content Too Large";
    case 426: return "Upgrade Required";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 503: return "Service Unavailable";
    default: return status < 400 ? "OK" : "Error";
    }
}

/// A HEAD need not say what only the making of a body would tell (RFC 9110 8.6).
constexpr std::uint64_t unknown_length = ~std::uint64_t{0};

/// What a reply says besides its status.
struct Content {
    std::string_view type;
    std::string_view cache_control = "no-store";
    std::string_view etag = {};
    std::string_view more = {};                         ///< whole header lines
    std::optional<std::uint64_t> length = std::nullopt; ///< of what follows, where that is not the body
};

HttpReply reply(const HttpSources& sources, unsigned status, const Content& content, Message body,
                bool keep_alive)
{
    HttpReply made{status, {}, std::move(body), keep_alive};
    auto& head = made.head;
    head.reserve(1024);
    const auto line = [&](std::string_view name, std::string_view value) {
        head.append(name).append(": ").append(value).append("\r\n");
    };
    head.append("HTTP/1.1 ")
        .append(std::to_string(status))
        .append(" ")
        .append(words_of(status))
        .append("\r\n");
    const auto length = content.length.value_or(made.body ? made.body->size() : 0);
    if (status != 304 && length != unknown_length) line("Content-Length", std::to_string(length));
    if (!content.type.empty()) line("Content-Type", content.type);
    line("Cache-Control", content.cache_control);
    if (!content.etag.empty()) line("ETag", content.etag);
    if (!keep_alive) line("Connection", "close");
    if (sources.tls) line("Strict-Transport-Security", "max-age=31536000");
    head.append(content.more).append(security_headers).append("\r\n");
    return made;
}

HttpReply reply_text(const HttpSources& sources, unsigned status, std::string_view text,
                     std::string_view more = {})
{
    auto body = std::make_shared<const std::string>(std::string(text) + "\n");
    return reply(sources, status, {"text/plain; charset=utf-8", "no-store", {}, more}, std::move(body),
                 false);
}

std::string lines_of(const std::vector<std::pair<std::string, std::string>>& headers)
{
    std::string lines;
    for (const auto& [name, value] : headers)
        lines += name + ": " + value + "\r\n";
    return lines;
}

std::string_view path_of(std::string_view target)
{
    return target.substr(0, target.find('?'));
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_ignoring_case(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, lower, lower);
}

/// An absent Origin is no browser. A page may connect to the host it came from, over TLS only if it came over
/// TLS.
bool may_connect(const HttpSources& sources, const HttpRequest& request)
{
    if (!request.origin) return true;
    auto host = *request.origin;
    const bool secure = host.starts_with("https://");
    if (!secure && !host.starts_with("http://")) return false;
    host.remove_prefix(secure ? 8 : 7);
    if (host.empty() || (sources.tls && !secure)) return false;
    if (!request.host.empty() && equal_ignoring_case(host, request.host)) return true;
    return std::ranges::any_of(sources.origins,
                               [&](const auto& known) { return equal_ignoring_case(host, known); });
}

bool offers_our_protocol(std::string_view protocols)
{
    while (!protocols.empty()) {
        const auto comma = protocols.find(',');
        auto token = protocols.substr(0, comma);
        while (!token.empty() && (token.front() == ' ' || token.front() == '\t'))
            token.remove_prefix(1);
        while (!token.empty() && (token.back() == ' ' || token.back() == '\t'))
            token.remove_suffix(1);
        if (token == subprotocol) return true;
        if (comma == std::string_view::npos) break;
        protocols.remove_prefix(comma + 1);
    }
    return false;
}

/// The token of `Bearer TOKEN`, the scheme in any case; empty for anything else.
std::string_view bearer_of(std::string_view authorization)
{
    constexpr std::string_view scheme = "bearer ";
    if (authorization.size() < scheme.size()) return {};
    if (!equal_ignoring_case(authorization.substr(0, scheme.size()), scheme)) return {};
    auto token = authorization.substr(scheme.size());
    while (token.starts_with(' '))
        token.remove_prefix(1);
    return token;
}

/// If-None-Match is a list of tags, weak or not, or `*`.
bool has_tag(std::string_view if_none_match, std::string_view etag)
{
    return if_none_match == "*" || (!etag.empty() && if_none_match.find(etag) != std::string_view::npos);
}

} // namespace

HttpReply answer_http(const HttpSources& sources, const HttpRequest& request)
{
    const bool head_only = request.method == "HEAD";
    if (request.method != "GET" && !head_only) {
        return reply_text(sources, 405, "GET and HEAD only", "Allow: GET, HEAD\r\n");
    }
    if (request.has_body) return reply_text(sources, 413, "a request must not have a body");
    if (!request.target.starts_with('/')) return reply_text(sources, 400, "the target must begin with /");
    const auto path = path_of(request.target);
    if (path == websocket_path) {
        return reply_text(sources, 426, "WebSocket only", "Upgrade: websocket\r\n");
    }
    HttpReply made;
    if (auto answer = sources.view ? sources.view(path) : std::nullopt) {
        auto body = std::make_shared<const std::string>(std::move(answer->body));
        const auto more = lines_of(answer->headers);
        made = reply(sources, answer->status, {answer->content_type, "no-store", {}, more}, std::move(body),
                     request.keep_alive);
    } else if (const auto* file = sources.files.find(path)) {
        const Content content{file->content_type, file->cache_control, file->etag, {}};
        if (has_tag(request.if_none_match, file->etag)) {
            return reply(sources, 304, content, {}, request.keep_alive);
        }
        made = reply(sources, 200, content, file->body, request.keep_alive);
    } else {
        made = reply(sources, 404, {"text/plain; charset=utf-8"},
                     std::make_shared<const std::string>("not found\n"), request.keep_alive);
    }
    if (head_only) made.body.reset();
    return made;
}

std::optional<DownloadRequest> download_of(const HttpRequest& request)
{
    const auto path = path_of(request.target);
    const bool head_only = request.method == "HEAD";
    if (!path.starts_with(downloads_prefix) || request.is_upgrade || request.has_body ||
        (request.method != "GET" && !head_only))
        return std::nullopt;
    return DownloadRequest{std::string(path), std::string(bearer_of(request.authorization)), head_only};
}

HttpReply answer_download(const HttpSources& sources, const DownloadRequest& request, bool keep_alive,
                          HttpAnswer answer, const std::optional<StreamedFile>& file)
{
    auto download = file && !request.head_only ? Download::open(*file) : nullptr;
    if (file && !request.head_only && !download)
        return reply_text(sources, 500, "the file made for this cannot be read");
    const auto more = lines_of(answer.headers);
    Content content{answer.content_type, "no-store", {}, more, std::nullopt};
    if (download) content.length = download->size();
    if (request.head_only && answer.body.empty()) content.length = unknown_length;
    auto body = std::make_shared<const std::string>(std::move(answer.body));
    auto made = reply(sources, answer.status, content, std::move(body), keep_alive);
    if (request.head_only || download) made.body.reset();
    made.file = std::move(download);
    return made;
}

std::optional<HttpReply> refuse_upgrade(const HttpSources& sources, const HttpRequest& request)
{
    if (path_of(request.target) != websocket_path) return reply_text(sources, 404, "no WebSocket here");
    if (request.has_body) return reply_text(sources, 413, "a request must not have a body");
    if (!offers_our_protocol(request.protocols)) {
        return reply_text(sources, 400, "offer the WebSocket subprotocol " + std::string(subprotocol));
    }
    if (!may_connect(sources, request))
        return reply_text(sources, 403, "pages of this origin may not connect");
    return std::nullopt;
}

HttpReply plain_reply(const HttpSources& sources, unsigned status, std::string_view text)
{
    return reply_text(sources, status, text);
}

} // namespace plenum::gateway
