#include "tests/server/chamber/random_duties.hpp"
#include "tests/support/effort.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

BOOST_AUTO_TEST_SUITE(random_sittings_test)

using namespace plenum;
using namespace plenum::chamber;

// Random days in the chamber, from a seed: whatever anybody asks for, in whatever order, the claims below
// hold.

namespace {

/// splitmix64: the same numbers everywhere.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t below(std::uint64_t limit)
    {
        state_ += 0x9e3779b97f4a7c15ULL;
        auto z = state_;
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return (z ^ (z >> 31U)) % limit;
    }
    bool one_in(std::uint64_t times) { return below(times) == 0; }
    Draw draw()
    {
        return [this](std::uint64_t limit) { return below(limit); };
    }

    template <class Map>
    auto key_of(const Map& map)
    {
        using Key = typename Map::key_type;
        if (map.empty() || one_in(40)) return Key{below(60)};
        return std::next(map.begin(), static_cast<std::ptrdiff_t>(below(map.size())))->first;
    }

private:
    std::uint64_t state_;
};

/// The house's own sitting more often than not, so that days get somewhere.
SittingId random_sitting(Dice& dice, const House& house)
{
    return dice.one_in(3) ? dice.key_of(house.state.sittings) : house.sitting_id;
}

/// The vote under way, else one that waits, else any.
VoteId random_vote_id(Dice& dice, const House& house)
{
    const auto& sitting = house.state.sittings.at(house.sitting_id);
    if (sitting.open_vote && !dice.one_in(4)) return *sitting.open_vote;
    if (dice.one_in(4)) return dice.key_of(house.state.votes);
    for (const auto id : sitting.votes) {
        if (house.state.votes.at(id).state == VoteState::prepared && dice.one_in(2)) return id;
    }
    return dice.key_of(house.state.votes);
}

RuleProfile random_rule(Dice& dice)
{
    auto rule = motion();
    rule.majority.base = static_cast<Base>(dice.below(6));
    rule.majority.strict = !dice.one_in(3);
    if (dice.one_in(3)) rule.min_participation = over_half();
    if (dice.one_in(3)) rule.groups = {"一组", "二组"};
    if (dice.one_in(12)) rule.groups = {"无此组"};
    rule.press = static_cast<PressPolicy>(dice.below(2));
    rule.close = static_cast<ClosePolicy>(dice.below(3));
    rule.window_ms = static_cast<std::uint32_t>(1 + dice.below(20'000));
    if (dice.one_in(25)) rule.secrecy = Secrecy::secret;
    if (!dice.one_in(3)) return rule;
    rule.method = static_cast<VoteMethod>(dice.below(4));
    rule.tellers = static_cast<std::uint32_t>(dice.one_in(12) ? 0 : 1 + dice.below(2));
    if (rule.method == VoteMethod::console || dice.one_in(12)) return rule;
    rule.groups.clear();
    rule.close = dice.one_in(2) ? ClosePolicy::chair : ClosePolicy::timer_then_chair;
    return rule;
}

/// What stands on the ballots of a vote on paper, where it is more than for and against.
void put_on_ballot(Dice& dice, PrepareVote& command)
{
    if (dice.one_in(6)) {
        command.profile = motion();
        command.profile.method = VoteMethod::paper;
        command.item.reset();
    }
    if (command.profile.method != VoteMethod::paper && !dice.one_in(40)) return;
    if (!dice.one_in(8)) command.profile.min_participation.reset();
    if (dice.one_in(20)) command.rooms = {"正厅", "旁厅"};
    if (dice.one_in(6)) {
        GradesSheet sheet{{"财政局", "教育局"}, {{{"满意", "yes"}, {"不满意", "no"}}, {}, Rounding::half_up}};
        sheet.rule.verdicts = {{"yes", {"满意", "yes"}, {0}, over_half(Base::present)}};
        command.grades = std::move(sheet);
    }
    if (dice.one_in(3)) return;
    BallotList list;
    list.list_kind = dice.one_in(2) ? ListKind::projects : static_cast<ListKind>(dice.below(7));
    list.candidates = {{"甲", std::nullopt}, {"乙", std::nullopt}, {"丙", std::nullopt}};
    list.places.places = static_cast<std::uint32_t>(1 + dice.below(3));
    if (dice.one_in(4)) list.places.majority = over_half();
    list.ballot.marks_max = list.places.places;
    if (list.list_kind != ListKind::projects && dice.one_in(2))
        list.extra = CandidateNumber{1, 2, {"组织法", "27", ""}};
    command.list = std::move(list);
}

PrepareVote random_vote(Dice& dice, const House& house)
{
    auto command = house.prepare_command(random_rule(dice));
    command.sitting = random_sitting(dice, house);
    command.item.reset();
    command.adopts_agenda = dice.one_in(6);
    if (!command.adopts_agenda && !dice.one_in(3)) command.item = dice.key_of(house.state.items);
    if (dice.one_in(4)) command.base_members = static_cast<std::uint32_t>(dice.below(12));
    if (dice.one_in(2)) command.base_reason = "理由";
    put_on_ballot(dice, command);
    if (command.list && dice.one_in(3)) command.list->places.tie = TieRule::presidium;
    if (dice.one_in(4)) command.approval_by = "市人大常委会";
    if (command.item && dice.one_in(6)) command.part = QuestionPart::amendment;
    if (!command.list && !command.grades && dice.one_in(3))
        command.personnel = PersonnelMatter{static_cast<PersonnelAction>(dice.below(5)), "王建国", "局长"};
    if (!command.list && !command.grades && dice.one_in(6)) put_together(dice.draw(), command);
    return command;
}

Command random_preparation(Dice& dice, const House& house)
{
    const auto& state = house.state;
    switch (dice.below(8)) {
    case 0: return CreateSitting{dice.key_of(state.meetings), "全体会议"};
    case 1: return AddItem{dice.key_of(state.meetings), "议题"};
    case 2: return EditItem{dice.key_of(state.items), "改题"};
    case 3: return ImportRoster{dice.key_of(state.bodies), rows_of(dice.one_in(8) ? 0 : 6 + dice.below(3))};
    case 4:
        if (dice.one_in(8)) return CreateBody{BodyKind::delegation, "第一代表团"};
        if (dice.one_in(8)) {
            return PrepareSeries{house.sitting_id,  std::nullopt, {{"甲", "甲"}, {"乙", "乙"}},
                                 random_rule(dice), std::nullopt, ""};
        }
        if (!dice.one_in(8)) return random_vote(dice, house);
        return CreateMeeting{dice.key_of(state.bodies), "会议", 1, 1, over_half()};
    case 5: return IssueAccessCodes{dice.key_of(state.bodies), std::nullopt};
    case 6:
        return AppointOfficer{dice.key_of(state.persons), "", static_cast<Role>(dice.below(10)),
                              std::nullopt};
    default: return random_vote(dice, house);
    }
}

/// The first vote that leaves something to be voted on again, settled by the tied.
std::optional<PrepareVote> random_revote(const House& house)
{
    for (const auto& [id, vote] : house.state.votes) {
        if (vote.state != VoteState::announced || !vote.result->places || vote.paper.followed_by) continue;
        const auto& [counted, outcome] = *vote.result->places;
        if (outcome.status != PlacesStatus::tie_revote_needed) continue;
        auto command = house.prepare_command(vote.profile);
        command.item.reset();
        BallotList list;
        list.list_kind = ListKind::tie_revote;
        for (const auto line : outcome.tied)
            list.candidates.push_back({counted.list[line].name, std::nullopt});
        list.places.places = list.ballot.marks_max = outcome.tied_places;
        list.follows = id;
        command.list = std::move(list);
        return command;
    }
    return std::nullopt;
}

/// One the assembly adopted, where there is any, or the other.
VoteId adopted_or(VoteId other, const House& house)
{
    for (const auto& [id, vote] : house.state.votes) {
        const bool announced = vote.state == VoteState::announced;
        if (announced && is_adopted(vote.result->outcome.verdict)) return id;
    }
    return other;
}

/// One that waits to be announced, where there is any, or the other.
VoteId decided_or(VoteId other, const House& house)
{
    for (const auto& [id, vote] : house.state.votes) {
        if (vote.state == VoteState::decided) return id;
    }
    return other;
}

/// One that may be tried again, where there is any, or the other.
VoteId voided_or(VoteId other, const House& house)
{
    for (const auto& [id, vote] : house.state.votes) {
        if (vote.state == VoteState::voided && !vote.retried_by) return id;
    }
    return other;
}

/// An election by a body without rules, mostly with somebody who decided that.
OpenVote random_opening(Dice& dice, const House& house, VoteId id)
{
    OpenVote open{id};
    const auto found = house.state.votes.find(id);
    if (found == house.state.votes.end() || dice.one_in(8)) return open;
    const auto& list = found->second.paper.list;
    if (!list || is_of_projects(list->list_kind)) return open;
    const auto decided = [](RefusalCode of) { return Override{of, "主席团", "另有决定"}; };
    open.overrides = std::vector{decided(RefusalCode::election_method_missing)};
    if (!house.state.meetings.at(house.meeting).scrutineers_approved && dice.one_in(4))
        open.overrides->push_back(decided(RefusalCode::scrutineers_missing));
    return open;
}

Command random_conduct(Dice& dice, const House& house)
{
    const auto& state = house.state;
    const auto sitting = random_sitting(dice, house);
    const auto vote = random_vote_id(dice, house);
    switch (dice.below(24)) {
    case 23:
        return ApproveScrutineers{adopted_or(vote, house),
                                  {*house.members.at(0).person, *house.members.at(1).person}};
    case 19: return dice.one_in(2) ? Command{RecordObjection{vote}} : CloseVote{vote};
    case 20:
    case 21: return SwitchVoteMethod{vote, static_cast<VoteMethod>(dice.below(4))};
    case 22: return ExtendVote{vote, static_cast<std::uint32_t>(dice.below(20'000))};
    case 0: return AdoptAgenda{sitting};
    case 1: return ActivateItem{sitting, dice.key_of(state.items)};
    case 2:
        return dice.one_in(3) ? Command{WithdrawItem{sitting, dice.key_of(state.items), "提案人撤回"}}
                              : AdoptAgenda{sitting};
    case 3:
        return dice.one_in(3) ? Command{DeferItem{sitting, dice.key_of(state.items), "待研究"}}
                              : AdoptAgenda{sitting};
    case 4: return OpenSitting{sitting};
    case 5: return RecessSitting{sitting, "午休"};
    case 6:
    case 7: return ResumeSitting{sitting};
    case 8: return dice.one_in(30) ? Command{CloseSitting{sitting}} : ResumeSitting{sitting};
    case 9: return LendConduct{sitting, dice.one_in(2)};
    case 10: return HoldVote{vote, "检查设备"};
    case 11: return ResumeVote{vote};
    case 12: return CloseVote{vote};
    case 13: return AnnounceVote{dice.one_in(3) ? vote : decided_or(vote, house)};
    case 14: return VoidVote{vote, static_cast<VoidReason>(dice.below(6)), ""};
    case 15:
        if (dice.one_in(2)) return RetryVote{vote, static_cast<VoteMethod>(dice.below(4))};
        return RetryVote{voided_or(vote, house)};
    default: return random_opening(dice, house, vote);
    }
}

/// What others decide of a vote, mostly one that calls for it.
Command random_sequel(Dice& dice, const House& house)
{
    const auto id = adopted_or(random_vote_id(dice, house), house);
    switch (dice.below(3)) {
    case 0: return AnnulVote{id, "常委会", "理由"};
    case 1: return RecordApproval{id, dice.one_in(2), "批复"};
    default: return RecordQualification{random_vote_id(dice, house), dice.one_in(2), std::uint64_t{1}};
    }
}

/// Mostly what the tellers would find if everybody approved, so that they agree now and then.
HandsCount random_hands(Dice& dice, const House& house, VoteId id)
{
    const auto found = house.state.votes.find(id);
    const auto electors = found == house.state.votes.end() ? 0 : found->second.by_hands.size();
    if (!dice.one_in(8)) return {static_cast<std::uint32_t>(electors), 0, 0};
    const auto some = [&] { return static_cast<std::uint32_t>(dice.below(4)); };
    return {some(), some(), some()};
}

/// Mostly the same figures whoever counts, of whatever stands on the ballots.
Command random_ballots(Dice& dice, const House& house, VoteId id)
{
    const auto found = house.state.votes.find(id);
    if (found == house.state.votes.end() || dice.one_in(12)) return CountBallots{id, {3, 3, 0, 2, 1, 0}};
    const auto& paper = found->second.paper;
    const auto issued = static_cast<std::uint32_t>(found->second.electorate.size());
    const auto came_back = number(id) % 7 == 0 ? issued + 1 : issued;
    std::optional<std::string> room;
    if (!paper.rooms.empty() && !dice.one_in(4)) room = paper.rooms.at(dice.below(paper.rooms.size()));
    const auto wrong = dice.one_in(8) ? 1U : 0U;
    if (paper.list) {
        PlacesReturn list{issued, came_back, 0, {}};
        const auto each = came_back * paper.list->ballot.marks_max / 3;
        for (const auto& candidate : paper.list->candidates)
            list.list.push_back({candidate.name, std::min(each, came_back) - wrong, 0, 0, false});
        return CountList{id, std::move(list), room};
    }
    if (paper.grades) {
        GradesCount sheets{issued, came_back, {}};
        for (const auto& object : paper.grades->objects)
            sheets.objects.push_back({object, {came_back - wrong, 0}, wrong});
        return CountGrades{id, std::move(sheets), room};
    }
    if (room) return CountBallots{id, {0, 0, 0, 0, 0, 0}, room};
    return CountBallots{id, {issued, came_back, wrong, came_back - wrong, 0, 0}, room};
}

/// What the desk says of attendance, more often than not about a member and rightly confirmed.
Command random_desk(Dice& dice, const House& house, SittingId sitting, PersonId person)
{
    const auto& state = house.state;
    const auto mode = static_cast<AttendanceMode>(dice.below(2));
    const auto known = state.persons.find(person);
    const auto name = known == state.persons.end() || dice.one_in(8) ? "" : known->second.name;
    switch (dice.below(8)) {
    case 0: {
        std::optional<PersonId> whom;
        if (!dice.one_in(4)) whom = dice.key_of(state.persons);
        return AdmitAttendee{dice.key_of(state.meetings),
                             whom,
                             whom ? "" : "列席人员",
                             static_cast<AttendeeKind>(dice.below(4)),
                             "",
                             ""};
    }
    case 1: return DismissAttendee{dice.key_of(state.meetings), dice.key_of(state.persons)};
    case 2: return GrantLeave{sitting, person, "出差"};
    case 3: return CancelLeave{sitting, person};
    case 4: return RecordAbsence{sitting, person, name};
    case 5: {
        const auto& absent = state.sittings.at(house.sitting_id).absent_without_leave;
        if (absent.empty()) return RecordAbsence{house.sitting_id, person, name};
        return ClearAbsence{house.sitting_id, *absent.begin(), "核实"};
    }
    default: return SignInFor{sitting, dice.key_of(state.persons), mode};
    }
}

/// The floor, by whoever the command is for.
Asked random_floor(Dice& dice, const House& house, SittingId sitting, const Actor& delegate)
{
    const auto& state = house.state;
    const auto& floor = state.sittings.at(house.sitting_id);
    auto speech = dice.key_of(state.speeches);
    if (!floor.queue.empty() && dice.one_in(2)) speech = floor.queue.front();
    if (floor.speaking && dice.one_in(2)) speech = *floor.speaking;
    const auto step = dice.below(15);
    if ((step == 9 || step == 10) && !floor.spoken.empty()) speech = floor.spoken.back();
    const auto found = state.speeches.find(speech);
    const auto speaker =
        found == state.speeches.end() || dice.one_in(8) ? delegate : as(found->second.person, Role::delegate);
    const auto kind = static_cast<SpeechKind>(dice.below(4));
    std::optional<SpeechId> answers;
    if (kind == SpeechKind::answer) answers = dice.key_of(state.speeches);
    switch (step) {
    case 0:
    case 1:
    case 2: return {delegate, RequestFloor{sitting, kind, std::nullopt, answers}};
    case 3: return {house.operator_, RequestFloorFor{sitting, *delegate.person, kind, std::nullopt, answers}};
    case 4: return {speaker, CancelFloorRequest{speech}};
    case 5: return {speaker, YieldFloor{speech}};
    case 6: return {house.operator_, WithdrawSpeech{speech}};
    case 7: {
        auto order = floor.queue;
        std::ranges::reverse(order);
        return {house.chair, OrderFloor{house.sitting_id, order}};
    }
    case 8: return {house.chair, ExtendFloor{speech, 60'000}};
    case 9: return {house.secretary, MinuteSpeech{speech, dice.one_in(2) ? "发言记录" : "更正"}};
    case 10: {
        const bool written = found != state.speeches.end() && found->second.minutes.has_value();
        return {speaker, SignMinutes{speech, written ? *found->second.minutes : sha256(std::string("没有"))}};
    }
    case 11: return {house.chair, StopSpeech{speech}};
    case 12:
        return {house.chair, ShowInHall{sitting, dice.one_in(2) ? "main" : "podium",
                                        static_cast<HallContent>(dice.below(6)), ""}};
    default: return {house.chair, GrantFloor{speech, std::nullopt, dice.one_in(5) ? "说明情况" : ""}};
    }
}

/// A house with the two tellers its votes by hands need.
struct Day : House {
    std::vector<Actor> tellers;

    Day() : House(7)
    {
        tellers.push_back(appoint(Role::teller, body));
        tellers.push_back(appoint(Role::teller, body));
    }
};

Asked random_request(Dice& dice, const Day& house)
{
    const auto& state = house.state;
    const auto sitting = random_sitting(dice, house);
    const auto person = dice.one_in(3) ? dice.key_of(state.persons) : *house.members.at(dice.below(7)).person;
    const bool voting = state.sittings.at(house.sitting_id).open_vote.has_value();
    if (!voting && dice.one_in(4))
        return {house.chair, random_opening(dice, house, random_vote_id(dice, house))};
    if (dice.one_in(40)) return {house.secretary, random_sequel(dice, house)};
    if (dice.one_in(16)) return random_duty(dice.draw(), house);
    if (dice.one_in(40)) return random_second_look(dice.draw(), house);
    const auto delegate = as(person, Role::delegate);
    if (const auto again = random_revote(house); again && dice.one_in(8)) return {house.secretary, *again};
    switch (dice.below(24)) {
    case 16:
        if (dice.one_in(4)) return {delegate, ObjectToVote{random_vote_id(dice, house)}};
        return {house.chair, CloseVote{random_vote_id(dice, house)}};
    case 17:
    case 18: return {house.operator_, random_desk(dice, house, sitting, person)};
    case 19:
    case 20: return random_floor(dice, house, sitting, delegate);
    case 21:
    case 22:
    case 23: {
        const auto vote = random_vote_id(dice, house);
        const auto found = state.votes.find(vote);
        const bool on_paper = found != state.votes.end() && found->second.method == VoteMethod::paper;
        if (on_paper || dice.one_in(20))
            return {house.tellers[dice.below(2)], random_ballots(dice, house, vote)};
        return {house.tellers[dice.below(2)], CountHands{vote, random_hands(dice, house, vote)}};
    }
    case 0: return {house.secretary, random_preparation(dice, house)};
    case 1:
    case 2: return {house.secretary, random_vote(dice, house)};
    case 3:
    case 4:
    case 5: return {dice.one_in(5) ? house.operator_ : house.chair, random_conduct(dice, house)};
    case 6: return {delegate, SignIn{sitting}};
    case 7:
    case 8: {
        const auto mode = dice.one_in(6) ? AttendanceMode::remote : AttendanceMode::in_person;
        return {house.operator_, SignInFor{sitting, person, mode}};
    }
    case 9: return {house.operator_, OpenSignIn{sitting}};
    case 10:
        if (dice.one_in(2)) return {delegate, SignOut{sitting}};
        return {house.operator_, SignOutFor{sitting, person}};
    default: return {delegate, CastVote{random_vote_id(dice, house), static_cast<Choice>(dice.below(3))}};
    }
}

void check_vote(const State& state, VoteId id, const Vote& vote)
{
    const auto n = vote.electorate.size();
    BOOST_TEST(std::ranges::is_sorted(vote.electorate));
    BOOST_TEST(vote.presses.size() <= n);
    BOOST_TEST(std::ranges::is_sorted(vote.by_hands));
    BOOST_TEST(std::ranges::includes(vote.electorate, vote.by_hands));
    for (const auto& [teller, hands] : vote.hands)
        BOOST_TEST(hands.total() <= vote.by_hands.size());
    for (const auto& [person, press] : vote.presses) {
        BOOST_TEST(std::ranges::binary_search(vote.electorate, person));
        BOOST_TEST(!std::ranges::binary_search(vote.by_hands, person));
        BOOST_TEST(press.seq < state.entries);
    }
    const bool under_way = vote.state == VoteState::open || vote.state == VoteState::held;
    BOOST_TEST((state.sittings.at(vote.sitting).open_vote == id) == under_way);
    BOOST_TEST((vote.state != VoteState::closed));
    BOOST_TEST((vote.void_reason.has_value() == (vote.state == VoteState::voided)));
    if (vote.state == VoteState::decided || vote.state == VoteState::announced)
        BOOST_TEST(vote.result.has_value());
    if (!vote.result) return;
    BOOST_TEST(vote.result->tally.present() == n);
    const auto hands = vote.result->hands.value_or(HandsCount{});
    const auto& ballots = vote.result->ballots;
    const auto valid = ballots && !is_void(*ballots) ? ballots->valid() : 0U;
    BOOST_TEST(vote.result->tally.cast() == vote.presses.size() + hands.total() + valid);
    const bool on_paper = ballots || vote.result->places || vote.result->grades;
    BOOST_TEST(on_paper == (vote.method == VoteMethod::paper));
    const bool silent = vote.result->outcome.verdict == Verdict::adopted_no_objection;
    BOOST_TEST(silent == (vote.method == VoteMethod::no_objection));
    if (silent) BOOST_TEST(vote.objections == 0U);
    BOOST_TEST(vote.result->left <= n);
    std::uint32_t grouped = 0;
    for (const auto& group : vote.result->groups) {
        BOOST_TEST(group.tally.present() <= group.members);
        grouped += group.tally.present();
    }
    BOOST_TEST(grouped <= n);
}

void check_sitting(const State& state, const Sitting& sitting)
{
    std::map<PersonId, Presence> told;
    for (const auto& fact : sitting.history) {
        // Whoever was suspended before there was a sitting is first told of when reinstated.
        const auto [before, is_first] = told.try_emplace(fact.person, fact.presence);
        if (!is_first) BOOST_TEST((before->second != fact.presence));
        before->second = fact.presence;
    }
    for (const auto& [person, presence] : told)
        BOOST_TEST((presence == presence_of(sitting, person)));
    for (const auto person : sitting.present)
        BOOST_TEST(told.contains(person));
    BOOST_TEST(std::ranges::includes(sitting.present, sitting.remote));
    const auto counts = counts_of(state, sitting);
    BOOST_TEST(counts.present + counts.absent == counts.due);
    if (sitting.state != SittingState::closed) {
        BOOST_TEST(counts.on_leave + counts.left + counts.absent_without_leave <= counts.absent);
        for (const auto person : sitting.present) {
            BOOST_TEST((find_member(state.bodies.at(sitting.body), person) != nullptr));
        }
    }
    if (sitting.open_vote) BOOST_TEST((sitting.state == SittingState::in_session));
    if (sitting.active_item) BOOST_TEST((state.items.at(*sitting.active_item).state != ItemState::draft));
}

void check_floor(const State& state, SittingId id, const Sitting& sitting)
{
    std::map<SpeechState, std::size_t> there;
    for (const auto& [speech_id, speech] : state.speeches)
        if (speech.sitting == id) ++there[speech.state];
    BOOST_TEST(sitting.queue.size() == there[SpeechState::waiting]);
    BOOST_TEST(sitting.spoken.size() == there[SpeechState::ended]);
    BOOST_TEST(there[SpeechState::speaking] == (sitting.speaking ? 1U : 0U));
    if (sitting.speaking) BOOST_TEST((sitting.state == SittingState::in_session));
}

void check_items(const State& state)
{
    for (const auto& [id, item] : state.items) {
        bool open = false;
        bool valid = false;
        for (const auto& [vote_id, vote] : state.votes) {
            if (vote.item != id) continue;
            open = open || vote.state == VoteState::open || vote.state == VoteState::held;
            const bool counts = vote.state == VoteState::decided || vote.state == VoteState::announced;
            valid = valid || (counts && vote.result->outcome.verdict != Verdict::invalid_low_participation);
        }
        if (open) BOOST_TEST((item.state == ItemState::put_to_vote));
        if (item.state == ItemState::decided) BOOST_TEST(valid);
    }
}

void check_claims(const State& state)
{
    std::set<VoteId> open;
    for (const auto& [id, sitting] : state.sittings) {
        check_sitting(state, sitting);
        check_floor(state, id, sitting);
        if (sitting.open_vote) BOOST_TEST(open.insert(*sitting.open_vote).second);
    }
    for (const auto& [id, vote] : state.votes)
        check_vote(state, id, vote);
    check_items(state);
    check_duties(state);
    BOOST_TEST(state.persons.size() == state.persons_known);
    BOOST_TEST(state.codes.size() == state.code_of.size());
}

/// No election has just been opened under a scrutineer who is suspended.
void check_watchers(const State& state, VoteId id)
{
    const auto& vote = state.votes.at(id);
    const auto& sitting = state.sittings.at(vote.sitting);
    for (const auto& [person, name] : vote.paper.scrutineers)
        BOOST_TEST(!sitting.suspended.contains(person));
}

/// Every query answers for every record, whoever asks.
void look_at_everything(const House& house)
{
    const auto& state = house.state;
    for (const auto role : {Role::delegate, Role::chair, Role::operator_, Role::hall}) {
        for (const auto& [id, vote] : state.votes) {
            const auto view = view_vote(state, id, role);
            const bool shown = vote.state == VoteState::announced;
            if (shown) BOOST_TEST(view.result.has_value());
            const bool console = vote.method == VoteMethod::console;
            const auto could = console ? vote.electorate.size() - vote.by_hands.size() : 0;
            BOOST_TEST(list_not_pressed(state, id).total == could - vote.presses.size());
        }
    }
    for (const auto& [id, person] : state.persons) {
        const auto view = snapshot(state, as(id, Role::delegate));
        BOOST_TEST(view.sittings.size() <= state.sittings.size());
    }
}

struct Played {
    std::size_t accepted = 0;
    std::size_t decided_votes = 0;
    std::size_t void_votes = 0;
    std::set<std::size_t> kinds; ///< of the commands accepted
    std::set<std::size_t> tried;
    std::size_t by_hands = 0;
    std::size_t silent = 0;
    std::size_t on_paper = 0;
    std::size_t lists = 0;
    std::size_t followed = 0;
};

Played play(std::uint64_t seed, std::size_t steps)
{
    Dice dice(seed);
    Day house;
    if (!dice.one_in(4)) house.begin(5 + dice.below(3));
    Played played;
    for (std::size_t step = 0; step < steps; ++step) {
        house.now_ms += dice.below(300);
        if (dice.one_in(50)) house.now_ms -= 200;
        house.disk_low = dice.one_in(30);
        while (const auto next = next_timeout(house.state)) {
            if (next->at_ms >= house.now_ms) break;
            BOOST_TEST_REQUIRE(!house.time_out(next->vote).has_value());
        }
        const auto asked = random_request(dice, house);
        played.tried.insert(asked.command.index());
        const bool look = dice.one_in(10);
        const auto before = look ? state_hash(house.state) : Digest{};
        const auto first = house.decide(asked.actor, asked.command);
        const auto second = house.decide(asked.actor, asked.command);
        BOOST_TEST(first.has_value() == second.has_value());
        if (look) BOOST_TEST((state_hash(house.state) == before));
        if (first) {
            house.write_down(asked.actor, *first);
            ++played.accepted;
            played.kinds.insert(asked.command.index());
            if (const auto* open = std::get_if<OpenVote>(&asked.command))
                check_watchers(house.state, open->vote);
        }
        check_claims(house.state);
    }
    for (const auto& [id, vote] : house.state.votes) {
        played.decided_votes += vote.result ? 1U : 0U;
        played.void_votes += vote.void_reason ? 1U : 0U;
        played.by_hands += vote.result && vote.result->hands ? 1U : 0U;
        played.on_paper += vote.result && vote.method == VoteMethod::paper ? 1U : 0U;
        played.lists += vote.result && vote.result->places ? 1U : 0U;
        played.followed += vote.paper.followed_by ? 1U : 0U;
        played.silent += vote.result && vote.method == VoteMethod::no_objection ? 1U : 0U;
    }
    look_at_everything(house);
    BOOST_TEST((house.replayed() == state_hash(house.state)));
    return played;
}

} // namespace

BOOST_AUTO_TEST_CASE(random_days_keep_every_claim_and_replay_to_the_same_state)
{
    Played all;
    for (std::uint64_t seed = 1; seed <= testing::stories(180); ++seed) {
        BOOST_TEST_CONTEXT("seed " << seed)
        {
            const auto played = play(seed, 800);
            all.accepted += played.accepted;
            all.decided_votes += played.decided_votes;
            all.void_votes += played.void_votes;
            all.by_hands += played.by_hands;
            all.silent += played.silent;
            all.on_paper += played.on_paper;
            all.lists += played.lists;
            all.followed += played.followed;
            all.kinds.insert(played.kinds.begin(), played.kinds.end());
            all.tried.insert(played.tried.begin(), played.tried.end());
        }
    }
    BOOST_TEST_MESSAGE(all.accepted << " commands accepted, " << all.decided_votes << " votes decided, "
                                    << all.void_votes << " voided, " << all.by_hands << " with hands, "
                                    << all.silent << " by silence, " << all.on_paper << " on paper ("
                                    << all.lists << " with a list, " << all.followed << " followed), "
                                    << all.kinds.size() << " kinds of command");
    // The days must be eventful, or the claims above are empty.
    BOOST_TEST(all.accepted > testing::stories(8'000));
    BOOST_TEST(all.decided_votes > testing::stories(300));
    BOOST_TEST(all.void_votes > testing::stories(250));
    BOOST_TEST(all.by_hands > testing::stories(30));
    BOOST_TEST(all.silent > testing::stories(30));
    BOOST_TEST(all.on_paper > testing::stories(30));
    BOOST_TEST(all.lists > testing::stories(5));
    // What comes up once in many days is not asked of a third of them.
    if (testing::is_watched) return;
    BOOST_TEST(all.followed > 0U);
    for (const auto kind : all.tried)
        BOOST_TEST(all.kinds.contains(kind), "never accepted: kind " << kind << " of command");
}

BOOST_AUTO_TEST_CASE(the_same_seed_plays_the_same_day)
{
    BOOST_TEST(play(7, 200).accepted == play(7, 200).accepted);
}

BOOST_AUTO_TEST_SUITE_END()
