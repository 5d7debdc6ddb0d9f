#include "protocol/entry.hpp"

namespace plenum {
namespace {

namespace json = boost::json;

constexpr std::int64_t entry_version = 1;

/// The part of the envelope that is the same for every kind.
struct Envelope {
    std::string actor;
    std::optional<std::uint64_t> at;
    std::uint64_t epoch = 0;
    std::string id;
    std::string kind;
    std::uint64_t seq = 0;
    std::uint32_t v = 0;
};
BOOST_DESCRIBE_STRUCT(Envelope, (), (actor, at, epoch, id, kind, seq, v))

Result<Event> decode_event(std::string_view kind, const json::value& body)
{
    Result<Event> found = fault(Fault::unsupported);
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, EventKinds>>([&](auto tag) {
        using E = typename decltype(tag)::type;
        if (kind != E::kind) return;
        auto decoded = from_json<E>(body);
        if (decoded) {
            found = Event(std::move(*decoded));
        } else {
            found = fault(Fault::malformed);
        }
    });
    return found;
}

} // namespace

std::string encode_entry(const Entry& entry)
{
    json::object object;
    object.reserve(8);
    object["actor"] = to_text(entry.actor);
    if (entry.at_ms) object["at"] = static_cast<std::int64_t>(*entry.at_ms);
    object["body"] = std::visit([](const auto& event) { return to_json(event); }, entry.event);
    object["epoch"] = static_cast<std::int64_t>(entry.epoch);
    object["id"] = entry.id;
    object["kind"] = kind_of(entry.event);
    object["seq"] = static_cast<std::int64_t>(entry.seq);
    object["v"] = entry_version;
    return canonical_json(object);
}

Result<Entry> decode_entry(std::string_view text)
{
    auto value = parse_json(text);
    if (!value) return value.error();
    const auto envelope = from_json<Envelope>(*value);
    if (!envelope || !value->is_object()) return fault(Fault::malformed);
    if (envelope->v != entry_version) return fault(Fault::unsupported);
    const auto* body = value->get_object().if_contains("body");
    if (body == nullptr) return fault(Fault::malformed);

    auto actor = actor_from_text(envelope->actor);
    if (!actor) return actor.error();
    auto event = decode_event(envelope->kind, *body);
    if (!event) return event.error();

    Entry entry{envelope->seq, envelope->epoch, envelope->at, *actor, envelope->id, std::move(*event)};
    if (encode_entry(entry) != text) return fault(Fault::not_canonical);
    return entry;
}

} // namespace plenum
