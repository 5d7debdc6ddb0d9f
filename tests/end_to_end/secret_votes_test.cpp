#include "tests/end_to_end/chamber.hpp"
#include "tests/end_to_end/http_line.hpp"
#include "tests/end_to_end/secret_hall.hpp"

#include <boost/test/unit_test.hpp>

#include <fcntl.h>
#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>
#include <unordered_map>

// Secret votes through real programs: the server killed while ballots come, and a search of everything it
// leaves behind for anything only a console may know.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(secret_votes_test)

namespace {

namespace fs = std::filesystem;

/// Byte strings nobody but a console may ever hold, looked for as they are, in hexadecimal and in base64,
/// also where they stand in the middle of something longer that was encoded.
class Canaries {
public:
    /// As many ways as each is looked for.
    static constexpr std::size_t spellings_of_one = 8;

    void add(ByteView secret, const std::string& what)
    {
        std::string raw(text_of(secret));
        add_spelling(raw, what);
        std::string hex(2 * raw.size() + 1, '\0');
        sodium_bin2hex(hex.data(), hex.size(), secret.data(), secret.size());
        hex.pop_back();
        add_spelling(hex, what + " in hexadecimal");
        for (const int alphabet :
             {sodium_base64_VARIANT_URLSAFE_NO_PADDING, sodium_base64_VARIANT_ORIGINAL_NO_PADDING}) {
            for (std::size_t before = 0; before < 3; ++before)
                add_spelling(base64_within(secret, before, alphabet), what + " in base64");
        }
    }
    /// A text of at least eight bytes.
    void add_text(const std::string& text) { add_spelling(text, text); }

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

    /// The characters that say nothing but these bytes, when so many others stand before them.
    static std::string base64_within(ByteView secret, std::size_t before, int alphabet)
    {
        constexpr std::size_t bits = 6;
        Bytes bytes(before);
        bytes.insert(bytes.end(), secret.begin(), secret.end());
        std::string text(sodium_base64_encoded_len(bytes.size(), alphabet), '\0');
        sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), alphabet);
        const auto whole = 8 * bytes.size() / bits;
        const auto mixed = (8 * before + bits - 1) / bits;
        return text.substr(mixed, whole - mixed);
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

/// What a core dump of the server would hold.
struct LookedAt {
    std::size_t bytes = 0;
    std::string found;
};

/// As far as this process may look into the server.
LookedAt look_into_memory(const Canaries& canaries, pid_t server)
{
    const auto process = "/proc/" + std::to_string(server);
    std::ifstream maps(process + "/maps");
    std::ifstream memory(process + "/mem", std::ios::binary);
    LookedAt looked;
    for (std::string line; std::getline(maps, line);) {
        if (line.find(" rw-p ") == std::string::npos) continue;
        const auto begin = std::stoull(line, nullptr, 16);
        const auto end = std::stoull(line.substr(line.find('-') + 1), nullptr, 16);
        std::string content(end - begin, '\0');
        memory.clear();
        memory.seekg(static_cast<std::streamoff>(begin));
        if (!memory.read(content.data(), static_cast<std::streamsize>(content.size()))) continue;
        if (auto found = canaries.find(content); !found.empty()) looked.found = std::move(found);
        looked.bytes += content.size();
    }
    return looked;
}

/// Whether the kernel lets this process look into one that forbids it: CAP_SYS_PTRACE.
bool may_look_anywhere()
{
    constexpr unsigned sys_ptrace = 19;
    const std::string name = "CapEff:";
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (!line.starts_with(name)) continue;
        return (std::stoull(line.substr(name.size()), nullptr, 16) >> sys_ptrace & 1) != 0;
    }
    return false;
}

/// Nothing is found in the server's memory; `there` is, or else the kernel refuses to show any of it.
void search_memory(const Canaries& canaries, const Canaries& there, pid_t server)
{
    constexpr std::size_t bytes_min = 1'048'576;
    const auto looked = look_into_memory(canaries, server);
    BOOST_TEST(looked.found.empty(), "the server's memory holds " << looked.found);
    if (may_look_anywhere()) {
        BOOST_TEST_MESSAGE("looked through " << looked.bytes / 1'048'576 << " MiB of the server's memory");
        BOOST_TEST(looked.bytes > bytes_min);
        BOOST_TEST(!look_into_memory(there, server).found.empty());
        return;
    }
    BOOST_TEST(looked.bytes == 0U);
    const int memory = ::open(("/proc/" + std::to_string(server) + "/mem").c_str(), O_RDONLY | O_CLOEXEC);
    const int error = errno;
    BOOST_TEST(memory < 0, "whoever may not look anywhere looks into the server");
    BOOST_TEST(error == EACCES);
    if (memory >= 0) ::close(memory);
}

/// The page of figures, which anybody may read.
void search_metrics(const Canaries& canaries, const Stage& stage)
{
    const auto page = Line(stage.endpoint()).ask("/metrics", "");
    BOOST_TEST(page.result_int() == 200U);
    BOOST_TEST(page.body().find("plenum_journal_entries") != std::string::npos, page.body());
    const auto found = canaries.find(page.body());
    BOOST_TEST(found.empty(), "/metrics holds " << found);
}

/// The table file that is made from the record stands among what is searched, with the votes in it.
void make_records(Stage& stage)
{
    const auto made = stage.run("plenum", {"records", "--data", stage.data()});
    BOOST_REQUIRE_MESSAGE(made.has_value(), made.error().sentence);
    std::size_t tables = 0;
    for (const auto& entry : fs::recursive_directory_iterator(stage.data() + "/records")) {
        if (!entry.is_regular_file()) continue;
        const auto content = read_text(entry.path().string());
        if (!content.starts_with("SQLite format 3")) continue;
        if (content.find("关于第1项任命的议案") != std::string::npos) ++tables;
    }
    BOOST_TEST(tables == 1U);
}

/// Whoever has any of these bytes of the last ballot of a console knows its choice: its randomness, beside
/// which the choice stands in an opening, and what the choice is hidden by, r·Y. Where 0 is encrypted that is
/// the ciphertext itself, which is no secret.
void add_ballot(Canaries& canaries, const SecretVoter& voter, const SecretVoteView& view)
{
    const auto opening = voter.console.opening();
    const auto randomness = ByteView(opening).subspan(sizeof(std::uint64_t));
    canaries.add(randomness, "the randomness of a ballot");
    if (voter.said->front() == 0) return;
    const ballot::Point key{testing::as_array<32>(view.election_key)};
    const auto mask = ballot::times(ballot::parse_scalar(randomness).value(), key);
    canaries.add(mask.bytes, "what hides the choice of a ballot");
}

/// The search finds an opening with its choice, however it would be written.
void check_search(const Canaries& canaries, const Bytes& opening)
{
    BOOST_TEST(!canaries.find("before" + std::string(text_of(opening)) + "after").empty());
    BOOST_TEST(!canaries.find("\"" + to_hex(opening) + "\"").empty());
    for (const auto* before : {"", "1", "12"}) {
        const auto longer = before + std::string(text_of(opening)) + "and more";
        std::string base64(sodium_base64_ENCODED_LEN(longer.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
        sodium_bin2base64(base64.data(), base64.size(), bytes_of(longer).data(), longer.size(),
                          sodium_base64_VARIANT_ORIGINAL);
        BOOST_TEST(!canaries.find(base64).empty(), base64);
    }
    BOOST_TEST(canaries.find("nothing to be found in this").empty());
}

BOOST_AUTO_TEST_CASE(nothing_a_console_keeps_to_itself_is_left_anywhere)
{
    constexpr std::size_t members = 20;
    constexpr std::size_t presses = 50; // Of each: a thousand ballots, of which the last one counts.
    SecretHall hall(members);
    Canaries canaries;
    const auto vote = hall.open_vote();
    const auto view = *hall.shown(vote).secret;
    std::mt19937 random(1);
    for (std::size_t press = 0; press < presses; ++press) {
        std::vector<std::pair<std::size_t, Bytes>> ballots;
        for (std::size_t voter = 0; voter < members; ++voter) {
            ballots.emplace_back(voter, hall.ballot(vote, voter, static_cast<Choice>(random() % 3)));
            add_ballot(canaries, hall.voters()[voter], view);
        }
        const auto replies = hall.send(vote, ballots);
        for (std::size_t voter = 0; voter < members; ++voter)
            hall.note(vote, voter, replies[voter]);
    }
    BOOST_TEST(canaries.size() > Canaries::spellings_of_one * members * presses * 3 / 2);
    for (const auto& voter : hall.voters())
        canaries.add(voter.console.voting_secret().reveal(), "a voting key");
    canaries.add_text("vote.cast"); // A press by name.
    check_search(canaries, hall.voters().front().console.opening());

    Canaries there; // What the server does hold: the ballots, of which the log's key signed the receipts.
    there.add(hall.voters().front().console.last_ballot(), "a ballot");
    search_memory(canaries, there, hall.stage().server_pid());
    search_metrics(canaries, hall.stage());
    hall.close(vote);
    hall.confirm(vote);
    const auto decided = hall.decided(vote);
    BOOST_TEST((decided.result->tally == hall.expected()));
    there.add(ByteView(hall.server_key()), "the log's public key");
    search_memory(canaries, there, hall.stage().server_pid());
    search_metrics(canaries, hall.stage());
    make_records(hall.stage());
    hall.stop();
    hall.check_exports();
    search_folder(canaries, hall.stage().folder());
    // The key of the box is gone, and with it the order of the thousand.
    BOOST_TEST(fs::is_empty(hall.stage().data() + "/box_keys"));
}

/// Starts the server under another group when this is root, which the kernel would show as the owner of what
/// it tells about a process that may be looked into.
void serve_as_another_group(Stage& stage)
{
    constexpr gid_t other = 65'534;
    const bool is_root = ::geteuid() == 0;
    if (is_root) BOOST_REQUIRE(::setresgid(other, other, 0) == 0);
    const auto served = stage.serve();
    if (is_root) BOOST_REQUIRE(::setresgid(0, 0, 0) == 0);
    ::prctl(PR_SET_DUMPABLE, 1); // This program changed its group.
    BOOST_REQUIRE_MESSAGE(served.has_value(), served.error().sentence);
}

// Neither a debugger nor a fault makes the server write its memory to a disk, whatever limit an operator
// sets.
BOOST_AUTO_TEST_CASE(the_server_cannot_dump_core)
{
    auto stage = Stage::make({"plenum-test/core", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    serve_as_another_group(*stage);
    const auto server = stage->server_pid();
    const auto process = "/proc/" + std::to_string(server);
    const auto limits = read_text(process + "/limits");
    const auto core = limits.find("Max core file size");
    BOOST_TEST_REQUIRE(core != std::string::npos, limits);
    std::istringstream figures(limits.substr(core + std::strlen("Max core file size")));
    std::string now;
    std::string at_most;
    figures >> now >> at_most;
    BOOST_TEST(now == "0");
    BOOST_TEST(at_most == "0");
    // Of a process that forbids to be looked into, everything belongs to root.
    struct stat owner {};
    BOOST_REQUIRE(::stat((process + "/maps").c_str(), &owner) == 0);
    BOOST_TEST(owner.st_uid == 0U);
    BOOST_TEST(owner.st_gid == 0U);
    // Where the limit can be raised again, what forbids the dump is the process itself.
    const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
    const bool raised = ::prlimit(server, RLIMIT_CORE, &none, nullptr) == 0;
    BOOST_TEST_MESSAGE((raised ? "without" : "with") << " a limit on core dumps");
    BOOST_REQUIRE(::kill(server, SIGABRT) == 0);
    siginfo_t end{};
    BOOST_REQUIRE(::waitid(P_PID, static_cast<id_t>(server), &end, WEXITED | WNOWAIT) == 0);
    BOOST_TEST(end.si_status == SIGABRT);
    BOOST_TEST(end.si_code == CLD_KILLED, "the server dumped core");
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
    hall.check_exports();
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
    hall.check_exports();
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
