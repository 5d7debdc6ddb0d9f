#include "server/publisher.hpp"

#include "tests/support/simulated_disk.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <thread>

BOOST_AUTO_TEST_SUITE(publisher_test)

using namespace plenum;
using plenum::testing::SimulatedDisk;
using plenum::testing::Trouble;

namespace {

using namespace std::chrono_literals;

constexpr auto long_enough = 20s;
constexpr const char* origin = "plenum.test/publisher";

const SigningKey& log_key()
{
    static const SigningKey key{std::array<std::uint8_t, 32>{7}};
    return key;
}

std::string note_for(std::uint64_t size)
{
    return sign_checkpoint({origin, size, sha256(std::to_string(size))}, log_key());
}

/// A publisher on a disk that has as much room as the test wants.
struct Board {
    explicit Board(std::chrono::milliseconds retry_every)
        : root(disk.root()), checkpoints(*journal::PublishedCheckpoints::open(
                                 *root, note_verifier(origin, log_key().public_key()))),
          publisher(
              checkpoints,
              [this](boost::system::error_code error) {
                  fault_seen = error.value();
                  ++faults;
              },
              retry_every)
    {}

    template <class Holds>
    bool wait_until(const Holds& holds) const
    {
        const auto until = std::chrono::steady_clock::now() + long_enough;
        while (!holds()) {
            if (std::chrono::steady_clock::now() > until) return false;
            std::this_thread::sleep_for(1ms);
        }
        return true;
    }

    bool shows(std::uint64_t size) const
    {
        return wait_until([&] { return publisher.newest() == note_for(size); });
    }

    /// Publishes and waits until so many operations of the disk have been tried since.
    bool publish_and_try(std::uint64_t size, std::uint64_t operations)
    {
        const auto from = disk.operations();
        publisher.publish(note_for(size));
        return wait_until([&] { return disk.operations() >= from + operations; });
    }

    SimulatedDisk disk;
    std::unique_ptr<journal::Directory> root;
    journal::PublishedCheckpoints checkpoints;
    std::atomic<int> faults = 0;
    std::atomic<int> fault_seen = 0;
    Publisher publisher;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_full_disk_keeps_the_newest_checkpoint_waiting_until_there_is_room)
{
    Board board(1ms);
    board.publisher.publish(note_for(1));
    BOOST_TEST(board.shows(1));

    board.disk.set_capacity(0);
    BOOST_TEST(board.publish_and_try(2, 50));
    BOOST_TEST(board.publish_and_try(3, 50));
    BOOST_TEST(board.faults == 0);
    BOOST_TEST(board.publisher.newest() == note_for(1), "what is not durable is not served");

    board.disk.set_capacity(1 << 20);
    BOOST_TEST(board.shows(3));
    BOOST_TEST((*board.checkpoints.sizes() == std::vector<std::uint64_t>{1, 3}));
    board.publisher.publish(note_for(4));
    BOOST_TEST(board.shows(4));
    BOOST_TEST(board.faults == 0);
}

BOOST_AUTO_TEST_CASE(any_other_fault_is_reported_once_and_nothing_more_is_published)
{
    Board board(1ms);
    board.publisher.publish(note_for(1));
    BOOST_TEST(board.shows(1));
    board.disk.plan(2, Trouble::io_error); // Past the reading of the one before.
    board.publisher.publish(note_for(2));
    BOOST_TEST(board.wait_until([&] { return board.faults == 1; }));
    BOOST_TEST((board.fault_seen == static_cast<int>(Fault::io_error)));
    const auto operations = board.disk.operations();
    board.publisher.publish(note_for(3));
    std::this_thread::sleep_for(20ms);
    BOOST_TEST(board.disk.operations() == operations);
    BOOST_TEST(board.publisher.newest() == note_for(1));
    BOOST_TEST(board.faults == 1);
}

BOOST_AUTO_TEST_CASE(a_publisher_that_waits_for_room_ends_at_once_and_tries_a_last_time)
{
    const auto begun = std::chrono::steady_clock::now();
    SimulatedDisk disk;
    for (const bool room_in_the_end : {false, true}) {
        Board board(std::chrono::hours(1));
        disk = board.disk;
        board.disk.set_capacity(0);
        // Looks for the newest, creates, writes, and takes the rest away again.
        BOOST_TEST(board.publish_and_try(5, 4));
        if (room_in_the_end) board.disk.set_capacity(1 << 20);
    }
    BOOST_TEST((std::chrono::steady_clock::now() - begun < long_enough));
    BOOST_TEST(text_of(disk.content("checkpoints/newest")) == note_for(5));
}

BOOST_AUTO_TEST_SUITE_END()
