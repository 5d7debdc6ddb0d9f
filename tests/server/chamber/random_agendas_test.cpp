#include "protocol/audit/verify.hpp"
#include "protocol/item_number.hpp"
#include "tests/server/chamber/random_duties.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/recorded_meeting.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <sstream>

BOOST_AUTO_TEST_SUITE(random_agendas_test)

using namespace plenum;
using namespace plenum::chamber;

// A congress prepares and runs its agenda at random, from a seed: the tree stays a tree, delegations follow
// their congress, closed items keep their papers, a replay leads to the same state, and the auditor, who
// reads the rules of procedure for itself, finds nothing that could not have followed.

namespace {

/// What every vote of these days is held by.
RuleBook rules_of_a_congress()
{
    RuleBook book;
    book.id = "cn.test";
    book.name = {"规则", "rules"};
    book.body_kinds = {BodyKind::congress};
    book.rules = {motion()};
    return book;
}

class Secretariat : public House {
public:
    explicit Secretariat(std::uint64_t seed) : House(9, BodyKind::congress), random_(seed) {}

    void work(std::size_t steps)
    {
        number_requests();
        for (std::size_t step = 0; step < steps; ++step) {
            now_ms += below(50);
            const auto [actor, command] = some_request();
            const auto decided = decide(actor, command);
            if (!decided) continue;
            kinds.insert(method_of(command));
            write_down(actor, *decided);
            ids_.resize(entries.size(), "q" + std::to_string(entries.size()));
            check_claims();
        }
    }

    /// To the archive, whatever is going on.
    void adjourn()
    {
        if (state.meetings.at(meeting).phase >= MeetingPhase::archived) return;
        for (const auto& [id, one] : state.sittings) {
            if (one.meeting != meeting || one.state == SittingState::closed) continue;
            if (one.open_vote) act(chair, VoidVote{*one.open_vote, VoidReason::disorder, ""});
            act(one.body == body ? chair : appoint(Role::chair, one.body), CloseSitting{id});
        }
        for (const auto& [id, one] : state.votes)
            if (one.state == VoteState::decided) act(chair, AnnounceVote{id});
        if (state.meetings.at(meeting).phase != MeetingPhase::closed) act(secretary, CloseMeeting{meeting});
        act(secretary, ArchiveMeeting{meeting});
    }

    /// What was written, as the bundle a stranger gets.
    testing::RecordedMeeting record() const
    {
        testing::RecordedMeeting recorded;
        recorded.origin = "chamber.example";
        recorded.blobs = blobs;
        recorded.entries.clear();
        for (const auto& bytes : entries) {
            recorded.entries.push_back(*decode_entry(bytes));
            auto& entry = recorded.entries.back();
            if (!entry.actor.is_server()) entry.id = ids_[recorded.entries.size() - 1];
        }
        return recorded;
    }

    std::set<std::string_view> kinds; ///< methods of the commands accepted

private:
    /// What was written by other ways than work().
    void number_requests()
    {
        while (ids_.size() < entries.size())
            ids_.push_back("s" + std::to_string(ids_.size()));
    }

    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }
    Draw draw()
    {
        return [this](std::uint64_t limit) { return below(limit); };
    }
    std::uint32_t small(std::size_t bound) { return static_cast<std::uint32_t>(below(bound)); }

    template <class Map>
    auto some_of(const Map& map)
    {
        using Key = typename Map::key_type;
        if (map.empty() || below(40) == 0) return Key{below(state.entries + 3)};
        return std::next(map.begin(), static_cast<std::ptrdiff_t>(below(map.size())))->first;
    }

    std::optional<ItemId> some_parent()
    {
        if (below(2) == 0) return std::nullopt;
        return some_of(state.items);
    }

    std::optional<std::uint32_t> some_position()
    {
        if (below(3) == 0) return std::nullopt;
        return small(5);
    }

    std::string some_title() { return "议题" + std::to_string(below(12)); }

    MeetingId some_meeting() { return below(4) == 0 ? some_of(state.meetings) : meeting; }
    SittingId some_sitting() { return below(3) == 0 ? some_of(state.sittings) : sitting_id; }

    std::vector<RosterRow> some_rows()
    {
        auto rows = rows_of(6 + below(4));
        for (auto& row : rows) {
            if (below(5) == 0) row.group = "第" + std::to_string(below(4)) + "代表团";
            if (below(30) == 0) row.seat = "座1";
        }
        return rows;
    }

    std::vector<AgendaRow> some_agenda()
    {
        std::vector<AgendaRow> rows;
        std::uint32_t level = 1;
        for (std::size_t i = 0; i <= below(6); ++i) {
            rows.push_back({level, some_title(), ItemKind(below(12)), small(60), "", below(6) == 0});
            level = 1 + small(level + (below(20) == 0 ? 2 : 1));
        }
        return rows;
    }

    std::string some_body_name()
    {
        return below(2) == 0 ? "第" + std::to_string(below(4)) + "代表团" : "机构" + std::to_string(below(9));
    }

    /// Mostly of those who came last, so that somebody is left to go on.
    Command some_change_of_officers()
    {
        if (below(2) == 0) return AppointOfficer{std::nullopt, "新任", Role(1 + below(9)), body};
        const auto& office =
            below(12) == 0 ? state.offices[below(state.offices.size())] : state.offices.back();
        return DismissOfficer{office.person, office.role, office.body, "工作调动"};
    }

    Command some_schedule()
    {
        std::vector<ScheduleRow> rows;
        for (std::size_t i = 0; i < below(4); ++i) {
            const auto at = below(20) == 0 ? 0 : i * 1'000;
            rows.push_back({at, 30, some_title(), "", {some_of(state.items)}});
        }
        return SetSchedule{some_meeting(), rows};
    }

    Command some_detachment()
    {
        const auto item = some_of(state.items);
        const auto found = state.items.find(item);
        if (found == state.items.end() || found->second.documents.empty())
            return DetachDocument{item, Digest{}};
        return DetachDocument{item, found->second.documents[below(found->second.documents.size())].document};
    }

    std::optional<std::string> some_decision()
    {
        if (below(2) == 0) return "全体会议决定";
        return std::nullopt;
    }

    Command some_preparation()
    {
        switch (below(20)) {
        case 0: return ImportRoster{body, some_rows()};
        case 1: return UndoRoster{body};
        case 2:
            if (below(4) == 0) return RemoveBody{some_of(state.bodies), "误建"};
            if (below(4) == 0) return RenameBody{some_of(state.bodies), some_body_name(), "更名"};
            return FormDelegations{body};
        case 3:
            if (below(4) == 0) return RemovePhoto{some_of(state.persons)};
            return SetPhoto{some_of(state.persons), "image/jpeg", Bytes{0xff, 0xd8, 0xff}};
        case 4:
            if (below(3) == 0) return some_change_of_officers();
            if (below(2) == 0) return AdoptRules{some_of(state.bodies), rules_of_a_congress(), "预备会议"};
            return CorrectRecord{below(state.entries + 2), "甲", below(8) == 0 ? "甲" : "乙", "笔误"};
        case 5: return NotifyMeeting{some_meeting(), "书面"};
        case 6: return below(10) == 0 ? Command(CloseMeeting{some_meeting()}) : some_schedule();
        case 7: {
            const auto of = some_meeting();
            return below(3) == 0 ? Command(CancelMeeting{of, "改期"}) : ArchiveMeeting{of};
        }
        case 8: {
            if (below(4) == 0) return CancelSitting{some_of(state.sittings), "不再举行"};
            std::optional<BodyId> whose;
            if (below(2) == 0) whose = some_of(state.bodies);
            return CreateSitting{some_meeting(), "会议", whose, std::nullopt};
        }
        case 9:
            if (below(8) == 0) return CreateMeeting{body, "会议", 1, 1, over_half()};
            return ImportAgenda{some_meeting(), some_agenda()};
        case 10:
        case 11:
        case 12:
            return AddItem{some_meeting(), some_title(), some_parent(), some_position(), ItemKind::bill,
                           small(30),      "",           below(5) == 0};
        case 13:
        case 14:
            return EditItem{some_of(state.items), some_title(),   ItemKind::bill, 1, "",
                            below(4) == 0,        some_decision()};
        case 15:
            if (below(2) == 0) return some_detachment();
            return below(3) == 0 ? Command(UndoAgenda{some_meeting()}) : RemoveItem{some_of(state.items)};
        case 16:
        case 17: {
            const auto text = std::to_string(below(5));
            return AttachDocument{some_of(state.items), "附件", "text/plain",
                                  Bytes(text.begin(), text.end())};
        }
        default: return MoveItem{some_of(state.items), some_parent(), some_position(), some_decision()};
        }
    }

    Command some_conduct()
    {
        const auto sitting = some_sitting();
        auto item = some_of(state.items);
        const auto& active = state.sittings.at(sitting_id).active_item;
        if (active && below(2) == 0) item = *active;
        switch (below(14)) {
        case 0: return AdoptAgenda{sitting};
        case 1: return WithdrawItem{sitting, item, "提案人撤回"};
        case 2: return DeferItem{sitting, item, "待研究"};
        case 3:
        case 4: return DeliberateItem{sitting, item};
        case 5: {
            const auto outcome = ItemOutcome(below(4));
            return ConcludeItem{sitting, item, outcome, below(2) == 0 ? "" : "审议意见"};
        }
        case 6: return OpenSignIn{some_sitting()};
        case 7: return OpenSitting{sitting};
        case 8: return below(30) == 0 ? Command(CloseSitting{sitting}) : ResumeSitting{sitting};
        case 9: return RecessSitting{sitting, "午休"};
        case 10: return AnnounceVote{some_of(state.votes)};
        default: return ActivateItem{sitting, item};
        }
    }

    /// One vote after the other on what is before the body: put, carried or void.
    Asked some_vote()
    {
        const auto& sitting = state.sittings.at(sitting_id);
        if (sitting.open_vote) {
            const auto& vote = state.votes.at(*sitting.open_vote);
            const auto person = vote.electorate[below(vote.electorate.size())];
            if (below(8) > 0)
                return {as(person, Role::delegate), CastVote{*sitting.open_vote, Choice::approve}};
            if (below(3) > 0) return {chair, CloseVote{*sitting.open_vote}};
            return {chair, VoidVote{*sitting.open_vote, VoidReason::disorder, ""}};
        }
        if (below(2) == 0) return {chair, OpenVote{some_of(state.votes)}};
        if (below(5) == 0) return {chair, VoidVote{some_of(state.votes), VoidReason::withdrawn, ""}};
        auto question = prepare_command(motion());
        question.item = some_of(state.items);
        if (below(4) == 0) put_together(draw(), question);
        if (below(6) == 0) {
            question.base_members = 8;
            question.base_reason = "一人辞职";
        }
        return {secretary, question};
    }

    Asked some_request()
    {
        if (below(6) == 0) return random_duty(draw(), *this);
        if (below(20) == 0) return random_second_look(draw(), *this);
        const auto kind = below(10);
        if (kind < 4) return {secretary, some_preparation()};
        if (kind < 7) return {chair, some_conduct()};
        if (kind < 9) return some_vote();
        const auto& member = members[below(members.size())];
        return {member, below(6) == 0 ? Command(SignOut{sitting_id}) : SignIn{sitting_id}};
    }

    std::size_t check_below(MeetingId of, std::optional<ItemId> parent, const std::vector<ItemId>& items,
                            std::size_t level)
    {
        std::size_t known = items.size();
        if (!items.empty()) BOOST_TEST(level <= agenda_depth_max);
        for (const auto id : items) {
            const auto& one = item(id);
            BOOST_TEST((one.meeting == of && one.parent == parent));
            known += check_below(of, id, one.children, level + 1);
        }
        return known;
    }

    void check_items()
    {
        std::size_t known = 0;
        for (const auto& [id, one] : state.meetings)
            known += check_below(id, std::nullopt, one.items, 1);
        BOOST_TEST(known == state.items.size());
        for (const auto& [id, one] : state.items) {
            const bool decided = one.state == ItemState::decided;
            BOOST_TEST((!decided || one.outcome != ItemOutcome::none));
            if (one.opinion) BOOST_TEST((one.outcome == ItemOutcome::deliberation_opinion && decided));
            for (const auto& document : one.documents) {
                BOOST_TEST((document.is_private || !one.is_closed));
                BOOST_TEST(blobs.contains(document.document));
            }
        }
    }

    void check_texts()
    {
        for (const auto& [id, one] : state.votes) {
            BOOST_TEST(blobs.contains(one.text));
            if (one.item && item(*one.item).is_closed) BOOST_TEST(one.text_is_private);
            if (!one.item) BOOST_TEST(!one.text_is_private);
        }
    }

    void check_sittings()
    {
        for (const auto& [id, one] : state.sittings) {
            const auto& of = state.meetings.at(one.meeting);
            BOOST_TEST((one.body == of.body || state.bodies.at(one.body).parent == of.body));
            if (of.phase >= MeetingPhase::closed) BOOST_TEST((one.state == SittingState::closed));
            if (!one.active_item) continue;
            const auto before_the_body = item(*one.active_item).state;
            BOOST_TEST((before_the_body != ItemState::draft && before_the_body != ItemState::withdrawn &&
                        before_the_body != ItemState::deferred));
        }
    }

    void check_delegations()
    {
        const auto& congress = state.bodies.at(body).members;
        for (const auto& [id, one] : state.bodies) {
            if (one.parent != body) continue;
            Members group;
            for (const auto& member : congress) {
                if (member.group == one.name) group.push_back(member);
            }
            BOOST_TEST((one.members == group));
        }
    }

    void check_claims()
    {
        check_items();
        check_texts();
        check_sittings();
        check_delegations();
        check_duties(state);
    }

    std::mt19937_64 random_;
    std::vector<std::string> ids_; ///< the request each entry came of
};

std::string sentences_of(const audit::Report& report)
{
    std::ostringstream out;
    for (const auto& found : report.findings)
        out << "\n  " << audit::name_of(found.code) << " at " << found.seq.value_or(0) << ": "
            << found.sentence.en;
    return out.str();
}

} // namespace

BOOST_AUTO_TEST_CASE(whatever_becomes_of_an_agenda_it_stays_a_tree_and_the_auditor_agrees)
{
    std::set<std::string_view> kinds;
    for (std::uint64_t seed = 1; seed <= testing::stories(60); ++seed) {
        BOOST_TEST_CONTEXT("seed " << seed)
        {
            Secretariat house(seed);
            if (seed % 4 != 0) house.begin(6);
            house.work(400);
            if (seed % 3 == 0) house.adjourn();
            house.work(60);
            BOOST_TEST((house.replayed() == state_hash(house.state)));
            const auto report = audit::verify(testing::bundle_of(house.record()));
            BOOST_TEST(report.ok, sentences_of(report));
            kinds.insert(house.kinds.begin(), house.kinds.end());
        }
    }
    for (const auto method : {"roster.import",       "roster.undo",         "delegations.form",
                              "person.set_photo",    "record.correct",      "meeting.notify",
                              "schedule.set",        "sitting.create",      "item.add",
                              "item.edit",           "item.move",           "agenda.import",
                              "document.attach",     "document.detach",     "agenda.adopt",
                              "item.activate",       "item.deliberate",     "item.conclude",
                              "item.withdraw",       "item.defer",          "vote.close",
                              "vote.void",           "item.remove",         "agenda.undo",
                              "meeting.cancel",      "body.rename",         "officer.dismiss",
                              "sitting.cancel",      "member.suspend",      "member.reinstate",
                              "vote.confirm_base",   "vote.split",          "suggestion.register",
                              "suggestion.reassign", "suggestion.answer",   "suggestion.evaluate",
                              "suggestion.remind",   "suggestion.withdraw", "evaluation.conclude",
                              "petition.open",       "petition.sign",       "petition.withdraw_signature",
                              "petition.hand_in",    "petition.withdraw",   "petition.set_need"})
        BOOST_TEST(kinds.contains(method), method << " never came to pass");
}

BOOST_AUTO_TEST_SUITE_END()
