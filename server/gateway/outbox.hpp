#pragma once

#include "server/gateway/gateway.hpp"

#include <deque>

namespace plenum::gateway {

/// What waits to be written to one console. Answers are always taken, because the console waits for them and
/// is not read meanwhile; notifications are taken within the bounds only. The bound in bytes is for those
/// that are kept one by one: a whole view has a key, so at most one of it waits, and its bytes are shared by
/// all who wait for it. An agenda of hundreds of items is larger than the bound, and whoever is sent two of
/// them in a second is not slow.
class Outbox {
public:
    Outbox(std::size_t messages_max, std::size_t bytes_max)
        : messages_max_(messages_max), bytes_max_(bytes_max)
    {}

    void add_answer(Message message);

    /// Queues a notification; a waiting one with the same key gives way to it. The newer one waits at the
    /// end, not in the older one's place: after a cut a console continues behind the newest number it saw, so
    /// the numbers on a line must never run backwards. False: it does not fit, and nothing changed. One
    /// without a key that is larger than the bound is taken when no other such one waits.
    bool add(Message message, const Message& key);

    bool empty() const { return waiting_.empty(); }
    std::size_t messages() const { return waiting_.size(); }
    std::size_t bytes() const { return bytes_; }

    /// Answers included, is there more than the bounds allow?
    bool over_full() const { return waiting_.size() > messages_max_ || bytes_ > bytes_max_; }

    /// The oldest message, which no longer waits. Only when not empty.
    Message take();

    void clear();

private:
    struct Waiting {
        Message message;
        Message key;  ///< null or empty: never replaced
        bool is_kept; ///< counts in kept_bytes_: a notification that nothing replaces
    };

    std::size_t messages_max_;
    std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    std::size_t kept_bytes_ = 0;
    std::deque<Waiting> waiting_;
};

} // namespace plenum::gateway
