#include "server/chamber/chapters.hpp"

// What the screens in the hall show: set by hand, and kept with the sitting so that a screen that comes back
// shows it again.

namespace plenum::chamber {
namespace {

std::optional<Refusal> check_words(const ShowInHall& command)
{
    if (!is_screen_name(command.screen)) {
        return no(RefusalCode::invalid_text, "屏幕名称须为小写字母、数字、_或-",
                  "a screen is named in small letters, digits, _ and -");
    }
    const bool right = command.content == HallContent::message
                           ? is_document(command.message, hall_message_bytes_max)
                           : command.message.empty();
    if (right) return std::nullopt;
    return no(RefusalCode::invalid_text, "显示文字时须有文字，其他内容不带文字",
              "a message has a text, nothing else does");
}

} // namespace

Decided decide_command(const State& state, const ShowInHall& command, const Context&)
{
    const auto& sitting = record_of(state.sittings, command.sitting);
    if (sitting.state == SittingState::closed) return wrong_state(sitting.state);
    if (auto refusal = check_words(command)) return *refusal;
    const auto found = sitting.screens.find(command.screen);
    if (found == sitting.screens.end()) {
        if (sitting.screens.size() >= screens_per_sitting_max) return refuse(RefusalCode::too_many);
    } else if (found->second.content == command.content && found->second.message == command.message) {
        return refuse(RefusalCode::nothing_to_do);
    }
    return Decision{{HallShown{command.sitting, command.screen, command.content, command.message}}, {}};
}

void apply_event(State& state, const HallShown& event, const Stamp&)
{
    record_of(state.sittings, event.sitting).screens[event.screen] = {event.content, event.message};
}

} // namespace plenum::chamber
