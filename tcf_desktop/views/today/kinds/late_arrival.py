"""A visit that should have begun while nobody has arrived."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.today import Day, first_name
from tcf_desktop.services.queries.today_kinds import LateArrival, late_arrivals
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.today.rows import NeedKind, NeedRow

KM_PER_MILE = 1.609344
NEAR_KM = 0.25


def show(_ctx: ViewContext, day: Day, found: list[LateArrival]) -> list[NeedRow]:
    """One row for each visit."""
    return [_row(late, day) for late in found]


def _row(late: LateArrival, day: Day) -> NeedRow:
    who = first_name(late.who) if " " in late.who and late.who.istitle() else late.who
    if who:
        title = _tr("{who} has not arrived at {name}").format(who=who, name=late.name)
    else:
        title = _tr("Nobody has arrived at {name}").format(name=late.name)
    if late.window_from:
        window = i18n.time_range(late.window_from, late.window_minutes)
        parts = [_tr("Window was {window}").format(window=window)]
    else:
        parts = [_tr("Planned for {time}").format(time=i18n.clock_time(late.starts_local))]
    if late.fix_at is not None:
        seen = i18n.instant_time(late.fix_at, day.zone)
        if late.fix_km is None:
            parts.append(_tr("last seen at {time}").format(time=seen))
        elif late.fix_km < NEAR_KM:
            parts.append(_tr("a phone is there since {time}").format(time=seen))
        else:
            parts.append(
                _tr("last seen {distance} mi away at {time}").format(
                    distance=f"{late.fix_km / KM_PER_MILE:.1f}", time=seen
                )
            )
    target = Target("schedule", "appointment", late.appointment_id)
    return NeedRow(
        str(late.appointment_id),
        "warning",
        "warn",
        title,
        i18n.joined(parts),
        _tr("Show visit"),
        target,
        1,
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)


KIND = NeedKind("late_arrival", late_arrivals, show)
