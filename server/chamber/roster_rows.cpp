#include "server/chamber/roster_rows.hpp"

#include "server/chamber/chapters.hpp"

namespace plenum::chamber {
namespace {

void check_texts(const RosterRow& row, std::vector<LocalText>& errors)
{
    if (!is_line(row.number, name_bytes_max))
        errors.push_back({"证号为空或不合格式", "the number is empty or not one short line"});
    if (!is_line(row.name, name_bytes_max))
        errors.push_back({"姓名为空或不合格式", "the name is empty or not one short line"});
    if (!is_line_or_empty(row.group, name_bytes_max))
        errors.push_back({"代表团名称不合格式", "the group is not one short line"});
    if (!is_line_or_empty(row.seat, name_bytes_max))
        errors.push_back({"座席不合格式", "the seat is not one short line"});
}

} // namespace

RowReader::RowReader(const State& state, const Body& body)
    : state_(state), next_person_(state.persons_known + 1)
{
    for (const auto& member : body.members)
        known_.emplace(member.number, member.person);
}

RowRead RowReader::read(const RosterRow& row)
{
    RowRead read{{PersonId{}, row.number, row.name, row.group, row.seat}, {}};
    check_texts(row, read.errors);
    if (!row.number.empty() && !numbers_.insert(row.number).second)
        read.errors.push_back({"证号重复", "this number is used twice"});
    if (!row.seat.empty() && !seats_.insert(row.seat).second)
        read.errors.push_back({"座席重复", "this seat is used twice"});
    read.member.person = person_of(row);
    if (number(read.member.person) == 0) {
        read.errors.push_back({"没有此人", "there is no such person"});
    } else if (!persons_.insert(read.member.person).second) {
        read.errors.push_back({"同一人出现两次", "this person is in the list twice"});
    }
    return read;
}

PersonId RowReader::person_of(const RosterRow& row)
{
    if (row.person) return state_.persons.contains(*row.person) ? *row.person : PersonId{};
    const auto found = known_.find(row.number);
    return found == known_.end() ? PersonId{next_person_++} : found->second;
}

std::optional<Refusal> check_row_count(std::size_t rows)
{
    if (rows == 0) return no(RefusalCode::invalid_roster, "没有任何行", "there are no rows");
    if (rows <= roster_members_max) return std::nullopt;
    const auto limit = std::to_string(roster_members_max);
    return no(RefusalCode::too_many, "名册最多" + limit + "人", "at most " + limit + " members");
}

} // namespace plenum::chamber
