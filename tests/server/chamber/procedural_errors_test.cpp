#include "tests/server/chamber/polling.hpp"

#include <functional>

BOOST_AUTO_TEST_SUITE(procedural_errors_test)

using namespace plenum;
using namespace plenum::chamber;

// The table of domain 5.3, row by row: what is refused whatever anybody says, and what waits for somebody who
// is named, with a reason, in the record.

namespace {

using enum RefusalCode;
constexpr std::uint64_t day_ms = 24ULL * 60 * 60 * 1000;

RuleProfile election_rule()
{
    auto rule = by_ballot();
    rule.id = "test.election";
    return rule;
}

RuleProfile appointment_rule()
{
    auto rule = motion();
    rule.id = "test.appointment";
    rule.appointment = AppointmentRule{true, 7, 2};
    return rule;
}

BallotList list_of(ListKind kind, const std::vector<Candidate>& candidates, std::uint32_t places)
{
    BallotList list;
    list.list_kind = kind;
    list.candidates = candidates;
    list.places = {places, over_half(), TieRule::revote};
    list.ballot = {places, WriteIn::requires_opposition, BlankMark::abstain};
    return list;
}

/// A committee of 60 with 50 there, long after the epoch, so that papers can have come before.
struct Chamber : PollingHall {
    explicit Chamber(bool begins = true) : PollingHall(60)
    {
        now_ms = 100 * day_ms;
        if (begins) begin(50);
    }

    PrepareVote election(std::vector<Candidate> candidates = {{"甲", {}}}, std::uint32_t places = 1)
    {
        auto command = on_paper(election_rule());
        command.list = list_of(ListKind::equal_election, candidates, places);
        return command;
    }

    PrepareVote about(PersonnelAction action, const RuleProfile& rule, const char* name = "王建国")
    {
        auto command = on_paper(rule);
        command.personnel = PersonnelMatter{action, name, "区教育局局长"};
        return command;
    }

    VoteId written(const PrepareVote& command) { return VoteId{act(secretary, command)}; }

    std::optional<Refusal> refused(VoteId id) { return attempt(chair, opening(id)); }

    /// Announced, with so many for and the rest against.
    VoteId decided(const PrepareVote& command, std::size_t approve)
    {
        const auto id = written(command);
        if (command.personnel && command.profile.appointment)
            act(secretary, RecordQualification{id, true, now_ms - 90 * day_ms});
        act(chair, opening(id));
        press(id, approve, 50 - approve, 0);
        act(chair, CloseVote{id});
        act(chair, AnnounceVote{id});
        return id;
    }
};

/// One way to make the mistake; answers how the server turned it down. With `by`, the same with somebody
/// named.
using Mistake = std::function<std::optional<Refusal>(const std::vector<Override>& by)>;

/// The mistake is that this vote is opened.
std::optional<Refusal> open(Chamber& hall, VoteId id, const std::vector<Override>& by)
{
    auto command = hall.opening(id);
    auto all = command.overrides.value_or(std::vector<Override>{});
    all.insert(all.end(), by.begin(), by.end());
    command.overrides = all;
    const auto refusal = hall.attempt(hall.chair, command);
    if (refusal) return refusal;
    BOOST_TEST((hall.vote(id).matter.overrides == all));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
    return std::nullopt;
}

struct Row {
    const char* name;
    RefusalCode code;
    bool may_be_set_aside;
    Mistake mistake;
};

std::vector<Row> rows_about_the_agenda_and_elections()
{
    return {
        {"PE-01", no_quorum, false,
         [](const auto& by) {
             Chamber hall;
             const auto id = hall.prepare();
             for (std::size_t i = 0; i < 30; ++i)
                 hall.act(hall.members.at(i), SignOut{hall.sitting_id});
             return open(hall, id, by);
         }},
        {"PE-02", not_on_agenda, true,
         [](const auto& by) {
             Chamber hall;
             const ItemId late{hall.act(hall.secretary, AddItem{hall.meeting, "临时议题"})};
             return open(hall, hall.prepare(motion(), late), by);
         }},
        {"PE-03", another_vote_open, false,
         [](const auto& by) {
             Chamber hall;
             hall.open();
             return open(hall, hall.prepare(motion(), std::nullopt), by);
         }},
        {"PE-08", is_candidate, true,
         [](const auto& by) {
             Chamber hall;
             hall.approve_scrutineers();
             return open(hall, hall.written(hall.election({{"代表1", *hall.members.at(0).person}})), by);
         }},
        {"PE-12 scrutineers", scrutineers_missing, true,
         [](const auto& by) {
             Chamber hall;
             return open(hall, hall.written(hall.election()), by);
         }},
        {"PE-12 method", election_method_missing, true,
         [](const auto& by) -> std::optional<Refusal> {
             Chamber hall;
             hall.approve_scrutineers();
             const auto id = hall.written(hall.election());
             const auto refusal = hall.attempt(hall.chair, OpenVote{id, by});
             if (!refusal) BOOST_TEST((hall.vote(id).matter.overrides == by));
             return refusal;
         }},
    };
}

std::vector<Row> rows_about_texts_and_parts()
{
    return {
        {"PE-06", text_differs, true,
         [](const auto& by) {
             Chamber hall;
             hall.act(hall.secretary, AttachDocument{hall.item_id, "草案", "text/plain", {'x'}});
             auto command = hall.prepare_command(motion());
             command.draft = sha256(std::string("x"));
             const auto id = hall.written(command);
             hall.act(hall.secretary, DetachDocument{hall.item_id, *command.draft});
             return open(hall, id, by);
         }},
        {"PE-07 taken out", amendment_first, true,
         [](const auto& by) {
             Chamber hall;
             auto command = hall.on_paper(motion());
             command.combined = {{"第一条", {}}, {"第二条", {}}};
             const auto whole = hall.written(command);
             hall.act(hall.chair, SplitVote{whole, 1, "第一条", "甲代表"});
             return open(hall, whole, by);
         }},
        {"PE-07", amendment_first, true,
         [](const auto& by) {
             Chamber hall;
             auto amendment = hall.prepare_command(motion());
             const auto whole = hall.written(amendment);
             amendment.part = QuestionPart::amendment;
             hall.written(amendment);
             return open(hall, whole, by);
         }},
    };
}

std::vector<Row> rows_about_persons()
{
    return {
        {"PE-14 dismissal", secret_ballot_required, true,
         [](const auto& by) {
             Chamber hall;
             return open(hall, hall.written(hall.about(PersonnelAction::dismiss, motion())), by);
         }},
        {"PE-14 recall", secret_ballot_required, true,
         [](const auto& by) {
             Chamber hall;
             auto rule = motion();
             rule.method = VoteMethod::hands;
             return open(hall, hall.written(hall.about(PersonnelAction::recall, rule)), by);
         }},
        {"PE-15 exam", not_qualified, true,
         [](const auto& by) {
             Chamber hall;
             const auto id = hall.written(hall.about(PersonnelAction::appoint, appointment_rule()));
             hall.act(hall.secretary, RecordQualification{id, false, day_ms});
             return open(hall, id, by);
         }},
        {"PE-15 papers", not_qualified, true,
         [](const auto& by) {
             Chamber hall;
             const auto id = hall.written(hall.about(PersonnelAction::appoint, appointment_rule()));
             hall.act(hall.secretary, RecordQualification{id, true, hall.now_ms - 6 * day_ms});
             return open(hall, id, by);
         }},
        {"PE-16", barred, true,
         [](const auto& by) {
             Chamber hall;
             const auto command = hall.about(PersonnelAction::appoint, appointment_rule());
             hall.decided(command, 20);
             hall.decided(command, 30);
             const auto third = hall.written(command);
             hall.act(hall.secretary, RecordQualification{third, true, day_ms});
             return open(hall, third, by);
         }},
        {"PE-13", candidates_wrong, true,
         [](const auto& by) {
             Chamber hall;
             auto command = hall.election({{"甲", {}}, {"乙", {}}});
             command.overrides = by;
             const auto refusal = hall.attempt(hall.secretary, command);
             if (!refusal) {
                 BOOST_TEST((hall.state.votes.rbegin()->second.matter.overrides == by));
                 BOOST_TEST((hall.replayed() == state_hash(hall.state)));
             }
             return refusal;
         }},
    };
}

/// What is turned down whatever anybody decides.
std::vector<Row> rows_about_the_course()
{
    return {
        {"PE-04", not_signed_in, false,
         [](const auto&) {
             Chamber hall;
             return hall.attempt(hall.members.at(55), CastVote{hall.open(), Choice::approve});
         }},
        {"PE-05", not_a_member, false,
         [](const auto&) {
             Chamber hall;
             hall.act(hall.operator_, AdmitAttendee{hall.meeting, std::nullopt, "列席人员",
                                                    AttendeeKind::nonvoting_attendee, "", ""});
             const auto guest = as(PersonId{hall.state.persons_known}, Role::delegate);
             return hall.attempt(guest, CastVote{hall.open(), Choice::approve});
         }},
        {"PE-05 suspended", suspended, false,
         [](const auto&) {
             Chamber hall;
             const auto member = hall.members.at(0);
             hall.act(hall.secretary, SuspendMember{hall.body, *member.person, "常委会", "被立案调查"});
             return hall.attempt(member, CastVote{hall.open(), Choice::approve});
         }},
        {"PE-10", ballots_wrong, false,
         [](const auto&) {
             Chamber hall;
             hall.approve_scrutineers(5);
             const auto id = hall.open_on_paper(hall.election({{"甲", {}}, {"乙", {}}}, 2));
             const PlacesReturn returned{
                 50, 50, 0, {{"甲", 50, 0, 0, false}, {"乙", 50, 0, 0, false}, {"丙", 1, 0, 0, true}}};
             return hall.attempt(hall.zhang, CountList{id, returned});
         }},
        {"PE-11", ballots_wrong, false,
         [](const auto&) {
             Chamber hall;
             hall.approve_scrutineers(5);
             const auto id = hall.open_on_paper(hall.election());
             const PlacesReturn returned{50, 50, 0, {{"甲", 49, 0, 1, false}, {"丙", 1, 0, 0, true}}};
             return hall.attempt(hall.zhang, CountList{id, returned});
         }},
        {"PE-17 announcing", wrong_state, false,
         [](const auto&) {
             Chamber hall;
             return hall.attempt(hall.chair, AnnounceVote{hall.open()});
         }},
        {"PE-17 closing", vote_not_open, false,
         [](const auto&) {
             Chamber hall;
             return hall.attempt(hall.chair, CloseVote{hall.prepare()});
         }},
        {"PE-18", hands_exceed, false,
         [](const auto&) {
             Chamber hall;
             auto rule = motion();
             rule.method = VoteMethod::hands;
             return hall.attempt(hall.zhang, CountHands{hall.open(rule), {40, 10, 1}});
         }},
        {"PE-19", not_in_person, false,
         [](const auto&) {
             Chamber hall;
             const auto remote = hall.members.at(55);
             hall.act(hall.operator_, SignInFor{hall.sitting_id, *remote.person, AttendanceMode::remote});
             return hall.attempt(remote, CastVote{hall.open(), Choice::approve});
         }},
    };
}

std::vector<Row> rows_about_what_comes_after()
{
    return {
        {"PE-21", wrong_state, false,
         [](const auto&) {
             Chamber hall;
             const auto id = hall.decided(hall.on_paper(motion()), 40);
             return hall.attempt(hall.chair, VoidVote{id, VoidReason::disorder, ""});
         }},
        {"PE-22", approval_pending, false,
         [](const auto&) {
             Chamber hall;
             auto command = hall.about(PersonnelAction::appoint, motion());
             command.approval_by = "市人大常委会";
             return hall.attempt(hall.chair, TakeOath{hall.sitting_id, {hall.decided(command, 40)}});
         }},
        {"PE-23 roster", vote_open, false,
         [](const auto&) {
             Chamber hall;
             hall.open();
             return hall.attempt(hall.secretary, ImportRoster{hall.body, rows_of(59)});
         }},
        {"PE-23 base", base_needs_reason, false,
         [](const auto&) {
             Chamber hall;
             auto command = hall.on_paper(motion());
             command.base_members = 58;
             return hall.attempt(hall.secretary, command);
         }},
        {"PE-23 confirmation", base_not_confirmed, false,
         [](const auto& by) {
             Chamber hall;
             auto command = hall.on_paper(motion());
             command.base_members = 58;
             command.base_reason = "两名代表资格终止";
             return open(hall, hall.written(command), by);
         }},
        {"PE-24", wrong_state, false,
         [](const auto&) {
             Chamber hall;
             return hall.attempt(hall.members.at(0), SignIn{hall.sitting_id});
         }},
        {"PE-25", rooms_differ, false,
         [](const auto&) {
             Chamber hall;
             auto command = hall.on_paper();
             command.rooms = {"第一会场", "第二会场"};
             const auto id = hall.open_on_paper(command);
             hall.both(CountBallots{id, {25, 25, 0, 20, 5, 0}, "第一会场"});
             hall.both(CountBallots{id, {25, 25, 0, 20, 5, 0}, "第二会场"});
             hall.both(CountBallots{id, {50, 50, 0, 41, 9, 0}, std::nullopt});
             return hall.attempt(hall.chair, CloseVote{id});
         }},
    };
}

} // namespace

BOOST_AUTO_TEST_CASE(each_procedural_error_is_refused_or_waits_for_somebody_named)
{
    auto rows = rows_about_the_agenda_and_elections();
    for (const auto& more : {rows_about_texts_and_parts(), rows_about_persons(), rows_about_the_course(),
                             rows_about_what_comes_after()})
        rows.insert(rows.end(), more.begin(), more.end());
    std::set<std::string> covered;
    for (const auto& row : rows) {
        BOOST_TEST_CONTEXT(row.name)
        {
            covered.insert(std::string(row.name).substr(0, 5));
            const auto refusal = row.mistake({});
            BOOST_TEST_REQUIRE(refusal.has_value());
            BOOST_TEST((refusal->code == row.code), "found " << codec::enum_name(refusal->code));
            BOOST_TEST((!refusal->reason.zh.empty() && !refusal->next.zh.empty()));
            BOOST_TEST(may_be_set_aside(row.code) == row.may_be_set_aside);
            if (!row.may_be_set_aside) continue;
            BOOST_TEST((code_of(row.mistake({{row.code, "", "特殊情况"}})) == invalid_text));
            BOOST_TEST((code_of(row.mistake({{row.code, "主席团", ""}})) == invalid_text));
            const auto allowed = row.mistake({{row.code, "主席团", "特殊情况，已经主席团会议讨论"}});
            BOOST_TEST(!allowed.has_value(), (allowed ? allowed->reason.zh : ""));
        }
    }
    // The rest has cases of its own below: it is neither refused at once nor set aside.
    for (const auto* other : {"PE-09", "PE-20"})
        covered.insert(other);
    BOOST_TEST(covered.size() == 25U);
}

BOOST_AUTO_TEST_CASE(what_stands_in_the_way_whatever_anybody_decides_cannot_be_set_aside)
{
    Chamber hall;
    const auto id = hall.prepare();
    for (std::size_t i = 0; i < 30; ++i)
        hall.act(hall.members.at(i), SignOut{hall.sitting_id});
    BOOST_TEST((code_of(open(hall, id, {{no_quorum, "主席团", "人数不足"}})) == no_quorum));
    hall.sign_in(0, 30);
    // Nor is anything set aside that is not there, or twice.
    BOOST_TEST((code_of(open(hall, id, {{no_quorum, "主席团", "人数不足"}})) == wrong_state));
    BOOST_TEST((code_of(open(hall, id, {{not_on_agenda, "主席团", "临时"}})) == wrong_state));
    const auto election = hall.written(hall.election());
    const Override missing{scrutineers_missing, "主席团", "由秘书处代行"};
    BOOST_TEST((code_of(open(hall, election, {missing, missing})) == wrong_state));
    BOOST_TEST(!open(hall, election, {missing}).has_value());
    BOOST_TEST(hall.vote(election).paper.scrutineers.empty());
}

BOOST_AUTO_TEST_CASE(the_text_put_to_the_vote_is_the_one_written_down) // PE-06
{
    Chamber hall;
    const auto command = hall.prepare_command(motion());
    const auto id = hall.written(command);
    hall.act(hall.chair, OpenVote{id});
    BOOST_TEST((hall.vote(id).text == sha256(command.text)));
    BOOST_TEST((std::get<VoteOpened>(decode_entry(hall.entries.back())->event).text == sha256(command.text)));
    // What lies before the members may differ all the same: then the vote is void, and the next has this
    // text.
    hall.act(hall.chair, VoidVote{id, VoidReason::wrong_text, "印发的文本有误"});
    const VoteId again{hall.act(hall.chair, RetryVote{id, std::nullopt})};
    BOOST_TEST((hall.vote(again).text == sha256(command.text)));
}

BOOST_AUTO_TEST_CASE(more_ballots_than_were_given_out_void_the_vote) // PE-09
{
    Chamber hall;
    const auto id = hall.open_on_paper(hall.on_paper());
    hall.both(CountBallots{id, {50, 51, 0, 40, 11, 0}});
    BOOST_TEST((hall.close(id).outcome.verdict == Verdict::void_more_collected));
}

BOOST_AUTO_TEST_CASE(after_the_vote_was_put_one_speaks_with_a_reason) // PE-20
{
    Chamber hall;
    const auto id = hall.open();
    const SpeechId speech{
        hall.act(hall.members.at(0), RequestFloor{hall.sitting_id, SpeechKind::speech, hall.item_id, {}})};
    hall.press(id, 40, 10, 0);
    hall.act(hall.chair, CloseVote{id});
    BOOST_TEST((code_of(hall.attempt(hall.chair, GrantFloor{speech, {}, ""})) == vote_was_put));
    hall.act(hall.chair, GrantFloor{speech, {}, "经主持人许可说明情况"});
}

BOOST_AUTO_TEST_CASE(a_rule_that_asks_for_nothing_is_asked_nothing)
{
    Chamber hall;
    hall.act(hall.chair, OpenVote{hall.written(hall.about(PersonnelAction::appoint, motion()))});
    Chamber other;
    other.act(other.chair, OpenVote{other.written(other.about(PersonnelAction::remove, appointment_rule()))});
}

BOOST_AUTO_TEST_CASE(papers_count_from_the_first_sitting_of_the_meeting)
{
    Chamber hall;
    const auto began = hall.now_ms;
    hall.now_ms += 3 * day_ms;
    const auto command = hall.about(PersonnelAction::appoint, appointment_rule());
    const auto id = hall.written(command);
    BOOST_TEST((code_of(hall.refused(id)) == not_qualified)); // nothing is on record
    const auto late = RecordQualification{id, true, hall.now_ms + 1};
    BOOST_TEST((code_of(hall.attempt(hall.secretary, late)) == invalid_text));
    hall.act(hall.secretary, RecordQualification{id, true, began - 7 * day_ms + 1});
    BOOST_TEST(says(hall.refused(id), "材料未在会议7日前送达", "7 days before the meeting"));
    hall.act(hall.secretary, RecordQualification{id, true, began - 7 * day_ms});
    BOOST_TEST(!hall.refused(id).has_value());
    BOOST_TEST((code_of(hall.attempt(hall.secretary, RecordQualification{id, false, {}})) == wrong_state));
}

BOOST_AUTO_TEST_CASE(two_rejections_in_a_row_bar_the_person_for_the_post_and_the_term)
{
    Chamber hall;
    const auto command = hall.about(PersonnelAction::appoint, appointment_rule());
    hall.decided(command, 20);
    hall.decided(command, 40); // passed: the row begins anew
    hall.decided(command, 20);
    auto other = command;
    other.personnel->post = "区民政局局长";
    hall.decided(other, 20);
    auto one_more = hall.written(command);
    hall.act(hall.secretary, RecordQualification{one_more, true, day_ms});
    BOOST_TEST(!hall.refused(one_more).has_value()); // one in a row
    hall.press(one_more, 10, 40, 0);
    hall.act(hall.chair, CloseVote{one_more});
    hall.act(hall.chair, AnnounceVote{one_more});
    const auto barred_vote = hall.written(command);
    hall.act(hall.secretary, RecordQualification{barred_vote, true, day_ms});
    BOOST_TEST(says(hall.refused(barred_vote), "连续2次未获通过", "rejected 2 times in a row"));
    // An annulled rejection is none.
    hall.act(hall.secretary, AnnulVote{one_more, "常委会", "计票有误"});
    BOOST_TEST(!hall.refused(barred_vote).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_decided_of_an_amendment_leaves_the_item_open)
{
    Chamber hall;
    auto command = hall.prepare_command(motion());
    const auto whole = hall.written(command);
    command.part = QuestionPart::amendment;
    const auto amendment = hall.decided(command, 40);
    BOOST_TEST((hall.item(hall.item_id).state == ItemState::adopted));
    BOOST_TEST((view_vote(hall.state, amendment, Role::hall).matter.part == QuestionPart::amendment));
    hall.act(hall.chair, OpenVote{whole});
    hall.press(whole, 40, 0, 0);
    hall.act(hall.chair, CloseVote{whole});
    BOOST_TEST((hall.item(hall.item_id).state == ItemState::decided));
    command.item.reset();
    BOOST_TEST((code_of(hall.attempt(hall.secretary, command)) == wrong_state));
    BOOST_TEST((hall.replayed() == state_hash(hall.state)));
}

BOOST_AUTO_TEST_SUITE_END()
