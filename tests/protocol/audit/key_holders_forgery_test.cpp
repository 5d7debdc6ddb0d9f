#include "tests/protocol/audit/forgery.hpp"
#include "tests/support/key_table.hpp"

BOOST_AUTO_TEST_SUITE(key_holders_forgeries)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

// Lies about the keys of secret votes. What the holders say is real; the record tells it otherwise.

namespace {

/// A meeting whose three key holders make the election key, step by step.
struct KeyRecord {
    RecordedMeeting& m;
    KeyTable table;
    KeyHoldersView view;
    std::vector<Actor> holders;

    explicit KeyRecord(RecordedMeeting& meeting) : m(meeting)
    {
        for (const auto* name : {"甲", "乙", "丙"})
            holders.push_back(m.appoint(name, Role::key_holder, m.body, m.secretary));
        view.meeting = m.meeting;
        const auto id = record_id(m.origin, MeetingCreated::kind, number(m.meeting));
        view.meeting_id.assign(id.begin(), id.end());
        view.threshold = 2;
        for (const auto& [person, name] : appointment().holders)
            view.holders.push_back({person, name, {}, {}, {}, {}});
    }

    KeyHoldersAppointed appointment() const
    {
        return {m.meeting,
                {{*holders[0].person, "甲"}, {*holders[1].person, "乙"}, {*holders[2].person, "丙"}},
                2,
                "主任会议"};
    }
    void appoint() { m.write(m.secretary, appointment()); }
    void join(std::size_t i)
    {
        view.holders[i].key = table.key(i);
        m.write(holders[i], CeremonyJoined{m.meeting, *holders[i].person, table.key(i)});
    }
    void commit(std::size_t i)
    {
        view.holders[i].commit = table.commit(m.origin, view, i);
        m.write(holders[i], CeremonyCommitted{m.meeting, *holders[i].person, *view.holders[i].commit});
    }
    void open(std::size_t i, bool lies = false)
    {
        auto said = lies ? table.lie(m.origin, view, i) : table.open(m.origin, view, i);
        view.holders[i].open = said.message;
        m.write(holders[i],
                CeremonyOpened{m.meeting, *holders[i].person, std::move(said.message), sha256("parts")});
    }
    void agree(std::size_t i)
    {
        view.holders[i].agree = table.agree(m.origin, view, i).message;
        m.write(holders[i], CeremonyAgreed{m.meeting, *holders[i].person, *view.holders[i].agree});
    }
    void made()
    {
        const auto terms = KeyTable::terms(m.origin, view);
        std::vector<ballot::CeremonyOpen> opens;
        for (const auto& holder : view.holders)
            opens.push_back(ballot::decode_open(terms, KeyTable::message(*holder.open).fields).value());
        const auto keys = ballot::election_keys(terms, opens).value();
        const auto& bytes = keys.election_key.bytes;
        m.write(holders[2], ElectionKeyMade{m.meeting, {bytes.begin(), bytes.end()}, keys.key_holders},
                m.entries.back().id);
    }

    /// Everything up to and without this step: 1 commit, 2 open, 3 agree, 4 made.
    void until(int step)
    {
        appoint();
        for (std::size_t i = 0; i < 3; ++i)
            join(i);
        for (std::size_t i = 0; i < 3 && step > 1; ++i)
            commit(i);
        for (std::size_t i = 0; i < 3 && step > 2; ++i)
            open(i);
        for (std::size_t i = 0; i < 3 && step > 3; ++i)
            agree(i);
    }
};

const Forgery lies[] = {
    {"an election key nobody made",
     [](RecordedMeeting& m) {
         KeyRecord keys(m);
         keys.until(4);
         keys.made();
         m.last<ElectionKeyMade>().election_key.at(3) ^= 1;
     },
     {election_key_wrong}},
    {"other holders than those who made it",
     [](RecordedMeeting& m) {
         KeyRecord keys(m);
         keys.until(4);
         keys.made();
         m.last<ElectionKeyMade>().key_holders.bytes[0] ^= 1;
     },
     {election_key_wrong}},
    {"a key made before all agreed",
     [](RecordedMeeting& m) {
         KeyRecord keys(m);
         keys.until(3);
         keys.agree(0);
         keys.agree(1);
         keys.made();
     },
     {election_key_wrong}},
    {"somebody without the office holds a key",
     [](RecordedMeeting& m) {
         KeyRecord keys(m);
         keys.appoint();
         m.last<KeyHoldersAppointed>().holders[1] = {m.person(0), "代表1"};
     },
     {key_ceremony_wrong}},
    {"half of the holders are enough",
     [](RecordedMeeting& m) {
         KeyRecord keys(m);
         keys.appoint();
         m.last<KeyHoldersAppointed>().threshold = 1;
     },
     {key_ceremony_wrong}},
    {"the chair appoints the holders",
     [](RecordedMeeting& m) {
         KeyRecord keys(m);
         m.write(m.chair, keys.appointment());
     },
     {actor_not_allowed}},
    {"a holder opens before all have committed",
     [](RecordedMeeting& m) {
         KeyRecord keys(m);
         keys.until(1);
         keys.commit(0);
         keys.commit(1);
         // The third one's commitment is known at the table and not on record.
         keys.view.holders[2].commit = keys.table.commit(m.origin, keys.view, 2);
         keys.open(0);
     },
     {key_ceremony_wrong}},
    {"a message with one bit changed",
     [](RecordedMeeting& m) {
         KeyRecord keys(m);
         keys.until(1);
         keys.commit(0);
         m.last<CeremonyCommitted>().message.at(12) ^= 1;
     },
     {key_ceremony_wrong}},
    {"one holder's message told as another one's",
     [](RecordedMeeting& m) {
         KeyRecord keys(m);
         keys.until(1);
         keys.commit(0);
         m.entries.back().actor = keys.holders[1];
         m.last<CeremonyCommitted>().holder = *keys.holders[1].person;
     },
     {key_ceremony_wrong}},
    {"a holder speaks for another",
     [](RecordedMeeting& m) {
         KeyRecord keys(m);
         keys.until(1);
         keys.commit(0);
         m.entries.back().actor = keys.holders[1];
     },
     {actor_for_another}},
    {"a complaint that proves the one and a record that names the other",
     [](RecordedMeeting& m) {
         KeyRecord keys(m);
         keys.until(2);
         keys.open(0);
         keys.open(1);
         keys.open(2, true);
         const auto complaint = keys.table.agree(m.origin, keys.view, 0);
         m.write(keys.holders[0], CeremonyFailed{m.meeting, *keys.holders[0].person, complaint.message,
                                                 *keys.holders[1].person, 2});
     },
     {key_ceremony_wrong}},
    {"a step of the ceremony without any holders",
     [](RecordedMeeting& m) {
         m.write(m.secretary, CeremonyRestarted{m.meeting, "重来", 2});
     },
     {key_ceremony_wrong}},
};

} // namespace

BOOST_AUTO_TEST_CASE(a_true_ceremony_with_a_liar_and_a_restart_is_verified)
{
    RecordedMeeting m;
    m.prelude();
    KeyRecord keys(m);
    keys.until(2);
    keys.open(0);
    keys.open(1);
    keys.open(2, true);
    const auto complaint = keys.table.agree(m.origin, keys.view, 0);
    BOOST_REQUIRE(complaint.is_complaint);
    m.write(keys.holders[0], CeremonyFailed{m.meeting, *keys.holders[0].person, complaint.message,
                                            *keys.holders[2].person, 2});
    m.write(m.secretary, CeremonyRestarted{m.meeting, "更换设备", 3});
    keys.view.attempt = 3;
    for (auto& holder : keys.view.holders)
        holder.commit = holder.open = holder.agree = std::nullopt;
    for (std::size_t i = 0; i < 3; ++i)
        keys.commit(i);
    for (std::size_t i = 0; i < 3; ++i)
        keys.open(i);
    for (std::size_t i = 0; i < 3; ++i)
        keys.agree(i);
    keys.made();
    const auto report = audit::verify(bundle_of(m));
    BOOST_TEST(report.ok, sentences_of(report));
}

BOOST_AUTO_TEST_CASE(each_lie_about_the_keys_is_named)
{
    for (const auto& lie : lies)
        check(lie);
}

BOOST_AUTO_TEST_SUITE_END()
