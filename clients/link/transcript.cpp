#include "clients/link/transcript.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <fcntl.h>
#include <unistd.h>

namespace plenum::link {

Result<std::shared_ptr<Transcript>> Transcript::make(const std::string& path)
{
    // A stream of the library cannot make a file that nobody else may read.
    const int made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (made < 0) return fault(Fault::io_error);
    ::close(made);
    std::ofstream file(path, std::ios::binary);
    if (!file) return fault(Fault::io_error);
    return std::shared_ptr<Transcript>(new Transcript(std::move(file)));
}

void Transcript::note(std::uint64_t connection, Speaker speaker, std::string_view text)
{
    const auto line = boost::json::serialize(
        boost::json::object{{"connection", connection},
                            {"from", speaker == Speaker::console ? "console" : "server"},
                            {"text", text}});
    const std::lock_guard lock(mutex_);
    file_ << line << '\n';
}

bool Transcript::is_whole()
{
    const std::lock_guard lock(mutex_);
    return file_.flush().good();
}

} // namespace plenum::link
