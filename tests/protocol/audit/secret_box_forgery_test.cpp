#include "tests/protocol/audit/secret_forgery.hpp"

BOOST_AUTO_TEST_SUITE(secret_box_forgeries)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// Lies about the ballot box, what was confirmed of it, its opening and the end of its key.

namespace {

/// Cast and closed.
VoteId closed(SecretRecord& s)
{
    const auto id = s.cast_by_all();
    s.close(id);
    return id;
}

void seal_as(RecordedMeeting& m, SecretRecord& s, const std::function<void(VoteId, BallotBoxSealed&)>& change)
{
    const auto id = closed(s);
    auto sealed = s.sealing(id, s.collected(id));
    change(id, sealed);
    m.write(RecordedMeeting::server, sealed);
}

void seal_content(SecretRecord& s, const std::function<void(VoteId, ballot::BoxContent&)>& change)
{
    const auto id = closed(s);
    auto content = s.collected(id);
    change(id, content);
    s.seal(id, content);
}

ballot::Point owner(const Bytes& record)
{
    return ballot::read_head(record).value().pseudonym;
}

const SecretForgery boxes[] = {
    {"a frame of a box there is not",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.opened();
         s.frame(id);
         m.last<BoxFrame>().box = std::string(32, 'a');
     },
     {box_out_of_order}},
    {"a frame after the close",
     [](RecordedMeeting&, SecretRecord& s) { s.frame(closed(s)); },
     {box_out_of_order}},
    {"a frame of a box that was opened long ago",
     [](RecordedMeeting&, SecretRecord& s) { s.frame(s.whole()); },
     {box_out_of_order}},
    {"decided in the breath it was closed",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = closed(s);
         auto decided = s.decision(id);
         decided.totals.reset();
         m.write(m.chair, decided, m.entries.back().id);
     },
     {box_out_of_order}},
    {"sealed before the close",
     [](RecordedMeeting&, SecretRecord& s) { s.seal(s.cast_by_all()); },
     {box_out_of_order}},
    {"sealed twice, with another content",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.sealed();
         auto content = s.collected(id);
         content.ballots.pop_back();
         s.seal(id, content);
     },
     {box_out_of_order}},
    {"sealed by the chair",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.sealed();
         m.entries.back().actor = m.chair;
         m.entries.back().id = "by-hand";
     },
     {actor_not_allowed}},
    {"ballots that came in no frame",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.opened();
         s.votes.at(id).ballots.push_back(s.ballot(id, m.person(0), Choice::approve, 5));
         s.close(id);
         s.seal(id);
     },
     {box_out_of_order}},
    {"one ballot dropped from the file",
     [](RecordedMeeting& m, SecretRecord& s) {
         seal_as(m, s, [&](VoteId id, BallotBoxSealed& sealed) {
             auto content = s.collected(id);
             content.ballots.pop_back();
             sealed.box = m.keep(text_in(ballot::encode(s.terms(id), content)));
         });
     },
     {box_changed}},
    {"one ballot dropped before the root was made: the consoles confirm another root",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = closed(s);
         auto content = s.collected(id);
         s.sealing(id, content);
         const auto seen = s.confirmations(id);
         content.ballots.pop_back();
         s.seal(id, content);
         s.give(s.giving(id, 1), seen);
     },
     {confirmations_wrong}},
    {"another root",
     [](RecordedMeeting& m, SecretRecord& s) {
         seal_as(m, s, [](VoteId, BallotBoxSealed& sealed) { sealed.root.bytes[3] ^= 1; });
     },
     {box_changed}},
    {"a ballot more than there are",
     [](RecordedMeeting& m, SecretRecord& s) {
         seal_as(m, s, [](VoteId, BallotBoxSealed& sealed) { ++sealed.ballots; });
     },
     {box_changed}},
    {"a spoil fewer than there are",
     [](RecordedMeeting& m, SecretRecord& s) {
         seal_as(m, s, [](VoteId, BallotBoxSealed& sealed) { --sealed.spoils; });
     },
     {box_changed}},
    {"the box of another vote",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.whole();
         const auto other = m.newest<BallotBoxSealed>();
         seal_as(m, s, [&](VoteId id, BallotBoxSealed& sealed) {
             sealed = other;
             sealed.vote = id;
         });
     },
     {box_changed}},
    {"a byte of a ballot changed",
     [](RecordedMeeting&, SecretRecord& s) {
         seal_content(s, [](VoteId, ballot::BoxContent& content) { content.ballots[2].back() ^= 1; });
     },
     {ballot_wrong}},
    {"a ballot that copies another",
     [](RecordedMeeting&, SecretRecord& s) {
         seal_content(s, [](VoteId, ballot::BoxContent& content) {
             constexpr std::size_t ciphertext = 1 + 16 + 32 + 4;
             std::copy_n(content.ballots[0].begin() + ciphertext, 64,
                         content.ballots[1].begin() + ciphertext);
         });
     },
     {ballot_wrong}},
    {"a ballot of somebody who is not on the list",
     [](RecordedMeeting& m, SecretRecord& s) {
         m.sign_in(m.person(7));
         const auto id = s.prepare();
         s.call_roll(id);
         s.open(id);
         s.come(m.person(7));
         s.press(id);
         s.cast(id, m.person(7), Choice::approve);
         s.votes.at(id).left = 0;
         s.close(id);
         auto content = s.collected(id);
         content.ballots.erase(
             content.ballots.begin() +
             (owner(content.ballots.front()) == owner(s.votes.at(id).ballots.back()) ? 1 : 0));
         s.seal(id, content);
     },
     {ballot_of_outsider}},
    {"a spoil that its owner did not make",
     [](RecordedMeeting&, SecretRecord& s) {
         seal_content(s, [](VoteId, ballot::BoxContent& content) { content.spoils[0].back() ^= 1; });
     },
     {spoil_wrong}},
    {"a spoiled ballot that is counted",
     [](RecordedMeeting& m, SecretRecord& s) {
         seal_content(s, [&](VoteId id, ballot::BoxContent& content) {
             content.ballots.push_back(s.votes.at(id).newest.at(m.person(6)).bytes);
             std::ranges::sort(content.ballots, {}, owner);
         });
     },
     {box_changed}},
    {"an earlier ballot beside the one that replaced it",
     [](RecordedMeeting&, SecretRecord& s) {
         seal_content(s, [&](VoteId id, ballot::BoxContent& content) {
             content.ballots.push_back(s.votes.at(id).ballots[4]);
             std::ranges::stable_sort(content.ballots, {}, owner);
         });
     },
     {box_changed}},
    {"ballots in the order they came",
     [](RecordedMeeting&, SecretRecord& s) {
         seal_content(s, [](VoteId, ballot::BoxContent& content) {
             std::swap(content.ballots.front(), content.ballots.back());
         });
     },
     {box_changed}},
    {"a contest by somebody who is not on the list",
     [](RecordedMeeting& m, SecretRecord& s) {
         m.write(m.member(7), BoxContested{s.sealed(), m.person(7)});
     },
     {box_out_of_order}},
    {"a contest before there is anything to contest",
     [](RecordedMeeting& m, SecretRecord& s) {
         m.write(m.member(0), BoxContested{closed(s), m.person(0)});
     },
     {box_out_of_order}},
    {"a contest in another's name",
     [](RecordedMeeting& m, SecretRecord& s) {
         m.write(m.member(1), BoxContested{s.sealed(), m.person(0)});
     },
     {actor_for_another}},
    {"a number used again after voting ended",
     [](RecordedMeeting& m, SecretRecord& s) { m.write(m.server, SeqReused{closed(s)}); },
     {box_out_of_order}},
    {"a number used again in a vote with names",
     [](RecordedMeeting& m, SecretRecord&) { m.write(m.server, SeqReused{m.prepare(simple_rule())}); },
     {box_out_of_order}},
    {"a number used again, told by a member",
     [](RecordedMeeting& m, SecretRecord& s) { m.write(m.member(0), SeqReused{s.opened()}); },
     {actor_not_allowed}},
    {"more numbers used again than there are members on the list",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.opened();
         for (std::size_t i = 0; i < 8; ++i)
             m.write(m.server, SeqReused{id});
     },
     {box_out_of_order}},
    {"a sitting that ends before the box is opened",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.sealed();
         m.write(m.chair, SittingClosed{m.sitting});
     },
     {sitting_out_of_order}},
};

/// A share whose proof does not hold.
ShareGiven wrong_share(RecordedMeeting& m, SecretRecord& s, VoteId id, std::uint32_t holder)
{
    auto bytes = m.blobs.at(s.giving(id, holder).share);
    bytes.back() ^= 1;
    return s.said(id, holder, m.keep(bytes), 7);
}

/// The first holder gives its share of a sealed box with what is signed of the record as it then is.
void give_cosigned(SecretRecord& s, const std::function<Cosignature(Checkpoint record)>& sign)
{
    const auto id = s.sealed();
    auto given = s.giving(id, 1);
    given.cosignature.emplace(sign(checkpoint_at(s.m, s.m.entries.size())));
    s.give(given, s.confirmations(id));
}

void confirm_as(RecordedMeeting& m, SecretRecord& s, const std::function<void(VoteId, BoxConfirmed&)>& change)
{
    const auto id = s.sealed();
    s.give(id, 1);
    change(id, m.last<BoxConfirmed>());
}

const SecretForgery shares[] = {
    {"a wrong share that is said to hold",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.sealed();
         s.give(wrong_share(m, s, id, 1), s.confirmations(id));
     },
     {share_wrong}},
    {"a good share that is said not to hold",
     [](RecordedMeeting&, SecretRecord& s) {
         auto given = s.giving(s.sealed(), 1);
         given.holds = false;
         s.give(given, {});
     },
     {share_wrong}},
    {"a share of one holder told as another's",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.sealed();
         s.give(s.said(id, 2, s.giving(id, 1).share, 7), s.confirmations(id));
     },
     {share_wrong}},
    {"a share of another box",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.whole();
         const auto other = m.newest<ShareGiven>().share;
         const auto id = s.sealed();
         s.give(s.said(id, 3, other, 7), s.confirmations(id));
     },
     {share_wrong}},
    {"a statement its holder did not sign",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.sealed();
         auto given = s.giving(id, 1);
         given.statement = s.said(id, 2, given.share, 7).statement;
         s.give(given, s.confirmations(id));
     },
     {share_wrong}},
    {"more confirmations than the holder saw",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.sealed();
         auto given = s.said(id, 1, s.giving(id, 1).share, 6);
         given.confirmed = 7;
         s.give(given, s.confirmations(id));
     },
     {share_wrong}},
    {"a holder made to override",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.sealed();
         auto given = s.giving(id, 1);
         given.overridden = true;
         s.give(given, s.confirmations(id));
     },
     {share_wrong}},
    {"too few confirmations and nobody who overrides",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.sealed();
         auto few = s.confirmations(id);
         few.resize(4);
         s.give(s.said(id, 1, s.giving(id, 1).share, 4), few);
     },
     {share_wrong}},
    {"a cosignature of another record",
     [](RecordedMeeting&, SecretRecord& s) {
         give_cosigned(s, [&](Checkpoint record) {
             record.root.bytes[0] ^= 1;
             return cosign(record, 1, s.holder_key(1));
         });
     },
     {cosignature_wrong}},
    {"a cosignature of another log",
     [](RecordedMeeting&, SecretRecord& s) {
         give_cosigned(s, [&](Checkpoint record) {
             record.origin += "/2";
             return cosign(record, 1, s.holder_key(1));
         });
     },
     {cosignature_wrong}},
    {"a cosignature of the record before the box was sealed",
     [](RecordedMeeting& m, SecretRecord& s) {
         give_cosigned(s, [&](const Checkpoint& record) {
             return cosign(checkpoint_at(m, record.size - 1), 1, s.holder_key(1));
         });
     },
     {cosignature_wrong}},
    {"a cosignature of what came after the share",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.sealed();
         s.give(id, 1);
         auto& given = m.newest<ShareGiven>();
         given.cosignature.emplace(cosign(checkpoint_at(m, m.entries.size()), 1, s.holder_key(1)));
     },
     {cosignature_wrong}},
    {"a cosignature by another holder",
     [](RecordedMeeting&, SecretRecord& s) {
         give_cosigned(s, [&](const Checkpoint& record) { return cosign(record, 1, s.holder_key(2)); });
     },
     {cosignature_wrong}},
    {"a cosignature at another time",
     [](RecordedMeeting&, SecretRecord& s) {
         give_cosigned(s, [&](const Checkpoint& record) {
             auto signed_at_1 = cosign(record, 1, s.holder_key(1));
             signed_at_1.time_s = 2;
             return signed_at_1;
         });
     },
     {cosignature_wrong}},
    {"a second share of one holder",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.sealed();
         s.give(id, 1);
         s.give(id, 1);
     },
     {share_wrong}},
    {"fewer confirmations written down than the first holder counted",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.sealed();
         auto few = s.confirmations(id);
         few.resize(5);
         s.give(s.giving(id, 1), few);
     },
     {confirmations_wrong}},
    {"new key holders while a box waits for the former ones",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.sealed();
         auto appointed = m.newest<KeyHoldersAppointed>();
         m.write(m.secretary, appointed);
     },
     {key_ceremony_wrong}},
    {"a share of a box that is not sealed",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = closed(s);
         s.sealing(id, s.collected(id));
         m.write(s.holders[0], s.giving(id, 1));
     },
     {box_out_of_order}},
    {"a share by somebody who holds no key of the meeting",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto other = m.appoint("丁", Role::key_holder, m.body, m.secretary);
         const auto id = s.sealed();
         auto given = s.giving(id, 1);
         given.holder = *other.person;
         m.write(other, given);
     },
     {share_wrong}},
    {"a share given by another hand",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.sealed();
         auto given = wrong_share(m, s, id, 1);
         given.holds = false;
         m.write(s.holders[1], given);
     },
     {actor_for_another}},
    {"a share after the totals are known",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.decided();
         m.write(s.holders[1], s.giving(id, 2));
     },
     {box_out_of_order}},
    {"a share of a vote that is void",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.sealed();
         m.write(m.chair, VoteVoided{id, VoidReason::disorder, ""});
         m.write(s.holders[1], s.giving(id, 2));
     },
     {box_out_of_order}},
    {"a void box that is sealed all the same",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = closed(s);
         m.write(m.chair, VoteVoided{id, VoidReason::disorder, ""});
         s.seal(id);
     },
     {box_out_of_order}},
    {"a first share without what had been confirmed",
     [](RecordedMeeting& m, SecretRecord& s) { m.write(s.holders[0], s.giving(s.sealed(), 1)); },
     {confirmations_wrong}},
    {"confirmations in another breath",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.sealed();
         m.write(s.holders[0], s.giving(id, 1));
         m.write(s.holders[0], s.confirmed(id, s.confirmations(id)));
     },
     {confirmations_wrong, box_out_of_order}},
    {"confirmations told twice",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.sealed();
         s.give(id, 1);
         m.write(s.holders[0], s.confirmed(id, s.confirmations(id)));
     },
     {box_out_of_order}},
    {"a confirmation by a foreign device",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.sealed();
         auto all = s.confirmations(id);
         all.back() = ballot::confirm(s.terms(id), s.votes.at(id).root, s.device(m.person(8)));
         s.give(s.giving(id, 1), all);
     },
     {confirmations_wrong}},
    {"a confirmation that does not hold",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.sealed();
         auto all = s.confirmations(id);
         all.front().signature[8] ^= 1;
         s.give(s.giving(id, 1), all);
     },
     {confirmations_wrong}},
    {"one confirmation more than there are",
     [](RecordedMeeting& m, SecretRecord& s) {
         confirm_as(m, s, [](VoteId, BoxConfirmed& confirmed) { confirmed.confirmed -= 1; });
     },
     {confirmations_wrong}},
    {"confirmations of another root",
     [](RecordedMeeting& m, SecretRecord& s) {
         confirm_as(m, s, [](VoteId, BoxConfirmed& confirmed) { confirmed.root.bytes[0] ^= 1; });
     },
     {confirmations_wrong}},
};

void decide_as(RecordedMeeting& m, SecretRecord& s, const std::function<void(VoteId, VoteDecided&)>& change)
{
    const auto id = s.openable();
    auto decided = s.decision(id);
    change(id, decided);
    m.write(RecordedMeeting::server, decided);
}

const SecretForgery endings[] = {
    {"one approval more in the totals",
     [](RecordedMeeting& m, SecretRecord& s) {
         decide_as(m, s, [](VoteId, VoteDecided& decided) {
             decided.totals->values[0] += 1;
             decided.tally.approve += 1;
             decided.tally.abstain -= 1;
             decided.outcome.findings[0].have += 1;
             decided.outcome.findings[0].met = true;
             decided.outcome.verdict = Verdict::passed;
         });
     },
     {totals_wrong}},
    {"one approval more in the tally",
     [](RecordedMeeting& m, SecretRecord& s) {
         decide_as(m, s, [](VoteId, VoteDecided& decided) {
             decided.tally.approve += 1;
             decided.tally.abstain -= 1;
         });
     },
     {tally_wrong}},
    {"one who did not press forgotten",
     [](RecordedMeeting& m, SecretRecord& s) {
         decide_as(m, s, [](VoteId, VoteDecided& decided) { decided.tally.not_pressed = 0; });
     },
     {tally_wrong}},
    {"another outcome",
     [](RecordedMeeting& m, SecretRecord& s) {
         decide_as(m, s, [](VoteId, VoteDecided& decided) { decided.outcome.verdict = Verdict::passed; });
     },
     {outcome_wrong}},
    {"fewer shares than it takes",
     [](RecordedMeeting& m, SecretRecord& s) {
         decide_as(m, s, [](VoteId, VoteDecided& decided) { decided.totals->holders.pop_back(); });
     },
     {totals_wrong}},
    {"a holder named who gave no share",
     [](RecordedMeeting& m, SecretRecord& s) {
         decide_as(m, s, [&](VoteId, VoteDecided& decided) {
             decided.totals->holders.back() = *s.holders[1].person;
         });
     },
     {totals_wrong}},
    {"one holder's share combined twice",
     [](RecordedMeeting& m, SecretRecord& s) {
         decide_as(m, s, [](VoteId, VoteDecided& decided) {
             decided.totals->holders.back() = decided.totals->holders.front();
         });
     },
     {totals_wrong}},
    {"decided by one share",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.sealed();
         s.give(id, 1);
         m.write(RecordedMeeting::server, s.decision(id));
     },
     {totals_wrong}},
    {"decided with the help of a wrong share",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.sealed();
         s.give(id, 1);
         s.give(wrong_share(m, s, id, 2), {});
         m.write(RecordedMeeting::server, s.decision(id));
     },
     {share_wrong, totals_wrong}},
    {"decided without totals",
     [](RecordedMeeting& m, SecretRecord& s) {
         decide_as(m, s, [](VoteId, VoteDecided& decided) { decided.totals.reset(); });
     },
     {totals_wrong}},
    {"totals that so many ballots cannot have",
     [](RecordedMeeting& m, SecretRecord& s) {
         decide_as(m, s, [](VoteId, VoteDecided& decided) { decided.totals->values[0] = 7; });
     },
     {totals_wrong}},
    {"totals of another number of ballots",
     [](RecordedMeeting& m, SecretRecord& s) {
         decide_as(m, s, [](VoteId, VoteDecided& decided) { ++decided.totals->ballots; });
     },
     {totals_wrong}},
    {"two numbers where one was encrypted",
     [](RecordedMeeting& m, SecretRecord& s) {
         decide_as(m, s, [](VoteId, VoteDecided& decided) { decided.totals->values.push_back(0); });
     },
     {totals_wrong}},
    {"decided by the chair",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.openable();
         m.write(m.chair, s.decision(id));
     },
     {actor_not_allowed}},
    {"opened a second time",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.decided();
         m.write(RecordedMeeting::server, s.decision(id));
     },
     {decision_without_close}},
    {"one more who had left",
     [](RecordedMeeting& m, SecretRecord& s) {
         decide_as(m, s, [](VoteId, VoteDecided& decided) { ++decided.left; });
     },
     {left_wrong}},
    {"totals of a vote with names",
     [](RecordedMeeting& m, SecretRecord&) {
         close_with(m, pressed(m), [](VoteDecided& decided) { decided.totals = OpenedTotals{}; });
     },
     {secret_vote_wrong, actor_not_allowed}},
    {"a key destroyed before the totals are known",
     [](RecordedMeeting&, SecretRecord& s) { s.shred(s.sealed()); },
     {shredding_wrong}},
    {"a key destroyed that was never to be",
     [](RecordedMeeting& m, SecretRecord& s) { m.write(RecordedMeeting::server, BoxShredded{s.decided()}); },
     {shredding_wrong}},
    {"a key destroyed twice",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.decided();
         s.shred(id);
         s.shred(id);
     },
     {shredding_wrong}},
    {"a key the chair destroyed",
     [](RecordedMeeting& m, SecretRecord& s) { m.write(m.chair, BoxShredStarted{s.decided()}); },
     {actor_not_allowed}},
    {"a key of a vote with names destroyed",
     [](RecordedMeeting& m, SecretRecord&) {
         const auto id = pressed(m);
         m.close(id);
         m.write(RecordedMeeting::server, BoxShredStarted{id});
     },
     {shredding_wrong}},
    {"a key said to be lost when the box was sealed",
     [](RecordedMeeting& m, SecretRecord& s) {
         m.write(RecordedMeeting::server, VoteVoided{s.sealed(), VoidReason::ballot_key_lost, ""});
     },
     {void_unfounded}},
    {"a key said to be lost by the chair",
     [](RecordedMeeting& m, SecretRecord& s) {
         m.write(m.chair, VoteVoided{s.cast_by_all(), VoidReason::ballot_key_lost, ""});
     },
     {actor_not_allowed}},
    {"a lost key of a vote that has none",
     [](RecordedMeeting& m, SecretRecord&) {
         m.write(RecordedMeeting::server, VoteVoided{pressed(m), VoidReason::ballot_key_lost, ""});
     },
     {void_unfounded}},
};

} // namespace

BOOST_AUTO_TEST_CASE(lies_about_the_ballot_box_are_found)
{
    for (const auto& lie : boxes)
        check(lie);
}

BOOST_AUTO_TEST_CASE(lies_about_shares_and_confirmations_are_found)
{
    for (const auto& lie : shares)
        check(lie);
}

BOOST_AUTO_TEST_CASE(lies_about_the_totals_and_the_end_of_the_key_are_found)
{
    for (const auto& lie : endings)
        check(lie);
}

BOOST_AUTO_TEST_CASE(a_public_bundle_shows_the_lies_that_need_no_ballots)
{
    const std::pair<const char*, std::set<audit::AuditCode>> seen[] = {
        {"one approval more in the tally", {tally_wrong}},
        {"another outcome", {outcome_wrong}},
        {"fewer shares than it takes", {totals_wrong}},
        {"totals that so many ballots cannot have", {totals_wrong}},
        {"a key destroyed before the totals are known", {shredding_wrong}},
        {"opened a second time", {decision_without_close}},
    };
    for (const auto& [what, expected] : seen) {
        const std::string name = what;
        const auto lie = std::ranges::find_if(endings, [&](const auto& one) { return one.what == name; });
        BOOST_REQUIRE(lie != std::end(endings));
        RecordedMeeting m;
        m.prelude(9, 7);
        SecretRecord secret(m);
        lie->lie(m, secret);
        const auto report = audit::verify(bundle_of(m));
        BOOST_TEST((errors_of(report) == expected), what << sentences_of(report));
    }
}

BOOST_AUTO_TEST_SUITE_END()
