#!/usr/bin/env python3
"""plenum-demo as somebody at the screens has it: tests/demo/live.py BIN_FOLDER PAGES FOLDER

Starts the committee on plain loopback, and once more with --host over TLS. After the first interrupt the
members' record must be there and verify, and the checker's page must still be served; the second interrupt
ends it. Exit 1 otherwise, 77 when the pages have not been built.
"""

import re
import signal
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path

INVITED = re.compile(r"(https?://\S+)/console\.html#code=")
CHECKER = re.compile(r"(https?://\S+/verify\.html)")
AUTHORITY = re.compile(r"(/\S+/tls/ca\.crt)")
PATIENCE_S = 120
SKIPPED = 77


class Failed(Exception):
    """What a person should read; no traceback."""


def demand(holds, why):
    if not holds:
        raise Failed(why)


def read_until(demo, said, pattern):
    """Reads what the demo says until it has said this; answers the match."""
    for line in demo.stdout:
        said.append(line)
        found = pattern.search(line)
        if found:
            return found
    raise Failed(f"it never said {pattern.pattern}:\n{''.join(said)[-4000:]}")


def is_page(address, authority):
    trusted = ssl.create_default_context(cafile=authority) if authority else None
    with urllib.request.urlopen(address, timeout=10, context=trusted) as answer:
        return answer.status == 200 and b"<html" in answer.read()


def attend(programs, pages, bundle, host):
    bundle.unlink(missing_ok=True)
    command = [programs / "plenum-demo", "--lang", "zh", "--pages", pages, "--out", bundle]
    if host:
        command += ["--host", host]
    demo = subprocess.Popen(command, text=True, encoding="utf-8", stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)
    said = []
    try:
        base = read_until(demo, said, INVITED).group(1)
        demand(base.startswith(f"https://{host}:" if host else "http://localhost:"), base)
        authority = read_until(demo, said, AUTHORITY).group(1) if host else None
        demo.send_signal(signal.SIGINT)
        checker = read_until(demo, said, CHECKER).group(1)
        demand(checker == f"{base}/verify.html", f"the checker is at {checker}, not below {base}")
        demand(str(bundle) in "".join(said), "the file is not named")
        verified = subprocess.run([programs / "plenum-audit", "verify", bundle], text=True,
                                  stdout=subprocess.PIPE)
        demand(verified.returncode == 0, f"the record is not verified:\n{verified.stdout[-4000:]}")
        demand(b'"kind":"member"' in bundle.read_bytes(), "the record is not a members' one")
        demand(is_page(checker, authority), "the checker's page is not served")
        demo.send_signal(signal.SIGINT)
        rest = demo.stdout.read()
        demand(demo.wait(PATIENCE_S) == 0, f"exit code {demo.returncode}:\n{rest[-4000:]}")
        demand(rest.splitlines()[-1] == str(bundle), "the last line is not the file")
    finally:
        demo.kill()
        demo.wait()
    print(f"{base}: the record was handed out, and its checker served until the second interrupt")


def main(programs, pages, folder):
    folder.mkdir(parents=True, exist_ok=True)
    refused = subprocess.run([programs / "plenum-demo", "--host", "0.0.0.0"], stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
    demand(refused.returncode == 1 and b"--host" in refused.stderr, "an address of nobody is taken")
    for host in (None, "127.0.0.1"):
        attend(programs, pages, folder / "members.tar", host)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    arguments = [Path(argument).resolve() for argument in sys.argv[1:]]
    if not (arguments[1] / "verify.html").is_file():
        print(f"skipped: {arguments[1]} has no pages")
        sys.exit(SKIPPED)
    try:
        main(*arguments)
    except Failed as failure:
        sys.exit(f"plenum-demo: {failure}")
