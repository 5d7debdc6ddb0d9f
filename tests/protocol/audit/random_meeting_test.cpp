#include "tests/protocol/audit/forgery.hpp"

#include <random>

BOOST_AUTO_TEST_SUITE(random_meeting_test)

using namespace plenum;
using namespace plenum::testing;
using enum audit::AuditCode;

namespace {

/// Takes lawful steps at random, many votes of all rules among them.
class Wanderer {
public:
    explicit Wanderer(std::uint64_t seed) : random_(seed)
    {
        const auto members = 5 + below(20);
        meeting.prelude(members, members / 2 + 1);
        for (std::size_t i = members / 2 + 1; i < members; ++i)
            if (below(3) > 0) meeting.sign_in(meeting.person(i));
    }

    RecordedMeeting meeting;

    void wander(std::size_t steps)
    {
        for (std::size_t i = 0; i < steps; ++i) {
            meeting.now_ms += below(500);
            if (below(20) == 0) meeting.publish();
            step();
        }
    }

private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }
    std::size_t size() const { return meeting.rosters.at(meeting.body).members.size(); }
    const std::set<PersonId>& present() const { return meeting.sittings.at(meeting.sitting).present; }
    bool has_quorum() const { return present().size() * 2 > size(); }

    RuleProfile some_rule()
    {
        auto rule = simple_rule();
        rule.majority = {static_cast<std::uint32_t>(below(4)), 3, below(2) == 0, Base(below(6))};
        rule.press = PressPolicy(below(2));
        rule.close = ClosePolicy(below(3));
        rule.window_ms = static_cast<std::uint32_t>(1 + below(5'000));
        if (below(3) == 0) rule.method = VoteMethod(1 + below(2));
        rule.tellers = static_cast<std::uint32_t>(1 + below(2));
        const bool by_console = rule.method == VoteMethod::console;
        const bool may_be_remote = !meeting.sittings.at(meeting.sitting).remote.empty();
        if (!by_console || may_be_remote) {
            if (rule.close == ClosePolicy::timer) rule.close = ClosePolicy::timer_then_chair;
        } else if (below(3) == 0) {
            rule.groups = {"第二组", "第一组"};
        }
        if (below(3) == 0) rule.min_participation = Threshold{1, 2, true, Base::all_members};
        return rule;
    }

    bool is_open() const { return open_.has_value() && !held_; }

    void come_and_go()
    {
        const auto who = meeting.person(below(size()));
        const bool by_desk = below(4) == 0;
        const Actor by = by_desk ? meeting.desk : Actor{who, Role::delegate};
        if (present().contains(who)) {
            meeting.sign_out(who, meeting.sitting, by);
        } else if (!open_ && below(5) == 0) {
            meeting.sign_in_remote(who);
        } else {
            meeting.sign_in(who, meeting.sitting, by);
        }
    }

    void change_roster()
    {
        auto members = meeting.rosters.at(meeting.body).members;
        if (below(2) == 0)
            members.erase(members.begin() + static_cast<std::ptrdiff_t>(below(members.size())));
        const auto number = std::to_string(1000 + meeting.entries.size());
        members.push_back(
            {PersonId{}, "Z" + number, "增补" + number, below(2) == 0 ? "第一组" : "第二组", ""});
        meeting.adopt_roster(meeting.body, members, meeting.secretary);
    }

    void press()
    {
        const auto& vote = meeting.votes.at(*open_);
        if (vote.method == VoteMethod::no_objection) return object();
        const auto who = vote.electorate[below(vote.electorate.size())];
        const bool again = vote.presses.contains(who) && vote.prepared.profile.press == PressPolicy::first;
        const bool late =
            vote.prepared.profile.close == ClosePolicy::timer && meeting.now_ms > *vote.closes_at_ms;
        const bool by_hand = std::ranges::binary_search(vote.by_hands, who);
        if (!present().contains(who) || again || late || by_hand) return;
        meeting.cast(*open_, who, Choice(below(3)));
    }

    /// Now and then, and then it is voted on.
    void object()
    {
        if (below(8) > 0) return;
        const auto& vote = meeting.votes.at(*open_);
        const auto who = vote.electorate[below(vote.electorate.size())];
        if (below(2) == 0 || !present().contains(who)) {
            meeting.object_in_the_hall(*open_);
        } else {
            meeting.object(*open_, who);
        }
        meeting.switch_method(*open_, VoteMethod(below(2)));
    }

    /// Raised at random, and counted until the tellers agree.
    void count_hands()
    {
        const auto& vote = meeting.votes.at(*open_);
        if (vote.method == VoteMethod::no_objection || vote.by_hands.empty()) return;
        const auto some = [&](std::size_t most) { return static_cast<std::uint32_t>(below(most + 1)); };
        HandsCount hands;
        hands.approve = some(vote.by_hands.size());
        hands.oppose = some(vote.by_hands.size() - hands.approve);
        hands.abstain = some(vote.by_hands.size() - hands.approve - hands.oppose);
        if (below(3) == 0) meeting.count_hands(*open_, meeting.teller(0), {});
        meeting.count_hands(*open_, hands);
    }

    void end_vote()
    {
        count_hands();
        const auto vote = *open_;
        const auto& now = meeting.votes.at(vote);
        if (below(4) == 0) {
            meeting.annul(vote, has_quorum() ? VoidReason::disorder : VoidReason::lost_quorum);
            voided_.push_back(vote);
        } else if (is_open() && now.prepared.profile.close == ClosePolicy::timer) {
            meeting.now_ms = std::max(meeting.now_ms, *now.closes_at_ms + 1);
            meeting.close(vote, meeting.decision(vote), RecordedMeeting::server);
            if (below(2) == 0) meeting.announce(vote);
        } else {
            meeting.close(vote);
            if (below(2) == 0) meeting.announce(vote);
        }
        open_.reset();
        held_ = false;
    }

    /// Since then members may have come by video, which not every rule can wait for.
    VoteId next_attempt(VoteId before)
    {
        const auto& rule = meeting.votes.at(before).prepared.profile;
        const bool waits = rule.groups.empty() && rule.close != ClosePolicy::timer;
        if (waits || meeting.sittings.at(meeting.sitting).remote.empty()) return meeting.retry(before);
        return meeting.prepare(some_rule(), "另行表决");
    }

    void begin_vote()
    {
        VoteId vote{};
        if (!voided_.empty() && below(2) == 0) {
            vote = next_attempt(voided_.back());
            voided_.pop_back();
        } else {
            vote = meeting.prepare(some_rule(), "表决" + std::to_string(meeting.entries.size()));
        }
        if (!has_quorum()) return;
        meeting.open(vote);
        open_ = vote;
    }

    void step()
    {
        const auto kind = below(12);
        if (open_) {
            if (kind < 7 && !held_) return press();
            if (kind == 7) return come_and_go();
            if (kind == 8 && held_) {
                meeting.resume(*open_);
                held_ = false;
            } else if (kind == 8) {
                meeting.hold(*open_);
                held_ = true;
            } else if (kind == 9) {
                end_vote();
            }
            return;
        }
        if (kind < 6) return begin_vote();
        if (kind < 9) return come_and_go();
        if (kind == 9) return change_roster();
        if (kind == 10 && has_quorum()) {
            meeting.write(meeting.chair, SittingRecessed{meeting.sitting, ""});
            meeting.resume_sitting(meeting.sitting);
        }
    }

    std::mt19937_64 random_;
    std::optional<VoteId> open_;
    bool held_ = false;
    std::vector<VoteId> voided_;
};

} // namespace

BOOST_AUTO_TEST_CASE(whatever_lawful_way_a_meeting_takes_its_bundle_verifies)
{
    std::uint64_t decided = 0;
    std::uint64_t voided = 0;
    std::uint64_t by_hands = 0;
    std::uint64_t silent = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Wanderer wanderer(seed);
        wanderer.wander(250);
        const auto report = audit::verify(bundle_of(wanderer.meeting));
        BOOST_TEST_REQUIRE(report.ok, "seed " << seed << sentences_of(report));
        BOOST_TEST_REQUIRE(only_off_the_agenda(report), "seed " << seed << sentences_of(report));
        for (const auto& vote : report.votes) {
            decided += vote.tally ? 1 : 0;
            voided += vote.void_reason ? 1 : 0;
            by_hands += vote.hands ? 1 : 0;
            silent += vote.tally && vote.method == VoteMethod::no_objection ? 1 : 0;
        }
    }
    // The walk must have been somewhere.
    BOOST_TEST(decided > 300u);
    BOOST_TEST(voided > 100u);
    BOOST_TEST(by_hands > 100u);
    BOOST_TEST(silent > 30u);
}

BOOST_AUTO_TEST_CASE(one_changed_figure_in_any_decision_of_a_random_meeting_is_noticed)
{
    std::mt19937_64 random(5);
    std::uint64_t changed = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Wanderer wanderer(seed);
        wanderer.wander(250);
        std::vector<std::size_t> decisions;
        for (std::size_t i = 0; i < wanderer.meeting.entries.size(); ++i)
            if (std::holds_alternative<VoteDecided>(wanderer.meeting.entries[i].event))
                decisions.push_back(i);
        for (const auto place : decisions) {
            auto lie = wanderer.meeting;
            auto& decided = std::get<VoteDecided>(lie.entries[place].event);
            const std::array figures{&decided.tally.approve, &decided.tally.oppose, &decided.tally.abstain,
                                     &decided.tally.not_pressed, &decided.left};
            const auto which = random() % figures.size();
            *figures[which] += 1;
            const auto report = audit::verify(bundle_of(lie));
            const auto expected = which == 4 ? left_wrong : tally_wrong;
            BOOST_TEST_REQUIRE((errors_of(report) == std::set{expected}),
                               "seed " << seed << sentences_of(report));
            BOOST_TEST_REQUIRE(report.findings[0].seq.value_or(0) == place);
            ++changed;
        }
    }
    BOOST_TEST(changed > 100u);
}

BOOST_AUTO_TEST_SUITE_END()
