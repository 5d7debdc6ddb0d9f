#include "server/chamber/chapters.hpp"

// Placeholder while the chapter is written.

namespace plenum::chamber {

Decided decide_command(const State&, const RequestFloor&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const RequestFloorFor&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const CancelFloorRequest&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const YieldFloor&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const WithdrawSpeech&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const OrderFloor&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const GrantFloor&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const ExtendFloor&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const StopSpeech&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const MinuteSpeech&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const SignMinutes&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

void apply_event(State&, const SpeechRequested&, const Stamp&) {}

void apply_event(State&, const SpeechWithdrawn&, const Stamp&) {}

void apply_event(State&, const FloorOrdered&, const Stamp&) {}

void apply_event(State&, const FloorGranted&, const Stamp&) {}

void apply_event(State&, const FloorExtended&, const Stamp&) {}

void apply_event(State&, const SpeechEnded&, const Stamp&) {}

void apply_event(State&, const SpeechMinuted&, const Stamp&) {}

void apply_event(State&, const SpeechSigned&, const Stamp&) {}

} // namespace plenum::chamber
