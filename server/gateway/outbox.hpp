#pragma once

#include "server/gateway/gateway.hpp"

#include <deque>

namespace plenum::gateway {

/// What waits to be written to one console. Answers are always taken, because the console waits for them and
/// is not read meanwhile; notifications are taken within the bounds only.
class Outbox {
public:
    Outbox(std::size_t messages_max, std::size_t bytes_max)
        : messages_max_(messages_max), bytes_max_(bytes_max)
    {}

    void add_answer(Message message);

    /// Queues a notification; a waiting one with the same key gives way to it. The newer one waits at the
    /// end, not in the older one's place: after a cut a console continues behind the newest number it saw, so
    /// the numbers on a line must never run backwards. False: it does not fit, and nothing changed. A
    /// notification larger than the bound is taken when nothing else waits.
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
        Message key; ///< null or empty: never replaced
    };

    std::size_t messages_max_;
    std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    std::deque<Waiting> waiting_;
};

} // namespace plenum::gateway
