#include "tests/protocol/ballot_keys/faults.hpp"
#include "tests/protocol/ballot_keys/house.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

BOOST_AUTO_TEST_SUITE(box_test)

using namespace plenum;
using namespace plenum::ballot;

namespace {

BoxContent box_of(std::initializer_list<Bytes> ballots, std::initializer_list<Bytes> spoils = {})
{
    return collect(std::vector<Bytes>(ballots), std::vector<Bytes>(spoils)).value();
}

} // namespace

BOOST_AUTO_TEST_CASE(the_last_press_counts_whatever_the_order_of_arrival)
{
    const House house(1);
    for (const std::vector<std::uint32_t>& seqs :
         std::vector<std::vector<std::uint32_t>>{{1, 2, 3}, {3, 1, 2}, {2, 3, 1}}) {
        std::vector<Bytes> ballots;
        for (const std::uint32_t seq : seqs)
            ballots.push_back(house.ballot(0, seq));
        const BoxContent box = collect(ballots, {}).value();
        BOOST_TEST_REQUIRE(box.ballots.size() == 1U);
        BOOST_TEST((box.ballots[0] == house.ballot(0, 3)));
    }
}

BOOST_AUTO_TEST_CASE(a_spoiled_last_press_counts_nothing_and_never_falls_back)
{
    House house(2);
    const BoxContent box =
        box_of({house.ballot(0, 1), house.ballot(0, 2), house.ballot(1, 9)}, {house.spoil(0, 2)});
    BOOST_TEST_REQUIRE(box.ballots.size() == 1U);
    BOOST_TEST((box.ballots[0] == house.ballot(1, 9)));
    BOOST_TEST(box.spoils.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_press_after_a_spoil_counts)
{
    House house(1);
    const BoxContent box = box_of({house.ballot(0, 1), house.ballot(0, 2)}, {house.spoil(0, 1)});
    BOOST_TEST_REQUIRE(box.ballots.size() == 1U);
    BOOST_TEST((box.ballots[0] == house.ballot(0, 2)));
}

BOOST_AUTO_TEST_CASE(of_two_spoils_of_one_ballot_the_first_stays)
{
    House house(1);
    const Bytes first = house.spoil(0, 1);
    const Bytes second = house.spoil(0, 1); // the same statement, another proof
    BOOST_TEST((first != second));
    const BoxContent box = box_of({house.ballot(0, 1)}, {first, second});
    BOOST_TEST_REQUIRE(box.spoils.size() == 1U);
    BOOST_TEST((box.spoils[0] == first));
    BOOST_TEST(box.ballots.empty());
}

BOOST_AUTO_TEST_CASE(a_box_with_two_ballots_of_one_pseudonym_is_refused)
{
    const House house(2);
    BoxContent box = box_of({house.ballot(0, 1)});
    box.ballots.push_back(house.ballot(0, 2));
    is_fault(decode_box(house.terms(), encode(house.terms(), box)), Fault::malformed);
}

BOOST_AUTO_TEST_CASE(an_empty_box_is_a_box)
{
    const House house(3);
    const BoxContent box = box_of({});
    BOOST_TEST((decode_box(house.terms(), encode(house.terms(), box)).value() == box));
    const BoxTree tree(box);
    BOOST_TEST((tree.root() == empty_root()));
    const BoxProof proof = tree.prove(house.pseudonym_of(0));
    BOOST_TEST(!check_proof(proof, house.pseudonym_of(0), tree.root()).value());
}

BOOST_AUTO_TEST_CASE(every_member_finds_its_ballot_or_that_there_is_none_in_every_box)
{
    constexpr std::size_t members = 5;
    House house(members);
    for (std::uint32_t mask = 0; mask < 1U << (2 * members); mask += 7) { // nothing, a ballot, a spoil, both
        std::vector<Bytes> ballots;
        std::vector<Bytes> spoils;
        for (std::size_t member = 0; member < members; ++member) {
            const std::uint32_t what = mask >> (2 * member) & 3U;
            if (what & 1U) ballots.push_back(house.ballot(member, 5));
            if (what & 2U) spoils.push_back(house.spoil(member, 4));
        }
        const BoxTree tree(collect(ballots, spoils).value());
        for (std::size_t member = 0; member < members; ++member) {
            const Point pseudonym = house.pseudonym_of(member);
            const auto proof = decode_proof(encode(tree.prove(pseudonym)));
            BOOST_TEST_REQUIRE(proof.has_value());
            const auto found = check_proof(*proof, pseudonym, tree.root());
            BOOST_TEST_REQUIRE(found.has_value());
            BOOST_TEST(found->has_value() == ((mask >> (2 * member) & 1U) != 0), mask << ' ' << member);
        }
    }
}

// The server shows one console a box without its ballot: no set of neighbours and no length shows absence.
BOOST_AUTO_TEST_CASE(absence_of_a_ballot_that_is_there_cannot_be_shown)
{
    constexpr std::size_t members = 6;
    House house(members);
    std::vector<Bytes> ballots;
    for (std::size_t member = 0; member < members; ++member)
        ballots.push_back(house.ballot(member, 1));
    const BoxContent box = collect(ballots, std::vector<Bytes>{house.spoil(2, 7)}).value();
    const BoxTree tree(box);
    std::vector<BoxNeighbour> all; // presence proofs give every leaf and its path
    for (const Bytes& ballot : box.ballots)
        all.push_back(tree.prove(read_head(ballot).value().pseudonym).neighbours.front());
    for (std::size_t member = 0; member < members; ++member) {
        const Point own = house.pseudonym_of(member);
        for (std::uint32_t leaves = 0; leaves <= 9; ++leaves)
            for (const BoxNeighbour& left : all) {
                const auto shown_alone = check_proof({leaves, {left}}, own, tree.root());
                BOOST_TEST((!shown_alone || shown_alone->has_value()));
                for (const BoxNeighbour& right : all) {
                    BoxProof forged{leaves, {left, right}};
                    BOOST_TEST(check_proof(forged, own, tree.root()).has_error());
                    forged.neighbours[1].index = left.index + 1;
                    BOOST_TEST(check_proof(forged, own, tree.root()).has_error());
                }
            }
    }
}

// Two boxes: a console confirms one root; its confirmation says nothing of another.
BOOST_AUTO_TEST_CASE(two_boxes_cannot_both_be_confirmed)
{
    House house(6);
    std::vector<Bytes> ballots;
    for (std::size_t member = 0; member < 6; ++member)
        ballots.push_back(house.ballot(member, 1));
    const Digest whole = BoxTree(collect(ballots, {}).value()).root();
    ballots.pop_back();
    const Digest starved = BoxTree(collect(ballots, {}).value()).root();
    BOOST_TEST((whole != starved));
    std::vector<Confirmation> all;
    for (const Seat& seat : house.seats)
        all.push_back(confirm(house.terms(), whole, seat.device));
    const RollCheck of_whole = check_confirmations(house.terms(), whole, all, house.roll());
    BOOST_TEST(of_whole.complete());
    BOOST_TEST(of_whole.two_thirds());
    const RollCheck of_starved = check_confirmations(house.terms(), starved, all, house.roll());
    BOOST_TEST(of_starved.good == 0U);
    BOOST_TEST(of_starved.forged.size() == 6U);
    BOOST_TEST(!of_starved.two_thirds());
    // Honest consoles sign once: two roots with more than two thirds each share more than a third of the
    // roll.
    const std::span<const Confirmation> four = std::span(all).first(4);
    BOOST_TEST(!check_confirmations(house.terms(), whole, four, house.roll()).two_thirds());
    const std::span<const Confirmation> five = std::span(all).first(5);
    BOOST_TEST(check_confirmations(house.terms(), whole, five, house.roll()).two_thirds());
}

BOOST_AUTO_TEST_CASE(every_flipped_byte_of_a_box_changes_its_root_or_is_refused)
{
    House house(3);
    const BoxContent box =
        box_of({house.ballot(0, 1), house.ballot(1, 4), house.ballot(2, 2)}, {house.spoil(2, 2)});
    const Bytes file = encode(house.terms(), box);
    const Digest root = BoxTree(box).root();
    for (std::size_t at = 0; at < file.size(); ++at) {
        Bytes changed = file;
        changed[at] ^= 1;
        const auto read = decode_box(house.terms(), changed);
        BOOST_TEST((!read || BoxTree(*read).root() != root), "byte " << at);
    }
}

BOOST_AUTO_TEST_CASE(a_sealed_record_says_nothing_by_its_length_and_fits_one_place)
{
    for (const BallotShape& shape : {motion_shape, BallotShape{ShapeKind::choose, 5, 1, 1, 2},
                                     BallotShape{ShapeKind::elect, 3, 1, 0, 2}}) {
        House house(1, shape);
        BoxKey key;
        house.randomness.fill(key.fill());
        const SealedPlace place{record_id("o", "ballot_box.created", 3), 9, 1};
        const auto sealed_as = [&](RecordKind kind, const Bytes& record) {
            return seal({kind, 9, record}, place, shape, key, house.randomness);
        };
        const Bytes ballot = sealed_as(RecordKind::ballot, house.ballot(0, 1));
        const Bytes spoil = sealed_as(RecordKind::spoil, house.spoil(0, 1));
        BOOST_TEST(ballot.size() == ballot_size(shape) + 53);
        BOOST_TEST(spoil.size() == ballot.size());
        BOOST_TEST((unseal(spoil, place, shape, key)->record == house.spoil(0, 1)) == false); // another proof
        BOOST_TEST((unseal(ballot, place, shape, key)->record == house.ballot(0, 1)));
        for (std::size_t at = 0; at < ballot.size(); at += 5) {
            Bytes changed = ballot;
            changed[at] ^= 1;
            is_fault(unseal(changed, place, shape, key), Fault::bad_digest);
        }
        is_fault(unseal(ballot, {place.box, 9, 2}, shape, key), Fault::bad_digest);
        BoxKey other;
        is_fault(unseal(ballot, place, shape, other), Fault::bad_digest);
    }
}

BOOST_AUTO_TEST_CASE(a_tracker_is_sixteen_letters_without_look_alikes)
{
    const House house(1);
    const std::string shown = tracker(house.ballot(0, 1));
    BOOST_TEST(shown.size() == 19U);
    for (std::size_t i = 0; i < shown.size(); ++i)
        BOOST_TEST((i % 5 == 4 ? shown[i] == '-' : std::string("ILOU-").find(shown[i]) == std::string::npos));
    BOOST_TEST(shown != tracker(house.ballot(0, 2)));
    BOOST_TEST(shown == tracker(house.ballot(0, 1)));
}

BOOST_AUTO_TEST_SUITE_END()
