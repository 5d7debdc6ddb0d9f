#include "tests/server/chamber/random_duties.hpp"

#include "server/chamber/queries.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>

namespace plenum::chamber {
namespace {

bool one_in(const Draw& below, std::uint64_t times)
{
    return below(times) == 0;
}

template <class Map>
auto key_of(const Draw& below, const Map& map)
{
    using Key = typename Map::key_type;
    if (map.empty() || one_in(below, 40)) return Key{below(60)};
    return std::next(map.begin(), static_cast<std::ptrdiff_t>(below(map.size())))->first;
}

/// One of those that `fit`, or any.
template <class Map, class Fits>
auto key_where(const Draw& below, const Map& map, Fits fits)
{
    if (!one_in(below, 8)) {
        for (auto one = map.rbegin(); one != map.rend(); ++one) {
            if (fits(one->second)) return one->first;
        }
    }
    return key_of(below, map);
}

PersonId random_member(const Draw& below, const House& house)
{
    if (one_in(below, 20)) return key_of(below, house.state.persons);
    return *house.members.at(below(house.members.size())).person;
}

/// Never many at a time, so that days get somewhere.
Asked random_suspension(const Draw& below, const House& house)
{
    const auto of = one_in(below, 12) ? key_of(below, house.state.bodies) : house.body;
    const auto found = house.state.bodies.find(of);
    if (found != house.state.bodies.end() && !found->second.suspended.empty() && !one_in(below, 4)) {
        const auto person = key_of(below, found->second.suspended);
        return {house.secretary, ReinstateMember{of, person, "常委会", "不予起诉"}};
    }
    const auto reason = one_in(below, 12) ? "" : "被立案调查";
    return {house.secretary, SuspendMember{of, random_member(below, house), "常委会", reason}};
}

Command random_registration(const Draw& below, const House& house)
{
    RegisterSuggestion command;
    command.body = one_in(below, 12) ? key_of(below, house.state.bodies) : house.body;
    command.number = std::to_string(below(40));
    command.title = "关于修路的建议";
    if (one_in(below, 4)) {
        command.text_digest = sha256(std::string("另存"));
    } else {
        command.text = "案由";
    }
    command.lead = random_member(below, house);
    if (one_in(below, 2)) command.signers = {random_member(below, house)};
    command.responsible_body = "交通局";
    command.due_at_ms = house.now_ms + 1 + below(5'000);
    return command;
}

/// The answer the newest suggestion that has room for one waits for, and now and then another.
Command random_answer(const Draw& below, const House& house)
{
    AnswerSuggestion command;
    command.suggestion = key_where(below, house.state.suggestions, [&](const Suggestion& one) {
        if (!one.withdrawn.empty()) return false;
        if (one.answers.empty()) return true;
        const auto& last = one.answers.back();
        const bool promised = last.deliver_by_ms.has_value();
        const bool waits = state_of(last.evaluation, house.now_ms) == EvaluationState::awaited;
        return !waits && (promised || last.evaluation.grade == EvaluationGrade::unsatisfied);
    });
    const auto found = house.state.suggestions.find(command.suggestion);
    const bool promised = found != house.state.suggestions.end() && !found->second.answers.empty() &&
                          found->second.answers.back().deliver_by_ms;
    if (promised != one_in(below, 8)) command.stage = EvaluationStage::delivery;
    command.reply_class = static_cast<ReplyClass>(below(4));
    if (command.reply_class == ReplyClass::in_progress && command.stage == EvaluationStage::reply)
        command.deliver_by_ms = house.now_ms + 1 + below(9'000);
    command.document = "答复";
    command.evaluate_by_ms = house.now_ms + (one_in(below, 20) ? 0 : 1 + below(3'000));
    return command;
}

bool is_awaited(const Suggestion& one, std::uint64_t now_ms)
{
    return one.withdrawn.empty() && !one.answers.empty() &&
           state_of(one.answers.back().evaluation, now_ms) == EvaluationState::awaited;
}

Asked random_suggestion(const Draw& below, const House& house)
{
    const auto& suggestions = house.state.suggestions;
    const auto any = key_of(below, suggestions);
    const auto awaited =
        key_where(below, suggestions, [&](const Suggestion& one) { return is_awaited(one, house.now_ms); });
    switch (below(9)) {
    case 0:
    case 1: return {house.secretary, random_registration(below, house)};
    case 2:
        return {house.secretary,
                ReassignSuggestion{any, "公路局", house.now_ms + 1 + below(5'000), "不属职责范围"}};
    case 3:
    case 4: return {house.secretary, random_answer(below, house)};
    case 5:
    case 6: {
        const auto found = suggestions.find(awaited);
        const auto evaluator = found == suggestions.end() || one_in(below, 8)
                                   ? std::optional(random_member(below, house))
                                   : evaluator_of(house.state, found->second);
        return {as(evaluator.value_or(random_member(below, house)), Role::delegate),
                EvaluateSuggestion{awaited, static_cast<EvaluationGrade>(below(3)),
                                   one_in(below, 4) ? "" : "没有说明工期"}};
    }
    case 7: return {house.secretary, RemindEvaluation{awaited, house.now_ms + 1 + below(2'000)}};
    default:
        if (one_in(below, 3)) return {house.secretary, WithdrawSuggestion{any, "合并办理"}};
        return {house.secretary, ConcludeEvaluation{house.body, static_cast<EvaluationStage>(below(2))}};
    }
}

Asked random_petition(const Draw& below, const House& house)
{
    const auto& petitions = house.state.petitions;
    const auto id =
        key_where(below, petitions, [](const Petition& one) { return one.state == PetitionState::open; });
    const auto found = petitions.find(id);
    const auto member = as(random_member(below, house), Role::delegate);
    const bool by_lead = found != petitions.end() && !one_in(below, 8);
    const auto lead = by_lead ? as(found->second.signers.front(), Role::delegate) : member;
    const auto last = by_lead ? as(found->second.signers.back(), Role::delegate) : member;
    const auto kind = static_cast<PetitionKind>(below(6));
    switch (below(12)) {
    case 0:
    case 1: return {member, OpenPetition{house.body, kind, "关于修订办法的议案", "案由"}};
    case 2: return {last, WithdrawSignature{id}};
    case 3:
    case 4: return {lead, HandInPetition{id}};
    case 5: return {lead, WithdrawPetition{id, one_in(below, 8) ? "" : "并入他案"}};
    case 6:
        return {house.secretary,
                SetPetitionNeed{house.body, kind, static_cast<std::uint32_t>(below(5)), "议事规则"}};
    default: return {member, SignPetition{id}};
    }
}

} // namespace

Asked random_duty(const Draw& below, const House& house)
{
    switch (below(8)) {
    case 0: return random_suspension(below, house);
    case 1:
    case 2:
    case 3: return random_petition(below, house);
    default: return random_suggestion(below, house);
    }
}

Asked random_second_look(const Draw& below, const House& house)
{
    const auto& votes = house.state.votes;
    if (one_in(below, 2)) {
        const auto id = key_where(below, votes, [](const Vote& one) {
            return one.state == VoteState::prepared && !one.base_reason.empty() && !one.base_confirmed_by;
        });
        const auto found = votes.find(id);
        const auto base = found == votes.end() || one_in(below, 8) ? 9 : found->second.base_members;
        return {one_in(below, 8) ? house.secretary : house.chair, ConfirmBase{id, base}};
    }
    const auto id = key_where(below, votes, [](const Vote& one) {
        return one.state == VoteState::prepared && one.matter.combined.has_value();
    });
    const auto position = static_cast<std::uint32_t>(below(4));
    return {house.chair, SplitVote{id, position, "任命乙为审判员", one_in(below, 12) ? "" : "李代表"}};
}

void put_together(const Draw& below, PrepareVote& command)
{
    command.personnel.reset();
    command.combined = std::vector<CombinedMatter>{};
    for (std::uint64_t at = 0; at <= below(4) + 1; ++at) {
        const auto name = "人选" + std::to_string(at);
        CombinedMatter one{"任命" + name, std::nullopt};
        if (!one_in(below, 3)) one.personnel = PersonnelMatter{PersonnelAction::appoint, name, "审判员"};
        command.combined->push_back(std::move(one));
    }
}

void check_duties(const State& state)
{
    for (const auto& [id, sitting] : state.sittings) {
        for (const auto person : sitting.suspended)
            BOOST_TEST((sitting.state == SittingState::closed || !sitting.present.contains(person)));
    }
    for (const auto& [id, petition] : state.petitions) {
        const bool is_in = petition.state == PetitionState::handed_in;
        BOOST_TEST(petition.handed_in.has_value() == is_in);
        if (is_in) BOOST_TEST(petition.handed_in->met);
        const std::set<PersonId> signers(petition.signers.begin(), petition.signers.end());
        BOOST_TEST(signers.size() == petition.signers.size());
        const auto& body = state.bodies.at(petition.body);
        const auto counted = std::ranges::count_if(signers, [&](PersonId person) {
            return find_member(body, person) != nullptr && !body.suspended.contains(person);
        });
        const auto now = signatures_of(state, petition);
        if (now) BOOST_TEST(now->have == static_cast<std::uint64_t>(counted));
        if (now) BOOST_TEST(now->base == body.members.size());
    }
    for (const auto& [id, suggestion] : state.suggestions) {
        for (std::size_t at = 0; at + 1 < suggestion.answers.size(); ++at) {
            const auto before = state_of(suggestion.answers[at].evaluation, state.now_ms);
            BOOST_TEST((before != EvaluationState::awaited));
        }
    }
}

} // namespace plenum::chamber
