#include "server/codes_file.hpp"

#include "server/papers/csv_line.hpp"

#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace plenum {
namespace {

std::string line_of(const IssuedCode& code)
{
    return papers::csv_line({code.number, code.name, std::string(codec::enum_name(code.role)), code.code});
}

constexpr std::string_view heading = "number,name,role,code\n";

} // namespace

Result<void> write_codes(const std::string& path, const std::vector<IssuedCode>& codes)
{
    const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return fault(errno == EEXIST ? Fault::in_use : Fault::io_error);
    std::string text(heading);
    for (const auto& code : codes)
        text += line_of(code);
    const bool written = write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                         fsync(descriptor) == 0;
    if (close(descriptor) != 0 || !written) return fault(Fault::io_error);
    return {};
}

void print_codes(const std::vector<IssuedCode>& codes)
{
    std::fputs(heading.data(), stdout);
    for (const auto& code : codes)
        std::fputs(line_of(code).c_str(), stdout);
}

} // namespace plenum
