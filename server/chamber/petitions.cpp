#include "server/chamber/chapters.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"

#include <algorithm>

// Joint signatures: opened by a member, signed by others until enough have, and handed in.

namespace plenum::chamber {
namespace {

constexpr std::size_t page_petitions_max = 200;

constexpr std::array petition_kinds = {PetitionKind::bill,           PetitionKind::nomination,
                                       PetitionKind::interpellation, PetitionKind::inquiry,
                                       PetitionKind::recall,         PetitionKind::extraordinary_session};

const SignatureNeed* own_need(const State& state, BodyId body, PetitionKind petition_kind)
{
    const auto of_body = state.signature_needs.find(body);
    if (of_body == state.signature_needs.end()) return nullptr;
    const auto found = of_body->second.find(petition_kind);
    return found == of_body->second.end() ? nullptr : &found->second;
}

/// What the body itself decided, else the law.
std::optional<SignatureRule> rule_of(const State& state, BodyId body, PetitionKind petition_kind)
{
    if (const auto* own = own_need(state, body, petition_kind)) return SignatureRule{own->signatures, {}};
    return signature_rule(petition_kind, record_of(state.bodies, body).kind);
}

std::vector<std::uint64_t> numbers_of(const std::vector<PersonId>& persons)
{
    std::vector<std::uint64_t> numbers;
    for (const auto person : persons)
        numbers.push_back(number(person));
    return numbers;
}

std::vector<std::uint64_t> electors_of(const Body& body)
{
    std::vector<std::uint64_t> electors;
    for (const auto& member : body.members)
        electors.push_back(number(member.person));
    return electors;
}

bool has_signed(const Petition& petition, PersonId person)
{
    return std::ranges::find(petition.signers, person) != petition.signers.end();
}

std::optional<Refusal> check_member(const State& state, BodyId body, PersonId person)
{
    if (find_member(record_of(state.bodies, body), person) == nullptr)
        return refuse(RefusalCode::not_a_member);
    return check_not_suspended(state, body, person);
}

std::optional<Refusal> check_open(const Petition& petition)
{
    switch (petition.state) {
    case PetitionState::open: return std::nullopt;
    case PetitionState::handed_in:
        return no(RefusalCode::wrong_state, "联名已提交", "it was handed in already");
    case PetitionState::withdrawn: break;
    }
    return no(RefusalCode::wrong_state, "联名已撤回", "it was withdrawn");
}

/// The member acting on an open petition; or why not.
std::optional<Refusal> check_signer(const State& state, const Petition& petition, PersonId person)
{
    if (auto refusal = check_member(state, petition.body, person)) return refusal;
    return check_open(petition);
}

std::optional<Refusal> check_lead(const State& state, const Petition& petition, PersonId person)
{
    if (auto refusal = check_signer(state, petition, person)) return refusal;
    if (petition.signers.front() == person) return std::nullopt;
    return no(RefusalCode::not_yours, "由领衔代表办理", "that is for the lead signer");
}

std::optional<Refusal> check_room(const State& state, BodyId body, PersonId lead)
{
    std::size_t of_body = 0;
    std::size_t of_lead = 0;
    for (const auto& entry : state.petitions) {
        const auto& petition = entry.second;
        if (petition.body != body) continue;
        ++of_body;
        if (petition.state == PetitionState::open && petition.signers.front() == lead) ++of_lead;
    }
    if (of_body >= petitions_per_body_max || of_lead >= open_petitions_per_person_max)
        return refuse(RefusalCode::too_many);
    return std::nullopt;
}

/// Signers who may act for what they signed. Whoever is suspended counts again once reinstated, and stays in
/// the base all the while (PE-05).
std::vector<PersonId> signers_who_count(const State& state, const Petition& petition)
{
    auto signers = petition.signers;
    const auto suspended = suspended_in(state, petition.body);
    std::erase_if(signers, [&](PersonId person) { return suspended.contains(person); });
    return signers;
}

Refusal too_few(const State& state, const Petition& petition, const Finding& finding)
{
    const auto have = std::to_string(finding.have);
    const auto need = std::to_string(finding.need);
    const auto base = std::to_string(finding.base);
    LocalText words{"全体" + base + "人，须" + need + "人，已联名" + have + "人",
                    have + " of " + base + " members have signed, " + need + " are needed"};
    const auto suspended = petition.signers.size() - signers_who_count(state, petition).size();
    if (suspended > 0) {
        const auto not_counted = std::to_string(suspended);
        words.zh += "（暂停执行代表职务的" + not_counted + "人不计）";
        words.en += " (not counting " + not_counted + " suspended)";
    }
    return no(RefusalCode::too_few_signatures, words.zh, words.en);
}

PetitionBody view_body(const State& state, BodyId id, const Body& body)
{
    PetitionBody view{id, body.name, body.members.size(), {}};
    for (const auto petition_kind : petition_kinds) {
        const auto rule = rule_of(state, id, petition_kind);
        if (!rule) continue;
        const auto* own = own_need(state, id, petition_kind);
        view.needs.push_back({petition_kind, decide_petition(*rule, electors_of(body), {}).need,
                              own != nullptr ? own->decided_by : std::string()});
    }
    return view;
}

} // namespace

std::optional<Finding> signatures_of(const State& state, const Petition& petition)
{
    const auto rule = rule_of(state, petition.body, petition.kind);
    if (!rule) return std::nullopt;
    return decide_petition(*rule, electors_of(record_of(state.bodies, petition.body)),
                           numbers_of(signers_who_count(state, petition)));
}

Decided decide_command(const State& state, const OpenPetition& command, const Context& context)
{
    const auto person = *context.actor.person;
    if (auto refusal = check_member(state, command.body, person)) return *refusal;
    if (!rule_of(state, command.body, command.petition_kind)) {
        return no(RefusalCode::wrong_state, "该机构组成人员不能联名提出此类事项",
                  "members of this body cannot do this together");
    }
    if (!is_line(command.title, title_bytes_max)) return refuse(RefusalCode::invalid_text);
    if (!is_document(command.text, petition_text_bytes_max))
        return no(RefusalCode::invalid_text, "正文不超过9000字节", "the text has at most 9,000 bytes");
    if (auto refusal = check_room(state, command.body, person)) return *refusal;
    auto text = new_blob(command.text);
    return Decision{{PetitionOpened{command.body, command.petition_kind, command.title, text.digest, person}},
                    {std::move(text)}};
}

Decided decide_command(const State& state, const SignPetition& command, const Context& context)
{
    const auto& petition = record_of(state.petitions, command.petition);
    const auto person = *context.actor.person;
    if (auto refusal = check_signer(state, petition, person)) return *refusal;
    if (has_signed(petition, person)) return refuse(RefusalCode::nothing_to_do);
    return Decision{{PetitionSigned{command.petition, person}}, {}};
}

Decided decide_command(const State& state, const WithdrawSignature& command, const Context& context)
{
    const auto& petition = record_of(state.petitions, command.petition);
    const auto person = *context.actor.person;
    if (auto refusal = check_signer(state, petition, person)) return *refusal;
    if (!has_signed(petition, person)) return refuse(RefusalCode::nothing_to_do);
    if (petition.signers.front() == person) {
        return no(RefusalCode::wrong_state, "领衔代表不能只撤回签名，可撤回整个联名",
                  "the lead signer withdraws the whole instead");
    }
    return Decision{{SignatureWithdrawn{command.petition, person}}, {}};
}

Decided decide_command(const State& state, const HandInPetition& command, const Context& context)
{
    const auto& petition = record_of(state.petitions, command.petition);
    const auto person = *context.actor.person;
    if (auto refusal = check_lead(state, petition, person)) return *refusal;
    const auto finding = signatures_of(state, petition);
    PLENUM_ASSERT(finding.has_value());
    if (!finding->met) return too_few(state, petition, *finding);
    return Decision{{PetitionHandedIn{command.petition, person, *finding}}, {}};
}

Decided decide_command(const State& state, const WithdrawPetition& command, const Context& context)
{
    const auto& petition = record_of(state.petitions, command.petition);
    const auto person = *context.actor.person;
    if (auto refusal = check_lead(state, petition, person)) return *refusal;
    if (auto refusal = check_reason(command.reason)) return *refusal;
    return Decision{{PetitionWithdrawn{command.petition, person, command.reason}}, {}};
}

Decided decide_command(const State& state, const SetPetitionNeed& command, const Context&)
{
    const auto& body = record_of(state.bodies, command.body);
    if (command.signatures == 0 || command.signatures > std::max<std::size_t>(body.members.size(), 1)) {
        return no(RefusalCode::wrong_state, "人数须在1与组成人员总数之间", "from 1 to the number of members");
    }
    if (!is_line(command.decided_by, title_bytes_max)) return refuse(RefusalCode::invalid_text);
    const auto* own = own_need(state, command.body, command.petition_kind);
    if (own != nullptr && own->signatures == command.signatures && own->decided_by == command.decided_by)
        return refuse(RefusalCode::nothing_to_do);
    return Decision{
        {PetitionNeedSet{command.body, command.petition_kind, command.signatures, command.decided_by}}, {}};
}

void apply_event(State& state, const PetitionOpened& event, const Stamp& stamp)
{
    PLENUM_ASSERT(state.bodies.contains(event.body));
    create_record(state.petitions, stamp,
                  {event.body, event.petition_kind, event.title, event.text, {event.lead}, stamp.at_ms});
}

void apply_event(State& state, const PetitionSigned& event, const Stamp&)
{
    record_of(state.petitions, event.petition).signers.push_back(event.person);
}

void apply_event(State& state, const SignatureWithdrawn& event, const Stamp&)
{
    std::erase(record_of(state.petitions, event.petition).signers, event.person);
}

void apply_event(State& state, const PetitionHandedIn& event, const Stamp& stamp)
{
    auto& petition = record_of(state.petitions, event.petition);
    PLENUM_ASSERT(petition.state == PetitionState::open);
    petition.state = PetitionState::handed_in;
    petition.handed_in = event.signatures;
    petition.ended_at_ms = stamp.at_ms;
}

void apply_event(State& state, const PetitionWithdrawn& event, const Stamp& stamp)
{
    auto& petition = record_of(state.petitions, event.petition);
    PLENUM_ASSERT(petition.state == PetitionState::open);
    petition.state = PetitionState::withdrawn;
    petition.reason = event.reason;
    petition.ended_at_ms = stamp.at_ms;
}

void apply_event(State& state, const PetitionNeedSet& event, const Stamp&)
{
    PLENUM_ASSERT(state.bodies.contains(event.body));
    state.signature_needs[event.body][event.petition_kind] = {event.signatures, event.decided_by};
}

PetitionView view_petition(const State& state, PetitionId id)
{
    const auto& petition = record_of(state.petitions, id);
    const auto named = [&](PersonId person) {
        return NamedPerson{person, record_of(state.persons, person).name};
    };
    PetitionView view;
    view.id = id;
    view.body = petition.body;
    view.body_name = record_of(state.bodies, petition.body).name;
    view.petition_kind = petition.kind;
    view.title = petition.title;
    view.text = petition.text;
    view.lead = named(petition.signers.front());
    view.opened_at_ms = petition.opened_at_ms;
    view.state = petition.state;
    view.signatures =
        petition.handed_in ? *petition.handed_in : signatures_of(state, petition).value_or(Finding{});
    for (const auto person : petition.signers)
        view.signers.push_back(named(person));
    view.ended_at_ms = petition.ended_at_ms;
    view.reason = petition.reason;
    return view;
}

bool may_watch_petition(const State& state, const Actor& actor, PetitionId id)
{
    if (actor.is_server()) return false;
    const auto body = record_of(state.petitions, id).body;
    if (actor.role == Role::delegate)
        return find_member(record_of(state.bodies, body), *actor.person) != nullptr;
    return keeps_the_room(state, actor, body);
}

Answer<PetitionsPage> ask(const State& state, const Actor& actor, const ListPetitions& question,
                          const BlobSource&)
{
    if (!question.body && actor.role != Role::delegate) return refuse(RefusalCode::not_allowed);
    if (question.body && !state.bodies.contains(*question.body)) return refuse(RefusalCode::no_such_record);
    if (question.body && !keeps_the_room(state, actor, *question.body))
        return refuse(RefusalCode::not_allowed);
    PetitionsPage page;
    page.seq = state.entries;
    std::set<BodyId> bodies;
    for (const auto& [id, body] : state.bodies) {
        const bool is_asked =
            question.body ? id == *question.body : find_member(body, *actor.person) != nullptr;
        if (!is_asked) continue;
        bodies.insert(id);
        auto view = view_body(state, id, body);
        if (!view.needs.empty()) page.bodies.push_back(std::move(view));
    }
    for (auto entry = state.petitions.rbegin(); entry != state.petitions.rend(); ++entry) {
        if (!bodies.contains(entry->second.body)) continue;
        const auto place = page.total++;
        const auto limit = std::min<std::size_t>(question.limit, page_petitions_max);
        if (place < question.from || page.petitions.size() >= limit) continue;
        page.petitions.push_back(view_petition(state, entry->first));
    }
    return page;
}

} // namespace plenum::chamber
