#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(states_test)

using namespace plenum;
using namespace plenum::chamber;

// Every command that depends on a state, in every state it can meet: accepted, or refused for exactly this
// reason.

namespace {

using enum RefusalCode;

/// Nothing: accepted.
using Answer = std::optional<RefusalCode>;
constexpr Answer yes = std::nullopt;

std::string words(const Answer& answer)
{
    return answer ? std::string(codec::enum_name(*answer)) : "accepted";
}

Answer answer_of(const House& house, const Actor& actor, const Command& command)
{
    const auto decided = house.decide(actor, command);
    if (decided) return std::nullopt;
    BOOST_TEST(!decided.error().reason.zh.empty());
    BOOST_TEST(!decided.error().next.en.empty());
    return decided.error().code;
}

void expect(const House& house, const Actor& actor, const Command& command, const Answer& expected)
{
    BOOST_TEST_CONTEXT(method_of(command))
    {
        BOOST_TEST(words(answer_of(house, actor, command)) == words(expected));
    }
}

enum Stage { draft, signing_in, in_session, voting, held, recess, closed };

/// Members 0 to 4 of 7 are signed in from `signing_in` on.
House house_at(Stage stage)
{
    House house;
    if (stage == draft) return house;
    house.open_sign_in();
    house.sign_in(0, 5);
    if (stage == signing_in) return house;
    house.act(house.chair, OpenSitting{house.sitting_id});
    if (stage == voting || stage == held) {
        house.act(house.chair, AdoptAgenda{house.sitting_id});
        const auto vote = house.open();
        if (stage == held) house.act(house.chair, HoldVote{vote, "检查设备"});
    }
    if (stage == recess) house.act(house.chair, RecessSitting{house.sitting_id, "午休"});
    if (stage == closed) house.act(house.chair, CloseSitting{house.sitting_id});
    return house;
}

const Answer no = wrong_state;

// draft, signing_in, in_session, voting, held, recess, closed
struct SittingRow {
    std::function<Command(const House&)> command;
    Role role;
    std::array<Answer, 7> expected;
};

const SittingRow sitting_table[] = {
    {[](const House& h) { return OpenSignIn{h.sitting_id}; }, Role::operator_, {yes, no, no, no, no, no, no}},
    {[](const House& h) { return OpenSitting{h.sitting_id}; }, Role::chair, {no, yes, no, no, no, no, no}},
    {[](const House& h) {
         return RecessSitting{h.sitting_id, "午休"};
     },
     Role::chair,
     {no, no, yes, vote_open, vote_open, no, no}},
    {[](const House& h) { return ResumeSitting{h.sitting_id}; }, Role::chair, {no, no, no, no, no, yes, no}},
    {[](const House& h) { return CloseSitting{h.sitting_id}; },
     Role::chair,
     {yes, yes, yes, vote_open, vote_open, yes, no}},
    {[](const House& h) {
         return CancelSitting{h.sitting_id, "不再举行"};
     },
     Role::secretary,
     {yes, no, no, no, no, no, no}},
    {[](const House& h) {
         return LendConduct{h.sitting_id, true};
     },
     Role::chair,
     {yes, yes, yes, yes, yes, yes, no}},
    {[](const House& h) {
         return LendConduct{h.sitting_id, false};
     },
     Role::chair,
     {no, no, no, no, no, no, no}},
    {[](const House& h) { return AdoptAgenda{h.sitting_id}; },
     Role::chair,
     {no, no, yes, vote_open, vote_open, no, no}},
    {[](const House& h) { return h.prepare_command(motion()); },
     Role::secretary,
     {yes, yes, yes, yes, yes, yes, no}},
    {[](const House& h) {
         return SignInFor{h.sitting_id, *h.members.at(6).person};
     },
     Role::operator_,
     {no, yes, yes, yes, yes, yes, no}},
    {[](const House& h) {
         return SignOutFor{h.sitting_id, *h.members.at(0).person};
     },
     Role::operator_,
     {no, yes, yes, yes, yes, yes, no}},
    {[](const House& h) { return SignIn{h.sitting_id}; }, Role::delegate, {no, no, no, no, no, no, no}},
    {[](const House& h) { return SignOut{h.sitting_id}; }, Role::delegate, {no, yes, yes, yes, yes, yes, no}},
    {[](const House& h) {
         return ImportRoster{h.body, rows_of(8)};
     },
     Role::secretary,
     {yes, yes, yes, vote_open, vote_open, yes, yes}},
    {[](const House& h) {
         return CreateSitting{h.meeting, "下午"};
     },
     Role::secretary,
     {yes, yes, yes, yes, yes, yes, yes}},
    {[](const House& h) {
         return AddItem{h.meeting, "临时议题"};
     },
     Role::secretary,
     {yes, yes, yes, yes, yes, yes, yes}},
};

} // namespace

BOOST_AUTO_TEST_CASE(every_command_on_a_sitting_in_every_state_of_it)
{
    for (int stage = draft; stage <= closed; ++stage) {
        const auto house = house_at(static_cast<Stage>(stage));
        const std::map<Role, Actor> actors = {{Role::chair, house.chair},
                                              {Role::operator_, house.operator_},
                                              {Role::secretary, house.secretary},
                                              {Role::delegate, house.members.at(0)}};
        for (const auto& row : sitting_table) {
            BOOST_TEST_CONTEXT("stage " << stage)
            {
                expect(house, actors.at(row.role), row.command(house),
                       row.expected.at(static_cast<size_t>(stage)));
            }
        }
    }
}

namespace {

enum ItemStage {
    i_draft,
    i_adopted,
    i_reading,
    i_voting,
    i_put_to_vote,
    i_decided,
    i_withdrawn,
    i_deferred,
    i_deliberating,
    i_concluded
};

/// The first item in the state wanted, a second one always on the agenda.
House house_with_item(ItemStage stage, VoteId& prepared)
{
    House house;
    house.open_sign_in();
    house.sign_in(0, 5);
    house.act(house.chair, OpenSitting{house.sitting_id});
    prepared = house.prepare();
    if (stage == i_draft) return house;
    house.act(house.chair, AdoptAgenda{house.sitting_id});
    if (stage == i_adopted) return house;
    if (stage == i_withdrawn)
        house.act(house.chair, WithdrawItem{house.sitting_id, house.item_id, "提案人撤回"});
    if (stage == i_deferred) house.act(house.chair, DeferItem{house.sitting_id, house.item_id, "暂不付表决"});
    if (stage == i_withdrawn || stage == i_deferred) return house;
    house.act(house.chair, ActivateItem{house.sitting_id, house.item_id});
    if (stage == i_reading) return house;
    if (stage == i_deliberating) house.act(house.chair, DeliberateItem{house.sitting_id, house.item_id});
    if (stage == i_concluded)
        house.act(house.chair, ConcludeItem{house.sitting_id, house.item_id, ItemOutcome::noted, ""});
    if (stage == i_deliberating || stage == i_concluded) return house;
    auto rule = motion();
    rule.min_participation = over_half();
    const auto vote = house.open(rule);
    if (stage == i_voting) return house;
    if (stage == i_decided) house.press(vote, 4, 0, 0);
    house.act(house.chair, CloseVote{vote});
    return house;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_command_on_an_item_in_every_state_of_it)
{
    constexpr std::array states = {ItemState::draft,       ItemState::adopted,     ItemState::reading,
                                   ItemState::put_to_vote, ItemState::put_to_vote, ItemState::decided,
                                   ItemState::withdrawn,   ItemState::deferred,    ItemState::deliberating,
                                   ItemState::decided};
    const struct {
        std::function<Command(const House&, VoteId)> command;
        Role role;
        std::array<Answer, 10> expected;
    } table[] = {
        {[](const House& h, VoteId) {
             return EditItem{h.item_id, "改后的标题", {}, 0, "", false, "全体会议决定"};
         },
         Role::secretary,
         {yes, yes, yes, no, no, no, no, no, yes, no}},
        {[](const House& h, VoteId) {
             return ActivateItem{h.sitting_id, h.item_id};
         },
         Role::chair,
         {not_on_agenda, yes, no, vote_open, no, no, no, yes, no, no}},
        {[](const House& h, VoteId) {
             return WithdrawItem{h.sitting_id, h.item_id, "提案人撤回"};
         },
         Role::chair,
         {yes, yes, yes, vote_open, yes, no, no, yes, yes, no}},
        {[](const House& h, VoteId) {
             return DeferItem{h.sitting_id, h.item_id, "待研究"};
         },
         Role::chair,
         {not_on_agenda, yes, yes, vote_open, yes, no, no, no, yes, no}},
        {[](const House& h, VoteId) { return h.prepare_command(motion()); },
         Role::secretary,
         {yes, yes, yes, yes, yes, no, no, yes, yes, no}},
        {[](const House&, VoteId vote) { return OpenVote{vote}; },
         Role::chair,
         {not_on_agenda, yes, yes, another_vote_open, yes, yes, no, no, yes, no}},
        {[](const House& h, VoteId) {
             return DeliberateItem{h.sitting_id, h.item_id};
         },
         Role::chair,
         {no, no, yes, vote_open, no, no, no, no, no, no}},
        {[](const House& h, VoteId) {
             return ConcludeItem{h.sitting_id, h.item_id, ItemOutcome::noted, ""};
         },
         Role::chair,
         {no, no, yes, vote_open, no, no, no, no, yes, no}},
        {[](const House& h, VoteId) {
             return AttachDocument{h.item_id, "附件", "text/plain", Bytes{'x'}};
         },
         Role::secretary,
         {yes, yes, yes, vote_open, yes, yes, no, yes, yes, yes}},
    };
    for (int stage = i_draft; stage <= i_concluded; ++stage) {
        VoteId prepared{};
        auto house = house_with_item(static_cast<ItemStage>(stage), prepared);
        const auto column = static_cast<std::size_t>(stage);
        BOOST_TEST((house.item(house.item_id).state == states.at(column)));
        for (const auto& row : table) {
            BOOST_TEST_CONTEXT("item stage " << stage)
            {
                expect(house, row.role == Role::chair ? house.chair : house.secretary,
                       row.command(house, prepared), row.expected.at(column));
            }
        }
    }
}

namespace {

constexpr std::array vote_states = {VoteState::prepared, VoteState::open,      VoteState::held,
                                    VoteState::decided,  VoteState::announced, VoteState::voided};

House house_with_vote(VoteState state, VoteId& vote)
{
    House house;
    house.begin(5);
    vote = house.prepare();
    if (state == VoteState::prepared) return house;
    house.act(house.chair, OpenVote{vote});
    if (state == VoteState::held) house.act(house.chair, HoldVote{vote, "设备检查"});
    if (state == VoteState::voided) house.act(house.chair, VoidVote{vote, VoidReason::equipment_failure, ""});
    if (state == VoteState::open || state == VoteState::held || state == VoteState::voided) return house;
    house.act(house.chair, CloseVote{vote});
    if (state == VoteState::announced) house.act(house.chair, AnnounceVote{vote});
    return house;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_command_on_a_vote_in_every_state_of_it)
{
    // prepared, open, held, decided, announced, voided
    const struct {
        std::function<Command(VoteId)> command;
        std::array<Answer, 6> expected;
    } table[] = {
        {[](VoteId v) { return OpenVote{v}; }, {yes, no, no, no, no, no}},
        {[](VoteId v) {
             return CastVote{v, Choice::approve};
         },
         {vote_not_open, yes, vote_held, vote_not_open, vote_not_open, vote_not_open}},
        {[](VoteId v) {
             return HoldVote{v, "检查设备"};
         },
         {vote_not_open, yes, vote_held, vote_not_open, vote_not_open, vote_not_open}},
        {[](VoteId v) { return ResumeVote{v}; },
         {vote_not_open, no, yes, vote_not_open, vote_not_open, vote_not_open}},
        {[](VoteId v) { return CloseVote{v}; },
         {vote_not_open, yes, yes, vote_not_open, vote_not_open, vote_not_open}},
        {[](VoteId v) { return AnnounceVote{v}; }, {no, no, no, yes, no, no}},
        {[](VoteId v) {
             return VoidVote{v, VoidReason::disorder, "扰乱"};
         },
         {yes, yes, yes, yes, no, no}},
        {[](VoteId v) {
             return VoidVote{v, VoidReason::lost_quorum, ""};
         },
         {quorum_not_lost, quorum_not_lost, quorum_not_lost, quorum_not_lost, no, no}},
        {[](VoteId v) { return RetryVote{v}; }, {no, no, no, no, no, yes}},
    };
    for (std::size_t column = 0; column < vote_states.size(); ++column) {
        VoteId vote{};
        auto house = house_with_vote(vote_states.at(column), vote);
        BOOST_TEST((house.vote(vote).state == vote_states.at(column)));
        for (const auto& row : table) {
            const auto command = row.command(vote);
            const bool cast = std::holds_alternative<CastVote>(command);
            BOOST_TEST_CONTEXT("vote " << codec::enum_name(vote_states.at(column)))
            {
                expect(house, cast ? house.members.at(0) : house.chair, command, row.expected.at(column));
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_vote_opens_only_in_session_and_one_at_a_time)
{
    for (const auto stage : {draft, signing_in, recess, closed}) {
        House house;
        const auto vote = house.prepare(motion(), std::nullopt);
        if (stage != draft) house.open_sign_in();
        if (stage == recess || stage == closed) {
            house.sign_in(0, 5);
            house.act(house.chair, OpenSitting{house.sitting_id});
        }
        if (stage == recess) house.act(house.chair, RecessSitting{house.sitting_id, "午休"});
        if (stage == closed) house.act(house.chair, CloseSitting{house.sitting_id});
        expect(house, house.chair, OpenVote{vote}, wrong_state);
    }
    House house;
    house.begin(5);
    const auto second = house.prepare();
    const auto first = house.open();
    expect(house, house.chair, OpenVote{second}, another_vote_open);
    house.act(house.chair, HoldVote{first, "检查设备"});
    expect(house, house.chair, OpenVote{second}, another_vote_open);
    house.act(house.chair, CloseVote{first});
    expect(house, house.chair, OpenVote{second}, yes);
    // Another sitting of the same meeting may not put the same item to the vote at the same moment.
    house.act(house.chair, OpenVote{second});
    const SittingId other{house.act(house.secretary, CreateSitting{house.meeting, "分会场"})};
    house.act(house.operator_, OpenSignIn{other});
    for (std::size_t i = 0; i < 5; ++i)
        house.act(house.members.at(i), SignIn{other});
    house.act(house.chair, OpenSitting{other});
    auto command = house.prepare_command(motion());
    command.sitting = other;
    const VoteId same_item{house.act(house.secretary, command)};
    expect(house, house.chair, OpenVote{same_item}, another_vote_open);
    command.item.reset();
    const VoteId no_item{house.act(house.secretary, command)};
    expect(house, house.chair, OpenVote{no_item}, yes);
}

BOOST_AUTO_TEST_CASE(the_active_item_stays_while_a_vote_is_open)
{
    House house;
    const ItemId next{house.act(house.secretary, AddItem{house.meeting, "第二项"})};
    house.begin(5);
    house.act(house.chair, ActivateItem{house.sitting_id, house.item_id});
    const auto vote = house.open();
    expect(house, house.chair, ActivateItem{house.sitting_id, next}, vote_open);
    expect(house, house.chair, WithdrawItem{house.sitting_id, next, "提案人撤回"}, yes);
    house.act(house.chair, CloseVote{vote});
    house.act(house.chair, ActivateItem{house.sitting_id, next});
    BOOST_TEST((house.sitting(house.sitting_id).active_item == next));
    house.act(house.chair, DeferItem{house.sitting_id, next, "暂不付表决"});
    BOOST_TEST(!house.sitting(house.sitting_id).active_item.has_value());
    house.act(house.chair, ActivateItem{house.sitting_id, next});
    BOOST_TEST((house.item(next).state == ItemState::reading));
}

BOOST_AUTO_TEST_CASE(items_and_persons_of_elsewhere_are_no_such_record)
{
    House house;
    house.begin(5);
    const MeetingId other{
        house.act(house.secretary, CreateMeeting{house.body, "下次会议", 18, 23, over_half()})};
    const ItemId foreign{house.act(house.secretary, AddItem{other, "下次的议题"})};
    for (const auto item : {foreign, ItemId{9999}}) {
        expect(house, house.chair, ActivateItem{house.sitting_id, item}, no_such_record);
        expect(house, house.chair, WithdrawItem{house.sitting_id, item, "提案人撤回"}, no_such_record);
        expect(house, house.chair, DeferItem{house.sitting_id, item, "待研究"}, no_such_record);
        auto command = house.prepare_command(motion());
        command.item = item;
        expect(house, house.secretary, command, no_such_record);
    }
    expect(house, house.operator_, SignInFor{house.sitting_id, PersonId{9999}}, not_a_member);
    expect(house, house.secretary, IssueAccessCodes{std::nullopt, PersonId{9999}}, no_such_record);
    expect(house, house.secretary, IssueAccessCodes{}, no_such_record);
    expect(house, house.secretary, IssueAccessCodes{house.body, *house.chair.person}, no_such_record);
    expect(house, house.secretary, AppointOfficer{PersonId{9999}, "", Role::hall, std::nullopt},
           no_such_record);
}

BOOST_AUTO_TEST_CASE(texts_are_lines_of_moderate_length)
{
    House house;
    house.begin(5);
    const auto vote = house.open();
    const std::string long_title(title_bytes_max + 1, 'x');
    for (const auto& bad :
         {std::string(), std::string("   "), std::string("两\n行"), std::string("\xe4\xb8"), long_title}) {
        const auto sitting = house.sitting_id;
        expect(house, house.secretary, CreateBody{BodyKind::congress, bad}, invalid_text);
        expect(house, house.secretary, CreateMeeting{house.body, bad, 1, 1, over_half()}, invalid_text);
        expect(house, house.secretary, CreateSitting{house.meeting, bad}, invalid_text);
        expect(house, house.secretary, AddItem{house.meeting, bad}, invalid_text);
        expect(house, house.secretary, AppointOfficer{std::nullopt, bad, Role::hall, house.body},
               invalid_text);
        auto command = house.prepare_command(motion());
        command.title = bad;
        expect(house, house.secretary, command, invalid_text);
        expect(house, house.chair, HoldVote{vote, bad}, invalid_text);
        // A vote is void for one of the reasons there are; more words may be missing.
        if (bad.find_first_not_of(' ') != std::string::npos)
            expect(house, house.chair, VoidVote{vote, VoidReason::disorder, bad}, invalid_text);
        House other;
        other.begin(5);
        expect(other, other.chair, RecessSitting{sitting, bad}, invalid_text);
        expect(other, other.secretary, EditItem{other.item_id, bad}, invalid_text);
        expect(other, other.chair, WithdrawItem{sitting, other.item_id, bad}, invalid_text);
        expect(other, other.chair, DeferItem{sitting, other.item_id, bad}, invalid_text);
    }
    for (const auto& bad : {std::string(), std::string(" \n\t"), std::string("响铃\a"), std::string("\xff"),
                            std::string(document_bytes_max + 1, 'x')}) {
        auto command = house.prepare_command(motion());
        command.text = bad;
        expect(house, house.secretary, command, invalid_text);
    }
    auto largest = house.prepare_command(motion());
    largest.text = std::string(document_bytes_max, 'x');
    expect(house, house.secretary, largest, yes);
}

BOOST_AUTO_TEST_CASE(rules_that_cannot_be_used_are_refused_when_the_vote_is_written_down)
{
    House house;
    const auto refused = [&](const RuleProfile& rule, RefusalCode code) {
        expect(house, house.secretary, house.prepare_command(rule), code);
    };
    auto rule = motion();
    rule.quorum.base = Base::present;
    refused(rule, invalid_profile);
    rule = motion();
    rule.majority.den = 0;
    refused(rule, invalid_profile);
    rule = motion();
    rule.majority.num = 3;
    refused(rule, invalid_profile);
    rule = motion();
    rule.groups = {"三组"};
    refused(rule, invalid_profile);
    rule = motion();
    rule.close = ClosePolicy::timer;
    rule.window_ms = 0;
    refused(rule, invalid_profile);
    rule = motion();
    rule.secrecy = Secrecy::secret;
    refused(rule, election_key_missing);
    expect(house, house.secretary, CreateMeeting{house.body, "会议", 1, 1, {1, 2, true, Base::cast}},
           invalid_profile);
    expect(house, house.secretary, CreateMeeting{house.body, "会议", 1, 1, {3, 2, false, Base::all_members}},
           invalid_profile);
    expect(house, house.secretary, CreateMeeting{house.body, "会议", 1, 1, {0, 0, false, Base::all_members}},
           invalid_profile);
}

BOOST_AUTO_TEST_CASE(a_meeting_holds_a_thousand_items_and_a_sitting_two_thousand_votes)
{
    House house;
    auto& items = house.state.items;
    const auto kept = items;
    for (std::uint64_t i = 0; items.size() < 999; ++i)
        items.emplace(ItemId{10'000 + i}, house.item(house.item_id));
    expect(house, house.secretary, AddItem{house.meeting, "第一千项"}, yes);
    items.emplace(ItemId{20'000}, house.item(house.item_id));
    expect(house, house.secretary, AddItem{house.meeting, "第一千零一项"}, too_many);
    items = kept;
    house.sitting(house.sitting_id).votes.resize(1'999);
    expect(house, house.secretary, house.prepare_command(motion()), yes);
    house.sitting(house.sitting_id).votes.resize(2'000);
    expect(house, house.secretary, house.prepare_command(motion()), too_many);
}

BOOST_AUTO_TEST_CASE(offices_are_given_once_and_delegates_never_appointed)
{
    House house;
    const auto person = *house.members.at(0).person;
    const auto name = house.state.persons.at(person).name;
    expect(house, house.secretary, AppointOfficer{person, "", Role::delegate, house.body}, wrong_state);
    expect(house, house.secretary, AppointOfficer{person, "另一姓名", Role::chair, house.body}, invalid_text);
    const auto seq = house.act(house.secretary, AppointOfficer{person, "", Role::scrutineer, house.body});
    BOOST_TEST(seq + 1 == house.state.entries);
    BOOST_TEST(house.state.persons.at(person).name == name);
    expect(house, house.secretary, AppointOfficer{person, name, Role::scrutineer, house.body}, wrong_state);
    expect(house, house.secretary, AppointOfficer{person, name, Role::scrutineer, std::nullopt}, yes);
    expect(house, house.secretary, AppointOfficer{person, name, Role::teller, house.body}, yes);
    const auto known = house.state.persons_known;
    house.act(house.secretary, AppointOfficer{std::nullopt, name, Role::hall, house.body});
    BOOST_TEST(house.state.persons_known == known + 1);
}

BOOST_AUTO_TEST_SUITE_END()
