#include "tests/sim/disorder.hpp"

#include "protocol/rpc.hpp"

namespace plenum::sim {
namespace {

constexpr const char* texts[] = {"",
                                 " ",
                                 "关于2026年预算的决议",
                                 "N001",
                                 "N002",
                                 "甲",
                                 "乙",
                                 "Ωμέγα \"quoted\" \\ back",
                                 "two\nlines",
                                 "\x7f",
                                 "阿卜杜热西提·𠮷田",
                                 "cn.sim.rule"};

template <class T>
void draw_value(Random& random, std::uint64_t ids, T& value)
{
    if constexpr (std::is_same_v<T, bool>) {
        value = random.chance(500);
    } else if constexpr (std::is_integral_v<T>) {
        value = static_cast<T>(random.pick<std::uint64_t>({0, 1, 1, 2, 3, 5, 1'000, 60'000, 0xFFFFFFFF}));
    } else if constexpr (std::is_same_v<T, std::string>) {
        value = random.pick(texts);
        if (random.chance(20)) value.assign(3'000, 'x');
    } else if constexpr (codec::DescribedEnum<T>) {
        using All = boost::describe::describe_enumerators<T>;
        const auto chosen = random.below(boost::mp11::mp_size<All>::value);
        std::uint64_t at = 0;
        boost::mp11::mp_for_each<All>([&](auto described) {
            if (at++ == chosen) value = described.value;
        });
    } else if constexpr (codec::Id<T>) {
        value = T{random.chance(300) ? random.below(20) : random.below(ids + 3)};
    } else if constexpr (std::is_same_v<T, Digest>) {
        value = sha256(random.pick(texts));
    } else if constexpr (std::is_same_v<T, Bytes>) {
        value.assign(static_cast<std::size_t>(random.below(40)),
                     static_cast<std::uint8_t>(random.below(256)));
    } else if constexpr (codec::is_optional<T> || codec::is_later<T>) {
        value.reset();
        if (random.chance(500)) draw_value(random, ids, value.emplace());
    } else if constexpr (codec::is_vector<T>) {
        value.resize(static_cast<std::size_t>(random.below(4)));
        for (auto& element : value)
            draw_value(random, ids, element);
    } else {
        using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
        boost::mp11::mp_for_each<Members>(
            [&](auto described) { draw_value(random, ids, value.*described.pointer); });
    }
}

constexpr const char* babbles[] = {
    "",
    "{",
    "[]",
    "null",
    "\xff\xfe",
    "{\"jsonrpc\":\"2.0\",\"id\":\"b1\",\"method\":\"no.such.method\",\"params\":{}}",
    "{\"jsonrpc\":\"2.0\",\"id\":\"b2\",\"method\":\"vote.cast\",\"params\":{\"vote\":\"seven\",\"choice\":"
    "\"approve\"}}",
    "{\"jsonrpc\":\"2.0\",\"id\":\"b3\",\"method\":\"vote.cast\",\"params\":{}}",
    "{\"jsonrpc\":\"2.0\",\"id\":\"b4\",\"method\":\"vote.cast\",\"params\":{\"vote\":-1,\"choice\":"
    "\"maybe\"}}",
    "{\"jsonrpc\":\"2.0\",\"id\":\"b5\",\"id\":\"b6\",\"method\":\"vote.cast\"}",
    "{\"jsonrpc\":\"1.0\",\"id\":\"b7\",\"method\":\"vote.cast\"}",
    "{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"vote.cast\"}",
    "{\"jsonrpc\":\"2.0\",\"id\":\"b9\",\"method\":\"hello\",\"params\":{\"code\":1}}",
    "{\"jsonrpc\":\"2.0\",\"id\":\"b10\",\"method\":\"members.list\",\"params\":{\"sitting\":1.5}}",
};

Threshold draw_threshold(Random& random, Base base)
{
    const auto [num, den, strict] = random.pick<std::tuple<std::uint32_t, std::uint32_t, bool>>(
        {{1, 2, true}, {2, 3, false}, {1, 3, false}, {3, 4, false}, {1, 2, false}});
    return {num, den, strict, base};
}

} // namespace

RuleProfile draw_profile(Random& random, const std::vector<std::string>& groups)
{
    RuleProfile profile;
    profile.id = "cn.sim.motion";
    profile.name = {"表决", "motion"};
    profile.quorum =
        random.chance(700) ? Threshold{1, 2, true, Base::all_members} : Threshold{1, 4, false, {}};
    profile.majority = draw_threshold(
        random, random.pick({Base::all_members, Base::present, Base::cast, Base::for_and_against}));
    if (random.chance(200)) profile.groups = groups;
    if (profile.groups.empty() && !groups.empty() && random.chance(150)) {
        profile.also_in =
            std::vector<GroupMajority>{{groups.front(), draw_threshold(random, Base::all_members)}};
    }
    if (random.chance(250)) profile.min_participation = draw_threshold(random, Base::present);
    profile.press = random.pick({PressPolicy::last, PressPolicy::first});
    profile.close = random.pick({ClosePolicy::chair, ClosePolicy::timer, ClosePolicy::timer_then_chair});
    profile.window_ms = static_cast<std::uint32_t>(random.between(1'000, 15'000));
    profile.progress = random.pick({ProgressDisplay::none, ProgressDisplay::steps});
    profile.result = random.pick({ResultDisplay::direct, ResultDisplay::delayed});
    profile.legal_basis = {{"组织法", "44", "2022-03-11"}};
    profile.tellers = 2;
    profile.method =
        random.pick({VoteMethod::console, VoteMethod::console, VoteMethod::console, VoteMethod::hands,
                     VoteMethod::no_objection, VoteMethod::paper, VoteMethod::paper});
    if (profile.method != VoteMethod::console) {
        profile.groups.clear();
        profile.also_in.reset();
        if (profile.close == ClosePolicy::timer) profile.close = ClosePolicy::timer_then_chair;
    }
    if (profile.method == VoteMethod::paper && random.chance(500)) profile.secrecy = Secrecy::secret;
    return profile;
}

Command draw_any_command(Random& random, std::uint64_t ids)
{
    Command command;
    boost::mp11::mp_with_index<boost::mp11::mp_size<Command>::value>(
        static_cast<std::size_t>(random.below(boost::mp11::mp_size<Command>::value)), [&](auto index) {
            boost::mp11::mp_at_c<Command, index> drawn;
            draw_value(random, ids, drawn);
            command = std::move(drawn);
        });
    return command;
}

std::string draw_babble(Random& random, std::uint64_t ids)
{
    if (random.chance(400)) return random.pick(babbles);
    const auto command = draw_any_command(random, ids);
    auto text = encode_request("bent-" + std::to_string(random.below(100)), method_of(command),
                               encode_params(command));
    text[static_cast<std::size_t>(random.below(text.size()))] = static_cast<char>(random.between(0x20, 0x7e));
    if (random.chance(200)) text.resize(static_cast<std::size_t>(random.below(text.size())));
    return text;
}

} // namespace plenum::sim
