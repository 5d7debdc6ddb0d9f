#pragma once

#include "protocol/audit/finding.hpp"
#include "protocol/entry.hpp"

#include <set>

namespace plenum::audit {

/// Follows what stands around every event: place, time, epoch, and that a request id stands for one command.
class EnvelopeCheck {
public:
    /// `origin` is the one the checkpoint is signed for.
    EnvelopeCheck(std::string origin, Findings& findings) : origin_(std::move(origin)), findings_(findings) {}

    void take(const Entry& entry);

private:
    void check_place(const Entry& entry);
    void check_time(const Entry& entry);
    void check_start(const Entry& entry);
    void check_request(const Entry& entry);

    /// What the next entry is compared with.
    struct Before {
        std::uint64_t epoch = 0;
        Actor actor;
        std::string id;
        std::string_view kind;
    };

    std::string origin_;
    Findings& findings_;
    std::uint64_t next_seq_ = 0;
    std::uint64_t at_ms_ = 0;
    std::optional<Before> before_;
    std::set<std::pair<std::string, std::string>> requests_; ///< actor and id of every command so far
};

} // namespace plenum::audit
