#pragma once

#include "protocol/event/body.hpp"
#include "protocol/rules/profile.hpp"

#include <set>

namespace plenum {

/// The rules one body votes by, as data: those of schemas/rules, or a body's own. Adopting one writes it into
/// the record as a blob of canonical JSON; from then on a vote of that body has one of these rules, or says
/// who decided otherwise and why.
struct RuleBook {
    std::uint32_t v = 1;
    std::string id;            ///< like `cn.chongqing.standing_committee`
    std::uint32_t version = 1; ///< a newer text of the same book has a higher one
    LocalText name;
    std::vector<BodyKind> body_kinds; ///< whose rules these are
    std::vector<RuleProfile> rules;   ///< each with an id of its own

    bool operator==(const RuleBook&) const = default;
};
BOOST_DESCRIBE_STRUCT(RuleBook, (), (v, id, version, name, body_kinds, rules))

inline constexpr std::size_t rules_per_book_max = 100;

/// Why the book cannot be used, or nothing: no name, no kind of body, no rule or too many, an id twice, a
/// rule that check_profile refuses.
std::optional<Misfit> check_rule_book(const RuleBook& book);

/// What a book fixes of a rule, as a hash: quorum, majority, participation, method, secrecy, tellers, what it
/// provides for lists and grades, and the articles it rests on. How a vote is conducted (the window, which
/// press counts, when and which figures are shown) is left to those who hold it.
Digest hash_of_what_is_fixed(RuleProfile profile);

/// The same of every rule in the book: a vote has one of them.
std::set<Digest> fixed_rules(const RuleBook& book);

/// Canonical JSON, the content of the blob rules.adopted names.
std::string encode_rule_book(const RuleBook& book);
/// Reads it back; refuses every other spelling of the same book.
Result<RuleBook> decode_rule_book(std::string_view text);

} // namespace plenum
