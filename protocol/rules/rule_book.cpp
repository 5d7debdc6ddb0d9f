#include "protocol/rules/rule_book.hpp"

#include "protocol/blob_codec.hpp"
#include "protocol/text.hpp"

namespace plenum {

std::optional<Misfit> check_rule_book(const RuleBook& book)
{
    if (!is_line(book.id, name_bytes_max)) return Misfit{"id", "a name of one line"};
    if (!is_line(book.name.zh, title_bytes_max) || !is_line(book.name.en, title_bytes_max))
        return Misfit{"name", "a Chinese and an English name"};
    if (book.body_kinds.empty()) return Misfit{"body_kinds", "at least one kind of body"};
    if (book.rules.empty() || book.rules.size() > rules_per_book_max)
        return Misfit{"rules", "from 1 to " + std::to_string(rules_per_book_max) + " rules"};
    std::set<std::string_view> ids;
    for (std::size_t at = 0; at < book.rules.size(); ++at) {
        const auto where = "rules[" + std::to_string(at) + "]";
        if (auto misfit = check_profile(book.rules[at])) {
            codec::prepend_path(*misfit, where);
            return misfit;
        }
        if (!ids.insert(book.rules[at].id).second) return Misfit{where + ".id", "an id of its own"};
    }
    return std::nullopt;
}

Digest hash_of_what_is_fixed(RuleProfile profile)
{
    const RuleProfile open;
    profile.press = open.press;
    profile.close = open.close;
    profile.window_ms = open.window_ms;
    profile.progress = open.progress;
    profile.result = open.result;
    profile.not_pressed = open.not_pressed;
    return hash_of(profile);
}

std::set<Digest> fixed_rules(const RuleBook& book)
{
    std::set<Digest> fixed;
    for (const auto& rule : book.rules)
        fixed.insert(hash_of_what_is_fixed(rule));
    return fixed;
}

std::string encode_rule_book(const RuleBook& book)
{
    return canonical_json(to_json(book));
}

Result<RuleBook> decode_rule_book(std::string_view text)
{
    return decode_blob<RuleBook>(text);
}

} // namespace plenum
