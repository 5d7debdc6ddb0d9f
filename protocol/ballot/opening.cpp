#include "protocol/ballot/opening.hpp"

#include "protocol/assert.hpp"
#include "protocol/ballot/choice.hpp"

namespace plenum::ballot {

namespace {

constexpr std::size_t plaintext_bytes = 8;

bool encrypts(const Ciphertext& ciphertext, std::uint64_t m, const Scalar& r, const Point& election_key)
{
    return ciphertext.alpha == times_generator(r) &&
           ciphertext.beta == add(times(r, election_key), times_generator(scalar_of(m)));
}

} // namespace

Bytes encode_opening(const Opening& opening)
{
    PLENUM_ASSERT(opening.plaintexts.size() == opening.randomness.size());
    Writer bytes;
    for (std::size_t j = 0; j < opening.plaintexts.size(); ++j) {
        bytes.raw(opening.plaintexts[j].reveal().first<plaintext_bytes>());
        bytes.raw(opening.randomness[j].reveal());
    }
    return bytes.take();
}

Result<Bytes> check_opening(ByteView opening, ByteView ballot, const BallotTerms& terms)
{
    if (const auto usable = check_terms(terms); !usable) return usable.error();
    const auto decoded = decode_ballot(ballot, terms);
    if (!decoded) return fault(Fault::malformed);
    Reader reader(opening);
    std::vector<std::uint64_t> plaintexts;
    for (const Ciphertext& ciphertext : decoded->ciphertexts) {
        plaintexts.push_back(reader.u64());
        const ByteView spelled = reader.raw(sizeof(Scalar));
        if (!reader.ok()) return fault(Fault::truncated);
        const auto r = parse_scalar(spelled);
        if (!r) return r.error();
        if (!encrypts(ciphertext, plaintexts.back(), *r, terms.election_key)) return fault(Fault::bad_proof);
    }
    if (!reader.at_end()) return fault(Fault::malformed);
    return choice_from(plaintexts, terms.shape, terms.base);
}

} // namespace plenum::ballot
