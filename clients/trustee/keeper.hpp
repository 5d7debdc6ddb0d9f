#pragma once

#include "clients/trustee/key_file.hpp"

namespace plenum::trustee {

/// The key file together with what this device remembers of it: how often it was written. The device's mark
/// lies elsewhere, so that a file put back from a backup, or brought from another device, is known as such:
/// what it says of shares already given may be too little. Its shares then refuse every vote that was
/// prepared before the first line to the server. A whole device put back to an earlier day is not noticed.
class Keeper {
public:
    /// `marks` is the folder of the device's marks; it is made when it is not there.
    Keeper(KeyFile file, std::string passphrase, std::string marks);
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;
    ~Keeper();

    /// New keys in a new file, and its mark.
    Result<void> create() const;
    /// The faults of KeyFile::open.
    Result<HeldKeys> open() const;
    /// Makes the keys durable in the file, then the mark.
    Result<void> keep(HeldKeys& keys) const;

private:
    std::string mark_of(const HeldKeys& keys) const;

    KeyFile file_;
    std::string passphrase_;
    std::string marks_;
};

/// Where this user's programs keep what they remember: `$XDG_STATE_HOME/plenum-trustee`, by default below
/// `~/.local/state`.
std::string default_marks_folder();

} // namespace plenum::trustee
