#include "protocol/ballot/roll.hpp"

#include "protocol/merkle.hpp"

#include <algorithm>

namespace plenum::ballot {

namespace {

/// R of docs/ballot_protocol.md 3.
Transcript statement_of(const RegistrationTerms& terms, const Point& voting_key)
{
    Transcript statement("plenum/voting-key/v1");
    statement.text(terms.origin)
        .raw(terms.meeting)
        .raw(terms.person)
        .raw(terms.device)
        .raw(terms.channel)
        .point(voting_key);
    return statement;
}

/// R | K | z, what the device signs.
Transcript signed_part(Transcript statement, const Possession& possession)
{
    statement.point(possession.commitment).scalar(possession.answer);
    return statement;
}

MerkleTree tree_of(std::span<const Point> pseudonyms)
{
    MerkleTree tree;
    for (const Point& pseudonym : pseudonyms)
        tree.append(leaf_hash(pseudonym.bytes));
    return tree;
}

} // namespace

VotingKey::VotingKey(Randomness& randomness) : VotingKey(random_scalar(randomness)) {}

VotingKey::VotingKey(SecretScalar secret) : secret_(std::move(secret)), public_key_(times_generator(secret_))
{}

Registration register_key(const RegistrationTerms& terms, const VotingKey& key, const SigningKey& device,
                          Randomness& randomness)
{
    const Transcript statement = statement_of(terms, key.public_key());
    Registration registration{key.public_key(), {}, {}};
    registration.possession = prove_possession(statement, generator(), key.secret(), randomness);
    registration.signature = device.sign(signed_part(statement, registration.possession).bytes());
    return registration;
}

Result<void> check_registration(const RegistrationTerms& terms, const Registration& registration)
{
    if (registration.voting_key.is_identity()) return fault(Fault::out_of_range);
    const Transcript statement = statement_of(terms, registration.voting_key);
    const Transcript signed_bytes = signed_part(statement, registration.possession);
    if (!verify_ed25519(signed_bytes.bytes(), registration.signature, terms.device))
        return fault(Fault::bad_signature);
    return check_possession(statement, generator(), registration.voting_key, registration.possession);
}

Bytes encode(const Registration& registration)
{
    Writer writer;
    writer.u8(1);
    writer.raw(registration.voting_key.bytes);
    write(writer, registration.possession);
    writer.raw(registration.signature);
    return writer.take();
}

Result<Registration> decode_registration(ByteView bytes)
{
    FieldReader reader(bytes);
    Registration registration;
    reader.version();
    registration.voting_key = reader.point();
    registration.possession = read_possession(reader);
    registration.signature = reader.array<64>();
    if (const auto end = reader.end(); !end) return end.error();
    return registration;
}

Result<PseudonymList> make_list(SecretScalar r, std::span<const Point> voting_keys)
{
    PseudonymList list{times_generator(r), {}};
    for (const Point& key : voting_keys)
        list.pseudonyms.push_back(times(r, key));
    std::ranges::sort(list.pseudonyms);
    if (const auto sound = check_list(list.pseudonyms); !sound) return sound.error();
    return list;
}

Result<void> check_list(std::span<const Point> pseudonyms)
{
    if (std::ranges::any_of(pseudonyms, &Point::is_identity)) return fault(Fault::out_of_range);
    const auto not_below = [](const Point& left, const Point& right) { return left >= right; };
    if (std::ranges::adjacent_find(pseudonyms, not_below) != pseudonyms.end()) return fault(Fault::malformed);
    return {};
}

Bytes encode_list(std::span<const Point> pseudonyms)
{
    Writer writer;
    writer.u32(static_cast<std::uint32_t>(pseudonyms.size()));
    for (const Point& pseudonym : pseudonyms)
        writer.raw(pseudonym.bytes);
    return writer.take();
}

Result<std::vector<Point>> decode_list(ByteView bytes)
{
    FieldReader reader(bytes);
    std::vector<Point> pseudonyms;
    const std::uint32_t count = reader.u32();
    reader.require(reader.left() == std::size_t{count} * sizeof Point::bytes);
    for (std::uint32_t i = 0; i < count && reader.ok(); ++i)
        pseudonyms.push_back(reader.point());
    if (const auto end = reader.end(); !end) return end.error();
    if (const auto sound = check_list(pseudonyms); !sound) return sound.error();
    return pseudonyms;
}

Digest roll_root(std::span<const Point> pseudonyms)
{
    return tree_of(pseudonyms).root();
}

std::vector<ListPath> list_paths(std::span<const Point> pseudonyms)
{
    const MerkleTree tree = tree_of(pseudonyms);
    std::vector<ListPath> paths;
    for (std::uint32_t i = 0; i < pseudonyms.size(); ++i)
        paths.push_back({i, tree.inclusion_proof(i, tree.size())});
    return paths;
}

Point pseudonym(const SecretScalar& voting_key, const Point& vote_generator)
{
    return times(voting_key, vote_generator);
}

Result<void> check_listed(const VotingKey& key, const VoteContext& context, const ListPath& path)
{
    if (context.vote_generator.is_identity() || context.list_length == 0) return fault(Fault::out_of_range);
    const Point own = pseudonym(key.secret(), context.vote_generator);
    return verify_inclusion(leaf_hash(own.bytes), path.index, context.list_length, path.hashes,
                            context.roll_root);
}

} // namespace plenum::ballot
