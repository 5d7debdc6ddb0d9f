#pragma once

#include "tests/protocol/audit/forgery.hpp"
#include "tests/support/secret_record.hpp"

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
    }
}

} // namespace plenum::testing
