#pragma once

#include "clients/link/console.hpp"
#include "clients/replay/stage.hpp"
#include "protocol/query.hpp"
#include "tests/end_to_end/chamber.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>

namespace plenum::replay {

/// Waits for what other programs have to do first.
inline constexpr auto ceremony_patience = std::chrono::seconds(60);

inline void write_line(const std::string& path, const std::string& text)
{
    std::ofstream(path) << text << "\n";
}

/// A meeting with key holders appointed, and what each of them was given.
struct KeyCeremony {
    Stage stage;
    int appointed = 3;
    std::uint32_t threshold = 2;
    BodyId body{};
    MeetingId meeting{};
    std::vector<PersonId> holders;
    link::Endpoint front{}; ///< where programs connect, when it is not the server itself

    explicit KeyCeremony(Stage made, int all = 3, std::uint32_t needed = 2)
        : stage(std::move(made)), appointed(all), threshold(needed)
    {}

    std::string file(const std::string& name) const { return stage.folder() + "/" + name; }
    std::string url() const
    {
        const auto& endpoint = front.port == 0 ? stage.endpoint() : front;
        return "http://" + endpoint.host + ":" + std::to_string(endpoint.port);
    }

    void prepare()
    {
        constexpr ConsoleId secretary{0};
        Hall hall(stage.endpoint());
        BOOST_REQUIRE(hall.enter({*stage.code(Role::secretary)}).has_value());
        body = BodyId{hall.act(secretary, CreateBody{BodyKind::standing_committee, "常委会"})->seq};
        ImportRoster roster{body, {}};
        for (int member = 1; member <= 5; ++member)
            roster.members.push_back({std::to_string(member), "委员" + std::to_string(member), {}, {}, {}});
        BOOST_REQUIRE(hall.act(secretary, roster).has_value());
        meeting = MeetingId{
            hall.act(secretary, CreateMeeting{body, "会议", 3, 1, {1, 2, true, Base::all_members}})->seq};
        BOOST_REQUIRE(hall.act(secretary, CreateSitting{meeting, "全体会议"}).has_value());
        for (int holder = 1; holder <= appointed; ++holder)
            add_holder(hall);
        appoint(hall, holders);
    }

    /// One more person who may be appointed, with a code and a passphrase in files of the next number.
    void add_holder(Hall& hall)
    {
        constexpr ConsoleId secretary{0};
        const auto n = std::to_string(holders.size() + 1);
        const auto made =
            hall.ask(secretary, AppointOfficer{std::nullopt, "持有人" + n, Role::key_holder, body});
        holders.push_back(from_json<OfficerReceipt>(made.message->body)->person);
        const auto issued = hall.ask(secretary, IssueAccessCodes{std::nullopt, holders.back()});
        const auto codes = from_json<IssuedCodes>(issued.message->body)->codes;
        BOOST_REQUIRE(codes.size() == 1U);
        write_line(file("code" + n), codes.front().code);
        write_line(file("passphrase" + n), "a long passphrase " + n);
    }

    void appoint(Hall& hall, const std::vector<PersonId>& persons) const
    {
        constexpr ConsoleId secretary{0};
        const AppointKeyHolders command{meeting, persons, threshold, "主任会议"};
        BOOST_REQUIRE(hall.act(secretary, command).has_value());
    }

    Tried<std::string> init(int holder)
    {
        const auto n = std::to_string(holder);
        return stage.run("plenum-trustee", {"init", file("keys" + n), "--marks", file("marks" + n),
                                            "--passphrase-file", file("passphrase" + n)});
    }

    Child hold(int holder)
    {
        const auto n = std::to_string(holder);
        auto child = Child::start({own_folder() + "/plenum-trustee", "hold", file("keys" + n), "--marks",
                                   file("marks" + n), "--passphrase-file", file("passphrase" + n),
                                   "--code-file", file("code" + n), "--server", url(), "--until-made"},
                                  file("said" + n));
        BOOST_REQUIRE(child.has_value());
        return std::move(*child);
    }

    KeyHoldersView shown()
    {
        link::Pool pool;
        link::Console console(pool);
        BOOST_REQUIRE(console.open(stage.endpoint()).has_value());
        BOOST_REQUIRE(console.hello(*stage.code(Role::secretary)).has_value());
        const auto message = console.next_message("snapshot", ceremony_patience);
        BOOST_REQUIRE(message.has_value());
        const auto snapshot = *from_json<SnapshotView>(message->body);
        BOOST_REQUIRE(snapshot.keys.size() == 1U);
        return snapshot.keys.front();
    }
};

} // namespace plenum::replay
