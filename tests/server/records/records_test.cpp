#include "server/records/records.hpp"

#include "server/records/words.hpp"
#include "tests/support/recorded_meeting.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(records_test)

using namespace plenum;
using records::Records;
using testing::RecordedMeeting;

namespace {

namespace fs = std::filesystem;

/// A file of this test's own, gone afterwards.
struct Place {
    fs::path path = fs::temp_directory_path() / ("plenum-records-" + std::to_string(::getpid()) + ".sqlite");
    Place() { clean(); }
    ~Place() { clean(); }
    void clean() const
    {
        for (const auto* suffix : {"", "-wal", "-shm"})
            fs::remove(path.string() + suffix);
    }
    Records open(const std::string& origin = "plenum.example/assembly-2026") const
    {
        auto opened = Records::open(path.string(), origin);
        BOOST_REQUIRE(opened.has_value());
        return std::move(*opened);
    }
};

/// A sitting with a leave, a speech, a decided vote, a voided one and a correction.
RecordedMeeting a_meeting()
{
    RecordedMeeting meeting;
    meeting.prelude(9, 7);
    const auto item = meeting.add_adopted_item("关于2026年财政预算调整方案的报告");
    meeting.write(meeting.desk, LeaveGranted{meeting.sitting, meeting.person(8), sha256("private")});
    const SpeechId speech{
        meeting.write(meeting.member(1),
                      SpeechRequested{meeting.sitting, meeting.person(1), SpeechKind::speech, item, {}})};
    meeting.write(meeting.chair, FloorGranted{speech, 600'000, ""});
    meeting.write(meeting.member(1), SpeechEnded{speech, SpeechEnd::speaker, 90'000});
    const auto vote = meeting.prepare(testing::simple_rule(), "关于预算调整的决议");
    meeting.open(vote);
    for (std::size_t at = 0; at < 6; ++at)
        meeting.cast(vote, meeting.person(at), at < 5 ? Choice::approve : Choice::oppose);
    VoteDecided decided;
    decided.vote = vote;
    decided.tally = {5, 1, 0, 1};
    decided.outcome = decide_outcome(testing::simple_rule(), 9, decided.tally, {});
    meeting.write(meeting.chair, VoteClosed{vote, ClosedBy::chair});
    meeting.write(meeting.chair, decided);
    meeting.write(meeting.chair, VoteAnnounced{vote});
    const auto failed = meeting.prepare(testing::simple_rule(), "设备试验");
    meeting.open(failed);
    meeting.write(meeting.chair, VoteVoided{failed, VoidReason::equipment_failure, "表决器故障"});
    meeting.write(meeting.secretary, RecordCorrected{3, "张三", "张珊", "录入错误"});
    meeting.write(meeting.chair, SittingClosed{meeting.sitting});
    return meeting;
}

std::vector<std::string> leaves(const RecordedMeeting& meeting, std::size_t from, std::size_t to)
{
    std::vector<std::string> bytes;
    for (auto at = from; at < to; ++at)
        bytes.push_back(encode_entry(meeting.entries[at]));
    return bytes;
}

records::BlobSource blobs_of(const RecordedMeeting& meeting)
{
    return [&meeting](const Digest& digest) -> std::optional<std::string> {
        const auto found = meeting.blobs.find(digest);
        return found == meeting.blobs.end() ? std::nullopt : std::optional(found->second);
    };
}

std::string content(const Records& read_model)
{
    std::string all;
    for (const auto* table : {"body", "person", "member", "meeting", "sitting", "sitting_member", "item",
                              "vote", "speech", "correction", "duty_record", "result"}) {
        const auto rows = read_model.select("SELECT * FROM " + std::string(table) + " ORDER BY 1, 2", 10'000);
        BOOST_REQUIRE(rows.has_value());
        all += std::string(table) + '\n';
        for (const auto& row : rows->rows) {
            for (const auto& value : row)
                all += value + '|';
            all += '\n';
        }
    }
    return all;
}

std::string one(const Records& read_model, const std::string& sql)
{
    const auto rows = read_model.select(sql, 1);
    BOOST_REQUIRE(rows.has_value() && rows->rows.size() == 1U);
    return rows->rows.front().front();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_meeting_can_be_asked_about_in_sql)
{
    const Place place;
    auto read_model = place.open();
    const auto meeting = a_meeting();
    BOOST_REQUIRE(read_model.take(leaves(meeting, 0, meeting.entries.size()), blobs_of(meeting)).has_value());
    BOOST_TEST(read_model.entries() == meeting.entries.size());
    BOOST_TEST(one(read_model, "SELECT approve || '/' || oppose || '/' || not_pressed FROM result") ==
               "5/1/1");
    BOOST_TEST(one(read_model, "SELECT verdict FROM result") == "passed");
    BOOST_TEST(one(read_model, "SELECT count(*) FROM result") == "1"); // The voided attempt has none.
    BOOST_TEST(one(read_model, "SELECT void_reason FROM vote WHERE state = 'voided'") == "equipment_failure");
    BOOST_TEST(one(read_model, "SELECT sum(due) FROM duty_record") == "9");
    BOOST_TEST(one(read_model, "SELECT sum(came) FROM duty_record") == "7");
    BOOST_TEST(one(read_model, "SELECT sum(on_leave) FROM duty_record") == "1");
    BOOST_TEST(one(read_model, "SELECT max(spoken_ms) FROM duty_record") == "90000");
    BOOST_TEST(one(read_model, "SELECT should_read FROM correction") == "张珊");
}

/// The promise made to deputies: statistics hold that somebody was there, never how anybody voted.
BOOST_AUTO_TEST_CASE(who_pressed_what_is_in_no_table)
{
    const Place place;
    auto read_model = place.open();
    auto meeting = a_meeting();
    const auto before = meeting.entries.size();
    BOOST_REQUIRE(read_model.take(leaves(meeting, 0, before), blobs_of(meeting)).has_value());
    const auto with = content(read_model);
    for (auto& entry : meeting.entries) {
        if (auto* cast = std::get_if<VoteCast>(&entry.event)) cast->choice = Choice::abstain;
    }
    BOOST_REQUIRE(read_model.clear().has_value());
    BOOST_REQUIRE(read_model.take(leaves(meeting, 0, before), blobs_of(meeting)).has_value());
    BOOST_TEST(content(read_model) == with);
}

BOOST_AUTO_TEST_CASE(it_is_the_same_however_it_was_filled_and_after_every_restart)
{
    const auto meeting = a_meeting();
    const auto all = meeting.entries.size();
    std::string at_once;
    {
        const Place place;
        auto read_model = place.open();
        BOOST_REQUIRE(read_model.take(leaves(meeting, 0, all), blobs_of(meeting)).has_value());
        at_once = content(read_model);
    }
    const Place place;
    for (std::size_t at = 0; at < all; at += 3) {
        auto read_model = place.open(); // A new process each time.
        BOOST_REQUIRE(read_model.entries() == at);
        BOOST_REQUIRE(
            read_model.take(leaves(meeting, at, std::min(at + 3, all)), blobs_of(meeting)).has_value());
    }
    BOOST_TEST(content(place.open()) == at_once);
}

BOOST_AUTO_TEST_CASE(a_damaged_file_another_log_and_a_changed_history_are_noticed)
{
    const auto meeting = a_meeting();
    const auto all = meeting.entries.size();
    const auto fill = [&](Records& read_model) {
        BOOST_REQUIRE(read_model.take(leaves(meeting, 0, all), blobs_of(meeting)).has_value());
    };
    const Place place;
    {
        auto read_model = place.open();
        fill(read_model);
        BOOST_TEST(read_model.continues(leaf_hash(bytes_of(encode_entry(meeting.entries.back())))));
        BOOST_TEST(!read_model.continues(leaf_hash(bytes_of("another entry"))));
    }
    BOOST_TEST(place.open("plenum.example/another").entries() == 0U);
    {
        auto read_model = place.open();
        fill(read_model);
    }
    const auto whole = content(place.open());
    {
        std::fstream file(place.path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(0);
        file << "this was a database once";
    }
    auto again = place.open();
    BOOST_TEST(again.entries() == 0U);
    fill(again);
    BOOST_TEST(content(again) == whole);
}

BOOST_AUTO_TEST_CASE(entries_come_in_order_and_all_of_a_call_or_none)
{
    const Place place;
    auto read_model = place.open();
    const auto meeting = a_meeting();
    BOOST_TEST(read_model.take(leaves(meeting, 1, 3), blobs_of(meeting)).has_error());
    auto bytes = leaves(meeting, 0, meeting.entries.size());
    bytes.back() = "not an entry";
    BOOST_TEST(read_model.take(bytes, blobs_of(meeting)).has_error());
    BOOST_TEST(read_model.entries() == 0U);
    const auto without_blobs = [](const Digest&) { return std::optional<std::string>(); };
    BOOST_TEST(read_model.take(leaves(meeting, 0, meeting.entries.size()), without_blobs).has_error());
    BOOST_TEST(read_model.entries() == 0U);
    BOOST_TEST(one(read_model, "SELECT count(*) FROM body") == "0");
}

BOOST_AUTO_TEST_CASE(search_finds_chinese_words_of_any_length)
{
    const Place place;
    auto read_model = place.open();
    const auto meeting = a_meeting();
    BOOST_REQUIRE(read_model.take(leaves(meeting, 0, meeting.entries.size()), blobs_of(meeting)).has_value());
    const auto kinds = [&](const std::string& typed) {
        std::set<std::string> found;
        const auto hits = read_model.search(typed, 50);
        BOOST_REQUIRE(hits.has_value());
        for (const auto& hit : *hits)
            found.insert(hit.kind);
        return found;
    };
    BOOST_TEST(kinds("预算") == (std::set<std::string>{"item.added", "vote.prepared"}),
               boost::test_tools::per_element());
    BOOST_TEST(kinds("2026 报告") == (std::set<std::string>{"item.added"}), boost::test_tools::per_element());
    BOOST_TEST(kinds("珊") == (std::set<std::string>{"record.corrected"}), boost::test_tools::per_element());
    BOOST_TEST(kinds("算预").empty());
    BOOST_TEST(kinds("\"预算").size() == 2U); // What is typed is never a query language.
    BOOST_TEST(read_model.search("  \" ", 5).has_error());
}

BOOST_AUTO_TEST_CASE(a_member_is_found_once_however_often_the_roster_is_imported)
{
    const Place place;
    auto read_model = place.open();
    RecordedMeeting meeting;
    meeting.prelude(9, 7);
    auto members = meeting.rosters.at(meeting.body).members;
    meeting.adopt_roster(meeting.body, members, meeting.secretary);
    members.front().name = "更名者";
    meeting.adopt_roster(meeting.body, members, meeting.secretary);
    BOOST_REQUIRE(read_model.take(leaves(meeting, 0, meeting.entries.size()), blobs_of(meeting)).has_value());
    for (const auto* name : {"代表2", "更名者"}) {
        const auto hits = read_model.search(name, 50);
        BOOST_REQUIRE(hits.has_value() && hits->size() == 1U);
        BOOST_TEST(hits->front().kind == RosterAdopted::kind);
        BOOST_TEST(hits->front().at_ms == *meeting.entries.at(hits->front().seq).at_ms);
    }
}

BOOST_AUTO_TEST_CASE(a_body_made_by_mistake_is_in_no_table_and_why_it_went_is_found)
{
    const Place place;
    auto read_model = place.open();
    RecordedMeeting meeting;
    meeting.prelude(9, 7);
    const BodyId body{
        meeting.write(meeting.secretary, BodyCreated{BodyKind::delegation, "第一代表团", meeting.body})};
    meeting.adopt_roster(body, meeting.rosters.at(meeting.body).members, meeting.secretary);
    const auto id = std::to_string(number(body));
    const auto count = [&](const std::string& from) {
        return one(read_model, "SELECT count(*) FROM " + from);
    };
    const auto members = "member WHERE body = " + id;
    const auto known = meeting.entries.size();
    BOOST_REQUIRE(read_model.take(leaves(meeting, 0, known), blobs_of(meeting)).has_value());
    BOOST_TEST(count(members) == "9");
    meeting.write(meeting.secretary, BodyRemoved{body, "分组有误"});
    BOOST_REQUIRE(
        read_model.take(leaves(meeting, known, meeting.entries.size()), blobs_of(meeting)).has_value());
    BOOST_TEST(count(members) == "0");
    BOOST_TEST(count("body WHERE id = " + id) == "0");
    BOOST_TEST(count("member") == "9");
    BOOST_TEST(read_model.search("分组有误", 5)->size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_new_name_an_office_taken_back_and_a_sitting_called_off_are_found_by_their_reason)
{
    const Place place;
    auto read_model = place.open();
    RecordedMeeting meeting;
    meeting.prelude(9, 7);
    const auto second = meeting.create_sitting(meeting.meeting, "第二次全体会议");
    const auto officer = meeting.appoint("操作员", Role::operator_, meeting.body, meeting.secretary);
    meeting.write(meeting.secretary, BodyRenamed{meeting.body, "区人大常委会", "名称更正"});
    meeting.write(meeting.secretary, SittingCancelled{second, "不再举行"});
    meeting.write(meeting.secretary,
                  OfficerDismissed{*officer.person, officer.role, meeting.body, "工作调动"});
    meeting.suspend(meeting.person(0));
    BOOST_REQUIRE(read_model.take(leaves(meeting, 0, meeting.entries.size()), blobs_of(meeting)).has_value());
    BOOST_TEST(one(read_model, "SELECT name FROM body WHERE id = " + std::to_string(number(meeting.body))) ==
               "区人大常委会");
    BOOST_TEST(one(read_model, "SELECT state FROM sitting WHERE id = " + std::to_string(number(second))) ==
               "closed");
    for (const auto* reason : {"名称更正", "区人大常委会", "不再举行", "工作调动", "被立案调查"})
        BOOST_TEST(read_model.search(reason, 5)->size() == 1U, reason);
}

/// What the quick check of SQLite does not look into.
BOOST_AUTO_TEST_CASE(a_search_index_that_contradicts_its_texts_is_noticed)
{
    const Place place;
    const auto meeting = a_meeting();
    {
        auto read_model = place.open();
        BOOST_REQUIRE(
            read_model.take(leaves(meeting, 0, meeting.entries.size()), blobs_of(meeting)).has_value());
    }
    {
        SQLite::Database file(place.path.string(), SQLite::OPEN_READWRITE);
        file.exec("UPDATE search_content SET c0 = 'other words'");
    }
    BOOST_TEST(place.open().entries() == 0U);
}

BOOST_AUTO_TEST_CASE(a_question_cannot_change_anything)
{
    const Place place;
    auto read_model = place.open();
    for (const auto* sql : {"DELETE FROM progress", "DROP TABLE body", "not sql", ""}) {
        BOOST_TEST(read_model.select(sql, 5).has_error(), "accepted: " << sql);
    }
    BOOST_TEST(read_model.entries() == 0U);
}

BOOST_AUTO_TEST_CASE(characters_stand_apart_and_nothing_else_does)
{
    BOOST_TEST(records::spaced("预算A1") == " 预  算 A1");
    BOOST_TEST(records::spaced("\U00020bb7") == " \U00020bb7 ");
    BOOST_TEST(records::spaced("a\xff"
                               "b") == "ab");
    using std::literals::operator""s;
    BOOST_TEST(records::spaced("\xe9\xa2\0x"s) == "x"); // Three bytes that are no character.
    BOOST_TEST(records::query_of("a\0b"s) == "\"ab\""); // SQLite would read no further.
    BOOST_TEST(records::query_of("预算  x") == "\" 预  算 \" \"x\"");
    BOOST_TEST(records::query_of("a\u3000b") == "\"a\" \"b\""); // The space of Chinese keyboards.
    BOOST_TEST(records::query_of("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
