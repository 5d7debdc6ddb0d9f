#pragma once

#include "clients/demo/meeting.hpp"
#include "clients/replay/child.hpp"

namespace plenum::demo {

/// Three key holders of the meeting, of whom two open a result, each with a program and a file of his or her
/// own on this machine: what would be three devices of three people. They run until this is destroyed.
class KeyAgents {
public:
    /// Appoints the holders, starts their programs and waits until they have made the election key.
    static Tried<KeyAgents> begin(Meeting& meeting, const replay::Stage& stage);

    /// Says that the key is made, with its check numbers.
    void introduce(const Screen& screen) const;

private:
    KeyAgents(std::vector<replay::Child> programs, std::string words)
        : programs_(std::move(programs)), words_(std::move(words))
    {}

    std::vector<replay::Child> programs_;
    std::string words_;
};

} // namespace plenum::demo
