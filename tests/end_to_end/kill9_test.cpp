#include "clients/replay/stage.hpp"
#include "protocol/merkle.hpp"
#include "server/journal/keys.hpp"
#include "server/journal/log_reader.hpp"
#include "server/journal/posix_file.hpp"
#include "tests/end_to_end/chamber.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <set>
#include <thread>

// The plug is pulled at any moment: the server is killed with SIGKILL while a chamber votes, started again,
// and asked again for whatever it had not answered, under the same request ids. Nothing acknowledged may be
// missing, nothing may stand in the record twice.

namespace plenum::replay {

BOOST_AUTO_TEST_SUITE(kill9_test)

namespace {

constexpr std::size_t members = 40;
constexpr unsigned kills_wanted = 200;
constexpr unsigned kill_within_ms = 40;
constexpr unsigned kills_between_readings = 8; // Reading takes as long as the record is.
constexpr unsigned waves = 3; // Each member presses so often in one vote; the last press counts.

// The order in which they enter, the same after every restart.
constexpr ConsoleId secretary{0};
constexpr ConsoleId chair{1};
constexpr ConsoleId console_of(std::size_t member)
{
    return ConsoleId{2 + member};
}

/// What the record says, read from the disk beside the running server; every entry is looked at once when it
/// first appears, and all of them once more at the end.
class Record {
public:
    explicit Record(std::string data) : data_(std::move(data)) {}

    /// Reads on from where the last reading ended.
    void read_on()
    {
        auto root = journal::open_posix_directory(data_);
        BOOST_REQUIRE(root.has_value());
        const auto key = journal::load_log_vkey(**root);
        BOOST_REQUIRE(key.has_value());
        auto segments = (*root)->open_directory("segments");
        BOOST_REQUIRE(segments.has_value());
        journal::Recovery report;
        const auto head = journal::read_log(**segments, *key, std::nullopt, report,
                                            [&](std::uint64_t seq, std::string_view entry) {
                                                if (seq == leaves_.size()) take(entry);
                                                return true;
                                            });
        BOOST_REQUIRE_MESSAGE(head.has_value(), report.english);
        BOOST_REQUIRE_EQUAL(head->size, leaves_.size());
    }

    /// An acknowledged request stands where its receipt says, and nowhere else.
    void check(const std::string& id, const Receipt& receipt) const
    {
        BOOST_REQUIRE_LT(receipt.seq, leaves_.size());
        BOOST_TEST((leaves_[receipt.seq] == receipt.leaf), "the entry is another than the receipt says");
        const auto found = seq_of_.find(id);
        BOOST_REQUIRE(found != seq_of_.end());
        BOOST_TEST(found->second == receipt.seq);
    }

    std::size_t presses() const { return presses_; }
    std::size_t decided() const { return decided_; }

private:
    void take(std::string_view bytes)
    {
        const auto entry = decode_entry(bytes);
        BOOST_REQUIRE(entry.has_value());
        leaves_.push_back(leaf_hash(bytes_of(bytes)));
        if (const auto* cast = std::get_if<VoteCast>(&entry->event)) {
            BOOST_TEST(seq_of_.emplace(entry->id, entry->seq).second, "a press stands in the record twice");
            last_[cast->vote][cast->person] = cast->choice;
            ++presses_;
        } else if (const auto* decided = std::get_if<VoteDecided>(&entry->event)) {
            check_figures(*decided);
        }
    }

    /// One press a member, the last: whatever the server counted.
    void check_figures(const VoteDecided& decided)
    {
        Tally tally;
        for (const auto& [person, choice] : last_[decided.vote]) {
            if (choice == Choice::approve) ++tally.approve;
            if (choice == Choice::oppose) ++tally.oppose;
            if (choice == Choice::abstain) ++tally.abstain;
        }
        tally.not_pressed = static_cast<std::uint32_t>(members) - tally.cast();
        BOOST_TEST((tally == decided.tally), "the figures are not those of the presses in the record");
        BOOST_TEST(tally.cast() == members);
        ++decided_;
    }

    std::string data_;
    std::vector<Digest> leaves_;
    std::map<std::string, std::uint64_t> seq_of_;
    std::map<VoteId, std::map<PersonId, Choice>> last_;
    std::size_t presses_ = 0;
    std::size_t decided_ = 0;
};

/// A chamber that goes on voting whatever happens to its server.
class Siege {
public:
    explicit Siege(Stage& stage) : stage_(stage), record_(stage.data()) {}

    ~Siege()
    {
        if (killer_.joinable()) killer_.join();
    }

    void assemble()
    {
        BOOST_REQUIRE(stage_.serve().has_value());
        codes_ = {*stage_.code(Role::secretary)};
        hall_ = std::make_unique<Hall>(stage_.endpoint());
        BOOST_REQUIRE(hall_->enter(codes_).has_value());
        const auto convened = convene(*hall_, secretary, chamber_of(members));
        BOOST_REQUIRE_MESSAGE(convened.has_value(), convened.error().sentence);
        sitting_ = convened->sitting;
        codes_.push_back(convened->chair_code);
        codes_.insert(codes_.end(), convened->member_codes.begin(), convened->member_codes.end());
        BOOST_REQUIRE(hall_->enter({codes_.begin() + 1, codes_.end()}).has_value());
        BOOST_REQUIRE(hall_->act(secretary, OpenSignIn{sitting_}).has_value());
        std::vector<Ask> asks;
        for (std::size_t member = 0; member < members; ++member) {
            asks.push_back({console_of(member), SignIn{sitting_}, {}});
        }
        BOOST_REQUIRE(hall_->act_all(asks).has_value());
        BOOST_REQUIRE(hall_->act(chair, OpenSitting{sitting_}).has_value());
    }

    /// Votes until the server was killed often enough.
    void withstand()
    {
        arm();
        while (kills_ < kills_wanted)
            vote();
        killer_.join();
    }

    void finish()
    {
        BOOST_REQUIRE_EQUAL(hall_->lost(), 0U);
        BOOST_REQUIRE(hall_->act(chair, CloseSitting{sitting_}).has_value());
        check_new_receipts();
        check_screens();
        Record whole(stage_.data());
        whole.read_on();
        for (const auto& [id, receipt] : acknowledged_)
            whole.check(id, receipt);
        BOOST_TEST_MESSAGE(kills_ << " kills, " << acknowledged_.size() << " acknowledged presses, "
                                  << resent_ << " sent again of which " << found_recorded_
                                  << " had been recorded; " << whole.presses() << " presses and "
                                  << whole.decided() << " results in the record");
        BOOST_TEST(whole.presses() == acknowledged_.size());
        BOOST_TEST(whole.decided() > 0U);
        BOOST_TEST(resent_ > 0U);
        BOOST_TEST(repeated_ > 0U);
    }

private:
    /// Kills the server at a random moment from now, unless that was done often enough.
    void arm()
    {
        if (kills_ == kills_wanted) {
            killer_ = std::thread([] {});
            return;
        }
        const auto delay = std::chrono::microseconds(
            std::uniform_int_distribution<long>(0, kill_within_ms * 1'000)(random_));
        killer_ = std::thread([this, delay] {
            std::this_thread::sleep_for(delay);
            killed_ = stage_.kill().has_value();
        });
    }

    /// Starts the server again until everybody has come back; once in four times it is killed while they do.
    void come_back()
    {
        bool early = false;
        for (bool entered = false; !entered;) {
            killer_.join();
            BOOST_REQUIRE_MESSAGE(std::exchange(killed_, false), "the server ended by itself");
            ++kills_;
            hall_.reset();
            const auto served = stage_.serve();
            BOOST_REQUIRE_MESSAGE(served.has_value(), served.error().sentence);
            early = kills_ % 4 == 0;
            if (early) arm();
            hall_ = std::make_unique<Hall>(stage_.endpoint());
            const auto all = hall_->enter(codes_);
            entered = all.has_value();
            if (!early) BOOST_REQUIRE_MESSAGE(entered, all.error().sentence);
        }
        if (kills_ % kills_between_readings == 0) check_new_receipts();
        check_screens();
        repeat_latest();
        if (!early) arm();
    }

    /// Every press acknowledged since the last reading is in the record. What a restart lost would be in it
    /// at another place, whenever it is read.
    void check_new_receipts()
    {
        record_.read_on();
        for (const auto& id : unchecked_)
            record_.check(id, acknowledged_.at(id));
        unchecked_.clear();
    }

    /// Each member's console is told a press at least as new as the one it has a receipt for.
    void check_screens()
    {
        for (std::size_t member = 0; member < members; ++member) {
            const auto& me = hall_->hello(console_of(member)).me;
            BOOST_TEST(me.present_in.size() == 1U);
            const auto newest = newest_.find(console_of(member));
            if (newest == newest_.end() || me.presses.empty()) continue;
            BOOST_TEST(me.presses.front().seq >= newest->second);
        }
    }

    /// Sends until everything is answered, whatever it takes; each request keeps its id.
    std::vector<Reply> deliver(std::vector<Ask> asks)
    {
        for (auto& ask : asks) {
            if (ask.request_id.empty()) ask.request_id = link::fresh_request_id();
        }
        std::vector<Reply> answered(asks.size());
        for (bool again = false;; again = true) {
            std::vector<Ask> missing;
            std::vector<std::size_t> places;
            for (std::size_t index = 0; index < asks.size(); ++index) {
                if (answered[index].message) continue;
                missing.push_back(asks[index]);
                places.push_back(index);
            }
            if (missing.empty()) return answered;
            if (again) come_back();
            if (again) resent_ += missing.size();
            const auto before = head_now();
            const auto replies = hall_->ask_all(missing);
            for (std::size_t index = 0; index < replies.size(); ++index) {
                answered[places[index]] = replies[index];
                const auto receipt = receipt_of(replies[index]);
                if (!receipt) continue;
                note(missing[index], *receipt);
                if (again && receipt->seq < before) ++found_recorded_;
            }
        }
    }

    /// Remembers what was acknowledged, the moment it was.
    void note(const Ask& ask, const Receipt& receipt)
    {
        if (!std::holds_alternative<CastVote>(ask.command)) return;
        BOOST_TEST(acknowledged_.emplace(ask.request_id, receipt).second);
        unchecked_.push_back(ask.request_id);
        newest_[ask.console] = receipt.seq;
        latest_ = ask;
    }

    /// Who asks again for what was acknowledged before the kill gets the very same receipt.
    void repeat_latest()
    {
        if (!latest_) return;
        const auto receipt = receipt_of(hall_->ask_all({*latest_}).front());
        if (!receipt) return; // Killed again meanwhile.
        const auto& first = acknowledged_.at(latest_->request_id);
        BOOST_TEST(
            (receipt->seq == first.seq && receipt->leaf == first.leaf && receipt->at_ms == first.at_ms));
        ++repeated_;
    }

    std::uint64_t head_now() const { return hall_->hello(secretary).seq; }

    static std::optional<Receipt> receipt_of(const Reply& reply)
    {
        if (!reply.is_done()) return std::nullopt;
        const auto receipt = from_json<Receipt>(reply.message->body);
        BOOST_REQUIRE(receipt.has_value());
        return *receipt;
    }

    Receipt act(ConsoleId console, const Command& command)
    {
        const auto reply = deliver({{console, command, {}}}).front();
        BOOST_REQUIRE_MESSAGE(reply.is_done(), std::string(method_of(command)) << ": " << reply.words());
        return *receipt_of(reply);
    }

    void vote()
    {
        auto prepare = motion_in(sitting_);
        prepare.title = "Motion";
        prepare.text = "Text";
        const VoteId id{act(secretary, prepare).seq};
        act(chair, OpenVote{id});
        for (unsigned wave = 0; wave < waves; ++wave)
            press(id);
        act(chair, CloseVote{id});
        newest_.clear();
    }

    void press(VoteId vote)
    {
        std::vector<Ask> asks;
        std::uniform_int_distribution<int> choice(0, 2);
        for (std::size_t member = 0; member < members; ++member) {
            asks.push_back({console_of(member), CastVote{vote, static_cast<Choice>(choice(random_))}, {}});
        }
        for (const auto& reply : deliver(asks))
            BOOST_REQUIRE_MESSAGE(reply.is_done(), reply.words());
    }

    Stage& stage_;
    Record record_;
    std::unique_ptr<Hall> hall_;
    std::vector<std::string> codes_; ///< in the order of entering
    SittingId sitting_{};
    std::mt19937 random_{20'240'229};
    std::thread killer_;
    bool killed_ = false; ///< written by the killer, read after it was joined
    unsigned kills_ = 0;
    std::size_t resent_ = 0;
    std::size_t found_recorded_ = 0; ///< sent again, though the record had it: answered from there
    std::map<std::string, Receipt> acknowledged_; ///< every press ever, by request id
    std::vector<std::string> unchecked_;
    std::map<ConsoleId, std::uint64_t> newest_; ///< each console's newest receipt in the open vote
    std::optional<Ask> latest_;                 ///< the press acknowledged last
    std::size_t repeated_ = 0;
};

BOOST_AUTO_TEST_CASE(two_hundred_kills_lose_no_acknowledged_press_and_count_none_twice)
{
    auto stage = Stage::make({"plenum-test", {}, {}, 0});
    BOOST_REQUIRE_MESSAGE(stage.has_value(), stage.error().sentence);
    Siege siege(*stage);
    siege.assemble();
    siege.withstand();
    siege.finish();
    BOOST_REQUIRE(stage->stop().has_value());
    const auto bundle = stage->folder() + "/bundle.tar";
    const auto exported = stage->run("plenum", {"export", "--data", stage->data(), "--out", bundle});
    BOOST_REQUIRE_MESSAGE(exported.has_value(), exported.error().sentence);
    const auto audited = stage->run("plenum-audit", {"verify", bundle});
    BOOST_TEST(audited.has_value(), audited.error().sentence);
}

} // namespace

BOOST_AUTO_TEST_SUITE_END()

} // namespace plenum::replay
