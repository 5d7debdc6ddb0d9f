#include "server/papers/page.hpp"

namespace plenum::papers {
namespace {

constexpr const char* style = R"(
@page { size: A4; margin: 14mm 16mm }
* { box-sizing: border-box }
body { max-width: 178mm; margin: 0 auto; padding: 4mm; color: #111; background: #fff;
  font: 10.5pt/1.45 "Noto Serif CJK SC", "Source Han Serif SC", SimSun, "Songti SC", serif }
h1 { margin: 0; font-size: 17pt; text-align: center; letter-spacing: .1em }
h1 small { display: block; font-size: 9pt; letter-spacing: 0; color: #555 }
h2 { margin: 3mm 0 2mm; font-size: 13pt; text-align: center; overflow-wrap: anywhere }
h3 { margin: 3mm 0 1mm; font-size: 10.5pt; border-bottom: .3mm solid #999 }
small { color: #555; font-size: 8pt }
p { margin: 1mm 0 }
table { width: 100%; border-collapse: collapse }
th, td { padding: .8mm 1.6mm; border: .2mm solid #bbb; text-align: left; vertical-align: top;
  overflow-wrap: anywhere }
td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
tr.won th { font-weight: 700 }
.figures td { font-size: 15pt; font-weight: 700; text-align: center }
.figures th { text-align: center }
.verdict { margin: 2mm auto; padding: 1mm 8mm; width: fit-content; border: .6mm solid #111;
  font-size: 16pt; font-weight: 700; letter-spacing: .2em }
.verdict small { letter-spacing: 0 }
.sign { display: grid; grid-template-columns: 1fr 1fr 1fr; gap: 6mm; margin-top: 8mm }
.sign span { border-bottom: .2mm solid #111; padding-bottom: 7mm }
code { font: 7.5pt/1.3 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere }
.bad { font-weight: 700 }
@media print { body { padding: 0 } })";

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

std::string row(const LocalText& head, const std::string& value)
{
    return "<tr><th scope=\"row\">" + both(head) + "</th><td>" + value + "</td></tr>\n";
}

std::string page(const std::string& title, const std::string& body)
{
    return "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
           escaped(title) + "</title>\n<style>" + style + "\n</style>\n</head>\n<body>\n" + body +
           "</body>\n</html>\n";
}

} // namespace plenum::papers
