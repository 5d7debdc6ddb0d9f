"""The files the checks look at: what git tracks, and what it would track (untracked but not ignored)."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def source_files(root=ROOT):
    """Paths from `root`, sorted. Files deleted but not yet committed are left out."""
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True, capture_output=True).stdout.decode()
    names = sorted(set(listed.split("\0")) - {""})
    return [name for name in names if (Path(root) / name).is_file()]


def is_generated(name, text=""):
    """Written by a program: by its folder or name, or because one of its first lines says so."""
    if re.search(r"(^|[/._-])generated([/._-]|$)", name) or name.endswith("package-lock.json"):
        return True
    first_lines = "\n".join(text.split("\n", 6)[:5])
    return re.search(r"\b(?:generated (?:by|from)|@generated)\b", first_lines, re.IGNORECASE) is not None
