#include "tests/schemas/header_comments.hpp"

#include <fstream>
#include <regex>
#include <stdexcept>

namespace {

constexpr const char* headers[] = {"protocol/ids.hpp",
                                   "protocol/digest.hpp",
                                   "protocol/role.hpp",
                                   "protocol/local_text.hpp",
                                   "protocol/rules/share.hpp",
                                   "protocol/rules/provisions.hpp",
                                   "protocol/rules/profile.hpp",
                                   "protocol/rules/outcome.hpp",
                                   "protocol/rules/threshold.hpp",
                                   "protocol/rules/places.hpp",
                                   "protocol/rules/list_ballot.hpp",
                                   "protocol/rules/grades.hpp",
                                   "protocol/rules/ballots.hpp",
                                   "protocol/rules/ballot_list.hpp",
                                   "protocol/schedule.hpp",
                                   "protocol/event/log.hpp",
                                   "protocol/event/body.hpp",
                                   "protocol/event/meeting.hpp",
                                   "protocol/event/agenda.hpp",
                                   "protocol/event/attendance.hpp",
                                   "protocol/event/floor.hpp",
                                   "protocol/event/vote.hpp",
                                   "protocol/event/secret_vote.hpp",
                                   "protocol/command/body.hpp",
                                   "protocol/command/meeting.hpp",
                                   "protocol/command/agenda.hpp",
                                   "protocol/command/attendance.hpp",
                                   "protocol/command/floor.hpp",
                                   "protocol/command/vote.hpp",
                                   "protocol/command/secret_vote.hpp",
                                   "protocol/view/agenda.hpp",
                                   "protocol/view/sitting.hpp",
                                   "protocol/view/vote.hpp",
                                   "protocol/ballot/shape.hpp",
                                   "protocol/view/secret_vote.hpp",
                                   "protocol/view.hpp",
                                   "protocol/query/attendance.hpp",
                                   "protocol/query/secret_vote.hpp",
                                   "protocol/query.hpp",
                                   "protocol/refusal.hpp"};

std::string trimmed(const std::string& text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

void append(std::string& text, const std::string& more)
{
    if (!text.empty() && !more.empty()) text += ' ';
    text += more;
}

} // namespace

HeaderComments::HeaderComments(const std::string& root)
{
    for (const auto* header : headers)
        read(root + '/' + header);
}

void HeaderComments::read(const std::string& file)
{
    static const std::regex type(R"(^(?:struct|enum class) (\w+)\b.*\{(.*)$)");
    static const std::regex member(R"(^(?:[\w:<>, ]+ )?(\w+?)_?(?:\{\}| = [^;,]*)?[;,]?\s*(?:///< (.*))?$)");
    std::ifstream in(file);
    if (!in) throw std::runtime_error("cannot read " + file);
    std::string line, above, current;
    for (std::smatch found; std::getline(in, line);) {
        const auto text = trimmed(line);
        if (text.starts_with("/// ")) {
            append(above, text.substr(4));
        } else if (current.empty() && std::regex_match(text, found, type)) {
            comments_[found[1]] = above;
            current = text.ends_with('{') ? found[1].str() : std::string();
            above.clear();
        } else if (!current.empty() && text.starts_with("}")) {
            current.clear();
            above.clear();
        } else if (!current.empty() && std::regex_match(text, found, member)) {
            append(above, found[2]);
            if (!above.empty()) comments_[current + '.' + found[1].str()] = above;
            above.clear();
        } else {
            above.clear();
        }
    }
}

std::string HeaderComments::of(const std::string& type) const
{
    const auto found = comments_.find(type);
    return found == comments_.end() ? std::string() : found->second;
}

std::string HeaderComments::of(const std::string& type, std::string_view member) const
{
    return of(type + '.' + std::string(member));
}
