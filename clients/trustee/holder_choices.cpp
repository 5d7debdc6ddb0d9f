#include "clients/trustee/holder_choices.hpp"

#include <charconv>

namespace plenum::trustee {

std::optional<Acceptance> acceptance_of(std::string_view text)
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    std::uint64_t vote = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + colon, vote);
    const auto root = text.substr(colon + 1);
    const bool is_root = root.size() == Acceptance::root_digits &&
                         root.find_first_not_of("0123456789abcdef") == std::string_view::npos;
    if (error != std::errc{} || end != text.data() + colon || !is_root) return std::nullopt;
    return Acceptance{VoteId{vote}, std::string(root)};
}

} // namespace plenum::trustee
