#pragma once

#include <memory>
#include <string_view>

namespace plenum::papers {

/// 按姓氏笔画排序: the order of names in a Chinese list, by the strokes of the first character, then of the
/// next, as ICU counts them (zh-u-co-stroke; docs/decisions/0006-icu.md says where that differs). A character
/// ICU knows no strokes of, such as 𠮷, stands behind those it knows. Names in Latin letters stand last. Not
/// thread-safe.
class StrokeOrder {
public:
    StrokeOrder();
    ~StrokeOrder();
    StrokeOrder(const StrokeOrder&) = delete;
    StrokeOrder& operator=(const StrokeOrder&) = delete;

    /// Whether `a` stands before `b`; both are UTF-8. A strict weak order, for stable sorting.
    bool before(std::string_view a, std::string_view b) const;

private:
    struct Collator;
    std::unique_ptr<Collator> collator_;
};

} // namespace plenum::papers
