#include "server/house.hpp"

#include "protocol/media_type.hpp"
#include "server/bundle_answers.hpp"
#include "server/commands.hpp"
#include "server/journal/keys.hpp"
#include "server/journal/posix_file.hpp"
#include "server/sheet_answers.hpp"

#include <sodium.h>
#include <spdlog/spdlog.h>

#include <unistd.h>

#include <algorithm>

namespace plenum {
namespace {

gateway::SessionId outward(clerk::SessionId session)
{
    return gateway::SessionId{static_cast<std::uint64_t>(session)};
}

clerk::SessionId inward(gateway::SessionId session)
{
    return clerk::SessionId{static_cast<std::uint64_t>(session)};
}

std::vector<gateway::SessionId> outward(const std::vector<clerk::SessionId>& sessions)
{
    std::vector<gateway::SessionId> same;
    same.reserve(sessions.size());
    for (const auto session : sessions)
        same.push_back(outward(session));
    return same;
}

/// A document is shown by a browser when its own bytes are of a kind that is safe to show, and handed over as
/// a file otherwise. Whoever wrote it is a stranger to the pages: no script of it runs in their place.
gateway::HttpAnswer document(const Result<Bytes>& content)
{
    if (!content) return gateway::HttpAnswer{404, "text/plain; charset=utf-8", "找不到文件 / not found\n"};
    std::string body(text_of(*content));
    const std::string type(media_type_of(body));
    const std::string place = type == media_type_unknown ? "attachment" : "inline";
    return {200,
            type,
            std::move(body),
            {{"Content-Disposition", place}, {"Content-Security-Policy", "default-src 'none'; sandbox"}}};
}

/// Whether ballots of some vote in the house are being taken.
bool is_voting(const chamber::State& state)
{
    return std::ranges::any_of(state.votes,
                               [](const auto& one) { return chamber::is_under_way(one.second); });
}

void metric(std::string& out, const char* name, const char* kind, std::uint64_t value)
{
    out += std::string("# TYPE plenum_") + name + ' ' + kind + "\nplenum_" + name + ' ' +
           std::to_string(value) + '\n';
}

} // namespace

House::House(DataDirectory data, Options options)
    : data_(std::move(data)), options_(std::move(options)),
      publisher_(*data_.checkpoints, [](boost::system::error_code error) {
          stop("a checkpoint could not be kept: " + error.message());
      })
{}

House::~House()
{
    close();
}

void House::stop(const std::string& why)
{
    spdlog::critical("stopped: {}", why);
    spdlog::shutdown();
    // No destructor may run: nothing more may reach the disk or a console after a failed write.
    _exit(exit_durability);
}

clerk::Ports House::ports()
{
    clerk::Ports ports;
    ports.answer = [this](clerk::SessionId session, clerk::Message message) {
        gateway_->answer(outward(session), std::move(message));
    };
    ports.send = [this](const std::vector<clerk::SessionId>& sessions, clerk::Message message,
                        std::string_view coalesce) {
        gateway_->send(outward(sessions), std::move(message), coalesce);
    };
    ports.signed_in = [this](clerk::SessionId session) { gateway_->signed_in(outward(session)); };
    ports.set_read_limit = [this](clerk::SessionId session, std::size_t bytes_max) {
        gateway_->set_read_limit(outward(session), std::max(bytes_max, options_.gateway.read_bytes_max));
    };
    ports.close = [this](clerk::SessionId session, std::string reason) {
        gateway_->close(outward(session), gateway::CloseReason::policy, std::move(reason));
    };
    ports.replaced = [this](clerk::SessionId session) {
        gateway_->close(outward(session), gateway::CloseReason::replaced, "signed in elsewhere");
    };
    ports.submit = [this](journal::Group group) { writer_->submit(std::move(group)); };
    ports.put_blob = [this](const chamber::NewBlob& blob) { return data_.put(blob); };
    ports.erase_blob = [this](const Digest& digest) { return data_.erase(digest); };
    ports.blobs = [this](const Digest& digest) { return data_.find(digest); };
    // It is the publisher who waits for room on a full disk, and who stops the server on any other fault.
    ports.publish = [this](std::uint64_t, const std::string& note) -> Result<void> {
        publisher_.publish(note);
        return {};
    };
    ports.disk_low = [this] { return data_.is_low(options_.disk_reserve_bytes); };
    ports.stop = [](Fault, const std::string& why) { stop(why); };
    ports.ballots = ballot_ports();
    return ports;
}

clerk::BallotPorts House::ballot_ports()
{
    clerk::BallotPorts ports;
    ports.random = random_bytes;
    ports.key_copies = box_keys_->copies();
    ports.keep_key = [this](const ballot::BoxKey& key) { return box_keys_->keep(key); };
    ports.find_key = [this](const Digest& key_hash) { return box_keys_->find(key_hash); };
    ports.destroy_key = [this](const Digest& key_hash) { return box_keys_->destroy(key_hash); };
    ports.destroy_other_keys = [this](const std::set<Digest>& wanted) {
        return box_keys_->destroy_others(wanted);
    };
    ports.put_for_auditors = [this](const chamber::NewBlob& blob) { return data_.put_for_auditors(blob); };
    ports.sign_receipt = [this](ballot::ReceiptKind kind, ballot::BallotReceipt receipt) {
        return ballot::sign_receipt(kind, std::move(receipt), *receipt_key_);
    };
    ports.check = [this](clerk::CheckOrder order) { checkers_->check(std::move(order)); };
    ports.search = [this](clerk::SearchOrder order) { checkers_->search(std::move(order)); };
    return ports;
}

boost::system::result<void, DataFault> House::open_ballot_keys()
{
    const auto failed = [](boost::system::error_code error, const std::string& what) {
        return DataFault{static_cast<Fault>(error.value()), what + ": " + error.message()};
    };
    std::unique_ptr<journal::Directory> second;
    if (!options_.box_keys.empty()) {
        auto folder = journal::make_posix_directory(options_.box_keys);
        if (!folder) return failed(folder.error(), "cannot open " + options_.box_keys);
        second = std::move(*folder);
    }
    auto keys = journal::BoxKeys::open(*data_.root, std::move(second));
    if (!keys) return failed(keys.error(), "cannot open the keys of ballot boxes");
    box_keys_ = std::make_unique<journal::BoxKeys>(std::move(*keys));
    auto key = journal::load_log_key(*data_.root, data_.verifier.name);
    if (!key) return failed(key.error(), "cannot load the log's key");
    receipt_key_ = std::make_unique<SigningKey>(std::move(*key));
    return {};
}

gateway::Events House::events()
{
    gateway::Events events;
    events.opened = [](gateway::SessionId) {};
    events.requested = [this](gateway::SessionId session, Request request) {
        const auto id = request.id;
        if (thread_->requested(inward(session), std::move(request))) return;
        const auto text = encode_refusal(id, refuse(RefusalCode::busy));
        gateway_->answer(session, std::make_shared<const std::string>(text));
    };
    events.closed = [this](gateway::SessionId session) { thread_->closed(inward(session)); };
    events.downloading = [this](gateway::SessionId session, const gateway::DownloadRequest& request) {
        download(session, request);
    };
    return events;
}

boost::system::result<void, DataFault> House::open()
{
    for (const auto& remark : data_.recovery.remarks)
        spdlog::warn("{}", remark);
    if (!data_.recovery.english.empty()) spdlog::info("journal: {}", data_.recovery.english);
    if (auto opened = open_ballot_keys(); !opened) return opened;
    gateway_ = std::make_unique<gateway::Gateway>(options_.gateway, events(),
                                                  [this](std::string_view path) { return view(path); });
    clerk_ = std::make_unique<clerk::Clerk>(ports(), data_.verifier);
    auto loaded = clerk_->load(*data_.store);
    if (!loaded) return DataFault{loaded.error().fault, loaded.error().sentence};
    const auto head = data_.store->claim();
    if (!head) stop("the log cannot be claimed: " + head.error().message());
    thread_ = std::make_unique<clerk::ClerkThread>(*clerk_, clerk::ClerkThread::Senses{now_ms, random_seed});
    checkers_ = std::make_unique<clerk::Checkers>(
        options_.checkers, random_bytes,
        clerk::Checkers::Done{
            [this](std::vector<clerk::Checked> checks) { thread_->checked(std::move(checks)); },
            [this](clerk::FoundTotals totals) { thread_->found(std::move(totals)); }});
    writer_ = std::make_unique<journal::Writer>(
        *data_.store, [this](journal::Head durable) { thread_->durable(std::move(durable)); },
        [](boost::system::error_code error) {
            stop("the journal could not be written: " + error.message());
        });
    spdlog::info("journal thread priority: {}", journal::to_text(writer_->priority()));

    std::optional<JournalRecovered> recovered;
    if (data_.recovery.cut_bytes != 0) {
        recovered = JournalRecovered{data_.recovery.entries, data_.recovery.cut_bytes};
    }
    desk_ = std::make_unique<BundleDesk>(
        *data_.root, BundleDesk::Settings{data_.path + "/exports", options_.disk_reserve_bytes});
    clerk_->start(*head, recovered, now_ms());
    thread_->run();
    started_at_ms_ = now_ms();
    if (!gateway_->start()) return DataFault{Fault::io_error, "cannot listen: " + gateway_->why()};
    return {};
}

void House::close()
{
    if (gateway_) gateway_->stop();
    if (thread_) thread_->stop();
    desk_.reset(); // After the clerk, who orders from it.
    checkers_.reset();
    writer_.reset();
    thread_.reset();
}

void House::download(gateway::SessionId session, const gateway::DownloadRequest& request)
{
    const bool is_sheet = request.path.starts_with(sheets_prefix);
    if (request.path != bundle_path && !is_sheet)
        return gateway_->reply(session, bundle_answer::no_such_path());
    if (request.bearer.empty()) return gateway_->reply(session, bundle_answer::code_missing());
    const auto then = [this, session, is_sheet, path = request.path, head_only = request.head_only](
                          const std::optional<Actor>& actor, const chamber::State& durable) {
        if (!actor) return gateway_->reply(session, bundle_answer::code_unknown());
        if (is_sheet) return gateway_->reply(session, sheet_answer(durable, *actor, path));
        const auto entries = durable.entries;
        const auto kind = bundle_for(actor->role);
        if (!kind) return gateway_->reply(session, bundle_answer::not_allowed());
        // Members are many: while they vote the machine is for their ballots.
        if (*kind == audit::BundleKind::member && is_voting(durable))
            return gateway_->reply(session, bundle_answer::vote_under_way());
        if (head_only) return gateway_->reply(session, bundle_answer::found(entries));
        hand_out(session, *kind, entries);
    };
    if (!thread_->identify(request.bearer, then)) gateway_->reply(session, bundle_answer::try_again());
}

/// On the clerk's thread; the bundle is made on the desk's.
void House::hand_out(gateway::SessionId session, audit::BundleKind kind, std::uint64_t entries)
{
    const BundleDesk::Order order{kind, entries};
    const auto done = [this, session, entries](const BundleDesk::Made& made) {
        if (!made) {
            spdlog::error("no bundle of {} entries: {}", entries, made.error().sentence.en);
            return gateway_->reply(session, bundle_answer::failed(made.error()));
        }
        gateway_->reply(session, bundle_answer::found(entries),
                        gateway::StreamedFile{made->path, made->keeper});
    };
    if (!desk_->order(order, done)) gateway_->reply(session, bundle_answer::try_again());
}

std::string House::health() const
{
    const auto figures = thread_->figures();
    boost::json::object object;
    object["status"] = "ok";
    object["version"] = clerk::server_version;
    object["entries"] = static_cast<std::int64_t>(figures.entries);
    object["pending"] = static_cast<std::int64_t>(figures.pending);
    object["sessions"] = static_cast<std::int64_t>(figures.sessions);
    return canonical_json(object) + '\n';
}

std::string House::metrics() const
{
    const auto clerk = thread_->figures();
    const auto network = gateway_->counters();
    std::string out;
    metric(out, "journal_entries", "gauge", clerk.entries);
    metric(out, "journal_pending", "gauge", clerk.pending);
    metric(out, "journal_groups_total", "counter", clerk.groups);
    metric(out, "commands_answered_total", "counter", clerk.answered);
    metric(out, "commands_refused_total", "counter", clerk.refused);
    metric(out, "commands_repeated_total", "counter", clerk.repeats);
    metric(out, "sessions_signed_in", "gauge", clerk.sessions);
    metric(out, "connections_open", "gauge", network.open);
    metric(out, "connections_accepted_total", "counter", network.accepted);
    metric(out, "connections_refused_total", "counter", network.refused);
    metric(out, "messages_in_total", "counter", network.messages_in);
    metric(out, "messages_out_total", "counter", network.messages_out);
    metric(out, "bytes_in_total", "counter", network.bytes_in);
    metric(out, "bytes_out_total", "counter", network.bytes_out);
    metric(out, "slow_consumers_closed_total", "counter", network.slow_closed);
    metric(out, "bad_requests_total", "counter", network.bad_requests);
    metric(out, "disk_room_bytes", "gauge", data_.store->room_bytes());
    return out;
}

std::optional<gateway::HttpAnswer> House::view(std::string_view path)
{
    constexpr std::string_view documents = "/documents/";
    if (path == "/healthz") return gateway::HttpAnswer{200, "application/json", health()};
    if (path == "/metrics") return gateway::HttpAnswer{200, "text/plain; version=0.0.4", metrics()};
    if (path == "/checkpoint")
        return gateway::HttpAnswer{200, "text/plain; charset=utf-8", publisher_.newest()};
    if (path == "/vkey")
        return gateway::HttpAnswer{200, "text/plain; charset=utf-8", to_vkey(data_.verifier) + '\n'};
    if (!path.starts_with(documents)) return std::nullopt;
    const auto digest = digest_from_hex(path.substr(documents.size()));
    return document(digest ? data_.blobs->get(*digest) : Result<Bytes>(fault(Fault::not_found)));
}

} // namespace plenum
