#include "clients/replay/codes_file.hpp"
#include "clients/replay/sitting_file.hpp"
#include "clients/replay/unpack.hpp"
#include "tests/clients/replay/small_sitting.hpp"

#include <boost/test/unit_test.hpp>

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(sitting_file_test)

namespace {

std::string temporary_file(const std::string& name)
{
    return (std::filesystem::temp_directory_path() / ("plenum-test-" + std::to_string(getpid()) + "-" + name))
        .string();
}

void write_gzip(const std::string& path, const std::string& content)
{
    auto* archive = archive_write_new();
    archive_write_add_filter_gzip(archive);
    archive_write_set_format_raw(archive);
    BOOST_REQUIRE_EQUAL(archive_write_open_filename(archive, path.c_str()), ARCHIVE_OK);
    auto* entry = archive_entry_new();
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_write_header(archive, entry);
    BOOST_REQUIRE_EQUAL(archive_write_data(archive, content.data(), content.size()),
                        static_cast<la_ssize_t>(content.size()));
    archive_entry_free(entry);
    archive_write_close(archive);
    archive_write_free(archive);
}

BOOST_AUTO_TEST_CASE(a_sitting_is_read_with_members_marks_and_official_figures)
{
    const auto file = read_sitting(small_sitting(5));
    BOOST_REQUIRE_MESSAGE(file.has_value(), file.error().sentence);
    BOOST_TEST(file->chamber == "Assembly of the test");
    BOOST_TEST(file->members.size() == 12U);
    BOOST_TEST(file->members[3].name == "成员 4");
    BOOST_TEST(file->members[3].group == "右");
    BOOST_REQUIRE_EQUAL(file->votes.size(), 5U);
    const auto& vote = file->votes[3];
    BOOST_TEST(vote.id == "v4");
    BOOST_TEST((vote.marks.front() == Mark::absent));
    BOOST_TEST((vote.marks[10] == Mark::not_voting));
    BOOST_TEST(*vote.official.approve == 5U);
    BOOST_TEST(*vote.official.not_voting == 3U);
    BOOST_TEST(*vote.official.passed);
    BOOST_TEST(vote.majority->type == "ABSOLUTE_MAJORITY");
    BOOST_TEST(*vote.majority->votes_needed == 5U);
    BOOST_REQUIRE_EQUAL(file->checks.size(), 1U);
    BOOST_TEST(std::ranges::count(file->checks[0].present, true) == 3);
    BOOST_TEST(*file->checks[0].official_absent == 9U);
}

BOOST_AUTO_TEST_CASE(figures_of_groups_and_labels_of_the_agenda_reach_their_votes)
{
    const auto file = read_sitting(R"({"members":[{"id":"1","name":"A","group":"G"}],"other_votes":[{},{}],
        "agenda":[{"label":"majority of something","votes":["7"]},{"label":"another","votes":[]}],
        "votes":[{"id":"7","title":"t","separate_majorities":true,"choices":{},
            "official":{"for":0,"by_group":{"G":{"for":1,"present":2,"voted":1,"result":"rejected"}}}},
                 {"id":"8","choices":{"1":"for"},"official":{}}]})");
    BOOST_REQUIRE_MESSAGE(file.has_value(), file.error().sentence);
    const auto& vote = file->votes[0];
    BOOST_TEST(vote.agenda_label == "majority of something");
    BOOST_TEST(*vote.separate_majorities);
    BOOST_TEST((vote.marks[0] == Mark::absent)); // Not in the list.
    BOOST_REQUIRE_EQUAL(vote.official.groups.size(), 1U);
    BOOST_TEST(vote.official.groups[0].group == "G");
    BOOST_TEST(*vote.official.groups[0].cast == 1U);
    BOOST_TEST(!*vote.official.groups[0].passed);
    BOOST_TEST(!vote.official.groups[0].oppose.has_value());
    BOOST_TEST(!file->votes[1].official.passed.has_value());
    BOOST_TEST(file->votes[1].agenda_label.empty());
    BOOST_TEST(file->votes_without_list == 2U);
}

BOOST_AUTO_TEST_CASE(what_is_no_sitting_is_refused_in_words)
{
    const struct {
        const char* name;
        const char* text;
        const char* words;
    } cases[] = {
        {"no JSON", "{", "not JSON"},
        {"a list", "[]", "not a sitting"},
        {"no members", R"({"votes":[]})", "no members"},
        {"no votes", R"({"members":[{"id":"1"}]})", "no votes"},
        {"a member without id", R"({"members":[{"name":"A"}]})", "no id"},
        {"an id twice", R"({"members":[{"id":"1"},{"id":"1"}]})", "used twice"},
        {"an unknown member",
         R"({"members":[{"id":"1"}],"votes":[{"id":"9","choices":{"2":"for"},"official":{}}]})",
         "no member has the id 2"},
        {"an unknown choice",
         R"({"members":[{"id":"1"}],"votes":[{"id":"9","choices":{"1":"yes"},"official":{}}]})",
         "a choice that is none"},
        {"no figures", R"({"members":[{"id":"1"}],"votes":[{"id":"9","choices":{}}]})",
         "no official figures"},
    };
    for (const auto& c : cases) {
        BOOST_TEST_CONTEXT(c.name)
        {
            const auto file = read_sitting(c.text);
            BOOST_REQUIRE(file.has_error());
            BOOST_TEST(file.error().sentence.find(c.words) != std::string::npos, file.error().sentence);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_file_is_read_packed_and_unpacked)
{
    const auto path = temporary_file("sitting.json");
    const auto text = small_sitting(5);
    std::ofstream(path, std::ios::binary) << text;
    BOOST_TEST(*unpack_file(path) == text);
    write_gzip(path + ".gz", text);
    BOOST_TEST(std::filesystem::file_size(path + ".gz") < text.size());
    BOOST_TEST(*unpack_file(path + ".gz") == text);
    BOOST_TEST(read_sitting_file(path + ".gz")->votes.size() == 5U);

    std::filesystem::resize_file(path + ".gz", std::filesystem::file_size(path + ".gz") / 2);
    BOOST_TEST(read_sitting_file(path + ".gz").has_error());
    std::filesystem::remove(path);
    std::filesystem::remove(path + ".gz");
    BOOST_TEST(read_sitting_file(path).has_error());
}

BOOST_AUTO_TEST_CASE(lists_of_access_codes_are_read_with_quoted_cells)
{
    const auto lines = read_codes(
        "number,name,role,code\n,秘书处,secretary,AAAA\n7,\"Doe, \"\"Jo\"\"\",delegate,BBBB\r\n\n");
    BOOST_REQUIRE_MESSAGE(lines.has_value(), lines.error().sentence);
    BOOST_REQUIRE_EQUAL(lines->size(), 2U);
    BOOST_TEST((*lines)[1].name == "Doe, \"Jo\"");
    BOOST_TEST((*lines)[1].code == "BBBB");
    BOOST_TEST(*code_of(*lines, Role::secretary) == "AAAA");
    BOOST_TEST(code_of(*lines, Role::hall).has_error());
    for (const auto* bad :
         {"", "a,b\n", "number,name,role,code\n1,A,king,C\n", "number,name,role,code\n1,A\n"}) {
        BOOST_TEST(read_codes(bad).has_error());
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
