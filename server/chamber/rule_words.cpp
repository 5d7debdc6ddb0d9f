#include "server/chamber/rule_words.hpp"
#include "server/chamber/queries.hpp"

#include "protocol/assert.hpp"

#include <array>
#include <numeric>

// The rule in the words a chair reads out. Figures stand in them wherever they are known before the vote is
// closed.

namespace plenum::chamber {
namespace {

struct Known {
    std::uint32_t base_members = 0;
    std::uint32_t present = 0; ///< 0: not opened yet
    VoteMethod method = VoteMethod::console;
    bool secret = false; ///< by secret ballots at consoles: those on a list vote
};

/// What one does who votes; where silence is to decide, by whichever method it would come to.
LocalText taking_part(VoteMethod method)
{
    switch (method) {
    case VoteMethod::console: return {"按表决器", "press"};
    case VoteMethod::hands: return {"举手", "raise a hand"};
    case VoteMethod::no_objection: return {"参加表决", "vote"};
    case VoteMethod::paper: return {"投票", "vote"};
    }
    PLENUM_ASSERT(!"unknown method");
    return {};
}

/// What one does who does not.
LocalText taking_none(VoteMethod method)
{
    switch (method) {
    case VoteMethod::console: return {"未按表决器", "not pressing"};
    case VoteMethod::hands: return {"未举手", "not raising a hand"};
    case VoteMethod::no_objection: return {"未参加表决", "not voting"};
    case VoteMethod::paper: return {"未投有效票", "giving no valid ballot"};
    }
    PLENUM_ASSERT(!"unknown method");
    return {};
}

std::string fraction_zh(std::uint32_t num, std::uint32_t den)
{
    static constexpr std::array digits = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    if (den >= digits.size()) return std::to_string(num) + "/" + std::to_string(den);
    return std::string(digits[den]) + "分之" + digits[num];
}

std::string fraction_en(std::uint32_t num, std::uint32_t den)
{
    static constexpr std::array names = {"", "", "half", "third", "quarter", "fifth"};
    if (den >= names.size()) return std::to_string(num) + "/" + std::to_string(den);
    if (num == 1) return den == 2 ? "half" : std::string("one ") + names[den];
    static constexpr std::array counts = {"", "", "two ", "three ", "four "};
    return std::string(counts[num]) + names[den] + "s";
}

LocalText words_of(Base base, const Known& known)
{
    const auto members = std::to_string(known.base_members);
    const auto present = std::to_string(known.present);
    const auto taking = taking_part(known.method);
    const bool on_paper = known.method == VoteMethod::paper;
    switch (base) {
    case Base::all_members: return {"全体组成人员" + members + "人", "all " + members + " members"};
    case Base::present:
        if (known.secret && known.present == 0)
            return {"表决开启时名单上的人员", "the members on the list when the vote opens"};
        if (known.secret) return {"名单上" + present + "人", "the " + present + " members on the list"};
        if (known.present == 0) return {"表决开启时的出席人员", "the members present when the vote opens"};
        return {"出席" + present + "人", "the " + present + " members present when the vote opened"};
    case Base::valid:
        if (on_paper) return {"有效票", "the valid ballots"};
        [[fallthrough]];
    case Base::cast:
    case Base::ballots:
        if (on_paper) return {"收回的票", "the ballots collected"};
        return {taking.zh + "的人员", "those who " + taking.en};
    case Base::for_and_against: return {"表示赞成或反对的人员", "those who approve or oppose"};
    }
    PLENUM_ASSERT(!"unknown base");
    return {};
}

LocalText words_of_group_base(Base base)
{
    switch (base) {
    case Base::all_members: return {"本组全体组成人员", "all members of the group"};
    case Base::present: return {"本组出席人员", "the members of the group who are present"};
    case Base::cast:
    case Base::valid:
    case Base::ballots: return {"本组按表决器的人员", "those of the group who press"};
    case Base::for_and_against:
        return {"本组表示赞成或反对的人员", "those of the group who approve or oppose"};
    }
    PLENUM_ASSERT(!"unknown base");
    return {};
}

/// What abstaining and not pressing mean under this base.
LocalText others_under(Base base, VoteMethod method)
{
    const auto none = taking_none(method);
    switch (base) {
    case Base::all_members:
    case Base::present:
        return {"弃权和" + none.zh + "均不计入赞成",
                "abstaining and " + none.en + " do not count as approval"};
    case Base::cast:
    case Base::valid:
    case Base::ballots:
        if (method == VoteMethod::paper && base != Base::valid) {
            return {"弃权票和无效票均计入基数", "abstaining and invalid ballots count in the base"};
        }
        return {"弃权计入基数，" + none.zh + "不计入基数",
                "abstentions count in the base, " + none.en + " does not"};
    case Base::for_and_against:
        return {"弃权和" + none.zh + "均不计入基数",
                "abstaining and " + none.en + " are left out of the base"};
    }
    PLENUM_ASSERT(!"unknown base");
    return {};
}

/// 即至少18人, where the base is a number before the vote is closed.
LocalText at_least(const Threshold& threshold, const Known& known)
{
    std::uint64_t base = 0;
    if (threshold.base == Base::all_members) base = known.base_members;
    if (threshold.base == Base::present) base = known.present;
    if (base == 0) return {};
    const auto need = std::to_string(needed(base, threshold));
    return {"即至少" + need + "人", ", that is at least " + need + ","};
}

void say_majority(LocalText& words, const RuleProfile& profile, const Known& known)
{
    const auto& majority = profile.majority;
    const auto share = words_of_share(majority);
    const auto others = others_under(majority.base, known.method);
    if (profile.groups.empty()) {
        const auto base = words_of(majority.base, known);
        const auto need = at_least(majority, known);
        const bool silent = known.method == VoteMethod::no_objection;
        say(words,
            (silent ? "付表决的，" : "") + base.zh + "，赞成" + share.zh + need.zh + "为通过；" + others.zh,
            (silent ? "If it comes to a vote, of " : "Of ") + base.en + ", " + share.en + need.en +
                " must approve; " + others.en);
        return;
    }
    LocalText names;
    for (const auto& group : profile.groups) {
        names.zh += (names.zh.empty() ? "" : "、") + group;
        names.en += (names.en.empty() ? "" : ", ") + group;
    }
    const auto base = words_of_group_base(majority.base);
    say(words, names.zh + "分别计算：" + base.zh + "，赞成均须" + share.zh + "方为通过；" + others.zh,
        "In each of " + names.en + " separately, of " + base.en + ", " + share.en + " must approve; " +
            others.en);
}

/// 双门槛: what each of these groups needs beside the whole.
void say_also(LocalText& words, const RuleProfile& profile)
{
    for (const auto& [group, majority] : profile.also_in.value_or(std::vector<GroupMajority>{})) {
        const auto base = words_of_group_base(majority.base);
        const auto share = words_of_share(majority);
        say(words, "同时，" + group + "的赞成须达到" + base.zh + "的" + share.zh,
            "Besides, in " + group + ", of " + base.en + ", " + share.en + " must approve");
    }
}

void say_participation(LocalText& words, const Threshold& least, const Known& known)
{
    const auto base = words_of(least.base, known);
    const auto share = words_of_share(least);
    const auto need = at_least(least, known);
    const auto taking = taking_part(known.method);
    say(words, base.zh + "，" + taking.zh + "的须" + share.zh + need.zh + "，否则本次表决无效，重新表决",
        "Of " + base.en + ", " + share.en + need.en + " must " + taking.en +
            ", otherwise the vote is invalid and taken again");
}

std::string seconds(std::uint32_t ms)
{
    auto text = std::to_string(ms / 1000);
    if (ms % 1000 == 0) return text;
    auto rest = std::to_string(1000 + ms % 1000).substr(1);
    rest.erase(rest.find_last_not_of('0') + 1);
    return text + "." + rest;
}

LocalText counted_by(std::uint32_t tellers)
{
    const auto number = std::to_string(tellers);
    if (tellers == 1) return {"由1名计票人清点", "one teller counts"};
    return {"由" + number + "名计票人分别清点并取得一致", number + " tellers count and must agree"};
}

} // namespace

LocalText words_of_share(const Threshold& threshold)
{
    const auto divisor = std::gcd(threshold.num, threshold.den);
    const auto num = threshold.num / divisor;
    const auto den = threshold.den / divisor;
    if (num == 0 && threshold.strict) return {"有人即可", "anybody at all"};
    if (num == 0) return {"不限人数", "any number"};
    if (den == 1 && threshold.strict) return {"多于全部", "more than all"};
    if (den == 1) return {"全部", "all"};
    if (den == 2 && threshold.strict) return {"过半数", "more than half"};
    if (den == 2) return {"半数以上", "half or more"};
    if (threshold.strict) return {"超过" + fraction_zh(num, den), "more than " + fraction_en(num, den)};
    return {fraction_zh(num, den) + "以上", fraction_en(num, den) + " or more"};
}

void say(LocalText& words, const std::string& zh, const std::string& en)
{
    words.zh += zh + "。";
    words.en += (words.en.empty() ? "" : " ") + en + ".";
}

namespace {

void say_votes_at(LocalText& words, const RuleProfile& profile)
{
    const auto counted = counted_by(profile.tellers);
    if (profile.method == VoteMethod::hands) {
        say(words, "全体举手表决，" + counted.zh, "Everybody raises a hand; " + counted.en);
    } else if (profile.method == VoteMethod::console) {
        const bool last = profile.press == PressPolicy::last;
        say(words, last ? "以最后一次按键为准" : "以第一次按键为准",
            last ? "The last press counts" : "The first press counts");
        if (profile.secrecy == Secrecy::secret) {
            say(words,
                "无记名：选票在表决器上加密，密钥持有人共同开启的只有总数；"
                "以视频方式出席的和没有投票密钥的不参加本次表决",
                "Secret: ballots are encrypted at the consoles, and key holders together open the totals "
                "alone; who attends by video or has no voting key has no part in this vote");
            return;
        }
        if (!groups_counted(profile).empty() || profile.close == ClosePolicy::timer) return;
        say(words, "以视频方式出席的举手表决，" + counted.zh,
            "Who attends by video raises a hand; " + counted.en);
    } else if (profile.method == VoteMethod::paper) {
        const bool secret = profile.secrecy == Secrecy::secret;
        say(words, (secret ? "无记名投票，" : "投票，") + counted.zh + "；收回的票多于发出的，投票无效",
            (secret ? "By secret ballot on paper; " : "By ballot on paper; ") + counted.en +
                "; if more come back than were given out, all are void");
    }
}

} // namespace

void say_method(LocalText& words, const RuleProfile& profile)
{
    say_votes_at(words, profile);
    if (profile.fallback == VoteMethod::hands)
        say(words, "表决器故障的，改为举手表决", "If the consoles fail it goes on by hands");
    if (profile.fallback == VoteMethod::paper)
        say(words, "表决器故障的，改为投票", "If the consoles fail it goes on by ballots on paper");
    if (profile.ballots_kept_days && profile.method == VoteMethod::paper) {
        const auto days = std::to_string(*profile.ballots_kept_days);
        say(words, "选票封存" + days + "日后销毁",
            "The ballots are sealed, and destroyed after " + days + " days");
    }
}

void say_closing(LocalText& words, const RuleProfile& profile)
{
    const auto window = seconds(profile.window_ms);
    switch (profile.close) {
    case ClosePolicy::chair: say(words, "由主持人宣布结束", "The chair closes the vote"); break;
    case ClosePolicy::timer:
        say(words, "表决时间" + window + "秒，到时自动结束",
            "The vote closes by itself after " + window + " seconds");
        break;
    case ClosePolicy::timer_then_chair:
        say(words, "表决时间" + window + "秒，由主持人宣布结束",
            "A time of " + window + " seconds is shown; the chair closes the vote");
        break;
    }
}

LocalText describe_rule(const RuleProfile& profile, std::uint32_t base_members, std::uint32_t present)
{
    const bool secret = profile.secrecy == Secrecy::secret && profile.method == VoteMethod::console;
    const Known known{base_members, present, profile.method, secret};
    LocalText words;
    if (profile.method == VoteMethod::no_objection) {
        say(words, "无人提出异议即为通过，不计票；有人提出异议的，改为按表决器或举手表决",
            "It is adopted unless somebody objects, and nothing is counted; after an objection it is voted "
            "on "
            "by console or by hands");
    }
    say_majority(words, profile, known);
    say_also(words, profile);
    if (profile.min_participation) say_participation(words, *profile.min_participation, known);
    say_method(words, profile);
    say_closing(words, profile);
    return words;
}

} // namespace plenum::chamber
