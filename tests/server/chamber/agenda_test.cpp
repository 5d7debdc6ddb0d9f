#include "protocol/private_value.hpp"
#include "protocol/rpc.hpp"
#include "server/chamber/questions.hpp"
#include "server/clerk/clerk.hpp"
#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(agenda_test)

using namespace plenum;
using namespace plenum::chamber;

// The agenda as a tree: added, moved, imported, with its papers.

namespace {

using enum RefusalCode;

struct Desk : House {
    using House::refusal;
    std::optional<RefusalCode> refusal(const Command& command) const { return refusal(secretary, command); }

    ItemId add(const std::string& title, std::optional<ItemId> parent = {},
               std::optional<std::uint32_t> position = {})
    {
        return ItemId{act(secretary, AddItem{meeting, title, parent, position})};
    }
    /// Number and title of each item, as screens list them.
    std::vector<std::string> lines(Role role = Role::delegate) const
    {
        std::vector<std::string> found;
        for (const auto& item : view_agenda(state, meeting, role).items)
            found.push_back(item.number + item.title);
        return found;
    }
    AgendaCheck check(std::vector<AgendaRow> rows) const
    {
        const auto answer = ask(state, secretary, CheckAgenda{meeting, std::move(rows)}, blob_source());
        BOOST_TEST_REQUIRE(answer.has_value());
        return *answer;
    }
    Digest attach(ItemId to, const std::string& content)
    {
        act(secretary, attachment(to, content));
        return std::get<DocumentAttached>(decode_entry(entries.back())->event).document;
    }
    static AttachDocument attachment(ItemId to, const std::string& content)
    {
        return {to, "附件", "text/plain", Bytes(content.begin(), content.end())};
    }
    void vote_on_agenda()
    {
        auto command = prepare_command(motion());
        command.item.reset();
        command.adopts_agenda = true;
        const VoteId id{act(secretary, command)};
        vote(id).adopts_agenda = true;
        act(chair, OpenVote{id});
    }
};

using Lines = std::vector<std::string>;

AgendaRow row(std::uint32_t level, const std::string& title)
{
    return {level, title, ItemKind::report, 15, "王五", false};
}

std::vector<std::string> words(const std::vector<RowFinding>& findings)
{
    std::vector<std::string> found;
    for (const auto& one : findings)
        found.push_back(std::to_string(one.row) + ": " + one.words.en);
    return found;
}

constexpr const char* first = "一、关于预算调整的决议";

} // namespace

BOOST_AUTO_TEST_CASE(items_stand_where_they_were_put_and_carry_their_numbers)
{
    Desk desk;
    const auto last = desk.add("闭会", {}, 99);
    desk.add("开会", {}, 0);
    const auto reports = desk.add("报告", {}, 2);
    const auto report = desk.add("审计报告", reports);
    desk.add("财政报告", reports, 0);
    const auto part = desk.add("说明", report);
    const auto detail = desk.add("附表", part);
    BOOST_TEST(desk.lines() == (Lines{"一、开会", "二、关于预算调整的决议", "三、报告", "（一）财政报告",
                                      "（二）审计报告", "1.说明", "（1）附表", "四、闭会"}),
               boost::test_tools::per_element());
    // The event carries the place that it became.
    const auto added = std::get<ItemAdded>(decode_entry(desk.entries.at(number(last)))->event);
    BOOST_TEST(added.position == 1U);
    BOOST_TEST((desk.refusal(AddItem{desk.meeting, "第五级", detail}) == too_many));
    BOOST_TEST((desk.refusal(AddItem{desk.meeting, "无上级", ItemId{9999}}) == no_such_record));
    const MeetingId other{
        desk.act(desk.secretary, CreateMeeting{desk.body, "下次会议", 18, 23, over_half()})};
    BOOST_TEST((desk.refusal(AddItem{other, "别处", reports}) == no_such_record));
    AddItem unreadable{desk.meeting, "议题"};
    unreadable.presenter = "两\n行";
    BOOST_TEST((desk.refusal(unreadable) == invalid_text));
    BOOST_TEST((desk.replayed() == state_hash(desk.state)));
}

BOOST_AUTO_TEST_CASE(an_item_moves_with_all_below_it_and_never_below_itself)
{
    Desk desk;
    const auto second = desk.add("第二项");
    const auto below = desk.add("第二项之一", second);
    desk.add("第二项之一之一", below);
    const auto third = desk.add("第三项");
    desk.act(desk.secretary, MoveItem{second, std::nullopt, 0});
    BOOST_TEST(desk.lines() == (Lines{"一、第二项", "（一）第二项之一", "1.第二项之一之一",
                                      "二、关于预算调整的决议", "三、第三项"}),
               boost::test_tools::per_element());
    // Beyond the end is the end, counted without the item itself.
    desk.act(desk.secretary, MoveItem{second, std::nullopt, 7});
    BOOST_TEST(std::get<ItemMoved>(decode_entry(desk.entries.back())->event).position == 2U);
    BOOST_TEST((desk.refusal(MoveItem{second, std::nullopt, std::nullopt}) == nothing_to_do));
    BOOST_TEST((desk.refusal(MoveItem{third, std::nullopt, 1}) == nothing_to_do));
    desk.act(desk.secretary, MoveItem{third, second, std::nullopt});
    BOOST_TEST(desk.lines() ==
                   (Lines{first, "二、第二项", "（一）第二项之一", "1.第二项之一之一", "（二）第三项"}),
               boost::test_tools::per_element());

    BOOST_TEST((desk.refusal(MoveItem{second, second, std::nullopt}) == wrong_state));
    BOOST_TEST((desk.refusal(MoveItem{second, below, std::nullopt}) != std::nullopt));
    BOOST_TEST((desk.refusal(MoveItem{second, ItemId{9999}, std::nullopt}) == no_such_record));
    // Two levels of its own fit below level two, and not below level three.
    const auto deep = desk.add("深", third);
    const auto tall = desk.add("高");
    desk.add("高之一", tall);
    BOOST_TEST((desk.refusal(MoveItem{tall, third, std::nullopt}) == std::nullopt));
    BOOST_TEST((desk.refusal(MoveItem{tall, deep, std::nullopt}) == too_many));
    BOOST_TEST((desk.replayed() == state_hash(desk.state)));
}

BOOST_AUTO_TEST_CASE(an_edit_says_all_of_an_item_anew)
{
    Desk desk;
    desk.act(desk.secretary, EditItem{desk.item_id, "决算", ItemKind::report, 20, "李四", true});
    const auto& item = desk.item(desk.item_id);
    BOOST_TEST((item.title == "决算" && item.kind == ItemKind::report && item.minutes == 20));
    BOOST_TEST((item.presenter == "李四" && item.is_closed));
    BOOST_TEST(
        (desk.refusal(EditItem{desk.item_id, "决算", ItemKind::report, 20, "两\n行"}) == invalid_text));
    // Observers learn that there is something, and no more.
    const auto hidden = view_agenda(desk.state, desk.meeting, Role::hall).items.at(0);
    BOOST_TEST((hidden.is_closed && hidden.title.empty() && hidden.presenter.empty()));
    BOOST_TEST(hidden.number == "一、");
}

BOOST_AUTO_TEST_CASE(the_agenda_stands_still_while_it_is_put_to_the_vote)
{
    Desk desk;
    const auto second = desk.add("第二项");
    const auto document = desk.attach(second, "附件");
    desk.begin(5);
    desk.add("第三项");
    desk.vote_on_agenda();
    for (const Command& command :
         std::vector<Command>{AddItem{desk.meeting, "议题"}, ImportAgenda{desk.meeting, {row(1, "议题")}},
                              MoveItem{second, std::nullopt, 0}, EditItem{second, "改题"},
                              Desk::attachment(second, "别的"), DetachDocument{second, document}}) {
        BOOST_TEST_CONTEXT(method_of(command)) BOOST_TEST((desk.refusal(command) == vote_open));
    }
    BOOST_TEST((desk.refusal(desk.chair, AdoptAgenda{desk.sitting_id}) == vote_open));
    // Another meeting goes on.
    const MeetingId other{
        desk.act(desk.secretary, CreateMeeting{desk.body, "下次会议", 18, 23, over_half()})};
    BOOST_TEST((desk.refusal(AddItem{other, "议题"}) == std::nullopt));
}

BOOST_AUTO_TEST_CASE(adopting_the_agenda_adopts_all_levels_and_later_items_wait)
{
    Desk desk;
    const auto below = desk.add("之一", desk.item_id);
    desk.begin(5);
    BOOST_TEST((desk.item(below).state == ItemState::adopted));
    const auto late = desk.add("临时议题", desk.item_id);
    BOOST_TEST((desk.refusal(desk.chair, ActivateItem{desk.sitting_id, late}) == not_on_agenda));
    desk.act(desk.chair, AdoptAgenda{desk.sitting_id});
    BOOST_TEST(std::get<AgendaAdopted>(decode_entry(desk.entries.back())->event).items == 1U);
    desk.act(desk.chair, ActivateItem{desk.sitting_id, late});
}

BOOST_AUTO_TEST_CASE(an_agenda_is_imported_as_a_tree_once)
{
    Desk desk;
    const std::vector<AgendaRow> rows = {row(1, "开会"), row(1, "报告"),     row(2, "财政报告"),
                                         row(3, "说明"), row(2, "审计报告"), row(1, "表决"),
                                         row(1, "表决")};
    auto check = desk.check(rows);
    BOOST_TEST((check.added == 7 && check.present == 0 && check.findings.empty()));
    const auto seq = desk.act(desk.secretary, ImportAgenda{desk.meeting, rows});
    // Seven items and that they came together.
    BOOST_TEST(desk.state.entries == seq + 8);
    const Lines expected = {first,    "二、开会",       "三、报告", "（一）财政报告",
                            "1.说明", "（二）审计报告", "四、表决", "五、表决"};
    BOOST_TEST(desk.lines() == expected, boost::test_tools::per_element());
    const auto& report = desk.item(ItemId{seq + 2});
    BOOST_TEST((report.parent == ItemId{seq + 1} && report.minutes == 15 && report.presenter == "王五"));
    BOOST_TEST((desk.refusal(ImportAgenda{desk.meeting, rows}) == nothing_to_do));
    check = desk.check(rows);
    BOOST_TEST((check.added == 0 && check.present == 7));

    // Only what is new is added, also below what stands there.
    desk.act(
        desk.secretary,
        ImportAgenda{desk.meeting, {row(1, "报告"), row(2, "审计报告"), row(3, "整改"), row(2, "开会")}});
    BOOST_TEST(desk.lines() == (Lines{first, "二、开会", "三、报告", "（一）财政报告", "1.说明",
                                      "（二）审计报告", "1.整改", "（三）开会", "四、表决", "五、表决"}),
               boost::test_tools::per_element());
    BOOST_TEST((desk.replayed() == state_hash(desk.state)));
}

BOOST_AUTO_TEST_CASE(each_wrong_row_of_an_agenda_is_named_and_nothing_is_added)
{
    Desk desk;
    const std::vector<AgendaRow> rows = {
        row(2, "太早"),   row(1, ""),  row(3, "太深"), row(5, "第五级"), {1, "议题", {}, 0, "两\n行", false},
        row(0, "第零级"), row(1, "好")};
    const auto check = desk.check(rows);
    BOOST_TEST(
        words(check.findings) ==
            (Lines{"1: the first row is of level 1", "2: the title is empty or not one line",
                   "3: the level is more than one deeper than the row before", "4: the level is from 1 to 4",
                   "5: the presenter is not one short line", "6: the level is from 1 to 4"}),
        boost::test_tools::per_element());
    const auto refused = desk.decide(desk.secretary, ImportAgenda{desk.meeting, rows});
    BOOST_TEST_REQUIRE(refused.has_error());
    BOOST_TEST((refused.error().code == invalid_text));
    BOOST_TEST(refused.error().reason.zh.find("第1行") != std::string::npos);

    BOOST_TEST((desk.refusal(ImportAgenda{desk.meeting, {}}) == invalid_text));
    const std::vector many(401, row(1, "议题"));
    BOOST_TEST((desk.refusal(ImportAgenda{desk.meeting, many}) == too_many));
    BOOST_TEST(desk.check(many).findings.at(0).row == 0U);
    desk.begin(5);
    desk.act(desk.chair, WithdrawItem{desk.sitting_id, desk.item_id, "提案人撤回"});
    const std::vector<AgendaRow> below = {row(1, "关于预算调整的决议"), row(2, "之一")};
    BOOST_TEST((desk.refusal(ImportAgenda{desk.meeting, below}) == invalid_text));
}

BOOST_AUTO_TEST_CASE(four_hundred_rows_of_long_titles_fit_a_thousand_items_do_not_grow)
{
    Desk desk;
    std::vector<AgendaRow> rows;
    for (int i = 0; i < 400; ++i)
        rows.push_back(row(1, std::to_string(i) + std::string(title_bytes_max - 3, 'x')));
    for (int batch = 0; batch < 2; ++batch) {
        for (auto& one : rows)
            one.presenter = "第" + std::to_string(batch);
        for (auto& one : rows)
            one.title.back() = batch == 0 ? 'a' : 'b';
        desk.act(desk.secretary, ImportAgenda{desk.meeting, rows});
    }
    for (auto& one : rows)
        one.title.back() = 'c';
    BOOST_TEST((desk.refusal(ImportAgenda{desk.meeting, rows}) == too_many));
    BOOST_TEST(desk.check(rows).findings.size() == 1U);
    rows.resize(199);
    desk.act(desk.secretary, ImportAgenda{desk.meeting, rows});
    BOOST_TEST((desk.refusal(AddItem{desk.meeting, "第一千零一项"}) == too_many));
    BOOST_TEST(desk.lines().size() == 1'000U);
}

BOOST_AUTO_TEST_CASE(only_the_secretary_of_the_body_checks_an_agenda)
{
    Desk desk;
    const CheckAgenda check{desk.meeting, {row(1, "议题")}};
    for (const auto& actor : {desk.chair, desk.operator_, desk.members.at(0), Actor{}})
        BOOST_TEST((ask(desk.state, actor, check, desk.blob_source()).error().code == not_allowed));
    const CheckAgenda nowhere{MeetingId{9999}, {}};
    BOOST_TEST((ask(desk.state, desk.secretary, nowhere, desk.blob_source()).error().code == no_such_record));
}

BOOST_AUTO_TEST_CASE(documents_are_of_known_kinds_and_moderate_size)
{
    Desk desk;
    const auto refusal = [&](const std::string& name, const std::string& type, std::size_t size) {
        return desk.refusal(AttachDocument{desk.item_id, name, type, Bytes(size, 'x')});
    };
    constexpr std::size_t most = 4 * 1024 * 1024;
    BOOST_TEST((refusal("报告.pdf", "application/pdf", most) == std::nullopt));
    BOOST_TEST((refusal("报告.pdf", "application/pdf", most + 1) == wrong_media));
    BOOST_TEST((refusal("报告.pdf", "application/pdf", 0) == wrong_media));
    BOOST_TEST((refusal("程序.html", "text/html", 9) == wrong_media));
    BOOST_TEST((refusal("", "text/plain", 9) == invalid_text));
    BOOST_TEST((refusal(std::string(name_bytes_max + 1, 'x'), "text/plain", 9) == invalid_text));
    desk.attach(desk.item_id, "同一份");
    BOOST_TEST((desk.refusal(Desk::attachment(desk.item_id, "同一份")) == nothing_to_do));
    for (int i = 1; i < 50; ++i)
        desk.attach(desk.item_id, std::to_string(i));
    BOOST_TEST((desk.refusal(Desk::attachment(desk.item_id, "第五十一份")) == too_many));
    BOOST_TEST((desk.replayed() == state_hash(desk.state)));
}

BOOST_AUTO_TEST_CASE(the_largest_document_fits_what_the_office_may_send_at_once)
{
    const AttachDocument largest{ItemId{1}, std::string(name_bytes_max, 'x'), "application/pdf",
                                 Bytes(4 * 1024 * 1024, 0xff)};
    const auto text = encode_request(std::string(request_id_bytes_max, 'x'), AttachDocument::method,
                                     encode_params(largest));
    BOOST_TEST(text.size() <= clerk::office_read_bytes_max);
    const auto request = decode_request(text);
    BOOST_TEST_REQUIRE(request.has_value());
    const auto command = decode_command(request->method, request->params);
    BOOST_TEST_REQUIRE((command && *command));
    BOOST_TEST((std::get<AttachDocument>(**command).content == largest.content));
}

BOOST_AUTO_TEST_CASE(documents_stay_with_what_was_decided_on_them)
{
    Desk desk;
    const auto document = desk.attach(desk.item_id, "附件");
    const DetachDocument detach{desk.item_id, document};
    desk.begin(5);
    const auto vote = desk.open();
    BOOST_TEST((desk.refusal(detach) == vote_open));
    BOOST_TEST((desk.refusal(Desk::attachment(desk.item_id, "别的")) == vote_open));
    desk.press(vote, 4, 0, 0);
    desk.act(desk.chair, CloseVote{vote});
    BOOST_TEST((desk.refusal(detach) == wrong_state));
    desk.attach(desk.item_id, "决定全文");
    const auto other = desk.add("第二项");
    BOOST_TEST((desk.refusal(DetachDocument{other, document}) == no_such_record));
    const auto draft = desk.attach(other, "附件");
    desk.act(desk.secretary, DetachDocument{other, draft});
    BOOST_TEST(desk.item(other).documents.empty());
    desk.act(desk.chair, WithdrawItem{desk.sitting_id, other, "提案人撤回"});
    BOOST_TEST((desk.refusal(Desk::attachment(other, "别的")) == wrong_state));
}

BOOST_AUTO_TEST_CASE(papers_of_a_closed_item_are_private_and_for_those_in_the_room)
{
    Desk desk;
    const auto open_document = desk.attach(desk.item_id, "公开");
    BOOST_TEST((desk.refusal(EditItem{desk.item_id, "决算", {}, 0, "", true}) == wrong_state));
    desk.act(desk.secretary, DetachDocument{desk.item_id, open_document});
    desk.act(desk.secretary, EditItem{desk.item_id, "决算", {}, 0, "", true});

    const auto decided = desk.decide(desk.secretary, Desk::attachment(desk.item_id, "内部"));
    BOOST_TEST_REQUIRE(decided->blobs.size() == 1U);
    BOOST_TEST(decided->blobs[0].is_private);
    BOOST_TEST(decided->blobs[0].content.find("内部") == std::string::npos);
    const auto document = desk.attach(desk.item_id, "内部");
    BOOST_TEST((document != sha256(std::string("内部"))));
    const ReadDocument read{desk.item_id, document};
    const auto answer = [&](const Actor& actor) { return ask(desk.state, actor, read, desk.blob_source()); };
    for (const auto& actor : {desk.secretary, desk.chair, desk.operator_, desk.members.at(6)}) {
        BOOST_TEST_REQUIRE(answer(actor).has_value());
        BOOST_TEST(std::string(text_of(answer(actor)->content)) == "内部");
        BOOST_TEST(answer(actor)->media_type == "text/plain");
    }
    const BodyId elsewhere{desk.act(desk.secretary, CreateBody{BodyKind::presidium, "主席团"})};
    for (const auto& actor :
         {desk.appoint(Role::observer, std::nullopt), desk.appoint(Role::hall, std::nullopt),
          desk.appoint(Role::chair, elsewhere), as(*desk.chair.person, Role::delegate), Actor{}}) {
        BOOST_TEST((answer(actor).error().code == not_allowed));
    }
    // Opened again, the paper stays private.
    desk.act(desk.secretary, EditItem{desk.item_id, "决算"});
    const auto public_one = desk.attach(desk.item_id, "公开");
    BOOST_TEST(desk.item(desk.item_id).documents.at(0).is_private);
    const auto of_public =
        ask(desk.state, desk.chair, ReadDocument{desk.item_id, public_one}, desk.blob_source());
    BOOST_TEST((of_public.error().code == not_readable));
    const auto unknown =
        ask(desk.state, desk.chair, ReadDocument{desk.item_id, Digest{}}, desk.blob_source());
    BOOST_TEST((unknown.error().code == no_such_record));
    desk.blobs.erase(document);
    BOOST_TEST((answer(desk.chair).error().code == not_readable));
    BOOST_TEST((desk.replayed() == state_hash(desk.state)));
}

BOOST_AUTO_TEST_CASE(what_is_put_to_the_vote_on_a_closed_item_is_read_by_those_in_the_room_only)
{
    Desk desk;
    const auto closed = ItemId{desk.act(desk.secretary, [&] {
        AddItem add{desk.meeting, "人事"};
        add.is_closed = true;
        return add;
    }())};
    auto question = desk.prepare_command(motion());
    question.item = closed;
    const auto decided = desk.decide(desk.secretary, question);
    BOOST_TEST_REQUIRE(decided->blobs.size() == 1U);
    BOOST_TEST(decided->blobs[0].is_private);
    BOOST_TEST(decided->blobs[0].content.find(question.text) == std::string::npos);

    desk.begin(5);
    const VoteId id{desk.act(desk.secretary, question)};
    const auto text = desk.vote(id).text;
    BOOST_TEST((text != sha256(question.text)));
    BOOST_TEST(view_vote(desk.state, id, Role::delegate).text_is_private);
    const auto answer = [&](const Actor& actor, ItemId of) {
        return ask(desk.state, actor, ReadDocument{of, text}, desk.blob_source());
    };
    for (const auto& actor : {desk.secretary, desk.chair, desk.operator_, desk.members.at(6)}) {
        const auto read = answer(actor, closed);
        BOOST_TEST_REQUIRE(read.has_value());
        BOOST_TEST(std::string(text_of(read->content)) == question.text);
        // Whoever reads it can check that it is what the record names.
        const PrivateValue value{1, read->salt, read->media_type, read->content};
        BOOST_TEST((sha256(encode_private_value(value)) == text));
        BOOST_TEST((answer(actor, desk.item_id).error().code == no_such_record));
    }
    for (const auto& actor :
         {desk.appoint(Role::observer, std::nullopt), desk.appoint(Role::hall, std::nullopt), Actor{}})
        BOOST_TEST((answer(actor, closed).error().code == not_allowed));

    // Opened to the public meanwhile, the next attempt still has these words and these readers.
    desk.act(desk.chair, VoidVote{id, VoidReason::disorder, ""});
    desk.act(desk.secretary, EditItem{closed, "人事", {}, 0, "", false, "全体会议决定"});
    const VoteId again{desk.act(desk.chair, RetryVote{id})};
    BOOST_TEST((desk.vote(again).text == text && desk.vote(again).text_is_private));
    desk.act(desk.chair, OpenVote{again});
    BOOST_TEST(answer(desk.members.at(6), closed).has_value());
    desk.blobs.erase(text);
    BOOST_TEST((answer(desk.chair, closed).error().code == not_readable));
    BOOST_TEST((desk.replayed() == state_hash(desk.state)));
}

BOOST_AUTO_TEST_CASE(an_item_is_not_closed_once_a_text_put_to_the_vote_on_it_is_public)
{
    Desk desk;
    const auto other = desk.add("第二项");
    const auto id = desk.prepare();
    BOOST_TEST((desk.refusal(EditItem{desk.item_id, "决算", {}, 0, "", true}) == wrong_state));
    desk.act(desk.secretary, EditItem{other, "第二项", {}, 0, "", true});
    // Taken back, the text is public all the same.
    desk.act(desk.chair, VoidVote{id, VoidReason::withdrawn, ""});
    BOOST_TEST((desk.refusal(EditItem{desk.item_id, "决算", {}, 0, "", true}) == wrong_state));
    // A text that was private from the beginning is no reason.
    desk.prepare(motion(), other);
    desk.act(desk.secretary, EditItem{other, "第二项"});
    desk.act(desk.secretary, EditItem{other, "第二项", {}, 0, "", true});
    BOOST_TEST((desk.replayed() == state_hash(desk.state)));
}

BOOST_AUTO_TEST_CASE(an_item_ends_without_a_vote_with_an_opinion_or_noted)
{
    Desk desk;
    const auto second = desk.add("听取报告");
    desk.begin(5);
    const ConcludeItem opinion{desk.sitting_id, desk.item_id, ItemOutcome::deliberation_opinion,
                               "一、同意。\n二、加强监督。"};
    BOOST_TEST((desk.refusal(desk.chair, opinion) == wrong_state));
    desk.act(desk.chair, ActivateItem{desk.sitting_id, desk.item_id});
    desk.act(desk.chair, DeliberateItem{desk.sitting_id, desk.item_id});
    for (const auto outcome : {ItemOutcome::none, ItemOutcome::by_vote}) {
        const ConcludeItem other{desk.sitting_id, desk.item_id, outcome, ""};
        BOOST_TEST((desk.refusal(desk.chair, other) == wrong_state));
    }
    const ConcludeItem noted{desk.sitting_id, desk.item_id, ItemOutcome::noted, "意见"};
    BOOST_TEST((desk.refusal(desk.chair, noted) == invalid_text));
    desk.act(desk.chair, opinion);
    const auto& item = desk.item(desk.item_id);
    BOOST_TEST((item.state == ItemState::decided && item.outcome == ItemOutcome::deliberation_opinion));
    BOOST_TEST_REQUIRE(item.opinion.has_value());
    BOOST_TEST(desk.blobs.at(*item.opinion) == opinion.opinion);
    BOOST_TEST(!desk.sitting(desk.sitting_id).active_item.has_value());
    BOOST_TEST((desk.refusal(desk.chair, opinion) == wrong_state));

    // A closed item's opinion does not become public.
    desk.act(desk.secretary, EditItem{second, "听取报告", {}, 0, "", true, "全体会议决定"});
    desk.act(desk.chair, ActivateItem{desk.sitting_id, second});
    const ConcludeItem leak{desk.sitting_id, second, ItemOutcome::deliberation_opinion, "意见"};
    BOOST_TEST((desk.refusal(desk.chair, leak) == wrong_state));
    desk.act(desk.chair, ConcludeItem{desk.sitting_id, second, ItemOutcome::noted, ""});
    BOOST_TEST((desk.item(second).outcome == ItemOutcome::noted));
    BOOST_TEST((desk.replayed() == state_hash(desk.state)));
}

BOOST_AUTO_TEST_CASE(what_ended_without_a_vote_is_not_opened_again_by_one_prepared_before)
{
    Desk desk;
    desk.begin(5);
    desk.act(desk.chair, ActivateItem{desk.sitting_id, desk.item_id});
    const auto prepared = desk.prepare();
    desk.act(desk.chair, ConcludeItem{desk.sitting_id, desk.item_id, ItemOutcome::noted, ""});
    BOOST_TEST((desk.refusal(desk.chair, OpenVote{prepared}) == wrong_state));
    desk.act(desk.chair, VoidVote{prepared, VoidReason::withdrawn, ""});
    const auto& item = desk.item(desk.item_id);
    BOOST_TEST((item.state == ItemState::decided && item.outcome == ItemOutcome::noted));
}

BOOST_AUTO_TEST_CASE(a_void_vote_returns_an_item_to_where_it_was)
{
    Desk desk;
    desk.begin(5);
    const auto void_one = [&] {
        const auto vote = desk.open();
        desk.press(vote, 4, 0, 0);
        desk.act(desk.chair, CloseVote{vote});
        BOOST_TEST((desk.item(desk.item_id).outcome == ItemOutcome::by_vote));
        desk.act(desk.chair, VoidVote{vote, VoidReason::wrong_text, ""});
        BOOST_TEST((desk.item(desk.item_id).outcome == ItemOutcome::none));
        return desk.item(desk.item_id).state;
    };
    BOOST_TEST((void_one() == ItemState::adopted));
    desk.act(desk.chair, ActivateItem{desk.sitting_id, desk.item_id});
    BOOST_TEST((void_one() == ItemState::reading));
    desk.act(desk.chair, DeliberateItem{desk.sitting_id, desk.item_id});
    BOOST_TEST((void_one() == ItemState::deliberating));

    // Another item in between; then it is deliberated on, not read anew. After a deferral it is.
    const auto other = desk.add("第二项");
    desk.act(desk.chair, AdoptAgenda{desk.sitting_id});
    desk.act(desk.chair, ActivateItem{desk.sitting_id, other});
    desk.act(desk.chair, ActivateItem{desk.sitting_id, desk.item_id});
    BOOST_TEST((desk.item(desk.item_id).state == ItemState::deliberating));
    desk.act(desk.chair, DeferItem{desk.sitting_id, desk.item_id, "待研究"});
    desk.act(desk.chair, ActivateItem{desk.sitting_id, desk.item_id});
    BOOST_TEST((desk.item(desk.item_id).state == ItemState::reading));
    BOOST_TEST((void_one() == ItemState::reading));
    BOOST_TEST((desk.replayed() == state_hash(desk.state)));
}

BOOST_AUTO_TEST_SUITE_END()
