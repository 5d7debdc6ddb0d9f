#include "clients/trustee/keeper.hpp"

#include "clients/trustee/durable_file.hpp"

#include <sodium.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>

namespace plenum::trustee {
namespace {

constexpr std::size_t mark_bytes_max = 32;

/// Nothing when there is no mark; one that cannot be read counts as the highest: better refused than given
/// twice.
std::optional<std::uint64_t> read_mark(const std::string& path)
{
    const auto content = read_file(path, mark_bytes_max);
    if (!content && content.error() == make_error_code(Fault::not_found)) return std::nullopt;
    std::uint64_t mark = 0;
    if (content) {
        const auto text = text_of(*content);
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mark);
        if (error == std::errc{} && std::string_view(end, text.data() + text.size()) == "\n") return mark;
    }
    return HeldShare::refused_all;
}

} // namespace

Keeper::Keeper(KeyFile file, std::string passphrase, std::string marks)
    : file_(std::move(file)), passphrase_(std::move(passphrase)), marks_(std::move(marks))
{}

Keeper::~Keeper()
{
    sodium_memzero(passphrase_.data(), passphrase_.size());
}

std::string Keeper::mark_of(const HeldKeys& keys) const
{
    const auto key = keys.signing_key().public_key();
    return marks_ + "/" + to_hex(ByteView(key).first(16));
}

Result<void> Keeper::create() const
{
    auto keys = make_keys();
    keys.writes = 1;
    if (auto created = file_.create(keys, passphrase_); !created) return created;
    std::error_code ignored; // A folder that is not there is noticed by the next line.
    std::filesystem::create_directories(marks_, ignored);
    return replace_file(mark_of(keys), bytes_of("1\n"));
}

Result<HeldKeys> Keeper::open() const
{
    auto keys = file_.open(passphrase_);
    if (!keys) return keys;
    const auto mark = read_mark(mark_of(*keys));
    const bool is_fresh = keys->shares.empty() && keys->given.size() == 0;
    if (mark ? keys->writes < *mark : !is_fresh) {
        for (auto& share : keys->shares)
            share.refused_before = HeldShare::refused_all;
    }
    if (mark && *mark != HeldShare::refused_all) keys->writes = std::max(keys->writes, *mark);
    return keys;
}

Result<void> Keeper::keep(HeldKeys& keys) const
{
    ++keys.writes;
    if (auto replaced = file_.replace(keys, passphrase_); !replaced) return replaced;
    std::error_code ignored; // A folder that is not there is noticed by the next line.
    std::filesystem::create_directories(marks_, ignored);
    return replace_file(mark_of(keys), bytes_of(std::to_string(keys.writes) + "\n"));
}

std::string default_marks_folder()
{
    const auto folder = [](const char* name) {
        const char* value = std::getenv(name);
        return std::string(value == nullptr ? "" : value);
    };
    if (const auto state = folder("XDG_STATE_HOME"); !state.empty()) return state + "/plenum-trustee";
    return folder("HOME") + "/.local/state/plenum-trustee";
}

} // namespace plenum::trustee
