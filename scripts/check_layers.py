#!/usr/bin/env python3
"""Who may include what: the table of docs/architecture.md, enforced. CMake's link lines repeat half of it.

    scripts/check_layers.py               prints each offending include of the tree; exit 1 if there is one
    scripts/check_layers.py --self-test   plants one bad include after another and must see each refused
"""

import contextlib
import io
import re
import sys
import tempfile
from pathlib import Path

from cpp_scan import strip_comments
from source_files import ROOT, source_files

# A folder, and the folders of ours it may include from (besides itself). The longest matching folder counts.
# "server" is main: the files beside the folders of the server. A new folder of the server needs a row here.
# It reads bundles with the auditor's reader; the auditor knows nothing of the server.
LAYERS = {
    "protocol": [],
    "server/chamber": ["protocol"],
    "server/journal": ["protocol"],
    "server/intake": ["protocol"],
    "server/papers": ["protocol"],
    "server/records": ["protocol"],
    "server/gateway": ["protocol"],
    "server/clerk": ["protocol", "server/chamber", "server/journal"],
    "server": ["protocol", "server", "clients/audit"],
    "clients/link": ["protocol"],
    "clients/audit": ["protocol"],
    "clients/demo": ["protocol", "clients/link", "clients/replay"],
    "clients": ["protocol", "clients/link"],
    "tests": ["protocol", "server", "clients", "tests", "bench"],
    "bench": ["protocol", "server", "clients", "tests", "bench"],
}
FREE = ("tests", "bench")

# Headers only these places may include: (what, header pattern, files that may). Tests and benches are free.
ONLY_IN = [
    ("Beast and Asio", r"boost/(asio|beast)\b", r"(server/gateway|clients/link)/"),
    ("spdlog", r"spdlog/", r"(server/(gateway|clerk)/|server/[^/]+$|clients/\w+/main\.cpp$)"),
    ("SQLite", r"(SQLiteCpp/|sqlite3\.h$)", r"server/records/"),
    ("ICU", r"unicode/", r"server/(intake|papers)/"),
    ("libarchive", r"archive(_entry)?\.h$", r"(server/papers|clients/audit|clients/replay)/"),
]

# The pure folders: what they may include from outside at all, and which standard headers they may not.
PURE_BOOST = r"boost/(system|describe|json|mp11)(/|\.hpp$)|boost/assert/source_location\.hpp$"
PURE_OUTSIDE = {
    "protocol": rf"{PURE_BOOST}|sodium\.h$|decaf/",
    "server/chamber": PURE_BOOST,
}
IMPURE_STANDARD = set("""barrier chrono condition_variable ctime filesystem fstream future iostream latch
    mutex random semaphore shared_mutex stop_token thread""".split())
# No clock and no randomness of their own by another door either.
IMPURE_WORDS = (r"\b(system_clock|steady_clock|random_device|getrandom|randombytes\w*"
                r"|crypto_\w+_(?:keygen|(?<!seed_)keypair|random))\b")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:<([^>\n]+)>|"([^"\n]+)")', re.MULTILINE)


def layer_of(path):
    """The longest folder of LAYERS that `path` (a file) stands in, or None."""
    folders = [folder for folder in LAYERS if path.startswith(folder + "/")]
    layer = max(folders, key=len, default=None)
    if layer == "server" and "/" in path.removeprefix("server/"):
        return None  # An unknown folder of the server is not main.
    return layer


def is_standard(header):
    return "/" not in header and "." not in header


def check_ours(name, layer, header):
    """`header` is written from the repository root; may `layer` see it?"""
    target = layer_of(header)
    if header.startswith(".") or target is None:
        return "our includes are written from the repository root"
    own = layer if layer != "clients" else "/".join(name.split("/")[:2])
    allowed = [own] + LAYERS[layer]
    if any(header.startswith(folder + "/") for folder in allowed):
        return None
    return f"{own} may include only {', '.join(allowed)}"


def check_outside(name, layer, header):
    if layer in FREE:
        return None
    if layer_of(header) is not None:
        return "our includes are written with quotes"
    for what, pattern, places in ONLY_IN:
        if re.match(pattern, header) and not re.match(places, name):
            return f"{what} is not for this place"
    if layer in PURE_OUTSIDE:
        if is_standard(header):
            impure = header in IMPURE_STANDARD
            return f"{layer} is pure: no clock, thread, file or randomness" if impure else None
        if not re.match(PURE_OUTSIDE[layer], header):
            return f"{layer} may not use this library"
    return None


def check_file(name, text):
    """(line, offending text, why) for each finding."""
    layer = layer_of(name)
    if layer is None:
        yield 1, name, "a folder without a row in scripts/check_layers.py"
        return
    for match in INCLUDE.finditer(text):
        outside, ours = match.groups()
        why = check_outside(name, layer, outside) if outside else check_ours(name, layer, ours)
        if why:
            yield text.count("\n", 0, match.start()) + 1, match.group(0).strip(), why
    if layer in PURE_OUTSIDE:
        for match in re.finditer(IMPURE_WORDS, code := strip_comments(text)):
            why = f"{layer} is pure: time and randomness are arguments"
            yield code.count("\n", 0, match.start()) + 1, match.group(1), why


def check(root, names):
    """Prints every finding and returns how many."""
    count = 0
    for name in names:
        if not name.endswith((".cpp", ".hpp")):
            continue
        for line, offending, why in check_file(name, (Path(root) / name).read_text(encoding="utf-8")):
            print(f"{name}:{line}: {offending}: {why}")
            count += 1
    return count


GOOD = [
    ("protocol/a.cpp", '#include "protocol/rules/b.hpp"\n#include <vector>\n#include <boost/json/value.hpp>\n'
                       '#include <boost/describe.hpp>\n#include <sodium.h>\n#include <cstring>\n'
                       'void f() { crypto_sign_seed_keypair(p, s, seed); }  // unlike crypto_sign_keypair\n'),
    ("server/chamber/a.cpp", '#include "protocol/b.hpp"\n#include "server/chamber/c.hpp"\n#include <map>\n'),
    ("server/journal/a.cpp", '#include "protocol/b.hpp"\n#include <fcntl.h>\n#include <thread>\n'),
    ("server/clerk/a.cpp", '#include "server/chamber/b.hpp"\n#include "server/journal/b.hpp"\n'
                           '#include <spdlog/spdlog.h>\n'),
    ("server/gateway/a.cpp", '#include "protocol/b.hpp"\n#include <boost/beast/core.hpp>\n'),
    ("server/main.cpp", '#include "server/gateway/b.hpp"\n#include "server/clerk/b.hpp"\n'
                        '#include "server/c.hpp"\n#include <spdlog/spdlog.h>\n'),
    ("clients/link/a.cpp", '#include "protocol/b.hpp"\n#include <boost/asio.hpp>\n'),
    ("clients/replay/main.cpp", '#include "clients/link/b.hpp"\n#include "clients/replay/c.hpp"\n'
                                '#include <archive.h>\n#include <spdlog/spdlog.h>\n'),
    ("clients/audit/a.cpp", '#include "protocol/audit/b.hpp"\n#include <archive_entry.h>\n'),
    ("clients/demo/a.cpp", '#include "clients/replay/b.hpp"\n#include "clients/demo/c.hpp"\n'),
    ("tests/server/clerk/a_test.cpp", '#include "server/gateway/b.hpp"\n#include "tests/sim/c.hpp"\n'
                                      '#include <boost/asio.hpp>\n'),
    ("bench/a.cpp", '#include "clients/link/b.hpp"\n#include <chrono>\n'),
]

BAD = [
    ("protocol/a.hpp", '#include "server/chamber/b.hpp"'),
    ("protocol/a.hpp", '#include "clients/link/b.hpp"'),
    ("protocol/a.hpp", '#include "b.hpp"'), ("protocol/a.hpp", '#include "../protocol/b.hpp"'),
    ("protocol/a.hpp", "#include <chrono>"), ("protocol/a.hpp", "#  include <random>"),
    ("protocol/a.hpp", "#include <thread>"), ("protocol/a.hpp", "#include <mutex>"),
    ("protocol/a.hpp", "#include <fstream>"), ("protocol/a.hpp", "#include <filesystem>"),
    ("protocol/rules/a.cpp", "#include <iostream>"), ("protocol/a.hpp", "#include <boost/asio/buffer.hpp>"),
    ("protocol/a.hpp", "#include <boost/beast.hpp>"),
    ("protocol/a.hpp", "#include <boost/container/map.hpp>"),
    ("protocol/a.hpp", "#include <spdlog/spdlog.h>"), ("protocol/a.hpp", "#include <unistd.h>"),
    ("protocol/a.hpp", "#include <openssl/sha.h>"),
    ("protocol/a.cpp", "void f() { randombytes_buf(a, 32); }"),
    ("protocol/a.cpp", "void f() { crypto_sign_keypair(p, s); }"),
    ("server/chamber/a.cpp", "auto t = std::chrono::system_clock::now();"),
    ("protocol/a.hpp", "#include <protocol/b.hpp>"), ("server/chamber/a.cpp", "#include <sodium.h>"),
    ("server/chamber/a.cpp", "#include <chrono>"), ("server/chamber/a.cpp", "#include <random>"),
    ("server/chamber/a.cpp", '#include "server/journal/b.hpp"'),
    ("server/chamber/a.cpp", '#include "server/clerk/b.hpp"'),
    ("server/chamber/a.cpp", "#include <sys/types.h>"),
    ("server/journal/a.cpp", '#include "server/chamber/b.hpp"'),
    ("server/journal/a.cpp", "#include <spdlog/spdlog.h>"), ("server/journal/a.cpp", "#include <archive.h>"),
    ("server/intake/a.cpp", '#include "server/papers/b.hpp"'),
    ("server/papers/a.cpp", '#include "server/journal/b.hpp"'),
    ("server/records/a.cpp", '#include "server/journal/b.hpp"'),
    ("server/clerk/a.cpp", "#include <SQLiteCpp/SQLiteCpp.h>"),
    ("server/gateway/a.cpp", '#include "server/clerk/b.hpp"'),
    ("server/gateway/a.cpp", '#include "server/main.hpp"'),
    ("server/clerk/a.cpp", '#include "server/gateway/b.hpp"'),
    ("server/clerk/a.cpp", "#include <boost/asio/io_context.hpp>"),
    ("server/main.cpp", "#include <boost/asio/ssl.hpp>"),
    ("server/main.cpp", '#include "clients/link/b.hpp"'),
    ("server/newcomer/a.cpp", '#include "protocol/b.hpp"'),
    ("clients/link/a.cpp", '#include "server/gateway/b.hpp"'),
    ("clients/audit/a.cpp", '#include "clients/link/b.hpp"'),
    ("clients/audit/a.cpp", '#include "server/chamber/b.hpp"'),
    ("clients/audit/a.cpp", "#include <spdlog/spdlog.h>"),
    ("clients/replay/a.cpp", '#include "clients/audit/b.hpp"'),
    ("clients/replay/a.cpp", "#include <boost/beast/websocket.hpp>"),
    ("tests/protocol/a_test.cpp", '#include "a.hpp"'),
]


def self_test():
    """Each sample stands alone in a tree of its own and goes the whole way through check()."""
    failures = 0
    for name, text in GOOD + BAD:
        with tempfile.TemporaryDirectory() as root:
            path = Path(root) / name
            path.parent.mkdir(parents=True)
            path.write_text(text + "\n", encoding="utf-8")
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                refused = check(root, [name])
            if refused != ((name, text) in BAD):
                print(f"judged wrongly: {name}: {text!r}: {printed.getvalue().strip() or 'not refused'}")
                failures += 1
    print(f"self-test: {len(BAD)} bad includes planted, {len(GOOD)} good files, {failures} judged wrongly")
    return failures


if __name__ == "__main__":
    if "--self-test" in sys.argv:
        sys.exit(1 if self_test() else 0)
    found = check(ROOT, source_files())
    print(f"{found} includes against the layers")
    sys.exit(1 if found else 0)
