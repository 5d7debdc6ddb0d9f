#pragma once

#include "protocol/audit/bundle.hpp"
#include "protocol/entry.hpp"
#include "protocol/merkle.hpp"
#include "protocol/note.hpp"
#include "protocol/roster.hpp"
#include "protocol/tiles.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <functional>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

/// Records made by hand, entry by entry, without a server: what a lawful meeting leaves behind, and, where a
/// test writes something else, what a lie would look like. Counts for itself, so that neither server nor
/// auditor checks its own sums.
namespace plenum::testing {

/// The key every test log is signed with.
inline SigningKey log_key(std::uint8_t first_byte = 7)
{
    std::array<std::uint8_t, 32> seed{};
    seed[0] = first_byte;
    return SigningKey(seed);
}

/// More than half of all members, quorum more than half, the last press counts, the chair closes.
inline RuleProfile simple_rule()
{
    RuleProfile rule;
    rule.id = "test.motion";
    rule.name = {"普通议案", "ordinary motion"};
    rule.quorum = {1, 2, true, Base::all_members};
    rule.majority = {1, 2, true, Base::all_members};
    return rule;
}

/// The same, by raised hands that two tellers count.
inline RuleProfile hands_rule()
{
    auto rule = simple_rule();
    rule.method = VoteMethod::hands;
    return rule;
}

/// Adopted unless somebody objects.
inline RuleProfile silent_rule()
{
    auto rule = simple_rule();
    rule.method = VoteMethod::no_objection;
    return rule;
}

/// A record being written. Everything is public: a test may change any entry before it is signed.
class RecordedMeeting {
public:
    struct SittingNow {
        MeetingId meeting{};
        BodyId body{};
        std::set<PersonId> present;
        std::set<PersonId> remote;
    };
    struct VoteNow {
        VotePrepared prepared;
        std::uint32_t base_members = 0;
        std::vector<PersonId> electorate;
        VoteMethod method = VoteMethod::console;
        std::vector<PersonId> by_hands;
        std::map<PersonId, Choice> presses;
        std::optional<HandsCount> hands; ///< what the tellers agreed on
        std::optional<std::uint64_t> closes_at_ms;
        std::uint64_t held_remaining_ms = 0;
    };

    std::string origin = "plenum.example/assembly-2026";
    std::vector<Entry> entries;
    std::map<Digest, std::string> blobs;
    std::set<std::uint64_t> published; ///< sizes at which a checkpoint was published
    std::uint64_t now_ms = 1'790'000'000'000;
    std::uint64_t epoch = 1;
    std::uint64_t requests = 0;
    /// Signs what somebody signs of the record before this event, once it is known what stands in it.
    std::function<void(Event&, const Checkpoint&)> witness{};

    std::map<BodyId, Roster> rosters;
    std::map<MeetingId, MeetingCreated> meetings;
    std::map<SittingId, SittingNow> sittings;
    std::map<VoteId, VoteNow> votes;
    std::uint64_t persons_known = 0;
    std::uint32_t drafts = 0; ///< items of the meeting that wait for its agenda to be adopted

    // Of the prelude: one body, one meeting, one sitting, and who serves it.
    BodyId body{};
    MeetingId meeting{};
    SittingId sitting{};
    Actor secretary;
    Actor chair;
    Actor desk;
    std::deque<Actor> tellers; ///< references to those appointed stay valid
    static inline const Actor server{};

    RecordedMeeting() { write(server, LogCreated{origin, 1}); }

    /// Writes an entry as it is; `id` is a fresh request id unless one is given.
    std::uint64_t write(const Actor& actor, Event event, std::optional<std::string> id = {})
    {
        if (!id) id = actor.is_server() ? "" : "r" + std::to_string(++requests);
        const std::uint64_t seq = entries.size();
        entries.push_back({seq, epoch, now_ms, actor, *id, std::move(event)});
        now_ms += 1;
        return seq;
    }

    /// An entry's bytes after those in the tree, with what is signed of these.
    std::string leaf_after(const MerkleTree& tree, Entry entry) const
    {
        if (witness) witness(entry.event, {origin, tree.size(), tree.root()});
        return encode_entry(entry);
    }

    /// The newest entry's event, to be changed.
    template <class E>
    E& last()
    {
        return std::get<E>(entries.back().event);
    }

    /// The newest event of a kind, wherever it stands.
    template <class E>
    E& newest()
    {
        const auto found = std::find_if(entries.rbegin(), entries.rend(), [](const Entry& entry) {
            return std::holds_alternative<E>(entry.event);
        });
        return std::get<E>(found->event);
    }

    Digest keep(std::string content)
    {
        const auto digest = sha256(content);
        blobs[digest] = std::move(content);
        return digest;
    }

    void publish() { published.insert(entries.size()); }

    Actor member(std::size_t index, BodyId of) const
    {
        return {rosters.at(of).members.at(index).person, Role::delegate};
    }
    Actor member(std::size_t index) const { return member(index, body); }
    PersonId person(std::size_t index) const { return *member(index).person; }

    // Bodies and offices.

    BodyId create_body(BodyKind kind, const std::string& name, const Actor& by)
    {
        return BodyId{write(by, BodyCreated{kind, name})};
    }

    /// Adopts these members; persons of 0 are numbered as new.
    void adopt_roster(BodyId of, std::vector<Member> members, const Actor& by)
    {
        auto& before = rosters[of];
        std::set<PersonId> known;
        for (const auto& one : before.members)
            known.insert(one.person);
        std::uint32_t added = 0;
        std::set<PersonId> removed = known;
        for (auto& one : members) {
            if (number(one.person) == 0) one.person = PersonId{++persons_known};
            added += known.contains(one.person) ? 0 : 1;
            removed.erase(one.person);
        }
        before = Roster{1, of, std::move(members)};
        const auto digest = keep(encode_roster(before));
        const auto members_count = static_cast<std::uint32_t>(before.members.size());
        const auto removed_count = static_cast<std::uint32_t>(removed.size());
        write(by, RosterAdopted{of, digest, members_count, added, removed_count});
        const auto id = entries.back().id;
        for (auto& [sitting_id, now] : sittings) {
            if (now.body != of) continue;
            for (const auto person_out : removed) {
                now.remote.erase(person_out);
                if (now.present.erase(person_out) > 0) write(by, SignedOut{sitting_id, person_out}, id);
            }
        }
    }

    static std::vector<Member> members_named(std::size_t count, const std::vector<std::string>& groups)
    {
        std::vector<Member> members;
        for (std::size_t i = 1; i <= count; ++i) {
            const auto no = std::to_string(i);
            members.push_back({PersonId{}, "Z" + no, "代表" + no, groups[i % groups.size()], "A-" + no});
        }
        return members;
    }

    Actor appoint(const std::string& name, Role role, std::optional<BodyId> over, const Actor& by)
    {
        const PersonId id{++persons_known};
        write(by, OfficerAppointed{id, name, role, over});
        return {id, role};
    }

    // Meetings and attendance.

    MeetingId create_meeting(BodyId of, const std::string& title)
    {
        const MeetingCreated created{of, title, 18, 3, {1, 2, true, Base::all_members}};
        const MeetingId id{write(secretary, created)};
        meetings[id] = created;
        return id;
    }

    SittingId create_sitting(MeetingId of, const std::string& title)
    {
        const SittingId id{write(secretary, SittingCreated{of, title})};
        sittings[id] = {of, meetings.at(of).body, {}, {}};
        return id;
    }

    void sign_in(PersonId who, SittingId in, const Actor& by)
    {
        write(by, SignedIn{in, who});
        sittings.at(in).present.insert(who);
    }
    void sign_in(PersonId who) { sign_in(who, sitting, {who, Role::delegate}); }

    /// By video: the desk says so.
    void sign_in_remote(PersonId who)
    {
        write(desk, SignedIn{sitting, who, AttendanceMode::remote});
        sittings.at(sitting).present.insert(who);
        sittings.at(sitting).remote.insert(who);
    }

    void sign_out(PersonId who, SittingId in, const Actor& by)
    {
        write(by, SignedOut{in, who});
        sittings.at(in).present.erase(who);
        sittings.at(in).remote.erase(who);
    }
    void sign_out(PersonId who) { sign_out(who, sitting, {who, Role::delegate}); }

    std::uint32_t due(SittingId in) const
    {
        return static_cast<std::uint32_t>(rosters.at(sittings.at(in).body).members.size());
    }
    std::uint32_t present(SittingId in) const
    {
        return static_cast<std::uint32_t>(sittings.at(in).present.size());
    }
    std::uint32_t quorum(SittingId in) const
    {
        const auto& threshold = meetings.at(sittings.at(in).meeting).quorum;
        return static_cast<std::uint32_t>(needed(due(in), threshold));
    }

    void open_sitting(SittingId in) { write(chair, SittingOpened{in, due(in), present(in), quorum(in)}); }
    void resume_sitting(SittingId in) { write(chair, SittingResumed{in, present(in), quorum(in)}); }

    /// A body of `members` in two groups, its officers, a meeting with a sitting in session and `present`
    /// signed in.
    void prelude(std::size_t members = 9, std::size_t present_members = 7)
    {
        secretary = appoint("秘书长", Role::secretary, std::nullopt, server);
        write(server, AccessCodesIssued{sha256("a sheet that never leaves the private store"), 1});
        write(server, ServerStarted{"0.1.0"});
        body = create_body(BodyKind::standing_committee, "常务委员会", secretary);
        adopt_roster(body, members_named(members, {"第一组", "第二组"}), secretary);
        chair = appoint("主任", Role::chair, body, secretary);
        desk = appoint("操作员", Role::operator_, body, secretary);
        meeting = create_meeting(body, "第三次会议");
        sitting = create_sitting(meeting, "第一次全体会议");
        write(desk, SignInOpened{sitting});
        for (std::size_t i = 0; i < present_members; ++i)
            sign_in(person(i));
        open_sitting(sitting);
        publish();
    }

    ItemId add_adopted_item(const std::string& title)
    {
        const ItemId item{write(secretary, ItemAdded{meeting, title})};
        write(chair, AgendaAdopted{sitting, 1});
        write(chair, ItemActivated{sitting, item});
        return item;
    }

    ItemId add_draft(const std::string& title)
    {
        ++drafts;
        return ItemId{write(secretary, ItemAdded{meeting, title})};
    }

    // Votes.

    VoteId prepare(const RuleProfile& rule, const std::string& title = "关于本次会议议程的表决",
                   std::optional<ItemId> item = {}, SittingId in = {})
    {
        VotePrepared prepared;
        prepared.sitting = number(in) == 0 ? sitting : in;
        prepared.item = item;
        prepared.title = title;
        prepared.text = keep(title + "(表决稿)\n");
        prepared.profile = rule;
        prepared.base_members = due(prepared.sitting);
        return prepare(prepared, secretary);
    }

    VoteId prepare(const VotePrepared& prepared, const Actor& by)
    {
        const VoteId id{write(by, prepared)};
        votes[id].prepared = prepared;
        votes[id].method = prepared.profile.method;
        return id;
    }

    /// A second person stands for a base that is not the roster's.
    void confirm_base(VoteId id, const Actor& by)
    {
        write(by, BaseConfirmed{id, *by.person, votes.at(id).prepared.base_members});
    }

    /// Suspended, and signed out of the sitting where signed in.
    void suspend(PersonId who)
    {
        write(secretary, MemberSuspended{body, who, "常委会第三次会议", "被立案调查"});
        const auto id = entries.back().id;
        for (auto& [sitting_id, now] : sittings) {
            now.remote.erase(who);
            if (now.present.erase(who) > 0) write(secretary, SignedOut{sitting_id, who}, id);
        }
    }

    /// Puts the agenda to the vote.
    VoteId prepare_agenda(const RuleProfile& rule)
    {
        VotePrepared prepared;
        prepared.sitting = sitting;
        prepared.title = "会议议程";
        prepared.text = keep("会议议程(草案)\n");
        prepared.profile = rule;
        prepared.base_members = due(sitting);
        prepared.adopts_agenda = true;
        return prepare(prepared, secretary);
    }

    /// What opening it now would write.
    VoteOpened opening(VoteId id)
    {
        const auto& prepared = votes.at(id).prepared;
        const auto& now = sittings.at(prepared.sitting);
        const auto& by_hands = prepared.profile.method == VoteMethod::hands ? now.present : now.remote;
        const Electorate electorate{1,
                                    prepared.sitting,
                                    sha256(encode_roster(rosters.at(now.body))),
                                    {now.present.begin(), now.present.end()},
                                    {by_hands.begin(), by_hands.end()}};
        VoteOpened opened;
        opened.vote = id;
        opened.profile_hash = hash_of(prepared.profile);
        opened.text = prepared.text;
        opened.base_members = prepared.base_reason.empty() ? due(prepared.sitting) : prepared.base_members;
        opened.electorate = keep(encode_electorate(electorate));
        opened.present = present(prepared.sitting);
        opened.quorum = static_cast<std::uint32_t>(needed(due(prepared.sitting), prepared.profile.quorum));
        if (prepared.profile.close != ClosePolicy::chair)
            opened.closes_at_ms = now_ms + prepared.profile.window_ms;
        opened.by_hands = static_cast<std::uint32_t>(by_hands.size());
        return opened;
    }

    /// Opens it as `opened` says; the electorate is the one of its blob.
    void open(const VoteOpened& opened, const Actor& by)
    {
        auto& vote = votes.at(opened.vote);
        vote.base_members = opened.base_members;
        const auto electorate = *decode_electorate(blobs.at(opened.electorate));
        vote.electorate = electorate.present;
        vote.by_hands = electorate.by_hands;
        vote.closes_at_ms = opened.closes_at_ms;
        write(by, opened);
    }
    void open(VoteId id) { open(opening(id), chair); }

    void cast(VoteId id, PersonId who, Choice choice)
    {
        write({who, Role::delegate}, VoteCast{id, who, choice});
        votes.at(id).presses[who] = choice;
    }

    const Actor& teller(std::size_t index)
    {
        while (tellers.size() <= index)
            tellers.push_back(appoint("计票人", Role::teller, body, secretary));
        return tellers[index];
    }

    void count_hands(VoteId id, const Actor& by, const HandsCount& hands)
    {
        write(by, HandsCounted{id, *by.person, hands});
    }

    /// Two tellers count the same.
    void count_hands(VoteId id, const HandsCount& hands)
    {
        count_hands(id, teller(0), hands);
        count_hands(id, teller(1), hands);
        votes.at(id).hands = hands;
    }

    void object(VoteId id, PersonId who) { write({who, Role::delegate}, VoteObjected{id, who}); }
    void object_in_the_hall(VoteId id) { write(chair, VoteObjected{id, std::nullopt}); }

    void switch_method(VoteId id, VoteMethod to)
    {
        auto& vote = votes.at(id);
        vote.method = to;
        if (to == VoteMethod::hands) vote.by_hands = vote.electorate;
        write(chair, VoteMethodSwitched{id, to});
    }

    void extend(VoteId id, std::uint32_t by_ms)
    {
        auto& vote = votes.at(id);
        vote.closes_at_ms = std::max(*vote.closes_at_ms, now_ms) + by_ms;
        write(chair, VoteExtended{id, *vote.closes_at_ms});
    }

    void hold(VoteId id)
    {
        auto& vote = votes.at(id);
        if (vote.closes_at_ms) vote.held_remaining_ms = std::max(*vote.closes_at_ms, now_ms) - now_ms;
        write(chair, VoteHeld{id, "核对表决稿"});
    }

    void resume(VoteId id)
    {
        auto& vote = votes.at(id);
        vote.closes_at_ms.reset();
        if (vote.prepared.profile.close != ClosePolicy::chair)
            vote.closes_at_ms = now_ms + vote.held_remaining_ms;
        vote.hands.reset();
        write(chair, VoteResumed{id, vote.closes_at_ms});
    }

    /// What the presses and hands written so far add up to.
    VoteDecided decision(VoteId id) const
    {
        const auto& vote = votes.at(id);
        const auto& now = sittings.at(vote.prepared.sitting);
        const auto& roster = rosters.at(now.body);
        VoteDecided decided;
        decided.vote = id;
        for (const auto& name : vote.prepared.profile.groups)
            decided.groups.push_back({name, 0, {}});
        for (const auto& one : roster.members) {
            for (auto& group : decided.groups)
                group.members += group.group == one.group ? 1 : 0;
        }
        for (const auto who : vote.electorate) {
            count(decided.tally, vote, who);
            decided.left += now.present.contains(who) ? 0 : 1;
            const auto one = std::ranges::find(roster.members, who, &Member::person);
            for (auto& group : decided.groups)
                if (one != roster.members.end() && group.group == one->group) count(group.tally, vote, who);
        }
        decided.hands = vote.hands;
        if (vote.hands) {
            decided.tally.approve += vote.hands->approve;
            decided.tally.oppose += vote.hands->oppose;
            decided.tally.abstain += vote.hands->abstain;
            decided.tally.not_pressed -= static_cast<std::uint32_t>(vote.hands->total());
        }
        decided.outcome =
            vote.method == VoteMethod::no_objection
                ? outcome_without_objection()
                : decide_outcome(vote.prepared.profile, vote.base_members, decided.tally, decided.groups);
        return decided;
    }

    void close(VoteId id, const VoteDecided& decided, const Actor& by)
    {
        const auto written_at = now_ms;
        write(by, VoteClosed{id, by.is_server() ? ClosedBy::timer : ClosedBy::chair});
        now_ms = written_at; // one command, one moment
        write(by, decided, entries.back().id);
        const auto& prepared = votes.at(id).prepared;
        if (!prepared.adopts_agenda || !is_adopted(decided.outcome.verdict)) return;
        now_ms = written_at;
        write(by, AgendaAdopted{prepared.sitting, std::exchange(drafts, 0), id}, entries.back().id);
    }
    void close(VoteId id) { close(id, decision(id), chair); }

    void announce(VoteId id)
    {
        write(chair, VoteAnnounced{id});
        publish();
    }

    void annul(VoteId id, VoidReason reason) { write(chair, VoteVoided{id, reason, ""}); }

    VoteId retry(VoteId id, std::optional<VoteMethod> by = {})
    {
        auto prepared = votes.at(id).prepared;
        auto& rule = prepared.profile;
        if (by && *by != rule.method && rule.close == ClosePolicy::timer)
            rule.close = ClosePolicy::timer_then_chair;
        if (by && *by != rule.method) rule.fallback.reset();
        rule.method = by.value_or(rule.method);
        prepared.attempt += 1;
        if (!prepared.first_attempt) prepared.first_attempt = id;
        if (prepared.base_reason.empty()) prepared.base_members = due(prepared.sitting);
        return prepare(prepared, chair);
    }

    /// A whole vote: everybody present presses in turn as `choices` say, again from the front when they run
    /// out.
    VoteId whole_vote(const RuleProfile& rule, const std::string& title, const std::vector<Choice>& choices,
                      std::optional<ItemId> item = {})
    {
        const auto id = prepare(rule, title, item);
        open(id);
        const auto electorate = votes.at(id).electorate;
        for (std::size_t i = 0; i < electorate.size(); ++i)
            cast(id, electorate[i], choices[i % choices.size()]);
        close(id);
        announce(id);
        return id;
    }

    static void count(Tally& tally, const VoteNow& vote, PersonId who)
    {
        const auto press = vote.presses.find(who);
        if (press == vote.presses.end()) {
            ++tally.not_pressed;
        } else {
            const std::array figures{&tally.approve, &tally.oppose, &tally.abstain};
            ++*figures.at(static_cast<std::size_t>(press->second));
        }
    }
};

/// The other ways to decide, each once: the agenda by silence, an objection that leads to hands, hands of
/// members by video beside the consoles, a window that was extended, consoles that failed and hands that took
/// over.
inline void decide_otherwise(RecordedMeeting& m)
{
    using enum Choice;
    m.add_draft("临时增加的议题");
    const auto agenda = m.prepare_agenda(silent_rule());
    m.open(agenda);
    m.close(agenda);
    m.announce(agenda);

    const auto silent = m.prepare(silent_rule(), "有人提出异议");
    m.open(silent);
    m.object(silent, m.person(1));
    m.object_in_the_hall(silent);
    m.switch_method(silent, VoteMethod::hands);
    m.count_hands(silent, m.teller(0), {6, 1, 0});
    m.count_hands(silent, {6, 2, 0});
    m.close(silent);
    m.announce(silent);

    m.sign_in_remote(m.person(8));
    auto shown_rule = simple_rule();
    shown_rule.close = ClosePolicy::timer_then_chair;
    const auto mixed = m.prepare(shown_rule, "一人以视频方式出席");
    m.open(mixed);
    for (std::size_t i = 0; i < 4; ++i)
        m.cast(mixed, m.person(i), approve);
    m.extend(mixed, 30'000);
    m.count_hands(mixed, {1, 0, 0});
    m.close(mixed);
    m.announce(mixed);

    const auto failed = m.prepare(simple_rule(), "表决器故障");
    m.open(failed);
    m.cast(failed, m.person(0), approve);
    m.annul(failed, VoidReason::equipment_failure);
    const auto by_hands = m.retry(failed, VoteMethod::hands);
    m.open(by_hands);
    m.count_hands(by_hands, {4, 3, 1});
    m.close(by_hands);
    m.announce(by_hands);
    m.sign_out(m.person(8), m.sitting, m.desk);
}

/// A lawful meeting from the first sign-in to the close: carried, lost by one, changed minds, a first-press
/// vote by the timer with a hold, majorities by group, the other ways to decide, void for lost quorum and
/// repeated, and one vote not yet opened.
inline RecordedMeeting full_meeting()
{
    using enum Choice;
    RecordedMeeting m;
    m.prelude(9, 8);
    const auto item = m.add_adopted_item("关于年度工作报告的决议(草案)");
    m.whole_vote(simple_rule(), "议程", {approve});
    m.whole_vote(simple_rule(), "工作报告", {approve, oppose}, item);

    const auto changed = m.prepare(simple_rule(), "改变主意");
    m.open(changed);
    m.cast(changed, m.person(0), oppose);
    m.cast(changed, m.person(0), approve);
    m.cast(changed, m.person(1), abstain);
    m.sign_out(m.person(2));
    m.close(changed);
    m.announce(changed);
    m.sign_in(m.person(2), m.sitting, m.desk);

    auto timed_rule = simple_rule();
    timed_rule.press = PressPolicy::first;
    timed_rule.close = ClosePolicy::timer;
    timed_rule.window_ms = 10'000;
    const auto timed = m.prepare(timed_rule, "计时表决");
    m.open(timed);
    m.cast(timed, m.person(0), approve);
    m.hold(timed);
    m.now_ms += 60'000;
    m.resume(timed);
    m.cast(timed, m.person(1), approve);
    m.now_ms = *m.votes.at(timed).closes_at_ms + 1;
    m.close(timed, m.decision(timed), RecordedMeeting::server);
    m.announce(timed);

    auto grouped_rule = simple_rule();
    grouped_rule.groups = {"第一组", "第二组"};
    grouped_rule.min_participation = Threshold{1, 2, true, Base::all_members};
    m.whole_vote(grouped_rule, "分组过半", {approve, approve, abstain});
    decide_otherwise(m);

    m.write(m.chair, ConductLent{m.sitting, true});
    const auto lost = m.prepare(simple_rule(), "人数不足");
    m.open(m.opening(lost), m.desk);
    for (std::size_t i = 0; i < 4; ++i)
        m.sign_out(m.person(i));
    m.write(m.desk, VoteVoided{lost, VoidReason::lost_quorum, "四人离场"});
    m.write(m.chair, SittingRecessed{m.sitting, "等候到会人员"});
    m.epoch += 1;
    m.write(RecordedMeeting::server, ServerStarted{"0.1.0"});
    for (std::size_t i = 0; i < 4; ++i)
        m.sign_in(m.person(i));
    m.resume_sitting(m.sitting);
    const auto again = m.retry(lost);
    m.open(again);
    m.cast(again, m.person(3), approve);
    m.close(again);
    m.announce(again);

    m.prepare(simple_rule(), "留待下次会议");
    m.write(m.chair, SittingClosed{m.sitting});
    m.publish();
    return m;
}

/// Of the first `size` entries, as they stand.
inline Checkpoint checkpoint_at(const RecordedMeeting& meeting, std::size_t size)
{
    MerkleTree tree;
    for (std::size_t at = 0; at < size; ++at)
        tree.append(leaf_hash(bytes_of(encode_entry(meeting.entries.at(at)))));
    return {meeting.origin, tree.size(), tree.root()};
}

/// Entries signed into a bundle in memory, as the server would write it.
inline audit::Bundle bundle_of(const RecordedMeeting& meeting, const SigningKey& key = log_key(),
                               const std::function<void(audit::Manifest&)>& change_manifest = {},
                               audit::BundleKind kind = audit::BundleKind::public_)
{
    audit::Bundle bundle;
    MerkleTree tree;
    std::vector<std::string> leaves;
    const auto sign = [&] { return sign_checkpoint({meeting.origin, tree.size(), tree.root()}, key); };
    std::set<Digest> named;
    for (const auto& entry : meeting.entries) {
        leaves.push_back(meeting.leaf_after(tree, entry));
        tree.append(leaf_hash(bytes_of(leaves.back())));
        for (const auto& digest : audit::blobs_in(kind, entry.event))
            named.insert(digest);
        if (meeting.published.contains(tree.size())) bundle.files[audit::history_path(tree.size())] = sign();
    }
    audit::Manifest manifest;
    manifest.kind = kind;
    manifest.origin = meeting.origin;
    manifest.vkey = to_vkey(note_verifier(meeting.origin, key.public_key()));
    manifest.size = tree.size();
    manifest.root = tree.root();
    manifest.checkpoint = audit::checkpoint_path;
    manifest.created_by = "test 1";
    bundle.files[std::string(audit::key_path)] = manifest.vkey + "\n";
    bundle.files[std::string(audit::checkpoint_path)] = sign();
    each_tile(
        tree, [&](std::uint64_t seq) { return std::string_view(leaves[seq]); },
        [&](TileFile tile) { bundle.files[tile.path] = std::move(tile.content); });
    for (const auto& digest : named) {
        const auto found = meeting.blobs.find(digest);
        if (found != meeting.blobs.end()) bundle.files[audit::blob_path(digest)] = found->second;
    }
    for (const auto& [path, content] : bundle.files)
        manifest.files.push_back(audit::describe_file(path, content));
    if (change_manifest) change_manifest(manifest);
    bundle.files[std::string(audit::manifest_path)] = audit::encode_manifest(manifest);
    return bundle;
}

} // namespace plenum::testing
