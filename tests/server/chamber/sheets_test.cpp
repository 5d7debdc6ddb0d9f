#include "server/chamber/questions.hpp"
#include "tests/server/chamber/polling.hpp"

using namespace plenum;
using namespace plenum::chamber;
using enum RefusalCode;

// Who gets the sheet of a result, and that nobody does before the chair has said it.

namespace {

struct Desk : PollingHall {
    Desk() : PollingHall(7) { begin(7); }

    std::optional<RefusalCode> refusal(const Actor& actor, VoteId id) const
    {
        const auto answer = ask(state, actor, ReadSheet{id}, blob_source());
        if (answer) return std::nullopt;
        return answer.error().code;
    }

    void close_and_announce(VoteId id)
    {
        act(chair, CloseVote{id});
        act(chair, AnnounceVote{id});
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(sheets)

BOOST_AUTO_TEST_CASE(nobody_reads_a_result_off_a_sheet_before_it_was_announced)
{
    Desk desk;
    auto rule = motion();
    rule.result = ResultDisplay::delayed;
    const auto vote = desk.prepare(rule);
    BOOST_TEST((desk.refusal(desk.secretary, vote) == not_allowed));
    desk.act(desk.chair, OpenVote{vote});
    BOOST_TEST((desk.refusal(desk.secretary, vote) == not_allowed));
    desk.press(vote, 5, 1, 1);
    desk.act(desk.chair, CloseVote{vote});
    for (const auto& actor : {desk.secretary, desk.chair, desk.operator_})
        BOOST_TEST((desk.refusal(actor, vote) == not_allowed));
    desk.act(desk.chair, AnnounceVote{vote});
    const auto sheet = ask(desk.state, desk.secretary, ReadSheet{vote}, desk.blob_source());
    BOOST_TEST_REQUIRE(sheet.has_value());
    BOOST_TEST((sheet->sheet.vote.result->outcome.verdict == Verdict::passed));
    BOOST_TEST((sheet->sheet.profile_hash == hash_of(rule)));
    BOOST_TEST(sheet->sheet.attempts.size() == 1U);
    BOOST_TEST((desk.refusal(desk.secretary, VoteId{999}) == no_such_record));
}

BOOST_AUTO_TEST_CASE(a_decision_that_was_voided_before_it_was_announced_stays_unsaid)
{
    Desk desk;
    const auto vote = desk.open();
    desk.press(vote, 5, 1, 1);
    desk.act(desk.chair, CloseVote{vote});
    desk.act(desk.chair, VoidVote{vote, VoidReason::wrong_text, "印错"});
    const VoteId again{desk.act(desk.chair, RetryVote{vote, std::nullopt})};
    desk.act(desk.chair, OpenVote{again});
    desk.press(again, 2, 5, 0);
    desk.close_and_announce(again);
    for (const auto id : {vote, again}) {
        const auto sheet = ask(desk.state, desk.chair, ReadSheet{id}, desk.blob_source());
        BOOST_TEST_REQUIRE(sheet.has_value());
        const auto& attempts = sheet->sheet.attempts;
        BOOST_TEST_REQUIRE(attempts.size() == 2U);
        BOOST_TEST(!attempts[0].verdict.has_value());
        BOOST_TEST((attempts[0].void_reason == VoidReason::wrong_text));
        BOOST_TEST((attempts[1].verdict == Verdict::not_passed));
        BOOST_TEST(sheet->sheet.vote.result.has_value() == (id == again));
    }
}

BOOST_AUTO_TEST_CASE(only_who_works_in_the_room_or_audits_gets_one)
{
    Desk desk;
    const auto vote = desk.open();
    desk.press(vote, 5, 1, 1);
    desk.close_and_announce(vote);
    const BodyId elsewhere{desk.act(desk.secretary, CreateBody{BodyKind::assembly, "别的机构"})};
    const struct {
        Actor actor;
        bool gets_it;
    } cases[] = {
        {desk.secretary, true},
        {desk.chair, true},
        {desk.operator_, true},
        {desk.appoint(Role::auditor, std::nullopt), true},
        {desk.appoint(Role::secretary, elsewhere), false},
        {desk.appoint(Role::chair, elsewhere), false},
        {desk.members[0], false},
        {desk.zhang, false},
        {desk.appoint(Role::hall, desk.body), false},
        {desk.appoint(Role::observer, desk.body), false},
        {desk.appoint(Role::scrutineer, desk.body), false},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(to_text(c.actor)) BOOST_TEST(desk.refusal(c.actor, vote).has_value() != c.gets_it);
}

BOOST_AUTO_TEST_SUITE_END()
