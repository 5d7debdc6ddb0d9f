#pragma once

#include "protocol/event/petitions.hpp"
#include "protocol/role.hpp"

// What members may ask for about joint signatures.

namespace plenum {

/// Whoever opens it signs with it. It needs to be a member of the body.
struct OpenPetition {
    static constexpr std::string_view method = "petition.open";
    static constexpr Right right = Right::attend;
    BodyId body{};
    PetitionKind petition_kind = PetitionKind::bill;
    std::string title;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(OpenPetition, (), (body, petition_kind, title, text))

struct SignPetition {
    static constexpr std::string_view method = "petition.sign";
    static constexpr Right right = Right::attend;
    PetitionId petition{};
};
BOOST_DESCRIBE_STRUCT(SignPetition, (), (petition))

/// Takes one's own signature back. The lead signer withdraws the whole instead.
struct WithdrawSignature {
    static constexpr std::string_view method = "petition.withdraw_signature";
    static constexpr Right right = Right::attend;
    PetitionId petition{};
};
BOOST_DESCRIBE_STRUCT(WithdrawSignature, (), (petition))

/// The lead signer hands it in, once enough have signed.
struct HandInPetition {
    static constexpr std::string_view method = "petition.hand_in";
    static constexpr Right right = Right::attend;
    PetitionId petition{};
};
BOOST_DESCRIBE_STRUCT(HandInPetition, (), (petition))

struct WithdrawPetition {
    static constexpr std::string_view method = "petition.withdraw";
    static constexpr Right right = Right::attend;
    PetitionId petition{};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(WithdrawPetition, (), (petition, reason))

/// Puts on record how many must sign in this body, where the law asks for more than of a county or town.
struct SetPetitionNeed {
    static constexpr std::string_view method = "petition.set_need";
    static constexpr Right right = Right::prepare;
    BodyId body{};
    PetitionKind petition_kind = PetitionKind::bill;
    std::uint32_t signatures = 0;
    std::string decided_by; ///< 由谁决定
};
BOOST_DESCRIBE_STRUCT(SetPetitionNeed, (), (body, petition_kind, signatures, decided_by))

} // namespace plenum
