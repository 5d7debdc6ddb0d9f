#include "server/chamber/questions.hpp"
#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(petitions_test)

using namespace plenum;
using namespace plenum::chamber;

// Joint signatures: who may sign and take a signature back, and that nothing is handed in with too few.

namespace {

using enum RefusalCode;

struct Signing : House {
    explicit Signing(std::size_t size = 12, BodyKind kind = BodyKind::congress) : House(size, kind) {}

    OpenPetition bill() const
    {
        return {body, PetitionKind::bill, "关于修订物业管理办法的议案", "案由、案据和方案。"};
    }
    PetitionId opened() { return PetitionId{act(members[0], bill())}; }
    void sign(PetitionId id, std::size_t from, std::size_t to)
    {
        for (auto at = from; at < to; ++at)
            act(members[at], SignPetition{id});
    }
    Finding figures(PetitionId id) const { return view_petition(state, id).signatures; }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_bill_is_handed_in_by_ten_deputies_and_not_by_nine)
{
    Signing house;
    const auto id = house.opened();
    house.sign(id, 1, 9);
    const auto refused = house.decide(house.members[0], HandInPetition{id});
    BOOST_TEST_REQUIRE(refused.has_error());
    BOOST_TEST((refused.error().code == too_few_signatures));
    BOOST_TEST(refused.error().reason.zh.find("须10人，已联名9人") != std::string::npos);
    house.sign(id, 9, 10);
    const auto seq = house.act(house.members[0], HandInPetition{id});
    const auto event = std::get<PetitionHandedIn>(decode_entry(house.entries.at(seq))->event);
    BOOST_TEST((event.signatures == Finding{"", 12, 10, 10, true}));
    BOOST_TEST((view_petition(house.state, id).state == PetitionState::handed_in));
    BOOST_TEST((house.refusal(house.members[10], SignPetition{id}) == wrong_state));
    BOOST_TEST((house.refusal(house.members[1], WithdrawSignature{id}) == wrong_state));
    BOOST_TEST((house.refusal(house.members[0], HandInPetition{id}) == wrong_state));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_signature_is_given_once_and_taken_back_before_it_is_handed_in)
{
    Signing house;
    const auto id = house.opened();
    house.sign(id, 1, 10);
    BOOST_TEST((house.refusal(house.members[1], SignPetition{id}) == nothing_to_do));
    BOOST_TEST((house.refusal(house.members[11], WithdrawSignature{id}) == nothing_to_do));
    house.act(house.members[4], WithdrawSignature{id});
    BOOST_TEST(house.figures(id).have == 9);
    BOOST_TEST((house.refusal(house.members[0], HandInPetition{id}) == too_few_signatures));
    BOOST_TEST((house.refusal(house.members[0], WithdrawSignature{id}) == wrong_state)); // Leads it.
    house.sign(id, 4, 5);
    // The order of signing is kept, whoever came back stands last.
    BOOST_TEST((view_petition(house.state, id).signers.back().person == *house.members[4].person));
    BOOST_TEST((house.refusal(house.members[1], HandInPetition{id}) == not_yours));
}

BOOST_AUTO_TEST_CASE(whoever_is_no_member_or_suspended_signs_nothing)
{
    Signing house;
    const auto id = house.opened();
    BOOST_TEST((house.refusal(house.secretary, SignPetition{id}) == not_allowed));
    BOOST_TEST(
        (house.refusal(as(*house.secretary.person, Role::delegate), SignPetition{id}) == not_a_member));
    BOOST_TEST((house.refusal(as(*house.secretary.person, Role::delegate), house.bill()) == not_a_member));
    house.act(house.secretary, SuspendMember{house.body, *house.members[3].person, "主席团", "接受调查"});
    BOOST_TEST((house.refusal(house.members[3], SignPetition{id}) == suspended));
    BOOST_TEST((house.refusal(house.members[3], house.bill()) == suspended));
    BOOST_TEST((house.refusal(house.members[4], SignPetition{PetitionId{9'999}}) == no_such_record));
}

BOOST_AUTO_TEST_CASE(the_signature_of_one_who_left_the_roster_no_longer_counts)
{
    Signing house;
    const auto id = house.opened();
    house.sign(id, 1, 10);
    auto rows = rows_of(12);
    rows.erase(rows.begin() + 5);
    house.act(house.secretary, ImportRoster{house.body, rows});
    BOOST_TEST((house.figures(id) == Finding{"", 11, 10, 9, false}));
    BOOST_TEST((house.refusal(house.members[0], HandInPetition{id}) == too_few_signatures));
}

BOOST_AUTO_TEST_CASE(a_suspended_signer_does_not_count_and_stays_in_the_base)
{
    Signing house;
    const auto id = house.opened();
    house.sign(id, 1, 10);
    const auto person = *house.members[5].person;
    house.act(house.secretary, SuspendMember{house.body, person, "主席团", "接受调查"});
    BOOST_TEST((house.figures(id) == Finding{"", 12, 10, 9, false}));
    const auto refused = house.decide(house.members[0], HandInPetition{id});
    BOOST_TEST_REQUIRE(refused.has_error());
    BOOST_TEST((refused.error().code == too_few_signatures));
    BOOST_TEST(refused.error().reason.zh.find("已联名9人（暂停执行代表职务的1人不计）") != std::string::npos);
    BOOST_TEST(refused.error().reason.en.find("(not counting 1 suspended)") != std::string::npos);
    BOOST_TEST((house.refusal(house.members[5], WithdrawSignature{id}) == suspended));
    house.act(house.secretary, ReinstateMember{house.body, person, "主席团", "不予起诉"});
    BOOST_TEST((house.figures(id) == Finding{"", 12, 10, 10, true}));
    house.act(house.secretary, SuspendMember{house.body, *house.members[0].person, "主席团", "接受调查"});
    BOOST_TEST((house.refusal(house.members[0], HandInPetition{id}) == suspended)); // who leads it
    house.act(house.secretary, ReinstateMember{house.body, *house.members[0].person, "主席团", "不予起诉"});
    house.act(house.members[0], HandInPetition{id});
    // What was handed in keeps its figures, whatever becomes of its signers.
    house.act(house.secretary, SuspendMember{house.body, person, "主席团", "接受调查"});
    BOOST_TEST((house.figures(id) == Finding{"", 12, 10, 10, true}));
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(each_kind_and_body_has_its_need)
{
    using enum PetitionKind;
    const struct {
        BodyKind body;
        PetitionKind kind;
        std::size_t members;
        std::uint64_t need;
    } cases[] = {
        {BodyKind::congress, nomination, 352, 10},
        {BodyKind::congress, interpellation, 352, 10},
        {BodyKind::congress, recall, 352, 36},                // J-01
        {BodyKind::congress, extraordinary_session, 352, 71}, // J-02
        {BodyKind::congress, inquiry, 352, 36},
        {BodyKind::town_congress, bill, 52, 5},
        {BodyKind::town_congress, nomination, 52, 10},
        {BodyKind::town_congress, recall, 52, 11}, // J-03
        {BodyKind::standing_committee, bill, 35, 3},
        {BodyKind::standing_committee, inquiry, 35, 7},
        {BodyKind::standing_committee, recall, 35, 7}, // J-04
    };
    for (const auto& one : cases) {
        BOOST_TEST_CONTEXT(codec::enum_name(one.kind) << " of " << one.members)
        {
            Signing house(one.members, one.body);
            const PetitionId id{
                house.act(house.members[0], OpenPetition{house.body, one.kind, "事由", "正文"})};
            BOOST_TEST(house.figures(id).need == one.need);
            house.sign(id, 1, one.need - 1);
            BOOST_TEST((house.refusal(house.members[0], HandInPetition{id}) == too_few_signatures));
            house.sign(id, one.need - 1, one.need);
            BOOST_TEST((house.refusal(house.members[0], HandInPetition{id}) == std::nullopt));
        }
    }
    Signing committee(7, BodyKind::standing_committee);
    BOOST_TEST((committee.refusal(committee.members[0],
                                  OpenPetition{committee.body, nomination, "甲", "乙"}) == wrong_state));
}

BOOST_AUTO_TEST_CASE(a_municipality_asks_for_thirty_by_its_own_decision)
{
    Signing house(40);
    const auto id = house.opened();
    const SetPetitionNeed thirty{house.body, PetitionKind::bill, 30, "市人大议事规则"};
    BOOST_TEST((house.refusal(house.members[0], thirty) == not_allowed));
    auto none = thirty;
    none.signatures = 0;
    BOOST_TEST((house.refusal(house.secretary, none) == wrong_state));
    auto more = thirty;
    more.signatures = 41;
    BOOST_TEST((house.refusal(house.secretary, more) == wrong_state));
    auto nobody = thirty;
    nobody.decided_by = "";
    BOOST_TEST((house.refusal(house.secretary, nobody) == invalid_text));
    house.act(house.secretary, thirty);
    BOOST_TEST((house.refusal(house.secretary, thirty) == nothing_to_do));
    house.sign(id, 1, 29);
    BOOST_TEST((house.refusal(house.members[0], HandInPetition{id}) == too_few_signatures));
    house.sign(id, 29, 30);
    house.act(house.members[0], HandInPetition{id});
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(texts_and_numbers_are_bounded)
{
    Signing house;
    auto command = house.bill();
    command.title = "两行\n标题";
    BOOST_TEST((house.refusal(house.members[0], command) == invalid_text));
    command = house.bill();
    command.text = std::string(9'001, 'x');
    BOOST_TEST((house.refusal(house.members[0], command) == invalid_text));
    PetitionId last{};
    for (int at = 0; at < 20; ++at)
        last = house.opened();
    BOOST_TEST((house.refusal(house.members[0], house.bill()) == too_many));
    BOOST_TEST((house.refusal(house.members[0], WithdrawPetition{last, ""}) == invalid_text));
    BOOST_TEST((house.refusal(house.members[1], WithdrawPetition{last, "重复"}) == not_yours));
    house.act(house.members[0], WithdrawPetition{last, "重复"});
    BOOST_TEST((house.refusal(house.members[1], SignPetition{last}) == wrong_state));
    BOOST_TEST((house.refusal(house.members[0], house.bill()) == std::nullopt));
}

BOOST_AUTO_TEST_CASE(members_see_those_of_their_bodies_and_what_they_may_sign_for)
{
    Signing house;
    const auto id = house.opened();
    const auto list = [&](const Actor& actor, const ListPetitions& question) {
        return ask(house.state, actor, question, house.blob_source());
    };
    const auto mine = list(house.members[5], {});
    BOOST_TEST_REQUIRE(mine.has_value());
    BOOST_TEST(mine->total == 1);
    BOOST_TEST((mine->petitions.front().id == id));
    BOOST_TEST_REQUIRE(mine->bodies.size() == 1);
    BOOST_TEST(mine->bodies.front().needs.size() == 6);
    BOOST_TEST(mine->bodies.front().needs.front().need == 10);
    BOOST_TEST(list(as(*house.secretary.person, Role::delegate), {})->total == 0);
    BOOST_TEST(list(house.secretary, {house.body})->total == 1);
    BOOST_TEST((list(house.members[0], {house.body}).error().code == not_allowed));
    BOOST_TEST(may_watch_petition(house.state, house.members[5], id));
    BOOST_TEST(may_watch_petition(house.state, house.secretary, id));
    BOOST_TEST(!may_watch_petition(house.state, as(*house.secretary.person, Role::delegate), id));
}

BOOST_AUTO_TEST_SUITE_END()
