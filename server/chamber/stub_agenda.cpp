#include "server/chamber/chapters.hpp"
#include "server/chamber/questions.hpp"

// Placeholder while the chapter is written.

namespace plenum::chamber {

Decided decide_command(const State&, const ImportAgenda&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const MoveItem&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const AttachDocument&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const DetachDocument&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const DeliberateItem&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const ConcludeItem&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

void apply_event(State&, const ItemMoved&, const Stamp&) {}

void apply_event(State&, const DocumentAttached&, const Stamp&) {}

void apply_event(State&, const DocumentDetached&, const Stamp&) {}

void apply_event(State&, const ItemDeliberated&, const Stamp&) {}

void apply_event(State&, const ItemConcluded&, const Stamp&) {}

Answer<PrivateAnswer> ask(const State&, const Actor&, const ReadDocument&, const BlobSource&)
{
    return refuse(RefusalCode::not_allowed);
}

Answer<AgendaCheck> ask(const State&, const Actor&, const CheckAgenda&, const BlobSource&)
{
    return refuse(RefusalCode::not_allowed);
}

} // namespace plenum::chamber
