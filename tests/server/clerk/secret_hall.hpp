#pragma once

#include "protocol/entry_proof.hpp"
#include "server/chamber/queries.hpp"
#include "server/chamber/questions.hpp"
#include "server/chamber/secret_votes.hpp"
#include "tests/server/clerk/desk.hpp"
#include "tests/support/key_table.hpp"
#include "tests/support/secret_console.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::clerk::testing {

using plenum::testing::SecretConsole;

/// A hall with consoles, key holders at their devices, and one secret vote that is prepared. What anybody
/// holds outlives the server: after restart() all of them connect again.
struct SecretHall {
    static constexpr std::size_t holders_count = 3;

    explicit SecretHall(std::size_t members = 7, std::uint64_t window_ms = 0)
    {
        chamber = make_chamber(desk, members);
        for (std::size_t i = 0; i < holders_count; ++i)
            holder_codes.push_back(officer_named("持有人" + std::to_string(i + 1)));
        for (const auto person : chamber.members)
            consoles.emplace_back(origin, person);
        receipts.resize(members);
        sent.resize(members);
        make_key();
        connect();
        for (std::size_t i = 0; i < members; ++i)
            equip(i);
        auto rule = simple_majority();
        rule.secrecy = Secrecy::secret;
        if (window_ms != 0) {
            rule.close = ClosePolicy::timer;
            rule.window_ms = static_cast<std::uint32_t>(window_ms);
        }
        vote = make_vote(desk, chamber, rule);
    }

    /// A key holder's code.
    std::string officer_named(const std::string& name)
    {
        desk.act(AppointOfficer{std::nullopt, name, Role::key_holder, chamber.body});
        return desk.code_for(PersonId{desk.clerk->durable_state().persons_known}, Role::key_holder);
    }

    // Who is connected.
    static SessionId chair() { return SessionId{1}; }
    static SessionId holder(std::size_t at) { return SessionId{10 + at}; }
    static SessionId console(std::size_t at) { return SessionId{100 + at}; }

    Bytes connect_one(SessionId session, const std::string& code)
    {
        const auto answer = from_json<HelloAnswer>(desk.hello(session, code).body);
        BOOST_REQUIRE(answer.has_value());
        return answer->channel;
    }
    void connect()
    {
        connect_one(chair(), chamber.chair);
        for (std::size_t i = 0; i < holder_codes.size(); ++i)
            connect_one(holder(i), holder_codes[i]);
        channels.clear();
        for (std::size_t i = 0; i < consoles.size(); ++i)
            channels.push_back(connect_one(console(i), chamber.codes[i]));
    }
    void restart()
    {
        desk.restart();
        connect();
    }

    // Asking.
    template <class Question>
    std::string send(SessionId session, const Question& question)
    {
        auto id = "q-" + std::to_string(++ids_);
        desk.send(session, id, Question::method, to_json(question));
        return id;
    }
    template <class Answer, class Question>
    Answer asked(SessionId session, const Question& question)
    {
        const auto id = send(session, question);
        desk.flush();
        return answered<Answer>(session, id);
    }
    template <class Answer>
    Answer answered(SessionId session, const std::string& id)
    {
        const auto found = desk.answer(session, id);
        BOOST_REQUIRE_MESSAGE(found.has_value(), id << " is not answered");
        BOOST_REQUIRE_MESSAGE(!found->is_error, boost::json::serialize(found->body));
        auto answer = from_json<Answer>(found->body);
        BOOST_REQUIRE(answer.has_value());
        return std::move(*answer);
    }
    /// The name of the refusal.
    template <class Question>
    std::string refused(SessionId session, const Question& question)
    {
        const auto id = send(session, question);
        desk.flush();
        return desk.refusal(session, id);
    }
    /// A command, durable when it returns.
    Receipt done(SessionId session, const Command& command)
    {
        const auto id = "c-" + std::to_string(++ids_);
        desk.ask(session, id, command);
        desk.flush();
        return desk.receipt(session, id);
    }
    std::string denied(SessionId session, const Command& command)
    {
        const auto id = "c-" + std::to_string(++ids_);
        desk.ask(session, id, command);
        desk.flush();
        return desk.refusal(session, id);
    }

    const chamber::State& state() const { return desk.clerk->durable_state(); }
    const chamber::Vote& record() const { return state().votes.at(vote); }
    SecretVoteView view() const { return *chamber::view_vote(state(), vote, Role::delegate).secret; }
    SecretPhase phase() const { return view().phase; }

    // The ceremony, at the command line of the test.
    void make_key()
    {
        const auto keys = [&] { return chamber::view_key_holders(state(), chamber.meeting); };
        AppointKeyHolders appoint{chamber.meeting, {}, 2, "主任会议"};
        for (const auto& office : state().offices) {
            if (office.role == Role::key_holder) appoint.persons.push_back(office.person);
        }
        as(desk, chamber.secretary, appoint);
        for (std::size_t i = 0; i < holders_count; ++i)
            as(desk, holder_codes[i], JoinCeremony{chamber.meeting, table.key(i)});
        for (std::size_t i = 0; i < holders_count; ++i)
            as(desk, holder_codes[i], CommitToKey{chamber.meeting, table.commit(origin, keys(), i)});
        for (std::size_t i = 0; i < holders_count; ++i) {
            auto said = table.open(origin, keys(), i);
            as(desk, holder_codes[i],
               OpenKey{chamber.meeting, std::move(said.message), std::move(said.parts)});
        }
        for (std::size_t i = 0; i < holders_count; ++i)
            as(desk, holder_codes[i], AgreeToKey{chamber.meeting, table.agree(origin, keys(), i).message});
    }
    void equip(std::size_t at)
    {
        done(console(at), consoles[at].enrol(channels[at]));
        done(console(at), consoles[at].sign_in(chamber.sitting, chamber.meeting, channels[at]));
    }

    // The vote, step by step.
    void call(const std::vector<PersonId>& without = {}) { done(chair(), CallRoll{vote, without}); }
    bool acknowledge(std::size_t at)
    {
        const auto path =
            asked<RollPathAnswer>(console(at), ReadRollPath{vote, view().roll->round, pseudonym(at)});
        if (!consoles[at].is_listed(view(), path)) return false;
        asked<SignatureKept>(console(at), consoles[at].acknowledge(vote, view()));
        return true;
    }
    void open()
    {
        call();
        for (std::size_t i = 0; i < consoles.size(); ++i)
            BOOST_TEST_REQUIRE(acknowledge(i));
        done(chair(), OpenVote{vote});
    }
    Bytes pseudonym(std::size_t at) const
    {
        return plenum::testing::as_bytes(consoles[at].pseudonym(view()).bytes);
    }
    /// A new press; the receipt is checked.
    void cast(std::size_t at, Choice choice)
    {
        sent[at] = consoles[at].cast(vote, view(), choice);
        resend(at);
    }
    void resend(std::size_t at)
    {
        const auto answer = asked<BallotAnswer>(console(at), *sent[at]);
        BOOST_TEST(
            consoles[at].is_receipt(ballot::ReceiptKind::ballot, view(), answer, log_key().public_key()));
        receipts[at] = answer.receipt;
    }
    void close() { done(chair(), CloseVote{vote}); }
    void confirm(std::size_t at, bool counts)
    {
        const auto proof = asked<BoxProofAnswer>(console(at), ReadBoxProof{vote, pseudonym(at)});
        BOOST_TEST(consoles[at].is_found(view(), proof, counts), "member " << at);
        asked<SignatureKept>(console(at), consoles[at].confirm(vote, view()));
    }
    /// The record as the server proves it to a holder who saw so much of it before.
    Checkpoint proven(std::size_t at, std::uint64_t since = 0)
    {
        const auto told = asked<RecordProof>(holder(at), ProveRecord{vote, since});
        const auto key = note_verifier(origin, log_key().public_key());
        const auto opened = check_proof(decode_proof(told.opened).value(), key);
        const auto sealed = check_proof(decode_proof(told.sealed).value(), key);
        BOOST_TEST_REQUIRE((opened.has_value() && sealed.has_value()));
        BOOST_TEST_REQUIRE((*opened == *sealed));
        return *sealed;
    }
    GiveShare share(std::size_t at, std::uint32_t confirmed, bool overridden = false)
    {
        table.record = proven(at);
        return table.give(origin, chamber::view_key_holders(state(), chamber.meeting), at, vote,
                          chamber::share_terms(state(), vote), record().secret.sealed->sums, confirmed,
                          overridden);
    }

    Desk desk;
    Chamber chamber;
    VoteId vote{};
    std::vector<std::string> holder_codes;
    std::deque<SecretConsole> consoles;
    std::vector<Bytes> channels;
    std::vector<std::optional<CastBallot>> sent; ///< the last ballot of each console
    std::vector<Bytes> receipts;
    plenum::testing::KeyTable table;

private:
    std::uint64_t ids_ = 0;
};

} // namespace plenum::clerk::testing
