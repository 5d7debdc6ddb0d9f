#include "clients/trustee/ceremony.hpp"
#include "clients/trustee/own_election.hpp"
#include "protocol/event.hpp"
#include "tests/protocol/ballot/repeatable_randomness.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(ceremony_test)

using namespace plenum;
using namespace plenum::trustee;

// Three holders' programs make a key over what a server passes on, and are killed or lied to on the way.

namespace {

constexpr const char* origin = "plenum.example/npc";

/// Passes on what holders say, and shows where the ceremony stands.
struct Office {
    KeyHoldersView view;
    std::array<std::vector<Bytes>, 3> parts{}; ///< by whom they were sealed, for the others in order

    Office()
    {
        view.meeting = MeetingId{7};
        const auto id = record_id(origin, MeetingCreated::kind, 7);
        view.meeting_id.assign(id.begin(), id.end());
        view.attempt = 1;
        view.threshold = 2;
        view.phase = CeremonyPhase::joining;
        for (std::uint32_t i = 0; i < 3; ++i) {
            auto& holder = view.holders.emplace_back();
            holder.person = PersonId{100 + i};
            holder.name = "持有人" + std::to_string(i + 1);
        }
    }

    bool all_have(std::optional<Bytes> KeyHolderView::*what) const
    {
        return std::ranges::all_of(view.holders, [&](const auto& one) { return (one.*what).has_value(); });
    }
    /// The next step once all have said theirs.
    void go_on()
    {
        using enum CeremonyPhase;
        if (view.phase == joining && all_have(&KeyHolderView::key)) view.phase = committing;
        if (view.phase == committing && all_have(&KeyHolderView::commit)) view.phase = opening;
        if (view.phase == opening && all_have(&KeyHolderView::open)) view.phase = agreeing;
        if (view.phase != agreeing || !all_have(&KeyHolderView::agree)) return;
        view.phase = made;
        std::vector<ballot::CeremonyOpen> opens;
        const auto terms = *ceremony_terms(view, origin);
        for (const auto& holder : view.holders)
            opens.push_back(*ballot::decode_open(terms, ballot::decode_message(*holder.open)->fields));
        view.key_holders = ballot::election_keys(terms, opens)->key_holders;
    }
    /// As after a complaint, or when the office begins again.
    void begin_again()
    {
        ++view.attempt;
        view.phase = CeremonyPhase::committing;
        for (auto& holder : view.holders)
            holder.commit = holder.open = holder.agree = std::nullopt;
    }
};

/// One holder's program and its key file.
struct Holder {
    Office& office;
    std::size_t at;
    HeldKeys keys;
    ballot::RepeatableRandomness randomness;
    std::size_t shares_in_file = 0;
    bool can_keep = true;
    bool was_kept_when_agreed = false;
    std::vector<LocalText> said;
    std::vector<std::string_view> sent; ///< which commands
    std::optional<LocalText> refusal{}; ///< to every one of them
    std::unique_ptr<Ceremony> program;

    Holder(Office& at_office, std::size_t number)
        : office(at_office), at(number), randomness(std::uint64_t{40} + number)
    {
        keys.seed.fill()[0] = static_cast<std::uint8_t>(number + 1);
        start();
    }

    void start()
    {
        program = std::make_unique<Ceremony>(keys, PersonId{100 + at}, origin, desk(), randomness);
    }
    Result<void> look()
    {
        const auto shown = office.view;
        return program->take(shown);
    }
    bool has_said(std::string_view english) const
    {
        return std::ranges::any_of(
            said, [&](const LocalText& one) { return one.en.find(english) != std::string::npos; });
    }

    Desk desk()
    {
        Desk desk;
        desk.act = [this](const Command& command) -> Result<std::optional<LocalText>> {
            sent.push_back(method_of(command));
            if (refusal) return refusal;
            auto& mine = office.view.holders[at];
            if (const auto* join = std::get_if<JoinCeremony>(&command)) mine.key = join->key;
            if (const auto* commit = std::get_if<CommitToKey>(&command)) mine.commit = commit->message;
            if (const auto* open = std::get_if<OpenKey>(&command)) {
                mine.open = open->message;
                constexpr auto size = static_cast<std::ptrdiff_t>(std::tuple_size_v<ballot::SealedShare>);
                office.parts[at].clear();
                for (auto from = open->parts.begin(); from != open->parts.end(); from += size)
                    office.parts[at].emplace_back(from, from + size);
            }
            if (const auto* agree = std::get_if<AgreeToKey>(&command)) {
                mine.agree = agree->message;
                was_kept_when_agreed = shares_in_file == 1;
            }
            return std::optional<LocalText>();
        };
        desk.parts = [this](MeetingId) -> Result<PartsAnswer> {
            PartsAnswer answer;
            for (std::size_t from = 0; from < 3; ++from)
                answer.parts.push_back(from == at ? Bytes() : office.parts[from].at(at < from ? at : at - 1));
            return answer;
        };
        desk.keep = [this](HeldKeys& kept) -> Result<void> {
            if (!can_keep) return fault(Fault::not_durable);
            shares_in_file = kept.shares.size();
            return {};
        };
        desk.say = [this](const LocalText& words) { said.push_back(words); };
        return desk;
    }
};

struct Room {
    Office office;
    std::array<Holder, 3> holders{Holder(office, 0), Holder(office, 1), Holder(office, 2)};

    /// Everybody looks until this is reached.
    void until(CeremonyPhase phase)
    {
        for (unsigned round = 0; round < 10 && office.view.phase != phase; ++round) {
            for (auto& holder : holders)
                BOOST_REQUIRE(holder.look().has_value());
            office.go_on();
        }
        BOOST_REQUIRE(office.view.phase == phase);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(nobody_agrees_before_the_share_stands_in_the_key_file)
{
    Room room;
    room.until(CeremonyPhase::made);
    for (auto& holder : room.holders) {
        BOOST_TEST(holder.was_kept_when_agreed);
        BOOST_TEST(holder.look().has_value());
        BOOST_TEST(holder.program->is_done());
        BOOST_TEST(holder.has_said("the election key is made"));
        BOOST_REQUIRE(holder.keys.shares.size() == 1U);
        BOOST_TEST(
            own_election(holder.keys.shares.front(), holder.keys.signing_key().public_key(), room.office.view)
                .has_value());
    }
}

/// Killed after it agreed, and before it saw that all the others had.
BOOST_AUTO_TEST_CASE(who_is_killed_after_agreeing_has_the_share)
{
    Room room;
    room.until(CeremonyPhase::agreeing);
    for (auto& holder : room.holders)
        BOOST_REQUIRE(holder.look().has_value());
    room.holders[1].start();
    room.office.go_on();
    for (auto& holder : room.holders) {
        BOOST_TEST(holder.look().has_value());
        BOOST_TEST(holder.program->is_done());
        BOOST_TEST(
            own_election(holder.keys.shares.front(), holder.keys.signing_key().public_key(), room.office.view)
                .has_value());
    }
    BOOST_TEST(!room.holders[1].has_said("cannot be continued"));
}

BOOST_AUTO_TEST_CASE(who_cannot_write_the_file_does_not_agree)
{
    Room room;
    room.until(CeremonyPhase::agreeing);
    auto& holder = room.holders[2];
    holder.can_keep = false;
    BOOST_TEST((holder.look().error() == make_error_code(Fault::not_durable)));
    BOOST_TEST(!room.office.view.holders[2].agree.has_value());
}

/// Views that were under way do not show yet what it said; what was refused is said again.
BOOST_AUTO_TEST_CASE(every_step_is_said_once)
{
    Room room;
    room.until(CeremonyPhase::committing);
    auto& holder = room.holders[0];
    holder.sent.clear();
    holder.refusal = LocalText{"系统繁忙", "the server is busy"};
    BOOST_REQUIRE(holder.look().has_value());
    holder.refusal.reset();
    const auto before = room.office.view;
    for (unsigned time = 0; time < 3; ++time)
        BOOST_REQUIRE(holder.program->take(before).has_value());
    BOOST_TEST((holder.sent == std::vector<std::string_view>(2, CommitToKey::method)));
    room.until(CeremonyPhase::agreeing);
    const auto agreeing = room.office.view;
    for (unsigned time = 0; time < 3; ++time)
        BOOST_REQUIRE(holder.program->take(agreeing).has_value());
    BOOST_TEST(std::ranges::count(holder.sent, AgreeToKey::method) == 1);
    BOOST_TEST(std::ranges::count(holder.sent, OpenKey::method) == 1);
}

BOOST_AUTO_TEST_CASE(the_share_of_a_key_that_was_never_made_is_dropped)
{
    Room room;
    room.until(CeremonyPhase::agreeing);
    for (std::size_t at = 0; at < 2; ++at)
        BOOST_REQUIRE(room.holders[at].look().has_value());
    BOOST_TEST(room.holders[0].shares_in_file == 1U);
    room.office.begin_again();
    BOOST_REQUIRE(room.holders[0].look().has_value());
    BOOST_TEST(room.holders[0].shares_in_file == 0U);
    room.until(CeremonyPhase::made);
    for (auto& holder : room.holders) {
        BOOST_REQUIRE(holder.look().has_value());
        BOOST_TEST(holder.program->is_done());
        BOOST_REQUIRE(holder.keys.shares.size() == 1U);
        BOOST_TEST(holder.keys.shares.front().attempt == 2U);
    }
}

/// The server says that another key was made than the one all agreed to.
BOOST_AUTO_TEST_CASE(the_share_of_another_key_than_is_named_is_dropped)
{
    Room room;
    room.until(CeremonyPhase::made);
    room.office.view.key_holders = sha256("another key");
    auto& holder = room.holders[0];
    BOOST_REQUIRE(holder.look().has_value());
    BOOST_TEST(!holder.program->is_done());
    BOOST_TEST(holder.has_said("another election key than this device made"));
    BOOST_TEST(holder.shares_in_file == 0U);
    BOOST_REQUIRE(holder.look().has_value());
    BOOST_TEST(!holder.program->is_done());
}

BOOST_AUTO_TEST_SUITE_END()
