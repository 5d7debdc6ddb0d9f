#include "clients/link/pool.hpp"

#include "clients/link/loop.hpp"
#include "clients/link/target.hpp"

#include <algorithm>
#include <mutex>
#include <thread>

namespace plenum::link {

/// Connection numbers tell the loop: they are dealt to the loops in turns.
class Pool::Impl {
public:
    explicit Impl(PoolSettings settings) : settings_(std::move(settings))
    {
        raise_descriptor_limit();
        settings_.threads = std::max(1u, settings_.threads);
        for (unsigned i = 0; i < settings_.threads; ++i) {
            loops_.push_back(std::make_unique<Loop>(settings_, counters_));
        }
        for (auto& loop : loops_)
            threads_.emplace_back([&loop = *loop] { loop.run(); });
    }

    ~Impl()
    {
        for (auto& loop : loops_)
            loop->stop();
        for (auto& thread : threads_)
            thread.join();
    }

    Loop& loop_of(ConnectionId id) { return *loops_[static_cast<std::uint64_t>(id) % loops_.size()]; }

    ConnectionId connect(const Endpoint& endpoint, Callbacks callbacks)
    {
        std::string failure;
        Target target;
        target.host_header = host_header(endpoint);
        target.server_name = endpoint.server_name.empty() ? endpoint.host : endpoint.server_name;
        target.addresses = resolve(endpoint, failure);
        if (endpoint.tls && failure.empty()) target.tls = tls_for(endpoint.ca_file, failure);
        const ConnectionId id{next_number_.fetch_add(1)};
        loop_of(id).add(id, std::move(target), std::move(callbacks), std::move(failure));
        return id;
    }

    PoolSettings settings_;
    SharedCounters counters_;

private:
    std::shared_ptr<asio::ssl::context> tls_for(const std::string& ca_file, std::string& failure)
    {
        const std::lock_guard lock(tls_mutex_);
        auto& tls = tls_[ca_file];
        if (!tls) tls = make_tls(ca_file, failure);
        return tls;
    }

    std::atomic<std::uint64_t> next_number_ = 1;
    std::mutex tls_mutex_;
    std::map<std::string, std::shared_ptr<asio::ssl::context>> tls_; ///< by authority file
    std::vector<std::unique_ptr<Loop>> loops_;
    std::vector<std::thread> threads_;
};

Pool::Pool(PoolSettings settings) : impl_(std::make_unique<Impl>(std::move(settings))) {}
Pool::~Pool() = default;

ConnectionId Pool::connect(const Endpoint& endpoint, Callbacks callbacks)
{
    return impl_->connect(endpoint, std::move(callbacks));
}

void Pool::request(ConnectionId connection, const std::string& request_id, std::string_view method,
                   const boost::json::value& params, OnAnswer on_answer)
{
    impl_->loop_of(connection)
        .with(connection, [request_id, text = encode_request(request_id, method, params),
                           on_answer = std::move(on_answer)](Connection* open) mutable {
            if (open == nullptr) return on_answer(std::nullopt);
            open->request(request_id, std::move(text), std::move(on_answer));
        });
}

void Pool::close(ConnectionId connection)
{
    impl_->loop_of(connection).with(connection, [](Connection* open) {
        if (open != nullptr) open->close();
    });
}

void Pool::send_text(ConnectionId connection, std::string text)
{
    impl_->loop_of(connection).with(connection, [text = std::move(text)](Connection* open) mutable {
        if (open != nullptr) open->send_text(std::move(text));
    });
}

PoolCounters Pool::counters() const
{
    const auto& from = impl_->counters_;
    PoolCounters now;
    now.opened = from.opened.load();
    now.closed = from.closed.load();
    now.messages_in = from.messages_in.load();
    now.messages_out = from.messages_out.load();
    now.bytes_in = from.bytes_in.load();
    now.bytes_out = from.bytes_out.load();
    return now;
}

} // namespace plenum::link
