#include "clients/link/console.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace plenum::link {

/// What the pool's thread tells the waiting one. Owned by the callbacks too, so that it outlives the console.
struct Console::Shared {
    std::mutex mutex;
    std::condition_variable changed;
    bool open = false;
    std::optional<Closed> closed;
    std::deque<ServerMessage> messages;

    template <class Change>
    void change(Change make)
    {
        {
            const std::lock_guard lock(mutex);
            make();
        }
        changed.notify_all();
    }
};

Console::Console(Pool& pool) : pool_(pool) {}

Console::~Console()
{
    close();
}

Result<void> Console::open(const Endpoint& endpoint, std::chrono::milliseconds timeout)
{
    close();
    shared_ = std::make_shared<Shared>();
    Callbacks callbacks;
    callbacks.on_open = [shared = shared_] { shared->change([&] { shared->open = true; }); };
    callbacks.on_message = [shared = shared_](ServerMessage message) {
        shared->change([&] { shared->messages.push_back(std::move(message)); });
    };
    callbacks.on_close = [shared = shared_](std::uint16_t code, std::string reason) {
        shared->change([&] { shared->closed = Closed{code, std::move(reason)}; });
    };
    connection_ = pool_.connect(endpoint, std::move(callbacks));
    std::unique_lock lock(shared_->mutex);
    shared_->changed.wait_for(lock, timeout, [&] { return shared_->open || shared_->closed; });
    if (!shared_->open || shared_->closed) return fault(Fault::io_error);
    return {};
}

Result<ServerMessage> Console::hello(const std::string& code, std::chrono::milliseconds timeout)
{
    return request(Hello::method, to_json(Hello{code, {}, {}}), timeout);
}

Result<ServerMessage> Console::request(std::string_view method, const boost::json::value& params,
                                       std::chrono::milliseconds timeout)
{
    return request_as(fresh_request_id(), method, params, timeout);
}

Result<ServerMessage> Console::request_as(const std::string& request_id, std::string_view method,
                                          const boost::json::value& params, std::chrono::milliseconds timeout)
{
    if (!shared_) return fault(Fault::io_error);
    struct Waiting {
        bool done = false;
        std::optional<ServerMessage> answer;
    };
    const auto waiting = std::make_shared<Waiting>();
    pool_.request(connection_, request_id, method, params,
                  [shared = shared_, waiting](std::optional<ServerMessage> answer) {
                      shared->change([&] {
                          waiting->done = true;
                          waiting->answer = std::move(answer);
                      });
                  });
    std::unique_lock lock(shared_->mutex);
    shared_->changed.wait_for(lock, timeout, [&] { return waiting->done; });
    if (!waiting->answer) return fault(Fault::io_error);
    return std::move(*waiting->answer);
}

std::optional<ServerMessage> Console::next_message(std::chrono::milliseconds timeout)
{
    if (!shared_) return std::nullopt;
    std::unique_lock lock(shared_->mutex);
    shared_->changed.wait_for(lock, timeout, [&] { return !shared_->messages.empty() || shared_->closed; });
    if (shared_->messages.empty()) return std::nullopt;
    auto message = std::move(shared_->messages.front());
    shared_->messages.pop_front();
    return message;
}

std::optional<ServerMessage> Console::next_message(std::string_view method, std::chrono::milliseconds timeout)
{
    const auto until = std::chrono::steady_clock::now() + timeout;
    for (;;) {
        const auto left = until - std::chrono::steady_clock::now();
        auto message = next_message(
            std::max(std::chrono::ceil<std::chrono::milliseconds>(left), std::chrono::milliseconds(0)));
        if (!message || message->method == method) return message;
    }
}

void Console::send_text(std::string text)
{
    pool_.send_text(connection_, std::move(text));
}

void Console::close()
{
    if (shared_) pool_.close(connection_);
}

std::optional<Closed> Console::closed() const
{
    if (!shared_) return std::nullopt;
    const std::lock_guard lock(shared_->mutex);
    return shared_->closed;
}

std::optional<Closed> Console::wait_closed(std::chrono::milliseconds timeout)
{
    if (!shared_) return std::nullopt;
    std::unique_lock lock(shared_->mutex);
    shared_->changed.wait_for(lock, timeout, [&] { return shared_->closed.has_value(); });
    return shared_->closed;
}

} // namespace plenum::link
