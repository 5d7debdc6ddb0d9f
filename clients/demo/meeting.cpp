#include "clients/demo/meeting.hpp"

#include "clients/demo/committee.hpp"

#include <fstream>

namespace plenum::demo {

using replay::trouble;

Tried<void> call_together(Meeting& meeting, const replay::Stage& stage, std::optional<std::size_t> left_out)
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

    auto convened = replay::convene(meeting.hall, meeting.secretary, committee());
    if (!convened) return convened.error();
    meeting.convened = std::move(*convened);
    for (const auto& motion : motions()) {
        const auto item =
            meeting.hall.act(meeting.secretary, AddItem{meeting.convened.meeting, motion.title.zh});
        if (!item) return item.error();
        meeting.items.push_back(ItemId{item->seq});
    }
    auto codes = meeting.convened.member_codes;
    if (left_out) codes.erase(codes.begin() + static_cast<std::ptrdiff_t>(*left_out));
    auto members = meeting.hall.enter(codes);
    if (!members) return members.error();
    meeting.members = std::move(*members);
    return {};
}

Tried<VoteId> prepare_motion(Meeting& meeting, std::size_t motion)
{
    PrepareVote prepare;
    prepare.sitting = meeting.convened.sitting;
    prepare.item = meeting.items[motion];
    prepare.title = motions()[motion].title.zh;
    prepare.text = prepare.title + "\n\n" + motions()[motion].title.en + "\n";
    prepare.profile = motion_rule();
    const auto prepared = meeting.hall.act(meeting.secretary, prepare);
    if (!prepared) return prepared.error();
    return VoteId{prepared->seq};
}

Tried<void> export_and_verify(replay::Stage& stage, const HelloAnswer& known, const std::string& bundle,
                              Language language, const Screen& screen)
{
    screen.say({"导出记录并独立核验。", "Exporting the record, and verifying it independently."});
    const auto exported = stage.run("plenum", {"export", "--data", stage.data(), "--out", bundle});
    if (!exported) return exported.error();
    screen.show(*exported);
    const auto checkpoint = stage.folder() + "/checkpoint-of-a-console";
    std::ofstream file(checkpoint, std::ios::binary);
    if (!(file << known.checkpoint << std::flush)) return trouble(checkpoint, "cannot be written");
    const auto audited =
        stage.run("plenum-audit", {"verify", bundle, "--vkey", known.vkey, "--seen", checkpoint, "--lang",
                                   language == Language::en ? "en" : "zh"});
    if (!audited) return audited.error();
    screen.show(*audited);
    return {};
}

} // namespace plenum::demo
