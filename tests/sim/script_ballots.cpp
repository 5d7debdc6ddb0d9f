#include "tests/sim/script.hpp"

// What people do about ballots on paper: what stands on them, what tellers find in the boxes, who watches.

namespace plenum::sim {
namespace {

std::uint32_t collected_of(VoteId vote, std::uint32_t issued)
{
    const auto seed = number(vote);
    if (seed % 9 == 0) return issued + 1; // somebody put two in
    return issued - std::min<std::uint32_t>(issued, static_cast<std::uint32_t>(seed % 3));
}

/// What there is to see in the boxes; tellers look at the same ballots.
BallotsCount ballots_in_the_box(VoteId vote, std::size_t electors)
{
    BallotsCount ballots;
    ballots.issued = static_cast<std::uint32_t>(electors);
    ballots.collected = collected_of(vote, ballots.issued);
    ballots.invalid = ballots.collected > 3 ? 1 : 0;
    const auto valid = ballots.collected - ballots.invalid;
    ballots.approve = valid - static_cast<std::uint32_t>(number(vote) * 7 % (valid + 1)) / 2;
    ballots.oppose = (valid - ballots.approve) / 2;
    ballots.abstain = valid - ballots.approve - ballots.oppose;
    return ballots;
}

/// Some rank as the list stands, turned by so many places; the others the other way round.
PlacesReturn ranking_in_the_box(VoteId vote, std::size_t electors, const BallotList& list)
{
    PlacesReturn ballots;
    ballots.issued = static_cast<std::uint32_t>(electors);
    ballots.collected = collected_of(vote, ballots.issued);
    ballots.invalid = ballots.collected > 3 ? 1 : 0;
    const auto lines = list.candidates.size();
    const std::uint64_t others = number(vote) % 2 == 0 ? 0 : ballots.valid() / 2;
    for (std::size_t at = 0; at < lines; ++at) {
        const std::uint64_t place = (at + number(vote)) % lines + 1;
        ListVotes line;
        line.name = list.candidates[at].name;
        line.numbers.emplace((ballots.valid() - others) * place + others * (lines + 1 - place));
        ballots.list.push_back(std::move(line));
    }
    return ballots;
}

PlacesReturn list_in_the_box(VoteId vote, std::size_t electors, const BallotList& list)
{
    if (list.list_kind == ListKind::ranked_projects) return ranking_in_the_box(vote, electors, list);
    PlacesReturn ballots;
    ballots.issued = static_cast<std::uint32_t>(electors);
    ballots.collected = collected_of(vote, ballots.issued);
    ballots.invalid = ballots.collected > 3 ? 1 : 0;
    const auto marks = ballots.valid() * list.ballot.marks_max;
    const auto lines = static_cast<std::uint32_t>(list.candidates.size());
    const auto most = std::min(marks / lines, ballots.valid());
    std::uint32_t chosen = 0;
    for (const auto& candidate : list.candidates) {
        // Where the presidium decides ties, everybody has the same number.
        const auto apart = list.places.tie == TieRule::presidium ? 0 : ballots.list.size() * 5;
        const auto fewer = static_cast<std::uint32_t>((number(vote) + apart) % 3);
        const auto approve = most - std::min(most, fewer);
        ballots.list.push_back({candidate.name, approve, ballots.valid() - approve, 0, false});
        chosen += approve;
    }
    const bool somebody_opposes = ballots.list.front().oppose > 0;
    if (list.ballot.write_in != WriteIn::none && somebody_opposes && chosen < marks)
        ballots.list.push_back({"另选人", 1, 0, 0, true});
    return ballots;
}

GradesCount sheets_in_the_box(VoteId vote, std::size_t electors, const GradesSheet& sheet)
{
    GradesCount sheets;
    sheets.issued = static_cast<std::uint32_t>(electors);
    sheets.collected = collected_of(vote, sheets.issued);
    for (const auto& object : sheet.objects) {
        const auto high =
            sheets.collected - static_cast<std::uint32_t>(number(vote) % (sheets.collected + 1)) / 2;
        sheets.objects.push_back({object, {high, sheets.collected - high}, 0});
    }
    return sheets;
}

template <class Count>
bool all_alike(const chamber::Counted<Count>& counted, std::size_t tellers)
{
    const auto found = counted.find("");
    if (found == counted.end() || found->second.size() < tellers) return false;
    return std::ranges::all_of(found->second,
                               [&](const auto& one) { return one.second == found->second.begin()->second; });
}

constexpr const char* names[] = {"王建国", "李秀英", "张伟"};

} // namespace

bool Script::ballots_agree(const chamber::Vote& vote)
{
    const auto tellers = vote.profile.tellers;
    return all_alike(vote.paper.ballots, tellers) || all_alike(vote.paper.lists, tellers) ||
           all_alike(vote.paper.sheets, tellers);
}

/// Now and then a teller reads one more against than there are.
Command Script::ballots_counted(VoteId id, bool miscounts)
{
    const auto& vote = state().votes.at(id);
    const auto electors = vote.electorate.size();
    if (vote.paper.list) {
        auto list = list_in_the_box(id, electors, *vote.paper.list);
        if (miscounts && list.list.front().oppose > 0) --list.list.front().oppose;
        if (miscounts && list.list.front().numbers) std::swap(list.list[0].numbers, list.list[1].numbers);
        return CountList{id, std::move(list), std::nullopt};
    }
    if (vote.paper.grades) {
        auto sheets = sheets_in_the_box(id, electors, *vote.paper.grades);
        auto& first = sheets.objects.front();
        if (miscounts && first.counts[0] > 0) {
            --first.counts[0];
            ++first.invalid;
        }
        return CountGrades{id, std::move(sheets), std::nullopt};
    }
    auto ballots = ballots_in_the_box(id, electors);
    if (miscounts && ballots.approve > 0) {
        --ballots.approve;
        ++ballots.oppose;
    }
    return CountBallots{id, ballots, std::nullopt};
}

/// What stands on ballots, now and then more than for and against; at consoles somewhat less can.
void Script::draw_ballot(PrepareVote& prepare)
{
    const bool at_consoles =
        prepare.profile.method == VoteMethod::console && prepare.profile.secrecy == Secrecy::secret;
    if ((prepare.profile.method != VoteMethod::paper && !at_consoles) || prepare.adopts_agenda) return;
    const auto roll = world_.random.below(100);
    if (roll >= 60) return;
    prepare.profile.min_participation.reset();
    if (roll >= 40) {
        GradesSheet sheet;
        sheet.objects = {"财政局", "教育局"};
        sheet.rule.grades = {{"满意", "satisfied"}, {"不满意", "dissatisfied"}};
        sheet.rule.verdicts = {{"satisfied", {"满意", "satisfied"}, {0}, {1, 2, true, Base::valid}}};
        prepare.grades = std::move(sheet);
        return;
    }
    BallotList list;
    list.list_kind = world_.random.pick({ListKind::projects, ListKind::ranked_projects,
                                         ListKind::differential_election, ListKind::equal_election});
    const bool cannot_be = at_consoles && list.list_kind == ListKind::ranked_projects;
    if (cannot_be && world_.random.chance(900)) list.list_kind = ListKind::projects;
    const std::uint32_t places = list.list_kind == ListKind::equal_election ? 3 : roll % 2 == 0 ? 1 : 2;
    for (const auto* name : names)
        list.candidates.push_back({name, std::nullopt});
    list.places.places = places;
    if (list.list_kind != ListKind::ranked_projects && world_.random.chance(300))
        list.places.majority = Threshold{1, 2, true, Base::all_members};
    list.places.tie = world_.random.pick({TieRule::revote, TieRule::revote, TieRule::presidium,
                                          TieRule::presidium, TieRule::presidium, TieRule::none});
    list.ballot.marks_max = places;
    if (!at_consoles && !is_of_projects(list.list_kind)) list.ballot.write_in = WriteIn::requires_opposition;
    if (list.list_kind == ListKind::differential_election)
        list.extra = CandidateNumber{1, 2, {"组织法", "27", "2022-03-11"}};
    if (world_.random.chance(200)) list.places.shortfall.emplace(Shortfall::left_empty);
    if (world_.random.chance(500)) prepare.profile.list = draw_provisions(list);
    prepare.list = std::move(list);
}

/// A rule that provides what the list has, and now and then something else, which is refused.
ListProvisions Script::draw_provisions(const BallotList& list)
{
    ListProvisions provided;
    provided.kinds.emplace({list.list_kind});
    provided.tie.emplace(world_.random.chance(100) ? TieRule::none : list.places.tie);
    provided.shortfall.emplace(list.places.shortfall.value_or(Shortfall::separate_election));
    if (world_.random.chance(500)) provided.seats.emplace(list.places.places);
    if (world_.random.chance(100)) provided.scrutineers_min.emplace(3U);
    if (world_.random.chance(500)) provided.announcement.emplace(ListAnnouncement::chosen_only);
    return provided;
}

/// What an announced vote leaves to be done; false when nothing is.
bool Script::go_on_after(VoteId id, const chamber::Sitting& sitting)
{
    const auto& vote = state().votes.at(id);
    const auto verdict = vote.result->outcome.verdict;
    if (is_invalid(verdict) && !vote.retried_by && world_.random.chance(500)) {
        say(conductor(sitting), RetryVote{id, std::nullopt});
        return true;
    }
    const auto& members = state().bodies.at(sitting.body).members;
    const auto& meeting = state().meetings.at(sitting.meeting);
    if (is_adopted(verdict) && is_plenary(sitting) && !meeting.scrutineers_approved && members.size() >= 2) {
        say(conductor(sitting), ApproveScrutineers{id, {members[0].person, members[1].person}});
        return true;
    }
    if (!vote.result->places || vote.paper.followed_by || is_invalid(verdict)) return false;
    const auto& [counted, outcome] = *vote.result->places;
    if (outcome.status != PlacesStatus::tie_revote_needed || world_.random.chance(300)) return false;
    PrepareVote again;
    again.sitting = vote.sitting;
    again.title = vote.title + "（再次投票）";
    again.text = again.title;
    again.profile = vote.profile;
    BallotList list;
    list.list_kind = ListKind::tie_revote;
    for (const auto line : outcome.tied)
        list.candidates.push_back({counted.list[line].name, std::nullopt});
    list.places.places = outcome.tied_places;
    list.ballot.marks_max = outcome.tied_places;
    list.follows = id;
    again.list = std::move(list);
    again.deviation = some_deviation(sitting);
    say(somebody(Role::secretary, sitting.body), again);
    return true;
}

/// Several votes at once, of which the later ones may never be opened.
void Script::prepare_series(SittingId id, const chamber::Sitting& sitting)
{
    PrepareSeries series{id, std::nullopt, {}, vote_profile(sitting), std::nullopt, ""};
    for (int i = 0; i < 3; ++i) {
        const auto title = "任命" + std::to_string(++titles_);
        series.entries.push_back({title, "决定" + title});
    }
    series.deviation = some_deviation(sitting);
    say(somebody(Role::secretary, sitting.body), series);
}

} // namespace plenum::sim
