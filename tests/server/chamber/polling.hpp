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

    /// A body that has adopted no rules elects by decision of its presidium.
    OpenVote opening(VoteId id) const
    {
        OpenVote open{id};
        const auto* list = &state.votes.at(id).paper.list;
        while (*list && (*list)->follows)
            list = &state.votes.at(*(*list)->follows).paper.list;
        const bool elects = *list && !is_of_projects((*list)->list_kind);
        if (elects && !state.bodies.at(body).rules)
            open.overrides = {{RefusalCode::election_method_missing, "主席团", "沿用上次会议的选举办法"}};
        return open;
    }

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

    /// Silence approves the first members as scrutineers.
    VoteId approve_scrutineers(std::size_t from = 0, std::size_t count = 2)
    {
        auto rule = motion();
        rule.method = VoteMethod::no_objection;
        const auto vote = prepare(rule, std::nullopt);
        act(chair, OpenVote{vote});
        act(chair, CloseVote{vote});
        act(chair, AnnounceVote{vote});
        ApproveScrutineers approve{vote, {}};
        for (std::size_t i = from; i < from + count; ++i)
            approve.persons.push_back(*members.at(i).person);
        act(chair, approve);
        return vote;
    }
};

} // namespace plenum::chamber
