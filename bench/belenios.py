#!/usr/bin/env python3
"""The same electorate and question by Belenios, as a yardstick beside the rows of bench_ballot.

    bench/belenios.py RESULTS.jsonl [BALLOTS]     prints one more row; needs Debian's belenios-tool

An election of 1,000 ballots with one question of three answers, exactly one, in BELENIOS-2048, is made in a
folder that is thrown away; `election verify` is timed in processor time, as bench_ballot times its checks.
"""
import concurrent.futures
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

GROUP = ["--group", "BELENIOS-2048"]
QUESTION = {"question": "motion", "answers": ["approve", "oppose", "abstain"], "min": 1, "max": 1}
TEMPLATE = {"name": "vote", "description": "", "questions": [QUESTION]}
OURS = "motion: check, batches of 1000"


def tool(folder, *arguments, text=""):
    environment = {**os.environ, "BELENIOS_USE_URANDOM": "1"}
    done = subprocess.run(["belenios-tool", *arguments], cwd=folder, input=text, text=True,
                          capture_output=True, env=environment)
    if done.returncode != 0:
        sys.exit(f"belenios-tool {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout


def set_up(folder, ballots):
    uuid = ["--uuid", tool(folder, "setup", "generate-token").strip()]
    tool(folder, "setup", "generate-credentials", *uuid, *GROUP, "--count", str(ballots))
    next(folder.glob("*.pubcreds")).rename(folder / "public_creds.json")
    credentials = next(folder.glob("*.privcreds")).read_text(encoding="utf-8")
    tool(folder, "setup", "generate-trustee-key", *GROUP)
    key = next(folder.glob("*.pubkey")).read_text(encoding="utf-8")
    (folder / "public_keys.jsons").write_text(key, encoding="utf-8")
    tool(folder, "setup", "make-trustees")
    (folder / "template.json").write_text(json.dumps(TEMPLATE), encoding="utf-8")
    tool(folder, "setup", "make-election", *uuid, *GROUP, "--template", "template.json")
    tool(folder, "archive", "init")
    return private_keys(credentials)


def private_keys(credentials):
    """From `id key` a line, or one object of id and key."""
    if credentials.lstrip().startswith("{"):
        return list(json.loads(credentials).values())
    return [line.split()[-1] for line in credentials.splitlines() if line.strip()]


def cast(folder, keys):
    def one(numbered):
        number, key = numbered
        answers = [[1 if answer == number % 3 else 0 for answer in range(3)]]
        (folder / f"key{number}").write_text(key, encoding="utf-8")
        (folder / f"vote{number}").write_text(json.dumps(answers), encoding="utf-8")
        return tool(folder, "election", "generate-ballot", "--privcred", f"key{number}",
                    "--ballot", f"vote{number}").strip()

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        ballots = list(pool.map(one, enumerate(keys)))
    for ballot in ballots:
        tool(folder, "archive", "add-event", "--type=Ballot", text=ballot + "\n")


def processor_us():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (used.ru_utime + used.ru_stime) * 1e6


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__.strip())
    rows = [json.loads(line) for line in pathlib.Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    ours = next(row["p50_us"] for row in rows if row.get("row") == OURS)
    ballots = int(sys.argv[2]) if len(sys.argv) == 3 else 1000
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        cast(folder, set_up(folder, ballots))
        began = processor_us()
        tool(folder, "election", "verify")
        theirs = (processor_us() - began) / ballots
    version = subprocess.run(["belenios-tool", "--version"], capture_output=True, text=True).stdout.strip()
    print(json.dumps({"bench": "ballot", "row": f"motion: check, Belenios {version}, BELENIOS-2048", "n": 1,
                      "p50_us": round(theirs, 2), "ballots": ballots, "over_ours": round(theirs / ours, 2)},
                     separators=(",", ":")))


main()
