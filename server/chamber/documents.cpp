#include "server/chamber/agenda_tree.hpp"
#include "server/chamber/questions.hpp"

#include <algorithm>

// The papers that go with an item: public for everybody, private for those in the room where the item is
// closed.

namespace plenum::chamber {
namespace {

constexpr std::size_t documents_per_item_max = 50;
constexpr std::size_t attachment_bytes_max = 4 * 1024 * 1024;

constexpr std::array media_types = {
    std::string_view("application/pdf"),
    std::string_view("text/plain"),
    std::string_view("text/markdown"),
    std::string_view("image/png"),
    std::string_view("image/jpeg"),
    std::string_view("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    std::string_view("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
};

auto find_document(const Item& item, const Digest& document)
{
    return std::ranges::find(item.documents, document, &DocumentView::document);
}

/// Members of the bodies that deal with the item, and whoever serves them there.
bool is_in_the_room(const State& state, const Actor& actor, MeetingId meeting)
{
    std::set<BodyId> bodies{record_of(state.meetings, meeting).body};
    for (const auto& [id, sitting] : state.sittings) {
        if (sitting.meeting == meeting) bodies.insert(sitting.body);
    }
    return std::ranges::any_of(bodies, [&](BodyId body) {
        if (keeps_the_room(state, actor, body)) return true;
        return actor.role == Role::delegate && !actor.is_server() &&
               find_member(record_of(state.bodies, body), *actor.person) != nullptr;
    });
}

/// What is put to the vote on the item is read like its papers.
bool is_private_text(const State& state, const ReadDocument& question)
{
    return std::ranges::any_of(state.votes, [&](const auto& entry) {
        const auto& vote = entry.second;
        return vote.item == question.item && vote.text == question.document && vote.text_is_private;
    });
}

} // namespace

Decided decide_command(const State& state, const AttachDocument& command, const Context& context)
{
    const auto& item = record_of(state.items, command.item);
    if (item.state == ItemState::withdrawn) return wrong_state(item.state);
    if (has_open_vote(state, command.item)) return refuse(RefusalCode::vote_open);
    if (auto refusal = check_agenda_still(state, item.meeting)) return *refusal;
    if (!is_line(command.name, name_bytes_max)) return refuse(RefusalCode::invalid_text);
    const bool is_known = std::ranges::find(media_types, command.media_type) != media_types.end();
    if (!is_known || command.content.empty() || command.content.size() > attachment_bytes_max) {
        return no(RefusalCode::wrong_media, "文件须为PDF、文本、图片或Office文档，不超过4 MiB",
                  "a paper is a PDF, text, picture or office document of at most 4 MiB");
    }
    if (item.documents.size() >= documents_per_item_max) return refuse(RefusalCode::too_many);

    auto paper = item.is_closed ? new_private_blob(state, context, command.media_type, command.content)
                                : new_blob(std::string(text_of(command.content)));
    const auto digest = paper.digest;
    if (find_document(item, digest) != item.documents.end()) {
        return no(RefusalCode::nothing_to_do, "该文件已在此议题下", "the item has this document already");
    }
    return Decision{{DocumentAttached{command.item, digest, command.name, command.media_type,
                                      command.content.size(), item.is_closed}},
                    {std::move(paper)}};
}

// What the body decided on stays with the decision.
Decided decide_command(const State& state, const DetachDocument& command, const Context&)
{
    const auto& item = record_of(state.items, command.item);
    if (find_document(item, command.document) == item.documents.end())
        return refuse(RefusalCode::no_such_record);
    if (item.state == ItemState::decided || item.state == ItemState::withdrawn)
        return wrong_state(item.state);
    if (has_open_vote(state, command.item)) return refuse(RefusalCode::vote_open);
    if (auto refusal = check_agenda_still(state, item.meeting)) return *refusal;
    return Decision{{DocumentDetached{command.item, command.document}}, {}};
}

void apply_event(State& state, const DocumentAttached& event, const Stamp&)
{
    auto& item = record_of(state.items, event.item);
    PLENUM_ASSERT(event.is_private == item.is_closed);
    std::erase(record_of(state.meetings, item.meeting).imported, event.item);
    item.documents.push_back({event.document, event.name, event.media_type, event.bytes, event.is_private});
}

void apply_event(State& state, const DocumentDetached& event, const Stamp&)
{
    auto& item = record_of(state.items, event.item);
    const auto found = find_document(item, event.document);
    PLENUM_ASSERT(found != item.documents.end());
    item.documents.erase(found);
}

Answer<PrivateAnswer> ask(const State& state, const Actor& actor, const ReadDocument& question,
                          const BlobSource& blobs)
{
    const auto item = state.items.find(question.item);
    if (item == state.items.end()) return refuse(RefusalCode::no_such_record);
    if (!is_in_the_room(state, actor, item->second.meeting)) return refuse(RefusalCode::not_allowed);
    if (is_private_text(state, question)) return read_private(state, question.document, blobs);
    const auto document = find_document(item->second, question.document);
    if (document == item->second.documents.end()) return refuse(RefusalCode::no_such_record);
    if (!document->is_private) {
        return no(RefusalCode::not_readable, "公开文件请直接打开", "public documents are fetched as files");
    }
    return read_private(state, question.document, blobs);
}

} // namespace plenum::chamber
