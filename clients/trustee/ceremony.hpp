#pragma once

#include "clients/trustee/desk.hpp"
#include "protocol/ballot/key_holder.hpp"

#include <memory>

namespace plenum::trustee {

/// One key holder's part in making the election key of one meeting: at every view of it, the next thing this
/// holder has to do. Checks everything itself: what the server says is only where the others' messages come
/// from. A ceremony that this process has not seen from its first step cannot be continued, because its
/// secrets were only in memory; the office begins it again. Once this holder has agreed the share is in the
/// key file: whatever happens to the device then, the key that is made has all its holders.
class Ceremony {
public:
    /// `keys` are this holder's, kept by the caller; `origin` is the log's name as hello told it.
    Ceremony(HeldKeys& keys, PersonId me, std::string origin, Desk desk, ballot::Randomness& randomness);

    /// Does what the view asks for. False when the line was lost on the way: call again with the next view.
    Result<void> take(const KeyHoldersView& view);

    /// The share of the meeting's election key is in the key file.
    bool is_done() const { return is_done_; }

private:
    std::optional<std::uint32_t> number_in(const KeyHoldersView& view) const;
    std::optional<ballot::CeremonyTerms> terms_of(const KeyHoldersView& view) const;
    bool begin_attempt(const KeyHoldersView& view, const KeyHolderView& mine);
    Result<void> act(const Command& command);
    Result<void> say(ballot::CeremonyStep step, const LocalText& words, const Command& command);
    void tell_refused(const LocalText& why);
    Result<void> join(const KeyHoldersView& view);
    Result<void> open(const KeyHoldersView& view);
    Result<void> agree(const KeyHoldersView& view);
    Result<void> finish(const KeyHoldersView& view);
    Result<void> end(const Digest& key_holders);
    Result<void> give_up(const KeyHoldersView& view);
    Result<void> keep_share(ballot::CeremonySeat::Made made);
    Result<void> drop_share();
    bool holds_share_of(const KeyHoldersView& view) const;

    HeldKeys& keys_;
    PersonId me_;
    std::string origin_;
    Desk desk_;
    ballot::Randomness& randomness_;
    SigningKey signing_key_;
    std::uint32_t number_ = 0;
    std::uint32_t attempt_ = 0; ///< of seat_, or the one that cannot be continued
    std::optional<ballot::CeremonyTerms> terms_;
    std::unique_ptr<ballot::CeremonySeat> seat_;
    std::optional<ballot::CeremonyStep> said_; ///< the newest step of this attempt the server took
    std::optional<Digest> kept_; ///< the key the share of this attempt is of, once it is in the file
    bool is_done_ = false;
};

} // namespace plenum::trustee
