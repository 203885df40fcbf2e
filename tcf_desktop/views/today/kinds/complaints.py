"""Complaints that have been open for days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tcf_desktop.base.clock import from_ms
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries import complaints
from tcf_desktop.services.queries.complaints import ComplaintRow
from tcf_desktop.services.queries.today import DAY_MS, Day
from tcf_desktop.views.context import Target, ViewContext
from tcf_desktop.views.today.rows import NeedKind, NeedRow

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


def find(r: Reader, day: Day) -> tuple[ComplaintRow, ...]:
    """Those opened more than a few days ago."""
    return complaints.open_complaints(r, day.now_at - complaints.OLD_DAYS * DAY_MS)


def show(_ctx: ViewContext, day: Day, found: tuple[ComplaintRow, ...]) -> list[NeedRow]:
    """One row for each."""
    return [_row(complaint, day) for complaint in found]


def _row(complaint: ComplaintRow, day: Day) -> NeedRow:
    title = _tr("{name} is not content").format(name=complaint.name)
    since = i18n.near_day(from_ms(complaint.opened_at, day.zone).date(), day.on)
    parts = [" ".join(complaint.text.split())[:120], _tr("since {day}").format(day=since)]
    if complaint.call_back_id is not None:
        when = i18n.weekday_short(complaint.call_back_local)
        parts.append(_tr("call-back {day}").format(day=when))
        target, button = (
            Target("schedule", "appointment", complaint.call_back_id),
            _tr("Show visit"),
        )
    else:
        parts.append(_tr("no call-back planned"))
        target = Target("contacts", "contact", complaint.contact_id)
        button = _tr("Show customer")
    key = str(complaint.id)
    return NeedRow(key, "warning-circle", "warn", title, i18n.joined(parts), button, target, 2)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Today", text)


KIND = NeedKind("complaints", find, show)
