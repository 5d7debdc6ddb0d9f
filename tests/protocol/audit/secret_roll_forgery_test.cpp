#include "tests/protocol/audit/secret_forgery.hpp"

BOOST_AUTO_TEST_SUITE(secret_roll_forgeries)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// Lies told before a secret vote is opened: consoles, voting keys, the list, and who signed it.

namespace {

/// Of somebody who signed in after everybody else and has enrolled nothing.
PersonId newcomer(RecordedMeeting& m)
{
    m.sign_in(m.person(7));
    return m.person(7);
}

void flip(Bytes& bytes, std::size_t at)
{
    bytes.at(at) ^= 1;
}

Digest flipped(RecordedMeeting& m, const Digest& blob, std::size_t at)
{
    auto content = m.blobs.at(blob);
    content.at(at) ^= 1;
    return m.keep(content);
}

void call_as(RecordedMeeting& m, SecretRecord& s, const std::function<void(VoteId, RollCalled&)>& change)
{
    const auto id = s.prepare();
    auto called = s.roll(id);
    change(id, called);
    m.write(m.chair, called);
}

/// A list of these pseudonyms, with the root and length that go with it.
void put_list(RecordedMeeting& m, RollCalled& called, const std::vector<ballot::Point>& list)
{
    called.list = m.keep(text_in(ballot::encode_list(list)));
    called.roll_root = ballot::roll_root(list);
    called.list_length = static_cast<std::uint32_t>(list.size());
}

Digest question_with(RecordedMeeting& m, const ballot::Question& question)
{
    return m.keep(canonical_json(to_json(question)));
}

void issue_to(RecordedMeeting& m, PersonId person)
{
    m.write(m.secretary, AccessCodesIssued{sha256("a later sheet"), 1, {}, person});
}

void issue_to_all(RecordedMeeting& m)
{
    AccessCodesIssued issued{sha256("a sheet of the body"), 9};
    issued.body.emplace(m.body);
    m.write(m.secretary, issued);
}

const SecretForgery consoles[] = {
    {"another console enrolled with the same access code",
     [](RecordedMeeting& m, SecretRecord& s) {
         issue_to_all(m);
         s.enroll(newcomer(m));
         s.enroll(m.person(7));
     },
     {console_without_code}},
    {"a console enrolled with a code that was issued to somebody else",
     [](RecordedMeeting& m, SecretRecord& s) {
         issue_to(m, m.person(1));
         s.enroll(m.person(0));
     },
     {console_without_code}},
    {"a console enrolled again, before the new code was issued",
     [](RecordedMeeting& m, SecretRecord& s) {
         issue_to(m, m.person(0));
         s.enroll(m.person(0));
         s.enroll(m.person(0));
         issue_to(m, m.person(0));
     },
     {console_without_code}},
    {"codes issued for nobody that is named, after receivers were",
     [](RecordedMeeting& m, SecretRecord&) {
         issue_to_all(m);
         m.write(m.secretary, AccessCodesIssued{sha256("a later sheet"), 1});
     },
     {codes_wrong}},
    {"codes issued for a body and for a person",
     [](RecordedMeeting& m, SecretRecord&) {
         issue_to(m, m.person(0));
         m.last<AccessCodesIssued>().body.emplace(m.body);
     },
     {codes_wrong}},
    {"more codes than the body has members",
     [](RecordedMeeting& m, SecretRecord&) {
         issue_to_all(m);
         m.last<AccessCodesIssued>().count = 10;
     },
     {codes_wrong}},
    {"a code issued for nobody on record",
     [](RecordedMeeting& m, SecretRecord&) { issue_to(m, PersonId{700}); },
     {record_unknown}},
    {"a console enrolled by a key that is another member's",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto& key = s.device(m.person(1));
         const auto who = m.person(0);
         const ballot::EnrolmentTerms terms{m.origin, s.person_id(who), s.channel(who)};
         m.write(m.member(0), ConsoleEnrolled{who, bytes_in(key.public_key()), bytes_in(s.channel(who)),
                                              bytes_in(ballot::prove_device(terms, key))});
     },
     {console_wrong}},
    {"an enrolment with one bit of its proof changed",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.enroll(newcomer(m));
         flip(m.last<ConsoleEnrolled>().proof, 3);
     },
     {console_wrong}},
    {"an enrolment that was proved in another session",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.enroll(newcomer(m));
         flip(m.last<ConsoleEnrolled>().channel, 3);
     },
     {console_wrong}},
    {"one member's enrolment told as another's",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.enroll(newcomer(m));
         m.last<ConsoleEnrolled>().person = m.person(8);
         m.entries.back().actor = m.member(8);
     },
     {console_wrong}},
    {"a console of nobody",
     [](RecordedMeeting&, SecretRecord& s) { s.enroll(PersonId{700}); },
     {record_unknown}},
    {"a console enrolled by somebody else",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.enroll(newcomer(m));
         m.entries.back().actor = m.member(1);
     },
     {actor_for_another}},
    {"a voting key of somebody who is not there",
     [](RecordedMeeting& m, SecretRecord& s) { s.come(m.person(7)); },
     {voting_key_wrong}},
    {"a voting key of somebody who attends by video",
     [](RecordedMeeting& m, SecretRecord& s) {
         m.sign_in_remote(m.person(7));
         s.come(m.person(7));
     },
     {voting_key_wrong}},
    {"a voting key on a console that was never enrolled",
     [](RecordedMeeting& m, SecretRecord& s) { s.register_key(newcomer(m)); },
     {voting_key_wrong}},
    {"a registration with one bit changed",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.come(newcomer(m));
         auto& blob = m.last<VotingKeyRegistered>().registration;
         blob = flipped(m, blob, 40);
     },
     {voting_key_wrong}},
    {"a registration of another member copied",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto other = m.newest<VotingKeyRegistered>().registration;
         s.come(newcomer(m));
         m.last<VotingKeyRegistered>().registration = other;
     },
     {voting_key_wrong}},
    {"two members with one voting key",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto who = newcomer(m);
         s.enroll(who);
         const auto blob = m.keep(text_in(ballot::encode(s.registration(who, s.key(m.person(2))))));
         m.write({who, Role::delegate}, VotingKeyRegistered{m.sitting, who, bytes_in(s.channel(who)), blob});
     },
     {voting_key_wrong}},
    {"a registration made in another session",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.come(newcomer(m));
         flip(m.last<VotingKeyRegistered>().channel, 0);
     },
     {voting_key_wrong}},
};

const SecretForgery rolls[] = {
    {"a secret vote by groups",
     [](RecordedMeeting& m, SecretRecord&) {
         auto rule = secret_rule();
         rule.groups = {"第一组", "第二组"};
         m.prepare(rule);
     },
     {secret_vote_wrong}},
    {"a roll for a vote with names",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = m.prepare(simple_rule());
         s.votes[id];
         s.call_roll(id);
     },
     {secret_vote_wrong}},
    {"a roll the secretary called",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.call_roll(s.prepare());
         m.entries.back().actor = m.secretary;
     },
     {actor_not_allowed}},
    {"a member added to the list",
     [](RecordedMeeting& m, SecretRecord& s) {
         call_as(m, s, [&](VoteId id, RollCalled& called) {
             auto list = s.votes.at(id).pseudonyms;
             list.push_back(ballot::times_generator(ballot::random_scalar(s.randomness())));
             std::ranges::sort(list);
             put_list(m, called, list);
         });
     },
     {roll_members_wrong}},
    {"a member starved off the list",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id, {m.person(6)});
         m.last<RollCalled>().without.clear();
     },
     {roll_members_wrong}},
    {"a stranger in a member's place, found by the consoles that sign",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         auto called = s.roll(id);
         auto list = s.votes.at(id).pseudonyms;
         list.back() = ballot::times_generator(ballot::random_scalar(s.randomness()));
         std::ranges::sort(list);
         put_list(m, called, list);
         m.write(m.chair, called);
         s.votes.at(id).context.roll_root = called.roll_root;
         auto all = s.acknowledgements(id);
         all.pop_back(); // does not find itself and does not sign
         s.open(id, s.opening(id, all));
     },
     {acknowledgements_wrong}},
    {"the root of another list",
     [](RecordedMeeting& m, SecretRecord& s) {
         call_as(m, s, [](VoteId, RollCalled& called) { called.roll_root.bytes[0] ^= 1; });
     },
     {roll_wrong}},
    {"a list that is not sorted",
     [](RecordedMeeting& m, SecretRecord& s) {
         call_as(m, s, [&](VoteId id, RollCalled& called) {
             auto list = s.votes.at(id).pseudonyms;
             std::swap(list.front(), list.back());
             put_list(m, called, list);
         });
     },
     {roll_wrong}},
    {"a list with one pseudonym twice",
     [](RecordedMeeting& m, SecretRecord& s) {
         call_as(m, s, [&](VoteId id, RollCalled& called) {
             auto list = s.votes.at(id).pseudonyms;
             list[1] = list[0];
             put_list(m, called, list);
         });
     },
     {roll_wrong}},
    {"one more than the list is long",
     [](RecordedMeeting& m, SecretRecord& s) {
         call_as(m, s, [](VoteId, RollCalled& called) { ++called.list_length; });
     },
     {roll_wrong, roll_members_wrong}},
    {"a list longer than any",
     [](RecordedMeeting& m, SecretRecord& s) {
         call_as(m, s, [](VoteId, RollCalled& called) { called.list_length = 0xFFFFFFFF; });
     },
     {roll_wrong, roll_members_wrong}},
    {"a second round that says it is the first",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         s.call_roll(id);
         m.last<RollCalled>().round = 1;
     },
     {roll_wrong}},
    {"a round replayed under the next number",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         auto again = m.last<RollCalled>();
         ++again.round;
         m.write(m.chair, again);
     },
     {roll_wrong}},
    {"the generator of an earlier vote",
     [](RecordedMeeting& m, SecretRecord& s) {
         s.call_roll(s.prepare());
         const auto generator = m.last<RollCalled>().vote_generator;
         s.call_roll(s.prepare());
         m.last<RollCalled>().vote_generator = generator;
     },
     {roll_wrong}},
    {"the identity for a generator",
     [](RecordedMeeting& m, SecretRecord& s) {
         call_as(m, s, [](VoteId, RollCalled& called) { called.vote_generator.assign(32, 0); });
     },
     {roll_wrong}},
    {"a generator that is no point",
     [](RecordedMeeting& m, SecretRecord& s) {
         call_as(m, s, [](VoteId, RollCalled& called) { called.vote_generator.assign(32, 255); });
     },
     {roll_wrong}},
    {"a question about another text",
     [](RecordedMeeting& m, SecretRecord& s) {
         call_as(m, s, [&](VoteId, RollCalled& called) {
             called.question =
                 question_with(m, {1, sha256("另一表决稿"), ballot::motion_shape, {"题", "弃", "赞", "反"}});
         });
     },
     {question_wrong}},
    {"a question in another shape",
     [](RecordedMeeting& m, SecretRecord& s) {
         call_as(m, s, [&](VoteId id, RollCalled& called) {
             const ballot::BallotShape two{ballot::ShapeKind::grid, 2, 1, 0, 1};
             called.question = question_with(m, {1, m.votes.at(id).prepared.text, two, {"题", "反", "赞"}});
         });
     },
     {question_wrong}},
    {"a question in another spelling",
     [](RecordedMeeting& m, SecretRecord& s) {
         call_as(m, s, [&](VoteId, RollCalled& called) {
             called.question = m.keep(m.blobs.at(called.question) + " ");
         });
     },
     {question_wrong}},
};

/// Called, and opened as `change` leaves it.
void open_as(RecordedMeeting&, SecretRecord& s, const std::function<void(VoteId, VoteOpened&)>& change)
{
    const auto id = s.prepare();
    s.call_roll(id);
    auto opened = s.opening(id);
    change(id, opened);
    s.open(id, opened);
}

void sign_as(SecretRecord& s, const std::function<void(std::vector<ballot::Acknowledgement>&)>& change)
{
    const auto id = s.prepare();
    s.call_roll(id);
    auto all = s.acknowledgements(id);
    change(all);
    s.open(id, s.opening(id, all));
}

const SecretForgery openings[] = {
    {"one console that did not sign",
     [](RecordedMeeting&, SecretRecord& s) { sign_as(s, [](auto& all) { all.pop_back(); }); },
     {acknowledgements_wrong}},
    {"a foreign device that signed instead",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         auto all = s.acknowledgements(id);
         all.back() = ballot::acknowledge(s.votes.at(id).context, sha256("a program"), s.device(m.person(8)));
         s.open(id, s.opening(id, all));
     },
     {acknowledgements_wrong}},
    {"a foreign device that signed as well",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         auto all = s.acknowledgements(id);
         all.push_back(
             ballot::acknowledge(s.votes.at(id).context, sha256("a program"), s.device(m.person(8))));
         s.open(id, s.opening(id, all));
     },
     {acknowledgements_wrong}},
    {"a signature that does not hold",
     [](RecordedMeeting&, SecretRecord& s) { sign_as(s, [](auto& all) { all.front().signature[5] ^= 1; }); },
     {acknowledgements_wrong}},
    {"another build than was signed",
     [](RecordedMeeting&, SecretRecord& s) {
         sign_as(s, [](auto& all) { all.front().build.bytes[0] ^= 1; });
     },
     {acknowledgements_wrong}},
    {"signatures of an earlier round",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         const auto all = s.acknowledgements(id);
         s.call_roll(id);
         s.open(id, s.opening(id, all));
     },
     {acknowledgements_wrong}},
    {"an earlier round opened",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         const auto opened = s.opening(id);
         s.call_roll(id);
         s.open(id, opened);
     },
     {roll_wrong, context_wrong, acknowledgements_wrong}},
    {"another context than that of the roll",
     [](RecordedMeeting& m, SecretRecord& s) {
         open_as(m, s, [](VoteId, VoteOpened& opened) { flip(opened.secret->context, 9); });
     },
     {context_wrong}},
    {"ballots bound to another election key",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         s.votes.at(id).context.election_key = ballot::times_generator(ballot::random_scalar(s.randomness()));
         s.open(id);
     },
     {context_wrong, acknowledgements_wrong}},
    {"a member of the list who had left",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         m.sign_out(m.person(6));
         s.open(id);
     },
     {roll_members_wrong}},
    {"a member of the list with another console",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         s.enroll(m.person(6));
         s.open(id);
     },
     {roll_members_wrong}},
    {"a member of the list with another voting key",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         s.register_key(m.person(6));
         s.open(id);
     },
     {roll_members_wrong}},
    {"an electorate of all who are there, and a list without one of them",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id, {m.person(6)});
         auto opened = s.opening(id);
         const auto everybody = m.opening(id);
         opened.electorate = everybody.electorate;
         opened.present = everybody.present;
         s.open(id, opened);
     },
     {electorate_wrong}},
    {"so few on the list that the total says who",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id, {m.person(4), m.person(5), m.person(6)});
         s.open(id);
     },
     {secret_vote_wrong}},
    {"a secret vote opened as others are",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         auto opened = s.opening(id);
         opened.secret.reset();
         m.write(m.chair, opened);
     },
     {secret_vote_wrong}},
    {"a vote with names opened as secret ones are",
     [](RecordedMeeting& m, SecretRecord&) {
         const auto id = m.prepare(simple_rule());
         auto opened = m.opening(id);
         opened.secret = SecretOpening{1, Bytes(64, 1), sha256("nothing")};
         m.blobs[sha256("nothing")] = "nothing";
         m.open(opened, m.chair);
     },
     {secret_vote_wrong}},
    {"opened without a ballot box",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         m.write(m.chair, s.opening(id));
     },
     {box_out_of_order}},
    {"something between the box and the opening",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         s.create_box(id);
         m.sign_in(m.person(8));
         m.write(m.chair, s.opening(id), m.entries[m.entries.size() - 2].id);
     },
     {box_out_of_order, request_repeated}},
    {"opened in another breath than its box was made",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         s.create_box(id);
         m.write(m.chair, s.opening(id));
     },
     {box_out_of_order}},
    {"two boxes for one vote",
     [](RecordedMeeting&, SecretRecord& s) {
         const auto id = s.prepare();
         s.call_roll(id);
         s.create_box(id);
         s.open(id);
     },
     {box_out_of_order}},
    {"a box whose key nobody keeps",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.opened();
         m.newest<BallotBoxCreated>().copies = 0;
         BOOST_TEST(s.votes.contains(id));
     },
     {box_out_of_order}},
    {"a box for a vote with names",
     [](RecordedMeeting& m, SecretRecord&) {
         const auto id = m.prepare(simple_rule());
         m.write(m.chair, BallotBoxCreated{id, sha256("key"), 2});
         m.write(m.chair, m.opening(id), m.entries.back().id);
     },
     {box_out_of_order}},
    {"a press with a name",
     [](RecordedMeeting& m, SecretRecord& s) {
         const auto id = s.opened();
         m.cast(id, m.person(0), Choice::approve);
     },
     {press_in_secret_vote}},
};

} // namespace

BOOST_AUTO_TEST_CASE(lies_about_consoles_and_voting_keys_are_found)
{
    for (const auto& lie : consoles)
        check(lie);
}

BOOST_AUTO_TEST_CASE(lies_about_the_list_of_a_round_are_found)
{
    for (const auto& lie : rolls)
        check(lie);
}

BOOST_AUTO_TEST_CASE(lies_about_the_opening_are_found)
{
    for (const auto& lie : openings)
        check(lie);
}

BOOST_AUTO_TEST_SUITE_END()
