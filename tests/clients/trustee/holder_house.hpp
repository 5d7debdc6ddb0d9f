#pragma once

#include "clients/trustee/secret_votes.hpp"
#include "protocol/ballot/box.hpp"
#include "tests/protocol/ballot_keys/rooms.hpp"

namespace plenum::trustee {

/// A member at a console.
struct Voter {
    SigningKey device;
    ballot::VotingKey voting_key;
};

/// What a server says and gives of one secret vote whose box is sealed; a test changes it to make it lie.
struct Told {
    KeyHoldersView keys;
    VoteView view;
    std::map<Digest, Bytes> documents;
    std::map<SecretFile, Bytes> files;
    RollAnswer people;
    Bytes context; ///< ctx, as the entry that opened the vote says it
};

/// A secret vote held honestly by nine members, of whom seven pressed and one spoiled, with three key holders
/// of whom two are needed. Everything is real but the server.
class HolderHouse {
public:
    explicit HolderHouse(std::uint32_t pressed = 7, std::uint32_t confirmed = 9, std::uint64_t vote = 40);

    /// What an honest server tells of it.
    Told told() const;
    /// The keys of holder 1, as its file holds them.
    HeldKeys keys() const;

    // What the parts of a lie are made of.

    /// Takes the view's roll, box and files over into what is told, after a change of them.
    void tell_question(Told& told, const ballot::Question& question) const;
    void tell_list(Told& told, std::span<const ballot::Point> list) const;
    void tell_box(Told& told, const ballot::BoxContent& box) const;
    void tell_acknowledgements(Told& told, const std::vector<ballot::Acknowledgement>& all) const;
    void tell_confirmations(Told& told, const std::vector<ballot::Confirmation>& all) const;

    Bytes ballot(const Voter& voter, std::uint8_t choice, std::uint32_t seq) const;
    ballot::Point pseudonym_of(const Voter& voter) const;
    Voter stranger() const;

    std::string origin = "plenum.example/npc";
    static NoteVerifier log(); ///< what an honest server of it signs by
    std::vector<Voter> voters;
    ballot::Question question;
    ballot::VoteContext context;
    ballot::PseudonymList list;
    std::vector<ballot::Acknowledgement> acknowledgements;
    ballot::BoxContent box;
    std::vector<ballot::Confirmation> confirmations;
    Digest build = sha256("console build");
    MeetingId meeting{7};
    VoteId vote{};
    std::vector<ballot::CeremonySeat::Outcome> holders;

    ballot::BallotTerms terms() const { return ballot::terms_of(context, question.shape); }
    ballot::ShareTerms share_terms() const;

private:
    void hold_ceremony();
    void call_roll();
    void vote_and_seal(std::uint32_t pressed, std::uint32_t confirmed);
    KeyHoldersView keys_view() const;

    mutable ballot::RepeatableRandomness randomness_{11};
    ballot::CeremonyTerms ceremony_;
};

/// The other side of a Desk: gives what was told, remembers what came.
struct FakeServer {
    explicit FakeServer(Told what) : told(std::move(what)) {}
    Desk desk();
    bool has_said(std::string_view english) const;
    /// Writes down what was told as the newest entries of its log, and proves them.
    RecordProof prove(const ProveRecord& wanted);

    Told told;
    std::uint32_t page_bytes = 500;
    std::uint64_t now_ms = 1000;
    bool can_keep = true;
    bool is_line_lost = false;
    std::optional<LocalText> refusal; ///< to every command
    /// Called before each page: a server that changes its mind while it is read.
    std::function<void(const ReadSecretFile&)> before_page;
    std::vector<std::string> log;            ///< its entries so far
    std::uint8_t log_key = 7;                ///< of the key it signs by (testing::log_key)
    std::vector<std::uint64_t> record_asked; ///< since which size, each time
    /// Called before they are written down, and with the proof before it is given.
    std::function<void(VoteOpened&, BallotBoxSealed&)> change_entries;
    std::function<void(RecordProof&)> change_proof;
    bool has_record = true;
    std::vector<GiveShare> given;
    std::vector<StateErasure> stated;
    unsigned kept = 0;
    std::vector<LocalText> said;
};

} // namespace plenum::trustee
