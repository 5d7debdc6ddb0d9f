#include "server/chamber/chapters.hpp"
#include "server/chamber/questions.hpp"

// Placeholder while the chapter is written.

namespace plenum::chamber {

Decided decide_command(const State&, const UndoRoster&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const FormDelegations&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const SetPhoto&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

Decided decide_command(const State&, const CorrectRecord&, const Context&)
{
    return refuse(RefusalCode::wrong_state);
}

void apply_event(State&, const PhotoSet&, const Stamp&) {}

void apply_event(State&, const RecordCorrected&, const Stamp&) {}

Answer<PrivateAnswer> ask(const State&, const Actor&, const ReadPhoto&, const BlobSource&)
{
    return refuse(RefusalCode::not_allowed);
}

Answer<RosterCheck> ask(const State&, const Actor&, const CheckRoster&, const BlobSource&)
{
    return refuse(RefusalCode::not_allowed);
}

Answer<OfficeView> ask(const State&, const Actor&, const ListOffice&, const BlobSource&)
{
    return refuse(RefusalCode::not_allowed);
}

Answer<RosterPage> ask(const State&, const Actor&, const ReadRoster&, const BlobSource&)
{
    return refuse(RefusalCode::not_allowed);
}

} // namespace plenum::chamber
