#pragma once

#include "protocol/rules/profile.hpp"

// Pieces of the rule in words that votes of every kind have in common.

namespace plenum::chamber {

/// 过半数, 三分之二以上, 超过三分之二.
LocalText words_of_share(const Threshold& threshold);

/// Adds a sentence in both languages, without its full stop.
void say(LocalText& words, const std::string& zh, const std::string& en);

/// How one votes. Members by video raise their hands wherever hands can be counted.
void say_method(LocalText& words, const RuleProfile& profile);

/// Who ends the voting, and when.
void say_closing(LocalText& words, const RuleProfile& profile);

} // namespace plenum::chamber
