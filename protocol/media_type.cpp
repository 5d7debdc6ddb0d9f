#include "protocol/media_type.hpp"

#include "protocol/text.hpp"

namespace plenum {

std::string_view media_type_of(std::string_view content)
{
    using std::literals::operator""sv;
    if (content.starts_with("%PDF-"sv)) return "application/pdf";
    if (content.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
    if (content.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
    if (content.starts_with("RIFF"sv) && content.substr(0, 12).ends_with("WEBP"sv) && content.size() >= 12)
        return "image/webp";
    if (is_document(content, content.size())) return "text/plain; charset=utf-8";
    return media_type_unknown;
}

} // namespace plenum
