#include "server/chamber/ceremony.hpp"
#include "server/chamber/chapters.hpp"
#include "server/chamber/secret_steps.hpp"

#include "protocol/ballot/totals.hpp"

#include <algorithm>

// Chapter seventeen: what a secret vote is, and what its shares open: the totals and nothing else. The clerk
// looks the numbers up; here they are only checked.

namespace plenum::chamber {
namespace {

/// Shares that hold, by the number of their holder, and whose they are.
struct Combined {
    std::vector<ballot::DecryptionShare> shares;
    std::vector<PersonId> holders;
};

/// The first k of them: any k would open the same.
Combined combined_of(const Vote& vote)
{
    Combined combined;
    const auto& keys = vote.secret.roll->keys;
    // Of a box without ballots there is nothing to decrypt.
    if (vote.secret.sealed->ballots == 0) return combined;
    for (const auto& holder : keys.holders) {
        const auto given = vote.secret.shares.find(holder.person);
        if (given == vote.secret.shares.end() || !given->second.holds) continue;
        auto share = ballot::decode_share(given->second.share, vote.secret.sealed->sums.size());
        PLENUM_ASSERT(share.has_value());
        combined.shares.push_back(std::move(*share));
        combined.holders.push_back(holder.person);
        if (combined.shares.size() == keys.threshold) break;
    }
    return combined;
}

/// Only what counts a row depends on.
std::optional<ballot::SecretTotals> counted(const SecretMatter& matter, const Vote& vote,
                                            const OpenedTotals& totals)
{
    ballot::BallotTerms terms;
    terms.shape = shape_of(matter);
    terms.base = ballot::packing_base(count(vote.electorate.size()));
    auto counted = ballot::decode_totals(terms, totals.ballots, totals.values);
    if (!counted || totals.ballots > vote.electorate.size()) return std::nullopt;
    return std::move(*counted);
}

} // namespace

bool is_secret(const RuleProfile& rule)
{
    return rule.secrecy == Secrecy::secret && rule.method == VoteMethod::console;
}

bool is_secret(const Vote& vote)
{
    return is_secret(vote.profile);
}

SecretMatter matter_of(const State& state, const Vote& vote)
{
    PLENUM_ASSERT(is_secret(vote));
    SecretMatter matter{vote.title, vote.text};
    if (vote.paper.list) {
        matter.list = &*vote.paper.list;
        matter.elects_persons = elects_persons(state, matter.list);
    }
    if (vote.paper.grades) matter.grades = &*vote.paper.grades;
    return matter;
}

RecordId meeting_record(const State& state, MeetingId meeting)
{
    return record_id(state.origin, MeetingCreated::kind, number(meeting));
}

RecordId vote_record(const State& state, VoteId vote)
{
    return record_id(state.origin, VotePrepared::kind, number(vote));
}

RecordId person_record(const State& state, PersonId person)
{
    return record_id(state.origin, "person", number(person));
}

std::optional<Refusal> check_election_key(const State& state, MeetingId meeting)
{
    const auto& keys = record_of(state.meetings, meeting).keys;
    if (keys && phase_of(*keys) == CeremonyPhase::made) return std::nullopt;
    return refuse(RefusalCode::election_key_missing);
}

std::optional<Refusal> check_secret_rule(const State& state, const Sitting& sitting, const RuleProfile& rule)
{
    if (!is_secret(rule)) return std::nullopt;
    if (!groups_counted(rule).empty()) {
        return no(RefusalCode::invalid_profile, "无记名表决只得出总数，不能按组计票",
                  "secret ballots give totals and nothing else: groups cannot be counted by themselves");
    }
    return check_election_key(state, sitting.meeting);
}

std::optional<Refusal> check_decided(const State& state, const Sitting& sitting)
{
    for (const auto id : sitting.votes) {
        const auto& vote = record_of(state.votes, id);
        if (vote.state != VoteState::closed) continue;
        return no(RefusalCode::vote_open, "“" + vote.title + "”的票箱尚未开启",
                  "the ballot box of " + vote.title + " is not opened yet");
    }
    return std::nullopt;
}

ballot::ElectionKeys election_keys_of(const State& state, const Vote& vote)
{
    PLENUM_ASSERT(vote.secret.roll.has_value());
    return made_keys(state, record_of(state.sittings, vote.sitting).meeting, vote.secret.roll->keys);
}

bool is_openable(const State& state, VoteId id)
{
    const auto& vote = record_of(state.votes, id);
    if (vote.state != VoteState::closed || !vote.secret.sealed) return false;
    const auto good =
        std::ranges::count_if(vote.secret.shares, [](const auto& given) { return given.second.holds; });
    return vote.secret.sealed->ballots == 0 ||
           static_cast<std::size_t>(good) >= vote.secret.roll->keys.threshold;
}

std::vector<ballot::Point> messages_of(const State& state, VoteId id)
{
    PLENUM_ASSERT(is_openable(state, id));
    const auto& vote = record_of(state.votes, id);
    const auto& sealed = *vote.secret.sealed;
    if (sealed.ballots == 0) return std::vector<ballot::Point>(sealed.sums.size());
    auto messages = ballot::combine(election_keys_of(state, vote), sealed.sums, combined_of(vote).shares);
    PLENUM_ASSERT(messages.has_value());
    return std::move(*messages);
}

Decided decide_totals(const State& state, VoteId id, const std::vector<std::uint64_t>& values)
{
    const auto found = state.votes.find(id);
    if (found == state.votes.end()) return refuse(RefusalCode::no_such_record);
    const auto& vote = found->second;
    if (vote.state != VoteState::closed) return wrong_state(vote.state);
    if (!vote.secret.sealed) return refuse(RefusalCode::box_not_sealed);
    if (!is_openable(state, id)) {
        return no(RefusalCode::wrong_state, "密钥持有人尚未到齐", "too few key holders gave their shares");
    }
    OpenedTotals totals{vote.secret.sealed->ballots, values, combined_of(vote).holders};
    if (!ballot::check_totals(messages_of(state, id), values) ||
        !counted(matter_of(state, vote), vote, totals))
        return refuse(RefusalCode::signature_wrong);
    VoteDecided decided;
    decided.vote = id;
    decided.totals = std::move(totals);
    decide_secret(state, vote, decided);
    Decision decision{{decided}, {}};
    adopt_with(state, decided, decision);
    return decision;
}

void decide_secret(const State& state, const Vote& vote, VoteDecided& decided)
{
    PLENUM_ASSERT(decided.totals && vote.secret.sealed);
    const auto matter = matter_of(state, vote);
    const auto totals = counted(matter, vote, *decided.totals);
    PLENUM_ASSERT(totals && totals->ballots == vote.secret.sealed->ballots);
    decided.left = vote.secret.left;
    const auto listed = count(vote.electorate.size());
    if (matter.list != nullptr) {
        decide_counted(vote, list_from(matter, listed, *totals), decided);
    } else if (matter.grades != nullptr) {
        decide_counted(vote, grades_from(matter, listed, *totals), decided);
    } else {
        decided.tally = tally_from(listed, *totals);
        decided.outcome = decide_outcome(vote.profile, vote.base_members, decided.tally, {});
    }
}

} // namespace plenum::chamber
