#include "tests/server/clerk/secret_hall.hpp"

#include <algorithm>

// A secret vote through the clerk: who gets which answer when, and what a crash at any step leaves behind.

BOOST_AUTO_TEST_SUITE(secret_votes)

using namespace plenum;
using namespace plenum::clerk;
using namespace plenum::clerk::testing;

namespace {

/// Everything on the disks and everything that was said, as one text.
bool is_anywhere(const SecretHall& hall, const Bytes& ballot)
{
    const auto text = to_base64url(ballot);
    const std::string raw(text_of(ballot));
    const auto holds = [&](const std::string& where) {
        return where.find(text) != std::string::npos || where.find(raw) != std::string::npos;
    };
    if (std::ranges::any_of(hall.desk.store.entries, holds)) return true;
    return std::ranges::any_of(
        hall.desk.said, [&](const Said& said) { return holds(boost::json::serialize(said.message.body)); });
}

std::size_t entries_of(const SecretHall& hall, std::string_view kind)
{
    const auto mark = "\"kind\":\"" + std::string(kind) + '"';
    return static_cast<std::size_t>(std::ranges::count_if(
        hall.desk.store.entries, [&](const auto& entry) { return entry.find(mark) != std::string::npos; }));
}

/// The last notification of this kind a session heard.
template <class T>
std::optional<T> heard(const SecretHall& hall, SessionId session)
{
    const auto all = hall.desk.notifications(session, T::method);
    if (all.empty()) return std::nullopt;
    return *from_json<T>(all.back().body);
}

/// One byte of the proofs is another.
CastBallot damaged(CastBallot ballot)
{
    ballot.ballot.back() ^= 1;
    return ballot;
}

} // namespace

BOOST_AUTO_TEST_CASE(whole_life)
{
    SecretHall hall;
    BOOST_TEST((hall.phase() == SecretPhase::to_call));
    hall.open();
    BOOST_TEST((hall.phase() == SecretPhase::open));
    BOOST_TEST(hall.desk.box_keys.size() == 1U);

    // 3 approve, 1 opposes after having approved, 1 spoils and abstains anew, 1 spoils for good, 1 is silent.
    for (const std::size_t i : {0U, 1U, 2U, 3U, 4U, 5U})
        hall.cast(i, Choice::approve);
    hall.cast(3, Choice::oppose);
    for (const std::size_t i : {4U, 5U}) {
        const auto spoiled =
            hall.asked<BallotAnswer>(SecretHall::console(i), hall.consoles[i].spoil(hall.vote, hall.view()));
        BOOST_TEST(hall.consoles[i].is_receipt(ballot::ReceiptKind::spoil, hall.view(), spoiled,
                                               log_key().public_key()));
    }
    hall.cast(4, Choice::abstain);
    hall.desk.tick(200);
    BOOST_TEST(heard<VoteProgress>(hall, SecretHall::console(6))->received == 5U);

    hall.close();
    BOOST_TEST((hall.phase() == SecretPhase::sealed));
    BOOST_TEST(hall.view().box->ballots == 5U);
    BOOST_TEST(hall.view().box->spoils == 2U);
    for (std::size_t i = 0; i < 7; ++i)
        hall.confirm(i, i < 5);
    hall.desk.tick(200);
    BOOST_TEST(heard<BoxProgress>(hall, SecretHall::chair())->confirmed == 7U);
    hall.done(SecretHall::holder(0), hall.share(0, 7));
    BOOST_TEST((hall.phase() == SecretPhase::sealed));
    hall.done(SecretHall::holder(2), hall.share(2, 7));
    BOOST_TEST((hall.phase() == SecretPhase::opened));

    const auto& tally = hall.record().result->tally;
    BOOST_TEST(tally.approve == 3U);
    BOOST_TEST(tally.oppose == 1U);
    BOOST_TEST(tally.abstain == 1U);
    BOOST_TEST(tally.not_pressed == 2U);
    BOOST_TEST(hall.view().shredded);
    BOOST_TEST(hall.desk.box_keys.empty());
    BOOST_TEST(hall.desk.clerk->idle());
    for (const auto& ballot : hall.sent) {
        if (ballot) BOOST_TEST(!is_anywhere(hall, ballot->ballot));
    }
}

BOOST_AUTO_TEST_CASE(nothing_before_it_is_durable)
{
    SecretHall hall;
    hall.open();
    const auto ballot = hall.consoles[0].cast(hall.vote, hall.view(), Choice::approve);
    const auto id = hall.send(SecretHall::console(0), ballot);
    BOOST_TEST(!hall.desk.answer(SecretHall::console(0), id).has_value());
    BOOST_TEST(hall.desk.check_all());
    BOOST_TEST(!hall.desk.answer(SecretHall::console(0), id).has_value());
    hall.desk.tick(200);
    BOOST_TEST(!heard<VoteProgress>(hall, SecretHall::chair()).has_value());
    BOOST_TEST(hall.desk.write_one());
    const auto receipt = hall.answered<BallotAnswer>(SecretHall::console(0), id);
    const auto read = ballot::decode_receipt(receipt.receipt);
    BOOST_REQUIRE(read.has_value());
    const auto& leaf = hall.desk.store.entries.at(static_cast<std::size_t>(read->leaf));
    BOOST_TEST(leaf.find("\"kind\":\"box.frame\"") != std::string::npos);
    BOOST_TEST(leaf.find(to_hex(ByteView(read->box))) != std::string::npos);
    BOOST_TEST(leaf.find("\"at\"") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(many_ballots_share_one_leaf)
{
    SecretHall hall;
    hall.open();
    for (std::size_t i = 0; i < 7; ++i)
        hall.send(SecretHall::console(i), hall.consoles[i].cast(hall.vote, hall.view(), Choice::oppose));
    hall.desk.flush();
    BOOST_TEST(entries_of(hall, "box.frame") == 1U);
    BOOST_TEST(hall.desk.store.sealed.back().second.size() == 7U);
    // A command in between closes the leaf: what came before it stands before it.
    hall.cast(0, Choice::approve);
    hall.send(SecretHall::console(1), hall.consoles[1].cast(hall.vote, hall.view(), Choice::approve));
    hall.desk.check_all();
    hall.desk.ask(SecretHall::chair(), "hold", HoldVote{hall.vote, "停电"});
    hall.desk.flush();
    const auto& entries = hall.desk.store.entries;
    BOOST_TEST(entries.back().find("vote.held") != std::string::npos);
    BOOST_TEST(entries.at(entries.size() - 2).find("box.frame") != std::string::npos);
}

// What a command causes is named by numbers before it is written: the leaf of ballots that came first must
// not take one of them.
BOOST_AUTO_TEST_CASE(a_series_is_prepared_while_ballots_wait_for_their_leaf)
{
    SecretHall hall;
    hall.open();
    hall.send(SecretHall::console(0), hall.consoles[0].cast(hall.vote, hall.view(), Choice::approve));
    BOOST_TEST(hall.desk.check_all());
    PrepareSeries series;
    series.sitting = hall.chamber.sitting;
    series.profile = simple_majority();
    series.entries = {{"任命甲", "任命甲。"}, {"任命乙", "任命乙。"}};
    hall.desk.act(series);
    hall.desk.flush();
    const auto& votes = hall.state().votes;
    const auto& [second, last] = *votes.rbegin();
    const auto first = std::prev(votes.end(), 2)->first;
    BOOST_TEST(number(second) == number(first) + 1);
    BOOST_REQUIRE(last.series.has_value());
    BOOST_TEST((last.series->first == first));
}

BOOST_AUTO_TEST_CASE(same_bytes_get_the_same_receipt)
{
    SecretHall hall;
    hall.open();
    hall.cast(0, Choice::approve);
    const auto receipt = hall.receipts[0];
    const auto entries = hall.desk.store.entries.size();
    hall.resend(0);
    BOOST_TEST(hall.receipts[0] == receipt);
    BOOST_TEST(hall.desk.store.entries.size() == entries);
    BOOST_TEST(hall.refused(SecretHall::console(1), damaged(*hall.sent[0])) == "seq_reused");

    const auto spoil = hall.consoles[0].spoil(hall.vote, hall.view());
    const auto spoiled = hall.asked<BallotAnswer>(SecretHall::console(0), spoil);
    hall.restart();
    hall.resend(0);
    BOOST_TEST(hall.receipts[0] == receipt);
    BOOST_TEST(hall.asked<BallotAnswer>(SecretHall::console(0), spoil).receipt == spoiled.receipt);
    // Another proof of the same spoil changes nothing.
    const auto again = hall.consoles[0].spoil(hall.vote, hall.view());
    BOOST_TEST(hall.asked<BallotAnswer>(SecretHall::console(0), again).receipt == spoiled.receipt);
    BOOST_TEST(hall.desk.store.sealed.size() == 2U);
    BOOST_TEST(hall.refused(SecretHall::console(0), damaged(*hall.sent[0])) == "seq_reused");
}

BOOST_AUTO_TEST_CASE(another_ballot_under_a_used_number_is_in_the_record_and_names_nobody)
{
    SecretHall hall;
    hall.open();
    hall.cast(0, Choice::approve);
    const auto& entries = hall.desk.store.entries;
    const auto before = entries.size();
    const auto id = hall.send(SecretHall::console(0), damaged(*hall.sent[0]));
    BOOST_TEST(hall.desk.refusal(SecretHall::console(0), id).empty()); // Not before it is durable.
    hall.desk.flush();
    BOOST_TEST(hall.desk.refusal(SecretHall::console(0), id) == "seq_reused");
    BOOST_TEST_REQUIRE(entries.size() == before + 1);
    const auto entry = decode_entry(entries.back());
    BOOST_TEST_REQUIRE(entry.has_value());
    BOOST_TEST((std::get<SeqReused>(entry->event).vote == hall.vote));
    BOOST_TEST((entry->actor.is_server() && entry->id.empty()));
    const auto head = ballot::read_head(hall.sent[0]->ballot);
    BOOST_TEST(entries.back().find(to_base64url(ByteView(head->pseudonym.bytes))) == std::string::npos);
    BOOST_TEST(hall.record().secret.reused == 1U);

    // Once for each number; of a vote as often as there are members on the list.
    auto other = damaged(*hall.sent[0]);
    other.ballot.at(200) ^= 1;
    BOOST_TEST(hall.refused(SecretHall::console(0), other) == "seq_reused");
    BOOST_TEST(entries.size() == before + 1);
    // The first one counts, and the vote goes on after a restart.
    hall.restart();
    hall.cast(1, Choice::oppose);
    BOOST_TEST(hall.record().secret.reused == 1U);
    hall.close();
    BOOST_TEST(hall.record().secret.sealed->ballots == 2U);
}

BOOST_AUTO_TEST_CASE(two_ballots_under_one_number_at_the_same_time)
{
    SecretHall hall;
    hall.open();
    const auto sent = hall.consoles[0].cast(hall.vote, hall.view(), Choice::approve);
    // The same voting key, the same number, another choice: both proofs hold.
    ballot::RepeatableRandomness randomness(7);
    const auto terms = plenum::testing::terms_of(origin, hall.view());
    const auto other =
        ballot::make_ballot(terms, ballot::choice_of(hall.view().shape.kind, Bytes{2}),
                            hall.consoles[0].voting_secret(), hall.consoles[0].last_seq(), randomness);
    const auto first = hall.send(SecretHall::console(0), sent);
    const auto second = hall.send(SecretHall::console(1), CastBallot{hall.vote, other->bytes});
    hall.desk.flush();
    BOOST_TEST(hall.desk.refusal(SecretHall::console(0), first).empty());
    BOOST_TEST(hall.desk.refusal(SecretHall::console(1), second) == "seq_reused");
    BOOST_TEST(hall.record().secret.reused == 1U);
    BOOST_TEST(hall.desk.store.sealed.back().second.size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_same_ballot_from_two_connections_is_recorded_once)
{
    SecretHall hall;
    hall.open();
    const auto ballot = hall.consoles[0].cast(hall.vote, hall.view(), Choice::approve);
    const auto first = hall.send(SecretHall::console(0), ballot);
    const auto second = hall.send(SecretHall::console(1), ballot); // The server asks nobody whose it is.
    hall.desk.flush();
    BOOST_TEST(hall.answered<BallotAnswer>(SecretHall::console(0), first).receipt ==
               hall.answered<BallotAnswer>(SecretHall::console(1), second).receipt);
    BOOST_TEST(hall.desk.store.sealed.back().second.size() == 1U);
}

BOOST_AUTO_TEST_CASE(keys_are_bound_to_their_session)
{
    SecretHall hall;
    BOOST_TEST(hall.channels[0].size() == 32U);
    BOOST_TEST(hall.channels[0] != hall.channels[1]);
    SecretConsole other(origin, hall.chamber.members[0], 9);
    BOOST_TEST(hall.denied(SecretHall::console(0), other.enrol(hall.channels[1])) == "signature_wrong");
    const auto old = hall.channels[0];
    hall.connect();
    BOOST_TEST(hall.denied(SecretHall::console(0), other.enrol(old)) == "signature_wrong");
    BOOST_TEST(hall.denied(SecretHall::console(0),
                           hall.consoles[0].sign_in(hall.chamber.sitting, hall.chamber.meeting, old)) ==
               "signature_wrong");
}

BOOST_AUTO_TEST_CASE(a_new_code_ends_the_console_before_it_and_enrols_one_more)
{
    SecretHall hall;
    auto& desk = hall.desk;
    const auto member = hall.chamber.members[0];
    SecretConsole other(origin, member, 9);
    BOOST_TEST(hall.denied(SecretHall::console(0), other.enrol(hall.channels[0])) == "code_spent");
    BOOST_TEST((hall.state().consoles.at(member) == hall.consoles[0].device()));

    // Whoever is signed in by the old code does not use up the new one, not even while it is being written.
    const SessionId secretary{2};
    hall.connect_one(secretary, desk.officer(Role::secretary, std::nullopt));
    desk.ask(secretary, "new code", IssueAccessCodes{std::nullopt, member});
    desk.ask(SecretHall::console(0), "quick", other.enrol(hall.channels[0]));
    desk.flush();
    BOOST_TEST(desk.refusal(SecretHall::console(0), "quick") == "signature_wrong");
    BOOST_TEST_REQUIRE(desk.closed.size() == 1U);
    BOOST_TEST((desk.closed.front().first == SecretHall::console(0)));
    BOOST_TEST(hall.denied(SecretHall::console(0), SignOut{hall.chamber.sitting}) == "sign_in_first");

    const auto issued = from_json<IssuedCodes>(desk.answer(secretary, "new code")->body);
    BOOST_TEST_REQUIRE((issued && issued->codes.size() == 1U));
    hall.chamber.codes[0] = issued->codes.front().code;
    hall.connect();
    hall.done(SecretHall::console(0), other.enrol(hall.channels[0]));
    BOOST_TEST((hall.state().consoles.at(member) == other.device()));

    // A restart reads the same from the record.
    hall.restart();
    BOOST_TEST(hall.denied(SecretHall::console(0), hall.consoles[0].enrol(hall.channels[0])) == "code_spent");
}

BOOST_AUTO_TEST_CASE(close_waits_for_checks)
{
    SecretHall hall;
    hall.open();
    const auto ballot =
        hall.send(SecretHall::console(0), hall.consoles[0].cast(hall.vote, hall.view(), Choice::approve));
    hall.desk.ask(SecretHall::chair(), "close", CloseVote{hall.vote});
    hall.desk.ask(SecretHall::chair(), "close", CloseVote{hall.vote}); // Impatient.
    while (hall.desk.write_one()) {
    }
    BOOST_TEST(!hall.desk.answer(SecretHall::chair(), "close").has_value());
    BOOST_TEST((hall.record().state == VoteState::open));
    const auto late =
        hall.send(SecretHall::console(1), hall.consoles[1].cast(hall.vote, hall.view(), Choice::approve));
    BOOST_TEST(hall.desk.refusal(SecretHall::console(1), late) == "vote_not_open");
    hall.desk.flush();
    hall.answered<BallotAnswer>(SecretHall::console(0), ballot);
    BOOST_TEST(hall.desk.receipt(SecretHall::chair(), "close").seq != 0U);
    BOOST_TEST(hall.view().box->ballots == 1U);
    BOOST_TEST(entries_of(hall, "vote.closed") == 1U);
}

BOOST_AUTO_TEST_CASE(who_may_not_close_does_not_stop_ballots)
{
    SecretHall hall;
    hall.open();
    hall.send(SecretHall::console(0), hall.consoles[0].cast(hall.vote, hall.view(), Choice::approve));
    hall.desk.ask(SecretHall::console(1), "close", CloseVote{hall.vote});
    const auto id =
        hall.send(SecretHall::console(1), hall.consoles[1].cast(hall.vote, hall.view(), Choice::approve));
    hall.desk.flush();
    BOOST_TEST(hall.desk.refusal(SecretHall::console(1), "close") == "not_allowed");
    hall.answered<BallotAnswer>(SecretHall::console(1), id);
}

BOOST_AUTO_TEST_CASE(hold_waits_and_void_does_not)
{
    SecretHall hall;
    hall.open();
    const auto first =
        hall.send(SecretHall::console(0), hall.consoles[0].cast(hall.vote, hall.view(), Choice::approve));
    hall.desk.ask(SecretHall::chair(), "hold", HoldVote{hall.vote, "停电"});
    BOOST_TEST((hall.desk.clerk->ahead_state().votes.at(hall.vote).state == VoteState::open));
    hall.desk.flush();
    hall.answered<BallotAnswer>(SecretHall::console(0), first);
    BOOST_TEST((hall.record().state == VoteState::held));
    BOOST_TEST(hall.refused(SecretHall::console(1),
                            hall.consoles[1].cast(hall.vote, hall.view(), Choice::approve)) == "vote_held");
    hall.done(SecretHall::chair(), ResumeVote{hall.vote});

    const auto second =
        hall.send(SecretHall::console(1), hall.consoles[1].cast(hall.vote, hall.view(), Choice::approve));
    hall.desk.ask(SecretHall::chair(), "void", VoidVote{hall.vote, VoidReason::equipment_failure, "停电"});
    BOOST_TEST((hall.desk.clerk->ahead_state().votes.at(hall.vote).state == VoteState::voided));
    hall.desk.flush();
    BOOST_TEST(hall.desk.refusal(SecretHall::console(1), second) == "vote_not_open");
    BOOST_TEST((hall.phase() == SecretPhase::ended));
    BOOST_TEST(hall.view().shredded);
    BOOST_TEST(hall.desk.box_keys.empty());
    BOOST_TEST(!hall.view().box.has_value());
}

BOOST_AUTO_TEST_CASE(the_timer_waits_for_checks)
{
    SecretHall hall(7, 60'000);
    hall.open();
    const auto id =
        hall.send(SecretHall::console(0), hall.consoles[0].cast(hall.vote, hall.view(), Choice::approve));
    hall.desk.tick(61'000);
    BOOST_TEST((hall.desk.clerk->ahead_state().votes.at(hall.vote).state == VoteState::open));
    BOOST_TEST(hall.refused(SecretHall::console(1),
                            hall.consoles[1].cast(hall.vote, hall.view(), Choice::approve)) ==
               "vote_not_open");
    hall.answered<BallotAnswer>(SecretHall::console(0), id);
    hall.desk.tick(100);
    hall.desk.flush();
    BOOST_TEST((hall.phase() == SecretPhase::sealed));
    BOOST_TEST(hall.view().box->ballots == 1U);
}

// A screen that shows a vote to come shows the key its ballots will be encrypted to; the simulator found one
// that went on showing the key of holders who had been replaced.
BOOST_AUTO_TEST_CASE(a_vote_to_come_is_told_with_its_new_key)
{
    SecretHall hall;
    const auto before = hall.view().election_key;
    hall.make_key();
    const auto told = heard<VoteChanged>(hall, SecretHall::console(0));
    BOOST_REQUIRE(told.has_value());
    BOOST_TEST((told->vote.secret->election_key == hall.view().election_key));
    BOOST_TEST((hall.view().election_key != before));
}

// The simulator: whoever connects while the body is at a later meeting is not shown the one before, and owes
// its erasure from the moment it is closed.
BOOST_AUTO_TEST_CASE(who_owes_an_erasure_hears_of_it_when_the_meeting_is_closed)
{
    SecretHall hall;
    const auto quorum = hall.state().meetings.at(hall.chamber.meeting).quorum;
    hall.done(SecretHall::chair(), CloseSitting{hall.chamber.sitting});
    as(hall.desk, hall.chamber.secretary, CreateMeeting{hall.chamber.body, "下次会议", 1, 2, quorum});
    hall.desk.said.clear();
    hall.connect_one(SecretHall::holder(0), hall.holder_codes[0]);
    const auto shown = hall.desk.notifications(SecretHall::holder(0), "snapshot");
    BOOST_REQUIRE(shown.size() == 1U);
    BOOST_TEST(shown.front().body.at("keys").as_array().empty());

    as(hall.desk, hall.chamber.secretary, CloseMeeting{hall.chamber.meeting});
    const auto told = heard<KeyHoldersChanged>(hall, SecretHall::holder(0));
    BOOST_REQUIRE(told.has_value());
    BOOST_TEST((told->keys.meeting == hall.chamber.meeting));
    BOOST_TEST(heard<AgendaChanged>(hall, SecretHall::holder(0)).has_value());
}

// Long ballots need long requests: from the moment a console stands on the roll, and again after a restart.
BOOST_AUTO_TEST_CASE(a_console_may_send_what_its_ballot_needs)
{
    SecretHall hall;
    const auto console = SecretHall::console(0);
    BOOST_TEST(!hall.desk.read_limits.contains(console));
    hall.call();
    BOOST_TEST(!hall.desk.read_limits.contains(console));
    BOOST_TEST(hall.acknowledge(0));
    const auto needed = ballot_request_bytes(ballot::ballot_size(ballot::motion_shape));
    BOOST_TEST(hall.desk.read_limits.at(console) == needed);
    hall.desk.read_limits.clear();
    hall.restart();
    BOOST_TEST(hall.desk.read_limits.at(console) == needed);
}

// A broken console is replaced: the office issues a code, and what the old one sent is not held against the
// new.
BOOST_AUTO_TEST_CASE(another_console_begins_anew)
{
    SecretHall hall;
    hall.call();
    const auto member = hall.chamber.members[0];
    auto wrong = hall.consoles[0].acknowledge(hall.vote, hall.view());
    wrong.signature.front() ^= 1;
    for (unsigned at = 0; at < failed_checks_max; ++at)
        BOOST_TEST(hall.refused(SecretHall::console(0), wrong) == "signature_wrong");
    BOOST_TEST(hall.refused(SecretHall::console(0), wrong) == "checks_used_up");

    const SessionId secretary{2};
    hall.connect_one(secretary, hall.desk.officer(Role::secretary, std::nullopt));
    hall.desk.ask(secretary, "new code", IssueAccessCodes{std::nullopt, member});
    hall.desk.flush();
    hall.chamber.codes[0] =
        from_json<IssuedCodes>(hall.desk.answer(secretary, "new code")->body)->codes.front().code;
    hall.connect();
    SecretConsole other(origin, member, 9);
    hall.done(SecretHall::console(0), other.enrol(hall.channels[0]));
    hall.done(SecretHall::console(0),
              other.sign_in(hall.chamber.sitting, hall.chamber.meeting, hall.channels[0]));
    hall.call();
    const auto kept =
        hall.asked<SignatureKept>(SecretHall::console(0), other.acknowledge(hall.vote, hall.view()));
    BOOST_TEST(kept.kept == 1U);
}

BOOST_AUTO_TEST_CASE(a_flood_is_cut)
{
    constexpr unsigned connections = 25;
    SecretHall hall;
    hall.open();
    const auto good = hall.consoles[0].cast(hall.vote, hall.view(), Choice::approve);
    const auto first = hall.send(SecretHall::console(0), good);
    BOOST_TEST(hall.desk.refusal(SecretHall::console(0), hall.send(SecretHall::console(0), good)) == "busy");
    hall.desk.flush();
    hall.answered<BallotAnswer>(SecretHall::console(0), first);
    std::size_t checked = 0;
    for (unsigned connection = 0; connection < connections; ++connection) {
        const auto wrong = damaged(hall.consoles[0].cast(hall.vote, hall.view(), Choice::approve));
        const auto flood = hall.send(SecretHall::console(0), wrong);
        checked += hall.desk.orders.size();
        // Others, in the same batch, are none the worse.
        hall.sent[1] = hall.consoles[1].cast(hall.vote, hall.view(), Choice::approve);
        hall.resend(1);
        const auto* expected = connection < failed_checks_max ? "ballot_wrong" : "checks_used_up";
        BOOST_TEST(hall.desk.refusal(SecretHall::console(0), flood) == expected);
        hall.desk.clerk->closed(SecretHall::console(0));
        hall.connect();
    }
    // However often it connects: so many proofs were looked at in vain, and no more.
    BOOST_TEST(checked == failed_checks_max);
    const auto later = hall.consoles[0].cast(hall.vote, hall.view(), Choice::oppose);
    BOOST_TEST(hall.refused(SecretHall::console(0), later) == "checks_used_up");
    // Nor by two connections at once, of which neither waits for the other.
    const auto spare = SessionId{60};
    hall.connect_one(spare, hall.chamber.codes[2]);
    hall.connect_one(SecretHall::console(2), hall.chamber.codes[2]);
    hall.send(spare, damaged(hall.consoles[2].cast(hall.vote, hall.view(), Choice::approve)));
    hall.send(SecretHall::console(2),
              damaged(hall.consoles[2].cast(hall.vote, hall.view(), Choice::approve)));
    BOOST_TEST(hall.desk.orders.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_did_not_hold_is_remembered_until_the_vote_is_over)
{
    const chamber::BlobSource none = [](const Digest&) { return std::optional<std::string>(); };
    BallotDesk desk(none);
    const auto use_up = [&](PersonId person, VoteId vote) {
        for (unsigned i = 0; i < failed_checks_max; ++i) {
            BOOST_TEST(!desk.may_send(person, vote).has_value());
            desk.failed(person, vote);
        }
        BOOST_TEST((desk.may_send(person, vote)->code == RefusalCode::checks_used_up));
    };
    use_up(PersonId{1}, VoteId{10});
    use_up(PersonId{1}, VoteId{11});
    BOOST_TEST(!desk.may_send(PersonId{2}, VoteId{10}).has_value());
    BOOST_TEST(!desk.may_send(PersonId{1}, VoteId{12}).has_value());
    VoteDecided decided;
    decided.vote = VoteId{10};
    desk.note(decided);
    BOOST_TEST(!desk.may_send(PersonId{1}, VoteId{10}).has_value());
    BOOST_TEST(desk.may_send(PersonId{1}, VoteId{11}).has_value());
    VoteVoided voided;
    voided.vote = VoteId{11};
    desk.note(voided);
    BOOST_TEST(!desk.may_send(PersonId{1}, VoteId{11}).has_value());
    // Of more votes than can go on at once, the newest.
    for (std::uint64_t vote = 100; vote <= 100 + failed_votes_max; ++vote)
        use_up(PersonId{1}, VoteId{vote});
    BOOST_TEST(!desk.may_send(PersonId{1}, VoteId{100}).has_value());
    BOOST_TEST(desk.may_send(PersonId{1}, VoteId{101}).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_ballot_of_this_vote)
{
    SecretHall hall;
    SecretConsole stranger(origin, hall.chamber.members[0], 77);
    stranger.sign_in(hall.chamber.sitting, hall.chamber.meeting, hall.channels[0]);
    BOOST_TEST(hall.refused(SecretHall::console(0), CastBallot{hall.vote, Bytes(501)}) == "vote_not_open");
    hall.open();
    BOOST_TEST(hall.refused(SecretHall::console(0), CastBallot{hall.vote, Bytes(501)}) == "ballot_wrong");
    BOOST_TEST(hall.refused(SecretHall::console(1), CastBallot{hall.vote, Bytes(3)}) == "ballot_wrong");
    BOOST_TEST(hall.refused(SecretHall::console(1), stranger.cast(hall.vote, hall.view(), Choice::approve)) ==
               "ballot_wrong");
    BOOST_TEST(hall.refused(SecretHall::chair(),
                            hall.consoles[0].cast(hall.vote, hall.view(), Choice::approve)) == "not_allowed");
    BOOST_TEST(hall.refused(SecretHall::console(0), CastBallot{VoteId{1}, {}}) == "no_such_record");
    // A spoil of a ballot nobody has.
    hall.consoles[2].cast(hall.vote, hall.view(), Choice::approve);
    BOOST_TEST(hall.refused(SecretHall::console(2), hall.consoles[2].spoil(hall.vote, hall.view())) ==
               "ballot_wrong");
    BOOST_TEST(hall.desk.store.sealed.empty());
}

BOOST_AUTO_TEST_CASE(the_roll)
{
    SecretHall hall;
    const auto before = hall.asked<SilentAnswer>(SecretHall::chair(), ListSilent{hall.vote});
    BOOST_TEST(before.round == 0U);
    hall.call();
    const auto view = hall.view();
    BOOST_TEST((view.phase == SecretPhase::called));
    BOOST_TEST(hall.denied(SecretHall::chair(), OpenVote{hall.vote}) == "roll_incomplete");
    for (const std::size_t i : {0U, 1U, 2U, 3U, 4U, 5U})
        BOOST_TEST(hall.acknowledge(i));
    hall.desk.tick(200);
    const auto told = heard<RollProgress>(hall, SecretHall::console(6));
    BOOST_REQUIRE(told.has_value());
    BOOST_TEST(told->acknowledged == 6U);
    BOOST_TEST(told->list_length == 7U);
    const auto silent = hall.asked<SilentAnswer>(SecretHall::chair(), ListSilent{hall.vote});
    BOOST_TEST(silent.acknowledged == 6U);
    BOOST_REQUIRE(silent.silent.size() == 1U);
    BOOST_TEST((silent.silent[0].person == hall.chamber.members[6]));
    BOOST_TEST(hall.refused(SecretHall::console(0), ListSilent{hall.vote}) == "not_allowed");

    auto foreign = hall.consoles[5].acknowledge(hall.vote, view);
    BOOST_TEST(hall.refused(SecretHall::console(6), foreign) == "signature_wrong");
    BOOST_TEST(hall.refused(SecretHall::console(6), ReadRollPath{hall.vote, 2, hall.pseudonym(6)}) ==
               "roll_differs");
    BOOST_TEST(hall.refused(SecretHall::console(6), ReadRollPath{hall.vote, 1, Bytes(32, 1)}) ==
               "roll_differs");

    // Without the silent one: a new list, under new pseudonyms, that all have to sign anew.
    hall.call({hall.chamber.members[6]});
    BOOST_TEST(hall.view().roll->round == 2U);
    BOOST_TEST(hall.view().roll->list_length == 6U);
    BOOST_TEST(hall.refused(SecretHall::console(0), hall.consoles[0].acknowledge(hall.vote, view)) ==
               "roll_differs");
    BOOST_TEST(hall.denied(SecretHall::chair(), OpenVote{hall.vote}) == "roll_incomplete");
    BOOST_TEST(hall.desk.box_keys.empty());
    for (const std::size_t i : {0U, 1U, 2U, 3U, 4U, 5U})
        BOOST_TEST(hall.acknowledge(i));
    hall.restart(); // Signatures are gone with the process, and are sent again.
    BOOST_TEST(hall.denied(SecretHall::chair(), OpenVote{hall.vote}) == "roll_incomplete");
    for (const std::size_t i : {0U, 1U, 2U, 3U, 4U, 5U})
        BOOST_TEST(hall.acknowledge(i));
    hall.done(SecretHall::chair(), OpenVote{hall.vote});
    BOOST_TEST(hall.record().electorate.size() == 6U);
    BOOST_TEST(hall.refused(SecretHall::console(0), hall.consoles[0].acknowledge(hall.vote, hall.view())) ==
               "wrong_state");
}

BOOST_AUTO_TEST_CASE(confirmations)
{
    SecretHall hall;
    hall.open();
    hall.cast(0, Choice::approve);
    BOOST_TEST(hall.refused(SecretHall::console(0), ReadBoxProof{hall.vote, hall.pseudonym(0)}) ==
               "box_not_sealed");
    hall.close();
    auto other = hall.consoles[0].confirm(hall.vote, hall.view());
    other.root = sha256("another box");
    BOOST_TEST(hall.refused(SecretHall::console(0), other) == "root_differs");
    BOOST_TEST(hall.refused(SecretHall::console(1), hall.consoles[0].confirm(hall.vote, hall.view())) ==
               "signature_wrong");
    for (std::size_t i = 0; i < 7; ++i)
        hall.confirm(i, i == 0);
    hall.restart();
    BOOST_TEST(hall.denied(SecretHall::holder(0), hall.share(0, 7)) == "roll_incomplete");
    for (std::size_t i = 0; i < 7; ++i)
        hall.confirm(i, i == 0);
    hall.done(SecretHall::holder(0), hall.share(0, 7));
    BOOST_TEST(entries_of(hall, "box.confirmed") == 1U);
    hall.restart(); // From here on they are in the record.
    hall.done(SecretHall::holder(1), hall.share(1, 7));
    BOOST_TEST(hall.record().result->tally.approve == 1U);
    BOOST_TEST(hall.record().result->tally.not_pressed == 6U);
}

BOOST_AUTO_TEST_CASE(who_may_read_the_box)
{
    SecretHall hall;
    const auto auditor = hall.desk.officer(Role::auditor, hall.chamber.body);
    const auto stranger = hall.officer_named("别人");
    hall.connect_one(SessionId{50}, auditor);
    hall.connect_one(SessionId{51}, stranger);
    hall.open();
    hall.cast(0, Choice::approve);
    const ReadSecretFile box{hall.vote, SecretFile::box, 0};
    BOOST_TEST(hall.refused(SecretHall::holder(0), box) == "box_not_sealed");
    hall.close();
    for (const auto session : {SessionId{50}, SecretHall::holder(0)}) {
        const auto page = hall.asked<SecretFilePage>(session, box);
        BOOST_TEST((page.digest == hall.view().box->file));
        BOOST_TEST(page.total == page.content.size());
        BOOST_TEST((sha256(page.content) == page.digest));
        const auto rest =
            hall.asked<SecretFilePage>(session, ReadSecretFile{hall.vote, SecretFile::box, 100});
        BOOST_TEST(rest.content == Bytes(page.content.begin() + 100, page.content.end()));
        const auto list = hall.asked<SecretFilePage>(session, ReadSecretFile{hall.vote, SecretFile::list, 0});
        BOOST_TEST((list.digest == hall.record().secret.roll->list));
        const auto signatures =
            hall.asked<SecretFilePage>(session, ReadSecretFile{hall.vote, SecretFile::acknowledgements, 0});
        const auto read = ballot::decode_acknowledgements(
            chamber::secret_terms(hall.state(), hall.vote).context, signatures.content);
        BOOST_REQUIRE(read.has_value());
        BOOST_TEST(read->size() == 7U);
        hall.asked<SecretFilePage>(session, ReadSecretFile{hall.vote, SecretFile::confirmations, 0});
        BOOST_TEST(hall.asked<RollAnswer>(session, ReadRoll{hall.vote}).members.size() == 7U);
    }
    BOOST_TEST(hall.refused(SessionId{51}, box) == "not_key_holder");
    for (const auto session : {SecretHall::chair(), SecretHall::console(0)}) {
        BOOST_TEST(hall.refused(session, box) == "not_allowed");
        BOOST_TEST(hall.refused(session, ReadRoll{hall.vote}) == "not_allowed");
    }
}

BOOST_AUTO_TEST_CASE(key_holders_have_the_record_proven_and_cosign_it)
{
    SecretHall hall;
    hall.connect_one(SessionId{50}, hall.desk.officer(Role::auditor, hall.chamber.body));
    hall.open();
    for (std::size_t i = 0; i < 6; ++i)
        hall.cast(i, Choice::approve);
    const ProveRecord wanted{hall.vote, 0};
    BOOST_TEST(hall.refused(SecretHall::holder(0), wanted) == "box_not_sealed");
    hall.close();
    for (const auto session : {SecretHall::chair(), SecretHall::console(0)})
        BOOST_TEST(hall.refused(session, wanted) == "not_allowed");
    hall.asked<RecordProof>(SessionId{50}, wanted);
    const auto first = hall.proven(0);
    BOOST_TEST(first.size == hall.state().entries);
    BOOST_TEST(hall.refused(SecretHall::holder(0), ProveRecord{hall.vote, first.size + 1}) ==
               "box_not_sealed");

    // The record grows, and goes on from what was proven before; a server that was stopped says the same.
    for (std::size_t i = 0; i < 7; ++i)
        hall.confirm(i, i < 6);
    hall.restart();
    const auto second = hall.proven(0, first.size);
    const auto told = hall.asked<RecordProof>(SecretHall::holder(1), ProveRecord{hall.vote, first.size});
    BOOST_TEST(second.size > first.size);
    BOOST_TEST(
        verify_consistency(first.size, second.size, told.consistency, first.root, second.root).has_value());
    // What is proven is published: whoever keeps checkpoints has it.
    BOOST_TEST(hall.desk.published.back() == second.size);

    for (std::size_t i = 0; i < 7; ++i)
        hall.confirm(i, i < 6);
    auto share = hall.share(0, 7);
    BOOST_TEST(share.cosignature.size == second.size);
    const auto signed_as = [&](std::uint64_t size, const Digest& root) {
        auto other = share;
        other.cosignature = cosign({origin, size, root}, 1'790'000'000, hall.table.signing(0));
        return other;
    };
    const auto sealed = hall.record().secret.sealed->entry;
    const auto lie = sha256("another record");
    BOOST_TEST(hall.denied(SecretHall::holder(0), signed_as(second.size, lie)) == "record_differs");
    BOOST_TEST(hall.denied(SecretHall::holder(0), signed_as(second.size + 1, lie)) == "record_differs");
    BOOST_TEST(hall.denied(SecretHall::holder(0), signed_as(sealed, lie)) == "record_differs");
    BOOST_TEST(hall.denied(SecretHall::holder(0), signed_as(0, lie)) == "record_differs");
    auto forged = share;
    forged.cosignature.time_s += 1;
    BOOST_TEST(hall.denied(SecretHall::holder(0), forged) == "signature_wrong");
    // One of the sealed box itself is enough, whatever came after; and a full disk keeps nobody from opening
    // it.
    hall.desk.publish_fault = Fault::disk_full;
    hall.done(SecretHall::holder(0), signed_as(first.size, first.root));
    BOOST_TEST(hall.view().box->shares[0].cosigned == first.size);
    hall.done(SecretHall::holder(2), hall.share(2, 7));
    BOOST_TEST((hall.phase() == SecretPhase::opened));
    BOOST_TEST(hall.view().box->shares[2].cosigned > second.size);
    BOOST_TEST(hall.desk.published.back() == second.size);
    BOOST_TEST(hall.refused(SecretHall::holder(1), wanted) == "box_not_sealed");
}

BOOST_AUTO_TEST_CASE(a_lost_key_ends_the_vote)
{
    SecretHall hall;
    hall.open();
    hall.cast(0, Choice::approve);
    const auto keys = hall.desk.box_keys;

    // The command line leaves boxes alone, whatever it finds.
    hall.desk.keeps_boxes = false;
    hall.desk.box_keys.clear();
    hall.desk.restart();
    BOOST_TEST((hall.record().state == VoteState::open));

    hall.desk.keeps_boxes = true;
    hall.desk.box_keys = keys;
    hall.restart();
    hall.resend(0);
    BOOST_TEST((hall.record().state == VoteState::open));

    hall.desk.box_keys.clear();
    hall.restart();
    BOOST_TEST((hall.record().state == VoteState::voided));
    BOOST_TEST((hall.record().void_reason == VoidReason::ballot_key_lost));
    BOOST_TEST(hall.view().shredded);
    BOOST_TEST(hall.refused(SecretHall::console(1),
                            hall.consoles[1].cast(hall.vote, hall.view(), Choice::approve)) ==
               "vote_not_open");
}

BOOST_AUTO_TEST_CASE(a_disk_that_does_not_answer_ends_nothing)
{
    SecretHall hall;
    hall.open();
    const auto keys = std::exchange(hall.desk.box_keys, {});
    hall.desk.key_fault = Fault::io_error;
    Desk& desk = hall.desk;
    const auto entries = desk.store.entries.size();
    // A key that cannot be read now may be read later: the server does not start.
    BOOST_CHECK_THROW(
        {
            const auto tried = desk.try_to_load();
            if (!tried) throw tried.error();
        },
        ReplayFault);
    BOOST_TEST(desk.store.entries.size() == entries);
    desk.key_fault = Fault::not_found;
    desk.box_keys = keys;
    hall.restart();
    hall.cast(0, Choice::approve);
}

BOOST_AUTO_TEST_CASE(no_room_for_a_key_or_a_box)
{
    SecretHall hall;
    hall.call();
    for (std::size_t i = 0; i < 7; ++i)
        hall.acknowledge(i);
    hall.desk.key_fault = Fault::disk_full;
    BOOST_TEST(hall.denied(SecretHall::chair(), OpenVote{hall.vote}) == "disk_low");
    BOOST_TEST((hall.record().state == VoteState::prepared));
    hall.desk.key_fault = Fault::not_found;
    hall.done(SecretHall::chair(), OpenVote{hall.vote});
    hall.cast(0, Choice::approve);
    hall.desk.put_fault = Fault::disk_full;
    hall.close();
    BOOST_TEST((hall.phase() == SecretPhase::closed));
    hall.desk.put_fault = Fault::not_found;
    hall.desk.tick(50);
    hall.desk.flush();
    BOOST_TEST((hall.phase() == SecretPhase::sealed));
    BOOST_TEST(!hall.desk.stopped.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
