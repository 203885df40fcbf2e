"""From the start of the process to the painted window, and to the first page of real rows."""

from __future__ import annotations

import statistics

from benchmarks.harness import ROOT, Bench, Figure, peer, run_script

PROBE = ROOT / "benchmarks" / "start_probe.py"


def run(bench: Bench) -> None:
    """The window on its Contacts page, with the large business, beside a bare window."""
    data = bench.large()
    rounds = bench.rounds(11)
    ours, bare = [], []
    run_script(PROBE, data.path, "contacts")  # compiles what is not compiled yet
    for _ in range(rounds):
        bare.append(peer("bare_window.py"))
        ours.append(run_script(PROBE, data.path, "contacts"))
    floor = _figure(bare, "window")
    peak = statistics.median(each["window_mib"] for each in bare)
    beside = "bare PySide6 window, one empty table"
    bench.compare("process start to painted window", _figure(ours, "window"), beside, floor,
                  at_most=1.6)  # fmt: skip
    bench.compare("process start to first page of 100,000 contacts", _figure(ours, "rows"), beside,
                  floor, at_most=3.5)  # fmt: skip
    bench.ratio(
        "peak memory when the rows are painted",
        statistics.median(each["rows_mib"] for each in ours), beside, peak, at_most=1.8, unit="MiB",
        note=f"0.3 s later: {statistics.median(each['later_mib'] for each in ours):.1f} MiB",
    )  # fmt: skip


def _figure(samples: list[dict[str, float]], what: str) -> Figure:
    return Figure.median([Figure(each[f"{what}_cpu"], each[f"{what}_wall"]) for each in samples])
