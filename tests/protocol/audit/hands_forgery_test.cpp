#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(hands_forgery_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;
using enum Choice;

// Lies about hands, silence and the agenda put to the vote. Seven of nine members are present in the prelude.

namespace {

VoteId open_by_hands(RecordedMeeting& m)
{
    const auto vote = m.prepare(hands_rule());
    m.open(vote);
    return vote;
}

VoteId open_silent(RecordedMeeting& m)
{
    const auto vote = m.prepare(silent_rule());
    m.open(vote);
    return vote;
}

/// One member by video, the others in the hall.
VoteId open_mixed(RecordedMeeting& m, const RuleProfile& rule = simple_rule())
{
    m.sign_in_remote(m.person(8));
    const auto vote = m.prepare(rule);
    m.open(vote);
    return vote;
}

VoteId open_agenda(RecordedMeeting& m, const RuleProfile& rule = silent_rule())
{
    m.add_draft("议题");
    const auto vote = m.prepare_agenda(rule);
    m.open(vote);
    return vote;
}

/// The adoption that has just been written, changed.
AgendaAdopted& adoption(RecordedMeeting& m)
{
    return m.last<AgendaAdopted>();
}

const Forgery hands[] = {
    {"closed with one teller's count",
     [](RecordedMeeting& m) {
         const auto vote = open_by_hands(m);
         m.count_hands(vote, m.teller(0), {5, 0, 0});
         m.close(vote);
     },
     {hands_not_agreed}},
    {"closed while the tellers disagree, and one of them believed",
     [](RecordedMeeting& m) {
         const auto vote = open_by_hands(m);
         m.count_hands(vote, m.teller(0), {5, 0, 0});
         m.count_hands(vote, m.teller(1), {4, 1, 0});
         m.votes.at(vote).hands = HandsCount{5, 0, 0};
         m.close(vote);
     },
     {hands_not_agreed, hands_wrong, tally_wrong, outcome_wrong}},
    {"closed on counts of before a pause",
     [](RecordedMeeting& m) {
         const auto vote = open_by_hands(m);
         m.count_hands(vote, {5, 0, 0});
         m.hold(vote);
         m.resume(vote);
         m.close(vote);
     },
     {hands_not_agreed}},
    {"a timer taken off a vote that does not go on by hands",
     [](RecordedMeeting& m) {
         const auto vote = m.prepare(timed_rule());
         m.open(vote);
         m.annul(vote, VoidReason::equipment_failure);
         m.retry(vote);
         m.last<VotePrepared>().profile.close = ClosePolicy::timer_then_chair;
     },
     {attempt_wrong}},
    {"the first count believed where the teller counted again",
     [](RecordedMeeting& m) {
         const auto vote = open_by_hands(m);
         m.count_hands(vote, {5, 0, 0});
         m.count_hands(vote, {4, 1, 0});
         m.votes.at(vote).hands = HandsCount{5, 0, 0};
         m.close(vote);
     },
     {hands_wrong, tally_wrong, outcome_wrong}},
    {"another count decided than the tellers agreed on",
     [](RecordedMeeting& m) {
         const auto vote = open_by_hands(m);
         m.count_hands(vote, {5, 0, 0});
         m.votes.at(vote).hands = HandsCount{6, 0, 0};
         m.close(vote);
     },
     {hands_wrong, tally_wrong, outcome_wrong}},
    {"hands decided and not named",
     [](RecordedMeeting& m) {
         const auto vote = open_by_hands(m);
         m.count_hands(vote, {5, 0, 0});
         close_with(m, vote, [](VoteDecided& decided) { decided.hands.reset(); });
     },
     {hands_wrong}},
    {"hands in a vote where nobody raised any",
     [](RecordedMeeting& m) {
         close_with(m, pressed(m), [](VoteDecided& decided) { decided.hands = HandsCount{}; });
     },
     {hands_wrong}},
    {"more hands than members",
     [](RecordedMeeting& m) {
         const auto vote = open_by_hands(m);
         m.count_hands(vote, m.teller(0), {8, 0, 0});
         m.count_hands(vote, {7, 0, 0});
         m.close(vote);
     },
     {hands_wrong}},
    {"hands of everybody where only one attends by video",
     [](RecordedMeeting& m) {
         const auto vote = open_mixed(m);
         m.count_hands(vote, m.teller(0), {2, 0, 0});
         m.count_hands(vote, {1, 0, 0});
         m.close(vote);
     },
     {hands_wrong}},
    {"hands counted where all press",
     [](RecordedMeeting& m) {
         const auto vote = pressed(m);
         m.count_hands(vote, m.teller(0), {0, 0, 0});
         m.close(vote);
     },
     {hands_wrong}},
    {"hands counted after the close",
     [](RecordedMeeting& m) {
         const auto vote = open_by_hands(m);
         m.count_hands(vote, {5, 0, 0});
         m.close(vote);
         m.count_hands(vote, m.teller(0), {5, 0, 0});
     },
     {vote_out_of_order}},
    {"a count by somebody who is no teller",
     [](RecordedMeeting& m) {
         const auto vote = open_by_hands(m);
         m.write(m.desk, HandsCounted{vote, *m.desk.person, {5, 0, 0}});
         m.count_hands(vote, {5, 0, 0});
         m.close(vote);
     },
     {actor_not_allowed}},
    {"one teller counting for two",
     [](RecordedMeeting& m) {
         const auto vote = open_by_hands(m);
         const auto other = m.teller(1);
         m.count_hands(vote, m.teller(0), {5, 0, 0});
         m.write(m.teller(0), HandsCounted{vote, *other.person, {5, 0, 0}});
         m.votes.at(vote).hands = HandsCount{5, 0, 0};
         m.close(vote);
     },
     {actor_for_another}},
    {"a press by a member who attends by video",
     [](RecordedMeeting& m) {
         const auto vote = open_mixed(m);
         m.write(m.member(8), VoteCast{vote, m.person(8), approve});
         m.count_hands(vote, {1, 0, 0});
         m.close(vote);
     },
     {cast_not_in_person}},
    {"a press by a member who went on by video after the opening",
     [](RecordedMeeting& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.sign_out(m.person(0));
         m.sign_in_remote(m.person(0));
         m.write(m.member(0), VoteCast{vote, m.person(0), approve});
         m.close(vote);
     },
     {cast_not_in_person}},
    {"a press where everybody raises a hand",
     [](RecordedMeeting& m) {
         const auto vote = open_by_hands(m);
         m.write(m.member(0), VoteCast{vote, m.person(0), approve});
         m.count_hands(vote, {5, 0, 0});
         m.close(vote);
     },
     {cast_not_in_person}},
};

const Forgery openings[] = {
    {"a member by video who is given a console",
     [](RecordedMeeting& m) {
         m.sign_in_remote(m.person(8));
         auto opened = m.opening(m.prepare(simple_rule()));
         auto electorate = *decode_electorate(m.blobs.at(opened.electorate));
         electorate.by_hands.clear();
         opened.electorate = m.keep(encode_electorate(electorate));
         opened.by_hands = 0;
         m.open(opened, m.chair);
         m.close(opened.vote);
     },
     {electorate_wrong}},
    {"a member in the hall whose hand is counted",
     [](RecordedMeeting& m) {
         auto opened = m.opening(m.prepare(simple_rule()));
         auto electorate = *decode_electorate(m.blobs.at(opened.electorate));
         electorate.by_hands = {m.person(0)};
         opened.electorate = m.keep(encode_electorate(electorate));
         opened.by_hands = 1;
         m.open(opened, m.chair);
         m.count_hands(opened.vote, {1, 0, 0});
         m.close(opened.vote);
     },
     {electorate_wrong}},
    {"fewer by hands than the electorate says",
     [](RecordedMeeting& m) {
         auto opened = m.opening(m.prepare(hands_rule()));
         opened.by_hands -= 1;
         m.open(opened, m.chair);
         m.count_hands(opened.vote, {1, 0, 0});
         m.close(opened.vote);
     },
     {attendance_miscounted}},
    {"groups while a member attends by video",
     [](RecordedMeeting& m) {
         const auto vote = open_mixed(m, grouped_rule());
         m.count_hands(vote, {0, 0, 0});
         m.close(vote);
     },
     {profile_malformed}},
    {"a timer while a member attends by video",
     [](RecordedMeeting& m) {
         const auto vote = open_mixed(m, timed_rule());
         m.count_hands(vote, {0, 0, 0});
         m.close(vote);
     },
     {profile_malformed}},
    {"hands by group",
     [](RecordedMeeting& m) {
         auto rule = grouped_rule();
         rule.method = VoteMethod::hands;
         m.prepare(rule);
     },
     {profile_malformed}},
    {"consoles that did not fail replaced by hands",
     [](RecordedMeeting& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.annul(vote, VoidReason::disorder);
         m.retry(vote, VoteMethod::hands);
     },
     {attempt_wrong}},
    {"hands where the rule says that ballots take the place of consoles",
     [](RecordedMeeting& m) {
         auto rule = simple_rule();
         rule.fallback.emplace(VoteMethod::paper);
         const auto vote = m.prepare(rule);
         m.open(vote);
         m.annul(vote, VoidReason::equipment_failure);
         m.retry(vote, VoteMethod::hands);
     },
     {attempt_wrong}},
    {"hands replaced by consoles",
     [](RecordedMeeting& m) {
         const auto vote = open_by_hands(m);
         m.annul(vote, VoidReason::equipment_failure);
         m.retry(vote, VoteMethod::console);
     },
     {attempt_wrong}},
    {"another rule slipped in with the hands",
     [](RecordedMeeting& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.annul(vote, VoidReason::equipment_failure);
         m.retry(vote, VoteMethod::hands);
         m.last<VotePrepared>().profile.majority = {1, 2, true, Base::present};
     },
     {attempt_wrong}},
    {"a window extended by more than an hour",
     [](RecordedMeeting& m) {
         const auto vote = m.prepare(timed_rule());
         m.open(vote);
         m.extend(vote, extension_ms_max + 1);
         m.close(vote);
     },
     {window_wrong}},
    {"a window cut short",
     [](RecordedMeeting& m) {
         const auto vote = m.prepare(timed_rule());
         m.open(vote);
         m.write(m.chair, VoteExtended{vote, *m.votes.at(vote).closes_at_ms - 5'000});
         m.votes.at(vote).closes_at_ms = *m.votes.at(vote).closes_at_ms - 5'000;
         m.close(vote);
     },
     {window_wrong}},
    {"a window of more than a day",
     [](RecordedMeeting& m) {
         const auto vote = m.prepare(timed_rule());
         m.open(vote);
         for (int hour = 0; hour < 24; ++hour)
             m.extend(vote, extension_ms_max);
         m.close(vote);
     },
     {window_wrong}},
    {"an extension where the chair closes",
     [](RecordedMeeting& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.write(m.chair, VoteExtended{vote, m.now_ms + 1'000});
         m.close(vote);
     },
     {window_wrong}},
    {"an extension after the time ran out",
     [](RecordedMeeting& m) {
         const auto vote = m.prepare(timed_rule());
         m.open(vote);
         m.now_ms += 20'000;
         m.extend(vote, 10'000);
         m.close(vote);
     },
     {window_wrong}},
};

const Forgery silence[] = {
    {"adopted although a member objected",
     [](RecordedMeeting& m) {
         const auto vote = open_silent(m);
         m.object(vote, m.person(0));
         m.close(vote);
     },
     {objection_ignored}},
    {"silence with figures",
     [](RecordedMeeting& m) {
         close_with(m, open_silent(m), [](VoteDecided& decided) {
             std::swap(decided.tally.approve, decided.tally.not_pressed);
         });
     },
     {tally_wrong}},
    {"silence that passed like a vote",
     [](RecordedMeeting& m) {
         close_with(m, open_silent(m),
                    [](VoteDecided& decided) { decided.outcome.verdict = Verdict::passed; });
     },
     {outcome_wrong}},
    {"a vote adopted as if nobody had to press",
     [](RecordedMeeting& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         close_with(m, vote, [](VoteDecided& decided) { decided.outcome = outcome_without_objection(); });
     },
     {outcome_wrong}},
    {"a press while objections are asked for",
     [](RecordedMeeting& m) {
         const auto vote = open_silent(m);
         m.write(m.member(0), VoteCast{vote, m.person(0), approve});
         m.close(vote);
     },
     {cast_while_not_open}},
    {"hands counted while objections are asked for",
     [](RecordedMeeting& m) {
         const auto vote = open_silent(m);
         m.count_hands(vote, m.teller(0), {1, 0, 0});
         m.close(vote);
     },
     {hands_wrong}},
    {"an objection by a member who came later",
     [](RecordedMeeting& m) {
         const auto vote = open_silent(m);
         m.sign_in(m.person(8));
         m.object(vote, m.person(8));
         m.close(vote);
     },
     {objection_wrong}},
    {"an objection by a member who had gone",
     [](RecordedMeeting& m) {
         const auto vote = open_silent(m);
         m.sign_out(m.person(0));
         m.object(vote, m.person(0));
         m.close(vote);
     },
     {objection_wrong}},
    {"one member objecting twice",
     [](RecordedMeeting& m) {
         const auto vote = open_silent(m);
         m.object(vote, m.person(0));
         m.object(vote, m.person(0));
         m.annul(vote, VoidReason::disorder);
     },
     {objection_wrong}},
    {"an objection where everybody presses",
     [](RecordedMeeting& m) {
         const auto vote = pressed(m);
         m.object_in_the_hall(vote);
         m.close(vote);
     },
     {objection_wrong}},
    {"one member objecting for another",
     [](RecordedMeeting& m) {
         const auto vote = open_silent(m);
         m.write(m.member(1), VoteObjected{vote, m.person(0)});
         m.annul(vote, VoidReason::disorder);
     },
     {actor_for_another}},
    {"a member recording what the hall said",
     [](RecordedMeeting& m) {
         const auto vote = open_silent(m);
         m.write(m.member(1), VoteObjected{vote, std::nullopt});
         m.annul(vote, VoidReason::disorder);
     },
     {actor_not_allowed}},
    {"switched without an objection",
     [](RecordedMeeting& m) {
         const auto vote = open_silent(m);
         m.write(m.chair, VoteMethodSwitched{vote, VoteMethod::hands});
         m.close(vote);
     },
     {method_wrong}},
    {"switched to silence",
     [](RecordedMeeting& m) {
         const auto vote = open_silent(m);
         m.object_in_the_hall(vote);
         m.write(m.chair, VoteMethodSwitched{vote, VoteMethod::no_objection});
         m.annul(vote, VoidReason::disorder);
     },
     {method_wrong}},
    {"switched from console to hands",
     [](RecordedMeeting& m) {
         const auto vote = pressed(m);
         m.write(m.chair, VoteMethodSwitched{vote, VoteMethod::hands});
         m.close(vote);
     },
     {method_wrong}},
};

const Forgery agendas[] = {
    {"an agenda passed and not adopted",
     [](RecordedMeeting& m) {
         m.close(open_agenda(m));
         m.entries.pop_back();
     },
     {agenda_not_adopted}},
    {"an agenda passed and something else between",
     [](RecordedMeeting& m) {
         m.close(open_agenda(m));
         const auto adopted = adoption(m);
         m.entries.pop_back();
         m.sign_in(m.person(8));
         m.write(m.chair, adopted);
     },
     {agenda_not_adopted, agenda_out_of_order}},
    {"an agenda adopted by another vote",
     [](RecordedMeeting& m) {
         const auto other = pressed(m);
         m.close(other);
         m.close(open_agenda(m));
         adoption(m).by = other;
     },
     {agenda_not_adopted}},
    {"an agenda adopted by a vote that was about something else",
     [](RecordedMeeting& m) {
         m.add_draft("议题");
         const auto vote = pressed(m);
         m.close(vote);
         m.write(m.chair, AgendaAdopted{m.sitting, 1, vote}, m.entries.back().id);
     },
     {agenda_out_of_order}},
    {"an agenda adopted though it was voted down",
     [](RecordedMeeting& m) {
         const auto vote = open_agenda(m, simple_rule());
         m.close(vote);
         m.write(m.chair, AgendaAdopted{m.sitting, 1, vote}, m.entries.back().id);
     },
     {agenda_out_of_order}},
    {"the adoption under another request",
     [](RecordedMeeting& m) {
         m.close(open_agenda(m));
         m.entries.back().id = "another";
     },
     {actor_not_allowed}},
    {"more items adopted than there were",
     [](RecordedMeeting& m) {
         m.close(open_agenda(m));
         adoption(m).items += 1;
     },
     {agenda_miscounted}},
    {"a vote on an agenda without items",
     [](RecordedMeeting& m) {
         const auto vote = m.prepare_agenda(silent_rule());
         m.open(vote);
         m.annul(vote, VoidReason::disorder);
     },
     {agenda_out_of_order}},
    {"a vote on the agenda and on one item",
     [](RecordedMeeting& m) {
         const auto item = m.add_adopted_item("决议");
         m.add_draft("议题");
         m.prepare_agenda(silent_rule());
         m.last<VotePrepared>().item = item;
     },
     {agenda_out_of_order}},
    {"the vote that adopted the agenda declared void",
     [](RecordedMeeting& m) {
         const auto vote = open_agenda(m);
         m.close(vote);
         m.annul(vote, VoidReason::disorder);
     },
     {vote_out_of_order}},
};

} // namespace

BOOST_AUTO_TEST_CASE(hands_that_were_not_raised_or_not_so_counted_are_noticed)
{
    for (const auto& forgery : hands)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(openings_attempts_and_windows_that_hands_do_not_allow_are_noticed)
{
    for (const auto& forgery : openings)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(silence_that_was_broken_is_noticed)
{
    for (const auto& forgery : silence)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(an_agenda_that_was_not_adopted_as_it_was_voted_on_is_noticed)
{
    for (const auto& forgery : agendas)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(hands_counted_anew_after_a_pause_and_in_place_of_a_timed_console_are_lawful)
{
    RecordedMeeting m;
    m.prelude(9, 8);
    const auto paused = open_by_hands(m);
    m.count_hands(paused, m.teller(0), {1, 0, 0});
    m.hold(paused);
    m.resume(paused);
    m.count_hands(paused, {5, 0, 0});
    m.close(paused);
    auto timed = simple_rule();
    timed.close = ClosePolicy::timer;
    timed.window_ms = 60'000;
    const auto failed = m.prepare(timed);
    m.open(failed);
    m.annul(failed, VoidReason::equipment_failure);
    const auto again = m.retry(failed, VoteMethod::hands);
    m.open(again);
    m.count_hands(again, {4, 1, 0});
    m.close(again);
    auto provided = simple_rule();
    provided.fallback.emplace(VoteMethod::hands);
    const auto failed_too = m.prepare(provided);
    m.open(failed_too);
    m.annul(failed_too, VoidReason::equipment_failure);
    const auto as_provided = m.retry(failed_too, VoteMethod::hands);
    m.open(as_provided);
    m.count_hands(as_provided, {4, 1, 0});
    m.close(as_provided);
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, sentences_of(report));
    BOOST_TEST(only_off_the_agenda(report));
}

BOOST_AUTO_TEST_CASE(the_other_ways_to_decide_are_lawful_as_they_are)
{
    RecordedMeeting m;
    m.prelude(9, 8);
    decide_otherwise(m);
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, sentences_of(report));
    BOOST_TEST(only_off_the_agenda(report));
    BOOST_TEST_REQUIRE(report.votes.size() == 5U);
    BOOST_TEST((report.votes[0].outcome == outcome_without_objection()));
    BOOST_TEST((report.votes[1].method == VoteMethod::hands));
    BOOST_TEST((report.votes[2].hands == HandsCount{1, 0, 0}));
    BOOST_TEST((report.votes[3].void_reason == VoidReason::equipment_failure));
    BOOST_TEST((report.votes[4].tally == Tally{4, 3, 1, 1}));
}

BOOST_AUTO_TEST_SUITE_END()
