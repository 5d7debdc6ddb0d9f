#pragma once

#include "protocol/merkle.hpp"

#include <functional>

namespace plenum {

/// C2SP tlog-tiles. One file of the static log: its path below the log's root and its content.
struct TileFile {
    std::string path;
    std::string content;
};

/// `tile/<level>/<index in groups of three digits>` with `.p/<width>` when partial; level "entries" is
/// spelled out.
std::string tile_path(unsigned level, std::uint64_t index, unsigned width);
std::string entries_path(std::uint64_t index, unsigned width);

/// One entry bundle: big-endian uint16 length and bytes, for each entry.
void append_to_entry_bundle(std::string& bundle, std::string_view entry);
Result<std::vector<std::string_view>> split_entry_bundle(std::string_view bundle);

/// Every hash tile and entry bundle of a log of `tree.size()` entries, handed out one by one in path order
/// within a level. `entry(i)` gives the bytes of entry i.
void each_tile(const MerkleTree& tree, const std::function<std::string_view(std::uint64_t)>& entry,
               const std::function<void(TileFile)>& hand_out);

} // namespace plenum
