#include "server/chamber/queries.hpp"
#include "server/chamber/secret_votes.hpp"
#include "server/clerk/ballot_desk.hpp"

#include <algorithm>

// What is asked of the desk and becomes no entry, each with who may ask it (protocol/query/secret_vote.hpp).

namespace plenum::clerk {
namespace {

constexpr std::size_t named_max = 200;

/// The secret vote that is asked about, by somebody who may watch its sitting.
chamber::Answer<const chamber::Vote*> find_vote(const chamber::State& state, const Actor& actor, VoteId id)
{
    const auto found = state.votes.find(id);
    if (found == state.votes.end() || !chamber::is_secret(found->second))
        return refuse(RefusalCode::no_such_record);
    if (!chamber::may_watch(state, actor, state.sittings.at(found->second.sitting)))
        return refuse(RefusalCode::not_your_body);
    return &found->second;
}

/// The same, asked by a member's console.
chamber::Answer<const chamber::Vote*> find_own_vote(const chamber::State& state, const Actor& actor,
                                                    VoteId id)
{
    if (actor.role != Role::delegate) return refuse(RefusalCode::not_allowed);
    return find_vote(state, actor, id);
}

/// The same, asked by an auditor or by somebody who holds a key of its meeting.
chamber::Answer<const chamber::Vote*> find_verified_vote(const chamber::State& state, const Actor& actor,
                                                         VoteId id)
{
    if (actor.role != Role::auditor && actor.role != Role::key_holder)
        return refuse(RefusalCode::not_allowed);
    const auto vote = find_vote(state, actor, id);
    if (!vote || actor.role == Role::auditor) return vote;
    // Whoever held the keys when the roll was called opens the box, and nobody else.
    const auto& called = (*vote)->secret.roll;
    const auto is_asking = [&](const chamber::KeyHolder& holder) { return holder.person == actor.person; };
    if (!called || std::ranges::none_of(called->keys.holders, is_asking))
        return refuse(RefusalCode::not_key_holder);
    return vote;
}

std::vector<NamedPerson> name(const chamber::State& state, const std::vector<PersonId>& persons)
{
    std::vector<NamedPerson> named;
    for (const auto person : persons) {
        if (named.size() == named_max) break;
        named.push_back({person, state.persons.at(person).name});
    }
    return named;
}

std::string as_text(const Bytes& bytes)
{
    return std::string(text_of(bytes));
}

} // namespace

std::optional<Refusal> may_verify(const chamber::State& state, const Actor& actor, VoteId vote)
{
    const auto found = find_verified_vote(state, actor, vote);
    return found ? std::nullopt : std::optional(found.error());
}

chamber::Answer<RollPathAnswer> BallotDesk::ask(const chamber::State& state, SessionId, const Actor& actor,
                                                const ReadRollPath& question)
{
    const auto vote = find_own_vote(state, actor, question.vote);
    if (!vote) return vote.error();
    const auto* called = roll(state, question.vote);
    if (called == nullptr || called->round() != question.round) return refuse(RefusalCode::roll_differs);
    const auto pseudonym = ballot::parse_point(question.pseudonym);
    const auto path = pseudonym ? called->path_of(*pseudonym) : std::nullopt;
    if (!path) return refuse(RefusalCode::roll_differs);
    return RollPathAnswer{path->index, path->hashes};
}

chamber::Answer<SignatureKept> BallotDesk::ask(const chamber::State& state, SessionId, const Actor& actor,
                                               const AcknowledgeRoll& question)
{
    const auto vote = find_own_vote(state, actor, question.vote);
    if (!vote) return vote.error();
    if ((*vote)->state != VoteState::prepared) return refuse(RefusalCode::wrong_state);
    if (auto refusal = may_send(*actor.person, question.vote)) return *refusal;
    auto* called = roll(state, question.vote);
    if (called == nullptr || called->round() != question.round) return refuse(RefusalCode::roll_differs);
    const auto signature = fixed<64>(question.signature);
    if (!signature || called->device_of(*actor.person) == nullptr)
        return refuse(signature ? RefusalCode::roll_differs : RefusalCode::signature_wrong);
    if (!called->acknowledge(*actor.person, question.build, *signature)) {
        failed(*actor.person, question.vote);
        return refuse(RefusalCode::signature_wrong);
    }
    return SignatureKept{called->acknowledged()};
}

chamber::Answer<SilentAnswer> BallotDesk::ask(const chamber::State& state, SessionId, const Actor& actor,
                                              const ListSilent& question)
{
    const auto vote = find_vote(state, actor, question.vote);
    if (!vote) return vote.error();
    const auto& sitting = state.sittings.at((*vote)->sitting);
    if (!may(actor.role, Right::conduct, sitting.conduct_lent)) return refuse(RefusalCode::not_allowed);
    SilentAnswer answer;
    answer.seq = state.entries;
    answer.without_key = name(state, chamber::without_voting_key(state, question.vote));
    if (const auto* called = roll(state, question.vote)) {
        answer.round = called->round();
        answer.acknowledged = called->acknowledged();
        answer.silent = name(state, called->silent());
    }
    return answer;
}

chamber::Answer<BoxProofAnswer> BallotDesk::ask(const chamber::State& state, SessionId, const Actor& actor,
                                                const ReadBoxProof& question)
{
    const auto vote = find_own_vote(state, actor, question.vote);
    if (!vote) return vote.error();
    const auto* box = sealed(state, question.vote);
    if (box == nullptr) return refuse(RefusalCode::box_not_sealed);
    const auto pseudonym = ballot::parse_point(question.pseudonym);
    if (!pseudonym || pseudonym->is_identity()) return refuse(RefusalCode::roll_differs);
    return BoxProofAnswer{box->root(), box->prove(*pseudonym)};
}

chamber::Answer<SignatureKept> BallotDesk::ask(const chamber::State& state, SessionId, const Actor& actor,
                                               const ConfirmBox& question)
{
    const auto vote = find_own_vote(state, actor, question.vote);
    if (!vote) return vote.error();
    if (auto refusal = may_send(*actor.person, question.vote)) return *refusal;
    auto* box = sealed(state, question.vote);
    if (box == nullptr) return refuse(RefusalCode::box_not_sealed);
    if (question.root != box->root()) return refuse(RefusalCode::root_differs);
    const auto* called = roll(state, question.vote);
    const auto* device = called == nullptr ? nullptr : called->device_of(*actor.person);
    if (device == nullptr) return refuse(RefusalCode::not_in_electorate);
    const auto signature = fixed<64>(question.signature);
    if (!signature || !box->confirm(*device, *signature)) {
        failed(*actor.person, question.vote);
        return refuse(RefusalCode::signature_wrong);
    }
    return SignatureKept{box->confirmed()};
}

/// The whole file; nothing while there is none.
std::optional<std::string> BallotDesk::file_of(const chamber::State& state, const ReadSecretFile& question)
{
    const auto& secret = state.votes.at(question.vote).secret;
    switch (question.file) {
    case SecretFile::list:
        if (!secret.roll) return std::nullopt;
        return blobs_(secret.roll->list);
    case SecretFile::acknowledgements: {
        const auto found = acknowledged_.find(question.vote);
        if (found == acknowledged_.end()) return std::nullopt;
        return blobs_(found->second);
    }
    case SecretFile::box:
        if (!secret.sealed) return std::nullopt;
        return blobs_(secret.sealed->file);
    case SecretFile::confirmations: {
        const auto* box = sealed(state, question.vote);
        if (box == nullptr) return std::nullopt;
        return as_text(ballot::encode_confirmations(box->terms().context, box->root(), box->confirmations()));
    }
    }
    return std::nullopt;
}

chamber::Answer<SecretFilePage> BallotDesk::ask(const chamber::State& state, SessionId, const Actor& actor,
                                                const ReadSecretFile& question)
{
    const auto vote = find_verified_vote(state, actor, question.vote);
    if (!vote) return vote.error();
    const auto content = file_of(state, question);
    if (!content) return refuse(RefusalCode::box_not_sealed);
    SecretFilePage page;
    page.seq = state.entries;
    page.digest = sha256(*content);
    page.total = static_cast<std::uint32_t>(content->size());
    const auto from = std::min<std::size_t>(question.from, content->size());
    const auto bytes = bytes_of(std::string_view(*content).substr(from, secret_file_page_bytes));
    page.content.assign(bytes.begin(), bytes.end());
    return page;
}

chamber::Answer<RollAnswer> BallotDesk::ask(const chamber::State& state, SessionId, const Actor& actor,
                                            const ReadRoll& question)
{
    const auto vote = find_verified_vote(state, actor, question.vote);
    if (!vote) return vote.error();
    RollAnswer answer;
    answer.seq = state.entries;
    if (!(*vote)->secret.roll) return answer;
    for (const auto& [person, device] : (*vote)->secret.roll->devices)
        answer.members.push_back({person, state.persons.at(person).name, device});
    return answer;
}

} // namespace plenum::clerk
