#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(ballots_forgery_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// Lies about ballots on paper, elections and series. Seven of nine members are present in the prelude.

namespace {

RuleProfile paper_rule()
{
    auto rule = simple_rule();
    rule.method = VoteMethod::paper;
    rule.secrecy = Secrecy::secret;
    return rule;
}

BallotList list_of(ListKind kind, const std::vector<std::string>& names, std::uint32_t places)
{
    BallotList list;
    list.list_kind = kind;
    for (const auto& name : names)
        list.candidates.push_back({name, std::nullopt});
    list.places = {places, Threshold{1, 2, true, Base::all_members}, TieRule::revote};
    list.ballot.marks_max = places;
    if (kind == ListKind::differential_election)
        list.extra = CandidateNumber{1, 1, {"组织法", "27", "2022-03-11"}};
    return list;
}

VotePrepared on_paper(RecordedMeeting& m)
{
    VotePrepared prepared;
    prepared.sitting = m.sitting;
    prepared.title = "投票";
    prepared.text = m.keep("投票(表决稿)\n");
    prepared.profile = paper_rule();
    prepared.base_members = m.due(m.sitting);
    return prepared;
}

VotePrepared on_paper(RecordedMeeting& m, const BallotList& list)
{
    auto prepared = on_paper(m);
    prepared.list = list;
    return prepared;
}

VoteId opened(RecordedMeeting& m, const VotePrepared& prepared)
{
    const auto id = m.prepare(prepared, m.secretary);
    auto opening = m.opening(id);
    const bool election = prepared.list && !is_of_projects(prepared.list->list_kind);
    if (election) opening.scrutineers = std::vector{m.person(0), m.person(1)};
    m.open(opening, m.chair);
    return id;
}

void count(RecordedMeeting& m, VoteId id, std::size_t teller, const BallotsCount& ballots,
           std::optional<std::string> room = {})
{
    const auto& by = m.teller(teller);
    m.write(by, BallotsCounted{id, *by.person, std::move(room), ballots});
}

void count_both(RecordedMeeting& m, VoteId id, const BallotsCount& ballots,
                std::optional<std::string> room = {})
{
    count(m, id, 0, ballots, room);
    count(m, id, 1, ballots, room);
}

void count_list(RecordedMeeting& m, VoteId id, const PlacesReturn& list)
{
    for (const std::size_t teller : {0U, 1U}) {
        const auto& by = m.teller(teller);
        m.write(by, ListCounted{id, *by.person, std::nullopt, list});
    }
}

VoteDecided decision(RecordedMeeting& m, VoteId id, const BallotsCount& ballots)
{
    const auto& vote = m.votes.at(id);
    const auto present = static_cast<std::uint32_t>(vote.electorate.size());
    VoteDecided decided;
    decided.vote = id;
    decided.tally = tally_of(ballots, present);
    decided.outcome = decide_ballots(vote.prepared.profile, vote.base_members, present, ballots);
    decided.ballots = ballots;
    return decided;
}

VoteDecided decision(RecordedMeeting& m, VoteId id, const PlacesReturn& list)
{
    const auto& vote = m.votes.at(id);
    VoteDecided decided;
    decided.vote = id;
    decided.tally.not_pressed = static_cast<std::uint32_t>(vote.electorate.size());
    decided.outcome = outcome_of(list);
    decided.places = PlacesDecided{list, decide_list(*vote.prepared.list, vote.base_members, list)};
    return decided;
}

/// A vote by ballots that seven cast, counted and not closed.
VoteId counted(RecordedMeeting& m, const BallotsCount& ballots = {7, 7, 0, 5, 2, 0})
{
    const auto id = opened(m, on_paper(m));
    count_both(m, id, ballots);
    return id;
}

void close_with(RecordedMeeting& m, VoteId id, const BallotsCount& ballots)
{
    m.close(id, decision(m, id, ballots), m.chair);
}

/// One seat, two candidates with as many votes.
VoteId tied_for_one(RecordedMeeting& m)
{
    approve_scrutineers(m);
    auto list = list_of(ListKind::differential_election, {"甲", "乙"}, 1);
    list.places.majority.reset();
    const auto id = opened(m, on_paper(m, list));
    const PlacesReturn ballots{7, 7, 1, {{"甲", 3, 3, 0, false}, {"乙", 3, 3, 0, false}}};
    count_list(m, id, ballots);
    m.close(id, decision(m, id, ballots), m.chair);
    m.announce(id);
    return id;
}

VotePrepared revote(RecordedMeeting& m, VoteId first)
{
    auto list = list_of(ListKind::tie_revote, {"甲", "乙"}, 1);
    list.follows = first;
    return on_paper(m, list);
}

std::uint32_t count_of(const std::vector<PersonId>& persons)
{
    return static_cast<std::uint32_t>(persons.size());
}

BallotList ranking()
{
    auto list = list_of(ListKind::ranked_projects, {"甲", "乙", "丙"}, 1);
    list.places.majority.reset();
    return list;
}

PlacesReturn ranked(std::uint32_t ballots, const std::vector<std::uint64_t>& sums)
{
    PlacesReturn counted{ballots, ballots, 0, {}};
    const char* const names[] = {"甲", "乙", "丙"};
    for (std::size_t at = 0; at < sums.size(); ++at) {
        ListVotes line;
        line.name = names[at];
        line.numbers.emplace(sums[at]);
        counted.list.push_back(line);
    }
    return counted;
}

/// Over half of everybody, and of the first group besides; both groups count in rooms of their names. Of the
/// seven present three are of the first and four of the second.
VotePrepared dual(RecordedMeeting& m)
{
    auto prepared = on_paper(m);
    const Threshold over_half{1, 2, true, Base::all_members};
    prepared.profile.also_in = std::vector<GroupMajority>{{"第一组", over_half}, {"第二组", over_half}};
    prepared.rooms = std::vector<std::string>{"第一组", "第二组"};
    return prepared;
}

/// What the rooms of the first and second group counted.
void count_groups(RecordedMeeting& m, VoteId id, const BallotsCount& first, const BallotsCount& second)
{
    count_both(m, id, first, "第一组");
    count_both(m, id, second, "第二组");
}

VoteDecided dual_decision(RecordedMeeting& m, VoteId id, const BallotsCount& first,
                          const BallotsCount& second)
{
    const auto& vote = m.votes.at(id);
    const BallotsCount rooms[] = {first, second};
    std::vector<GroupBallots> groups;
    for (const auto& [name, counted] : {std::pair{"第一组", first}, std::pair{"第二组", second}}) {
        GroupBallots group{name, 0, 0, counted};
        for (const auto& member : m.rosters.at(m.body).members) {
            if (member.group != name) continue;
            ++group.members;
            group.electors += std::ranges::binary_search(vote.electorate, member.person) ? 1 : 0;
        }
        groups.push_back(group);
    }
    VoteDecided decided;
    decided.vote = id;
    decided.ballots = sum_of(std::span<const BallotsCount>(rooms));
    decided.tally = tally_of(*decided.ballots, count_of(vote.electorate));
    decided.groups = tallies_of(groups, false);
    decided.outcome = decide_ballots(vote.prepared.profile, vote.base_members, count_of(vote.electorate),
                                     *decided.ballots, groups);
    return decided;
}

const Forgery ballots[] = {
    {"closed with one teller's count",
     [](RecordedMeeting& m) {
         const auto id = opened(m, on_paper(m));
         count(m, id, 0, {7, 7, 0, 5, 2, 0});
         close_with(m, id, {});
     },
     {ballots_not_agreed}},
    {"one of two tellers believed",
     [](RecordedMeeting& m) {
         const auto id = opened(m, on_paper(m));
         count(m, id, 0, {7, 7, 0, 5, 2, 0});
         count(m, id, 1, {7, 7, 0, 4, 3, 0});
         close_with(m, id, {7, 7, 0, 5, 2, 0});
     },
     {ballots_not_agreed, ballots_wrong, tally_wrong, outcome_wrong}},
    {"a vote more for than was counted",
     [](RecordedMeeting& m) {
         const auto id = counted(m, {7, 7, 0, 4, 3, 0});
         close_with(m, id, {7, 7, 0, 5, 2, 0});
     },
     {ballots_wrong, tally_wrong, outcome_wrong}},
    {"an invalid ballot hidden",
     [](RecordedMeeting& m) {
         auto decided = decision(m, counted(m, {7, 7, 1, 4, 2, 0}), {7, 7, 1, 4, 2, 0});
         decided.ballots->invalid = 0;
         m.close(decided.vote, decided, m.chair);
     },
     {ballots_wrong}},
    {"ballots decided and not named",
     [](RecordedMeeting& m) {
         auto decided = decision(m, counted(m), {7, 7, 0, 5, 2, 0});
         decided.ballots.reset();
         m.close(decided.vote, decided, m.chair);
     },
     {ballots_wrong}},
    {"void ballots that carried",
     [](RecordedMeeting& m) {
         const auto id = counted(m, {6, 7, 0, 7, 0, 0});
         auto decided = decision(m, id, {7, 7, 0, 7, 0, 0});
         decided.ballots = BallotsCount{6, 7, 0, 7, 0, 0};
         m.close(id, decided, m.chair);
     },
     {tally_wrong, outcome_wrong}},
    {"marks that are more than the ballots",
     [](RecordedMeeting& m) {
         const auto id = opened(m, on_paper(m));
         count(m, id, 0, {7, 7, 0, 6, 2, 0});
         count_both(m, id, {7, 7, 0, 5, 2, 0});
         close_with(m, id, {7, 7, 0, 5, 2, 0});
     },
     {ballots_wrong}},
    {"more ballots given out than members",
     [](RecordedMeeting& m) {
         const auto id = opened(m, on_paper(m));
         count(m, id, 0, {8, 7, 0, 5, 2, 0});
         count_both(m, id, {7, 7, 0, 5, 2, 0});
         close_with(m, id, {7, 7, 0, 5, 2, 0});
     },
     {ballots_wrong}},
    {"ballots where all press",
     [](RecordedMeeting& m) {
         const auto id = pressed(m);
         count(m, id, 0, {0, 0, 0, 0, 0, 0});
         m.close(id);
     },
     {ballots_wrong}},
    {"a room that counted though it is none",
     [](RecordedMeeting& m) {
         const auto id = counted(m);
         count(m, id, 0, {7, 0, 0, 0, 0, 0}, "旁厅");
         close_with(m, id, {7, 7, 0, 5, 2, 0});
     },
     {ballots_wrong}},
    {"a room of seven that counted alone",
     [](RecordedMeeting& m) {
         auto prepared = on_paper(m);
         prepared.rooms = std::vector<std::string>{"正厅", "旁厅"};
         const auto id = opened(m, prepared);
         count(m, id, 0, {7, 7, 0, 5, 2, 0}, "正厅");
         count_both(m, id, {7, 0, 0, 0, 0, 0}, "正厅");
         count_both(m, id, {0, 0, 0, 0, 0, 0}, "旁厅");
         close_with(m, id, {7, 0, 0, 0, 0, 0});
     },
     {ballots_wrong}},
    {"rooms that do not add up",
     [](RecordedMeeting& m) {
         auto prepared = on_paper(m);
         prepared.rooms = std::vector<std::string>{"正厅", "旁厅"};
         const auto id = opened(m, prepared);
         count_both(m, id, {3, 0, 0, 0, 0, 0}, "正厅");
         count_both(m, id, {3, 0, 0, 0, 0, 0}, "旁厅");
         count_both(m, id, {7, 0, 0, 0, 0, 0});
         close_with(m, id, {6, 0, 0, 0, 0, 0});
     },
     {ballots_not_agreed}},
    {"a count by somebody who is no teller",
     [](RecordedMeeting& m) {
         const auto id = opened(m, on_paper(m));
         m.write(m.desk, BallotsCounted{id, *m.desk.person, std::nullopt, {7, 7, 0, 5, 2, 0}});
         count_both(m, id, {7, 7, 0, 5, 2, 0});
         close_with(m, id, {7, 7, 0, 5, 2, 0});
     },
     {actor_not_allowed}},
    {"one teller counting for two",
     [](RecordedMeeting& m) {
         const auto id = opened(m, on_paper(m));
         count(m, id, 0, {7, 7, 0, 5, 2, 0});
         m.write(m.teller(0), BallotsCounted{id, *m.teller(1).person, std::nullopt, {7, 7, 0, 5, 2, 0}});
         close_with(m, id, {7, 7, 0, 5, 2, 0});
     },
     {actor_for_another}},
    {"ballots of before a pause",
     [](RecordedMeeting& m) {
         const auto id = counted(m);
         m.hold(id);
         m.resume(id);
         close_with(m, id, {});
     },
     {ballots_not_agreed}},
    {"a press where everybody casts a ballot",
     [](RecordedMeeting& m) {
         const auto id = counted(m);
         m.write(m.member(0), VoteCast{id, m.person(0), Choice::approve});
         close_with(m, id, {7, 7, 0, 5, 2, 0});
     },
     {cast_while_not_open}},
    {"a secret vote at consoles",
     [](RecordedMeeting& m) {
         auto prepared = on_paper(m);
         prepared.profile.method = VoteMethod::console;
         m.prepare(prepared, m.secretary);
     },
     {secret_vote_wrong}},
    {"a list that is not as its rule provides",
     [](RecordedMeeting& m) {
         auto prepared = on_paper(m, list_of(ListKind::differential_election, {"甲", "乙"}, 1));
         prepared.profile.list = ListProvisions{};
         prepared.profile.list->tie.emplace(TieRule::presidium);
         m.prepare(prepared, m.secretary);
     },
     {list_wrong}},
    {"a motion under a rule for lists",
     [](RecordedMeeting& m) {
         auto prepared = on_paper(m);
         prepared.profile.list = ListProvisions{};
         m.prepare(prepared, m.secretary);
     },
     {list_wrong}},
    {"an election watched by fewer than the rule provides",
     [](RecordedMeeting& m) {
         auto prepared = on_paper(m, list_of(ListKind::equal_election, {"甲"}, 1));
         prepared.profile.list = ListProvisions{};
         prepared.profile.list->scrutineers_min.emplace(3U);
         opened(m, prepared);
     },
     {scrutineers_wrong}},
    {"a list chosen from in secret at consoles",
     [](RecordedMeeting& m) {
         auto prepared = on_paper(m, BallotList{});
         prepared.profile.method = VoteMethod::console;
         m.prepare(prepared, m.secretary);
     },
     {vote_secret, list_wrong}},
    {"silence that went on by ballots",
     [](RecordedMeeting& m) {
         const auto id = m.prepare(silent_rule());
         m.open(id);
         m.object(id, m.person(0));
         m.switch_method(id, VoteMethod::paper);
         m.switch_method(id, VoteMethod::hands);
         m.count_hands(id, {5, 0, 0});
         m.close(id);
     },
     {method_wrong}},
    {"another attempt at what was decided",
     [](RecordedMeeting& m) {
         const auto id = counted(m);
         close_with(m, id, {7, 7, 0, 5, 2, 0});
         m.announce(id);
         m.retry(id);
     },
     {attempt_wrong}},
};

const Forgery elections[] = {
    {"a vote moved from one candidate to another",
     [](RecordedMeeting& m) {
         approve_scrutineers(m);
         const auto id = opened(m, on_paper(m, list_of(ListKind::differential_election, {"甲", "乙"}, 1)));
         PlacesReturn list{7, 7, 0, {{"甲", 5, 2, 0, false}, {"乙", 2, 5, 0, false}}};
         count_list(m, id, list);
         std::swap(list.list[0].approve, list.list[1].approve);
         m.close(id, decision(m, id, list), m.chair);
     },
     {ballots_wrong}},
    {"somebody else elected by the same figures",
     [](RecordedMeeting& m) {
         approve_scrutineers(m);
         const auto id = opened(m, on_paper(m, list_of(ListKind::differential_election, {"甲", "乙"}, 1)));
         const PlacesReturn list{7, 7, 0, {{"甲", 5, 2, 0, false}, {"乙", 2, 5, 0, false}}};
         count_list(m, id, list);
         auto decided = decision(m, id, list);
         decided.places->outcome.elected = {1};
         m.close(id, decided, m.chair);
     },
     {ballots_wrong}},
    {"more chosen than the ballots have places",
     [](RecordedMeeting& m) {
         approve_scrutineers(m);
         const auto id = opened(m, on_paper(m, list_of(ListKind::differential_election, {"甲", "乙"}, 1)));
         const PlacesReturn list{7, 7, 0, {{"甲", 5, 2, 0, false}, {"乙", 2, 5, 0, false}}};
         const PlacesReturn too_many{7, 7, 0, {{"甲", 5, 2, 0, false}, {"乙", 3, 4, 0, false}}};
         const auto& by = m.teller(0);
         m.write(by, ListCounted{id, *by.person, std::nullopt, too_many});
         count_list(m, id, list);
         m.close(id, decision(m, id, list), m.chair);
     },
     {ballots_wrong}},
    {"as many candidates as seats where there must be more",
     [](RecordedMeeting& m) {
         m.prepare(on_paper(m, list_of(ListKind::differential_election, {"甲", "乙"}, 2)), m.secretary);
     },
     {list_wrong}},
    {"a candidate twice",
     [](RecordedMeeting& m) {
         m.prepare(on_paper(m, list_of(ListKind::projects, {"甲", "甲"}, 1)), m.secretary);
     },
     {list_wrong}},
    {"a share of nothing, opened and decided all the same",
     [](RecordedMeeting& m) {
         auto list = list_of(ListKind::projects, {"甲", "乙"}, 1);
         list.places.majority->base = Base::for_and_against;
         const auto id = opened(m, on_paper(m, list));
         VoteDecided decided;
         decided.vote = id;
         decided.tally.not_pressed = 7;
         m.close(id, decided, m.chair);
     },
     {list_wrong, ballots_not_agreed}},
    {"a list at consoles",
     [](RecordedMeeting& m) {
         auto prepared = on_paper(m, list_of(ListKind::projects, {"甲", "乙"}, 1));
         prepared.profile = simple_rule();
         m.prepare(prepared, m.secretary);
     },
     {list_wrong}},
    {"an election nobody watches",
     [](RecordedMeeting& m) {
         const auto id = m.prepare(on_paper(m, list_of(ListKind::equal_election, {"甲"}, 1)), m.secretary);
         m.open(m.opening(id), m.chair);
     },
     {scrutineers_wrong}},
    {"an election others watch than were approved",
     [](RecordedMeeting& m) {
         approve_scrutineers(m);
         const auto id = m.prepare(on_paper(m, list_of(ListKind::equal_election, {"甲"}, 1)), m.secretary);
         auto opening = m.opening(id);
         opening.scrutineers = std::vector{m.person(2), m.person(3)};
         m.open(opening, m.chair);
     },
     {scrutineers_wrong}},
    {"a candidate who watches",
     [](RecordedMeeting& m) {
         approve_scrutineers(m);
         auto list = list_of(ListKind::equal_election, {"甲"}, 1);
         list.candidates[0].person = m.person(1);
         opened(m, on_paper(m, list));
     },
     {scrutineers_wrong}},
    {"a candidate who counts",
     [](RecordedMeeting& m) {
         approve_scrutineers(m);
         auto list = list_of(ListKind::equal_election, {"甲"}, 1);
         list.candidates[0].person = m.teller(0).person;
         const auto id = opened(m, on_paper(m, list));
         const PlacesReturn all_for{7, 7, 0, {{"甲", 7, 0, 0, false}}};
         count_list(m, id, all_for);
         m.close(id, decision(m, id, all_for), m.chair);
     },
     {candidate_counts}},
    {"a candidate of this name only who watches",
     [](RecordedMeeting& m) {
         approve_scrutineers(m);
         opened(m, on_paper(m, list_of(ListKind::equal_election, {"代表2"}, 1)));
     },
     {scrutineers_wrong}},
    {"a candidate of this name only who counts",
     [](RecordedMeeting& m) {
         approve_scrutineers(m);
         const auto id = opened(m, on_paper(m, list_of(ListKind::equal_election, {"计票人"}, 1)));
         const PlacesReturn all_for{7, 7, 0, {{"计票人", 7, 0, 0, false}}};
         count_list(m, id, all_for);
         m.close(id, decision(m, id, all_for), m.chair);
     },
     {candidate_counts}},
    {"a scrutineer who was suspended since",
     [](RecordedMeeting& m) {
         approve_scrutineers(m);
         m.suspend(m.person(1));
         opened(m, on_paper(m, list_of(ListKind::equal_election, {"甲"}, 1)));
     },
     {suspended_acts}},
    {"scrutineers approved by a vote that was lost",
     [](RecordedMeeting& m) {
         const auto id = m.whole_vote(simple_rule(), "监票人名单", {Choice::oppose});
         m.write(m.chair, ScrutineersApproved{m.meeting, {m.person(0), m.person(1)}, id});
     },
     {audit::AuditCode::scrutineers_wrong}},
    {"one scrutineer twice",
     [](RecordedMeeting& m) {
         const auto id = approve_scrutineers(m);
         m.write(m.chair, ScrutineersApproved{m.meeting, {m.person(0), m.person(0)}, id});
     },
     {scrutineers_wrong}},
    {"a re-vote where nobody was tied",
     [](RecordedMeeting& m) {
         approve_scrutineers(m);
         const auto id = opened(m, on_paper(m, list_of(ListKind::differential_election, {"甲", "乙"}, 1)));
         const PlacesReturn list{7, 7, 0, {{"甲", 5, 2, 0, false}, {"乙", 2, 5, 0, false}}};
         count_list(m, id, list);
         m.close(id, decision(m, id, list), m.chair);
         m.announce(id);
         m.prepare(revote(m, id), m.secretary);
     },
     {follow_wrong}},
    {"a re-vote with somebody who was not tied",
     [](RecordedMeeting& m) {
         auto prepared = revote(m, tied_for_one(m));
         prepared.list->candidates[1].name = "丙";
         m.prepare(prepared, m.secretary);
     },
     {follow_wrong}},
    {"two re-votes of one tie",
     [](RecordedMeeting& m) {
         const auto first = tied_for_one(m);
         m.prepare(revote(m, first), m.secretary);
         m.prepare(revote(m, first), m.secretary);
     },
     {follow_wrong}},
    {"a separate election for a tie",
     [](RecordedMeeting& m) {
         auto prepared = revote(m, tied_for_one(m));
         prepared.list->list_kind = ListKind::separate_election;
         m.prepare(prepared, m.secretary);
     },
     {follow_wrong}},
    {"a further attempt with another list",
     [](RecordedMeeting& m) {
         const auto id = opened(m, on_paper(m, list_of(ListKind::projects, {"甲", "乙"}, 1)));
         m.annul(id, VoidReason::disorder);
         m.retry(id);
         m.last<VotePrepared>().list->candidates[0].name = "丙";
     },
     {attempt_wrong}},
    {"a series whose second comes first",
     [](RecordedMeeting& m) {
         auto prepared = on_paper(m);
         prepared.series = SeriesPlace{VoteId{m.entries.size()}, 2, 2};
         m.prepare(prepared, m.secretary);
     },
     {series_wrong}},
    {"a series without its last",
     [](RecordedMeeting& m) {
         auto prepared = on_paper(m);
         const VoteId first{m.entries.size()};
         for (std::uint32_t position = 1; position < 3; ++position) {
             prepared.series = SeriesPlace{first, position, 3};
             m.prepare(prepared, m.secretary);
             m.entries.back().id = "series";
         }
         m.write(m.chair, ConductLent{m.sitting, true});
     },
     {series_wrong}},
    {"a series whose last is under another rule",
     [](RecordedMeeting& m) {
         auto prepared = on_paper(m);
         const VoteId first{m.entries.size()};
         for (std::uint32_t position = 1; position < 3; ++position) {
             prepared.series = SeriesPlace{first, position, 2};
             m.prepare(prepared, m.secretary);
             m.entries.back().id = "series";
             prepared.profile.majority = {2, 3, false, Base::all_members};
         }
     },
     {series_wrong}},
    {"a ranking decided by others than the lowest sums",
     [](RecordedMeeting& m) {
         const auto id = opened(m, on_paper(m, ranking()));
         count_list(m, id, ranked(7, {9, 15, 18}));
         auto decided = decision(m, id, ranked(7, {9, 15, 18}));
         decided.places->outcome.elected = {2};
         m.close(id, decided, m.chair);
     },
     {ballots_wrong}},
    {"a ranking whose numbers no ballots can have",
     [](RecordedMeeting& m) {
         const auto id = opened(m, on_paper(m, ranking()));
         const auto& by = m.teller(0);
         m.write(by, ListCounted{id, *by.person, std::nullopt, ranked(7, {9, 15, 17})});
         count_list(m, id, ranked(7, {9, 15, 18}));
         m.close(id, decision(m, id, ranked(7, {9, 15, 18})), m.chair);
     },
     {ballots_wrong}},
    {"a group's own majority passed over",
     [](RecordedMeeting& m) {
         const auto id = opened(m, dual(m));
         count_groups(m, id, {3, 3, 0, 1, 2, 0}, {4, 4, 0, 4, 0, 0});
         auto decided = dual_decision(m, id, {3, 3, 0, 1, 2, 0}, {4, 4, 0, 4, 0, 0});
         decided.outcome.verdict = Verdict::passed; // five of nine, but one of four
         m.close(id, decided, m.chair);
     },
     {outcome_wrong}},
    {"a group counted by no room of its own",
     [](RecordedMeeting& m) {
         auto prepared = dual(m);
         prepared.rooms = std::vector<std::string>{"正厅", "旁厅"};
         m.prepare(prepared, m.secretary);
     },
     {list_wrong}},
    {"more ballots given to a group than it has members there",
     [](RecordedMeeting& m) {
         const auto id = opened(m, dual(m));
         count(m, id, 0, {5, 5, 0, 5, 0, 0}, "第一组");
         count_groups(m, id, {3, 3, 0, 3, 0, 0}, {4, 4, 0, 4, 0, 0});
         m.close(id, dual_decision(m, id, {3, 3, 0, 3, 0, 0}, {4, 4, 0, 4, 0, 0}), m.chair);
     },
     {ballots_wrong}},
    {"sheets that grade what is not on them",
     [](RecordedMeeting& m) {
         auto prepared = on_paper(m);
         GradesSheet sheet{{"财政局"}, {{{"满意", "yes"}, {"不满意", "no"}}, {}, Rounding::half_up}};
         prepared.grades = sheet;
         const auto id = opened(m, prepared);
         const GradesCount good{7, 7, {{"财政局", {5, 2}, 0}}};
         const GradesCount bad{7, 7, {{"教育局", {5, 2}, 0}}};
         m.write(m.teller(0), GradesCounted{id, *m.teller(0).person, std::nullopt, bad});
         for (const std::size_t teller : {0U, 1U})
             m.write(m.teller(teller), GradesCounted{id, *m.teller(teller).person, std::nullopt, good});
         VoteDecided decided;
         decided.vote = id;
         decided.tally.not_pressed = 7;
         decided.outcome = outcome_of(good);
         decided.grades = GradesDecided{good, decide_sheets(sheet.rule, 9, 7, good)};
         m.close(id, decided, m.chair);
     },
     {ballots_wrong}},
};

} // namespace

BOOST_AUTO_TEST_CASE(lies_about_ballots_are_found)
{
    for (const auto& forgery : ballots)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(lies_about_elections_are_found)
{
    for (const auto& forgery : elections)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(a_lawful_day_of_elections_verifies)
{
    RecordedMeeting m;
    m.prelude();
    const auto first = tied_for_one(m);
    const auto again = opened(m, revote(m, first));
    const PlacesReturn list{7, 7, 0, {{"甲", 5, 2, 0, false}, {"乙", 2, 5, 0, false}}};
    count_list(m, again, list);
    m.close(again, decision(m, again, list), m.chair);
    m.announce(again);

    const auto void_ballots = counted(m, {6, 7, 0, 7, 0, 0});
    close_with(m, void_ballots, {6, 7, 0, 7, 0, 0});
    m.announce(void_ballots);
    const auto second = m.retry(void_ballots);
    m.open(second);
    count_both(m, second, {7, 6, 1, 5, 0, 0});
    close_with(m, second, {7, 6, 1, 5, 0, 0});
    m.announce(second);

    const auto ranking_vote = opened(m, on_paper(m, ranking()));
    count_list(m, ranking_vote, ranked(7, {9, 15, 18}));
    m.close(ranking_vote, decision(m, ranking_vote, ranked(7, {9, 15, 18})), m.chair);
    m.announce(ranking_vote);
    const auto by_groups = opened(m, dual(m));
    count_groups(m, by_groups, {3, 3, 0, 3, 0, 0}, {4, 4, 0, 3, 1, 0});
    m.close(by_groups, dual_decision(m, by_groups, {3, 3, 0, 3, 0, 0}, {4, 4, 0, 3, 1, 0}), m.chair);
    m.announce(by_groups);

    auto one = on_paper(m);
    const VoteId series{m.entries.size()};
    for (const std::uint32_t position : {1U, 2U, 3U}) {
        one.series = SeriesPlace{series, position, 3};
        m.prepare(one, m.secretary);
        m.entries.back().id = "series"; // One command prepares them all.
    }
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, "found:" << sentences_of(report));
    const auto of = [&](VoteId id) { return *std::ranges::find(report.votes, id, &audit::VoteSummary::id); };
    BOOST_TEST((of(again).places->outcome.elected == std::vector<std::uint32_t>{0}));
    BOOST_TEST((of(void_ballots).outcome->verdict == Verdict::void_more_collected));
    BOOST_TEST((*of(second).ballots == BallotsCount{7, 6, 1, 5, 0, 0}));
    BOOST_TEST((of(second).outcome->verdict == Verdict::passed));
    BOOST_TEST((of(ranking_vote).places->outcome.elected == std::vector<std::uint32_t>{0}));
    BOOST_TEST((of(by_groups).outcome->verdict == Verdict::passed));
    BOOST_TEST(of(by_groups).outcome->findings.size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
