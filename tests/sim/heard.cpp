#include "tests/sim/heard.hpp"

#include "tests/sim/world.hpp"

namespace plenum::sim {
namespace {

constexpr std::size_t remembered_max = 4'000;

template <class Notification>
News read(const ServerMessage& message)
{
    auto decoded = from_json<Notification>(message.body);
    claim(decoded.has_value(), [&] { return "a notification cannot be read: " + message.method; });
    return std::move(*decoded);
}

News news_of(const ServerMessage& message)
{
    if (message.method == "snapshot") return read<SnapshotView>(message);
    if (message.method == SittingChanged::method) return read<SittingChanged>(message);
    if (message.method == VoteChanged::method) return read<VoteChanged>(message);
    if (message.method == CountsChanged::method) return read<CountsChanged>(message);
    if (message.method == VoteProgress::method) return read<VoteProgress>(message);
    if (message.method == MembersChanged::method) return read<MembersChanged>(message);
    if (message.method == MeChanged::method) return read<MeChanged>(message);
    if (message.method == AgendaChanged::method) return read<AgendaChanged>(message);
    if (message.method == ItemChanged::method) return read<ItemChanged>(message);
    if (message.method == FloorChanged::method) return read<FloorChanged>(message);
    if (message.method == KeyHoldersChanged::method) return read<KeyHoldersChanged>(message);
    if (message.method == RollProgress::method) return read<RollProgress>(message);
    if (message.method == BoxProgress::method) return read<BoxProgress>(message);
    if (message.method == SuggestionChanged::method) return read<SuggestionChanged>(message);
    if (message.method == PetitionChanged::method) return read<PetitionChanged>(message);
    throw Violation("an unknown notification: " + message.method);
}

} // namespace

std::shared_ptr<const Heard> Ear::hear(const clerk::Message& message)
{
    const auto found = known_.find(message.get());
    if (found != known_.end()) return found->second.heard;
    if (known_.size() >= remembered_max) known_.clear();

    auto decoded = decode_server_message(*message);
    claim(decoded.has_value(), [&] { return "a message cannot be read: " + *message; });
    auto heard = std::make_shared<Heard>();
    heard->message = std::move(*decoded);
    if (!heard->message.method.empty()) heard->news = news_of(heard->message);
    known_[message.get()] = {message, heard};
    return heard;
}

} // namespace plenum::sim
