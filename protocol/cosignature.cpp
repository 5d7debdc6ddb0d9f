#include "protocol/cosignature.hpp"

#include <algorithm>

namespace plenum {

std::string cosigned_text(const Checkpoint& checkpoint, std::uint64_t time_s)
{
    return "cosignature/v1\ntime " + std::to_string(time_s) + "\n" + to_text(checkpoint);
}

Cosignature cosign(const Checkpoint& checkpoint, std::uint64_t time_s, const SigningKey& key)
{
    const auto signature = key.sign(bytes_of(cosigned_text(checkpoint, time_s)));
    return {checkpoint.size, checkpoint.root, time_s, {signature.begin(), signature.end()}};
}

Result<void> check_cosignature(const std::string& origin, const Cosignature& cosignature,
                               std::span<const std::uint8_t, 32> key)
{
    std::array<std::uint8_t, 64> signature{};
    if (cosignature.signature.size() != signature.size()) return fault(Fault::bad_signature);
    std::ranges::copy(cosignature.signature, signature.begin());
    const auto text = cosigned_text({origin, cosignature.size, cosignature.root}, cosignature.time_s);
    if (!verify_ed25519(bytes_of(text), signature, key)) return fault(Fault::bad_signature);
    return {};
}

} // namespace plenum
