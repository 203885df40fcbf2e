"""A week and a month of the schedule among 200,000 appointments and 500 series: reading, first
paint, turning the page, a frame of a drag."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.harness import SAMPLE_NOW_MS, Bench, interleaved, median_of, percentile, sampled

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint

    from tcf_desktop.base.paths import DataFolder
    from tcf_desktop.services.queries.schedule import Week
    from tcf_desktop.views.schedule.geometry import Scene
    from tcf_desktop.views.schedule.surface import Surface

WEEK_MS, MONTH_MS = 20, 80
FRAME_MS = 16
PAINT_MS = 16
TURN_MS = 100
SERIES = 500
_SIZE = (1232, 788)
_BARE = "SELECT * FROM appointments WHERE deleted_at IS NULL AND starts_at BETWEEN ? AND ?"


def run(bench: Bench) -> None:
    """The fullest week and month of the business; the peer is the same range as bare rows."""
    from tcf_desktop.models.connection import ReaderPool
    from tcf_desktop.services.queries import schedule

    folder = bench.copy(bench.default()) if bench.quick else bench.large_copy()
    series = _add_series(folder, SERIES // 10 if bench.quick else SERIES)
    pool = ReaderPool(folder.database)
    reader = pool.reader()
    monday = _busiest(reader)
    first = monday.replace(day=1) - timedelta(days=monday.replace(day=1).weekday())
    count = int(reader.value("SELECT count(*) FROM appointments"))
    shown: dict[str, Week] = {}
    for name, begin, days, aim in (("week", monday, 7, WEEK_MS), ("month", first, 42, MONTH_MS)):
        found = shown[name] = schedule.week(reader, begin, days, SAMPLE_NOW_MS)
        span = (found.blocks[0].starts_at, max(block.starts_at for block in found.blocks))
        figures = interleaved(
            bench.rounds(40 if name == "week" else 16),
            ours=lambda b=begin, n=days: schedule.week(reader, b, n, SAMPLE_NOW_MS),  # type: ignore[misc]
            rows=lambda s=span: reader.all(_BARE, s),  # type: ignore[misc]
        )
        computed = sum(block.id < 0 for block in found.blocks)
        bench.limit(
            f"{name} of {len(found.blocks):,}, {computed} of series, among {count:,} and {series}"
            " series: query, CPU",
            figures["ours"].cpu, at_most=aim, beside="the same rows, bare SELECT",
            floor=figures["rows"].cpu, note=f"wall {figures['ours'].wall:.1f} ms",
        )  # fmt: skip
    _paint(bench, shown["week"], shown["month"])
    pool.close()


def _add_series(folder: DataFolder, count: int) -> int:
    """Weekly and monthly work without an end, until there are ``count`` series; how many then."""
    from tcf_desktop.app.bootstrap import open_office
    from tcf_desktop.base.clock import FrozenClock
    from tcf_desktop.services.appointment_values import AppointmentDraft
    from tcf_desktop.services.series import CreateSeries
    from tcf_desktop.services.series_values import SeriesDraft

    office = open_office(folder, FrozenClock(SAMPLE_NOW_MS))
    crews = [row[0] for row in office.read(lambda r: r.all("SELECT id FROM crews"))]
    zone = office.read(lambda r: r.value("SELECT zone FROM business"))
    days = ["MO", "TU", "WE", "TH", "FR"]
    stored = office.read(lambda r: r.value("SELECT count(*) FROM series"))
    for number in range(stored, count):
        hour = 8 + number % 9
        draft = AppointmentDraft(
            f"2026-07-15T{hour:02d}:{15 * (number % 4):02d}", 45 + 15 * (number % 4), zone,
            title=f"Round {number}", crew_id=crews[number % len(crews)] if crews else None,
        )  # fmt: skip
        weeks, day = 1 + number % 8, days[number % 5]
        rule = f"FREQ=WEEKLY;INTERVAL={weeks};BYDAY={day}"
        if number % 5 == 0:
            rule = f"FREQ=MONTHLY;BYDAY={1 + number % 4}{day}"
        office.runner.run(CreateSeries(draft, SeriesDraft(rule)))
    made = int(office.read(lambda r: r.value("SELECT count(*) FROM series")))
    office.close()
    return made


def _busiest(reader: Any) -> date:
    """The Monday of the fullest day's week in the weeks after the sample's day."""
    row = reader.one(
        "SELECT substr(starts_local, 1, 10), count(*) AS n FROM appointments"
        " WHERE deleted_at IS NULL AND starts_at BETWEEN ? AND ? GROUP BY 1 ORDER BY n DESC",
        (SAMPLE_NOW_MS, SAMPLE_NOW_MS + 21 * 86_400_000),
    )
    day = date.fromisoformat(row[0])
    return day - timedelta(days=day.weekday())


def _paint(bench: Bench, week: Week, month: Week) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tcf_desktop.app.qt_start import make_application
    from tcf_desktop.views.schedule.geometry import Lane, Scene
    from tcf_desktop.views.schedule.month_view import MonthView
    from tcf_desktop.views.schedule.week_grid import WeekGrid

    app = make_application()
    grid, calendar = WeekGrid(), MonthView()

    def scene(of: Week) -> Scene:
        lanes = tuple(Lane(c.id, c.name, c.color_index) for c in of.crews)
        return Scene(of, lanes, of.days[1], 642)

    middle = month.days[20].replace(day=1)
    jobs: tuple[tuple[str, Surface, Callable[[], None]], ...] = (
        ("week by hours", grid, lambda: grid.show_scene(scene(week))),
        ("week by crew", grid, lambda: grid.show_scene(scene(week), by_crew=True)),
        ("month", calendar, lambda: calendar.show_month(scene(month), middle)),
    )
    for name, view, show in jobs:
        view.resize(*_SIZE)
        view.show()
        show()
        app.processEvents()
        _paint_view(bench, f"{name} of {len(view.in_order()):,}", view, show)
        view.hide()
    for widget in (grid, calendar):
        widget.deleteLater()
    app.processEvents()


def _paint_view(bench: Bench, name: str, view: Surface, show: Callable[[], None]) -> None:
    def turn() -> None:
        show()
        view.viewport().repaint()

    turned = median_of(turn, bench.rounds(24))
    bench.limit(
        f"{name}: lay out and first paint, {_SIZE[0]} × {_SIZE[1]}: CPU", turned.cpu,
        at_most=TURN_MS, note=f"wall {turned.wall:.1f} ms",
    )  # fmt: skip
    again = median_of(view.viewport().repaint, bench.rounds(40))
    bench.limit(
        f"{name}: paint all of it again: CPU", again.cpu, at_most=PAINT_MS,
        note=f"wall {again.wall:.1f} ms",
    )  # fmt: skip
    _drag(bench, name, view)


def _drag(bench: Bench, name: str, view: Surface) -> None:
    """Frames of one drag across the view, each with the words and the warning of its place."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    port = view.viewport()
    inside = port.rect().adjusted(90, 120, -60, -40)
    movable = (b for b in view.in_order() if not b.all_day and not b.invoiced)
    rects = ((b.id, view.block_rect(b.id)) for b in movable)
    ident, rect = next(
        (i, r) for i, r in rects if inside.contains(r.center()) and view.block_at(r.center())
        and view.block_at(r.center()).id == i  # type: ignore[union-attr]
    )  # fmt: skip
    view.select(ident)
    start = rect.center()
    QTest.mousePress(port, left, none, start)
    QTest.mouseMove(port, start + QPoint(0, 8))
    port.repaint()
    places = _path(inside.topLeft(), inside.bottomRight(), 30 if bench.quick else 120)
    found = iter(places)

    def frame() -> None:
        QTest.mouseMove(port, next(found))
        QApplication.processEvents()

    frames = sampled(frame, len(places))
    view.cancel_drag()
    QTest.mouseRelease(port, left, none, start)
    cpu = [sample.cpu for sample in frames]
    walls = [sample.wall for sample in frames]
    bench.limit(
        f"{name}: a frame of a drag, 95th of {len(cpu)}: CPU", percentile(cpu, 0.95),
        at_most=FRAME_MS,
        note=f"median {percentile(cpu, 0.5):.1f}, worst {max(cpu):.1f} ms; wall 95th"
        f" {percentile(walls, 0.95):.1f} ms",
    )  # fmt: skip


def _path(start: QPoint, end: QPoint, count: int) -> list[QPoint]:
    """Places from one corner to the other, up and down on the way."""
    from PySide6.QtCore import QPoint

    wide, high = end.x() - start.x(), end.y() - start.y()
    swing = [abs((4 * high * n // count) % (2 * high) - high) for n in range(count)]
    return [QPoint(start.x() + wide * n // count, start.y() + swing[n]) for n in range(count)]
