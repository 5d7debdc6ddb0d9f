#include "tests/meetings/template_meeting.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace plenum::meetings {
namespace {

Threshold threshold_of(TemplateShare share)
{
    return share == TemplateShare::two_thirds ? Threshold{2, 3, false, Base::all_members}
                                              : Threshold{1, 2, true, Base::all_members};
}

std::vector<RosterRow> rows_of(const House& house)
{
    std::vector<RosterRow> rows;
    for (std::size_t i = 0; i < house.members; ++i) {
        const auto number = std::to_string(i + 1);
        const auto group = house.groups < 2 ? "" : "第" + std::to_string(i % house.groups + 1) + "代表团";
        rows.push_back({"D" + number, "代表" + number, group, "座" + number, std::nullopt});
    }
    return rows;
}

bool has_sittings_of(const MeetingTemplate& from, BodyKind kind)
{
    return std::ranges::any_of(from.sittings, [&](const TemplateSitting& one) { return one.of == kind; });
}

} // namespace

TemplateMeeting::TemplateMeeting(const MeetingTemplate& from, BodyKind kind, const House& house)
    : from_(from), house_(house)
{
    apply_new_entries();
    secretary_ = appoint("秘书长", Role::secretary);
    chair_ = appoint("主持人", Role::chair);
    desk_ = appoint("操作员", Role::operator_);
    tellers_ = {appoint("计票人甲", Role::teller), appoint("计票人乙", Role::teller)};
    form_house(kind);
    if (has_sittings_of(from_, BodyKind::presidium)) form_presidium();
    if (has_sittings_of(from_, BodyKind::delegation)) form_delegations();
    call_meeting();
}

chamber::BlobSource TemplateMeeting::blobs() const
{
    return [this](const Digest& digest) -> std::optional<std::string> {
        const auto found = record.blobs.find(digest);
        if (found == record.blobs.end()) return std::nullopt;
        return found->second;
    };
}

void TemplateMeeting::apply_new_entries()
{
    while (state.entries < record.entries.size())
        chamber::apply(state, record.entries[state.entries], blobs());
}

/// What is asked for must be accepted; answers the first entry's number.
std::uint64_t TemplateMeeting::act(const Actor& actor, const Command& command)
{
    chamber::Context context;
    context.actor = actor;
    context.now_ms = record.now_ms;
    context.seed[0] = static_cast<std::uint8_t>(asked_);
    context.blobs = blobs();
    const auto decided = chamber::decide(state, command, context);
    BOOST_TEST_REQUIRE(decided.has_value(), method_of(command)
                                                << ": " << (decided ? "" : decided.error().reason.en));
    const auto first = state.entries;
    const auto at_ms = record.now_ms;
    const auto id = actor.is_server() ? "" : "q" + std::to_string(++asked_);
    for (const auto& blob : decided->blobs)
        record.blobs[blob.digest] = blob.content;
    for (const auto& event : decided->events) {
        record.now_ms = at_ms;
        record.write(actor, event, id);
    }
    apply_new_entries();
    return first;
}

Actor TemplateMeeting::appoint(const std::string& name, Role role)
{
    act(Actor{}, AppointOfficer{std::nullopt, name, role, std::nullopt});
    return {PersonId{state.persons_known}, role};
}

const TemplateMeeting::Seated& TemplateMeeting::seat(BodyId body, BodyKind kind)
{
    auto book = shipped_book(kind);
    prepare(AdoptRules{body, book, "第一次会议"});
    std::vector<Actor> members;
    for (const auto& member : state.bodies.at(body).members)
        members.push_back({member.person, Role::delegate});
    return bodies_.emplace_back(Seated{body, kind, std::move(members), std::move(book)});
}

void TemplateMeeting::form_house(BodyKind kind)
{
    const BodyId body{prepare(CreateBody{kind, "本机构"})};
    prepare(ImportRoster{body, rows_of(house_)});
    seat(body, kind);
}

void TemplateMeeting::form_presidium()
{
    const auto& own = bodies_.front();
    const BodyId body{prepare(CreateBody{BodyKind::presidium, "主席团", own.body})};
    auto rows = rows_of(house_);
    rows.resize(house_.presidium);
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i].person = own.members[i].person;
    prepare(ImportRoster{body, rows});
    seat(body, BodyKind::presidium);
}

void TemplateMeeting::form_delegations()
{
    const auto own = bodies_.front().body;
    prepare(FormDelegations{own});
    for (const auto& [id, body] : state.bodies) {
        if (body.kind == BodyKind::delegation && body.parent == own) seat(id, body.kind);
    }
}

/// As the office makes it: the meeting, its agenda, and its sittings one after another.
void TemplateMeeting::call_meeting()
{
    const CreateMeeting meeting{bodies_.front().body, from_.title,    3,       4, threshold_of(from_.quorum),
                                from_.meeting_kind,   from_.speaking, from_.id};
    meeting_ = MeetingId{prepare(meeting)};
    prepare(ImportAgenda{meeting_, from_.items});
    for (std::size_t i = 0; i < from_.sittings.size(); ++i)
        call(from_.sittings[i], i);
}

void TemplateMeeting::call(const TemplateSitting& planned, std::size_t from)
{
    std::size_t made = 0;
    for (const auto& body : bodies_) {
        const bool is_own = &body == &bodies_.front();
        if (planned.of ? is_own || body.kind != *planned.of : !is_own) continue;
        CreateSitting create{meeting_, planned.title};
        if (!is_own) {
            create.body = body.body;
            create.quorum = threshold_of(TemplateShare::over_half);
        }
        const SittingId sitting{prepare(create)};
        if (planned.speaking) prepare(SetSpeakingTimes{sitting, *planned.speaking});
        called_.push_back({sitting, from, &body});
        ++made;
    }
    BOOST_TEST_REQUIRE(made > 0U, planned.title << " is a sitting of nobody");
}

std::size_t TemplateMeeting::present_of(const Called& called) const
{
    const auto members = called.body->members.size();
    if (called.body == &bodies_.front()) return house_.present;
    return members - members / 8; // Some are away from inner sittings as well.
}

void TemplateMeeting::hold()
{
    prepare(NotifyMeeting{meeting_, "书面通知"});
    for (const auto& called : called_)
        BOOST_TEST_CONTEXT(from_.sittings[called.from].title)
        {
            hold(called);
        }
    prepare(CloseMeeting{meeting_});
    prepare(ArchiveMeeting{meeting_});
    record.publish();
}

void TemplateMeeting::hold(const Called& called)
{
    const auto& planned = from_.sittings[called.from];
    std::vector<std::vector<VoteId>> votes;
    for (const auto& vote : planned.votes)
        votes.push_back(prepare(called, vote));
    act(desk_, OpenSignIn{called.sitting});
    for (std::size_t i = 0; i < present_of(called); ++i)
        act(called.body->members[i], SignIn{called.sitting});
    conduct(OpenSitting{called.sitting});

    const auto put = [&](const std::optional<std::string>& item) {
        bool any = false;
        for (std::size_t i = 0; i < planned.votes.size(); ++i) {
            if (planned.votes[i].item != item) continue;
            put_to_vote(called, planned.votes[i], votes[i]);
            any = true;
        }
        return any;
    };
    put(std::nullopt);
    for (const auto& item : planned.items) {
        conduct(ActivateItem{called.sitting, item_called(item)});
        if (!put(item)) dispose_of(called, item);
    }
    conduct(CloseSitting{called.sitting});
}

ItemId TemplateMeeting::item_called(const std::string& title) const
{
    const auto items = agenda().items;
    const auto found = std::ranges::find(items, title, &ItemView::title);
    BOOST_TEST_REQUIRE((found != items.end()), "no item is called " << title);
    return found->id;
}

/// What no vote decided ends with an opinion in a committee, and is noted elsewhere.
void TemplateMeeting::dispose_of(const Called& called, const std::string& item)
{
    const auto id = item_called(item);
    ConcludeItem conclude{called.sitting, id, ItemOutcome::noted, {}};
    const bool is_report = state.items.at(id).kind == ItemKind::report;
    if (is_report && called.body->kind == BodyKind::standing_committee) {
        conduct(DeliberateItem{called.sitting, id});
        conclude.outcome = ItemOutcome::deliberation_opinion;
        conclude.opinion = "对" + item + "的审议意见";
    }
    conduct(conclude);
}

std::vector<VoteId> TemplateMeeting::prepare(const Called& called, const TemplateVote& planned)
{
    const auto& profile = rule_called(called.body->book, planned.rule);
    std::optional<ItemId> item;
    if (planned.item) item = item_called(*planned.item);
    if (planned.form == TemplateForm::appointments) {
        PrepareSeries series{called.sitting, item, {}, profile, std::nullopt, "", {}};
        for (std::size_t i = 1; i <= appointments; ++i) {
            const auto words = "任命第" + std::to_string(i) + "名";
            series.entries.push_back({words, words});
        }
        const auto first = prepare(series);
        std::vector<VoteId> votes;
        for (std::size_t i = 0; i < appointments; ++i)
            votes.push_back(VoteId{first + i});
        return votes;
    }
    PrepareVote vote;
    vote.sitting = called.sitting;
    vote.item = item;
    vote.title = planned.title;
    vote.text = planned.title;
    vote.profile = profile;
    vote.adopts_agenda = planned.form == TemplateForm::agenda;
    fill_ballot(vote, planned.form, state.bodies.at(called.body->body).members);
    return {VoteId{prepare(vote)}};
}

AgendaView TemplateMeeting::agenda() const
{
    return chamber::view_agenda(state, meeting_, Role::chair);
}

} // namespace plenum::meetings
