// Property: whatever the bytes, every message of the key ceremony is read or refused; what is read gives the
// same bytes back; a transcript that is accepted is the honest one; and whatever one holder signs, nobody
// else is named for it. The first byte chooses what the bytes are.
#include "tests/fuzz/property.hpp"
#include "tests/protocol/ballot_keys/rooms.hpp"

#include <algorithm>

using namespace plenum;
using namespace plenum::ballot;

namespace {

/// Of the ceremony in schemas/vectors/ceremony.json.
constexpr std::uint64_t seed = 203;
constexpr std::uint32_t threshold = 2;
constexpr std::uint32_t holders = 3;
constexpr std::uint32_t liar = 3;
constexpr std::uint32_t honest = 1;

const CeremonyTerms& terms()
{
    static const CeremonyTerms terms = terms_for(threshold, holders);
    return terms;
}

const Bytes& honest_transcript()
{
    static const Bytes bytes = [] {
        CeremonyRoom room(threshold, holders, seed);
        return encode(room.terms(), room.run().front().transcript);
    }();
    return bytes;
}

/// From anybody: who did not sign it is not named for it.
void check_message_of_anybody(ByteView bytes)
{
    const auto message = decode_message(bytes);
    if (!message) return;
    require(same(encode(*message), bytes));
    const bool is_signed = check_message(terms(), *message).has_value();
    CeremonyRoom room(threshold, holders, seed);
    auto& seat = room.seat(honest);
    const auto taken = message->step == CeremonyStep::commit ? seat.take_commit(*message)
                       : message->step == CeremonyStep::open ? seat.take_open(*message, {})
                                                             : seat.take_agree(*message);
    require(is_signed || (!taken && !seat.accused()));
}

void check_fields(std::uint8_t kind, ByteView bytes)
{
    if (kind == 1) {
        if (const auto commit = decode_commit(bytes)) require(same(encode(*commit), bytes));
    } else if (kind == 2) {
        const auto open = decode_open(terms(), bytes);
        if (!open) return;
        require(same(encode(*open), bytes));
        require(open->coefficients.size() == threshold && open->share_names.size() == holders - 1);
    } else if (kind == 3) {
        if (const auto agree = decode_agree(bytes)) require(same(encode(*agree), bytes));
    } else {
        if (const auto complaint = decode_complaint(bytes)) require(same(encode(*complaint), bytes));
    }
}

void check_transcript_bytes(ByteView bytes)
{
    const auto transcript = decode_transcript(terms(), bytes);
    if (!transcript) return;
    require(same(encode(terms(), *transcript), bytes));
    const auto named = find_liar(terms(), *transcript);
    const auto keys = check_transcript(terms(), *transcript);
    require(keys.has_value() == !named.has_value());
    require(!named || (named->holder >= 1 && named->holder <= holders));
    // Nobody else has the keys these messages are signed with.
    require(!keys || same(bytes, honest_transcript()));
}

/// The liar opens what it likes, after an honest commitment, and seals what it likes for the honest holder.
void check_lying_open(ByteView bytes)
{
    CeremonyRoom room(threshold, holders, seed);
    room.commit();
    require(room.seat(honest).open().has_value());
    SealedShare share{};
    if (bytes.size() < share.size()) return;
    std::ranges::copy(bytes.first(share.size()), share.begin());
    const auto fields = bytes.subspan(share.size());
    const auto message =
        sign_message(terms(), CeremonyStep::open, liar, {fields.begin(), fields.end()}, room.key(liar));
    auto& seat = room.seat(honest);
    const auto taken = seat.take_open(message, share);
    const auto wrong = find_open_fault(terms(), room.seat(liar).commit(), message);
    const bool is_lost = !taken && taken.error() == make_error_code(Fault::not_canonical);
    require(taken || is_lost || (seat.accused() && seat.accused()->holder == liar));
    require(!wrong || (seat.accused() && seat.accused()->fault == *wrong));
    require(seat.complaint().has_value() ==
            (seat.accused() && seat.accused()->fault == CeremonyFault::wrong_share));
}

/// The liar complains about an honest holder.
void check_lying_complaint(ByteView bytes)
{
    constexpr std::uint32_t accused = 2;
    static CeremonyRoom room(threshold, holders, seed);
    static const bool is_open = [] {
        room.commit();
        room.open();
        return true;
    }();
    require(is_open);
    const auto complaint =
        sign_message(terms(), CeremonyStep::complain, liar, {bytes.begin(), bytes.end()}, room.key(liar));
    const auto judged = judge(
        terms(),
        {room.seat(accused).commit(), room.seat(accused).open().value().message, room.seat(liar).commit()},
        complaint);
    require(!judged || (judged->holder == liar && judged->fault == CeremonyFault::false_complaint));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) return 0;
    const ByteView bytes(data + 1, size - 1);
    switch (data[0] % 8) {
    case 0: check_message_of_anybody(bytes); break;
    case 5: check_transcript_bytes(bytes); break;
    case 6: check_lying_open(bytes); break;
    case 7: check_lying_complaint(bytes); break;
    default: check_fields(data[0] % 8, bytes); break;
    }
    return 0;
}
