#include "protocol/private_value.hpp"
#include "protocol/record_id.hpp"
#include "server/chamber/ceremony.hpp"
#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"
#include "server/chamber/secret_steps.hpp"

#include <algorithm>

// Chapter eleven: who holds the keys of secret votes, and how they make the election key together. The server
// only carries their messages and takes none that does not follow from those before.

namespace plenum::chamber {
namespace {

constexpr std::size_t holders_min = 2;
constexpr std::size_t holders_max = 9;
constexpr std::size_t public_key_bytes = 32;
constexpr std::string_view parts_media_type = "application/octet-stream";

/// 第一步承诺 and so on: what the ceremony waits for.
LocalText words_of(CeremonyPhase phase)
{
    switch (phase) {
    case CeremonyPhase::joining: return {"正在等待密钥持有人到齐", "waiting for all key holders"};
    case CeremonyPhase::committing: return {"第一步（承诺）进行中", "the first step (commit) is under way"};
    case CeremonyPhase::opening: return {"第二步（公开）进行中", "the second step (open) is under way"};
    case CeremonyPhase::agreeing: return {"第三步（确认）进行中", "the third step (agree) is under way"};
    case CeremonyPhase::made: return {"选举密钥已经生成", "the election key is made"};
    }
    return {};
}

/// The keys of the meeting, its holder who acts and the step it is time for; or why not.
struct Turn {
    const KeyHolders* keys = nullptr;
    const KeyHolder* holder = nullptr;
};

boost::system::result<Turn, Refusal> turn_of(const State& state, MeetingId meeting, PersonId person)
{
    const auto& keys = record_of(state.meetings, meeting).keys;
    if (!keys) return no_key_holders();
    const auto* holder = find_holder(*keys, person);
    if (holder == nullptr) return refuse(RefusalCode::not_key_holder);
    return Turn{&*keys, holder};
}

boost::system::result<Turn, Refusal> turn_of(const State& state, MeetingId meeting, PersonId person,
                                             CeremonyPhase phase, Bytes KeyHolder::*said)
{
    auto turn = turn_of(state, meeting, person);
    if (!turn) return turn;
    if (phase_of(*turn->keys) != phase)
        return refuse(RefusalCode::wrong_state, words_of(phase_of(*turn->keys)));
    if (!(turn->holder->*said).empty()) return refuse(RefusalCode::nothing_to_do);
    return turn;
}

std::optional<Refusal> check_holders(const State& state, const AppointKeyHolders& command, BodyId body)
{
    const auto& persons = command.persons;
    const auto few = no(RefusalCode::keys_wrong, "密钥持有人应为2至9名，互不重复",
                        "there are two to nine key holders, each named once");
    if (persons.size() < holders_min || persons.size() > holders_max) return few;
    if (std::set<PersonId>(persons.begin(), persons.end()).size() != persons.size()) return few;
    std::set<std::string> names;
    for (const auto person : persons) {
        if (!state.persons.contains(person)) return refuse(RefusalCode::no_such_record);
        const auto& name = record_of(state.persons, person).name;
        if (!names.insert(name).second) {
            return no(RefusalCode::keys_wrong, "两名持有人同为“" + name + "”，核对时无法区分",
                      "two of them are called " + name + ": nobody could tell them apart");
        }
        if (!holds_office(state, person, Role::key_holder, body)) {
            return no(RefusalCode::not_key_holder, name + "没有密钥持有人职务",
                      name + " does not have the office of key holder");
        }
    }
    if (command.threshold > persons.size() || 2 * command.threshold <= persons.size()) {
        return no(RefusalCode::keys_wrong, "开启结果所需人数应超过半数，且不多于持有人数",
                  "more than half of the key holders open a result, and no more than there are");
    }
    return std::nullopt;
}

/// 1, 2, … as the protocol numbers them.
KeyHolder& holder_of(State& state, MeetingId meeting, PersonId person)
{
    auto& keys = record_of(state.meetings, meeting).keys;
    PLENUM_ASSERT(keys.has_value());
    auto* holder = find_holder(*keys, person);
    PLENUM_ASSERT(holder != nullptr);
    return *holder;
}

/// Everything but who they are and by which keys they sign begins anew.
void begin_again(State& state, MeetingId meeting, std::uint32_t attempt, CeremonyRestart why)
{
    auto& keys = *record_of(state.meetings, meeting).keys;
    PLENUM_ASSERT(attempt == keys.attempt + 1);
    keys.attempt = attempt;
    keys.restart = std::move(why);
    for (auto& holder : keys.holders) {
        holder.commit.clear();
        holder.open.clear();
        holder.agree.clear();
        holder.parts = {};
    }
    keys.election_key.clear();
    keys.hash = {};
}

std::optional<Bytes> told(const Bytes& bytes)
{
    if (bytes.empty()) return std::nullopt;
    return bytes;
}

Refusal not_of_protocol()
{
    return no(RefusalCode::keys_wrong, "该消息不符合密钥生成规程",
              "the message does not follow from those before");
}

} // namespace

Refusal no_key_holders()
{
    return no(RefusalCode::keys_wrong, "本次会议尚未确定密钥持有人", "this meeting has no key holders yet");
}

std::optional<Refusal> check_none_undecided(const State& state, MeetingId meeting)
{
    for (const auto& [id, vote] : state.votes) {
        const bool waits = is_secret(vote) && is_undecided(vote);
        if (waits && record_of(state.sittings, vote.sitting).meeting == meeting)
            return no(RefusalCode::vote_open, vote.title, vote.title);
    }
    return std::nullopt;
}

Decided decide_command(const State& state, const AppointKeyHolders& command, const Context&)
{
    if (auto refusal = check_not_closed(state, command.meeting)) return *refusal;
    const auto body = record_of(state.meetings, command.meeting).body;
    if (auto refusal = check_none_undecided(state, command.meeting)) return *refusal;
    if (auto refusal = check_holders(state, command, body)) return *refusal;
    if (!is_line(command.decided_by, title_bytes_max)) return refuse(RefusalCode::invalid_text);
    KeyHoldersAppointed appointed{command.meeting, {}, command.threshold, command.decided_by};
    for (const auto person : command.persons)
        appointed.holders.push_back({person, record_of(state.persons, person).name});
    return Decision{{std::move(appointed)}, {}};
}

Decided decide_command(const State& state, const JoinCeremony& command, const Context& context)
{
    const auto turn = turn_of(state, command.meeting, *context.actor.person);
    if (!turn) return turn.error();
    if (turn->holder->key == command.key) return refuse(RefusalCode::nothing_to_do);
    if (phase_of(*turn->keys) != CeremonyPhase::joining)
        return refuse(RefusalCode::wrong_state, words_of(phase_of(*turn->keys)));
    const bool taken = std::ranges::any_of(turn->keys->holders,
                                           [&](const KeyHolder& other) { return other.key == command.key; });
    if (command.key.size() != public_key_bytes || taken) {
        return no(RefusalCode::keys_wrong, "每位持有人须有自己的32字节密钥",
                  "each holder has a key of his or her own, 32 bytes");
    }
    return Decision{{CeremonyJoined{command.meeting, *context.actor.person, command.key}}, {}};
}

Decided decide_command(const State& state, const CommitToKey& command, const Context& context)
{
    const auto turn =
        turn_of(state, command.meeting, *context.actor.person, CeremonyPhase::committing, &KeyHolder::commit);
    if (!turn) return turn.error();
    if (!is_commit(state, command.meeting, *turn->holder, command.message)) return not_of_protocol();
    return Decision{{CeremonyCommitted{command.meeting, *context.actor.person, command.message}}, {}};
}

Decided decide_command(const State& state, const OpenKey& command, const Context& context)
{
    const auto turn =
        turn_of(state, command.meeting, *context.actor.person, CeremonyPhase::opening, &KeyHolder::open);
    if (!turn) return turn.error();
    if (!is_open(state, command.meeting, *turn->holder, command.message) ||
        !are_parts_of(state, command.meeting, command.message, command.parts)) {
        return not_of_protocol();
    }
    auto parts = new_private_blob(state, context, std::string(parts_media_type), command.parts);
    return Decision{{CeremonyOpened{command.meeting, *context.actor.person, command.message, parts.digest}},
                    {std::move(parts)}};
}

Decided decide_command(const State& state, const AgreeToKey& command, const Context& context)
{
    const auto person = *context.actor.person;
    const auto turn = turn_of(state, command.meeting, person, CeremonyPhase::agreeing, &KeyHolder::agree);
    if (!turn) return turn.error();
    if (!is_agree(state, command.meeting, *turn->holder, command.message)) return not_of_protocol();
    Decision decision{{CeremonyAgreed{command.meeting, person, command.message}}, {}};
    const auto others =
        std::ranges::count_if(turn->keys->holders, [](const KeyHolder& one) { return !one.agree.empty(); });
    if (static_cast<std::size_t>(others) + 1 == turn->keys->holders.size()) {
        auto made = made_key(state, command.meeting);
        decision.events.emplace_back(
            ElectionKeyMade{command.meeting, std::move(made.election_key), made.key_holders});
    }
    return decision;
}

Decided decide_command(const State& state, const ComplainOfKey& command, const Context& context)
{
    const auto person = *context.actor.person;
    const auto turn = turn_of(state, command.meeting, person, CeremonyPhase::agreeing, &KeyHolder::agree);
    if (!turn) return turn.error();
    const auto at_fault = judge(state, command.meeting, *turn->holder, command.message);
    if (!at_fault) return not_of_protocol();
    return Decision{
        {CeremonyFailed{command.meeting, person, command.message, *at_fault, turn->keys->attempt + 1}}, {}};
}

Decided decide_command(const State& state, const RestartCeremony& command, const Context&)
{
    const auto& keys = record_of(state.meetings, command.meeting).keys;
    if (!keys) return no_key_holders();
    const auto phase = phase_of(*keys);
    if (phase == CeremonyPhase::joining || phase == CeremonyPhase::made)
        return refuse(RefusalCode::wrong_state, words_of(phase));
    if (auto refusal = check_reason(command.reason)) return *refusal;
    return Decision{{CeremonyRestarted{command.meeting, command.reason, keys->attempt + 1}}, {}};
}

void apply_event(State& state, const KeyHoldersAppointed& event, const Stamp&)
{
    KeyHolders keys;
    keys.threshold = event.threshold;
    keys.decided_by = event.decided_by;
    for (const auto& [person, name] : event.holders)
        keys.holders.push_back({person, name, {}, {}, {}, {}, {}});
    auto& meeting = record_of(state.meetings, event.meeting);
    // A ceremony's messages fit no other one of the same meeting.
    if (meeting.keys) keys.attempt = meeting.keys->attempt + 1;
    meeting.keys = std::move(keys);
}

void apply_event(State& state, const CeremonyJoined& event, const Stamp&)
{
    holder_of(state, event.meeting, event.holder).key = event.key;
}

void apply_event(State& state, const CeremonyCommitted& event, const Stamp&)
{
    holder_of(state, event.meeting, event.holder).commit = event.message;
}

void apply_event(State& state, const CeremonyOpened& event, const Stamp&)
{
    auto& holder = holder_of(state, event.meeting, event.holder);
    holder.open = event.message;
    holder.parts = event.parts;
}

void apply_event(State& state, const CeremonyAgreed& event, const Stamp&)
{
    holder_of(state, event.meeting, event.holder).agree = event.message;
}

void apply_event(State& state, const CeremonyFailed& event, const Stamp&)
{
    begin_again(state, event.meeting, event.attempt, {event.holder, event.at_fault, {}});
}

void apply_event(State& state, const CeremonyRestarted& event, const Stamp&)
{
    begin_again(state, event.meeting, event.attempt, {std::nullopt, std::nullopt, event.reason});
}

void apply_event(State& state, const ElectionKeyMade& event, const Stamp&)
{
    auto& keys = record_of(state.meetings, event.meeting).keys;
    PLENUM_ASSERT(keys && keys->election_key.empty());
    keys->election_key = event.election_key;
    keys->hash = event.key_holders;
    keys->restart.reset();
}

KeyHoldersView view_key_holders(const State& state, MeetingId id)
{
    const auto& keys = *record_of(state.meetings, id).keys;
    KeyHoldersView view;
    view.meeting = id;
    const auto named = record_id(state.origin, MeetingCreated::kind, number(id));
    view.meeting_id.assign(named.begin(), named.end());
    view.threshold = keys.threshold;
    view.attempt = keys.attempt;
    view.phase = phase_of(keys);
    for (const auto& holder : keys.holders) {
        view.holders.push_back({holder.person, holder.name, told(holder.key), told(holder.commit),
                                told(holder.open), told(holder.agree)});
    }
    view.restart = keys.restart;
    const auto& meeting = record_of(state.meetings, id);
    if (meeting.pinned) view.pinned = *meeting.pinned;
    if (view.phase != CeremonyPhase::made) return view;
    view.election_key = keys.election_key;
    view.key_holders = keys.hash;
    view.words = words_of(keys);
    const auto erased = meeting.erased.find(keys.hash);
    if (erased != meeting.erased.end()) view.erased.emplace(erased->second.begin(), erased->second.end());
    return view;
}

Answer<PartsAnswer> ask(const State& state, const Actor& actor, const ReadParts& question,
                        const BlobSource& blobs)
{
    const auto meeting = state.meetings.find(question.meeting);
    if (meeting == state.meetings.end()) return refuse(RefusalCode::no_such_record);
    if (actor.role != Role::key_holder) return refuse(RefusalCode::not_allowed);
    const auto turn = turn_of(state, question.meeting, *actor.person);
    if (!turn) return turn.error();
    const auto& holders = turn->keys->holders;
    const auto mine = static_cast<std::size_t>(turn->holder - holders.data());
    PartsAnswer answer{state.entries, {}};
    for (std::size_t from = 0; from < holders.size(); ++from) {
        auto& part = answer.parts.emplace_back();
        if (holders[from].open.empty() || from == mine) continue;
        const auto all = read_private(state, holders[from].parts, blobs);
        if (!all) return all.error();
        part = part_for(all->content, from, mine).value_or(Bytes{});
    }
    return answer;
}

} // namespace plenum::chamber
