#pragma once

#include "protocol/rules/signatures.hpp"

// 联名: members sign for a bill, a nomination and the like until enough of them have and it is handed in.
// Named; the record keeps who signed and who took a signature back.

namespace plenum {

/// The sequence number is the PetitionId. Whoever opens it is the lead signer and has signed with it.
struct PetitionOpened {
    static constexpr std::string_view kind = "petition.opened";
    BodyId body{};
    PetitionKind petition_kind = PetitionKind::bill;
    std::string title;
    Digest text; ///< public blob
    PersonId lead{};
};
BOOST_DESCRIBE_STRUCT(PetitionOpened, (), (body, petition_kind, title, text, lead))

struct PetitionSigned {
    static constexpr std::string_view kind = "petition.signed";
    PetitionId petition{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(PetitionSigned, (), (petition, person))

/// A signature is taken back, before it is handed in.
struct SignatureWithdrawn {
    static constexpr std::string_view kind = "petition.signature_withdrawn";
    PetitionId petition{};
    PersonId person{};
};
BOOST_DESCRIBE_STRUCT(SignatureWithdrawn, (), (petition, person))

/// Enough have signed, and the lead signer hands it in: nobody signs or withdraws any more.
struct PetitionHandedIn {
    static constexpr std::string_view kind = "petition.handed_in";
    PetitionId petition{};
    PersonId person{}; ///< the lead signer
    Finding signatures;
};
BOOST_DESCRIBE_STRUCT(PetitionHandedIn, (), (petition, person, signatures))

/// The lead signer gives it up before it is handed in.
struct PetitionWithdrawn {
    static constexpr std::string_view kind = "petition.withdrawn";
    PetitionId petition{};
    PersonId person{}; ///< the lead signer
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(PetitionWithdrawn, (), (petition, person, reason))

/// The body asks for so many signatures from now on instead of what the law says at county or town level: 30
/// of a municipality, 20 of a city with districts.
struct PetitionNeedSet {
    static constexpr std::string_view kind = "petition.need_set";
    BodyId body{};
    PetitionKind petition_kind = PetitionKind::bill;
    std::uint32_t signatures = 0;
    std::string decided_by;
};
BOOST_DESCRIBE_STRUCT(PetitionNeedSet, (), (body, petition_kind, signatures, decided_by))

} // namespace plenum
