#pragma once

#include <boost/system/result.hpp>

#include <string>
#include <utility>

namespace plenum::replay {

/// Why something could not be carried out at all, in a sentence for whoever started the program. Never a
/// difference in figures.
struct Trouble {
    Trouble() = default;
    /// `what: why`; just `what` when `why` is empty.
    Trouble(const std::string& what, const std::string& why)
        : sentence(why.empty() ? what : what + ": " + why)
    {}

    std::string sentence;
};

/// A value, or why there is none.
template <class T>
using Tried = boost::system::result<T, Trouble>;

/// For `return trouble("…");`
inline Trouble trouble(const std::string& what, const std::string& why = {})
{
    return {what, why};
}

} // namespace plenum::replay
