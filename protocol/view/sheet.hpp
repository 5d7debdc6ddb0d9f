#pragma once

#include "protocol/view/vote.hpp"

// 表决结果单: one vote on one sheet of paper, with everything a reader needs to check it by hand.

namespace plenum {

/// One attempt at the vote, oldest first; attempts are kept for ever.
struct SheetAttempt {
    VoteId vote{};
    std::uint32_t attempt = 1;
    VoteMethod vote_method = VoteMethod::console;
    VoteState state = VoteState::prepared;
    std::optional<Verdict> verdict;
    std::optional<VoidReason> void_reason;
    std::string void_note;
};
BOOST_DESCRIBE_STRUCT(SheetAttempt, (), (vote, attempt, vote_method, state, verdict, void_reason, void_note))

/// Two figures that are the same in every vote that was counted right; or of which the left is never larger,
/// where marks that nobody can read count for nothing.
struct SheetIdentity {
    LocalText words;
    std::uint64_t left = 0;
    std::uint64_t right = 0;
    bool is_at_most = false;
};
BOOST_DESCRIBE_STRUCT(SheetIdentity, (), (words, left, right, is_at_most))

/// Everything of one vote that has ended. The figures stand in `vote`; the hashes name what was frozen when
/// it opened, so that a reader finds them in the record.
struct ResultSheet {
    std::string origin; ///< of the record
    std::string body;
    std::string meeting;
    std::string sitting;
    std::string item; ///< number and title; empty when it is about none
    VoteView vote;
    RuleProfile profile;
    Digest profile_hash;
    Digest electorate; ///< blob
    std::string base_reason;
    std::vector<SheetIdentity> identities;
    std::vector<SheetAttempt> attempts; ///< with this one
};
BOOST_DESCRIBE_STRUCT(ResultSheet, (),
                      (origin, body, meeting, sitting, item, vote, profile, profile_hash, electorate,
                       base_reason, identities, attempts))

} // namespace plenum
