#include "protocol/canonical_json.hpp"
#include "protocol/rules/outcome.hpp"
#include "protocol/rules/rule_book.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

BOOST_AUTO_TEST_SUITE(rule_book)

using namespace plenum;

// The books in schemas/rules as they ship, and what may stand in one.

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

/// Every shipped book by its file name.
std::map<std::string, RuleBook> shipped()
{
    std::map<std::string, RuleBook> books;
    for (const auto& file : fs::directory_iterator(fs::path(PLENUM_SOURCE_DIR) / "schemas/rules")) {
        const auto value = boost::json::parse(read(file.path()));
        auto book = from_json<RuleBook>(value);
        BOOST_REQUIRE_MESSAGE(book.has_value(),
                              file.path()
                                  << ": " << (book ? "" : book.error().path + " " + book.error().expected));
        books.emplace(file.path().filename().string(), std::move(*book));
    }
    return books;
}

const RuleProfile& rule(const RuleBook& book, const std::string& id)
{
    const auto found = std::ranges::find(book.rules, book.id + "." + id, &RuleProfile::id);
    BOOST_REQUIRE_MESSAGE(found != book.rules.end(), book.id << " has no " << id);
    return *found;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_shipped_book_can_be_adopted_and_says_nothing_a_reader_would_pass_over)
{
    std::set<std::string> rules;
    for (const auto& [name, book] : shipped())
        BOOST_TEST_CONTEXT(name)
        {
            const auto misfit = check_rule_book(book);
            BOOST_TEST(!misfit.has_value(), (misfit ? misfit->path + ": " + misfit->expected : ""));
            BOOST_TEST(name == book.id + ".json");
            for (const auto& one : book.rules) {
                BOOST_TEST(one.id.starts_with(book.id + "."));
                BOOST_TEST(rules.insert(one.id).second, one.id);
            }
            // A member misspelt in the file would be ignored by the codec.
            const auto file = fs::path(PLENUM_SOURCE_DIR) / "schemas/rules" / name;
            auto value = boost::json::parse(read(file));
            BOOST_TEST(canonical_json(value) == encode_rule_book(book));
            const auto again = decode_rule_book(encode_rule_book(book));
            BOOST_REQUIRE(again.has_value());
            BOOST_TEST((*again == book));
        }
    BOOST_TEST(rules.size() >= 60U);
}

// 全体 352: over half is 177, two thirds 235. 全体 35: 18 and 24. Parliament of 705: over half of the members
// is 353 whatever else happens; abstentions count for nothing.
BOOST_AUTO_TEST_CASE(the_shipped_rules_need_what_the_law_says)
{
    const auto books = shipped();
    const struct {
        const char* file;
        const char* id;
        std::uint32_t members;
        Tally tally;
        Verdict verdict;
    } cases[] = {
        {"cn.chongqing.congress.json", "motion", 352, {176, 100, 55, 0}, Verdict::not_passed},
        {"cn.chongqing.congress.json", "motion", 352, {177, 100, 54, 0}, Verdict::passed},
        {"cn.chongqing.standing_committee.json", "appointment", 35, {17, 9, 5, 0}, Verdict::not_passed},
        {"cn.chongqing.standing_committee.json", "appointment", 35, {18, 9, 4, 0}, Verdict::passed},
        {"cn.guangdong.congress.json", "motion", 352, {170, 3, 3, 100}, Verdict::invalid_low_participation},
        {"cn.guangdong.congress.json", "motion", 352, {177, 0, 0, 99}, Verdict::passed},
        {"cn.national_congress.json", "constitution_amendment", 2980, {1986, 0, 0, 900}, Verdict::not_passed},
        {"cn.national_congress.json", "constitution_amendment", 2980, {1987, 0, 0, 899}, Verdict::passed},
        {"cn.shanghai.congress.json", "put_off", 850, {166, 100, 66, 0}, Verdict::not_passed},
        {"cn.shanghai.congress.json", "put_off", 850, {166, 100, 65, 0}, Verdict::passed},
        {"eu.parliament.json", "simple_majority", 705, {200, 199, 250, 56}, Verdict::passed},
        {"eu.parliament.json", "simple_majority", 705, {200, 200, 0, 305}, Verdict::not_passed},
        {"eu.parliament.json", "majority_of_members", 705, {352, 0, 0, 353}, Verdict::not_passed},
        {"eu.parliament.json", "majority_of_members", 705, {353, 352, 0, 0}, Verdict::passed},
        {"eu.parliament.json", "two_thirds", 705, {400, 200, 105, 0}, Verdict::passed},
        {"eu.parliament.json", "two_thirds", 705, {399, 200, 106, 0}, Verdict::not_passed},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.file << " " << c.id << " " << c.tally.approve)
        {
            const auto& profile = rule(books.at(c.file), c.id);
            BOOST_TEST((decide_outcome(profile, c.members, c.tally, {}).verdict == c.verdict));
        }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_a_book_is_refused_by_name)
{
    const auto good = shipped().at("cn.chongqing.congress.json");
    const struct {
        const char* name;
        std::function<void(RuleBook&)> spoil;
        const char* path;
    } cases[] = {
        {"no id", [](RuleBook& book) { book.id.clear(); }, "id"},
        {"no English name", [](RuleBook& book) { book.name.en.clear(); }, "name"},
        {"for nobody", [](RuleBook& book) { book.body_kinds.clear(); }, "body_kinds"},
        {"without a rule", [](RuleBook& book) { book.rules.clear(); }, "rules"},
        {"too many rules", [](RuleBook& book) { book.rules.resize(rules_per_book_max + 1); }, "rules"},
        {"an id twice", [](RuleBook& book) { book.rules[1].id = book.rules[0].id; }, "rules[1].id"},
        {"a rule that cannot be", [](RuleBook& book) { book.rules[1].majority.den = 0; },
         "rules[1].majority.den"},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            auto book = good;
            c.spoil(book);
            const auto misfit = check_rule_book(book);
            BOOST_REQUIRE(misfit.has_value());
            BOOST_TEST(misfit->path == c.path);
        }
}

BOOST_AUTO_TEST_CASE(how_a_vote_is_conducted_is_left_open_and_what_decides_it_is_not)
{
    const auto book = shipped().at("cn.chongqing.congress.json");
    const auto fixed = fixed_rules(book);
    BOOST_TEST(fixed.size() == book.rules.size());
    const struct {
        const char* name;
        std::function<void(RuleProfile&)> change;
        bool is_left_open;
    } cases[] = {
        {"nothing", [](RuleProfile&) {}, true},
        {"press", [](RuleProfile& rule) { rule.press = PressPolicy::first; }, true},
        {"window", [](RuleProfile& rule) { rule.close = ClosePolicy::timer, rule.window_ms = 5'000; }, true},
        {"display", [](RuleProfile& rule) { rule.progress = ProgressDisplay::none; }, true},
        {"result", [](RuleProfile& rule) { rule.result = ResultDisplay::direct; }, true},
        {"quorum",
         [](RuleProfile& rule) {
             rule.quorum = {1, 2, true, Base::all_members};
         },
         false},
        {"majority", [](RuleProfile& rule) { rule.majority.base = Base::present; }, false},
        {"participation", [](RuleProfile& rule) { rule.min_participation = rule.quorum; }, false},
        {"method", [](RuleProfile& rule) { rule.method = VoteMethod::hands; }, false},
        {"tellers", [](RuleProfile& rule) { rule.tellers = 3; }, false},
        {"groups", [](RuleProfile& rule) { rule.groups = {"一团"}; }, false},
        {"articles", [](RuleProfile& rule) { rule.legal_basis.clear(); }, false},
    };
    for (const auto& c : cases)
        BOOST_TEST_CONTEXT(c.name)
        {
            auto changed = rule(book, "motion");
            c.change(changed);
            BOOST_TEST(fixed.contains(hash_of_what_is_fixed(changed)) == c.is_left_open);
        }
}

BOOST_AUTO_TEST_SUITE_END()
