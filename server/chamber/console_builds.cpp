#include "protocol/ballot/acknowledgement.hpp"
#include "server/chamber/chapters.hpp"
#include "server/chamber/secret_steps.hpp"

#include <algorithm>

// Chapter eleven, on consoles: with which programs the body lets secret votes be given. No console is kept
// from voting by it; one that runs another program is marked as a rehearsal, for everybody and in the record.

namespace plenum::chamber {
namespace {

constexpr std::size_t builds_max = 16;

std::optional<Refusal> check_builds(const std::vector<Digest>& builds)
{
    const std::set<Digest> distinct(builds.begin(), builds.end());
    const bool counts = !builds.empty() && builds.size() <= builds_max && distinct.size() == builds.size();
    // Zeros are what a console says that was never built.
    if (counts && !distinct.contains(Digest{})) return std::nullopt;
    return no(RefusalCode::keys_wrong, "应列出1至16个互不重复的程序校验值",
              "one to sixteen different digests of programs are named");
}

bool is_pinned(const std::vector<Digest>& builds, const Digest& build)
{
    return std::ranges::find(builds, build) != builds.end();
}

} // namespace

Decided decide_command(const State& state, const PinConsoleBuilds& command, const Context&)
{
    if (auto refusal = check_not_closed(state, command.meeting)) return *refusal;
    const auto& meeting = record_of(state.meetings, command.meeting);
    if (!meeting.keys) return no_key_holders();
    if (auto refusal = check_none_undecided(state, command.meeting)) return *refusal;
    if (auto refusal = check_builds(command.builds)) return *refusal;
    if (!is_line(command.decided_by, title_bytes_max)) {
        return no(RefusalCode::invalid_text, "由谁决定", "who decided it");
    }
    if (meeting.pinned == PinnedBuilds{command.builds, command.decided_by})
        return refuse(RefusalCode::nothing_to_do);
    return Decision{{ConsoleBuildsPinned{command.meeting, command.builds, command.decided_by}}, {}};
}

void apply_event(State& state, const ConsoleBuildsPinned& event, const Stamp&)
{
    record_of(state.meetings, event.meeting).pinned = PinnedBuilds{event.builds, event.decided_by};
}

void note_builds(Vote& vote, const Meeting& meeting, const SecretOpening& opening, const Stamp& stamp)
{
    if (!meeting.pinned) return;
    vote.secret.builds = meeting.pinned->builds;
    const auto content = public_blob(stamp, opening.acknowledgements);
    const auto all = ballot::decode_acknowledgements(fixed<64>(opening.context), bytes_of(content));
    PLENUM_ASSERT(all.has_value());
    vote.secret.other_builds = count(static_cast<std::size_t>(std::ranges::count_if(
        *all, [&](const auto& one) { return !is_pinned(vote.secret.builds, one.build); })));
}

Later<ConsoleProgramsView> view_programs(const State& state, const Vote& vote)
{
    if (vote.opened_at_ms) {
        if (vote.secret.builds.empty()) return {};
        return ConsoleProgramsView{vote.secret.builds, vote.secret.other_builds};
    }
    const auto& pinned = record_of(state.meetings, record_of(state.sittings, vote.sitting).meeting).pinned;
    if (!pinned) return {};
    return ConsoleProgramsView{pinned->builds, 0};
}

} // namespace plenum::chamber
