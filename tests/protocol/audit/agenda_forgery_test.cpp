#include "protocol/schedule.hpp"
#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(agenda_forgery_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// Bodies, meetings, the agenda and its papers: what a lawful congress leaves behind, and lies about it.

namespace {

ItemId add(RecordedMeeting& m, const std::string& title, std::optional<ItemId> parent = {},
           std::uint32_t position = 0)
{
    return ItemId{m.write(m.secretary, ItemAdded{m.meeting, title, parent, position})};
}

ItemId add_closed(RecordedMeeting& m)
{
    ItemAdded added{m.meeting, "不公开议题"};
    added.is_closed = true;
    return ItemId{m.write(m.secretary, added)};
}

Digest attach(RecordedMeeting& m, ItemId to, const std::string& content, std::uint64_t bytes)
{
    const auto digest = m.keep(content);
    m.write(m.secretary, DocumentAttached{to, digest, "附件", "text/plain", bytes, false});
    return digest;
}

Digest attach(RecordedMeeting& m, ItemId to, const std::string& content)
{
    return attach(m, to, content, content.size());
}

void attach_private(RecordedMeeting& m, ItemId to)
{
    m.write(m.secretary, DocumentAttached{to, sha256("private"), "附件", "text/plain", 9, true});
}

VoteId prepare_privately(RecordedMeeting& m, std::optional<ItemId> item)
{
    VotePrepared prepared;
    prepared.sitting = m.sitting;
    prepared.item = item;
    prepared.title = "表决";
    prepared.text = sha256("private text");
    prepared.text_is_private = true;
    prepared.profile = simple_rule();
    prepared.base_members = m.due(m.sitting);
    return m.prepare(prepared, m.secretary);
}

void set_schedule(RecordedMeeting& m, const Schedule& schedule, std::uint32_t rows)
{
    m.write(m.secretary, ScheduleSet{m.meeting, m.keep(encode_schedule(schedule)), rows});
}

void adjourn(RecordedMeeting& m)
{
    m.write(m.chair, SittingClosed{m.sitting});
    m.write(m.secretary, MeetingClosed{m.meeting});
}

ItemId read_item(RecordedMeeting& m)
{
    return m.add_adopted_item("议题");
}

void conclude(RecordedMeeting& m, ItemId item, ItemOutcome outcome = ItemOutcome::noted,
              std::optional<Digest> opinion = {})
{
    m.write(m.chair, ItemConcluded{m.sitting, item, outcome, opinion});
}

/// A delegation of the body with its first three members.
BodyId delegation(RecordedMeeting& m)
{
    const BodyId id{m.write(m.secretary, BodyCreated{BodyKind::delegation, "第一代表团", m.body})};
    auto members = m.rosters.at(m.body).members;
    members.resize(3);
    m.adopt_roster(id, members, m.secretary);
    return id;
}

SittingId sitting_of(RecordedMeeting& m, BodyId body, std::optional<Threshold> quorum = {})
{
    const SittingId id{m.write(m.secretary, SittingCreated{m.meeting, "分团会议", body, quorum})};
    m.sittings[id].meeting = m.meeting;
    m.sittings[id].body = body;
    return id;
}

/// A sitting of the delegation in session, all three members there, and who leads it.
std::pair<SittingId, Actor> session_of_delegation(RecordedMeeting& m)
{
    const auto body = delegation(m);
    const auto leader = m.appoint("团长", Role::chair, body, m.secretary);
    const auto sitting = sitting_of(m, body);
    m.write(m.secretary, SignInOpened{sitting});
    for (std::size_t i = 0; i < 3; ++i)
        m.sign_in(m.person(i), sitting, m.member(i));
    m.write(leader, SittingOpened{sitting, 3, 3, 2});
    return {sitting, leader};
}

const Forgery bodies[] = {
    {"a committee that belongs to another body",
     [](auto& m) {
         m.write(m.secretary, BodyCreated{BodyKind::standing_committee, "常委会", m.body});
     },
     {record_unknown}},
    {"a delegation of nothing",
     [](auto& m) {
         m.write(m.secretary, BodyCreated{BodyKind::delegation, "代表团", BodyId{3}});
     },
     {record_unknown}},
    {"an empty roster of a whole body",
     [](auto& m) {
         const auto members = static_cast<std::uint32_t>(m.rosters.at(m.body).members.size());
         const auto digest = m.keep(encode_roster({1, m.body, {}}));
         m.write(m.secretary, RosterAdopted{m.body, digest, 0, 0, members});
         for (const auto person : m.sittings.at(m.sitting).present)
             m.write(m.secretary, SignedOut{m.sitting, person}, m.entries.back().id);
     },
     {roster_contradictory}},
    {"a secretary of a delegation changing the congress",
     [](auto& m) {
         const auto clerk = m.appoint("秘书", Role::secretary, delegation(m), m.secretary);
         m.adopt_roster(m.body, m.rosters.at(m.body).members, clerk);
     },
     {actor_without_office}},
    {"a photo of nobody",
     [](auto& m) {
         m.write(m.secretary, PhotoSet{PersonId{999}, sha256("photo")});
     },
     {record_unknown}},
    {"a photo set by the chair",
     [](auto& m) {
         m.write(m.chair, PhotoSet{m.person(0), sha256("photo")});
     },
     {actor_not_allowed}},
    {"a photo taken back that nobody set",
     [](auto& m) {
         m.write(m.secretary, PhotoRemoved{m.person(0), sha256("photo")});
     },
     {record_unknown}},
    {"another photo taken back than the one there is",
     [](auto& m) {
         m.write(m.secretary, PhotoSet{m.person(0), sha256("photo")});
         m.write(m.secretary, PhotoRemoved{m.person(0), sha256("another")});
     },
     {record_unknown}},
    {"a photo that replaces one taken back before",
     [](auto& m) {
         m.write(m.secretary, PhotoSet{m.person(0), sha256("photo")});
         m.write(m.secretary, PhotoRemoved{m.person(0), sha256("photo")});
         m.write(m.secretary, PhotoSet{m.person(0), sha256("another"), sha256("photo")});
     },
     {record_unknown}},
    {"a photo taken back by its owner",
     [](auto& m) {
         m.write(m.secretary, PhotoSet{m.person(0), sha256("photo")});
         m.write(m.member(0), PhotoRemoved{m.person(0), sha256("photo")});
     },
     {actor_not_allowed}},
    {"a body removed that meets",
     [](auto& m) {
         m.write(m.secretary, BodyRemoved{m.body, "误建"});
     },
     {body_in_use}},
    {"a delegation removed that has met",
     [](auto& m) {
         const auto body = m.sittings.at(session_of_delegation(m).first).body;
         m.write(m.secretary, BodyRemoved{body, "误建"});
     },
     {body_in_use}},
    {"a body removed without a reason",
     [](auto& m) {
         m.write(m.secretary, BodyRemoved{delegation(m), ""});
     },
     {text_malformed}},
    {"a delegation removed by its own secretary",
     [](auto& m) {
         const auto body = delegation(m);
         m.write(m.appoint("秘书", Role::secretary, body, m.secretary), BodyRemoved{body, "误建"});
     },
     {actor_without_office}},
    {"a roster of a body removed before",
     [](auto& m) {
         const auto body = delegation(m);
         m.write(m.secretary, BodyRemoved{body, "误建"});
         m.adopt_roster(body, {}, m.secretary);
     },
     {record_unknown}},
    {"somebody acting in an office that went with its body",
     [](auto& m) {
         const auto body = delegation(m);
         const auto clerk = m.appoint("秘书", Role::secretary, body, m.secretary);
         m.write(m.secretary, BodyRemoved{body, "误建"});
         m.write(clerk, PhotoSet{m.person(0), sha256("photo")});
     },
     {actor_without_office}},
    {"a correction of what comes later",
     [](auto& m) {
         m.write(m.secretary, RecordCorrected{m.entries.size(), "甲", "乙", "笔误"});
     },
     {record_unknown}},
    {"a correction that corrects nothing",
     [](auto& m) {
         m.write(m.secretary, RecordCorrected{1, "甲", "甲", "笔误"});
     },
     {text_malformed}},
    {"a correction by a member",
     [](auto& m) {
         m.write(m.member(0), RecordCorrected{1, "甲", "乙", "笔误"});
     },
     {actor_not_allowed}},
};

const Forgery meetings[] = {
    {"notified twice",
     [](auto& m) {
         m.write(m.secretary, MeetingNotified{m.meeting, "书面"});
         m.write(m.secretary, MeetingNotified{m.meeting, "书面"});
     },
     {sitting_out_of_order}},
    {"notified without saying how",
     [](auto& m) {
         m.write(m.secretary, MeetingNotified{m.meeting, ""});
     },
     {text_malformed}},
    {"closed while a sitting goes on",
     [](auto& m) { m.write(m.secretary, MeetingClosed{m.meeting}); },
     {sitting_out_of_order}},
    {"closed without ever having met",
     [](auto& m) { m.write(m.secretary, MeetingClosed{m.create_meeting(m.body, "下次会议")}); },
     {sitting_out_of_order}},
    {"closed by the chair",
     [](auto& m) {
         m.write(m.chair, SittingClosed{m.sitting});
         m.write(m.chair, MeetingClosed{m.meeting});
     },
     {actor_not_allowed}},
    {"archived before it was closed",
     [](auto& m) { m.write(m.secretary, MeetingArchived{m.meeting}); },
     {sitting_out_of_order}},
    {"called off while it meets",
     [](auto& m) {
         m.write(m.secretary, MeetingCancelled{m.meeting, "改期"});
     },
     {sitting_out_of_order}},
    {"called off by the chair",
     [](auto& m) {
         m.write(m.chair, MeetingCancelled{m.create_meeting(m.body, "下次会议"), "改期"});
     },
     {actor_not_allowed}},
    {"called off without a reason",
     [](auto& m) {
         m.write(m.secretary, MeetingCancelled{m.create_meeting(m.body, "下次会议"), ""});
     },
     {text_malformed}},
    {"an item added to what was called off",
     [](auto& m) {
         const auto elsewhere = m.create_meeting(m.body, "下次会议");
         m.write(m.secretary, MeetingCancelled{elsewhere, "改期"});
         m.write(m.secretary, ItemAdded{elsewhere, "议题"});
     },
     {sitting_out_of_order}},
    {"a further sitting after the end",
     [](auto& m) {
         adjourn(m);
         m.create_sitting(m.meeting, "续会");
     },
     {sitting_out_of_order}},
    {"a further item after the end",
     [](auto& m) {
         adjourn(m);
         add(m, "议题");
     },
     {agenda_out_of_order}},
    {"a schedule after the end",
     [](auto& m) {
         adjourn(m);
         set_schedule(m, {1, m.meeting, {}}, 0);
     },
     {sitting_out_of_order}},
    {"an item renamed in the archive",
     [](auto& m) {
         const auto item = add(m, "议题");
         adjourn(m);
         m.write(m.secretary, MeetingArchived{m.meeting});
         m.write(m.secretary, ItemEdited{item, "改题"});
     },
     {sitting_out_of_order}},
    {"a vote prepared in the archive",
     [](auto& m) {
         adjourn(m);
         m.write(m.secretary, MeetingArchived{m.meeting});
         m.prepare(simple_rule());
     },
     {sitting_out_of_order}},
    {"a meeting where one may speak for two days",
     [](auto& m) {
         MeetingCreated created{m.body, "会议", 1, 1, {1, 2, true, Base::all_members}};
         created.speaking.first_ms = 48 * 60 * 60 * 1000;
         m.write(m.secretary, created);
     },
     {profile_malformed}},
    {"a sitting of a body that does not belong to the meeting",
     [](auto& m) { sitting_of(m, m.create_body(BodyKind::presidium, "别的主席团", m.secretary)); },
     {sitting_out_of_order}},
    {"a smaller quorum for one sitting of the whole body",
     [](auto& m) {
         m.write(m.secretary, SittingCreated{m.meeting, "会议", {}, {{1, 3, false, Base::all_members}}});
     },
     {threshold_malformed}},
    {"a delegation opened without its own quorum",
     [](auto& m) {
         const auto body = delegation(m);
         const auto leader = m.appoint("团长", Role::chair, body, m.secretary);
         const auto sitting = sitting_of(m, body, Threshold{1, 1, false, Base::all_members});
         m.write(m.secretary, SignInOpened{sitting});
         m.sign_in(m.person(0), sitting, m.member(0));
         m.sign_in(m.person(1), sitting, m.member(1));
         m.write(leader, SittingOpened{sitting, 3, 2, 3});
     },
     {quorum_not_met}},
    {"a schedule that miscounts its rows",
     [](auto& m) {
         set_schedule(m, {1, m.meeting, {{5, 0, "开会", "", {}}}}, 2);
     },
     {blob_malformed}},
    {"a schedule out of the order of time",
     [](auto& m) {
         set_schedule(m, {1, m.meeting, {{5, 0, "开会", "", {}}, {4, 0, "报到", "", {}}}}, 2);
     },
     {blob_malformed}},
    {"a schedule of another meeting",
     [](auto& m) {
         set_schedule(m, {1, MeetingId{1}, {}}, 0);
     },
     {blob_malformed}},
    {"a schedule with an item of another meeting",
     [](auto& m) {
         const auto elsewhere = m.create_meeting(m.body, "下次会议");
         const ItemId item{m.write(m.secretary, ItemAdded{elsewhere, "议题"})};
         set_schedule(m, {1, m.meeting, {{5, 0, "开会", "", {item}}}}, 1);
     },
     {agenda_out_of_order}},
};

const Forgery agenda[] = {
    {"an item beyond the end of the list", [](auto& m) { add(m, "议题", {}, 1); }, {agenda_out_of_order}},
    {"an item below nothing", [](auto& m) { add(m, "议题", ItemId{2}); }, {record_unknown}},
    {"an item on a fifth level",
     [](auto& m) {
         std::optional<ItemId> parent;
         for (int level = 1; level <= 5; ++level)
             parent = add(m, "议题", parent);
     },
     {agenda_out_of_order}},
    {"an item below one of another meeting",
     [](auto& m) {
         const auto elsewhere = m.create_meeting(m.body, "下次会议");
         add(m, "议题", ItemId{m.write(m.secretary, ItemAdded{elsewhere, "议题"})});
     },
     {agenda_out_of_order}},
    {"an item moved below itself",
     [](auto& m) {
         const auto item = add(m, "议题");
         m.write(m.secretary, ItemMoved{item, add(m, "之一", item), 0});
     },
     {agenda_out_of_order}},
    {"an item moved beyond the end of the list",
     [](auto& m) {
         const auto item = add(m, "议题");
         add(m, "第二项", {}, 1);
         m.write(m.secretary, ItemMoved{item, {}, 2});
     },
     {agenda_out_of_order}},
    {"an item moved with too much below it",
     [](auto& m) {
         const auto top = add(m, "一");
         const auto third = add(m, "三", add(m, "二", top));
         const auto tall = add(m, "高", {}, 1);
         add(m, "高之一", tall);
         m.write(m.secretary, ItemMoved{tall, third, 0});
     },
     {agenda_out_of_order}},
    {"an item removed with another below it",
     [](auto& m) {
         const auto item = add(m, "议题");
         add(m, "之一", item);
         m.write(m.secretary, ItemRemoved{m.meeting, item});
     },
     {agenda_out_of_order}},
    {"an adopted item removed",
     [](auto& m) {
         m.write(m.secretary, ItemRemoved{m.meeting, read_item(m)});
     },
     {agenda_out_of_order}},
    {"an item removed that a vote is on",
     [](auto& m) {
         const auto item = add(m, "议题");
         m.prepare(simple_rule(), "表决", item);
         m.write(m.secretary, ItemRemoved{m.meeting, item});
     },
     {agenda_out_of_order}},
    {"an item removed that the schedule names",
     [](RecordedMeeting& m) {
         const auto item = m.add_draft("议题");
         const Schedule schedule{1, m.meeting, {{1, 0, "上午", "", {item}}}};
         m.write(m.secretary, ScheduleSet{m.meeting, m.keep(encode_schedule(schedule)), 1});
         m.write(m.secretary, ItemRemoved{m.meeting, item});
     },
     {agenda_out_of_order}},
    {"an item removed twice",
     [](auto& m) {
         const auto item = add(m, "议题");
         m.write(m.secretary, ItemRemoved{m.meeting, item});
         m.write(m.secretary, ItemRemoved{m.meeting, item});
     },
     {record_unknown}},
    {"an item removed by the chair",
     [](auto& m) {
         m.write(m.chair, ItemRemoved{m.meeting, add(m, "议题")});
     },
     {actor_not_allowed}},
    {"an import of more than was added",
     [](auto& m) {
         add(m, "议题");
         m.write(m.secretary, AgendaImported{m.meeting, 2});
     },
     {agenda_miscounted}},
    {"a change that nobody made said to be decided",
     [](auto& m) {
         m.write(m.secretary, ItemChangeDecided{add(m, "议题"), "全体会议决定"});
     },
     {agenda_out_of_order}},
    {"the change of another item decided",
     [](auto& m) {
         const auto item = add(m, "议题");
         const auto other = add(m, "第二项", {}, 1);
         m.write(m.secretary, ItemEdited{other, "改题"}, "r");
         m.write(m.secretary, ItemChangeDecided{item, "全体会议决定"}, "r");
     },
     {agenda_out_of_order}},
    {"a decision without a word",
     [](auto& m) {
         const auto item = add(m, "议题");
         m.write(m.secretary, ItemEdited{item, "改题"}, "r");
         m.write(m.secretary, ItemChangeDecided{item, ""}, "r");
     },
     {text_malformed}},
    {"an item moved by the chair",
     [](auto& m) {
         m.write(m.chair, ItemMoved{add(m, "议题"), {}, 0});
     },
     {actor_not_allowed}},
    {"an agenda that grows while it is put to the vote",
     [](auto& m) {
         add(m, "议题");
         const auto vote = m.prepare(simple_rule());
         m.votes.at(vote).prepared.adopts_agenda = true;
         m.template last<VotePrepared>().adopts_agenda = true;
         m.open(vote);
         add(m, "临时议题", {}, 1);
         m.annul(vote, VoidReason::disorder);
     },
     {another_vote_open}},
    {"fewer items adopted than all levels have",
     [](auto& m) {
         add(m, "之一", add(m, "议题"));
         m.write(m.chair, AgendaAdopted{m.sitting, 1});
     },
     {agenda_miscounted}},
    {"an agenda adopted by a delegation",
     [](auto& m) {
         add(m, "议题");
         const auto [sitting, leader] = session_of_delegation(m);
         m.write(leader, AgendaAdopted{sitting, 1});
     },
     {agenda_out_of_order}},
    {"a vote of a delegation on an item of the whole body",
     [](auto& m) {
         const auto item = read_item(m);
         const auto [sitting, leader] = session_of_delegation(m);
         m.prepare(simple_rule(), "表决", item, sitting);
     },
     {agenda_out_of_order}},
};

const Forgery papers[] = {
    {"a public paper of a closed item",
     [](auto& m) { attach(m, add_closed(m), "内部"); },
     {agenda_out_of_order}},
    {"a private paper of an open item",
     [](auto& m) { attach_private(m, add(m, "议题")); },
     {agenda_out_of_order}},
    {"an item closed although its papers are public",
     [](auto& m) {
         const auto item = add(m, "议题");
         attach(m, item, "附件");
         ItemEdited edited{item, "议题"};
         edited.is_closed = true;
         m.write(m.secretary, edited);
     },
     {agenda_out_of_order}},
    {"a public text put to the vote on a closed item",
     [](auto& m) { m.prepare(simple_rule(), "表决", add_closed(m)); },
     {agenda_out_of_order}},
    {"a private text put to the vote on an open item",
     [](auto& m) { prepare_privately(m, add(m, "议题")); },
     {agenda_out_of_order}},
    {"a private text put to the vote on no item at all",
     [](auto& m) { prepare_privately(m, std::nullopt); },
     {agenda_out_of_order}},
    {"a private text that is public in the next attempt",
     [](auto& m) {
         const auto id = prepare_privately(m, add_closed(m));
         m.write(m.chair, VoteVoided{id, VoidReason::disorder, ""});
         auto again = m.votes.at(id).prepared;
         again.attempt = 2;
         again.first_attempt = id;
         again.text_is_private = false;
         m.blobs[again.text] = "";
         m.prepare(again, m.chair);
     },
     {attempt_wrong, blob_changed}},
    {"an item closed although a text put to the vote is public",
     [](auto& m) {
         const auto item = add(m, "议题");
         m.prepare(simple_rule(), "表决", item);
         ItemEdited edited{item, "议题"};
         edited.is_closed = true;
         m.write(m.secretary, edited);
     },
     {agenda_out_of_order}},
    {"a paper of another size than it is said to be",
     [](auto& m) { attach(m, add(m, "议题"), "附件", 5); },
     {blob_malformed}},
    {"a paper that is not there",
     [](auto& m) { m.blobs.erase(attach(m, add(m, "议题"), "附件")); },
     {file_missing}},
    {"a paper attached twice",
     [](auto& m) {
         const auto item = add(m, "议题");
         attach(m, item, "附件");
         attach(m, item, "附件");
     },
     {agenda_out_of_order}},
    {"a paper without a name",
     [](auto& m) {
         attach(m, add(m, "议题"), "附件");
         m.template last<DocumentAttached>().name = "";
     },
     {text_malformed}},
    {"a paper detached that was not there",
     [](auto& m) {
         m.write(m.secretary, DocumentDetached{add(m, "议题"), sha256("附件")});
     },
     {record_unknown}},
    {"a paper detached after the decision",
     [](auto& m) {
         const auto item = read_item(m);
         const auto digest = attach(m, item, "附件");
         conclude(m, item);
         m.write(m.secretary, DocumentDetached{item, digest});
     },
     {agenda_out_of_order}},
};

const Forgery course[] = {
    {"deliberated before it was read",
     [](auto& m) {
         const auto item = add(m, "议题");
         m.write(m.chair, AgendaAdopted{m.sitting, 1});
         m.write(m.chair, ItemDeliberated{m.sitting, item});
     },
     {agenda_out_of_order}},
    {"deliberated while another item is active",
     [](auto& m) {
         const auto item = read_item(m);
         read_item(m);
         m.write(m.chair, ItemDeliberated{m.sitting, item});
     },
     {agenda_out_of_order}},
    {"deliberated by the secretary",
     [](auto& m) {
         m.write(m.secretary, ItemDeliberated{m.sitting, read_item(m)});
     },
     {actor_not_allowed}},
    {"deliberated under an open vote",
     [](auto& m) {
         const auto item = read_item(m);
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         m.write(m.chair, ItemDeliberated{m.sitting, item});
         m.close(vote);
     },
     {another_vote_open}},
    {"concluded before it was read",
     [](auto& m) {
         const auto item = add(m, "议题");
         m.write(m.chair, AgendaAdopted{m.sitting, 1});
         conclude(m, item);
     },
     {agenda_out_of_order}},
    {"concluded as if a vote had been taken",
     [](auto& m) { conclude(m, read_item(m), ItemOutcome::by_vote); },
     {agenda_out_of_order}},
    {"noted, with an opinion all the same",
     [](auto& m) { conclude(m, read_item(m), ItemOutcome::noted, m.keep("意见")); },
     {agenda_out_of_order}},
    {"an opinion that is no text",
     [](auto& m) { conclude(m, read_item(m), ItemOutcome::deliberation_opinion, m.keep("\xff\xfe")); },
     {text_malformed}},
    {"an opinion that is not there",
     [](auto& m) { conclude(m, read_item(m), ItemOutcome::deliberation_opinion, sha256("意见")); },
     {file_missing}},
    {"a public opinion on a closed item",
     [](auto& m) {
         const auto item = add_closed(m);
         m.write(m.chair, AgendaAdopted{m.sitting, 1});
         m.write(m.chair, ItemActivated{m.sitting, item});
         conclude(m, item, ItemOutcome::deliberation_opinion, m.keep("意见"));
     },
     {agenda_out_of_order}},
    {"concluded after the vote decided it",
     [](auto& m) {
         const auto item = read_item(m);
         m.whole_vote(simple_rule(), "议题表决", {Choice::approve}, item);
         conclude(m, item);
     },
     {agenda_out_of_order}},
    {"concluded by a delegation",
     [](auto& m) {
         const auto item = read_item(m);
         const auto [sitting, leader] = session_of_delegation(m);
         m.write(leader, ItemConcluded{sitting, item, ItemOutcome::noted, {}});
     },
     {agenda_out_of_order}},
    {"put to the vote after it was concluded",
     [](auto& m) {
         const auto item = read_item(m);
         const auto vote = m.prepare(simple_rule(), "议题表决", item);
         conclude(m, item);
         m.open(vote);
         m.close(vote);
     },
     {agenda_out_of_order}},
    {"read again after it was concluded",
     [](auto& m) {
         const auto item = read_item(m);
         conclude(m, item);
         m.write(m.chair, ItemActivated{m.sitting, item});
     },
     {agenda_out_of_order}},
    {"withdrawn after a vote decided it",
     [](auto& m) {
         const auto item = read_item(m);
         m.whole_vote(simple_rule(), "议题表决", {Choice::approve}, item);
         m.write(m.chair, ItemWithdrawn{item, "撤回"});
     },
     {agenda_out_of_order}},
    {"read again after a vote decided it",
     [](auto& m) {
         const auto item = read_item(m);
         m.whole_vote(simple_rule(), "议题表决", {Choice::approve}, item);
         m.write(m.chair, ItemActivated{m.sitting, item});
     },
     {agenda_out_of_order}},
    {"deliberated after a vote decided it",
     [](auto& m) {
         const auto item = read_item(m);
         m.whole_vote(simple_rule(), "议题表决", {Choice::approve}, item);
         m.write(m.chair, ItemDeliberated{m.sitting, item});
     },
     {agenda_out_of_order}},
    {"withdrawn after it was concluded",
     [](auto& m) {
         const auto item = read_item(m);
         conclude(m, item);
         m.write(m.chair, ItemWithdrawn{item, ""});
     },
     {agenda_out_of_order}},
};

} // namespace

BOOST_AUTO_TEST_CASE(a_lawful_congress_is_found_sound)
{
    RecordedMeeting m;
    m.prelude();
    m.write(m.secretary, MeetingNotified{m.meeting, "书面通知"});
    const auto [sitting, leader] = session_of_delegation(m);
    const auto first = add(m, "报告");
    const auto second = add(m, "决议", {}, 1);
    const auto below = add(m, "说明", first);
    const auto hidden = add_closed(m);
    prepare_privately(m, hidden);
    set_schedule(m, {1, m.meeting, {{5, 30, "报到", "大厅", {}}, {5, 0, "分团", "", {first, second}}}}, 2);
    m.write(m.secretary, ItemMoved{first, {}, 2}, "move");
    m.write(m.secretary, ItemChangeDecided{first, "全体会议决定"}, "move");
    m.write(m.secretary, ItemMoved{below, second, 0});
    const auto mistaken = add(m, "误列", {}, 0);
    m.write(m.secretary, AgendaImported{m.meeting, 1});
    m.write(m.secretary, ItemRemoved{m.meeting, mistaken});
    m.write(m.secretary, SpeakingTimesSet{m.sitting, {900'000, 600'000, 60'000, 1}});
    const auto called_off = m.create_meeting(m.body, "下次会议");
    m.write(m.secretary, SittingCreated{called_off, "第一次全体会议"});
    m.write(m.secretary, MeetingCancelled{called_off, "改期"});
    const auto draft = attach(m, first, "附件");
    m.write(m.secretary, DocumentDetached{first, draft});
    attach(m, first, "附件");
    attach(m, second, "附件");
    attach_private(m, hidden);
    m.write(m.chair, AgendaAdopted{m.sitting, 4});
    m.write(m.chair, ItemActivated{m.sitting, first});
    m.write(m.chair, ItemDeliberated{m.sitting, first});
    m.write(leader, ItemActivated{sitting, first});
    m.write(m.chair, ItemActivated{m.sitting, second});
    conclude(m, first, ItemOutcome::deliberation_opinion, m.keep("一、同意。\n"));
    m.write(m.chair, ItemDeliberated{m.sitting, second});
    m.whole_vote(simple_rule(), "决议", {Choice::approve}, second);
    m.write(m.chair, ItemActivated{m.sitting, hidden});
    conclude(m, hidden);
    auto members = m.rosters.at(m.body).members;
    members.erase(members.begin());
    m.adopt_roster(m.body, members, m.secretary);
    m.write(m.secretary, PhotoSet{m.person(0), sha256("photo")});
    m.write(m.secretary, RecordCorrected{3, "常务委员会", "常务委员会（第十八届）", "笔误"});
    m.write(leader, SittingClosed{sitting});
    adjourn(m);
    m.write(m.secretary, MeetingArchived{m.meeting});
    m.write(m.secretary, RecordCorrected{4, "第三次会议", "第四次会议", "笔误"});
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, "found:" << sentences_of(report));
}

BOOST_AUTO_TEST_CASE(a_secretary_of_the_congress_alone_forms_its_delegations_and_they_follow)
{
    RecordedMeeting m;
    m.prelude();
    const auto clerk = m.appoint("秘书", Role::secretary, m.body, m.secretary);
    const BodyId group{m.write(clerk, BodyCreated{BodyKind::delegation, "第一组", m.body})};
    auto members = m.rosters.at(m.body).members;
    members.resize(3);
    m.adopt_roster(group, members, clerk);
    const auto sitting = sitting_of(m, group);
    m.write(m.secretary, SignInOpened{sitting});
    m.sign_in(m.person(0), sitting, m.member(0));
    // The group is gone: its delegation is left empty, and whoever was there is signed out.
    m.adopt_roster(group, {}, clerk);
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, "found:" << sentences_of(report));
}

BOOST_AUTO_TEST_CASE(bodies_persons_and_corrections_that_could_not_be_are_noticed)
{
    for (const auto& forgery : bodies)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(meetings_that_could_not_go_that_way_are_noticed)
{
    for (const auto& forgery : meetings)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(agendas_that_are_no_trees_are_noticed)
{
    for (const auto& forgery : agenda)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(papers_that_could_not_lie_there_are_noticed)
{
    for (const auto& forgery : papers)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(items_that_could_not_end_that_way_are_noticed)
{
    for (const auto& forgery : course)
        check(forgery);
}

BOOST_AUTO_TEST_SUITE_END()
