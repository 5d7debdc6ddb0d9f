#include "protocol/event.hpp"

namespace plenum {

Event::Event() = default;
Event::Event(const Event&) = default;
Event::Event(Event&&) noexcept = default;
Event& Event::operator=(const Event&) = default;
Event& Event::operator=(Event&&) noexcept = default;
Event::~Event() = default;

namespace {

struct PublicBlobs {
    std::vector<Digest> operator()(const RosterAdopted& event) const { return {event.roster}; }
    std::vector<Digest> operator()(const RulesAdopted& event) const { return {event.rules}; }
    std::vector<Digest> operator()(const VotePrepared& event) const
    {
        if (event.text_is_private) return {};
        return {event.text};
    }
    // Its text is the prepared one, which is named there as what it is, public or private.
    std::vector<Digest> operator()(const VoteOpened& event) const { return {event.electorate}; }
    std::vector<Digest> operator()(const ScheduleSet& event) const { return {event.schedule}; }
    std::vector<Digest> operator()(const SpeechMinuted& event) const { return {event.minutes}; }
    std::vector<Digest> operator()(const DocumentAttached& event) const
    {
        if (event.is_private) return {};
        return {event.document};
    }
    std::vector<Digest> operator()(const ItemConcluded& event) const
    {
        if (!event.opinion) return {};
        return {*event.opinion};
    }
    std::vector<Digest> operator()(const SuggestionRegistered& event) const
    {
        if (event.text_kept_outside) return {};
        return {event.text};
    }
    std::vector<Digest> operator()(const SuggestionAnswered& event) const
    {
        if (event.document_kept_outside) return {};
        return {event.document};
    }
    std::vector<Digest> operator()(const PetitionOpened& event) const { return {event.text}; }
    std::vector<Digest> operator()(const RollCalled& event) const { return {event.question}; }
    std::vector<Digest> operator()(const ShareGiven& event) const { return {event.share}; }
    std::vector<Digest> operator()(const auto&) const { return {}; }
};

struct AuditorsBlobs {
    std::vector<Digest> operator()(const VotingKeyRegistered& event) const { return {event.registration}; }
    std::vector<Digest> operator()(const RollCalled& event) const { return {event.list}; }
    std::vector<Digest> operator()(const VoteOpened& event) const
    {
        if (!event.secret) return {};
        return {event.secret->acknowledgements};
    }
    std::vector<Digest> operator()(const BallotBoxSealed& event) const { return {event.box}; }
    std::vector<Digest> operator()(const BoxConfirmed& event) const { return {event.confirmations}; }
    std::vector<Digest> operator()(const auto&) const { return {}; }
};

struct PrivateBlobs {
    std::vector<Digest> operator()(const AccessCodesIssued& event) const { return {event.codes}; }
    std::vector<Digest> operator()(const PhotoSet& event) const { return {event.photo}; }
    std::vector<Digest> operator()(const LeaveGranted& event) const { return {event.reason}; }
    std::vector<Digest> operator()(const CeremonyOpened& event) const { return {event.parts}; }
    std::vector<Digest> operator()(const VotePrepared& event) const
    {
        if (!event.text_is_private) return {};
        return {event.text};
    }
    std::vector<Digest> operator()(const DocumentAttached& event) const
    {
        if (!event.is_private) return {};
        return {event.document};
    }
    std::vector<Digest> operator()(const auto&) const { return {}; }
};

struct EndedBlobs {
    std::vector<Digest> operator()(const PhotoSet& event) const
    {
        if (!event.replaces) return {};
        return {*event.replaces};
    }
    std::vector<Digest> operator()(const PhotoRemoved& event) const { return {event.photo}; }
    std::vector<Digest> operator()(const auto&) const { return {}; }
};

} // namespace

std::string_view kind_of(const Event& event)
{
    return std::visit([](const auto& e) { return e.kind; }, event);
}

std::vector<Digest> public_blobs_of(const Event& event)
{
    return std::visit(PublicBlobs{}, event);
}

std::vector<Digest> auditors_blobs_of(const Event& event)
{
    return std::visit(AuditorsBlobs{}, event);
}

std::vector<Digest> private_blobs_of(const Event& event)
{
    return std::visit(PrivateBlobs{}, event);
}

std::vector<Digest> ended_blobs_of(const Event& event)
{
    return std::visit(EndedBlobs{}, event);
}

} // namespace plenum
