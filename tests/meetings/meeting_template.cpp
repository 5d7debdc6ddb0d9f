#include "tests/meetings/meeting_template.hpp"

#include "protocol/canonical_json.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace plenum::meetings {
namespace {

namespace fs = std::filesystem;

const fs::path schemas = fs::path(PLENUM_SOURCE_DIR) / "schemas";

/// Reads the file and writes it back: a member misspelt in it would be passed over by the codec.
template <class T>
T read_whole(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    auto value = boost::json::parse(text.str());
    auto read = from_json<T>(value);
    BOOST_REQUIRE_MESSAGE(read.has_value(),
                          file << ": " << (read ? "" : read.error().path + " " + read.error().expected));
    BOOST_REQUIRE_MESSAGE(canonical_json(value) == canonical_json(to_json(*read)), file);
    return std::move(*read);
}

} // namespace

std::vector<MeetingTemplate> shipped_templates()
{
    std::map<std::string, MeetingTemplate> templates;
    for (const auto& file : fs::directory_iterator(schemas / "meetings")) {
        auto read = read_whole<MeetingTemplate>(file.path());
        BOOST_TEST(file.path().filename().string() == read.id + ".json");
        templates.emplace(read.id, std::move(read));
    }
    std::vector<MeetingTemplate> listed;
    for (auto& [id, one] : templates)
        listed.push_back(std::move(one));
    return listed;
}

RuleBook shipped_book(BodyKind kind)
{
    const std::map<BodyKind, const char*> books{
        {BodyKind::congress, "cn.chongqing.congress"},
        {BodyKind::standing_committee, "cn.chongqing.standing_committee"},
        {BodyKind::council_of_chairs, "cn.council_of_chairs"},
        {BodyKind::presidium, "cn.presidium"},
        {BodyKind::delegation, "cn.delegation"},
        {BodyKind::town_congress, "cn.chongqing.town_congress"},
        {BodyKind::street_deliberation, "cn.street_deliberation"},
    };
    return read_whole<RuleBook>(schemas / "rules" / (books.at(kind) + std::string(".json")));
}

const RuleProfile& rule_called(const RuleBook& book, const std::string& ending)
{
    const auto found = std::ranges::find(book.rules, book.id + "." + ending, &RuleProfile::id);
    BOOST_REQUIRE_MESSAGE(found != book.rules.end(), book.id << " has no " << ending);
    return *found;
}

bool is_heading(const std::vector<AgendaRow>& items, std::size_t index)
{
    return index + 1 < items.size() && items[index + 1].level > items[index].level;
}

} // namespace plenum::meetings
