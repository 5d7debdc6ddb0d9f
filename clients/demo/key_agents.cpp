#include "clients/demo/key_agents.hpp"

#include "clients/demo/voters.hpp"
#include "clients/link/fetch.hpp"
#include "clients/link/pool.hpp"

#include <array>
#include <fstream>
#include <sys/stat.h>

namespace plenum::demo {
namespace {

using replay::trouble;

constexpr std::array holder_names = {"马文娟", "谢国梁", "罗珊"};
constexpr std::uint32_t holders_needed = 2;
constexpr auto patience = std::chrono::seconds(60);

/// The files of one of them.
struct Files {
    std::string folder; ///< of the stage, with the holder's number at the end of each name
    std::string number;

    std::string of(const std::string& what) const { return folder + "/holder_" + what + number; }
};

Tried<void> write_secret(const std::string& path, const std::string& line)
{
    std::ofstream file(path);
    ::chmod(path.c_str(), S_IRUSR | S_IWUSR);
    if (!(file << line << '\n' << std::flush)) return trouble(path, "cannot be written");
    return {};
}

Tried<replay::Child> start_program(const Files& files, const replay::Stage& stage, const std::string& code,
                                   const std::vector<Digest>& builds)
{
    // A passphrase nobody has to remember: the files go with the stage.
    if (auto written = write_secret(files.of("passphrase"), link::fresh_request_id()); !written)
        return written.error();
    if (auto written = write_secret(files.of("code"), code); !written) return written.error();
    const auto program = replay::own_folder() + "/plenum-trustee";
    const std::vector<std::string> common = {files.of("keys"), "--marks", files.of("marks"),
                                             "--passphrase-file", files.of("passphrase")};
    std::vector<std::string> init = {program, "init"};
    init.insert(init.end(), common.begin(), common.end());
    auto made = replay::Child::start(init, files.of("init"));
    if (!made) return made.error();
    const auto exit_code = made->wait(patience);
    if (!exit_code) return exit_code.error();
    if (*exit_code != 0) return trouble("plenum-trustee init", replay::read_text(files.of("init")));
    std::vector<std::string> hold = {program, "hold"};
    hold.insert(hold.end(), common.begin(), common.end());
    const auto& server = stage.endpoint();
    hold.insert(hold.end(), {"--code-file", files.of("code"), "--server", replay::url_of(server)});
    if (server.tls) hold.insert(hold.end(), {"--ca", server.ca_file});
    for (const auto& build : builds)
        hold.insert(hold.end(), {"--build", to_hex(build)});
    return replay::Child::start(hold, files.of("said"));
}

/// The console page of this server, when it has one.
std::optional<Digest> build_of_the_page(const link::Endpoint& endpoint)
{
    constexpr std::size_t line_bytes_max = 100;
    constexpr std::size_t digits = 64;
    const auto line = link::fetch(endpoint, "/console_build.txt", line_bytes_max);
    if (!line || line->size() < digits) return std::nullopt;
    const auto build = digest_from_hex(text_of(*line).substr(0, digits));
    if (!build) return std::nullopt;
    return *build;
}

/// What the members of the demo run, simulated or at a page.
PinConsoleBuilds pinning(MeetingId meeting, const link::Endpoint& endpoint)
{
    PinConsoleBuilds pinning{meeting, {build_of_the_demo()}, "主任会议"};
    if (const auto page = build_of_the_page(endpoint)) pinning.builds.push_back(*page);
    return pinning;
}

} // namespace

Tried<KeyAgents> KeyAgents::begin(Meeting& meeting, const replay::Stage& stage)
{
    AppointKeyHolders appointment{meeting.convened.meeting, {}, holders_needed, "主任会议"};
    // Without being told holders open no box of consoles that run two programs, as these and a page do.
    const auto builds = pinning(meeting.convened.meeting, stage.endpoint());
    std::vector<replay::Child> programs;
    for (std::size_t at = 0; at < holder_names.size(); ++at) {
        const auto code = appoint(meeting, holder_names[at], Role::key_holder, meeting.convened.body);
        if (!code) return code.error();
        appointment.persons.push_back(code->person);
        auto program =
            start_program({stage.folder(), std::to_string(at + 1)}, stage, code->code, builds.builds);
        if (!program) return program.error();
        programs.push_back(std::move(*program));
    }
    if (auto done = meeting.hall.act(meeting.secretary, appointment); !done) return done.error();
    if (auto done = meeting.hall.act(meeting.secretary, builds); !done) return done.error();
    std::string words;
    const bool made = meeting.hall.wait_until(
        meeting.screen,
        [&](const replay::Shown& shown) {
            const auto found = shown.keys.find(meeting.convened.meeting);
            if (found == shown.keys.end() || found->second.phase != CeremonyPhase::made) return false;
            words = found->second.words;
            return true;
        },
        patience);
    if (!made) return trouble("the key holders have not made the election key");
    return KeyAgents(std::move(programs), std::move(words));
}

void KeyAgents::introduce(const Screen& screen) const
{
    screen.say({"三名密钥持有人已共同生成选举密钥，校验数字 " + words_ + "；任意两人可开启秘密表决的结果。",
                "Three key holders have made the election key, check numbers " + words_ +
                    "; any two of them open the result of a secret vote."});
}

} // namespace plenum::demo
