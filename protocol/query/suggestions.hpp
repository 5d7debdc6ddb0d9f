#pragma once

#include "protocol/view.hpp"

// Questions about suggestions and joint signatures.

namespace plenum {

/// Suggestions, newest first, a page at a time: of a body for who works in its room; without a body, those a
/// deputy made or signed.
struct ListSuggestions {
    static constexpr std::string_view method = "suggestions.list";
    std::optional<BodyId> body{};
    std::uint32_t from = 0;
    std::uint32_t limit = 100;
};
BOOST_DESCRIBE_STRUCT(ListSuggestions, (), (body, from, limit))

/// One page of suggestions.list; at most 200 of them.
struct SuggestionsPage {
    std::uint64_t seq = 0;
    std::uint32_t total = 0;
    std::vector<SuggestionView> suggestions;
    std::vector<EvaluationRound> rounds; ///< of the body: those on record, oldest first, then what goes on
};
BOOST_DESCRIBE_STRUCT(SuggestionsPage, (), (seq, total, suggestions, rounds))

/// Joint signatures, newest first, a page at a time: of a body for who works in its room; without a body,
/// those of all bodies a deputy is a member of.
struct ListPetitions {
    static constexpr std::string_view method = "petitions.list";
    std::optional<BodyId> body{};
    std::uint32_t from = 0;
    std::uint32_t limit = 100;
};
BOOST_DESCRIBE_STRUCT(ListPetitions, (), (body, from, limit))

/// One page of petitions.list; at most 200 of them.
struct PetitionsPage {
    std::uint64_t seq = 0;
    std::uint32_t total = 0;
    std::vector<PetitionBody> bodies; ///< where one may be opened, or the body asked for
    std::vector<PetitionView> petitions;
};
BOOST_DESCRIBE_STRUCT(PetitionsPage, (), (seq, total, bodies, petitions))

} // namespace plenum
