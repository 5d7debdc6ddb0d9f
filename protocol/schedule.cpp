#include "protocol/schedule.hpp"

#include "protocol/blob_codec.hpp"

namespace plenum {

std::string encode_schedule(const Schedule& schedule)
{
    return canonical_json(to_json(schedule));
}

Result<Schedule> decode_schedule(std::string_view text)
{
    return decode_blob<Schedule>(text);
}

} // namespace plenum
