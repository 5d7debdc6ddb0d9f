#include "server/papers/page.hpp"

namespace plenum::papers {
namespace {

constexpr const char* style = R"(
@page { size: A4; margin: 12mm 14mm }
* { box-sizing: border-box }
body { max-width: 182mm; margin: 0 auto; padding: 4mm; color: #111; background: #fff;
  font: 10.5pt/1.45 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, "Songti SC", serif }
main.small { font-size: 9pt; line-height: 1.36 }
main.smaller { font-size: 8pt; line-height: 1.28 }
main.smallest { font-size: 7pt; line-height: 1.2 }
main.tiny { font-size: 6pt; line-height: 1.16 }
h1 { margin: 0; font-size: 1.6em; text-align: center; letter-spacing: .1em }
h1 small { margin-left: .6em; font-size: .55em; letter-spacing: 0; color: #555 }
h2 { margin: .4em 0; font-size: 1.25em; text-align: center; overflow-wrap: anywhere }
h3 { margin: .5em 0 .1em; font-size: 1em; border-bottom: .3mm solid #999 }
small { color: #555; font-size: .78em }
p { margin: .15em 0 }
table { width: 100%; border-collapse: collapse; break-inside: auto }
thead { display: table-header-group }
tr { break-inside: avoid }
th, td { padding: .1em .4em; border: .2mm solid #bbb; text-align: left; vertical-align: top;
  overflow-wrap: anywhere }
td.n, th.n { text-align: right; white-space: nowrap; overflow-wrap: normal;
  font-variant-numeric: tabular-nums }
th.n small { display: block }
tr.won th { font-weight: 700 }
tr:not(.won) > th[scope=row] { font-weight: 400 }
dl { display: grid; grid-template-columns: 1fr 1fr; margin: 0; border: solid #bbb;
  border-width: .2mm 0 0 .2mm }
dl > div { display: flex; gap: .6em; padding: .16em .4em; border: solid #bbb; border-width: 0 .2mm .2mm 0 }
dl > .wide { grid-column: 1 / -1 }
dt { flex: none; font-weight: 700 }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums }
.columns { display: grid; gap: 0 3mm; align-items: start }
.of2 { grid-template-columns: 1fr 1fr }
.of3 { grid-template-columns: 1fr 1fr 1fr }
.of2 td:last-child, .of3 td:last-child { white-space: nowrap }
.of3 td small { display: none }
.holds { display: grid; grid-template-columns: 1fr 1fr; gap: 0 3mm }
.figures td { font-size: 1.45em; font-weight: 700; text-align: center }
.figures th { text-align: center }
.verdict { margin: .4em auto; padding: .1em 1.6em; width: fit-content; border: .6mm solid #111;
  font-size: 1.45em; font-weight: 700; letter-spacing: .2em }
.verdict small { letter-spacing: 0 }
.sign { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 6mm; margin-top: .8em; break-inside: avoid }
.sign span { border-bottom: .2mm solid #111; padding-bottom: 1.9em }
code { font: .74em/1.3 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
.bad { font-weight: 700 }
@media screen and (max-width: 34rem) { .columns, .holds, dl { grid-template-columns: minmax(0, 1fr) } }
@media print { body { padding: 0; max-width: none } })";

} // namespace

std::string escaped(std::string_view text)
{
    std::string html;
    html.reserve(text.size());
    for (const char letter : text) {
        switch (letter) {
        case '&': html += "&amp;"; break;
        case '<': html += "&lt;"; break;
        case '>': html += "&gt;"; break;
        case '"': html += "&quot;"; break;
        case '\'': html += "&#39;"; break;
        default: html += letter;
        }
    }
    return html;
}

std::string both(const LocalText& text)
{
    return escaped(text.zh) + " <small lang=\"en\">" + escaped(text.en) + "</small>";
}

std::string both(const char* zh, const char* en)
{
    return both(LocalText{zh, en});
}

std::size_t width_of(std::string_view text)
{
    std::size_t width = 0;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if ((byte & 0xC0U) == 0x80U) continue; // the first byte of a character has counted it
        width += byte < 0xE0U ? 1 : 2;
    }
    return width;
}

std::string page(const std::string& title, const std::string& body, TypeSize size)
{
    return "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
           escaped(title) + "</title>\n<style>" + style + "\n</style>\n</head>\n<body>\n<main class=\"" +
           std::string(codec::enum_name(size)) + "\">\n" + body + "</main>\n</body>\n</html>\n";
}

} // namespace plenum::papers
