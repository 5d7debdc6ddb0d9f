#pragma once

#include "tests/sim/console.hpp"
#include "tests/sim/server.hpp"

namespace plenum::sim {

/// The people: who they are, and what each does next. Mostly what the rules of procedure ask for, sometimes
/// in the wrong order, sometimes nonsense. Decides by what is durable and by what consoles show, never by
/// what the clerk has in mind.
class Script {
public:
    Script(World& world, Network& network, Ear& ear, Server& server, Witness& witness);

    /// Bodies, rosters, officers and access codes, before the doors open; then everybody connects.
    void found();
    /// One thing somebody does.
    void act();
    /// A step towards rest: dead codes are replaced and open votes closed.
    void calm_down();
    /// What is still open, and who has not been told or answered; empty when all is at rest.
    std::string unrest() const;

    Console& console(std::size_t index) { return *consoles_[index]; }
    const std::vector<std::unique_ptr<Console>>& consoles() const { return consoles_; }

private:
    BodyId found_body(std::size_t number, std::size_t members, const std::vector<PersonId>& already);
    void appoint(Role role, std::optional<BodyId> body, std::optional<PersonId> person);
    void add_console(const Actor& actor, const std::string& code);
    void take_codes(const std::vector<IssuedCode>& codes);
    void settle();

    void react(Console& console);
    void press(std::size_t console, VoteId vote);
    Console* somebody(Role role, std::optional<BodyId> body);
    Console* conductor(const chamber::Sitting& sitting);
    void say(Console* console, const Command& command);

    void act_lawfully();
    void act_somehow();
    void come_and_go();
    void work_on_agenda();
    void prepare_house();
    void change_roster();
    void look_around();
    void advance_a_sitting();
    void advance_session(SittingId id, const chamber::Sitting& sitting);
    void advance_vote(VoteId id, const chamber::Sitting& sitting);
    void prepare_vote(SittingId id, const chamber::Sitting& sitting);

    const chamber::State& state() const { return witness_.shown(); }
    template <class Map>
    const typename Map::value_type* any(const Map& map);

    World& world_;
    Network& network_;
    Ear& ear_;
    Server& server_;
    Witness& witness_;
    std::vector<std::unique_ptr<Console>> consoles_;
    std::set<std::pair<std::size_t, std::uint64_t>>
        intentions_; ///< (console, sitting or vote) already acted upon
    std::uint64_t titles_ = 0;
};

} // namespace plenum::sim
