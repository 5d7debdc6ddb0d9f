#include "tests/sim/script.hpp"

// What people decide about votes outside of them: procedural errors set aside, papers of a candidate, ties,
// approvals, oaths, annulments.

namespace plenum::sim {
namespace {

bool elects(const chamber::State& state, const chamber::Vote& vote)
{
    const auto* list = vote.paper.list ? &*vote.paper.list : nullptr;
    while (list != nullptr && list->follows)
        list = &*state.votes.at(*list->follows).paper.list;
    return list != nullptr && list->list_kind != ListKind::projects;
}

bool appoints(const chamber::Vote& vote)
{
    const auto& matter = vote.matter.personnel;
    return matter && matter->action == PersonnelAction::appoint;
}

bool carried(const chamber::Vote& vote)
{
    const auto& result = *vote.result;
    const bool somebody = result.places && !result.places->outcome.elected.empty();
    return is_adopted(result.outcome.verdict) || somebody || vote.sequel.tie;
}

} // namespace

/// Mostly what has to be set aside, now and then not.
std::vector<Override> Script::set_aside(const chamber::Vote& vote, const chamber::Sitting& sitting)
{
    std::vector<Override> overrides;
    const auto add = [&](RefusalCode code) { overrides.push_back({code, "主席团", "会前已有决定"}); };
    if (elects(state(), vote)) {
        if (!state().bodies.at(sitting.body).rules) add(RefusalCode::election_method_missing);
        if (!state().meetings.at(sitting.meeting).scrutineers_approved && world_.random.chance(100))
            add(RefusalCode::scrutineers_missing);
    }
    const auto& matter = vote.matter.personnel;
    if (matter && vote.profile.method != VoteMethod::paper &&
        (matter->action == PersonnelAction::dismiss || matter->action == PersonnelAction::recall))
        add(RefusalCode::secret_ballot_required);
    const auto& had = vote.matter.qualification;
    if (appoints(vote) && vote.profile.appointment && !(had && had->exam_passed) && world_.random.chance(300))
        add(RefusalCode::not_qualified);
    const bool draft = vote.item && state().items.at(*vote.item).state == ItemState::draft;
    if (draft && world_.random.chance(500)) add(RefusalCode::not_on_agenda);
    if (world_.random.chance(20)) add(RefusalCode::barred);
    return overrides;
}

/// Whom a vote is about, what part of its item it is on, and who has to approve.
void Script::draw_matter(PrepareVote& prepare)
{
    auto& random = world_.random;
    if (prepare.item && random.chance(150))
        prepare.part = random.pick({QuestionPart::amendment, QuestionPart::clause});
    if (random.chance(150)) prepare.approval_by = "市人大常委会";
    if (prepare.list || prepare.grades || random.chance(700)) return;
    using enum PersonnelAction;
    prepare.personnel = PersonnelMatter{random.pick({appoint, appoint, appoint, remove, dismiss, recall}),
                                        random.pick({"王建国", "李秀英"}), "局长"};
    if (random.chance(500)) prepare.profile.appointment = AppointmentRule{true, 0, 2};
}

/// The office hears of exams and papers; false when this vote needs none.
bool Script::keep_qualification(VoteId id, const chamber::Sitting& sitting)
{
    const auto& vote = state().votes.at(id);
    if (!appoints(vote) || vote.matter.qualification || world_.random.chance(300)) return false;
    const bool passed = world_.random.chance(700);
    say(somebody(Role::secretary, sitting.body), RecordQualification{id, passed, std::uint64_t{1}});
    return true;
}

/// What others decide of an announced result; false when nothing is.
bool Script::decide_afterwards(VoteId id, const chamber::Sitting& sitting)
{
    const auto& vote = state().votes.at(id);
    if (is_invalid(vote.result->outcome.verdict)) return false;
    auto* secretary = somebody(Role::secretary, sitting.body);
    const auto& places = vote.result->places;
    const bool tied = places && places->outcome.status == PlacesStatus::tie_for_presidium;
    if (tied && !vote.sequel.tie) {
        DecideTie decide{id, {}, "主席团", "抽签"};
        for (const auto line : places->outcome.tied) {
            if (decide.names.size() < places->outcome.tied_places)
                decide.names.push_back(places->counted.list[line].name);
        }
        say(conductor(sitting), decide);
        return true;
    }
    if (world_.random.chance(20)) {
        say(secretary, AnnulVote{id, "常务委员会", "经查有贿选"});
        return true;
    }
    if (!carried(vote)) return false;
    if (!vote.matter.approval_by.empty() && !vote.sequel.approval && world_.random.chance(500)) {
        say(secretary, RecordApproval{id, world_.random.chance(800), "渝人常〔2026〕7号"});
        return true;
    }
    const bool sworn = vote.sequel.oath_taken || !(appoints(vote) || elects(state(), vote));
    if (sworn || world_.random.chance(500)) return false;
    say(conductor(sitting), TakeOath{vote.sitting, {id}});
    return true;
}

} // namespace plenum::sim
