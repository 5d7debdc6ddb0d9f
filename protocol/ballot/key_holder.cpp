#include "protocol/ballot/key_holder.hpp"

#include "protocol/assert.hpp"

#include <sodium.h>

#include <algorithm>

namespace plenum::ballot {

namespace {

bool all_known(const std::vector<std::optional<CeremonyMessage>>& messages)
{
    return std::ranges::all_of(messages, [](const auto& message) { return message.has_value(); });
}

std::vector<CeremonyMessage> values_of(const std::vector<std::optional<CeremonyMessage>>& messages)
{
    std::vector<CeremonyMessage> values;
    for (const auto& message : messages)
        values.push_back(message.value());
    return values;
}

} // namespace

CeremonySeat::CeremonySeat(CeremonyTerms terms, std::uint32_t holder, const SigningKey& key,
                           Randomness& randomness)
    : terms_(std::move(terms)), holder_(holder), key_(key), randomness_(randomness), commits_(terms_.count()),
      opens_(terms_.count()), agrees_(terms_.count())
{
    PLENUM_ASSERT(check_terms(terms_).has_value() && holder >= 1 && holder <= terms_.count());
    const Hash512 sid = ceremony_id(terms_);
    for (std::uint32_t l = 0; l < terms_.threshold; ++l) {
        polynomial_.push_back(random_scalar(randomness));
        own_open_.coefficients.push_back(times_generator(polynomial_.back()));
    }
    const Transcript statement = possession_statement(sid, holder, own_open_.coefficients);
    own_open_.possession = prove_possession(statement, generator(), polynomial_.front(), randomness);

    CeremonyCommit commit;
    commit.commitment = commitment_of(sid, holder, own_open_.coefficients, own_open_.possession);
    randomness.fill(exchange_secret_.fill());
    crypto_scalarmult_base(commit.exchange_key.data(), exchange_secret_.reveal().data());
    commits_[holder - 1] = sign_message(terms_, CeremonyStep::commit, holder, encode(commit), key_);
}

boost::system::error_code CeremonySeat::accuse(std::uint32_t holder, CeremonyFault what)
{
    accused_ = Accusation{holder, what};
    return fault(what == CeremonyFault::bad_signature ? Fault::bad_signature : Fault::bad_proof);
}

/// Whether the message is worth reading, or the one we have. A bad signature accuses
/// nobody: anybody can send one.
Result<CeremonySeat::Arrival> CeremonySeat::admit(CeremonyStep step, const CeremonyMessage& message,
                                                  const Messages& known)
{
    if (accused_) return fault(Fault::bad_proof);
    if (message.step != step) return fault(Fault::malformed);
    if (const auto signature = check_message(terms_, message); !signature) return signature.error();
    const auto& first = known[message.holder - 1];
    if (!first) return Arrival::fresh;
    if (first->fields != message.fields) return accuse(message.holder, CeremonyFault::equivocation);
    return Arrival::known;
}

Result<void> CeremonySeat::take_commit(const CeremonyMessage& message)
{
    const auto arrival = admit(CeremonyStep::commit, message, commits_);
    if (!arrival) return arrival.error();
    if (*arrival == Arrival::known) return {};
    if (!decode_commit(message.fields)) return accuse(message.holder, CeremonyFault::malformed);
    commits_[message.holder - 1] = message;
    return {};
}

ExchangeKey CeremonySeat::exchange_key_of(std::uint32_t holder) const
{
    return decode_commit(commits_[holder - 1].value().fields).value().exchange_key;
}

/// f_i(x), Horner.
SecretScalar CeremonySeat::evaluate_own(std::uint32_t x) const
{
    SecretScalar value;
    for (std::size_t l = polynomial_.size(); l-- > 0;)
        value = add(multiply(value, scalar_of(x)), polynomial_[l]);
    return value;
}

SealedShare CeremonySeat::seal_share_for(std::uint32_t owner, Randomness& randomness) const
{
    SealedShare sealed;
    const std::span<std::uint8_t> nonce = std::span(sealed).first<crypto_box_NONCEBYTES>();
    randomness.fill(nonce);
    const SecretScalar share = evaluate_own(owner);
    const ExchangeKey receiver = exchange_key_of(owner);
    const int code = crypto_box_easy(sealed.data() + nonce.size(), share.reveal().data(), SecretScalar::size,
                                     nonce.data(), receiver.data(), exchange_secret_.reveal().data());
    PLENUM_ASSERT(code == 0); // decode_commit refused keys of small order
    return sealed;
}

Result<CeremonySeat::Opening> CeremonySeat::open()
{
    if (accused_) return fault(Fault::bad_proof);
    if (!all_known(commits_)) return fault(Fault::not_found);
    if (!opens_[holder_ - 1]) {
        for (std::uint32_t owner = 1; owner <= terms_.count(); ++owner) {
            if (owner == holder_) continue;
            sealed_.push_back(seal_share_for(owner, randomness_));
            own_open_.share_names.push_back(sha256(sealed_.back()));
        }
        sum_of_shares_ = evaluate_own(holder_);
        opens_[holder_ - 1] = sign_message(terms_, CeremonyStep::open, holder_, encode(own_open_), key_);
    }
    return Opening{*opens_[holder_ - 1], sealed_};
}

void CeremonySeat::complain(std::uint32_t about, const SealedShare& share)
{
    CeremonyComplaint complaint{about, share, {}};
    std::ranges::copy(exchange_secret_.reveal(), complaint.exchange_secret.begin());
    complaint_ = sign_message(terms_, CeremonyStep::complain, holder_, encode(complaint), key_);
}

Result<void> CeremonySeat::take_open(const CeremonyMessage& message, const SealedShare& share)
{
    const auto arrival = admit(CeremonyStep::open, message, opens_);
    if (!arrival) return arrival.error();
    if (*arrival == Arrival::known) return {};
    if (!opens_[holder_ - 1]) return fault(Fault::not_found);
    const std::uint32_t sender = message.holder;
    if (const auto wrong = find_open_fault(terms_, commits_[sender - 1].value(), message))
        return accuse(sender, *wrong);
    const CeremonyOpen open = decode_open(terms_, message.fields).value();
    if (sha256(share) != open.share_names[share_index(sender, holder_)]) return fault(Fault::not_canonical);
    const auto opened =
        open_share(share, exchange_key_of(sender), exchange_secret_, open.coefficients, holder_);
    if (!opened) {
        complain(sender, share);
        return accuse(sender, CeremonyFault::wrong_share);
    }
    sum_of_shares_ = add(sum_of_shares_, *opened);
    opens_[sender - 1] = message;
    return {};
}

std::vector<CeremonyOpen> CeremonySeat::all_opens() const
{
    std::vector<CeremonyOpen> opens;
    for (const auto& message : opens_)
        opens.push_back(decode_open(terms_, message.value().fields).value());
    return opens;
}

Result<CeremonyMessage> CeremonySeat::agree()
{
    if (accused_) return fault(Fault::bad_proof);
    if (!all_known(opens_)) return fault(Fault::not_found);
    if (!agrees_[holder_ - 1]) {
        const CeremonyAgree agree{agreement_of(ceremony_id(terms_), holder_, all_opens())};
        agrees_[holder_ - 1] = sign_message(terms_, CeremonyStep::agree, holder_, encode(agree), key_);
    }
    return *agrees_[holder_ - 1];
}

Result<void> CeremonySeat::take_agree(const CeremonyMessage& message)
{
    const auto arrival = admit(CeremonyStep::agree, message, agrees_);
    if (!arrival) return arrival.error();
    if (*arrival == Arrival::known) return {};
    if (!all_known(opens_)) return fault(Fault::not_found);
    const auto agree = decode_agree(message.fields);
    if (!agree) return accuse(message.holder, CeremonyFault::malformed);
    if (agree->agreed != agreement_of(ceremony_id(terms_), message.holder, all_opens()))
        return accuse(message.holder, CeremonyFault::other_agreement);
    agrees_[message.holder - 1] = message;
    return {};
}

Result<CeremonySeat::Made> CeremonySeat::made() const
{
    if (accused_) return fault(Fault::bad_proof);
    if (!all_known(opens_)) return fault(Fault::not_found);
    auto keys = election_keys(terms_, all_opens());
    if (!keys) return keys.error();
    // Both ways to the same point: what we will prove shares with is what everybody computes for us.
    if (times_generator(sum_of_shares_) != keys->share_keys[holder_ - 1]) return fault(Fault::bad_proof);
    return Made{std::move(*keys), sum_of_shares_.duplicate()};
}

Result<CeremonySeat::Outcome> CeremonySeat::finish()
{
    if (!all_known(agrees_)) return fault(accused_ ? Fault::bad_proof : Fault::not_found);
    auto made = this->made();
    if (!made) return made.error();
    Outcome outcome{std::move(made->keys),
                    std::move(made->share),
                    {values_of(commits_), values_of(opens_), values_of(agrees_)}};
    polynomial_.clear();
    sum_of_shares_ = {};
    return outcome;
}

} // namespace plenum::ballot
