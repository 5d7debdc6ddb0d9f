#include "server/clerk/ballot_box.hpp"
#include "server/clerk/checkers.hpp"
#include "server/clerk/sealed_box.hpp"
#include "tests/server/chamber/secret_house.hpp"

#include <functional>
#include <set>

// Every order in which ballots and spoils of three members can come, become durable and be lost in a crash,
// over the clerk's own box, each end of it sealed by the real decide and apply: a spoil never counts, and
// what has a receipt is in the box or superseded by its own signer. What leaves out one step the clerk takes
// must break one of them, or the search would say nothing.

namespace plenum::chamber {

BOOST_AUTO_TEST_SUITE(secret_boxes)

namespace {

using ballot::RecordKind;

constexpr std::size_t in_flight_max = 2;

/// The clerk as it is, and without one step.
enum class Mutant {
    none,
    receipt_early,      ///< signs before the record is durable
    proofs_unchecked,   ///< takes whatever is spelled well
    spoil_unrecorded,   ///< signs that it is spoiled, and forgets it
    falls_back,         ///< counts the ballot before the one that is spoiled
    last_to_come_counts ///< and not the one with the highest number
};

/// A ballot or spoil somebody can send, made once.
struct Sendable {
    std::size_t signer = 0; ///< the member whose console made it
    clerk::Checked checked; ///< what the checkers say of it
    RecordKind kind = RecordKind::ballot;
    Bytes bytes;
    ballot::RecordHead head{};
};

/// Records by their number, in the order they came.
struct BoxStory {
    std::vector<std::size_t> durable;
    std::vector<std::size_t> in_flight;
    std::set<std::size_t> receipts; ///< what the server signed for
};

class BoxExplorer {
public:
    explicit BoxExplorer(Mutant mutant) : mutant_(mutant)
    {
        house_.entries.reserve(256);
        vote_ = house_.open_secret();
        opened_ = house_.state;
        terms_ = secret_terms(opened_, vote_);
        list_ =
            ballot::decode_list(bytes_of(house_.blobs.at(opened_.votes.at(vote_).secret.roll->list))).value();
        std::ranges::fill(key_.fill(), std::uint8_t{9});
        make_sendables();
        visit({});
    }

    std::size_t stories() const { return seen_.size(); }
    std::size_t boxes() const { return boxes_; }
    const std::map<std::string, std::size_t>& refused() const { return refused_; }
    /// The promises that were broken.
    const std::set<std::string>& broken() const { return broken_; }

private:
    /// Member 0 presses twice and may spoil either, 1 once, 2 twice without a spoil; and 1 tries to write
    /// under the pseudonym of 0.
    void make_sendables()
    {
        const std::size_t presses[] = {2, 1, 2};
        const auto view = house_.shown(vote_);
        for (std::size_t member = 0; member < std::size(presses); ++member) {
            auto& console = house_.consoles.at(member);
            for (std::size_t press = 0; press < presses[member]; ++press) {
                add(member, RecordKind::ballot, console.cast(vote_, view, Choice::approve).ballot);
                if (member < 2) add(member, RecordKind::spoil, console.spoil(vote_, view).spoil);
            }
        }
        const auto place = [](const Bytes& bytes) { return ByteView(bytes).subspan(17, 36); };
        const auto last_of_first = sendables_[2].bytes;
        auto forged = house_.consoles.at(1).cast(vote_, view, Choice::oppose).ballot;
        std::ranges::copy(place(last_of_first), forged.begin() + 17);
        forged[52] = static_cast<std::uint8_t>(forged[52] + 1); // A higher number.
        add(1, RecordKind::ballot, forged);
        auto spoil = house_.consoles.at(1).spoil(vote_, view).spoil;
        std::ranges::copy(place(last_of_first), spoil.begin() + 17);
        add(1, RecordKind::spoil, spoil);
    }
    void add(std::size_t signer, RecordKind kind, const Bytes& bytes)
    {
        const clerk::CheckOrder order{0, kind, bytes, std::make_shared<const ballot::BallotTerms>(terms_)};
        auto checked = clerk::check_together({&order, 1}, house_.randomness).front();
        sendables_.push_back({signer, std::move(checked), kind, bytes, ballot::read_head(bytes).value()});
    }

    /// As the clerk has it: in memory, or read again after a crash.
    clerk::BallotBox box_of(const BoxStory& story, bool crashed)
    {
        clerk::BallotBox box(box_id(opened_, opened_.votes.at(vote_)), terms_, key_.duplicate(), list_);
        std::uint64_t leaf = first_leaf;
        for (const auto at : story.durable) {
            const auto& one = sendables_[at];
            if (!crashed) {
                box.add(one.kind, one.bytes, leaf++);
                continue;
            }
            const ballot::SealedPlace place{box.id(), leaf, 0};
            const auto sealed = box.seal({one.kind, leaf, one.bytes}, place, house_.randomness);
            const auto read = box.unseal(sealed, place).value();
            box.add(read.kind, read.record, read.leaves_before);
            ++leaf;
        }
        box.settle(story.durable.size());
        for (const auto at : story.in_flight)
            box.add(sendables_[at].kind, sendables_[at].bytes, leaf++);
        return box;
    }

    /// Members do not see each other's records, so only the order of each one's own can matter.
    std::string outline(const BoxStory& story) const
    {
        std::string text;
        for (std::size_t member = 0; member < 3; ++member) {
            for (const auto at : story.durable)
                if (sendables_[at].head.pseudonym == sendables_[first_of[member]].head.pseudonym)
                    text += std::to_string(at) + ' ';
            text += '|';
        }
        for (const auto at : story.in_flight)
            text += std::to_string(at) + ' ';
        text += '|';
        for (const auto at : story.receipts)
            text += std::to_string(at) + ' ';
        return text;
    }

    void visit(const BoxStory& story)
    {
        const bool is_found = mutant_ != Mutant::none && !broken_.empty();
        if (is_found || !seen_.insert(outline(story)).second) return;
        for (std::size_t at = 0; at < sendables_.size(); ++at)
            send(story, at);
        if (story.in_flight.empty()) return close(story);
        auto durable = story;
        durable.receipts.insert(story.in_flight.begin(), story.in_flight.end());
        durable.durable.insert(durable.durable.end(), story.in_flight.begin(), story.in_flight.end());
        durable.in_flight.clear();
        visit(durable);
        auto crashed = story;
        crashed.in_flight.clear();
        visit(crashed);
    }

    void send(const BoxStory& story, std::size_t at)
    {
        const auto& one = sendables_[at];
        auto box = box_of(story, false);
        const auto known = box.look_at(one.kind, one.bytes);
        if (!known) return refuse_it(std::string(codec::enum_name(known.error().code)));
        auto next = story;
        if (*known) {
            // The same again: the same receipt, once it is durable.
            if (std::ranges::find(story.durable, at) != story.durable.end() && !story.receipts.contains(at))
                broken_.insert("what is durable has a receipt");
            return;
        }
        if (!one.checked.holds && mutant_ != Mutant::proofs_unchecked) return refuse_it("does not hold");
        if (one.checked.ballot && box.check_copies(*one.checked.ballot)) return refuse_it("copied");
        if (one.kind == RecordKind::spoil && mutant_ == Mutant::spoil_unrecorded) {
            next.receipts.insert(at);
            return visit(next);
        }
        if (story.in_flight.size() == in_flight_max) return;
        next.in_flight.push_back(at);
        if (mutant_ == Mutant::receipt_early) next.receipts.insert(at);
        visit(next);
    }
    void refuse_it(const std::string& why) { refused_[why] += 1; }

    /// Of everything that is durable, in order.
    ballot::BoxContent content_of(const BoxStory& story)
    {
        const auto box = box_of(story, boxes_ % 2 == 1);
        auto content = box.collect();
        if (box.received() != content.ballots.size()) broken_.insert("the progress is what counts");
        if (mutant_ != Mutant::falls_back && mutant_ != Mutant::last_to_come_counts) return content;
        std::map<ballot::Point, const Sendable*> standing;
        for (const auto at : story.durable) {
            const auto& one = sendables_[at];
            const bool is_spoiled = std::ranges::any_of(story.durable, [&](std::size_t other) {
                return sendables_[other].kind == RecordKind::spoil && sendables_[other].head == one.head;
            });
            if (one.kind == RecordKind::spoil || is_spoiled) continue;
            auto& counts = standing[one.head.pseudonym];
            const bool higher = counts == nullptr || counts->head.seq < one.head.seq;
            if (higher || mutant_ == Mutant::last_to_come_counts) counts = &one;
        }
        content.ballots.clear();
        for (const auto& entry : standing)
            content.ballots.push_back(entry.second->bytes);
        return content;
    }

    void close(const BoxStory& story)
    {
        const auto content = content_of(story);
        ++boxes_;
        for (const auto at : story.receipts) {
            const auto& one = sendables_[at];
            if (one.kind == RecordKind::spoil && counts_after(content, one.head))
                broken_.insert("a spoil never counts");
            if (one.kind == RecordKind::ballot && !is_in(content, one) && !is_superseded(content, one))
                broken_.insert("a receipt is in the box or superseded by its own signer");
        }
        if (mutant_ == Mutant::none) seal(story, content);
    }

    /// Whether a ballot of this pseudonym counts that is not newer than the one that was spoiled.
    static bool counts_after(const ballot::BoxContent& content, const ballot::RecordHead& spoiled)
    {
        return std::ranges::any_of(content.ballots, [&](const Bytes& bytes) {
            const auto head = ballot::read_head(bytes).value();
            return head.pseudonym == spoiled.pseudonym && head.seq <= spoiled.seq;
        });
    }
    static bool is_in(const ballot::BoxContent& content, const Sendable& one)
    {
        return std::ranges::find(content.ballots, one.bytes) != content.ballots.end();
    }
    /// By a newer ballot, or a spoil of it or of a newer one, that the same console made.
    bool is_superseded(const ballot::BoxContent& content, const Sendable& one) const
    {
        return std::ranges::any_of(sendables_, [&](const Sendable& other) {
            const bool newer = other.kind == RecordKind::ballot ? other.head.seq > one.head.seq
                                                                : other.head.seq >= one.head.seq;
            const auto& among = other.kind == RecordKind::ballot ? content.ballots : content.spoils;
            return newer && other.signer == one.signer && other.head.pseudonym == one.head.pseudonym &&
                   std::ranges::find(among, other.bytes) != among.end();
        });
    }

    /// By the real chamber, and shown to each member as the clerk shows it.
    void seal(const BoxStory& story, const ballot::BoxContent& content)
    {
        house_.state = opened_;
        house_.ballots.clear();
        house_.spoils.clear();
        for (const auto at : story.durable)
            (sendables_[at].kind == RecordKind::ballot ? house_.ballots : house_.spoils)
                .push_back(sendables_[at].bytes);
        house_.close(vote_);
        house_.seal(vote_);
        const auto& record = *house_.state.votes.at(vote_).secret.sealed;
        const auto blobs = [&](const Digest& digest) {
            return std::optional<std::string>(house_.blobs.at(digest));
        };
        const auto sealed = clerk::SealedBox::of(house_.state, vote_, blobs);
        BOOST_TEST_REQUIRE(sealed.has_value());
        if (record.ballots != content.ballots.size() || record.spoils != content.spoils.size() ||
            record.root != ballot::BoxTree(content).root() || sealed->root() != record.root)
            broken_.insert("what is sealed is what counts");
        for (const auto first : first_of) {
            const auto& pseudonym = sendables_[first].head.pseudonym;
            const auto proof = ballot::decode_proof(sealed->prove(pseudonym)).value();
            const auto leaf = ballot::check_proof(proof, pseudonym, record.root).value();
            const auto there = std::ranges::find_if(content.ballots, [&](const Bytes& bytes) {
                return ballot::read_head(bytes)->pseudonym == pseudonym;
            });
            const bool is_shown = leaf ? there != content.ballots.end() && leaf->record == sha256(*there)
                                       : there == content.ballots.end();
            if (!is_shown) broken_.insert("a member is shown what counts");
        }
    }

    static constexpr std::uint64_t first_leaf = 1'000;
    static constexpr std::size_t first_of[] = {0, 4, 6}; ///< the first ballot of each member

    const Mutant mutant_;
    SecretHouse house_{8, 6};
    VoteId vote_{};
    State opened_;
    ballot::BallotTerms terms_;
    std::vector<ballot::Point> list_;
    ballot::BoxKey key_;
    std::vector<Sendable> sendables_;
    std::set<std::string> seen_;
    std::set<std::string> broken_;
    std::map<std::string, std::size_t> refused_;
    std::size_t boxes_ = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(no_order_of_ballots_and_spoils_breaks_a_promise)
{
    const BoxExplorer explorer(Mutant::none);
    BOOST_TEST_MESSAGE(explorer.stories() << " stories, " << explorer.boxes() << " boxes");
    for (const auto& [why, times] : explorer.refused())
        BOOST_TEST_MESSAGE("  refused " << why << ": " << times);
    for (const auto& promise : explorer.broken())
        BOOST_ERROR("broken: " + promise);
    BOOST_TEST(explorer.stories() > 2'000U);
    // 19 orders of what the first member can have sent, 3 of the second, 5 of the third.
    BOOST_TEST(explorer.boxes() == 19U * 3U * 5U);
    BOOST_TEST(explorer.refused().contains("does not hold"));
    BOOST_TEST(explorer.refused().contains("ballot_wrong")); // A spoil of what nobody has.
}

BOOST_AUTO_TEST_CASE(each_step_the_clerk_takes_is_needed)
{
    const std::string spoil = "a spoil never counts";
    const std::string receipt = "a receipt is in the box or superseded by its own signer";
    const std::pair<Mutant, std::string> mutants[] = {{Mutant::receipt_early, receipt},
                                                      {Mutant::proofs_unchecked, receipt},
                                                      {Mutant::spoil_unrecorded, spoil},
                                                      {Mutant::falls_back, spoil},
                                                      {Mutant::last_to_come_counts, receipt}};
    for (const auto& [mutant, promise] : mutants) {
        const BoxExplorer explorer(mutant);
        BOOST_TEST(explorer.broken().contains(promise), "mutant " << static_cast<int>(mutant));
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::chamber
