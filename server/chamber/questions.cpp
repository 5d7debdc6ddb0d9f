#include "server/chamber/questions.hpp"

#include "protocol/private_value.hpp"
#include "server/chamber/agenda_tree.hpp"
#include "server/chamber/queries.hpp"

namespace plenum::chamber {

bool works_in_the_room(Role role)
{
    return role == Role::chair || role == Role::operator_ || role == Role::secretary;
}

bool keeps_the_room(const State& state, const Actor& actor, BodyId body)
{
    return works_in_the_room(actor.role) && !actor.is_server() &&
           holds_office(state, *actor.person, actor.role, body);
}

bool prepares(const State& state, const Actor& actor, BodyId body)
{
    return actor.role == Role::secretary && !actor.is_server() &&
           holds_office(state, *actor.person, Role::secretary, body);
}

Answer<PrivateAnswer> read_private(const State& state, const Digest& digest, const BlobSource& blobs)
{
    const auto content = blobs(digest);
    auto value = content ? decode_private_value(*content) : Result<PrivateValue>(fault(Fault::malformed));
    if (!value) return refuse(RefusalCode::not_readable);
    return PrivateAnswer{state.entries, std::move(value->media_type), std::move(value->content),
                         std::move(value->salt)};
}

Answer<MembersPage> ask(const State& state, const Actor& actor, const ListMembers& question,
                        const BlobSource&)
{
    const auto sitting = state.sittings.find(question.sitting);
    if (sitting == state.sittings.end()) return refuse(RefusalCode::no_such_record);
    if (!keeps_the_room(state, actor, sitting->second.body)) return refuse(RefusalCode::not_allowed);
    return list_members(state, question);
}

Answer<NotPressedAnswer> ask(const State& state, const Actor& actor, const ListNotPressed& question,
                             const BlobSource&)
{
    const auto vote = state.votes.find(question.vote);
    if (vote == state.votes.end()) return refuse(RefusalCode::no_such_record);
    const auto& sitting = record_of(state.sittings, vote->second.sitting);
    if (!keeps_the_room(state, actor, sitting.body)) return refuse(RefusalCode::not_allowed);
    return list_not_pressed(state, question.vote);
}

Answer<AgendaAnswer> ask(const State& state, const Actor& actor, const ReadAgenda& question,
                         const BlobSource&)
{
    const auto meeting = state.meetings.find(question.meeting);
    if (meeting == state.meetings.end()) return refuse(RefusalCode::no_such_record);
    const bool office = keeps_the_room(state, actor, meeting->second.body);
    if (!office && !may_watch_meeting(state, actor, question.meeting))
        return refuse(RefusalCode::not_allowed);
    return AgendaAnswer{state.entries, view_agenda(state, question.meeting, actor.role),
                        count(undoable_items(state, question.meeting).size())};
}

} // namespace plenum::chamber
