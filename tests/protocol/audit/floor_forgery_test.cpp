#include "tests/protocol/audit/forgery.hpp"

BOOST_AUTO_TEST_SUITE(floor_forgery_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;
using enum SpeechKind;

// The floor and the hall: what a lawful debate leaves behind, and lies about it.

namespace {

Actor admit(RecordedMeeting& m, AttendeeKind kind = AttendeeKind::nonvoting_attendee)
{
    const PersonId person{++m.persons_known};
    m.write(m.desk, AttendeeAdmitted{m.meeting, person, "列席人员", kind, "财政局", ""});
    m.write(m.desk, SignedIn{m.sitting, person, AttendanceMode::in_person});
    return {person, Role::observer};
}

SpeechId ask(RecordedMeeting& m, const Actor& actor, SpeechKind kind = speech,
             std::optional<ItemId> item = std::nullopt, std::optional<SpeechId> answers = std::nullopt)
{
    return SpeechId{m.write(actor, SpeechRequested{m.sitting, *actor.person, kind, item, answers})};
}

SpeechId register_for(RecordedMeeting& m, PersonId person)
{
    const SpeechRequested requested{m.sitting, person, speech, std::nullopt, std::nullopt};
    return SpeechId{m.write(m.desk, requested)};
}

void grant(RecordedMeeting& m, SpeechId id, const std::string& reason = "")
{
    m.write(m.chair, FloorGranted{id, 600'000, reason});
}

/// Ends it after exactly this long.
void stop(RecordedMeeting& m, SpeechId id, std::uint64_t used_ms = 60'000)
{
    std::uint64_t granted_at_ms = 0;
    for (const auto& entry : m.entries) {
        const auto* granted = std::get_if<FloorGranted>(&entry.event);
        if (granted != nullptr && granted->speech == id) granted_at_ms = *entry.at_ms;
    }
    m.now_ms = granted_at_ms + used_ms;
    m.write(m.chair, SpeechEnded{id, SpeechEnd::chair, used_ms});
}

SpeechId spoken(RecordedMeeting& m, const Actor& actor, std::optional<ItemId> item = std::nullopt)
{
    const auto id = ask(m, actor, speech, item);
    grant(m, id);
    stop(m, id);
    return id;
}

Digest minute(RecordedMeeting& m, SpeechId id, const std::string& minutes = "一、赞成。\n二、无。")
{
    const auto digest = m.keep(minutes);
    m.write(m.secretary, SpeechMinuted{id, digest});
    return digest;
}

ItemId decided_item(RecordedMeeting& m)
{
    const auto item = m.add_adopted_item("议题");
    m.whole_vote(simple_rule(), "议题表决", {Choice::approve}, item);
    return item;
}

// The prelude: nine members, 0 to 6 in the hall, 7 and 8 not there.
const Forgery queue[] = {
    {"asked for by somebody who is not there", [](auto& m) { ask(m, m.member(8)); }, {speaker_not_admitted}},
    {"asked for by the press",
     [](auto& m) { ask(m, admit(m, AttendeeKind::press)); },
     {speaker_not_admitted}},
    {"registered for a stranger", [](auto& m) { register_for(m, *m.chair.person); }, {speaker_not_admitted}},
    {"asked for another",
     [](auto& m) {
         const SpeechRequested requested{m.sitting, m.person(1), speech, std::nullopt, std::nullopt};
         m.write(m.member(0), requested);
     },
     {actor_for_another}},
    {"waiting twice",
     [](auto& m) {
         ask(m, m.member(0));
         ask(m, m.member(0));
     },
     {floor_out_of_order}},
    {"once more than the sitting allows",
     [](auto& m) {
         m.write(m.secretary, SpeakingTimesSet{m.sitting, {600'000, 300'000, 60'000, 1}});
         const auto first = ask(m, m.member(0));
         m.write(m.chair, FloorGranted{first, 600'000, ""});
         m.write(m.chair, SpeechEnded{first, SpeechEnd::chair, 1});
         ask(m, m.member(0));
     },
     {floor_out_of_order}},
    {"speaking times that warn before the beginning",
     [](auto& m) {
         m.write(m.secretary, SpeakingTimesSet{m.sitting, {60'000, 60'000, 90'000, 1}});
     },
     {profile_malformed}},
    {"speaking times set by the chair",
     [](auto& m) {
         m.write(m.chair, SpeakingTimesSet{m.sitting, {}});
     },
     {actor_not_allowed}},
    {"asked for after the end",
     [](auto& m) {
         m.write(m.chair, SittingClosed{m.sitting});
         register_for(m, m.person(0));
     },
     {floor_out_of_order}},
    {"on an item of another meeting",
     [](auto& m) {
         const auto elsewhere = m.create_meeting(m.body, "第四次会议");
         const ItemId item{m.write(m.secretary, ItemAdded{elsewhere, "议题"})};
         ask(m, m.member(0), speech, item);
     },
     {floor_out_of_order}},
    {"on no item", [](auto& m) { ask(m, m.member(0), speech, ItemId{1}); }, {record_unknown}},
    {"an answer to nothing", [](auto& m) { ask(m, m.member(0), answer); }, {floor_out_of_order}},
    {"a speech that answers",
     [](auto& m) { ask(m, m.member(0), speech, {}, ask(m, m.member(1), question)); },
     {floor_out_of_order}},
    {"an answer to a speech",
     [](auto& m) { ask(m, m.member(0), answer, {}, ask(m, m.member(1), speech)); },
     {floor_out_of_order}},
    {"an answer to a question taken back",
     [](auto& m) {
         const auto asked = ask(m, m.member(1), question);
         m.write(m.member(1), SpeechWithdrawn{asked});
         ask(m, m.member(0), answer, {}, asked);
     },
     {floor_out_of_order}},
    {"a third speech on one item by oneself",
     [](auto& m) {
         const auto item = m.add_adopted_item("议题");
         spoken(m, m.member(0), item);
         spoken(m, m.member(0), item);
         ask(m, m.member(0), speech, item);
     },
     {floor_out_of_order}},
    {"taken back by another member",
     [](auto& m) { m.write(m.member(1), SpeechWithdrawn{ask(m, m.member(0))}); },
     {actor_for_another}},
    {"taken back twice",
     [](auto& m) {
         const auto id = ask(m, m.member(0));
         m.write(m.member(0), SpeechWithdrawn{id});
         m.write(m.member(0), SpeechWithdrawn{id});
     },
     {floor_out_of_order}},
    {"a request that was never made withdrawn",
     [](auto& m) { m.write(m.chair, SpeechWithdrawn{SpeechId{3}}); },
     {record_unknown}},
    {"an order that leaves one out",
     [](auto& m) {
         const auto first = ask(m, m.member(0));
         ask(m, m.member(1));
         m.write(m.chair, FloorOrdered{m.sitting, {first}});
     },
     {floor_out_of_order}},
    {"an order with one twice",
     [](auto& m) {
         const auto first = ask(m, m.member(0));
         m.write(m.chair, FloorOrdered{m.sitting, {first, first}});
     },
     {floor_out_of_order}},
    {"an order by the desk",
     [](auto& m) {
         const auto first = ask(m, m.member(0));
         m.write(m.desk, FloorOrdered{m.sitting, {first}});
     },
     {actor_not_allowed}},
};

const Forgery speeches[] = {
    {"two at a time",
     [](auto& m) {
         const auto first = ask(m, m.member(0));
         const auto second = ask(m, m.member(1));
         grant(m, first);
         grant(m, second);
         stop(m, second);
     },
     {floor_out_of_order}},
    {"granted in recess",
     [](auto& m) {
         const auto id = ask(m, m.member(0));
         m.write(m.chair, SittingRecessed{m.sitting, ""});
         grant(m, id);
     },
     {floor_out_of_order}},
    {"granted after it was taken back",
     [](auto& m) {
         const auto id = ask(m, m.member(0));
         m.write(m.member(0), SpeechWithdrawn{id});
         grant(m, id);
     },
     {floor_out_of_order}},
    {"granted to somebody who is not there",
     [](auto& m) { grant(m, register_for(m, m.person(8))); },
     {speaker_not_admitted}},
    {"granted to somebody dismissed",
     [](auto& m) {
         const auto guest = admit(m);
         const auto id = ask(m, guest);
         m.write(m.desk, AttendeeDismissed{m.meeting, *guest.person});
         grant(m, id);
     },
     {speaker_not_admitted}},
    {"granted by the desk",
     [](auto& m) {
         m.write(m.desk, FloorGranted{ask(m, m.member(0)), 0, ""});
     },
     {actor_not_allowed}},
    {"a recess in the middle of a speech",
     [](auto& m) {
         grant(m, ask(m, m.member(0)));
         m.write(m.chair, SittingRecessed{m.sitting, ""});
     },
     {floor_out_of_order}},
    {"the end in the middle of a speech",
     [](auto& m) {
         grant(m, ask(m, m.member(0)));
         m.write(m.chair, SittingClosed{m.sitting});
     },
     {floor_out_of_order}},
    {"a speech under an open vote",
     [](auto& m) {
         const auto id = ask(m, m.member(0));
         const auto vote = m.prepare(simple_rule());
         m.open(vote);
         grant(m, id);
         stop(m, id);
         m.close(vote);
     },
     {speech_after_vote}},
    {"a speech on an item that was decided",
     [](auto& m) { grant(m, ask(m, m.member(0), speech, decided_item(m))); },
     {speech_after_vote}},
    {"a reason of two lines",
     [](auto& m) { grant(m, ask(m, m.member(0), speech, decided_item(m)), "说\n明"); },
     {text_malformed}},
    {"extended without being given",
     [](auto& m) {
         m.write(m.chair, FloorExtended{ask(m, m.member(0)), 60'000});
     },
     {floor_out_of_order}},
    {"extended without a limit",
     [](auto& m) {
         const auto id = ask(m, m.member(0));
         m.write(m.chair, FloorGranted{id, 0, ""});
         m.write(m.chair, FloorExtended{id, 60'000});
     },
     {floor_out_of_order}},
    {"extended by more than an hour",
     [](auto& m) {
         const auto id = ask(m, m.member(0));
         grant(m, id);
         m.write(m.chair, FloorExtended{id, 3'600'001});
     },
     {floor_out_of_order}},
    {"a shorter time than it took",
     [](auto& m) {
         spoken(m, m.member(0));
         m.template last<SpeechEnded>().used_ms -= 1;
     },
     {speech_time_wrong}},
    {"ended before it began",
     [](auto& m) {
         m.write(m.chair, SpeechEnded{ask(m, m.member(0)), SpeechEnd::chair, 0});
     },
     {floor_out_of_order}},
    {"ended twice",
     [](auto& m) {
         const auto id = spoken(m, m.member(0));
         m.write(m.chair, SpeechEnded{id, SpeechEnd::chair, 60'001});
     },
     {floor_out_of_order}},
    {"yielded by another",
     [](auto& m) {
         spoken(m, m.member(0));
         m.template last<SpeechEnded>().by = SpeechEnd::speaker;
         m.entries.back().actor = m.member(1);
     },
     {actor_for_another}},
};

const Forgery minutes[] = {
    {"minutes of a speech that has not ended",
     [](auto& m) {
         const auto id = ask(m, m.member(0));
         grant(m, id);
         minute(m, id);
     },
     {floor_out_of_order}},
    {"minutes by the chair",
     [](auto& m) {
         minute(m, spoken(m, m.member(0)));
         m.entries.back().actor = m.chair;
     },
     {actor_not_allowed}},
    {"minutes missing", [](auto& m) { m.blobs.erase(minute(m, spoken(m, m.member(0)))); }, {file_missing}},
    {"minutes that are no text", [](auto& m) { minute(m, spoken(m, m.member(0)), "\a"); }, {blob_malformed}},
    {"signed without minutes",
     [](auto& m) {
         m.write(m.member(0), SpeechSigned{spoken(m, m.member(0)), sha256("x")});
     },
     {minutes_changed}},
    {"signed minutes that were replaced",
     [](auto& m) {
         const auto id = spoken(m, m.member(0));
         const auto old = minute(m, id);
         minute(m, id, "更正");
         m.write(m.member(0), SpeechSigned{id, old});
     },
     {minutes_changed}},
    {"signed twice",
     [](auto& m) {
         const auto id = spoken(m, m.member(0));
         const auto digest = minute(m, id);
         m.write(m.member(0), SpeechSigned{id, digest});
         m.write(m.member(0), SpeechSigned{id, digest});
     },
     {floor_out_of_order}},
    {"signed by another",
     [](auto& m) {
         const auto id = spoken(m, m.member(0));
         m.write(m.member(1), SpeechSigned{id, minute(m, id)});
     },
     {actor_for_another}},
};

const Forgery hall[] = {
    {"a screen of no name",
     [](auto& m) {
         m.write(m.chair, HallShown{m.sitting, "", HallContent::blank, ""});
     },
     {text_malformed}},
    {"a screen with a space in its name",
     [](auto& m) {
         m.write(m.chair, HallShown{m.sitting, "a b", HallContent::blank, ""});
     },
     {text_malformed}},
    {"a message without words",
     [](auto& m) {
         m.write(m.chair, HallShown{m.sitting, "main", HallContent::message, ""});
     },
     {text_malformed}},
    {"words beside the vote",
     [](auto& m) {
         m.write(m.chair, HallShown{m.sitting, "main", HallContent::vote, "通过"});
     },
     {text_malformed}},
    {"shown after the end",
     [](auto& m) {
         m.write(m.chair, SittingClosed{m.sitting});
         m.write(m.chair, HallShown{m.sitting, "main", HallContent::blank, ""});
     },
     {sitting_out_of_order}},
    {"shown by a member",
     [](auto& m) {
         m.write(m.member(0), HallShown{m.sitting, "main", HallContent::blank, ""});
     },
     {actor_not_allowed}},
};

} // namespace

BOOST_AUTO_TEST_CASE(a_lawful_debate_is_found_sound)
{
    RecordedMeeting m;
    m.prelude();
    const auto item = m.add_adopted_item("议题");
    const auto guest = admit(m);
    const auto asked = ask(m, m.member(0), question, item);
    const auto reply = ask(m, guest, answer, item, asked);
    const auto order = ask(m, m.member(1), point_of_order);
    const auto taken_back = ask(m, m.member(2));
    const auto late = register_for(m, m.person(8));
    m.write(m.chair, FloorOrdered{m.sitting, {order, asked, late, reply, taken_back}});
    m.write(m.member(2), SpeechWithdrawn{taken_back});
    grant(m, order);
    m.write(m.chair, FloorExtended{order, 3'600'000});
    stop(m, order, 4'000'000);
    grant(m, asked);
    stop(m, asked, 0);
    grant(m, reply);
    m.now_ms += 29'999;
    m.write(guest, SpeechEnded{reply, SpeechEnd::speaker, 30'000});
    m.sign_in(m.person(8));
    grant(m, late);
    stop(m, late);
    // As often as the meeting allows by oneself, and once more by the chair's leave.
    spoken(m, m.member(0), item);
    spoken(m, m.member(0), item);
    const SpeechRequested third{m.sitting, m.person(0), speech, item, std::nullopt};
    const SpeechId more{m.write(m.chair, third)};
    grant(m, more);
    stop(m, more);
    m.whole_vote(simple_rule(), "议题表决", {Choice::approve}, item);
    const auto procedure = ask(m, m.member(3), point_of_order, item);
    grant(m, procedure);
    stop(m, procedure);
    const auto after = ask(m, m.member(4), speech, item);
    grant(m, after, "主席团同意说明情况");
    stop(m, after);
    m.write(m.chair, HallShown{m.sitting, "main", HallContent::message, "休会\n十分钟"});
    m.write(m.desk, HallShown{m.sitting, "podium", HallContent::automatic, ""});
    m.write(m.chair, SittingClosed{m.sitting});
    minute(m, reply);
    const auto digest = minute(m, reply, "更正后的记录");
    m.write(guest, SpeechSigned{reply, digest});
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, "found:" << sentences_of(report));
}

BOOST_AUTO_TEST_CASE(requests_and_orders_that_could_not_be_are_noticed)
{
    for (const auto& forgery : queue)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(speeches_that_could_not_be_are_noticed)
{
    for (const auto& forgery : speeches)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(minutes_nobody_could_have_written_or_signed_are_noticed)
{
    for (const auto& forgery : minutes)
        check(forgery);
}

BOOST_AUTO_TEST_CASE(screens_that_could_not_show_that_are_noticed)
{
    for (const auto& forgery : hall)
        check(forgery);
}

BOOST_AUTO_TEST_SUITE_END()
