#include "server/commands.hpp"

#include <cstdio>

namespace plenum {

void complain(const char* program, const LocalText& text)
{
    std::fprintf(stderr, "plenum %s: %s / %s\n", program, text.zh.c_str(), text.en.c_str());
}

int end_of_program(const char* program, int code, const LocalText& why)
{
    complain(program, why);
    return code;
}

} // namespace plenum
