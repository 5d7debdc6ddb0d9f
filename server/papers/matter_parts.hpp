#pragma once

#include "server/papers/sheet_parts.hpp"

// What a vote is in law beside its question, what was set aside for it, and what others decided of it, as its
// sheet tells them.

namespace plenum::papers {

/// What part of an item it is on, whom it is about, what is put together in it, and the paper voted on.
void add_matter(Facts& facts, const ResultSheet& sheet);

/// Who stands for a base that is not the roster's beside whoever wrote it down; empty where nobody has to.
std::string confirmation(const VoteView& vote);

/// Where the result stands by the decisions of others.
std::string sequel(const VoteView& vote);

/// Procedural errors that were set aside, by whom and why; and that the vote belongs to no item.
std::string overrides(const ResultSheet& sheet);

} // namespace plenum::papers
