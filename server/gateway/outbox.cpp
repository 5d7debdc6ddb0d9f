#include "server/gateway/outbox.hpp"

#include <algorithm>

namespace plenum::gateway {

void Outbox::add_answer(Message message)
{
    bytes_ += message->size();
    waiting_.push_back({std::move(message), {}});
}

bool Outbox::add(Message message, const Message& key)
{
    const bool keyed = key && !key->empty();
    if (keyed) {
        const auto same = [&](const Waiting& other) { return other.key && *other.key == *key; };
        if (const auto found = std::ranges::find_if(waiting_, same); found != waiting_.end()) {
            bytes_ = bytes_ - found->message->size() + message->size();
            waiting_.erase(found);
            waiting_.push_back({std::move(message), key});
            return true;
        }
    }
    const bool fits = waiting_.size() < messages_max_ && bytes_ + message->size() <= bytes_max_;
    if (!fits && !waiting_.empty()) return false;
    bytes_ += message->size();
    waiting_.push_back({std::move(message), keyed ? key : Message()});
    return true;
}

Message Outbox::take()
{
    Message message = std::move(waiting_.front().message);
    waiting_.pop_front();
    bytes_ -= message->size();
    return message;
}

void Outbox::clear()
{
    waiting_.clear();
    bytes_ = 0;
}

} // namespace plenum::gateway
