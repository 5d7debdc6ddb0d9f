#include "protocol/rules/provisions_kept.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(provisions)

using namespace plenum;

// What a rule provides for lists and grades, and which lists keep to it.

namespace {

constexpr Threshold over_half{1, 2, true, Base::all_members};

RuleProfile election()
{
    RuleProfile rule;
    rule.id = "test.election";
    rule.name = {"选举", "election"};
    rule.quorum = {2, 3, false, Base::all_members};
    rule.majority = over_half;
    rule.secrecy = Secrecy::secret;
    rule.method = VoteMethod::paper;
    ListProvisions provided;
    provided.kinds.emplace({ListKind::differential_election});
    provided.seats.emplace(2U);
    provided.marks_max.emplace(1U);
    provided.by.emplace(PlacesBy::majority);
    provided.revote_by.emplace(PlacesBy::highest);
    provided.tie.emplace(TieRule::revote);
    provided.tie_again.emplace(TieRule::presidium);
    provided.shortfall.emplace(Shortfall::left_empty);
    provided.write_in.emplace(WriteIn::requires_opposition);
    provided.blank.emplace(BlankMark::approve);
    rule.list = provided;
    return rule;
}

BallotList three_for_two()
{
    BallotList list;
    list.list_kind = ListKind::differential_election;
    list.candidates = {{"甲", {}}, {"乙", {}}, {"丙", {}}};
    list.places = {2, over_half, TieRule::revote, Shortfall::left_empty};
    list.ballot = {1, WriteIn::requires_opposition, BlankMark::approve};
    list.extra = CandidateNumber{1, 1, {"组织法", "27", "2022-03-11"}};
    return list;
}

BallotList again()
{
    BallotList list;
    list.list_kind = ListKind::tie_revote;
    list.candidates = {{"乙", {}}, {"丙", {}}};
    list.places = {1, std::nullopt, TieRule::presidium, Shortfall::left_empty};
    list.ballot = {1, WriteIn::none, BlankMark::approve};
    list.follows = VoteId{7};
    return list;
}

std::string departure(const RuleProfile& rule, const BallotList& list)
{
    BOOST_TEST_REQUIRE(!check_list(list).has_value());
    const auto words = departure_from_provisions(rule, &list, nullptr);
    return words ? words->en : "";
}

} // namespace

BOOST_AUTO_TEST_CASE(a_list_as_the_rule_has_it_keeps_to_it)
{
    BOOST_TEST(!check_profile(election()).has_value());
    BOOST_TEST(departure(election(), three_for_two()) == "");
    BOOST_TEST(departure(election(), again()) == "");
}

BOOST_AUTO_TEST_CASE(each_point_of_a_list_is_held_against_the_rule)
{
    using Change = void (*)(BallotList&);
    const struct {
        const char* words;
        Change change;
    } first[] = {
        {"the rule is for lists of another kind",
         [](BallotList& list) {
             list.list_kind = ListKind::equal_election;
             list.extra.reset();
         }},
        {"the rule provides 2 places", [](BallotList& list) { list.places.places = 3; }},
        {"the rule lets a ballot choose 1", [](BallotList& list) { list.ballot.marks_max = 2; }},
        {"by the rule a place needs the majority of the rule",
         [](BallotList& list) { list.places.majority.reset(); }},
        {"by the rule a place needs the majority of the rule",
         [](BallotList& list) { list.places.majority->num = 0; }},
        {"the rule provides otherwise for a tie at the last place",
         [](BallotList& list) { list.places.tie = TieRule::none; }},
        {"the rule provides otherwise for places left over",
         [](BallotList& list) { list.places.shortfall.reset(); }},
        {"the rule provides otherwise for names written in",
         [](BallotList& list) { list.ballot.write_in = WriteIn::none; }},
        {"the rule provides otherwise for what no mark means",
         [](BallotList& list) { list.ballot.blank = BlankMark::abstain; }},
    };
    for (const auto& [words, change] : first) {
        auto list = three_for_two();
        change(list);
        BOOST_TEST(departure(election(), list) == words);
        // What the rule leaves out is for whoever prepares the vote.
        auto open = election();
        open.list = ListProvisions{};
        BOOST_TEST(departure(open, list) == "");
    }
}

BOOST_AUTO_TEST_CASE(a_vote_again_has_provisions_of_its_own)
{
    auto list = again();
    list.places.majority = over_half;
    BOOST_TEST(departure(election(), list) == "by the rule the highest numbers win");
    auto rule = election();
    rule.list->revote_by.emplace(PlacesBy::majority);
    BOOST_TEST(departure(rule, list) == "");
    BOOST_TEST(departure(rule, again()) == "by the rule a place needs the majority of the rule");
    list = again();
    list.places.tie = TieRule::revote;
    BOOST_TEST(departure(election(), list) == "the rule provides otherwise for a tie at the last place");
    // It has the seats that are left, not those of the rule.
    BOOST_TEST(list.places.places != *election().list->seats);
}

BOOST_AUTO_TEST_CASE(a_rule_for_lists_or_grades_is_for_nothing_else)
{
    BOOST_TEST(departure_from_provisions(election(), nullptr, nullptr)->en == "the rule is for lists");
    auto rule = election();
    rule.list.reset();
    rule.grades = GradesRule{{{"满意", "satisfied"}, {"不满意", "unsatisfied"}}, {}, Rounding::half_up};
    BOOST_TEST(!check_profile(rule).has_value());
    BOOST_TEST(departure_from_provisions(rule, nullptr, nullptr)->en == "the rule is for grades");
    GradesSheet sheet{{"区民政局"}, *rule.grades};
    BOOST_TEST(!departure_from_provisions(rule, nullptr, &sheet).has_value());
    sheet.rule.rounding = Rounding::down;
    BOOST_TEST(departure_from_provisions(rule, nullptr, &sheet)->en ==
               "the rule provides the grades and what they come to");
}

BOOST_AUTO_TEST_CASE(what_a_rule_cannot_provide_is_refused_by_name)
{
    using Spoil = void (*)(RuleProfile&);
    const struct {
        const char* path;
        Spoil spoil;
    } cases[] = {
        {"list.kinds", [](RuleProfile& rule) { rule.list->kinds->clear(); }},
        {"list.kinds", [](RuleProfile& rule) { rule.list->kinds->push_back(ListKind::tie_revote); }},
        {"list.kinds", [](RuleProfile& rule) { rule.list->kinds->push_back(rule.list->kinds->front()); }},
        {"list.by",
         [](RuleProfile& rule) {
             rule.list->kinds.emplace({ListKind::primary});
             rule.list->write_in.reset();
         }},
        {"list.write_in", [](RuleProfile& rule) { rule.list->kinds.emplace({ListKind::projects}); }},
        {"list.seats", [](RuleProfile& rule) { rule.list->seats.emplace(0U); }},
        {"list.seats", [](RuleProfile& rule) { rule.list->seats.emplace(list_entries_max + 1); }},
        {"list.marks_max", [](RuleProfile& rule) { rule.list->marks_max.emplace(3U); }},
        {"list.scrutineers_min", [](RuleProfile& rule) { rule.list->scrutineers_min.emplace(1U); }},
        {"list",
         [](RuleProfile& rule) {
             rule.method = VoteMethod::hands;
             rule.secrecy = Secrecy::named;
         }},
        {"list", [](RuleProfile& rule) { rule.min_participation = over_half; }},
        {"grades", [](RuleProfile& rule) { rule.grades = GradesRule{}; }},
        {"grades.grades",
         [](RuleProfile& rule) {
             rule.list.reset();
             rule.grades = GradesRule{};
         }},
        {"fallback", [](RuleProfile& rule) { rule.fallback.emplace(VoteMethod::hands); }},
        {"fallback",
         [](RuleProfile& rule) {
             rule.method = VoteMethod::console;
             rule.fallback.emplace(VoteMethod::hands); // a raised hand would be seen
         }},
        {"ballots_kept_days", [](RuleProfile& rule) { rule.ballots_kept_days.emplace(0U); }},
        {"suite", [](RuleProfile& rule) { rule.suite.emplace(CryptoSuite::ristretto255_v1); }},
    };
    for (const auto& [path, spoil] : cases) {
        auto rule = election();
        spoil(rule);
        const auto misfit = check_profile(rule);
        BOOST_TEST_REQUIRE(misfit.has_value(), path);
        BOOST_TEST(misfit->path == path);
    }
    auto rule = election();
    rule.method = VoteMethod::console;
    rule.fallback.emplace(VoteMethod::paper);
    rule.suite.emplace(CryptoSuite::ristretto255_v1);
    BOOST_TEST(!check_profile(rule).has_value());
}

BOOST_AUTO_TEST_CASE(places_left_over_stay_empty_where_the_rule_says_so)
{
    PlacesRule rule{2, over_half, TieRule::none, Shortfall::left_empty};
    const PlacesReturn short_by_one{10, 10, 0, {{"甲", 9, 1, 0, false}, {"乙", 5, 5, 0, false}}};
    BOOST_TEST((decide_places(rule, 10, short_by_one).status == PlacesStatus::shortfall_left_empty));
    rule.shortfall.reset();
    BOOST_TEST((decide_places(rule, 10, short_by_one).status == PlacesStatus::shortfall_separate_election));
    rule.shortfall.emplace(Shortfall::left_empty);
    rule.majority->num = 0;
    BOOST_TEST((decide_places(rule, 10, short_by_one).status == PlacesStatus::complete));
}

BOOST_AUTO_TEST_SUITE_END()
