#include "tests/server/clerk/desk.hpp"

#include "protocol/assert.hpp"
#include "protocol/merkle.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::clerk::testing {

SigningKey log_key()
{
    std::array<std::uint8_t, 32> seed{};
    seed.fill(5);
    return SigningKey{seed};
}

Result<journal::Head> MemoryStore::claim()
{
    head_.epoch += 1;
    head_.size = entries.size();
    head_.root = tree_.size() == 0 ? empty_root() : tree_.root();
    head_.checkpoint = sign_checkpoint({origin, head_.size, head_.root}, log_key());
    return head_;
}

Result<journal::Head> MemoryStore::append_group(const journal::Group& group)
{
    PLENUM_ASSERT(group.first == entries.size() && !group.entries.empty()); // Perhaps on a thread of its own.
    for (const auto& entry : group.entries) {
        tree_.append(leaf_hash(bytes_of(entry)));
        entries.push_back(entry);
    }
    groups.push_back(group.entries.size());
    if (!group.sealed.empty()) sealed.emplace_back(group.first, group.sealed);
    head_.size = entries.size();
    head_.root = tree_.root();
    head_.wall_ms = group.wall_ms;
    head_.checkpoint = sign_checkpoint({origin, head_.size, head_.root}, log_key());
    return head_;
}

Result<void> MemoryStore::read_from(std::uint64_t first,
                                    const std::function<bool(std::uint64_t, std::string_view)>& take)
{
    for (auto seq = first; seq < entries.size(); ++seq) {
        if (!take(seq, entries[static_cast<std::size_t>(seq)])) break;
    }
    return {};
}

Result<void>
MemoryStore::read_sealed(std::uint64_t first,
                         const std::function<bool(std::uint64_t, const std::vector<Bytes>&)>& take)
{
    for (const auto& group : sealed) {
        if (group.first >= first && !take(group.first, group.second)) break;
    }
    return {};
}

Desk::Desk()
{
    restart();
}

Replayed Desk::try_to_load()
{
    submitted_.reset();
    orders.clear();
    searches.clear();
    said.clear();
    signed_in.clear();
    published.clear();
    clerk = std::make_unique<Clerk>(ports(), note_verifier(origin, log_key().public_key()));
    return clerk->load(store);
}

void Desk::restart()
{
    BOOST_REQUIRE(try_to_load().has_value());
    clerk->start(*store.claim(), std::nullopt, now_ms);
    flush();
}

Ports Desk::ports()
{
    const auto keep = [this](SessionId session, const Message& message) {
        auto decoded = decode_server_message(*message);
        BOOST_REQUIRE(decoded.has_value());
        said.push_back({session, std::move(*decoded)});
    };
    Ports ports;
    ports.answer = keep;
    ports.send = [keep](const std::vector<SessionId>& sessions, const Message& message, std::string_view) {
        for (const auto session : sessions)
            keep(session, message);
    };
    ports.signed_in = [this](SessionId session) { signed_in.insert(session); };
    ports.set_read_limit = [this](SessionId session, std::size_t bytes) { read_limits[session] = bytes; };
    ports.close = [this](SessionId session, std::string why) {
        closed.emplace_back(session, std::move(why));
    };
    ports.replaced = [this](SessionId session) { replaced.push_back(session); };
    ports.submit = [this](journal::Group group) {
        BOOST_REQUIRE(!submitted_);
        submitted_ = std::move(group);
    };
    ports.put_blob = [this](const chamber::NewBlob& blob) -> Result<void> {
        if (put_fault != Fault::not_found) return fault(put_fault);
        step();
        blobs[blob.digest] = blob.content;
        step();
        return {};
    };
    if (keeps_boxes) ports.ballots = ballot_ports();
    ports.erase_blob = [this](const Digest& digest) -> Result<void> {
        if (erase_fault != Fault::not_found) return fault(erase_fault);
        blobs.erase(digest);
        return {};
    };
    ports.blobs = [this](const Digest& digest) -> std::optional<std::string> {
        const auto found = blobs.find(digest);
        if (!documents_readable || found == blobs.end()) return std::nullopt;
        return found->second;
    };
    ports.publish = [this](std::uint64_t size, const std::string&) -> Result<void> {
        if (publish_fault != Fault::not_found) return fault(publish_fault);
        published.push_back(size);
        return {};
    };
    ports.disk_low = [this] { return disk_low; };
    ports.stop = [this](Fault fault, const std::string&) { stopped = fault; };
    return ports;
}

/// Between any two of these the process may be killed.
void Desk::step()
{
    if (!crash_after) return;
    if (*crash_after > 0) {
        --*crash_after;
        return;
    }
    crash_after.reset();
    throw Crash{};
}

BallotPorts Desk::ballot_ports()
{
    BallotPorts ports;
    ports.random = [this](std::span<std::uint8_t> bytes) { randomness_.fill(bytes); };
    ports.key_copies = 1;
    ports.keep_key = [this](const ballot::BoxKey& key) -> Result<void> {
        if (key_fault != Fault::not_found) return fault(key_fault);
        step();
        std::array<std::uint8_t, 32> bytes{};
        std::ranges::copy(key.reveal(), bytes.begin());
        box_keys[sha256(ByteView(bytes))] = bytes;
        step();
        return {};
    };
    ports.find_key = [this](const Digest& key_hash) -> Result<ballot::BoxKey> {
        const auto found = box_keys.find(key_hash);
        if (found == box_keys.end()) return fault(key_fault);
        ballot::BoxKey key;
        std::ranges::copy(found->second, key.fill().begin());
        return key;
    };
    ports.destroy_key = [this](const Digest& key_hash) -> Result<void> {
        step();
        box_keys.erase(key_hash);
        step();
        return {};
    };
    ports.destroy_other_keys = [this](const std::set<Digest>& wanted) -> Result<void> {
        std::erase_if(box_keys, [&](const auto& key) { return !wanted.contains(key.first); });
        return {};
    };
    ports.put_for_auditors = [this](const chamber::NewBlob& blob) -> Result<void> {
        if (put_fault != Fault::not_found) return fault(put_fault);
        step();
        blobs[blob.digest] = blob.content;
        step();
        return {};
    };
    ports.sign_receipt = [](ballot::ReceiptKind kind, ballot::BallotReceipt receipt) {
        return ballot::sign_receipt(kind, std::move(receipt), log_key());
    };
    ports.check = [this](CheckOrder order) { orders.push_back(std::move(order)); };
    ports.search = [this](SearchOrder order) { searches.push_back(std::move(order)); };
    return ports;
}

Moment Desk::moment()
{
    Moment moment{now_ms, {}};
    ++seeds_;
    for (std::size_t at = 0; at < 8; ++at)
        moment.seed[at] = static_cast<std::uint8_t>(seeds_ >> (8 * at));
    return moment;
}

void Desk::send(SessionId session, const std::string& id, std::string_view method,
                const boost::json::value& params)
{
    clerk->requested(session, {id, std::string(method), params}, moment());
}

void Desk::ask(SessionId session, const std::string& id, const Command& command)
{
    send(session, id, method_of(command), encode_params(command));
}

ServerMessage Desk::hello(SessionId session, const std::string& code, std::optional<std::uint64_t> since,
                          std::optional<std::string> checkpoint)
{
    const auto id = "hello-" + std::to_string(++ids_);
    send(session, id, Hello::method, to_json(Hello{code, since, std::move(checkpoint)}));
    const auto found = answer(session, id);
    return found.value_or(ServerMessage{});
}

bool Desk::write_one()
{
    if (!submitted_) return false;
    const auto group = std::move(*submitted_);
    submitted_.reset();
    step();
    const auto head = store.append_group(group);
    step();
    clerk->durable(*head, now_ms);
    return true;
}

bool Desk::check_all()
{
    if (orders.empty()) return false;
    const std::vector<CheckOrder> batch(orders.begin(), orders.end());
    orders.clear();
    step();
    clerk->checked(check_together(batch, randomness_), moment());
    return true;
}

bool Desk::search_one()
{
    if (searches.empty()) return false;
    const auto order = std::move(searches.front());
    searches.pop_front();
    step();
    clerk->found(search(order), moment());
    return true;
}

void Desk::flush()
{
    while (write_one() || check_all() || search_one()) {
    }
    BOOST_TEST(clerk->idle());
}

void Desk::tick(std::uint64_t later_ms)
{
    now_ms += later_ms;
    clerk->tick(now_ms);
}

Receipt Desk::act(const Command& command)
{
    auto done = clerk->act(command, "act-" + std::to_string(++ids_), moment());
    BOOST_REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().reason.en));
    flush();
    return done->receipt;
}

std::string Desk::code_for(PersonId person, Role role)
{
    const auto issued =
        clerk->act(IssueAccessCodes{std::nullopt, person}, "act-" + std::to_string(++ids_), moment());
    BOOST_REQUIRE(issued.has_value());
    flush();
    for (const auto& code : issued->codes) {
        if (code.role == role) return code.code;
    }
    BOOST_FAIL("no code for this role");
    return {};
}

std::string Desk::officer(Role role, std::optional<BodyId> body)
{
    act(AppointOfficer{std::nullopt, "官员", role, body});
    return code_for(PersonId{clerk->durable_state().persons_known}, role);
}

std::vector<ServerMessage> Desk::to(SessionId session) const
{
    std::vector<ServerMessage> messages;
    for (const auto& one : said) {
        if (one.session == session) messages.push_back(one.message);
    }
    return messages;
}

std::vector<ServerMessage> Desk::notifications(SessionId session, std::string_view method) const
{
    std::vector<ServerMessage> messages;
    for (const auto& message : to(session)) {
        if (!message.method.empty() && (method.empty() || message.method == method))
            messages.push_back(message);
    }
    return messages;
}

std::optional<ServerMessage> Desk::answer(SessionId session, const std::string& id) const
{
    std::optional<ServerMessage> found;
    for (const auto& message : to(session)) {
        if (message.id == id) found = message;
    }
    return found;
}

Receipt Desk::receipt(SessionId session, const std::string& id) const
{
    const auto found = answer(session, id);
    BOOST_REQUIRE_MESSAGE(found.has_value(), id << " is not answered");
    BOOST_REQUIRE_MESSAGE(!found->is_error, boost::json::serialize(found->body));
    const auto receipt = from_json<Receipt>(found->body);
    BOOST_REQUIRE(receipt.has_value());
    return *receipt;
}

std::string Desk::refusal(SessionId session, const std::string& id) const
{
    const auto found = answer(session, id);
    if (!found || !found->is_error || found->body.at("code").as_int64() < 0) return {};
    return std::string(found->body.at("data").at("refusal").as_string());
}

RuleProfile simple_majority()
{
    RuleProfile profile;
    profile.id = "test.majority";
    profile.name = {"过半数", "majority"};
    profile.quorum = {1, 2, true, Base::all_members};
    profile.majority = {1, 2, true, Base::all_members};
    return profile;
}

BodyId make_body(Desk& desk, std::size_t members, const std::string& name)
{
    const BodyId body{desk.act(CreateBody{BodyKind::standing_committee, name}).seq};
    ImportRoster import{body, {}};
    for (std::size_t at = 0; at < members; ++at) {
        const auto number = name + std::to_string(at);
        import.members.push_back({number, "代表" + number, "", number, std::nullopt});
    }
    desk.act(import);
    return body;
}

Receipt as(Desk& desk, const std::string& code, const Command& command)
{
    static std::uint64_t last_session = 1'000'000;
    const SessionId session{++last_session};
    desk.hello(session, code);
    const auto id = "as-" + std::to_string(last_session);
    desk.ask(session, id, command);
    desk.flush();
    const auto receipt = desk.receipt(session, id);
    desk.clerk->closed(session);
    return receipt;
}

SittingId make_sitting(Desk& desk, MeetingId meeting)
{
    return SittingId{desk.act(CreateSitting{meeting, "全体会议"}).seq};
}

Chamber make_chamber(Desk& desk, std::size_t members, const std::string& name)
{
    Chamber chamber;
    chamber.body = make_body(desk, members, name);
    chamber.secretary = desk.officer(Role::secretary, chamber.body);
    chamber.chair = desk.officer(Role::chair, chamber.body);
    for (const auto& member : desk.clerk->durable_state().bodies.at(chamber.body).members) {
        chamber.members.push_back(member.person);
    }
    for (const auto person : chamber.members)
        chamber.codes.push_back(desk.code_for(person, Role::delegate));
    const Threshold quorum{1, 2, true, Base::all_members};
    chamber.meeting = MeetingId{desk.act(CreateMeeting{chamber.body, "第一次会议", 1, 1, quorum}).seq};
    chamber.sitting = make_sitting(desk, chamber.meeting);
    as(desk, chamber.secretary, OpenSignIn{chamber.sitting});
    for (const auto& code : chamber.codes)
        as(desk, code, SignIn{chamber.sitting});
    as(desk, chamber.chair, OpenSitting{chamber.sitting});
    return chamber;
}

VoteId make_vote(Desk& desk, const Chamber& chamber, const RuleProfile& profile, std::optional<ItemId> item)
{
    PrepareVote prepare;
    prepare.sitting = chamber.sitting;
    prepare.item = item;
    prepare.title = "决议";
    prepare.text = "决议草案";
    prepare.profile = profile;
    return VoteId{as(desk, chamber.secretary, prepare).seq};
}

} // namespace plenum::clerk::testing
