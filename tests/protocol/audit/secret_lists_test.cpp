#include "tests/protocol/audit/secret_forgery.hpp"

BOOST_AUTO_TEST_SUITE(secret_lists)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// Lists and sheets voted on secretly: what the auditor makes of totals, and lies about them.

namespace {

constexpr Threshold half_of_all{1, 2, true, Base::all_members};

VotePrepared asked(RecordedMeeting& m)
{
    VotePrepared prepared;
    prepared.sitting = m.sitting;
    prepared.title = "选举副主任";
    prepared.text = m.keep("选举副主任(表决稿)\n");
    prepared.profile = secret_rule();
    prepared.base_members = m.due(m.sitting);
    return prepared;
}

VotePrepared election(RecordedMeeting& m, ListKind kind = ListKind::differential_election)
{
    auto prepared = asked(m);
    BallotList list;
    list.list_kind = kind;
    list.candidates = {{"甲", std::nullopt}, {"乙", std::nullopt}, {"丙", std::nullopt}};
    list.places = {2, half_of_all, TieRule::revote};
    list.ballot = {2, WriteIn::none, BlankMark::abstain};
    if (kind == ListKind::differential_election)
        list.extra = CandidateNumber{1, 2, {"地方组织法", "第二十七条", "2022-03-11"}};
    prepared.list = list;
    return prepared;
}

VotePrepared sheet(RecordedMeeting& m)
{
    auto prepared = asked(m);
    GradesSheet grades;
    grades.objects = {"民政局", "教委"};
    grades.rule.grades = {{"满意", "satisfied"}, {"基本满意", "fairly"}, {"不满意", "not"}};
    grades.rule.verdicts = {{"satisfied", {"满意", "satisfied"}, {0, 1}, half_of_all}};
    prepared.grades = grades;
    return prepared;
}

const std::vector<Bytes> elected{{1, 1, 2}, {1, 1, 0}, {1, 2, 1}, {1, 1, 2}, {1, 1, 2}, {0, 1, 1}};
const std::vector<Bytes> marked{{1, 1, 0}, {1, 0, 0}, {1, 1, 0}, {1, 1, 0}, {1, 1, 0}, {0, 1, 1}};
const std::vector<Bytes> graded{{0, 0}, {0, 1}, {1, 2}, {1, 2}, {0, 2}, {2, 0}};

struct Row {
    const char* what;
    VotePrepared (*prepare)(RecordedMeeting&);
    const std::vector<Bytes>& said;
};
const Row rows[] = {
    {"an election", [](RecordedMeeting& m) { return election(m); }, elected},
    {"projects", [](RecordedMeeting& m) { return election(m, ListKind::projects); }, marked},
    {"grades", sheet, graded},
};

/// All ballots cast and the box opened; the decision is up to the test.
VoteId openable(RecordedMeeting& m, SecretRecord& secret, const Row& row)
{
    approve_scrutineers(m);
    return secret.whole_list(row.prepare(m), row.said);
}

} // namespace

BOOST_AUTO_TEST_CASE(totals_are_recomputed_and_every_proof_is_checked)
{
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.what)
        {
            RecordedMeeting m;
            m.prelude(9, 7);
            SecretRecord secret(m);
            const auto id = openable(m, secret, row);
            secret.decide(id);
            secret.shred(id);
            m.announce(id);
            const auto report = verify_for_auditor(m);
            BOOST_TEST(report.ok, sentences_of(report));
            const auto& vote = report.votes.back();
            BOOST_TEST(vote.secret.value().proofs_checked);
            BOOST_TEST(vote.secret->ballots == 6u);
            if (!vote.places) continue;
            BOOST_TEST((vote.places->outcome.elected == std::vector<std::uint32_t>{0, 1}));
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_decided_differently_is_found)
{
    const SecretForgery forgeries[] = {
        {"another elected",
         [](RecordedMeeting& m, SecretRecord& secret) {
             const auto id = openable(m, secret, rows[0]);
             auto decided = secret.decision(id);
             decided.places->outcome.elected = {0, 2};
             m.write(RecordedMeeting::server, decided);
         },
         {ballots_wrong}},
        {"votes moved from one candidate to another",
         [](RecordedMeeting& m, SecretRecord& secret) {
             const auto id = openable(m, secret, rows[0]);
             auto decided = secret.decision(id);
             std::swap(decided.places->counted.list[0].approve, decided.places->counted.list[2].approve);
             m.write(RecordedMeeting::server, decided);
         },
         {ballots_wrong}},
        {"totals that were not opened",
         [](RecordedMeeting& m, SecretRecord& secret) {
             const auto id = openable(m, secret, rows[0]);
             auto decided = secret.decision(id);
             std::swap(decided.totals->values[0], decided.totals->values[4]);
             m.write(RecordedMeeting::server, decided);
         },
         {totals_wrong, ballots_wrong}},
        {"a total too few",
         [](RecordedMeeting& m, SecretRecord& secret) {
             const auto id = openable(m, secret, rows[2]);
             auto decided = secret.decision(id);
             decided.totals->values.pop_back();
             m.write(RecordedMeeting::server, decided);
         },
         {totals_wrong, ballots_wrong}},
        {"a grade more",
         [](RecordedMeeting& m, SecretRecord& secret) {
             const auto id = openable(m, secret, rows[2]);
             auto decided = secret.decision(id);
             ++decided.grades->counted.objects[1].counts[0];
             m.write(RecordedMeeting::server, decided);
         },
         {ballots_wrong}},
        {"no figures of the list",
         [](RecordedMeeting& m, SecretRecord& secret) {
             const auto id = openable(m, secret, rows[1]);
             auto decided = secret.decision(id);
             decided.places.reset();
             m.write(RecordedMeeting::server, decided);
         },
         {ballots_wrong}},
    };
    for (const auto& forgery : forgeries)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(another_question_than_was_put_to_the_vote_is_found)
{
    const auto with = [](auto change) {
        return [change](RecordedMeeting& m, SecretRecord& secret) {
            const auto id = secret.prepare(sheet(m));
            auto called = secret.roll(id);
            auto question = question_of(secret.matter(id));
            change(question);
            called.question = secret.keep(question);
            m.write(m.chair, called);
        };
    };
    const SecretForgery forgeries[] = {
        {"objects in another order",
         with([](ballot::Question& question) { std::swap(question.labels[1], question.labels[2]); }),
         {question_wrong}},
        {"grades in another order",
         with([](ballot::Question& question) { std::swap(question.labels[3], question.labels[5]); }),
         {question_wrong}},
        {"a grade more",
         with([](ballot::Question& question) { question.shape.options = 4; }),
         {question_wrong}},
        {"another shape",
         with([](ballot::Question& question) {
             question.shape = {ballot::ShapeKind::elect, 2, 1, 0, 1};
         }),
         {question_wrong}},
    };
    for (const auto& forgery : forgeries)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(what_no_console_can_ask_is_found)
{
    const auto with = [](auto change) {
        return [change](RecordedMeeting& m, SecretRecord& secret) {
            auto prepared = election(m);
            change(prepared);
            secret.prepare(prepared);
        };
    };
    const SecretForgery forgeries[] = {
        {"names written in",
         with([](VotePrepared& prepared) { prepared.list->ballot.write_in = WriteIn::allowed; }),
         {vote_secret}},
        {"approval without a mark",
         with([](VotePrepared& prepared) { prepared.list->ballot.blank = BlankMark::approve; }),
         {vote_secret}},
        {"rooms",
         with([](VotePrepared& prepared) {
             prepared.rooms = {"甲", "乙"};
         }),
         {list_wrong}},
        {"not secret", with([](VotePrepared& prepared) { prepared.profile = simple_rule(); }), {list_wrong}},
    };
    for (const auto& forgery : forgeries)
        check(forgery);
}

BOOST_AUTO_TEST_SUITE_END()
