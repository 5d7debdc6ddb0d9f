#include "protocol/item_number.hpp"

#include "protocol/assert.hpp"

#include <array>

namespace plenum {
namespace {

constexpr std::array digits = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

struct Place {
    std::size_t value;
    const char* word;
};
constexpr std::array places = {Place{1'000, "千"}, Place{100, "百"}, Place{10, "十"}, Place{1, ""}};

} // namespace

std::string chinese_number(std::size_t value)
{
    PLENUM_ASSERT(value > 0 && value < 10'000);
    std::string text;
    bool gap = false;
    for (const auto& [unit, word] : places) {
        const auto digit = value / unit % 10;
        if (digit == 0) {
            gap = !text.empty();
            continue;
        }
        if (gap) text += digits[0];
        gap = false;
        // 十二, not 一十二, when nothing stands before it.
        if (unit != 10 || digit != 1 || !text.empty()) text += digits[digit];
        text += word;
    }
    return text;
}

std::string item_number(std::size_t level, std::size_t position)
{
    const auto ordinal = position + 1;
    switch (level) {
    case 1: return chinese_number(ordinal) + "、";
    case 2: return "（" + chinese_number(ordinal) + "）";
    case 3: return std::to_string(ordinal) + ".";
    default: return "（" + std::to_string(ordinal) + "）";
    }
}

} // namespace plenum
