#include "clients/demo/meeting.hpp"

#include <algorithm>
#include <fstream>

namespace plenum::demo {

using replay::trouble;

Tried<void> call_together(Meeting& meeting, const replay::Stage& stage, const replay::Convening& convening)
{
    const auto secretary_code = stage.code(Role::secretary);
    if (!secretary_code) return secretary_code.error();
    const auto screen_code = stage.code(Role::hall);
    if (!screen_code) return screen_code.error();
    const auto office = meeting.hall.enter({*secretary_code});
    if (!office) return office.error();
    meeting.secretary = office->front();
    const auto screen = meeting.hall.enter({*screen_code}, true);
    if (!screen) return screen.error();
    meeting.screen = screen->front();

    auto convened = replay::convene(meeting.hall, meeting.secretary, convening);
    if (!convened) return convened.error();
    meeting.convened = std::move(*convened);
    return {};
}

Tried<void> take_seats(Meeting& meeting, std::optional<std::size_t> left_out)
{
    auto codes = meeting.convened.member_codes;
    if (left_out) codes.erase(codes.begin() + static_cast<std::ptrdiff_t>(*left_out));
    auto members = meeting.hall.enter(codes);
    if (!members) return members.error();
    meeting.members = std::move(*members);
    return {};
}

Tried<IssuedCode> code_of_officer(Meeting& meeting, const std::string& name)
{
    const auto listed = meeting.hall.question(meeting.secretary, ListOffice::method, to_json(ListOffice{}));
    if (!listed.is_done()) return trouble("the officers cannot be listed", listed.words());
    const auto office = from_json<OfficeView>(listed.message->body);
    if (!office) return trouble("the list of officers does not fit");
    const auto found = std::ranges::find(office->officers, name, &OfficerView::name);
    if (found == office->officers.end()) return trouble(name, "is not among the officers");
    const auto codes = replay::issue_codes(meeting.hall, meeting.secretary, {std::nullopt, found->person});
    if (!codes) return codes.error();
    return codes->front();
}

Tried<IssuedCode> appoint(Meeting& meeting, const std::string& name, Role role, std::optional<BodyId> body)
{
    const auto done = meeting.hall.act(meeting.secretary, AppointOfficer{std::nullopt, name, role, body});
    if (!done) return done.error();
    return code_of_officer(meeting, name);
}

Tried<VoteId> prepare_vote(Meeting& meeting, SittingId sitting, std::optional<ItemId> item,
                           const LocalText& title, const RuleProfile& rule)
{
    PrepareVote prepare;
    prepare.sitting = sitting;
    prepare.item = item;
    prepare.title = title.zh;
    prepare.text = title.zh + "\n\n" + title.en + "\n";
    prepare.profile = rule;
    const auto prepared = meeting.hall.act(meeting.secretary, prepare);
    if (!prepared) return prepared.error();
    return VoteId{prepared->seq};
}

Tried<void> export_and_verify(replay::Stage& stage, const HelloAnswer& known, const Wanted& wanted,
                              Language language, const Screen& screen)
{
    const auto& [bundle, kind, tracker] = wanted;
    screen.say({"导出记录并独立核验。", "Exporting the record, and verifying it independently."});
    std::vector<std::string> exporting = {"export", "--data", stage.data(), "--out", bundle};
    if (!kind.empty()) exporting.push_back(kind);
    const auto exported = stage.run("plenum", exporting);
    if (!exported) return exported.error();
    screen.show(*exported);
    const auto checkpoint = stage.folder() + "/checkpoint-of-a-console";
    std::ofstream file(checkpoint, std::ios::binary);
    if (!(file << known.checkpoint << std::flush)) return trouble(checkpoint, "cannot be written");
    std::vector<std::string> verifying = {
        "verify", bundle,     "--vkey", known.vkey,
        "--seen", checkpoint, "--lang", language == Language::en ? "en" : "zh"};
    if (!tracker.empty()) {
        screen.say({"一位代表的追踪码：" + tracker, "the tracker a member holds: " + tracker});
        verifying.insert(verifying.end(), {"--tracker", tracker});
    }
    const auto audited = stage.run("plenum-audit", verifying);
    if (!audited) return audited.error();
    screen.show(*audited);
    return {};
}

} // namespace plenum::demo
