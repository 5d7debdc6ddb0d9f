// Property: whatever the bytes, decoding a ballot answers; what it accepts, it gives back byte for byte; and
// the reference and the batch come to the same answer. The first byte chooses one of three votes.
#include "protocol/ballot/verify.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>

using namespace plenum;
using namespace plenum::ballot;

namespace {

class SystemRandomness final : public Randomness {
public:
    void fill(std::span<std::uint8_t> bytes) override { randombytes_buf(bytes.data(), bytes.size()); }
};

/// The ballots of the corpus were made under these terms; nobody needs to know their keys.
std::vector<BallotTerms> all_terms()
{
    BallotTerms terms;
    terms.election_key = times_generator(scalar_of(2));
    terms.vote_generator = times_generator(scalar_of(3));
    terms.base = 16;
    std::vector<BallotTerms> all(3, terms);
    all[1].shape = {ShapeKind::choose, 3, 1, 1, 2};
    all[2].shape = {ShapeKind::elect, 2, 1, 0, 1};
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const std::vector<BallotTerms> all = all_terms();
    if (size == 0) return 0;
    const BallotTerms& terms = all[data[0] % all.size()];
    const ByteView bytes(data + 1, size - 1);
    const auto decoded = decode_ballot(bytes, terms);
    if (decoded && !std::ranges::equal(encode_ballot(*decoded), bytes)) std::abort();

    const auto reference = verify_ballot(bytes, terms);
    SystemRandomness randomness;
    const auto batch = verify_ballots(std::span(&bytes, 1), terms, randomness);
    if (batch.size() != 1 || batch[0].has_value() != reference.has_value()) std::abort();
    if (!reference && reference.error() != batch[0].error()) std::abort();
    if (!decoded && (reference || reference.error() != decoded.error())) std::abort();
    return 0;
}
