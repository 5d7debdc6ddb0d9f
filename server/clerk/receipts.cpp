#include "server/clerk/receipts.hpp"

namespace plenum::clerk {
namespace {

std::string key_of(const Actor& actor, const std::string& id)
{
    return to_text(actor) + '\n' + id;
}

} // namespace

void Receipts::remember(const Entry& entry, const Digest& leaf)
{
    if (entry.id.empty()) return;
    const Receipt receipt{entry.seq, entry.at_ms.value_or(0), leaf};
    Known known{receipt, fingerprint(entry.event), std::nullopt};
    if (const auto* appointed = std::get_if<OfficerAppointed>(&entry.event))
        known.officer = appointed->person;
    known_.try_emplace(key_of(entry.actor, entry.id), known);
}

const Receipts::Known* Receipts::find(const Actor& actor, const std::string& id) const
{
    const auto found = known_.find(key_of(actor, id));
    return found == known_.end() ? nullptr : &found->second;
}

} // namespace plenum::clerk
