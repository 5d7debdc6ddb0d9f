#include "protocol/ballot/discrete_log.hpp"

#include "protocol/assert.hpp"

#include <decaf/point_255.h>

#include <algorithm>
#include <bit>
#include <tuple>

namespace plenum::ballot {

namespace {

constexpr unsigned bits_max = 24;
constexpr unsigned bits_usual_max = 20;
constexpr std::uint32_t rows_between_questions = 1024;

/// A point of libdecaf that frees nothing and hides nothing: everything here is public.
struct OpenPoint {
    decaf_255_point_t value;

    static OpenPoint identity()
    {
        OpenPoint point;
        decaf_255_point_copy(point.value, decaf_255_point_identity);
        return point;
    }

    static std::optional<OpenPoint> of(const Point& encoded)
    {
        OpenPoint point;
        if (decaf_255_point_decode(point.value, encoded.bytes.data(), DECAF_TRUE) != DECAF_SUCCESS)
            return std::nullopt;
        return point;
    }

    std::array<std::uint8_t, 32> encode() const
    {
        std::array<std::uint8_t, 32> bytes;
        decaf_255_point_encode(bytes.data(), value);
        return bytes;
    }
};

std::pair<std::uint32_t, std::uint32_t> name_of(const std::array<std::uint8_t, 32>& encoding)
{
    Reader reader(encoding);
    const std::uint32_t high = reader.u32();
    return {high, reader.u32()};
}

} // namespace

DiscreteLogTable::DiscreteLogTable(unsigned bits) : bits_(bits)
{
    fill([] { return true; });
}

std::optional<DiscreteLogTable> DiscreteLogTable::build(unsigned bits, const std::function<bool()>& goes_on)
{
    DiscreteLogTable table;
    table.bits_ = bits;
    if (!table.fill(goes_on)) return std::nullopt;
    return table;
}

bool DiscreteLogTable::fill(const std::function<bool()>& goes_on)
{
    PLENUM_ASSERT(bits_ >= 1 && bits_ <= bits_max);
    rows_.reserve(std::size_t{1} << bits_);
    OpenPoint multiple = OpenPoint::identity();
    for (std::uint32_t i = 0; i < std::uint32_t{1} << bits_; ++i) {
        if (i % rows_between_questions == 0 && !goes_on()) return false;
        const auto [high, low] = name_of(multiple.encode());
        rows_.push_back({high, low, i});
        decaf_255_point_add(multiple.value, multiple.value, decaf_255_point_base);
    }
    std::ranges::sort(rows_, {}, [](const Row& row) { return std::tuple(row.high, row.low); });
    return true;
}

std::optional<std::uint64_t> DiscreteLogTable::look_up(const std::array<std::uint8_t, 32>& encoding) const
{
    const auto name = name_of(encoding);
    const auto row = std::ranges::lower_bound(rows_, name, {},
                                              [](const Row& one) { return std::pair(one.high, one.low); });
    if (row == rows_.end() || std::pair(row->high, row->low) != name) return std::nullopt;
    return row->multiple;
}

std::optional<std::uint64_t> DiscreteLogTable::find(const Point& point, std::uint64_t bound) const
{
    auto rest = OpenPoint::of(point); // M − s·2^bits·G for s = 0, 1, …
    const auto giant_step = OpenPoint::of(times_generator(scalar_of(std::uint64_t{1} << bits_)));
    if (!rest || !giant_step) return std::nullopt;
    for (std::uint64_t step = 0; step <= bound >> bits_; ++step) {
        if (const auto baby = look_up(rest->encode())) {
            const std::uint64_t v = (step << bits_) + *baby;
            // Eight bytes of an encoding are a name, not a proof.
            if (v <= bound && times_generator(scalar_of(v)) == point) return v;
        }
        decaf_255_point_sub(rest->value, rest->value, giant_step->value);
    }
    return std::nullopt;
}

unsigned table_bits(std::uint64_t bound, std::size_t searches)
{
    const std::uint64_t work = std::max<std::uint64_t>(bound, 1) * std::max<std::size_t>(searches, 1);
    const auto bits = static_cast<unsigned>((std::bit_width(work) + 1) / 2);
    return std::clamp(bits, 8U, bits_usual_max);
}

} // namespace plenum::ballot
