#include "clients/demo/congress_house.hpp"

#include "clients/demo/congress.hpp"

#include <algorithm>

namespace plenum::demo {
namespace {

using replay::trouble;

constexpr std::size_t presidium_present = 32;
constexpr std::uint64_t morning_ms = 1'770'858'000'000; // 12 February 2026, 9:00 in Beijing.
constexpr std::uint64_t hour_ms = 3'600'000;

/// Sets the house up, one object after another.
class Secretariat {
public:
    explicit Secretariat(Meeting& meeting) : meeting_(meeting), hall_(meeting.hall) {}

    Tried<CongressHouse> set_up(const replay::Stage& stage, std::optional<std::size_t> left_out,
                                bool person_counts)
    {
        auto done = in_turn([&] { return call_together(meeting_, stage, congress()); },
                            [&] { return form_delegations(); }, [&] { return form_presidium(); },
                            [&] { return write_agenda(); }, [&] { return name_tellers(person_counts); },
                            [&] { return invite_attendee(); }, [&] { return seat_everybody(left_out); });
        if (!done) return done.error();
        return std::move(house_);
    }

private:
    Tried<std::uint64_t> act(const Command& command)
    {
        const auto receipt = hall_.act(meeting_.secretary, command);
        if (!receipt) return receipt.error();
        return receipt->seq;
    }

    /// A deputy takes the chair of a body; the code of both roles is another from now on.
    Tried<void> appoint_chair(std::size_t deputy, BodyId body)
    {
        const auto person = meeting_.convened.persons[deputy];
        const auto appointed = act(AppointOfficer{person, {}, Role::chair, body});
        if (!appointed) return appointed.error();
        const auto codes = replay::issue_codes(hall_, meeting_.secretary, {std::nullopt, person});
        if (!codes) return codes.error();
        for (const auto& code : *codes) {
            (code.role == Role::chair ? chair_codes_[deputy] : meeting_.convened.member_codes[deputy]) =
                code.code;
        }
        return {};
    }

    Tried<void> form_delegations()
    {
        const auto formed = act(FormDelegations{meeting_.convened.body});
        if (!formed) return formed.error();
        const auto listed = hall_.question(meeting_.secretary, ListOffice::method, to_json(ListOffice{}));
        if (!listed.is_done()) return trouble("the bodies cannot be listed", listed.words());
        const auto office = from_json<OfficeView>(listed.message->body);
        if (!office) return trouble("the list of bodies does not fit");
        for (const auto& body : office->bodies) {
            if (body.body_kind != BodyKind::delegation) continue;
            const auto head = house_.delegations.size() * seats_in_delegation;
            if (auto done = appoint_chair(head, body.id); !done) return done.error();
            auto delegation = sit(body.id, body.name);
            if (!delegation) return delegation.error();
            house_.delegations.push_back(std::move(*delegation));
        }
        if (house_.delegations.size() != delegations) return trouble("there are not eight delegations");
        return {};
    }

    /// A sitting of a body inside the congress, with a quorum of more than half.
    Tried<InnerBody> sit(BodyId body, const std::string& name)
    {
        const auto sitting = act(CreateSitting{meeting_.convened.meeting, name + "会议", body,
                                               Threshold{1, 2, true, Base::all_members}});
        if (!sitting) return sitting.error();
        return InnerBody{body, name, SittingId{*sitting}, {}, {}};
    }

    Tried<void> form_presidium()
    {
        const std::string name = "大会主席团";
        const auto body = act(CreateBody{BodyKind::presidium, name, meeting_.convened.body});
        if (!body) return body.error();
        ImportRoster roster{BodyId{*body}, {}};
        const auto deputies = congress().members;
        for (const auto deputy : presidium()) {
            auto row = deputies[deputy];
            row.person = meeting_.convened.persons[deputy];
            roster.members.push_back(std::move(row));
        }
        if (auto done = act(roster); !done) return done.error();
        if (auto done = appoint_chair(presiding, roster.body); !done) return done.error();
        auto sitting = sit(roster.body, name);
        if (!sitting) return sitting.error();
        house_.presidium = std::move(*sitting);
        return {};
    }

    Tried<void> write_agenda()
    {
        const auto rows = congress_items();
        const auto meeting = meeting_.convened.meeting;
        const auto first = act(ImportAgenda{meeting, {rows.begin(), rows.end()}});
        if (!first) return first.error();
        for (std::size_t row = 0; row < rows.size(); ++row)
            meeting_.items.push_back(ItemId{*first + row});
        const auto& items = meeting_.items;
        const SetSchedule schedule{
            meeting,
            {{morning_ms, 90, "全体会议：听取报告", "区会议中心", {items[1], items[2], items[3]}},
             {morning_ms + 2 * hour_ms, 60, "各代表团、主席团会议", "各驻地", {items[1]}},
             {morning_ms + 5 * hour_ms,
              90,
              "全体会议：表决",
              "区会议中心",
              {items.begin() + 4, items.end()}}}};
        if (auto done = act(schedule); !done) return done.error();
        if (auto done = act(NotifyMeeting{meeting, "已书面通知全体代表"}); !done) return done.error();
        return {};
    }

    /// Their office is over the whole chamber: the same two count in the plenary and, one after another, in
    /// the other rooms.
    Tried<void> name_tellers(bool person_counts)
    {
        const std::array<std::string, 2> of_tellers = {"计票人林晓", "计票人周正"};
        for (std::size_t teller = 0; teller < of_tellers.size(); ++teller) {
            auto code = appoint(meeting_, of_tellers[teller], Role::teller, std::nullopt);
            if (!code) return code.error();
            house_.teller_codes[teller] = code->code;
            if (teller == 0 && person_counts) continue;
            const auto console = hall_.enter({code->code});
            if (!console) return console.error();
            house_.tellers[teller] = console->front();
        }
        return {};
    }

    Tried<void> invite_attendee()
    {
        const std::string name = "贺知秋";
        AdmitAttendee admission;
        admission.meeting = meeting_.convened.meeting;
        admission.name = name;
        admission.unit = "区财政局局长";
        admission.seat = "列席1座";
        if (auto done = act(admission); !done) return done.error();
        const auto code = code_of_officer(meeting_, name);
        if (!code) return code.error();
        house_.attendee = code->person;
        const auto console = hall_.enter({code->code});
        if (!console) return console.error();
        house_.attendee_console = console->front();
        return {};
    }

    Tried<replay::ConsoleId> enter_chair(std::size_t deputy)
    {
        meeting_.convened.chair_code = chair_codes_.at(deputy);
        const auto console = hall_.enter({chair_codes_.at(deputy)}, deputy == presiding);
        if (!console) return console.error();
        return console->front();
    }

    Tried<void> seat_everybody(std::optional<std::size_t> left_out)
    {
        if (auto done = take_seats(meeting_, left_out); !done) return done.error();
        for (std::size_t delegation = 0; delegation < delegations; ++delegation) {
            const auto head = enter_chair(delegation * seats_in_delegation);
            if (!head) return head.error();
            house_.delegations[delegation].chair = *head;
        }
        const auto chair = enter_chair(presiding);
        if (!chair) return chair.error();
        house_.chair = house_.presidium.chair = *chair;
        for (std::size_t deputy = 0; deputy < delegations * seats_in_delegation; ++deputy) {
            if (deputy == left_out || !comes(deputy)) continue;
            const auto console = meeting_.members[left_out && deputy > *left_out ? deputy - 1 : deputy];
            house_.delegations[deputy / seats_in_delegation].present.push_back(console);
            if (std::ranges::binary_search(presidium(), deputy) &&
                house_.presidium.present.size() < presidium_present)
                house_.presidium.present.push_back(console);
        }
        return {};
    }

    Meeting& meeting_;
    replay::Hall& hall_;
    CongressHouse house_;
    std::map<std::size_t, std::string> chair_codes_; ///< by deputy
};

} // namespace

Tried<CongressHouse> seat_congress(Meeting& meeting, const replay::Stage& stage,
                                   std::optional<std::size_t> left_out, bool person_counts)
{
    return Secretariat(meeting).set_up(stage, left_out, person_counts);
}

} // namespace plenum::demo
