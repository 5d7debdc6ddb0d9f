#pragma once

#include "protocol/refusal.hpp"
#include "server/bundle_export.hpp"
#include "server/gateway/gateway.hpp"

namespace plenum {

/// Where the audit bundle is fetched.
inline constexpr std::string_view bundle_path = "/export/bundle";

/// What a role is given: auditors theirs, whoever casts ballots one to find them in, other offices that look
/// after the record a public one. Nothing when it may have none.
std::optional<audit::BundleKind> bundle_for(Role role);

/// Every no to a request below /export/, in JSON: the error object that a refused request gets.
namespace bundle_answer {

gateway::HttpAnswer no_such_path();                    ///< 404
gateway::HttpAnswer code_missing();                    ///< 401
gateway::HttpAnswer code_unknown();                    ///< 401
gateway::HttpAnswer not_allowed();                     ///< 403, for other roles
gateway::HttpAnswer vote_under_way();                  ///< 503, to members while there is one
gateway::HttpAnswer try_again();                       ///< 503: another bundle is being made or fetched
gateway::HttpAnswer failed(const LocalFault& failure); ///< 503 for a full disk, else 500 with the sentence

/// 200 with the name of the file and without a body.
gateway::HttpAnswer found(std::uint64_t entries);

} // namespace bundle_answer

} // namespace plenum
