#!/usr/bin/env python3
"""plenum-demo --once as a script sees it: tests/demo/once.py BIN_FOLDER MEETING FOLDER

Runs the meeting and leaves FOLDER/MEETING.tar, its bundle, and FOLDER/MEETING.frames, every message of its
consoles and the server. The last line must be the path of the bundle; the sheet of results must hold the
votes the bundle holds, with its figures; and of each meeting what makes it worth showing. Exit 1 otherwise.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

EDGE = "════"
ROW = re.compile(
    r"(?P<title>.+?)(?:（第(?P<attempt>\d+)次表决）)?：实到 (?P<present>\d+) 人，"
    r"(?:—|赞成 (?P<approve>\d+) 票，反对 (?P<oppose>\d+) 票，弃权 (?P<abstain>\d+) 票，"
    r"未(?:按表决器|举手) (?P<not_pressed>\d+) 人)。(?P<words>.+)")
FIGURES = ("approve", "oppose", "abstain", "not_pressed")
VERDICTS = {"通过": "passed", "未通过": "not_passed", "无异议通过": "adopted_no_objection"}
VOID_REASONS = {"作废（不足法定人数）": "lost_quorum", "作废（设备故障）": "equipment_failure"}


class Failed(Exception):
    """What a person should read; no traceback."""


def demand(holds, why):
    if not holds:
        raise Failed(why)


def play(programs, meeting, frames):
    frames.unlink(missing_ok=True)
    command = [programs / "plenum-demo", "--once", meeting, "--transcript", frames]
    done = subprocess.run(command, text=True, encoding="utf-8", stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    demand(done.returncode == 0, f"exit code {done.returncode}:\n{done.stdout[-4000:]}")
    return done.stdout


def keep_bundle(said, kept):
    """The last line is all that a script reads of it."""
    demand(said.endswith("\n"), "the last line is not ended")
    bundle = Path(said.splitlines()[-1])
    demand(bundle.is_absolute() and bundle.is_file(), f"the last line is no file: {bundle}")
    demand(bundle.stat().st_size > 0, f"{bundle} is empty")
    shutil.move(bundle, kept)
    bundle.parent.rmdir()


def rows_of(said):
    """The Chinese rows of the sheet of results, by title and attempt."""
    lines = said.splitlines()
    edges = [at for at, line in enumerate(lines) if line.startswith(EDGE)]
    demand(len(edges) == 2, f"{len(edges)} edges of a sheet of results, not 2")
    found = [ROW.fullmatch(line) for line in lines[edges[0] + 2:edges[1]]]
    rows = {(row["title"], int(row["attempt"] or 1)): row for row in found if row}
    demand(len(rows) == sum(row is not None for row in found), "a vote stands on the sheet twice")
    return rows


def votes_of(programs, bundle):
    """The votes of the record, as plenum-audit computes them again."""
    command = [programs / "plenum-audit", "verify", "--json", bundle]
    done = subprocess.run(command, text=True, encoding="utf-8", stdout=subprocess.PIPE)
    demand(done.returncode == 0, f"the bundle is not verified:\n{done.stdout[-4000:]}")
    return json.loads(done.stdout)["votes"]


def compare(rows, votes):
    """Every vote of the sitting the sheet is about, and no other, with the figures on record."""
    sheet_votes = {(vote["title"], vote["attempt"]): vote for vote in votes
                   if (vote["title"], vote["attempt"]) in rows}
    demand(sheet_votes.keys() == rows.keys(), f"not on record: {rows.keys() - sheet_votes.keys()}")
    sittings = {vote["sitting"] for vote in sheet_votes.values()}
    missing = [vote["title"] for vote in votes
               if vote["sitting"] in sittings and (vote["title"], vote["attempt"]) not in rows]
    demand(not missing, f"not on the sheet: {missing}")
    for key, row in rows.items():
        vote = sheet_votes[key]
        present = vote["present"]
        demand(int(row["present"]) == present, f"{key}: {row['present']} present, not {present}")
        if vote["void_reason"]:
            demand(VOID_REASONS.get(row["words"]) == vote["void_reason"], f"{key}: {row['words']}")
            continue
        verdict = vote["outcome"]["verdict"]
        demand(VERDICTS.get(row["words"]) == verdict, f"{key}: {row['words']}, not {verdict}")
        if verdict == "adopted_no_objection":
            demand(row["approve"] is None, f"{key}: figures although nobody was counted")
            continue
        shown = {name: int(row[name]) for name in FIGURES}
        demand(shown == vote["tally"], f"{key}: {shown}, not {vote['tally']}")
        demand(sum(shown.values()) == present, f"{key}: the figures are not those present")


def check_committee(votes):
    """Six motions; one fails by one vote; one is void for lost quorum and repeated."""
    titles = {vote["title"] for vote in votes}
    demand(len(titles) == 6 and len(votes) == 7, f"{len(titles)} motions in {len(votes)} votes")
    void = [vote for vote in votes if vote["void_reason"] == "lost_quorum"]
    demand(len(void) == 1, f"{len(void)} votes are void for lost quorum")
    again = [vote for vote in votes if vote["title"] == void[0]["title"] and vote["attempt"] == 2]
    demand(len(again) == 1 and again[0]["tally"], "the void vote was not repeated")
    findings = [vote["outcome"]["findings"][0] for vote in votes
                if vote["outcome"] and vote["outcome"]["verdict"] == "not_passed"]
    demand(any(one["need"] - one["have"] == 1 for one in findings), "no motion fails by one vote")


def check_secrecy(said):
    """The committee votes in secret; a ballot is found by its tracker among those counted."""
    demand(re.search(r"追踪码：(\w{4}-){3}\w{4}$", said, re.MULTILINE), "no tracker is told")
    demand("校验数字" in said, "the key holders made no election key")


def check_congress(votes):
    """331 at the opening; hands after a failure of the consoles; silence; groups that sit by themselves."""
    demand(any(vote["present"] == 331 for vote in votes), "no vote has 331 present")
    demand(any(vote["void_reason"] == "equipment_failure" for vote in votes), "no vote is void")
    demand(any(vote["method"] == "hands" and vote["tally"] for vote in votes), "no hands were counted")
    demand(any(vote["outcome"] and vote["outcome"]["verdict"] == "adopted_no_objection" for vote in votes),
           "nothing was adopted in silence")
    demand(len({vote["sitting"] for vote in votes}) > 8, "the delegations did not sit")


def main(programs, meeting, folder):
    folder.mkdir(parents=True, exist_ok=True)
    bundle = folder / f"{meeting}.tar"
    said = play(programs, meeting, folder / f"{meeting}.frames")
    keep_bundle(said, bundle)
    rows = rows_of(said)
    votes = votes_of(programs, bundle)
    compare(rows, votes)
    {"committee": check_committee, "congress": check_congress}[meeting](votes)
    if meeting == "committee":
        check_secrecy(said)
    print(f"{len(rows)} votes on the sheet as on record, {len(votes)} on record; {bundle}")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    try:
        main(Path(sys.argv[1]).resolve(), sys.argv[2], Path(sys.argv[3]).resolve())
    except Failed as failure:
        sys.exit(f"plenum-demo --once: {failure}")
