#pragma once

#include "tests/clients/trustee/holder_house.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::trustee {

/// The honest house most tests begin with, made once.
inline const HolderHouse& house()
{
    static const HolderHouse house;
    return house;
}

/// A holder's program from one start to its end; `keys` outlive it, as the key file does.
struct Program {
    FakeServer& server;
    ballot::RepeatableRandomness randomness{5};
    SecretVotes votes;

    Program(HeldKeys& keys, FakeServer& told_by, HolderChoices choices = {})
        : server(told_by),
          votes(keys, PersonId{100}, HolderHouse::log(), std::move(choices), told_by.desk(), randomness)
    {
        BOOST_REQUIRE(votes.begin_line(1000).has_value());
        BOOST_REQUIRE(votes.take(server.told.keys).has_value());
    }

    void look() { BOOST_REQUIRE(votes.take(server.told.view).has_value()); }
};

inline std::string root8(const HolderHouse& of)
{
    return to_hex(of.share_terms().box_root).substr(0, 8);
}

/// What a holder says who decided to open the box of this house.
inline HolderChoices accepting(const HolderHouse& of)
{
    HolderChoices choices;
    choices.accepted.push_back(*acceptance_of(std::to_string(number(of.vote)) + ":" + root8(of)));
    return choices;
}

} // namespace plenum::trustee
