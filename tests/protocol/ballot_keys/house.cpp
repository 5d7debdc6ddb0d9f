#include "tests/protocol/ballot_keys/house.hpp"

namespace plenum::ballot {

House::House(std::size_t members, BallotShape shape_of_vote) : shape(shape_of_vote)
{
    std::vector<Point> keys;
    for (std::size_t member = 0; member < members; ++member) {
        seats.push_back({test_key(static_cast<std::uint8_t>(member + 1)), VotingKey(randomness)});
        keys.push_back(seats.back().voting_key.public_key());
    }
    list = make_list(random_scalar(randomness), keys).value();
    context.origin = "plenum.example/npc";
    context.meeting = record_id(context.origin, "meeting.created", 7);
    context.vote = record_id(context.origin, "vote.prepared", 40);
    context.round = 2;
    context.question = sha256("question");
    context.rule = sha256("rule");
    context.roll_root = roll_root(list.pseudonyms);
    context.list_length = static_cast<std::uint32_t>(members);
    context.key_holders = sha256("key holders");
    context.election_key = times_generator(random_scalar(randomness));
    context.vote_generator = list.vote_generator;
}

Point House::pseudonym_of(std::size_t member) const
{
    return pseudonym(seats.at(member).voting_key.secret(), context.vote_generator);
}

std::vector<VerifyKey> House::roll() const
{
    std::vector<VerifyKey> keys;
    for (const Seat& seat : seats)
        keys.push_back(seat.device.public_key());
    return keys;
}

Bytes House::ballot(std::size_t member, std::uint32_t seq, std::uint8_t filler) const
{
    Writer writer;
    writer.u8(1);
    writer.raw(context.vote);
    writer.raw(pseudonym_of(member).bytes);
    writer.u32(seq);
    Bytes ballot = writer.take();
    ballot.resize(ballot_size(shape), filler);
    return ballot;
}

Bytes House::spoil(std::size_t member, std::uint32_t seq)
{
    return encode(make_spoil(terms(), seats.at(member).voting_key.secret(), seq, randomness));
}

} // namespace plenum::ballot
