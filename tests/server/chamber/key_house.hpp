#pragma once

#include "server/chamber/questions.hpp"
#include "tests/server/chamber/rehearsal.hpp"
#include "tests/support/key_table.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::chamber {

/// A committee with its key holders, each at a device.
struct KeyHouse : House {
    std::vector<Actor> holders;
    testing::KeyTable table;

    explicit KeyHouse(std::size_t count = 3, std::size_t size = 7, std::size_t present = 5) : House(size)
    {
        begin(present);
        for (std::size_t i = 0; i < count; ++i)
            holders.push_back(holder_named("持有人" + std::to_string(i + 1)));
    }

    Actor holder_named(const std::string& name)
    {
        act(secretary, AppointOfficer{std::nullopt, name, Role::key_holder, body});
        return as(PersonId{state.persons_known}, Role::key_holder);
    }

    AppointKeyHolders appointment(std::uint32_t threshold = 2) const
    {
        AppointKeyHolders command{meeting, {}, threshold, "主任会议"};
        for (const auto& holder : holders)
            command.persons.push_back(*holder.person);
        return command;
    }
    KeyHoldersView view() const { return view_key_holders(state, meeting); }

    void join_all()
    {
        act(secretary, appointment());
        for (std::size_t i = 0; i < holders.size(); ++i)
            act(holders[i], JoinCeremony{meeting, table.key(i)});
    }
    void commit_all()
    {
        for (std::size_t i = 0; i < holders.size(); ++i)
            act(holders[i], CommitToKey{meeting, table.commit(state.origin, view(), i)});
    }
    OpenKey opening(std::size_t holder)
    {
        auto said = table.open(state.origin, view(), holder);
        return {meeting, std::move(said.message), std::move(said.parts)};
    }
    void open_all()
    {
        for (std::size_t i = 0; i < holders.size(); ++i)
            act(holders[i], opening(i));
    }
    testing::KeyTable::Answer answer(std::size_t holder)
    {
        const auto parts = ask(state, holders[holder], ReadParts{meeting}, blob_source());
        BOOST_REQUIRE(parts.has_value());
        return table.agree(state.origin, view(), holder, parts->parts);
    }
    void agree_all()
    {
        for (std::size_t i = 0; i < holders.size(); ++i)
            act(holders[i], AgreeToKey{meeting, answer(i).message});
    }
    /// The whole ceremony.
    void make_key()
    {
        join_all();
        commit_all();
        open_all();
        agree_all();
    }

    /// The code it is refused with, and that nothing changed by it.
    RefusalCode refused_as(const Actor& by, const Command& command)
    {
        const auto before = state_hash(state);
        const auto refused = attempt(by, command);
        BOOST_REQUIRE(refused.has_value());
        BOOST_TEST((state_hash(state) == before));
        return refused->code;
    }
};

} // namespace plenum::chamber
