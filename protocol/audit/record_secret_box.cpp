#include "protocol/audit/record.hpp"

#include "protocol/ballot/box.hpp"
#include "protocol/ballot/ciphertext_index.hpp"

#include <algorithm>

// The ballot box of a secret vote: created, filled, sealed, contested, and its key destroyed
// (docs/ballot_protocol.md 6).

namespace plenum::audit {
namespace {

constexpr std::size_t checked_at_once = 256;

/// The vote of a step of its ballot box; nothing after a complaint when it has no box to take it.
RecordedVote* with_box(Record& record, VoteId id, std::initializer_list<VoteState> allowed, AuditCode code)
{
    auto* vote = record.named(record.votes, id);
    if (vote == nullptr) return nullptr;
    const bool right = is_secret(*vote) && vote->secret.roll && vote->secret.created &&
                       std::ranges::find(allowed, vote->state) != allowed.end();
    if (right) return vote;
    record.complain(code, std::string(codec::enum_name(vote->state)));
    return nullptr;
}

ballot::BallotTerms terms_of(const RecordedVote& vote)
{
    return ballot::terms_of(vote.secret.roll->context, vote.secret.shape);
}

/// One answer a ballot, in order: many at once where the auditor brought randomness of its own.
std::vector<ballot::BallotResult<ballot::CheckedBallot>>
verify_some(const Record& record, std::span<const ByteView> ballots, const ballot::BallotTerms& terms)
{
    if (record.randomness != nullptr) return ballot::verify_ballots(ballots, terms, *record.randomness);
    std::vector<ballot::BallotResult<ballot::CheckedBallot>> checked;
    for (const auto bytes : ballots)
        checked.push_back(ballot::verify_ballot(bytes, terms));
    return checked;
}

void add(std::vector<ballot::EncryptedSum>& sums, const ballot::CheckedBallot& ballot)
{
    for (std::size_t t = 0; t < sums.size(); ++t) {
        sums[t].alpha = ballot::add(sums[t].alpha, ballot.ciphertexts()[t].alpha);
        sums[t].beta = ballot::add(sums[t].beta, ballot.ciphertexts()[t].beta);
    }
}

/// Every proof of every ballot, and none copied from another; the sums, when all hold.
std::optional<std::vector<ballot::EncryptedSum>>
check_ballots(Record& record, const std::vector<Bytes>& ballots, const ballot::BallotTerms& terms)
{
    std::vector<ballot::EncryptedSum> sums(ballot::ciphertext_count(terms.shape));
    ballot::CiphertextIndex index;
    bool all_hold = true;
    for (std::size_t first = 0; first < ballots.size(); first += checked_at_once) {
        const auto last = std::min(first + checked_at_once, ballots.size());
        const std::vector<ByteView> some(ballots.begin() + static_cast<std::ptrdiff_t>(first),
                                         ballots.begin() + static_cast<std::ptrdiff_t>(last));
        for (const auto& checked : verify_some(record, some, terms)) {
            const auto kept = checked ? index.add(*checked) : ballot::BallotResult<void>(checked.error());
            if (kept) {
                add(sums, *checked);
                continue;
            }
            all_hold = false;
            record.complain(AuditCode::ballot_wrong, std::string(codec::enum_name(kept.error().fault)));
        }
        if (record.checked) record.checked(last - first);
    }
    if (!all_hold) return std::nullopt;
    return sums;
}

/// Whose ballots and spoils these are, and that each spoil was made by its owner.
void check_owners(Record& record, const ballot::BoxContent& content, const RecordedRoll& roll,
                  const ballot::BallotTerms& terms)
{
    // A member's bundle has no list; of an auditor's it was complained about when the roll was called.
    const std::vector<Bytes> nothing;
    for (const auto* records : {&content.ballots, &content.spoils}) {
        for (const auto& bytes : roll.pseudonyms ? *records : nothing) {
            const auto head = ballot::read_head(bytes);
            if (!head || !roll.pseudonyms->contains(head->pseudonym))
                record.complain(AuditCode::ballot_of_outsider);
        }
    }
    for (const auto& bytes : content.spoils) {
        const auto spoil = ballot::decode_spoil(bytes);
        if (!spoil || !ballot::check_spoil(terms, *spoil)) record.complain(AuditCode::spoil_wrong);
    }
}

/// What the box itself shows, where the bundle holds it.
void check_file(Record& record, const BallotBoxSealed& event, const RecordedVote& vote, RecordedBox& box)
{
    const auto* file = record.blob(event.box);
    if (file == nullptr) return;
    const auto terms = terms_of(vote);
    const auto content = ballot::decode_box(terms, bytes_of(*file));
    if (!content) return record.complain(AuditCode::box_changed, content.error().message());
    if (ballot::BoxTree(*content).root() != event.root)
        record.complain(AuditCode::box_changed, std::string("root"));
    check_number(record, AuditCode::box_changed, event.ballots, content->ballots.size());
    check_number(record, AuditCode::box_changed, event.spoils, content->spoils.size());
    check_owners(record, *content, *vote.secret.roll, terms);
    for (const auto& bytes : content->ballots)
        box.trackers.insert(ballot::tracker(bytes));
    box.sums = check_ballots(record, content->ballots, terms);
    // The sums are over these ballots, whatever the entry says of their number.
    box.ballots = static_cast<std::uint32_t>(content->ballots.size());
}

} // namespace

void follow(Record& record, const BoxFrame& event)
{
    const auto found = record.boxes.find(event.box);
    if (found == record.boxes.end()) return record.complain(AuditCode::box_out_of_order, event.box);
    auto& vote = record.votes.at(found->second);
    record.concerned = &vote;
    if (vote.state != VoteState::open)
        record.complain(AuditCode::box_out_of_order, std::string(codec::enum_name(vote.state)));
    ++vote.secret.frames;
}

void follow(Record& record, const BallotBoxCreated& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::prepared}, AuditCode::box_out_of_order);
    if (vote == nullptr) return;
    const bool right = is_secret(*vote) && vote->secret.roll && !vote->secret.created && event.copies > 0;
    if (!right) record.complain(AuditCode::box_out_of_order);
    vote->secret.created = record.now->seq;
    const auto id = record_id(record.origin, BallotBoxCreated::kind, record.now->seq);
    record.boxes.emplace(to_hex(id), event.vote);
    record.opening = Record::Closing{record.now->seq, event.vote, record.now->actor, record.now->id};
}

void follow(Record& record, const BallotBoxSealed& event)
{
    auto* vote = with_box(record, event.vote, {VoteState::closed}, AuditCode::box_out_of_order);
    if (vote == nullptr) return;
    auto& secret = vote->secret;
    if (secret.box) return record.complain(AuditCode::box_out_of_order, std::string("sealed"));
    const auto listed = secret.roll->context.list_length;
    if (event.ballots > listed)
        record.complain(AuditCode::box_changed, said_and_found(event.ballots, listed));
    // Every ballot and every spoil came in a group with a frame.
    if (event.ballots + event.spoils > 0 && secret.frames == 0)
        record.complain(AuditCode::box_out_of_order, std::string(BoxFrame::kind));
    RecordedBox box{event.root, event.ballots, event.spoils};
    box.sealed = record.now->seq;
    check_file(record, event, *vote, box);
    secret.box = std::move(box);
}

void follow(Record& record, const SeqReused& event)
{
    auto* vote = with_box(record, event.vote, {VoteState::open}, AuditCode::box_out_of_order);
    if (vote == nullptr) return;
    if (++vote->secret.reused > vote->secret.roll->context.list_length)
        return record.complain(AuditCode::box_out_of_order, std::string(SeqReused::kind));
    record.complain(AuditCode::seq_reused);
}

void follow(Record& record, const BoxContested& event)
{
    using enum VoteState;
    auto* vote = with_box(record, event.vote, {closed, decided}, AuditCode::box_out_of_order);
    if (vote == nullptr) return;
    const bool listed = vote->secret.roll->drawn.contains(event.person);
    if (!vote->secret.box || !listed || !vote->secret.contested.insert(event.person).second)
        return record.complain(AuditCode::box_out_of_order, std::to_string(number(event.person)));
    record.complain(AuditCode::box_contested, std::to_string(number(event.person)));
}

void follow(Record& record, const BoxShredStarted& event)
{
    using enum VoteState;
    auto* vote =
        with_box(record, event.vote, {decided, announced, annulled, voided}, AuditCode::shredding_wrong);
    if (vote == nullptr) return;
    if (vote->secret.shred_started) record.complain(AuditCode::shredding_wrong);
    vote->secret.shred_started = true;
}

void follow(Record& record, const BoxShredded& event)
{
    using enum VoteState;
    auto* vote =
        with_box(record, event.vote, {decided, announced, annulled, voided}, AuditCode::shredding_wrong);
    if (vote == nullptr) return;
    if (!vote->secret.shred_started || vote->secret.shredded) record.complain(AuditCode::shredding_wrong);
    vote->secret.shredded = true;
}

void check_secret_ends(Record& record)
{
    using enum VoteState;
    for (auto& [id, vote] : record.votes) {
        const bool of_no_use = vote.state == announced || vote.state == annulled || vote.state == voided;
        if (of_no_use && vote.secret.created && !vote.secret.shredded)
            record.findings.add(finding(AuditCode::box_not_shredded, number(id)));
    }
    if (!record.left_out) return;
    const bool is_members = record.kind == BundleKind::member;
    record.findings.add(finding(is_members ? AuditCode::lists_unseen : AuditCode::secret_unseen));
}

} // namespace plenum::audit
