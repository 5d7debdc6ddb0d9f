#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"

#include <cstdlib>

// Property: whatever rows an agenda comes in, the check and the import agree on them; what is imported twice
// doubles nothing, and taken back it leaves the agenda as it was.

using namespace plenum;
using namespace plenum::chamber;

namespace {

const BlobSource no_blobs = [](const Digest&) -> std::optional<std::string> { return std::nullopt; };

void write_down(State& state, const Event& event)
{
    apply(state, {state.entries, 1, state.now_ms + 1, {}, {}, event}, no_blobs);
}

/// One meeting with one item; the secretary of the whole chamber.
struct Bureau {
    State state;
    Actor secretary{PersonId{1}, Role::secretary};
    MeetingId meeting{};

    Bureau()
    {
        write_down(state, LogCreated{"fuzz.example", 1});
        const BodyId body{state.entries};
        write_down(state, BodyCreated{BodyKind::congress, "大会"});
        write_down(state, OfficerAppointed{PersonId{1}, "林晓", Role::secretary, std::nullopt});
        meeting = MeetingId{state.entries};
        write_down(state, MeetingCreated{body, "会议", 1, 1, {1, 2, true, Base::all_members}});
        write_down(state, ItemAdded{meeting, "学习"});
    }

    bool act(const Command& command)
    {
        Context context;
        context.actor = secretary;
        const auto decided = decide(state, command, context);
        if (!decided) return false;
        if (decided->events.size() > events_max) std::abort();
        for (const auto& event : decided->events)
            write_down(state, event);
        return true;
    }

    AgendaCheck check(const std::vector<AgendaRow>& rows) const
    {
        const auto answer = ask(state, secretary, CheckAgenda{meeting, rows}, no_blobs);
        if (!answer) std::abort();
        return *answer;
    }

    std::string agenda() const
    {
        return canonical_json(to_json(view_agenda(state, meeting, Role::secretary)));
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto value = parse_json(text_of({data, size}));
    if (!value) return 0;
    const auto rows = from_json<std::vector<AgendaRow>>(*value);
    if (!rows) return 0;
    Bureau office;
    const auto before = office.agenda();
    const auto check = office.check(*rows);
    const bool imported = office.act(ImportAgenda{office.meeting, *rows});
    if (imported != (check.findings.empty() && check.added > 0)) std::abort();
    if (!imported) return 0;
    const auto again = office.check(*rows);
    if (again.added != 0 || again.present != rows->size()) std::abort();
    if (office.act(ImportAgenda{office.meeting, *rows})) std::abort();
    if (!office.act(UndoAgenda{office.meeting}) || office.agenda() != before) std::abort();
    return 0;
}
