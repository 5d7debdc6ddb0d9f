#include "protocol/audit/record.hpp"

#include "protocol/ballot/acknowledgement.hpp"
#include "protocol/ballot/statement.hpp"
#include "protocol/ballot/totals.hpp"

#include <algorithm>
#include <utility>

// The opening of a sealed box: shares of the key holders, what consoles had confirmed, and the totals
// (docs/ballot_protocol.md 7, 8).

namespace plenum::audit {
namespace {

/// How few members a list may differ by before the difference of two totals says something of them.
constexpr std::size_t crowd_min = 10;

bool two_thirds(std::uint32_t confirmed, std::uint32_t listed)
{
    return 3 * std::uint64_t{confirmed} > 2 * std::uint64_t{listed};
}

/// The number of a key holder of this vote, from 1; 0 for anybody else.
std::uint32_t number_of(const RecordedRoll& roll, PersonId person)
{
    const auto found = std::ranges::find(roll.holder_persons, person);
    if (found == roll.holder_persons.end()) return 0;
    return static_cast<std::uint32_t>(found - roll.holder_persons.begin()) + 1;
}

bool is_said(const ShareGiven& event, const RecordedVote& vote, std::uint32_t holder)
{
    ballot::Signature signature{};
    if (event.statement.size() != signature.size()) return false;
    std::ranges::copy(event.statement, signature.begin());
    const auto& key = vote.secret.roll->holders.holders[holder - 1].key;
    const ballot::HolderStatement statement{holder, event.confirmed, event.overridden, event.share};
    return ballot::check_statement(share_terms(vote), statement, key, signature).has_value();
}

/// Whether this is a checkpoint of the record, of the sealed box or later, as its holder had it before the
/// share was given.
bool is_cosigned(const Record& record, const Cosignature& cosignature, const RecordedVote& vote,
                 std::uint32_t holder)
{
    const bool is_in_time = cosignature.size > vote.secret.box->sealed && cosignature.size <= record.now->seq;
    if (!is_in_time) return false;
    const auto size = cosignature.size;
    if (record.tree != nullptr && (size > record.tree->size() || record.tree->root(size) != cosignature.root))
        return false;
    const auto& key = vote.secret.roll->holders.holders[holder - 1].key;
    return check_cosignature(record.origin, cosignature, key).has_value();
}

void check_cosigned(Record& record, const ShareGiven& event, RecordedVote& vote, std::uint32_t holder)
{
    const auto& name = vote.secret.roll->holders.holders[holder - 1].name;
    if (!event.cosignature) return record.complain(AuditCode::share_not_cosigned, name);
    if (!is_cosigned(record, *event.cosignature, vote, holder))
        return record.complain(AuditCode::cosignature_wrong, name);
    vote.secret.cosigned.insert(holder);
}

/// The share, when it holds; `known` is false when that cannot be told because the box was not seen.
struct ReadShare {
    std::optional<ballot::DecryptionShare> share;
    bool known = true;
};

ReadShare read_share(const Record& record, const ShareGiven& event, const RecordedVote& vote,
                     std::uint32_t holder)
{
    const auto* content = record.blob(event.share);
    if (content == nullptr) return {std::nullopt, false};
    const auto terms = share_terms(vote);
    const auto sums = ballot::ciphertext_count(vote.secret.shape);
    auto share = ballot::decode_share(bytes_of(*content), sums);
    if (!share || share->holder != holder || share->vote != terms.vote || share->box_root != terms.box_root)
        return {};
    const auto& box = *vote.secret.box;
    if (!box.sums) return {std::move(*share), false};
    if (!ballot::check_share(terms, vote.secret.roll->keys, *share, *box.sums)) return {};
    return {std::move(*share)};
}

/// Signatures over the root, each by a console of the list; answers how many hold.
std::optional<std::uint32_t> count_confirmations(Record& record, const BoxConfirmed& event,
                                                 const RecordedVote& vote)
{
    const auto* content = record.blob(event.confirmations);
    if (content == nullptr) return std::nullopt;
    const auto& roll = *vote.secret.roll;
    const auto terms = ballot::terms_of(roll.context, vote.secret.shape);
    const auto& root = vote.secret.box->root;
    const auto all = ballot::decode_confirmations(terms.context, root, bytes_of(*content));
    if (!all) {
        record.complain(AuditCode::confirmations_wrong, all.error().message());
        return std::nullopt;
    }
    std::vector<ballot::VerifyKey> devices;
    for (const auto& [person, key] : roll.drawn)
        devices.push_back(key.device);
    const auto found = ballot::check_confirmations(terms, root, *all, devices);
    if (!found.unknown.empty() || !found.repeated.empty() || !found.forged.empty())
        record.complain(AuditCode::confirmations_wrong, said_and_found(all->size(), found.good));
    return static_cast<std::uint32_t>(all->size());
}

/// The shares of exactly these holders, as many as are needed; nothing after a complaint.
std::optional<std::vector<ballot::DecryptionShare>> shares_of(Record& record, const OpenedTotals& totals,
                                                              const RecordedVote& vote)
{
    const auto& roll = *vote.secret.roll;
    std::set<std::uint32_t> numbers;
    std::vector<ballot::DecryptionShare> shares;
    // Of an empty box there is nothing to decrypt.
    const std::size_t needed = vote.secret.box->ballots == 0 ? 0 : roll.keys.threshold;
    for (const auto person : totals.holders) {
        const auto given = vote.secret.shares.find(number_of(roll, person));
        if (given == vote.secret.shares.end() || !numbers.insert(given->first).second) break;
        shares.push_back(given->second);
    }
    if (shares.size() == totals.holders.size() && shares.size() == needed &&
        std::ranges::is_sorted(shares, {}, &ballot::DecryptionShare::holder))
        return shares;
    record.complain(AuditCode::totals_wrong, std::string("holders"));
    return std::nullopt;
}

/// v·G = M, where the box was seen.
void check_opened(Record& record, const OpenedTotals& totals, const RecordedVote& vote)
{
    const auto shares = shares_of(record, totals, vote);
    const auto& box = *vote.secret.box;
    if (!shares || !box.sums || shares->empty()) return;
    const auto messages = ballot::combine(vote.secret.roll->keys, *box.sums, *shares);
    if (!messages || !ballot::check_totals(*messages, totals.values))
        record.complain(AuditCode::totals_wrong, std::string("values"));
}

/// Totals of two lists that are nearly alike tell how the few voted by whom they differ.
void check_crowd(Record& record, const RecordedVote& vote, VoteId id)
{
    const auto first = vote.prepared.first_attempt;
    if (!first) return;
    for (const auto& [other_id, other] : record.votes) {
        const bool same = other_id == *first || other.prepared.first_attempt == first;
        if (other_id == id || !same || !other.secret.totals) continue;
        std::vector<PersonId> differ;
        std::ranges::set_symmetric_difference(vote.electorate, other.electorate, std::back_inserter(differ));
        if (!differ.empty() && differ.size() < crowd_min)
            record.complain(AuditCode::lists_nearly_alike, std::to_string(number(other_id)));
    }
}

} // namespace

ballot::ShareTerms share_terms(const RecordedVote& vote)
{
    const auto& context = vote.secret.roll->context;
    return {context.vote, ballot::context_hash(context), vote.secret.box->root};
}

void follow(Record& record, const ShareGiven& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::closed}, AuditCode::box_out_of_order);
    if (vote == nullptr) return;
    auto& secret = vote->secret;
    const auto person = std::to_string(number(event.holder));
    if (!secret.box) return record.complain(AuditCode::box_out_of_order, person);
    const auto holder = number_of(*secret.roll, event.holder);
    if (holder == 0) return record.complain(AuditCode::share_wrong, person);
    check_cosigned(record, event, *vote, holder);
    const auto listed = secret.roll->context.list_length;
    const bool too_few = !event.overridden && !two_thirds(event.confirmed, listed);
    if (event.confirmed > listed || too_few || !is_said(event, *vote, holder) ||
        secret.shares.contains(holder))
        record.complain(AuditCode::share_wrong, person);
    const auto read = read_share(record, event, *vote, holder);
    if ((read.known || !read.share) && event.holds != read.share.has_value())
        record.complain(AuditCode::share_wrong, person);
    if (!event.holds) {
        secret.refused.insert(holder);
        return record.complain(AuditCode::share_refused, secret.roll->holders.holders[holder - 1].name);
    }
    if (event.overridden)
        record.complain(AuditCode::share_overridden,
                        std::to_string(event.confirmed) + "/" + std::to_string(listed));
    const bool is_first = secret.shares.empty();
    // A share that does not hold is not combined, whatever the record says of it.
    if (read.share) secret.shares.emplace(holder, *read.share);
    if (!is_first || secret.confirmed) return;
    secret.first_counted = event.overridden ? 0 : event.confirmed;
    record.confirming = Record::Closing{record.now->seq, event.vote, record.now->actor, record.now->id};
}

void follow(Record& record, const BoxConfirmed& event)
{
    auto* vote = in_state(record, event.vote, {VoteState::closed}, AuditCode::box_out_of_order);
    if (vote == nullptr) return;
    auto& secret = vote->secret;
    // That it is of the same breath was checked before; with anything else this is empty by now.
    const auto first = std::exchange(record.confirming, std::nullopt);
    if (!secret.box || secret.confirmed || !first || first->vote != event.vote)
        return record.complain(AuditCode::box_out_of_order);
    if (event.root != secret.box->root) record.complain(AuditCode::confirmations_wrong, std::string("root"));
    if (event.confirmed > secret.roll->context.list_length)
        record.complain(AuditCode::confirmations_wrong, std::to_string(event.confirmed));
    if (const auto found = count_confirmations(record, event, *vote))
        check_number(record, AuditCode::confirmations_wrong, event.confirmed, *found);
    // What the first holder counted must still have been there to be written down.
    if (event.confirmed < secret.first_counted)
        record.complain(AuditCode::confirmations_wrong,
                        said_and_found(event.confirmed, secret.first_counted));
    secret.confirmed = event.confirmed;
}

void check_secret_goes_on(Record& record, const Entry& entry)
{
    const auto goes_on = [&](const auto* event, const Record::Closing& before) {
        return event != nullptr && event->vote == before.vote && entry.actor == before.actor &&
               entry.id == before.id;
    };
    if (record.opening) {
        const auto before = *std::exchange(record.opening, std::nullopt);
        if (!goes_on(std::get_if<VoteOpened>(&entry.event), before)) {
            record.findings.add(finding(AuditCode::box_out_of_order, before.seq));
            record.votes.at(before.vote).sound = false;
        }
    }
    if (record.confirming) {
        if (goes_on(std::get_if<BoxConfirmed>(&entry.event), *record.confirming)) return;
        record.findings.add(finding(AuditCode::confirmations_wrong, record.confirming->seq));
        record.votes.at(record.confirming->vote).sound = false;
        record.confirming.reset();
    }
}

void count_secret(Record& record, const VoteDecided& event, RecordedVote& vote, Figures& figures)
{
    auto& secret = vote.secret;
    figures.left = secret.left;
    figures.tally = event.tally;
    figures.outcome.reset();
    if (!secret.box || !event.totals) {
        record.complain(secret.box ? AuditCode::totals_wrong : AuditCode::box_out_of_order);
        return;
    }
    const auto& box = *secret.box;
    check_number(record, AuditCode::totals_wrong, event.totals->ballots, box.ballots);
    check_opened(record, *event.totals, vote);
    figures.totals = event.totals;
    secret.totals = *event.totals;
    check_crowd(record, vote, event.vote);
    const auto terms = ballot::terms_of(secret.roll->context, secret.shape);
    const auto counted = ballot::decode_totals(terms, box.ballots, event.totals->values);
    if (!counted) return record.complain(AuditCode::totals_wrong, std::string("values"));
    const auto listed = secret.roll->context.list_length;
    const auto matter = matter_of(record, vote);
    const bool is_motion = matter.list == nullptr && matter.grades == nullptr;
    if (is_motion) figures.tally = tally_from(listed, *counted);
    if (!vote.rule_usable) return;
    if (is_motion) {
        figures.outcome = decide_outcome(vote.prepared.profile, vote.base_members, figures.tally, {});
    } else if (matter.list != nullptr) {
        decide_counted(vote, list_from(matter, listed, *counted), figures);
    } else {
        decide_counted(vote, grades_from(matter, listed, *counted), figures);
    }
}

} // namespace plenum::audit
