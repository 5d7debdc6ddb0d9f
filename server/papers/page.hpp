#pragma once

#include "protocol/rules/profile.hpp"

namespace plenum::papers {

/// How small a page is set, so that what stands on it fits one sheet of A4.
enum class TypeSize { plain, small, smaller, smallest, tiny };
BOOST_DESCRIBE_ENUM(TypeSize, plain, small, smaller, smallest, tiny)

/// What stands in HTML for this text.
std::string escaped(std::string_view text);

/// A text in both languages as one cell has them: Chinese, and English smaller behind it.
std::string both(const LocalText& text);
std::string both(const char* zh, const char* en);

/// How wide a text is set, in widths of a Latin letter: a Chinese character takes two.
std::size_t width_of(std::string_view text);

/// A whole page around `body`, set for A4.
std::string page(const std::string& title, const std::string& body, TypeSize size);

} // namespace plenum::papers
