#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

BOOST_AUTO_TEST_SUITE(rights_test)

using namespace plenum;
using namespace plenum::chamber;

namespace {

constexpr std::array all_roles = {Role::delegate,   Role::chair,      Role::operator_, Role::secretary,
                                  Role::scrutineer, Role::key_holder, Role::teller,    Role::hall,
                                  Role::observer,   Role::auditor};

constexpr SpeechId speech{800};

/// A house in which somebody waits for the floor.
struct SpokenHouse : House {
    SpokenHouse()
    {
        Speech waiting;
        waiting.sitting = sitting_id;
        waiting.person = *members.at(0).person;
        state.speeches.emplace(speech, waiting);
        sitting(sitting_id).queue.push_back(speech);
        Suggestion made;
        made.body = body;
        made.lead = waiting.person;
        state.suggestions.emplace(SuggestionId{906}, made);
        Petition open;
        open.body = body;
        open.signers = {waiting.person};
        state.petitions.emplace(PetitionId{907}, open);
    }
};

std::vector<Command> commands_of_the_first_day(const House& house, VoteId vote)
{
    const auto sitting = house.sitting_id;
    const auto item = house.item_id;
    const auto person = *house.members.at(0).person;
    return {CreateBody{BodyKind::presidium, "主席团"},
            ImportRoster{house.body, rows_of(3)},
            AppointOfficer{std::nullopt, "张三", Role::hall, house.body},
            IssueAccessCodes{house.body, std::nullopt},
            CreateMeeting{house.body, "会议", 1, 1, over_half()},
            CreateSitting{house.meeting, "第二次全体会议"},
            AddItem{house.meeting, "议题"},
            EditItem{item, "议题"},
            AdoptAgenda{sitting},
            ActivateItem{sitting, item},
            WithdrawItem{sitting, item, "提案人撤回"},
            DeferItem{sitting, item, "待研究"},
            OpenSignIn{sitting},
            SignIn{sitting},
            SignOut{sitting},
            SignInFor{sitting, person},
            SignOutFor{sitting, person},
            OpenSitting{sitting},
            RecessSitting{sitting, "午休"},
            ResumeSitting{sitting},
            CloseSitting{sitting},
            LendConduct{sitting, true},
            house.prepare_command(motion()),
            OpenVote{vote},
            CastVote{vote, Choice::approve},
            HoldVote{vote, "检查设备"},
            ResumeVote{vote},
            CloseVote{vote},
            AnnounceVote{vote},
            VoidVote{vote, VoidReason::disorder, ""},
            RetryVote{vote},
            CountHands{vote, {}},
            ObjectToVote{vote},
            RecordObjection{vote},
            SwitchVoteMethod{vote, VoteMethod::hands},
            ExtendVote{vote, 1'000}};
}

std::vector<Command> commands_that_put_right(const House& house, VoteId vote)
{
    const auto person = *house.members.at(0).person;
    return {RenameBody{house.body, "常务委员会", "更名"},
            DismissOfficer{person, Role::chair, house.body, "换届"},
            CancelSitting{house.sitting_id, "不再举行"},
            SuspendMember{house.body, person, "常委会", "被立案调查"},
            ReinstateMember{house.body, person, "常委会", "不予起诉"},
            ConfirmBase{vote, 6},
            SplitVote{vote, 1, "甲", "李代表"}};
}

std::vector<Command> commands_around_the_vote(const House& house, VoteId vote, SpeechId spoken)
{
    const auto sitting = house.sitting_id;
    const auto item = house.item_id;
    const auto meeting = house.meeting;
    const auto person = *house.members.at(0).person;
    const std::optional<ItemId> no_item;
    const std::optional<SpeechId> no_question;
    return {UndoRoster{house.body},
            AdoptRules{house.body, {}, "常委会"},
            FormDelegations{house.body},
            RemoveBody{house.body, "误建"},
            SetPhoto{person, "image/jpeg", {0xff, 0xd8, 0xff}},
            RemovePhoto{person},
            CorrectRecord{0, "甲", "乙", "笔误"},
            NotifyMeeting{meeting, "书面"},
            CloseMeeting{meeting},
            ArchiveMeeting{meeting},
            CancelMeeting{meeting, "改期"},
            SetSpeakingTimes{sitting, {}},
            RemoveItem{item},
            UndoAgenda{meeting},
            SetSchedule{meeting, {{1, 0, "开会", "", {}}}},
            ShowInHall{sitting, "main", HallContent::agenda, ""},
            ImportAgenda{meeting, {{1, "议题", {}, 0, "", false}}},
            MoveItem{item, std::nullopt, 0},
            AttachDocument{item, "附件", "text/plain", {'x'}},
            DetachDocument{item, Digest{}},
            DeliberateItem{sitting, item},
            ConcludeItem{sitting, item, ItemOutcome::noted, ""},
            AdmitAttendee{meeting, std::nullopt, "列席人员", AttendeeKind::staff, "", ""},
            DismissAttendee{meeting, person},
            GrantLeave{sitting, person, "出差"},
            CancelLeave{sitting, person},
            RecordAbsence{sitting, person, "代表1"},
            ClearAbsence{sitting, person, "误记"},
            RequestFloor{sitting, SpeechKind::speech, no_item, no_question},
            RequestFloorFor{sitting, person, SpeechKind::speech, no_item, no_question},
            CancelFloorRequest{spoken},
            YieldFloor{spoken},
            WithdrawSpeech{spoken},
            OrderFloor{sitting, {spoken}},
            GrantFloor{spoken, std::nullopt, ""},
            ExtendFloor{spoken, 60'000},
            StopSpeech{spoken},
            MinuteSpeech{spoken, "发言"},
            SignMinutes{spoken, Digest{}},
            CountHands{vote, {}},
            ObjectToVote{vote},
            RecordObjection{vote},
            SwitchVoteMethod{vote, VoteMethod::hands},
            ExtendVote{vote, 1'000},
            CountBallots{vote, {}},
            CountList{vote, {}},
            CountGrades{vote, {}},
            ApproveScrutineers{vote, {}},
            PrepareSeries{sitting, no_item, {}, motion(), std::nullopt, ""},
            AnnulVote{vote, "常委会", "贿选"},
            RecordApproval{vote, true, "批复"},
            DecideTie{vote, {}, "主席团", "抽签"},
            RecordQualification{vote, true, std::nullopt},
            TakeOath{sitting, {vote}}};
}

std::vector<Command> commands_of_secret_votes(const House& house, VoteId vote)
{
    const PersonId person = *house.members.front().person;
    return {AppointKeyHolders{house.meeting, {person}, 2, "主任会议"},
            JoinCeremony{house.meeting, {}},
            CommitToKey{house.meeting, {}},
            OpenKey{house.meeting, {}, {}},
            AgreeToKey{house.meeting, {}},
            ComplainOfKey{house.meeting, {}},
            RestartCeremony{house.meeting, "设备更换"},
            EnrollConsole{{}, {}, {}},
            RegisterVotingKey{house.sitting_id, {}, {}},
            CallRoll{vote, {}},
            ContestBox{vote},
            GiveShare{vote, 0, false, {}, {}},
            PinConsoleBuilds{house.meeting, {sha256("console")}, "主任会议"},
            StateErasure{house.meeting, {}, {}}};
}

/// About the first suggestion and the first joint signature there are.
std::vector<Command> commands_of_deputies(const House& house)
{
    const auto person = *house.members.at(0).person;
    const auto& suggestions = house.state.suggestions;
    const auto& petitions = house.state.petitions;
    const auto suggestion = suggestions.empty() ? SuggestionId{} : suggestions.begin()->first;
    const auto petition = petitions.empty() ? PetitionId{} : petitions.begin()->first;
    RegisterSuggestion fresh;
    fresh.body = house.body;
    fresh.lead = person;
    AnswerSuggestion answer;
    answer.suggestion = suggestion;
    return {fresh,
            ReassignSuggestion{suggestion, "区教委", 1, "职责调整"},
            answer,
            EvaluateSuggestion{suggestion, EvaluationGrade::satisfied, ""},
            RemindEvaluation{suggestion, 1},
            WithdrawSuggestion{suggestion, "已解决"},
            ConcludeEvaluation{house.body, EvaluationStage::reply},
            OpenPetition{house.body, PetitionKind::bill, "", ""},
            SignPetition{petition},
            WithdrawSignature{petition},
            HandInPetition{petition},
            WithdrawPetition{petition, "不再提出"},
            SetPetitionNeed{house.body, PetitionKind::bill, 30, "主席团"}};
}

/// One command of every kind, all about the records of one house.
std::vector<Command> every_command(const House& house, VoteId vote, SpeechId spoken = speech)
{
    auto commands = commands_of_the_first_day(house, vote);
    std::ranges::move(commands_around_the_vote(house, vote, spoken), std::back_inserter(commands));
    std::ranges::move(commands_that_put_right(house, vote), std::back_inserter(commands));
    std::ranges::move(commands_of_secret_votes(house, vote), std::back_inserter(commands));
    std::ranges::move(commands_of_deputies(house), std::back_inserter(commands));
    return commands;
}

const std::set<Role> secretariat = {Role::secretary};
const std::set<Role> member = {Role::delegate};
const std::set<Role> desk = {Role::secretary, Role::operator_};
const std::set<Role> conductor = {Role::chair};
const std::set<Role> speaker = {Role::delegate, Role::observer};
const std::set<Role> platform = {Role::chair, Role::operator_, Role::secretary};
const std::set<Role> showman = {Role::chair, Role::operator_};
const std::set<Role> counter = {Role::teller};
const std::set<Role> holder = {Role::key_holder};
const std::set<Role> second_person = {Role::chair, Role::secretary};
const std::set<Role> conductor_or_lent = {Role::chair, Role::operator_};

/// Who may, written out by hand: the table the rights of the protocol are held against.
const std::map<std::string_view, const std::set<Role>*> table = {{"body.create", &secretariat},
                                                                 {"roster.import", &secretariat},
                                                                 {"officer.appoint", &secretariat},
                                                                 {"officer.dismiss", &secretariat},
                                                                 {"body.rename", &secretariat},
                                                                 {"sitting.cancel", &secretariat},
                                                                 {"member.suspend", &secretariat},
                                                                 {"member.reinstate", &secretariat},
                                                                 {"vote.confirm_base", &second_person},
                                                                 {"access_codes.issue", &secretariat},
                                                                 {"meeting.create", &secretariat},
                                                                 {"sitting.create", &secretariat},
                                                                 {"item.add", &secretariat},
                                                                 {"item.edit", &secretariat},
                                                                 {"vote.prepare", &secretariat},
                                                                 {"sign_in.open", &desk},
                                                                 {"attendance.sign_in", &member},
                                                                 {"attendance.sign_out", &member},
                                                                 {"vote.cast", &member},
                                                                 {"attendance.sign_in_for", &desk},
                                                                 {"attendance.sign_out_for", &desk},
                                                                 {"conduct.lend", &conductor},
                                                                 {"roster.undo", &secretariat},
                                                                 {"rules.adopt", &secretariat},
                                                                 {"vote.annul", &secretariat},
                                                                 {"vote.record_approval", &secretariat},
                                                                 {"vote.record_qualification", &secretariat},
                                                                 {"delegations.form", &secretariat},
                                                                 {"body.remove", &secretariat},
                                                                 {"person.set_photo", &secretariat},
                                                                 {"person.remove_photo", &secretariat},
                                                                 {"record.correct", &secretariat},
                                                                 {"meeting.notify", &secretariat},
                                                                 {"meeting.close", &secretariat},
                                                                 {"meeting.archive", &secretariat},
                                                                 {"schedule.set", &secretariat},
                                                                 {"meeting.cancel", &secretariat},
                                                                 {"speaking_times.set", &secretariat},
                                                                 {"item.remove", &secretariat},
                                                                 {"agenda.undo", &secretariat},
                                                                 {"agenda.import", &secretariat},
                                                                 {"item.move", &secretariat},
                                                                 {"document.attach", &secretariat},
                                                                 {"document.detach", &secretariat},
                                                                 {"speech.minute", &secretariat},
                                                                 {"attendee.admit", &desk},
                                                                 {"attendee.dismiss", &desk},
                                                                 {"leave.grant", &desk},
                                                                 {"leave.cancel", &desk},
                                                                 {"absence.record", &desk},
                                                                 {"absence.clear", &desk},
                                                                 {"floor.request", &speaker},
                                                                 {"floor.cancel", &speaker},
                                                                 {"floor.yield", &speaker},
                                                                 {"speech.sign", &speaker},
                                                                 {"floor.request_for", &platform},
                                                                 {"floor.withdraw", &platform},
                                                                 {"vote.object", &member},
                                                                 {"vote.count_hands", &counter},
                                                                 {"vote.count_ballots", &counter},
                                                                 {"vote.count_list", &counter},
                                                                 {"vote.count_grades", &counter},
                                                                 {"vote.prepare_series", &secretariat},
                                                                 {"key_holders.appoint", &secretariat},
                                                                 {"ceremony.restart", &secretariat},
                                                                 {"ceremony.join", &holder},
                                                                 {"ceremony.commit", &holder},
                                                                 {"ceremony.open", &holder},
                                                                 {"ceremony.agree", &holder},
                                                                 {"ceremony.complain", &holder},
                                                                 {"console.enroll", &member},
                                                                 {"voting_key.register", &member},
                                                                 {"box.contest", &member},
                                                                 {"share.give", &holder},
                                                                 {"console_builds.pin", &secretariat},
                                                                 {"share.state_erased", &holder},
                                                                 {"suggestion.register", &secretariat},
                                                                 {"suggestion.reassign", &secretariat},
                                                                 {"suggestion.answer", &secretariat},
                                                                 {"suggestion.evaluate", &member},
                                                                 {"suggestion.remind", &secretariat},
                                                                 {"suggestion.withdraw", &secretariat},
                                                                 {"evaluation.conclude", &secretariat},
                                                                 {"petition.open", &member},
                                                                 {"petition.sign", &member},
                                                                 {"petition.withdraw_signature", &member},
                                                                 {"petition.hand_in", &member},
                                                                 {"petition.withdraw", &member},
                                                                 {"petition.set_need", &secretariat},
                                                                 {"hall.show", &showman}};

std::set<Role> allowed(const Command& command, bool lent)
{
    const auto found = table.find(method_of(command));
    if (found != table.end()) return *found->second;
    return lent ? conductor_or_lent : conductor;
}

bool names_no_record(const Command& command)
{
    return std::holds_alternative<CreateBody>(command) || std::holds_alternative<SetPhoto>(command) ||
           std::holds_alternative<RemovePhoto>(command) || std::holds_alternative<CorrectRecord>(command) ||
           std::holds_alternative<EnrollConsole>(command);
}

} // namespace

BOOST_AUTO_TEST_CASE(the_list_holds_every_command_once)
{
    SpokenHouse house;
    std::set<std::size_t> kinds;
    for (const auto& command : every_command(house, house.prepare()))
        kinds.insert(command.index());
    BOOST_TEST(kinds.size() == std::variant_size_v<Command>);
}

BOOST_AUTO_TEST_CASE(each_role_may_do_exactly_what_the_table_says)
{
    for (const bool lent : {false, true}) {
        SpokenHouse house;
        const auto vote = house.prepare();
        if (lent) house.act(house.chair, LendConduct{house.sitting_id, true});
        std::map<Role, Actor> actors = {{Role::delegate, house.members.at(0)}};
        for (const auto role : all_roles) {
            if (role != Role::delegate) actors[role] = house.appoint(role, std::nullopt);
        }
        for (const auto& command : every_command(house, vote)) {
            for (const auto& [role, actor] : actors) {
                BOOST_TEST_CONTEXT(method_of(command) << " by " << codec::enum_name(role) << " lent " << lent)
                {
                    const auto decided = house.decide(actor, command);
                    const bool denied = !decided && decided.error().code == RefusalCode::not_allowed;
                    BOOST_TEST(denied == !allowed(command, lent).contains(role));
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(an_office_over_one_body_gives_nothing_over_another)
{
    SpokenHouse house;
    const auto vote = house.prepare();
    house.act(house.chair, LendConduct{house.sitting_id, true});
    const BodyId other{house.act(Actor{}, CreateBody{BodyKind::presidium, "主席团"})};
    std::map<Role, Actor> strangers;
    for (const auto role : all_roles) {
        if (role != Role::delegate) strangers[role] = house.appoint(role, other);
    }
    auto commands = every_command(house, vote);
    commands.emplace_back(AppointOfficer{std::nullopt, "张三", Role::chair, std::nullopt});
    commands.emplace_back(IssueAccessCodes{std::nullopt, *house.chair.person});
    for (const auto& command : commands) {
        for (const auto& [role, actor] : strangers) {
            if (!allowed(command, true).contains(role)) continue;
            BOOST_TEST_CONTEXT(method_of(command) << " by " << codec::enum_name(role))
            {
                const auto decided = house.decide(actor, command);
                BOOST_TEST_REQUIRE(decided.has_error());
                BOOST_TEST((decided.error().code == RefusalCode::not_your_body));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(an_office_over_the_body_itself_suffices_for_all_that_is_the_bodys)
{
    SpokenHouse house;
    const auto vote = house.prepare();
    house.act(house.chair, LendConduct{house.sitting_id, true});
    std::map<Role, Actor> actors;
    for (const auto role : all_roles) {
        if (role != Role::delegate) actors[role] = house.appoint(role, house.body);
    }
    for (const auto& command : every_command(house, vote)) {
        // A body is taken back from above (bodies_test.cpp).
        if (names_no_record(command) || std::holds_alternative<RemoveBody>(command)) continue;
        for (const auto& [role, actor] : actors) {
            if (!allowed(command, true).contains(role)) continue;
            const auto decided = house.decide(actor, command);
            BOOST_TEST_CONTEXT(method_of(command) << " by " << codec::enum_name(role))
            {
                BOOST_TEST((decided || (decided.error().code != RefusalCode::not_your_body &&
                                        decided.error().code != RefusalCode::not_allowed)));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(who_holds_no_such_office_is_not_allowed_whatever_the_session_says)
{
    SpokenHouse house;
    const auto vote = house.prepare();
    house.act(house.chair, LendConduct{house.sitting_id, true});
    for (const auto& command : every_command(house, vote)) {
        for (const auto role : {Role::chair, Role::secretary, Role::operator_}) {
            const auto decided = house.decide(as(*house.members.at(1).person, role), command);
            BOOST_TEST_REQUIRE(decided.has_error());
            BOOST_TEST((decided.error().code == RefusalCode::not_allowed));
        }
    }
}

BOOST_AUTO_TEST_CASE(delegates_of_another_body_are_not_members)
{
    House house;
    house.begin(5);
    const auto vote = house.open();
    const BodyId other{house.act(Actor{}, CreateBody{BodyKind::presidium, "主席团"})};
    house.act(Actor{}, ImportRoster{other, {{"X1", "外人", "", "", std::nullopt}}});
    const auto stranger = as(PersonId{house.state.persons_known}, Role::delegate);
    const Command commands[] = {SignIn{house.sitting_id}, SignOut{house.sitting_id},
                                CastVote{vote, Choice::approve}};
    for (const auto& command : commands) {
        const auto decided = house.decide(stranger, command);
        BOOST_TEST_REQUIRE(decided.has_error());
        BOOST_TEST((decided.error().code == RefusalCode::not_a_member));
    }
    const auto desk = house.decide(house.operator_, SignInFor{house.sitting_id, *stranger.person});
    BOOST_TEST((desk.error().code == RefusalCode::not_a_member));
}

BOOST_AUTO_TEST_CASE(a_record_that_does_not_exist_is_named_as_such_to_those_who_may_and_not_to_others)
{
    SpokenHouse house;
    const auto vote = house.prepare();
    House nowhere;
    nowhere.body = BodyId{900};
    nowhere.meeting = MeetingId{901};
    nowhere.sitting_id = SittingId{902};
    nowhere.item_id = ItemId{903};
    for (const auto& command : every_command(nowhere, VoteId{904}, SpeechId{905})) {
        if (names_no_record(command)) continue;
        const std::map<Role, Actor> actors = {{Role::delegate, house.members.at(0)},
                                              {Role::chair, house.chair},
                                              {Role::operator_, house.operator_},
                                              {Role::secretary, house.secretary}};
        for (const auto& [role, actor] : actors) {
            const auto decided = house.decide(actor, command);
            BOOST_TEST_CONTEXT(method_of(command) << " by " << codec::enum_name(role))
            {
                BOOST_TEST_REQUIRE(decided.has_error());
                const auto expected = allowed(command, true).contains(role) ? RefusalCode::no_such_record
                                                                            : RefusalCode::not_allowed;
                BOOST_TEST((decided.error().code == expected));
            }
        }
    }
    BOOST_TEST(house.state.votes.contains(vote));
}

BOOST_AUTO_TEST_CASE(the_server_itself_prepares_and_does_nothing_else)
{
    SpokenHouse house;
    house.begin(5);
    const auto vote = house.prepare();
    for (const auto& command : every_command(house, vote)) {
        const auto decided = house.decide(Actor{}, command);
        const bool denied = !decided && decided.error().code == RefusalCode::not_allowed;
        BOOST_TEST_CONTEXT(method_of(command))
        {
            BOOST_TEST(denied == (allowed(command, false) != secretariat));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_operator_conducts_only_while_the_chair_lends_it)
{
    House house;
    house.open_sign_in();
    house.sign_in(0, 5);
    const Command open = OpenSitting{house.sitting_id};
    BOOST_TEST((house.attempt(house.operator_, open)->code == RefusalCode::not_allowed));
    house.act(house.chair, LendConduct{house.sitting_id, true});
    house.act(house.operator_, open);
    BOOST_TEST((house.attempt(house.operator_, LendConduct{house.sitting_id, false})->code ==
                RefusalCode::not_allowed));
    house.act(house.chair, LendConduct{house.sitting_id, false});
    BOOST_TEST((house.attempt(house.operator_, RecessSitting{house.sitting_id, "午休"})->code ==
                RefusalCode::not_allowed));
    house.act(house.chair, RecessSitting{house.sitting_id, "午休"});
}

BOOST_AUTO_TEST_SUITE_END()
