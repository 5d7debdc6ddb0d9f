#include "tests/protocol/ballot_keys/rooms.hpp"

#include <boost/test/unit_test.hpp>

#include <bit>

namespace plenum::ballot {

SigningKey test_key(std::uint8_t number)
{
    std::array<std::uint8_t, 32> seed{};
    seed.fill(number);
    return SigningKey(seed);
}

CeremonyTerms terms_for(std::uint32_t k, std::uint32_t n)
{
    const std::array<const char*, 9> names{"王秀英", "李建国", "张敏", "刘洋", "陈静",
                                           "杨勇",   "赵磊",   "黄强", "周杰"};
    CeremonyTerms terms;
    terms.origin = "plenum.example/npc";
    terms.meeting = record_id(terms.origin, "meeting.created", 7);
    terms.threshold = k;
    for (std::uint32_t i = 0; i < n; ++i)
        terms.holders.push_back({names.at(i), test_key(static_cast<std::uint8_t>(0x80 + i)).public_key()});
    return terms;
}

CeremonyRoom::CeremonyRoom(std::uint32_t k, std::uint32_t n, std::uint64_t seed)
    : terms_(terms_for(k, n)), randomness_(seed)
{
    for (std::uint32_t i = 0; i < n; ++i)
        keys_.push_back(test_key(static_cast<std::uint8_t>(0x80 + i)));
    for (std::uint32_t i = 1; i <= n; ++i)
        seats_.emplace_back(terms_, i, keys_[i - 1], randomness_);
}

void CeremonyRoom::commit()
{
    for (CeremonySeat& listener : seats_)
        for (const CeremonySeat& speaker : seats_)
            BOOST_TEST_REQUIRE(listener.take_commit(speaker.commit()).has_value());
}

SealedShare CeremonyRoom::share(std::uint32_t from, std::uint32_t to)
{
    return seat(from).open().value().shares.at(share_index(from, to));
}

void CeremonyRoom::open()
{
    for (CeremonySeat& seat : seats_)
        BOOST_TEST_REQUIRE(seat.open().has_value());
    for (std::uint32_t to = 1; to <= terms_.count(); ++to)
        for (std::uint32_t from = 1; from <= terms_.count(); ++from)
            if (from != to)
                BOOST_TEST_REQUIRE(
                    seat(to).take_open(seat(from).open().value().message, share(from, to)).has_value());
}

void CeremonyRoom::agree()
{
    for (CeremonySeat& seat : seats_)
        BOOST_TEST_REQUIRE(seat.agree().has_value());
    for (CeremonySeat& listener : seats_)
        for (CeremonySeat& speaker : seats_)
            BOOST_TEST_REQUIRE(listener.take_agree(speaker.agree().value()).has_value());
}

std::vector<CeremonySeat::Outcome> CeremonyRoom::run()
{
    commit();
    open();
    agree();
    std::vector<CeremonySeat::Outcome> outcomes;
    for (CeremonySeat& seat : seats_)
        outcomes.push_back(seat.finish().value());
    return outcomes;
}

std::vector<std::vector<std::uint32_t>> subsets(std::uint32_t k, std::uint32_t n)
{
    std::vector<std::vector<std::uint32_t>> all;
    for (std::uint32_t mask = 0; mask < 1U << n; ++mask) {
        if (static_cast<std::uint32_t>(std::popcount(mask)) != k) continue;
        std::vector<std::uint32_t>& members = all.emplace_back();
        for (std::uint32_t i = 0; i < n; ++i)
            if (mask >> i & 1U) members.push_back(i + 1);
    }
    return all;
}

} // namespace plenum::ballot
