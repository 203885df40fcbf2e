"""Somebody who never clocked out."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from tcf_desktop.base.clock import from_ms
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.today import Day
from tcf_desktop.services.queries.today_kinds import OpenClock, open_clocks
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.today.rows import NeedKind, NeedRow

DAYS_BY_NAME = 6


def show(_ctx: ViewContext, day: Day, found: list[OpenClock]) -> list[NeedRow]:
    """One row for each shift."""
    return [_row(shift, day) for shift in found]


def _row(shift: OpenClock, day: Day) -> NeedRow:
    began = from_ms(shift.clock_in_at, day.zone)
    apart = (date.fromisoformat(day.on) - began.date()).days
    when = i18n.day(began.date(), "dddd" if apart <= DAYS_BY_NAME else "MMM d")
    title = _tr("{name} did not clock out on {day}").format(name=shift.name, day=when)
    parts = [_tr("Clocked in {time}").format(time=i18n.clock_time(began))]
    if shift.last_fix_at is not None:
        seen = i18n.instant_time(shift.last_fix_at, day.zone)
        parts.append(_tr("last position {time}").format(time=seen))
    return NeedRow(
        str(shift.shift_id),
        "timer",
        "neutral",
        title,
        i18n.joined(parts),
        _tr("Fix time"),
        Target("team", "shift", shift.shift_id, began.date().isoformat()),
        4,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)


KIND = NeedKind("open_clock", open_clocks, show)
