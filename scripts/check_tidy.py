#!/usr/bin/env python3
"""Runs clang-tidy (list in .clang-tidy, every finding an error) over the sources of a configured build.

    scripts/check_tidy.py BUILD_DIR [SOURCE...]

Sources are looked at as they are compiled, several together: nine tenths of the time go into what all of
them include. What was clean is not looked at again until it, a header of ours it includes, its compile
command, the list of checks or clang-tidy itself changes: stamps lie in BUILD_DIR/tidy. Only the folders whose
mistakes would stay in the record are looked at, to keep a first run short.
"""

import concurrent.futures
import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from source_files import ROOT

FOLDERS = ("protocol/", "server/chamber/", "server/journal/", "server/clerk/")
AT_ONCE = 2
# Flags of GCC that clang does not know are no finding, nor are its own warnings: GCC's are errors already.
EXTRA = ["--extra-arg=-w", "--extra-arg=-Wno-unknown-warning-option"]


def sources_of(file):
    """Paths from the root of what is compiled as `file`: itself, or the sources CMake put together there."""
    if "/Unity/" not in file:
        return [os.path.relpath(file, ROOT)]
    return [os.path.relpath(name, ROOT) for name in re.findall(r'#include "(.*)"', Path(file).read_text())]


def compiled_files(build):
    """{what is compiled: (its sources, compile command)} of what the check covers."""
    found = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        file = os.path.join(entry["directory"], entry["file"])
        sources = sources_of(file)
        if sources[0].startswith(FOLDERS):
            found[file] = (sources, entry["command"])
    return found


def precompiled_by_clang(command, header, made):
    """Compiles the header GCC has precompiled once more for clang, which reads it in a third less time than
    all it includes; whether that worked."""
    flags = [flag for flag in shlex.split(command) if flag.startswith(("-D", "-I", "-O", "-std", "-f"))]
    system = re.findall(r"-isystem \S+", command)
    flags += " ".join(system).split() + ["-w", "-x", "c++-header"]
    done = subprocess.run(["clang++", *flags, header, "-o", str(made)], check=False, capture_output=True)
    return done.returncode == 0


def database_for_clang(build, tidy):
    """A compile database clang can use: GCC's precompiled header means nothing to it."""
    entries = json.loads((build / "compile_commands.json").read_text())
    made = tidy / "vocabulary.pch"
    instead = None
    for entry in entries:
        command = re.sub(r"-fpch-preprocess ", "", entry["command"])
        if used := re.search(r"-Winvalid-pch .*?-include (\S*cmake_pch\.hxx) ", command):
            plain = command.replace(used.group(0), "")
            if instead is None:
                works = precompiled_by_clang(plain, used.group(1), made)
                instead = f"-include-pch {made} " if works else ""
            command = command.replace(used.group(0), instead)
        entry["command"] = command
    (tidy / "compile_commands.json").write_text(json.dumps(entries))


def ours_included(name, seen):
    """Adds `name` and every header of ours it leads to, by the rule that these are written from the root."""
    if name in seen or not (ROOT / name).is_file():
        return seen
    seen[name] = (ROOT / name).read_bytes()
    for header in re.findall(rb'^[ \t]*#[ \t]*include[ \t]*"([^"\n]+)"', seen[name], re.MULTILINE):
        ours_included(header.decode(), seen)
    return seen


def stamp_of(sources, command, version):
    digest = hashlib.sha256()
    parts = [version, (ROOT / ".clang-tidy").read_bytes(), command.encode(), " ".join(EXTRA).encode()]
    read = {}
    for name in sources:
        ours_included(name, read)
    for part in parts + [piece for pair in sorted(read.items()) for piece in pair]:
        part = part.encode() if isinstance(part, str) else part
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.hexdigest()


def findings_in(output):
    """What clang-tidy said, without what clang 14 cannot read in GCC's own headers (parts of <ranges>): the
    compiler is GCC, and the rest of such a file is checked all the same."""
    kept, keeping = [], True
    for line in output.replace(f"{ROOT}/", "").split("\n"):
        if located := re.match(r"(\S[^:]*):\d+:\d+: (?:warning|(?:fatal )?error): (.*)", line):
            library = located.group(1).startswith("/usr/")
            keeping = not (library and located.group(2).endswith("[clang-diagnostic-error]"))
        elif re.match(r"\d+ (warnings?|errors?)\b|Error while processing|Found compiler error", line):
            continue
        if keeping and line.strip():
            kept.append(line)
    return "\n".join(kept)


def look_at(database, file, stamp):
    """What there is to say about a file; leaves the stamp and answers nothing when it is clean."""
    command = ["clang-tidy", "--quiet", "-p", str(database), f"--config-file={ROOT / '.clang-tidy'}", *EXTRA]
    done = subprocess.run([*command, file], cwd=ROOT, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode not in (0, 1):
        return f"{file}: clang-tidy ended with {done.returncode}\n{done.stdout}"
    findings = findings_in(done.stdout)
    if not findings:
        stamp.touch()
    return findings


def main(arguments):
    build = Path(arguments[0]).resolve()
    stamps = build / "tidy"
    stamps.mkdir(exist_ok=True)
    database_for_clang(build, stamps)
    version = subprocess.run(["clang-tidy", "--version"], check=True, capture_output=True).stdout
    named = set(arguments[1:])
    files = {file: (sources, command) for file, (sources, command) in sorted(compiled_files(build).items())
             if not named or named & set(sources)}
    wanted = {file: stamp_of(sources, command, version) for file, (sources, command) in files.items()}
    fresh = [file for file, stamp in wanted.items() if not (stamps / stamp).exists()]
    failed, printed = 0, set()
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        for text in pool.map(lambda file: look_at(stamps, file, stamps / wanted[file]), fresh):
            failed += text != ""
            if text and text not in printed:  # A header's finding comes with every file that includes it.
                print(text, flush=True)
                printed.add(text)
    print(f"{sum(len(sources) for sources, _ in files.values())} sources, compiled as {len(wanted)} files; "
          f"{len(wanted) - len(fresh)} known to be clean, {failed} with findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
