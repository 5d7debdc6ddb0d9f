#!/usr/bin/env python3
"""Turns bench/results/*.jsonl into one table (bench/results/README.md) and one plot a bench (SVG).

    scripts/plot_bench.py          writes them
The first line of a result file says where it was measured, every further line is one row.
"""
import json
import math
import pathlib
import sys
from html import escape

RESULTS = pathlib.Path(__file__).resolve().parent.parent / "bench" / "results"
LABEL_WIDTH, PLOT_WIDTH, ROW_HEIGHT, TOP = 430, 470, 44, 78
SERIES = [("p50_us", "#14406f", "p50"), ("p99_us", "#c98a00", "p99")]
# Columns every row has, before those of its own.
FIRST = ["row", "n", "p50_us", "p99_us", "max_us"]


def read(path):
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return lines[0], lines[1:]


def figure(value):
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


def machine_words(machine):
    state = ", with uncommitted changes" if machine["uncommitted_changes"] else ""
    return (f"{machine['date']}, commit {machine['commit']}{state}; {machine['cpu']}, "
            f"{machine['cores']} cores, {machine['memory_mb']} MB; Linux {machine['kernel']}, "
            f"GCC {machine['compiler']}")


def table(rows):
    own = []
    for row in rows:
        own += [name for name in row if name not in FIRST + ["bench"] and name not in own]
    names = [name for name in FIRST if any(name in row for row in rows)] + own
    lines = ["| " + " | ".join(names) + " |", "|" + "---|" * len(names)]
    for row in rows:
        lines.append("| " + " | ".join(figure(row.get(name, "")) for name in names) + " |")
    return "\n".join(lines)


def ticks(low, high):
    return [10.0**power for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]


def plot(name, machine, rows):
    """Bars of p50 and p99 on a logarithmic scale of microseconds."""
    values = [row[key] for row in rows for key, _, _ in SERIES if row.get(key, 0) > 0]
    marks = ticks(min(values), max(values))
    low, high = math.log10(marks[0]), math.log10(marks[-1])
    span = max(high - low, 1)
    width, height = LABEL_WIDTH + PLOT_WIDTH + 90, TOP + ROW_HEIGHT * len(rows) + 40

    def x(value):
        return LABEL_WIDTH + PLOT_WIDTH * (math.log10(value) - low) / span

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
             f'font-family="sans-serif" font-size="13" fill="#15202c">',
             f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
             f'<text x="16" y="26" font-size="17" font-weight="bold">{escape(name)}</text>',
             f'<text x="16" y="48" fill="#4d5967">{escape(machine_words(machine))}</text>']
    for mark in marks:
        at = x(mark)
        parts.append(f'<line x1="{at:.1f}" y1="{TOP - 6}" x2="{at:.1f}" y2="{height - 30}" '
                     'stroke="#d3dae2"/>')
        parts.append(f'<text x="{at:.1f}" y="{height - 12}" text-anchor="middle" fill="#4d5967">'
                     f'{figure(mark)} µs</text>')
    for index, row in enumerate(rows):
        y = TOP + index * ROW_HEIGHT
        parts.append(f'<text x="16" y="{y + 22}">{escape(row["row"])}</text>')
        for offset, (key, colour, label) in enumerate(SERIES):
            value = row.get(key, 0)
            if value <= 0:
                continue
            top = y + 3 + offset * 17
            length = max(x(value) - LABEL_WIDTH, 1)
            parts.append(f'<rect x="{LABEL_WIDTH}" y="{top}" width="{length:.1f}" height="14" '
                         f'fill="{colour}"/>')
            parts.append(f'<text x="{LABEL_WIDTH + length + 6:.1f}" y="{top + 12}" font-size="12">'
                         f'{label} {figure(round(value, 1))}</text>')
    return "\n".join(parts + ["</svg>", ""])


def main():
    if len(sys.argv) > 1:
        sys.exit(__doc__.strip())
    sections = ["# What was measured",
                "Made by `scripts/bench`; times in microseconds. Ratios are of medians within one run on "
                "one machine: read those, absolute times say as much about the machine as about plenum. "
                "The plots are logarithmic."]
    for path in sorted(RESULTS.glob("*.jsonl")):
        machine, rows = read(path)
        (RESULTS / f"{path.stem}.svg").write_text(plot(path.stem, machine, rows), encoding="utf-8")
        sections += [f"## {path.stem}", machine_words(machine), table(rows),
                     f"![{path.stem}]({path.stem}.svg)"]
    (RESULTS / "README.md").write_text("\n\n".join(sections) + "\n", encoding="utf-8")


main()
