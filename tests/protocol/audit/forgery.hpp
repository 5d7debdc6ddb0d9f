#pragma once

#include "protocol/audit/verify.hpp"
#include "tests/support/recorded_meeting.hpp"

#include <boost/test/unit_test.hpp>

#include <sstream>

// Records that lie, each signed with the right key: the tree is sound and only following the record can tell.

namespace plenum::testing {

struct Forgery {
    const char* what;
    std::function<void(RecordedMeeting&)> lie;
    std::set<audit::AuditCode> expected;
};

inline std::set<audit::AuditCode> errors_of(const audit::Report& report)
{
    std::set<audit::AuditCode> codes;
    for (const auto& found : report.findings)
        if (found.severity == audit::Severity::error) codes.insert(found.code);
    return codes;
}

/// The notices, but for those that a vote belongs to no item, as most of those in these records.
inline std::set<audit::AuditCode> other_notices_of(const audit::Report& report)
{
    std::set<audit::AuditCode> codes;
    for (const auto& found : report.findings) {
        if (found.severity != audit::Severity::notice) continue;
        if (found.code != audit::AuditCode::off_the_agenda) codes.insert(found.code);
    }
    return codes;
}

/// Nothing but notices that a vote belongs to no item, as most of those in these records.
inline bool only_off_the_agenda(const audit::Report& report)
{
    return std::ranges::all_of(report.findings, [](const audit::AuditFinding& found) {
        return found.code == audit::AuditCode::off_the_agenda;
    });
}

inline std::string sentences_of(const audit::Report& report)
{
    std::ostringstream out;
    for (const auto& found : report.findings)
        out << "\n  " << audit::name_of(found.code) << " at " << found.seq.value_or(0) << ": "
            << found.sentence.en;
    return out.str();
}

inline void check(const Forgery& forgery)
{
    BOOST_TEST_CONTEXT(forgery.what)
    {
        RecordedMeeting m;
        m.prelude();
        forgery.lie(m);
        const auto report = audit::verify(bundle_of(m));
        BOOST_TEST((errors_of(report) == forgery.expected), "found:" << sentences_of(report));
        BOOST_TEST(!report.ok);
    }
}

/// A vote that everybody present carries, opened and pressed, not yet closed.
inline VoteId pressed(RecordedMeeting& m, const RuleProfile& rule = simple_rule())
{
    const auto vote = m.prepare(rule);
    m.open(vote);
    for (const auto person : m.votes.at(vote).electorate)
        m.cast(vote, person, Choice::approve);
    return vote;
}

inline RuleProfile first_press_rule()
{
    auto rule = simple_rule();
    rule.press = PressPolicy::first;
    return rule;
}

inline RuleProfile timed_rule()
{
    auto rule = simple_rule();
    rule.close = ClosePolicy::timer;
    rule.window_ms = 10'000;
    return rule;
}

inline RuleProfile grouped_rule()
{
    auto rule = simple_rule();
    rule.groups = {"第一组", "第二组"};
    return rule;
}

/// Closes a vote with figures changed by `change`.
template <class Change>
void close_with(RecordedMeeting& m, VoteId vote, Change change)
{
    auto decided = m.decision(vote);
    change(decided);
    m.close(vote, decided, m.chair);
}

inline Actor outsider(RecordedMeeting& m)
{
    return {m.appoint("旁听人员", Role::observer, std::nullopt, m.secretary).person, Role::delegate};
}

/// Silence approves the first two members as scrutineers.
inline VoteId approve_scrutineers(RecordedMeeting& m)
{
    const auto id = m.prepare(silent_rule(), "监票人名单");
    m.open(id);
    m.close(id);
    m.announce(id);
    m.write(m.chair, ScrutineersApproved{m.meeting, {m.person(0), m.person(1)}, id});
    return id;
}

} // namespace plenum::testing
