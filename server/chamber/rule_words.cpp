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
};

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

/// 过半数, 三分之二以上, 超过三分之二.
LocalText words_of(const Threshold& threshold)
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

LocalText words_of(Base base, const Known& known)
{
    const auto members = std::to_string(known.base_members);
    const auto present = std::to_string(known.present);
    switch (base) {
    case Base::all_members: return {"全体组成人员" + members + "人", "all " + members + " members"};
    case Base::present:
        if (known.present == 0) return {"表决开启时的出席人员", "the members present when the vote opens"};
        return {"出席" + present + "人", "the " + present + " members present when the vote opened"};
    case Base::cast:
    case Base::valid:
    case Base::ballots: return {"按表决器的人员", "those who press"};
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
LocalText others_under(Base base)
{
    switch (base) {
    case Base::all_members:
    case Base::present:
        return {"弃权和未按表决器均不计入赞成", "abstaining and not pressing do not count as approval"};
    case Base::cast:
    case Base::valid:
    case Base::ballots:
        return {"弃权计入基数，未按表决器不计入基数", "abstentions count in the base, not pressing does not"};
    case Base::for_and_against:
        return {"弃权和未按表决器均不计入基数", "abstaining and not pressing are left out of the base"};
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

void say(LocalText& words, const std::string& zh, const std::string& en)
{
    words.zh += zh + "。";
    words.en += (words.en.empty() ? "" : " ") + en + ".";
}

void say_majority(LocalText& words, const RuleProfile& profile, const Known& known)
{
    const auto& majority = profile.majority;
    const auto share = words_of(majority);
    const auto others = others_under(majority.base);
    if (profile.groups.empty()) {
        const auto base = words_of(majority.base, known);
        const auto need = at_least(majority, known);
        say(words, base.zh + "，赞成" + share.zh + need.zh + "为通过；" + others.zh,
            "Of " + base.en + ", " + share.en + need.en + " must approve; " + others.en);
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

void say_participation(LocalText& words, const Threshold& least, const Known& known)
{
    const auto base = words_of(least.base, known);
    const auto share = words_of(least);
    const auto need = at_least(least, known);
    say(words, base.zh + "，按表决器的须" + share.zh + need.zh + "，否则本次表决无效，重新表决",
        "Of " + base.en + ", " + share.en + need.en +
            " must press, otherwise the vote is invalid and taken again");
}

std::string seconds(std::uint32_t ms)
{
    auto text = std::to_string(ms / 1000);
    if (ms % 1000 == 0) return text;
    auto rest = std::to_string(1000 + ms % 1000).substr(1);
    rest.erase(rest.find_last_not_of('0') + 1);
    return text + "." + rest;
}

void say_procedure(LocalText& words, const RuleProfile& profile)
{
    const bool last = profile.press == PressPolicy::last;
    say(words, last ? "以最后一次按键为准" : "以第一次按键为准",
        last ? "The last press counts" : "The first press counts");
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

} // namespace

LocalText describe_rule(const RuleProfile& profile, std::uint32_t base_members, std::uint32_t present)
{
    const Known known{base_members, present};
    LocalText words;
    say_majority(words, profile, known);
    if (profile.min_participation) say_participation(words, *profile.min_participation, known);
    say_procedure(words, profile);
    return words;
}

} // namespace plenum::chamber
