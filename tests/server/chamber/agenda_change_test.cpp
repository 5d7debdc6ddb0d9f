#include "server/chamber/questions.hpp"
#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(agenda_change_test)

using namespace plenum;
using namespace plenum::chamber;

// What is taken off an agenda before it was adopted, and what changes in it afterwards only by a decision.

namespace {

using enum RefusalCode;

/// Nothing: accepted.
using Reply = std::optional<RefusalCode>;
constexpr Reply yes = std::nullopt;

struct Bureau : House {
    Reply reply(const Command& command, std::optional<Actor> actor = {}) const
    {
        const auto decided = decide(actor.value_or(secretary), command);
        return decided ? yes : Reply(decided.error().code);
    }
    ItemId add(const std::string& title, std::optional<ItemId> parent = {})
    {
        return ItemId{act(secretary, AddItem{meeting, title, parent})};
    }
    ItemId import()
    {
        ImportAgenda command{meeting, {}};
        for (const auto& [level, title] :
             std::vector<std::pair<std::uint32_t, std::string>>{{1, "报告"}, {2, "说明"}, {1, "表决"}})
            command.items.push_back({level, title, ItemKind::report, 15, "", false});
        return ItemId{act(secretary, command)};
    }
    std::vector<std::string> titles() const
    {
        std::vector<std::string> found;
        for (const auto& one : view_agenda(state, meeting, Role::secretary).items)
            found.push_back(one.title);
        return found;
    }
    std::uint32_t undoable() const
    {
        return ask(state, secretary, ReadAgenda{meeting}, blob_source())->imported;
    }
    std::string decision() const
    {
        const auto entry = decode_entry(entries.back());
        const auto* decided = std::get_if<ItemChangeDecided>(&entry->event);
        return decided == nullptr ? "" : decided->decision;
    }
};

using Titles = std::vector<std::string>;
constexpr const char* first = "关于预算调整的决议";

ItemId after(ItemId item, std::uint64_t by)
{
    return ItemId{number(item) + by};
}

} // namespace

BOOST_AUTO_TEST_CASE(an_import_is_taken_back_as_it_came)
{
    Bureau office;
    BOOST_TEST((office.reply(UndoAgenda{office.meeting}) == nothing_to_do));
    office.import();
    BOOST_TEST(office.undoable() == 3U);
    office.act(office.secretary, UndoAgenda{office.meeting});
    BOOST_TEST(office.titles() == Titles{first}, boost::test_tools::per_element());
    BOOST_TEST(office.undoable() == 0U);
    BOOST_TEST((office.reply(UndoAgenda{office.meeting}) == nothing_to_do));
    // Imported again it is the same agenda as if it had never been taken back.
    office.import();
    BOOST_TEST(office.titles() == (Titles{first, "报告", "说明", "表决"}), boost::test_tools::per_element());
    BOOST_TEST((office.replayed() == state_hash(office.state)));
}

BOOST_AUTO_TEST_CASE(what_was_worked_on_since_stays_with_what_stands_above_it)
{
    const struct {
        const char* what;
        std::function<void(Bureau&, ItemId)> work;
        Titles left;
    } table[] = {
        {"edited",
         [](Bureau& o, ItemId report) {
             o.act(o.secretary, EditItem{after(report, 1), "说明稿"});
         },
         {first, "报告", "说明稿"}},
        {"moved",
         [](Bureau& o, ItemId report) {
             o.act(o.secretary, MoveItem{after(report, 2), std::nullopt, 0});
         },
         {"表决", first}},
        {"with a paper",
         [](Bureau& o, ItemId report) {
             o.act(o.secretary, AttachDocument{report, "附件", "text/plain", {'x'}});
         },
         {first, "报告"}},
        {"with another below it",
         [](Bureau& o, ItemId report) { o.add("补充", after(report, 2)); },
         {first, "表决", "补充"}},
        {"in the schedule",
         [](Bureau& o, ItemId report) {
             o.act(o.secretary, SetSchedule{o.meeting, {{1, 0, "开会", "", {after(report, 1)}}}});
         },
         {first, "报告", "说明"}},
        {"with a vote on it",
         [](Bureau& o, ItemId report) { o.prepare(motion(), after(report, 2)); },
         {first, "表决"}},
        {"with somebody waiting to speak on it",
         [](Bureau& o, ItemId report) {
             o.act(o.operator_, RequestFloorFor{o.sitting_id, *o.members.at(0).person, SpeechKind::speech,
                                                after(report, 2), std::nullopt});
         },
         {first, "表决"}},
        {"one of them removed alone",
         [](Bureau& o, ItemId report) { o.act(o.secretary, RemoveItem{after(report, 1)}); },
         {first}},
    };
    for (const auto& row : table) {
        BOOST_TEST_CONTEXT(row.what)
        {
            Bureau office;
            row.work(office, office.import());
            const auto before = office.titles().size();
            const auto goes = office.undoable();
            office.act(office.secretary, UndoAgenda{office.meeting});
            BOOST_TEST(office.titles() == row.left, boost::test_tools::per_element());
            BOOST_TEST(before - goes == row.left.size());
            BOOST_TEST((office.replayed() == state_hash(office.state)));
        }
    }
}

BOOST_AUTO_TEST_CASE(only_the_last_import_is_taken_back_and_only_before_its_adoption)
{
    Bureau office;
    office.import();
    office.act(office.secretary, ImportAgenda{office.meeting, {{1, "闭幕", {}, 0, "", false}}});
    BOOST_TEST(office.undoable() == 1U);
    office.begin(5);
    BOOST_TEST(office.undoable() == 0U);
    BOOST_TEST((office.reply(UndoAgenda{office.meeting}) == nothing_to_do));
    BOOST_TEST((office.reply(UndoAgenda{MeetingId{9999}}) == no_such_record));
}

BOOST_AUTO_TEST_CASE(a_draft_is_removed_while_nothing_refers_to_it)
{
    Bureau office;
    const auto report = office.add("报告");
    const auto below = office.add("说明", report);
    BOOST_TEST((office.reply(RemoveItem{report}) == wrong_state));
    office.act(office.secretary, RemoveItem{below});
    office.act(office.secretary, RemoveItem{report});
    BOOST_TEST(office.titles() == Titles{first}, boost::test_tools::per_element());
    BOOST_TEST((office.reply(RemoveItem{report}) == no_such_record));
    BOOST_TEST((office.reply(EditItem{report, "改题"}) == no_such_record));

    const auto scheduled = office.add("日程中的议题");
    office.act(office.secretary, SetSchedule{office.meeting, {{1, 0, "开会", "", {scheduled}}}});
    BOOST_TEST((office.reply(RemoveItem{scheduled}) == wrong_state));
    office.act(office.secretary, SetSchedule{office.meeting, {}});
    BOOST_TEST((office.reply(RemoveItem{scheduled}) == yes));
    office.prepare(motion(), scheduled);
    BOOST_TEST((office.reply(RemoveItem{scheduled}) == wrong_state));

    office.begin(5);
    BOOST_TEST((office.reply(RemoveItem{office.item_id}) == wrong_state));
    const auto late = office.add("临时议题");
    auto agenda = office.prepare_command(motion());
    agenda.item.reset();
    agenda.adopts_agenda = true;
    const VoteId vote{office.act(office.secretary, agenda)};
    office.act(office.chair, OpenVote{vote});
    BOOST_TEST((office.reply(RemoveItem{late}) == vote_open));
    office.act(office.chair, VoidVote{vote, VoidReason::disorder, ""});
    office.act(office.secretary, RemoveItem{late});
    BOOST_TEST((office.replayed() == state_hash(office.state)));
}

BOOST_AUTO_TEST_CASE(what_the_body_adopted_changes_only_by_a_decision_on_record)
{
    Bureau office;
    const auto second = office.add("第二项");
    const auto edit = [&](const std::string& title, std::optional<std::string> decision = {}) {
        return EditItem{second, title, ItemKind::other, 0, "", false, std::move(decision)};
    };
    // Before the adoption nobody asks; what is said all the same is kept.
    office.act(office.secretary, edit("第二项议题"));
    BOOST_TEST(office.decision() == "");
    office.act(office.secretary, edit("第二项", "主任会议"));
    BOOST_TEST(office.decision() == "主任会议");

    office.begin(5);
    BOOST_TEST((office.reply(edit("改题")) == invalid_text));
    BOOST_TEST((office.reply(edit("改题", "")) == invalid_text));
    BOOST_TEST((office.reply(edit("改题", "两\n行")) == invalid_text));
    BOOST_TEST((office.reply(EditItem{second, "第二项", ItemKind::report}) == invalid_text));
    BOOST_TEST((office.reply(EditItem{second, "第二项", {}, 0, "", true}) == invalid_text));
    BOOST_TEST((office.reply(MoveItem{second, std::nullopt, 0}) == invalid_text));
    // How long it takes and who reports is for the secretariat to arrange.
    office.act(office.secretary, EditItem{second, "第二项", {}, 20, "财政局局长"});
    BOOST_TEST(office.decision() == "");

    const std::string who = "主任会议提出，全体会议同意";
    office.act(office.secretary, edit("改题", who));
    BOOST_TEST(office.decision() == who);
    BOOST_TEST((office.item(second).state == ItemState::adopted));
    office.act(office.secretary, MoveItem{second, std::nullopt, 0, who});
    BOOST_TEST(office.decision() == who);
    BOOST_TEST(office.titles() == (Titles{"改题", first}), boost::test_tools::per_element());
    BOOST_TEST((office.replayed() == state_hash(office.state)));
}

BOOST_AUTO_TEST_CASE(changes_of_older_records_that_nobody_decided_are_read_all_the_same)
{
    Bureau office;
    office.begin(5);
    office.write_down(office.secretary, {{ItemEdited{office.item_id, "改题"}}, {}});
    office.write_down(office.chair, {{ItemDeferred{office.item_id, ""}}, {}});
    office.write_down(office.chair, {{SittingRecessed{office.sitting_id, ""}}, {}});
    BOOST_TEST(office.titles() == Titles{"改题"}, boost::test_tools::per_element());
    BOOST_TEST((office.sitting(office.sitting_id).state == SittingState::recess));
    BOOST_TEST((office.replayed() == state_hash(office.state)));
}

BOOST_AUTO_TEST_CASE(what_one_vote_decided_stays_decided_when_too_few_take_part_in_the_next)
{
    Bureau office;
    office.begin(5);
    auto rule = motion();
    rule.min_participation = over_half();
    // Both are prepared while the item is open, as an amendment and the whole text are.
    const auto decides = office.prepare();
    const auto fails = office.prepare(rule);
    office.act(office.chair, OpenVote{decides});
    office.press(decides, 5, 0, 0);
    office.act(office.chair, CloseVote{decides});
    office.act(office.chair, OpenVote{fails});
    BOOST_TEST((office.item(office.item_id).state == ItemState::put_to_vote));
    office.act(office.chair, CloseVote{fails});
    const auto& item = office.item(office.item_id);
    BOOST_TEST((item.state == ItemState::decided && item.outcome == ItemOutcome::by_vote));
    const WithdrawItem withdraw{office.sitting_id, office.item_id, "撤回"};
    BOOST_TEST((office.reply(withdraw, office.chair) == wrong_state));
    BOOST_TEST((office.replayed() == state_hash(office.state)));
}

BOOST_AUTO_TEST_SUITE_END()
