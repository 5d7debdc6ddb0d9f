#include "protocol/ballot/possession.hpp"

namespace plenum::ballot {

namespace {

Scalar challenge_of(Transcript statement, const Point& commitment)
{
    return scalar_of(statement.point(commitment).challenge());
}

} // namespace

Possession prove_possession(const Transcript& statement, const Point& base, const SecretScalar& secret,
                            Randomness& randomness)
{
    const SecretScalar nonce = statement.nonce(secret, randomness);
    const Point commitment = times(nonce, base);
    return {commitment, answer(nonce, challenge_of(statement, commitment), secret)};
}

Result<void> check_possession(const Transcript& statement, const Point& base, const Point& product,
                              const Possession& possession)
{
    const Scalar e = challenge_of(statement, possession.commitment);
    const Point expected = add(times(possession.answer, base), times(e, product));
    if (possession.commitment != expected) return fault(Fault::bad_proof);
    return {};
}

void write(Writer& writer, const Possession& possession)
{
    writer.raw(possession.commitment.bytes);
    writer.raw(possession.answer.bytes);
}

Possession read_possession(FieldReader& reader)
{
    const Point commitment = reader.any_point();
    return {commitment, reader.scalar()};
}

} // namespace plenum::ballot
