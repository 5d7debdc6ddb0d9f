#include "server/clerk/clerk_thread.hpp"

#include "server/journal/writer.hpp"
#include "tests/server/clerk/desk.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>

// The clerk on its own thread, with the journal's thread behind it and many network threads before it.

BOOST_AUTO_TEST_SUITE(clerk_thread)

using namespace plenum;
using namespace plenum::clerk;
using namespace plenum::clerk::testing;

namespace {

/// What other threads may look at.
struct Heard {
    std::atomic<std::uint64_t> receipts = 0;
    std::atomic<std::uint64_t> busy = 0;
    std::atomic<std::uint64_t> notifications = 0;
    std::atomic<std::uint64_t> published = 0; ///< size of the newest checkpoint
};

/// A clerk thread over a log in memory whose syncs take a while.
class Office {
public:
    Office();
    ~Office() { close(); }

    ClerkThread& thread() { return *thread_; }
    /// As main does: what is decided becomes durable, then the threads end.
    void close();
    /// Only once the thread was stopped: the journal's own thread appends.
    std::size_t entries() const { return store_.entries.size(); }
    std::size_t founded_entries = 0; ///< written before this process began
    const chamber::State& state() const { return clerk_->durable_state(); }

    Heard heard;
    std::string secretary;
    MeetingId meeting{};
    std::atomic<bool> hold = false; ///< syncs do not return

private:
    class SlowStore;

    Ports ports();

    MemoryStore store_;
    std::map<Digest, std::string> blobs_;
    std::unique_ptr<SlowStore> slow_;
    std::unique_ptr<Clerk> clerk_;
    std::unique_ptr<ClerkThread> thread_;
    std::unique_ptr<journal::Writer> writer_;
};

class Office::SlowStore final : public journal::JournalStore {
public:
    SlowStore(MemoryStore& store, const std::atomic<bool>& hold) : store_(store), hold_(hold) {}
    Result<journal::Head> claim() override { return store_.claim(); }
    Result<journal::Head> append_group(const journal::Group& group) override
    {
        do
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        while (hold_);
        return store_.append_group(group);
    }
    Result<void> read_from(std::uint64_t first,
                           const std::function<bool(std::uint64_t, std::string_view)>& take) override
    {
        return store_.read_from(first, take);
    }
    Result<void>
    read_sealed(std::uint64_t first,
                const std::function<bool(std::uint64_t, const std::vector<Bytes>&)>& take) override
    {
        return store_.read_sealed(first, take);
    }
    const journal::Head& head() const override { return store_.head(); }
    std::uint64_t room_bytes() const override { return store_.room_bytes(); }

private:
    MemoryStore& store_;
    const std::atomic<bool>& hold_;
};

Office::Office()
{
    {
        // Founded at the command line, by a process before this one.
        Desk desk;
        const auto body = make_body(desk, 3);
        secretary = desk.officer(Role::secretary, body);
        const Threshold quorum{1, 2, true, Base::all_members};
        meeting = MeetingId{desk.act(CreateMeeting{body, "会议", 1, 1, quorum}).seq};
        store_ = std::move(desk.store);
        founded_entries = store_.entries.size();
        blobs_ = std::move(desk.blobs);
    }
    slow_ = std::make_unique<SlowStore>(store_, hold);
    clerk_ = std::make_unique<Clerk>(ports(), note_verifier(origin, log_key().public_key()));
    BOOST_REQUIRE(clerk_->load(*slow_).has_value());
    const auto head = slow_->claim();
    const auto time = std::make_shared<std::atomic<std::uint64_t>>(1'772'800'000'000);
    thread_ = std::make_unique<ClerkThread>(
        *clerk_, ClerkThread::Senses{[time] { return (*time)++; },
                                     [time] {
                                         Seed seed{};
                                         seed[0] = static_cast<std::uint8_t>((*time)++);
                                         return seed;
                                     }});
    writer_ = std::make_unique<journal::Writer>(
        *slow_, [this](journal::Head durable) { thread_->durable(std::move(durable)); },
        [](boost::system::error_code) { std::abort(); });
    clerk_->start(*head, std::nullopt, *time);
}

Ports Office::ports()
{
    Ports ports;
    ports.answer = [this](SessionId, const Message& message) {
        if (message->find("\"leaf\"") != std::string::npos) ++heard.receipts;
        if (message->find("\"busy\"") != std::string::npos) ++heard.busy;
    };
    ports.send = [this](const std::vector<SessionId>& sessions, const Message&, std::string_view) {
        heard.notifications += sessions.size();
    };
    ports.signed_in = [](SessionId) {};
    ports.set_read_limit = [](SessionId, std::size_t) {};
    ports.close = [](SessionId, const std::string&) {};
    ports.replaced = [](SessionId) {};
    ports.submit = [this](journal::Group group) { writer_->submit(std::move(group)); };
    ports.put_blob = [this](const chamber::NewBlob& blob) -> Result<void> {
        blobs_[blob.digest] = blob.content;
        return {};
    };
    ports.erase_blob = [this](const Digest& digest) -> Result<void> {
        blobs_.erase(digest);
        return {};
    };
    ports.blobs = [this](const Digest& digest) -> std::optional<std::string> {
        const auto found = blobs_.find(digest);
        return found == blobs_.end() ? std::nullopt : std::optional(found->second);
    };
    ports.publish = [this](std::uint64_t size, const std::string&) -> Result<void> {
        heard.published = size;
        return {};
    };
    ports.disk_low = [] { return false; };
    ports.stop = [](Fault, const std::string&) { std::abort(); };
    return ports;
}

void Office::close()
{
    if (thread_) thread_->stop();
    writer_.reset();
}

Request hello_as(const std::string& code)
{
    return {"hello", std::string(Hello::method), to_json(Hello{code, std::nullopt, std::nullopt})};
}

Request add_item(MeetingId meeting, std::uint64_t number)
{
    const Command command = AddItem{meeting, "议题" + std::to_string(number)};
    return {"item-" + std::to_string(number), std::string(AddItem::method), encode_params(command)};
}

} // namespace

BOOST_AUTO_TEST_CASE(many_threads_post_and_stop_waits_until_all_of_it_is_durable)
{
    Office office;
    office.thread().run();
    constexpr std::uint64_t threads = 4;
    constexpr std::uint64_t requests = 200;
    std::vector<std::thread> network;
    for (std::uint64_t thread = 0; thread < threads; ++thread) {
        network.emplace_back([&office, thread] {
            const SessionId session{thread + 1};
            if (!office.thread().requested(session, hello_as(office.secretary))) std::abort();
            for (std::uint64_t at = 0; at < requests; ++at) {
                if (!office.thread().requested(session, add_item(office.meeting, thread * requests + at)))
                    std::abort();
                (void)office.thread().figures();
                (void)office.thread().head();
            }
            office.thread().closed(session);
        });
    }
    for (auto& thread : network)
        thread.join();
    office.thread().stop();
    BOOST_TEST(office.heard.receipts == threads * requests);
    constexpr std::uint64_t server_started = 1;
    BOOST_TEST(office.entries() == office.founded_entries + server_started + threads * requests);
    BOOST_TEST(office.state().entries == office.entries());
    BOOST_TEST(office.thread().head().size == office.entries());
    BOOST_TEST(office.thread().figures().pending == 0U);
    BOOST_TEST(office.thread().figures().sessions == 0U);
    BOOST_TEST(office.heard.notifications > 0U);
}

BOOST_AUTO_TEST_CASE(what_was_put_in_before_the_thread_runs_is_not_lost)
{
    Office office;
    BOOST_TEST(office.thread().requested(SessionId{1}, hello_as(office.secretary)));
    for (std::uint64_t at = 0; at < 10; ++at) {
        BOOST_TEST(office.thread().requested(SessionId{1}, add_item(office.meeting, at)));
    }
    office.thread().run();
    office.thread().stop();
    BOOST_TEST(office.heard.receipts == 10U);
}

BOOST_AUTO_TEST_CASE(a_clerk_that_stops_publishes_where_the_record_ends)
{
    Office office;
    office.thread().run();
    BOOST_TEST(office.thread().requested(SessionId{1}, hello_as(office.secretary)));
    BOOST_TEST(office.thread().requested(SessionId{1}, add_item(office.meeting, 1)));
    office.thread().stop();
    BOOST_TEST(office.heard.receipts == 1U);
    BOOST_TEST(office.heard.published == office.entries());
}

BOOST_AUTO_TEST_CASE(a_stopped_clerk_takes_nothing_more)
{
    Office office;
    office.thread().run();
    office.thread().stop();
    BOOST_TEST(!office.thread().requested(SessionId{1}, hello_as(office.secretary)));
    office.thread().stop(); // Twice is once.
}

BOOST_AUTO_TEST_CASE(other_doors_may_ask_who_a_code_signs_in)
{
    Office office;
    std::optional<Actor> known;
    std::optional<Actor> stranger = Actor{};
    std::uint64_t entries = 0;
    BOOST_TEST(
        office.thread().identify(office.secretary, [&](const auto& actor, const chamber::State& durable) {
            known = actor;
            entries = durable.entries;
        }));
    BOOST_TEST(office.thread().identify("nobody's",
                                        [&](const auto& actor, const chamber::State&) { stranger = actor; }));
    office.thread().run();
    office.thread().stop();
    BOOST_TEST((known && known->role == Role::secretary));
    BOOST_TEST(!stranger.has_value());
    BOOST_TEST(entries > 0U);
    BOOST_TEST(entries <= office.entries());
    BOOST_TEST(!office.thread().identify(office.secretary, [](const auto&, const chamber::State&) {}));
}

BOOST_AUTO_TEST_CASE(a_full_queue_turns_requests_away_at_the_door)
{
    Office office;
    std::size_t taken = 0;
    while (office.thread().requested(SessionId{1}, {"x", "no.such.method", boost::json::object()}))
        ++taken;
    BOOST_TEST(taken == queue_requests_max);
    office.thread().run();
    while (!office.thread().requested(SessionId{1}, hello_as(office.secretary))) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    BOOST_TEST(office.thread().requested(SessionId{1}, add_item(office.meeting, 1)));
    office.thread().stop();
    BOOST_TEST(office.heard.receipts == 1U);
}

BOOST_AUTO_TEST_CASE(stop_waits_for_a_sync_that_takes_long)
{
    Office office;
    office.hold = true;
    office.thread().run();
    BOOST_TEST(office.thread().requested(SessionId{1}, hello_as(office.secretary)));
    BOOST_TEST(office.thread().requested(SessionId{1}, add_item(office.meeting, 1)));
    std::thread disk([&office] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        office.hold = false;
    });
    office.thread().stop();
    BOOST_TEST(office.heard.receipts == 1U);
    disk.join();
}

BOOST_AUTO_TEST_SUITE_END()
