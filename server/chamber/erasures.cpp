#include "protocol/ballot/erasure.hpp"
#include "server/chamber/ceremony.hpp"
#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/secret_steps.hpp"

// Chapter sixteen, its end: the meeting is over, and key holders sign that their shares are erased.

namespace plenum::chamber {
namespace {

/// The holders who made this key: those of the meeting now, or those an earlier list was called for.
const KeyHolders* holders_of(const State& state, MeetingId meeting, const Digest& key)
{
    const auto& now = record_of(state.meetings, meeting).keys;
    if (now && !now->election_key.empty() && now->hash == key) return &*now;
    for (const auto& [id, vote] : state.votes) {
        const auto& roll = vote.secret.roll;
        if (!roll || roll->keys.hash != key) continue;
        if (record_of(state.sittings, vote.sitting).meeting == meeting) return &roll->keys;
    }
    return nullptr;
}

bool is_signed(const State& state, const StateErasure& command, const KeyHolders& keys,
               const KeyHolder& holder)
{
    if (command.statement.size() != signature_bytes) return false;
    const auto at = static_cast<std::size_t>(&holder - keys.holders.data());
    const ballot::ErasureTerms terms{state.origin, meeting_record(state, command.meeting),
                                     command.key_holders, count(at) + 1};
    return ballot::check_erasure(terms, fixed<32>(holder.key), fixed<signature_bytes>(command.statement))
        .has_value();
}

} // namespace

Decided decide_command(const State& state, const StateErasure& command, const Context& context)
{
    const auto person = *context.actor.person;
    const auto& meeting = record_of(state.meetings, command.meeting);
    // Before that the share may be needed, and whoever erased it would keep results from being opened.
    if (meeting.phase < MeetingPhase::closed) return wrong_state(meeting.phase);
    if (auto refusal = check_none_undecided(state, command.meeting)) return *refusal;
    const auto* keys = holders_of(state, command.meeting, command.key_holders);
    if (keys == nullptr) return no_key_holders();
    const auto* holder = find_holder(*keys, person);
    if (holder == nullptr) return refuse(RefusalCode::not_key_holder);
    const auto erased = meeting.erased.find(command.key_holders);
    if (erased != meeting.erased.end() && erased->second.contains(person))
        return refuse(RefusalCode::nothing_to_do);
    if (!is_signed(state, command, *keys, *holder)) return refuse(RefusalCode::signature_wrong);
    return Decision{{ShareErased{command.meeting, person, command.key_holders, command.statement}}, {}};
}

void show_owed_erasures(const State& state, const Actor& actor, const std::set<MeetingId>& shown,
                        SnapshotView& view)
{
    if (actor.role != Role::key_holder || !actor.person) return;
    for (const auto& [id, meeting] : state.meetings) {
        const auto& keys = meeting.keys;
        const bool is_over = meeting.phase >= MeetingPhase::closed && !shown.contains(id);
        if (!is_over || !keys || keys->election_key.empty()) continue;
        const auto erased = meeting.erased.find(keys->hash);
        const bool is_said = erased != meeting.erased.end() && erased->second.contains(*actor.person);
        const bool may = holds_office(state, *actor.person, Role::key_holder, meeting.body);
        if (is_said || !may || find_holder(*keys, *actor.person) == nullptr) continue;
        view.agendas.push_back(view_agenda(state, id, actor.role));
        view.keys.push_back(view_key_holders(state, id));
    }
}

void apply_event(State& state, const ShareErased& event, const Stamp&)
{
    const bool first =
        record_of(state.meetings, event.meeting).erased[event.key_holders].insert(event.holder).second;
    PLENUM_ASSERT(first);
}

} // namespace plenum::chamber
