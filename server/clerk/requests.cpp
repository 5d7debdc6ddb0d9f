#include "protocol/assert.hpp"
#include "server/chamber/questions.hpp"
#include "server/chamber/secret_votes.hpp"
#include "server/clerk/clerk.hpp"

// What the clerk does with one request: hello, a question answered from the durable state, or a command.

namespace plenum::clerk {
namespace {

constexpr unsigned failed_hellos_max = 3;

std::string encode_misfit(const std::string& id, const Misfit& misfit)
{
    return encode_bad_request({RpcError::invalid_params, id, misfit.path + ": " + misfit.expected});
}

/// Decodes params of a question; nothing after `misfit` was filled.
template <class Params>
std::optional<Params> params_of(const Request& request, Misfit& misfit)
{
    auto decoded = from_json<Params>(request.params);
    if (decoded) return std::move(*decoded);
    misfit = decoded.error();
    codec::prepend_path(misfit, "params");
    return std::nullopt;
}

/// What a command is answered with once `known` is in the record.
boost::json::value answer_to(const Command& command, const Receipts::Known& known,
                             std::vector<IssuedCode> codes)
{
    const auto& receipt = known.receipt;
    if (std::holds_alternative<IssueAccessCodes>(command))
        return to_json(IssuedCodes{receipt, std::move(codes)});
    if (std::holds_alternative<AppointOfficer>(command)) {
        PLENUM_ASSERT(known.officer.has_value());
        return to_json(OfficerReceipt{receipt.seq, receipt.at_ms, receipt.leaf, *known.officer});
    }
    return to_json(receipt);
}

} // namespace

void Clerk::answer_now(SessionId session, std::string text)
{
    ports_.answer(session, std::make_shared<const std::string>(std::move(text)));
}

void Clerk::refuse_with(SessionId session, const std::string& id, const Refusal& refusal)
{
    figures_.refused += 1;
    answer_now(session, encode_refusal(id, refusal));
}

void Clerk::refuse_when_durable(SessionId session, const std::string& id, const Refusal& refusal)
{
    figures_.refused += 1;
    answer_when_durable(session, encode_refusal(id, refusal));
}

void Clerk::answer_when_durable(SessionId session, std::string text, std::optional<std::uint64_t> receipt)
{
    // Whatever has been decided up to now is in the newest group; when none is left, everything is durable
    // already.
    auto message = std::make_shared<const std::string>(std::move(text));
    if (groups_.empty()) {
        ports_.answer(session, std::move(message));
    } else {
        groups_.back().answers.push_back({session, std::move(message), receipt});
    }
}

void Clerk::requested(SessionId session, const Request& request, const Moment& moment)
{
    time_out(moment.now_ms);
    if (request.method == Ping::method) {
        const Pong pong{durable_.entries, std::max(wall_ms_, moment.now_ms)};
        answer_now(session, encode_answer(request.id, to_json(pong)));
    } else if (request.method == Hello::method) {
        hello(session, request, moment);
    } else if (const auto* actor = herald_.actor_of(session)) {
        const auto copy = *actor;
        if (!ballot_request(session, copy, request) && !query(session, copy, request))
            command(session, copy, request, moment);
    } else {
        refuse_with(session, request.id, refuse(RefusalCode::sign_in_first));
    }
    submit_next();
}

bool Clerk::seen_more(const std::string& note)
{
    // Only our own signature proves that the log once was longer; anything else is somebody's claim.
    const auto checkpoint = open_checkpoint(note, verifier_);
    return checkpoint && checkpoint->size > head_.size;
}

const AccessCodeRow* Clerk::row_of_code(std::string_view text) const
{
    const auto code = access_code_from_text(text);
    const auto found = code ? durable_.codes.find(code->hash()) : durable_.codes.end();
    return found == durable_.codes.end() ? nullptr : &found->second;
}

std::optional<Actor> Clerk::actor_of_code(std::string_view text) const
{
    const auto* row = row_of_code(text);
    if (row == nullptr) return std::nullopt;
    return Actor{row->person, row->role};
}

bool Clerk::has_code_in_force(const chamber::State& state, SessionId session) const
{
    const auto used = codes_.find(session);
    return used != codes_.end() && state.codes.contains(used->second);
}

/// A member votes at one console: the one signed in at last. Whoever presides, keeps the desk or watches may
/// have several screens.
void Clerk::move_seat(SessionId session, PersonId member)
{
    for (const auto other : herald_.consoles_of(member)) {
        if (other == session) continue;
        herald_.farewell(other);
        ports_.replaced(other);
    }
}

/// Offices import files; a console sends what the secret votes of its member ask for, and no more.
void Clerk::limit_reading(SessionId session, const Actor& actor)
{
    if (chamber::works_in_the_room(actor.role)) ports_.set_read_limit(session, office_read_bytes_max);
    if (actor.role != Role::delegate) return;
    const auto ballot_bytes = chamber::longest_ballot(durable_, *actor.person);
    if (ballot_bytes > 0) ports_.set_read_limit(session, ballot_request_bytes(ballot_bytes));
}

void Clerk::hello(SessionId session, const Request& request, const Moment& moment)
{
    Misfit misfit;
    auto params = params_of<Hello>(request, misfit);
    if (!params) return answer_now(session, encode_misfit(request.id, misfit));
    if (params->checkpoint && seen_more(*params->checkpoint)) {
        ports_.stop(Fault::rolled_back,
                    "a client holds a signed checkpoint of this log that is larger than the log: "
                    "the disk was rolled back to an older state");
        return;
    }
    const auto* row = row_of_code(params->code);
    if (row == nullptr) {
        refuse_with(session, request.id, refuse(RefusalCode::unknown_code));
        if (++failed_hellos_[session] >= failed_hellos_max)
            ports_.close(session, "too many unknown access codes");
        return;
    }
    failed_hellos_.erase(session);

    const Actor actor{row->person, row->role};
    codes_.insert_or_assign(session, row->code_hash);
    if (actor.role == Role::delegate) move_seat(session, *actor.person);
    herald_.welcome(durable_, session, actor);
    ports_.signed_in(session);
    limit_reading(session, actor);

    HelloAnswer answer;
    answer.protocol = wire_protocol;
    answer.origin = durable_.origin;
    answer.vkey = to_vkey(verifier_);
    answer.checkpoint = head_.checkpoint;
    answer.seq = durable_.entries;
    answer.at_ms = std::max(wall_ms_, moment.now_ms);
    const auto& channel = desk_.open_channel(session, moment.seed);
    answer.channel.assign(channel.begin(), channel.end());
    answer.me = chamber::view_me(durable_, actor);
    std::optional<std::vector<Message>> missed;
    if (params->since && *params->since <= durable_.entries) {
        missed = herald_.missed(durable_, actor, *params->since, answer.at_ms);
    }
    answer.resumed = missed.has_value();
    answer_now(session, encode_answer(request.id, to_json(answer)));
    if (missed) {
        for (const auto& message : *missed)
            ports_.send({session}, message, {});
        return;
    }
    herald_.send_snapshot(durable_, session, answer.at_ms);
}

bool Clerk::query(SessionId session, const Actor& actor, const Request& request)
{
    bool is_question = false;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Queries>>([&](auto tag) {
        using Question = typename decltype(tag)::type::first_type;
        if constexpr (!std::is_same_v<Question, Hello> && !std::is_same_v<Question, Ping>) {
            if (request.method != Question::method) return;
            is_question = true;
            Misfit misfit;
            const auto question = params_of<Question>(request, misfit);
            if (!question) return answer_now(session, encode_misfit(request.id, misfit));
            const auto answer = chamber::ask(durable_, actor, *question, ports_.blobs);
            if (!answer) return refuse_with(session, request.id, answer.error());
            answer_now(session, encode_answer(request.id, to_json(*answer)));
        }
    });
    return is_question;
}

bool Clerk::repeated(SessionId session, const Actor& actor, const Request& request, const Command& command)
{
    const auto* known = receipts_.find(actor, request.id);
    if (known == nullptr) return false;
    if (known->fingerprint != fingerprint(command)) {
        refuse_when_durable(session, request.id, refuse(RefusalCode::id_reused));
        return true;
    }
    figures_.repeats += 1;
    answer_when_durable(session, encode_answer(request.id, answer_to(command, *known, {})),
                        known->receipt.seq);
    return true;
}

void Clerk::command(SessionId session, const Actor& actor, const Request& request, const Moment& moment)
{
    const auto decoded = decode_command(request.method, request.params);
    if (!decoded) {
        return answer_now(session, encode_bad_request({RpcError::method_not_found, request.id,
                                                       "method: " + request.method}));
    }
    if (!*decoded) return answer_now(session, encode_misfit(request.id, decoded->error()));
    const auto& command = **decoded;
    if (repeated(session, actor, request, command)) return;
    if (!is_of_session(session, command))
        return refuse_with(session, request.id, refuse(RefusalCode::signature_wrong));

    auto drafted = draft(actor, command, moment);
    if (drafted) {
        const auto votes = waits_for_checks(drafted->decision);
        draining_.insert(votes.begin(), votes.end());
        if (!votes.empty()) return held_.push_back({session, actor, request, moment, votes});
    }
    auto done = carry_out(actor, request.id, moment, std::move(drafted));
    if (!done) {
        // A refusal speaks of what has been decided ("you have pressed already"), so it waits for that to be
        // durable. Busy means that it was not even looked at, and is said while the disk is behind.
        if (done.error().code == RefusalCode::busy) return refuse_with(session, request.id, done.error());
        return refuse_when_durable(session, request.id, done.error());
    }
    const auto* known = receipts_.find(actor, request.id);
    PLENUM_ASSERT(known != nullptr);
    const auto answer = answer_to(command, *known, std::move(done->codes));
    answer_when_durable(session, encode_answer(request.id, answer), known->receipt.seq);
}

boost::system::result<IssuedCodes, Refusal> Clerk::act(const Command& command, const std::string& id,
                                                       const Moment& moment)
{
    auto done = carry_out(Actor{}, id, moment, draft(Actor{}, command, moment));
    submit_next();
    return done;
}

Clerk::Draft Clerk::draft(const Actor& actor, const Command& command, const Moment& moment)
{
    if (ahead_.entries - durable_.entries > pending_entries_max) return refuse(RefusalCode::busy);
    chamber::Context context;
    context.actor = actor;
    context.now_ms = std::max(wall_ms_, moment.now_ms);
    context.seed = moment.seed;
    context.disk_low = ports_.disk_low();
    context.blobs = blobs_;
    Drafted drafted;
    drafted.now_ms = context.now_ms;
    if (auto refusal = add_material(command, context, drafted.key)) return *refusal;
    end_frame(); // A decision names the entries it will cause by their numbers: no leaf comes between.
    auto decided = chamber::decide(ahead_, command, context);
    if (!decided) return decided.error();
    drafted.decision = std::move(*decided);
    return Draft(std::move(drafted));
}

boost::system::result<IssuedCodes, Refusal> Clerk::carry_out(const Actor& actor, const std::string& id,
                                                             const Moment& moment, Draft drafted)
{
    if (!drafted) return drafted.error();
    if (auto refusal = store_blobs(drafted->decision)) return *refusal;
    if (drafted->key) {
        if (auto refusal = keep_key(*drafted->key)) return *refusal;
    }
    IssuedCodes issued;
    issued.codes = issued_codes(drafted->decision, moment.seed);
    const auto first = drafted->decision.events.front();
    issued.receipt = enter(actor, id, std::move(drafted->decision), drafted->now_ms);
    if (drafted->key)
        desk_.open_box(ahead_, std::get<BallotBoxCreated>(first).vote, std::move(*drafted->key));
    return issued;
}

/// Its blobs are durable.
Receipt Clerk::enter(const Actor& actor, const std::string& id, chamber::Decision decision,
                     std::uint64_t now_ms)
{
    for (const auto& blob : decision.blobs)
        fresh_blobs_[blob.digest] = blob.content;
    const auto receipt = write_down(actor, id, std::move(decision.events), now_ms);
    for (const auto& blob : decision.blobs)
        groups_.back().blobs.push_back(blob.digest);
    return receipt;
}

std::optional<Refusal> Clerk::store_blobs(const chamber::Decision& decision)
{
    std::set<Digest> for_auditors;
    for (const auto& event : decision.events) {
        const auto named = auditors_blobs_of(event);
        for_auditors.insert(named.begin(), named.end());
    }
    for (const auto& blob : decision.blobs) {
        const bool is_for_auditors = for_auditors.contains(blob.digest);
        PLENUM_ASSERT(!is_for_auditors || ports_.ballots); // Only consoles cause such.
        const auto stored = is_for_auditors ? ports_.ballots->put_for_auditors(blob) : ports_.put_blob(blob);
        if (stored) continue;
        if (stored.error() == make_error_code(Fault::disk_full)) return refuse(RefusalCode::disk_low);
        ports_.stop(Fault::io_error, "a document could not be stored: " + stored.error().message());
        return refuse(RefusalCode::busy);
    }
    return std::nullopt;
}

std::vector<IssuedCode> Clerk::issued_codes(const chamber::Decision& decision, const Seed& seed) const
{
    std::vector<IssuedCode> codes;
    if (!std::holds_alternative<AccessCodesIssued>(decision.events.front())) return codes;
    const auto sheet = decode_access_codes(decision.blobs.front().content);
    PLENUM_ASSERT(sheet.has_value());
    for (const auto& row : sheet->rows) {
        IssuedCode code;
        code.person = row.person;
        code.name = ahead_.persons.at(row.person).name;
        code.role = row.role;
        code.code = derive_access_code(seed, row.person, row.role).reveal();
        for (const auto& [id, body] : ahead_.bodies) {
            const auto* member = chamber::find_member(body, row.person);
            if (member != nullptr && code.number.empty()) code.number = member->number;
        }
        codes.push_back(std::move(code));
    }
    return codes;
}

} // namespace plenum::clerk
