#include "server/chamber/questions.hpp"
#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

BOOST_AUTO_TEST_SUITE(bodies_test)

using namespace plenum;
using namespace plenum::chamber;

// Bodies that belong to others, rosters taken back, and what the office asks.

namespace {

using enum RefusalCode;

RosterRow row(const std::string& number, const std::string& name, const std::string& group,
              const std::string& seat = "")
{
    return {number, name, group, seat, std::nullopt};
}

/// A congress of three groups, one of which is nameless, and its secretary.
struct Congress : Rehearsal {
    BodyId body{act(Actor{}, CreateBody{BodyKind::congress, "区人民代表大会"})};
    Actor secretary{appoint(Role::secretary, std::nullopt)};
    std::vector<RosterRow> rows = {row("1", "甲", "东街", "A1"), row("2", "乙", "西街"),
                                   row("3", "丙", "东街"), row("4", "丁", ""), row("5", "戊", "西街", "A2")};

    Congress() { import(); }

    Actor appoint(Role role, std::optional<BodyId> over)
    {
        act(Actor{}, AppointOfficer{std::nullopt, "工作人员", role, over});
        return as(PersonId{state.persons_known}, role);
    }
    void import() { act(secretary, ImportRoster{body, rows}); }
    BodyId delegation(const std::string& name) const
    {
        for (const auto& [id, one] : state.bodies)
            if (one.kind == BodyKind::delegation && one.name == name) return id;
        BOOST_FAIL("no delegation " << name);
        return {};
    }
    std::vector<std::string> names(BodyId of) const
    {
        std::vector<std::string> found;
        const auto& roster = state.bodies.at(of);
        if (roster.members.empty()) return found;
        const auto stored = decode_roster(blobs.at(roster.roster));
        BOOST_TEST_REQUIRE(stored.has_value());
        for (const auto& member : stored->members)
            found.push_back(member.name);
        return found;
    }
    template <class Question>
    auto ask(const Actor& actor, const Question& question) const
    {
        return chamber::ask(state, actor, question, blob_source());
    }
    RosterCheck check(std::vector<RosterRow> asked) const
    {
        const auto answer = ask(secretary, CheckRoster{body, std::move(asked)});
        BOOST_TEST_REQUIRE(answer.has_value());
        return *answer;
    }
};

using Names = std::vector<std::string>;

const Event& event_at(const Congress& congress, std::uint64_t seq)
{
    static Event event;
    event = decode_entry(congress.entries.at(seq))->event;
    return event;
}

Bytes png(std::size_t size)
{
    Bytes bytes{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    bytes.resize(size);
    return bytes;
}

Bytes bytes(const std::string& text)
{
    return {text.begin(), text.end()};
}

std::vector<std::string> words(const std::vector<RowFinding>& findings)
{
    std::vector<std::string> lines;
    for (const auto& one : findings) {
        lines.push_back(std::to_string(one.row) + (one.severity == RowSeverity::error ? " ! " : " ? ") +
                        one.words.en);
    }
    return lines;
}

} // namespace

BOOST_AUTO_TEST_CASE(only_a_presidium_a_delegation_and_a_council_belong_to_another_body)
{
    Congress congress;
    for (const auto kind : {BodyKind::presidium, BodyKind::delegation, BodyKind::council_of_chairs}) {
        const CreateBody create{kind, "机构", congress.body};
        BOOST_TEST((congress.refusal(congress.secretary, create) == std::nullopt));
        BOOST_TEST(
            (congress.refusal(congress.secretary, CreateBody{kind, "机构", BodyId{99}}) == no_such_record));
        BOOST_TEST((congress.refusal(congress.secretary, CreateBody{kind, "机构"}) == std::nullopt));
    }
    for (const auto kind : {BodyKind::congress, BodyKind::standing_committee, BodyKind::assembly}) {
        BOOST_TEST(
            (congress.refusal(congress.secretary, CreateBody{kind, "机构", congress.body}) == wrong_state));
    }
    const BodyId presidium{
        congress.act(congress.secretary, CreateBody{BodyKind::presidium, "主席团", congress.body})};
    BOOST_TEST((congress.state.bodies.at(presidium).parent == congress.body));
}

BOOST_AUTO_TEST_CASE(delegations_are_formed_of_groups_and_follow_their_congress)
{
    Congress congress;
    const auto first = congress.act(congress.secretary, FormDelegations{congress.body});
    BOOST_TEST(congress.state.entries == first + 4);
    BOOST_TEST(std::holds_alternative<BodyCreated>(event_at(congress, first)));
    BOOST_TEST(std::holds_alternative<RosterAdopted>(event_at(congress, first + 1)));
    const auto east = congress.delegation("东街");
    const auto west = congress.delegation("西街");
    BOOST_TEST((east == BodyId{first} && west == BodyId{first + 2}));
    BOOST_TEST((congress.names(east) == Names{"甲", "丙"}));
    BOOST_TEST((congress.names(west) == Names{"乙", "戊"}));
    BOOST_TEST(congress.state.bodies.at(east).members[0].seat == "A1");
    BOOST_TEST((congress.refusal(congress.secretary, FormDelegations{congress.body}) == nothing_to_do));

    // One moves over, one leaves, one is new; a third group has no delegation until it is asked for.
    congress.rows = {row("1", "甲", "西街", "A1"), row("2", "乙", "西街"), row("4", "丁", "南街"),
                     row("5", "戊", "西街", "A2"), row("6", "己", "东街")};
    const auto imported = congress.state.entries;
    congress.import();
    BOOST_TEST((std::get<RosterAdopted>(event_at(congress, imported)).body == congress.body));
    BOOST_TEST(congress.state.entries == imported + 3);
    BOOST_TEST((congress.names(east) == Names{"己"}));
    BOOST_TEST((congress.names(west) == Names{"甲", "乙", "戊"}));
    const auto followed = std::get<RosterAdopted>(event_at(congress, imported + 1));
    BOOST_TEST((followed.body == east && followed.added == 1 && followed.removed == 2));
    congress.act(congress.secretary, FormDelegations{congress.body});
    BOOST_TEST((congress.names(congress.delegation("南街")) == Names{"丁"}));

    // What did not change is not adopted again; a group that is gone leaves its delegation empty.
    congress.rows.pop_back();
    const auto last = congress.state.entries;
    congress.import();
    BOOST_TEST(congress.state.entries == last + 2);
    BOOST_TEST(congress.names(east).empty());
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

BOOST_AUTO_TEST_CASE(a_delegation_with_a_roster_of_its_own_keeps_it)
{
    Congress congress;
    const BodyId guests{
        congress.act(congress.secretary, CreateBody{BodyKind::delegation, "解放军", congress.body})};
    congress.act(congress.secretary, ImportRoster{guests, {row("J1", "军人", "")}});
    congress.rows.pop_back();
    congress.import();
    BOOST_TEST((congress.names(guests) == Names{"军人"}));
}

BOOST_AUTO_TEST_CASE(a_delegation_made_by_mistake_is_taken_back_and_may_be_formed_anew)
{
    Congress congress;
    congress.act(congress.secretary, FormDelegations{congress.body});
    const auto east = congress.delegation("东街");
    const auto chair = congress.appoint(Role::chair, east);
    const auto members = congress.state.bodies.at(congress.body).members.size();
    BOOST_TEST((congress.refusal(congress.secretary, RemoveBody{east, " "}) == invalid_text));
    BOOST_TEST((congress.refusal(congress.secretary, RemoveBody{congress.body, "误建"}) == wrong_state));

    const auto seq = congress.act(congress.secretary, RemoveBody{east, "分组有误"});
    const auto removed = std::get<BodyRemoved>(event_at(congress, seq));
    BOOST_TEST((removed.body == east && removed.reason == "分组有误"));
    BOOST_TEST(!congress.state.bodies.contains(east));
    // The offices over it go with it; its members are members of the congress as before.
    BOOST_TEST(std::ranges::none_of(congress.state.offices,
                                    [&](const Office& one) { return one.person == chair.person; }));
    BOOST_TEST(congress.state.bodies.at(congress.body).members.size() == members);
    BOOST_TEST((congress.refusal(congress.secretary, RemoveBody{east, "误建"}) == no_such_record));
    BOOST_TEST((congress.refusal(congress.secretary, ImportRoster{east, congress.rows}) == no_such_record));
    congress.act(congress.secretary, FormDelegations{congress.body});
    BOOST_TEST((congress.names(congress.delegation("东街")) == Names{"甲", "丙"}));
    BOOST_TEST((congress.delegation("东街") != east));

    for (const auto* name : {"东街", "西街"})
        congress.act(congress.secretary, RemoveBody{congress.delegation(name), "误建"});
    congress.act(congress.secretary, RemoveBody{congress.body, "误建"});
    BOOST_TEST(congress.state.bodies.empty());
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

BOOST_AUTO_TEST_CASE(a_body_that_was_convened_stays_and_the_refusal_names_the_meeting)
{
    House house(7, BodyKind::congress);
    house.act(house.secretary, FormDelegations{house.body});
    const BodyId delegation{house.state.entries - 2};
    const auto words = [&](BodyId body) {
        const auto decided = house.decide(Actor{}, RemoveBody{body, "误建"});
        BOOST_TEST_REQUIRE(decided.has_error());
        BOOST_TEST((decided.error().code == wrong_state));
        return decided.error().reason.zh;
    };
    house.act(house.secretary, CreateSitting{house.meeting, "第一小组会", delegation, over_half()});
    BOOST_TEST(words(delegation).find("第一小组会") != std::string::npos);
    BOOST_TEST(words(house.body).find("请先删除其下的") != std::string::npos);
    const BodyId alone{house.act(Actor{}, CreateBody{BodyKind::assembly, "另一机构"})};
    house.act(Actor{}, CreateMeeting{alone, "误召的会议", 1, 1, over_half()});
    BOOST_TEST(words(alone).find("误召的会议") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_body_is_taken_back_by_whoever_could_make_it)
{
    Congress congress;
    congress.act(congress.secretary, FormDelegations{congress.body});
    const auto east = congress.delegation("东街");
    const auto of_congress = congress.appoint(Role::secretary, congress.body);
    const auto of_delegation = congress.appoint(Role::secretary, east);
    BOOST_TEST((congress.refusal(of_delegation, RemoveBody{east, "误建"}) == not_your_body));
    BOOST_TEST((congress.refusal(of_congress, RemoveBody{congress.body, "误建"}) == not_your_body));
    BOOST_TEST((congress.refusal(of_congress, RemoveBody{east, "误建"}) == std::nullopt));
}

BOOST_AUTO_TEST_CASE(only_what_has_groups_forms_delegations)
{
    Congress congress;
    const BodyId committee{
        congress.act(congress.secretary, CreateBody{BodyKind::standing_committee, "常委会"})};
    congress.act(congress.secretary, ImportRoster{committee, {row("1", "甲", "一组")}});
    BOOST_TEST((congress.refusal(congress.secretary, FormDelegations{committee}) == wrong_state));
    const BodyId town{congress.act(congress.secretary, CreateBody{BodyKind::town_congress, "镇人代会"})};
    BOOST_TEST((congress.refusal(congress.secretary, FormDelegations{town}) == wrong_state));
    congress.act(congress.secretary, ImportRoster{town, {row("1", "甲", "")}});
    BOOST_TEST((congress.refusal(congress.secretary, FormDelegations{town}) == nothing_to_do));
}

BOOST_AUTO_TEST_CASE(as_many_delegations_are_formed_at_once_as_one_group_of_entries_takes)
{
    Congress congress;
    congress.rows.clear();
    for (int i = 0; i < 700; ++i) {
        const auto n = std::to_string(i);
        congress.rows.push_back(row(n, "代表" + n, "第" + n + "团"));
    }
    congress.import();
    const auto before = congress.state.bodies.size();
    congress.act(congress.secretary, FormDelegations{congress.body});
    BOOST_TEST(congress.state.bodies.size() == before + 500);
    congress.act(congress.secretary, FormDelegations{congress.body});
    BOOST_TEST(congress.state.bodies.size() == before + 700);
    BOOST_TEST((congress.refusal(congress.secretary, FormDelegations{congress.body}) == nothing_to_do));
}

BOOST_AUTO_TEST_CASE(an_import_is_taken_back_once_with_honest_counts)
{
    Congress congress;
    const UndoRoster undo{congress.body};
    BOOST_TEST((congress.refusal(congress.secretary, undo) == nothing_to_do));
    congress.act(congress.secretary, FormDelegations{congress.body});
    const auto good = congress.state.bodies.at(congress.body).roster;
    congress.rows = {row("1", "甲", "东街"), row("9", "误", "东街")};
    congress.import();
    // The same list again takes nothing away from what can be taken back.
    congress.import();
    const auto seq = congress.act(congress.secretary, undo);
    const auto adopted = std::get<RosterAdopted>(event_at(congress, seq));
    BOOST_TEST((adopted.roster == good));
    BOOST_TEST((adopted.members == 5 && adopted.added == 4 && adopted.removed == 1));
    BOOST_TEST((congress.names(congress.body) == Names{"甲", "乙", "丙", "丁", "戊"}));
    BOOST_TEST((congress.names(congress.delegation("东街")) == Names{"甲", "丙"}));
    BOOST_TEST((congress.names(congress.delegation("西街")) == Names{"乙", "戊"}));
    BOOST_TEST((congress.refusal(congress.secretary, undo) == nothing_to_do));

    congress.import();
    congress.act(congress.secretary, undo);
    BOOST_TEST((congress.state.bodies.at(congress.body).roster == good));
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

BOOST_AUTO_TEST_CASE(no_roster_changes_under_a_vote_of_the_body_or_of_a_delegation)
{
    House house(7, BodyKind::congress);
    house.act(house.secretary, FormDelegations{house.body});
    const BodyId delegation{house.state.entries - 2};
    const auto leader = house.appoint(Role::chair, delegation);
    const SittingId group{
        house.act(house.secretary, CreateSitting{house.meeting, "代表团会议", delegation, over_half()})};
    house.act(house.secretary, OpenSignIn{group});
    for (const auto& member : house.state.bodies.at(delegation).members)
        house.act(as(member.person, Role::delegate), SignIn{group});
    house.act(leader, OpenSitting{group});
    auto question = house.prepare_command(motion());
    question.sitting = group;
    question.item.reset();
    const VoteId vote{house.act(house.secretary, question)};
    house.act(leader, OpenVote{vote});

    auto rows = rows_of(7);
    for (auto& one : rows)
        one.group = "一组";
    const auto refused = house.decide(house.secretary, ImportRoster{house.body, rows});
    BOOST_TEST_REQUIRE(refused.has_error());
    BOOST_TEST((refused.error().code == vote_open));
    // A list that leaves this delegation as it is may be imported.
    rows = rows_of(7);
    rows[0].name = "改名";
    house.act(house.secretary, ImportRoster{house.body, rows});
    house.act(leader, CloseVote{vote});
    // Who leaves the delegation is signed out of its sitting, too.
    rows.erase(rows.begin() + 1);
    const auto& present = house.sitting(group).present;
    BOOST_TEST(present.size() == 3U);
    house.act(house.secretary, ImportRoster{house.body, rows});
    BOOST_TEST(present.size() == 2U);
    house.act(house.secretary, UndoRoster{house.body});
    BOOST_TEST(present.size() == 2U);
    BOOST_TEST(house.state.bodies.at(delegation).members.size() == 3U);
    BOOST_TEST((house.replayed() == state_hash(house.state)));
}

BOOST_AUTO_TEST_CASE(a_check_lists_every_wrong_row_and_stores_nothing)
{
    Congress congress;
    const auto before = state_hash(congress.state);
    const auto check = congress.check({row("1", "甲", "东街", "A1"),
                                       row("", "", "东街"),
                                       row("2", "乙\n", "西街"),
                                       row("6", "己", "东街", "A1"),
                                       row("1", "庚", ""),
                                       {"7", "辛", "", "", PersonId{99}}});
    BOOST_TEST(
        words(check.findings) ==
            (std::vector<std::string>{"2 ! the number is empty or not one short line",
                                      "2 ! the name is empty or not one short line",
                                      "3 ! the name is empty or not one short line",
                                      "4 ! this seat is used twice", "5 ! this number is used twice",
                                      "5 ! this person is in the list twice", "6 ! there is no such person"}),
        boost::test_tools::per_element());
    BOOST_TEST(check.added == 0U);
    BOOST_TEST(check.unchanged == 1U);
    BOOST_TEST(check.seq == congress.state.entries);
    BOOST_TEST((state_hash(congress.state) == before));
}

BOOST_AUTO_TEST_CASE(a_check_counts_what_would_change_and_says_what_deserves_a_look)
{
    Congress congress;
    const auto check = congress.check({row("1", "甲", "东街"), row("2", "乙乙", "西街", "A2"),
                                       row("3", "丙", "东街"), row("8", "丙", "东街")});
    BOOST_TEST((check.added == 1 && check.changed == 2 && check.unchanged == 1 && check.removed == 2));
    BOOST_TEST((check.removed_names == Names{"丁", "戊"}));
    BOOST_TEST(words(check.findings) ==
                   (std::vector<std::string>{"2 ? the name changes from 乙 to 乙乙",
                                             "2 ? the seat was that of 戊", "4 ? the same name as in row 3"}),
               boost::test_tools::per_element());
    for (const auto& finding : check.findings)
        BOOST_TEST(!finding.words.zh.empty());
    // What the check accepts is imported, with the same counts.
    congress.rows = {row("1", "甲", "东街"), row("8", "丙", "东街")};
    const auto said = congress.check(congress.rows);
    const auto seq = congress.state.entries;
    congress.import();
    const auto adopted = std::get<RosterAdopted>(event_at(congress, seq));
    BOOST_TEST((adopted.added == said.added && adopted.removed == said.removed));
}

BOOST_AUTO_TEST_CASE(of_too_many_findings_the_errors_stay)
{
    Congress congress;
    std::vector<RosterRow> rows;
    for (int i = 0; i < 700; ++i)
        rows.push_back(row("N" + std::to_string(i), "同名", ""));
    rows.push_back(row("N1", "重号", ""));
    auto check = congress.check(rows);
    BOOST_TEST(check.findings.size() == row_findings_max);
    BOOST_TEST((check.findings.back().row == 701 && check.findings.back().severity == RowSeverity::error));
    BOOST_TEST((check.findings.front().row == 2 && check.findings.front().severity == RowSeverity::notice));
    check = congress.check({});
    BOOST_TEST_REQUIRE(check.findings.size() == 1U);
    BOOST_TEST(check.findings[0].row == 0U);
    BOOST_TEST(congress.check(rows_of(roster_members_max + 1)).findings.size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_office_is_for_the_secretary_of_that_body)
{
    Congress congress;
    const BodyId other{congress.act(congress.secretary, CreateBody{BodyKind::standing_committee, "常委会"})};
    const auto local = congress.appoint(Role::secretary, other);
    const auto chair = congress.appoint(Role::chair, congress.body);
    congress.act(congress.secretary, CreateMeeting{congress.body, "会议", 1, 1, over_half()});
    const MeetingId newest{congress.act(local, CreateMeeting{other, "会议", 1, 2, over_half()})};

    const auto all = congress.ask(congress.secretary, ListOffice{});
    BOOST_TEST_REQUIRE(all.has_value());
    BOOST_TEST(all->bodies.size() == 2U);
    BOOST_TEST(all->bodies[0].members == 5U);
    BOOST_TEST(!all->bodies[0].can_undo);
    BOOST_TEST(all->officers.size() == 3U);
    BOOST_TEST_REQUIRE(all->meetings.size() == 2U);
    BOOST_TEST((all->meetings[0].id == newest));
    const auto part = congress.ask(local, ListOffice{});
    BOOST_TEST_REQUIRE(part.has_value());
    BOOST_TEST((part->bodies.size() == 1 && part->officers.size() == 1 && part->meetings.size() == 1));
    for (const auto& actor :
         {chair, as(PersonId{1}, Role::secretary), Actor{}, as(PersonId{2}, Role::delegate)})
        BOOST_TEST(
            (congress.ask(actor, ListOffice{}).has_error() || actor.person == congress.secretary.person));

    const CheckRoster check{congress.body, congress.rows};
    const ReadRoster read{congress.body, 0, 10};
    for (const auto& actor : {chair, local, Actor{}}) {
        BOOST_TEST((congress.ask(actor, check).error().code == not_allowed));
        BOOST_TEST((congress.ask(actor, read).error().code == not_allowed));
    }
    BOOST_TEST(
        (congress.ask(congress.secretary, CheckRoster{BodyId{99}, {}}).error().code == no_such_record));
    BOOST_TEST(
        (congress.ask(congress.secretary, ReadRoster{BodyId{99}, 0, 1}).error().code == no_such_record));
}

BOOST_AUTO_TEST_CASE(a_roster_is_read_in_the_order_of_its_import)
{
    Congress congress;
    std::swap(congress.rows.front(), congress.rows.back());
    congress.import();
    const auto person = congress.state.bodies.at(congress.body).members[0].person;
    congress.act(congress.secretary, SetPhoto{person, "image/png", png(64)});
    congress.act(congress.secretary, IssueAccessCodes{std::nullopt, person});
    const auto all = congress.ask(congress.secretary, ReadRoster{congress.body, 0, 1'000});
    BOOST_TEST_REQUIRE(all.has_value());
    BOOST_TEST(all->total == 5U);
    BOOST_TEST_REQUIRE(all->members.size() == 5U);
    BOOST_TEST((all->members[0].name == "戊" && all->members[4].name == "甲"));
    BOOST_TEST((all->members[4].has_photo && all->members[4].has_code));
    BOOST_TEST((!all->members[0].has_photo && !all->members[0].has_code));
    const auto page = congress.ask(congress.secretary, ReadRoster{congress.body, 3, 4'000'000'000U});
    BOOST_TEST(page->members.size() == 2U);
    BOOST_TEST(congress.ask(congress.secretary, ReadRoster{congress.body, 9, 5})->members.empty());
    const BodyId empty{congress.act(congress.secretary, CreateBody{BodyKind::congress, "新"})};
    BOOST_TEST(congress.ask(congress.secretary, ReadRoster{empty, 0, 5})->total == 0U);
}

BOOST_AUTO_TEST_CASE(a_photo_is_a_small_picture_that_says_truly_what_it_is)
{
    Congress congress;
    const auto person = PersonId{2};
    const auto refusal = [&](const std::string& type, const Bytes& content) {
        return congress.refusal(congress.secretary, SetPhoto{person, type, content});
    };
    BOOST_TEST((refusal("image/png", png(100)) == std::nullopt));
    BOOST_TEST((refusal("image/png", png(256 * 1024)) == std::nullopt));
    BOOST_TEST((refusal("image/png", png(256 * 1024 + 1)) == wrong_media));
    BOOST_TEST((refusal("image/jpeg", png(100)) == wrong_media));
    BOOST_TEST((refusal("image/jpeg", Bytes{0xff, 0xd8, 0xff, 0xe0}) == std::nullopt));
    BOOST_TEST((refusal("image/webp", bytes("RIFF....WEBPVP8 ")) == std::nullopt));
    BOOST_TEST((refusal("image/webp", bytes("RIFF....WAVE")) == wrong_media));
    BOOST_TEST((refusal("image/webp", bytes("RIFF")) == wrong_media));
    BOOST_TEST((refusal("image/svg+xml", bytes("<svg/>")) == wrong_media));
    BOOST_TEST((refusal("image/png", {}) == wrong_media));
    BOOST_TEST((congress.refusal(congress.secretary, SetPhoto{PersonId{99}, "image/png", png(9)}) ==
                no_such_record));
}

BOOST_AUTO_TEST_CASE(a_photo_is_private_and_for_those_who_keep_the_door)
{
    Congress congress;
    const auto person = PersonId{2};
    const auto decided = congress.decide(congress.secretary, SetPhoto{person, "image/png", png(100)});
    BOOST_TEST_REQUIRE(decided->blobs.size() == 1U);
    BOOST_TEST(decided->blobs[0].is_private);
    const ReadPhoto read{person};
    BOOST_TEST((congress.ask(congress.secretary, read).error().code == not_readable));
    congress.act(congress.secretary, SetPhoto{person, "image/png", png(100)});

    const BodyId other{congress.act(congress.secretary, CreateBody{BodyKind::standing_committee, "常委会"})};
    const auto own = as(person, Role::delegate);
    const auto neighbour = as(PersonId{3}, Role::delegate);
    for (const auto& actor : {congress.secretary, own, congress.appoint(Role::operator_, congress.body)}) {
        const auto answer = congress.ask(actor, read);
        BOOST_TEST_REQUIRE(answer.has_value());
        BOOST_TEST((answer->media_type == "image/png" && answer->content == png(100)));
    }
    for (const auto& actor : {neighbour, congress.appoint(Role::operator_, other),
                              congress.appoint(Role::hall, std::nullopt), Actor{}}) {
        BOOST_TEST((congress.ask(actor, read).error().code == not_allowed));
    }
    BOOST_TEST((congress.ask(congress.secretary, ReadPhoto{PersonId{99}}).error().code == no_such_record));

    const auto hash = state_hash(congress.state);
    congress.blobs.erase(*congress.state.persons.at(person).photo);
    BOOST_TEST((congress.ask(own, read).error().code == not_readable));
    BOOST_TEST((congress.replayed() == hash));
}

BOOST_AUTO_TEST_CASE(a_photo_is_taken_back_or_replaced_and_the_record_names_the_one_that_ends)
{
    Congress congress;
    const auto person = PersonId{2};
    const RemovePhoto remove{person};
    const auto photo = [&] { return congress.state.persons.at(person).photo; };
    BOOST_TEST((congress.refusal(congress.secretary, remove) == nothing_to_do));
    BOOST_TEST((congress.refusal(congress.secretary, RemovePhoto{PersonId{99}}) == no_such_record));
    auto seq = congress.act(congress.secretary, SetPhoto{person, "image/png", png(100)});
    BOOST_TEST(ended_blobs_of(event_at(congress, seq)).empty());
    const auto first = photo();
    seq = congress.act(congress.secretary, SetPhoto{person, "image/png", png(100)});
    BOOST_TEST((ended_blobs_of(event_at(congress, seq)) == std::vector{*first}));
    const auto second = photo();
    BOOST_TEST((second != first));

    seq = congress.act(congress.secretary, remove);
    const auto removed = std::get<PhotoRemoved>(event_at(congress, seq));
    BOOST_TEST((removed.person == person && removed.photo == *second));
    BOOST_TEST((ended_blobs_of(removed) == std::vector{*second}));
    BOOST_TEST(!photo().has_value());
    BOOST_TEST((congress.ask(congress.secretary, ReadPhoto{person}).error().code == not_readable));
    BOOST_TEST(!congress.ask(congress.secretary, ReadRoster{congress.body, 1, 1})->members[0].has_photo);
    BOOST_TEST((congress.refusal(congress.secretary, remove) == nothing_to_do));
    congress.blobs.erase(*first);
    congress.blobs.erase(*second);
    BOOST_TEST((congress.replayed() == state_hash(congress.state)));
}

BOOST_AUTO_TEST_CASE(a_correction_names_an_entry_and_changes_no_state)
{
    Congress congress;
    const auto refusal = [&](const CorrectRecord& command) {
        return congress.refusal(congress.secretary, command);
    };
    const auto entries = congress.state.entries;
    BOOST_TEST((refusal({entries - 1, "甲", "曱", "笔误"}) == std::nullopt));
    BOOST_TEST((refusal({entries, "甲", "曱", "笔误"}) == no_such_record));
    BOOST_TEST((refusal({1, "甲", "甲", "笔误"}) == nothing_to_do));
    BOOST_TEST((refusal({1, "", "甲", "笔误"}) == invalid_text));
    BOOST_TEST((refusal({1, "甲", "两\n行", "笔误"}) == invalid_text));
    BOOST_TEST((refusal({1, "甲", "曱", ""}) == invalid_text));
    auto before = congress.state;
    congress.act(congress.secretary, CorrectRecord{1, "区人民代表大会", "区第十届人民代表大会", "笔误"});
    before.entries = congress.state.entries;
    before.now_ms = congress.state.now_ms;
    BOOST_TEST((state_hash(congress.state) == state_hash(before)));
}

BOOST_AUTO_TEST_SUITE_END()
