#include "clients/replay/sitting_file.hpp"

#include "clients/replay/unpack.hpp"

#include <boost/json.hpp>

#include <limits>
#include <map>

namespace plenum::replay {
namespace {

namespace json = boost::json;

using Index = std::map<std::string, std::size_t, std::less<>>;

/// Text of a member, or an empty string. Numbers are accepted where sources write ids as numbers.
std::string text_of(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    if (value == nullptr) return {};
    if (const auto* text = value->if_string()) return std::string(std::string_view(*text));
    if (const auto* number = value->if_int64()) return std::to_string(*number);
    return {};
}

std::optional<std::uint32_t> count_of(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    const auto* number = value == nullptr ? nullptr : value->if_int64();
    if (number == nullptr || *number < 0 || *number > std::numeric_limits<std::uint32_t>::max())
        return std::nullopt;
    return static_cast<std::uint32_t>(*number);
}

std::optional<bool> passed_of(const json::object& object)
{
    const auto result = text_of(object, "result");
    if (result == "passed") return true;
    if (result == "rejected") return false;
    return std::nullopt;
}

const json::object* object_of(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value == nullptr ? nullptr : value->if_object();
}

/// The list called `name`; an absent one is empty.
const json::array& list_of(const json::object& object, std::string_view name)
{
    static const json::array none;
    const auto* value = object.if_contains(name);
    const auto* list = value == nullptr ? nullptr : value->if_array();
    return list == nullptr ? none : *list;
}

std::optional<Mark> mark_of(const json::value& value)
{
    const auto* text = value.if_string();
    if (text == nullptr) return std::nullopt;
    if (*text == "for") return Mark::approve;
    if (*text == "against") return Mark::oppose;
    if (*text == "abstain") return Mark::abstain;
    if (*text == "not_voting") return Mark::not_voting;
    if (*text == "absent") return Mark::absent;
    return std::nullopt;
}

Official official_of(const json::object& object)
{
    Official official{count_of(object, "for"),     count_of(object, "against"),
                      count_of(object, "abstain"), count_of(object, "not_voting"),
                      passed_of(object),           {}};
    const auto* groups = object_of(object, "by_group");
    if (groups == nullptr) return official;
    for (const auto& [name, value] : *groups) {
        const auto* figures = value.if_object();
        if (figures == nullptr) continue;
        official.groups.push_back({std::string(std::string_view(name)), count_of(*figures, "for"),
                                   count_of(*figures, "against"), count_of(*figures, "abstain"),
                                   count_of(*figures, "present"), count_of(*figures, "voted"),
                                   passed_of(*figures)});
    }
    return official;
}

/// The vote's marks by member; nobody is left out silently: who is not in the list was absent.
Tried<std::vector<Mark>> marks_of(const json::object& choices, const Index& members)
{
    std::vector<Mark> marks(members.size(), Mark::absent);
    for (const auto& [id, value] : choices) {
        const auto member = members.find(std::string_view(id));
        if (member == members.end())
            return trouble("no member has the id " + std::string(std::string_view(id)));
        const auto mark = mark_of(value);
        if (!mark) return trouble("member " + member->first + " has a choice that is none");
        marks[member->second] = *mark;
    }
    return marks;
}

Tried<RecordedVote> vote_of(const json::object& object, const Index& members)
{
    RecordedVote vote;
    vote.id = text_of(object, "id");
    vote.title = text_of(object, "title");
    vote.time = text_of(object, "time");
    const auto* choices = object_of(object, "choices");
    const auto* official = object_of(object, "official");
    if (choices == nullptr || official == nullptr)
        return trouble("vote " + vote.id, "no choices or no official figures");
    auto marks = marks_of(*choices, members);
    if (!marks) return trouble("vote " + vote.id, marks.error().sentence);
    vote.marks = std::move(*marks);
    vote.official = official_of(*official);
    if (const auto* majority = object_of(object, "majority")) {
        vote.majority = RecordedMajority{text_of(*majority, "type"), count_of(*majority, "votes_needed")};
    }
    if (const auto* separate = object.if_contains("separate_majorities");
        separate != nullptr && separate->is_bool()) {
        vote.separate_majorities = separate->get_bool();
    }
    return vote;
}

Tried<AttendanceCheck> check_of(const json::object& object, const Index& members)
{
    AttendanceCheck check{text_of(object, "id"),
                          text_of(object, "title"),
                          text_of(object, "time"),
                          std::vector<bool>(members.size(), false),
                          std::nullopt,
                          std::nullopt};
    for (const auto& value : list_of(object, "present")) {
        const auto* id = value.if_string();
        const auto member = id == nullptr ? members.end() : members.find(std::string_view(*id));
        if (member == members.end()) return trouble("attendance check " + check.id, "an unknown member");
        check.present[member->second] = true;
    }
    if (const auto* official = object_of(object, "official")) {
        check.official_present = count_of(*official, "present");
        check.official_absent = count_of(*official, "not_participating");
    }
    return check;
}

Tried<Index> read_members(const json::object& object, SittingFile& file)
{
    Index index;
    for (const auto& value : list_of(object, "members")) {
        const auto* member = value.if_object();
        if (member == nullptr) return trouble("members", "one of them is not an object");
        RecordedMember recorded{text_of(*member, "id"), text_of(*member, "name"), text_of(*member, "group")};
        if (recorded.id.empty()) return trouble("members", "one of them has no id");
        if (!index.emplace(recorded.id, file.members.size()).second) {
            return trouble("members", "the id " + recorded.id + " is used twice");
        }
        file.members.push_back(std::move(recorded));
    }
    if (file.members.empty()) return trouble("the file has no members");
    return index;
}

/// Gives each vote the label of the agenda entry that lists it.
void read_agenda(const json::object& object, SittingFile& file)
{
    std::map<std::string, std::string, std::less<>> label_of_vote;
    for (const auto& value : list_of(object, "agenda")) {
        const auto* entry = value.if_object();
        if (entry == nullptr) continue;
        const auto label = text_of(*entry, "label");
        for (const auto& id : list_of(*entry, "votes")) {
            if (const auto* text = id.if_string()) label_of_vote.emplace(std::string_view(*text), label);
        }
    }
    for (auto& vote : file.votes) {
        const auto label = label_of_vote.find(vote.id);
        if (label != label_of_vote.end()) vote.agenda_label = label->second;
    }
}

Tried<SittingFile> read_document(const json::object& object)
{
    SittingFile file;
    file.chamber = text_of(object, "chamber");
    file.date = text_of(object, "date");
    file.notes = text_of(object, "notes");
    const auto members = read_members(object, file);
    if (!members) return members.error();
    for (const auto& value : list_of(object, "votes")) {
        if (!value.is_object()) return trouble("votes", "one of them is not an object");
        auto vote = vote_of(value.get_object(), *members);
        if (!vote) return vote.error();
        file.votes.push_back(std::move(*vote));
    }
    if (file.votes.empty()) return trouble("the file has no votes");
    for (const auto& value : list_of(object, "attendance_checks")) {
        if (!value.is_object()) return trouble("attendance_checks", "one of them is not an object");
        auto check = check_of(value.get_object(), *members);
        if (!check) return check.error();
        file.checks.push_back(std::move(*check));
    }
    read_agenda(object, file);
    file.votes_without_list = list_of(object, "other_votes").size();
    return file;
}

} // namespace

Tried<SittingFile> read_sitting(std::string_view text)
{
    boost::system::error_code error;
    const auto value = json::parse(text, error);
    if (error) return trouble("not JSON", error.message());
    if (!value.is_object()) return trouble("not a sitting", "the file is not an object");
    return read_document(value.get_object());
}

Tried<SittingFile> read_sitting_file(const std::string& path)
{
    const auto text = unpack_file(path);
    if (!text) return text.error();
    auto file = read_sitting(*text);
    if (!file) return trouble(path, file.error().sentence);
    return file;
}

} // namespace plenum::replay
