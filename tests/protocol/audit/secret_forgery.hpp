#pragma once

#include "tests/protocol/audit/forgery.hpp"
#include "tests/support/bundle_source.hpp"
#include "tests/support/secret_record.hpp"

#include <cstdlib>

// Secret votes that lie, in a record signed with the right key.

namespace plenum::testing {

inline audit::Bundle auditors_bundle_of(const RecordedMeeting& meeting)
{
    return bundle_of(meeting, log_key(), {}, audit::BundleKind::auditor);
}

inline audit::Report verify_for_auditor(const RecordedMeeting& meeting)
{
    return audit::verify(auditors_bundle_of(meeting));
}

struct SecretForgery {
    const char* what;
    std::function<void(RecordedMeeting&, SecretRecord&)> lie;
    std::set<audit::AuditCode> expected; ///< of an auditor's bundle
};

/// With PLENUM_FORGERIES=FOLDER every lie is also written there as an auditor's bundle, and what was found of
/// it into lies.tsv, a line each: file, what the lie is, the auditor's findings.
/// tests/browser/forgeries.test.mjs shows them to the checker of the pages.
inline void hand_over(const RecordedMeeting& m, const char* what, const audit::Report& report)
{
    const char* folder = std::getenv("PLENUM_FORGERIES");
    if (folder == nullptr) return;
    static int count = 0;
    const auto name = std::to_string(++count) + ".plenum";
    auto source = source_of(m);
    source.kind = audit::BundleKind::auditor;
    BOOST_TEST(papers::write_bundle(source, std::string(folder) + "/" + name).has_value());
    std::ofstream list(std::string(folder) + "/lies.tsv", std::ios::app);
    list << name << '\t' << what << '\t';
    for (const auto code : errors_of(report))
        list << audit::name_of(code) << ' ';
    list << '\n';
}

inline void check(const SecretForgery& forgery)
{
    BOOST_TEST_CONTEXT(forgery.what)
    {
        RecordedMeeting m;
        m.prelude(9, 7);
        SecretRecord secret(m);
        forgery.lie(m, secret);
        const auto report = verify_for_auditor(m);
        BOOST_TEST((errors_of(report) == forgery.expected), "found:" << sentences_of(report));
        BOOST_TEST(!report.ok);
        hand_over(m, forgery.what, report);
    }
}

} // namespace plenum::testing
