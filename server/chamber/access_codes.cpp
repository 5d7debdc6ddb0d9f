#include "server/chamber/chapters.hpp"

#include <algorithm>

namespace plenum::chamber {
namespace {

constexpr std::size_t salt_bytes = 16;

/// Only under this salt is the digest of a sheet known to the record; without the sheet it says nothing.
Bytes derive_salt(const Seed& seed)
{
    Writer writer;
    writer.raw("plenum/code-salt/v1");
    writer.raw(seed);
    const auto digest = sha256(writer.bytes());
    return {digest.bytes.begin(), digest.bytes.begin() + salt_bytes};
}

using Holders = std::vector<std::pair<PersonId, Role>>;

Holders members_without_code(const State& state, const Body& body)
{
    Holders holders;
    for (const auto& member : body.members) {
        const std::pair key{member.person, Role::delegate};
        if (!state.code_of.contains(key)) holders.push_back(key);
    }
    return holders;
}

Holders roles_of(const State& state, PersonId person)
{
    std::set<Role> roles;
    for (const auto& [id, body] : state.bodies) {
        if (find_member(body, person) != nullptr) roles.insert(Role::delegate);
    }
    for (const auto& office : state.offices) {
        if (office.person == person) roles.insert(office.role);
    }
    Holders holders;
    for (const auto role : roles)
        holders.emplace_back(person, role);
    return holders;
}

} // namespace

Decided decide_command(const State& state, const IssueAccessCodes& command, const Context& context)
{
    if (command.body.has_value() == command.person.has_value()) {
        return no(RefusalCode::no_such_record, "请指明一个机构或一个人", "name either a body or a person");
    }
    if (command.person && !state.persons.contains(*command.person))
        return refuse(RefusalCode::no_such_record);
    const auto holders = command.body ? members_without_code(state, record_of(state.bodies, *command.body))
                                      : roles_of(state, *command.person);
    if (holders.empty()) {
        return no(RefusalCode::wrong_state, "没有需要发放登录码的人员", "nobody is without an access code");
    }

    AccessCodeSheet sheet{1, derive_salt(context.seed), {}};
    sheet.rows.reserve(holders.size());
    for (const auto& [person, role] : holders) {
        sheet.rows.push_back({person, role, derive_access_code(context.seed, person, role).hash()});
    }
    auto blob = new_salted_blob(encode_access_codes(sheet));
    AccessCodesIssued issued{blob.digest, count(sheet.rows.size())};
    if (command.body) issued.body.emplace(*command.body);
    if (command.person) issued.person.emplace(*command.person);
    return Decision{{issued}, {std::move(blob)}};
}

// A sheet that was erased leaves only its count in the record: those codes sign nobody in any more.
void apply_event(State& state, const AccessCodesIssued& event, const Stamp& stamp)
{
    const auto content = stamp.blobs(event.codes);
    if (!content) return;
    const auto sheet = decode_access_codes(*content);
    PLENUM_ASSERT(sheet.has_value() && sheet->rows.size() == event.count);
    for (const auto& row : sheet->rows) {
        const auto [place, fresh] = state.code_of.try_emplace({row.person, row.role}, row.code_hash);
        if (!fresh) {
            state.codes.erase(place->second);
            place->second = row.code_hash;
        }
        state.codes[row.code_hash] = row;
        if (row.role == Role::delegate) state.may_enrol.insert(row.person);
    }
}

} // namespace plenum::chamber
