#pragma once

#include "server/chamber/chamber.hpp"
#include "server/chamber/queries.hpp"
#include "tests/meetings/meeting_template.hpp"
#include "tests/meetings/template_ballots.hpp"
#include "tests/support/recorded_meeting.hpp"

#include <deque>

// A meeting made from a template and held from its first item to the archive, every person acting for
// himself. There is no network in it: what is asked for the chamber decides, and what it decides is the
// record.

namespace plenum::meetings {

/// How large the body is and how many of it come.
struct House {
    std::size_t members = 0;
    std::size_t present = 0;
    std::size_t groups = 1;
    std::size_t presidium = 0;
    FirstBallot first_ballot = FirstBallot::settles;
};

class TemplateMeeting {
public:
    /// The office's part: body, roster, rules, officers, inner bodies, the meeting with agenda and sittings.
    TemplateMeeting(const MeetingTemplate& from, BodyKind kind, const House& house);

    /// Every sitting in the order of the template; every vote is decided. Ends archived.
    void hold();

    /// The agenda as the chair is shown it.
    AgendaView agenda() const;

    chamber::State state;
    testing::RecordedMeeting record;

private:
    /// A body of the house and who sits in it.
    struct Seated {
        BodyId body{};
        BodyKind kind = BodyKind::congress;
        std::vector<Actor> members;
        RuleBook book;
    };
    /// A sitting that was made from the template.
    struct Called {
        SittingId sitting{};
        std::size_t from = 0; ///< place in the template
        const Seated* body = nullptr;
    };

    std::uint64_t act(const Actor& actor, const Command& command);
    std::uint64_t prepare(const Command& command) { return act(secretary_, command); }
    std::uint64_t conduct(const Command& command) { return act(chair_, command); }
    chamber::BlobSource blobs() const;
    void apply_new_entries();

    Actor appoint(const std::string& name, Role role);
    const Seated& seat(BodyId body, BodyKind kind);
    void form_house(BodyKind kind);
    void form_presidium();
    void form_delegations();
    void call_meeting();
    void call(const TemplateSitting& planned, std::size_t from);

    std::size_t present_of(const Called& called) const;
    ItemId item_called(const std::string& title) const;
    void hold(const Called& called);
    void dispose_of(const Called& called, const std::string& item);
    std::vector<VoteId> prepare(const Called& called, const TemplateVote& planned);

    void put_to_vote(const Called& called, const TemplateVote& planned, const std::vector<VoteId>& votes);
    void put_one(const Called& called, VoteId vote, const Tally& figures);
    bool leaves_open(const chamber::Vote& vote) const;
    PlacesStatus status_wanted(const chamber::Vote& vote) const;
    void settle(const Called& called, VoteId vote);
    void count(const Called& called, VoteId vote, const Tally& figures);
    void check_result(const Called& called, VoteId vote, const Tally& figures) const;
    void both_tellers(const Command& command);
    void approve_scrutineers(VoteId vote);

    const MeetingTemplate& from_;
    House house_;
    Actor secretary_;
    Actor chair_;
    Actor desk_;
    std::vector<Actor> tellers_;
    std::deque<Seated> bodies_; ///< the one that meets first
    MeetingId meeting_{};
    std::vector<Called> called_;
    std::uint64_t asked_ = 0;
};

} // namespace plenum::meetings
