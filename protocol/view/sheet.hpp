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

/// How another vote belongs to this one. Attempts at the same vote are told apart. NOTE: append only.
enum class VoteRelation {
    follows,    ///< this vote settles what the other left open
    followed_by ///< the other settles what this one left open
};
BOOST_DESCRIBE_ENUM(VoteRelation, follows, followed_by)

/// Another vote that belongs to this one: 再次投票 among those tied, 另行选举 for the places left.
struct RelatedVote {
    VoteRelation relation = VoteRelation::follows;
    VoteId vote{};
    std::string title;
    ListKind list_kind = ListKind::tie_revote; ///< of the later of the two
};
BOOST_DESCRIBE_STRUCT(RelatedVote, (), (relation, vote, title, list_kind))

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
    std::vector<std::string> tellers;   ///< who counted hands or ballots
    std::vector<RelatedVote> related;
    /// A vote of the plenary on no item, which nothing on record explains (PE-02): a procedural motion.
    bool off_the_agenda = false;
    std::string draft; ///< the name of the paper voted on, while the item has it
};
BOOST_DESCRIBE_STRUCT(ResultSheet, (),
                      (origin, body, meeting, sitting, item, vote, profile, profile_hash, electorate,
                       base_reason, identities, attempts, tellers, related, off_the_agenda, draft))

/// A rule that votes of a series were frozen with.
struct SeriesRule {
    Digest profile_hash;
    RuleProfile profile;
    LocalText rule; ///< in words
};
BOOST_DESCRIBE_STRUCT(SeriesRule, (), (profile_hash, profile, rule))

/// The newest attempt at one vote of a series; without a result until it was announced.
struct SeriesLine {
    VoteView vote;
    Digest profile_hash; ///< one of the rules of the sheet
    Digest electorate;   ///< blob; zeros before it was opened
    std::string base_reason;
};
BOOST_DESCRIBE_STRUCT(SeriesLine, (), (vote, profile_hash, electorate, base_reason))

/// 表决结果汇总: the votes of a series on one sheet, in the order they were put, with who takes the oath.
struct SeriesSheet {
    std::string origin; ///< of the record
    std::string body;
    std::string meeting;
    std::string sitting;
    std::string item; ///< number and title; empty when it is about none
    VoteId series{};  ///< names it: the vote that was prepared first
    std::vector<SeriesRule> rules;
    std::vector<SeriesLine> lines;
    std::vector<SheetIdentity> identities; ///< of all lines together, and of each that fails
    std::vector<std::string> tellers;      ///< who counted any of them
};
BOOST_DESCRIBE_STRUCT(SeriesSheet, (),
                      (origin, body, meeting, sitting, item, series, rules, lines, identities, tellers))

} // namespace plenum
