#include "protocol/rpc.hpp"
#include "server/chamber/secret_votes.hpp"
#include "server/clerk/clerk.hpp"
#include "tests/sim/ballot_requests.hpp"
#include "tests/sim/witness.hpp"

// What the clerk says to consoles must be durable, true, and meant for them.

namespace plenum::sim {
namespace {

bool is_query(const std::string& method)
{
    return method == ListMembers::method || method == ListNotPressed::method;
}

/// How many secret ballots came is the clerk's to say and stands in no view of the record.
void forget_received(VoteView& vote)
{
    if (vote.secret) vote.received.reset();
}

bool is_office(Role role)
{
    return role == Role::chair || role == Role::operator_ || role == Role::secretary;
}

bool conducts(const Actor& actor, const chamber::Sitting& sitting)
{
    return actor.role == Role::chair || (actor.role == Role::operator_ && sitting.conduct_lent);
}

/// Neither says anything about what has been decided, so neither has to wait.
bool is_about_the_sender(std::int64_t code)
{
    const auto refusal = static_cast<RefusalCode>(code - refusal_code_base);
    return refusal == RefusalCode::busy || refusal == RefusalCode::sign_in_first ||
           refusal == RefusalCode::unknown_code;
}

} // namespace

const Actor& Witness::behind(SessionId session) const
{
    const auto found = greeted_.find(session);
    claim(found != greeted_.end(), "something is sent to a session that has not said hello");
    return found->second.actor;
}

std::vector<SessionId> Witness::everybody() const
{
    std::vector<SessionId> sessions;
    for (const auto& [session, greeted] : greeted_)
        sessions.push_back(session);
    return sessions;
}

void Witness::asked(SessionId session, const Request& request, std::uint64_t decided, bool proper)
{
    asked_[{session, request.id}].push_back({request.method, request.params, decided, proper});
}

void Witness::closed(SessionId session)
{
    greeted_.erase(session);
    asked_.erase(asked_.lower_bound({session, {}}),
                 asked_.lower_bound({SessionId{static_cast<std::uint64_t>(session) + 1}, {}}));
}

void Witness::all_closed()
{
    greeted_.clear();
    asked_.clear();
}

void Witness::answered(SessionId session, const clerk::Message& message)
{
    const auto heard = ear_.hear(message);
    claim(heard->message.id.has_value(), "an answer without an id");
    const auto& id = *heard->message.id;
    const auto found = asked_.find({session, id});
    if (found == asked_.end()) return; // The session has gone; nobody will read it.
    claim(!found->second.empty(), [&] { return "an answer nobody asked for: " + *message; });
    const auto asked = std::move(found->second.front());
    found->second.pop_front();

    if (heard->message.is_error) return check_error(asked, heard->message.body);
    claim(asked.proper, [&] { return "an improper request was answered: " + *message; });
    if (asked.method == Hello::method) return check_hello(session, asked, heard->message.body);
    if (is_query(asked.method)) return check_query(asked, behind(session), heard->message.body);
    if (is_ballot_request(asked.method)) return check_ballot_answer(asked, heard->message.body);
    const bool codes = asked.method == IssueAccessCodes::method;
    check_receipt(session, id, asked, codes ? heard->message.body.at("receipt") : heard->message.body);
    if (asked.method == CastVote::method) note_press(session, asked, heard->message.body);
    if (!codes) return;
    const auto issued = from_json<IssuedCodes>(heard->message.body);
    for (const auto& code : issued->codes)
        code_issued(code.code, {code.person, code.role});
}

void Witness::check_error(const Asked& asked, const boost::json::value& error) const
{
    const auto code = error.at("code").as_int64();
    if (code < 0) {
        ++world_.census.malformed;
        claim(!asked.proper,
              [&] { return "a proper request is called malformed: " + boost::json::serialize(error); });
        return;
    }
    ++world_.census.refusals;
    if (is_about_the_sender(code) || is_query(asked.method)) return;
    // What is asked of the clerk is answered from what is durable; so is a key of another session.
    const bool is_record = asked.method == CastBallot::method || asked.method == SpoilBallot::method;
    if (is_ballot_request(asked.method) && !is_record) return;
    if (asked.method == EnrollConsole::method || asked.method == RegisterVotingKey::method) return;
    claim(asked.decided <= shown_.entries,
          [&] { return "a refusal speaks of what is not durable: " + boost::json::serialize(error); });
}

void Witness::check_hello(SessionId session, const Asked& asked, const boost::json::value& result)
{
    const auto owner = owners_.find(std::string(asked.params.at("code").as_string()));
    claim(owner != owners_.end(), "a code nobody issued signs in");
    const auto answer = from_json<HelloAnswer>(result);
    claim(answer.has_value(), "an answer to hello cannot be read");
    claim(answer->seq == shown_.entries, "hello answers with another number of entries than are durable");
    claim(result.at("me") == to_json(chamber::view_me(shown_, owner->second)),
          "hello shows what is not durable");
    checkpoint(answer->checkpoint);
    claim(noted_size_ >= shown_.entries, "hello gives an old checkpoint");
    greeted_[session] = {owner->second, answer->me};
}

void Witness::check_query(const Asked& asked, const Actor& actor, const boost::json::value& result) const
{
    claim(is_office(actor.role), "a list for somebody without an office");
    if (asked.method == ListMembers::method) {
        const auto request = from_json<ListMembers>(asked.params);
        claim(belongs(actor, request->sitting), "a list of another body's members");
        claim(result == to_json(chamber::list_members(shown_, *request)),
              "a list of members is not the durable one");
    } else {
        const auto request = from_json<ListNotPressed>(asked.params);
        claim(belongs(actor, shown_.votes.at(request->vote).sitting), "a list about another body's vote");
        claim(result == to_json(chamber::list_not_pressed(shown_, request->vote)),
              "who has not pressed is not what is durable");
    }
}

void Witness::check_receipt(SessionId session, const std::string& id, const Asked& asked,
                            const boost::json::value& result)
{
    const auto& actor = behind(session);
    const auto receipt = from_json<Receipt>(result);
    claim(receipt.has_value(), "a receipt cannot be read");
    claim(receipt->seq < shown_.entries, "a receipt for an entry that is not durable");
    const auto& entry = entries_[static_cast<std::size_t>(receipt->seq)];
    claim(leaf_hash(bytes_of(record_[static_cast<std::size_t>(receipt->seq)])) == receipt->leaf,
          "a receipt has another leaf than the record");
    claim(entry.at_ms == receipt->at_ms, "a receipt has another time than the record");
    claim(entry.actor == actor && entry.id == id, "a receipt names somebody else's entry");
    const auto [before, first] = receipts_.try_emplace({to_text(actor), id}, result);
    claim(first || before->second == result, "the same request got another answer");
    ++(first ? world_.census.receipts : world_.census.repeats);
    if (first) ++world_.census.accepted[asked.method];
}

/// As a console does with its receipt: the newer press in a vote stands.
void Witness::note_press(SessionId session, const Asked& asked, const boost::json::value& result)
{
    const auto cast = from_json<CastVote>(asked.params);
    const MyPress press{cast->vote, cast->choice, from_json<Receipt>(result)->seq};
    auto& presses = greeted_.at(session).me.presses;
    const auto same = std::ranges::find(presses, press.vote, &MyPress::vote);
    if (same == presses.end()) {
        presses.push_back(press);
    } else if (same->seq < press.seq) {
        *same = press;
    }
}

void Witness::check_told()
{
    for (const auto& [session, greeted] : greeted_) {
        if (!moved_.contains(*greeted.actor.person)) continue;
        const auto told = to_json(without_the_past(greeted.me));
        const auto truth = to_json(without_the_past(chamber::view_me(shown_, greeted.actor)));
        claim(told == truth, [&, &actor = greeted.actor] {
            return to_text(actor) +
                   " is not told of the own press or presence: " + boost::json::serialize(truth);
        });
    }
}

void Witness::checkpoint(const std::string& note)
{
    if (!notes_.insert(note).second) return;
    const auto opened = open_checkpoint(note, verifier_);
    claim(opened.has_value(), "a checkpoint is not signed by this log");
    claim(opened->size <= record_.size(), "a checkpoint beyond what is durable");
    claim(opened->root == tree_.root(opened->size), "a checkpoint contradicts the record");
    const auto first = std::min(noted_size_, opened->size);
    const auto second = std::max(noted_size_, opened->size);
    const auto proof = tree_.consistency_proof(first, second);
    if (first != 0) {
        claim(verify_consistency(first, second, proof, tree_.root(first), tree_.root(second)).has_value(),
              "two checkpoints are not consistent");
    }
    noted_size_ = second;
}

void Witness::sent(const std::vector<SessionId>& sessions, const clerk::Message& message)
{
    const auto heard = ear_.hear(message);
    claim(!std::holds_alternative<std::monostate>(heard->news),
          [&] { return "a notification that is none: " + *message; });
    world_.census.notifications += sessions.size();
    std::optional<Actor> checked;
    for (const auto session : sessions) {
        const auto& actor = behind(session);
        const bool alike = checked && checked->role == actor.role &&
                           !std::holds_alternative<MeChanged>(heard->news) &&
                           !std::holds_alternative<SnapshotView>(heard->news);
        const auto sitting = std::visit(
            [&]<class N>(const N& news) -> std::optional<SittingId> {
                if constexpr (std::is_same_v<N, SittingChanged>) return news.sitting.id;
                if constexpr (std::is_same_v<N, VoteChanged>) return news.vote.sitting;
                if constexpr (std::is_same_v<N, FloorChanged>) return news.floor.sitting;
                if constexpr (std::is_same_v<N, VoteProgress> || std::is_same_v<N, RollProgress> ||
                              std::is_same_v<N, BoxProgress>)
                    return shown_.votes.at(news.vote).sitting;
                if constexpr (requires { SittingId{news.sitting}; }) return news.sitting;
                return std::nullopt;
            },
            heard->news);
        if (const auto* one = std::get_if<SuggestionChanged>(&heard->news))
            claim(concerns(actor, one->suggestion), "a suggestion is told to somebody it does not concern");
        if (const auto* one = std::get_if<PetitionChanged>(&heard->news))
            claim(concerns(actor, one->petition), "a joint signature is told to another body");
        claim(!sitting || belongs(actor, *sitting),
              [&] { return to_text(actor) + " is told of another body: " + *message; });
        if (!alike) check_news(actor, *heard);
        if (const auto* me = std::get_if<MeChanged>(&heard->news)) greeted_.at(session).me = me->me;
        if (const auto* all = std::get_if<SnapshotView>(&heard->news)) greeted_.at(session).me = all->me;
        checked = actor;
    }
}

/// Those who made it, and the office of its body.
bool Witness::concerns(const Actor& actor, const SuggestionView& one) const
{
    if (actor.role != Role::delegate) return is_office(actor.role) && serves(actor, one.body);
    const bool signed_it = std::ranges::any_of(
        one.signers, [&](const NamedPerson& signer) { return signer.person == *actor.person; });
    return signed_it || one.lead.person == *actor.person;
}

/// The members of its body and its office.
bool Witness::concerns(const Actor& actor, const PetitionView& one) const
{
    if (actor.role != Role::delegate) return is_office(actor.role) && serves(actor, one.body);
    const auto& members = shown_.bodies.at(one.body).members;
    return std::ranges::find(members, *actor.person, &Member::person) != members.end();
}

bool Witness::serves(const Actor& actor, BodyId body) const
{
    return std::ranges::any_of(shown_.offices, [&](const chamber::Office& office) {
        return office.person == *actor.person && office.role == actor.role &&
               (!office.body || *office.body == body);
    });
}

void Witness::check_news(const Actor& actor, const Heard& heard) const
{
    const auto& body = heard.message.body;
    claim(body.at("seq").to_number<std::uint64_t>() <= shown_.entries,
          "a notification is ahead of what is durable");
    if (std::holds_alternative<SnapshotView>(heard.news)) {
        auto expected = chamber::snapshot(shown_, actor);
        auto told = std::get<SnapshotView>(heard.news);
        expected.at_ms = told.at_ms;
        for (auto& vote : told.votes)
            forget_received(vote);
        claim(to_json(told) == to_json(expected), "a snapshot shows what is not durable");
    } else if (const auto* changed = std::get_if<SittingChanged>(&heard.news)) {
        claim(body.at("sitting") == to_json(chamber::view_sitting(shown_, changed->sitting.id)),
              "a sitting is shown as it is not");
    } else if (const auto* agenda = std::get_if<AgendaChanged>(&heard.news)) {
        claim(chamber::may_watch_meeting(shown_, actor, agenda->agenda.meeting),
              "an agenda is told to somebody who watches no sitting of it");
        claim(body.at("agenda") == to_json(chamber::view_agenda(shown_, agenda->agenda.meeting, actor.role)),
              "an agenda is shown as it is not");
    } else if (const auto* item = std::get_if<ItemChanged>(&heard.news)) {
        claim(chamber::may_watch_meeting(shown_, actor, item->meeting),
              "an item is told to somebody who watches no sitting of its meeting");
        claim(body.at("item") == to_json(chamber::view_item(shown_, item->item.id, actor.role)),
              "an item is shown as it is not");
    } else if (const auto* floor = std::get_if<FloorChanged>(&heard.news)) {
        claim(body.at("floor") == to_json(chamber::view_floor(shown_, floor->floor.sitting)),
              "the floor is shown as it is not");
    } else if (const auto* keys = std::get_if<KeyHoldersChanged>(&heard.news)) {
        claim(chamber::may_watch_meeting(shown_, actor, keys->keys.meeting),
              "keys are told to somebody who watches no sitting of their meeting");
        claim(body.at("keys") == to_json(chamber::view_key_holders(shown_, keys->keys.meeting)),
              "keys are shown as they are not");
    } else if (const auto* one = std::get_if<SuggestionChanged>(&heard.news)) {
        claim(body.at("suggestion") == to_json(chamber::view_suggestion(shown_, one->suggestion.id)),
              "a suggestion is shown as it is not");
    } else if (const auto* signing = std::get_if<PetitionChanged>(&heard.news)) {
        claim(body.at("petition") == to_json(chamber::view_petition(shown_, signing->petition.id)),
              "a joint signature is shown as it is not");
    } else if (const auto* vote = std::get_if<VoteChanged>(&heard.news)) {
        check_vote(actor, vote->vote, body.at("vote"));
    } else if (const auto* counts = std::get_if<CountsChanged>(&heard.news)) {
        claim(counts->counts == chamber::counts_of(shown_, shown_.sittings.at(counts->sitting)),
              "counts are shown as they are not");
    } else if (const auto* progress = std::get_if<VoteProgress>(&heard.news)) {
        const auto& seen = shown_.votes.at(progress->vote);
        claim(seen.profile.progress == ProgressDisplay::steps ||
                  conducts(actor, shown_.sittings.at(seen.sitting)),
              "progress is shown though the rule shows none");
        claim(progress->present == seen.electorate.size() &&
                  (chamber::is_secret(seen) ? progress->received <= progress->present
                                            : progress->received == seen.presses.size()),
              "progress is shown as it is not");
    } else if (const auto* roll = std::get_if<RollProgress>(&heard.news)) {
        claim(roll->acknowledged <= roll->list_length, "more consoles signed than are on the list");
    } else if (const auto* box = std::get_if<BoxProgress>(&heard.news)) {
        claim(box->confirmed <= box->list_length, "more consoles confirmed than are on the list");
    } else if (const auto* members = std::get_if<MembersChanged>(&heard.news)) {
        claim(is_office(actor.role), "who comes and goes is told to somebody without an office");
        const auto& seen = shown_.sittings.at(members->sitting);
        for (const auto& [person, presence] : members->persons)
            claim(presence == chamber::presence_of(seen, person),
                  "somebody is said to be where they are not");
    } else if (std::holds_alternative<MeChanged>(heard.news)) {
        claim(body.at("me") == to_json(chamber::view_me(shown_, actor)), "a member is shown what is not so");
    }
}

/// The display policy once more, in other words than the chamber's.
void Witness::check_vote(const Actor& actor, const VoteView& view, const boost::json::value& sent) const
{
    const auto& vote = shown_.votes.at(view.id);
    const bool panel = conducts(actor, shown_.sittings.at(vote.sitting));
    if (view.result) {
        const bool announced = vote.state == VoteState::announced || vote.state == VoteState::annulled;
        claim(announced || vote.state == VoteState::decided, "a result is shown before the vote is decided");
        claim(announced || vote.profile.result == ResultDisplay::direct || panel,
              "a result is shown before it is announced");
    }
    if (view.received) {
        claim(vote.profile.progress == ProgressDisplay::steps || panel,
              "progress is shown though the rule shows none");
    }
    claim(view.secret || sent == to_json(chamber::view_vote(shown_, view.id, actor.role)),
          "a vote is shown as it is not");
    auto told = view;
    forget_received(told);
    claim(to_json(told) == to_json(chamber::view_vote(shown_, view.id, actor.role)),
          "a vote is shown as it is not");
}

} // namespace plenum::sim
