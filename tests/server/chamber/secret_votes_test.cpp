#include "server/chamber/questions.hpp"
#include "tests/server/chamber/polling.hpp"
#include "tests/server/chamber/secret_house.hpp"

BOOST_AUTO_TEST_SUITE(secret_votes)

using namespace plenum;
using namespace plenum::chamber;
using enum RefusalCode;

// A secret vote at consoles from the list to the destroyed key. What a clerk draws, keeps and looks up is
// done by hand here.

BOOST_AUTO_TEST_CASE(a_whole_secret_vote_gives_totals_and_nothing_else)
{
    SecretHouse house;
    const auto vote = house.prepare_secret();
    BOOST_TEST((house.phase(vote) == SecretPhase::to_call));
    BOOST_TEST(house.shown(vote).with_key == 7U);
    BOOST_TEST(house.shown(vote).words == house.view().words);
    house.call(vote);
    BOOST_TEST((house.phase(vote) == SecretPhase::called));
    house.acknowledge(vote);
    house.open(vote);
    BOOST_TEST((house.phase(vote) == SecretPhase::open));
    BOOST_TEST(house.shown(vote).box_id.has_value());
    house.cast_all(vote, 4, 1, 1);
    house.close(vote);
    BOOST_TEST((house.vote(vote).state == VoteState::closed));
    BOOST_TEST((house.phase(vote) == SecretPhase::closed));
    BOOST_TEST((box_work(house.state).to_seal == std::vector{vote}));
    house.seal(vote);
    BOOST_TEST((house.phase(vote) == SecretPhase::sealed));
    house.confirm(vote, 7);
    house.give(vote, 2);
    BOOST_TEST(house.vote(vote).secret.confirmations.has_value());
    BOOST_TEST(!is_openable(house.state, vote));
    BOOST_TEST((house.code(decide_totals(house.state, vote, {0})) == wrong_state));
    house.give(vote, 1);
    BOOST_TEST((box_work(house.state).to_open == std::vector{vote}));
    house.decide_found(vote);

    const auto& result = *house.vote(vote).result;
    BOOST_TEST((result.tally == Tally{4, 1, 1, 1}));
    BOOST_TEST((result.totals->holders == std::vector{*house.holders[1].person, *house.holders[2].person}));
    BOOST_TEST(result.totals->ballots == 6U);
    BOOST_TEST((result.outcome.verdict == Verdict::not_passed)); // 4 of 9 members.
    BOOST_TEST((house.phase(vote) == SecretPhase::opened));
    BOOST_TEST((house.item(house.item_id).state == ItemState::decided));
    BOOST_TEST((box_work(house.state).to_shred == std::vector{vote}));
    house.shred(vote);
    BOOST_TEST(house.shown(vote).shredded);
    house.act(house.chair, AnnounceVote{vote});
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

// As it was before there were secret votes: what they add to the state is left out where there are none.
BOOST_AUTO_TEST_CASE(a_chamber_without_secret_votes_keeps_the_hash_it_always_had)
{
    House house;
    house.begin(5);
    const auto vote = house.open();
    house.press(vote, 3, 1, 1);
    house.act(house.chair, CloseVote{vote});
    house.act(house.chair, AnnounceVote{vote});
    BOOST_TEST(to_hex(state_hash(house.state)) ==
               "adf4cff1660f3782ce0bf612067209242e6069c9f5bd5a675023a274051c499d");
}

BOOST_AUTO_TEST_CASE(everybody_sees_how_far_it_has_come_and_nobody_what_came)
{
    SecretHouse house;
    const auto vote = house.open_secret();
    house.cast_all(vote, 3, 2, 0);
    for (const auto role : {Role::chair, Role::delegate, Role::hall, Role::teller, Role::key_holder}) {
        const auto view = view_vote(house.state, vote, role);
        BOOST_TEST((view.secret && view.secret->phase == SecretPhase::open));
        BOOST_TEST(!view.received.has_value());
        BOOST_TEST(view.present == 7U);
    }
    BOOST_TEST(list_not_pressed(house.state, vote).total == 0U);
    const auto me = view_me(house.state, house.members[0]);
    BOOST_TEST(me.presses.empty());
    BOOST_TEST((me.device == house.consoles[0].device()));
    BOOST_TEST((me.keyed_in == std::vector{house.sitting_id}));
    BOOST_TEST(!view_me(house.state, house.members[8]).device.has_value());
    // Whatever was pressed, the record of the chamber is the same.
    const auto before = state_hash(house.state);
    house.cast(vote, 6, Choice::oppose);
    BOOST_TEST((state_hash(house.state) == before));
    BOOST_TEST((house.refused_as(house.members[0], CastVote{vote, Choice::approve}) == vote_not_open));
}

BOOST_AUTO_TEST_CASE(a_secret_vote_on_a_closed_item_shows_outsiders_nothing)
{
    SecretHouse house;
    const ItemId item{
        house.act(house.secretary, AddItem{house.meeting, "人事事项", {}, {}, ItemKind::other, 0, "", true})};
    house.act(house.chair, AdoptAgenda{house.sitting_id});
    const auto vote = house.prepare(secret_motion(), item);
    BOOST_TEST(view_vote(house.state, vote, Role::delegate).secret.has_value());
    BOOST_TEST(!view_vote(house.state, vote, Role::hall).secret.has_value());
}

BOOST_AUTO_TEST_CASE(a_rule_of_secret_ballots_needs_an_election_key_and_counts_no_groups)
{
    KeyHouse without_key;
    BOOST_TEST((without_key.refused_as(without_key.secretary, without_key.prepare_command(secret_motion())) ==
                election_key_missing));
    SecretHouse house;
    auto by_group = secret_motion();
    by_group.groups = {"一组", "二组"};
    BOOST_TEST((house.refused_as(house.secretary, house.prepare_command(by_group)) == invalid_profile));
    auto with_timer = secret_motion();
    with_timer.close = ClosePolicy::timer;
    house.prepare(with_timer);
    const auto words = describe_rule(secret_motion(), 9, 0);
    BOOST_TEST(words.zh.find("无记名") != std::string::npos);
    BOOST_TEST(words.zh.find("举手") == std::string::npos);
    auto of_present = secret_motion();
    of_present.majority = over_half(Base::present);
    BOOST_TEST(describe_rule(of_present, 9, 7).zh.find("名单上7人") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(leavers_are_shown_apart_and_never_subtracted)
{
    SecretHouse house;
    const auto vote = house.open_secret();
    house.cast_all(vote, 5, 1, 0);
    house.act(house.members[0], SignOut{house.sitting_id});
    house.act(house.members[5], SignOut{house.sitting_id});
    BOOST_TEST((house.refused_as(house.operator_, SignInFor{house.sitting_id, *house.members[5].person,
                                                            AttendanceMode::remote}) == vote_open));
    house.close(vote);
    house.act(house.members[1], SignOut{house.sitting_id}); // After voting has ended.
    house.seal(vote);
    house.confirm(vote, 7);
    house.give(vote, 0);
    house.give(vote, 1);
    house.decide_found(vote);
    const auto& result = *house.vote(vote).result;
    BOOST_TEST(result.left == 2U);
    BOOST_TEST((result.tally == Tally{5, 1, 0, 1}));
    BOOST_TEST((result.outcome.verdict == Verdict::passed));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_spoiled_ballot_counts_nothing_and_the_last_press_counts)
{
    SecretHouse house;
    const auto vote = house.open_secret();
    house.cast_all(vote, 5, 0, 0);
    house.spoil(vote, 0);
    const auto opened = ballot::check_opening(house.consoles[0].opening(), house.consoles[0].last_ballot(),
                                              testing::terms_of(house.state.origin, house.shown(vote)));
    BOOST_TEST((opened && opened->front() == 1));
    house.cast(vote, 1, Choice::oppose);
    house.cast(vote, 2, Choice::abstain);
    house.cast(vote, 2, Choice::approve);
    const auto& result = house.finish(vote);
    BOOST_TEST((result.tally == Tally{3, 1, 0, 3}));
    BOOST_TEST(house.shown(vote).box->spoils == 1U);
}

BOOST_AUTO_TEST_CASE(the_sealed_box_is_what_the_clerk_says_it_is)
{
    SecretHouse house;
    const auto vote = house.open_secret();
    house.cast_all(vote, 4, 1, 0);
    const auto collected = house.collected(vote);
    BOOST_TEST((house.code(decide_sealed(house.state, collected)) == wrong_state)); // Still open.
    house.close(vote);
    const auto refused_with = [&](const auto& change) {
        auto other = collected;
        change(other);
        return house.code(decide_sealed(house.state, other));
    };
    BOOST_TEST((refused_with([](auto& box) { box.vote = VoteId{9'999}; }) == no_such_record));
    BOOST_TEST((refused_with([](auto& box) { box.root = sha256("other"); }) == root_differs));
    BOOST_TEST((refused_with([](auto& box) { ++box.ballots; }) == root_differs));
    BOOST_TEST((refused_with([](auto& box) { ++box.spoils; }) == root_differs));
    BOOST_TEST((refused_with([](auto& box) { box.file.digest = sha256("other"); }) == root_differs));
    BOOST_TEST((refused_with([](auto& box) {
                    box.file.content.pop_back();
                    box.file.digest = sha256(box.file.content);
                }) == root_differs));
    BOOST_TEST((house.refused_as(house.members[0], ContestBox{vote}) == box_not_sealed));
    BOOST_TEST((house.code(decide_totals(house.state, vote, {0})) == box_not_sealed));
    house.write(decide_sealed(house.state, collected));
    BOOST_TEST((house.code(decide_sealed(house.state, collected)) == nothing_to_do));
    BOOST_TEST(box_work(house.state).to_seal.empty());

    house.act(house.members[2], ContestBox{vote});
    BOOST_TEST((house.refused_as(house.members[2], ContestBox{vote}) == nothing_to_do));
    BOOST_TEST((house.refused_as(house.members[8], ContestBox{vote}) == not_in_electorate));
    BOOST_TEST(house.shown(vote).box->contested == 1U);
    const auto named = house.prepare(motion(), std::nullopt);
    BOOST_TEST((house.refused_as(house.members[0], ContestBox{named}) == box_not_sealed));
    BOOST_TEST((house.code(decide_shred(house.state, named)) == wrong_state));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_share_stands_by_its_holders_word_on_this_very_root)
{
    SecretHouse house;
    const auto vote = house.open_secret();
    house.cast_all(vote, 4, 1, 0);
    const auto& holder = house.holders[0];
    BOOST_TEST(
        (house.refused_as(holder, GiveShare{vote, 7, false, Bytes(64, 1), Bytes(181, 1)}) == box_not_sealed));
    house.close(vote);
    house.seal(vote);
    house.confirm(vote, 7);
    const auto lawful = house.share(vote, 0);
    const auto refused_with = [&](const auto& change) {
        auto other = lawful;
        change(other);
        return house.refused_as(holder, other);
    };
    BOOST_TEST((refused_with([](auto& c) { c.share.pop_back(); }) == signature_wrong));
    BOOST_TEST(
        (refused_with([](auto& c) { c.share.back() ^= 1; }) == signature_wrong)); // Not what was signed.
    BOOST_TEST((refused_with([](auto& c) { c.statement.at(1) ^= 1; }) == signature_wrong));
    BOOST_TEST((refused_with([](auto& c) { c.statement.pop_back(); }) == signature_wrong));
    BOOST_TEST((refused_with([](auto& c) { c.confirmed = 6; }) == signature_wrong));
    BOOST_TEST((refused_with([](auto& c) { c.overridden = true; }) == signature_wrong));
    BOOST_TEST((refused_with([](auto& c) { c.share.at(20) ^= 1; }) == root_differs));
    BOOST_TEST((house.refused_as(house.holders[1], lawful) == signature_wrong)); // Said by another.
    const auto stranger = house.holder_named("外人");
    BOOST_TEST((house.refused_as(stranger, lawful) == not_key_holder));
    BOOST_TEST((house.refused_as(house.chair, lawful) == not_allowed));
    house.disk_low = true; // A share is short, and without it the vote is never decided.
    house.act(holder, lawful);
    house.disk_low = false;
    BOOST_TEST((house.refused_as(holder, lawful) == nothing_to_do));
    house.give(vote, 1);
    // One approval fewer and one abstention more: figures this box could have, and has not.
    BOOST_TEST((house.code(decide_totals(house.state, vote, {house.found(vote)[0] - 1})) == signature_wrong));
    BOOST_TEST((house.code(decide_totals(house.state, vote, {house.found(vote)[0] + 1})) == signature_wrong));
    BOOST_TEST((house.code(decide_totals(house.state, vote, {})) == signature_wrong));
    house.decide_found(vote);
    BOOST_TEST((house.refused_as(house.holders[2], house.share(vote, 2)) == wrong_state));
}

BOOST_AUTO_TEST_CASE(a_wrong_share_names_its_holder_and_the_others_suffice)
{
    SecretHouse house;
    const auto vote = house.open_secret();
    house.cast_all(vote, 4, 1, 1);
    house.close(vote);
    house.seal(vote);
    house.confirm(vote, 7);
    // The share of another holder, under the own signature; and one with a changed answer.
    const auto terms = share_terms(house.state, vote);
    house.act(house.holders[0], house.table.give(0, vote, terms, house.share(vote, 1).share, 7));
    auto changed = house.share(vote, 1).share;
    changed.at(changed.size() - 32) ^= 1;
    house.act(house.holders[1], house.table.give(1, vote, terms, changed, 7));
    const auto shares = house.shown(vote).box->shares;
    BOOST_TEST((shares[0].wrong && !shares[0].given && shares[1].wrong && !shares[2].wrong));
    BOOST_TEST(!house.vote(vote).secret.confirmations.has_value()); // They come with the first that holds.
    BOOST_TEST(!is_openable(house.state, vote));
    house.give(vote, 2);
    BOOST_TEST(house.vote(vote).secret.confirmations.has_value());
    house.give(vote, 1); // Another one of the same holder.
    BOOST_TEST(house.shown(vote).box->shares[1].given);
    BOOST_TEST(house.shown(vote).box->shares[0].wrong);
    house.decide_found(vote);
    BOOST_TEST((house.vote(vote).result->totals->holders ==
                std::vector{*house.holders[1].person, *house.holders[2].person}));
    BOOST_TEST((house.vote(vote).result->tally == Tally{4, 1, 1, 1}));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(two_thirds_confirm_or_the_holder_decides_otherwise)
{
    SecretHouse house;
    const auto vote = house.open_secret();
    house.cast_all(vote, 3, 1, 0);
    house.close(vote);
    house.seal(vote);
    house.confirm(vote, 4); // 4 of 7 are fewer than two thirds.
    BOOST_TEST((house.refused_as(house.holders[0], house.share(vote, 0)) == roll_incomplete));
    house.confirm(vote, 5);
    const auto five = house.share(vote, 0);
    // What the holder counted must be there to be written down: after a restart it is collected anew.
    house.secret.confirmations.pop_back();
    BOOST_TEST((house.refused_as(house.holders[0], five) == roll_incomplete));
    const auto eight = house.table.give(0, vote, share_terms(house.state, vote), five.share, 8);
    BOOST_TEST((house.refused_as(house.holders[0], eight) == roll_incomplete)); // More than there are.
    house.confirm(vote, 5);
    house.secret.confirmations.push_back(house.secret.confirmations[0]); // Twice counts once,
    house.secret.confirmations.push_back(house.secret.confirmations[1]);
    house.secret.confirmations.back().signature[7] ^= 1; // and forged not at all.
    house.act(house.holders[0], five);
    const auto event = decode_entry(house.entries.back());
    BOOST_TEST(std::get<BoxConfirmed>(event->event).confirmed == 5U);
    house.confirm(vote, 0);
    BOOST_TEST((house.refused_as(house.holders[1], house.share(vote, 1)) == roll_incomplete));
    house.act(house.holders[1], house.share(vote, 1, true));
    BOOST_TEST(house.shown(vote).box->shares[1].overridden);
    house.decide_found(vote);
    BOOST_TEST((house.vote(vote).result->tally == Tally{3, 1, 0, 3}));
}

BOOST_AUTO_TEST_CASE(an_empty_box_needs_no_shares)
{
    SecretHouse house;
    const auto vote = house.open_secret();
    house.close(vote);
    house.seal(vote);
    BOOST_TEST(is_openable(house.state, vote));
    BOOST_TEST((house.refused_as(house.holders[0], GiveShare{vote, 7, true, Bytes(64, 1), Bytes(181, 1)}) ==
                nothing_to_do));
    BOOST_TEST((house.found(vote) == std::vector<std::uint64_t>{0}));
    house.decide_found(vote);
    BOOST_TEST((house.vote(vote).result->tally == Tally{0, 0, 0, 7}));
    BOOST_TEST(house.vote(vote).result->totals->holders.empty());
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_void_vote_never_opens_its_box_whatever_step_it_had_reached)
{
    const std::vector<const char*> steps{"prepared", "called",    "open",     "held",   "closed",
                                         "sealed",   "one share", "openable", "decided"};
    for (std::size_t step = 0; step < steps.size(); ++step) {
        BOOST_TEST_CONTEXT(steps[step])
        {
            SecretHouse house;
            const auto vote = house.prepare_secret();
            if (step >= 1) house.call(vote);
            if (step >= 2) {
                house.acknowledge(vote);
                house.open(vote);
                house.cast_all(vote, 4, 1, 0);
            }
            if (step == 3) house.act(house.chair, HoldVote{vote, "核对设备"});
            if (step >= 4) house.close(vote);
            if (step >= 5) {
                house.seal(vote);
                house.confirm(vote, 7);
            }
            if (step >= 6) house.give(vote, 0);
            if (step >= 7) house.give(vote, 1);
            if (step >= 8) house.decide_found(vote);
            const bool has_box = step >= 2;
            BOOST_TEST((house.refused_as(house.chair, VoidVote{vote, VoidReason::ballot_key_lost, ""}) ==
                        wrong_state));
            house.act(house.chair, VoidVote{vote, VoidReason::equipment_failure, "断电"});
            BOOST_TEST((house.phase(vote) == SecretPhase::ended));
            BOOST_TEST(!house.sitting(house.sitting_id).open_vote.has_value());
            BOOST_TEST((house.item(house.item_id).state == ItemState::adopted));
            BOOST_TEST(!is_openable(house.state, vote));
            BOOST_TEST((house.code(decide_totals(house.state, vote, {0})) == wrong_state));
            const auto work = box_work(house.state);
            BOOST_TEST(work.to_shred.size() == (has_box ? 1U : 0U));
            BOOST_TEST((work.to_seal.empty() && work.to_open.empty() && work.unsealed.empty()));
            if (step >= 5) {
                BOOST_TEST((house.refused_as(house.holders[2], house.share(vote, 2)) == wrong_state));
                BOOST_TEST((house.refused_as(house.members[0], ContestBox{vote}) == wrong_state));
            }
            if (has_box) {
                BOOST_TEST((house.code(decide_shredded(house.state, vote)) == wrong_state));
                house.write(decide_shred(house.state, vote));
                BOOST_TEST((house.code(decide_shred(house.state, vote)) == nothing_to_do));
                BOOST_TEST((box_work(house.state).to_destroy == std::vector{vote}));
                house.write(decide_shredded(house.state, vote));
                BOOST_TEST((house.code(decide_shredded(house.state, vote)) == nothing_to_do));
                BOOST_TEST(box_work(house.state).to_destroy.empty());
            }
            // The next attempt has a list, a context and a box of its own.
            const VoteId again{house.act(house.chair, RetryVote{vote, std::nullopt})};
            BOOST_TEST((house.shown(again).vote_id != house.shown(vote).vote_id));
            house.call(again);
            house.acknowledge(again);
            house.open(again);
            house.cast_all(again, 6, 0, 0);
            BOOST_TEST((house.finish(again).outcome.verdict == Verdict::passed));
            BOOST_TEST((house.replayed() == state_hash(house.state)));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_lost_key_makes_the_vote_void_and_it_goes_on_by_paper_or_anew)
{
    SecretHouse house;
    const auto vote = house.open_secret();
    house.cast_all(vote, 4, 1, 0);
    BOOST_TEST((box_work(house.state).unsealed == std::vector{vote}));
    house.write(decide_key_lost(house.state, vote));
    BOOST_TEST((house.vote(vote).void_reason == VoidReason::ballot_key_lost));
    BOOST_TEST(!house.sitting(house.sitting_id).open_vote.has_value());
    BOOST_TEST((house.refused_as(house.chair, RetryVote{vote, VoteMethod::hands}) == wrong_state));
    const VoteId paper{house.act(house.chair, RetryVote{vote, VoteMethod::paper})};
    BOOST_TEST(!view_vote(house.state, paper, Role::chair).secret.has_value());
    house.act(house.chair, VoidVote{paper, VoidReason::disorder, ""});

    const auto closed = house.open_secret();
    house.cast_all(closed, 4, 1, 0);
    house.close(closed);
    BOOST_TEST((box_work(house.state).unsealed == std::vector{closed}));
    house.write(decide_key_lost(house.state, closed));
    const auto sealed = house.open_secret();
    house.cast_all(sealed, 4, 1, 0);
    house.close(sealed);
    house.seal(sealed);
    // From here on the key is not needed any more.
    BOOST_TEST(box_work(house.state).unsealed.empty());
    BOOST_TEST((house.code(decide_key_lost(house.state, sealed)) == wrong_state));
    BOOST_TEST((house.code(decide_key_lost(house.state, VoteId{9'999})) == no_such_record));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(while_a_box_is_not_opened_yet_other_things_go_on_but_not_the_end)
{
    SecretHouse house;
    const ItemId other{house.act(house.secretary, AddItem{house.meeting, "另一项决议"})};
    house.act(house.chair, AdoptAgenda{house.sitting_id});
    const auto vote = house.open_secret();
    house.cast_all(vote, 5, 1, 0);
    house.close(vote);
    const auto same = house.prepare(motion());
    const auto next = house.prepare(motion(), other);
    BOOST_TEST((house.item(house.item_id).state == ItemState::put_to_vote));
    BOOST_TEST((house.refused_as(house.chair, OpenVote{same}) == another_vote_open));
    BOOST_TEST((house.refused_as(house.chair, CloseSitting{house.sitting_id}) == vote_open));
    BOOST_TEST((house.refused_as(house.chair, WithdrawItem{house.sitting_id, house.item_id, "不再审议"}) ==
                vote_open));
    BOOST_TEST((house.refused_as(house.secretary, CloseMeeting{house.meeting}) == vote_open));
    BOOST_TEST((house.refused_as(house.secretary, house.appointment(3)) == vote_open));
    BOOST_TEST((house.refused_as(house.members[0], CastVote{vote, Choice::approve}) == vote_not_open));
    house.act(house.chair, VoidVote{same, VoidReason::withdrawn, ""});
    BOOST_TEST((house.item(house.item_id).state == ItemState::put_to_vote));
    house.act(house.chair, ActivateItem{house.sitting_id, other});
    house.act(house.chair, OpenVote{next});
    house.press(next, 5, 0, 0);
    house.seal(vote);
    house.confirm(vote, 7);
    house.give(vote, 0);
    house.give(vote, 1);
    house.decide_found(vote); // While the next one is open.
    BOOST_TEST((house.item(house.item_id).state == ItemState::decided));
    house.act(house.chair, CloseVote{next});
    house.act(house.chair, CloseSitting{house.sitting_id});
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_secret_vote_is_held_extended_and_closed_by_its_timer_like_any_other)
{
    SecretHouse house;
    auto rule = secret_motion();
    rule.close = ClosePolicy::timer;
    rule.window_ms = 30'000;
    house.act(house.operator_, SignInFor{house.sitting_id, *house.members[8].person, AttendanceMode::remote});
    const auto vote = house.open_secret(rule);
    house.cast_all(vote, 5, 0, 0);
    house.act(house.chair, ExtendVote{vote, 10'000});
    house.act(house.chair, HoldVote{vote, "核对"});
    BOOST_TEST((house.phase(vote) == SecretPhase::open));
    house.act(house.chair, ResumeVote{vote});
    BOOST_TEST((code_of(house.time_out(vote)) == wrong_state));
    house.now_ms += 41'000;
    BOOST_TEST(!house.time_out(vote).has_value());
    BOOST_TEST((house.vote(vote).state == VoteState::closed));
    house.seal(vote);
    house.confirm(vote, 7);
    house.give(vote, 1);
    house.give(vote, 2);
    house.decide_found(vote);
    BOOST_TEST((house.vote(vote).result->tally == Tally{5, 0, 0, 2}));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(too_few_who_vote_leave_it_to_be_taken_again)
{
    SecretHouse house;
    auto rule = secret_motion();
    rule.min_participation = over_half();
    const auto vote = house.open_secret(rule);
    house.cast_all(vote, 3, 0, 0);
    BOOST_TEST((house.finish(vote).outcome.verdict == Verdict::invalid_low_participation));
    house.act(house.chair, AnnounceVote{vote});
    house.act(house.chair, RetryVote{vote, std::nullopt});
}

BOOST_AUTO_TEST_CASE(the_agenda_is_adopted_with_the_totals)
{
    SecretHouse house;
    house.act(house.secretary, AddItem{house.meeting, "补充议题"});
    auto command = house.prepare_command(secret_motion());
    command.item.reset();
    command.adopts_agenda = true;
    const VoteId vote{house.act(house.secretary, command)};
    house.call(vote);
    house.acknowledge(vote);
    house.open(vote);
    house.cast_all(vote, 6, 0, 0);
    house.close(vote);
    BOOST_TEST((house.refused_as(house.secretary, AddItem{house.meeting, "再补充"}) == vote_open));
    house.seal(vote);
    house.confirm(vote, 7);
    house.give(vote, 0);
    house.give(vote, 1);
    house.decide_found(vote);
    BOOST_TEST(std::ranges::all_of(house.state.items,
                                   [](const auto& entry) { return entry.second.state != ItemState::draft; }));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(later_holders_open_later_votes_and_what_was_shown_of_earlier_ones_stays)
{
    SecretHouse house;
    const auto first = house.open_secret();
    house.cast_all(first, 5, 0, 0);
    BOOST_TEST((house.refused_as(house.secretary, house.appointment(3)) == vote_open));
    house.finish(first);
    const auto waiting = house.prepare(secret_motion(), std::nullopt);
    house.call(waiting);
    house.acknowledge(waiting);
    const auto before = house.shown(first);
    house.act(house.secretary, house.appointment(3));
    BOOST_TEST((house.phase(waiting) == SecretPhase::to_call));
    BOOST_TEST((house.refused_as(house.chair, OpenVote{waiting}) == roll_differs));
    auto another = house.prepare_command(secret_motion());
    another.item.reset();
    house.secret.list = house.drawn(waiting);
    BOOST_TEST((house.refused_as(house.chair, CallRoll{waiting, {}}) == election_key_missing));
    BOOST_TEST((house.refused_as(house.secretary, another) == election_key_missing));
    for (std::size_t i = 0; i < house.holders.size(); ++i)
        house.act(house.holders[i], JoinCeremony{house.meeting, house.table.key(i)});
    house.commit_all();
    house.open_all();
    house.agree_all();
    BOOST_TEST((house.shown(first).election_key == before.election_key));
    BOOST_TEST((house.shown(first).words == before.words));
    BOOST_TEST((house.shown(first).threshold == 2U));
    BOOST_TEST((house.refused_as(house.chair, OpenVote{waiting}) == roll_differs));
    house.call(waiting);
    house.acknowledge(waiting);
    house.open(waiting);
    house.cast_all(waiting, 5, 1, 0);
    house.close(waiting);
    house.seal(waiting);
    house.confirm(waiting, 7);
    house.give(waiting, 0);
    house.give(waiting, 1);
    BOOST_TEST(!is_openable(house.state, waiting)); // All three are needed now.
    house.give(waiting, 2);
    house.decide_found(waiting);
    BOOST_TEST((house.vote(waiting).result->tally == Tally{5, 1, 0, 1}));
    BOOST_TEST((house.refused_as(house.secretary, DismissOfficer{*house.holders[0].person, Role::key_holder,
                                                                 house.body, "另有任用"}) == wrong_state));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_sheet_shows_the_box_the_holders_and_that_everything_adds_up)
{
    SecretHouse house;
    const auto vote = house.open_secret();
    house.cast_all(vote, 4, 1, 1);
    house.finish(vote);
    house.act(house.chair, AnnounceVote{vote});
    const auto sheet = result_sheet(house.state, vote, Role::secretary);
    BOOST_TEST_REQUIRE(sheet.vote.secret.has_value());
    BOOST_TEST(sheet.vote.secret->box->ballots == 6U);
    BOOST_TEST((sheet.vote.secret->box->root == house.vote(vote).secret.sealed->root));
    BOOST_TEST(sheet.vote.secret->roll->list_length == 7U);
    BOOST_TEST(sheet.vote.result->totals->holders.size() == 2U);
    BOOST_TEST_REQUIRE(sheet.identities.size() == 3U);
    BOOST_TEST((sheet.identities[1].left == 6U && sheet.identities[1].right == 6U));
    BOOST_TEST((sheet.identities[2].left == 6U && sheet.identities[2].right == 7U));
    BOOST_TEST(sheet.identities[2].is_at_most);
}

BOOST_AUTO_TEST_CASE(a_dismissal_may_be_decided_by_secret_ballots_at_consoles)
{
    SecretHouse house;
    auto command = house.prepare_command(secret_motion());
    command.personnel = PersonnelMatter{PersonnelAction::dismiss, "王五", "副主任"};
    const VoteId vote{house.act(house.secretary, command)};
    house.call(vote);
    house.acknowledge(vote);
    house.open(vote);
    BOOST_TEST((house.phase(vote) == SecretPhase::open));
}

BOOST_AUTO_TEST_SUITE_END()
