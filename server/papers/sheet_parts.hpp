#pragma once

#include "protocol/view/sheet.hpp"
#include "server/papers/page.hpp"
#include "server/papers/words.hpp"

// What the sheet of one vote and that of a series have in common. All of them are HTML.

namespace plenum::papers {

/// A figure in digits.
std::string number(std::uint64_t value);

/// A cell with a figure.
std::string cell(std::uint64_t value);

/// A head of a column; of one with figures.
std::string head(const char* zh, const char* en);
std::string figure_head(const char* zh, const char* en);

/// The word for what an enum says.
template <class Enum>
LocalText words_of(Enum value)
{
    return words_for(std::string(codec::enum_name(value)));
}

/// What nobody gave, by the method: not pressed, no hand, no valid ballot.
LocalText words_of_none(VoteMethod method);

/// A vote by its number: #42.
std::string id_text(VoteId id);

/// Texts in one line, which may hold anything: 甲、乙.
std::string listed(const std::vector<std::string>& texts);

/// What is known of a vote before its figures: two to a line, the wide ones alone.
class Facts {
public:
    void add(const LocalText& what, const std::string& html);
    void add_wide(const LocalText& what, const std::string& html);
    std::string html() const;

private:
    std::string html_;
};

/// 会议: body, meeting and sitting; 议题 where there is one.
template <class Sheet>
void add_place(Facts& facts, const Sheet& sheet)
{
    facts.add_wide({"会议", "meeting"},
                   escaped(sheet.body) + "，" + escaped(sheet.meeting) + "，" + escaped(sheet.sitting));
    if (!sheet.item.empty()) facts.add_wide({"议题", "item"}, escaped(sheet.item));
}

/// The rule in words with its articles.
std::string rule_of(const LocalText& rule, const std::vector<LegalBasis>& basis);

/// 核对: what must hold, two to a line, and whether it does.
std::string identities(const std::vector<SheetIdentity>& all);

/// What kind of page it is, in both languages, and of what.
std::string heading(const char* zh, const char* en, const std::string& title);

/// Room for those who sign.
std::string signatures();

/// How small a page has to be set for this many lines beside those every sheet has.
TypeSize size_for(std::size_t lines);

} // namespace plenum::papers
