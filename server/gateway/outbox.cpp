#include "server/gateway/outbox.hpp"

#include <algorithm>

namespace plenum::gateway {

void Outbox::add_answer(Message message)
{
    bytes_ += message->size();
    waiting_.push_back({std::move(message), {}, false});
}

bool Outbox::add(Message message, const Message& key)
{
    const bool keyed = key && !key->empty();
    if (keyed) {
        const auto same = [&](const Waiting& other) { return other.key && *other.key == *key; };
        if (const auto found = std::ranges::find_if(waiting_, same); found != waiting_.end()) {
            bytes_ = bytes_ - found->message->size() + message->size();
            waiting_.erase(found);
            waiting_.push_back({std::move(message), key, false});
            return true;
        }
    }
    if (waiting_.size() >= messages_max_) return false;
    if (!keyed) {
        if (kept_bytes_ > 0 && kept_bytes_ + message->size() > bytes_max_) return false;
        kept_bytes_ += message->size();
    }
    bytes_ += message->size();
    waiting_.push_back({std::move(message), keyed ? key : Message(), !keyed});
    return true;
}

Message Outbox::take()
{
    auto [message, key, is_kept] = std::move(waiting_.front());
    waiting_.pop_front();
    bytes_ -= message->size();
    if (is_kept) kept_bytes_ -= message->size();
    return std::move(message);
}

void Outbox::clear()
{
    waiting_.clear();
    bytes_ = 0;
    kept_bytes_ = 0;
}

} // namespace plenum::gateway
