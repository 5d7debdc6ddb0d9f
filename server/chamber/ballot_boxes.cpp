#include "server/chamber/chapters.hpp"
#include "server/chamber/secret_steps.hpp"

#include "protocol/ballot/box.hpp"
#include "protocol/ballot/sums.hpp"

#include <algorithm>

// Chapter fifteen: the ballot box of a secret vote is made with its opening, sealed after its close,
// contested by consoles that miss something in it, and its key destroyed once the vote is decided or void.

namespace plenum::chamber {
namespace {

/// The vote of a step the server takes by itself, when it is secret and has a box.
boost::system::result<const Vote*, Refusal> boxed_vote(const State& state, VoteId id)
{
    const auto found = state.votes.find(id);
    if (found == state.votes.end()) return refuse(RefusalCode::no_such_record);
    if (!found->second.secret.box) return wrong_state(found->second.state);
    return &found->second;
}

/// Whether nothing will ever be read from its box again.
bool is_box_done(const Vote& vote)
{
    return vote.secret.box && !is_undecided(vote);
}

bool is_unsealed(const Vote& vote)
{
    return vote.secret.box && is_undecided(vote) && !vote.secret.sealed;
}

/// The content of a box file as the record will name it; nothing when it is not what the clerk says it is.
std::optional<ballot::BoxContent> content_of(const ballot::BallotTerms& terms, const CollectedBox& box)
{
    auto content = ballot::decode_box(terms, bytes_of(box.file.content));
    const bool is_so = content && sha256(box.file.content) == box.file.digest &&
                       content->ballots.size() == box.ballots && content->spoils.size() == box.spoils &&
                       ballot::BoxTree(*content).root() == box.root;
    if (!is_so || !ballot::sums_of(terms, content->ballots)) return std::nullopt;
    return std::move(*content);
}

} // namespace

RecordId box_id(const State& state, const Vote& vote)
{
    PLENUM_ASSERT(vote.secret.box.has_value());
    return record_id(state.origin, BallotBoxCreated::kind, *vote.secret.box);
}

Decided decide_sealed(const State& state, const CollectedBox& box)
{
    const auto vote = boxed_vote(state, box.vote);
    if (!vote) return vote.error();
    if ((*vote)->state != VoteState::closed) return wrong_state((*vote)->state);
    if ((*vote)->secret.sealed) return refuse(RefusalCode::nothing_to_do);
    const auto content = content_of(secret_terms(state, box.vote), box);
    if (!content || content->ballots.size() > (*vote)->electorate.size())
        return refuse(RefusalCode::root_differs);
    return Decision{{BallotBoxSealed{box.vote, box.root, box.ballots, box.spoils, box.file.digest}},
                    {box.file}};
}

Decided decide_command(const State& state, const ContestBox& command, const Context& context)
{
    const auto person = *context.actor.person;
    const auto& vote = record_of(state.votes, command.vote);
    if (!is_secret(vote) || !vote.secret.sealed) return refuse(RefusalCode::box_not_sealed);
    if (is_over(vote)) return wrong_state(vote.state);
    if (!std::ranges::binary_search(vote.electorate, person)) return refuse(RefusalCode::not_in_electorate);
    if (vote.secret.contested.contains(person)) return refuse(RefusalCode::nothing_to_do);
    return Decision{{BoxContested{command.vote, person}}, {}};
}

Decided decide_seq_reused(const State& state, VoteId id)
{
    const auto vote = boxed_vote(state, id);
    if (!vote) return vote.error();
    if ((*vote)->state != VoteState::open) return wrong_state((*vote)->state);
    if ((*vote)->secret.reused >= (*vote)->electorate.size()) return refuse(RefusalCode::too_many);
    return Decision{{SeqReused{id}}, {}};
}

Decided decide_shred(const State& state, VoteId id)
{
    const auto vote = boxed_vote(state, id);
    if (!vote) return vote.error();
    if (!is_box_done(**vote)) return wrong_state((*vote)->state);
    if ((*vote)->secret.shred_started) return refuse(RefusalCode::nothing_to_do);
    return Decision{{BoxShredStarted{id}}, {}};
}

Decided decide_shredded(const State& state, VoteId id)
{
    const auto vote = boxed_vote(state, id);
    if (!vote) return vote.error();
    if (!(*vote)->secret.shred_started) return wrong_state((*vote)->state);
    if ((*vote)->secret.shredded) return refuse(RefusalCode::nothing_to_do);
    return Decision{{BoxShredded{id}}, {}};
}

Decided decide_key_lost(const State& state, VoteId id)
{
    const auto vote = boxed_vote(state, id);
    if (!vote) return vote.error();
    if (!is_unsealed(**vote)) return wrong_state((*vote)->state);
    return Decision{{VoteVoided{id, VoidReason::ballot_key_lost, {}}}, {}};
}

BoxWork box_work(const State& state)
{
    BoxWork work;
    for (const auto& [id, vote] : state.votes) {
        const auto& secret = vote.secret;
        if (!secret.box || secret.shredded) continue;
        if (is_unsealed(vote)) work.unsealed.push_back(id);
        if (is_unsealed(vote) && vote.state == VoteState::closed) work.to_seal.push_back(id);
        if (is_openable(state, id)) work.to_open.push_back(id);
        if (!is_box_done(vote)) continue;
        (secret.shred_started ? work.to_destroy : work.to_shred).push_back(id);
    }
    return work;
}

void apply_event(State& state, const BallotBoxCreated& event, const Stamp& stamp)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::prepared && vote.secret.roll && !vote.secret.box);
    PLENUM_ASSERT(event.copies > 0);
    vote.secret.box = stamp.seq;
    vote.secret.key_hash = event.key_hash;
}

void apply_event(State& state, const BallotBoxSealed& event, const Stamp& stamp)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::closed && vote.secret.box && !vote.secret.sealed);
    const auto terms = secret_terms(state, event.vote);
    const auto content = ballot::decode_box(terms, bytes_of(public_blob(stamp, event.box)));
    PLENUM_ASSERT(content.has_value());
    PLENUM_ASSERT(content->ballots.size() == event.ballots && content->spoils.size() == event.spoils);
    auto sums = ballot::sums_of(terms, content->ballots);
    PLENUM_ASSERT(sums.has_value());
    vote.secret.sealed =
        SealedBox{event.root, event.box, event.ballots, event.spoils, std::move(*sums), stamp.seq};
}

void apply_event(State& state, const SeqReused& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.state == VoteState::open && vote.secret.reused < vote.electorate.size());
    vote.secret.reused += 1;
}

void apply_event(State& state, const BoxContested& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(vote.secret.sealed && std::ranges::binary_search(vote.electorate, event.person));
    const bool first = vote.secret.contested.insert(event.person).second;
    PLENUM_ASSERT(first);
}

void apply_event(State& state, const BoxShredStarted& event, const Stamp&)
{
    auto& vote = record_of(state.votes, event.vote);
    PLENUM_ASSERT(is_box_done(vote) && !vote.secret.shred_started);
    vote.secret.shred_started = true;
}

void apply_event(State& state, const BoxShredded& event, const Stamp&)
{
    auto& secret = record_of(state.votes, event.vote).secret;
    PLENUM_ASSERT(secret.shred_started && !secret.shredded);
    secret.shredded = true;
}

} // namespace plenum::chamber
