#pragma once

#include "protocol/ballot/ceremony.hpp"
#include "protocol/json_codec.hpp"

#include <boost/describe.hpp>

namespace plenum::ballot {

/// Why a ceremony cannot go on. NOTE: append only.
enum class CeremonyFault {
    bad_signature,    ///< not signed by this holder for this ceremony: whoever carried it may have changed it
    malformed,        ///< fields that no holder with this program sends
    equivocation,     ///< signed two different messages for one step
    other_commitment, ///< opened something else than it committed to
    no_possession,    ///< does not prove that it knows its own secret
    wrong_share,      ///< the share sent does not open, or does not fit the coefficients
    other_agreement,  ///< agreed to other coefficients than those on record, or heard others
    false_complaint,  ///< complained about a share that is right
};
BOOST_DESCRIBE_ENUM(CeremonyFault, bad_signature, malformed, equivocation, other_commitment, no_possession,
                    wrong_share, other_agreement, false_complaint)

/// Who lied, and how.
struct Accusation {
    std::uint32_t holder = 0;
    CeremonyFault fault = CeremonyFault::malformed;

    bool operator==(const Accusation&) const = default;
};

/// What stands on record after a ceremony: the messages of each step, in order of holders.
struct CeremonyTranscript {
    std::vector<CeremonyMessage> commits;
    std::vector<CeremonyMessage> opens;
    std::vector<CeremonyMessage> agrees;

    bool operator==(const CeremonyTranscript&) const = default;
};

/// Bytes of a complete transcript.
Bytes encode(const CeremonyTerms& terms, const CeremonyTranscript& transcript);
/// Strict; signatures and equations are for check_transcript.
Result<CeremonyTranscript> decode_transcript(const CeremonyTerms& terms, ByteView bytes);

/// What consoles, key holders and auditors take from a transcript.
struct ElectionKeys {
    std::uint32_t threshold = 0;
    Point election_key;            ///< Y
    std::vector<Point> share_keys; ///< X_1 … X_n
    Digest key_holders;            ///< key_holders_hash

    bool operator==(const ElectionKeys&) const = default;
};

/// What is wrong with one opening, held against the commitment of the same holder; both are signed.
std::optional<CeremonyFault> find_open_fault(const CeremonyTerms& terms,
                                             const CeremonyMessage& commit_message,
                                             const CeremonyMessage& open_message);
/// The first holder whose messages do not hold, or nobody. Missing messages are Fault::truncated in
/// check_transcript and nobody's fault here.
std::optional<Accusation> find_liar(const CeremonyTerms& terms, const CeremonyTranscript& transcript);
/// Everything above, from a transcript in which nobody lied; Fault::bad_proof otherwise (find_liar names).
Result<ElectionKeys> check_transcript(const CeremonyTerms& terms, const CeremonyTranscript& transcript);
/// The same when the opens were checked one by one. Fault::out_of_range when Y or an X_i is the identity.
Result<ElectionKeys> election_keys(const CeremonyTerms& terms, std::span<const CeremonyOpen> opens);

/// True when one holder signed both and they differ: a proof anybody can check.
bool is_equivocation(const CeremonyTerms& terms, const CeremonyMessage& one, const CeremonyMessage& other);

/// What a complaint is held against: messages on record.
struct ComplaintEvidence {
    CeremonyMessage accused_commit;
    CeremonyMessage accused_open;
    CeremonyMessage accuser_commit;
};
/// Whose fault a complaint shows: that of the accused or of the one who complains. Fault::bad_signature or
/// Fault::malformed when complaint or evidence are not what they say they are.
Result<Accusation> judge(const CeremonyTerms& terms, const ComplaintEvidence& evidence,
                         const CeremonyMessage& complaint);

/// The first 44 bits of key_holders_hash for people to compare aloud: `0417 1983 0052 1204`.
std::string four_words(const Digest& key_holders);

/// f_i(j) out of its box; Fault::bad_proof when it does not open or does not fit the coefficients.
Result<SecretScalar> open_share(const SealedShare& sealed, const ExchangeKey& sender,
                                const Secret<32>& exchange_secret, std::span<const Point> coefficients,
                                std::uint32_t owner);

} // namespace plenum::ballot
