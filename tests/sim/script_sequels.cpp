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

/// Whom a vote is about: one, or those of a combined vote that were not taken out.
std::vector<PersonnelMatter> persons_of(const chamber::Vote& vote)
{
    const auto& matter = vote.matter;
    if (matter.personnel) return {*matter.personnel};
    std::vector<PersonnelMatter> persons;
    if (!matter.combined) return persons;
    const auto taken = matter.taken_out.value_or(std::vector<TakenOut>{});
    for (std::uint32_t at = 0; at < matter.combined->size(); ++at) {
        const auto& person = matter.combined->at(at).personnel;
        if (person && std::ranges::find(taken, at + 1, &TakenOut::position) == taken.end())
            persons.push_back(*person);
    }
    return persons;
}

bool concerns(const chamber::Vote& vote, std::initializer_list<PersonnelAction> actions)
{
    return std::ranges::any_of(persons_of(vote), [&](const PersonnelMatter& one) {
        return std::ranges::find(actions, one.action) != actions.end();
    });
}

bool appoints(const chamber::Vote& vote)
{
    return concerns(vote, {PersonnelAction::appoint});
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
        const auto provided = vote.profile.list.value_or(ListProvisions{}).scrutineers_min.value_or(2U);
        const auto watching = state().meetings.at(sitting.meeting).scrutineers.size();
        if (watching < provided && world_.random.chance(provided > 2 ? 700 : 100))
            add(RefusalCode::scrutineers_missing);
    }
    if (vote.profile.method != VoteMethod::paper &&
        concerns(vote, {PersonnelAction::dismiss, PersonnelAction::recall}))
        add(RefusalCode::secret_ballot_required);
    const auto& had = vote.matter.qualification;
    if (appoints(vote) && vote.profile.appointment && !(had && had->exam_passed) && world_.random.chance(300))
        add(RefusalCode::not_qualified);
    const bool draft = vote.item && state().items.at(*vote.item).state == ItemState::draft;
    if (draft && world_.random.chance(500)) add(RefusalCode::not_on_agenda);
    if (vote.matter.draft && vote.item) {
        const auto& papers = state().items.at(*vote.item).documents;
        const bool has_it =
            std::ranges::find(papers, *vote.matter.draft, &DocumentView::document) != papers.end();
        if (!has_it && world_.random.chance(500)) add(RefusalCode::text_differs);
    }
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
    draw_draft(prepare);
    if (prepare.list || prepare.grades || random.chance(600)) return;
    using enum PersonnelAction;
    if (!prepare.adopts_agenda && random.chance(400)) {
        const auto one = [&](const char* name) {
            return CombinedMatter{name, PersonnelMatter{random.pick({appoint, remove}), name, "审判员"}};
        };
        prepare.combined = {one("甲"), one("乙"), {"第三条", {}}};
        if (random.chance(300)) prepare.profile.appointment = AppointmentRule{true, 0, 2};
        return;
    }
    prepare.personnel = PersonnelMatter{random.pick({appoint, appoint, appoint, remove, dismiss, recall}),
                                        random.pick({"王建国", "李秀英"}), "局长"};
    if (random.chance(500)) prepare.profile.appointment = AppointmentRule{true, 0, 2};
}

/// Which paper of its item is voted on.
void Script::draw_draft(PrepareVote& prepare)
{
    if (!prepare.item || world_.random.chance(300)) return;
    for (const auto& paper : state().items.at(*prepare.item).documents) {
        if (!paper.is_private) prepare.draft = paper.document;
    }
}

/// What somebody asks for before a vote is opened: one name apart, or that a second person stands for the
/// base. False when nothing is.
bool Script::keep_question(VoteId id, const chamber::Sitting& sitting)
{
    const auto& vote = state().votes.at(id);
    if (vote.matter.combined && world_.random.chance(200)) {
        const auto position = 1 + static_cast<std::uint32_t>(world_.random.below(4));
        say(conductor(sitting), SplitVote{id, position, "单独表决稿", "李代表"});
        return true;
    }
    if (vote.base_reason.empty() || vote.base_confirmed_by || world_.random.chance(100)) return false;
    const auto role = world_.random.pick({Role::chair, Role::chair, Role::secretary});
    say(somebody(role, sitting.body), ConfirmBase{id, vote.base_members});
    return true;
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
