#include "protocol/ballot/statement.hpp"

namespace plenum::ballot {
namespace {

Transcript said(const ShareTerms& terms, const HolderStatement& statement)
{
    Transcript transcript("plenum/share-statement/v1");
    transcript.raw(terms.vote).raw(terms.context).digest(terms.box_root);
    transcript.u32(statement.holder).u32(statement.confirmed).u32(statement.overridden ? 1 : 0);
    transcript.digest(statement.share);
    return transcript;
}

} // namespace

Signature sign_statement(const ShareTerms& terms, const HolderStatement& statement, const SigningKey& holder)
{
    return holder.sign(said(terms, statement).bytes());
}

Result<void> check_statement(const ShareTerms& terms, const HolderStatement& statement,
                             const VerifyKey& holder, const Signature& signature)
{
    if (!verify_ed25519(said(terms, statement).bytes(), signature, holder))
        return fault(Fault::bad_signature);
    return {};
}

} // namespace plenum::ballot
