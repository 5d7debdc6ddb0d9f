#include "server/chamber/ballot_words.hpp"

#include <algorithm>

namespace plenum::chamber {
namespace {

constexpr std::size_t differences_max = 8;

std::uint64_t value_of(const Figures& figures, const LocalText& of)
{
    const auto found = std::ranges::find(figures, of, &Figure::of);
    return found == figures.end() ? 0 : found->value;
}

} // namespace

Figures figures_of(const BallotsCount& counted)
{
    return {{{"发出", "given out"}, counted.issued}, {{"收回", "came back"}, counted.collected},
            {{"无效", "invalid"}, counted.invalid},  {{"赞成", "for"}, counted.approve},
            {{"反对", "against"}, counted.oppose},   {{"弃权", "abstaining"}, counted.abstain}};
}

Figures figures_of(const PlacesReturn& counted)
{
    Figures figures{{{"发出", "given out"}, counted.issued},
                    {{"收回", "came back"}, counted.collected},
                    {{"无效", "invalid"}, counted.invalid}};
    for (const auto& line : counted.list) {
        if (line.numbers) {
            figures.push_back({{line.name + "序号合计", line.name + " numbers together"}, *line.numbers});
            continue;
        }
        figures.push_back({{line.name + "赞成", line.name + " for"}, line.approve});
        if (line.is_write_in) continue;
        figures.push_back({{line.name + "反对", line.name + " against"}, line.oppose});
        figures.push_back({{line.name + "弃权", line.name + " abstaining"}, line.abstain});
    }
    return figures;
}

Figures figures_of(const GradesCount& counted)
{
    Figures figures{{{"发出", "given out"}, counted.issued}, {{"收回", "came back"}, counted.collected}};
    for (const auto& object : counted.objects) {
        for (std::size_t grade = 0; grade < object.counts.size(); ++grade) {
            const auto place = std::to_string(grade + 1);
            figures.push_back({{object.object + "第" + place + "档", object.object + " grade " + place},
                               object.counts[grade]});
        }
        figures.push_back({{object.object + "无效", object.object + " invalid"}, object.invalid});
    }
    return figures;
}

LocalText differences(const std::vector<Owner>& owners)
{
    Figures labels;
    for (const auto& owner : owners) {
        for (const auto& figure : owner.figures) {
            if (std::ranges::find(labels, figure.of, &Figure::of) == labels.end()) labels.push_back(figure);
        }
    }
    LocalText words;
    std::size_t found = 0;
    for (const auto& label : labels) {
        const auto first = value_of(owners.front().figures, label.of);
        const bool alike = std::ranges::all_of(
            owners, [&](const Owner& owner) { return value_of(owner.figures, label.of) == first; });
        if (alike || ++found > differences_max) continue;
        words.zh += "；" + label.of.zh + "：";
        words.en += "; " + label.of.en + ":";
        for (const auto& owner : owners) {
            const auto value = std::to_string(value_of(owner.figures, label.of));
            words.zh += (&owner == &owners.front() ? "" : "、") + owner.name.zh + value;
            words.en += (&owner == &owners.front() ? " " : ", ") + owner.name.en + " " + value;
        }
    }
    if (found > differences_max) {
        const auto more = std::to_string(found - differences_max);
        words.zh += "；另有" + more + "处不一致";
        words.en += "; and " + more + " more";
    }
    return words;
}

} // namespace plenum::chamber
