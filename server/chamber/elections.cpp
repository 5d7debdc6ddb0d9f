#include "protocol/rules/provisions_kept.hpp"
#include "server/chamber/chapters.hpp"
#include "server/chamber/secret_steps.hpp"

#include <algorithm>
#include <set>

// Chapter ten: what stands on ballots. Elections have the candidates the method asks for and scrutineers the
// assembly approved; a tie or a shortfall leads to another vote, which says which one it follows.

namespace plenum::chamber {
namespace {

/// 《地方组织法》第二十七条
LocalText words_of(const LegalBasis& basis)
{
    return {"《" + basis.law + "》" + basis.article_words(), basis.law + ", " + basis.article};
}

/// The articles of a rule, in brackets; nothing where it names none.
LocalText basis_of(const RuleProfile& profile)
{
    LocalText words;
    for (const auto& basis : profile.legal_basis) {
        const auto one = words_of(basis);
        words.zh += (words.zh.empty() ? "，依据：" : "、") + one.zh;
        words.en += (words.en.empty() ? "; see " : "; ") + one.en;
    }
    return words;
}

/// How many candidates this kind of election needs.
LocalText needed_candidates(const BallotList& list)
{
    if (list.extra) {
        const auto least = std::to_string(list.places.places + list.extra->min);
        const auto most = std::to_string(list.places.places + list.extra->max);
        const auto basis = words_of(list.extra->basis);
        return {"应为" + least + "至" + most + "名，依据：" + basis.zh,
                "there must be " + least + " to " + most + "; see " + basis.en};
    }
    switch (list.list_kind) {
    case ListKind::equal_election: return {"等额选举应与名额相等", "an equal election has as many"};
    case ListKind::separate_election:
    case ListKind::projects: return {"不得少于名额", "there must not be fewer"};
    case ListKind::ranked_projects:
    case ListKind::differential_election:
    case ListKind::deputy_election:
    case ListKind::tie_revote:
    case ListKind::primary: break;
    }
    return {"应多于名额", "there must be more"};
}

std::set<std::string> names_of(const PlacesReturn& counted, const std::vector<std::uint32_t>& lines)
{
    std::set<std::string> names;
    for (const auto line : lines)
        names.insert(counted.list.at(line).name);
    return names;
}

/// A tie at the last place is voted on again by the tied only, for what is left.
std::optional<Refusal> check_revote(const BallotList& list, const PlacesDecided& before)
{
    const auto& outcome = before.outcome;
    if (outcome.status != PlacesStatus::tie_revote_needed) {
        return no(RefusalCode::not_called_for, "没有需要再次投票的同票", "there is no tie to vote on again");
    }
    const auto tied = names_of(before.counted, outcome.tied);
    std::set<std::string> standing;
    for (const auto& candidate : list.candidates)
        standing.insert(candidate.name);
    if (standing != tied || list.places.places != outcome.tied_places) {
        std::string names;
        for (const auto& name : tied)
            names += (names.empty() ? "" : "、") + name;
        const auto places = std::to_string(outcome.tied_places);
        return no(RefusalCode::candidates_wrong, "只就得票相等的" + names + "再次投票，名额" + places,
                  "only those who are tied stand: " + names + ", for " + places + " places");
    }
    return std::nullopt;
}

/// Everybody who got a place in this vote or in one it follows, and the list that all of it began with.
struct Earlier {
    std::set<std::string> names;
    std::set<PersonId> persons;
    const BallotList* list = nullptr; ///< the nearest that is no re-vote
};

Earlier earlier_than(const State& state, const Vote& before)
{
    Earlier earlier;
    for (const auto* vote = &before; vote != nullptr;) {
        const auto& list = *vote->paper.list;
        if (vote->result && vote->result->places) {
            const auto& places = *vote->result->places;
            earlier.names.merge(names_of(places.counted, places.outcome.elected));
        }
        if (vote->sequel.tie)
            earlier.names.insert(vote->sequel.tie->names.begin(), vote->sequel.tie->names.end());
        for (const auto& candidate : list.candidates) {
            if (candidate.person && earlier.names.contains(candidate.name))
                earlier.persons.insert(*candidate.person);
        }
        if (earlier.list == nullptr && list.list_kind != ListKind::tie_revote) earlier.list = &list;
        vote = list.follows ? &record_of(state.votes, *list.follows) : nullptr;
    }
    return earlier;
}

/// Seats nobody had enough votes for are filled by a new election, differential again where it was.
std::optional<Refusal> check_separate(const BallotList& list, const Earlier& earlier,
                                      const PlacesDecided& before)
{
    const auto unfilled = before.outcome.unfilled;
    if (before.outcome.status == PlacesStatus::shortfall_left_empty) {
        return no(RefusalCode::not_called_for, "按规则，不满的名额空缺",
                  "by the rule the places left over stay empty");
    }
    if (unfilled == 0) {
        return no(RefusalCode::not_called_for, "应选名额已满", "every seat is filled");
    }
    if (list.places.places != unfilled) {
        const auto left = std::to_string(unfilled);
        return no(RefusalCode::candidates_wrong, "另行选举的名额为" + left, left + " seats are left");
    }
    const bool was_differential = earlier.list != nullptr && earlier.list->extra;
    if (was_differential && !list.extra && !list.equal_by) {
        return no(RefusalCode::candidates_wrong,
                  "原为差额选举，另行选举仍应差额；正职可以等额，须写明依据（《地方组织法》第29条）",
                  "the election was differential, and so is this one; a chief post may be equal by the "
                  "article that is named (Organic Law of Local Congresses, 29)");
    }
    for (const auto& candidate : list.candidates) {
        const bool known = candidate.person && earlier.persons.contains(*candidate.person);
        if (known || earlier.names.contains(candidate.name)) {
            return no(RefusalCode::candidates_wrong, candidate.name + "已经当选",
                      candidate.name + " is elected already");
        }
    }
    return std::nullopt;
}

std::optional<Refusal> check_followed(const State& state, const Sitting& sitting, const BallotList& list)
{
    if (!list.follows) return std::nullopt;
    const auto found = state.votes.find(*list.follows);
    if (found == state.votes.end() || record_of(state.sittings, found->second.sitting).body != sitting.body) {
        return refuse(RefusalCode::no_such_record);
    }
    const auto& before = found->second;
    if (before.state != VoteState::announced) return wrong_state(before.state);
    if (!before.result->places || is_invalid(before.result->outcome.verdict)) {
        return refuse(RefusalCode::not_called_for);
    }
    if (still_stands(state, before.paper.followed_by)) {
        return no(RefusalCode::not_called_for, "已另有后续投票", "another vote follows it already");
    }
    if (list.list_kind == ListKind::tie_revote) return check_revote(list, *before.result->places);
    return check_separate(list, earlier_than(state, before), *before.result->places);
}

std::optional<Refusal> check_list_of(const State& state, const Sitting& sitting, const BallotList& list)
{
    if (const auto misfit = check_list(list))
        return no(RefusalCode::invalid_profile, *misfit, {"list.", "list."});
    for (const auto& candidate : list.candidates) {
        if (candidate.person && !state.persons.contains(*candidate.person)) {
            return no(RefusalCode::no_such_record, candidate.name, candidate.name);
        }
    }
    return check_followed(state, sitting, list);
}

/// A list is not voted on as a whole: nothing there passes, and too few cannot take part in a part of it.
std::optional<Refusal> check_plain_rule(const PrepareVote& command)
{
    if (command.list && command.grades) {
        return no(RefusalCode::invalid_profile, "名单与测评不得同票", "a list or grades, not both");
    }
    if (command.adopts_agenda) {
        return no(RefusalCode::invalid_profile, "表决议程不用名单", "the agenda is no list");
    }
    if (command.profile.min_participation) {
        return no(RefusalCode::invalid_profile, "名单和测评不设参加表决人数门槛",
                  "min_participation: none for a list or grades");
    }
    return std::nullopt;
}

/// What the rule provides for lists and grades holds for these.
std::optional<Refusal> check_provided(const PrepareVote& command)
{
    auto words = departure_from_provisions(command.profile, command.list ? &*command.list : nullptr,
                                           command.grades ? &*command.grades : nullptr);
    if (!words) return std::nullopt;
    return refuse(RefusalCode::invalid_profile, std::move(*words));
}

/// What is chosen or graded must fit a ballot that is encrypted at a console.
std::optional<Refusal> check_secret_ballot(const State& state, const PrepareVote& command)
{
    if (!is_secret(command.profile)) return std::nullopt;
    SecretMatter matter{command.title, {}};
    if (command.list) {
        matter.list = &*command.list;
        matter.elects_persons = elects_persons(state, matter.list);
    }
    if (command.grades) matter.grades = &*command.grades;
    auto reason = check_secret_matter(matter);
    if (!reason) return std::nullopt;
    return refuse(RefusalCode::invalid_profile, std::move(*reason));
}

std::optional<Refusal> check_persons(const Body& body, const std::vector<PersonId>& persons)
{
    const std::set<PersonId> distinct(persons.begin(), persons.end());
    if (distinct.size() < scrutineers_usual || persons.size() > scrutineers_most ||
        distinct.size() != persons.size()) {
        return no(RefusalCode::scrutineers_missing, "监票人为2至200名，不得重复",
                  "2 to 200 scrutineers, each once");
    }
    for (const auto person : persons) {
        if (find_member(body, person) == nullptr) return refuse(RefusalCode::not_a_member);
    }
    return std::nullopt;
}

} // namespace

std::optional<Refusal> check_number(const BallotList& list)
{
    if (has_right_number(list)) return std::nullopt;
    const auto places = std::to_string(list.places.places);
    const auto candidates = std::to_string(list.candidates.size());
    const auto needed = needed_candidates(list);
    return no(RefusalCode::candidates_wrong, "名额" + places + "，名单" + candidates + "名，" + needed.zh,
              places + " places, " + candidates + " on the list; " + needed.en);
}

bool still_stands(const State& state, const std::optional<VoteId>& follow_up)
{
    if (!follow_up) return false;
    const auto& vote = record_of(state.votes, *follow_up);
    const bool withdrawn = vote.state == VoteState::voided && vote.void_reason == VoidReason::withdrawn;
    return !withdrawn && vote.state != VoteState::annulled;
}

std::optional<Refusal> check_paper(const State& state, const PrepareVote& command)
{
    if (!has_rooms_of_groups(command.profile, command.rooms.value_or(std::vector<std::string>{}))) {
        return no(RefusalCode::invalid_profile, "双门槛规则所列的组须各自设计票处，以组名为名",
                  "each group whose own majority the rule asks for counts in a room of its name");
    }
    if (!command.list && !command.grades) {
        if (auto refusal = check_provided(command)) return refusal;
    }
    if (!command.list && !command.grades && !command.rooms) return std::nullopt;
    if (command.profile.method != VoteMethod::paper && (command.rooms || !is_secret(command.profile))) {
        return no(
            RefusalCode::invalid_profile, "名单和测评只用于投票或按表决器的无记名表决，分处计票只用于投票",
            "lists and grades go with ballots on paper or secret ones at consoles, rooms with paper only");
    }
    if (command.list || command.grades) {
        if (auto refusal = check_plain_rule(command)) return refusal;
    }
    if (command.list || command.grades) {
        if (command.profile.also_in)
            return no(RefusalCode::invalid_profile, "名单和测评不按组设门槛",
                      "also_in: none for a list or grades");
    }
    if (command.rooms) {
        if (const auto misfit = check_rooms(*command.rooms)) return no(RefusalCode::invalid_profile, *misfit);
    }
    if (command.grades) {
        if (const auto misfit = check_sheet(*command.grades))
            return no(RefusalCode::invalid_profile, *misfit, {"grades.", "grades."});
    }
    if (command.list) {
        const auto& sitting = record_of(state.sittings, command.sitting);
        if (auto refusal = check_list_of(state, sitting, *command.list)) return refusal;
    }
    if (auto refusal = check_provided(command)) return refusal;
    return check_secret_ballot(state, command);
}

bool elects_persons(const State& state, const Vote& vote)
{
    return elects_persons(state, vote.paper.list ? &*vote.paper.list : nullptr);
}

bool elects_persons(const State& state, const BallotList* list)
{
    while (list != nullptr && list->follows)
        list = &*record_of(state.votes, *list->follows).paper.list;
    return list != nullptr && !is_of_projects(list->list_kind);
}

std::vector<PersonId> persons_of(const std::vector<Scrutineer>& scrutineers)
{
    std::vector<PersonId> persons;
    for (const auto& scrutineer : scrutineers)
        persons.push_back(scrutineer.person);
    return persons;
}

const Candidate* find_candidate(const State& state, const Vote& vote, PersonId person)
{
    if (!elects_persons(state, vote)) return nullptr;
    const auto& name = record_of(state.persons, person).name;
    for (const auto& candidate : vote.paper.list->candidates) {
        if (candidate.person ? *candidate.person == person : candidate.name == name) return &candidate;
    }
    return nullptr;
}

std::optional<Refusal> check_scrutineers(const State& state, const Vote& vote)
{
    if (!elects_persons(state, vote)) return std::nullopt;
    const auto& meeting = record_of(state.meetings, record_of(state.sittings, vote.sitting).meeting);
    const auto basis = basis_of(vote.profile);
    const auto needed = scrutineers_needed(vote.profile);
    if (!meeting.scrutineers_approved || meeting.scrutineers.size() < needed) {
        const auto least = std::to_string(needed);
        return no(RefusalCode::scrutineers_missing,
                  "选举须有经会议通过的监票人至少" + least + "名" + basis.zh,
                  "an election has at least " + least + " whom the assembly approved" + basis.en);
    }
    for (const auto& [person, name] : meeting.scrutineers) {
        if (const auto* candidate = find_candidate(state, vote, person)) {
            return no(RefusalCode::is_candidate, candidate->name + "是候选人" + basis.zh,
                      candidate->name + " stands in this election" + basis.en);
        }
    }
    return std::nullopt;
}

std::optional<Refusal> check_scrutineers_serve(const State& state, const Vote& vote)
{
    if (!elects_persons(state, vote)) return std::nullopt;
    const auto& sitting = record_of(state.sittings, vote.sitting);
    for (const auto& [person, name] : record_of(state.meetings, sitting.meeting).scrutineers) {
        if (!check_not_suspended(state, sitting.body, person)) continue;
        return no(RefusalCode::suspended, "监票人" + name + "，须由会议另行通过监票人",
                  "the scrutineer " + name + "; the assembly approves others");
    }
    return std::nullopt;
}

Decided decide_command(const State& state, const ApproveScrutineers& command, const Context&)
{
    const auto& vote = record_of(state.votes, command.vote);
    const auto& sitting = record_of(state.sittings, vote.sitting);
    const auto& meeting = record_of(state.meetings, sitting.meeting);
    if (auto refusal = check_plenary(state, sitting)) return *refusal;
    if (auto refusal = check_not_closed(state, sitting.meeting)) return *refusal;
    if (vote.state != VoteState::announced) return wrong_state(vote.state);
    if (!is_adopted(vote.result->outcome.verdict)) {
        return no(RefusalCode::scrutineers_missing, "该表决未通过监票人名单", "that vote did not adopt them");
    }
    if (auto refusal = check_persons(record_of(state.bodies, sitting.body), command.persons)) return *refusal;
    for (const auto person : command.persons) {
        if (auto refusal = check_not_suspended(state, sitting.body, person)) return *refusal;
    }
    auto persons = command.persons;
    std::ranges::sort(persons);
    if (meeting.scrutineers_approved == command.vote && persons_of(meeting.scrutineers) == persons) {
        return refuse(RefusalCode::nothing_to_do);
    }
    return Decision{{ScrutineersApproved{sitting.meeting, std::move(persons), command.vote}}, {}};
}

void apply_event(State& state, const ScrutineersApproved& event, const Stamp&)
{
    auto& meeting = record_of(state.meetings, event.meeting);
    PLENUM_ASSERT(event.persons.size() >= scrutineers_usual && std::ranges::is_sorted(event.persons));
    meeting.scrutineers.clear();
    for (const auto person : event.persons)
        meeting.scrutineers.push_back({person, record_of(state.persons, person).name});
    meeting.scrutineers_approved = event.by;
    record_of(state.votes, event.by).approved_scrutineers = true;
}

} // namespace plenum::chamber
