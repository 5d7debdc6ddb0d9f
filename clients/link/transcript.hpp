#pragma once

#include "protocol/result.hpp"

#include <cstdint>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace plenum::link {

/// What the consoles of a pool and their server said, frame by frame as it stood on the socket, in a file of
/// JSON lines `{"connection":…,"from":"console"|"server","text":…}`. For whoever sets real traffic against
/// schemas/. It holds access codes, so only its owner may read it. May be used from any thread.
class Transcript {
public:
    enum class Speaker { console, server };

    /// Makes the file; Fault::io_error when that is not possible, also when it exists already.
    static Result<std::shared_ptr<Transcript>> make(const std::string& path);

    /// Writes one frame down. A console's is written down before it is sent, so that no answer precedes it.
    void note(std::uint64_t connection, Speaker speaker, std::string_view text);

    /// Whether everything noted so far is in the file.
    bool is_whole();

private:
    explicit Transcript(std::ofstream file) : file_(std::move(file)) {}

    std::mutex mutex_;
    std::ofstream file_;
};

} // namespace plenum::link
