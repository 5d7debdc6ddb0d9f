#!/usr/bin/env python3
"""The house style as code: lengths, names, comments on public declarations, words that must not be committed.

    scripts/check_style.py               prints `file:line: what is wrong` for the tree; exit 1 on findings
    scripts/check_style.py --self-test   each rule must catch what it should and let the rest pass
"""

import ast
import json
import re
import sys
from pathlib import Path

from cpp_scan import LITERAL, scan
from source_files import ROOT, is_generated, source_files

LINE_MAX = 110
FILE_MAX = 400
TEST_FILE_MAX = 800  # files below tests/ and bench/
FUNCTION_MAX = 70

CPP = (".cpp", ".hpp")
SCRIPT = (".ts", ".js", ".mjs", ".svelte")
TEXT = CPP + SCRIPT + (".py", ".sh", ".go", ".cmake", ".txt", ".md", ".yml", ".yaml", ".sql", ".html", ".css")

# Spelled in pieces where the pattern would otherwise find itself.
UNFINISHED = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b")
UNMERGED = re.compile(r"^(?:<{7}|>{7}) ")
MACHINE_PATH = re.compile(r"(?<![\w.:/@-])/(?:work/|tmp/build-|root/|Users/|home/[a-z])")
ISSUE_NUMBER = re.compile(r"\b[Ii]ssue #?\d+\b")
WIRE_NAME = re.compile(r'\bstring_view (?:kind|method) = "')
HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
ASCII_PUNCTUATION = re.compile(rf"[{HAN}，。；：（）？！“”、][,;:?!()]|[,;:?!()][{HAN}，。；：（）？！“”、]")
BANNED_WORDS = {"util", "utils", "manager", "managers", "common", "helper", "helpers"}


def language(name, first_line):
    """The ending that decides which rules hold; scripts without one are told by their first line."""
    suffix = Path(name).suffix
    if suffix in TEXT:
        return suffix
    if re.match(r"#!.*\b(?:ba)?sh\b", first_line):
        return ".sh"
    if re.match(r"#!.*\bpython", first_line):
        return ".py"
    return ""


def words(identifier):
    """`SeatManager`, `seat_manager` and `seat-manager` are all seat, manager."""
    parts = re.split(r"[\W_]+", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", identifier))
    return {part.lower() for part in parts if part}


def banned_name(identifier):
    return sorted(words(identifier) & BANNED_WORDS)


def check_lengths(name, kind, lines):
    if kind in CPP + SCRIPT + (".py", ".sh"):
        for number, line in enumerate(lines, 1):
            if len(line) > LINE_MAX:
                yield number, f"line of {len(line)} characters (at most {LINE_MAX})"
    if kind in CPP + SCRIPT + (".py", ".sh", ".go", ".cmake"):
        limit = TEST_FILE_MAX if re.match(r"(tests|bench)/", name) else FILE_MAX
        if len(lines) > limit:
            yield 1, f"file of {len(lines)} lines (at most {limit})"


def check_words(kind, lines):
    for number, line in enumerate(lines, 1):
        if kind != ".md" and UNFINISHED.search(line):
            yield number, "unfinished work: decide it now or write a decision record"
        if UNMERGED.match(line):
            yield number, "two versions of a line: choose one"
        if MACHINE_PATH.search(line):
            yield number, "a path of one machine"
        if ISSUE_NUMBER.search(line):
            yield number, "an issue number: say what it is instead"


def check_punctuation(name, kind, text):
    """What users read in Chinese has Chinese punctuation."""
    if kind not in CPP or name.startswith(("tests/", "bench/")):
        return
    for match in LITERAL.finditer(text):
        literal = match.group(0)
        if literal[0] in '"R' and (found := ASCII_PUNCTUATION.search(literal)):
            line = text.count("\n", 0, match.start()) + 1
            yield line, f"ASCII punctuation in Chinese text: {found.group(0)}"


def names_defined(kind, text):
    """(line, name) of the types and functions a file defines."""
    if kind in CPP:
        return [(found.name_line, found.name) for found in scan(text) if found.kind != "forward"]
    if kind == ".py":
        return [(node.lineno, node.name) for node in ast.walk(ast.parse(text))
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))]
    if kind in SCRIPT:
        pattern = (r"^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?"
                   r"(?:function\*?|class|interface|type|enum)\s+(\w+)")
    elif kind == ".sh":
        pattern = r"^\s*(?:function\s+)?([\w-]+)\s*\(\)"
    else:
        return []
    return [(number, match.group(1)) for number, line in enumerate(text.split("\n"), 1)
            if (match := re.match(pattern, line))]


def check_names(name, kind, text):
    for bad in banned_name(str(Path(name).with_suffix(""))):
        yield 1, f"file name says nothing: {bad}"
    for number, identifier in names_defined(kind, text):
        for bad in banned_name(identifier):
            yield number, f"name says nothing: {identifier} ({bad})"


def check_functions(kind, text):
    if kind in CPP:
        spans = [(found.name_line, found.last_line, found.name)
                 for found in scan(text) if found.kind == "function"]
    elif kind == ".py":
        spans = [(node.lineno, node.end_lineno, node.name) for node in ast.walk(ast.parse(text))
                 if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    else:
        return
    for first, last, name in spans:
        if last - first + 1 > FUNCTION_MAX:
            yield first, f"function {name} of {last - first + 1} lines (at most {FUNCTION_MAX})"


def needs_comment(found):
    """Operators, forward declarations and definitions of names declared elsewhere speak for themselves."""
    return (found.depth == "namespace" and found.kind != "forward" and "::" not in found.name and found.name
            and "operator" not in found.head and not re.match(r"template\s*<\s*>", found.head)
            and not re.fullmatch(r"[A-Z][A-Z0-9_]+", found.name))


def check_comments(kind, name, text, lines):
    """A public declaration has `///` above it, inside it (members, enumerators), above the block of lines it
    stands in, or at an earlier declaration of the same name; or it says its name on the wire."""
    if kind != ".hpp" or name.startswith(("tests/", "bench/")):
        return
    documented_until, documented_names = 0, set()
    for found in scan(text):
        if found.depth != "namespace":
            continue
        above = lines[found.first_line - 2].strip() if found.first_line > 1 else ""
        inside = "\n".join(lines[found.first_line - 1:found.last_line])
        if above.startswith("///") or "///" in inside or WIRE_NAME.search(inside) \
                or found.name in documented_names or 0 < documented_until == found.first_line - 1:
            documented_until = found.last_line
            documented_names.add(found.name)
        elif needs_comment(found):
            documented_names.add(found.name)  # Overloads want one comment, and one finding.
            yield found.name_line, f"public declaration without a /// comment: {found.name}"


def check_lock_file(text):
    """Packages must come from the public registry, whatever this machine asks."""
    for name, package in json.loads(text).get("packages", {}).items():
        resolved = package.get("resolved", "https://registry.npmjs.org/")
        if not package.get("link") and not resolved.startswith("https://registry.npmjs.org/"):
            yield 1, f"{name} is locked to {resolved}"


def check_text(name, text):
    """All findings of one file as (line, what)."""
    if name.endswith("package-lock.json"):
        return sorted(check_lock_file(text))
    lines = text.split("\n")
    if lines and lines[-1] == "":
        lines.pop()
    kind = language(name, lines[0] if lines else "")
    if not kind or is_generated(name, text):
        return []
    findings = list(check_words(kind, lines)) + list(check_lengths(name, kind, lines))
    findings += list(check_names(name, kind, text)) + list(check_functions(kind, text))
    findings += list(check_comments(kind, name, text, lines)) + list(check_punctuation(name, kind, text))
    return sorted(findings)


def check_tree(root=ROOT):
    count = 0
    names = [name for name in source_files(root) if not name.startswith("tests/fuzz/corpus/")]
    for name in names:
        try:
            text = (Path(root) / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            if Path(name).suffix not in TEXT:
                continue
            print(f"{name}:1: not UTF-8")
            count += 1
            continue
        for number, what in check_text(name, text):
            print(f"{name}:{number}: {what}")
            count += 1
    print(f"{len(names)} files, {count} findings")
    return count


if __name__ == "__main__":
    if "--self-test" in sys.argv:
        import check_style_test
        sys.exit(check_style_test.run())
    sys.exit(1 if check_tree() else 0)
