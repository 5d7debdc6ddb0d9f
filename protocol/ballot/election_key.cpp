#include "protocol/ballot/election_key.hpp"

#include <sodium.h>

#include <algorithm>

namespace plenum::ballot {

namespace {

constexpr std::string_view transcript_domain = "plenum/ceremony-transcript/v1";
constexpr std::size_t envelope_bytes = 1 + 4 + 4 + sizeof(Signature);
static_assert(sizeof(SealedShare) == crypto_box_NONCEBYTES + crypto_box_MACBYTES + 32);

std::size_t fields_size(const CeremonyTerms& terms, CeremonyStep step)
{
    switch (step) {
    case CeremonyStep::commit: return sizeof(Hash512) + sizeof(ExchangeKey);
    case CeremonyStep::open: return 32 * (terms.threshold + std::size_t{2} + terms.count() - 1);
    case CeremonyStep::agree: return sizeof(Hash512);
    case CeremonyStep::complain: return 4 + sizeof(SealedShare) + 32;
    }
    return 0;
}

Result<std::vector<CeremonyMessage>> read_step(FieldReader& reader, const CeremonyTerms& terms,
                                               CeremonyStep step)
{
    std::vector<CeremonyMessage> messages;
    for (std::uint32_t i = 1; i <= terms.count(); ++i) {
        auto message = decode_message(reader.raw(envelope_bytes + fields_size(terms, step)));
        if (!message) return message.error();
        if (message->step != step || message->holder != i) return fault(Fault::malformed);
        messages.push_back(std::move(*message));
    }
    return messages;
}

bool is_step_of(const CeremonyMessage& message, CeremonyStep step, std::uint32_t holder)
{
    return message.step == step && message.holder == holder;
}

/// What is wrong with message number `at` of one step before its fields are read.
std::optional<CeremonyFault> envelope_fault(const CeremonyTerms& terms, CeremonyStep step, std::size_t at,
                                            const CeremonyMessage& message)
{
    if (!is_step_of(message, step, static_cast<std::uint32_t>(at + 1))) return CeremonyFault::malformed;
    if (!check_message(terms, message)) return CeremonyFault::bad_signature;
    return std::nullopt;
}

bool complete(const CeremonyTerms& terms, const CeremonyTranscript& transcript)
{
    const std::size_t n = terms.count();
    return transcript.commits.size() == n && transcript.opens.size() == n && transcript.agrees.size() == n;
}

std::vector<CeremonyOpen> opens_of(const CeremonyTerms& terms, const CeremonyTranscript& transcript)
{
    std::vector<CeremonyOpen> opens;
    for (const CeremonyMessage& message : transcript.opens)
        if (auto open = decode_open(terms, message.fields)) opens.push_back(std::move(*open));
    return opens;
}

std::optional<Accusation> agree_fault(const CeremonyTerms& terms, const CeremonyTranscript& transcript)
{
    const Hash512 sid = ceremony_id(terms);
    const std::vector<CeremonyOpen> opens = opens_of(terms, transcript);
    for (const CeremonyMessage& message : transcript.agrees) {
        const auto agree = decode_agree(message.fields);
        if (!agree) return Accusation{message.holder, CeremonyFault::malformed};
        if (agree->agreed != agreement_of(sid, message.holder, opens))
            return Accusation{message.holder, CeremonyFault::other_agreement};
    }
    return std::nullopt;
}

} // namespace

Bytes encode(const CeremonyTerms& terms, const CeremonyTranscript& transcript)
{
    Transcript head(transcript_domain);
    head.raw(ceremony_id(terms));
    Writer writer;
    writer.raw(head.bytes());
    for (const auto* step : {&transcript.commits, &transcript.opens, &transcript.agrees})
        for (const CeremonyMessage& message : *step)
            writer.raw(encode(message));
    return writer.take();
}

Result<CeremonyTranscript> decode_transcript(const CeremonyTerms& terms, ByteView bytes)
{
    FieldReader reader(bytes);
    reader.domain(transcript_domain);
    reader.require(reader.array<64>() == ceremony_id(terms));
    if (!reader.ok()) return fault(Fault::malformed);
    auto commits = read_step(reader, terms, CeremonyStep::commit);
    if (!commits) return commits.error();
    auto opens = read_step(reader, terms, CeremonyStep::open);
    if (!opens) return opens.error();
    auto agrees = read_step(reader, terms, CeremonyStep::agree);
    if (!agrees) return agrees.error();
    if (const auto end = reader.end(); !end) return end.error();
    return CeremonyTranscript{std::move(*commits), std::move(*opens), std::move(*agrees)};
}

std::optional<CeremonyFault> find_open_fault(const CeremonyTerms& terms,
                                             const CeremonyMessage& commit_message,
                                             const CeremonyMessage& open_message)
{
    const auto commit = decode_commit(commit_message.fields);
    const auto open = decode_open(terms, open_message.fields);
    if (!commit || !open) return CeremonyFault::malformed;
    const Hash512 sid = ceremony_id(terms);
    const std::uint32_t holder = open_message.holder;
    if (commitment_of(sid, holder, open->coefficients, open->possession) != commit->commitment)
        return CeremonyFault::other_commitment;
    const Transcript statement = possession_statement(sid, holder, open->coefficients);
    if (!check_possession(statement, generator(), open->coefficients.front(), open->possession))
        return CeremonyFault::no_possession;
    return std::nullopt;
}

std::optional<Accusation> find_liar(const CeremonyTerms& terms, const CeremonyTranscript& transcript)
{
    const auto signed_by = [&](CeremonyStep step, const std::vector<CeremonyMessage>& messages) {
        std::optional<Accusation> found;
        for (std::size_t at = 0; at < messages.size() && !found; ++at)
            if (const auto wrong = envelope_fault(terms, step, at, messages[at]))
                found = Accusation{static_cast<std::uint32_t>(at + 1), *wrong};
        return found;
    };
    if (const auto liar = signed_by(CeremonyStep::commit, transcript.commits)) return liar;
    for (const CeremonyMessage& message : transcript.commits)
        if (!decode_commit(message.fields)) return Accusation{message.holder, CeremonyFault::malformed};
    if (const auto liar = signed_by(CeremonyStep::open, transcript.opens)) return liar;
    const std::size_t opened = std::min(transcript.opens.size(), transcript.commits.size());
    for (std::size_t at = 0; at < opened; ++at)
        if (const auto wrong = find_open_fault(terms, transcript.commits[at], transcript.opens[at]))
            return Accusation{transcript.opens[at].holder, *wrong};
    if (const auto liar = signed_by(CeremonyStep::agree, transcript.agrees)) return liar;
    if (transcript.opens.size() != terms.count()) return std::nullopt;
    return agree_fault(terms, transcript);
}

Result<ElectionKeys> check_transcript(const CeremonyTerms& terms, const CeremonyTranscript& transcript)
{
    if (const auto sound = check_terms(terms); !sound) return sound.error();
    if (!complete(terms, transcript)) return fault(Fault::truncated);
    if (find_liar(terms, transcript)) return fault(Fault::bad_proof);
    return election_keys(terms, opens_of(terms, transcript));
}

Result<ElectionKeys> election_keys(const CeremonyTerms& terms, std::span<const CeremonyOpen> opens)
{
    std::vector<Point> sums(terms.threshold); // Σ_i A_il for each l
    for (const CeremonyOpen& open : opens)
        for (std::size_t l = 0; l < sums.size(); ++l)
            sums[l] = add(sums[l], open.coefficients[l]);
    ElectionKeys keys{terms.threshold, sums.front(), {}, {}};
    for (std::uint32_t j = 1; j <= terms.count(); ++j)
        keys.share_keys.push_back(evaluate(sums, j));
    if (keys.election_key.is_identity() || std::ranges::any_of(keys.share_keys, &Point::is_identity))
        return fault(Fault::out_of_range);

    Transcript named("plenum/key-holders/v1");
    named.u32(terms.threshold).u32(terms.count());
    for (std::size_t i = 0; i < terms.holders.size(); ++i) {
        named.text(terms.holders[i].name).raw(terms.holders[i].key);
        for (const Point& coefficient : opens[i].coefficients)
            named.point(coefficient);
        named.point(keys.share_keys[i]);
    }
    keys.key_holders = sha256(named.bytes());
    return keys;
}

bool is_equivocation(const CeremonyTerms& terms, const CeremonyMessage& one, const CeremonyMessage& other)
{
    return one.step == other.step && one.holder == other.holder && one.fields != other.fields &&
           check_message(terms, one).has_value() && check_message(terms, other).has_value();
}

Result<Accusation> judge(const CeremonyTerms& terms, const ComplaintEvidence& evidence,
                         const CeremonyMessage& message)
{
    for (const CeremonyMessage* one :
         {&message, &evidence.accused_commit, &evidence.accused_open, &evidence.accuser_commit})
        if (const auto signature = check_message(terms, *one); !signature) return signature.error();
    const auto complaint = decode_complaint(message.fields);
    const auto sender = decode_commit(evidence.accused_commit.fields);
    const auto open = decode_open(terms, evidence.accused_open.fields);
    const auto receiver = decode_commit(evidence.accuser_commit.fields);
    if (!complaint || !sender || !open || !receiver) return fault(Fault::malformed);
    const std::uint32_t accused = complaint->accused;
    const std::uint32_t accuser = message.holder;
    const bool about_these = message.step == CeremonyStep::complain && accused != accuser &&
                             is_step_of(evidence.accused_commit, CeremonyStep::commit, accused) &&
                             is_step_of(evidence.accused_open, CeremonyStep::open, accused) &&
                             is_step_of(evidence.accuser_commit, CeremonyStep::commit, accuser);
    if (!about_these) return fault(Fault::malformed);

    const Accusation false_complaint{accuser, CeremonyFault::false_complaint};
    ExchangeKey told;
    crypto_scalarmult_base(told.data(), complaint->exchange_secret.data());
    if (told != receiver->exchange_key) return false_complaint;
    if (sha256(complaint->share) != open->share_names[share_index(accused, accuser)]) return false_complaint;
    Secret<32> secret;
    std::ranges::copy(complaint->exchange_secret, secret.fill().begin());
    if (open_share(complaint->share, sender->exchange_key, secret, open->coefficients, accuser))
        return false_complaint;
    return Accusation{accused, CeremonyFault::wrong_share};
}

std::string four_words(const Digest& key_holders)
{
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 6; ++i)
        bits = bits << 8 | key_holders.bytes[i];
    std::string words;
    for (int shift = 48 - 11; shift >= 4; shift -= 11) {
        std::string word = std::to_string(bits >> shift & 0x7FF);
        word.insert(0, 4 - word.size(), '0');
        words += (words.empty() ? "" : " ") + word;
    }
    return words;
}

Result<SecretScalar> open_share(const SealedShare& sealed, const ExchangeKey& sender,
                                const Secret<32>& exchange_secret, std::span<const Point> coefficients,
                                std::uint32_t owner)
{
    SecretScalar share;
    const std::uint8_t* box = sealed.data() + crypto_box_NONCEBYTES;
    if (crypto_box_open_easy(share.fill().data(), box, sealed.size() - crypto_box_NONCEBYTES, sealed.data(),
                             sender.data(), exchange_secret.reveal().data()) != 0)
        return fault(Fault::bad_proof);
    // A second spelling of the same number would make two holders disagree about what was sent.
    if (!parse_scalar(share.reveal())) return fault(Fault::bad_proof);
    if (times_generator(share) != evaluate(coefficients, owner)) return fault(Fault::bad_proof);
    return share;
}

} // namespace plenum::ballot
