"""A week of the schedule among 200,000 appointments: reading it, painting it, turning the page."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.harness import SAMPLE_NOW_MS, Bench, interleaved, median_of

if TYPE_CHECKING:
    from tcf_desktop.services.queries.schedule import Week

QUERY_MS = 10
PAINT_MS = 16
TURN_MS = 100
_LEAST = 40  # appointments that make a week a busy one


def run(bench: Bench) -> None:
    """The busiest week of the large business; the peer is the same range as bare rows."""
    from tcf_desktop.models.connection import ReaderPool
    from tcf_desktop.services.queries import schedule

    folder = bench.default() if bench.quick else bench.large()
    pool = ReaderPool(folder.database)
    reader = pool.reader()
    monday = _busiest(reader)
    count = int(reader.value("SELECT count(*) FROM appointments"))
    week = schedule.week(reader, monday, 7, SAMPLE_NOW_MS)
    begin, end = week.blocks[0].starts_at, week.blocks[-1].starts_at
    bare = "SELECT * FROM appointments WHERE deleted_at IS NULL AND starts_at BETWEEN ? AND ?"
    figures = interleaved(
        bench.rounds(60),
        ours=lambda: schedule.week(reader, monday, 7, SAMPLE_NOW_MS),
        rows=lambda: reader.all(bare, (begin, end)),
    )
    bench.limit(
        f"week of {len(week.blocks)} among {count:,} appointments: query, CPU",
        figures["ours"].cpu, at_most=QUERY_MS, beside="the same rows, bare SELECT",
        floor=figures["rows"].cpu, note=f"wall {figures['ours'].wall:.1f} ms",
    )  # fmt: skip
    _paint(bench, week)
    pool.close()


def _busiest(reader: Any) -> date:
    """The Monday of the fullest week around the sample's day."""
    row = reader.one(
        "SELECT substr(starts_local, 1, 10), count(*) AS n FROM appointments"
        " WHERE deleted_at IS NULL AND starts_at BETWEEN ? AND ? GROUP BY 1 ORDER BY n DESC",
        (SAMPLE_NOW_MS - 30 * 86_400_000, SAMPLE_NOW_MS + 30 * 86_400_000),
    )
    day = date.fromisoformat(row[0])
    return day - timedelta(days=day.weekday())


def _paint(bench: Bench, week: Week) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QCoreApplication

    from tcf_desktop.app.qt_start import make_application
    from tcf_desktop.views.schedule.geometry import Lane
    from tcf_desktop.views.schedule.week_grid import WeekGrid

    app = make_application()
    grid = WeekGrid()
    grid.resize(1232, 788)
    grid.show()
    lanes = tuple(Lane(c.id, c.name, c.color_index) for c in week.crews)
    today = week.days[1]

    def show() -> None:
        grid.show_week(week, lanes, today, 642)

    show()
    QCoreApplication.processEvents()
    shown = len(grid.in_order())
    full = median_of(grid.viewport().repaint, bench.rounds(60))
    bench.limit(
        f"week of {shown}: paint all of it, 1232 × 788: CPU", full.cpu, at_most=PAINT_MS,
        note=f"wall {full.wall:.1f} ms",
    )  # fmt: skip

    def turn() -> None:
        show()
        grid.viewport().repaint()

    turned = median_of(turn, bench.rounds(30))
    bench.limit(
        "lay out and paint a newly read week: CPU", turned.cpu, at_most=TURN_MS,
        note=f"wall {turned.wall:.1f} ms",
    )  # fmt: skip
    chosen = grid.in_order()[shown // 2].id
    grid.reveal(chosen)
    rect = grid.block_rect(chosen).adjusted(-3, -3, 3, 3)
    part = median_of(lambda: grid.viewport().repaint(rect), bench.rounds(60))
    bench.show("repaint one selected appointment", part)
    grid.close()
    grid.deleteLater()
    app.processEvents()
