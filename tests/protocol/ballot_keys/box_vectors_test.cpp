// schemas/vectors/box.json: what counts, the box as a file, its proofs, its confirmations, sealed records.
#include "tests/protocol/ballot_keys/house.hpp"
#include "tests/protocol/ballot_keys/vector_spelling.hpp"
#include "tests/protocol/golden.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(box_vectors_test)

using namespace plenum;
using namespace plenum::ballot;
namespace json = boost::json;

namespace {

json::array hex_of_records(std::span<const Bytes> records)
{
    json::array list;
    for (const Bytes& record : records)
        list.emplace_back(to_hex(record));
    return list;
}

/// Member 0 presses twice, 1 spoils and presses again, 2 spoils the last one, 3 once, 4 never, 5 once.
struct Recorded {
    House house{6};
    std::vector<Bytes> ballots{house.ballot(0, 10), house.ballot(1, 7),     house.ballot(2, 5, 1),
                               house.ballot(3, 99), house.ballot(0, 12, 2), house.ballot(2, 8, 3),
                               house.ballot(5, 1),  house.ballot(1, 300, 4)};
    std::vector<Bytes> spoils{house.spoil(1, 7), house.spoil(2, 8)};
    BoxContent box = collect(ballots, spoils).value();
};

json::array proofs(const Recorded& recorded, const BoxTree& tree)
{
    json::array list;
    for (std::size_t member = 0; member < recorded.house.seats.size(); ++member) {
        const Point pseudonym = recorded.house.pseudonym_of(member);
        const BoxProof proof = tree.prove(pseudonym);
        const auto found = check_proof(proof, pseudonym, tree.root());
        BOOST_TEST_REQUIRE(found.has_value());
        json::object row{{"pseudonym", to_hex(pseudonym.bytes)},
                         {"present", found->has_value()},
                         {"bytes", to_hex(encode(proof))}};
        if (*found) {
            row["seq"] = (*found)->seq;
            row["ballot"] = to_hex((*found)->record);
        }
        list.push_back(row);
    }
    return list;
}

json::array rejected_proofs(const Recorded& recorded, const BoxTree& tree)
{
    json::array list;
    const auto reject = [&](const char* why, std::size_t member, const Bytes& bytes, const Digest& root) {
        const Point pseudonym = recorded.house.pseudonym_of(member);
        const auto proof = decode_proof(bytes);
        const auto checked =
            proof ? check_proof(*proof, pseudonym, root) : Result<std::optional<BoxLeaf>>(proof.error());
        BOOST_TEST_REQUIRE(checked.has_error(), why);
        list.push_back({{"why", why},
                        {"pseudonym", to_hex(pseudonym.bytes)},
                        {"root", to_hex(root)},
                        {"bytes", to_hex(bytes)},
                        {"fault", checked.error().value()}});
    };
    const auto proof_of = [&](std::size_t member) { return tree.prove(recorded.house.pseudonym_of(member)); };
    const Bytes presence = encode(proof_of(3));
    const BoxProof absence = proof_of(4);
    reject("the proof of another ballot", 0, presence, tree.root());
    reject("the absence of another ballot", 3, encode(absence), tree.root());
    reject("another seq", 3, flipped(presence, 4 + 1 + 4 + 33), tree.root());
    reject("another ballot", 3, flipped(presence, 4 + 1 + 4 + 37), tree.root());
    reject("another index", 3, flipped(presence, 5), tree.root());
    reject("one bit of the path", 3, flipped(presence, presence.size() - 1), tree.root());
    reject("another root", 3, presence, sha256("another box"));
    reject("a kind there is not", 3, flipped(presence, 9, 2), tree.root());
    for (std::size_t member = 0; member < recorded.house.seats.size(); ++member) {
        BoxProof narrow = proof_of(member);
        if (narrow.neighbours.size() != 2) continue;
        BoxProof left = narrow;
        left.neighbours.pop_back();
        left.leaves = left.neighbours[0].index + 1;
        reject("only the left neighbour, and a shorter box", member, encode(left), tree.root());
        narrow.neighbours.erase(narrow.neighbours.begin());
        reject("only the right neighbour", member, encode(narrow), tree.root());
        break;
    }
    reject("nothing, in a box that is not empty", 4, encode(BoxProof{0, {}}), tree.root());
    BoxProof three = proof_of(3);
    three.neighbours.push_back(three.neighbours[0]);
    three.neighbours.push_back(three.neighbours[0]);
    reject("three neighbours", 3, encode(three), tree.root());
    Bytes longer = presence;
    longer.push_back(0);
    reject("a byte too many", 3, longer, tree.root());
    reject("a byte too few", 3, {presence.begin(), presence.end() - 1}, tree.root());
    return list;
}

json::array rejected_boxes(Recorded& recorded)
{
    json::array list;
    const BallotTerms terms = recorded.house.terms();
    const auto reject = [&](const char* why, const Bytes& bytes) {
        const auto box = decode_box(terms, bytes);
        BOOST_TEST_REQUIRE(box.has_error(), why);
        list.push_back({{"why", why}, {"fault", box.error().value()}, {"bytes", to_hex(bytes)}});
    };
    const auto changed = [&](auto change) {
        BoxContent box = recorded.box;
        change(box);
        return encode(terms, box);
    };
    const Bytes good = encode(terms, recorded.box);
    constexpr std::size_t first_ballot = 4 + 13 + 64 + 4;
    reject("not sorted", changed([](BoxContent& box) { std::swap(box.ballots[0], box.ballots[1]); }));
    reject("the same ballot twice", changed([](BoxContent& box) { box.ballots[1] = box.ballots[0]; }));
    reject("spoils not sorted", changed([](BoxContent& box) { std::swap(box.spoils[0], box.spoils[1]); }));
    reject("a ballot that was spoiled", changed([&](BoxContent& box) {
               const auto head = read_head(box.ballots[0]).value();
               for (std::size_t member = 0; member < recorded.house.seats.size(); ++member)
                   if (recorded.house.pseudonym_of(member) == head.pseudonym)
                       box.spoils = {recorded.house.spoil(member, head.seq)};
           }));
    reject("a ballot of another vote", flipped(good, first_ballot + 1));
    reject("a ballot of another version", flipped(good, first_ballot, 3));
    reject("another context", flipped(good, 20));
    reject("one ballot too few in the count", flipped(good, first_ballot - 4, 1));
    reject("more ballots than bytes", flipped(good, first_ballot - 1, 0x80));
    Bytes longer = good;
    longer.push_back(0);
    reject("a byte too many", longer);
    reject("a byte too few", {good.begin(), good.end() - 1});
    return list;
}

json::object confirmations(const Recorded& recorded, const Digest& root)
{
    const BallotTerms terms = recorded.house.terms();
    std::vector<Confirmation> all;
    for (std::size_t member = 0; member < 5; ++member)
        all.push_back(confirm(terms, root, recorded.house.seats[member].device));
    const Bytes bytes = encode_confirmations(terms.context, root, all);
    json::array rejected;
    const auto reject = [&](const char* why, const Bytes& blob) {
        const auto decoded = decode_confirmations(terms.context, root, blob);
        RollCheck found;
        if (decoded) found = check_confirmations(terms, root, *decoded, recorded.house.roll());
        BOOST_TEST(!found.two_thirds(), why);
        rejected.push_back(
            {{"why", why},
             {"fault", decoded ? json::value("too_few") : json::value(decoded.error().value())},
             {"bytes", to_hex(blob)}});
    };
    const auto with = [&](const char* why, const Confirmation& last) {
        std::vector<Confirmation> four(all.begin(), all.begin() + 4);
        four.push_back(last);
        reject(why, encode_confirmations(terms.context, root, four));
    };
    const SigningKey& fifth = recorded.house.seats[4].device;
    with("of another root", confirm(terms, sha256("another box"), fifth));
    with("by a device that is not on the roll", confirm(terms, root, test_key(99)));
    with("by another device", {fifth.public_key(), all[0].signature});
    with("the same device twice", all[0]);
    reject("exactly two thirds", encode_confirmations(terms.context, root, {all.begin(), all.begin() + 4}));
    reject("another root in the head", flipped(bytes, 4 + 17 + 64));
    reject("a byte too few", {bytes.begin(), bytes.end() - 1});
    json::array roll;
    for (const VerifyKey& device : recorded.house.roll())
        roll.emplace_back(to_hex(device));
    return {{"list_length", roll.size()}, {"roll", roll}, {"bytes", to_hex(bytes)}, {"rejected", rejected}};
}

json::object sealed_records(Recorded& recorded)
{
    BoxKey key;
    std::ranges::fill(key.fill(), std::uint8_t{0x42});
    const SealedPlace place{record_id(recorded.house.context.origin, "ballot_box.created", 41), 57, 3};
    const BallotShape& shape = recorded.house.shape;
    json::array accepted;
    const auto accept = [&](RecordKind kind, const Bytes& record) {
        const Bytes sealed = seal({kind, 60, record}, place, shape, key, recorded.house.randomness);
        const auto opened = unseal(sealed, place, shape, key);
        BOOST_TEST_REQUIRE(opened.has_value());
        BOOST_TEST((*opened == SealedContent{kind, 60, record}));
        accepted.push_back({{"kind", static_cast<int>(kind)},
                            {"leaves_before", 60},
                            {"record", to_hex(record)},
                            {"bytes", to_hex(sealed)}});
        return sealed;
    };
    const Bytes sealed = accept(RecordKind::ballot, recorded.ballots[0]);
    BOOST_TEST(accept(RecordKind::spoil, recorded.spoils[0]).size() == sealed.size());
    json::array rejected;
    const auto reject = [&](const char* why, const SealedPlace& where, const Bytes& bytes) {
        const auto opened = unseal(bytes, where, shape, key);
        BOOST_TEST_REQUIRE(opened.has_error(), why);
        rejected.push_back({{"why", why},
                            {"box", to_hex(where.box)},
                            {"first_entry", where.first_entry},
                            {"number", where.number},
                            {"bytes", to_hex(bytes)},
                            {"fault", opened.error().value()}});
    };
    reject("another nonce", place, flipped(sealed, 0));
    reject("another byte", place, flipped(sealed, 100));
    reject("another tag", place, flipped(sealed, sealed.size() - 1));
    reject("a byte too few", place, {sealed.begin(), sealed.end() - 1});
    reject("another number in the frame", {place.box, 57, 2}, sealed);
    reject("another frame", {place.box, 58, 3}, sealed);
    reject("another box", {record_id("o", "ballot_box.created", 42), 57, 3}, sealed);
    return {{"key", to_hex(key.reveal())}, {"box", to_hex(place.box)}, {"first_entry", place.first_entry},
            {"number", place.number},      {"accepted", accepted},     {"rejected", rejected}};
}

} // namespace

BOOST_AUTO_TEST_CASE(the_box_vectors_are_what_they_were)
{
    Recorded recorded;
    const BoxTree tree(recorded.box);
    const BallotTerms terms = recorded.house.terms();
    const Bytes file = encode(terms, recorded.box);
    BOOST_TEST((decode_box(terms, file).value() == recorded.box));
    check_golden("box.json", {{"format", "plenum/vectors/box/1"},
                              {"note", "ballots are filler after version, vote, pseudonym and seq"},
                              {"vote", to_hex(terms.vote)},
                              {"context", to_hex(terms.context)},
                              {"vote_generator", to_hex(terms.vote_generator.bytes)},
                              {"ballot_size", ballot_size(terms.shape)},
                              {"recorded_ballots", hex_of_records(recorded.ballots)},
                              {"recorded_spoils", hex_of_records(recorded.spoils)},
                              {"box", to_hex(file)},
                              {"box_root", to_hex(tree.root())},
                              {"proofs", proofs(recorded, tree)},
                              {"rejected_proofs", rejected_proofs(recorded, tree)},
                              {"rejected_boxes", rejected_boxes(recorded)},
                              {"confirmations", confirmations(recorded, tree.root())},
                              {"sealed", sealed_records(recorded)}});
}

BOOST_AUTO_TEST_SUITE_END()
