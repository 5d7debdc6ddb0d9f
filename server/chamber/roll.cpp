#include "server/chamber/chapters.hpp"
#include "server/chamber/secret_steps.hpp"

#include <algorithm>

// Chapter fourteen: the list of a secret vote. The clerk draws it outside of decide from the voting keys of
// those who are there; every console signs that it stands in it, and only then the vote opens with its box.

namespace plenum::chamber {
namespace {

constexpr std::size_t silent_named_max = 5;

std::optional<Refusal> check_enough(std::size_t voters)
{
    if (voters >= secret_voters_min) return std::nullopt;
    const auto least = std::to_string(secret_voters_min);
    const auto have = std::to_string(voters);
    return no(RefusalCode::too_few_voters, "名单上" + have + "人，至少" + least + "人",
              have + " on the list, at least " + least + " are needed");
}

/// Whether the clerk drew this list from so many keys.
bool is_list_of(const std::optional<ballot::PseudonymList>& list, std::size_t keys)
{
    return list && !list->vote_generator.is_identity() && list->pseudonyms.size() == keys &&
           ballot::check_list(list->pseudonyms).has_value();
}

/// Of those asked to be left out the ones who would be on the list, ascending.
std::vector<PersonId> left_out(const Sitting& sitting, const std::vector<PersonId>& without)
{
    const std::set<PersonId> asked(without.begin(), without.end());
    std::vector<PersonId> left;
    std::ranges::copy_if(asked, std::back_inserter(left),
                         [&](PersonId person) { return sitting.voting_keys.contains(person); });
    return left;
}

/// Who keeps the vote from being opened.
Refusal incomplete(const State& state, const CalledRoll& roll, const ballot::RollCheck& found)
{
    const auto silent = std::to_string(found.missing.size());
    LocalText detail{silent + "台尚未确认", silent + " have not signed"};
    std::size_t named = 0;
    for (const auto& [person, device] : roll.devices) {
        const bool is_silent = std::ranges::find(found.missing, fixed<32>(device)) != found.missing.end();
        if (!is_silent || ++named > silent_named_max) continue;
        const auto& name = record_of(state.persons, person).name;
        detail.zh += (named == 1 ? "：" : "、") + name;
        detail.en += (named == 1 ? ": " : ", ") + name;
    }
    return refuse(RefusalCode::roll_incomplete, std::move(detail));
}

} // namespace

std::vector<RollEntry> roll_entries(const State& state, VoteId vote, const std::vector<PersonId>& without)
{
    const auto& sitting = record_of(state.sittings, record_of(state.votes, vote).sitting);
    const std::set<PersonId> out(without.begin(), without.end());
    std::vector<RollEntry> entries;
    for (const auto& [person, key] : sitting.voting_keys) {
        if (out.contains(person)) continue;
        entries.push_back({person, fixed<32>(record_of(state.consoles, person)), {fixed<32>(key)}});
    }
    return entries;
}

std::vector<PersonId> without_voting_key(const State& state, VoteId vote)
{
    const auto& sitting = record_of(state.sittings, record_of(state.votes, vote).sitting);
    std::vector<PersonId> without;
    std::ranges::copy_if(sitting.present, std::back_inserter(without), [&](PersonId person) {
        return !sitting.remote.contains(person) && !sitting.voting_keys.contains(person);
    });
    return without;
}

std::size_t longest_ballot(const State& state, PersonId member)
{
    std::size_t longest = 0;
    for (const auto& [id, vote] : state.votes) {
        const bool may_come = vote.state == VoteState::prepared || is_under_way(vote);
        if (!may_come || !vote.secret.roll || !vote.secret.roll->devices.contains(member)) continue;
        longest = std::max(longest, ballot::ballot_size(shape_of(matter_of(state, vote))));
    }
    return longest;
}

std::optional<ballot::VoteContext> secret_context(const State& state, VoteId id)
{
    const auto& vote = record_of(state.votes, id);
    if (!vote.secret.roll) return std::nullopt;
    const auto& roll = *vote.secret.roll;
    ballot::VoteContext context;
    context.origin = state.origin;
    context.meeting = meeting_record(state, record_of(state.sittings, vote.sitting).meeting);
    context.vote = vote_record(state, id);
    context.round = roll.round;
    context.question = roll.question;
    context.rule = hash_of(vote.profile);
    context.roll_root = roll.root;
    context.list_length = roll.length;
    context.key_holders = roll.keys.hash;
    context.election_key = {fixed<32>(roll.keys.election_key)};
    context.vote_generator = {fixed<32>(roll.vote_generator)};
    return context;
}

ballot::BallotTerms secret_terms(const State& state, VoteId vote)
{
    const auto context = secret_context(state, vote);
    PLENUM_ASSERT(context.has_value());
    return ballot::terms_of(*context, shape_of(matter_of(state, record_of(state.votes, vote))));
}

bool roll_fits(const State& state, const Vote& vote)
{
    if (!vote.secret.roll) return false;
    const auto& roll = *vote.secret.roll;
    const auto& sitting = record_of(state.sittings, vote.sitting);
    const auto& keys = record_of(state.meetings, sitting.meeting).keys;
    if (!keys || keys->election_key != roll.keys.election_key) return false;
    std::size_t matched = 0;
    for (const auto& [person, key] : sitting.voting_keys) {
        const auto listed = roll.voting_keys.find(person);
        if (listed == roll.voting_keys.end()) {
            if (!std::ranges::binary_search(roll.without, person)) return false;
        } else if (listed->second != key) {
            return false;
        } else {
            ++matched;
        }
    }
    return matched == roll.voting_keys.size();
}

std::vector<PersonId> members_of(const CalledRoll& roll)
{
    std::vector<PersonId> members;
    for (const auto& [person, device] : roll.devices)
        members.push_back(person);
    return members;
}

std::vector<ballot::VerifyKey> devices_of(const CalledRoll& roll)
{
    std::vector<ballot::VerifyKey> devices;
    for (const auto& [person, device] : roll.devices)
        devices.push_back(fixed<32>(device));
    return devices;
}

Decided decide_command(const State& state, const CallRoll& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (!is_secret(vote)) {
        return no(RefusalCode::wrong_state, "本次表决不是无记名的按键表决",
                  "this vote is not by secret ballots at consoles");
    }
    if (auto refusal = check_opening(state, vote)) return *refusal;
    const auto& sitting = record_of(state.sittings, vote.sitting);
    if (auto refusal = check_election_key(state, sitting.meeting)) return *refusal;
    auto without = left_out(sitting, command.without);
    const auto voters = sitting.voting_keys.size() - without.size();
    if (auto refusal = check_enough(voters)) return *refusal;
    const auto& drawn = context.secret.list;
    if (!is_list_of(drawn, voters)) return refuse(RefusalCode::roll_differs);

    auto question = new_blob(canonical_json(to_json(question_of(matter_of(state, vote)))));
    auto list = new_blob(std::string(text_of(ballot::encode_list(drawn->pseudonyms))));
    RollCalled called;
    called.vote = command.vote;
    called.round = vote.secret.roll ? vote.secret.roll->round + 1 : 1;
    called.question = question.digest;
    called.list = list.digest;
    called.roll_root = ballot::roll_root(drawn->pseudonyms);
    called.list_length = count(voters);
    called.vote_generator = bytes_from(drawn->vote_generator.bytes);
    called.without = std::move(without);
    return Decision{{std::move(called)}, {std::move(question), std::move(list)}};
}

boost::system::result<SecretOpening, Refusal> begin_box(const State& state, VoteId id,
                                                        const SecretMaterial& material, Decision& decision)
{
    const auto& vote = record_of(state.votes, id);
    const auto& roll = vote.secret.roll;
    if (!roll) return no(RefusalCode::roll_differs, "尚未核对名单", "no roll was called yet");
    if (!roll_fits(state, vote)) return refuse(RefusalCode::roll_differs);
    if (auto refusal = check_enough(roll->length)) return *refusal;
    const auto context = *secret_context(state, id);
    const auto devices = devices_of(*roll);
    // Which builds are pinned is for key holders and auditors; the record holds what each console said.
    std::set<Digest> builds;
    for (const auto& one : material.acknowledgements)
        builds.insert(one.build);
    const auto found = ballot::check_acknowledgements(context, material.acknowledgements, devices,
                                                      std::vector<Digest>(builds.begin(), builds.end()));
    if (!found.complete()) return incomplete(state, *roll, found);
    if (material.copies == 0) {
        return no(RefusalCode::wrong_state, "票箱密钥尚未保存",
                  "the key of the ballot box is not durable yet");
    }
    const auto hash = ballot::context_hash(context);
    auto acknowledgements =
        new_blob(std::string(text_of(ballot::encode_acknowledgements(hash, material.acknowledgements))));
    SecretOpening opening{roll->round, bytes_from(hash), acknowledgements.digest};
    decision.events.emplace_back(BallotBoxCreated{id, material.key_hash, material.copies});
    decision.blobs.push_back(std::move(acknowledgements));
    return opening;
}

void apply_event(State& state, const RollCalled& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::prepared && is_secret(vote));
    CalledRoll roll;
    roll.round = event.round;
    roll.question = event.question;
    roll.list = event.list;
    roll.root = event.roll_root;
    roll.length = event.list_length;
    roll.vote_generator = event.vote_generator;
    roll.without = event.without;
    for (const auto& entry : roll_entries(state, event.vote, event.without)) {
        roll.devices.emplace(entry.person, bytes_from(entry.device));
        roll.voting_keys.emplace(entry.person, bytes_from(entry.voting_key.bytes));
    }
    PLENUM_ASSERT(roll.devices.size() == roll.length);
    PLENUM_ASSERT(roll.round == (vote.secret.roll ? vote.secret.roll->round + 1 : 1));
    const auto& keys = record_of(state.meetings, record_of(state.sittings, vote.sitting).meeting).keys;
    PLENUM_ASSERT(keys && !keys->election_key.empty());
    roll.keys = *keys;
    vote.secret.roll = std::move(roll);
}

} // namespace plenum::chamber
