#include "clients/replay/replay.hpp"

#include "clients/replay/convene.hpp"
#include "protocol/text.hpp"

#include <algorithm>

namespace plenum::replay {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t shown_title_characters = 60;

/// At most `bytes_max` bytes of one line, cut between characters; `otherwise` when nothing is left.
std::string one_line(std::string text, std::size_t bytes_max, const std::string& otherwise)
{
    for (auto& c : text) {
        const auto code = static_cast<unsigned char>(c);
        if (code < 0x20 || code == 0x7f) c = ' ';
    }
    if (text.size() > bytes_max) {
        while (bytes_max > 0 && (static_cast<unsigned char>(text[bytes_max]) & 0xC0) == 0x80)
            --bytes_max;
        text.resize(bytes_max);
    }
    return is_line(text, title_bytes_max) ? text : otherwise;
}

/// The first characters of a title, for a line on a terminal.
std::string beginning_of(const std::string& title)
{
    std::size_t characters = 0;
    for (std::size_t at = 0; at < title.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(title[at]) & 0xC0) != 0x80;
        if (begins && ++characters > shown_title_characters) return title.substr(0, at) + "…";
    }
    return title;
}

std::string figures_of(const Tally& tally)
{
    return std::to_string(tally.approve) + " for, " + std::to_string(tally.oppose) + " against, " +
           std::to_string(tally.abstain) + " abstain, " + std::to_string(tally.not_pressed) + " not pressed";
}

std::optional<Choice> choice_of(Mark mark)
{
    switch (mark) {
    case Mark::approve: return Choice::approve;
    case Mark::oppose: return Choice::oppose;
    case Mark::abstain: return Choice::abstain;
    case Mark::not_voting:
    case Mark::absent: return std::nullopt;
    }
    return std::nullopt;
}

std::vector<bool> presence_of(const std::vector<Mark>& marks)
{
    std::vector<bool> present;
    present.reserve(marks.size());
    for (const auto mark : marks)
        present.push_back(mark != Mark::absent);
    return present;
}

/// One sitting being played.
class Play {
public:
    Play(const SittingFile& file, const link::Endpoint& endpoint, const ReplaySettings& settings)
        : file_(file), settings_(settings), hall_(endpoint)
    {
        report_.votes = file.votes.size();
        if (settings.votes_max != 0) report_.votes = std::min(report_.votes, settings.votes_max);
    }

    Tried<ReplayReport> run(const std::string& secretary_code)
    {
        const auto started = Clock::now();
        if (auto done = assemble(secretary_code); !done) return done.error();
        if (auto done = open_sitting(); !done) return done.error();
        for (std::size_t index = 0; index < report_.votes; ++index) {
            if (auto done = check_before(file_.votes[index].time); !done) return done.error();
            if (auto done = play_vote(index); !done)
                return trouble("vote " + file_.votes[index].id, done.error().sentence);
        }
        if (report_.votes == file_.votes.size()) {
            if (auto done = check_before(std::nullopt); !done) return done.error();
        }
        if (auto done = hall_.act(chair_, CloseSitting{sitting_}); !done) return done.error();
        if (hall_.lost() != 0)
            return trouble(std::to_string(hall_.lost()) + " consoles lost their connection");
        report_.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started);
        return std::move(report_);
    }

private:
    void say(const std::string& line, bool always)
    {
        if (settings_.print && (always || !settings_.is_quiet)) settings_.print(line);
    }

    Tried<void> assemble(const std::string& secretary_code)
    {
        const auto office = hall_.enter({secretary_code});
        if (!office) return office.error();
        secretary_ = office->front();
        Convening convening;
        convening.body = one_line(file_.chamber, name_bytes_max, "Assembly");
        for (const auto& member : file_.members) {
            convening.members.push_back({member.id,
                                         one_line(member.name, name_bytes_max, member.id),
                                         one_line(member.group, name_bytes_max, ""),
                                         {},
                                         std::nullopt});
        }
        convening.meeting = one_line(file_.chamber + " " + file_.date, title_bytes_max, "Recorded sitting");
        convening.quorum = {0, 1, false, Base::all_members};
        convening.sitting = convening.meeting;
        const auto convened = convene(hall_, secretary_, convening);
        if (!convened) return convened.error();
        sitting_ = convened->sitting;
        const auto item = hall_.act(secretary_, AddItem{convened->meeting, "Votes of " + convening.meeting});
        if (!item) return item.error();
        item_ = ItemId{item->seq};
        const auto chair = hall_.enter({convened->chair_code}, true);
        if (!chair) return chair.error();
        chair_ = chair->front();
        auto consoles = hall_.enter(convened->member_codes);
        if (!consoles) return consoles.error();
        consoles_ = std::move(*consoles);
        present_.assign(consoles_.size(), false);
        return {};
    }

    Tried<void> open_sitting()
    {
        if (auto done = hall_.act(secretary_, OpenSignIn{sitting_}); !done) return done.error();
        if (auto done = attend(presence_of(file_.votes.front().marks)); !done) return done.error();
        if (auto done = hall_.act(chair_, OpenSitting{sitting_}); !done) return done.error();
        if (auto done = hall_.act(chair_, AdoptAgenda{sitting_}); !done) return done.error();
        const auto first = hall_.act(secretary_, preparation(0));
        if (!first) return first.error();
        prepared_ = VoteId{first->seq};
        return {};
    }

    /// Everybody whose presence differs from now signs in or out on the own console, all at the same time.
    Tried<void> attend(const std::vector<bool>& present)
    {
        std::vector<Ask> asks;
        for (std::size_t member = 0; member < present.size(); ++member) {
            if (present[member] == present_[member]) continue;
            const auto command = present[member] ? Command(SignIn{sitting_}) : Command(SignOut{sitting_});
            asks.push_back({consoles_[member], command, {}});
        }
        present_ = present;
        return hall_.act_all(asks);
    }

    PrepareVote preparation(std::size_t index) const
    {
        const auto& vote = file_.votes[index];
        const auto rule = rule_of(file_, vote);
        PrepareVote prepare;
        prepare.sitting = sitting_;
        prepare.item = item_;
        prepare.title = one_line(vote.title, title_bytes_max, "Vote " + vote.id);
        prepare.text = vote.id + " " + vote.time + "\n" + prepare.title + "\n";
        prepare.profile = rule.profile;
        prepare.base_members = rule.base_members;
        prepare.base_reason = rule.base_reason;
        return prepare;
    }

    Tried<void> play_vote(std::size_t index)
    {
        const auto& vote = file_.votes[index];
        const auto id = prepared_;
        if (auto done = attend(presence_of(vote.marks)); !done) return done.error();
        const auto base = rule_of(file_, vote).base_members;
        if (base && *base != file_.members.size()) {
            const ConfirmBase confirm{id, *base};
            if (auto done = hall_.act(chair_, confirm); !done) return done.error();
        }
        if (auto done = hall_.act(chair_, OpenVote{id}); !done) return done.error();
        if (auto done = press(id, index); !done) return done.error();
        if (auto done = hall_.act(chair_, CloseVote{id}); !done) return done.error();
        const auto decided = hall_.wait_for(chair_, id, VoteState::decided);
        if (!decided) return decided.error();
        if (!decided->result) return trouble("the chair is not shown the result");
        tell(vote, *decided->result);
        if (auto done = hall_.act(chair_, AnnounceVote{id}); !done) return done.error();
        return {};
    }

    /// Everybody who voted presses at the same time. Meanwhile the secretary writes down the next vote: an
    /// item that has been decided takes no new one.
    Tried<void> press(VoteId id, std::size_t index)
    {
        const auto& marks = file_.votes[index].marks;
        std::vector<Ask> asks;
        for (std::size_t member = 0; member < marks.size(); ++member) {
            if (const auto choice = choice_of(marks[member])) {
                asks.push_back({consoles_[member], CastVote{id, *choice}, {}});
            }
        }
        const auto presses = asks.size();
        if (index + 1 < report_.votes) asks.push_back({secretary_, preparation(index + 1), {}});
        const auto replies = hall_.ask_all(asks);
        for (std::size_t at = 0; at < replies.size(); ++at) {
            if (!replies[at].is_done())
                return trouble(std::string(method_of(asks[at].command)), replies[at].words());
            if (at < presses) report_.press_took.push_back(replies[at].took);
        }
        if (replies.size() == presses) return {};
        const auto next = from_json<Receipt>(replies.back().message->body);
        if (!next) return trouble("the answer to vote.prepare is no receipt");
        prepared_ = VoteId{next->seq};
        return {};
    }

    void tell(const RecordedVote& vote, const ResultView& result)
    {
        const auto comparison = compare(file_, vote, rule_of(file_, vote), result);
        const bool differs = !comparison.differences.empty();
        const auto verdict = std::string(codec::enum_name(result.outcome.verdict));
        say(vote.id + "  " + figures_of(result.tally) + "  " + verdict + "  " + beginning_of(vote.title),
            differs);
        tell(comparison);
    }

    void tell(const Comparison& comparison)
    {
        for (const auto& difference : comparison.differences)
            say("  DIFFERENCE " + difference, true);
        for (const auto& reason : comparison.not_compared)
            say("  not compared: " + reason, false);
        report_.differences += comparison.differences.empty() ? 0 : 1;
        report_.not_compared += comparison.not_compared.size();
    }

    /// Replays the checks of attendance recorded before `time`, or all that are left.
    Tried<void> check_before(const std::optional<std::string>& time)
    {
        for (; report_.checks < file_.checks.size(); ++report_.checks) {
            const auto& check = file_.checks[report_.checks];
            if (time && check.time > *time) return {};
            if (auto done = attend(check.present); !done) return done.error();
            const auto expected = static_cast<std::uint32_t>(std::ranges::count(check.present, true));
            Counts counts;
            hall_.wait_until(chair_, [&](const Shown& shown) {
                counts = shown.sittings.at(sitting_).counts;
                return counts.present == expected;
            });
            const auto comparison = compare(check, counts);
            say(check.id + "  attendance: due " + std::to_string(counts.due) + ", present " +
                    std::to_string(counts.present) + "  " + beginning_of(check.title),
                !comparison.differences.empty());
            tell(comparison);
        }
        return {};
    }

    const SittingFile& file_;
    const ReplaySettings& settings_;
    ReplayReport report_;
    Hall hall_;
    ConsoleId secretary_{};
    ConsoleId chair_{};
    std::vector<ConsoleId> consoles_; ///< in the order of the members
    std::vector<bool> present_;
    SittingId sitting_{};
    ItemId item_{};
    VoteId prepared_{}; ///< the next vote to be opened
};

} // namespace

Tried<ReplayReport> play(const SittingFile& file, const link::Endpoint& endpoint,
                         const std::string& secretary_code, const ReplaySettings& settings)
{
    Play play(file, endpoint, settings);
    return play.run(secretary_code);
}

} // namespace plenum::replay
