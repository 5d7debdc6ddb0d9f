#include "server/chamber/chapters.hpp"

// Placeholder while the chapter is written.

namespace plenum::chamber {

Decided decide_command(const State&, const ShowInHall&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

void apply_event(State&, const HallShown&, const Stamp&) {}

} // namespace plenum::chamber
