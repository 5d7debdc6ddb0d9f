#include "protocol/ballot/receipt.hpp"

#include "protocol/ballot/roll.hpp"

namespace plenum::ballot {

namespace {

// Crockford's base 32: no I, L, O, U.
constexpr std::string_view alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t tracker_letters = 16;

RecordHead take_head(FieldReader& reader)
{
    RecordHead head;
    reader.version();
    head.vote = reader.array<16>();
    head.pseudonym = reader.point();
    head.seq = reader.u32();
    return head;
}

void write_fields(Writer& writer, const Receipt& receipt)
{
    writer.raw(receipt.vote);
    writer.raw(receipt.context);
    writer.raw(receipt.pseudonym.bytes);
    writer.u32(receipt.seq);
    writer.raw(receipt.ballot.view());
    writer.raw(receipt.box);
    writer.u64(receipt.leaf);
}

Transcript signed_part(ReceiptKind kind, const Receipt& receipt)
{
    Transcript part(kind == ReceiptKind::ballot ? "plenum/receipt/v1" : "plenum/spoil-ok/v1");
    Writer fields;
    write_fields(fields, receipt);
    return part.raw(fields.bytes());
}

/// S of docs/ballot_protocol.md 5.
Transcript statement_of(const Hash512& context, const Point& pseudonym, std::uint32_t seq)
{
    return Transcript("plenum/spoil/v1").raw(context).point(pseudonym).u32(seq);
}

} // namespace

Result<RecordHead> read_head(ByteView record)
{
    FieldReader reader(record);
    const RecordHead head = take_head(reader);
    reader.raw(reader.left());
    if (const auto end = reader.end(); !end) return end.error();
    return head;
}

Receipt sign_receipt(ReceiptKind kind, Receipt receipt, const SigningKey& server)
{
    receipt.signature = server.sign(signed_part(kind, receipt).bytes());
    return receipt;
}

Result<void> check_receipt(ReceiptKind kind, const Receipt& receipt, const VerifyKey& server)
{
    if (!verify_ed25519(signed_part(kind, receipt).bytes(), receipt.signature, server))
        return fault(Fault::bad_signature);
    return {};
}

Result<void> check_receipt_of(const Receipt& receipt, const BallotTerms& terms, ByteView ballot)
{
    const auto head = read_head(ballot);
    if (!head) return head.error();
    const bool same = receipt.vote == terms.vote && receipt.context == terms.context &&
                      head->vote == terms.vote && receipt.pseudonym == head->pseudonym &&
                      receipt.seq == head->seq && receipt.ballot == sha256(ballot);
    if (!same) return fault(Fault::malformed);
    return {};
}

Bytes encode(const Receipt& receipt)
{
    Writer writer;
    writer.u8(1);
    write_fields(writer, receipt);
    writer.raw(receipt.signature);
    return writer.take();
}

Result<Receipt> decode_receipt(ByteView bytes)
{
    FieldReader reader(bytes);
    Receipt receipt;
    reader.version();
    receipt.vote = reader.array<16>();
    receipt.context = reader.array<64>();
    receipt.pseudonym = reader.point();
    receipt.seq = reader.u32();
    receipt.ballot = reader.digest();
    receipt.box = reader.array<16>();
    receipt.leaf = reader.u64();
    receipt.signature = reader.array<64>();
    if (const auto end = reader.end(); !end) return end.error();
    return receipt;
}

std::string tracker(ByteView ballot)
{
    const Hash512 hash = Transcript("plenum/tracker/v1").raw(ballot).hash();
    std::string letters;
    for (std::size_t letter = 0; letter < tracker_letters; ++letter) {
        if (letter > 0 && letter % 4 == 0) letters += '-';
        const std::size_t bit = 5 * letter; // the five bits from here on lie within two bytes
        const unsigned two = static_cast<unsigned>(hash[bit / 8]) << 8 | hash[bit / 8 + 1];
        letters += alphabet[two >> (11 - bit % 8) & 31U];
    }
    return letters;
}

Spoil make_spoil(const BallotTerms& terms, const SecretScalar& voting_key, std::uint32_t seq,
                 Randomness& randomness)
{
    const Point own = pseudonym(voting_key, terms.vote_generator);
    const Transcript statement = statement_of(terms.context, own, seq);
    return {{terms.vote, own, seq},
            prove_possession(statement, terms.vote_generator, voting_key, randomness)};
}

Result<void> check_spoil(const BallotTerms& terms, const Spoil& spoil)
{
    if (spoil.head.vote != terms.vote) return fault(Fault::malformed);
    if (spoil.head.pseudonym.is_identity()) return fault(Fault::out_of_range);
    const Transcript statement = statement_of(terms.context, spoil.head.pseudonym, spoil.head.seq);
    return check_possession(statement, terms.vote_generator, spoil.head.pseudonym, spoil.possession);
}

Bytes encode(const Spoil& spoil)
{
    Writer writer;
    writer.u8(1);
    writer.raw(spoil.head.vote);
    writer.raw(spoil.head.pseudonym.bytes);
    writer.u32(spoil.head.seq);
    write(writer, spoil.possession);
    return writer.take();
}

Result<Spoil> decode_spoil(ByteView bytes)
{
    FieldReader reader(bytes);
    Spoil spoil;
    spoil.head = take_head(reader);
    spoil.possession = read_possession(reader);
    if (const auto end = reader.end(); !end) return end.error();
    return spoil;
}

} // namespace plenum::ballot
