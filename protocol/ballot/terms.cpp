#include "protocol/ballot/terms.hpp"

namespace plenum::ballot {

Hash512 context_hash(const VoteContext& context)
{
    return Transcript("plenum/vote-ctx/v1")
        .text("ristretto255-sha512")
        .text(context.origin)
        .raw(context.meeting)
        .raw(context.vote)
        .u32(context.round)
        .digest(context.question)
        .digest(context.rule)
        .digest(context.roll_root)
        .u32(context.list_length)
        .digest(context.key_holders)
        .point(context.election_key)
        .point(context.vote_generator)
        .u32(packing_base(context.list_length))
        .hash();
}

BallotTerms terms_of(const VoteContext& context, const BallotShape& shape)
{
    return {context.vote,
            context_hash(context),
            context.election_key,
            context.vote_generator,
            shape,
            packing_base(context.list_length)};
}

} // namespace plenum::ballot
