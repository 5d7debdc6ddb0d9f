#include "protocol/rules/rule_book.hpp"
#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(vote_forgery_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;
using enum Choice;

namespace {

/// The body votes by another rule from now on than simple_rule().
template <class Meeting>
void adopt_rules(Meeting& m)
{
    RuleBook book;
    book.id = "cn.test";
    book.name = {"规则", "rules"};
    book.body_kinds = {BodyKind::standing_committee};
    book.rules = {simple_rule()};
    book.rules[0].tellers = 3;
    m.write(m.secretary, RulesAdopted{m.body, m.keep(encode_rule_book(book)), "第一次会议"});
}

const Forgery casting[] = {
    {"a press by somebody who is no member",
     [](auto& m) {
         const auto stranger = outsider(m);
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.write(stranger, VoteCast{vote, *stranger.person, approve});
         m.close(vote);
     },
     {cast_by_outsider}},
    {"the stranger's press counted",
     [](auto& m) {
         const auto stranger = outsider(m);
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.write(stranger, VoteCast{vote, *stranger.person, approve});
         close_with(m, vote, [&](VoteDecided& decided) {
             decided.tally.approve += 1;
             decided.tally.not_pressed -= 1;
             decided.outcome.findings[0].have += 1;
         });
     },
     {cast_by_outsider, tally_wrong, outcome_wrong}},
    {"a press by a member who came after the opening",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.sign_in(m.person(8));
         m.write(m.member(8), VoteCast{vote, m.person(8), approve});
         m.close(vote);
     },
     {cast_by_outsider}},
    {"a press by a member who had signed out",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.sign_out(m.person(3));
         m.write(m.member(3), VoteCast{vote, m.person(3), approve});
         m.close(vote);
     },
     {cast_by_absent}},
    {"a press after the voting was closed",
     [](auto& m) {
         const auto vote = pressed(m);
         m.close(vote);
         m.write(m.member(0), VoteCast{vote, m.person(0), oppose});
     },
     {cast_while_not_open}},
    {"a press while the vote was held",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.hold(vote);
         m.write(m.member(0), VoteCast{vote, m.person(0), oppose});
         m.resume(vote);
         m.close(vote);
     },
     {cast_while_not_open}},
    {"a press before the opening",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.write(m.member(0), VoteCast{vote, m.person(0), oppose});
     },
     {cast_while_not_open}},
    {"a press after the timer ran out",
     [](auto& m) {
         const auto vote = m.prepare(timed_rule());
         m.open(vote);
         m.now_ms += 10'000;
         m.write(m.member(0), VoteCast{vote, m.person(0), oppose});
         m.close(vote, m.decision(vote), RecordedMeeting::server);
     },
     {cast_too_late}},
    {"a second press where the first counts",
     [](auto& m) {
         const auto vote = m.prepare(first_press_rule());
         m.open(vote);
         m.cast(vote, m.person(0), approve);
         m.write(m.member(0), VoteCast{vote, m.person(0), oppose});
         m.close(vote);
     },
     {cast_again}},
    {"the second press counted where the first counts",
     [](auto& m) {
         const auto vote = m.prepare(first_press_rule());
         m.open(vote);
         m.cast(vote, m.person(0), approve);
         m.cast(vote, m.person(0), oppose);
         m.close(vote);
     },
     {cast_again, tally_wrong, outcome_wrong}},
    {"a press by one member for another",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.write(m.member(1), VoteCast{vote, m.person(0), oppose});
         m.votes.at(vote).presses[m.person(0)] = oppose;
         m.close(vote);
     },
     {actor_for_another}},
    {"the chair pressing for a member",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.write(m.chair, VoteCast{vote, m.person(0), oppose});
         m.votes.at(vote).presses[m.person(0)] = oppose;
         m.close(vote);
     },
     {actor_not_allowed}},
    {"a press in a vote that does not exist",
     [](auto& m) {
         m.write(m.member(0), VoteCast{VoteId{999}, m.person(0), oppose});
     },
     {record_unknown}},
};

const Forgery figures[] = {
    {"approvals off by one",
     [](auto& m) { close_with(m, pressed(m), [](VoteDecided& decided) { decided.tally.approve += 1; }); },
     {tally_wrong}},
    {"one press moved from approve to oppose, with its outcome",
     [](auto& m) {
         close_with(m, pressed(m), [&](VoteDecided& decided) {
             decided.tally.approve -= 1;
             decided.tally.oppose += 1;
             decided.outcome = decide_outcome(simple_rule(), 9, decided.tally, {});
         });
     },
     {tally_wrong, outcome_wrong}},
    {"not pressed merged with abstain",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         close_with(m, vote, [](VoteDecided& decided) {
             std::swap(decided.tally.abstain, decided.tally.not_pressed);
         });
     },
     {tally_wrong}},
    {"a leaver subtracted from N",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.sign_out(m.person(0));
         close_with(m, vote, [](VoteDecided& decided) { decided.tally.not_pressed -= 1; });
     },
     {tally_wrong}},
    {"a leaver not shown",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.sign_out(m.person(0));
         close_with(m, vote, [](VoteDecided& decided) { decided.left = 0; });
     },
     {left_wrong}},
    {"the outcome flipped",
     [](auto& m) {
         close_with(m, pressed(m),
                    [](VoteDecided& decided) { decided.outcome.verdict = Verdict::not_passed; });
     },
     {outcome_wrong}},
    {"fewer needed than the rule says",
     [](auto& m) {
         close_with(m, pressed(m), [](VoteDecided& decided) { decided.outcome.findings[0].need -= 1; });
     },
     {outcome_wrong}},
    {"an outcome by another base",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         for (std::size_t i = 0; i < 4; ++i)
             m.cast(vote, m.person(i), approve);
         close_with(m, vote, [](VoteDecided& decided) {
             decided.outcome = decide_outcome(simple_rule(), 7, decided.tally, {});
         });
     },
     {outcome_wrong}},
    {"a press moved from one group to the other",
     [](auto& m) {
         close_with(m, pressed(m, grouped_rule()), [](VoteDecided& decided) {
             decided.groups[0].tally.approve -= 1;
             decided.groups[1].tally.approve += 1;
         });
     },
     {groups_wrong}},
    {"a group smaller than it is",
     [](auto& m) {
         close_with(m, pressed(m, grouped_rule()),
                    [](VoteDecided& decided) { decided.groups[0].members -= 1; });
     },
     {groups_wrong}},
    {"groups left out",
     [](auto& m) {
         close_with(m, pressed(m, grouped_rule()), [](VoteDecided& decided) { decided.groups.clear(); });
     },
     {groups_wrong}},
    {"a figure far beyond any chamber",
     [](auto& m) {
         close_with(m, pressed(m), [](VoteDecided& decided) {
             decided.tally = {4'000'000'000, 4'000'000'000, 4'000'000'000, 4'000'000'000};
         });
     },
     {tally_wrong}},
};

const Forgery frozen[] = {
    {"an electorate with somebody who was not there",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         auto opened = m.opening(vote);
         auto electorate = *decode_electorate(m.blobs.at(opened.electorate));
         electorate.present.push_back(m.person(8));
         opened.electorate = m.keep(encode_electorate(electorate));
         opened.present += 1;
         m.open(opened, m.chair);
         m.close(vote);
     },
     {electorate_wrong}},
    {"an electorate without somebody who was",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         auto opened = m.opening(vote);
         auto electorate = *decode_electorate(m.blobs.at(opened.electorate));
         electorate.present.pop_back();
         opened.electorate = m.keep(encode_electorate(electorate));
         opened.present -= 1;
         m.open(opened, m.chair);
         m.close(vote);
     },
     {electorate_wrong}},
    {"an electorate of another sitting",
     [](auto& m) {
         const auto other = m.create_sitting(m.meeting, "第二次全体会议");
         const auto vote = m.prepare(simple_rule());
         auto opened = m.opening(vote);
         auto electorate = *decode_electorate(m.blobs.at(opened.electorate));
         electorate.sitting = other;
         opened.electorate = m.keep(encode_electorate(electorate));
         m.open(opened, m.chair);
         m.close(vote);
     },
     {electorate_wrong}},
    {"an electorate that names somebody twice",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         auto opened = m.opening(vote);
         auto electorate = *decode_electorate(m.blobs.at(opened.electorate));
         electorate.present.back() = electorate.present.front();
         opened.electorate = m.keep(encode_electorate(electorate));
         m.write(m.chair, opened);
     },
     {electorate_wrong}},
    {"more present than the electorate holds",
     [](auto& m) {
         auto opened = m.opening(m.prepare(simple_rule()));
         opened.present += 1;
         m.open(opened, m.chair);
         m.close(opened.vote);
     },
     {attendance_miscounted}},
    {"another rule than the one prepared",
     [](auto& m) {
         auto opened = m.opening(m.prepare(simple_rule()));
         opened.profile_hash = hash_of(first_press_rule());
         m.open(opened, m.chair);
         m.close(opened.vote);
     },
     {profile_changed}},
    {"another text than the one prepared",
     [](auto& m) {
         auto opened = m.opening(m.prepare(simple_rule()));
         opened.text = m.keep("另一份表决稿\n");
         m.open(opened, m.chair);
         m.close(opened.vote);
     },
     {text_changed}},
    {"another base at the opening",
     [](auto& m) {
         auto opened = m.opening(m.prepare(simple_rule()));
         opened.base_members = 7;
         m.open(opened, m.chair);
         m.close(opened.vote);
     },
     {base_changed}},
    {"another base from the start, and no reason",
     [](auto& m) {
         auto prepared = m.votes.at(m.prepare(simple_rule())).prepared;
         prepared.base_members = 7;
         m.prepare(prepared, m.secretary);
     },
     {base_without_reason}},
    {"a rule the body has not adopted, and nobody says who decided it",
     [](auto& m) {
         adopt_rules(m);
         m.prepare(m.votes.at(m.prepare(simple_rule())).prepared, m.secretary);
     },
     {rule_not_adopted}},
    {"a decision to depart from rules the body votes by",
     [](auto& m) {
         auto prepared = m.votes.at(m.prepare(simple_rule())).prepared;
         prepared.deviation = RuleDeviation{"主任会议", "另有规定"};
         m.prepare(prepared, m.secretary);
     },
     {rule_not_adopted}},
    {"a decision without words",
     [](auto& m) {
         adopt_rules(m);
         auto prepared = m.votes.at(m.prepare(simple_rule())).prepared;
         prepared.deviation = RuleDeviation{"主任\n会议", "另有规定"};
         m.prepare(prepared, m.secretary);
     },
     {rule_not_adopted, text_malformed}},
    {"a smaller quorum than the rule's",
     [](auto& m) {
         auto opened = m.opening(m.prepare(simple_rule()));
         opened.quorum = 4;
         m.open(opened, m.chair);
         m.close(opened.vote);
     },
     {attendance_miscounted}},
    {"put to the vote without the quorum",
     [](auto& m) {
         for (std::size_t i = 0; i < 3; ++i)
             m.sign_out(m.person(i));
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.close(vote);
     },
     {quorum_not_met}},
    {"a longer window than the rule's",
     [](auto& m) {
         auto opened = m.opening(m.prepare(timed_rule()));
         *opened.closes_at_ms += 1;
         m.open(opened, m.chair);
         m.close(opened.vote);
     },
     {window_wrong}},
    {"a window where the chair closes",
     [](auto& m) {
         auto opened = m.opening(m.prepare(simple_rule()));
         opened.closes_at_ms = m.now_ms + 10'000;
         m.open(opened, m.chair);
         m.close(opened.vote);
     },
     {window_wrong}},
    {"a window lengthened by a hold",
     [](auto& m) {
         const auto vote = m.prepare(timed_rule());
         m.open(vote);
         m.hold(vote);
         m.votes.at(vote).held_remaining_ms += 5'000;
         m.resume(vote);
         m.close(vote);
     },
     {window_wrong}},
    {"a rule that contradicts itself",
     [](auto& m) {
         auto rule = simple_rule();
         rule.majority = {3, 2, false, Base::all_members};
         m.prepare(rule);
     },
     {profile_malformed}},
    {"a secret vote where nobody holds a key to open it",
     [](auto& m) {
         auto rule = simple_rule();
         rule.secrecy = Secrecy::secret;
         m.prepare(rule);
     },
     {secret_vote_wrong}},
};

} // namespace

BOOST_AUTO_TEST_CASE(presses_that_may_not_be_are_noticed)
{
    for (const auto& forgery : casting)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(figures_that_do_not_add_up_are_noticed)
{
    for (const auto& forgery : figures)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(what_was_not_frozen_as_it_was_prepared_is_noticed)
{
    for (const auto& forgery : frozen)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(the_unchanged_start_of_every_forgery_is_lawful)
{
    RecordedMeeting m;
    m.prelude();
    const auto vote = pressed(m, grouped_rule());
    m.close(vote);
    m.announce(vote);
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, sentences_of(report));
    BOOST_TEST(only_off_the_agenda(report));
}

BOOST_AUTO_TEST_SUITE_END()
