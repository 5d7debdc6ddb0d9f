#include "protocol/audit/record.hpp"

#include "protocol/speaking_times.hpp"
#include "protocol/text.hpp"

#include <algorithm>

namespace plenum::audit {
namespace {

using enum SittingState;

/// The figures announced when a sitting opens or resumes.
void check_counts(Record& record, const RecordedSitting& sitting, std::uint64_t present, std::uint64_t quorum)
{
    const auto& threshold = sitting.quorum ? *sitting.quorum : record.meetings.at(sitting.meeting).quorum;
    const auto due = record.bodies.at(sitting.body).members.size();
    check_number(record, AuditCode::attendance_miscounted, present, sitting.present.size());
    check_number(record, AuditCode::attendance_miscounted, quorum,
                 check_present(record, threshold, due, sitting.present.size()));
}

} // namespace

RecordedSitting* in_state(Record& record, SittingId id, std::initializer_list<SittingState> allowed,
                          AuditCode code)
{
    auto* sitting = record.named(record.sittings, id);
    if (sitting == nullptr) return nullptr;
    if (std::ranges::find(allowed, sitting->state) != allowed.end()) return sitting;
    record.complain(code, std::string(codec::enum_name(sitting->state)));
    return nullptr;
}

bool is_under_vote(Record& record, const RecordedSitting& sitting)
{
    if (!sitting.open_vote) return false;
    record.complain(AuditCode::another_vote_open, std::to_string(number(*sitting.open_vote)));
    return true;
}

void follow(Record& record, const SignInOpened& event)
{
    if (auto* sitting = in_state(record, event.sitting, {draft})) sitting->state = signing_in;
}

void follow(Record& record, const SittingOpened& event)
{
    auto* sitting = in_state(record, event.sitting, {signing_in});
    if (sitting == nullptr) return;
    sitting->state = in_session;
    auto& began = record.meetings.at(sitting->meeting).began_at_ms;
    if (!began) began = record.now->at_ms;
    const auto due = record.bodies.at(sitting->body).members.size();
    check_number(record, AuditCode::attendance_miscounted, event.due, due);
    check_counts(record, *sitting, event.present, event.quorum);
}

void follow(Record& record, const SittingRecessed& event)
{
    auto* sitting = in_state(record, event.sitting, {in_session});
    check_line_or_empty(record, event.reason, reason_bytes_max);
    if (sitting == nullptr || is_under_vote(record, *sitting)) return;
    check_floor_free(record, *sitting);
    sitting->state = recess;
}

void follow(Record& record, const SittingResumed& event)
{
    auto* sitting = in_state(record, event.sitting, {recess});
    if (sitting == nullptr) return;
    sitting->state = in_session;
    check_counts(record, *sitting, event.present, event.quorum);
}

void follow(Record& record, const SittingClosed& event)
{
    auto* sitting = in_state(record, event.sitting, {draft, signing_in, in_session, recess});
    if (sitting == nullptr || is_under_vote(record, *sitting)) return;
    check_floor_free(record, *sitting);
    const auto waits = [&](const auto& vote) {
        return vote.second.prepared.sitting == event.sitting && vote.second.state == VoteState::closed;
    };
    if (std::ranges::any_of(record.votes, waits))
        record.complain(AuditCode::sitting_out_of_order,
                        LocalText{"有票箱尚未开启", "a ballot box of the sitting was not opened yet"});
    sitting->state = closed;
    sitting->voting_keys.clear();
    sitting->conduct_lent = false;
    sitting->active_item.reset();
}

void follow(Record& record, const SittingCancelled& event)
{
    check_line(record, event.reason, reason_bytes_max);
    auto* sitting = in_state(record, event.sitting, {draft, signing_in});
    if (sitting == nullptr) return;
    if (!sitting->came.empty()) {
        record.complain(AuditCode::sitting_out_of_order,
                        LocalText{"已有人签到的会次被取消", "called off though somebody had come"});
    }
    sitting->state = closed;
    sitting->conduct_lent = false;
    sitting->cancelled = true;
}

void follow(Record& record, const ConductLent& event)
{
    auto* sitting = in_state(record, event.sitting, {draft, signing_in, in_session, recess});
    if (sitting == nullptr) return;
    if (sitting->conduct_lent == event.lent) record.complain(AuditCode::sitting_out_of_order);
    sitting->conduct_lent = event.lent;
}

void follow(Record& record, const SpeakingTimesSet& event)
{
    auto* sitting = in_state(record, event.sitting, {draft, signing_in, in_session, recess});
    if (const auto misfit = check_speaking_times(event.speaking))
        record.complain(AuditCode::profile_malformed, misfit->path);
    if (sitting != nullptr) sitting->speeches_max = event.speaking.speeches_max;
}

void follow(Record& record, const HallShown& event)
{
    if (in_state(record, event.sitting, {draft, signing_in, in_session, recess}) == nullptr) return;
    if (!is_screen_name(event.screen)) record.complain(AuditCode::text_malformed, "screen");
    const bool right = event.content == HallContent::message
                           ? is_document(event.message, hall_message_bytes_max)
                           : event.message.empty();
    if (!right) record.complain(AuditCode::text_malformed, "message");
}

} // namespace plenum::audit
