#include "server/chamber/ballot_words.hpp"
#include "server/chamber/chapters.hpp"

#include <algorithm>

// Chapter nine: ballots on paper. Several tellers count for themselves, room by room where rooms count alone,
// and only what they agree on is a figure of the vote. What a room counted is shown to chair and tellers
// alone; the record holds it, since an auditor adds it up, so a room with very few ballots does not count
// alone.

namespace plenum::chamber {
namespace {

/// What stands for a room where all ballots are counted together.
const std::string all_rooms;

Counted<BallotsCount>& counted_in(Paper& paper, const BallotsCount&)
{
    return paper.ballots;
}
Counted<PlacesReturn>& counted_in(Paper& paper, const PlacesReturn&)
{
    return paper.lists;
}
Counted<GradesCount>& counted_in(Paper& paper, const GradesCount&)
{
    return paper.sheets;
}

/// What enough tellers counted alike in one room.
template <class Count>
std::optional<Count> agreed_in(const Vote& vote, const Counted<Count>& counted, const std::string& room)
{
    const auto found = counted.find(room);
    if (found == counted.end() || found->second.size() < vote.profile.tellers) return std::nullopt;
    const auto& first = found->second.begin()->second;
    const bool alike =
        std::ranges::all_of(found->second, [&](const auto& one) { return one.second == first; });
    if (!alike) return std::nullopt;
    return first;
}

std::vector<std::string> rooms_of(const Vote& vote)
{
    return vote.paper.rooms.empty() ? std::vector{all_rooms} : vote.paper.rooms;
}

/// What all rooms counted together; nothing while one of them is missing.
template <class Count>
std::optional<Count> sum_agreed(const Vote& vote, const Counted<Count>& counted)
{
    std::vector<Count> rooms;
    for (const auto& room : rooms_of(vote)) {
        auto agreed = agreed_in(vote, counted, room);
        if (!agreed) return std::nullopt;
        rooms.push_back(std::move(*agreed));
    }
    return sum_of(std::span<const Count>(rooms));
}

/// Who counted what in this room, when that is not enough or not alike.
template <class Count>
Refusal disagreement(const State& state, const Vote& vote, const Counted<Count>& counted,
                     const std::string& room)
{
    std::vector<Owner> owners;
    if (const auto found = counted.find(room); found != counted.end()) {
        for (const auto& [teller, count] : found->second) {
            const auto& name = record_of(state.persons, teller).name;
            owners.push_back({{name, name}, figures_of(count)});
        }
    }
    const auto need = std::to_string(vote.profile.tellers);
    const auto have = std::to_string(owners.size());
    LocalText detail{"须" + need + "人清点一致，已清点" + have + "人",
                     need + " must agree, " + have + " counted"};
    if (!room.empty()) detail = {room + "：" + detail.zh, room + ": " + detail.en};
    if (owners.size() > 1) {
        const auto words = differences(owners);
        detail.zh += words.zh;
        detail.en += words.en;
    }
    return refuse(RefusalCode::tellers_disagree, std::move(detail));
}

/// Who of the electorate is of this group of the roster.
std::uint32_t electors_of(const Body& body, const Vote& vote, const std::string& group)
{
    return count(static_cast<std::size_t>(std::ranges::count_if(vote.electorate, [&](PersonId person) {
        const auto* member = find_member(body, person);
        return member != nullptr && member->group == group;
    })));
}

/// What each group that has to agree by itself gave.
std::vector<GroupBallots> ballots_by_group(const Body& body, const Vote& vote)
{
    std::vector<GroupBallots> groups;
    for (const auto& name : groups_counted(vote.profile)) {
        const auto members = std::ranges::count(body.members, name, &Member::group);
        groups.push_back({name, count(static_cast<std::size_t>(members)), electors_of(body, vote, name),
                          *agreed_in(vote, vote.paper.ballots, name)});
    }
    return groups;
}

/// A group gives no more ballots than it has members who are there.
std::optional<Refusal> too_many_in_group(const State& state, const Vote& vote,
                                         const std::optional<std::string>& room, std::uint32_t issued)
{
    if (!room || !is_room_of_group(vote.profile, *room)) return std::nullopt;
    const auto& body = record_of(state.bodies, record_of(state.sittings, vote.sitting).body);
    const auto electors = electors_of(body, vote, *room);
    if (issued <= electors) return std::nullopt;
    const auto given = std::to_string(issued);
    const auto present = std::to_string(electors);
    return no(RefusalCode::ballots_wrong, *room + "发出" + given + "张，出席" + present + "人",
              *room + ": " + given + " given out to " + present + " members present");
}

std::optional<Refusal> too_many_issued(const Vote& vote, std::uint32_t issued)
{
    if (issued <= vote.electorate.size()) return std::nullopt;
    const auto given = std::to_string(issued);
    const auto present = std::to_string(vote.electorate.size());
    return no(RefusalCode::ballots_wrong, "发出" + given + "张，出席" + present + "人",
              given + " given out to " + present + " members present");
}

/// PE-25: a count of all, where somebody made one, must be what the rooms add up to.
template <class Count>
std::optional<Refusal> check_total(const State& state, const Vote& vote, const Counted<Count>& counted,
                                   const Count& sum)
{
    if (!vote.paper.rooms.empty() && counted.contains(all_rooms)) {
        const auto total = agreed_in(vote, counted, all_rooms);
        if (!total) return disagreement(state, vote, counted, all_rooms);
        if (*total != sum) {
            auto words = differences(
                {{{"总数", "all"}, figures_of(*total)}, {{"各处之和", "rooms"}, figures_of(sum)}});
            words.zh.erase(0, std::string_view("；").size());
            words.en.erase(0, 2);
            return refuse(RefusalCode::rooms_differ, std::move(words));
        }
    }
    return too_many_issued(vote, sum.issued);
}

template <class Count>
std::optional<Refusal> missing_in(const State& state, const Vote& vote, const Counted<Count>& counted)
{
    for (const auto& room : rooms_of(vote)) {
        if (!agreed_in(vote, counted, room)) return disagreement(state, vote, counted, room);
    }
    return check_total(state, vote, counted, *sum_agreed(vote, counted));
}

std::optional<Refusal> check_count(const State&, const Vote& vote, const BallotsCount& counted)
{
    if (vote.paper.list || vote.paper.grades) {
        return no(RefusalCode::wrong_state, "本次投票须按名单或测评项目清点",
                  "the ballots of this vote are counted by the list or the grades on them");
    }
    if (!check_ballots(counted)) return std::nullopt;
    const auto marked =
        std::to_string(std::uint64_t{counted.approve} + counted.oppose + counted.abstain + counted.invalid);
    const auto collected = std::to_string(counted.collected);
    return no(RefusalCode::ballots_wrong,
              "赞成、反对、弃权和无效合计" + marked + "张，收回" + collected + "张",
              marked + " for, against, abstaining and invalid, of " + collected + " that came back");
}

/// The names all tellers wrote down so far must fit into the entry that decides.
bool fits(const Vote& vote, const PlacesReturn& counted)
{
    PlacesReturn all{ballots_max, ballots_max, ballots_max, {}};
    const auto take = [&](const PlacesReturn& one) {
        for (const auto& line : one.list) {
            if (std::ranges::find(all.list, line.name, &ListVotes::name) == all.list.end())
                all.list.push_back({line.name, ballots_max, ballots_max, ballots_max, true});
        }
    };
    for (const auto& [room, tellers] : vote.paper.lists) {
        for (const auto& [teller, one] : tellers)
            take(one);
    }
    take(counted);
    return fits_entry(all);
}

std::optional<Refusal> check_count(const State&, const Vote& vote, const PlacesReturn& counted)
{
    if (!vote.paper.list) {
        return no(RefusalCode::wrong_state, "本次投票没有名单",
                  "there is no list on the ballots of this vote");
    }
    if (const auto misfit = check_return(*vote.paper.list, counted))
        return no(RefusalCode::ballots_wrong, *misfit);
    if (!fits(vote, counted)) return refuse(RefusalCode::too_many);
    return std::nullopt;
}

std::optional<Refusal> check_count(const State&, const Vote& vote, const GradesCount& counted)
{
    if (!vote.paper.grades) {
        return no(RefusalCode::wrong_state, "本次投票不是测评", "nothing is graded in this vote");
    }
    const auto& sheet = *vote.paper.grades;
    if (const auto misfit = check_sheets(sheet.rule, sheet.objects, counted))
        return no(RefusalCode::ballots_wrong, *misfit);
    return std::nullopt;
}

/// Which boxes these ballots are from, and whether they may be counted by themselves.
std::optional<Refusal> check_boxes(const Vote& vote, const std::optional<std::string>& room,
                                   std::uint32_t collected)
{
    if (!room) return std::nullopt;
    if (std::ranges::find(vote.paper.rooms, *room) == vote.paper.rooms.end()) {
        return no(RefusalCode::no_such_record, "没有这一计票处：" + *room, "no such room counts: " + *room);
    }
    if (collected == 0 || collected >= room_ballots_min) return std::nullopt;
    if (is_room_of_group(vote.profile, *room)) return std::nullopt;
    const auto least = std::to_string(room_ballots_min);
    return no(RefusalCode::room_too_small, "收回" + std::to_string(collected) + "张，少于" + least + "张",
              std::to_string(collected) + " came back, fewer than " + least);
}

/// Why this count cannot be taken, or nothing.
template <class Count>
std::optional<Refusal> check_counting(const State& state, const Vote& vote,
                                      const std::optional<std::string>& room, PersonId teller,
                                      const Count& counted)
{
    if (!is_under_way(vote)) return refuse(RefusalCode::vote_not_open);
    if (vote.method != VoteMethod::paper) {
        return no(RefusalCode::wrong_state, "本次表决不用票", "this vote is not by ballots on paper");
    }
    const auto body = record_of(state.sittings, vote.sitting).body;
    if (auto refusal = check_not_suspended(state, body, teller)) return refusal;
    if (const auto* candidate = find_candidate(state, vote, teller)) {
        return no(RefusalCode::is_candidate, candidate->name, candidate->name);
    }
    if (auto refusal = check_count(state, vote, counted)) return refusal;
    if (auto refusal = check_boxes(vote, room, counted.collected)) return refusal;
    if (auto refusal = too_many_in_group(state, vote, room, counted.issued)) return refusal;
    return too_many_issued(vote, counted.issued);
}

template <class Count>
void take_count(State& state, VoteId id, const std::optional<std::string>& room, PersonId teller,
                const Count& counted)
{
    auto& vote = record_of(state.votes, id);
    PLENUM_ASSERT(!check_counting(state, vote, room, teller, counted));
    counted_in(vote.paper, counted)[room.value_or(all_rooms)].insert_or_assign(teller, counted);
}

} // namespace

std::optional<Refusal> ballots_missing(const State& state, const Vote& vote)
{
    if (vote.paper.list) return missing_in(state, vote, vote.paper.lists);
    if (vote.paper.grades) return missing_in(state, vote, vote.paper.sheets);
    return missing_in(state, vote, vote.paper.ballots);
}

std::optional<BallotBox> agreed_box(const Vote& vote)
{
    const auto box = [](const auto& sum) -> std::optional<BallotBox> {
        if (!sum) return std::nullopt;
        return BallotBox{sum->issued, sum->collected};
    };
    if (vote.paper.list) return box(sum_agreed(vote, vote.paper.lists));
    if (vote.paper.grades) return box(sum_agreed(vote, vote.paper.sheets));
    return box(sum_agreed(vote, vote.paper.ballots));
}

void decide_counted(const Vote& vote, PlacesReturn counted, VoteDecided& decided)
{
    decided.tally = {0, 0, 0, count(vote.electorate.size())};
    decided.outcome = outcome_of(counted);
    auto places = decide_list(*vote.paper.list, vote.base_members, counted);
    decided.places = PlacesDecided{std::move(counted), std::move(places)};
}

void decide_counted(const Vote& vote, GradesCount counted, VoteDecided& decided)
{
    const auto present = count(vote.electorate.size());
    decided.tally = {0, 0, 0, present};
    decided.outcome = outcome_of(counted);
    auto outcomes = decide_sheets(vote.paper.grades->rule, vote.base_members, present, counted);
    decided.grades = GradesDecided{std::move(counted), std::move(outcomes)};
}

void decide_paper(const Body& body, const Vote& vote, VoteDecided& decided)
{
    const auto& paper = vote.paper;
    const auto present = count(vote.electorate.size());
    if (paper.list) {
        decide_counted(vote, *sum_agreed(vote, paper.lists), decided);
    } else if (paper.grades) {
        decide_counted(vote, *sum_agreed(vote, paper.sheets), decided);
    } else {
        const auto sum = *sum_agreed(vote, paper.ballots);
        const auto groups = ballots_by_group(body, vote);
        const bool counts_for_nothing = is_void(sum, groups);
        decided.tally = counts_for_nothing ? Tally{0, 0, 0, present} : tally_of(sum, present);
        decided.groups = tallies_of(groups, counts_for_nothing);
        decided.outcome = decide_ballots(vote.profile, vote.base_members, present, sum, groups);
        decided.ballots = sum;
    }
}

void forget_ballots(Paper& paper)
{
    paper.ballots.clear();
    paper.lists.clear();
    paper.sheets.clear();
}

Decided decide_command(const State& state, const CountBallots& command, const Context& context)
{
    const auto teller = *context.actor.person;
    const auto& vote = record_of(state.votes, command.vote);
    if (auto refusal = check_counting(state, vote, command.room, teller, command.ballots)) return *refusal;
    return Decision{{BallotsCounted{command.vote, teller, command.room, command.ballots}}, {}};
}

Decided decide_command(const State& state, const CountList& command, const Context& context)
{
    const auto teller = *context.actor.person;
    const auto& vote = record_of(state.votes, command.vote);
    auto list = in_order(command.list);
    if (auto refusal = check_counting(state, vote, command.room, teller, list)) return *refusal;
    return Decision{{ListCounted{command.vote, teller, command.room, std::move(list)}}, {}};
}

Decided decide_command(const State& state, const CountGrades& command, const Context& context)
{
    const auto teller = *context.actor.person;
    const auto& vote = record_of(state.votes, command.vote);
    if (auto refusal = check_counting(state, vote, command.room, teller, command.grades)) return *refusal;
    return Decision{{GradesCounted{command.vote, teller, command.room, command.grades}}, {}};
}

void apply_event(State& state, const BallotsCounted& event, const Stamp&)
{
    take_count(state, event.vote, event.room, event.teller, event.ballots);
}

void apply_event(State& state, const ListCounted& event, const Stamp&)
{
    take_count(state, event.vote, event.room, event.teller, event.list);
}

void apply_event(State& state, const GradesCounted& event, const Stamp&)
{
    take_count(state, event.vote, event.room, event.teller, event.grades);
}

} // namespace plenum::chamber
