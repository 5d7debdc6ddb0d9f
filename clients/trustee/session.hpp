#pragma once

#include "clients/link/pool.hpp"
#include "clients/trustee/key_file.hpp"
#include "protocol/rules/profile.hpp"

#include <functional>

namespace plenum::trustee {

struct SessionSettings {
    link::Endpoint endpoint;
    bool is_until_made = false; ///< ends once the keys of every meeting it is told of are made
    /// Makes the keys durable in their file before it returns.
    std::function<Result<void>(const HeldKeys&)> keep;
    /// Tells the person at the device.
    std::function<void(const LocalText&)> say;
};

/// Signs in with the holder's access code and takes part in the ceremonies of all meetings that name the
/// holder, connecting again whenever the line is lost. Returns when it is until_made and they are, or with
/// the reason in words when the server turns the holder away. `keys` grows by the shares that were made.
boost::system::result<void, LocalText> run_session(HeldKeys& keys, const std::string& code,
                                                   const SessionSettings& settings);

} // namespace plenum::trustee
