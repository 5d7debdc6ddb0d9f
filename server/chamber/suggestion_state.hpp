#pragma once

#include "protocol/view.hpp"

#include <optional>
#include <string>
#include <vector>

// What the chamber remembers of suggestions, of what deputies said of the answers, and of joint signatures.

namespace plenum::chamber {

/// An answer to a suggestion and what the deputy said of it.
struct SuggestionAnswer {
    EvaluationStage stage = EvaluationStage::reply;
    ReplyClass reply_class = ReplyClass::solved;
    Digest document;
    bool document_kept_outside = false;
    std::optional<std::uint64_t> deliver_by_ms;
    SuggestionEvaluation evaluation;
    std::optional<PersonId> evaluated_by;
    std::optional<std::uint64_t> evaluated_at_ms;
    bool concluded = false; ///< counted in figures on record
};

struct Suggestion {
    BodyId body{};
    std::string number;
    std::string title;
    Digest text;
    bool text_kept_outside = false;
    PersonId lead{};
    std::vector<PersonId> signers; ///< without the lead
    std::string responsible_body;
    std::uint64_t registered_at_ms = 0;
    std::uint64_t due_at_ms = 0;
    std::vector<SuggestionAnswer> answers{}; ///< oldest first
    std::string withdrawn{};                 ///< why
};

/// The figures of an evaluation that is over.
struct ConcludedEvaluation {
    BodyId body{};
    EvaluationRound round;
};

/// 联名.
struct Petition {
    BodyId body{};
    PetitionKind kind = PetitionKind::bill;
    std::string title;
    Digest text;
    std::vector<PersonId> signers; ///< the lead signer first, then in the order of signing
    std::uint64_t opened_at_ms = 0;
    PetitionState state = PetitionState::open;
    std::optional<Finding> handed_in{}; ///< the figures then
    std::optional<std::uint64_t> ended_at_ms{};
    std::string reason{}; ///< why it was withdrawn
};

/// How many must sign in a body by its own decision.
struct SignatureNeed {
    std::uint32_t signatures = 0;
    std::string decided_by;
};

} // namespace plenum::chamber
