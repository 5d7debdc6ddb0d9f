#pragma once

#include "tests/server/chamber/rehearsal.hpp"

#include <boost/test/unit_test.hpp>

namespace plenum::chamber {

inline RefusalCode code_of(const std::optional<Refusal>& refusal)
{
    BOOST_TEST_REQUIRE(refusal.has_value());
    return refusal->code;
}

inline bool says(const std::optional<Refusal>& refusal, const char* zh, const char* en)
{
    BOOST_TEST_REQUIRE(refusal.has_value());
    BOOST_TEST_MESSAGE(refusal->reason.zh << " / " << refusal->reason.en);
    return refusal->reason.zh.find(zh) != std::string::npos &&
           refusal->reason.en.find(en) != std::string::npos;
}

/// 无记名投票: over half of all, counted by two.
inline RuleProfile by_ballot()
{
    auto rule = motion();
    rule.method = VoteMethod::paper;
    rule.secrecy = Secrecy::secret;
    rule.legal_basis = {{"监督法", "第六十二条", "2024-11-08"}};
    return rule;
}

/// A body that has adopted no rules elects by decision of its presidium.
inline OpenVote opening_of(const House& house, VoteId id)
{
    OpenVote open{id};
    const auto* list = &house.state.votes.at(id).paper.list;
    while (*list && (*list)->follows)
        list = &house.state.votes.at(*(*list)->follows).paper.list;
    const bool elects = *list && !is_of_projects((*list)->list_kind);
    if (elects && !house.state.bodies.at(house.body).rules)
        open.overrides = {{RefusalCode::election_method_missing, "主席团", "沿用上次会议的选举办法"}};
    return open;
}

/// Silence approves some of the members as scrutineers.
inline VoteId approve_scrutineers(House& house, std::size_t from = 0, std::size_t count = 2)
{
    auto rule = motion();
    rule.method = VoteMethod::no_objection;
    const auto vote = house.prepare(rule, std::nullopt);
    house.act(house.chair, OpenVote{vote});
    house.act(house.chair, CloseVote{vote});
    house.act(house.chair, AnnounceVote{vote});
    ApproveScrutineers approve{vote, {}};
    for (std::size_t i = from; i < from + count; ++i)
        approve.persons.push_back(*house.members.at(i).person);
    house.act(house.chair, approve);
    return vote;
}

/// A house with two tellers who count ballots.
struct PollingHall : House {
    Actor zhang;
    Actor li;

    explicit PollingHall(std::size_t size, BodyKind kind = BodyKind::standing_committee) : House(size, kind)
    {
        zhang = teller("张三");
        li = teller("李四");
    }

    Actor teller(const std::string& name)
    {
        act(Actor{}, AppointOfficer{std::nullopt, name, Role::teller, body});
        return as(PersonId{state.persons_known}, Role::teller);
    }

    /// On no item, so that votes can follow one another.
    PrepareVote on_paper(const RuleProfile& rule = by_ballot()) const
    {
        auto command = prepare_command(rule);
        command.item.reset();
        return command;
    }

    OpenVote opening(VoteId id) const { return opening_of(*this, id); }

    VoteId open_on_paper(const PrepareVote& command)
    {
        const VoteId vote{act(secretary, command)};
        act(chair, opening(vote));
        return vote;
    }

    template <class Counting>
    void both(Counting counting)
    {
        act(zhang, counting);
        act(li, counting);
    }

    const ResultView& close(VoteId id)
    {
        act(chair, CloseVote{id});
        return *vote(id).result;
    }

    VoteId approve_scrutineers(std::size_t from = 0, std::size_t count = 2)
    {
        return chamber::approve_scrutineers(*this, from, count);
    }
};

} // namespace plenum::chamber
