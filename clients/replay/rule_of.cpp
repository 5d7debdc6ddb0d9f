#include "clients/replay/rule_of.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace plenum::replay {
namespace {

constexpr Threshold over_half(Base base)
{
    return {1, 2, true, base};
}

RuleProfile profile(std::string id, LocalText name, Threshold majority)
{
    RuleProfile rule;
    rule.id = std::move(id);
    rule.name = std::move(name);
    rule.quorum = {0, 1, false, Base::all_members};
    rule.majority = majority;
    // Nobody watches the figures grow, and a recorded choice is final.
    rule.progress = ProgressDisplay::none;
    return rule;
}

VoteRule simple_majority(bool is_stated)
{
    return {profile("replay.simple_majority", {"赞成多于反对", "more for than against"},
                    over_half(Base::for_and_against)),
            std::nullopt,
            {},
            is_stated};
}

/// What api.sejm.gov.pl calls a majority. Which votes it is taken of differs: a simple one leaves abstentions
/// out.
struct NamedMajority {
    std::string_view type;
    const char* id;
    const char* zh;
    const char* en;
    Threshold majority;
};
constexpr std::array named_majorities = {
    NamedMajority{"SIMPLE_MAJORITY", "pl.sejm.simple", "赞成多于反对", "more for than against",
                  over_half(Base::for_and_against)},
    NamedMajority{"ABSOLUTE_MAJORITY", "pl.sejm.absolute", "参加表决的过半数", "over half of the votes cast",
                  over_half(Base::cast)},
    NamedMajority{"MAJORITY_THREE_FIFTHS",
                  "pl.sejm.three_fifths",
                  "参加表决的五分之三以上",
                  "three fifths of the votes cast",
                  {3, 5, false, Base::cast}},
    NamedMajority{"MAJORITY_TWO_THIRDS",
                  "pl.sejm.two_thirds",
                  "参加表决的三分之二以上",
                  "two thirds of the votes cast",
                  {2, 3, false, Base::cast}},
    NamedMajority{"ABSOLUTE_STATUTORY_MAJORITY", "pl.sejm.statutory", "法定名额的过半数",
                  "over half of the statutory number", over_half(Base::all_members)},
};

const NamedMajority* find_majority(std::string_view type)
{
    const auto found = std::ranges::find(named_majorities, type, &NamedMajority::type);
    return found == named_majorities.end() ? nullptr : &*found;
}

VoteRule named_rule(const RecordedMajority& majority)
{
    const auto* named = find_majority(majority.type);
    if (named == nullptr) return simple_majority(false);
    return {profile(named->id, {named->zh, named->en}, named->majority), std::nullopt, {}, true};
}

/// The groups in which the majority must be found: those the source publishes figures for, or else all there
/// are.
std::vector<std::string> groups_of(const SittingFile& file, const RecordedVote& vote)
{
    std::vector<std::string> groups;
    for (const auto& group : vote.official.groups)
        groups.push_back(group.group);
    if (!groups.empty()) return groups;
    for (const auto& member : file.members) {
        if (std::ranges::find(groups, member.group) == groups.end()) groups.push_back(member.group);
    }
    return groups;
}

VoteRule separate_rule(const SittingFile& file, const RecordedVote& vote)
{
    if (!*vote.separate_majorities) {
        return {profile("hk.legco.joint", {"出席议员过半数", "over half of those present"},
                        over_half(Base::present)),
                std::nullopt,
                {},
                true};
    }
    VoteRule rule{profile("hk.legco.separate",
                          {"分组点票：各组出席议员过半数", "over half of those present in each group"},
                          over_half(Base::present)),
                  std::nullopt,
                  {},
                  true};
    rule.profile.groups = groups_of(file, vote);
    return rule;
}

/// Seats of the European Parliament by term, which a list of those who voted cannot tell.
struct Seats {
    std::string_view chamber;
    std::uint32_t seats;
    const char* reason;
};
constexpr std::array parliament_seats = {
    Seats{"European Parliament (term 9)", 705,
          "component Members: the Parliament had 705 seats from 2020-02-01"},
    Seats{"European Parliament (term 10)", 720,
          "component Members: the Parliament has 720 seats from 2024-07-16"},
};

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

/// One label may name two majorities: one for the amendments, another for the decision that carries them.
bool needs_component_members(const RecordedVote& vote)
{
    if (!contains(vote.agenda_label, "component Members required")) return false;
    const bool decision_apart =
        contains(vote.agenda_label, "votes cast required for the proposal for a decision");
    return !(decision_apart && contains(vote.title, "Proposal for a decision"));
}

VoteRule european_rule(const SittingFile& file, const RecordedVote& vote)
{
    // Without the agenda entry nobody knows whether the treaties asked for more than the votes cast.
    if (vote.agenda_label.empty()) return simple_majority(false);
    if (!needs_component_members(vote)) {
        auto rule = simple_majority(true);
        rule.profile.id = "eu.parliament.votes_cast";
        return rule;
    }
    const auto seats = std::ranges::find(parliament_seats, file.chamber, &Seats::chamber);
    if (seats == parliament_seats.end()) return simple_majority(false);
    return {profile("eu.parliament.component_members",
                    {"全体议员过半数", "over half of the component Members"}, over_half(Base::all_members)),
            seats->seats, seats->reason, true};
}

/// The number in "a majority of all 55 members", when the notes say so.
std::optional<std::uint32_t> majority_of_all(std::string_view notes)
{
    constexpr std::string_view words = "majority of all ";
    const auto found = notes.find(words);
    if (found == std::string_view::npos) return std::nullopt;
    const auto rest = notes.substr(found + words.size());
    std::uint32_t members = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), members);
    if (error != std::errc{} || members == 0) return std::nullopt;
    const auto after = rest.substr(static_cast<std::size_t>(end - rest.data()));
    return after.starts_with(" members") ? std::optional(members) : std::nullopt;
}

} // namespace

VoteRule rule_of(const SittingFile& file, const RecordedVote& vote)
{
    if (vote.majority) return named_rule(*vote.majority);
    if (vote.separate_majorities) return separate_rule(file, vote);
    if (file.chamber.starts_with("European Parliament")) return european_rule(file, vote);
    if (const auto all = majority_of_all(file.notes)) {
        return {profile("replay.all_members", {"全体成员过半数", "over half of all members"},
                        over_half(Base::all_members)),
                all, "notes of the record: a majority of all " + std::to_string(*all) + " members", true};
    }
    return simple_majority(false);
}

std::optional<std::uint64_t> votes_needed(const RecordedMajority& majority, const ResultView& result)
{
    const auto* named = find_majority(majority.type);
    if (named == nullptr || result.outcome.findings.empty()) return std::nullopt;
    // A simple majority is published as one more than the votes against, not as a share.
    if (named->majority.base == Base::for_and_against) return std::uint64_t{result.tally.oppose} + 1;
    return result.outcome.findings.front().need;
}

bool counts_absent_as_not_voting(const SittingFile& file)
{
    return contains(file.notes, "notParticipating");
}

} // namespace plenum::replay
