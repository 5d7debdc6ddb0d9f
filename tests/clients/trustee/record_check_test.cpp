#include "protocol/entry.hpp"
#include "protocol/entry_proof.hpp"
#include "protocol/merkle.hpp"
#include "tests/clients/trustee/holder_program.hpp"
#include "tests/support/recorded_meeting.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(record_check_test)

using namespace plenum;
using namespace plenum::trustee;

// What a key holder wants to see of the record before a share leaves, what is signed of it, and what a server
// could try instead of showing the record everybody else reads.

namespace {

/// A later vote; it asks the same, so that the holder has to decide, and has.
const HolderHouse& later()
{
    static const HolderHouse later(7, 9, 41);
    return later;
}

/// A proof text taken apart, changed and put together again.
std::string changed(const std::string& text, const std::function<void(EntryProof&)>& change)
{
    auto proof = decode_proof(text).value();
    change(proof);
    return encode_proof(proof);
}

struct Lie {
    const char* name;
    std::function<void(FakeServer&)> tell;
    const char* said;
};

std::function<void(FakeServer&)> entries(std::function<void(VoteOpened&, BallotBoxSealed&)> change)
{
    return [change = std::move(change)](FakeServer& server) { server.change_entries = change; };
}

std::function<void(FakeServer&)> proof(std::function<void(RecordProof&)> change)
{
    return [change = std::move(change)](FakeServer& server) { server.change_proof = change; };
}

constexpr const char* unproven = "cannot prove that the vote and its box stand in the record";

} // namespace

BOOST_AUTO_TEST_CASE(the_record_is_cosigned_with_the_share_and_that_stands_in_the_key_file)
{
    FakeServer server(house().told());
    auto keys = house().keys();
    Program program(keys, server);
    program.look();
    BOOST_REQUIRE(server.given.size() == 1U);
    const auto& cosigned = server.given.front().cosignature;
    BOOST_TEST(cosigned.size == server.log.size());
    BOOST_TEST(cosigned.time_s == 1'790'000'001U);
    BOOST_TEST(check_cosignature(house().origin, cosigned, keys.signing_key().public_key()).has_value());
    MerkleTree tree;
    for (const auto& entry : server.log)
        tree.append(leaf_hash(bytes_of(entry)));
    BOOST_TEST((tree.root() == cosigned.root));
    BOOST_TEST(server.has_said("cosigning the record of 4 entries"));

    const Checkpoint kept{house().origin, cosigned.size, cosigned.root};
    BOOST_TEST((keys.given.cosigned(house().origin) == kept));
    BOOST_TEST(keys.given.cosigned("plenum.example/other").size == 0U);

    // Asked again, the same bytes, of a record that has grown since.
    server.now_ms += 60'000;
    Program again(keys, server);
    again.look();
    BOOST_REQUIRE(server.given.size() == 2U);
    BOOST_TEST((server.given[1].cosignature == cosigned));
    BOOST_TEST(server.record_asked.size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_next_record_goes_on_from_the_one_before)
{
    FakeServer server(house().told());
    auto keys = house().keys();
    Program first(keys, server);
    first.look();
    server.told = later().told();
    Program second(keys, server, accepting(later()));
    second.look();
    BOOST_REQUIRE(server.given.size() == 2U);
    BOOST_TEST((server.record_asked == std::vector<std::uint64_t>{0, 4}));
    BOOST_TEST(keys.given.cosigned(house().origin).size == 8U);
}

BOOST_AUTO_TEST_CASE(a_record_that_was_rewritten_gets_nothing)
{
    const Lie lies[] = {
        {"another record of the same length and more",
         [](FakeServer& server) {
             server.log.front() = encode_entry({0, 1, 1, Actor{}, "", ServerStarted{"rewritten"}});
         },
         "not the one this device signed before"},
        {"one that has lost its end", [](FakeServer& server) { server.log.clear(); },
         "not the one this device signed before"},
        {"no way from one to the other", proof([](auto& told) { told.consistency.clear(); }),
         "not the one this device signed before"},
    };
    for (const auto& lie : lies) {
        BOOST_TEST_CONTEXT(lie.name)
        {
            FakeServer server(house().told());
            auto keys = house().keys();
            Program first(keys, server);
            first.look();
            BOOST_REQUIRE(server.given.size() == 1U);
            server.told = later().told();
            lie.tell(server);
            Program second(keys, server, accepting(later()));
            second.look();
            BOOST_TEST(server.given.size() == 1U);
            BOOST_TEST(keys.given.size() == 1U);
            BOOST_TEST(server.has_said(lie.said));
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_proven_to_stand_in_the_record_gets_nothing)
{
    const Lie lies[] = {
        {"another vote was opened", entries([](auto& opened, auto&) { opened.vote = VoteId{39}; }), unproven},
        {"opened as no secret vote", entries([](auto& opened, auto&) { opened.secret.reset(); }), unproven},
        {"opened with another list", entries([](auto& opened, auto&) { opened.secret->context[5] ^= 1; }),
         unproven},
        {"opened with other acknowledgements",
         entries([](auto& opened, auto&) { opened.secret->acknowledgements = sha256("others"); }), unproven},
        {"another vote's box was sealed", entries([](auto&, auto& sealed) { sealed.vote = VoteId{39}; }),
         unproven},
        {"another box was sealed", entries([](auto&, auto& sealed) { sealed.root.bytes[0] ^= 1; }), unproven},
        {"another box file", entries([](auto&, auto& sealed) { sealed.box = sha256("another"); }), unproven},
        {"a ballot less in the record", entries([](auto&, auto& sealed) { --sealed.ballots; }), unproven},
        {"a spoil more in the record", entries([](auto&, auto& sealed) { ++sealed.spoils; }), unproven},
        {"signed by another key", [](FakeServer& server) { server.log_key = 8; }, unproven},
        {"one entry told twice", proof([](auto& told) { told.sealed = told.opened; }), unproven},
        {"the entries in each other's place", proof([](auto& told) { std::swap(told.opened, told.sealed); }),
         unproven},
        {"no text of a proof", proof([](auto& told) { told.opened = "c2sp.org/tlog-proof@v1\n"; }), unproven},
        {"an entry that does not lead to the root", proof([](auto& told) {
             told.sealed = changed(told.sealed, [](auto& one) { one.hashes.front() = sha256("x"); });
         }),
         unproven},
        {"two checkpoints", proof([](auto& told) {
             told.sealed = changed(told.sealed, [](auto& one) {
                 MerkleTree tree;
                 for (std::uint64_t at = 0; at < one.index; ++at)
                     tree.append(sha256("x"));
                 tree.append(leaf_hash(bytes_of(one.entry)));
                 one.hashes = tree.inclusion_proof(one.index, tree.size());
                 one.checkpoint =
                     sign_checkpoint({HolderHouse::log().name, tree.size(), tree.root()}, testing::log_key());
             });
         }),
         unproven},
        {"no proofs", [](FakeServer& server) { server.has_record = false; },
         "does not give the proofs of the record"},
    };
    for (const auto& lie : lies) {
        BOOST_TEST_CONTEXT(lie.name)
        {
            FakeServer server(house().told());
            auto keys = house().keys();
            lie.tell(server);
            Program program(keys, server);
            program.look();
            BOOST_TEST(server.given.empty());
            BOOST_TEST(keys.given.size() == 0U);
            BOOST_TEST(server.has_said(lie.said));
        }
    }
}

BOOST_AUTO_TEST_CASE(proofs_that_are_not_there_yet_may_come)
{
    FakeServer server(house().told());
    auto keys = house().keys();
    server.has_record = false;
    Program program(keys, server);
    program.look();
    BOOST_TEST(server.given.empty());
    server.has_record = true;
    BOOST_REQUIRE(program.votes.look_again().has_value());
    BOOST_TEST(server.given.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
