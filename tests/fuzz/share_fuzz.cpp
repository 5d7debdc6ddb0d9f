// Property: whatever the bytes, shares, acknowledgements, confirmations, registrations, lists and openings
// are read or refused; what is read gives the same bytes back; and what holds is what an honest holder,
// console or member made. The first byte chooses.
#include "protocol/ballot/enrolment.hpp"
#include "protocol/ballot/make_ballot.hpp"
#include "protocol/ballot/share.hpp"
#include "tests/fuzz/property.hpp"
#include "tests/protocol/ballot_keys/house.hpp"

#include <algorithm>

using namespace plenum;
using namespace plenum::ballot;

namespace {

/// The holders and the first box of schemas/vectors/share.json.
struct Count {
    CeremonyRoom room{3, 5, 305};
    std::vector<CeremonySeat::Outcome> holders = room.run();
    RepeatableRandomness randomness{11};
    ShareTerms terms{record_id("plenum.example/npc", "vote.prepared", 40),
                     Transcript("a vote of these vectors").hash(), sha256("box root")};
    std::vector<EncryptedSum> sums = encrypted(17 + 32 * 5);

    std::vector<EncryptedSum> encrypted(std::uint64_t value)
    {
        const SecretScalar r = random_scalar(randomness);
        const auto& key = holders.front().keys.election_key;
        return {{times_generator(r), add(times(r, key), times_generator(scalar_of(value)))}};
    }
};

/// The members of schemas/vectors/receipt.json, a ballot of one of them and what it hides.
struct Members {
    House house{5};
    BallotTerms terms = house.terms();
    Digest root = sha256("box root");
    MadeBallot made = make_ballot(terms, choice_of(ShapeKind::grid, Bytes{2}),
                                  house.seats[0].voting_key.secret(), 4711, house.randomness)
                          .value();
};

const Members& members()
{
    static const Members members;
    return members;
}

void check_share_bytes(ByteView bytes)
{
    static const Count count;
    const auto share = decode_share(bytes, count.sums.size());
    if (!share) return;
    require(same(encode(*share), bytes));
    const auto& keys = count.holders.front().keys;
    if (!check_share(count.terms, keys, *share, count.sums)) return;
    require(share->holder >= 1 && share->holder <= count.holders.size());
    // The proof holds for the one true factor alone.
    const auto& secret = count.holders[share->holder - 1].share;
    require(share->sums.front().factor == times(secret, count.sums.front().alpha));
    require(share->vote == count.terms.vote && share->box_root == count.terms.box_root);
    // Of another sum it says nothing.
    auto other = count.sums;
    other.front().alpha = add(other.front().alpha, generator());
    require(!check_share(count.terms, keys, *share, other));
}

bool is_member(const VerifyKey& device)
{
    return std::ranges::any_of(members().house.seats,
                               [&](const Seat& seat) { return seat.device.public_key() == device; });
}

/// Everybody on the roll is there or missing, and nobody else counts.
template <class Signed>
void check_who(const std::vector<Signed>& all, const RollCheck& found)
{
    require(found.good + found.missing.size() == members().house.seats.size());
    for (const Signed& one : all) {
        const bool is_unknown = std::ranges::find(found.unknown, one.device) != found.unknown.end();
        require(is_unknown == !is_member(one.device));
    }
}

void check_acknowledgement_bytes(ByteView bytes)
{
    const auto& [house, terms, root, made] = members();
    const auto all = decode_acknowledgements(terms.context, bytes);
    if (!all) return;
    require(same(encode_acknowledgements(terms.context, *all), bytes));
    const Digest builds[] = {house.build};
    const auto found = check_acknowledgements(house.context, *all, house.roll(), builds);
    check_who(*all, found);
    require(found.complete() == (found.good == house.seats.size() && all->size() == found.good));
}

void check_confirmation_bytes(ByteView bytes)
{
    const auto& [house, terms, root, made] = members();
    const auto all = decode_confirmations(terms.context, root, bytes);
    if (!all) return;
    require(same(encode_confirmations(terms.context, root, *all), bytes));
    const auto found = check_confirmations(terms, root, *all, house.roll());
    check_who(*all, found);
    require(!found.two_thirds() || 3 * found.good > 2 * house.seats.size());
}

void check_registration_bytes(ByteView bytes)
{
    const auto registration = decode_registration(bytes);
    if (!registration) return;
    require(same(encode(*registration), bytes));
    const auto& house = members().house;
    const RegistrationTerms terms{house.context.origin, house.context.meeting,
                                  record_id(house.context.origin, "person", 1),
                                  house.seats[0].device.public_key(), sha256("channel").bytes};
    if (!check_registration(terms, *registration)) return;
    // The device signed one of its own keys, and for this session alone.
    require(registration->voting_key == house.seats[0].voting_key.public_key());
    auto elsewhere = terms;
    elsewhere.channel[0] ^= 1;
    require(!check_registration(elsewhere, *registration));
}

void check_list_bytes(ByteView bytes)
{
    const auto list = decode_list(bytes);
    if (!list) return;
    require(same(encode_list(*list), bytes));
    require(check_list(*list).has_value());
    require(std::ranges::adjacent_find(*list, std::ranges::greater_equal{}) == list->end());
    const auto paths = list_paths(*list);
    require(paths.size() == list->size());
    auto context = members().house.context;
    context.roll_root = roll_root(*list);
    context.list_length = static_cast<std::uint32_t>(list->size());
    for (const auto& seat : members().house.seats) {
        const auto own = pseudonym(seat.voting_key.secret(), context.vote_generator);
        const auto at = std::ranges::lower_bound(*list, own);
        const bool is_there = at != list->end() && *at == own;
        for (const auto& path : paths) {
            const bool is_here = is_there && path.index == static_cast<std::size_t>(at - list->begin());
            require(check_listed(seat.voting_key, context, path).has_value() == is_here);
        }
    }
}

void check_opening_bytes(ByteView bytes)
{
    const auto& [house, terms, root, made] = members();
    const auto said = check_opening(bytes, made.bytes, terms);
    if (!said) return;
    // A ciphertext opens to one number by one randomness.
    require(same(bytes, encode_opening(made.opening)) && *said == Bytes{2});
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const ByteView bytes(data + 1, size - 1);
    switch (data[0] % 6) {
    case 0: check_share_bytes(bytes); break;
    case 1: check_acknowledgement_bytes(bytes); break;
    case 2: check_confirmation_bytes(bytes); break;
    case 3: check_registration_bytes(bytes); break;
    case 4: check_list_bytes(bytes); break;
    default: check_opening_bytes(bytes); break;
    }
    return 0;
}
