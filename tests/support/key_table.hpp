#pragma once

#include "protocol/ballot/erasure.hpp"
#include "protocol/ballot/key_holder.hpp"
#include "protocol/ballot/statement.hpp"
#include "protocol/command/key_holders.hpp"
#include "protocol/command/secret_vote.hpp"
#include "protocol/view.hpp"
#include "tests/protocol/ballot/repeatable_randomness.hpp"

#include <deque>
#include <memory>

namespace plenum::testing {

/// Key holders with their devices, who do what a view of the ceremony asks for. A test says when each of them
/// speaks.
class KeyTable {
public:
    explicit KeyTable(std::uint64_t seed = 1) : randomness_(seed) {}

    Checkpoint record; ///< what all of them cosign with the shares they give from here on

    /// The key this holder signs by, numbered from 0.
    Bytes key(std::size_t holder)
    {
        const auto bytes = signing(holder).public_key();
        return {bytes.begin(), bytes.end()};
    }

    Bytes commit(const std::string& origin, const KeyHoldersView& view, std::size_t holder)
    {
        return ballot::encode(seat(origin, view, holder).commit());
    }

    struct Opening {
        Bytes message;
        Bytes parts;
    };
    Opening open(const std::string& origin, const KeyHoldersView& view, std::size_t holder)
    {
        auto& mine = seat(origin, view, holder);
        for (std::size_t other = 0; other < view.holders.size(); ++other) {
            if (other != holder) mine.take_commit(message(*view.holders[other].commit)).value();
        }
        auto opening = mine.open().value();
        Opening said{ballot::encode(opening.message), {}};
        for (const auto& share : opening.shares)
            said.parts.insert(said.parts.end(), share.begin(), share.end());
        said_[said.message] = said.parts;
        return said;
    }

    /// The same by a liar: the part for the first of the others is not the one the numbers belong to, and the
    /// message says so consistently. Only its owner can tell.
    Opening lie(const std::string& origin, const KeyHoldersView& view, std::size_t holder)
    {
        auto said = open(origin, view, holder);
        const auto terms = this->terms(origin, view);
        auto open = ballot::decode_open(terms, message(said.message).fields).value();
        constexpr auto part = std::tuple_size_v<ballot::SealedShare>;
        said.parts.at(part - 1) ^= 1;
        open.share_names.front() = sha256(ByteView(said.parts).first(part));
        said.message = ballot::encode(ballot::sign_message(terms, ballot::CeremonyStep::open,
                                                           static_cast<std::uint32_t>(holder) + 1,
                                                           ballot::encode(open), signing(holder)));
        said_[said.message] = said.parts;
        return said;
    }

    /// The agreement, or the complaint when a part does not fit; `parts` are those sealed for this holder.
    struct Answer {
        Bytes message;
        bool is_complaint = false;
    };
    Answer agree(const std::string& origin, const KeyHoldersView& view, std::size_t holder,
                 const std::vector<Bytes>& parts)
    {
        auto& mine = seat(origin, view, holder);
        for (std::size_t other = 0; other < view.holders.size(); ++other) {
            if (other == holder) continue;
            ballot::SealedShare share{};
            std::copy(parts.at(other).begin(), parts.at(other).end(), share.begin());
            if (!mine.take_open(message(*view.holders[other].open), share)) break;
        }
        if (mine.complaint()) return {ballot::encode(*mine.complaint()), true};
        return {ballot::encode(mine.agree().value()), false};
    }

    /// The same from what was said at this table.
    Answer agree(const std::string& origin, const KeyHoldersView& view, std::size_t holder)
    {
        constexpr auto part = std::tuple_size_v<ballot::SealedShare>;
        std::vector<Bytes> parts;
        for (std::size_t from = 0; from < view.holders.size(); ++from) {
            auto& mine = parts.emplace_back();
            if (from == holder) continue;
            const auto& sealed = said_.at(*view.holders[from].open);
            const auto begin =
                sealed.begin() + static_cast<std::ptrdiff_t>((holder < from ? holder : holder - 1) * part);
            mine.assign(begin, begin + static_cast<std::ptrdiff_t>(part));
        }
        return agree(origin, view, holder, parts);
    }

    /// x_i, once everybody has agreed.
    const ballot::SecretScalar& secret_share(const std::string& origin, const KeyHoldersView& view,
                                             std::size_t holder)
    {
        auto& kept = kept_[{view.meeting, view.attempt, holder}];
        if (!kept) {
            auto& mine = seat(origin, view, holder);
            for (std::size_t other = 0; other < view.holders.size(); ++other) {
                if (other != holder) mine.take_agree(message(*view.holders[other].agree)).value();
            }
            kept = std::make_unique<ballot::CeremonySeat::Outcome>(mine.finish().value());
        }
        return kept->share;
    }

    /// share.give of the sums of a sealed box, with the holder's word on so many confirmations.
    GiveShare give(const std::string& origin, const KeyHoldersView& view, std::size_t holder, VoteId vote,
                   const ballot::ShareTerms& terms, std::span<const ballot::EncryptedSum> sums,
                   std::uint32_t confirmed, bool overridden = false)
    {
        const auto at = static_cast<std::uint32_t>(holder) + 1;
        const auto& secret = secret_share(origin, view, holder);
        return give(holder, vote, terms,
                    ballot::encode(ballot::make_share(terms, at, secret, sums, randomness_)), confirmed,
                    overridden);
    }
    /// The same of any bytes.
    GiveShare give(std::size_t holder, VoteId vote, const ballot::ShareTerms& terms, Bytes share,
                   std::uint32_t confirmed, bool overridden = false)
    {
        const auto statement = ballot::sign_statement(
            terms, {static_cast<std::uint32_t>(holder) + 1, confirmed, overridden, sha256(share)},
            signing(holder));
        return {vote,
                confirmed,
                overridden,
                {statement.begin(), statement.end()},
                std::move(share),
                cosign(record, 1'790'000'000, signing(holder))};
    }

    /// share.state_erased, of the key this view is about.
    StateErasure state_erased(const std::string& origin, const KeyHoldersView& view, std::size_t holder)
    {
        ballot::ErasureTerms terms{
            origin, {}, view.key_holders.value(), static_cast<std::uint32_t>(holder) + 1};
        std::copy(view.meeting_id.begin(), view.meeting_id.end(), terms.meeting.begin());
        const auto said = ballot::sign_erasure(terms, signing(holder));
        return {view.meeting, terms.key_holders, {said.begin(), said.end()}};
    }

    static ballot::CeremonyMessage message(const Bytes& bytes)
    {
        return ballot::decode_message(bytes).value();
    }

    static ballot::CeremonyTerms terms(const std::string& origin, const KeyHoldersView& view)
    {
        ballot::CeremonyTerms terms;
        terms.origin = origin;
        std::copy(view.meeting_id.begin(), view.meeting_id.end(), terms.meeting.begin());
        terms.attempt = view.attempt;
        terms.threshold = view.threshold;
        for (const auto& holder : view.holders) {
            auto& one = terms.holders.emplace_back();
            one.name = holder.name;
            std::copy(holder.key->begin(), holder.key->end(), one.key.begin());
        }
        return terms;
    }

    const SigningKey& signing(std::size_t holder)
    {
        while (keys_.size() <= holder) {
            std::array<std::uint8_t, 32> seed{};
            seed[0] = static_cast<std::uint8_t>(keys_.size() + 1);
            keys_.emplace_back(seed);
        }
        return keys_[holder];
    }

private:
    ballot::CeremonySeat& seat(const std::string& origin, const KeyHoldersView& view, std::size_t holder)
    {
        auto& mine = seats_[{view.meeting, view.attempt, holder}];
        if (!mine) {
            mine = std::make_unique<ballot::CeremonySeat>(
                terms(origin, view), static_cast<std::uint32_t>(holder) + 1, signing(holder), randomness_);
        }
        return *mine;
    }

    ballot::RepeatableRandomness randomness_;
    std::deque<SigningKey> keys_;
    std::map<Bytes, Bytes> said_; ///< parts by the opening they went with
    using Seat = std::tuple<MeetingId, std::uint32_t, std::size_t>;
    std::map<Seat, std::unique_ptr<ballot::CeremonySeat>> seats_;
    std::map<Seat, std::unique_ptr<ballot::CeremonySeat::Outcome>> kept_;
};

} // namespace plenum::testing
