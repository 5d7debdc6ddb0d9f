#pragma once

#include "protocol/rpc.hpp"
#include "server/clerk/herald.hpp"

// How the herald spells what it sends.

namespace plenum::clerk {

/// A notification as everybody it goes to gets it.
template <class Notification>
Message encode(const Notification& notification)
{
    return std::make_shared<const std::string>(
        encode_notification(Notification::method, to_json(notification)));
}

/// `vote/12`.
inline std::string key(std::string_view kind, std::uint64_t id)
{
    return std::string(kind) + '/' + std::to_string(id);
}

/// Under which name a later view of the same replaces this one in a console's queue.
inline std::string key(const Subject& subject)
{
    if (const auto* meeting = std::get_if<MeetingId>(&subject)) return key("agenda", number(*meeting));
    if (const auto* sitting = std::get_if<SittingId>(&subject)) return key("sitting", number(*sitting));
    if (const auto* vote = std::get_if<VoteId>(&subject)) return key("vote", number(*vote));
    if (const auto* keys = std::get_if<KeysOf>(&subject)) return key("keys", number(keys->meeting));
    if (const auto* one = std::get_if<SuggestionId>(&subject)) return key("suggestion", number(*one));
    if (const auto* one = std::get_if<PetitionId>(&subject)) return key("petition", number(*one));
    return key("floor", number(std::get<FloorOf>(subject).sitting));
}

} // namespace plenum::clerk
