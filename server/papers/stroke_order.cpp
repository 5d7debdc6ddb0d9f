#include "server/papers/stroke_order.hpp"

#include "protocol/assert.hpp"

#include <unicode/coll.h>

namespace plenum::papers {

struct StrokeOrder::Collator {
    std::unique_ptr<icu::Collator> icu;
};

StrokeOrder::StrokeOrder() : collator_(std::make_unique<Collator>())
{
    UErrorCode status = U_ZERO_ERROR;
    const auto locale = icu::Locale::forLanguageTag("zh-u-co-stroke", status);
    collator_->icu.reset(icu::Collator::createInstance(locale, status));
    PLENUM_ASSERT(U_SUCCESS(status)); // Its tables come with the library.
}

StrokeOrder::~StrokeOrder() = default;

bool StrokeOrder::before(std::string_view a, std::string_view b) const
{
    UErrorCode status = U_ZERO_ERROR;
    const auto piece = [](std::string_view text) {
        return icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size()));
    };
    return collator_->icu->compareUTF8(piece(a), piece(b), status) == UCOL_LESS;
}

} // namespace plenum::papers
