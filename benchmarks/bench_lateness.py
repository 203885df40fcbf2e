"""How late the window's event loop is: idle, and while an import, PDFs and phones are at work."""

from __future__ import annotations

import statistics

from benchmarks.gui_load import Desk, Load
from benchmarks.harness import Bench, percentile


def run(bench: Bench) -> None:
    """A 10 ms timer on the thread of the window, the Contacts page in front."""
    seconds = 3 if bench.quick else 12
    desk = Desk(bench)
    try:
        from benchmarks.scrolling import lateness, wait

        desk.table()
        idle = lateness(seconds)
        load = Load(desk, bench.scratch())
        wait(2_000)
        busy = lateness(seconds)
        did = load.stop()
    finally:
        desk.close()
    bench.limit(
        "event-loop lateness, 99th, under import, PDFs and phones", percentile(busy, 0.99),
        at_most=10, beside="idle", floor=percentile(idle, 0.99),
        note=f"median {statistics.median(busy):.2f} (idle {statistics.median(idle):.2f}), most "
             f"{max(busy):.1f} (idle {max(idle):.1f}) ms; meanwhile {did}",
    )  # fmt: skip
