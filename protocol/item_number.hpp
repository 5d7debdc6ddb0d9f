#pragma once

#include <cstddef>
#include <string>

namespace plenum {

/// How deep an agenda may go: each level has a way of numbering of its own.
inline constexpr std::size_t agenda_depth_max = 4;

/// 1 as 一, 12 as 十二, 305 as 三百零五. From 1 to 9,999.
std::string chinese_number(std::size_t value);

/// How the item at `position` (from 0) of `level` (from 1) is numbered on an agenda: 一、 then （一） then 1.
/// then （1）.
std::string item_number(std::size_t level, std::size_t position);

} // namespace plenum
