"""What is shown of what was read: the days, the crews' lanes, those of single workers."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from tcf_desktop.services.queries.schedule import AppointmentBlock, Week, WorkerRow
from tcf_desktop.views.schedule.geometry import Lane


def shown_week(week: Week, days: tuple[date, ...], *, weekends: bool) -> tuple[Week, int]:
    """The days that are shown, with the appointments that touch them; how many visits do not."""
    if weekends:
        return replace(week, days=days), 0
    kept = {day for day in days if day.weekday() < 5}
    if len(days) == 1:
        kept = set(days)
    blocks = tuple(block for block in week.blocks if kept & touched(block))
    lost = sum(block.counts for block in week.blocks) - sum(block.counts for block in blocks)
    return replace(week, days=days, blocks=blocks), lost


def touched(block: AppointmentBlock) -> set[date]:
    """The days of an appointment."""
    start = datetime.fromisoformat(block.starts_local)
    end = start + timedelta(minutes=max(1, block.minutes) - 1)
    return {start.date() + timedelta(days=n) for n in range((end.date() - start.date()).days + 1)}


def lanes_of(
    week: Week, hidden: Collection[int], *, alone: bool, workers: Sequence[WorkerRow]
) -> tuple[Lane, ...]:
    """A lane for each crew; with ``alone`` also for workers without one and for nobody, if used."""
    lanes = [Lane(c.id, c.name, c.color_index) for c in week.crews if c.id not in hidden]
    if not alone:
        return tuple(lanes)
    free = [block for block in week.blocks if block.crew_id is None and not block.all_day]
    used = {block.worker_id for block in free if block.worker_id is not None}
    lanes += [Lane(None, w.name, w.color_index, w.id) for w in workers if w.id in used]
    if any(block.worker_id is None for block in free):
        from PySide6.QtCore import QCoreApplication

        lanes.append(Lane(None, QCoreApplication.translate("Schedule", "Nobody yet"), None))
    return tuple(lanes)
