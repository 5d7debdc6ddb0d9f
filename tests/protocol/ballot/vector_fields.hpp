#pragma once

#include "protocol/ballot/terms.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>

/// Fields of the stored vectors of ballots, read from nothing but the file.
namespace plenum::ballot {

inline std::string text_at(const boost::json::object& object, const char* key)
{
    return std::string(std::string_view(object.at(key).as_string()));
}

inline Bytes hex_at(const boost::json::object& object, const char* key)
{
    return *from_hex(text_at(object, key));
}

template <std::size_t size>
std::array<std::uint8_t, size> array_at(const boost::json::object& object, const char* key)
{
    const Bytes bytes = hex_at(object, key);
    BOOST_TEST_REQUIRE(bytes.size() == size, key);
    std::array<std::uint8_t, size> array{};
    std::ranges::copy(bytes, array.begin());
    return array;
}

/// As it is spelled: some cases are about keys that no vote can have.
inline VoteContext context_in(const boost::json::object& row)
{
    const boost::json::object& fields = row.at("context").as_object();
    VoteContext context;
    context.origin = text_at(fields, "origin");
    context.meeting = array_at<16>(fields, "meeting");
    context.vote = array_at<16>(fields, "vote");
    context.round = fields.at("round").to_number<std::uint32_t>();
    context.question = {array_at<32>(fields, "question")};
    context.rule = {array_at<32>(fields, "rule")};
    context.roll_root = {array_at<32>(fields, "roll_root")};
    context.list_length = fields.at("list_length").to_number<std::uint32_t>();
    context.key_holders = {array_at<32>(fields, "key_holders")};
    context.election_key = {array_at<32>(fields, "election_key")};
    context.vote_generator = {array_at<32>(fields, "vote_generator")};
    return context;
}

} // namespace plenum::ballot
