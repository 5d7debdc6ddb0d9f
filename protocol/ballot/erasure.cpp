#include "protocol/ballot/erasure.hpp"

#include "protocol/ballot/transcript.hpp"

namespace plenum::ballot {
namespace {

Transcript said(const ErasureTerms& terms)
{
    Transcript transcript("plenum/share-erased/v1");
    transcript.text(terms.origin).raw(terms.meeting).digest(terms.key_holders).u32(terms.holder);
    return transcript;
}

} // namespace

Signature sign_erasure(const ErasureTerms& terms, const SigningKey& holder)
{
    return holder.sign(said(terms).bytes());
}

Result<void> check_erasure(const ErasureTerms& terms, const VerifyKey& holder, const Signature& signature)
{
    if (!verify_ed25519(said(terms).bytes(), signature, holder)) return fault(Fault::bad_signature);
    return {};
}

} // namespace plenum::ballot
