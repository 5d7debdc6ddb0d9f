#pragma once

#include "protocol/ballot/election_key.hpp"

namespace plenum::ballot {

/// A key holder's part in one ceremony: commit → open → agree → finish (docs/ballot_protocol.md 7). Holds the
/// secrets of the ceremony; gives each message once and always the same bytes. The first thing that is wrong
/// ends it and accused() names who did it; a new ceremony starts with a new object and new secrets. Messages
/// may arrive in any order of holders, step by step; a message received again changes nothing.
class CeremonySeat {
public:
    /// `holder` is our number among terms.holders, from 1; terms are those check_terms accepts, `key` is ours
    /// and outlives the seat.
    CeremonySeat(CeremonyTerms terms, std::uint32_t holder, const SigningKey& key, Randomness& randomness);

    /// Step 1.
    const CeremonyMessage& commit() const { return commits_[holder_ - 1].value(); }
    /// Fault::bad_signature, malformed, or bad_proof when the sender equivocates; those end the ceremony.
    Result<void> take_commit(const CeremonyMessage& message);

    /// Our opening and, for each j ≠ i in order, the share for j alone.
    struct Opening {
        CeremonyMessage message;
        std::vector<SealedShare> shares;
    };
    /// Step 2. Fault::not_found while a commitment is missing: whoever opens first would let the others
    /// choose their keys after it.
    Result<Opening> open();
    /// Another's opening and the share it sent us. Fault::not_found before we opened ourselves,
    /// Fault::not_canonical when this is not the share its sender named: whoever carried it changed it.
    Result<void> take_open(const CeremonyMessage& message, const SealedShare& share);

    /// What every holder has to agree to, and x_i. Whoever agrees says that the share is there: it is made
    /// durable before step 3 is sent.
    struct Made {
        ElectionKeys keys;
        SecretScalar share; ///< x_i
    };
    /// Fault::not_found while an opening is missing.
    Result<Made> made() const;

    /// Step 3. Fault::not_found while an opening is missing.
    Result<CeremonyMessage> agree();
    Result<void> take_agree(const CeremonyMessage& message);

    /// What a holder keeps for the meeting.
    struct Outcome {
        ElectionKeys keys;
        SecretScalar share; ///< x_i
        CeremonyTranscript transcript;
    };
    /// Fault::not_found while an agreement is missing. The seat is empty afterwards.
    Result<Outcome> finish();

    /// Who ended the ceremony, once somebody did. Nothing goes on after that.
    const std::optional<Accusation>& accused() const { return accused_; }
    /// Step 4: our proof against a wrong share, once there is one.
    const std::optional<CeremonyMessage>& complaint() const { return complaint_; }

private:
    enum class Arrival { fresh, known };
    using Messages = std::vector<std::optional<CeremonyMessage>>;

    boost::system::error_code accuse(std::uint32_t holder, CeremonyFault what);
    Result<Arrival> admit(CeremonyStep step, const CeremonyMessage& message, const Messages& known);
    SealedShare seal_share_for(std::uint32_t owner, Randomness& randomness) const;
    SecretScalar evaluate_own(std::uint32_t x) const;
    void complain(std::uint32_t about, const SealedShare& share);
    std::vector<CeremonyOpen> all_opens() const;
    ExchangeKey exchange_key_of(std::uint32_t holder) const;

    CeremonyTerms terms_;
    std::uint32_t holder_;
    const SigningKey& key_;
    Randomness& randomness_;

    std::vector<SecretScalar> polynomial_; ///< a_i0 … a_i,k−1
    Secret<32> exchange_secret_;
    CeremonyOpen own_open_;
    std::vector<SealedShare> sealed_; ///< for the others, once we opened
    SecretScalar sum_of_shares_;      ///< x_i so far

    Messages commits_;
    Messages opens_;
    Messages agrees_;
    std::optional<Accusation> accused_;
    std::optional<CeremonyMessage> complaint_;
};

} // namespace plenum::ballot
