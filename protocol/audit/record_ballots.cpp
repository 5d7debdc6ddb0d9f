#include "protocol/audit/record.hpp"

#include <algorithm>

// Ballots on paper: what tellers counted of each room, whether they agree, and what it adds up to.

namespace plenum::audit {
namespace {

Counts<BallotsCount>& counts_of(RecordedVote& vote, const BallotsCount&)
{
    return vote.ballots;
}
Counts<PlacesReturn>& counts_of(RecordedVote& vote, const PlacesReturn&)
{
    return vote.lists;
}
Counts<GradesCount>& counts_of(RecordedVote& vote, const GradesCount&)
{
    return vote.sheets;
}

std::optional<Misfit> misfit_of(const VotePrepared& prepared, const BallotsCount& counted)
{
    if (prepared.list || prepared.grades) return Misfit{"ballots", "a list or grades"};
    return check_ballots(counted);
}

std::optional<Misfit> misfit_of(const VotePrepared& prepared, const PlacesReturn& counted)
{
    if (!prepared.list) return Misfit{"list", "no list"};
    return check_return(*prepared.list, counted);
}

std::optional<Misfit> misfit_of(const VotePrepared& prepared, const GradesCount& counted)
{
    if (!prepared.grades) return Misfit{"grades", "no grades"};
    return check_sheets(prepared.grades->rule, prepared.grades->objects, counted);
}

std::vector<std::string> rooms_of(const VotePrepared& prepared)
{
    if (prepared.rooms && !prepared.rooms->empty()) return *prepared.rooms;
    return {""};
}

/// Whether these ballots may be counted by themselves: in a room the vote has, and enough of them.
bool is_a_box(const VotePrepared& prepared, const std::optional<std::string>& room, std::uint32_t collected)
{
    if (!room) return true;
    if (room->empty() || !prepared.rooms) return false;
    const bool known = std::ranges::find(*prepared.rooms, *room) != prepared.rooms->end();
    if (is_room_of_group(prepared.profile, *room)) return known;
    return known && (collected == 0 || collected >= room_ballots_min);
}

/// How many of the electorate are of this group, and how many the roster has.
std::pair<std::uint32_t, std::uint32_t> size_of(const RecordedBody& body, const RecordedVote& vote,
                                                const std::string& group)
{
    std::uint32_t members = 0;
    std::uint32_t electors = 0;
    for (const auto& [person, member] : body.members) {
        if (member.group != group) continue;
        ++members;
        electors += std::ranges::binary_search(vote.electorate, person) ? 1 : 0;
    }
    return {members, electors};
}

/// Whom this room has given ballots to at most: its group where it is one, else everybody.
std::size_t most_of(const Record& record, const RecordedVote& vote, const std::optional<std::string>& room)
{
    if (!room || !is_room_of_group(vote.prepared.profile, *room)) return vote.electorate.size();
    const auto& body = record.bodies.at(record.sittings.at(vote.prepared.sitting).body);
    return size_of(body, vote, *room).second;
}

template <class Count>
void take(Record& record, VoteId id, PersonId teller, const std::optional<std::string>& room,
          const Count& counted)
{
    auto* vote = in_state(record, id, {VoteState::open, VoteState::held});
    if (vote == nullptr) return;
    check_not_suspended(record, record.sittings.at(vote->prepared.sitting).body, teller);
    if (is_candidate(record, *vote, teller)) {
        record.complain(AuditCode::candidate_counts, std::to_string(number(teller)));
    }
    // Ballots that cannot be are not counted either: the figures below say what they were worth.
    if (vote->method != VoteMethod::paper) {
        record.complain(AuditCode::ballots_wrong, std::string(codec::enum_name(vote->method)));
    } else if (const auto misfit = misfit_of(vote->prepared, counted)) {
        record.complain(AuditCode::ballots_wrong, misfit->path + ": " + misfit->expected);
    } else if (!is_a_box(vote->prepared, room, counted.collected)) {
        record.complain(AuditCode::ballots_wrong, room.value_or(""));
    } else if (const auto most = most_of(record, *vote, room); counted.issued > most) {
        record.complain(AuditCode::ballots_wrong, said_and_found(counted.issued, most));
    } else {
        counts_of(*vote, counted)[room.value_or("")].insert_or_assign(teller, counted);
    }
}

/// What enough tellers counted alike of one room.
template <class Count>
const Count* agreed(const RecordedVote& vote, const Counts<Count>& counts, const std::string& room)
{
    const auto found = counts.find(room);
    if (found == counts.end() || found->second.size() < std::max(vote.prepared.profile.tellers, 1U))
        return nullptr;
    const auto& first = found->second.begin()->second;
    for (const auto& [teller, counted] : found->second)
        if (counted != first) return nullptr;
    return &first;
}

/// What the rooms add up to that the tellers agree on; the others count as nothing.
template <class Count>
Count sum(const RecordedVote& vote, const Counts<Count>& counts)
{
    std::vector<Count> rooms;
    for (const auto& room : rooms_of(vote.prepared)) {
        if (const auto* counted = agreed(vote, counts, room)) rooms.push_back(*counted);
    }
    return sum_of(std::span<const Count>(rooms));
}

template <class Count>
void check_agreed(Record& record, const RecordedVote& vote, const Counts<Count>& counts)
{
    for (const auto& room : rooms_of(vote.prepared)) {
        if (agreed(vote, counts, room) != nullptr) continue;
        record.complain(AuditCode::ballots_not_agreed, room);
        return;
    }
    const auto total = sum(vote, counts);
    const bool alone = rooms_of(vote.prepared).size() == 1;
    if (!alone && counts.contains("")) {
        const auto* said = agreed(vote, counts, "");
        if (said == nullptr || *said != total) record.complain(AuditCode::ballots_not_agreed);
    }
    if (total.issued > vote.electorate.size()) {
        record.complain(AuditCode::ballots_wrong, said_and_found(total.issued, vote.electorate.size()));
    }
}

/// What each group that has to agree by itself gave; nothing where its tellers did not agree.
std::vector<GroupBallots> groups_of(const RecordedBody& body, const RecordedVote& vote)
{
    std::vector<GroupBallots> groups;
    for (const auto& name : groups_counted(vote.prepared.profile)) {
        const auto [members, electors] = size_of(body, vote, name);
        const auto* counted = agreed(vote, vote.ballots, name);
        groups.push_back({name, members, electors, counted == nullptr ? BallotsCount{} : *counted});
    }
    return groups;
}

} // namespace

void check_ballots_counted(Record& record, const RecordedVote& vote)
{
    if (vote.prepared.list) return check_agreed(record, vote, vote.lists);
    if (vote.prepared.grades) return check_agreed(record, vote, vote.sheets);
    check_agreed(record, vote, vote.ballots);
}

void decide_counted(const RecordedVote& vote, PlacesReturn counted, Figures& figures)
{
    figures.tally = {0, 0, 0, static_cast<std::uint32_t>(vote.electorate.size())};
    figures.outcome = outcome_of(counted);
    auto outcome = decide_list(*vote.prepared.list, vote.base_members, counted);
    figures.places = PlacesDecided{std::move(counted), std::move(outcome)};
}

void decide_counted(const RecordedVote& vote, GradesCount counted, Figures& figures)
{
    const auto present = static_cast<std::uint32_t>(vote.electorate.size());
    figures.tally = {0, 0, 0, present};
    figures.outcome = outcome_of(counted);
    auto outcomes = decide_sheets(vote.prepared.grades->rule, vote.base_members, present, counted);
    figures.grades = GradesDecided{std::move(counted), std::move(outcomes)};
}

void count_ballots(const RecordedBody& body, const RecordedVote& vote, Figures& figures)
{
    const auto present = static_cast<std::uint32_t>(vote.electorate.size());
    const auto& prepared = vote.prepared;
    figures.tally = {0, 0, 0, present};
    if (prepared.list) {
        if (vote.rule_usable) decide_counted(vote, sum(vote, vote.lists), figures);
    } else if (prepared.grades) {
        if (vote.rule_usable) decide_counted(vote, sum(vote, vote.sheets), figures);
    } else {
        const auto counted = sum(vote, vote.ballots);
        figures.ballots = counted;
        // More ballots than members were complained about: they count for nothing.
        if (!vote.rule_usable || counted.issued > present) return;
        const auto groups = groups_of(body, vote);
        const bool counts_for_nothing = is_void(counted, groups);
        if (!counts_for_nothing) figures.tally = tally_of(counted, present);
        figures.groups = tallies_of(groups, counts_for_nothing);
        figures.outcome = decide_ballots(prepared.profile, vote.base_members, present, counted, groups);
    }
}

void follow(Record& record, const BallotsCounted& event)
{
    take(record, event.vote, event.teller, event.room, event.ballots);
}

void follow(Record& record, const ListCounted& event)
{
    take(record, event.vote, event.teller, event.room, event.list);
}

void follow(Record& record, const GradesCounted& event)
{
    take(record, event.vote, event.teller, event.room, event.grades);
}

} // namespace plenum::audit
