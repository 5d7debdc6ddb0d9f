#include "protocol/json_codec.hpp"

namespace plenum::codec {

bool integer_from(const boost::json::value& json, std::int64_t low, std::int64_t high, std::int64_t& out,
                  Misfit& misfit)
{
    boost::json::error_code error;
    const auto number = json.to_number<std::int64_t>(error);
    if (json.is_double() || error || number < low || number > high) {
        return misfits(misfit, "an integer from " + std::to_string(low) + " to " + std::to_string(high));
    }
    out = number;
    return true;
}

bool digest_from(const boost::json::value& json, Digest& out, Misfit& misfit)
{
    if (json.is_string()) {
        if (const auto digest = digest_from_text(std::string_view(json.get_string()))) {
            out = *digest;
            return true;
        }
    }
    return misfits(misfit, "a SHA-256 digest as 43 characters of base64url");
}

bool bytes_from(const boost::json::value& json, Bytes& out, Misfit& misfit)
{
    if (json.is_string()) {
        if (auto bytes = from_base64url(std::string_view(json.get_string()))) {
            out = std::move(*bytes);
            return true;
        }
    }
    return misfits(misfit, "bytes as base64url without padding");
}

void prepend_path(Misfit& misfit, std::string_view step)
{
    const bool joined = misfit.path.empty() || misfit.path.starts_with('[');
    misfit.path = std::string(step) + (joined ? "" : ".") + misfit.path;
}

} // namespace plenum::codec
