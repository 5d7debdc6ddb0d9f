#include "protocol/private_value.hpp"

#include "protocol/blob_codec.hpp"
#include "protocol/bytes.hpp"

namespace plenum {

Bytes derive_salt(const Seed& seed, std::uint64_t seq)
{
    Writer writer;
    writer.raw("plenum/private-salt/v1");
    writer.raw(seed);
    writer.u64(seq);
    const auto digest = sha256(writer.take());
    return {digest.bytes.begin(), digest.bytes.begin() + 16};
}

std::string encode_private_value(const PrivateValue& value)
{
    return canonical_json(to_json(value));
}

Result<PrivateValue> decode_private_value(std::string_view text)
{
    return decode_blob<PrivateValue>(text);
}

} // namespace plenum
