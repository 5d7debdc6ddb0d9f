#pragma once

#include "tests/protocol/ballot/forger.hpp"
#include "tests/protocol/ballot/samples.hpp"

#include <functional>

namespace plenum::ballot {

/// A ballot somebody made in order to cheat, and how it must be refused.
struct Attack {
    std::string why;
    std::string vote; ///< name of the sample vote it is sent to
    Bytes ballot;
    BallotRefusal refusal;
};

const SampleVote& sample_vote(const std::string& name);

/// The ballot with something changed after it was made.
Bytes changed(const Bytes& ballot, const BallotTerms& terms, const std::function<void(Ballot&)>& change);

/// The attacks of one kind, against several votes where that makes a difference. What each does stands with
/// its definition.
std::vector<Attack> wrong_envelopes();
std::vector<Attack> malleated_encodings();
std::vector<Attack> identities();
std::vector<Attack> changed_fields();
std::vector<Attack> copies_under_another_pseudonym();
std::vector<Attack> replays_across_votes();
std::vector<Attack> replays_under_another_seq();
std::vector<Attack> swapped_branches();
std::vector<Attack> challenges_split_modulo_q();
std::vector<Attack> plaintexts_out_of_range();
std::vector<Attack> confused_shapes();
std::vector<Attack> weak_fiat_shamir_forgeries();
std::vector<Attack> borrowed_credentials();

/// All of the above.
std::vector<Attack> all_attacks();

/// A forgery that holds when the challenge does not cover the ciphertexts, and the challenge it was made for.
struct WeakForgery {
    Bytes ballot;
    Challenge challenge;
};
WeakForgery weak_fiat_shamir_forgery(const BallotTerms& terms);

/// Two ballots of different delegates, both with proofs that hold, with the same ciphertexts.
std::vector<Bytes> agreed_ciphertexts(const SampleVote& vote);

} // namespace plenum::ballot
