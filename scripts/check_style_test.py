"""What check_style.py and cpp_scan.py must see, and what they must let pass."""

import io
import unittest

from check_style import check_text
from cpp_scan import scan

HEADER = """#pragma once
#include <string>
namespace plenum {

/// Documented, with a template above it.
template <class T, int n = 3>
class Roster final : public Base<T> {
public:
    explicit Roster(int seats = {}) : seats_{seats}, names_(seats) { seats_ = 1; }
    void undocumented_members_are_fine();
    bool operator==(const Roster&) const = default;

private:
    int seats_ = 0;
};

class Declared;
struct Bare { int x; };
BOOST_DESCRIBE_STRUCT(Bare, (), (x))

enum class Colour : unsigned {
    red, ///< documented by its enumerators
    blue
};

struct OnTheWire {
    static constexpr std::string_view kind = "on.the_wire";
};

/// One comment for a block of lines.
std::string to_text(int value);
std::string from_text(std::string_view text = "{;}");

inline int lonely(int a) { return a + '{' + R"x(})x"[0]; }

/// Again.
int lonely_twin(int a);

int lonely_twin(long a);
inline constexpr int limit = lonely(3);
const auto table = std::map<int, int>{{1, 2}, {3, 4}};
using Callback = std::function<void(int)>;
static_assert(sizeof(int) == 4);
template <>
struct std::hash<int> {};

} // namespace plenum
"""


def body_of(lines):
    return "".join(f"    step_{n}();\n" for n in range(lines - 3))


def whats(name, text):
    return [what for _, what in check_text(name, text)]


class Scanning(unittest.TestCase):
    def test_declarations_of_a_header_are_found_where_they_stand(self):
        found = [(f.kind, f.name, f.first_line, f.last_line) for f in scan(HEADER) if f.depth == "namespace"]
        self.assertEqual(found, [
            ("class", "Roster", 6, 15), ("forward", "Declared", 17, 17), ("class", "Bare", 18, 18),
            ("class", "Colour", 21, 24), ("class", "OnTheWire", 26, 28), ("function", "to_text", 31, 31),
            ("function", "from_text", 32, 32), ("function", "lonely", 34, 34),
            ("function", "lonely_twin", 37, 37), ("function", "lonely_twin", 39, 39),
            ("class", "std::hash", 44, 45)])

    def test_a_constructor_with_braced_members_is_one_function(self):
        found = [(f.name, f.name_line, f.last_line) for f in scan(HEADER) if f.depth == "class"]
        self.assertEqual(found, [("Roster", 9, 9), ("undocumented_members_are_fine", 10, 10),
                                 ("operator==", 11, 11)])
        out_of_class = ("Segment::Segment(int a)\n    : a_{a},\n      b_{[&] { return a; }()}\n"
                        "{\n    use();\n}\n")
        self.assertEqual([(f.name, f.last_line) for f in scan(out_of_class)], [("Segment::Segment", 6)])

    def test_bodies_may_hold_lambdas_loops_local_types_and_odd_literals(self):
        text = ("namespace {\nint f() noexcept\n{\n    struct Local { int x; } l{1};\n"
                "    auto g = [&](char c) { if (c == '{' || c == '\\'') { return \"}\\\"{\"; }"
                " return \"\"; };\n"
                "    for (int n = 1'000; n; --n) { g('}'); } // }\n    /* { */ return R\"(})\"[0];\n}\n"
                "extern \"C\" {\nint after(void)\n{\n    return 0;\n}\n}\n}\n")
        self.assertEqual([(f.name, f.name_line, f.last_line) for f in scan(text)],
                         [("f", 2, 8), ("after", 10, 13)])

    def test_test_cases_are_functions_named_by_their_sentence(self):
        text = ("BOOST_AUTO_TEST_SUITE(suite)\n"
                "BOOST_AUTO_TEST_CASE(a_late_press_is_refused)\n{\n    x();\n}\n"
                "BOOST_FIXTURE_TEST_CASE(another, Chamber, *boost::unit_test::label(\"long\")) {}\n")
        self.assertEqual([f.name for f in scan(text)], ["a_late_press_is_refused", "another"])


class Rules(unittest.TestCase):
    def test_a_function_of_70_lines_passes_and_of_71_does_not(self):
        for kind, start in (("free", "int f()\n{\n"), ("lambda inside", "void g()\n{\n")):
            with self.subTest(kind):
                self.assertEqual(whats("server/clerk/a.cpp", start + body_of(70) + "}\n"), [])
                self.assertEqual(len(whats("server/clerk/a.cpp", start + body_of(71) + "}\n")), 1)
        long_method = "namespace a {\nclass B {\n    void m()\n    {\n" + body_of(71) + "    }\n};\n}\n"
        self.assertEqual(whats("server/clerk/a.cpp", long_method), ["function m of 71 lines (at most 70)"])
        python = "def f():\n" + "    x = 1\n" * 70
        self.assertEqual(whats("scripts/a.py", python), ["function f of 71 lines (at most 70)"])

    def test_lines_and_files_have_their_limits(self):
        self.assertEqual(whats("protocol/a.cpp", "/" * 110 + "\n"), [])
        for name in ("protocol/a.cpp", "clients/web/src/a.svelte", "scripts/a.py"):
            self.assertEqual(whats(name, "#" * 111 + "\n"), ["line of 111 characters (at most 110)"])
        self.assertEqual(whats("docs/a.md", "x" * 400), [])
        self.assertEqual(whats("protocol/a.cpp", "\n" * 400), [])
        self.assertEqual(whats("protocol/a.cpp", "\n" * 401), ["file of 401 lines (at most 400)"])
        self.assertEqual(whats("tests/protocol/a_test.cpp", "\n" * 800), [])
        self.assertEqual(whats("bench/a.cpp", "\n" * 801), ["file of 801 lines (at most 800)"])
        self.assertEqual(whats("clients/web/src/generated/a.ts", "x" * 500), [])
        self.assertEqual(whats("clients/web/src/a.ts", "// Generated by a script\n" + "x" * 500), [])

    def test_names_that_say_nothing_are_refused(self):
        for name, text in (("server/utils.cpp", ""), ("server/clerk/seat_manager.hpp", ""),
                           ("server/clerk/a.cpp", "class SeatManager {};\n"),
                           ("server/clerk/a.cpp", "int text_util(int a)\n{\n    return a;\n}\n"),
                           ("clients/web/src/a.ts", "export function dateHelper() {}\n"),
                           ("scripts/a.py", "def common():\n    pass\n"),
                           ("scripts/a.sh", "test_helper() { true; }\n")):
            with self.subTest(name=name, text=text):
                self.assertEqual(len(whats(name, text)), 1)
        for text in ("std::common_type_t<int, int> x;\n", "// a common mistake\n", "class Utilisation {};\n"):
            self.assertEqual(whats("server/clerk/a.cpp", text), [])

    def test_words_that_must_not_be_committed_are_found(self):
        for text in ("// TOD" + "O later", "// FIXM" + "E", 'open("/wor' + 'k/x")', "see issue" + " 12",
                     "cd /tmp/buil" + "d-mine", '"/hom' + 'e/someone/x"', "<" * 7 + " HEAD",
                     ">" * 7 + " other"):
            with self.subTest(text):
                self.assertEqual(len(whats("server/clerk/a.cpp", text + "\n")), 1)
        for text in ('mkstemp("plenum-XXXXXX")', "https://a.org/work/x", "server/work/x",
                     "the issue is closed", '"/tmp/plenum-test"', "//work in progress is fine"):
            with self.subTest(text):
                self.assertEqual(whats("server/clerk/a.cpp", text + "\n"), [])

    def test_public_declarations_need_a_comment_but_a_block_needs_only_one(self):
        missing = "public declaration without a /// comment: "
        self.assertEqual(whats("protocol/a.hpp", HEADER), [missing + "Bare", missing + "lonely"])
        self.assertEqual(whats("tests/a.hpp", HEADER), [])
        overloads = "namespace a {\nvoid f(int);\n\nvoid f(long);\n}\n"
        self.assertEqual(whats("protocol/a.hpp", overloads), [missing + "f"])
        documented = overloads.replace("void f(int)", "/// Why.\nvoid f(int)")
        self.assertEqual(whats("protocol/a.hpp", documented), [])

    def test_chinese_texts_have_chinese_punctuation(self):
        for literal in ("没有,有", "说明:", "(新)", "第1次)", "请签到 / sign in, 好:x", "好。(注"):
            with self.subTest(literal):
                self.assertEqual(len(whats("server/clerk/a.cpp", f'auto a = "{literal}";\n')), 1)
                self.assertEqual(whats("tests/server/a.cpp", f'auto a = "{literal}";\n'), [])
        for text in ('f("没有，有：（新）", "none, some: (new)");', 'f("语言 / language: zh, en");', "f(u); // 签到, 签退",
                     'f("JSON文件", "(", ")");', "/// 主席: chair\n"):
            with self.subTest(text):
                self.assertEqual(whats("server/clerk/a.cpp", text + "\n"), [])

    def test_lock_files_name_the_public_registry(self):
        lock = '{"packages": {"": {}, "a": {"resolved": "%s"}, "b": {"resolved": "../b", "link": true}}}'
        name = "clients/web/package-lock.json"
        self.assertEqual(whats(name, lock % "https://registry.npmjs.org/a/-/a-1.tgz"), [])
        self.assertEqual(len(whats(name, lock % "http://localhost:4873/a-1.tgz")), 1)


def run():
    """Prints a line when all is well, the failures otherwise; answers the exit code."""
    tests = unittest.defaultTestLoader.loadTestsFromName(__name__)
    failures = io.StringIO()
    result = unittest.TextTestRunner(stream=failures, verbosity=0).run(tests)
    print(f"self-test: {result.testsRun} tests" if result.wasSuccessful() else failures.getvalue())
    return 0 if result.wasSuccessful() else 1
