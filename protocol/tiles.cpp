#include "protocol/tiles.hpp"

#include "protocol/assert.hpp"

#include <algorithm>

namespace plenum {
namespace {

constexpr unsigned tile_width = 256;
constexpr unsigned tile_height = 8;
constexpr std::size_t entry_length_max = 0xFFFF;

/// 1234067 is x001/x234/067: no folder ever holds more than a thousand names twice over.
std::string index_path(std::uint64_t index, unsigned width)
{
    PLENUM_ASSERT(width >= 1 && width <= tile_width);
    const auto group = [](std::uint64_t value) {
        const std::string digits = std::to_string(value % 1000);
        return std::string(3 - digits.size(), '0') + digits;
    };
    std::string path = group(index);
    for (index /= 1000; index > 0; index /= 1000)
        path = "x" + group(index) + "/" + path;
    if (width < tile_width) path += ".p/" + std::to_string(width);
    return path;
}

/// Calls `make(index, width)` for each tile over `nodes` nodes: full ones, then the partial one if there is
/// any.
template <class Make>
void each_index(std::uint64_t nodes, Make make)
{
    for (std::uint64_t index = 0; index * tile_width < nodes; ++index)
        make(index, static_cast<unsigned>(std::min<std::uint64_t>(tile_width, nodes - index * tile_width)));
}

} // namespace

std::string tile_path(unsigned level, std::uint64_t index, unsigned width)
{
    return "tile/" + std::to_string(level) + "/" + index_path(index, width);
}

std::string entries_path(std::uint64_t index, unsigned width)
{
    return "tile/entries/" + index_path(index, width);
}

void append_to_entry_bundle(std::string& bundle, std::string_view entry)
{
    PLENUM_ASSERT(entry.size() <= entry_length_max);
    Writer length;
    length.u16_be(static_cast<std::uint16_t>(entry.size()));
    bundle += text_of(length.bytes());
    bundle += entry;
}

Result<std::vector<std::string_view>> split_entry_bundle(std::string_view bundle)
{
    std::vector<std::string_view> entries;
    for (Reader reader(bytes_of(bundle)); !reader.at_end();) {
        const std::size_t length = reader.u16_be();
        const ByteView entry = reader.raw(length);
        if (!reader.ok()) return fault(Fault::truncated);
        entries.push_back(text_of(entry));
    }
    return entries;
}

void each_tile(const MerkleTree& tree, const std::function<std::string_view(std::uint64_t)>& entry,
               const std::function<void(TileFile)>& hand_out)
{
    unsigned level = 0;
    for (std::uint64_t nodes = tree.size(); nodes > 0; nodes /= tile_width, ++level) {
        each_index(nodes, [&](std::uint64_t index, unsigned width) {
            std::string content;
            content.reserve(width * Digest::size);
            for (unsigned i = 0; i < width; ++i)
                content += text_of(tree.node(level * tile_height, index * tile_width + i).view());
            hand_out({tile_path(level, index, width), std::move(content)});
        });
    }
    each_index(tree.size(), [&](std::uint64_t index, unsigned width) {
        std::string bundle;
        for (unsigned i = 0; i < width; ++i)
            append_to_entry_bundle(bundle, entry(index * tile_width + i));
        hand_out({entries_path(index, width), std::move(bundle)});
    });
}

} // namespace plenum
