#pragma once

#include "protocol/ballot/sums.hpp"
#include "protocol/ballot/totals.hpp"
#include "protocol/ballot/verify.hpp"
#include "server/chamber/secret_votes.hpp"
#include "tests/server/chamber/key_house.hpp"
#include "tests/server/chamber/polling.hpp"
#include "tests/support/secret_console.hpp"

#include <deque>

namespace plenum::chamber {

/// 无记名按键表决: over half of all, by consoles.
inline RuleProfile secret_motion()
{
    auto rule = motion();
    rule.secrecy = Secrecy::secret;
    return rule;
}

/// A committee that votes secretly, with the clerk's part of it done by hand: consoles, lists, ballots, the
/// box.
struct SecretHouse : KeyHouse {
    std::deque<testing::SecretConsole> consoles; ///< of all members, in order
    ballot::RepeatableRandomness randomness{77};
    std::vector<Bytes> ballots; ///< recorded in the open vote
    std::vector<Bytes> spoils;
    std::optional<ballot::BoxContent> box; ///< of the vote that was sealed last

    /// The first `present` members are there; with the election key made, and each of them with a voting key.
    explicit SecretHouse(std::size_t size = 9, std::size_t present = 7) : KeyHouse(3, size, present)
    {
        make_key();
        // What the clerk looks up of the record, and holders sign.
        secret.cosigned_root = sha256("the root of the record");
        table.record = {state.origin, 1'000'000, *secret.cosigned_root};
        for (const auto& member : members)
            consoles.emplace_back(state.origin, *member.person);
        act(secretary, IssueAccessCodes{body, std::nullopt});
        for (std::size_t i = 0; i < present; ++i)
            equip(i);
    }

    static Bytes channel() { return Bytes(32, 7); }
    std::uint64_t enrol(std::size_t member)
    {
        return act(members.at(member), consoles.at(member).enrol(channel()));
    }
    std::uint64_t register_key(std::size_t member)
    {
        return act(members.at(member), consoles.at(member).sign_in(sitting_id, meeting, channel()));
    }
    void equip(std::size_t member)
    {
        enrol(member);
        register_key(member);
    }

    SecretVoteView shown(VoteId vote) const { return *view_vote(state, vote, Role::delegate).secret; }
    SecretPhase phase(VoteId vote) const { return shown(vote).phase; }
    testing::SecretConsole& console_of(PersonId person)
    {
        return *std::ranges::find(consoles, person, &testing::SecretConsole::person);
    }

    VoteId prepare_secret(const RuleProfile& rule = secret_motion()) { return prepare(rule); }

    /// As the clerk draws it.
    ballot::PseudonymList drawn(VoteId vote, const std::vector<PersonId>& without = {})
    {
        std::vector<ballot::Point> keys;
        for (const auto& entry : roll_entries(state, vote, without))
            keys.push_back(entry.voting_key);
        return ballot::make_list(ballot::random_scalar(randomness), keys).value();
    }
    void call(VoteId vote, const std::vector<PersonId>& without = {})
    {
        secret.list = drawn(vote, without);
        act(chair, CallRoll{vote, without});
    }
    /// The consoles on the list look for themselves in it and sign.
    void acknowledge(VoteId vote)
    {
        const auto view = shown(vote);
        const auto list =
            ballot::decode_list(bytes_of(blobs.at(state.votes.at(vote).secret.roll->list))).value();
        const auto paths = ballot::list_paths(list);
        secret.acknowledgements.clear();
        for (const auto& [person, device] : state.votes.at(vote).secret.roll->devices) {
            const auto& console = console_of(person);
            const auto at = std::ranges::lower_bound(list, console.pseudonym(view)) - list.begin();
            const auto& path = paths.at(static_cast<std::size_t>(at));
            BOOST_TEST_REQUIRE(console.is_listed(view, {path.index, path.hashes}));
            secret.acknowledgements.push_back(console.acknowledgement(view));
        }
        secret.key_hash = sha256("the key of the box");
        secret.copies = 2;
    }
    void open(VoteId vote)
    {
        ballots.clear();
        spoils.clear();
        act(chair, opening_of(*this, vote));
    }
    /// Prepared, called, acknowledged and opened.
    VoteId open_secret(const RuleProfile& rule = secret_motion())
    {
        return open_prepared(prepare_secret(rule));
    }
    VoteId open_secret(const PrepareVote& command) { return open_prepared(VoteId{act(secretary, command)}); }
    VoteId open_prepared(VoteId vote)
    {
        call(vote);
        acknowledge(vote);
        open(vote);
        return vote;
    }

    /// `choice` as a console takes it: a Choice, or the bytes of a list or a sheet.
    template <class Said>
    void cast(VoteId vote, std::size_t member, const Said& choice)
    {
        auto sent = consoles.at(member).cast(vote, shown(vote), choice);
        BOOST_TEST_REQUIRE(
            ballot::verify_ballot(sent.ballot, testing::terms_of(state.origin, shown(vote))).has_value());
        ballots.push_back(std::move(sent.ballot));
    }
    void spoil(VoteId vote, std::size_t member)
    {
        auto sent = consoles.at(member).spoil(vote, shown(vote));
        const auto decoded = ballot::decode_spoil(sent.spoil);
        BOOST_TEST_REQUIRE(decoded.has_value());
        BOOST_TEST_REQUIRE(
            ballot::check_spoil(testing::terms_of(state.origin, shown(vote)), *decoded).has_value());
        spoils.push_back(std::move(sent.spoil));
    }
    /// Members from the first on, so many each way.
    void cast_all(VoteId vote, std::size_t approve, std::size_t oppose, std::size_t abstain)
    {
        for (std::size_t i = 0; i < approve + oppose + abstain; ++i) {
            cast(vote, i,
                 i < approve            ? Choice::approve
                 : i < approve + oppose ? Choice::oppose
                                        : Choice::abstain);
        }
    }

    CollectedBox collected(VoteId vote)
    {
        const auto terms = secret_terms(state, vote);
        box = ballot::collect(ballots, spoils).value();
        const auto bytes = ballot::encode(terms, *box);
        const std::string content(text_of(bytes));
        return {vote,
                ballot::BoxTree(*box).root(),
                static_cast<std::uint32_t>(box->ballots.size()),
                static_cast<std::uint32_t>(box->spoils.size()),
                {sha256(content), content, false}};
    }
    void write(const Decided& decided)
    {
        BOOST_TEST_REQUIRE(decided.has_value());
        write_down(Actor{}, *decided);
    }
    void seal(VoteId vote) { write(decide_sealed(state, collected(vote))); }
    void close(VoteId vote) { act(chair, CloseVote{vote}); }

    /// Each of the first so many consoles of the list finds what it must in the box and signs.
    void confirm(VoteId vote, std::size_t how_many)
    {
        const auto view = shown(vote);
        const ballot::BoxTree tree(*box);
        secret.confirmations.clear();
        for (const auto& [person, device] : state.votes.at(vote).secret.roll->devices) {
            if (secret.confirmations.size() == how_many) break;
            const auto& console = console_of(person);
            const auto proof = tree.prove(console.pseudonym(view));
            BOOST_TEST_REQUIRE(
                ballot::check_proof(proof, console.pseudonym(view), view.box->root).has_value());
            secret.confirmations.push_back(console.confirmation(view));
        }
    }
    std::vector<ballot::EncryptedSum> sums(VoteId vote) const
    {
        return ballot::sums_of(secret_terms(state, vote), box->ballots).value();
    }
    GiveShare share(VoteId vote, std::size_t holder, bool overridden = false)
    {
        const auto confirmed = static_cast<std::uint32_t>(secret.confirmations.size());
        return table.give(state.origin, view(), holder, vote, share_terms(state, vote), sums(vote), confirmed,
                          overridden);
    }
    void give(VoteId vote, std::size_t holder) { act(holders.at(holder), share(vote, holder)); }

    /// As the clerk looks them up.
    std::vector<std::uint64_t> found(VoteId vote)
    {
        static const ballot::DiscreteLogTable logs(6);
        const auto& sealed = *state.votes.at(vote).secret.sealed;
        return ballot::find_totals(secret_terms(state, vote), sealed.ballots, messages_of(state, vote), logs)
            .value();
    }
    void decide_found(VoteId vote) { write(decide_totals(state, vote, found(vote))); }

    /// From the close on, with two shares: the result.
    const ResultView& finish(VoteId vote)
    {
        close(vote);
        seal(vote);
        confirm(vote, state.votes.at(vote).electorate.size());
        give(vote, 0);
        give(vote, 2);
        decide_found(vote);
        return *state.votes.at(vote).result;
    }
    void shred(VoteId vote)
    {
        write(decide_shred(state, vote));
        write(decide_shredded(state, vote));
    }

    RefusalCode code(const Decided& decided) const
    {
        BOOST_TEST_REQUIRE(decided.has_error());
        return decided.error().code;
    }
};

} // namespace plenum::chamber
