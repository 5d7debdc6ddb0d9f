#include "server/journal/posix_file.hpp"
#include "server/journal/writer.hpp"
#include "tests/server/journal/log_fixture.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <filesystem>
#include <future>

BOOST_AUTO_TEST_SUITE(writer_test)

using namespace plenum;
using namespace plenum::journal;
using namespace plenum::journal::fixture;
using plenum::testing::SimulatedDisk;
using plenum::testing::Trouble;

namespace {

/// Waits for what happens on the journal thread.
class Answers {
public:
    void durable(Head head)
    {
        const std::lock_guard lock(mutex_);
        heads_.push_back(std::move(head));
        changed_.notify_all();
    }
    void fatal(boost::system::error_code error)
    {
        const std::lock_guard lock(mutex_);
        faults_.push_back(error);
        changed_.notify_all();
    }
    void wait_for(std::size_t answers)
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return heads_.size() + faults_.size() >= answers; });
    }
    std::vector<Head> heads() const
    {
        const std::lock_guard lock(mutex_);
        return heads_;
    }
    std::vector<boost::system::error_code> faults() const
    {
        const std::lock_guard lock(mutex_);
        return faults_;
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Head> heads_;
    std::vector<boost::system::error_code> faults_;
};

struct WriterOn {
    explicit WriterOn(SegmentStore& store)
        : writer(
              store, [this](Head head) { answers.durable(std::move(head)); },
              [this](boost::system::error_code error) { answers.fatal(error); })
    {}
    Answers answers;
    journal::Writer writer;
};

} // namespace

BOOST_AUTO_TEST_CASE(groups_are_answered_in_order_from_the_journal_thread)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    Recovery report;
    const auto store = open_claimed(*data, report);
    {
        WriterOn on(*store);
        const std::string granted = to_text(on.writer.priority());
        BOOST_TEST(!granted.empty());
        BOOST_TEST_MESSAGE("journal thread priority: " << granted);
        std::uint64_t first = 0;
        for (std::size_t i = 1; i <= 50; ++i) {
            BOOST_TEST_REQUIRE(on.writer.idle());
            on.writer.submit(group_at(first, 1 + i % 3));
            first += 1 + i % 3;
            on.answers.wait_for(i);
            BOOST_TEST(on.answers.heads().back().size == first);
            BOOST_TEST((store->tree().root() == on.answers.heads().back().root)); // Idle: ours to read.
        }
        BOOST_TEST(on.answers.faults().empty());
    }
    BOOST_TEST(count_entries(*store) == 101u); // 16 x (2 + 3 + 1), then 2 and 3.
}

BOOST_AUTO_TEST_CASE(the_callback_may_submit_the_next_group)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    Recovery report;
    const auto store = open_claimed(*data, report);
    std::promise<void> done;
    journal::Writer* self = nullptr;
    std::atomic<int> faults = 0;
    journal::Writer writer(
        *store,
        [&](Head head) {
            if (head.size == 200) {
                done.set_value();
            } else {
                self->submit(group_at(head.size, 1));
            }
        },
        [&](boost::system::error_code) { ++faults; });
    self = &writer;
    writer.submit(group_at(0, 1));
    done.get_future().wait();
    BOOST_TEST(faults == 0);
}

BOOST_AUTO_TEST_CASE(a_fault_is_told_exactly_once_and_nothing_is_retried)
{
    for (const bool full : {false, true}) {
        SimulatedDisk disk;
        const auto data = disk.root();
        Recovery report;
        auto store = open_claimed(*data, report);
        append_until(*store, 2);
        if (full) disk.set_capacity(0); // Only what is prepared is left.
        WriterOn on(*store);
        std::uint64_t acknowledged = store->head().size;
        for (std::size_t answers = 1; on.answers.faults().empty(); ++answers) {
            if (!full && answers == 3) disk.plan(0, Trouble::io_error);
            acknowledged = on.answers.heads().empty() ? acknowledged : on.answers.heads().back().size;
            on.writer.submit(group_at(acknowledged, 1));
            on.answers.wait_for(answers);
        }
        const std::uint64_t operations = disk.operations();
        BOOST_TEST(on.answers.faults().size() == 1u);
        BOOST_TEST((on.answers.faults().front() == fault(full ? Fault::disk_full : Fault::not_durable)));
        BOOST_TEST(!on.writer.idle());
        BOOST_TEST(disk.operations() == operations);
    }
}

BOOST_AUTO_TEST_CASE(the_group_in_flight_is_finished_before_the_writer_ends)
{
    SimulatedDisk disk;
    const auto data = disk.root();
    Recovery report;
    const auto store = open_claimed(*data, report);
    Answers answers;
    for (std::uint64_t i = 0; i < 20; ++i) {
        journal::Writer writer(
            *store, [&](Head head) { answers.durable(std::move(head)); },
            [&](boost::system::error_code error) { answers.fatal(error); });
        writer.submit(group_at(i, 1));
    }
    BOOST_TEST(answers.heads().size() == 20u);
    BOOST_TEST(store->head().size == 20u);
}

BOOST_AUTO_TEST_CASE(journal_thread_preparer_and_room_work_together_on_the_real_disk)
{
    std::string path = (std::filesystem::temp_directory_path() / "plenum-writer-XXXXXX").string();
    BOOST_TEST_REQUIRE((::mkdtemp(path.data()) != nullptr));
    {
        const auto data = open_posix_directory(path);
        BOOST_TEST_REQUIRE(data.has_value());
        SegmentOptions options = small_options();
        options.prepare_in_background = true;
        Recovery report;
        auto store = SegmentStore::open(**data, options, log_key(), report);
        BOOST_TEST_REQUIRE(store.has_value());
        BOOST_TEST_REQUIRE((*store)->claim().has_value());
        {
            WriterOn on(**store);
            for (std::size_t i = 0; i < 60; ++i) { // Ten segments.
                on.writer.submit(group_at(i, 1));
                BOOST_TEST((*store)->room_bytes() > 0u); // The clerk's thread asks while the journal writes.
                on.answers.wait_for(i + 1);
            }
            BOOST_TEST(on.answers.faults().empty());
        }
        BOOST_TEST(count_entries(**store) == 60u);
    }
    std::filesystem::remove_all(path);
}

BOOST_AUTO_TEST_SUITE_END()
