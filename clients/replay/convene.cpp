#include "clients/replay/convene.hpp"

#include <algorithm>

namespace plenum::replay {
namespace {

/// The code of the member with this number in this role.
const IssuedCode* find_code(const std::vector<IssuedCode>& codes, const std::string& number, Role role)
{
    const auto found = std::ranges::find_if(
        codes, [&](const IssuedCode& code) { return code.number == number && code.role == role; });
    return found == codes.end() ? nullptr : &*found;
}

/// Everybody's codes, with the chair's of both roles.
Tried<void> issue_all(Hall& hall, ConsoleId secretary, const Convening& convening, Convened& convened)
{
    const auto& chair_number = convening.members[convening.chair].number;
    auto codes = issue_codes(hall, secretary, {convened.body, std::nullopt});
    if (!codes) return codes.error();
    const auto* chair = find_code(*codes, chair_number, Role::delegate);
    if (chair == nullptr) return trouble("the chair got no access code");
    const auto person = chair->person;
    const auto appointed = hall.act(secretary, AppointOfficer{person, {}, Role::chair, convened.body});
    if (!appointed) return appointed.error();
    const auto both = issue_codes(hall, secretary, {std::nullopt, person});
    if (!both) return both.error();
    std::erase_if(*codes, [&](const IssuedCode& code) { return code.person == person; });
    codes->insert(codes->end(), both->begin(), both->end());

    const auto* presiding = find_code(*codes, chair_number, Role::chair);
    if (presiding == nullptr) return trouble("the chair got no code to preside with");
    convened.chair_code = presiding->code;
    for (const auto& member : convening.members) {
        const auto* code = find_code(*codes, member.number, Role::delegate);
        if (code == nullptr) return trouble("no access code for member " + member.number);
        convened.member_codes.push_back(code->code);
        convened.persons.push_back(code->person);
    }
    return {};
}

} // namespace

Tried<std::vector<IssuedCode>> issue_codes(Hall& hall, ConsoleId secretary, const IssueAccessCodes& command)
{
    const auto reply = hall.ask(secretary, command);
    if (!reply.is_done()) return trouble(std::string(IssueAccessCodes::method), reply.words());
    auto issued = from_json<IssuedCodes>(reply.message->body);
    if (!issued) return trouble("the answer holds no access codes");
    return std::move(issued->codes);
}

Tried<Convened> convene(Hall& hall, ConsoleId secretary, const Convening& convening)
{
    Convened convened;
    const auto body = hall.act(secretary, CreateBody{convening.body_kind, convening.body});
    if (!body) return body.error();
    convened.body = BodyId{body->seq};
    const auto roster = hall.act(secretary, ImportRoster{convened.body, convening.members});
    if (!roster) return roster.error();
    if (const auto issued = issue_all(hall, secretary, convening, convened); !issued) return issued.error();
    const auto meeting =
        hall.act(secretary, CreateMeeting{convened.body, convening.meeting, convening.term_no,
                                          convening.session_no, convening.quorum, convening.meeting_kind});
    if (!meeting) return meeting.error();
    convened.meeting = MeetingId{meeting->seq};
    const auto sitting = hall.act(secretary, CreateSitting{convened.meeting, convening.sitting});
    if (!sitting) return sitting.error();
    convened.sitting = SittingId{sitting->seq};
    return convened;
}

} // namespace plenum::replay
