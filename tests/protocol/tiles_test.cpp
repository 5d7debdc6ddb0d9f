#include "protocol/tiles.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

BOOST_AUTO_TEST_SUITE(tiles_test)

using namespace plenum;

namespace {

std::string entry_at(std::uint64_t index)
{
    return "entry " + std::to_string(index);
}

std::map<std::string, std::string> tiles_of(std::uint64_t size)
{
    MerkleTree tree;
    std::vector<std::string> entries;
    for (std::uint64_t i = 0; i < size; ++i) {
        entries.push_back(entry_at(i));
        tree.append(leaf_hash(bytes_of(entries.back())));
    }
    std::map<std::string, std::string> files;
    each_tile(
        tree, [&](std::uint64_t index) { return std::string_view(entries[index]); },
        [&](TileFile file) {
            const bool is_new = files.emplace(file.path, file.content).second;
            BOOST_TEST(is_new, file.path);
        });
    return files;
}

} // namespace

BOOST_AUTO_TEST_CASE(paths_follow_tlog_tiles)
{
    BOOST_TEST(tile_path(0, 0, 256) == "tile/0/000");
    BOOST_TEST(tile_path(0, 0, 1) == "tile/0/000.p/1");
    BOOST_TEST(tile_path(1, 999, 255) == "tile/1/999.p/255");
    BOOST_TEST(tile_path(3, 1000, 256) == "tile/3/x001/000");
    BOOST_TEST(tile_path(0, 1234067, 256) == "tile/0/x001/x234/067");
    BOOST_TEST(tile_path(63, 1000000, 7) == "tile/63/x001/x000/000.p/7");
    BOOST_TEST(entries_path(1234067, 256) == "tile/entries/x001/x234/067");
    BOOST_TEST(entries_path(273, 112) == "tile/entries/273.p/112");
}

BOOST_AUTO_TEST_CASE(a_bundle_splits_into_the_entries_it_was_made_of)
{
    const std::vector<std::string> entries{"", "a", std::string("\0\n", 2), std::string(256, 'x'),
                                           std::string(65535, 'y')};
    std::string bundle;
    for (const auto& entry : entries)
        append_to_entry_bundle(bundle, entry);
    const auto split = split_entry_bundle(bundle);
    BOOST_TEST_REQUIRE(split.has_value());
    BOOST_TEST((std::vector<std::string>(split->begin(), split->end()) == entries));
    BOOST_TEST(split_entry_bundle("").value().empty());
    BOOST_TEST(to_hex(bytes_of(std::string_view(bundle).substr(0, 5))) == "0000000161");
}

BOOST_AUTO_TEST_CASE(a_bundle_cut_short_is_refused)
{
    std::string bundle;
    append_to_entry_bundle(bundle, "one");
    append_to_entry_bundle(bundle, "two");
    for (std::size_t length = 0; length < bundle.size(); ++length) {
        const bool at_boundary = length == 0 || length == 5;
        BOOST_TEST(split_entry_bundle(bundle.substr(0, length)).has_value() == at_boundary, length);
    }
}

BOOST_AUTO_TEST_CASE(a_log_has_exactly_the_files_its_size_demands)
{
    const struct {
        std::uint64_t size;
        std::vector<std::string> paths; // sorted
    } cases[] = {
        {0, {}},
        {1, {"tile/0/000.p/1", "tile/entries/000.p/1"}},
        {255, {"tile/0/000.p/255", "tile/entries/000.p/255"}},
        {256, {"tile/0/000", "tile/1/000.p/1", "tile/entries/000"}},
        {257, {"tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/1"}},
        {600,
         {"tile/0/000", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/000",
          "tile/entries/001", "tile/entries/002.p/88"}},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.size)
        {
            std::vector<std::string> paths;
            for (const auto& [path, content] : tiles_of(c.size))
                paths.push_back(path);
            BOOST_TEST(paths == c.paths, boost::test_tools::per_element());
        }
    const auto large = tiles_of(65536 + 256 + 3);
    BOOST_TEST(large.size() == 2u * 258 + 2 + 1);
    BOOST_TEST(large.contains("tile/0/257.p/3"));
    BOOST_TEST(large.contains("tile/1/000"));
    BOOST_TEST(large.contains("tile/1/001.p/1"));
    BOOST_TEST(large.contains("tile/2/000.p/1"));
    BOOST_TEST(large.contains("tile/entries/257.p/3"));
}

BOOST_AUTO_TEST_CASE(tiles_hold_the_leaves_and_the_roots_of_the_tiles_below)
{
    const auto files = tiles_of(600);
    for (const auto& [name, count] : {std::pair{"000", 256u}, {"001", 256u}, {"002.p/88", 88u}}) {
        const std::string& bundle = files.at(std::string("tile/entries/") + name);
        const std::string& tile = files.at(std::string("tile/0/") + name);
        const auto entries = split_entry_bundle(bundle).value();
        BOOST_TEST_REQUIRE(entries.size() == count);
        BOOST_TEST_REQUIRE(tile.size() == count * 32);
        MerkleFrontier frontier;
        for (std::size_t i = 0; i < count; ++i) {
            const Digest leaf = leaf_hash(bytes_of(entries[i]));
            frontier.append(leaf);
            BOOST_TEST_REQUIRE((digest_from_bytes(bytes_of(tile).subspan(i * 32, 32)).value() == leaf));
        }
        if (count < 256) continue;
        const std::string& above = files.at("tile/1/000.p/2");
        const std::size_t place = std::string_view(name) == "000" ? 0 : 1;
        BOOST_TEST((digest_from_bytes(bytes_of(above).subspan(place * 32, 32)).value() == frontier.root()));
    }
    BOOST_TEST(split_entry_bundle(files.at("tile/entries/002.p/88")).value()[87] == entry_at(599));
}

BOOST_AUTO_TEST_SUITE_END()
