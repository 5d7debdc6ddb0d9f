#include "protocol/access_code.hpp"
#include "protocol/command.hpp"
#include "protocol/entry.hpp"
#include "protocol/query.hpp"
#include "protocol/refusal.hpp"
#include "protocol/roster.hpp"
#include "tests/protocol/described.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

BOOST_AUTO_TEST_SUITE(vocabulary_test)

using namespace plenum;
using described::Dice;

namespace {

namespace json = boost::json;

/// Calls `visit` with a tag of every alternative of a variant.
template <class Variant, class Visit>
void for_each_kind(Visit visit)
{
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, Variant>>(
        [&](auto tag) { visit(tag); });
}

Entry entry_of(Event event, Dice& dice)
{
    Entry entry;
    entry.seq = described::value_from<std::uint64_t>(dice);
    entry.epoch = described::value_from<std::uint64_t>(dice);
    if (!std::holds_alternative<BoxFrame>(event)) entry.at_ms = described::value_from<std::uint64_t>(dice);
    if (dice.below(3) != 0) {
        entry.actor = {described::value_from<PersonId>(dice), described::value_from<Role>(dice)};
    }
    entry.id = dice.below(2) == 0 ? "" : "console-1/42";
    entry.event = std::move(event);
    return entry;
}

template <class T>
void check_described()
{
    BOOST_TEST(described::members_described<T> == described::count_members<T>());
}

const std::string plain = R"({"actor":"chair:12","at":1700000000000,"body":{"vote":7},"epoch":3,)"
                          R"("id":"a","kind":"vote.announced","seq":9,"v":1})";

} // namespace

BOOST_AUTO_TEST_CASE(every_event_comes_back_as_it_was_written)
{
    for_each_kind<EventKinds>([](auto tag) {
        using E = typename decltype(tag)::type;
        BOOST_TEST_CONTEXT(E::kind)
        {
            for (std::uint64_t seed = 0; seed < 40; ++seed) {
                Dice dice(seed);
                const auto entry = entry_of(described::value_from<E>(dice), dice);
                const auto text = encode_entry(entry);
                const auto back = decode_entry(text);
                BOOST_TEST_REQUIRE(back.has_value());
                BOOST_TEST(back->event.index() == entry.event.index());
                BOOST_TEST((back->actor == entry.actor || entry.actor.is_server()));
                BOOST_TEST((back->at_ms == entry.at_ms && back->seq == entry.seq && back->id == entry.id));
                BOOST_TEST((to_json(std::get<E>(back->event)) == to_json(std::get<E>(entry.event))));
                BOOST_TEST(encode_entry(*back) == text);
                BOOST_TEST(parse_canonical_json(text).has_value());
                BOOST_TEST(kind_of(back->event) == E::kind);
            }
        }
    });
}

BOOST_AUTO_TEST_CASE(what_came_later_is_left_out_when_it_is_empty_and_never_written_as_null)
{
    const std::string opened =
        R"({"actor":"chair:12","at":1700000000000,"body":{"base_members":35,"by_hands":0,)"
        R"("closes_at_ms":null,"electorate":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",)"
        R"("present":33,"profile_hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",)"
        R"("quorum":18,%"text":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","vote":7},)"
        R"("epoch":3,"id":"a","kind":"vote.opened","seq":9,"v":1})";
    const auto with = [&](const std::string& member) {
        auto text = opened;
        return text.replace(text.find('%'), 1, member);
    };
    const auto before = decode_entry(with(""));
    BOOST_TEST_REQUIRE(before.has_value());
    BOOST_TEST(encode_entry(*before) == with(""));
    BOOST_TEST(!std::get<VoteOpened>(before->event).scrutineers.has_value());
    const auto after = decode_entry(with(R"("scrutineers":[4,5],)"));
    BOOST_TEST_REQUIRE(after.has_value());
    BOOST_TEST(std::get<VoteOpened>(after->event).scrutineers->size() == 2U);
    BOOST_TEST((decode_entry(with(R"("scrutineers":null,)")).error() == Fault::not_canonical));
}

BOOST_AUTO_TEST_CASE(every_command_comes_back_as_it_was_sent)
{
    for_each_kind<Command>([](auto tag) {
        using C = typename decltype(tag)::type;
        BOOST_TEST_CONTEXT(C::method)
        {
            for (std::uint64_t seed = 0; seed < 40; ++seed) {
                Dice dice(seed);
                const Command command = described::value_from<C>(dice);
                const auto params = encode_params(command);
                const auto back = decode_command(C::method, params);
                BOOST_TEST_REQUIRE(back.has_value());
                BOOST_TEST_REQUIRE(back->has_value());
                BOOST_TEST((**back).index() == command.index());
                BOOST_TEST((encode_params(**back) == params));
                BOOST_TEST(method_of(**back) == C::method);
                BOOST_TEST(fingerprint(**back) == fingerprint(command));
            }
        }
    });
}

BOOST_AUTO_TEST_CASE(refusals_are_chinese_in_their_punctuation_too)
{
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<RefusalCode>>([](auto d) {
        const auto refusal = refuse(d.value, {"第3行", "row 3"});
        for (const auto& text : {refusal.reason.zh, refusal.next.zh})
            BOOST_TEST(text.find_first_of(",;:?!()") == std::string::npos, text);
        BOOST_TEST(refusal.reason.zh.ends_with("（第3行）"), refusal.reason.zh);
        BOOST_TEST(refusal.reason.en.ends_with(" (row 3)"), refusal.reason.en);
    });
}

BOOST_AUTO_TEST_CASE(no_member_is_forgotten_in_a_description)
{
    for_each_kind<EventKinds>([](auto tag) {
        using E = typename decltype(tag)::type;
        BOOST_TEST_CONTEXT(E::kind)
        {
            check_described<E>();
        }
    });
    for_each_kind<Command>([](auto tag) {
        using C = typename decltype(tag)::type;
        BOOST_TEST_CONTEXT(C::method)
        {
            check_described<C>();
        }
    });
    check_described<RuleProfile>();
    check_described<Threshold>();
    check_described<LegalBasis>();
    check_described<Tally>();
    check_described<GroupTally>();
    check_described<Finding>();
    check_described<Outcome>();
    check_described<Member>();
    check_described<Roster>();
    check_described<Electorate>();
    check_described<AccessCodeRow>();
    check_described<AccessCodeSheet>();
    check_described<RosterRow>();
    check_described<Counts>();
    check_described<ItemView>();
    check_described<SittingView>();
    check_described<ResultView>();
    check_described<VoteView>();
    check_described<MemberView>();
    check_described<MyPress>();
    check_described<MyView>();
    check_described<SnapshotView>();
    check_described<HelloAnswer>();
    check_described<Receipt>();
    check_described<IssuedCode>();
    check_described<IssuedCodes>();
    check_described<OfficerReceipt>();
    check_described<Pong>();
}

BOOST_AUTO_TEST_CASE(kinds_methods_and_refusal_codes_are_named_once)
{
    std::set<std::string_view> kinds;
    for_each_kind<EventKinds>([&](auto tag) { kinds.insert(decltype(tag)::type::kind); });
    BOOST_TEST(kinds.size() == std::variant_size_v<EventKinds>);
    std::set<std::string_view> methods;
    for_each_kind<Command>([&](auto tag) { methods.insert(decltype(tag)::type::method); });
    BOOST_TEST(methods.size() == std::variant_size_v<Command>);
    BOOST_TEST(!decode_command("vote.recast", json::object()).has_value());
}

BOOST_AUTO_TEST_CASE(an_entry_has_one_permitted_spelling)
{
    BOOST_TEST_REQUIRE(decode_entry(plain).has_value());
    const struct {
        const char* why;
        std::string from;
        std::string to;
        Fault fault;
    } table[] = {
        {"a space", "\"seq\":9", "\"seq\": 9", Fault::not_canonical},
        {"a line break at the end", "}", "}\n", Fault::not_canonical},
        {"members in another order", R"("seq":9,"v":1)", R"("v":1,"seq":9)", Fault::not_canonical},
        {"an escape that is not needed", "\"a\"", R"("\u0061")", Fault::not_canonical},
        {"a member more in the body", R"({"vote":7})", R"({"by":1,"vote":7})", Fault::not_canonical},
        {"a member more in the envelope", R"("v":1)", R"("v":1,"w":1)", Fault::not_canonical},
        {"a zero before the actor's number", "chair:12", "chair:012", Fault::not_canonical},
        {"an empty time", "1700000000000", "null", Fault::not_canonical},
        {"another version", R"("v":1)", R"("v":2)", Fault::unsupported},
        {"an unknown kind", "vote.announced", "vote.unsaid__", Fault::unsupported},
        {"a known kind with another body", "vote.announced", "vote.cast", Fault::malformed},
        {"no body", R"("body":{"vote":7},)", "", Fault::malformed},
        {"a body of nothing", R"({"vote":7})", "null", Fault::malformed},
        {"a vote below zero", R"({"vote":7})", R"({"vote":-7})", Fault::malformed},
        {"a member twice", R"("v":1)", R"("v":1,"v":1)", Fault::malformed},
        {"an unknown role", "chair:12", "boss:12", Fault::malformed},
        {"an actor without a number", "chair:12", "chair:", Fault::malformed},
        {"a number as text", "\"seq\":9", "\"seq\":\"9\"", Fault::malformed},
        {"a float", "\"seq\":9", "\"seq\":9.0", Fault::malformed},
        {"no sequence number", "\"seq\":9,", "", Fault::malformed},
    };
    for (const auto& row : table) {
        auto text = plain;
        const auto at = text.rfind(row.from);
        BOOST_TEST_REQUIRE(at != std::string::npos);
        text.replace(at, row.from.size(), row.to);
        const auto decoded = decode_entry(text);
        BOOST_TEST_REQUIRE(decoded.has_error(), row.why);
        BOOST_TEST((decoded.error() == make_error_code(row.fault)),
                   row.why << ": " << decoded.error().message());
    }
}

BOOST_AUTO_TEST_CASE(every_refusal_has_words_of_its_own_in_both_languages)
{
    std::set<std::string> reasons;
    std::size_t codes = 0;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<RefusalCode>>([&](auto d) {
        const auto refusal = refuse(d.value);
        BOOST_TEST_CONTEXT(d.name)
        {
            ++codes;
            BOOST_TEST((refusal.code == d.value));
            BOOST_TEST(!refusal.reason.zh.empty());
            BOOST_TEST(!refusal.next.zh.empty());
            BOOST_TEST(!refusal.next.en.empty());
            BOOST_TEST(reasons.insert(refusal.reason.en).second);
            BOOST_TEST(reasons.insert(refusal.reason.zh).second);
        }
    });
    BOOST_TEST(codes == 77U);
    const auto detailed = refuse(RefusalCode::no_quorum, {"还差1人", "1 missing"});
    BOOST_TEST(detailed.reason.zh.find("还差1人") != std::string::npos);
    BOOST_TEST(detailed.reason.en.ends_with("(1 missing)"));
}

BOOST_AUTO_TEST_CASE(actors_are_spelled_with_their_role)
{
    BOOST_TEST(to_text(Actor{}) == "server");
    BOOST_TEST(to_text(Actor{PersonId{12}, Role::operator_}) == "operator:12");
    BOOST_TEST((actor_from_text("operator:12").value() == Actor{PersonId{12}, Role::operator_}));
    BOOST_TEST(actor_from_text("server")->is_server());
    for (const char* bad : {"", "chair", "chair:", ":1", "chair:-1", "chair:1 ", "chair:18446744073709551616",
                            "operator_:1", "Server", "chair:+1"}) {
        BOOST_TEST(actor_from_text(bad).has_error(), bad);
    }
}

BOOST_AUTO_TEST_CASE(a_press_is_fingerprinted_by_vote_and_choice_and_the_rest_by_kind)
{
    const auto cast = [](std::uint64_t vote, Choice choice) {
        return fingerprint(CastVote{VoteId{vote}, choice});
    };
    BOOST_TEST(cast(1, Choice::approve) == cast(1, Choice::approve));
    BOOST_TEST(cast(1, Choice::approve) != cast(1, Choice::oppose));
    BOOST_TEST(cast(1, Choice::approve) != cast(2, Choice::approve));
    BOOST_TEST(cast(1, Choice::approve) ==
               fingerprint(Event{VoteCast{VoteId{1}, PersonId{5}, Choice::approve}}));
    BOOST_TEST(fingerprint(Command{CloseVote{VoteId{1}}}) == fingerprint(Event{VoteClosed{VoteId{1}, {}}}));
    BOOST_TEST(fingerprint(Command{RetryVote{VoteId{1}}}) == fingerprint(Event{VotePrepared{}}));
    BOOST_TEST(fingerprint(Command{CloseVote{VoteId{1}}}) != fingerprint(Command{OpenVote{VoteId{1}}}));
}

namespace {

/// Any blob with this codec: what was written is read, and nothing else than what would be written.
template <class T, class Encode, class Decode>
void check_blob(Encode encode, Decode decode)
{
    for (std::uint64_t seed = 0; seed < 60; ++seed) {
        Dice dice(seed);
        auto value = described::value_from<T>(dice);
        value.v = 1;
        const auto text = encode(value);
        const auto back = decode(text);
        BOOST_TEST_REQUIRE(back.has_value());
        BOOST_TEST((*back == value));
        BOOST_TEST(decode(text + " ").has_error());
        BOOST_TEST(decode(" " + text).has_error());
        value.v = 2;
        BOOST_TEST((decode(encode(value)).error() == make_error_code(Fault::unsupported)));
    }
    BOOST_TEST(decode("").has_error());
    BOOST_TEST(decode("{}").has_error());
    BOOST_TEST(decode("[]").has_error());
}

} // namespace

BOOST_AUTO_TEST_CASE(rosters_electorates_and_code_sheets_come_back_as_they_were_written)
{
    check_blob<Roster>(encode_roster, decode_roster);
    check_blob<Electorate>(encode_electorate, decode_electorate);
    check_blob<AccessCodeSheet>(encode_access_codes, decode_access_codes);
    const auto extra = R"({"body":1,"members":[],"v":1,"x":1})";
    BOOST_TEST((decode_roster(extra).error() == make_error_code(Fault::not_canonical)));
}

BOOST_AUTO_TEST_CASE(what_a_message_gets_wrong_is_said_with_its_place)
{
    const auto misfit_of = [](const char* method, const char* params) {
        const auto decoded = decode_command(method, *parse_json(params));
        BOOST_TEST_REQUIRE((decoded && decoded->has_error()), params);
        return decoded->error();
    };
    BOOST_TEST(misfit_of("vote.cast", R"({"vote":1})").path == "params.choice");
    BOOST_TEST(misfit_of("vote.cast", R"({"vote":1,"choice":"maybe"})").expected.find("approve") !=
               std::string::npos);
    BOOST_TEST(misfit_of("vote.cast", R"({"vote":-1,"choice":"approve"})").path == "params.vote");
    BOOST_TEST(misfit_of("vote.cast", R"({"vote":"1","choice":"approve"})").path == "params.vote");
    BOOST_TEST(misfit_of("vote.cast", "[]").path == "params");
    BOOST_TEST(
        misfit_of("roster.import", R"({"body":1,"members":[{"number":"1","name":2,"group":"","seat":""}]})")
            .path == "params.members[0].name");
    BOOST_TEST(misfit_of("meeting.create", R"({"body":1,"title":"a","term_no":4294967296,"session_no":1,
        "quorum":{"num":1,"den":2,"strict":true,"base":"all_members"}})")
                   .path == "params.term_no");
    // Newer clients may say more; members that may be empty may be absent.
    const auto more = decode_command("access_codes.issue", *parse_json(R"({"body":1,"colour":"red"})"));
    BOOST_TEST_REQUIRE((more && more->has_value()));
    BOOST_TEST(!std::get<IssueAccessCodes>(**more).person.has_value());
}

BOOST_AUTO_TEST_CASE(access_codes_are_read_however_they_are_typed)
{
    for (std::uint8_t i = 0; i < 50; ++i) {
        Seed seed{};
        seed.fill(i);
        const auto code = derive_access_code(seed, PersonId{i}, Role::delegate);
        const auto shown = code.reveal();
        BOOST_TEST((access_code_from_text(shown)->hash() == code.hash()));
        std::string typed;
        for (const char c : shown) {
            if (c == '-') {
                typed += ' ';
            } else {
                typed += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a'
                                           : c == '0'           ? 'o'
                                           : c == '1'           ? 'l'
                                                                : c);
            }
        }
        BOOST_TEST((access_code_from_text(typed)->hash() == code.hash()));
        BOOST_TEST(access_code_from_text(shown.substr(1)).has_error());
        BOOST_TEST(access_code_from_text(shown + "0").has_error());
        BOOST_TEST((derive_access_code(seed, PersonId{i}, Role::chair).hash() != code.hash()));
        BOOST_TEST((derive_access_code(seed, PersonId{i + 1U}, Role::delegate).hash() != code.hash()));
    }
    BOOST_TEST(access_code_from_text("").has_error());
    BOOST_TEST(access_code_from_text("UUUU-UUUU-UUUU-UUUU-UUUU-UUUU-UU").has_error());
}

BOOST_AUTO_TEST_SUITE_END()
