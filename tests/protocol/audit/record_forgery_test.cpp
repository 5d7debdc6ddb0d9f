#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(record_forgery_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;
using enum Choice;

namespace {

const Forgery order[] = {
    {"opened twice",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.open(vote);
         m.close(vote);
     },
     {vote_out_of_order}},
    {"two votes open in one sitting",
     [](auto& m) {
         const auto first = m.prepare(simple_rule());
         const auto second = m.prepare(simple_rule(), "另一项");
         m.open(first);
         m.open(second);
         m.close(first);
         m.close(second);
     },
     {another_vote_open}},
    {"opened before the sitting",
     [](auto& m) {
         const auto other = m.create_sitting(m.meeting, "第二次全体会议");
         m.write(m.desk, SignInOpened{other});
         for (std::size_t i = 0; i < 6; ++i)
             m.sign_in(m.person(i), other, m.member(i));
         const auto vote = m.prepare(simple_rule(), "提前表决", {}, other);
         m.open(vote);
         m.close(vote);
     },
     {sitting_out_of_order}},
    {"decided without having been closed",
     [](auto& m) {
         const auto vote = pressed(m);
         m.write(m.chair, m.decision(vote));
     },
     {decision_without_close}},
    {"closed and never decided",
     [](auto& m) {
         m.write(m.chair, VoteClosed{pressed(m), ClosedBy::chair});
     },
     {decision_missing}},
    {"something between closing and deciding",
     [](auto& m) {
         const auto vote = pressed(m);
         m.write(m.chair, VoteClosed{vote, ClosedBy::chair});
         m.sign_in(m.person(8));
         m.write(m.chair, m.decision(vote));
     },
     {decision_missing, decision_without_close}},
    {"decided by somebody else than closed it",
     [](auto& m) {
         const auto vote = pressed(m);
         m.write(m.chair, VoteClosed{vote, ClosedBy::chair});
         m.write(RecordedMeeting::server, m.decision(vote));
     },
     {actor_not_allowed}},
    {"closed by the timer before its time",
     [](auto& m) {
         const auto vote = pressed(m, timed_rule());
         m.close(vote, m.decision(vote), RecordedMeeting::server);
     },
     {closed_too_early}},
    {"closed by a timer the rule does not have",
     [](auto& m) {
         const auto vote = pressed(m);
         m.close(vote, m.decision(vote), RecordedMeeting::server);
     },
     {closed_too_early}},
    {"announced before it was decided",
     [](auto& m) { m.announce(m.prepare(simple_rule())); },
     {vote_out_of_order}},
    {"a void vote announced",
     [](auto& m) {
         const auto vote = pressed(m);
         m.annul(vote, VoidReason::disorder);
         m.announce(vote);
     },
     {vote_out_of_order}},
    {"void after the announcement",
     [](auto& m) {
         const auto vote = pressed(m);
         m.close(vote);
         m.announce(vote);
         m.annul(vote, VoidReason::disorder);
     },
     {announced_changed}},
    {"decided again after the announcement",
     [](auto& m) {
         const auto vote = pressed(m);
         m.close(vote);
         m.announce(vote);
         m.write(m.chair, m.decision(vote));
     },
     {announced_changed}},
    {"void for a quorum that was not lost",
     [](auto& m) { m.annul(pressed(m), VoidReason::lost_quorum); },
     {void_unfounded}},
    {"a new attempt at a vote that was not void",
     [](auto& m) {
         const auto vote = pressed(m);
         m.close(vote);
         m.retry(vote);
     },
     {attempt_wrong}},
    {"a new attempt at a vote that was withdrawn",
     [](auto& m) {
         const auto vote = pressed(m);
         m.annul(vote, VoidReason::withdrawn);
         m.retry(vote);
     },
     {attempt_wrong}},
    {"two new attempts at one vote",
     [](auto& m) {
         const auto vote = pressed(m);
         m.annul(vote, VoidReason::disorder);
         m.retry(vote);
         m.retry(vote);
     },
     {attempt_wrong}},
    {"a new attempt under another rule",
     [](auto& m) {
         const auto vote = pressed(m);
         m.annul(vote, VoidReason::disorder);
         m.votes.at(vote).prepared.profile = first_press_rule();
         m.retry(vote);
     },
     {attempt_wrong}},
    {"a new attempt at nothing",
     [](auto& m) {
         auto prepared = m.votes.at(m.prepare(simple_rule())).prepared;
         prepared.attempt = 2;
         m.prepare(prepared, m.chair);
     },
     {attempt_wrong}},
    {"an item put to the vote before the agenda was adopted",
     [](auto& m) {
         const ItemId item{m.write(m.secretary, ItemAdded{m.meeting, "议题"})};
         const auto vote = m.prepare(simple_rule(), "议题表决", item);
         m.open(vote);
         m.close(vote);
     },
     {agenda_out_of_order}},
    {"an item of another meeting put to the vote",
     [](auto& m) {
         const auto elsewhere = m.create_meeting(m.body, "第四次会议");
         const ItemId item{m.write(m.secretary, ItemAdded{elsewhere, "议题"})};
         m.prepare(simple_rule(), "议题表决", item);
     },
     {agenda_out_of_order}},
    {"an item read before the agenda was adopted",
     [](auto& m) {
         const ItemId item{m.write(m.secretary, ItemAdded{m.meeting, "议题"})};
         m.write(m.chair, ItemActivated{m.sitting, item});
     },
     {agenda_out_of_order}},
    {"an item withdrawn under an open vote",
     [](auto& m) {
         const auto item = m.add_adopted_item("议题");
         m.open(m.prepare(simple_rule(), "议题表决", item));
         m.write(m.chair, ItemWithdrawn{item, ""});
     },
     {another_vote_open}},
    {"more items adopted than there are",
     [](auto& m) {
         m.write(m.secretary, ItemAdded{m.meeting, "议题"});
         m.write(m.chair, AgendaAdopted{m.sitting, 2});
     },
     {agenda_miscounted}},
    {"the sitting closed under an open vote",
     [](auto& m) {
         m.open(m.prepare(simple_rule()));
         m.write(m.chair, SittingClosed{m.sitting});
     },
     {another_vote_open}},
};

const Forgery attendance[] = {
    {"more present than signed in",
     [](auto& m) { m.template newest<SittingOpened>().present += 1; },
     {attendance_miscounted}},
    {"fewer due than members",
     [](auto& m) { m.template newest<SittingOpened>().due -= 1; },
     {attendance_miscounted}},
    {"a smaller quorum",
     [](auto& m) { m.template newest<SittingOpened>().quorum -= 1; },
     {attendance_miscounted}},
    {"signed in twice", [](auto& m) { m.sign_in(m.person(0)); }, {attendance_out_of_order}},
    {"signed out without having come", [](auto& m) { m.sign_out(m.person(8)); }, {attendance_out_of_order}},
    {"signed in after the end",
     [](auto& m) {
         m.write(m.chair, SittingClosed{m.sitting});
         m.sign_in(m.person(8));
     },
     {attendance_out_of_order}},
    {"a guest signed in",
     [](auto& m) {
         const auto guest = outsider(m);
         m.sign_in(*guest.person);
     },
     {attendance_not_a_member}},
    {"opened without the quorum",
     [](auto& m) {
         m.write(m.chair, SittingRecessed{m.sitting, ""});
         for (std::size_t i = 0; i < 3; ++i)
             m.sign_out(m.person(i));
         m.resume_sitting(m.sitting);
     },
     {quorum_not_met}},
    {"resumed without a recess", [](auto& m) { m.resume_sitting(m.sitting); }, {sitting_out_of_order}},
    {"the conduct lent twice",
     [](auto& m) {
         m.write(m.chair, ConductLent{m.sitting, true});
         m.write(m.chair, ConductLent{m.sitting, true});
     },
     {sitting_out_of_order}},
    {"a member numbered out of order",
     [](auto& m) {
         auto members = m.rosters.at(m.body).members;
         members.push_back({PersonId{77}, "Z77", "代表", "第一组", ""});
         m.adopt_roster(m.body, members, m.secretary);
     },
     {person_misnumbered}},
    {"a seat given to two",
     [](auto& m) {
         auto members = m.rosters.at(m.body).members;
         members[1].seat = members[0].seat;
         m.adopt_roster(m.body, members, m.secretary);
     },
     {roster_contradictory}},
    {"a number given to two",
     [](auto& m) {
         auto members = m.rosters.at(m.body).members;
         members[1].number = members[0].number;
         m.adopt_roster(m.body, members, m.secretary);
     },
     {roster_contradictory}},
    {"a roster that hides a new member",
     [](auto& m) {
         auto members = m.rosters.at(m.body).members;
         members.push_back({PersonId{}, "Z10", "代表10", "第一组", ""});
         m.adopt_roster(m.body, members, m.secretary);
         m.template last<RosterAdopted>().added = 0;
     },
     {roster_miscounted}},
    {"a roster changed under an open vote",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         auto members = m.rosters.at(m.body).members;
         members.push_back({PersonId{}, "Z10", "代表10", "第一组", ""});
         m.adopt_roster(m.body, members, m.secretary);
         m.close(vote);
     },
     {roster_during_vote}},
    {"a former member left among those present",
     [](auto& m) {
         auto members = m.rosters.at(m.body).members;
         members.erase(members.begin());
         m.adopt_roster(m.body, members, m.secretary);
         const auto person = m.template last<SignedOut>().person;
         m.entries.pop_back();
         m.sittings.at(m.sitting).present.insert(person);
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.close(vote);
     },
     {electorate_wrong}},
    {"a roster of another body",
     [](auto& m) {
         auto roster = m.rosters.at(m.body);
         roster.body = BodyId{1};
         const auto digest = m.keep(encode_roster(roster));
         m.write(m.secretary, RosterAdopted{m.body, digest, 9, 0, 0});
     },
     {roster_contradictory}},
    {"a meeting with an impossible quorum",
     [](auto& m) {
         m.write(m.secretary, MeetingCreated{m.body, "会议", 1, 1, {1, 0, false, Base::all_members}});
     },
     {threshold_malformed}},
    {"a title with a control character",
     [](auto& m) {
         m.write(m.secretary, MeetingCreated{m.body, "会\n议", 1, 1, {1, 2, true, Base::all_members}});
     },
     {text_malformed}},
    {"a sitting of no meeting",
     [](auto& m) {
         m.write(m.secretary, SittingCreated{MeetingId{3}, "会议"});
     },
     {record_unknown}},
};

const Forgery actors[] = {
    {"a member opening a vote",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(m.opening(vote), m.member(0));
         m.close(vote);
     },
     {actor_not_allowed}},
    {"somebody posing as the chair",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(m.opening(vote), {m.person(0), Role::chair});
         m.close(vote);
     },
     {actor_without_office}},
    {"the chair of another body",
     [](auto& m) {
         const auto other = m.create_body(BodyKind::delegation, "第一代表团", m.secretary);
         const auto leader = m.appoint("团长", Role::chair, other, m.secretary);
         const auto vote = m.prepare(simple_rule());
         m.open(m.opening(vote), leader);
         m.close(vote);
     },
     {actor_without_office}},
    {"the operator conducting without having been lent it",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(m.opening(vote), m.desk);
         m.close(vote);
     },
     {actor_not_allowed}},
    {"the operator conducting after it was taken back",
     [](auto& m) {
         m.write(m.chair, ConductLent{m.sitting, true});
         m.write(m.chair, ConductLent{m.sitting, false});
         const auto vote = m.prepare(simple_rule());
         m.open(m.opening(vote), m.desk);
         m.close(vote);
     },
     {actor_not_allowed}},
    {"the server opening a vote",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(m.opening(vote), RecordedMeeting::server);
         m.close(vote);
     },
     {actor_not_allowed}},
    {"the server pressing for a member",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.write(RecordedMeeting::server, VoteCast{vote, m.person(0), approve});
         m.votes.at(vote).presses[m.person(0)] = approve;
         m.close(vote);
     },
     {actor_not_allowed}},
    {"the chair writing a start of the server",
     [](auto& m) { m.write(m.chair, ServerStarted{"0.1.0"}); },
     {actor_not_allowed}},
    {"a member signing in another",
     [](auto& m) { m.sign_in(m.person(8), m.sitting, m.member(0)); },
     {actor_for_another}},
    {"a secretary of one body founding another",
     [](auto& m) {
         const auto clerk = m.appoint("秘书", Role::secretary, m.body, m.secretary);
         m.create_body(BodyKind::delegation, "第一代表团", clerk);
     },
     {actor_without_office}},
    {"a member appointed by hand",
     [](auto& m) {
         m.write(m.secretary,
                 OfficerAppointed{PersonId{m.persons_known + 1}, "某人", Role::delegate, m.body});
     },
     {actor_not_allowed}},
    {"two commands under one request id",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.cast(vote, m.person(0), approve);
         const auto id = m.entries.back().id;
         m.cast(vote, m.person(1), approve);
         m.write(m.member(0), VoteCast{vote, m.person(0), oppose}, id);
         m.votes.at(vote).presses[m.person(0)] = oppose;
         m.close(vote);
     },
     {request_repeated}},
    {"two votes prepared under one request id that are no series",
     [](auto& m) {
         m.prepare(simple_rule());
         m.prepare(simple_rule());
         m.entries.back().id = m.entries[m.entries.size() - 2].id;
     },
     {request_repeated}},
    {"two presses in a row under one request id",
     [](auto& m) {
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.cast(vote, m.person(0), approve);
         m.cast(vote, m.person(0), oppose);
         m.entries.back().id = m.entries[m.entries.size() - 2].id;
         m.close(vote);
     },
     {request_repeated}},
};

const Forgery envelopes[] = {
    {"a sequence number left out",
     [](auto& m) {
         for (std::size_t i = 10; i < m.entries.size(); ++i)
             m.entries[i].seq += 1;
         m.entries.resize(12);
     },
     {entry_misplaced}},
    {"an entry removed",
     [](auto& m) {
         m.sign_in(m.person(8));
         m.sign_out(m.person(8));
         m.write(m.chair, SittingRecessed{m.sitting, ""});
         m.entries.erase(m.entries.end() - 3, m.entries.end() - 1);
     },
     {entry_misplaced}},
    {"time running backwards",
     [](auto& m) { m.entries[8].at_ms = *m.entries[7].at_ms - 1; },
     {time_backwards}},
    {"an entry without its time", [](auto& m) { m.entries[8].at_ms.reset(); }, {time_missing}},
    {"a box frame that tells its time",
     [](auto& m) {
         m.write(RecordedMeeting::server, BoxFrame{"box", sha256("sealed")});
     },
     {time_missing, box_out_of_order}},
    {"an earlier leader writing after a later one",
     [](auto& m) {
         m.epoch = 2;
         m.write(RecordedMeeting::server, ServerStarted{"0.1.0"});
         m.epoch = 1;
         m.sign_in(m.person(8));
     },
     {epoch_backwards}},
    {"another origin in the first entry",
     [](auto& m) { std::get<LogCreated>(m.entries[0].event).origin = "plenum.example/another"; },
     {log_start_wrong}},
    {"no log.created at the start",
     [](auto& m) { m.entries[0].event = ServerStarted{"0.1.0"}; },
     {log_start_wrong}},
    {"a second log.created",
     [](auto& m) {
         m.write(RecordedMeeting::server, LogCreated{m.origin, 1});
     },
     {log_start_wrong}},
    {"the text of a vote missing",
     [](auto& m) { m.blobs.erase(m.votes.at(pressed(m)).prepared.text); },
     {file_missing}},
    {"an electorate missing",
     [](auto& m) {
         m.open(m.prepare(simple_rule()));
         m.blobs.erase(m.template last<VoteOpened>().electorate);
     },
     {file_missing}},
    {"the text of a vote replaced by another",
     [](auto& m) { m.blobs.at(m.votes.at(pressed(m)).prepared.text) += "(修正)"; },
     {blob_changed}},
    {"an electorate replaced by another",
     [](auto& m) {
         m.open(m.prepare(simple_rule()));
         m.blobs.at(m.template last<VoteOpened>().electorate) += " ";
     },
     {blob_changed}},
    {"a roster that is not canonical",
     [](auto& m) {
         const auto digest = m.keep(" " + encode_roster(m.rosters.at(m.body)));
         m.write(m.secretary, RosterAdopted{m.body, digest, 9, 0, 0});
     },
     {blob_malformed}},
};

} // namespace

BOOST_AUTO_TEST_CASE(steps_out_of_order_are_noticed)
{
    for (const auto& forgery : order)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(attendance_and_rosters_that_contradict_themselves_are_noticed)
{
    for (const auto& forgery : attendance)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(everybody_acts_only_in_a_role_held_and_for_oneself)
{
    for (const auto& forgery : actors)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(entries_out_of_place_and_missing_content_are_noticed)
{
    for (const auto& forgery : envelopes)
        check(forgery);
}

BOOST_AUTO_TEST_SUITE_END()
