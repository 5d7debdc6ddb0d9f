#include "server/chamber/chapters.hpp"

#include <algorithm>

// Several names or clauses put to the vote together, and one of them taken out on request to be put
// separately before the rest (合并表决, 单独表决).

namespace plenum::chamber {
namespace {

bool is_taken_out(const VoteMatter& matter, std::size_t position)
{
    return matter.taken_out &&
           std::ranges::find(*matter.taken_out, position, &TakenOut::position) != matter.taken_out->end();
}

/// Why nothing can be taken out there, or nothing.
std::optional<Refusal> check_position(const VoteMatter& matter, std::uint32_t position)
{
    if (position == 0 || position > matter.combined->size()) {
        return no(RefusalCode::no_such_record, "合并表决中没有这一项", "the combined vote has no such part");
    }
    if (is_taken_out(matter, position)) {
        return no(RefusalCode::nothing_to_do, "该项已单独表决", "it is put separately already");
    }
    const auto taken = matter.taken_out ? matter.taken_out->size() : 0;
    if (matter.combined->size() - taken > 1) return std::nullopt;
    return no(RefusalCode::wrong_state, "合并表决只余这一项", "nothing would be left to vote on together");
}

std::optional<Refusal> check_entry(const CombinedMatter& entry)
{
    const auto& person = entry.personnel;
    const bool readable =
        is_line(entry.title, title_bytes_max) &&
        (!person || (is_line(person->name, title_bytes_max) && is_line(person->post, title_bytes_max)));
    if (readable) return std::nullopt;
    return no(RefusalCode::invalid_text, "合并表决的各项标题、姓名和职务",
              "title, name and post of what is put together");
}

/// The vote on what is taken out: rule, base and what goes with them are those of the combined one.
VotePrepared separate(const State& state, const Vote& vote, const SplitVote& command)
{
    const auto& entry = vote.matter.combined->at(command.position - 1);
    VotePrepared prepared;
    prepared.sitting = vote.sitting;
    prepared.item = vote.item;
    prepared.title = entry.title;
    prepared.profile = vote.profile;
    const auto& sitting = record_of(state.sittings, vote.sitting);
    const auto roster_size = count(record_of(state.bodies, sitting.body).members.size());
    prepared.base_members = vote.base_reason.empty() ? roster_size : vote.base_members;
    prepared.base_reason = vote.base_reason;
    if (!vote.paper.rooms.empty()) prepared.rooms = vote.paper.rooms;
    if (vote.deviation) prepared.deviation = *vote.deviation;
    if (vote.item) prepared.part.emplace(QuestionPart::clause);
    if (entry.personnel) prepared.personnel = *entry.personnel;
    if (!vote.matter.approval_by.empty()) prepared.approval_by = vote.matter.approval_by;
    if (vote.matter.draft) prepared.draft = *vote.matter.draft;
    prepared.split = SplitFrom{command.vote, command.position, command.asked_by};
    return prepared;
}

} // namespace

std::optional<Refusal> check_combined(const PrepareVote& command)
{
    if (!command.combined) return std::nullopt;
    if (command.list || command.grades || command.adopts_agenda || command.personnel) {
        return no(RefusalCode::invalid_profile, "合并表决不用名单选票、测评票，也不另写任免人选",
                  "what is put together is no list, no grades, no agenda and no single person");
    }
    if (command.combined->size() < 2 || command.combined->size() > series_max)
        return no(RefusalCode::too_many, "合并表决为2至200项", "2 to 200 are put to the vote together");
    std::set<std::string_view> titles;
    for (const auto& entry : *command.combined) {
        if (auto refusal = check_entry(entry)) return refusal;
        if (!titles.insert(entry.title).second)
            return no(RefusalCode::invalid_text, entry.title + "重复", entry.title + " twice");
    }
    return std::nullopt;
}

std::vector<CombinedMatter> held_by(const VoteMatter& matter)
{
    std::vector<CombinedMatter> held;
    if (!matter.combined) return held;
    for (std::size_t at = 0; at < matter.combined->size(); ++at) {
        if (!is_taken_out(matter, at + 1)) held.push_back(matter.combined->at(at));
    }
    return held;
}

std::vector<PersonnelMatter> persons_of(const VoteMatter& matter)
{
    if (matter.personnel) return {*matter.personnel};
    std::vector<PersonnelMatter> persons;
    for (const auto& entry : held_by(matter)) {
        if (entry.personnel) persons.push_back(*entry.personnel);
    }
    return persons;
}

bool appoints(const VoteMatter& matter)
{
    return std::ranges::any_of(persons_of(matter), [](const PersonnelMatter& one) {
        return one.action == PersonnelAction::appoint;
    });
}

Decided decide_command(const State& state, const SplitVote& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    const auto& sitting = record_of(state.sittings, vote.sitting);
    if (!is_due(vote)) return wrong_state(vote.state);
    if (!vote.matter.combined) {
        return no(RefusalCode::wrong_state, "该表决不是合并表决", "nothing is put together in this vote");
    }
    if (auto refusal = check_position(vote.matter, command.position)) return *refusal;
    if (!is_line(command.asked_by, title_bytes_max))
        return no(RefusalCode::invalid_text, "由谁提出", "who asked for it");
    if (!is_document(command.text)) return no(RefusalCode::invalid_text, "表决稿", "text put to the vote");
    if (auto refusal = check_room_for_votes(sitting, 1)) return *refusal;
    if (auto refusal = check_item_of_vote(state, sitting, vote.item, true)) return *refusal;

    auto prepared = separate(state, vote, command);
    auto text = vote.item && record_of(state.items, *vote.item).is_closed
                    ? new_private_blob(state, context, "text/plain", bytes_of(command.text))
                    : new_blob(command.text);
    prepared.text = text.digest;
    prepared.text_is_private = text.is_private;
    return Decision{{std::move(prepared)}, {std::move(text)}};
}

void take_out(State& state, const VotePrepared& event, VoteId id)
{
    auto& matter = record_of(state.votes, event.split->vote).matter;
    PLENUM_ASSERT(matter.combined && !check_position(matter, event.split->position));
    if (!matter.taken_out) matter.taken_out = std::vector<TakenOut>{};
    matter.taken_out->push_back({event.split->position, id, event.split->asked_by});
    std::ranges::sort(*matter.taken_out, {}, &TakenOut::position);
}

} // namespace plenum::chamber
