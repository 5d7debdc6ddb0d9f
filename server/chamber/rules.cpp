#include "protocol/rules/rule_book.hpp"
#include "server/chamber/chapters.hpp"
#include "server/chamber/questions.hpp"

#include <algorithm>

// The rules a body votes by.

namespace plenum::chamber {
Decided decide_command(const State& state, const AdoptRules& command, const Context&)
{
    const auto& body = record_of(state.bodies, command.body);
    if (const auto misfit = check_rule_book(command.rules)) return no(RefusalCode::invalid_profile, *misfit);
    if (std::ranges::find(command.rules.body_kinds, body.kind) == command.rules.body_kinds.end()) {
        return no(RefusalCode::invalid_profile, "这套规则不适用于此类机构",
                  "these are the rules of another kind of body");
    }
    if (!is_line(command.decided_by, title_bytes_max)) {
        return no(RefusalCode::invalid_text, "由谁决定", "who decided it");
    }
    auto book = new_blob(encode_rule_book(command.rules));
    if (body.rules && body.rules->book == book.digest && body.rules->decided_by == command.decided_by)
        return refuse(RefusalCode::nothing_to_do);
    return Decision{{RulesAdopted{command.body, book.digest, command.decided_by}}, {std::move(book)}};
}

void apply_event(State& state, const RulesAdopted& event, const Stamp& stamp)
{
    const auto book = decode_rule_book(public_blob(stamp, event.rules));
    PLENUM_ASSERT(book.has_value());
    record_of(state.bodies, event.body).rules =
        AdoptedRules{event.rules, event.decided_by, fixed_rules(*book)};
}

Answer<RulesAnswer> ask(const State& state, const Actor& actor, const ReadRules& question,
                        const BlobSource& blobs)
{
    const auto found = state.bodies.find(question.body);
    if (found == state.bodies.end()) return refuse(RefusalCode::no_such_record);
    if (!keeps_the_room(state, actor, question.body)) return refuse(RefusalCode::not_allowed);
    RulesAnswer answer;
    answer.seq = state.entries;
    if (!found->second.rules) return answer;
    const auto content = blobs(found->second.rules->book);
    if (!content) return refuse(RefusalCode::not_readable);
    auto book = decode_rule_book(*content);
    PLENUM_ASSERT(book.has_value());
    answer.rules = std::move(*book);
    answer.decided_by = found->second.rules->decided_by;
    return answer;
}

} // namespace plenum::chamber
