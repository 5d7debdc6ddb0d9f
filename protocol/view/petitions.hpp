#pragma once

#include "protocol/event.hpp"
#include "protocol/view/vote.hpp"

// Joint signatures as the members of the body and its office see them.

namespace plenum {

/// NOTE: names are on the wire; append only.
enum class PetitionState { open, handed_in, withdrawn };
BOOST_DESCRIBE_ENUM(PetitionState, open, handed_in, withdrawn)

struct PetitionView {
    PetitionId id{};
    BodyId body{};
    std::string body_name;
    PetitionKind petition_kind = PetitionKind::bill;
    std::string title;
    Digest text;
    NamedPerson lead;
    std::uint64_t opened_at_ms = 0;
    PetitionState state = PetitionState::open;
    Finding signatures;               ///< as they stand, or stood when it was handed in
    std::vector<NamedPerson> signers; ///< the lead signer first, then in the order of signing
    std::optional<std::uint64_t> ended_at_ms;
    std::string reason; ///< why it was withdrawn
};
BOOST_DESCRIBE_STRUCT(PetitionView, (),
                      (id, body, body_name, petition_kind, title, text, lead, opened_at_ms, state, signatures,
                       signers, ended_at_ms, reason))

/// To the members of the body and its office.
struct PetitionChanged {
    static constexpr std::string_view method = "petition.changed";
    std::uint64_t seq = 0;
    PetitionView petition;
};
BOOST_DESCRIBE_STRUCT(PetitionChanged, (), (seq, petition))

/// How many must sign in a body.
struct PetitionNeed {
    PetitionKind petition_kind = PetitionKind::bill;
    std::uint64_t need = 0;
    std::string decided_by; ///< empty: the law
};
BOOST_DESCRIBE_STRUCT(PetitionNeed, (), (petition_kind, need, decided_by))

/// What members of a body may sign for together.
struct PetitionBody {
    BodyId body{};
    std::string name;
    std::uint64_t members = 0;
    std::vector<PetitionNeed> needs;
};
BOOST_DESCRIBE_STRUCT(PetitionBody, (), (body, name, members, needs))

} // namespace plenum
