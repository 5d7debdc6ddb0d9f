#pragma once

#include "protocol/ballot/make_ballot.hpp"
#include "protocol/ballot/verify.hpp"

#include <sodium.h>

#include <cstdlib>
#include <iostream>
#include <string_view>

namespace plenum::bench {

class SystemRandomness final : public ballot::Randomness {
public:
    void fill(std::span<std::uint8_t> bytes) override { randombytes_buf(bytes.data(), bytes.size()); }
};

/// A vote of 3,000 with keys nobody has.
inline ballot::BallotTerms terms_for(const ballot::BallotShape& shape, ballot::Randomness& randomness)
{
    ballot::BallotTerms terms;
    randomness.fill(terms.context);
    terms.election_key = ballot::times_generator(random_scalar(randomness));
    terms.vote_generator = ballot::times_generator(random_scalar(randomness));
    terms.shape = shape;
    terms.base = ballot::packing_base(3'000);
    return terms;
}

/// Ballots made once are repeated until the batch is full: a batch does not see that they are the same.
inline std::vector<ByteView> batch_of(const std::vector<Bytes>& ballots, std::size_t size)
{
    std::vector<ByteView> batch;
    for (std::size_t i = 0; i < size; ++i)
        batch.push_back(ballots[i % ballots.size()]);
    return batch;
}

/// Whatever is measured has to be right as well.
inline void must(bool holds, std::string_view what)
{
    if (holds) return;
    std::cerr << "bench: " << what << '\n';
    std::exit(1);
}

} // namespace plenum::bench
