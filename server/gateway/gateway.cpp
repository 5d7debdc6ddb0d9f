#include "server/gateway/gateway.hpp"

#include "protocol/assert.hpp"
#include "server/gateway/listener.hpp"
#include "server/gateway/tls_context.hpp"
#include "server/gateway/worker.hpp"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <thread>

namespace plenum::gateway {
namespace {

std::uint64_t number_of(SessionId id)
{
    return static_cast<std::uint64_t>(id);
}

/// Every console is a descriptor, and the usual soft limit of 1,024 is meant for programs that use select().
void raise_descriptor_limit(std::size_t connections_max)
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    const rlim_t wanted = std::min<rlim_t>(limit.rlim_max, connections_max + 256);
    if (limit.rlim_cur >= wanted) return;
    limit.rlim_cur = wanted;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace

/// Session numbers tell the worker: numbers are dealt to the workers in turns and never change hands.
class Gateway::Impl {
public:
    Impl(Settings settings, Events events, HttpView http_view)
    {
        around_.http.view = std::move(http_view);
        around_.http.origins = settings.origins;
        around_.http.tls = !settings.certificate_file.empty();
        around_.settings = std::move(settings);
        around_.events = std::move(events);
    }

    ~Impl() { stop(); }

    Result<void> start();
    void stop();

    Worker& worker_of(SessionId id) { return *workers_[number_of(id) % workers_.size()]; }
    bool running() const { return running_; }

    void send(const std::vector<SessionId>& sessions, Message message, std::string_view coalesce);

    Surroundings around_;
    std::string why_;
    std::unique_ptr<asio::ssl::context> tls_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::unique_ptr<Listener> listener_; ///< after the workers: it lives in the first one's io_context

private:
    Result<void> prepare();
    Listener::Sink sink();
    void accepted(Socket socket);

    std::vector<std::thread> threads_;
    std::atomic<bool> running_ =
        false; ///< others may speak to the gateway while it still starts, or when it has stopped
    std::uint64_t next_number_ = 1; ///< touched by the listener only
};

Result<void> Gateway::Impl::prepare()
{
    const auto& settings = around_.settings;
    boost::system::error_code error;
    const auto address = asio::ip::make_address(settings.address, error);
    if (error) {
        why_ = "address " + settings.address + " is not an IP address";
        return fault(Fault::malformed);
    }
    if (!around_.http.tls && !address.is_loopback()) {
        why_ = "without a certificate only a loopback address may be listened on, not " + settings.address;
        return fault(Fault::malformed);
    }
    auto files = StaticFiles::load(settings.static_root, why_);
    if (!files) return files.error();
    around_.http.files = std::move(*files);
    if (around_.http.tls) {
        auto tls = make_tls_context(settings.certificate_file, settings.key_file, why_);
        if (!tls) return tls.error();
        tls_ = std::move(*tls);
    }
    for (unsigned i = 0; i < std::max(1u, settings.threads); ++i) {
        workers_.push_back(std::make_unique<Worker>(around_, tls_.get()));
    }
    listener_ = std::make_unique<Listener>(workers_.front()->context(), sink());
    return listener_->open(address, settings.port, why_);
}

Result<void> Gateway::Impl::start()
{
    PLENUM_ASSERT(threads_.empty() && workers_.empty());
    raise_descriptor_limit(around_.settings.connections_max);
    if (auto prepared = prepare(); !prepared) {
        listener_.reset();
        workers_.clear();
        return prepared;
    }
    listener_->start();
    for (auto& worker : workers_) {
        threads_.emplace_back([&worker = *worker] { worker.run(); });
    }
    running_ = true;
    return {};
}

Listener::Sink Gateway::Impl::sink()
{
    return {
        [this]() -> asio::io_context& { return worker_of(SessionId{next_number_}).context(); },
        [this](Socket socket) { accepted(std::move(socket)); },
        [this] { around_.counters.refused.fetch_add(1); },
    };
}

void Gateway::Impl::accepted(Socket socket)
{
    auto& counters = around_.counters;
    counters.accepted.fetch_add(1);
    if (counters.open.load() >= around_.settings.connections_max) {
        counters.refused.fetch_add(1);
        return; // The socket closes with its owner.
    }
    counters.open.fetch_add(1);
    const SessionId id{next_number_++};
    worker_of(id).add(id, std::move(socket));
}

void Gateway::Impl::send(const std::vector<SessionId>& sessions, Message message, std::string_view coalesce)
{
    const auto key = coalesce.empty() ? Message() : std::make_shared<const std::string>(coalesce);
    if (workers_.size() == 1) return workers_.front()->send(sessions, std::move(message), key);
    std::vector<std::vector<SessionId>> shares(workers_.size());
    for (const auto id : sessions)
        shares[number_of(id) % workers_.size()].push_back(id);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (!shares[i].empty()) workers_[i]->send(std::move(shares[i]), message, key);
    }
}

void Gateway::Impl::stop()
{
    if (threads_.empty()) return;
    for (const auto& thread : threads_)
        PLENUM_ASSERT(thread.get_id() != std::this_thread::get_id());
    running_ = false;
    listener_->close();
    for (auto& worker : workers_)
        worker->stop();
    for (auto& thread : threads_)
        thread.join();
    threads_.clear();
}

Gateway::Gateway(Settings settings, Events events, HttpView http_view)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(events), std::move(http_view)))
{}

Gateway::~Gateway() = default;

Result<void> Gateway::start()
{
    return impl_->start();
}

std::string Gateway::why() const
{
    return impl_->why_;
}

std::uint16_t Gateway::port() const
{
    return impl_->listener_ ? impl_->listener_->port() : std::uint16_t{0};
}

void Gateway::answer(SessionId session, Message message)
{
    if (impl_->running()) impl_->worker_of(session).answer(session, std::move(message));
}

void Gateway::send(const std::vector<SessionId>& sessions, Message message, std::string_view coalesce)
{
    if (impl_->running()) impl_->send(sessions, std::move(message), coalesce);
}

void Gateway::set_read_limit(SessionId session, std::size_t bytes_max)
{
    if (impl_->running()) impl_->worker_of(session).set_read_limit(session, bytes_max);
}

void Gateway::signed_in(SessionId session)
{
    if (impl_->running()) impl_->worker_of(session).signed_in(session);
}

void Gateway::close(SessionId session, CloseReason code, std::string reason)
{
    if (impl_->running()) {
        impl_->worker_of(session).close(session, static_cast<std::uint16_t>(code), std::move(reason));
    }
}

void Gateway::reply(SessionId session, HttpAnswer answer, std::optional<StreamedFile> file)
{
    if (impl_->running()) {
        impl_->worker_of(session).reply(session, std::move(answer), std::move(file));
    }
}

Counters Gateway::counters() const
{
    const auto& from = impl_->around_.counters;
    Counters now;
    now.accepted = from.accepted.load();
    now.open = from.open.load();
    now.refused = from.refused.load();
    now.messages_in = from.messages_in.load();
    now.messages_out = from.messages_out.load();
    now.bytes_in = from.bytes_in.load();
    now.bytes_out = from.bytes_out.load();
    now.slow_closed = from.slow_closed.load();
    now.bad_requests = from.bad_requests.load();
    return now;
}

void Gateway::stop()
{
    impl_->stop();
}

} // namespace plenum::gateway
