#include "clients/audit/tracker.hpp"

#include <algorithm>

namespace plenum::audit {
namespace {

constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t tracker_characters = 16;

char as_spelled(char typed)
{
    const char upper = typed >= 'a' && typed <= 'z' ? static_cast<char>(typed - 'a' + 'A') : typed;
    if (upper == 'O') return '0';
    return upper == 'I' || upper == 'L' ? '1' : upper;
}

const VoteSummary* summary_of(const Report& report, VoteId vote)
{
    const auto found = std::ranges::find(report.votes, vote, &VoteSummary::id);
    return found == report.votes.end() ? nullptr : &*found;
}

} // namespace

std::optional<std::string> read_tracker(std::string_view typed)
{
    std::string plain;
    for (const char c : typed) {
        if (c == ' ' || c == '-') continue;
        const char one = as_spelled(c);
        if (crockford.find(one) == std::string_view::npos) return std::nullopt;
        plain += one;
    }
    if (plain.size() != tracker_characters) return std::nullopt;
    for (std::size_t at = 12; at > 0; at -= 4)
        plain.insert(at, 1, '-');
    return plain;
}

FoundBallot find_ballot(const Report& report, const std::string& tracker)
{
    const auto found = report.trackers.find(tracker);
    if (found == report.trackers.end()) return {};
    const auto* vote = summary_of(report, found->second);
    const bool opened = vote != nullptr && vote->tally && vote->sound && vote->state != VoteState::voided;
    return {found->second, opened};
}

LocalText tell_ballot(const Report& report, const std::string& tracker)
{
    const auto found = find_ballot(report, tracker);
    if (found.vote) {
        const auto* vote = summary_of(report, *found.vote);
        const auto title = vote == nullptr ? std::string() : vote->title;
        const LocalText where{"追踪码 " + tracker + "：这张票在表决“" + title + "”的票箱中",
                              "tracker " + tracker + ": this ballot is in the box of “" + title + "”"};
        if (found.counted) return {where.zh + "，并已计入结果", where.en + ", and it was counted"};
        return {where.zh + "；该票箱尚未开启、已作废或核验不符，未见其计入",
                where.en + "; that box was not opened, is void or was found wrong: it is not seen to count"};
    }
    const auto is_secret = [](const VoteSummary& vote) { return vote.secret.has_value(); };
    if (std::ranges::none_of(report.votes, is_secret))
        return {"这份记录不含无记名表决，没有可查的追踪码",
                "there is no secret vote in this record, so no tracker to find"};
    if (!report.has_boxes)
        return {"这份存证包是公开的，不含票箱，无法查找追踪码；请用成员或审计人员的存证包",
                "this bundle is public and holds no boxes to look for a tracker in: use a member's or an "
                "auditor's bundle"};
    return {"追踪码 " + tracker + "：这份存证包的任何票箱中都没有这张票。重按之前的票和作废的票不在票箱中",
            "tracker " + tracker +
                ": this ballot is in no box of this bundle. One that was pressed over or spoiled is in none"};
}

} // namespace plenum::audit
