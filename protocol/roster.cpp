#include "protocol/roster.hpp"

#include "protocol/blob_codec.hpp"

namespace plenum {
std::string encode_roster(const Roster& roster)
{
    return canonical_json(to_json(roster));
}

Result<Roster> decode_roster(std::string_view text)
{
    return decode_blob<Roster>(text);
}

std::string encode_electorate(const Electorate& electorate)
{
    return canonical_json(to_json(electorate));
}

Result<Electorate> decode_electorate(std::string_view text)
{
    return decode_blob<Electorate>(text);
}

} // namespace plenum
