#include "protocol/audit/record.hpp"

#include "protocol/ballot/acknowledgement.hpp"
#include "protocol/ballot/enrolment.hpp"

#include <algorithm>

// Secret votes until they are opened: consoles, voting keys, and the list of a round (docs/ballot_protocol.md
// 2, 3). The ballot box is in record_secret_box.cpp, its opening in record_secret_totals.cpp.

namespace plenum::audit {
namespace {

using enum SittingState;

constexpr std::size_t voters_min = 5;

/// Nothing when there are not exactly so many bytes.
template <std::size_t size>
std::optional<std::array<std::uint8_t, size>> exactly(const Bytes& bytes)
{
    if (bytes.size() != size) return std::nullopt;
    std::array<std::uint8_t, size> fixed{};
    std::ranges::copy(bytes, fixed.begin());
    return fixed;
}

RecordId person_id(const Record& record, PersonId person)
{
    return record_id(record.origin, "person", number(person));
}

/// Whether the proof was made by the key that is enrolled, for this person and no other.
bool is_proven(const Record& record, const ConsoleEnrolled& event)
{
    const auto device = exactly<32>(event.device);
    const auto channel = exactly<32>(event.channel);
    const auto proof = exactly<64>(event.proof);
    if (!device || !channel || !proof) return false;
    const ballot::EnrolmentTerms terms{record.origin, person_id(record, event.person), *channel};
    return ballot::check_device(terms, *device, *proof).has_value();
}

/// Whether a code was issued for this person since a console of his or hers was enrolled last.
bool had_new_code(const Record& record, PersonId person)
{
    const auto& codes = record.codes;
    if (!codes.are_named) return true;
    const auto spent = codes.spent.find(person);
    const auto is_unspent = [&](std::uint64_t issued) {
        return spent == codes.spent.end() || issued > spent->second;
    };
    const auto named = codes.newest.find(person);
    if (named != codes.newest.end() && is_unspent(named->second)) return true;
    return codes.newest_unnamed && is_unspent(*codes.newest_unnamed);
}

/// The key of a registration that holds for this console; nothing after a complaint.
std::optional<ballot::Point> registered_key(Record& record, const VotingKeyRegistered& event,
                                            const RecordedSitting& sitting, const ballot::VerifyKey& device)
{
    const auto* content = record.blob(event.registration);
    if (content == nullptr) return std::nullopt;
    const auto registration = ballot::decode_registration(bytes_of(*content));
    const auto channel = exactly<32>(event.channel);
    const auto meeting = record_id(record.origin, MeetingCreated::kind, number(sitting.meeting));
    const bool holds =
        registration && channel &&
        ballot::check_registration(
            {record.origin, meeting, person_id(record, event.person), device, *channel}, *registration);
    if (!holds) {
        record.complain(AuditCode::voting_key_wrong, blob_path(event.registration));
        return std::nullopt;
    }
    const auto is_same = [&](const auto& other) {
        return other.first != event.person && other.second.key == registration->voting_key;
    };
    if (std::ranges::any_of(sitting.voting_keys, is_same)) record.complain(AuditCode::voting_key_wrong);
    return registration->voting_key;
}

/// The question is what was put to this vote, in its one spelling.
void check_question(Record& record, const RollCalled& event, const RecordedVote& vote)
{
    const auto* content = record.blob(event.question);
    if (content == nullptr) return;
    const auto value = parse_canonical_json(*content);
    const auto question = value ? from_json<ballot::Question>(*value) : Decoded<ballot::Question>(Misfit{});
    const bool right = question && *question == question_of(matter_of(record, vote)) &&
                       canonical_json(to_json(*question)) == *content;
    if (!right) record.complain(AuditCode::question_wrong, blob_path(event.question));
}

/// The pseudonyms of an auditor's bundle, when they are a list of this length and root.
std::optional<std::set<ballot::Point>> read_list(Record& record, const RollCalled& event)
{
    const auto* content = record.blob(event.list);
    if (content == nullptr) return std::nullopt;
    const auto list = ballot::decode_list(bytes_of(*content));
    if (!list) {
        record.complain(AuditCode::roll_wrong, list.error().message());
        return std::nullopt;
    }
    if (ballot::roll_root(*list) != event.roll_root)
        record.complain(AuditCode::roll_wrong, blob_path(event.list));
    check_number(record, AuditCode::roll_wrong, event.list_length, list->size());
    return std::set<ballot::Point>(list->begin(), list->end());
}

/// Everything a ballot of this round is bound to.
ballot::VoteContext context_of(const Record& record, const RollCalled& event, const RecordedVote& vote,
                               const ballot::ElectionKeys& keys, const ballot::Point& generator)
{
    const auto meeting = record.sittings.at(vote.prepared.sitting).meeting;
    return {record.origin,
            record_id(record.origin, MeetingCreated::kind, number(meeting)),
            record_id(record.origin, VotePrepared::kind, number(event.vote)),
            event.round,
            event.question,
            hash_of(vote.prepared.profile),
            event.roll_root,
            event.list_length,
            keys.key_holders,
            keys.election_key,
            generator};
}

/// N signatures by exactly the N consoles of the list. Which programs they ran is held against those the body
/// pinned; where it pinned none, that is for a reader to judge.
void check_acknowledgements(Record& record, const Digest& blob, const RecordedRoll& roll,
                            const std::vector<Digest>& pinned)
{
    const auto* content = record.blob(blob);
    if (content == nullptr) return;
    const auto all = ballot::decode_acknowledgements(ballot::context_hash(roll.context), bytes_of(*content));
    if (!all) return record.complain(AuditCode::acknowledgements_wrong, all.error().message());
    std::vector<ballot::VerifyKey> devices;
    for (const auto& [person, key] : roll.drawn)
        devices.push_back(key.device);
    std::vector<Digest> builds;
    for (const auto& one : *all)
        builds.push_back(one.build);
    const auto found = ballot::check_acknowledgements(roll.context, *all, devices, builds);
    if (!found.complete())
        return record.complain(AuditCode::acknowledgements_wrong, said_and_found(all->size(), found.good));
    if (pinned.empty()) return;
    const auto others =
        ballot::check_acknowledgements(roll.context, *all, devices, pinned).other_builds.size();
    if (others > 0)
        record.complain(AuditCode::build_other, std::to_string(others) + " / " + std::to_string(all->size()));
}

} // namespace

SecretMatter matter_of(const Record& record, const RecordedVote& vote)
{
    const auto& prepared = vote.prepared;
    SecretMatter matter{prepared.title, prepared.text};
    if (prepared.list) matter.list = &*prepared.list;
    if (prepared.list) matter.elects_persons = elects_persons(record, vote);
    if (prepared.grades) matter.grades = &*prepared.grades;
    return matter;
}

bool is_secret(const RecordedVote& vote)
{
    const auto& profile = vote.prepared.profile;
    return profile.secrecy == Secrecy::secret && profile.method == VoteMethod::console;
}

void check_secret_rule(Record& record, RecordedVote& vote)
{
    const auto& prepared = vote.prepared;
    const bool both = prepared.list && prepared.grades; // Complained about as what it is.
    if (both || check_secret_matter(matter_of(record, vote))) {
        vote.rule_usable = false;
        return record.complain(AuditCode::vote_secret, std::string(prepared.list ? "list" : "grades"));
    }
    vote.secret.shape = shape_of(matter_of(record, vote));
    if (!groups_counted(prepared.profile).empty())
        record.complain(AuditCode::secret_vote_wrong, std::string("groups"));
    const auto& keys = record.meetings.at(record.sittings.at(prepared.sitting).meeting).keys;
    if (!keys || !keys->is_made) record.complain(AuditCode::secret_vote_wrong, ElectionKeyMade::kind.data());
}

std::map<PersonId, RecordedVotingKey> keyed_in(const RecordedSitting& sitting)
{
    std::map<PersonId, RecordedVotingKey> there;
    for (const auto& [person, key] : sitting.voting_keys) {
        if (sitting.present.contains(person) && !sitting.remote.contains(person)) there.emplace(person, key);
    }
    return there;
}

void follow(Record& record, const ConsoleEnrolled& event)
{
    const auto person = std::to_string(number(event.person));
    if (number(event.person) == 0 || number(event.person) > record.persons_known)
        return record.complain(AuditCode::record_unknown, person);
    const auto device = exactly<32>(event.device);
    if (!device) return record.complain(AuditCode::console_wrong, person);
    const bool taken = std::ranges::any_of(record.consoles, [&](const auto& other) {
        return other.first != event.person && other.second == *device;
    });
    if (taken || !is_proven(record, event)) record.complain(AuditCode::console_wrong, person);
    if (!had_new_code(record, event.person)) record.complain(AuditCode::console_without_code, person);
    record.codes.spent[event.person] = record.now->seq;
    record.consoles.insert_or_assign(event.person, *device);
    for (auto& [id, sitting] : record.sittings)
        sitting.voting_keys.erase(event.person);
}

void follow(Record& record, const VotingKeyRegistered& event)
{
    auto* sitting =
        in_state(record, event.sitting, {signing_in, in_session, recess}, AuditCode::voting_key_wrong);
    if (sitting == nullptr) return;
    const auto person = std::to_string(number(event.person));
    const auto& keys = record.meetings.at(sitting->meeting).keys;
    const auto console = record.consoles.find(event.person);
    const bool is_there = sitting->present.contains(event.person) && !sitting->remote.contains(event.person);
    if (!is_there || !keys || !keys->is_made) record.complain(AuditCode::voting_key_wrong, person);
    if (console == record.consoles.end()) return record.complain(AuditCode::voting_key_wrong, person);
    const auto key = registered_key(record, event, *sitting, console->second);
    sitting->voting_keys.insert_or_assign(event.person, RecordedVotingKey{console->second, key});
}

void follow(Record& record, const RollCalled& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::prepared});
    if (vote == nullptr) return;
    if (!is_secret(*vote)) return record.complain(AuditCode::secret_vote_wrong);
    auto& secret = vote->secret;
    check_number(record, AuditCode::roll_wrong, event.round, secret.rounds + 1);
    secret.rounds = event.round;
    check_question(record, event, *vote);

    auto& sitting = record.sittings.at(vote->prepared.sitting);
    auto drawn = keyed_in(sitting);
    for (const auto person : event.without)
        drawn.erase(person);
    check_number(record, AuditCode::roll_members_wrong, event.list_length, drawn.size());

    auto pseudonyms = read_list(record, event);
    const auto generator = ballot::parse_point(event.vote_generator);
    const auto& keys = record.meetings.at(sitting.meeting).keys;
    // No roster is longer, and no ballot can be packed for lists without limit.
    const bool usable = generator && !generator->is_identity() && keys && keys->made &&
                        event.list_length <= roster_members_max;
    if (!usable || !record.generators.insert(*generator).second) {
        record.complain(AuditCode::roll_wrong, std::string("vote_generator"));
        if (!usable) return secret.roll.reset();
    }
    secret.roll = RecordedRoll{context_of(record, event, *vote, *keys->made, *generator),
                               event.list,
                               std::move(drawn),
                               std::move(pseudonyms),
                               keys->terms,
                               keys->persons,
                               *keys->made};
}

void check_secret_opening(Record& record, const VoteOpened& event, const RecordedVote& vote,
                          const RecordedSitting& sitting)
{
    if (!is_secret(vote)) {
        if (event.secret) record.complain(AuditCode::secret_vote_wrong, std::string("secret"));
        return;
    }
    if (!vote.rule_usable) return; // complained about when it was prepared
    const auto& roll = vote.secret.roll;
    if (!event.secret || !roll) return record.complain(AuditCode::secret_vote_wrong, std::string("secret"));
    if (!vote.secret.created) record.complain(AuditCode::box_out_of_order);
    check_number(record, AuditCode::roll_wrong, event.secret->round, roll->context.round);
    const auto& keys = record.meetings.at(sitting.meeting).keys;
    const bool same_keys = keys && keys->made && keys->made->key_holders == roll->keys.key_holders;
    if (!same_keys || !std::ranges::equal(event.secret->context, ballot::context_hash(roll->context)))
        record.complain(AuditCode::context_wrong);

    // Whoever came, left or changed the console since makes it another list.
    const auto there = keyed_in(sitting);
    const auto still = [&](const auto& one) {
        const auto found = there.find(one.first);
        return found != there.end() && found->second == one.second;
    };
    const auto changed = std::ranges::find_if_not(roll->drawn, still);
    if (changed != roll->drawn.end())
        record.complain(AuditCode::roll_members_wrong, std::to_string(number(changed->first)));
    if (roll->drawn.size() < voters_min)
        record.complain(AuditCode::secret_vote_wrong, std::to_string(roll->drawn.size()));
    check_acknowledgements(record, event.secret->acknowledgements, *roll,
                           record.meetings.at(sitting.meeting).pinned);
}

} // namespace plenum::audit
