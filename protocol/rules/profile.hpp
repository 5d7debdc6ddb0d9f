#pragma once

#include "protocol/rules/provisions.hpp"

namespace plenum {

/// Whether one may change the mind while the vote is open (GB 50799 6.2.2-2). NOTE: append only.
enum class PressPolicy {
    last, ///< the last press before closing counts
    first ///< the first press counts; later ones are refused
};
BOOST_DESCRIBE_ENUM(PressPolicy, last, first)

enum class ClosePolicy {
    chair,           ///< only the chair closes
    timer,           ///< closes by itself after window_ms, held time not counted
    timer_then_chair ///< the window is shown running out; the chair closes
};
BOOST_DESCRIBE_ENUM(ClosePolicy, chair, timer, timer_then_chair)

/// What is shown while the vote is open.
enum class ProgressDisplay {
    none, ///< nothing
    steps ///< how many have pressed, never who
};
BOOST_DESCRIBE_ENUM(ProgressDisplay, none, steps)

/// When the figures appear on consoles and in the hall.
enum class ResultDisplay {
    direct, ///< as soon as they are decided
    delayed ///< when the chair announces them; until then only the chair's panel has them
};
BOOST_DESCRIBE_ENUM(ResultDisplay, direct, delayed)

/// Whether the record holds who pressed what.
enum class Secrecy { named, secret };
BOOST_DESCRIBE_ENUM(Secrecy, named, secret)

/// How votes are given. NOTE: append only.
enum class VoteMethod {
    console,      ///< 按表决器: those in the hall press, remote attendees raise their hands
    hands,        ///< 举手: two tellers count and must agree
    no_objection, ///< 默示: adopted unless somebody objects; no figures
    paper         ///< 无记名投票: ballots on paper, which two tellers count and must agree on
};
BOOST_DESCRIBE_ENUM(VoteMethod, console, hands, no_objection, paper)

struct LegalBasis {
    std::string law;
    std::string article;
    std::string version_date; ///< of the text meant: YYYY-MM-DD, as far as it is known

    /// 第27条 of a bare number; as it was written otherwise (第二十七条第二款).
    std::string article_words() const;

    bool operator==(const LegalBasis&) const = default;
};
BOOST_DESCRIBE_STRUCT(LegalBasis, (), (law, article, version_date))

/// Whether the number of those who pressed nothing is shown in the hall and at consoles. It is always on
/// record. NOTE: append only.
enum class NotPressedDisplay { shown, not_shown };
BOOST_DESCRIBE_ENUM(NotPressedDisplay, shown, not_shown)

/// How secret ballots at consoles are encrypted and proven. NOTE: append only.
enum class CryptoSuite {
    ristretto255_v1 ///< docs/ballot_protocol.md: ElGamal over ristretto255, SHA-512, Ed25519
};
BOOST_DESCRIBE_ENUM(CryptoSuite, ristretto255_v1)

/// What an appointment asks for before it is put to the vote (重庆任免条例 16, 17, 21).
struct AppointmentRule {
    bool exam = false; ///< the law exam passed
    std::uint32_t papers_days =
        0; ///< days before the meeting by which the papers are there; 0: not asked for
    std::uint32_t failures_max = 0; ///< rejections in a row that bar the person for the term; 0: none do

    bool operator==(const AppointmentRule&) const = default;
};
BOOST_DESCRIBE_STRUCT(AppointmentRule, (), (exam, papers_days, failures_max))

/// A majority that one group of the roster must have by itself, beside that of the whole body.
struct GroupMajority {
    std::string group;
    Threshold majority; ///< its bases are those of the group

    bool operator==(const GroupMajority&) const = default;
};
BOOST_DESCRIBE_STRUCT(GroupMajority, (), (group, majority))

/// The longest window of a vote, extensions included, and by how much it is extended at a time; milliseconds.
inline constexpr std::uint32_t window_ms_max = 24 * 60 * 60 * 1000;
inline constexpr std::uint32_t extension_ms_max = 60 * 60 * 1000;

/// The rule a vote is decided by. Opening a vote freezes a copy with its hash; the outcome is recomputed from
/// that copy and the record alone, by the server and by the auditor with the same function.
struct RuleProfile {
    std::string id; ///< like `cn.standing_committee.motion`
    std::uint32_t version = 1;
    LocalText name;
    Threshold quorum;   ///< members present at opening; its base is always all_members
    Threshold majority; ///< approvals
    /// When not empty the majority must be met in each of these groups of the roster separately, over that
    /// group's base.
    std::vector<std::string> groups;
    std::optional<Threshold>
        min_participation; ///< those who pressed; below it the vote is neither passed nor failed
    Secrecy secrecy = Secrecy::named;
    PressPolicy press = PressPolicy::last;
    ClosePolicy close = ClosePolicy::chair;
    std::uint32_t window_ms = 60'000; ///< used unless close is chair
    ProgressDisplay progress = ProgressDisplay::steps;
    ResultDisplay result = ResultDisplay::direct;
    std::vector<LegalBasis> legal_basis;
    VoteMethod method = VoteMethod::console;
    std::uint32_t tellers = 2; ///< by how many, who must agree, hands and ballots are counted
    Later<AppointmentRule> appointment{};
    /// 双门槛: majorities to be met in these groups as well, each with its own share. On paper each of them
    /// counts its ballots in a room of its name.
    Later<std::vector<GroupMajority>> also_in{};
    /// Of a rule for lists or for sheets of grades: what the method adopted provides for them. Under such a
    /// rule nothing else is voted on.
    Later<ListProvisions> list{};
    Later<GradesRule> grades{};
    /// 表决器故障时: by hands or on paper, and by nothing else, a vote goes on whose consoles failed; either
    /// where it says nothing.
    Later<VoteMethod> fallback{};
    Later<std::uint32_t>
        ballots_kept_days{};    ///< how long ballots on paper stay sealed before they are destroyed
    Later<CryptoSuite> suite{}; ///< of secret votes at consoles; the first, where it says nothing
    Later<NotPressedDisplay> not_pressed{}; ///< shown, where it says nothing

    bool operator==(const RuleProfile&) const = default;
};
BOOST_DESCRIBE_STRUCT(RuleProfile, (),
                      (id, version, name, quorum, majority, groups, min_participation, secrecy, press, close,
                       window_ms, progress, result, legal_basis, method, tellers, appointment, also_in, list,
                       grades, fallback, ballots_kept_days, suite, not_pressed))

/// Why this profile cannot be used, or nothing: fractions above one, a zero denominator, a quorum over
/// another base, too many groups, a window of zero or above a day, no teller or more than ten, over-long
/// texts; groups or secrecy with a method that cannot have them, a timer where somebody has to count or to
/// listen first; lists, grades, a fallback or a suite where there can be none.
std::optional<Misfit> check_profile(const RuleProfile& profile);

/// The groups a vote under this rule is counted by: `groups`, then those of `also_in`.
std::vector<std::string> groups_counted(const RuleProfile& profile);

/// Why this cannot be a quorum, or nothing: a fraction above one, a zero denominator, another base than
/// all_members.
std::optional<Misfit> check_quorum(const Threshold& quorum);

/// SHA-256 of the canonical JSON.
Digest hash_of(const RuleProfile& profile);

} // namespace plenum
