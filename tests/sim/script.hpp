#pragma once

#include "tests/sim/console.hpp"
#include "tests/sim/server.hpp"
#include "tests/support/key_table.hpp"
#include "tests/support/secret_console.hpp"

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
    using SittingEntry = std::map<SittingId, chamber::Sitting>::value_type;

    BodyId found_body(std::size_t number, std::size_t members, const std::vector<PersonId>& already);
    void appoint(Role role, std::optional<BodyId> body, std::optional<PersonId> person);
    void add_console(const Actor& actor, const std::string& code);
    void take_codes(const std::vector<IssuedCode>& codes);
    void settle();

    void react(Console& console);
    void press(std::size_t console, VoteId vote);
    void react_to_vote(Console& console, VoteId id, const VoteView& vote);
    Console* somebody(Role role, std::optional<BodyId> body);
    Console* conductor(const chamber::Sitting& sitting);
    void say(Console* console, const Command& command);

    void act_lawfully();
    void act_somehow();
    void look_around();
    void advance_a_sitting();
    void advance_session(SittingId id, const chamber::Sitting& sitting);

    // script_agenda.cpp
    void work_on_agenda();
    void grow_agenda(MeetingId meeting, Console* secretary);
    void change_item(ItemId id, Console* secretary);
    void keep_papers(ItemId id, Console* secretary);
    void step_item(const SittingEntry& sitting);
    ItemId any_item(MeetingId meeting);

    // script_desk.cpp
    void come_and_go();
    void keep_desk();
    void keep_attendees(const SittingEntry& sitting);
    void keep_leave(const SittingEntry& sitting);
    void keep_absence(const SittingEntry& sitting);

    // script_floor.cpp
    void work_on_floor();
    void ask_for_floor(const SittingEntry& sitting);
    void step_queue(const SittingEntry& sitting);
    void step_speech(const SittingEntry& sitting, SpeechId id);
    void keep_minutes(const SittingEntry& sitting);

    // script_office.cpp
    void prepare_house();
    void keep_office();
    void call_meeting();
    void step_meeting(MeetingId meeting);
    void found_inner_body();
    void change_roster();
    void change_officers(BodyId body);
    void suspend_somebody(BodyId body);
    void issue_codes(BodyId body);
    RuleBook some_rules(BodyKind kind);
    void give_offices(BodyId body);

    // script_suggestions.cpp
    void keep_suggestions();
    void register_suggestion();
    void answer_suggestion(SuggestionId id);
    void keep_petitions();
    std::uint64_t soon_ms();

    // script_keys.cpp
    void keep_keys();
    void react_as_holder(Console& console);
    void speak_as_holder(MeetingId meeting, std::size_t holder);
    void erase_shares(MeetingId meeting);

    // script_secret.cpp
    /// What is known at the consoles of a secret vote, and gone with the process that knew it.
    struct SecretCourse {
        std::uint32_t round = 0;
        std::uint64_t incarnation = 0;
        std::set<PersonId> acknowledged;
        std::set<PersonId> confirmed;
        std::set<PersonId> pressed; ///< who have a receipt
    };
    SecretCourse& course_of(VoteId vote);
    testing::SecretConsole& voter(PersonId person, SittingId sitting);
    void lose_console(PersonId person);
    bool may_try(const Console& console, std::string_view what, std::uint64_t id);
    void react_secretly(Console& console);
    void make_keys(Console& console);
    void follow_secret_vote(Console& console, VoteId id, const VoteView& vote);
    void press_secretly(std::size_t console, VoteId vote);
    void send_another(Console& console, CastBallot cast);
    void spoil(Console& console, VoteId vote);
    void ballot_answered(Console& console, const Request& asked, const boost::json::value& answer);
    void path_answered(Console& console, const ReadRollPath& asked, const RollPathAnswer& answer);
    void proof_answered(Console& console, const ReadBoxProof& asked, const BoxProofAnswer& answer);
    void draw_secrecy(PrepareVote& prepare, const chamber::Sitting& sitting);
    bool advance_roll(VoteId id, const chamber::Sitting& sitting);
    bool open_boxes();
    std::optional<std::size_t> owes_share(VoteId id, PersonId person) const;
    void open_box(VoteId id, PersonId holder);
    void record_answered(Console& console, const ProveRecord& asked, const RecordProof& answer);
    void give_share(VoteId id, std::size_t holder, const Checkpoint& record);

    // script_votes.cpp
    void advance_vote(VoteId id, const chamber::Sitting& sitting);
    void advance_hands(VoteId id, const chamber::Sitting& sitting);
    void advance_silence(VoteId id, const chamber::Sitting& sitting);
    void prepare_vote(SittingId id, const chamber::Sitting& sitting);
    bool begin_vote(SittingId id, const chamber::Sitting& sitting);
    void retry_vote(VoteId id, const chamber::Sitting& sitting);
    void end_vote(VoteId id);
    RuleProfile vote_profile(const chamber::Sitting& sitting);
    std::optional<RuleDeviation> some_deviation(const chamber::Sitting& sitting);

    // script_ballots.cpp
    static bool ballots_agree(const chamber::Vote& vote);
    Command ballots_counted(VoteId id, bool miscounts);
    void draw_ballot(PrepareVote& prepare);
    ListProvisions draw_provisions(const BallotList& list);
    bool go_on_after(VoteId id, const chamber::Sitting& sitting);
    void prepare_series(SittingId id, const chamber::Sitting& sitting);

    // script_sequels.cpp
    std::vector<Override> set_aside(const chamber::Vote& vote, const chamber::Sitting& sitting);
    void draw_matter(PrepareVote& prepare);
    void draw_draft(PrepareVote& prepare);
    bool keep_question(VoteId id, const chamber::Sitting& sitting);
    bool keep_qualification(VoteId id, const chamber::Sitting& sitting);
    bool decide_afterwards(VoteId id, const chamber::Sitting& sitting);

    const chamber::State& state() const { return witness_.shown(); }
    template <class Map>
    const typename Map::value_type* any(const Map& map)
    {
        if (map.empty()) return nullptr;
        auto place = map.begin();
        std::advance(place, static_cast<std::ptrdiff_t>(world_.random.below(map.size())));
        return &*place;
    }
    /// A console of this person in this role.
    Console* console_of(const Actor& actor);
    bool is_plenary(const chamber::Sitting& sitting) const
    {
        return state().meetings.at(sitting.meeting).body == sitting.body;
    }

    World& world_;
    Network& network_;
    Ear& ear_;
    Server& server_;
    Witness& witness_;
    std::vector<std::unique_ptr<Console>> consoles_;
    /// (console, sitting or vote, by which method) already acted upon
    std::set<std::tuple<std::size_t, std::uint64_t, VoteMethod>> intentions_;
    std::uint64_t titles_ = 0;
    testing::KeyTable keys_;
    std::map<PersonId, Checkpoint> cosigned_; ///< by holder, the newest
    std::map<std::pair<PersonId, SittingId>, testing::SecretConsole> voters_;
    std::map<PersonId, std::uint64_t> lost_; ///< how many consoles of each member
    std::map<VoteId, SecretCourse> secret_;
    std::map<std::tuple<std::size_t, std::string, std::uint64_t>, std::uint64_t> tried_us_;
};

} // namespace plenum::sim
