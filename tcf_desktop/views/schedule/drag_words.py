"""What stands beside a dragged appointment: the new time, the crew, the promised window."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.appointments import DAY_MINUTES, shift_local
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.schedule import AppointmentBlock
from tcf_desktop.views.schedule.geometry import Lane, Scene


def _tr(text: str) -> str:
    return QCoreApplication.translate("Schedule", text)


def drag_words(
    scene: Scene,
    block: AppointmentBlock | None,
    starts_local: str,
    minutes: int,
    lane: Lane | None,
    *,
    busy: bool,
) -> tuple[str, str]:
    """ "Wed 2:00–4:00 PM · Windows A · arrives 2:00–3:00 PM" and a warning, or nothing."""
    if block is not None and block.all_day:
        return _days(starts_local, minutes), ""
    day = date.fromisoformat(starts_local[:10])
    when = f"{i18n.day(day, 'ddd d')} {i18n.time_range(starts_local, minutes)}"
    who = lane.name if lane is not None else ""
    words = i18n.joined([when, who, _window(block, starts_local)])
    if busy:
        return words, _tr("busy then")
    facts = scene.facts.of(day)
    if facts.closed:
        return words, facts.note or _tr("closed that day")
    first = int(starts_local[11:13]) * 60 + int(starts_local[14:16])
    crew = lane.crew_id if lane is not None else None
    outside = any(
        first < until and begin < first + minutes for begin, until in facts.off_spans(crew)
    )
    return words, _tr("outside working hours") if outside else ""


def _days(starts_local: str, minutes: int) -> str:
    first = datetime.fromisoformat(starts_local).date()
    last = first + timedelta(days=max(1, -(-minutes // DAY_MINUTES)) - 1)
    if first == last:
        return i18n.weekday_short(first)
    return f"{i18n.weekday_short(first)} – {i18n.weekday_short(last)}"


def _window(block: AppointmentBlock | None, starts_local: str) -> str:
    if block is None or not block.arrival_until_local:
        return ""
    was = datetime.fromisoformat(block.starts_local)
    until = datetime.fromisoformat(block.arrival_until_local)
    end = shift_local(starts_local, (until - was) // timedelta(minutes=1))
    return _tr("arrives {start}–{end}").format(
        start=i18n.short_time(starts_local), end=i18n.clock_time(end)
    )
