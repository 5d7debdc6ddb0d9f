#include "tests/end_to_end/lying_line.hpp"

#include "clients/link/fetch.hpp"
#include "server/gateway/gateway.hpp"

#include <map>
#include <mutex>
#include <stdexcept>

namespace plenum::replay {
namespace {

using gateway::SessionId;

constexpr std::size_t request_bytes_max = 1024 * 1024; ///< the true server has limits of its own
constexpr std::size_t document_bytes_max = 1024 * 1024;

gateway::Message message(std::string text)
{
    return std::make_shared<const std::string>(std::move(text));
}

std::string encode_error(const std::string& id, const boost::json::value& error)
{
    return boost::json::serialize(boost::json::object{{"jsonrpc", "2.0"}, {"id", id}, {"error", error}});
}

} // namespace

boost::json::value page_of(const Bytes& file, const ReadSecretFile& wanted)
{
    SecretFilePage page;
    page.digest = sha256(file);
    page.total = static_cast<std::uint32_t>(file.size());
    const auto from = std::min<std::size_t>(wanted.from, file.size());
    const auto bytes = ByteView(file).subspan(from);
    const auto piece = bytes.first(std::min<std::size_t>(bytes.size(), secret_file_page_bytes));
    page.content.assign(piece.begin(), piece.end());
    return to_json(page);
}

/// One connection to the true server for every one that comes in.
class LyingLine::Impl {
public:
    explicit Impl(link::Endpoint server)
        : server_(std::move(server)),
          gateway_(settings(), events(), [this](auto path) { return fetch(path); })
    {
        if (!gateway_.start()) throw std::runtime_error("the lying line cannot listen: " + gateway_.why());
    }
    ~Impl()
    {
        {
            // What still comes from either side finds nobody it could go to.
            const std::lock_guard lock(mutex_);
            lines_.clear();
        }
        gateway_.stop();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    std::uint16_t port() const { return gateway_.port(); }

    void tell(std::shared_ptr<Lie> lie)
    {
        const std::lock_guard lock(mutex_);
        lie_ = std::move(lie);
        for (const auto& [session, line] : lines_) {
            for (const auto& [id, view] : line.keys)
                send(session, line, KeyHoldersChanged{line.seq, view}, &KeyHoldersChanged::keys);
            for (const auto& [id, view] : line.votes)
                send(session, line, VoteChanged{line.seq, line.at_ms, view}, &VoteChanged::vote);
        }
    }

private:
    struct Line {
        link::ConnectionId back{};
        Listener listener;
        // As the true server said them last.
        std::uint64_t seq = 0;
        std::uint64_t at_ms = 0;
        std::map<VoteId, VoteView> votes;
        std::map<MeetingId, KeyHoldersView> keys;
    };

    static gateway::Settings settings()
    {
        gateway::Settings settings;
        settings.read_bytes_max = request_bytes_max;
        return settings;
    }

    gateway::Events events()
    {
        gateway::Events events;
        events.opened = [this](SessionId session) { opened(session); };
        events.requested = [this](SessionId session, Request request) {
            requested(session, std::move(request));
        };
        events.closed = [this](SessionId session) {
            const std::lock_guard lock(mutex_);
            const auto found = lines_.find(session);
            if (found == lines_.end()) return;
            pool_.close(found->second.back);
            lines_.erase(found);
        };
        return events;
    }

    std::optional<gateway::HttpAnswer> fetch(std::string_view path) const
    {
        const auto body = link::fetch(server_, std::string(path), document_bytes_max);
        if (!body) return std::nullopt;
        return gateway::HttpAnswer{200, "application/octet-stream", std::string(text_of(*body))};
    }

    void opened(SessionId session)
    {
        link::Callbacks callbacks;
        callbacks.on_message = [this, session](ServerMessage said) { notified(session, std::move(said)); };
        callbacks.on_close = [this, session](std::uint16_t, const std::string& reason) {
            const std::lock_guard lock(mutex_);
            if (lines_.contains(session)) gateway_.close(session, gateway::CloseReason::going_away, reason);
        };
        const std::lock_guard lock(mutex_);
        lines_[session].back = pool_.connect(server_, std::move(callbacks));
    }

    void requested(SessionId session, Request request)
    {
        const std::lock_guard lock(mutex_);
        const auto found = lines_.find(session);
        if (found == lines_.end()) return;
        if (lie_) {
            if (const auto own = lie_->answer(found->second.listener, request)) {
                gateway_.answer(session, message(encode_answer(request.id, *own)));
                return;
            }
        }
        pool_.request(found->second.back, request.id, request.method, request.params,
                      [this, session, request](std::optional<ServerMessage> said) {
                          if (said) answered(session, request, std::move(*said));
                      });
    }

    void answered(SessionId session, const Request& request, ServerMessage said)
    {
        const std::lock_guard lock(mutex_);
        const auto found = lines_.find(session);
        if (found == lines_.end()) return;
        auto& line = found->second;
        if (said.is_error) {
            gateway_.answer(session, message(encode_error(request.id, said.body)));
            return;
        }
        if (request.method == Hello::method) {
            const auto hello = from_json<HelloAnswer>(said.body);
            if (hello) line.listener = {hello->me.person, hello->me.role};
            gateway_.signed_in(session);
        }
        if (lie_) lie_->change(line.listener, request, said.body);
        gateway_.answer(session, message(encode_answer(request.id, said.body)));
    }

    void notified(SessionId session, ServerMessage said)
    {
        const std::lock_guard lock(mutex_);
        const auto found = lines_.find(session);
        if (found == lines_.end() || said.method.empty()) return;
        auto& line = found->second;
        if (said.method == VoteChanged::method) {
            if (auto view = from_json<VoteChanged>(said.body)) {
                line.seq = view->seq;
                line.at_ms = view->at_ms;
                line.votes[view->vote.id] = view->vote;
                return send(session, line, std::move(*view), &VoteChanged::vote);
            }
        }
        if (said.method == KeyHoldersChanged::method) {
            if (auto view = from_json<KeyHoldersChanged>(said.body)) {
                line.seq = view->seq;
                line.keys[view->keys.meeting] = view->keys;
                return send(session, line, std::move(*view), &KeyHoldersChanged::keys);
            }
        }
        if (said.method == "snapshot") change_snapshot(line, said.body);
        gateway_.send({session}, message(encode_notification(said.method, said.body)));
    }

    void change_snapshot(Line& line, boost::json::value& body)
    {
        auto view = from_json<SnapshotView>(body);
        if (!view) return;
        line.seq = view->seq;
        line.at_ms = view->at_ms;
        for (auto& vote : view->votes) {
            line.votes[vote.id] = vote;
            if (lie_) lie_->change(line.listener, vote);
        }
        for (auto& keys : view->keys) {
            line.keys[keys.meeting] = keys;
            if (lie_) lie_->change(line.listener, keys);
        }
        body = to_json(*view);
    }

    template <class Changed, class View>
    void send(SessionId session, const Line& line, Changed changed, View Changed::*part)
    {
        if (lie_) lie_->change(line.listener, changed.*part);
        gateway_.send({session}, message(encode_notification(Changed::method, to_json(changed))));
    }

    const link::Endpoint server_;
    std::mutex mutex_; ///< of what follows
    std::shared_ptr<Lie> lie_;
    std::map<SessionId, Line> lines_;
    // The line to the server ends before the gateway that its callbacks answer by.
    gateway::Gateway gateway_;
    link::Pool pool_;
};

LyingLine::LyingLine(link::Endpoint server) : impl_(std::make_unique<Impl>(std::move(server))) {}

LyingLine::~LyingLine() = default;

link::Endpoint LyingLine::endpoint() const
{
    link::Endpoint endpoint;
    endpoint.port = impl_->port();
    return endpoint;
}

void LyingLine::tell(std::shared_ptr<Lie> lie)
{
    impl_->tell(std::move(lie));
}

} // namespace plenum::replay
