#include "server/journal/file.hpp"
#include "server/journal/posix_file.hpp"
#include "tests/support/simulated_disk.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <filesystem>
#include <functional>
#include <sys/resource.h>

BOOST_AUTO_TEST_SUITE(file_test)

using namespace plenum;
using namespace plenum::journal;
using plenum::testing::SimulatedDisk;

namespace {

/// The same demands on the real disk and on the simulated one, so that tests on the latter mean something.
void on_both_disks(const std::function<void(Directory&)>& demands)
{
    BOOST_TEST_CONTEXT("simulated disk")
    {
        const SimulatedDisk disk;
        demands(*disk.root());
    }
    BOOST_TEST_CONTEXT("real disk")
    {
        std::string path = (std::filesystem::temp_directory_path() / "plenum-file-XXXXXX").string();
        BOOST_TEST_REQUIRE((::mkdtemp(path.data()) != nullptr));
        const auto directory = open_posix_directory(path);
        BOOST_TEST_REQUIRE(directory.has_value());
        demands(**directory);
        std::filesystem::remove_all(path);
    }
}

Bytes some_bytes(std::size_t count, std::uint8_t first)
{
    Bytes bytes(count);
    for (std::size_t i = 0; i < count; ++i)
        bytes[i] = static_cast<std::uint8_t>(first + i);
    return bytes;
}

} // namespace

BOOST_AUTO_TEST_CASE(bytes_are_read_back_from_where_they_were_written)
{
    on_both_disks([](Directory& directory) {
        auto file = directory.create("file");
        BOOST_TEST_REQUIRE(file.has_value());
        BOOST_TEST(*(*file)->size() == 0u);
        BOOST_TEST((*file)->write_durably(5'000, some_bytes(3'000, 1)).has_value());
        BOOST_TEST((*file)->write(100, some_bytes(10, 50)).has_value());
        BOOST_TEST((*file)->sync().has_value());
        BOOST_TEST(*(*file)->size() == 8'000u);

        auto again = directory.open("file");
        BOOST_TEST_REQUIRE(again.has_value());
        Bytes read(4'000, 99);
        BOOST_TEST(*(*again)->read(5'000, read) == 3'000u);
        BOOST_TEST((Bytes(read.begin(), read.begin() + 3'000) == some_bytes(3'000, 1)));
        BOOST_TEST(*(*again)->read(8'000, read) == 0u);
        BOOST_TEST(*(*again)->read(9'000, read) == 0u);
        Bytes small(12);
        BOOST_TEST(*(*again)->read(99, small) == 12u);
        BOOST_TEST(small.front() == 0);
        BOOST_TEST(small[1] == 50);
        BOOST_TEST(small.back() == 0);
    });
}

BOOST_AUTO_TEST_CASE(names_are_created_renamed_removed_and_listed_in_order)
{
    on_both_disks([](Directory& directory) {
        for (const char* name : {"c", "a", "b"})
            BOOST_TEST((*directory.create(name))->write(0, bytes_of(name)).has_value());
        BOOST_TEST(directory.make_directory("folder").has_value());
        BOOST_TEST(directory.make_directory("folder").has_value());
        BOOST_TEST((*directory.list() == std::vector<std::string>{"a", "b", "c", "folder"}));
        BOOST_TEST(directory.rename("a", "c").has_value());
        BOOST_TEST(directory.remove("b").has_value());
        BOOST_TEST(directory.sync().has_value());
        BOOST_TEST((*directory.list() == std::vector<std::string>{"c", "folder"}));
        BOOST_TEST(text_of(*read_file(directory, "c")) == "a");
        BOOST_TEST((*directory.create("c"))->size().value() == 0u); // Emptied.

        auto folder = directory.open_directory("folder");
        BOOST_TEST_REQUIRE(folder.has_value());
        BOOST_TEST((*folder)->list()->empty());
        BOOST_TEST((*folder)->create("c").has_value());
        BOOST_TEST(*(*folder)->free_bytes() > 0u);

        for (const auto& missing :
             {directory.open("b").error(), directory.remove("b").error(), directory.rename("b", "d").error(),
              directory.open_directory("nowhere").error()})
            BOOST_TEST((missing == fault(Fault::not_found)));
    });
}

BOOST_AUTO_TEST_CASE(a_lock_is_held_until_it_is_destroyed)
{
    on_both_disks([](Directory& directory) {
        auto held = directory.lock("lock");
        BOOST_TEST_REQUIRE(held.has_value());
        BOOST_TEST((directory.lock("lock").error() == fault(Fault::in_use)));
        BOOST_TEST(directory.lock("another").has_value());
        held->reset();
        BOOST_TEST(directory.lock("lock").has_value());
    });
}

BOOST_AUTO_TEST_CASE(zeros_replacing_and_erasing_do_what_they_say)
{
    on_both_disks([](Directory& directory) {
        BOOST_TEST(replace_file(directory, "file", some_bytes(3'000'000, 7)).has_value());
        BOOST_TEST((*read_file(directory, "file") == some_bytes(3'000'000, 7)));
        auto file = directory.open("file");
        BOOST_TEST(fill_with_zeros(**file, 10, 2'500'000).has_value());
        Bytes expected = some_bytes(3'000'000, 7);
        std::fill_n(expected.begin() + 10, 2'500'000, std::uint8_t{0});
        BOOST_TEST((*read_file(directory, "file") == expected));
        BOOST_TEST(replace_file(directory, "file", some_bytes(3, 1)).has_value());
        BOOST_TEST((*read_file(directory, "file") == some_bytes(3, 1)));
        BOOST_TEST((*directory.list() == std::vector<std::string>{"file"}));

        BOOST_TEST(directory.create(std::string(temporary_prefix) + "3-file").has_value());
        BOOST_TEST(remove_temporaries(directory).has_value());
        BOOST_TEST((*directory.list() == std::vector<std::string>{"file"}));
        BOOST_TEST(erase_file(directory, "file").has_value());
        BOOST_TEST(erase_file(directory, "file").has_value());
        BOOST_TEST(directory.list()->empty());
    });
}

BOOST_AUTO_TEST_CASE(a_real_write_cut_short_is_a_fault_not_a_success)
{
    std::string path = (std::filesystem::temp_directory_path() / "plenum-file-XXXXXX").string();
    BOOST_TEST_REQUIRE((::mkdtemp(path.data()) != nullptr));
    const auto directory = open_posix_directory(path);
    auto file = (*directory)->create("file");
    rlimit before{};
    BOOST_TEST_REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1'000, before.rlim_max};
    BOOST_TEST_REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
    const auto durable =
        (*file)->write_durably(0, Bytes(2'000, 1)); // The kernel writes 1,000 and then refuses.
    const auto plain = (*file)->write(0, Bytes(2'000, 1));
    BOOST_TEST_REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    std::signal(SIGXFSZ, handler);
    BOOST_TEST((durable.error() == fault(Fault::not_durable)));
    BOOST_TEST((plain.error() == fault(Fault::not_durable)));
    BOOST_TEST(*(*file)->size() == 1'000u);
    std::filesystem::remove_all(path);
}

BOOST_AUTO_TEST_CASE(a_real_directory_that_is_not_there_is_made_only_when_asked_for)
{
    std::string path = (std::filesystem::temp_directory_path() / "plenum-file-XXXXXX").string();
    BOOST_TEST_REQUIRE((::mkdtemp(path.data()) != nullptr));
    BOOST_TEST((open_posix_directory(path + "/a/b").error() == fault(Fault::not_found)));
    BOOST_TEST(make_posix_directory(path + "//a/./b/").has_value());
    BOOST_TEST(open_posix_directory(path + "/a/b").has_value());
    BOOST_TEST(make_posix_directory(path + "/a/b").has_value());
    BOOST_TEST((std::filesystem::status(path + "/a/b").permissions() == std::filesystem::perms::owner_all));
    std::filesystem::remove_all(path);
}

BOOST_AUTO_TEST_SUITE_END()
