"""Finds declarations and functions in C++ text by its braces. Not a parser: it knows enough of the house
style (no macros that open braces except test cases) to be right about lengths, names and comments."""

import re
from dataclasses import dataclass


@dataclass
class Found:
    """One class, enum or function. Lines count from 1; `head` is its text up to the brace or semicolon."""
    kind: str           # "class", "function" or "forward"
    name: str
    first_line: int     # where its head starts, templates and attributes included
    name_line: int
    last_line: int
    depth: str          # "namespace" or "class": what it stands in
    head: str


LITERAL = re.compile(
    r'//[^\n]*'
    r'|/\*.*?\*/'
    r'|R"(?P<mark>[^()\\\s]{0,16})\(.*?\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'", re.DOTALL)


def _blank(match):
    text = match.group(0)
    ends = '""' if text[0] in '"R' else "0" if text[0] == "'" else " "
    return ends + "\n" * text.count("\n")


def strip_comments(text):
    """The same lines without comments, without the contents of literals and without preprocessor lines."""
    text = LITERAL.sub(_blank, text)
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda line: "\n" * line.group(0).count("\n"), text,
                  flags=re.MULTILINE)


def _without_templates(head):
    """`head` without its leading template<...> clauses, attributes and alignas."""
    head = re.sub(r"\[\[.*?\]\]|\balignas\s*\([^()]*\)", " ", head, flags=re.DOTALL)
    while match := re.match(r"\s*template\s*<", head):
        depth, at = 1, match.end()
        while at < len(head) and depth:
            depth += {"<": 1, ">": -1}.get(head[at], 0)
            at += 1
        head = head[at:]
    return head.strip()


def _has_top_level_assignment(head):
    """True for `x = `, false for `operator=`, comparisons and default arguments."""
    head = re.sub(r"\boperator\s*[^\s\w(]+", "operator", head)
    depth = 0
    for at, char in enumerate(head):
        depth += {"(": 1, ")": -1}.get(char, 0)
        alone = head[at + 1:at + 2] != "=" and head[at - 1:at] not in tuple("=!<>")
        if char == "=" and depth == 0 and alone:
            return True
    return False


def _function_name(head):
    if case := re.search(r"\bBOOST_\w*TEST_CASE\w*\s*\(\s*(\w+)", head):
        return case.group(1)
    if operator := re.search(r"\boperator\b\s*(?:\(\s*\)|[^\s(]+)", head):
        return operator.group(0)
    match = re.search(r"([~\w:]+)\s*(?:<[^()]*>)?\s*\(", head)
    return match.group(1) if match else ""


def _class_name(head):
    match = re.search(r"\b(?:class|struct|union|enum(?:\s+(?:class|struct))?)\s+([\w:]+)", head)
    return match.group(1) if match else ""


def _kind_of_brace(head, around):
    """What a `{` after `head` opens: namespace, class, function, member (set by a constructor), other."""
    bare = re.sub(r"^(?:(?:public|private|protected)\s*:\s*)+", "", _without_templates(head))
    if around not in ("namespace", "class"):
        return "other"
    if re.match(r"(?:inline\s+)?namespace\b", bare) or re.match(r'extern\s*""$', bare):
        return "namespace"
    begins_class = r"(?:(?:typedef|inline|static|constexpr|const|friend)\s+)*(?:class|struct|union|enum)\b"
    if re.match(begins_class, bare) and "(" not in bare and not _has_top_level_assignment(bare):
        return "class"
    if "(" not in bare or _has_top_level_assignment(bare):
        return "other"
    if re.search(r"\)[^()]*(?<!:):(?!:)", bare) and re.search(r"[\w>]\s*$", bare):
        return "member"
    return "function"


class _Scan:
    def __init__(self, text):
        self.original = text
        self.text = strip_comments(text)
        self.found = []
        self.stack = [("namespace", None)]
        self.start, self.parens = 0, 0
        self.folded = []  # brace pairs inside the current head, to be left out of it

    def line(self, at):
        return self.text.count("\n", 0, at) + 1

    def head(self, end):
        text, at = "", self.start
        for begin, finish in self.folded:
            text += self.text[at:begin] + " {}"
            at = finish
        return text + self.text[at:end]

    def reset(self, at):
        self.start, self.parens, self.folded = at, 0, []

    def add(self, kind, name, head, end):
        first = self.start + len(head) - len(head.lstrip())
        bare = head.lstrip()
        if label := re.match(r"(?:(?:public|private|protected)\s*:\s*)+", bare):
            first += label.end()
        short = name.rsplit("::", 1)[-1]
        at = self.text.find(short, first) if short else first
        found = Found(kind, name, self.line(first), self.line(max(at, first)), self.line(end),
                      self.stack[-1][0], " ".join(head.split()))
        self.found.append(found)
        return found

    def closing(self, at):
        depth = 0
        for index in range(at, len(self.text)):
            depth += {"{": 1, "}": -1}.get(self.text[index], 0)
            if depth == 0:
                return index
        return len(self.text) - 1

    def open_brace(self, at):
        head, around = self.head(at), self.stack[-1][0]
        kind = _kind_of_brace(head, around) if self.parens == 0 else "member"
        if kind in ("member", "other"):
            end = self.closing(at)
            self.folded.append((at, end + 1))
            return end
        if kind == "function":
            end = self.closing(at)
            self.add("function", _function_name(_without_templates(head)), head, end)
            self.reset(end + 1)
            return end
        found = None
        if kind == "class":
            found = self.add("class", _class_name(_without_templates(head)), head, at)
        self.stack.append((kind, found))
        self.reset(at + 1)
        return at

    def close_brace(self, at):
        kind, found = self.stack.pop() if len(self.stack) > 1 else self.stack[0]
        if found:
            found.last_line = self.line(at)
        self.reset(at + 1)
        if kind == "class":  # Variables declared after the class body belong to its declaration.
            end = self.text.find(";", at)
            if end >= 0 and "{" not in self.text[at:end]:
                self.reset(end + 1)
                return end
        return at

    def semicolon(self, at):
        head = self.head(at)
        bare = _without_templates(head)
        if re.match(r"(?:enum\s+)?(?:class|struct|union|enum)\s+[\w:]+(?:\s*:\s*[\w:]+)?\s*$", bare):
            self.add("forward", _class_name(bare), head, at)
        elif "(" in bare and not re.match(r"(?:using|typedef|static_assert|extern|friend)\b", bare):
            special = re.search(r"\)[^()]*=\s*(?:default|delete|0)$", bare)
            if special or not _has_top_level_assignment(bare):
                self.add("function", _function_name(bare), head, at)
        self.reset(at + 1)

    def end_of_macro(self, at):
        """MACRO(...) alone on its line, without a semicolon, ends like a statement."""
        if self.parens > 0 or self.text[at + 1:at + 2] != "\n":
            return
        whole = re.fullmatch(r"\s*[A-Z][A-Z0-9_]+\s*\(.*\)", self.head(at + 1), re.DOTALL)
        if whole and self.text[at + 1:].lstrip()[:1] != "{":
            self.reset(at + 1)

    def run(self):
        at = 0
        while at < len(self.text):
            char = self.text[at]
            if char == "{":
                at = self.open_brace(at)
            elif char == "}":
                at = self.close_brace(at)
            elif char == ";" and self.parens == 0:
                self.semicolon(at)
            elif char == "(":
                self.parens += 1
            elif char == ")":
                self.parens -= 1
                self.end_of_macro(at)
            at += 1
        return self.found


def scan(text):
    """Every class, enum, forward declaration and function at namespace or class level, in order."""
    return _Scan(text).run()
