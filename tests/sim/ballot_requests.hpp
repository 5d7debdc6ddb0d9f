#pragma once

#include "protocol/query.hpp"

namespace plenum::sim {

/// Calls `use` with an empty request of each kind that is asked of the clerk and not of the chamber.
template <class Use>
void each_ballot_request(Use&& use)
{
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, BallotRequests>>(
        [&](auto tag) { use(typename decltype(tag)::type::first_type{}); });
}

inline bool is_ballot_request(const std::string& method)
{
    bool found = false;
    each_ballot_request([&](const auto& request) { found = found || request.method == method; });
    return found;
}

} // namespace plenum::sim
