#include "protocol/audit/verify.hpp"
#include "server/chamber/chamber.hpp"
#include "tests/support/effort.hpp"
#include "tests/support/recorded_meeting.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <sstream>

// Server and auditor read the rules of procedure independently. Whatever the chamber decides, the auditor
// must accept; where one of them were mistaken, this is where they would disagree.

BOOST_AUTO_TEST_SUITE(chamber_record_test)

using namespace plenum;
using namespace plenum::testing;

namespace {

/// Asks a chamber for one thing after the other, sensible or not, and keeps what it decided.
class RandomChamber {
public:
    explicit RandomChamber(std::uint64_t seed) : random_(seed)
    {
        apply_new_entries();
        found();
    }

    void ask(std::size_t times)
    {
        for (std::size_t i = 0; i < times; ++i) {
            record.now_ms += below(3) == 0 ? below(4'000) : below(20);
            if (below(40) == 0) record.publish();
            const auto command = some_command();
            act(below(8) == 0 ? somebody() : somebody_with(right_of(command)), command);
        }
    }

    RecordedMeeting record;
    chamber::State state;
    std::uint64_t decided = 0;
    std::uint64_t refused = 0;

private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

    chamber::BlobSource blobs() const
    {
        return [this](const Digest& digest) -> std::optional<std::string> {
            const auto found = record.blobs.find(digest);
            if (found == record.blobs.end()) return std::nullopt;
            return found->second;
        };
    }

    void apply_new_entries()
    {
        while (state.entries < record.entries.size())
            chamber::apply(state, record.entries[state.entries], blobs());
    }

    void write(const Actor& actor, const std::string& id, const chamber::Decision& decision)
    {
        for (const auto& blob : decision.blobs)
            record.blobs[blob.digest] = blob.content;
        const auto at_ms = record.now_ms;
        for (const auto& event : decision.events) {
            record.now_ms = at_ms;
            record.write(actor, event, id);
        }
        apply_new_entries();
    }

    void time_out()
    {
        while (const auto next = chamber::next_timeout(state)) {
            if (next->at_ms >= record.now_ms) return;
            const auto closing = chamber::decide_timeout(state, next->vote, record.now_ms);
            BOOST_TEST_REQUIRE(closing.has_value());
            write(Actor{}, "", *closing);
        }
    }

    bool act(const Actor& actor, const Command& command)
    {
        time_out();
        chamber::Context context;
        context.actor = actor;
        context.now_ms = record.now_ms;
        context.seed[0] = static_cast<std::uint8_t>(random_());
        context.blobs = blobs();
        const auto decision = chamber::decide(state, command, context);
        (decision ? decided : refused) += 1;
        if (decision) write(actor, "q" + std::to_string(++asked_), *decision);
        return decision.has_value();
    }

    /// Two bodies that share members, their officers, a meeting and a sitting each.
    void found()
    {
        AppointOfficer secretary;
        secretary.name = "秘书长";
        secretary.role = Role::secretary;
        BOOST_TEST_REQUIRE(act(Actor{}, secretary));
        officers_.push_back({PersonId{1}, Role::secretary});
        for (const auto kind : {BodyKind::standing_committee, BodyKind::presidium}) {
            BOOST_TEST_REQUIRE(act(officers_[0], CreateBody{kind, "机构" + std::to_string(bodies_.size())}));
            const BodyId body{record.entries.size() - 1};
            bodies_.push_back(body);
            BOOST_TEST_REQUIRE(act(Actor{}, some_roster(body, 12)));
            for (const auto role : {Role::chair, Role::operator_, Role::teller, Role::teller}) {
                AppointOfficer officer;
                officer.name = "某";
                officer.role = role;
                officer.body = body;
                BOOST_TEST_REQUIRE(act(officers_[0], officer));
                officers_.push_back({PersonId{state.persons_known}, role});
            }
            const Threshold quorum{1, 2, below(2) == 0, Base::all_members};
            BOOST_TEST_REQUIRE(act(officers_[0], CreateMeeting{body, "会议", 1, 1, quorum}));
            const MeetingId meeting{record.entries.size() - 1};
            BOOST_TEST_REQUIRE(act(officers_[0], CreateSitting{meeting, "全体会议"}));
        }
    }

    ImportRoster some_roster(BodyId body, std::size_t size)
    {
        ImportRoster roster;
        roster.body = body;
        const auto skipped = below(3);
        for (std::size_t i = 0; i < size; ++i) {
            if (i == skipped || (below(8) == 0 && i > 6)) continue;
            RosterRow row;
            row.number = "Z" + std::to_string(i);
            row.name = "代表" + std::to_string(i);
            row.group = below(2) == 0 ? "甲" : "乙";
            roster.members.push_back(row);
        }
        return roster;
    }

    Actor somebody()
    {
        const auto kind = below(10);
        if (kind == 0) return Actor{};
        if (kind < 6) return officers_[below(officers_.size())];
        return {PersonId{1 + below(state.persons_known)}, Role::delegate};
    }

    /// Somebody whose role has the right, if not always over the right body.
    Actor somebody_with(Right right)
    {
        if (right == Right::attend || right == Right::cast) {
            const auto& members =
                std::next(state.bodies.begin(), static_cast<std::ptrdiff_t>(below(2)))->second.members;
            return {members[below(members.size())].person, Role::delegate};
        }
        for (;;) {
            const auto& officer = officers_[below(officers_.size())];
            if (may(officer.role, right, true)) return officer;
        }
    }

    /// Mostly one that is not over.
    SittingId some_sitting()
    {
        std::vector<SittingId> found;
        for (const auto& [id, sitting] : state.sittings)
            if (sitting.state != SittingState::closed) found.push_back(id);
        if (found.empty() || below(20) == 0) return some_of(state.sittings);
        return found[below(std::min<std::size_t>(found.size(), 2))];
    }

    template <class Map, class Id = typename Map::key_type>
    Id some_of(const Map& map)
    {
        if (map.empty() || below(50) == 0) return Id{below(record.entries.size())};
        return std::next(map.begin(), static_cast<std::ptrdiff_t>(below(map.size())))->first;
    }

    /// Mostly a vote in this state, when there is one.
    VoteId some_vote(VoteState wanted)
    {
        std::vector<VoteId> found;
        for (const auto& [id, vote] : state.votes)
            if (vote.state == wanted) found.push_back(id);
        if (found.empty() || below(8) == 0) return some_of(state.votes);
        return found[below(found.size())];
    }

    PrepareVote some_question()
    {
        PrepareVote question;
        question.sitting = some_sitting();
        question.adopts_agenda = below(6) == 0;
        if (!question.adopts_agenda && below(2) == 0 && !state.items.empty())
            question.item = some_of(state.items);
        question.title = "表决" + std::to_string(below(1'000));
        question.text = "表决稿" + std::to_string(below(1'000));
        question.profile = simple_rule();
        question.profile.majority = {static_cast<std::uint32_t>(below(4)), 3, below(2) == 0, Base(below(6))};
        question.profile.quorum.num = static_cast<std::uint32_t>(below(2));
        question.profile.press = PressPolicy(below(2));
        question.profile.close = ClosePolicy(below(3));
        question.profile.window_ms = static_cast<std::uint32_t>(1 + below(8'000));
        if (below(3) == 0) question.profile.groups = {"乙", "甲"};
        if (below(2) == 0) question.profile.method = VoteMethod(below(3));
        question.profile.tellers = static_cast<std::uint32_t>(1 + below(2));
        if (question.profile.method != VoteMethod::console && below(8) > 0) {
            question.profile.groups.clear();
            question.profile.close = below(2) == 0 ? ClosePolicy::chair : ClosePolicy::timer_then_chair;
        }
        if (below(3) == 0) question.profile.min_participation = Threshold{1, 3, false, Base::present};
        if (below(6) == 0) {
            question.base_members = static_cast<std::uint32_t>(5 + below(10));
            if (below(2) == 0) question.base_reason = "出缺";
        }
        say_whom(question);
        return question;
    }

    /// One person, several together, or nobody; and on which paper of its item.
    void say_whom(PrepareVote& question)
    {
        const auto appointing = [&](const char* name) {
            return PersonnelMatter{PersonnelAction(below(5)), name, "局长"};
        };
        if (below(6) == 0) question.profile.appointment = AppointmentRule{below(2) == 0, 0, 1};
        if (!question.adopts_agenda && below(3) == 0) {
            question.combined = {{"甲", appointing("甲")}, {"乙", appointing("乙")}, {"丙", {}}};
        } else if (below(6) == 0) {
            question.personnel = appointing("甲");
        }
        if (!question.item || !state.items.contains(*question.item)) return;
        const auto& papers = state.items.at(*question.item).documents;
        if (!papers.empty() && below(4) > 0) question.draft = papers[below(papers.size())].document;
    }

    Command some_paper()
    {
        const auto item = some_of(state.items);
        const auto found = state.items.find(item);
        const bool has_some = found != state.items.end() && !found->second.documents.empty();
        if (has_some && below(2) == 0) return DetachDocument{item, found->second.documents.front().document};
        const auto text = std::to_string(below(3));
        return AttachDocument{item, "草案", "text/plain", Bytes(text.begin(), text.end())};
    }

    Command some_suspension()
    {
        const auto body = bodies_[below(2)];
        const auto& suspended = state.bodies.at(body).suspended;
        if (!suspended.empty() && below(3) > 0)
            return ReinstateMember{body, suspended.begin()->first, "常委会", "不予起诉"};
        return SuspendMember{body, PersonId{1 + below(state.persons_known)}, "常委会", "被立案调查"};
    }

    /// Mostly what waits in the way of the vote is set aside.
    OpenVote some_opening()
    {
        OpenVote open{some_vote(VoteState::prepared)};
        const auto found = state.votes.find(open.vote);
        if (found == state.votes.end() || below(3) == 0) return open;
        const auto of =
            std::array{RefusalCode::text_differs, RefusalCode::amendment_first, RefusalCode::not_qualified,
                       RefusalCode::barred, RefusalCode::secret_ballot_required};
        open.overrides = {{of[below(of.size())], "主席团", "已经讨论"}};
        return open;
    }

    AddItem some_item()
    {
        AddItem item{some_of(state.meetings), "议题" + std::to_string(below(100))};
        item.is_closed = below(4) == 0;
        return item;
    }

    Command preparing()
    {
        switch (below(8)) {
        case 0: return some_roster(bodies_[below(2)], 8 + below(6));
        case 1:
            return below(6) == 0 ? Command(CreateSitting{some_of(state.meetings), "续会"}) : some_question();
        case 2: return some_item();
        case 3: return EditItem{some_of(state.items), "议题(修改)", {}, 0, "", below(4) == 0, "全体会议决定"};
        case 4: return IssueAccessCodes{bodies_[below(2)], std::nullopt};
        case 5: return below(2) == 0 ? some_suspension() : some_paper();
        case 6:
            if (below(2) == 0) return RecordQualification{some_vote(VoteState::prepared), true, {}};
            [[fallthrough]];
        default: return some_question();
        }
    }

    Command conducting()
    {
        const auto sitting = some_sitting();
        switch (below(18)) {
        case 14: {
            const auto vote = some_vote(VoteState::prepared);
            const auto found = state.votes.find(vote);
            return ConfirmBase{vote, found == state.votes.end() ? 5 : found->second.base_members};
        }
        case 15:
            return SplitVote{some_vote(below(4) == 0 ? VoteState::voided : VoteState::prepared),
                             static_cast<std::uint32_t>(below(4)), "单独表决稿", "李代表"};
        case 16:
        case 17: return some_opening();
        case 0: return AdoptAgenda{sitting};
        case 1: return ActivateItem{sitting, some_of(state.items)};
        case 2:
            return below(4) > 0 ? Command(AddItem{some_of(state.meetings), "临时议题"})
                                : Command(WithdrawItem{sitting, some_of(state.items), "提案人撤回"});
        case 3: return DeferItem{sitting, some_of(state.items), "待研究"};
        case 4: return OpenSignIn{sitting};
        case 5: return OpenSitting{sitting};
        case 6: return RecessSitting{sitting, "休息"};
        case 7: return ResumeSitting{sitting};
        case 8: return below(20) == 0 ? Command(CloseSitting{sitting}) : Command(OpenSitting{sitting});
        case 9: return LendConduct{sitting, below(2) == 0};
        default: return OpenVote{some_vote(VoteState::prepared)};
        }
    }

    /// Mostly what tellers find who agree.
    HandsCount some_hands(VoteId id)
    {
        const auto found = state.votes.find(id);
        const auto electors = found == state.votes.end() ? 0 : found->second.by_hands.size();
        if (below(4) > 0) return {static_cast<std::uint32_t>(electors), 0, 0};
        const auto some = [&] { return static_cast<std::uint32_t>(below(5)); };
        return {some(), some(), some()};
    }

    Command voting()
    {
        const auto open = some_vote(VoteState::open);
        switch (below(24)) {
        case 16: return ExtendVote{open, static_cast<std::uint32_t>(below(4'000))};
        case 17: return ObjectToVote{open};
        case 18: return RecordObjection{open};
        case 19: return SwitchVoteMethod{open, VoteMethod(below(3))};
        case 20:
        case 21:
        case 22:
        case 23: return CountHands{open, some_hands(open)};
        case 0: return HoldVote{open, "检查设备"};
        case 1: return ResumeVote{some_vote(VoteState::held)};
        case 2: return CloseVote{below(4) == 0 ? some_vote(VoteState::held) : open};
        case 3: return AnnounceVote{some_vote(VoteState::decided)};
        case 4:
            if (below(2) == 0) return RetryVote{some_vote(VoteState::voided), VoteMethod(below(3))};
            return RetryVote{some_vote(VoteState::voided)};
        case 5:
            return VoidVote{below(3) == 0 ? some_vote(VoteState::decided) : open, VoidReason(below(5)), ""};
        default: return CastVote{open, Choice(below(3))};
        }
    }

    Command some_command()
    {
        const auto kind = below(20);
        const auto sitting = some_sitting();
        if (kind < 2) return preparing();
        if (kind < 6) return conducting();
        if (kind < 8) return SignIn{sitting};
        if (kind == 8) return below(3) == 0 ? Command(SignOut{sitting}) : Command(SignIn{sitting});
        if (kind == 9) {
            const auto mode = below(3) == 0 ? AttendanceMode::remote : AttendanceMode::in_person;
            return SignInFor{sitting, PersonId{1 + below(state.persons_known)}, mode};
        }
        if (kind == 10 && below(4) == 0) return SignOutFor{sitting, PersonId{1 + below(state.persons_known)}};
        return voting();
    }

    std::mt19937_64 random_;
    std::vector<Actor> officers_;
    std::vector<BodyId> bodies_;
    std::uint64_t asked_ = 0;
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

BOOST_AUTO_TEST_CASE(whatever_the_chamber_decides_the_auditor_accepts)
{
    std::uint64_t announced = 0;
    std::uint64_t voided = 0;
    std::uint64_t retried = 0;
    std::uint64_t by_hands = 0;
    std::uint64_t silent = 0;
    std::uint64_t split = 0;  ///< taken out of combined votes, and opened
    std::uint64_t drafts = 0; ///< opened on a paper of their item
    std::set<std::string_view> kinds;
    for (std::uint64_t seed = 1; seed <= testing::stories(90); ++seed) {
        RandomChamber chamber(seed);
        chamber.ask(3'500);
        const auto report = audit::verify(bundle_of(chamber.record));
        BOOST_TEST_REQUIRE(report.ok, "seed " << seed << sentences_of(report));
        BOOST_TEST_REQUIRE(report.votes.size() == chamber.state.votes.size());
        for (const auto& vote : report.votes) {
            const auto& known = chamber.state.votes.at(vote.id);
            BOOST_TEST_REQUIRE((vote.state == known.state));
            BOOST_TEST_REQUIRE(vote.tally.has_value() == known.result.has_value());
            if (known.result) {
                BOOST_TEST_REQUIRE((*vote.outcome == known.result->outcome));
                BOOST_TEST_REQUIRE((vote.hands == known.result->hands));
            }
            by_hands += vote.hands ? 1 : 0;
            silent += known.result && vote.method == VoteMethod::no_objection ? 1 : 0;
            announced += vote.state == VoteState::announced ? 1 : 0;
            voided += vote.state == VoteState::voided ? 1 : 0;
            retried += vote.attempt > 1 ? 1 : 0;
            split += known.matter.split && known.opened_at_ms ? 1 : 0;
            drafts += known.matter.draft && known.opened_at_ms ? 1 : 0;
        }
        for (const auto& entry : chamber.record.entries)
            kinds.insert(kind_of(entry.event));
    }
    // The walk must have been everywhere a voting day goes.
    BOOST_TEST(announced > testing::stories(100));
    BOOST_TEST(voided > testing::stories(100));
    BOOST_TEST(retried > testing::stories(50));
    for (const auto kind :
         {"roster.adopted", "attendance.signed_out", "conduct.lent", "vote.held", "item.deferred",
          "vote.hands_counted", "vote.objected", "vote.method_switched", "vote.extended"})
        BOOST_TEST(kinds.contains(kind), kind);
    for (const auto kind : {"member.suspended", "member.reinstated", "vote.base_confirmed"})
        BOOST_TEST(kinds.contains(kind), kind);
    BOOST_TEST(split > testing::stories(2));
    BOOST_TEST(drafts > testing::stories(2));
    BOOST_TEST(kinds.size() >= 38u);
    BOOST_TEST(by_hands > testing::stories(30));
    BOOST_TEST(silent > testing::stories(10));
    BOOST_TEST_MESSAGE(announced << " announced, " << voided << " void, " << retried << " further attempts, "
                                 << by_hands << " with hands, " << silent << " by silence, " << split
                                 << " taken out, " << drafts << " on a draft, " << kinds.size()
                                 << " kinds of entries");
}

BOOST_AUTO_TEST_SUITE_END()
