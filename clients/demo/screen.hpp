#pragma once

#include "protocol/query.hpp"

#include <span>

namespace plenum::demo {

/// In which languages the terminal is written to.
enum class Language { both, zh, en };

/// Writes what happens to the terminal in the manner of the hall's screen: Chinese first, English after it.
class Screen {
public:
    explicit Screen(Language language) : language_(language) {}

    void say(const LocalText& text) const;
    /// Text of another program, as it is.
    void show(const std::string& text) const;
    /// 应到, 实到, 缺席 and whether the quorum is there.
    void attendance(const Counts& counts) const;
    /// One vote with all its figures, what was needed, and what it means.
    void result(const VoteView& vote) const;
    /// What has become of each item.
    void agenda(const AgendaView& agenda) const;
    /// All votes on one page.
    void sheet(const SittingView& sitting, std::span<const VoteView> votes) const;

private:
    Language language_;
};

/// 通过, 未通过, 作废…
LocalText words_of(const VoteView& vote);

} // namespace plenum::demo
