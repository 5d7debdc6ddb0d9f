#include "protocol/result.hpp"

#include <string>

namespace plenum {
namespace {

class FaultCategory final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "plenum"; }

    std::string message(int value) const override
    {
        switch (static_cast<Fault>(value)) {
        case Fault::truncated: return "ends too early";
        case Fault::malformed: return "malformed";
        case Fault::not_canonical: return "not in canonical form";
        case Fault::bad_digest: return "content does not match its digest";
        case Fault::bad_signature: return "signature missing or wrong";
        case Fault::bad_proof: return "proof does not hold";
        case Fault::out_of_range: return "out of range";
        case Fault::unsupported: return "version or kind not supported";
        case Fault::not_found: return "not found";
        case Fault::io_error: return "the operating system refused the operation";
        case Fault::corrupt: return "the journal is damaged";
        case Fault::in_use: return "in use by another process";
        case Fault::rolled_back: return "a client has seen more than this log holds";
        case Fault::disk_full: return "no room left on the disk";
        case Fault::not_durable: return "the disk did not keep what was written";
        }
        return "unknown fault";
    }
};

} // namespace

const boost::system::error_category& fault_category() noexcept
{
    static const FaultCategory category;
    return category;
}

boost::system::error_code make_error_code(Fault fault) noexcept
{
    return {static_cast<int>(fault), fault_category()};
}

} // namespace plenum
