#include "protocol/ballot/enrolment.hpp"

#include "protocol/ballot/transcript.hpp"

namespace plenum::ballot {
namespace {

Transcript said(const EnrolmentTerms& terms, const VerifyKey& device)
{
    Transcript transcript("plenum/console/v1");
    transcript.text(terms.origin).raw(terms.person).raw(device).raw(terms.channel);
    return transcript;
}

} // namespace

Signature prove_device(const EnrolmentTerms& terms, const SigningKey& device)
{
    return device.sign(said(terms, device.public_key()).bytes());
}

Result<void> check_device(const EnrolmentTerms& terms, const VerifyKey& device, const Signature& proof)
{
    if (!verify_ed25519(said(terms, device).bytes(), proof, device)) return fault(Fault::bad_signature);
    return {};
}

} // namespace plenum::ballot
