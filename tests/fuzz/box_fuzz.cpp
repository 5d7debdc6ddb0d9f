// Property: whatever the bytes, box files, proofs, spoils, receipts and sealed records are read or refused;
// what is read gives the same bytes back. A box that is read is what counting its own records gives; a proof
// that holds says what is in the box; nothing is signed, proved or sealed by chance. The first byte chooses.
#include "protocol/ballot/sums.hpp"
#include "tests/fuzz/property.hpp"
#include "tests/protocol/ballot_keys/house.hpp"

#include <algorithm>

using namespace plenum;
using namespace plenum::ballot;

namespace {

/// The vote and the box of schemas/vectors/box.json.
struct Recorded {
    House house{6};
    std::vector<Bytes> ballots{house.ballot(0, 10), house.ballot(1, 7),     house.ballot(2, 5, 1),
                               house.ballot(3, 99), house.ballot(0, 12, 2), house.ballot(2, 8, 3),
                               house.ballot(5, 1),  house.ballot(1, 300, 4)};
    std::vector<Bytes> spoils{house.spoil(1, 7), house.spoil(2, 8)};
    BallotTerms terms = house.terms();
    BoxContent box = collect(ballots, spoils).value();
    BoxTree tree{box};
};

const Recorded& recorded()
{
    static const Recorded recorded;
    return recorded;
}

const Bytes* ballot_of(const BoxContent& box, const Point& pseudonym)
{
    const auto found = std::ranges::find_if(
        box.ballots, [&](const Bytes& one) { return read_head(one)->pseudonym == pseudonym; });
    return found == box.ballots.end() ? nullptr : &*found;
}

/// Every member finds what the box holds, by its own tree.
void check_proofs_of(const BoxContent& box)
{
    const BoxTree tree(box);
    std::vector<Point> asked;
    for (const auto* records : {&box.ballots, &box.spoils})
        for (const Bytes& record : *records)
            asked.push_back(read_head(record)->pseudonym);
    for (std::size_t member = 0; member < recorded().house.seats.size(); ++member)
        asked.push_back(recorded().house.pseudonym_of(member));
    for (const Point& pseudonym : asked) {
        const auto spelled = encode(tree.prove(pseudonym));
        const auto proof = decode_proof(spelled);
        require(proof.has_value() && encode(*proof) == spelled);
        const auto found = check_proof(*proof, pseudonym, tree.root());
        const auto* ballot = ballot_of(box, pseudonym);
        require(found.has_value() && found->has_value() == (ballot != nullptr));
        require(ballot == nullptr || (*found)->record == sha256(*ballot));
    }
}

void check_box(ByteView bytes)
{
    const auto& terms = recorded().terms;
    const auto box = decode_box(terms, bytes);
    if (!box) return;
    require(same(encode(terms, *box), bytes));
    const auto counted = collect(box->ballots, box->spoils);
    require(counted.has_value() && *counted == *box);
    check_proofs_of(*box);
    const auto sums = sums_of(terms, box->ballots);
    require(!sums || sums->size() == ciphertext_count(terms.shape));
    require(!box->ballots.empty() || (sums && sums->front().alpha.is_identity()));
}

/// Of any pseudonym: the proof is asked about all of this box and some that are not in it.
void check_proof_bytes(ByteView bytes)
{
    const auto proof = decode_proof(bytes);
    if (!proof) return;
    require(same(encode(*proof), bytes));
    const auto root = recorded().tree.root();
    std::vector<Point> asked{generator()};
    for (std::size_t member = 0; member < recorded().house.seats.size(); ++member)
        asked.push_back(recorded().house.pseudonym_of(member));
    for (const auto& neighbour : proof->neighbours)
        asked.push_back(neighbour.leaf.pseudonym);
    for (const Point& pseudonym : asked) {
        const auto found = check_proof(*proof, pseudonym, root);
        if (!found) continue;
        const auto* ballot = ballot_of(recorded().box, pseudonym);
        require(found->has_value() == (ballot != nullptr));
        require(ballot == nullptr || (*found)->record == sha256(*ballot));
    }
}

void check_spoil_bytes(ByteView bytes)
{
    const auto spoil = decode_spoil(bytes);
    if (!spoil) return;
    require(same(encode(*spoil), bytes) && bytes.size() == spoil_bytes);
    const auto head = read_head(bytes);
    require(head.has_value() && *head == spoil->head);
    if (!check_spoil(recorded().terms, *spoil)) return;
    require(std::ranges::any_of(recorded().spoils, [&](const Bytes& one) { return same(one, bytes); }));
}

void check_receipt_bytes(ByteView bytes)
{
    const auto receipt = decode_receipt(bytes);
    if (!receipt) return;
    require(same(encode(*receipt), bytes));
    // By a key nobody signed with.
    const auto stranger = test_key(200).public_key();
    require(!check_receipt(ReceiptKind::ballot, *receipt, stranger));
    require(!check_receipt(ReceiptKind::spoil, *receipt, stranger));
    for (const Bytes& ballot : recorded().ballots)
        require(!check_receipt_of(*receipt, recorded().terms, ballot) || receipt->ballot == sha256(ballot));
}

/// The key and the place of schemas/vectors/box.json.
void check_sealed(ByteView bytes)
{
    static const BoxKey key = [] {
        BoxKey made;
        std::ranges::fill(made.fill(), std::uint8_t{0x42});
        return made;
    }();
    static const SealedPlace place{record_id("plenum.example/npc", "ballot_box.created", 41), 57, 3};
    const auto& shape = recorded().house.shape;
    const auto content = unseal(bytes, place, shape, key);
    if (!content) return;
    require(bytes.size() == sealed_size(shape));
    require(content->record == recorded().ballots[0] || content->record == recorded().spoils[0]);
    auto elsewhere = place;
    ++elsewhere.number;
    require(!unseal(bytes, elsewhere, shape, key));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const ByteView bytes(data + 1, size - 1);
    switch (data[0] % 5) {
    case 0: check_box(bytes); break;
    case 1: check_proof_bytes(bytes); break;
    case 2: check_spoil_bytes(bytes); break;
    case 3: check_receipt_bytes(bytes); break;
    default: check_sealed(bytes); break;
    }
    return 0;
}
