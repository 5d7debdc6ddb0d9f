#pragma once

#include "protocol/event/body.hpp"
#include "protocol/rules/threshold.hpp"

// 联名: how many members must sign before something is put before their body.

namespace plenum {

/// What is signed for. NOTE: append only.
enum class PetitionKind {
    bill,                 ///< 议案
    nomination,           ///< 联名提名候选人
    interpellation,       ///< 质询案
    inquiry,              ///< 特定问题调查
    recall,               ///< 罢免案; of a standing committee 撤职案
    extraordinary_session ///< 提议临时召集会议
};
BOOST_DESCRIBE_ENUM(PetitionKind, bill, nomination, interpellation, inquiry, recall, extraordinary_session)

/// So many signatures; where that is 0, such a share of all members.
struct SignatureRule {
    std::uint32_t signatures = 0;
    Threshold share{};

    bool operator==(const SignatureRule&) const = default;
};

/// What the law asks of a body at county or town level (LOL 14, 22, 24, 26, 31, 36, 52, 53, 58; SL 61);
/// nothing where members of such a body may not do this together. Higher levels ask for more and say so
/// (petition.need_set).
std::optional<SignatureRule> signature_rule(PetitionKind petition_kind, BodyKind body_kind);

/// Whether enough of the `electors` have signed, each counted once; a signature of anybody else counts for
/// nothing. The base is all `electors`.
Finding decide_petition(const SignatureRule& rule, const std::vector<std::uint64_t>& electors,
                        const std::vector<std::uint64_t>& signers);

} // namespace plenum
