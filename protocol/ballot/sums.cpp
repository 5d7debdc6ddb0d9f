#include "protocol/ballot/sums.hpp"

#include "protocol/ballot/multi_scalar.hpp"

namespace plenum::ballot {
namespace {

struct OpenSum {
    OpenPoint alpha;
    OpenPoint beta;
};

bool add_point(OpenPoint& sum, ByteView bytes)
{
    const auto point = OpenPoint::decode(bytes);
    if (!point) return false;
    sum += *point;
    return true;
}

} // namespace

Result<std::vector<EncryptedSum>> sums_of(const BallotTerms& terms, std::span<const Bytes> ballots)
{
    constexpr std::size_t point_bytes = 32;
    std::vector<OpenSum> open(ciphertext_count(terms.shape));
    for (const Bytes& ballot : ballots) {
        const auto fields = split_ballot(ballot, terms);
        if (!fields) return fault(Fault::malformed);
        Reader reader(fields->ciphertexts);
        for (OpenSum& sum : open) {
            const bool is_alpha = add_point(sum.alpha, reader.raw(point_bytes));
            if (!is_alpha || !add_point(sum.beta, reader.raw(point_bytes)))
                return fault(Fault::not_canonical);
        }
    }
    std::vector<EncryptedSum> sums;
    for (const OpenSum& sum : open)
        sums.push_back({sum.alpha.encode(), sum.beta.encode()});
    return sums;
}

} // namespace plenum::ballot
