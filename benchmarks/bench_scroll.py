"""One notch of the wheel over the contact table until it is painted: idle, and while an import, a
batch of PDFs and phones are at work."""

from __future__ import annotations

import statistics

from benchmarks.gui_load import Desk, Load
from benchmarks.harness import Bench, Figure, backup, peer, percentile


def run(bench: Bench) -> None:
    """Ours idle, the C++ model idle in another process, ours under load."""
    steps = bench.rounds(240)
    desk = Desk(bench)
    try:
        from benchmarks.scrolling import scroll, wait

        table = desk.table()
        scroll(table, 20)
        idle_walls, idle_cpus = scroll(table, steps)
        plain = bench.scratch() / "plain.db"
        backup(desk.folder.database, plain)
        beside = peer(
            "sql_table.py", plain, table.width(), table.height(), table.rowHeight(0), steps
        )
        load = Load(desk, bench.scratch())
        wait(3_000)
        busy_walls, busy_cpus = scroll(table, steps)
        did = load.stop()
    finally:
        desk.close()
    idle, busy = _median(idle_cpus, idle_walls), _median(busy_cpus, busy_walls)
    tails = percentile(idle_walls, 0.99), percentile(beside["walls"], 0.99)
    bench.compare(
        "scroll step of the contact table, idle", idle, "QSqlQueryModel (C++), idle",
        _median(beside["cpus"], beside["walls"]), at_most=2, by="wall",
        note=f"{beside['rows']} rows of 4 columns; 99th {tails[0]:.1f} ms, C++ {tails[1]:.1f} ms",
    )  # fmt: skip
    bench.compare("the same while import, PDFs and phones run", busy, "itself, idle", idle,
                  at_most=1.3, by="wall",
                  note=f"99th {percentile(busy_walls, 0.99):.1f} ms; meanwhile {did}")  # fmt: skip


def _median(cpus: list[float], walls: list[float]) -> Figure:
    return Figure(statistics.median(cpus), statistics.median(walls))
