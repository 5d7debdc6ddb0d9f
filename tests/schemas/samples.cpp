#include "tests/schemas/samples.hpp"

#include "protocol/query.hpp"
#include "protocol/rpc.hpp"

using namespace plenum;
namespace json = boost::json;

namespace {

/// A value with every optional member present and one element in every list, or with none.
template <class T>
T sample(bool full)
{
    T made{};
    if constexpr (codec::is_optional<T> || codec::is_later<T>) {
        if (full) made.emplace(sample<typename T::value_type>(full));
    } else if constexpr (codec::is_vector<T>) {
        if (full) made.push_back(sample<typename T::value_type>(full));
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (full) made = "表决";
    } else if constexpr (codec::DescribedStruct<T>) {
        using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
        boost::mp11::mp_for_each<Members>([&](auto d) {
            auto& member = made.*d.pointer;
            member = sample<std::remove_cvref_t<decltype(member)>>(full);
        });
    } else if constexpr (codec::DescribedEnum<T>) {
        // Not every enumeration begins at zero.
        made = boost::mp11::mp_front<boost::describe::describe_enumerators<T>>::value;
    } else if constexpr (std::is_integral_v<T> || codec::Id<T>) {
        if (full) made = static_cast<T>(7);
    }
    return made;
}

struct Samples {
    json::array all;

    void add(const std::string& schema, const char* part, json::value message, bool valid = true)
    {
        all.emplace_back(json::object{{"schema", schema + ".schema.json"},
                                      {"part", part},
                                      {"valid", valid},
                                      {"message", std::move(message)}});
    }

    template <class Params, class Result>
    void request()
    {
        const auto schema = "messages/" + std::string(Params::method);
        for (const bool full : {true, false}) {
            auto request = json::parse(encode_request("r-1", Params::method, to_json(sample<Params>(full))));
            add(schema, "", request);
            add(schema, "#/$defs/answer", json::parse(encode_answer("r-1", to_json(sample<Result>(full)))));
            drop_empty(request.at("params"));
            add(schema, "", std::move(request));
        }
        add(schema, "", json::parse(encode_request("r-1", "another.method", to_json(sample<Params>(true)))),
            false);
        add(schema, "#/$defs/answer", json::parse(encode_answer("r-1", json::object())), false);
    }

    /// Clients may leave optional members out.
    static void drop_empty(json::value& value)
    {
        if (auto* array = value.if_array()) {
            for (auto& element : *array)
                drop_empty(element);
        }
        auto* object = value.if_object();
        if (object == nullptr) return;
        json::object kept;
        for (auto& [key, member] : *object) {
            if (member.is_null()) continue;
            drop_empty(member);
            kept[key] = member;
        }
        *object = std::move(kept);
    }

    template <class Params>
    void notification(std::string_view method)
    {
        const auto schema = "messages/" + std::string(method);
        for (const bool full : {true, false}) {
            add(schema, "", json::parse(encode_notification(method, to_json(sample<Params>(full)))));
        }
        auto lacking = to_json(sample<Params>(true));
        lacking.as_object().erase("seq");
        add(schema, "", json::parse(encode_notification(method, lacking)), false);
    }

    template <class E>
    void entry()
    {
        const auto schema = "entries/" + std::string(E::kind);
        for (const bool full : {true, false}) {
            Entry entry{5, 1, 1'700'000'000'000, {}, {}, sample<E>(full)};
            if (full) entry.actor = {PersonId{12}, Role::operator_};
            if (full) entry.id = "r-1";
            if (std::is_same_v<E, BoxFrame>) entry.at_ms.reset();
            auto message = json::parse(encode_entry(entry));
            add(schema, "", message);
            message.at("body").as_object()["more"] = 1;
            add(schema, "", std::move(message), false);
        }
    }

    void errors()
    {
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<RefusalCode>>([&](auto d) {
            auto message = json::parse(encode_refusal("r-1", refuse(d.value)));
            add("messages/error", "", message);
            add("messages/error", "#/$defs/error", json::parse(encode_refusal_body(refuse(d.value))));
            message.at("error").as_object()["code"] = refusal_code_base;
            add("messages/error", "", std::move(message), false);
        });
        for (const auto code : {RpcError::parse_error, RpcError::invalid_request, RpcError::method_not_found,
                                RpcError::invalid_params}) {
            add("messages/error", "", json::parse(encode_bad_request({code, std::nullopt, "JSON"})));
            add("messages/error", "", json::parse(encode_bad_request({code, "r-1", "JSON"})));
        }
    }
};

} // namespace

json::array sample_messages()
{
    Samples samples;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Command>>([&](auto tag) {
        using C = typename decltype(tag)::type;
        using Result = typename AnswerTo<C>::type;
        samples.request<C, Result>();
    });
    using Questions = boost::mp11::mp_append<Queries, BallotRequests>;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Questions>>([&](auto tag) {
        using Query = typename decltype(tag)::type;
        samples.request<typename Query::first_type, typename Query::second_type>();
    });
    samples.notification<SnapshotView>("snapshot");
    samples.notification<AgendaChanged>(AgendaChanged::method);
    samples.notification<ItemChanged>(ItemChanged::method);
    samples.notification<FloorChanged>(FloorChanged::method);
    samples.notification<KeyHoldersChanged>(KeyHoldersChanged::method);
    samples.notification<SuggestionChanged>(SuggestionChanged::method);
    samples.notification<PetitionChanged>(PetitionChanged::method);
    samples.notification<SittingChanged>(SittingChanged::method);
    samples.notification<VoteChanged>(VoteChanged::method);
    samples.notification<CountsChanged>(CountsChanged::method);
    samples.notification<VoteProgress>(VoteProgress::method);
    samples.notification<RollProgress>(RollProgress::method);
    samples.notification<BoxProgress>(BoxProgress::method);
    samples.notification<MembersChanged>(MembersChanged::method);
    samples.notification<MeChanged>(MeChanged::method);
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, EventKinds>>(
        [&](auto tag) { samples.entry<typename decltype(tag)::type>(); });
    samples.errors();
    return std::move(samples.all);
}
