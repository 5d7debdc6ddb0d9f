#include "protocol/assert.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/secret_votes.hpp"
#include "server/clerk/clerk.hpp"

// Ballots on their way: checked, sealed, part of a commit group, and only then acknowledged. They are in no
// entry, no log line and no answer but the receipt.

namespace plenum::clerk {
namespace {

/// Groups waiting for the disk beyond which no ballot is taken in.
constexpr std::size_t groups_max = 64;

std::string spelled(const RecordId& id)
{
    return to_hex(ByteView(id));
}

/// The vote that has ended, or is interrupted, by an event.
std::optional<VoteId> stopped_by(const Event& event)
{
    if (const auto* closed = std::get_if<VoteClosed>(&event)) return closed->vote;
    if (const auto* held = std::get_if<VoteHeld>(&event)) return held->vote;
    return std::nullopt;
}

} // namespace

bool Clerk::ballot_request(SessionId session, const Actor& actor, const Request& request)
{
    bool is_one = false;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, BallotRequests>>(
        [&](auto tag) {
            using Question = typename decltype(tag)::type::first_type;
            if (request.method != Question::method) return;
            is_one = true;
            const auto question = from_json<Question>(request.params);
            if (!question) {
                const auto& misfit = question.error();
                const auto what = "params." + misfit.path + ": " + misfit.expected;
                return answer_now(session, encode_bad_request({RpcError::invalid_params, request.id, what}));
            }
            if constexpr (std::is_same_v<Question, CastBallot>) {
                take(session, actor, request.id, question->vote, ballot::RecordKind::ballot,
                     question->ballot);
            } else if constexpr (std::is_same_v<Question, SpoilBallot>) {
                take(session, actor, request.id, question->vote, ballot::RecordKind::spoil, question->spoil);
            } else if constexpr (std::is_same_v<Question, ProveRecord>) {
                const auto answer = prove(actor, *question);
                if (!answer) return refuse_with(session, request.id, answer.error());
                answer_now(session, encode_answer(request.id, to_json(*answer)));
            } else {
                const auto answer = desk_.ask(durable_, session, actor, *question);
                if (!answer) return refuse_with(session, request.id, answer.error());
                if constexpr (std::is_same_v<Question, AcknowledgeRoll>) {
                    herald_.note_roll(question->vote);
                    limit_reading(session, actor);
                }
                if constexpr (std::is_same_v<Question, ConfirmBox>) herald_.note_box(question->vote);
                answer_now(session, encode_answer(request.id, to_json(*answer)));
            }
        });
    return is_one;
}

/// What a key holder cosigns is published first, so that who keeps checkpoints finds it among them; on a full
/// disk that waits, as everywhere, and the vote can be finished all the same.
chamber::Answer<RecordProof> Clerk::prove(const Actor& actor, const ProveRecord& question)
{
    if (auto refusal = may_verify(durable_, actor, question.vote)) return *refusal;
    publish();
    auto proof = proofs_.prove(question.vote, question.since, head_.checkpoint);
    if (!proof) return refuse(RefusalCode::box_not_sealed);
    return std::move(*proof);
}

/// Whether a ballot of this vote may come now, and from this session. Whose it is nobody asks.
std::optional<Refusal> Clerk::check_ballots_come(const Actor& actor, VoteId id) const
{
    if (actor.role != Role::delegate) return refuse(RefusalCode::not_allowed);
    const auto found = ahead_.votes.find(id);
    if (found == ahead_.votes.end() || !chamber::is_secret(found->second))
        return refuse(RefusalCode::no_such_record);
    const auto& vote = found->second;
    if (!chamber::may_watch(ahead_, actor, ahead_.sittings.at(vote.sitting)))
        return refuse(RefusalCode::not_your_body);
    if (vote.state == VoteState::held) return refuse(RefusalCode::vote_held);
    if (vote.state != VoteState::open || draining_.contains(id)) return refuse(RefusalCode::vote_not_open);
    if (groups_.size() > groups_max) return refuse(RefusalCode::busy);
    return std::nullopt;
}

/// Busy is said at once; everything else speaks of what has been decided, and waits until that is durable.
void Clerk::refuse_record(SessionId session, const std::string& id, const Refusal& refusal)
{
    if (refusal.code == RefusalCode::busy) return refuse_with(session, id, refusal);
    refuse_when_durable(session, id, refusal);
}

void Clerk::take(SessionId session, const Actor& actor, const std::string& id, VoteId vote,
                 ballot::RecordKind kind, const Bytes& record)
{
    if (auto refusal = check_ballots_come(actor, vote)) return refuse_record(session, id, *refusal);
    auto* box = desk_.box(vote);
    if (box == nullptr) return refuse_record(session, id, refuse(RefusalCode::vote_not_open));
    const auto person = *actor.person; // A delegate's session.
    if (auto refusal = desk_.may_send(person, vote)) return refuse_record(session, id, *refusal);
    const auto known = box->look_at(kind, record);
    if (!known) {
        desk_.failed(person, vote);
        if (known.error().code == RefusalCode::seq_reused) note_reuse(vote, *box, record);
        return refuse_record(session, id, known.error());
    }
    if (*known) return answer_record(session, id, **known);
    const auto number = desk_.send({session, person, id, vote, kind, record});
    ports_.ballots->check({number, kind, record, box->terms()});
}

/// That it happened is in the record, once for each number; neither who sent it nor under which pseudonym.
void Clerk::note_reuse(VoteId vote, BallotBox& box, const Bytes& record)
{
    if (box.is_first_reuse(record)) write_own(chamber::decide_seq_reused(ahead_, vote), wall_ms_);
}

void Clerk::checked(const std::vector<Checked>& checks, const Moment& moment)
{
    for (const auto& one : checks)
        take_checked(one);
    carry_on(moment);
    submit_next();
}

void Clerk::take_checked(const Checked& checked)
{
    const auto check = desk_.take_back(checked.number);
    const auto refuse_it = [&](RefusalCode code) { refuse_record(check.session, check.id, refuse(code)); };
    auto* box = desk_.box(check.vote);
    // It may have become void meanwhile; closing and holding wait.
    if (box == nullptr || ahead_.votes.at(check.vote).state != VoteState::open)
        return refuse_it(RefusalCode::vote_not_open);
    if (!checked.holds) {
        desk_.failed(check.person, check.vote);
        return refuse_it(RefusalCode::ballot_wrong);
    }
    // The same may have come by another connection in between.
    const auto known = box->look_at(check.kind, check.record);
    if (!known) {
        if (known.error().code == RefusalCode::seq_reused) note_reuse(check.vote, *box, check.record);
        return refuse_it(known.error().code);
    }
    if (*known) return answer_record(check.session, check.id, **known);
    if (checked.ballot && box->check_copies(*checked.ballot)) {
        desk_.failed(check.person, check.vote);
        return refuse_it(RefusalCode::ballot_wrong);
    }
    record(check);
}

void Clerk::record(const CheckInFlight& check)
{
    auto& box = *desk_.box(check.vote);
    auto& pending = forming_for(check.vote);
    auto& sealed = pending.group.sealed;
    const ballot::SealedPlace place{box.id(), pending.group.first, static_cast<std::uint32_t>(sealed.size())};
    // Nothing comes between the records of a group and their leaf, so its number is known already.
    const auto leaf = ahead_.entries;
    PortRandomness randomness(*ports_.ballots);
    sealed.push_back(box.seal({check.kind, leaf, check.record}, place, randomness));
    pending.ballots += 1;
    answer_record(check.session, check.id, box.add(check.kind, check.record, leaf));
}

void Clerk::answer_record(SessionId session, const std::string& id, const UnsignedReceipt& receipt)
{
    const auto signed_receipt = ports_.ballots->sign_receipt(receipt.kind, receipt.receipt);
    answer_when_durable(session, encode_answer(id, to_json(BallotAnswer{ballot::encode(signed_receipt)})));
}

/// The group that takes a record of this box.
Clerk::Pending& Clerk::forming_for(VoteId vote)
{
    const bool front_is_gone = under_way_ && groups_.size() == 1;
    if (!groups_.empty() && !front_is_gone) {
        auto& newest = groups_.back();
        const bool takes = !newest.framed && (!newest.ballots_of || newest.ballots_of == vote);
        const bool has_room = newest.group.entries.size() < journal::group_entries_max &&
                              newest.group.bytes() <= journal::group_bytes_max;
        if (takes && has_room) {
            newest.ballots_of = vote;
            return newest;
        }
        end_frame();
    }
    Pending pending;
    pending.group.first = ahead_.entries;
    pending.ballots_of = vote;
    groups_.push_back(std::move(pending));
    return groups_.back();
}

/// Writes the leaf that commits to the newest group's sealed records, if it has some without one.
void Clerk::end_frame()
{
    if (groups_.empty()) return;
    auto& pending = groups_.back();
    if (!pending.ballots_of || pending.framed) return;
    pending.framed = true;
    wall_ms_ = std::max(wall_ms_, ahead_.now_ms);
    pending.group.wall_ms = std::max(pending.group.wall_ms, wall_ms_);
    const auto& vote = ahead_.votes.at(*pending.ballots_of);
    const BoxFrame frame{spelled(chamber::box_id(ahead_, vote)),
                         journal::sealed_section_digest(pending.group.sealed)};
    append(pending, Entry{ahead_.entries, head_.epoch, std::nullopt, Actor{}, {}, frame});
}

void Clerk::settle_ballots(VoteId vote, std::size_t count)
{
    auto* box = desk_.box(vote);
    if (box == nullptr) return;
    box->settle(count);
    herald_.note_ballots(vote);
}

/// Of which votes ballots that came before this decision are still being checked.
std::vector<VoteId> Clerk::waits_for_checks(const chamber::Decision& decision) const
{
    std::vector<VoteId> votes;
    for (const auto& event : decision.events) {
        const auto vote = stopped_by(event);
        if (vote && desk_.in_flight(*vote) != 0) votes.push_back(*vote);
    }
    return votes;
}

/// After checks: does what had to wait for the last of them.
void Clerk::carry_on(const Moment& moment)
{
    std::erase_if(draining_, [&](VoteId vote) { return desk_.in_flight(vote) == 0; });
    time_out(std::max(wall_ms_, moment.now_ms));
    const auto is_ready = [&](const Held& held) {
        return std::ranges::none_of(held.votes, [&](VoteId vote) { return desk_.in_flight(vote) != 0; });
    };
    std::deque<Held> ready;
    std::ranges::copy_if(held_, std::back_inserter(ready), is_ready);
    std::erase_if(held_, is_ready);
    for (const auto& held : ready)
        command(held.session, held.actor, held.request, {moment.now_ms, held.moment.seed});
}

/// Keys made in another session than this one are refused: they may be somebody else's, sent on.
bool Clerk::is_of_session(SessionId session, const Command& command) const
{
    // Who signed in with the code before this one does not enrol by the new one while it is being written.
    if (const auto* enroll = std::get_if<EnrollConsole>(&command))
        return has_code_in_force(ahead_, session) && desk_.is_channel(session, enroll->channel);
    if (const auto* key = std::get_if<RegisterVotingKey>(&command))
        return desk_.is_channel(session, key->channel);
    return true;
}

/// What decide gets for a step of a secret vote; what is secret stays here.
std::optional<Refusal> Clerk::add_material(const Command& command, chamber::Context& context,
                                           std::optional<ballot::BoxKey>& key)
{
    const auto secret_vote = [&](VoteId id) {
        const auto found = ahead_.votes.find(id);
        return found != ahead_.votes.end() && chamber::is_secret(found->second);
    };
    const bool conducts = may(context.actor.role, Right::conduct, true) && !context.actor.is_server();
    const auto* call = std::get_if<CallRoll>(&command);
    if (call != nullptr && conducts && secret_vote(call->vote)) {
        if (!ports_.ballots) return refuse(RefusalCode::secret_not_ready);
        PortRandomness randomness(*ports_.ballots);
        std::vector<ballot::Point> keys;
        for (const auto& entry : chamber::roll_entries(ahead_, call->vote, call->without))
            keys.push_back(entry.voting_key);
        auto list = ballot::make_list(ballot::random_scalar(randomness), keys);
        if (list) context.secret.list = std::move(*list);
    }
    const auto* open = std::get_if<OpenVote>(&command);
    if (open != nullptr && conducts && secret_vote(open->vote)) {
        if (!ports_.ballots) return refuse(RefusalCode::secret_not_ready);
        PortRandomness randomness(*ports_.ballots);
        randomness.fill(key.emplace().fill());
        context.secret.acknowledgements = desk_.acknowledgements(ahead_, open->vote);
        context.secret.key_hash = sha256(ByteView(key->reveal()));
        context.secret.copies = ports_.ballots->key_copies;
    }
    const auto* share = std::get_if<GiveShare>(&command);
    if (share != nullptr && secret_vote(share->vote)) {
        context.secret.confirmations = desk_.confirmations(ahead_, share->vote);
        context.secret.cosigned_root = proofs_.root(share->cosignature.size);
    }
    return std::nullopt;
}

} // namespace plenum::clerk
