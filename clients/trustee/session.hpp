#pragma once

#include "clients/link/pool.hpp"
#include "clients/trustee/secret_votes.hpp"

namespace plenum::trustee {

struct SessionSettings {
    link::Endpoint endpoint;
    bool is_until_made = false; ///< ends once the keys of every meeting it is told of are made
    HolderChoices choices;
    /// Makes the keys durable in their file before it returns.
    std::function<Result<void>(HeldKeys&)> keep;
    /// Tells the person at the device.
    std::function<void(const LocalText&)> say;
};

/// Signs in with the holder's access code and takes part in the ceremonies and secret votes of all meetings
/// that name the holder, connecting again whenever the line is lost. Returns when it is until_made and they
/// are, when all these meetings are closed and their shares erased, or with the reason in words when the
/// server turns the holder away or the keys cannot be kept. `keys` grows by what was made and given.
boost::system::result<void, LocalText> run_session(HeldKeys& keys, const std::string& code,
                                                   const SessionSettings& settings);

} // namespace plenum::trustee
