#include "server/papers/sheet_parts.hpp"

namespace plenum::papers {
namespace {

std::string fact(const char* opening, const LocalText& what, const std::string& html)
{
    return std::string(opening) + "<dt>" + both(what) + "</dt><dd>" + html + "</dd></div>\n";
}

} // namespace

std::string number(std::uint64_t value)
{
    return std::to_string(value);
}

std::string cell(std::uint64_t value)
{
    return "<td class=\"n\">" + number(value) + "</td>";
}

std::string head(const char* zh, const char* en)
{
    return "<th scope=\"col\">" + both(zh, en) + "</th>";
}

std::string figure_head(const char* zh, const char* en)
{
    return "<th scope=\"col\" class=\"n\">" + both(zh, en) + "</th>";
}

LocalText words_of_none(VoteMethod method)
{
    switch (method) {
    case VoteMethod::hands: return {"未举手", "no hand"};
    case VoteMethod::paper: return {"未投有效票", "no valid ballot"};
    case VoteMethod::console:
    case VoteMethod::no_objection: break;
    }
    return {"未按表决器", "not pressed"};
}

std::string listed(const std::vector<std::string>& texts)
{
    std::string html;
    for (const auto& text : texts)
        html += (html.empty() ? "" : "、") + escaped(text);
    return html;
}

void Facts::add(const LocalText& what, const std::string& html)
{
    html_ += fact("<div>", what, html);
}

void Facts::add_wide(const LocalText& what, const std::string& html)
{
    html_ += fact("<div class=\"wide\">", what, html);
}

std::string Facts::html() const
{
    return "<dl>\n" + html_ + "</dl>\n";
}

std::string rule_of(const LocalText& rule, const std::vector<LegalBasis>& basis)
{
    std::string html =
        "<p>" + escaped(rule.zh) + "</p>\n<p lang=\"en\"><small>" + escaped(rule.en) + "</small></p>\n";
    std::string articles;
    for (const auto& one : basis) {
        articles +=
            (articles.empty() ? "" : "；") + ("《" + escaped(one.law) + "》" + escaped(one.article_words()));
        if (!one.version_date.empty()) articles += "（" + escaped(one.version_date) + "）";
    }
    if (!articles.empty()) html += "<p>" + both("依据", "legal basis") + "：" + articles + "</p>\n";
    return html;
}

std::string identities(const std::vector<SheetIdentity>& all)
{
    if (all.empty()) return {};
    std::string html = "<h3>" + both("核对", "what must hold") + "</h3>\n<div class=\"holds\">\n";
    for (const auto& one : all) {
        const bool holds = one.is_at_most ? one.left <= one.right : one.left == one.right;
        html += std::string("<p") + (holds ? "" : " class=\"bad\"") + ">" + both(one.words) + "：" +
                number(one.left) + (one.is_at_most ? " ≤ " : " = ") + number(one.right) +
                (holds ? " ✓" : " ✗") + "</p>\n";
    }
    return html + "</div>\n";
}

std::string heading(const char* zh, const char* en, const std::string& title)
{
    return std::string("<h1>") + zh + "<small lang=\"en\">" + en + "</small></h1>\n<h2>" + escaped(title) +
           "</h2>\n";
}

std::string signatures()
{
    return "<div class=\"sign\"><span>" + both("主持人", "chair") + "</span><span>" +
           both("监票人、计票人", "scrutineers, tellers") + "</span><span>" + both("日期", "date") +
           "</span></div>\n";
}

TypeSize size_for(std::size_t lines)
{
    // What fits beside the head, the rule, the hashes and the signatures; measured in print.
    constexpr std::size_t plain_max = 6;
    constexpr std::size_t small_max = 14;
    constexpr std::size_t smaller_max = 24;
    constexpr std::size_t smallest_max = 34;
    if (lines <= plain_max) return TypeSize::plain;
    if (lines <= small_max) return TypeSize::small;
    if (lines <= smaller_max) return TypeSize::smaller;
    return lines <= smallest_max ? TypeSize::smallest : TypeSize::tiny;
}

std::string id_text(VoteId id)
{
    return "#" + number(static_cast<std::uint64_t>(id));
}

} // namespace plenum::papers
