#include "protocol/ballot/ceremony.hpp"

#include "protocol/assert.hpp"

#include <sodium.h>

#include <algorithm>
#include <set>

namespace plenum::ballot {

namespace {

bool is_name(std::string_view name)
{
    return !name.empty() && name.size() <= key_holder_name_max && is_utf8(name);
}

Transcript signed_part(const CeremonyTerms& terms, CeremonyStep step, std::uint32_t holder, ByteView fields)
{
    Transcript message("plenum/ceremony-message/v1");
    message.raw(ceremony_id(terms)).u32(static_cast<std::uint32_t>(step)).u32(holder).raw(fields);
    return message;
}

bool has_small_order(const ExchangeKey& key)
{
    const ExchangeKey any_scalar{8};
    ExchangeKey product;
    return crypto_scalarmult(product.data(), any_scalar.data(), key.data()) != 0;
}

} // namespace

Result<void> check_terms(const CeremonyTerms& terms)
{
    const std::uint32_t n = terms.count();
    const std::uint32_t k = terms.threshold;
    if (n > key_holders_max || k < 2 || k > n || 2 * k <= n) return fault(Fault::out_of_range);
    std::set<std::string_view> names;
    std::set<VerifyKey> keys;
    for (const KeyHolder& holder : terms.holders) {
        const bool fresh = names.insert(holder.name).second && keys.insert(holder.key).second;
        if (!fresh || !is_name(holder.name)) return fault(Fault::malformed);
    }
    return {};
}

Hash512 ceremony_id(const CeremonyTerms& terms)
{
    Transcript id("plenum/ceremony/v1");
    id.text(terms.origin).raw(terms.meeting).u32(terms.attempt);
    id.u32(terms.threshold).u32(terms.count());
    for (const KeyHolder& holder : terms.holders)
        id.text(holder.name).raw(holder.key);
    return id.hash();
}

CeremonyMessage sign_message(const CeremonyTerms& terms, CeremonyStep step, std::uint32_t holder,
                             Bytes fields, const SigningKey& key)
{
    const Signature signature = key.sign(signed_part(terms, step, holder, fields).bytes());
    return {step, holder, std::move(fields), signature};
}

Result<void> check_message(const CeremonyTerms& terms, const CeremonyMessage& message)
{
    if (message.holder < 1 || message.holder > terms.count()) return fault(Fault::out_of_range);
    const Transcript part = signed_part(terms, message.step, message.holder, message.fields);
    if (!verify_ed25519(part.bytes(), message.signature, terms.holders[message.holder - 1].key))
        return fault(Fault::bad_signature);
    return {};
}

Bytes encode(const CeremonyMessage& message)
{
    Writer writer;
    writer.u8(1);
    writer.u32(static_cast<std::uint32_t>(message.step));
    writer.u32(message.holder);
    writer.raw(message.fields);
    writer.raw(message.signature);
    return writer.take();
}

Result<CeremonyMessage> decode_message(ByteView bytes)
{
    FieldReader reader(bytes);
    CeremonyMessage message;
    reader.version();
    const std::uint32_t step = reader.u32();
    reader.require(step >= 1 && step <= 4, Fault::unsupported);
    message.step = static_cast<CeremonyStep>(step);
    message.holder = reader.u32();
    const std::size_t fields = std::max(reader.left(), sizeof message.signature) - sizeof message.signature;
    const ByteView taken = reader.raw(fields);
    message.fields.assign(taken.begin(), taken.end());
    message.signature = reader.array<64>();
    if (const auto end = reader.end(); !end) return end.error();
    return message;
}

Bytes encode(const CeremonyCommit& commit)
{
    Writer writer;
    writer.raw(commit.commitment);
    writer.raw(commit.exchange_key);
    return writer.take();
}

Result<CeremonyCommit> decode_commit(ByteView fields)
{
    FieldReader reader(fields);
    CeremonyCommit commit;
    commit.commitment = reader.array<64>();
    commit.exchange_key = reader.array<32>();
    reader.require(!has_small_order(commit.exchange_key), Fault::out_of_range);
    if (const auto end = reader.end(); !end) return end.error();
    return commit;
}

Bytes encode(const CeremonyOpen& open)
{
    Writer writer;
    for (const Point& coefficient : open.coefficients)
        writer.raw(coefficient.bytes);
    write(writer, open.possession);
    for (const Digest& name : open.share_names)
        writer.raw(name.view());
    return writer.take();
}

Result<CeremonyOpen> decode_open(const CeremonyTerms& terms, ByteView fields)
{
    FieldReader reader(fields);
    CeremonyOpen open;
    open.coefficients.push_back(reader.point());
    while (open.coefficients.size() < terms.threshold)
        open.coefficients.push_back(reader.any_point());
    open.possession = read_possession(reader);
    while (open.share_names.size() + 1 < terms.count())
        open.share_names.push_back(reader.digest());
    if (const auto end = reader.end(); !end) return end.error();
    return open;
}

Bytes encode(const CeremonyAgree& agree)
{
    return {agree.agreed.begin(), agree.agreed.end()};
}

Result<CeremonyAgree> decode_agree(ByteView fields)
{
    FieldReader reader(fields);
    const CeremonyAgree agree{reader.array<64>()};
    if (const auto end = reader.end(); !end) return end.error();
    return agree;
}

Bytes encode(const CeremonyComplaint& complaint)
{
    Writer writer;
    writer.u32(complaint.accused);
    writer.raw(complaint.share);
    writer.raw(complaint.exchange_secret);
    return writer.take();
}

Result<CeremonyComplaint> decode_complaint(ByteView fields)
{
    FieldReader reader(fields);
    CeremonyComplaint complaint;
    complaint.accused = reader.u32();
    complaint.share = reader.array<sizeof(SealedShare)>();
    complaint.exchange_secret = reader.array<32>();
    if (const auto end = reader.end(); !end) return end.error();
    return complaint;
}

Transcript possession_statement(const Hash512& sid, std::uint32_t holder, std::span<const Point> coefficients)
{
    Transcript statement("plenum/ceremony-key/v1");
    statement.raw(sid).u32(holder);
    for (const Point& coefficient : coefficients)
        statement.point(coefficient);
    return statement;
}

Hash512 commitment_of(const Hash512& sid, std::uint32_t holder, std::span<const Point> coefficients,
                      const Possession& possession)
{
    Transcript commitment("plenum/ceremony-commit/v1");
    commitment.raw(sid).u32(holder);
    for (const Point& coefficient : coefficients)
        commitment.point(coefficient);
    return commitment.point(possession.commitment).scalar(possession.answer).hash();
}

Hash512 agreement_of(const Hash512& sid, std::uint32_t holder, std::span<const CeremonyOpen> opens)
{
    Transcript agreement("plenum/ceremony-agree/v1");
    agreement.raw(sid).u32(holder);
    for (const CeremonyOpen& open : opens)
        for (const Point& coefficient : open.coefficients)
            agreement.point(coefficient);
    return agreement.hash();
}

std::size_t share_index(std::uint32_t from, std::uint32_t to)
{
    PLENUM_ASSERT(from != to && from >= 1 && to >= 1);
    return to < from ? to - 1 : to - 2;
}

Point evaluate(std::span<const Point> coefficients, std::uint32_t x)
{
    Point sum; // Horner: the identity is the empty sum
    for (std::size_t l = coefficients.size(); l-- > 0;)
        sum = add(times(scalar_of(x), sum), coefficients[l]);
    return sum;
}

} // namespace plenum::ballot
