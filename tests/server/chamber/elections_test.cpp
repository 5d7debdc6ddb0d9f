#include "tests/server/chamber/polling.hpp"

BOOST_AUTO_TEST_SUITE(elections_test)

using namespace plenum;
using namespace plenum::chamber;

// Elections and choices from a list: how many candidates, who watches, what the ballots come to, and which
// vote follows which.

namespace {

using enum RefusalCode;

std::vector<PersonId> persons_of(const std::vector<Scrutineer>& scrutineers)
{
    std::vector<PersonId> persons;
    for (const auto& scrutineer : scrutineers)
        persons.push_back(scrutineer.person);
    return persons;
}
using Lines = std::vector<std::uint32_t>;

RuleProfile election_rule()
{
    auto rule = by_ballot();
    rule.id = "test.election";
    rule.legal_basis = {{"地方组织法", "第二十九条", "2022-03-11"}};
    return rule;
}

std::vector<Candidate> named(const std::string& names)
{
    std::vector<Candidate> candidates;
    for (const char name : names)
        candidates.push_back({std::string(1, name), std::nullopt});
    return candidates;
}

BallotList list_of(ListKind kind, const std::vector<Candidate>& candidates, std::uint32_t places)
{
    BallotList list;
    list.list_kind = kind;
    list.candidates = candidates;
    list.places = {places, over_half(), TieRule::revote};
    list.ballot = {places, WriteIn::requires_opposition, BlankMark::abstain};
    if (kind == ListKind::differential_election)
        list.extra = CandidateNumber{1, 2, {"地方组织法", "第二十七条", "2022-03-11"}};
    if (kind == ListKind::projects || kind == ListKind::primary || kind == ListKind::tie_revote)
        list.ballot.write_in = WriteIn::none;
    if (kind == ListKind::primary) list.places.majority.reset();
    return list;
}

/// So many for each; those who are not for a candidate are against, and names written in follow.
PlacesReturn counted(std::uint32_t issued, std::uint32_t collected, std::uint32_t invalid,
                     const std::vector<std::uint32_t>& approvals, std::size_t written_in = 0)
{
    PlacesReturn ballots{issued, collected, invalid, {}};
    const auto listed = approvals.size() - written_in;
    for (std::size_t at = 0; at < approvals.size(); ++at) {
        const bool other = at >= listed;
        const std::string name(1, static_cast<char>(other ? 'X' + (at - listed) : 'A' + at));
        const auto oppose = other ? 0 : ballots.valid() - approvals[at];
        ballots.list.push_back({name, approvals[at], oppose, 0, other});
    }
    return ballots;
}

/// A congress of 352 of whom 331 are there, with two scrutineers.
struct Congress : PollingHall {
    Congress() : PollingHall(352, BodyKind::congress)
    {
        begin(331);
        approve_scrutineers();
    }

    PrepareVote election(const BallotList& list) const
    {
        auto command = on_paper(election_rule());
        command.list = list;
        return command;
    }

    std::optional<Refusal> refused(const BallotList& list) { return attempt(secretary, election(list)); }

    /// From the list to the announcement.
    VoteId elect(const BallotList& list, const PlacesReturn& ballots)
    {
        const auto id = open_on_paper(election(list));
        both(CountList{id, ballots});
        act(chair, CloseVote{id});
        act(chair, AnnounceVote{id});
        return id;
    }

    const PlacesOutcome& outcome(VoteId id) { return vote(id).result->places->outcome; }
};

const Lines first_four{0, 1, 2, 3};
const std::vector<std::uint32_t> tied_at_the_fifth{320, 310, 301, 290, 200, 200};
const std::vector<std::uint32_t> short_by_one{320, 310, 301, 290, 176, 170};

/// The vectors of domain 6.
struct Row {
    const char* what;
    ListKind kind;
    std::uint32_t seats;
    PlacesReturn ballots;
    PlacesStatus status;
    Lines elected;
    Lines tied;
    std::uint32_t tied_places;
    std::uint32_t unfilled;
};
const auto equal = ListKind::equal_election;
const auto differential = ListKind::differential_election;
const auto complete = PlacesStatus::complete;
const auto shortfall = PlacesStatus::shortfall_separate_election;
const Row worked_examples[] = {
    {"E-01", equal, 1, counted(331, 331, 0, {325}), complete, {0}, {}, 0, 0},
    {"E-02", equal, 1, counted(331, 330, 3, {176, 140}, 1), shortfall, {}, {}, 0, 1},
    {"E-03", equal, 1, counted(331, 331, 1, {120, 180}, 1), complete, {1}, {}, 0, 0},
    {"E-04",
     differential,
     5,
     counted(331, 329, 2, {320, 310, 301, 290, 250, 160}),
     complete,
     {0, 1, 2, 3, 4},
     {},
     0,
     0},
    {"E-05",
     differential,
     5,
     counted(331, 329, 2, tied_at_the_fifth),
     PlacesStatus::tie_revote_needed,
     first_four,
     {4, 5},
     1,
     0},
    {"E-06", differential, 5, counted(331, 329, 2, short_by_one), shortfall, first_four, {}, 0, 1},
    {"E-07",
     differential,
     5,
     counted(331, 332, 0, {320, 310, 301, 290, 250, 160}),
     PlacesStatus::void_more_collected_than_issued,
     {},
     {},
     0,
     5},
    {"E-08",
     differential,
     5,
     counted(331, 329, 2, {300, 300, 280, 270, 260, 200}),
     complete,
     {0, 1, 2, 3, 4},
     {},
     0,
     0},
    {"E-11",
     differential,
     3,
     counted(331, 331, 0, {250, 205, 205, 205, 90}),
     PlacesStatus::tie_revote_needed,
     {0},
     {1, 2, 3},
     2,
     0},
};

} // namespace

BOOST_AUTO_TEST_CASE(worked_examples_of_elections)
{
    Congress congress;
    for (const auto& row : worked_examples) {
        BOOST_TEST_CONTEXT(row.what)
        {
            std::string names;
            for (const auto& line : row.ballots.list)
                if (!line.is_write_in) names += line.name;
            const auto id = congress.elect(list_of(row.kind, named(names), row.seats), row.ballots);
            const auto& outcome = congress.outcome(id);
            BOOST_TEST((outcome.status == row.status));
            BOOST_TEST(outcome.need == 177U);
            BOOST_TEST(outcome.elected == row.elected, boost::test_tools::per_element());
            BOOST_TEST(outcome.tied == row.tied, boost::test_tools::per_element());
            BOOST_TEST(outcome.tied_places == row.tied_places);
            BOOST_TEST(outcome.unfilled == row.unfilled);
            const bool is_void = row.status == PlacesStatus::void_more_collected_than_issued;
            const auto verdict = congress.vote(id).result->outcome.verdict;
            BOOST_TEST((verdict == (is_void ? Verdict::void_more_collected : Verdict::counted)));
            BOOST_TEST((congress.vote(id).result->places->counted == row.ballots));
            BOOST_TEST(!congress.attempt(congress.chair, RetryVote{id}).has_value() == is_void);
        }
    }
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

BOOST_AUTO_TEST_CASE(worked_examples_of_projects)
{
    Congress congress;
    const std::vector<std::uint32_t> ten{325, 320, 318, 310, 305, 300, 296, 280, 265};
    const auto chosen = [&](std::uint32_t tenth, std::uint32_t eleventh, bool plurality) {
        auto votes = ten;
        votes.insert(votes.end(), {tenth, eleventh, 121});
        auto ballots = counted(331, 330, 1, votes);
        for (auto& line : ballots.list)
            line.oppose = 0; // marks only
        auto list = list_of(ListKind::projects, named("ABCDEFGHIJKL"), 10);
        if (plurality) list.places.majority.reset();
        return congress.elect(list, ballots);
    };
    BOOST_TEST(congress.outcome(chosen(230, 150, false)).elected.size() == 10U); // P-01
    const auto tied = chosen(188, 188, false);                                   // P-02
    BOOST_TEST((congress.outcome(tied).tied == Lines{9, 10} && congress.outcome(tied).tied_places == 1U));
    const auto nine = chosen(170, 150, false); // P-03
    BOOST_TEST((congress.outcome(nine).elected.size() == 9U && congress.outcome(nine).unfilled == 1U));
    BOOST_TEST(congress.outcome(chosen(170, 150, true)).elected.size() == 10U); // P-04

    auto again = list_of(ListKind::tie_revote, named("JK"), 1);
    again.follows = tied;
    const auto second =
        congress.elect(again, {331, 331, 0, {{"J", 180, 0, 0, false}, {"K", 150, 0, 0, false}}});
    BOOST_TEST((congress.outcome(second).elected == Lines{0}));
    BOOST_TEST(congress.vote(second).paper.scrutineers.empty()); // projects stand, and no persons
}

BOOST_AUTO_TEST_CASE(ballots_of_every_kind_make_one_return)
{
    // EB-01 to EB-06, EB-10: five seats, six candidates.
    const auto list = list_of(ListKind::differential_election, named("ABCDEF"), 5);
    std::vector<std::string> names;
    for (const auto& candidate : list.candidates)
        names.push_back(candidate.name);
    ListTally tally(list.ballot, names);
    using enum Mark;
    const auto add = [&](std::vector<Mark> marks, std::vector<std::string> others) {
        return tally.add({std::move(marks), std::move(others)});
    };
    using enum BallotValidity;
    BOOST_TEST((add({approve, approve, approve, approve, approve, oppose}, {}) == valid));
    BOOST_TEST((add({approve, approve, approve, approve, approve, approve}, {}) == void_overvote));
    BOOST_TEST((add({approve, approve, approve, approve, oppose, blank}, {"X"}) == valid));
    BOOST_TEST((add({approve, approve, approve, approve, approve, oppose}, {"X"}) == void_overvote));
    BOOST_TEST((add({approve, approve, approve, approve, blank, blank}, {"X"}) == write_in_void_rest_valid));
    BOOST_TEST((add({blank, blank, blank, blank, blank, blank}, {}) == valid));
    BOOST_TEST((add({blank, blank, blank, oppose, oppose, oppose}, {"A"}) == write_in_void_rest_valid));

    Congress congress;
    const auto id = congress.open_on_paper(congress.election(list));
    congress.both(CountList{id, tally.counted(331)});
    const auto& sums = congress.close(id).places->counted;
    BOOST_TEST((sums.collected == 7U && sums.invalid == 2U && sums.valid() == 5U));
    BOOST_TEST(sums.list.at(0).approve == 3U);
    BOOST_TEST(
        (sums.list.back().name == "X" && sums.list.back().is_write_in && sums.list.back().approve == 1U));
}

BOOST_AUTO_TEST_CASE(as_many_candidates_as_the_method_asks_for)
{
    Congress congress;
    const auto few = congress.refused(list_of(ListKind::differential_election, named("ABCDE"), 5));
    BOOST_TEST((code_of(few) == candidates_wrong)); // PE-13
    BOOST_TEST(says(few, "名额5，名单5名，应为6至7名，依据：《地方组织法》第二十七条",
                    "5 places, 5 on the list; there must be 6 to 7; see 地方组织法, 第二十七条"));
    BOOST_TEST(!congress.refused(list_of(ListKind::differential_election, named("ABCDEFG"), 5)).has_value());
    BOOST_TEST((code_of(congress.refused(list_of(ListKind::differential_election, named("ABCDEFGH"), 5))) ==
                candidates_wrong));
    BOOST_TEST(says(congress.refused(list_of(ListKind::equal_election, named("AB"), 1)),
                    "等额选举应与名额相等", "an equal election has as many"));
    BOOST_TEST((code_of(congress.refused(list_of(ListKind::primary, named("ABC"), 3))) == candidates_wrong));
    BOOST_TEST((code_of(congress.refused(list_of(ListKind::projects, named("AB"), 3))) == candidates_wrong));
    BOOST_TEST(!congress.refused(list_of(ListKind::projects, named("ABC"), 3)).has_value());
}

BOOST_AUTO_TEST_CASE(lists_that_contradict_themselves_are_not_written_down)
{
    Congress congress;
    const auto refused = [&](auto change) {
        auto command = congress.election(list_of(ListKind::differential_election, named("ABCDEF"), 5));
        change(command);
        return code_of(congress.attempt(congress.secretary, command));
    };
    const auto in_list = [&](auto change) { return refused([&](PrepareVote& c) { change(*c.list); }); };
    BOOST_TEST((in_list([](BallotList& l) { l.candidates[1].name = "A"; }) == invalid_profile));
    BOOST_TEST((in_list([](BallotList& l) { l.candidates[1].name = ""; }) == invalid_profile));
    BOOST_TEST((in_list([](BallotList& l) { l.candidates.clear(); }) == invalid_profile));
    BOOST_TEST((in_list([](BallotList& l) {
                    l.candidates[0].person = l.candidates[1].person = PersonId{1};
                }) == invalid_profile));
    BOOST_TEST((in_list([](BallotList& l) { l.candidates[0].person = PersonId{9'999}; }) == no_such_record));
    BOOST_TEST((in_list([](BallotList& l) { l.places.places = 0; }) == invalid_profile));
    BOOST_TEST((in_list([](BallotList& l) { l.ballot.marks_max = 6; }) == invalid_profile));
    BOOST_TEST((in_list([](BallotList& l) { l.ballot.marks_max = 0; }) == invalid_profile));
    BOOST_TEST((in_list([](BallotList& l) { l.extra.reset(); }) == invalid_profile));
    BOOST_TEST((in_list([](BallotList& l) { l.extra->basis.article = ""; }) == invalid_profile));
    BOOST_TEST((in_list([](BallotList& l) { l.extra->min = 0; }) == invalid_profile));
    BOOST_TEST((in_list([](BallotList& l) { l.follows = VoteId{1}; }) == invalid_profile));
    BOOST_TEST((in_list([](BallotList& l) { l.list_kind = ListKind::equal_election; }) == invalid_profile));
    BOOST_TEST((in_list([](BallotList& l) { l.list_kind = ListKind::tie_revote; }) == invalid_profile));
    BOOST_TEST((refused([](PrepareVote& c) {
                    c.profile.method = VoteMethod::hands;
                    c.profile.secrecy = Secrecy::named;
                }) == invalid_profile));
    BOOST_TEST(
        (refused([](PrepareVote& c) { c.profile.min_participation = over_half(); }) == invalid_profile));
    BOOST_TEST((refused([](PrepareVote& c) {
                    c.list->candidates.front().name.assign(title_bytes_max + 1, 'x');
                }) == invalid_profile));
    auto many = list_of(ListKind::projects, {}, 10);
    for (int i = 0; i < 500; ++i)
        many.candidates.push_back({"修建公路项目之第" + std::to_string(i) + "号", std::nullopt});
    BOOST_TEST((code_of(congress.refused(many)) == invalid_profile)); // would not fit into an entry
}

BOOST_AUTO_TEST_CASE(no_election_opens_without_scrutineers_the_assembly_approved)
{
    PollingHall congress(60, BodyKind::congress);
    congress.begin(50);
    auto command = congress.on_paper(election_rule());
    command.list = list_of(ListKind::equal_election, {{"代表3", *congress.members.at(2).person}}, 1);
    const VoteId election{congress.act(congress.secretary, command)};
    const auto missing = congress.attempt(congress.chair, congress.opening(election));
    BOOST_TEST((code_of(missing) == scrutineers_missing)); // PE-12
    BOOST_TEST(says(missing, "至少2名，依据：《地方组织法》第二十九条", "see 地方组织法, 第二十九条"));

    congress.approve_scrutineers(1, 2); // one of them stands
    const auto candidate = congress.attempt(congress.chair, congress.opening(election));
    BOOST_TEST((code_of(candidate) == is_candidate)); // PE-08
    BOOST_TEST(says(candidate, "代表3是候选人", "代表3 stands in this election"));

    congress.approve_scrutineers(3, 3);
    congress.act(congress.chair, congress.opening(election));
    BOOST_TEST(congress.vote(election).paper.scrutineers.size() == 3U);
    const auto view = view_vote(congress.state, election, Role::hall);
    BOOST_TEST_REQUIRE(view.scrutineers.size() == 3U);
    BOOST_TEST(view.scrutineers.front().name == "代表4");
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

BOOST_AUTO_TEST_CASE(no_election_opens_under_a_scrutineer_who_was_suspended_since)
{
    PollingHall congress(60, BodyKind::congress);
    congress.begin(50);
    congress.approve_scrutineers(1, 2); // 代表3 stands as well, which somebody sets aside
    auto command = congress.on_paper(election_rule());
    command.list = list_of(ListKind::equal_election, {{"代表3", *congress.members.at(2).person}}, 1);
    const VoteId election{congress.act(congress.secretary, command)};
    const auto suspended_one = *congress.members.at(1).person;
    congress.act(congress.secretary, SuspendMember{congress.body, suspended_one, "主席团", "被立案调查"});
    auto opening = congress.opening(election);
    opening.overrides->push_back({RefusalCode::is_candidate, "主席团", "仅此一人"});
    const auto refused = congress.attempt(congress.chair, opening);
    BOOST_TEST((code_of(refused) == suspended)); // PE-05
    BOOST_TEST(says(refused, "监票人代表2，须由会议另行通过监票人", "the scrutineer 代表2"));
    opening.overrides->push_back({suspended, "主席团", "仍由其监票"});
    BOOST_TEST((code_of(congress.attempt(congress.chair, opening)) == wrong_state)); // not to be set aside

    // Projects are chosen without scrutineers.
    auto projects = congress.on_paper(by_ballot());
    projects.list = list_of(ListKind::projects, named("AB"), 1);
    const VoteId chosen{congress.act(congress.secretary, projects)};
    BOOST_TEST((congress.refusal(congress.chair, OpenVote{chosen}) == std::nullopt));

    opening.overrides->resize(1);
    congress.approve_scrutineers(3, 2);
    BOOST_TEST((congress.refusal(congress.chair, opening) == std::nullopt));
    congress.act(congress.secretary,
                 SuspendMember{congress.body, *congress.members.at(4).person, "主席团", "被立案调查"});
    BOOST_TEST((congress.refusal(congress.chair, opening) == suspended));
    congress.act(congress.secretary,
                 ReinstateMember{congress.body, *congress.members.at(4).person, "主席团", "不予起诉"});
    congress.act(congress.chair, opening);
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

BOOST_AUTO_TEST_CASE(scrutineers_keep_the_names_under_which_they_were_approved)
{
    PollingHall congress(60, BodyKind::congress);
    congress.begin(50);
    congress.approve_scrutineers();
    auto command = congress.on_paper(election_rule());
    command.list = list_of(ListKind::equal_election, named("A"), 1);
    const VoteId election{congress.act(congress.secretary, command)};
    auto rows = rows_of(60);
    rows[0].name = "改名";
    congress.act(congress.secretary, ImportRoster{congress.body, rows});
    BOOST_TEST(view_vote(congress.state, election, Role::hall).scrutineers.at(0).name == "代表1");
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

BOOST_AUTO_TEST_CASE(only_an_adopted_vote_of_the_assembly_approves_scrutineers)
{
    PollingHall congress(60, BodyKind::congress);
    congress.begin(50);
    const auto approved = congress.approve_scrutineers();
    const auto persons = persons_of(congress.state.meetings.at(congress.meeting).scrutineers);
    const auto approve = [&](VoteId vote, std::vector<PersonId> whom) {
        return congress.attempt(congress.chair, ApproveScrutineers{vote, std::move(whom)});
    };
    BOOST_TEST((code_of(approve(approved, persons)) == nothing_to_do));
    BOOST_TEST((code_of(approve(approved, {persons[0]})) == scrutineers_missing));
    BOOST_TEST((code_of(approve(approved, {persons[0], persons[0]})) == scrutineers_missing));
    BOOST_TEST((code_of(approve(approved, {persons[0], *congress.zhang.person})) == not_a_member));
    BOOST_TEST((code_of(congress.attempt(congress.secretary, ApproveScrutineers{approved, persons})) ==
                not_allowed));
    const auto lost = congress.open(motion());
    BOOST_TEST((code_of(approve(lost, persons)) == wrong_state));
    congress.act(congress.chair, CloseVote{lost});
    BOOST_TEST((code_of(approve(lost, persons)) == wrong_state)); // not announced
    congress.act(congress.chair, AnnounceVote{lost});
    BOOST_TEST((code_of(approve(lost, persons)) == scrutineers_missing)); // not adopted
}

BOOST_AUTO_TEST_CASE(a_teller_who_stands_does_not_count)
{
    Congress congress;
    auto list = list_of(ListKind::equal_election, {{"李四", *congress.li.person}}, 1);
    const auto known = congress.open_on_paper(congress.election(list));
    const PlacesReturn ballots{331, 331, 0, {{"李四", 300, 31, 0, false}}};
    const auto refusal = congress.attempt(congress.li, CountList{known, ballots});
    BOOST_TEST((code_of(refusal) == is_candidate));
    congress.act(congress.zhang, CountList{known, ballots});
    congress.act(congress.chair, VoidVote{known, VoidReason::disorder, ""});
    list.candidates[0].person.reset(); // nobody said who it is: the name will do
    const auto by_name = congress.open_on_paper(congress.election(list));
    BOOST_TEST((code_of(congress.attempt(congress.li, CountList{by_name, ballots})) == is_candidate));
}

BOOST_AUTO_TEST_CASE(returns_of_a_list_that_cannot_be_are_refused)
{
    Congress congress;
    const auto id = congress.open_on_paper(
        congress.election(list_of(ListKind::differential_election, named("ABCDEF"), 5)));
    const auto good = counted(331, 329, 2, {320, 310, 301, 290, 200, 150, 40}, 1);
    const auto refused = [&](auto change) {
        auto ballots = good;
        change(ballots);
        return code_of(congress.attempt(congress.zhang, CountList{id, ballots}));
    };
    BOOST_TEST((refused([](PlacesReturn& b) { b.list.erase(b.list.begin()); }) == ballots_wrong));
    BOOST_TEST((refused([](PlacesReturn& b) { std::swap(b.list[0], b.list[1]); }) == ballots_wrong));
    BOOST_TEST((refused([](PlacesReturn& b) { b.list[6].name = "A"; }) == ballots_wrong)); // PE-11
    BOOST_TEST((refused([](PlacesReturn& b) { b.list[6].approve = 0; }) == ballots_wrong));
    BOOST_TEST((refused([](PlacesReturn& b) { b.list[6].oppose = 1; }) == ballots_wrong));
    BOOST_TEST((refused([](PlacesReturn& b) { b.list[0].oppose = 8; }) == ballots_wrong));
    BOOST_TEST((refused([](PlacesReturn& b) {
                    b.list[5].approve = 178;
                    b.list[5].oppose = 149;
                }) == ballots_wrong)); // PE-10
    BOOST_TEST((refused([](PlacesReturn& b) { b.invalid = 330; }) == ballots_wrong));
    BOOST_TEST((refused([](PlacesReturn& b) { b.issued = 332; }) == ballots_wrong));
    BOOST_TEST((refused([](PlacesReturn& b) {
                    for (auto& line : b.list)
                        if (!line.is_write_in) line.oppose = 6; // fewer opposed than written in
                }) == ballots_wrong));
    BOOST_TEST((refused([](PlacesReturn& b) {
                    for (int i = 0; i < 900; ++i)
                        b.list.push_back({"另选" + std::to_string(i), 1, 0, 0, true});
                }) == ballots_wrong));
    BOOST_TEST((code_of(congress.attempt(congress.zhang, CountBallots{id, {}})) == wrong_state));

    // Names written in are the same in whatever order a teller types them.
    auto one = counted(331, 329, 2, {320, 310, 301, 290, 200, 100, 20, 30}, 2);
    congress.act(congress.zhang, CountList{id, one});
    std::swap(one.list[6], one.list[7]);
    one.list[0].approve -= 1;
    one.list[0].oppose += 1;
    congress.act(congress.li, CountList{id, one});
    const auto differ = congress.attempt(congress.chair, CloseVote{id});
    BOOST_TEST(says(differ, "；A赞成：张三320、李四319；A反对：张三7、李四8", "A for: 张三 320, 李四 319"));
    BOOST_TEST(differ->reason.zh.find("X") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_tie_is_voted_on_again_by_the_tied_only)
{
    Congress congress;
    const auto first = congress.elect(list_of(ListKind::differential_election, named("ABCDEF"), 5),
                                      counted(331, 329, 2, tied_at_the_fifth));
    auto again = list_of(ListKind::tie_revote, named("EF"), 1);
    again.places.majority.reset();
    again.follows = first;
    const auto refused = [&](auto change) {
        auto list = again;
        change(list);
        return congress.refused(list);
    };
    const auto others = refused([](BallotList& l) { l.candidates[1].name = "G"; });
    BOOST_TEST((code_of(others) == candidates_wrong));
    BOOST_TEST(
        says(others, "只就得票相等的E、F再次投票，名额1", "only those who are tied stand: E、F, for 1"));
    BOOST_TEST((code_of(refused([](BallotList& l) {
                    l.candidates.push_back({"A", std::nullopt});
                })) == candidates_wrong));
    BOOST_TEST((code_of(refused([](BallotList& l) { l.follows = VoteId{999'999}; })) == no_such_record));
    BOOST_TEST((code_of(refused([](BallotList& l) {
                    l.list_kind = ListKind::separate_election;
                    l.extra = CandidateNumber{1, 1, {"组织法", "第二十九条", ""}};
                })) == not_called_for));

    // Both ways of E-10: the order of names does not matter.
    std::swap(again.candidates[0], again.candidates[1]);
    PlacesReturn ballots{300, 300, 0, {{"F", 149, 0, 0, false}, {"E", 151, 0, 0, false}}};
    const auto second = congress.elect(again, ballots);
    BOOST_TEST((congress.outcome(second).elected == Lines{1}));
    BOOST_TEST((congress.vote(first).paper.followed_by == second));
    BOOST_TEST((view_vote(congress.state, first, Role::hall).followed_by == second));
    BOOST_TEST((view_vote(congress.state, second, Role::hall).list->follows == first));
    BOOST_TEST(congress.vote(second).attempt == 1U); // another vote, not another attempt
    BOOST_TEST((code_of(congress.refused(again)) == not_called_for));
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

BOOST_AUTO_TEST_CASE(seats_left_empty_are_filled_by_a_separate_election)
{
    Congress congress;
    const auto first = congress.elect(list_of(ListKind::differential_election, named("ABCDEF"), 5),
                                      counted(331, 329, 2, short_by_one));
    auto separate = list_of(ListKind::separate_election, named("FG"), 1);
    separate.extra = CandidateNumber{1, 1, {"地方组织法", "第二十九条", "2022-03-11"}};
    separate.follows = first;
    const auto refused = [&](auto change) {
        auto list = separate;
        change(list);
        return congress.refused(list);
    };
    BOOST_TEST(says(refused([](BallotList& l) { l.candidates[1].name = "A"; }), "A已经当选",
                    "A is elected already"));
    BOOST_TEST(says(refused([](BallotList& l) {
                        l.places.places = 2;
                        l.candidates.push_back({"H", {}});
                    }),
                    "另行选举的名额为1", "1 seats are left"));
    BOOST_TEST(
        says(refused([](BallotList& l) { l.extra.reset(); }), "另行选举仍应差额", "and so is this one"));
    BOOST_TEST((code_of(refused([](BallotList& l) {
                    l.list_kind = ListKind::tie_revote;
                    l.extra.reset();
                    l.ballot.write_in = WriteIn::none;
                })) == not_called_for));

    const VoteId wrong{congress.act(congress.secretary, congress.election(separate))};
    BOOST_TEST((code_of(congress.refused(separate)) == not_called_for));
    congress.act(congress.chair, VoidVote{wrong, VoidReason::withdrawn, ""});
    PlacesReturn ballots{331, 331, 0, {{"F", 180, 151, 0, false}, {"G", 130, 201, 0, false}}};
    const auto second = congress.elect(separate, ballots); // E-06 follow-up
    BOOST_TEST((congress.outcome(second).elected == Lines{0}));
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

// 组织法 29 asks for more candidates than seats only of deputies-in-chief and members.
BOOST_AUTO_TEST_CASE(a_separate_election_for_a_chief_post_may_be_equal_by_the_article_that_is_named)
{
    Congress congress;
    auto chief = list_of(ListKind::differential_election, named("AB"), 1);
    chief.extra = CandidateNumber{1, 1, {"地方组织法", "第二十七条", "2022-03-11"}};
    const auto first = congress.elect(chief, counted(331, 331, 0, {170, 160}));
    auto separate = list_of(ListKind::separate_election, named("A"), 1);
    separate.follows = first;
    BOOST_TEST(says(congress.refused(separate), "正职可以等额，须写明依据", "a chief post may be equal"));
    separate.equal_by = LegalBasis{"地方组织法", "第二十九条", "2022-03-11"};
    auto unsaid = separate;
    unsaid.equal_by->article = "";
    BOOST_TEST((code_of(congress.refused(unsaid)) == invalid_profile));
    auto both_ways = separate;
    both_ways.extra = CandidateNumber{1, 1, {"地方组织法", "第二十九条", "2022-03-11"}};
    BOOST_TEST((code_of(congress.refused(both_ways)) == invalid_profile));

    const auto second = congress.elect(separate, counted(331, 331, 0, {200}));
    BOOST_TEST((congress.outcome(second).elected == Lines{0}));
    BOOST_TEST(view_vote(congress.state, second, Role::chair)
                   .rule.zh.find("正职，依据《地方组织法》第二十九条可以等额。") != std::string::npos);
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

BOOST_AUTO_TEST_CASE(only_one_seat_of_a_separate_election_may_be_equal)
{
    Congress congress;
    const auto first = congress.elect(list_of(ListKind::differential_election, named("ABCDEF"), 5),
                                      counted(331, 329, 2, {320, 310, 301, 176, 170, 160}));
    auto separate = list_of(ListKind::separate_election, named("DE"), 2);
    separate.follows = first;
    separate.equal_by = LegalBasis{"地方组织法", "第二十九条", "2022-03-11"};
    BOOST_TEST((code_of(congress.refused(separate)) == invalid_profile));
    auto other = list_of(ListKind::equal_election, named("G"), 1);
    other.equal_by = separate.equal_by;
    BOOST_TEST((code_of(congress.refused(other)) == invalid_profile));
}

BOOST_AUTO_TEST_CASE(a_void_election_is_run_again_and_does_not_lead_to_another)
{
    Congress congress;
    const auto list = list_of(ListKind::differential_election, named("ABCDEF"), 5);
    const auto first = congress.elect(list, counted(331, 332, 0, {320, 310, 301, 290, 250, 160}));
    auto separate = list_of(ListKind::separate_election, named("ABCDEF"), 5);
    separate.extra = list.extra;
    separate.follows = first;
    BOOST_TEST((code_of(congress.refused(separate)) == not_called_for));
    const VoteId second{congress.act(congress.chair, RetryVote{first})};
    BOOST_TEST((congress.vote(second).paper.list == list));
    BOOST_TEST(congress.vote(second).attempt == 2U);
    congress.act(congress.chair, congress.opening(second));
    BOOST_TEST((congress.vote(second).first_attempt == first));
}

BOOST_AUTO_TEST_CASE(an_item_that_is_decided_takes_the_vote_that_settles_what_is_left)
{
    Congress congress;
    auto command = congress.election(list_of(ListKind::differential_election, named("ABCDEF"), 5));
    command.item = congress.item_id;
    const auto first = congress.open_on_paper(command);
    congress.both(CountList{first, counted(331, 329, 2, tied_at_the_fifth)});
    congress.act(congress.chair, CloseVote{first});
    auto again = list_of(ListKind::tie_revote, named("EF"), 1);
    again.follows = first;
    command.list = again;
    BOOST_TEST((code_of(congress.attempt(congress.secretary, command)) == wrong_state)); // not announced
    congress.act(congress.chair, AnnounceVote{first});
    BOOST_TEST((congress.item(congress.item_id).state == ItemState::decided));
    const auto second = congress.open_on_paper(command);
    congress.both(CountList{second, {331, 331, 0, {{"E", 180, 0, 0, false}, {"F", 151, 0, 0, false}}}});
    congress.act(congress.chair, CloseVote{second});
    BOOST_TEST((congress.item(congress.item_id).state == ItemState::decided));
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

BOOST_AUTO_TEST_CASE(names_on_the_ballots_of_a_closed_item_stay_in_the_room)
{
    PollingHall committee(35);
    const ItemId closed{
        committee.act(committee.secretary, AddItem{committee.meeting, "人事事项", std::nullopt, std::nullopt,
                                                   ItemKind::other, 0, "", true})};
    committee.begin(33);
    auto command = committee.on_paper();
    command.item = closed;
    command.list = list_of(ListKind::projects, named("AB"), 1);
    const auto vote = committee.open_on_paper(command);
    committee.both(CountList{vote, {33, 33, 0, {{"A", 20, 0, 0, false}, {"B", 13, 0, 0, false}}}});
    committee.act(committee.chair, CloseVote{vote});
    for (const auto role : {Role::hall, Role::observer, Role::delegate, Role::chair}) {
        const auto view = view_vote(committee.state, vote, role);
        const bool inside = role == Role::delegate || role == Role::chair;
        BOOST_TEST(view.list.has_value() == inside);
        BOOST_TEST_REQUIRE(view.result.has_value());
        BOOST_TEST(view.result->places.has_value() == inside);
    }
}

BOOST_AUTO_TEST_CASE(a_series_is_prepared_at_once_and_put_one_after_another)
{
    PollingHall committee(35);
    committee.begin(31);
    PrepareSeries series{committee.sitting_id, std::nullopt, {}, motion(), std::nullopt, ""};
    for (int i = 1; i <= 10; ++i)
        series.entries.push_back({"任命人选" + std::to_string(i), "决定任命人选" + std::to_string(i)});
    const VoteId first{committee.act(committee.secretary, series)};
    for (std::uint64_t i = 0; i < 10; ++i) {
        const VoteId id{number(first) + i};
        const auto view = view_vote(committee.state, id, Role::hall);
        BOOST_TEST(view.title == "任命人选" + std::to_string(i + 1));
        BOOST_TEST((view.series == SeriesPlace{first, static_cast<std::uint32_t>(i + 1), 10}));
        committee.act(committee.chair, committee.opening(id));
        committee.press(id, i == 7 ? 17 : 31, i == 7 ? 9 : 0, i == 7 ? 5 : 0);
        committee.act(committee.chair, CloseVote{id});
        committee.act(committee.chair, AnnounceVote{id});
        BOOST_TEST(
            (committee.vote(id).result->outcome.verdict == (i == 7 ? Verdict::not_passed : Verdict::passed)));
    }
    BOOST_TEST((committee.replayed() == state_hash(committee.state)));

    series.entries.resize(1);
    BOOST_TEST((code_of(committee.attempt(committee.secretary, series)) == too_many));
    series.entries.resize(201, {"甲", "乙"});
    BOOST_TEST((code_of(committee.attempt(committee.secretary, series)) == too_many));
    series.entries.resize(3);
    series.entries[2].title = "";
    const auto refusal = committee.attempt(committee.secretary, series);
    BOOST_TEST((code_of(refusal) == invalid_text));
    BOOST_TEST(says(refusal, "第3项", "number 3"));
}

BOOST_AUTO_TEST_CASE(one_of_a_series_that_is_void_is_taken_again_although_others_decided_the_item)
{
    PollingHall committee(35);
    committee.begin(31);
    PrepareSeries series{
        committee.sitting_id, committee.item_id, {{"甲", "甲"}, {"乙", "乙"}}, motion(), std::nullopt, ""};
    const VoteId first{committee.act(committee.secretary, series)};
    const VoteId second{number(first) + 1};
    committee.act(committee.chair, committee.opening(first));
    committee.press(first, 31, 0, 0);
    committee.act(committee.chair, CloseVote{first});
    committee.act(committee.chair, AnnounceVote{first});
    BOOST_TEST((committee.item(committee.item_id).state == ItemState::decided));
    committee.act(committee.chair, committee.opening(second));
    committee.act(committee.chair, VoidVote{second, VoidReason::disorder, "秩序"});
    const VoteId again{committee.act(committee.chair, RetryVote{second, std::nullopt})};
    committee.act(committee.chair, committee.opening(again));
    committee.press(again, 31, 0, 0);
    committee.act(committee.chair, CloseVote{again});
    BOOST_TEST((committee.vote(again).result->outcome.verdict == Verdict::passed));
    BOOST_TEST((committee.replayed() == state_hash(committee.state)));
}

BOOST_AUTO_TEST_CASE(what_would_not_fit_into_one_entry_is_refused)
{
    PollingHall committee(35);
    committee.begin(31);
    auto command = committee.on_paper();
    std::vector<std::string> rooms;
    for (int i = 0; i < 100; ++i) {
        rooms.emplace_back(name_bytes_max - 3, '"');
        rooms.back() += std::to_string(100 + i);
    }
    command.rooms = rooms;
    command.base_members = 34;
    command.base_reason = std::string(reason_bytes_max, '"');
    const auto refusal = committee.attempt(committee.secretary, command);
    BOOST_TEST((code_of(refusal) == too_many));
    BOOST_TEST(says(refusal, "合计过长", "together are too long"));
    rooms.resize(90);
    command.rooms = rooms;
    committee.act(committee.secretary, command);
    BOOST_TEST(committee.entries.back().size() <= 65'535U);
}

BOOST_AUTO_TEST_CASE(a_series_on_a_closed_item_has_private_texts_each_with_its_own_salt)
{
    PollingHall committee(35);
    const ItemId closed{
        committee.act(committee.secretary, AddItem{committee.meeting, "人事事项", std::nullopt, std::nullopt,
                                                   ItemKind::other, 0, "", true})};
    committee.begin(31);
    PrepareSeries series{committee.sitting_id, closed, {{"甲", "同"}, {"乙", "同"}}, motion(),
                         std::nullopt,         ""};
    const VoteId first{committee.act(committee.secretary, series)};
    const auto& one = committee.vote(first);
    const auto& two = committee.vote(VoteId{number(first) + 1});
    BOOST_TEST((one.text_is_private && two.text_is_private));
    BOOST_TEST((one.text != two.text));
}

BOOST_AUTO_TEST_CASE(the_rule_in_words_of_a_list)
{
    const auto list = list_of(ListKind::differential_election, named("ABCDEF"), 5);
    const auto words = describe_list(election_rule(), list, ListOf::persons, 352);
    BOOST_TEST(
        words.zh ==
        "差额选举：名额5，名单6。全体组成人员352人，赞成过半数即至少177票方可入选，多于名额的以票多的入选。"
        "末位票数相等的，就票数相等的再次投票。每票所选不得超过5，多选的整票无效；未作标记的视为弃权。"
        "反对的可以另选他人，弃权的不得另选他人。"
        "无记名投票，由2名计票人分别清点并取得一致；收回的票多于发出的，投票无效。由主持人宣布结束。");
    BOOST_TEST(words.en.starts_with(
        "An election with more candidates than seats: 5 to be chosen of 6. Of all 352 members, more "
        "than half, that is at least 177, must approve;"));
    auto primary = list_of(ListKind::primary, named("ABC"), 2);
    BOOST_TEST(describe_list(election_rule(), primary, ListOf::persons, 352)
                   .zh.starts_with("预选：名额2，名单3。得票多的入选。"));
}

BOOST_AUTO_TEST_SUITE_END()
