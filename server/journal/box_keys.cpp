#include "server/journal/box_keys.hpp"

namespace plenum::journal {
namespace {

/// Reads the key into its one owner and wipes what the disk handed over.
Result<ballot::BoxKey> read_key(Directory& place, const Digest& key_hash)
{
    auto content = read_file(place, to_hex(key_hash));
    if (!content) return content.error();
    ballot::BoxKey key;
    const bool whole = content->size() == ballot::BoxKey::size;
    if (whole) std::copy(content->begin(), content->end(), key.fill().begin());
    ballot::wipe(*content);
    if (!whole || hash_of(key) != key_hash) return fault(Fault::bad_digest);
    return key;
}

} // namespace

Digest hash_of(const ballot::BoxKey& key)
{
    return sha256(ByteView(key.reveal()));
}

Result<BoxKeys> BoxKeys::open(Directory& data, std::unique_ptr<Directory> second)
{
    auto own = data.make_directory("box_keys");
    if (!own) return own.error();
    std::vector<std::unique_ptr<Directory>> places;
    places.push_back(std::move(*own));
    if (second) places.push_back(std::move(second));
    for (const auto& place : places)
        if (auto removed = remove_temporaries(*place); !removed) return removed.error();
    return BoxKeys(std::move(places));
}

Result<void> BoxKeys::keep(const ballot::BoxKey& key)
{
    const auto name = to_hex(hash_of(key));
    for (const auto& place : places_)
        if (auto kept = replace_file(*place, name, key.reveal()); !kept) return kept.error();
    return {};
}

Result<ballot::BoxKey> BoxKeys::find(const Digest& key_hash) const
{
    boost::system::error_code refused;
    for (const auto& place : places_) {
        auto key = read_key(*place, key_hash);
        if (key) return key;
        const bool is_gone =
            key.error() == fault(Fault::not_found) || key.error() == fault(Fault::bad_digest);
        if (!is_gone) refused = key.error();
    }
    // A disk that cannot be read now may still hold it: that is no reason to give a vote up.
    if (refused) return refused;
    return fault(Fault::not_found);
}

Result<void> BoxKeys::destroy(const Digest& key_hash)
{
    for (const auto& place : places_)
        if (auto erased = erase_file(*place, to_hex(key_hash)); !erased) return erased.error();
    return {};
}

Result<void> BoxKeys::destroy_others(const std::set<Digest>& wanted)
{
    for (const auto& place : places_) {
        const auto names = place->list();
        if (!names) return names.error();
        for (const auto& name : *names) {
            const auto key_hash = digest_from_hex(name);
            if (!key_hash || wanted.contains(*key_hash)) continue; // Whatever else lies there is not ours.
            if (auto erased = erase_file(*place, name); !erased) return erased.error();
        }
    }
    return {};
}

} // namespace plenum::journal
