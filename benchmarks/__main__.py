"""``python -m benchmarks [NAMES] [--data DIR] [--quick] [--json FILE]``."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.harness import ROOT, Bench, Row

HERE = Path(__file__).resolve().parent


def names() -> list[str]:
    """Every benchmark of this folder, by name."""
    return sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))


def run_one(name: str, cache: Path, *, quick: bool) -> str:
    """Run one benchmark in this process; its rows as JSON."""
    bench = Bench(cache, quick=quick)
    try:
        importlib.import_module(f"benchmarks.bench_{name}").run(bench)
    finally:
        bench.clean()
    return bench.as_json()


def run_apart(name: str, cache: Path, *, quick: bool) -> list[Row]:
    """Run one benchmark in a process of its own. One that fails gives a row that says so."""
    command = [sys.executable, "-m", "benchmarks", "--one", name, "--data", str(cache)]
    env = {**os.environ}
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(
        [*command, *(["--quick"] if quick else [])],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env=env, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        return [Row(name, f"ended with {done.returncode}", "", "", "", "", ok=False)]
    return [Row(**row) for row in json.loads(done.stdout.strip().splitlines()[-1])]


def table(rows: list[Row]) -> str:
    """The rows as aligned text."""
    head = ("job", "ours (CPU / wall)", "beside", "its CPU / wall", "ratio", "aim", "")
    verdicts = {True: "ok", False: "short", None: ""}
    body = [
        (row.job, row.ours, row.beside, row.floor, row.ratio, row.aim, verdicts[row.ok])
        for row in rows
    ]
    widths = [max(len(line[column]) for line in (head, *body)) for column in range(len(head))]
    lines = [_line(head, widths), "  ".join("-" * width for width in widths)]
    for row, cells in zip(rows, body, strict=True):
        lines.append(_line(cells, widths))
        if row.note:
            lines.append(f"    {row.note}")
    return "\n".join(lines)


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def conditions() -> str:
    """Where and when this was measured."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return (
        f"{time.strftime('%Y-%m-%d %H:%M')}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {load:.1f}"
    )


def main() -> int:
    """Run what was asked for and print one table; 0 even where an aim was missed."""
    from platformdirs import user_cache_path

    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(names())}")
    parser.add_argument("--data", type=Path, help="where the large business is kept")
    parser.add_argument("--quick", action="store_true", help="a quarter of the rounds")
    parser.add_argument("--json", type=Path, help="leave the rows in this file, too")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    cache = (
        options.data or user_cache_path("tcf-desktop", appauthor=False) / "benchmarks"
    ).resolve()
    cache.mkdir(parents=True, exist_ok=True)
    if options.one:
        print(run_one(options.one, cache, quick=options.quick))
        return 0
    wanted = options.names or names()
    unknown = set(wanted) - set(names())
    if unknown:
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    before = conditions()
    rows: list[Row] = []
    for name in wanted:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows += run_apart(name, cache, quick=options.quick)
    print(
        f"{before}; afterwards load {os.getloadavg()[0]:.1f}"
        if hasattr(os, "getloadavg")
        else before
    )
    print(table(rows))
    if options.json:
        options.json.write_text(json.dumps([_plain(row) for row in rows], indent=1), "utf-8")
    return 0


def _plain(row: Row) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(row)


if __name__ == "__main__":
    sys.exit(main())
