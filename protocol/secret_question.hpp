#pragma once

#include "protocol/ballot/terms.hpp"
#include "protocol/ballot/totals.hpp"
#include "protocol/rules/ballot_list.hpp"

// What a secret vote at consoles asks, and what its opened totals say: the bridge between the rules, which
// know candidates and grades, and the ballots, which know rows and options (docs/ballot_protocol.md 2).

namespace plenum {

/// What is put to the vote: for, against or abstaining; a list to choose from; or objects to grade. Owns
/// nothing: it is made where it is used.
struct SecretMatter {
    std::string_view title;
    Digest text;
    const BallotList* list = nullptr;    ///< at most one of the two
    const GradesSheet* grades = nullptr; ///< passed check_sheet
    bool elects_persons = true;          ///< of a list: candidates are approved or opposed, projects marked
};

/// Why consoles cannot ask this secretly, in words for whoever prepares it, or nothing: names written in,
/// marks that would have to be guessed, a ranking, more lines or grades than a ballot holds. Lists and sheets
/// have passed their own checks.
std::optional<LocalText> check_secret_matter(const SecretMatter& matter);

/// What every ballot looks like. Of persons each is approved, opposed or neither, which abstains; projects
/// are marked; of grades each object is given one. The rest needs a matter that check_secret_matter accepts.
ballot::BallotShape shape_of(const SecretMatter& matter);

/// What every ballot is bound to; a console shows it, and everybody checks that nobody else was asked
/// another.
ballot::Question question_of(const SecretMatter& matter);

/// The figures of a list as tellers would have counted them: everybody of the list of voters was given a
/// ballot, and none that came back can be invalid, since it was proven. `totals` are of shape_of.
PlacesReturn list_from(const SecretMatter& matter, std::uint32_t listed, const ballot::SecretTotals& totals);
/// The same of a sheet.
GradesCount grades_from(const SecretMatter& matter, std::uint32_t listed, const ballot::SecretTotals& totals);
/// The same of a motion.
Tally tally_from(std::uint32_t listed, const ballot::SecretTotals& totals);

} // namespace plenum
