#pragma once

#include "server/gateway/download.hpp"
#include "server/gateway/static_files.hpp"

namespace plenum::gateway {

/// What the gateway reads of an HTTP request; the views live as long as the parser.
struct HttpRequest {
    std::string_view method;
    std::string_view target;
    std::string_view host;
    std::optional<std::string_view> origin;
    std::string_view if_none_match;
    std::string_view protocols; ///< Sec-WebSocket-Protocol
    std::string_view authorization;
    bool is_upgrade = false; ///< a complete WebSocket upgrade
    bool has_body = false;
    bool keep_alive = false;
};

/// A whole answer: head with the empty line, and what follows it, if anything: a body or a file.
struct HttpReply {
    unsigned status = 200;
    std::string head;
    Message body;
    bool keep_alive = false;
    std::shared_ptr<Download> file = {};
};

/// The one path of the WebSocket, and the subprotocol a client must offer there.
inline constexpr std::string_view websocket_path = "/ws";
inline constexpr std::string_view subprotocol = "plenum.v1";

/// Where HTTP requests are answered from. Immutable once the gateway has started.
struct HttpSources {
    HttpView view;
    StaticFiles files;
    std::vector<std::string> origins; ///< other hosts whose pages may connect
    bool tls = false;
};

/// Answers everything that is not an admitted WebSocket upgrade.
HttpReply answer_http(const HttpSources& sources, const HttpRequest& request);

/// Set when the request asks for something below downloads_prefix by a method that may.
std::optional<DownloadRequest> download_of(const HttpRequest& request);

/// Answers such a request with what was found for it.
HttpReply answer_download(const HttpSources& sources, const DownloadRequest& request, bool keep_alive,
                          HttpAnswer answer, const std::optional<StreamedFile>& file);

/// Whether the upgrade may go on; the refusal to send instead otherwise: 404 wrong path, 400 subprotocol
/// `plenum.v1` not offered, 403 page of another origin.
std::optional<HttpReply> refuse_upgrade(const HttpSources& sources, const HttpRequest& request);

/// A short text of our own, after which the connection is closed.
HttpReply plain_reply(const HttpSources& sources, unsigned status, std::string_view text);

} // namespace plenum::gateway
