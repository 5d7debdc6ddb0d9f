#include "server/chamber/chapters.hpp"

#include <algorithm>

// Chapter twelve: what is decided about a vote outside of it: what the office has of a candidate beforehand;
// afterwards who of those tied gets the place, the approval of the body above, the oath, and annulment.
// Figures and outcome stay as they were announced (PE-21).

namespace plenum::chamber {
namespace {

constexpr std::size_t oaths_max = 200;

std::optional<Refusal> check_decision(const std::string& decided_by, const std::string& reason)
{
    if (!is_line(decided_by, title_bytes_max))
        return no(RefusalCode::invalid_text, "由谁决定", "who decided it");
    return check_reason(reason);
}

/// Somebody is appointed, elected or approved of by it.
bool has_carried(const Vote& vote)
{
    if (vote.state != VoteState::announced) return false;
    if (vote.sequel.tie) return true;
    const auto& places = vote.result->places;
    return is_adopted(vote.result->outcome.verdict) || (places && !places->outcome.elected.empty());
}

bool takes_office(const State& state, const Vote& vote)
{
    return persons_of(vote.matter).empty() ? elects_persons(state, vote) : appoints(vote.matter);
}

/// PE-22: nobody swears an oath before the body above has approved.
std::optional<Refusal> check_oath(const State& state, const Sitting& sitting, VoteId id)
{
    const auto found = state.votes.find(id);
    if (found == state.votes.end()) return refuse(RefusalCode::no_such_record);
    const auto& vote = found->second;
    const auto about = [&](const char* zh, const char* en) {
        return no(RefusalCode::wrong_state, vote.title + zh, vote.title + en);
    };
    if (record_of(state.sittings, vote.sitting).body != sitting.body)
        return refuse(RefusalCode::no_such_record);
    if (!takes_office(state, vote) || !has_carried(vote))
        return about("：没有人因此任职", ": nobody took office by it");
    if (vote.sequel.oath_taken) return about("：已经宣誓", ": the oath was taken");
    if (vote.matter.approval_by.empty()) return std::nullopt;
    if (!vote.sequel.approval) return no(RefusalCode::approval_pending, vote.title, vote.title);
    if (!vote.sequel.approval->granted) return about("：未获批准", ": it was not approved");
    return std::nullopt;
}

} // namespace

bool is_awaited(const State& state, const Vote& vote)
{
    if (vote.state != VoteState::announced) return false;
    const auto& places = vote.result->places;
    const bool tied = places && places->outcome.status == PlacesStatus::tie_for_presidium;
    if (tied && !vote.sequel.tie) return true;
    if (!has_carried(vote)) return false;
    if (!vote.matter.approval_by.empty() && !vote.sequel.approval) return true;
    const bool in_session = record_of(state.sittings, vote.sitting).state != SittingState::closed;
    return in_session && takes_office(state, vote) && !vote.sequel.oath_taken;
}

// The agenda of a meeting that went by it cannot be taken back; what else was decided can be.
Decided decide_command(const State& state, const AnnulVote& command, const Context&)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (vote.state != VoteState::announced) return wrong_state(vote.state);
    if (vote.adopts_agenda && is_adopted(vote.result->outcome.verdict)) {
        return no(RefusalCode::wrong_state, "议程已据此通过", "the agenda was adopted by it");
    }
    if (is_invalid(vote.result->outcome.verdict)) {
        return no(RefusalCode::wrong_state, "该表决本已无效", "nothing was decided by it");
    }
    if (auto refusal = check_decision(command.decided_by, command.reason)) return *refusal;
    return Decision{{VoteAnnulled{command.vote, command.decided_by, command.reason}}, {}};
}

Decided decide_command(const State& state, const RecordApproval& command, const Context&)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (vote.state != VoteState::announced) return wrong_state(vote.state);
    if (vote.matter.approval_by.empty() || !has_carried(vote)) {
        return no(RefusalCode::wrong_state, "该结果无需上级批准", "nothing waits for an approval here");
    }
    if (vote.sequel.approval) {
        return no(RefusalCode::wrong_state, "已登记上级的决定", "the decision is on record already");
    }
    if (!is_line(command.document, title_bytes_max))
        return no(RefusalCode::invalid_text, "批准文件", "the document");
    return Decision{{ApprovalRecorded{command.vote, command.granted, command.document}}, {}};
}

Decided decide_command(const State& state, const DecideTie& command, const Context&)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (vote.state != VoteState::announced) return wrong_state(vote.state);
    const auto& places = vote.result->places;
    if (!places || places->outcome.status != PlacesStatus::tie_for_presidium || vote.sequel.tie) {
        return no(RefusalCode::wrong_state, "没有由主席团决定的同票", "no tie waits for the presidium");
    }
    if (auto refusal = check_decision(command.decided_by, command.reason)) return *refusal;
    TieDecided decided{command.vote, {}, command.decided_by, command.reason};
    for (const auto line : places->outcome.tied) {
        const auto& name = places->counted.list.at(line).name;
        if (std::ranges::find(command.names, name) != command.names.end()) decided.names.push_back(name);
    }
    if (decided.names.size() != command.names.size() || decided.names.size() != places->outcome.tied_places) {
        const auto left = std::to_string(places->outcome.tied_places);
        return no(RefusalCode::candidates_wrong, "须在得票相等的人中确定" + left + "名",
                  left + " of those tied get a place");
    }
    return Decision{{std::move(decided)}, {}};
}

Decided decide_command(const State& state, const RecordQualification& command, const Context& context)
{
    const auto& vote = record_of(state.votes, command.vote);
    if (vote.state != VoteState::prepared) return wrong_state(vote.state);
    if (!appoints(vote.matter)) {
        return no(RefusalCode::wrong_state, "该表决不是任命", "nobody is appointed by this vote");
    }
    if (command.papers_at_ms && *command.papers_at_ms > context.now_ms) {
        return no(RefusalCode::invalid_text, "材料送达时间晚于现在", "the papers came later than now");
    }
    QualificationRecorded recorded{command.vote, command.exam_passed, command.papers_at_ms};
    if (vote.matter.qualification == recorded) return refuse(RefusalCode::nothing_to_do);
    return Decision{{recorded}, {}};
}

Decided decide_command(const State& state, const TakeOath& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state != SittingState::in_session) return wrong_state(sitting.state);
    if (sitting.open_vote) return refuse(RefusalCode::vote_open);
    auto votes = command.votes;
    std::ranges::sort(votes);
    const bool twice = std::ranges::adjacent_find(votes) != votes.end();
    if (votes.empty() || votes.size() > oaths_max || twice) {
        return no(RefusalCode::too_many, "宣誓名单为1至200项，不得重复", "1 to 200 votes, each once");
    }
    for (const auto id : votes) {
        if (auto refusal = check_oath(state, sitting, id)) return *refusal;
    }
    return Decision{{OathTaken{command.sitting, std::move(votes)}}, {}};
}

void apply_event(State& state, const VoteAnnulled& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::announced);
    vote.state = VoteState::annulled;
    vote.sequel.annulled = event;
    if (vote.item) settle_item(state, *vote.item);
    auto& meeting = record_of(state.meetings, record_of(state.sittings, vote.sitting).meeting);
    if (meeting.scrutineers_approved != event.vote) return;
    meeting.scrutineers.clear();
    meeting.scrutineers_approved.reset();
}

void apply_event(State& state, const ApprovalRecorded& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(has_carried(vote) && !vote.sequel.approval);
    vote.sequel.approval = event;
}

void apply_event(State& state, const TieDecided& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::announced && !vote.sequel.tie);
    vote.sequel.tie = event;
}

void apply_event(State& state, const QualificationRecorded& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::prepared && appoints(vote.matter));
    vote.matter.qualification = event;
}

void apply_event(State& state, const OathTaken& event, const Stamp&)
{
    for (const auto id : event.votes) {
        auto& vote = record_of(state.votes, id);
        PLENUM_ASSERT(has_carried(vote) && !vote.sequel.oath_taken);
        vote.sequel.oath_taken = true;
    }
}

} // namespace plenum::chamber
