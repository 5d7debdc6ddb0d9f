#include "protocol/ballot/ciphertext_index.hpp"

namespace plenum::ballot {

BallotResult<void> CiphertextIndex::add(const CheckedBallot& ballot)
{
    for (const Ciphertext& ciphertext : ballot.ciphertexts()) {
        const auto found = pseudonyms_.find(ciphertext);
        if (found != pseudonyms_.end() && found->second != ballot.pseudonym())
            return BallotRefusal{BallotFault::copied_ciphertext};
    }
    for (const Ciphertext& ciphertext : ballot.ciphertexts())
        pseudonyms_.emplace(ciphertext, ballot.pseudonym());
    return {};
}

} // namespace plenum::ballot
