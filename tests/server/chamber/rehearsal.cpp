#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::chamber {

Actor as(PersonId person, Role role)
{
    return {person, role};
}

Rehearsal::Rehearsal()
{
    write_down(Actor{}, {{LogCreated{"chamber.example", 1}}, {}});
}

Decided Rehearsal::decide(const Actor& actor, const Command& command) const
{
    Context context;
    context.actor = actor;
    context.now_ms = now_ms;
    context.seed.fill(static_cast<std::uint8_t>(state.entries));
    context.disk_low = disk_low;
    context.blobs = blob_source();
    context.secret = secret;
    return chamber::decide(state, command, context);
}

std::optional<RefusalCode> Rehearsal::refusal(const Actor& actor, const Command& command) const
{
    const auto decided = decide(actor, command);
    return decided ? std::nullopt : std::optional(decided.error().code);
}

std::uint64_t Rehearsal::act(const Actor& actor, const Command& command)
{
    const auto before = state.entries;
    const auto refusal = attempt(actor, command);
    BOOST_TEST_REQUIRE(!refusal.has_value(), method_of(command)
                                                 << " was refused: " << (refusal ? refusal->reason.en : ""));
    return before;
}

std::optional<Refusal> Rehearsal::attempt(const Actor& actor, const Command& command)
{
    const auto decided = decide(actor, command);
    if (!decided) return decided.error();
    BOOST_TEST_REQUIRE(!decided->events.empty());
    BOOST_TEST_REQUIRE(decided->events.size() <= events_max);
    BOOST_TEST((fingerprint(command) == fingerprint(decided->events.front())));
    write_down(actor, *decided);
    return std::nullopt;
}

std::optional<Refusal> Rehearsal::time_out(VoteId vote)
{
    const auto decided = decide_timeout(state, vote, now_ms);
    if (!decided) return decided.error();
    write_down(Actor{}, *decided);
    return std::nullopt;
}

void Rehearsal::write_down(const Actor& actor, const Decision& decision)
{
    for (const auto& blob : decision.blobs) {
        BOOST_TEST_REQUIRE((sha256(blob.content) == blob.digest));
        blobs[blob.digest] = blob.content;
    }
    for (const auto& event : decision.events) {
        const auto at_ms = std::max(now_ms, state.now_ms);
        const auto bytes = encode_entry({state.entries, 1, at_ms, actor, {}, event});
        const auto entry = decode_entry(bytes);
        BOOST_TEST_REQUIRE(entry.has_value());
        for (const auto& digest : public_blobs_of(entry->event))
            BOOST_TEST_REQUIRE(blobs.contains(digest));
        for (const auto& digest : auditors_blobs_of(entry->event))
            BOOST_TEST_REQUIRE(blobs.contains(digest));
        apply(state, *entry, blob_source());
        entries.push_back(bytes);
    }
}

BlobSource Rehearsal::blob_source() const
{
    return [this](const Digest& digest) -> std::optional<std::string> {
        const auto found = blobs.find(digest);
        if (found == blobs.end()) return std::nullopt;
        return found->second;
    };
}

Digest Rehearsal::replayed() const
{
    State again;
    for (const auto& bytes : entries) {
        const auto entry = decode_entry(bytes);
        BOOST_TEST_REQUIRE(entry.has_value());
        apply(again, *entry, blob_source());
    }
    return state_hash(again);
}

Threshold over_half(Base base)
{
    return {1, 2, true, base};
}

Threshold two_thirds(Base base)
{
    return {2, 3, false, base};
}

RuleProfile motion()
{
    RuleProfile profile;
    profile.id = "test.motion";
    profile.name = {"议案表决", "motion"};
    profile.quorum = over_half();
    profile.majority = over_half();
    return profile;
}

std::vector<RosterRow> rows_of(std::size_t members)
{
    std::vector<RosterRow> rows;
    for (std::size_t i = 1; i <= members; ++i) {
        const auto n = std::to_string(i);
        rows.push_back({"D" + n, "代表" + n, i % 2 == 1 ? "一组" : "二组", "座" + n, std::nullopt});
    }
    return rows;
}

House::House(std::size_t size, BodyKind kind)
{
    body = BodyId{act(Actor{}, CreateBody{kind, "常务委员会"})};
    act(Actor{}, ImportRoster{body, rows_of(size)});
    for (const auto& member : state.bodies.at(body).members)
        members.push_back(as(member.person, Role::delegate));
    secretary = appoint(Role::secretary, std::nullopt);
    chair = appoint(Role::chair, body);
    operator_ = appoint(Role::operator_, body);
    meeting = MeetingId{act(secretary, CreateMeeting{body, "第二十二次会议", 18, 22, over_half()})};
    sitting_id = SittingId{act(secretary, CreateSitting{meeting, "第一次全体会议"})};
    item_id = ItemId{act(secretary, AddItem{meeting, "关于预算调整的决议"})};
}

Actor House::appoint(Role role, std::optional<BodyId> over)
{
    act(Actor{}, AppointOfficer{std::nullopt, "工作人员", role, over});
    return as(PersonId{state.persons_known}, role);
}

void House::open_sign_in()
{
    act(operator_, OpenSignIn{sitting_id});
}

void House::sign_in(std::size_t from, std::size_t to)
{
    for (auto i = from; i < to; ++i)
        act(members.at(i), SignIn{sitting_id});
}

void House::begin(std::size_t present)
{
    open_sign_in();
    sign_in(0, present);
    act(chair, OpenSitting{sitting_id});
    act(chair, AdoptAgenda{sitting_id});
}

PrepareVote House::prepare_command(const RuleProfile& profile) const
{
    return {sitting_id, item_id, "关于预算调整的决议(草案)", "决议如下:\n一、……", profile, std::nullopt, ""};
}

VoteId House::prepare(const RuleProfile& profile)
{
    return prepare(profile, item_id);
}

VoteId House::prepare(const RuleProfile& profile, std::optional<ItemId> about)
{
    auto command = prepare_command(profile);
    command.item = about;
    return VoteId{act(secretary, command)};
}

VoteId House::open(const RuleProfile& profile)
{
    const auto vote_id = prepare(profile);
    act(chair, OpenVote{vote_id});
    return vote_id;
}

void House::press_one(VoteId vote_id, std::size_t member, Choice choice)
{
    act(members.at(member), CastVote{vote_id, choice});
}

void House::press(VoteId vote_id, std::size_t approve, std::size_t oppose, std::size_t abstain,
                  std::size_t first)
{
    for (std::size_t i = 0; i < approve; ++i)
        press_one(vote_id, first++, Choice::approve);
    for (std::size_t i = 0; i < oppose; ++i)
        press_one(vote_id, first++, Choice::oppose);
    for (std::size_t i = 0; i < abstain; ++i)
        press_one(vote_id, first++, Choice::abstain);
}

} // namespace plenum::chamber
