#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

BOOST_AUTO_TEST_SUITE(roster_test)

using namespace plenum;
using namespace plenum::chamber;

namespace {

struct Town : Rehearsal {
    BodyId body{act(Actor{}, CreateBody{BodyKind::town_congress, "镇人民代表大会"})};

    std::optional<Refusal> import(std::vector<RosterRow> rows)
    {
        return attempt(Actor{}, ImportRoster{body, std::move(rows)});
    }
    const Members& members() const { return state.bodies.at(body).members; }
    RosterAdopted newest() const { return std::get<RosterAdopted>(decode_entry(entries.back())->event); }
    PersonId person(const std::string& number) const
    {
        const auto found = std::ranges::find(members(), number, &Member::number);
        BOOST_TEST_REQUIRE((found != members().end()));
        return found->person;
    }
};

std::string repeat(const std::string& text, std::size_t times)
{
    std::string out;
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

} // namespace

BOOST_AUTO_TEST_CASE(hard_names_come_through_unchanged)
{
    Town town;
    const std::vector<std::string> names = {"买买提·吐尔逊",
                                            "𠮷野家",
                                            "㐂𪚥",
                                            repeat("长", 60),
                                            "O'Brien-Ó Súilleabháin",
                                            "欧阳 娜娜",
                                            "\"引号\"\\反斜线",
                                            "e\xcc\x81 combining"};
    std::vector<RosterRow> rows;
    for (std::size_t i = 0; i < names.size(); ++i) {
        rows.push_back({"证-" + std::to_string(i), names[i], "第一代表团", "", std::nullopt});
    }
    BOOST_TEST_REQUIRE(!town.import(rows).has_value());
    for (std::size_t i = 0; i < names.size(); ++i) {
        BOOST_TEST(town.members().at(i).name == names[i]);
        BOOST_TEST(town.state.persons.at(PersonId{i + 1}).name == names[i]);
    }
    BOOST_TEST((town.replayed() == state_hash(town.state)));
}

BOOST_AUTO_TEST_CASE(a_bad_row_is_named_and_nothing_is_imported)
{
    const RosterRow good{"1", "张三", "", "A1", std::nullopt};
    const struct {
        const char* what;
        RosterRow row;
    } cases[] = {
        {"no number", {"", "李四", "", "", std::nullopt}},
        {"number of spaces", {"  ", "李四", "", "", std::nullopt}},
        {"no name", {"2", "", "", "", std::nullopt}},
        {"name with a line break", {"2", "李\n四", "", "", std::nullopt}},
        {"name that is not UTF-8", {"2", "\xc1\xf5", "", "", std::nullopt}},
        {"name too long", {"2", std::string(name_bytes_max + 1, 'x'), "", "", std::nullopt}},
        {"group with a control character", {"2", "李四", "一\t组", "", std::nullopt}},
        {"seat too long", {"2", "李四", "", std::string(name_bytes_max + 1, 'x'), std::nullopt}},
        {"number twice", {"1", "李四", "", "", std::nullopt}},
        {"seat twice", {"2", "李四", "", "A1", std::nullopt}},
        {"unknown person", {"2", "李四", "", "", PersonId{77}}},
    };
    for (const auto& c : cases) {
        BOOST_TEST_CONTEXT(c.what)
        {
            Town town;
            const auto before = state_hash(town.state);
            const auto refusal = town.import({good, c.row});
            BOOST_TEST_REQUIRE(refusal.has_value());
            BOOST_TEST((refusal->code == RefusalCode::invalid_roster));
            BOOST_TEST(refusal->reason.zh.find("第2行") != std::string::npos);
            BOOST_TEST(refusal->reason.en.find("row 2") != std::string::npos);
            BOOST_TEST((state_hash(town.state) == before));
        }
    }
}

BOOST_AUTO_TEST_CASE(an_empty_and_an_enormous_list_are_refused)
{
    Town town;
    BOOST_TEST((town.import({})->code == RefusalCode::invalid_roster));
    BOOST_TEST((town.import(rows_of(roster_members_max + 1))->code == RefusalCode::too_many));
    BOOST_TEST(!town.import(rows_of(roster_members_max)).has_value());
    BOOST_TEST(town.members().size() == roster_members_max);
}

BOOST_AUTO_TEST_CASE(members_are_recognised_by_their_number)
{
    Town town;
    BOOST_TEST_REQUIRE(!town.import(rows_of(4)).has_value());
    BOOST_TEST(town.newest().added == 4U);
    const auto second = town.person("D2");

    // Twice the same list doubles nobody.
    BOOST_TEST_REQUIRE(!town.import(rows_of(4)).has_value());
    BOOST_TEST(town.newest().added == 0U);
    BOOST_TEST(town.newest().removed == 0U);
    BOOST_TEST(town.state.persons_known == 4U);

    // A corrected name, another order, one gone and one new.
    auto rows = rows_of(5);
    rows.erase(rows.begin());
    std::ranges::reverse(rows);
    rows.back().name = "改名";
    BOOST_TEST_REQUIRE(!town.import(rows).has_value());
    BOOST_TEST(town.newest().members == 4U);
    BOOST_TEST(town.newest().added == 1U);
    BOOST_TEST(town.newest().removed == 1U);
    BOOST_TEST((town.person("D2") == second));
    BOOST_TEST(town.state.persons.at(second).name == "改名");
    BOOST_TEST((town.person("D5") == PersonId{5}));
    BOOST_TEST(std::ranges::is_sorted(town.members(), {}, &Member::person));

    // The blob keeps the order of the import.
    const auto roster = decode_roster(town.blobs.at(town.newest().roster));
    BOOST_TEST_REQUIRE(roster.has_value());
    BOOST_TEST(roster->members.front().number == "D5");

    // Who comes back under an old number is a new person unless the list says who it is.
    BOOST_TEST_REQUIRE(!town.import(rows_of(5)).has_value());
    BOOST_TEST((town.person("D1") == PersonId{6}));
    auto named = rows_of(5);
    named[0].person = PersonId{1};
    BOOST_TEST_REQUIRE(!town.import(named).has_value());
    BOOST_TEST((town.person("D1") == PersonId{1}));
    BOOST_TEST((town.replayed() == state_hash(town.state)));
}

BOOST_AUTO_TEST_CASE(one_person_stands_in_a_roster_once_but_may_sit_in_two_bodies)
{
    Town town;
    BOOST_TEST_REQUIRE(!town.import(rows_of(3)).has_value());
    auto rows = rows_of(3);
    rows[2].person = town.person("D1");
    BOOST_TEST((town.import(rows)->code == RefusalCode::invalid_roster));

    const BodyId presidium{town.act(Actor{}, CreateBody{BodyKind::presidium, "主席团"})};
    town.act(Actor{}, ImportRoster{presidium, {{"P1", "代表1", "", "", town.person("D1")}}});
    BOOST_TEST(town.state.persons_known == 3U);
    BOOST_TEST((find_member(town.state.bodies.at(presidium), PersonId{1}) != nullptr));
}

BOOST_AUTO_TEST_CASE(who_leaves_the_roster_is_signed_out_of_every_open_sitting)
{
    House house;
    const SittingId later{house.act(house.secretary, CreateSitting{house.meeting, "第二次全体会议"})};
    house.begin(6);
    house.act(house.operator_, OpenSignIn{later});
    house.act(house.members.at(5), SignIn{later});
    house.act(house.members.at(0), SignIn{later});
    const auto before = house.state.entries;

    house.act(house.secretary, ImportRoster{house.body, rows_of(5)});
    BOOST_TEST(house.state.entries == before + 3);
    const auto gone = *house.members.at(5).person;
    BOOST_TEST(!house.sitting(house.sitting_id).present.contains(gone));
    BOOST_TEST(!house.sitting(later).present.contains(gone));
    BOOST_TEST(house.sitting(later).present.contains(*house.members.at(0).person));
    BOOST_TEST((house.sitting(later).history.back().presence == Presence::left));
    const auto counts = counts_of(house.state, house.sitting(house.sitting_id));
    BOOST_TEST((counts == Counts{5, 5, 0, 3}));
}

BOOST_AUTO_TEST_CASE(more_sign_outs_than_one_group_takes_are_refused)
{
    House house(1'200);
    house.open_sign_in();
    house.sign_in(0, 1'100);
    auto rows = rows_of(1'200);
    rows.erase(rows.begin(), rows.begin() + 1'000);
    const auto refusal = house.attempt(house.secretary, ImportRoster{house.body, rows});
    BOOST_TEST_REQUIRE(refusal.has_value());
    BOOST_TEST((refusal->code == RefusalCode::too_many));
    house.act(house.members.at(0), SignOut{house.sitting_id});
    house.act(house.secretary, ImportRoster{house.body, rows});
    BOOST_TEST(house.sitting(house.sitting_id).present.size() == 100U);
}

BOOST_AUTO_TEST_CASE(access_codes_are_made_once_for_each_member_and_anew_for_one_person)
{
    House house(3);
    house.act(house.secretary, IssueAccessCodes{house.body, std::nullopt});
    BOOST_TEST(house.state.codes.size() == 3U);
    const auto again = house.attempt(house.secretary, IssueAccessCodes{house.body, std::nullopt});
    BOOST_TEST((again->code == RefusalCode::wrong_state));

    // A new member gets one; the others keep theirs.
    const auto kept = house.state.code_of;
    house.act(house.secretary, ImportRoster{house.body, rows_of(4)});
    house.act(house.secretary, IssueAccessCodes{house.body, std::nullopt});
    BOOST_TEST(house.state.codes.size() == 4U);
    for (const auto& [key, hash] : kept)
        BOOST_TEST((house.state.code_of.at(key) == hash));

    // A member with offices gets a code for each role, and the old one ends.
    const auto person = *house.members.at(0).person;
    const auto old_hash = house.state.code_of.at({person, Role::delegate});
    house.act(house.secretary, AppointOfficer{person, "", Role::chair, house.body});
    house.act(house.secretary, AppointOfficer{person, "", Role::chair, std::nullopt});
    house.act(house.secretary, IssueAccessCodes{std::nullopt, person});
    BOOST_TEST(house.state.codes.size() == 5U);
    BOOST_TEST(!house.state.codes.contains(old_hash));
    const auto& row = house.state.codes.at(house.state.code_of.at({person, Role::chair}));
    BOOST_TEST((row.person == person && row.role == Role::chair));
}

BOOST_AUTO_TEST_CASE(the_sheet_is_private_salted_and_holds_only_hashes)
{
    House house(2);
    Context context;
    context.actor = house.secretary;
    context.seed.fill(7);
    const auto decided = decide(house.state, IssueAccessCodes{house.body, std::nullopt}, context);
    BOOST_TEST_REQUIRE(decided.has_value());
    BOOST_TEST_REQUIRE(decided->blobs.size() == 1U);
    BOOST_TEST(decided->blobs.front().is_private);
    const auto sheet = decode_access_codes(decided->blobs.front().content);
    BOOST_TEST_REQUIRE(sheet.has_value());
    BOOST_TEST(sheet->salt.size() == 16U);
    const auto code = derive_access_code(context.seed, sheet->rows.front().person, Role::delegate);
    BOOST_TEST((sheet->rows.front().code_hash == code.hash()));
    BOOST_TEST(decided->blobs.front().content.find(code.reveal()) == std::string::npos);

    context.seed.fill(8);
    const auto other = decide(house.state, IssueAccessCodes{house.body, std::nullopt}, context);
    BOOST_TEST((decode_access_codes(other->blobs.front().content)->salt != sheet->salt));
}

BOOST_AUTO_TEST_CASE(erasing_the_sheet_leaves_history_as_it_was_and_the_codes_dead)
{
    House house(3);
    house.act(house.secretary, IssueAccessCodes{house.body, std::nullopt});
    const auto hash = state_hash(house.state);
    const auto issued = std::get<AccessCodesIssued>(decode_entry(house.entries.back())->event);
    BOOST_TEST(issued.count == 3U);
    house.blobs.erase(issued.codes);
    BOOST_TEST((house.replayed() == hash));
    BOOST_TEST(public_blobs_of(issued).empty());

    State again;
    for (const auto& bytes : house.entries)
        apply(again, *decode_entry(bytes), house.blob_source());
    BOOST_TEST(again.codes.empty());
}

BOOST_AUTO_TEST_SUITE_END()
