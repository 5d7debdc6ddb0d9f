#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(combined_forgery_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// Lies about the paper a vote is on, a base that two people have to stand for, and what is taken out of a
// combined vote. Seven of nine members are present in the prelude.

namespace {

VotePrepared prepared(RecordedMeeting& m, std::optional<ItemId> item = {})
{
    VotePrepared one;
    one.sitting = m.sitting;
    one.item = item;
    one.title = "表决";
    one.text = m.keep("表决稿\n");
    one.profile = simple_rule();
    one.base_members = m.due(m.sitting);
    return one;
}

/// On an item that has this paper.
VotePrepared on_paper(RecordedMeeting& m)
{
    auto one = prepared(m, m.add_adopted_item("关于预算调整的决议"));
    one.draft = m.keep("决议草案\n");
    m.write(m.secretary, DocumentAttached{*one.item, *one.draft, "草案", "text/plain", 13, false});
    return one;
}

VotePrepared with_another_base(RecordedMeeting& m)
{
    auto one = prepared(m);
    one.base_members = 8;
    one.base_reason = "一名代表资格终止";
    return one;
}

VoteId combined(RecordedMeeting& m)
{
    auto one = prepared(m);
    one.combined = std::vector<CombinedMatter>{{"甲", {}}, {"乙", {}}, {"丙", {}}};
    return m.prepare(one, m.secretary);
}

VotePrepared taken_out(RecordedMeeting& m, VoteId whole, std::uint32_t position = 2)
{
    auto one = prepared(m);
    one.title = "乙";
    one.split = SplitFrom{whole, position, "李代表"};
    return one;
}

void pass(RecordedMeeting& m, const VoteOpened& opening)
{
    m.open(opening, m.chair);
    for (const auto person : m.votes.at(opening.vote).electorate)
        m.cast(opening.vote, person, Choice::approve);
    m.close(opening.vote);
    m.announce(opening.vote);
}

void pass(RecordedMeeting& m, VoteId id)
{
    pass(m, m.opening(id));
}

VoteOpened setting_aside(RecordedMeeting& m, VoteId id, RefusalCode code)
{
    auto opening = m.opening(id);
    opening.overrides = std::vector<Override>{{code, "主席团", "已经讨论"}};
    return opening;
}

const Forgery drafts[] = {
    {"a draft the item never had",
     [](auto& m) {
         auto one = on_paper(m);
         one.draft = sha256(std::string("别的草案\n"));
         pass(m, setting_aside(m, m.prepare(one, m.secretary), RefusalCode::text_differs));
     },
     {draft_wrong}},
    {"a draft of a vote on no item",
     [](auto& m) {
         auto one = on_paper(m);
         one.item.reset();
         m.prepare(one, m.secretary);
     },
     {draft_wrong}},
    {"a private paper as a draft",
     [](auto& m) {
         const ItemId item{m.write(m.secretary, ItemAdded{m.meeting, "人事事项", {}, {}, {}, {}, {}, true})};
         m.write(m.secretary, DocumentAttached{item, sha256("private"), "草案", "text/plain", 13, true});
         auto one = prepared(m, item);
         one.text = sha256("private text");
         one.text_is_private = true;
         one.draft = sha256("private");
         m.prepare(one, m.secretary);
     },
     {draft_wrong}},
    {"put to the vote after the paper was taken away",
     [](auto& m) {
         const auto one = on_paper(m);
         const auto id = m.prepare(one, m.secretary);
         m.write(m.secretary, DocumentDetached{*one.item, *one.draft});
         pass(m, id);
     },
     {override_missing}},
    {"a difference set aside that is not there",
     [](auto& m) {
         pass(m, setting_aside(m, m.prepare(on_paper(m), m.secretary), RefusalCode::text_differs));
     },
     {override_wrong}},
    {"a further attempt on another paper",
     [](auto& m) {
         const auto one = on_paper(m);
         const auto id = m.prepare(one, m.secretary);
         m.annul(id, VoidReason::disorder);
         m.retry(id);
         m.template last<VotePrepared>().draft.reset();
     },
     {attempt_wrong}},
};

const Forgery bases[] = {
    {"another base that nobody else stands for",
     [](auto& m) { pass(m, m.prepare(with_another_base(m), m.secretary)); },
     {base_not_confirmed}},
    {"confirmed by who wrote it down",
     [](auto& m) {
         const auto id = m.prepare(with_another_base(m), m.secretary);
         m.confirm_base(id, m.secretary);
         pass(m, id);
     },
     {base_not_confirmed}},
    {"another figure confirmed",
     [](auto& m) {
         const auto id = m.prepare(with_another_base(m), m.secretary);
         m.write(m.chair, BaseConfirmed{id, *m.chair.person, 7});
         pass(m, id);
     },
     {base_not_confirmed}},
    {"confirmed in the name of another",
     [](auto& m) {
         const auto id = m.prepare(with_another_base(m), m.secretary);
         m.write(m.secretary, BaseConfirmed{id, *m.chair.person, 8});
     },
     {actor_for_another}},
    {"confirmed by a member",
     [](auto& m) {
         const auto id = m.prepare(with_another_base(m), m.secretary);
         m.write(m.member(0), BaseConfirmed{id, m.person(0), 8});
     },
     {actor_not_allowed}},
    {"the base of the roster confirmed",
     [](auto& m) { m.confirm_base(m.prepare(simple_rule()), m.chair); },
     {base_not_confirmed}},
    {"confirmed after the opening",
     [](auto& m) {
         const auto id = m.prepare(with_another_base(m), m.secretary);
         m.open(id);
         m.confirm_base(id, m.chair);
         m.annul(id, VoidReason::disorder);
     },
     {base_not_confirmed}},
};

const Forgery splits[] = {
    {"the rest put before what was taken out",
     [](auto& m) {
         const auto whole = combined(m);
         m.prepare(taken_out(m, whole), m.chair);
         pass(m, whole);
     },
     {override_missing}},
    {"taken out twice",
     [](auto& m) {
         const auto whole = combined(m);
         m.prepare(taken_out(m, whole), m.chair);
         m.prepare(taken_out(m, whole), m.chair);
     },
     {split_wrong}},
    {"taken out of a vote on one thing",
     [](auto& m) { m.prepare(taken_out(m, m.prepare(simple_rule())), m.chair); },
     {split_wrong}},
    {"a place that is not there",
     [](auto& m) { m.prepare(taken_out(m, combined(m), 4), m.chair); },
     {split_wrong}},
    {"another name than the one in that place",
     [](auto& m) { m.prepare(taken_out(m, combined(m), 3), m.chair); },
     {split_wrong}},
    {"under another rule",
     [](auto& m) {
         auto one = taken_out(m, combined(m));
         one.profile.majority = {2, 3, false, Base::all_members};
         m.prepare(one, m.chair);
     },
     {split_wrong}},
    {"taken out when the vote was over",
     [](auto& m) {
         const auto whole = combined(m);
         pass(m, whole);
         m.prepare(taken_out(m, whole), m.chair);
     },
     {split_wrong}},
    {"everything taken out",
     [](auto& m) {
         const auto whole = combined(m);
         for (const auto* name : {"甲", "乙", "丙"}) {
             auto one = taken_out(m, whole,
                                  name == std::string("甲")   ? 1
                                  : name == std::string("乙") ? 2
                                                              : 3);
             one.title = name;
             m.prepare(one, m.chair);
         }
     },
     {split_wrong}},
    {"taken out at the request of nobody",
     [](auto& m) {
         auto one = taken_out(m, combined(m));
         one.split->asked_by.clear();
         m.prepare(one, m.chair);
     },
     {text_malformed}},
    {"taken out by the office",
     [](auto& m) { m.prepare(taken_out(m, combined(m)), m.secretary); },
     {actor_not_allowed}},
    {"one thing put together with nothing",
     [](auto& m) {
         auto one = prepared(m);
         one.combined = std::vector<CombinedMatter>{{"甲", {}}};
         m.prepare(one, m.secretary);
     },
     {list_wrong}},
    {"the same twice together",
     [](auto& m) {
         auto one = prepared(m);
         one.combined = std::vector<CombinedMatter>{{"甲", {}}, {"甲", {}}};
         m.prepare(one, m.secretary);
     },
     {list_wrong}},
    {"somebody barred among others",
     [](auto& m) {
         const PersonnelMatter wang{PersonnelAction::appoint, "王建国", "局长"};
         for (int time = 0; time < 3; ++time) {
             auto one = prepared(m);
             one.profile.appointment = AppointmentRule{false, 0, 2};
             one.combined = std::vector<CombinedMatter>{{"王建国", wang}, {"其他", {}}};
             const auto id = m.prepare(one, m.secretary);
             m.open(id);
             m.close(id);
             m.announce(id);
         }
     },
     {override_missing}},
};

std::set<audit::AuditCode> notices_of(const audit::Report& report)
{
    std::set<audit::AuditCode> codes;
    for (const auto& found : report.findings)
        if (found.severity == audit::Severity::notice) codes.insert(found.code);
    return codes;
}

} // namespace

BOOST_AUTO_TEST_CASE(each_lie_about_the_paper_voted_on_is_found)
{
    for (const auto& forgery : drafts)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(each_base_that_two_people_do_not_stand_for_is_found)
{
    for (const auto& forgery : bases)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(each_lie_about_what_is_taken_out_is_found)
{
    for (const auto& forgery : splits)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(what_is_lawfully_taken_out_confirmed_and_set_aside_verifies)
{
    RecordedMeeting m;
    m.prelude();
    const auto whole = combined(m);
    pass(m, m.prepare(taken_out(m, whole), m.chair));
    pass(m, whole);
    const auto based = m.prepare(with_another_base(m), m.secretary);
    m.confirm_base(based, m.chair);
    m.open(based);
    m.annul(based, VoidReason::disorder);
    pass(m, m.retry(based));
    const auto one = on_paper(m);
    const auto id = m.prepare(one, m.secretary);
    m.write(m.secretary, DocumentDetached{*one.item, *one.draft});
    pass(m, setting_aside(m, id, RefusalCode::text_differs));
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, sentences_of(report));
    BOOST_TEST((notices_of(report) == std::set{base_overridden, off_the_agenda, step_overridden}));
}

BOOST_AUTO_TEST_CASE(a_vote_off_the_agenda_is_told_unless_the_record_explains_it) // PE-02
{
    RecordedMeeting m;
    m.prelude();
    const auto scrutineers = m.prepare(simple_rule(), "监票人名单");
    m.open(scrutineers);
    m.annul(scrutineers, VoidReason::disorder);
    const auto again = m.retry(scrutineers);
    pass(m, again);
    m.write(m.chair, ScrutineersApproved{m.meeting, {m.person(0), m.person(1)}, again});
    m.add_draft("议题");
    pass(m, m.prepare_agenda(simple_rule()));
    BOOST_TEST(notices_of(audit::verify(bundle_of(m))).empty());

    const auto procedural = m.prepare(simple_rule(), "休会动议");
    pass(m, procedural);
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, sentences_of(report));
    BOOST_TEST_REQUIRE(report.findings.size() == 1U);
    BOOST_TEST((report.findings.front().code == off_the_agenda));
    BOOST_TEST(report.findings.front().sentence.zh.find("休会动议") != std::string::npos);
    BOOST_TEST(*report.findings.front().seq == number(procedural) + 1);
}

BOOST_AUTO_TEST_SUITE_END()
