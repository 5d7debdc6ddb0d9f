#include "tests/sim/recount.hpp"
#include "tests/sim/world.hpp"

#include <algorithm>

// Ballots on paper: what tellers counted, what it adds up to, who has a place.

namespace plenum::sim {
namespace {

std::uint64_t base_of(const Recount::PaperFigures& figures, Base base)
{
    switch (base) {
    case Base::all_members: return figures.members;
    case Base::present: return figures.present;
    case Base::cast:
    case Base::ballots: return figures.collected;
    case Base::valid: return figures.valid;
    case Base::for_and_against: return figures.for_and_against;
    }
    return 0;
}

/// Places go to those with enough votes of whom, with their equals, there are not too many.
void check_places(const PlacesRule& rule, const Recount::PaperFigures& figures, const PlacesDecided& decided)
{
    const auto& lines = decided.counted.list;
    // Of a ranking the lowest sum is the best: what a line lacks to having been last on every ballot.
    const auto votes_of = [&](const ListVotes& line) -> std::uint64_t {
        if (!line.numbers) return line.approve;
        return figures.valid == 0 ? 0 : figures.valid * lines.size() + 1 - *line.numbers;
    };
    std::vector<std::uint32_t> elected;
    std::vector<std::uint32_t> tied;
    for (std::uint32_t at = 0; at < lines.size(); ++at) {
        const auto votes = votes_of(lines[at]);
        const bool enough =
            votes > 0 &&
            (!rule.majority || reaches(votes, base_of(figures, rule.majority->base), *rule.majority));
        if (!enough || figures.collected > figures.issued) continue;
        const auto better =
            std::ranges::count_if(lines, [&](const auto& one) { return votes_of(one) > votes; });
        const auto equal =
            std::ranges::count_if(lines, [&](const auto& one) { return votes_of(one) == votes; });
        if (better + equal <= rule.places) elected.push_back(at);
        if (better < rule.places && better + equal > rule.places) tied.push_back(at);
    }
    auto said = decided.outcome.elected;
    std::ranges::sort(said);
    claim(said == elected, "others have a place than the votes say");
    claim(decided.outcome.tied == tied, "others are tied than the votes say");
    const bool is_void = figures.collected > figures.issued;
    const bool stays_empty = decided.outcome.status == PlacesStatus::shortfall_left_empty;
    claim(!stays_empty || (rule.shortfall && decided.outcome.unfilled > 0),
          "places stay empty without a rule");
    claim(decided.outcome.unfilled == 0 || !rule.shortfall || is_void || stays_empty,
          "places the rule leaves empty wait for an election");
    const auto filled = elected.size() + decided.outcome.tied_places + decided.outcome.unfilled;
    claim(filled == rule.places, "places are lost");
}

void check_grades(const GradesRule& rule, const Recount::PaperFigures& figures, const GradesDecided& decided)
{
    if (figures.collected > figures.issued) {
        claim(decided.outcomes.empty(), "void sheets grade something");
        return;
    }
    claim(decided.outcomes.size() == decided.counted.objects.size(), "an object is not graded");
    for (std::size_t at = 0; at < decided.outcomes.size(); ++at) {
        const auto& object = decided.counted.objects[at];
        auto own = figures;
        own.valid = figures.collected - object.invalid;
        std::string expected;
        for (const auto& verdict : rule.verdicts) {
            std::uint64_t have = 0;
            for (const auto grade : verdict.grades)
                have += object.counts.at(grade);
            const auto base = base_of(own, verdict.threshold.base);
            if (expected.empty() && base > 0 && reaches(have, base, verdict.threshold)) expected = verdict.id;
        }
        claim(decided.outcomes[at].verdict == expected,
              "an object is called something else than its grades say");
    }
}

} // namespace

void Recount::take_paper(VoteId vote, PersonId teller, const std::optional<std::string>& room,
                         std::string counted)
{
    auto& ballots = ballot(vote);
    claim(ballots.stage == Stage::open || ballots.stage == Stage::held, "ballots in a vote that is not open");
    claim(ballots.method == VoteMethod::paper, "ballots in a vote that has none");
    claim(actor_.person == teller && actor_.role == Role::teller, "somebody else's count");
    claim(!is_suspended(ballots.body, teller), "somebody suspended counts");
    // The houses of these stories are too small for rooms that may count alone.
    claim(!room, "a room of a few counted its ballots");
    ballots.papers[teller] = std::move(counted);
    ++ballots_counted;
}

void Recount::operator()(const BallotsCounted& event)
{
    take_paper(event.vote, event.teller, event.room, canonical_json(to_json(event.ballots)));
}

void Recount::operator()(const ListCounted& event)
{
    take_paper(event.vote, event.teller, event.room, canonical_json(to_json(event.list)));
}

void Recount::operator()(const GradesCounted& event)
{
    take_paper(event.vote, event.teller, event.room, canonical_json(to_json(event.grades)));
}

void Recount::operator()(const ScrutineersApproved& event)
{
    const auto& vote = ballot(event.by);
    claim(vote.stage == Stage::announced && vote.adopted, "scrutineers nobody adopted");
    claim(rooms_.at(vote.sitting).meeting == event.meeting, "scrutineers of another meeting");
    claim(event.persons.size() >= 2, "too few scrutineers");
    for (const auto person : event.persons)
        claim(!is_suspended(vote.body, person), "somebody suspended watches");
    has_scrutineers_.insert(event.meeting);
    scrutineers_by_.insert_or_assign(event.meeting, event.by);
}

std::optional<std::string> Recount::agreed_paper(const Ballot& counted)
{
    if (counted.papers.empty() || counted.papers.size() < counted.profile.tellers) return std::nullopt;
    for (const auto& [teller, paper] : counted.papers) {
        if (paper != counted.papers.begin()->second) return std::nullopt;
    }
    return counted.papers.begin()->second;
}

void Recount::check_paper(const Ballot& counted, const VoteDecided& event) const
{
    const auto agreed = agreed_paper(counted);
    claim(agreed.has_value(), "decided though the tellers do not agree");
    if (event.places) {
        claim(canonical_json(to_json(event.places->counted)) == *agreed, "the list is not what was counted");
    } else if (event.grades) {
        claim(canonical_json(to_json(event.grades->counted)) == *agreed,
              "the sheets are not what was counted");
    } else {
        claim(event.ballots && canonical_json(to_json(*event.ballots)) == *agreed,
              "the ballots are not what was counted");
    }
    check_chosen(counted, event);
}

void Recount::check_chosen(const Ballot& counted, const VoteDecided& event) const
{
    PaperFigures figures;
    figures.members = counted.base;
    figures.present = counted.electorate.size();
    claim(event.places.has_value() == counted.list.has_value(), "a list and no places");
    claim(event.grades.has_value() == counted.grades.has_value(), "sheets and no grades");
    if (event.places) {
        figures.issued = event.places->counted.issued;
        figures.collected = event.places->counted.collected;
        figures.valid = event.places->counted.collected - event.places->counted.invalid;
        check_places(counted.list->places, figures, *event.places);
    } else if (event.grades) {
        figures.issued = event.grades->counted.issued;
        figures.collected = event.grades->counted.collected;
        check_grades(counted.grades->rule, figures, *event.grades);
    } else {
        figures.issued = event.ballots->issued;
        figures.collected = event.ballots->collected;
        figures.valid = event.ballots->collected - event.ballots->invalid;
        figures.for_and_against = event.ballots->approve + event.ballots->oppose;
        check_motion_on_paper(counted, figures, event);
    }
    claim(figures.issued <= figures.present, "more ballots given out than there were members");
    const bool is_void = figures.collected > figures.issued;
    claim((event.outcome.verdict == Verdict::void_more_collected) == is_void, "void ballots decided");
    if (is_void || event.places || event.grades)
        claim(event.tally == Tally{0, 0, 0, static_cast<std::uint32_t>(figures.present)},
              "figures of nothing");
}

void Recount::check_motion_on_paper(const Ballot& counted, const PaperFigures& figures,
                                    const VoteDecided& event) const
{
    if (figures.collected > figures.issued) return;
    const auto& rule = counted.profile;
    const auto& ballots = *event.ballots;
    const auto given = ballots.approve + ballots.oppose + ballots.abstain;
    claim(event.tally.approve == ballots.approve && event.tally.oppose == ballots.oppose &&
              event.tally.abstain == ballots.abstain &&
              event.tally.not_pressed + given == counted.electorate.size(),
          "the figures are not the ballots");
    const bool passed =
        ballots.approve > 0 && reaches(ballots.approve, base_of(figures, rule.majority.base), rule.majority);
    auto expected = passed ? Verdict::passed : Verdict::not_passed;
    if (rule.min_participation && !reaches(figures.collected, base_of(figures, rule.min_participation->base),
                                           *rule.min_participation)) {
        expected = Verdict::invalid_low_participation;
    }
    claim(event.outcome.verdict == expected, "the outcome does not follow from the ballots");
}

} // namespace plenum::sim
