#include "protocol/rules/rule_book.hpp"
#include "server/chamber/questions.hpp"
#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(rules)

using namespace plenum;
using namespace plenum::chamber;
using enum RefusalCode;

// A body adopts the rules it votes by. From then on a vote has one of them, or somebody says who decided
// otherwise and why.

namespace {

RuleBook book_of(const std::vector<RuleProfile>& rules,
                 std::vector<BodyKind> kinds = {BodyKind::standing_committee})
{
    RuleBook book;
    book.id = "cn.test";
    book.name = {"常委会议事规则", "rules of the committee"};
    book.body_kinds = std::move(kinds);
    book.rules = rules;
    return book;
}

RuleProfile by_hands()
{
    auto rule = motion();
    rule.id = "cn.test.hands";
    rule.method = VoteMethod::hands;
    return rule;
}

/// A committee that has adopted one rule, and is in session.
struct Committee : House {
    Committee()
    {
        act(secretary, AdoptRules{body, book_of({motion()}), "第三届常委会第一次会议"});
        begin(5);
    }

    RefusalCode refusal(const Command& command, const std::optional<Actor>& by = std::nullopt)
    {
        const auto refused = attempt(by.value_or(secretary), command);
        BOOST_REQUIRE(refused.has_value());
        return refused->code;
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_body_adopts_rules_of_its_own_kind_and_anybody_in_the_room_reads_them)
{
    House house;
    const auto book = book_of({motion(), by_hands()});
    const auto before = ask(house.state, house.secretary, ReadRules{house.body}, house.blob_source());
    BOOST_REQUIRE(before.has_value());
    BOOST_TEST(!before->rules.has_value());

    auto wrong = book;
    wrong.rules[1].id = wrong.rules[0].id;
    BOOST_TEST(
        (house.attempt(house.secretary, AdoptRules{house.body, wrong, "预备会议"})->code == invalid_profile));
    const auto foreign = book_of({motion()}, {BodyKind::congress});
    const auto refused = house.attempt(house.secretary, AdoptRules{house.body, foreign, "预备会议"});
    BOOST_REQUIRE(refused.has_value());
    BOOST_TEST(refused->reason.zh.find("不适用于此类机构") != std::string::npos);
    BOOST_TEST((house.attempt(house.secretary, AdoptRules{house.body, book, ""})->code == invalid_text));
    BOOST_TEST((house.attempt(house.chair, AdoptRules{house.body, book, "预备会议"})->code == not_allowed));

    house.act(house.secretary, AdoptRules{house.body, book, "预备会议"});
    BOOST_TEST(
        (house.attempt(house.secretary, AdoptRules{house.body, book, "预备会议"})->code == nothing_to_do));
    for (const auto& reader : {house.secretary, house.chair, house.operator_}) {
        const auto answer = ask(house.state, reader, ReadRules{house.body}, house.blob_source());
        BOOST_REQUIRE(answer.has_value());
        BOOST_TEST((answer->rules == book));
        BOOST_TEST(answer->decided_by == "预备会议");
    }
    const auto stranger = ask(house.state, house.members[0], ReadRules{house.body}, house.blob_source());
    BOOST_TEST((stranger.error().code == not_allowed));
    const auto nowhere = ask(house.state, house.secretary, ReadRules{BodyId{99}}, house.blob_source());
    BOOST_TEST((nowhere.error().code == no_such_record));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(another_rule_needs_a_decision_and_a_reason_which_stay_on_record)
{
    Committee committee;
    auto shorter = motion();
    shorter.window_ms = 20'000;
    shorter.result = ResultDisplay::delayed;
    const auto usual = committee.prepare(shorter); // How it is conducted is nobody's decision.
    BOOST_TEST(!committee.vote(usual).deviation.has_value());

    auto other = committee.prepare_command(by_hands());
    BOOST_TEST((committee.refusal(other) == rule_not_adopted));
    const RuleDeviation incomplete[] = {{"", "表决器故障"}, {"主任会议", ""}, {"主任\n会议", "表决器故障"}};
    for (const auto& deviation : incomplete) {
        other.deviation = deviation;
        BOOST_TEST((committee.refusal(other) == rule_not_adopted));
    }
    other.deviation = RuleDeviation{"主任会议", "表决器故障"};
    const VoteId id{committee.act(committee.secretary, other)};
    BOOST_TEST((committee.vote(id).deviation == other.deviation));
    BOOST_TEST((view_vote(committee.state, id, Role::chair).deviation == other.deviation));

    auto series = PrepareSeries{committee.sitting_id, std::nullopt, {{"甲", "甲"}, {"乙", "乙"}},
                                by_hands(),           std::nullopt, ""};
    BOOST_TEST((committee.refusal(series) == rule_not_adopted));
    series.deviation = other.deviation;
    const VoteId first{committee.act(committee.secretary, series)};
    BOOST_TEST((committee.vote(first).deviation == other.deviation));

    // A rule of the body needs no decision, so none is kept.
    auto lawful = committee.prepare_command(motion());
    lawful.deviation = other.deviation;
    BOOST_TEST(!committee.vote(VoteId{committee.act(committee.secretary, lawful)}).deviation.has_value());
    BOOST_TEST((committee.replayed() == state_hash(committee.state)));
}

BOOST_AUTO_TEST_CASE(a_further_attempt_keeps_what_was_decided_and_a_newer_book_changes_nothing_prepared)
{
    Committee committee;
    auto other = committee.prepare_command(by_hands());
    other.deviation = RuleDeviation{"主任会议", "表决器故障"};
    const VoteId id{committee.act(committee.secretary, other)};
    committee.act(committee.secretary, AdoptRules{committee.body, book_of({by_hands()}), "第二次会议"});
    committee.act(committee.chair, OpenVote{id});
    committee.act(committee.chair, VoidVote{id, VoidReason::disorder, "秩序"});
    const VoteId again{committee.act(committee.chair, RetryVote{id, std::nullopt})};
    BOOST_TEST((committee.vote(again).deviation == other.deviation));
    BOOST_TEST((committee.refusal(committee.prepare_command(motion())) == rule_not_adopted));
    BOOST_TEST((committee.replayed() == state_hash(committee.state)));
}

BOOST_AUTO_TEST_SUITE_END()
