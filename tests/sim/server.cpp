#include "tests/sim/server_process.hpp"

#include "protocol/rpc.hpp"
#include "tests/sim/ballot_requests.hpp"

namespace plenum::sim {
namespace {

using testing::Trouble;

constexpr const char* origin = "plenum.sim/chamber-1";
constexpr std::uint64_t segment_bytes = 256 * 1024;
constexpr std::uint64_t reserve_bytes = 200 * 1024;
constexpr std::uint64_t disk_bytes = 1ull << 30;
constexpr std::uint64_t state_check_events = 100;
constexpr std::uint64_t replay_check_events = 1'000;

bool is_proper(const Request& request)
{
    if (request.method == Hello::method) return from_json<Hello>(request.params).has_value();
    if (request.method == ListMembers::method) return from_json<ListMembers>(request.params).has_value();
    if (request.method == ListNotPressed::method)
        return from_json<ListNotPressed>(request.params).has_value();
    bool proper = false;
    each_ballot_request([&]<class Question>(const Question&) {
        if (request.method == Question::method) proper = from_json<Question>(request.params).has_value();
    });
    if (is_ballot_request(request.method)) return proper;
    const auto command = decode_command(request.method, request.params);
    return command && *command;
}

} // namespace

SigningKey Server::log_key()
{
    std::array<std::uint8_t, 32> seed{};
    seed.fill(11);
    return SigningKey{seed};
}

NoteVerifier Server::verifier()
{
    return note_verifier(origin, log_key().public_key());
}

Server::Server(World& world, Network& network, Witness& witness, Mutation mutation)
    : world_(world), network_(network), witness_(witness), mutation_(mutation),
      disk_(world.random.next(), disk_bytes)
{}

Server::~Server() = default;

void Server::start()
{
    try_to_start();
}

bool Server::is_idle() const
{
    return process_ && process_->clerk->idle();
}

void Server::end(const std::string& why, bool with_power)
{
    world_.note("process ended", incarnation_, why);
    ++incarnation_;
    submitted_.reset();
    process_.reset();
    starting_.reset();
    witness_.ended();
    witness_.all_closed();
    network_.drop_all();
    const bool power =
        with_power || disk_.is_dark() || (world_.faults.power_every_us != 0 && world_.random.chance(200));
    if (power) {
        ++world_.census.power_cuts;
        disk_.cut_power();
    } else {
        disk_.kill_process();
    }
    forget_trouble();
    world_.schedule.after(world_.random.between(50'000, 2'000'000), [this] { try_to_start(); });
}

void Server::try_to_start()
{
    if (!world_.calm && world_.faults.trouble_in_recovery && world_.random.chance(500))
        plan_recovery_trouble();
    lose_box_keys();
    starting_ = std::make_unique<Process>();
    within([this] { open(*starting_); });
    if (!starting_) {
        ++world_.census.failed_starts;
        return;
    }
    process_ = std::move(starting_);
    ++world_.census.starts;
    plan_trouble();
    tick();
}

void Server::open(Process& process)
{
    process.root = disk_.root();
    if (mutation_ == Mutation::forgets_to_sync) process.root = without_sync(std::move(process.root));
    journal::Recovery report;
    const journal::SegmentOptions options{origin, segment_bytes, false};
    auto segments = journal::SegmentStore::open(*process.root, options, log_key(), report);
    if (!segments) {
        const bool excused = report.finding == journal::Recovery::Finding::unreadable ||
                             report.finding == journal::Recovery::Finding::unwritable;
        claim(excused, [&] { return "the log does not open: " + report.english; });
        throw Ended{report.english};
    }
    process.segments = std::move(*segments);
    process.journal = mutate(*process.segments, mutation_, origin, log_key());
    process.blobs.emplace(working(journal::BlobStore::open(*process.root), "blobs"));
    process.privates.emplace(working(journal::PrivateStore::open(*process.root), "private"));
    process.auditors.emplace(working(journal::BlobStore::open_auditors(*process.root), "auditors"));
    process.box_keys.emplace(working(journal::BoxKeys::open(*process.root, nullptr), "box keys"));
    process.checkpoints.emplace(
        working(journal::PublishedCheckpoints::open(*process.root, verifier()), "checkpoints"));
    if (report.cut_bytes != 0) ++world_.census.torn_tails;
    world_.note("log opened", report.entries, report.english);
    if (!witness_.recovered(*process.journal)) throw Ended{"the log cannot be read"};

    process.clerk = std::make_unique<clerk::Clerk>(ports(process), verifier());
    const auto loaded = process.clerk->load(*process.journal);
    if (!loaded) {
        claim(loaded.error().fault == Fault::io_error || loaded.error().fault == Fault::disk_full,
              [&] { return "the record does not replay: " + loaded.error().sentence; });
        throw Ended{loaded.error().sentence};
    }
    witness_.check_replay(process.clerk->durable_state());
    const auto head = working(process.journal->claim(), "claim");
    std::optional<JournalRecovered> recovered;
    if (report.cut_bytes != 0) recovered = JournalRecovered{report.entries, report.cut_bytes};
    process.clerk->start(head, recovered, world_.now_ms());
}

clerk::Ports Server::ports(Process& process)
{
    clerk::Ports ports;
    ports.answer = [this](SessionId session, Message message) { answer(session, message); };
    ports.send = [this](const std::vector<SessionId>& sessions, Message message, std::string_view key) {
        send(sessions, message, key);
    };
    ports.signed_in = [](SessionId) {};
    ports.set_read_limit = [](SessionId, std::size_t) {};
    ports.close = [this](SessionId session, std::string) {
        witness_.closed(session);
        network_.close(session);
    };
    ports.replaced = [this](SessionId session) {
        witness_.closed(session);
        network_.replace(session);
    };
    ports.submit = [this](journal::Group group) { submit(std::move(group)); };
    ports.put_blob = [this, &process](const chamber::NewBlob& blob) -> Result<void> {
        if (mutation_ == Mutation::keeps_documents_in_memory && !blob.is_private) {
            process.memory[blob.digest] = blob.content;
        } else {
            auto& place =
                blob.is_private ? static_cast<journal::BlobStore&>(*process.privates) : *process.blobs;
            if (auto put = place.put(bytes_of(blob.content)); !put) return put.error();
        }
        witness_.remember_blob(blob);
        return {};
    };
    ports.erase_blob = [this, &process](const Digest& digest) -> Result<void> {
        if (mutation_ == Mutation::keeps_what_is_ended) return {};
        return process.privates->erase(digest);
    };
    ports.blobs = [this, &process](const Digest& digest) { return find_blob(process, digest); };
    ports.publish = [this, &process](std::uint64_t, const std::string& note) {
        witness_.checkpoint(note);
        return process.checkpoints->publish(note);
    };
    ports.ballots = ballot_ports(process);
    ports.disk_low = [&process] { return process.segments->room_bytes() < reserve_bytes; };
    ports.stop = [this](Fault fault, const std::string& why) {
        claim(fault != Fault::rolled_back, "the server says that its disk was rolled back");
        ++world_.census.durability_exits;
        throw Ended{why};
    };
    return ports;
}

std::optional<std::string> Server::find_blob(const Process& process, const Digest& digest) const
{
    const auto kept = process.memory.find(digest);
    if (kept != process.memory.end()) return kept->second;
    for (const auto* place : {static_cast<const journal::BlobStore*>(&*process.blobs), &*process.auditors,
                              static_cast<const journal::BlobStore*>(&*process.privates)}) {
        const auto content = place->get(digest);
        if (content) return std::string(text_of(*content));
        const bool failed =
            content.error() == fault(Fault::io_error) || content.error() == fault(Fault::disk_full);
        if (failed) throw Ended{"a document cannot be read: " + content.error().message()};
    }
    return std::nullopt;
}

void Server::submit(journal::Group group)
{
    claim(!submitted_, "a second group is submitted while one is under way");
    witness_.submitted(group);
    world_.note("submitted", group.first, std::to_string(group.entries.size()));
    if (mutation_ == Mutation::answers_at_once) answer_early(group);
    submitted_ = std::move(group);
    const auto sync_us = world_.calm ? 2'000 : world_.faults.sync_us_max;
    world_.schedule.after(world_.random.between(100, sync_us), [this, mine = incarnation_] {
        if (mine == incarnation_) within([this] { write_group(); });
    });
}

void Server::write_group()
{
    const auto group = std::move(*submitted_);
    submitted_.reset();
    if (!world_.calm && world_.random.chance(world_.faults.torn_permille)) tear_next_write();
    const auto head = process_->journal->append_group(group);
    if (!head) {
        ++world_.census.durability_exits;
        throw Ended{"a group cannot be written: " + head.error().message()};
    }
    witness_.written();
    const auto late_us = world_.calm ? 50 : world_.faults.hand_over_us_max;
    world_.schedule.after(world_.random.between(1, late_us), [this, head = *head, mine = incarnation_] {
        if (mine == incarnation_) within([&] { tell_clerk(head); });
    });
}

void Server::tell_clerk(const journal::Head& head)
{
    world_.note("durable", head.size);
    witness_.told();
    process_->clerk->durable(head, world_.now_ms());
    witness_.check_told();
    check_now_and_then();
}

void Server::check_now_and_then()
{
    ++events_;
    const auto& state = process_->clerk->durable_state();
    if (events_ % replay_check_events == 0) {
        witness_.check_replay(state);
    } else if (world_.is_watched || events_ % state_check_events == 0) {
        witness_.check_state(state);
    }
}

void Server::tick()
{
    world_.schedule.after(world_.random.between(40'000, 120'000), [this, mine = incarnation_] {
        if (mine != incarnation_) return;
        within([this] { process_->clerk->tick(world_.now_ms()); });
        if (mine == incarnation_) tick();
    });
}

void Server::arrived(SessionId session, const std::string& text)
{
    if (!process_) return;
    auto decoded = decode_request(text);
    if (!decoded) {
        ++world_.census.malformed;
        network_.answer(session, std::make_shared<const std::string>(encode_bad_request(decoded.error())));
        return;
    }
    within([&] { request(session, *decoded); });
}

void Server::request(SessionId session, const Request& request)
{
    auto& clerk = *process_->clerk;
    witness_.asked(session, request, clerk.ahead_state().entries, is_proper(request));
    asked_by_[request.id] = session;
    clerk.requested(session, request, {world_.now_ms(), world_.random.seed()});
}

void Server::closed(SessionId session)
{
    if (!process_) return;
    within([&] { process_->clerk->closed(session); });
    witness_.closed(session);
}

std::optional<IssuedCodes> Server::try_to_act(const Command& command)
{
    auto done = process_->clerk->act(command, {}, {world_.now_ms(), world_.random.seed()});
    return done ? std::optional(std::move(*done)) : std::nullopt;
}

IssuedCodes Server::act(const Command& command)
{
    auto done = try_to_act(command);
    claim(done.has_value(), "the house cannot be founded");
    return std::move(*done);
}

void Server::answer(SessionId session, const Message& message)
{
    auto text = message;
    if (mutation_ == Mutation::answers_twice_differently) {
        auto decoded = decode_server_message(*message);
        const bool receipt = decoded->body.is_object() && decoded->body.get_object().contains("leaf");
        if (receipt && !answered_.insert(*decoded->id).second) {
            decoded->body.get_object()["at_ms"] = world_.now_ms() + 1;
            text = std::make_shared<const std::string>(encode_answer(*decoded->id, decoded->body));
        }
    }
    witness_.answered(session, text);
    world_.note("answered", static_cast<std::uint64_t>(session), *text);
    network_.answer(session, text);
}

/// What a clerk would do that trusts the disk before it has answered.
void Server::answer_early(const journal::Group& group)
{
    std::set<std::string> done;
    for (const auto& bytes : group.entries) {
        const auto entry = decode_entry(bytes);
        const auto session = asked_by_.find(entry->id);
        if (session == asked_by_.end() || !done.insert(entry->id).second) continue;
        const Receipt receipt{entry->seq, *entry->at_ms, leaf_hash(bytes_of(bytes))};
        answer(session->second,
               std::make_shared<const std::string>(encode_answer(entry->id, to_json(receipt))));
    }
}

void Server::send(std::vector<SessionId> sessions, const Message& message, std::string_view key)
{
    if (mutation_ == Mutation::hides_the_member && key == "me") return;
    if (mutation_ == Mutation::tells_everybody) sessions = witness_.everybody();
    witness_.sent(sessions, message);
    world_.note("sent", sessions.size(), *message);
    const bool loses = mutation_ == Mutation::loses_a_notification && key != "snapshot";
    if (loses && ++notifications_ % 100 == 0) return;
    for (const auto session : sessions)
        network_.notify(session, message, key);
}

void Server::kill(bool with_power)
{
    if (!process_) return;
    world_.census.kills += with_power ? 0 : 1;
    end(with_power ? "power cut between operations" : "killed", with_power);
}

void Server::fill_disk()
{
    const auto free = disk_.root()->free_bytes();
    if (!free) return;
    ++world_.census.full_disks;
    disk_.set_capacity(disk_bytes - *free + world_.random.below(2 * segment_bytes));
}

void Server::make_room()
{
    disk_.set_capacity(disk_bytes);
}

void Server::plan_trouble()
{
    if (world_.calm) return;
    const std::pair<Trouble, std::uint64_t> all[] = {{Trouble::power_cut, world_.faults.power_cut_ops},
                                                     {Trouble::io_error, world_.faults.io_error_ops},
                                                     {Trouble::short_write, world_.faults.short_write_ops},
                                                     {Trouble::disk_full, world_.faults.disk_full_ops}};
    for (const auto& [trouble, mean_ops] : all) {
        auto& planned = trouble_at_[trouble];
        if (mean_ops == 0 || planned > disk_.operations()) continue;
        const auto nth = world_.random.below(2 * mean_ops);
        planned = disk_.operations() + nth + 1;
        disk_.plan(nth, trouble);
    }
}

void Server::tear_next_write()
{
    static constexpr Trouble all[] = {Trouble::power_cut, Trouble::power_cut, Trouble::io_error,
                                      Trouble::short_write};
    disk_.plan(0, world_.random.pick(all));
}

void Server::plan_recovery_trouble()
{
    static constexpr Trouble all[] = {Trouble::power_cut, Trouble::power_cut, Trouble::io_error,
                                      Trouble::short_write, Trouble::disk_full};
    disk_.plan(world_.random.below(60), world_.random.pick(all));
}

void Server::forget_trouble()
{
    disk_.forget_plans();
    trouble_at_.clear();
}

void Server::check_at_rest()
{
    claim(is_idle(), "something decided is not durable though the disk answers");
    witness_.check_replay(process_->clerk->durable_state());
    std::uint64_t count = 0;
    const auto read = process_->journal->read_from(0, [&](std::uint64_t seq, std::string_view bytes) {
        count = seq + 1;
        for (const auto& ended : ended_blobs_of(decode_entry(bytes)->event)) {
            claim(!process_->privates->contains(ended), "a private value outlives what ended it");
        }
        return true;
    });
    claim(read.has_value() && count == witness_.record_size(), "the disk does not hold the record");
    check_box_keys();
}

} // namespace plenum::sim
