#include "tests/end_to_end/chamber.hpp"
#include "tests/end_to_end/secret_hall.hpp"

#include <boost/test/unit_test.hpp>

#include <sodium.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>
#include <unordered_map>

// Secret votes through real programs: the server killed while ballots come, and a search of everything it
// leaves behind for anything only a console may know.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(secret_votes_test)

namespace {

namespace fs = std::filesystem;

/// Byte strings nobody but a console may ever hold, looked for as they are, in hexadecimal and in base64url.
class Canaries {
public:
    void add(ByteView secret, const std::string& what)
    {
        std::string raw(text_of(secret));
        add_spelling(raw, what);
        std::string hex(2 * raw.size() + 1, '\0');
        sodium_bin2hex(hex.data(), hex.size(), secret.data(), secret.size());
        hex.pop_back();
        add_spelling(hex, what + " in hexadecimal");
        std::string base64(sodium_base64_ENCODED_LEN(raw.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                           '\0');
        sodium_bin2base64(base64.data(), base64.size(), secret.data(), secret.size(),
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING);
        base64.resize(std::strlen(base64.c_str()));
        add_spelling(base64, what + " in base64url");
    }

    std::size_t size() const { return spellings_.size(); }

    /// What of it stands in these bytes; empty: nothing.
    std::string find(std::string_view bytes) const
    {
        for (std::size_t at = 0; at + sizeof(std::uint64_t) <= bytes.size(); ++at) {
            const auto begins = start_of(bytes.substr(at));
            if (!maybe_[begins % maybe_.size()]) continue;
            const auto [first, last] = starts_.equal_range(begins);
            for (auto found = first; found != last; ++found) {
                const auto& [text, what] = spellings_[found->second];
                if (bytes.substr(at, text.size()) == text) return what;
            }
        }
        return {};
    }

private:
    static std::uint64_t start_of(std::string_view bytes)
    {
        std::uint64_t start = 0;
        std::memcpy(&start, bytes.data(), sizeof start);
        return start;
    }

    void add_spelling(const std::string& text, const std::string& what)
    {
        const auto begins = start_of(text);
        starts_.emplace(begins, spellings_.size());
        maybe_[begins % maybe_.size()] = true;
        spellings_.emplace_back(text, what);
    }

    std::vector<std::pair<std::string, std::string>> spellings_;
    std::unordered_multimap<std::uint64_t, std::size_t> starts_;
    std::vector<bool> maybe_ = std::vector<bool>(1'048'573);
};

/// Every file below a folder, with what stands in it; files of zeros that were prepared and never written are
/// long.
void search_folder(const Canaries& canaries, const fs::path& folder)
{
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        const auto found = canaries.find(read_text(entry.path().string()));
        BOOST_TEST(found.empty(), entry.path().string() << " holds " << found);
        ++files;
    }
    BOOST_TEST(files > 5U);
}

/// What a core dump of the server would hold, as far as this machine lets its memory be read.
std::size_t search_memory(const Canaries& canaries, pid_t server)
{
    const auto process = "/proc/" + std::to_string(server);
    std::ifstream maps(process + "/maps");
    std::ifstream memory(process + "/mem", std::ios::binary);
    std::size_t bytes = 0;
    for (std::string line; std::getline(maps, line);) {
        if (line.find(" rw-p ") == std::string::npos) continue;
        const auto begin = std::stoull(line, nullptr, 16);
        const auto end = std::stoull(line.substr(line.find('-') + 1), nullptr, 16);
        std::string content(end - begin, '\0');
        memory.clear();
        memory.seekg(static_cast<std::streamoff>(begin));
        if (!memory.read(content.data(), static_cast<std::streamsize>(content.size()))) continue;
        const auto found = canaries.find(content);
        BOOST_TEST(found.empty(), "the server's memory holds " << found);
        bytes += content.size();
    }
    return bytes;
}

/// The figures, and what the bundles of the record say to the auditor.
void check_record(SecretHall& hall)
{
    for (const auto* kind : {"public", "auditor"}) {
        const auto bundle = hall.stage().folder() + "/" + kind + ".plenum";
        std::vector<std::string> arguments{"export", "--data", hall.stage().data(), "--out", bundle};
        if (std::string_view(kind) == "auditor") arguments.emplace_back("--auditor");
        const auto exported = hall.stage().run("plenum", arguments);
        BOOST_REQUIRE_MESSAGE(exported.has_value(), exported.error().sentence);
        const auto audited = hall.stage().run("plenum-audit", {"verify", bundle});
        BOOST_TEST(audited.has_value(), audited.error().sentence);
    }
}

BOOST_AUTO_TEST_CASE(nothing_a_console_keeps_to_itself_is_left_anywhere)
{
    constexpr std::size_t members = 20;
    constexpr std::size_t presses = 50; // Of each: a thousand ballots, of which the last one counts.
    SecretHall hall(members);
    Canaries canaries;
    const auto vote = hall.open_vote();
    std::mt19937 random(1);
    for (std::size_t press = 0; press < presses; ++press) {
        std::vector<std::pair<std::size_t, Bytes>> ballots;
        for (std::size_t voter = 0; voter < members; ++voter) {
            ballots.emplace_back(voter, hall.ballot(vote, voter, static_cast<Choice>(random() % 3)));
            // Whoever has the randomness of a ballot finds what it encrypts.
            const auto opening = hall.voters()[voter].console.opening();
            canaries.add(ByteView(opening).subspan(sizeof(std::uint64_t)), "the randomness of a ballot");
        }
        const auto replies = hall.send(vote, ballots);
        for (std::size_t voter = 0; voter < members; ++voter)
            hall.note(vote, voter, replies[voter]);
    }
    for (const auto& voter : hall.voters())
        canaries.add(voter.console.voting_secret().reveal(), "a voting key");
    BOOST_TEST(canaries.size() == 3 * (members * presses + members));

    // The search finds what is there.
    const auto opening = hall.voters().front().console.opening();
    BOOST_TEST(!canaries.find("before" + std::string(text_of(opening)) + "after").empty());
    BOOST_TEST(canaries.find("nothing to be found in this").empty());

    const auto looked = search_memory(canaries, hall.stage().server_pid());
    BOOST_TEST_MESSAGE("looked through " << looked / 1'048'576 << " MiB of the server's memory");
    hall.close(vote);
    hall.confirm(vote);
    const auto view = hall.decided(vote);
    BOOST_TEST((view.result->tally == hall.expected()));
    search_memory(canaries, hall.stage().server_pid());
    hall.stop();
    check_record(hall);
    search_folder(canaries, hall.stage().folder());
    // The key of the box is gone, and with it the order of the thousand.
    BOOST_TEST(fs::is_empty(hall.stage().data() + "/box_keys"));
}

// The ballot of forty objects is longer than what a console may send otherwise.
BOOST_AUTO_TEST_CASE(a_long_sheet_of_grades_is_voted_on_secretly_and_verified)
{
    constexpr std::size_t members = 9;
    constexpr std::size_t grades = 4;
    SecretHall hall(members);
    auto prepare = motion_in(hall.sitting());
    GradesSheet sheet;
    for (int i = 1; i <= 40; ++i)
        sheet.objects.push_back("部门" + std::to_string(i));
    sheet.rule.grades = {
        {"满意", "satisfied"}, {"基本满意", "fairly"}, {"不满意", "not"}, {"不了解", "unknown"}};
    sheet.rule.verdicts = {{"satisfied", {"满意", "satisfied"}, {0, 1}, {1, 2, true, Base::all_members}}};
    prepare.grades = sheet;
    const auto vote = hall.open_vote(prepare);
    std::vector<std::pair<std::size_t, Bytes>> ballots;
    std::vector<std::vector<std::uint32_t>> expected(sheet.objects.size(),
                                                     std::vector<std::uint32_t>(grades));
    std::mt19937 random(40);
    for (std::size_t voter = 0; voter < members; ++voter) {
        Bytes said;
        for (auto& row : expected) {
            said.push_back(static_cast<std::uint8_t>(random() % grades));
            ++row[said.back()];
        }
        ballots.emplace_back(voter, hall.ballot(vote, voter, said));
    }
    BOOST_TEST(ballots.front().second.size() > 16'384U);
    const auto replies = hall.send(vote, ballots);
    for (std::size_t voter = 0; voter < members; ++voter)
        hall.note(vote, voter, replies[voter]);
    hall.close(vote);
    hall.confirm(vote);
    const auto view = hall.decided(vote);
    const auto& counted = view.result->grades.value().counted;
    BOOST_TEST(counted.collected == members);
    for (std::size_t row = 0; row < expected.size(); ++row)
        BOOST_TEST((counted.objects[row].counts == expected[row]), sheet.objects[row]);
    hall.stop();
    check_record(hall);
}

BOOST_AUTO_TEST_CASE(kills_lose_no_acknowledged_ballot_and_count_none_twice)
{
    constexpr std::size_t members = 12;
    constexpr unsigned kills_wanted = 12;
    SecretHall hall(members);
    const auto vote = hall.open_vote();
    std::mt19937 random(20'240'229);
    std::size_t resent = 0;
    for (unsigned kills = 0; kills < kills_wanted; ++kills) {
        std::vector<std::pair<std::size_t, Bytes>> ballots;
        for (std::size_t voter = 0; voter < members; ++voter)
            ballots.emplace_back(voter, hall.ballot(vote, voter, static_cast<Choice>(random() % 3)));
        const auto delay = std::chrono::microseconds(random() % 30'000);
        std::thread killer([&] {
            std::this_thread::sleep_for(delay);
            hall.kill();
        });
        auto replies = hall.send(vote, ballots);
        killer.join();
        hall.come_back();
        // Whoever got no answer sends the very same bytes; whoever got one and asks again gets the same.
        const auto again = hall.send(vote, ballots);
        for (std::size_t voter = 0; voter < members; ++voter) {
            hall.note(vote, voter, again[voter]);
            if (!replies[voter].message) {
                ++resent;
                continue;
            }
            hall.note(vote, voter, replies[voter]);
            const auto& receipts = hall.voters()[voter].receipts;
            BOOST_TEST((receipts.back() == receipts[receipts.size() - 2]));
        }
    }
    BOOST_TEST_MESSAGE(resent << " ballots sent again without an answer");
    hall.spoil(vote, 3);
    hall.close(vote);
    hall.kill();
    hall.come_back();
    hall.confirm(vote);
    const auto view = hall.decided(vote);
    BOOST_TEST((view.result->tally == hall.expected()));
    BOOST_TEST(view.result->tally.not_pressed == 1U);
    hall.stop();
    check_record(hall);
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
