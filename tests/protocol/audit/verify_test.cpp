#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(verify_test)

using namespace plenum;
using namespace plenum::testing;
using audit::AuditCode;

namespace {

std::string names_of(const std::set<AuditCode>& codes)
{
    std::string names;
    for (const auto code : codes)
        names += std::string(audit::name_of(code)) + " ";
    return names;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_honest_meeting_verifies_without_a_word)
{
    const auto meeting = full_meeting();
    const auto report = audit::verify(bundle_of(meeting));
    for (const auto& found : report.findings) {
        if (found.code != AuditCode::off_the_agenda)
            BOOST_ERROR(found.sentence.en << " at " << found.seq.value_or(0));
    }
    BOOST_TEST(report.ok);
    BOOST_TEST(report.size == meeting.entries.size());
    BOOST_TEST(report.checkpoints == meeting.published.size());
    BOOST_TEST(report.origin == meeting.origin);
}

BOOST_AUTO_TEST_CASE(the_summary_of_each_vote_is_what_the_meeting_did)
{
    const auto meeting = full_meeting();
    const auto votes = audit::verify(bundle_of(meeting)).votes;
    const struct {
        const char* title;
        std::uint32_t attempt;
        VoteState state;
        std::uint32_t present;
        std::optional<Tally> tally;
        std::uint32_t left;
        std::optional<Verdict> verdict;
    } expected[] = {
        {"议程", 1, VoteState::announced, 8, Tally{8, 0, 0, 0}, 0, Verdict::passed},
        {"工作报告", 1, VoteState::announced, 8, Tally{4, 4, 0, 0}, 0, Verdict::not_passed},
        {"改变主意", 1, VoteState::announced, 8, Tally{1, 0, 1, 6}, 1, Verdict::not_passed},
        {"计时表决", 1, VoteState::announced, 8, Tally{2, 0, 0, 6}, 0, Verdict::not_passed},
        {"分组过半", 1, VoteState::announced, 8, Tally{6, 0, 2, 0}, 0, Verdict::passed},
        {"会议议程", 1, VoteState::announced, 8, Tally{0, 0, 0, 8}, 0, Verdict::adopted_no_objection},
        {"有人提出异议", 1, VoteState::announced, 8, Tally{6, 2, 0, 0}, 0, Verdict::passed},
        {"一人以视频方式出席", 1, VoteState::announced, 9, Tally{5, 0, 0, 4}, 0, Verdict::passed},
        {"表决器故障", 1, VoteState::voided, 9, std::nullopt, 0, std::nullopt},
        {"表决器故障", 2, VoteState::announced, 9, Tally{4, 3, 1, 1}, 0, Verdict::not_passed},
        {"人数不足", 1, VoteState::voided, 8, std::nullopt, 0, std::nullopt},
        {"人数不足", 2, VoteState::announced, 8, Tally{1, 0, 0, 7}, 0, Verdict::not_passed},
        {"留待下次会议", 1, VoteState::prepared, 0, std::nullopt, 0, std::nullopt},
    };
    BOOST_TEST_REQUIRE(votes.size() == std::size(expected));
    for (std::size_t i = 0; i < votes.size(); ++i) {
        const auto& vote = votes[i];
        const auto& row = expected[i];
        BOOST_TEST_CONTEXT(row.title << " " << row.attempt)
        {
            BOOST_TEST(vote.title == row.title);
            BOOST_TEST(vote.attempt == row.attempt);
            BOOST_TEST((vote.state == row.state));
            BOOST_TEST(vote.present == row.present);
            BOOST_TEST((vote.tally == row.tally));
            BOOST_TEST(vote.left == row.left);
            BOOST_TEST(vote.sound);
            BOOST_TEST(vote.base_members == 9u);
            BOOST_TEST((vote.outcome.has_value() == row.verdict.has_value()));
            if (row.verdict) BOOST_TEST((vote.outcome->verdict == *row.verdict));
        }
    }
}

BOOST_AUTO_TEST_CASE(every_prefix_that_ends_between_commands_verifies)
{
    // A bundle may be taken in the middle of a meeting.
    const auto whole = full_meeting();
    for (std::size_t size = 1; size <= whole.entries.size(); ++size) {
        auto part = whole;
        part.entries.resize(size);
        const bool inside = std::holds_alternative<VoteClosed>(part.entries.back().event);
        const bool adopts = size < whole.entries.size() &&
                            std::holds_alternative<VoteDecided>(part.entries.back().event) &&
                            std::holds_alternative<AgendaAdopted>(whole.entries[size].event);
        std::set<AuditCode> expected;
        if (inside) expected = {AuditCode::decision_missing};
        if (adopts) expected = {AuditCode::agenda_not_adopted};
        const auto codes = errors_of(audit::verify(bundle_of(part)));
        BOOST_TEST_CONTEXT(size << " entries: " << names_of(codes))
        BOOST_TEST((codes == expected));
    }
}

BOOST_AUTO_TEST_CASE(a_notice_is_told_and_does_not_keep_a_bundle_from_being_verified)
{
    RecordedMeeting m;
    m.write(RecordedMeeting::server, ServerStarted{"0.1.0"});
    m.write(RecordedMeeting::server, JournalRecovered{2, 4096});
    m.prelude();
    auto prepared = m.votes[m.prepare(simple_rule())].prepared;
    prepared.base_members = 8;
    prepared.base_reason = "一名代表资格终止";
    const auto vote = m.prepare(prepared, m.secretary);
    m.confirm_base(vote, m.chair);
    m.open(vote);
    for (std::size_t i = 0; i < 5; ++i)
        m.cast(vote, m.person(i), Choice::approve);
    m.close(vote);
    const auto report = audit::verify(
        bundle_of(m, log_key(), [](audit::Manifest& manifest) { manifest.state_hash = sha256("state"); }));
    std::set<AuditCode> notices;
    for (const auto& found : report.findings) {
        BOOST_TEST((found.severity == audit::Severity::notice));
        notices.insert(found.code);
    }
    BOOST_TEST(report.ok);
    BOOST_TEST((notices == std::set{AuditCode::log_recovered, AuditCode::base_overridden,
                                    AuditCode::state_not_replayed, AuditCode::off_the_agenda}));
    BOOST_TEST(report.votes.back().base_members == 8u);
    BOOST_TEST((report.votes.back().outcome->verdict == Verdict::passed));
}

BOOST_AUTO_TEST_CASE(findings_beyond_the_limit_are_counted_and_not_kept)
{
    RecordedMeeting m;
    m.prelude();
    for (int i = 0; i < 1'500; ++i)
        m.write(m.chair, AgendaAdopted{m.sitting, 9});
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(!report.ok);
    BOOST_TEST(report.findings.size() == audit::Findings::findings_max + 1);
    BOOST_TEST((report.findings.back().code == AuditCode::too_many_findings));
    BOOST_TEST(report.findings.back().sentence.en.ends_with("500"));
}

BOOST_AUTO_TEST_CASE(the_report_as_json_names_codes_and_figures)
{
    auto meeting = full_meeting();
    meeting.newest<VoteDecided>().left = 3;
    const auto json = audit::to_json_report(audit::verify(bundle_of(meeting)));
    const auto text = canonical_json(json);
    BOOST_TEST(json.at("ok").as_bool() == false);
    std::vector<std::string> errors;
    for (const auto& found : json.at("findings").as_array()) {
        if (found.at("severity").as_string() == "error") errors.emplace_back(found.at("code").as_string());
    }
    BOOST_TEST((errors == std::vector<std::string>{"left_wrong"}));
    BOOST_TEST(json.at("votes").as_array().size() == 13u);
    BOOST_TEST(text.find("recorded 3, recomputed 0") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(progress_reaches_every_entry)
{
    const auto meeting = full_meeting();
    std::uint64_t done = 0;
    std::uint64_t of = 0;
    audit::verify(bundle_of(meeting), {}, [&](std::uint64_t entries, std::uint64_t all) {
        done = entries;
        of = all;
    });
    BOOST_TEST(done == meeting.entries.size());
    BOOST_TEST(of == meeting.entries.size());
}

BOOST_AUTO_TEST_SUITE_END()
