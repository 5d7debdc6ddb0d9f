#include "protocol/media_type.hpp"
#include "server/chamber/chapters.hpp"
#include "server/chamber/questions.hpp"

#include <algorithm>

// What concerns a single person, and clerical errors of the record.

namespace plenum::chamber {
namespace {

constexpr std::size_t photo_bytes_max = 256 * 1024;

/// Whether the bytes are a picture of this type.
bool is_picture(std::string_view media_type, const Bytes& content)
{
    return media_type.starts_with("image/") && media_type_of(text_of(content)) == media_type;
}

/// Whoever keeps the attendance of a body or a meeting needs to know by sight who belongs there.
bool needs_to_see(const State& state, const Actor& actor, PersonId person)
{
    if (actor.person == person) return true;
    const bool member = std::ranges::any_of(state.bodies, [&](const auto& entry) {
        const auto& [id, body] = entry;
        return find_member(body, person) != nullptr && keeps_the_room(state, actor, id);
    });
    return member || std::ranges::any_of(state.meetings, [&](const auto& entry) {
               const auto& meeting = entry.second;
               return meeting.attendees.contains(person) && keeps_the_room(state, actor, meeting.body);
           });
}

} // namespace

Decided decide_command(const State& state, const SetPhoto& command, const Context& context)
{
    const auto person = state.persons.find(command.person);
    if (person == state.persons.end()) return refuse(RefusalCode::no_such_record);
    if (command.content.size() > photo_bytes_max || !is_picture(command.media_type, command.content)) {
        return no(RefusalCode::wrong_media, "照片须为JPEG、PNG或WebP，不超过256 KiB",
                  "a photo is a JPEG, PNG or WebP of at most 256 KiB");
    }
    auto photo = new_private_blob(state, context, command.media_type, command.content);
    PhotoSet event{command.person, photo.digest};
    if (const auto& before = person->second.photo) event.replaces = *before;
    return Decision{{event}, {std::move(photo)}};
}

Decided decide_command(const State& state, const RemovePhoto& command, const Context&)
{
    const auto person = state.persons.find(command.person);
    if (person == state.persons.end()) return refuse(RefusalCode::no_such_record);
    if (!person->second.photo) {
        return no(RefusalCode::nothing_to_do, "此人没有照片", "there is no photo of this person");
    }
    return Decision{{PhotoRemoved{command.person, *person->second.photo}}, {}};
}

Decided decide_command(const State& state, const CorrectRecord& command, const Context&)
{
    if (command.corrects >= state.entries) return refuse(RefusalCode::no_such_record);
    const bool are_lines = is_line(command.reads, title_bytes_max) &&
                           is_line(command.should_read, title_bytes_max) &&
                           is_line(command.reason, reason_bytes_max);
    if (!are_lines) return refuse(RefusalCode::invalid_text);
    if (command.reads == command.should_read) return refuse(RefusalCode::nothing_to_do);
    return Decision{{RecordCorrected{command.corrects, command.reads, command.should_read, command.reason}},
                    {}};
}

void apply_event(State& state, const PhotoSet& event, const Stamp&)
{
    record_of(state.persons, event.person).photo = event.photo;
}

void apply_event(State& state, const PhotoRemoved& event, const Stamp&)
{
    auto& person = record_of(state.persons, event.person);
    PLENUM_ASSERT(person.photo == event.photo);
    person.photo.reset();
}

// It changes nothing but the record itself.
void apply_event(State& state, const RecordCorrected& event, const Stamp&)
{
    PLENUM_ASSERT(event.corrects < state.entries);
}

Answer<PrivateAnswer> ask(const State& state, const Actor& actor, const ReadPhoto& question,
                          const BlobSource& blobs)
{
    const auto person = state.persons.find(question.person);
    if (person == state.persons.end()) return refuse(RefusalCode::no_such_record);
    if (!needs_to_see(state, actor, question.person)) return refuse(RefusalCode::not_allowed);
    if (!person->second.photo) return refuse(RefusalCode::not_readable);
    return read_private(state, *person->second.photo, blobs);
}

} // namespace plenum::chamber
