#pragma once

#include <string>

namespace plenum::gateway::testing {

/// A self-signed P-256 certificate for one host name and 127.0.0.1, made for this test run, as PEM files in a
/// folder of their own that goes with it.
class Certificate {
public:
    explicit Certificate(const std::string& host = "hall.test");
    ~Certificate();
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;

    std::string certificate_file() const { return folder_ + "/certificate.pem"; }
    std::string key_file() const { return folder_ + "/key.pem"; }

private:
    std::string folder_;
};

} // namespace plenum::gateway::testing
