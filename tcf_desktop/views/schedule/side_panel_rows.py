"""The cards of the right panel: read on an io thread, put into words on the screen's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale

from tcf_desktop.itemmodels.due_list import state_of, work_of
from tcf_desktop.itemmodels.due_words import interval_words
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries import book_again, due
from tcf_desktop.services.queries.book_again import Suggestion
from tcf_desktop.services.queries.due import DueRow
from tcf_desktop.services.queries.free_slots import Near
from tcf_desktop.services.queries.not_scheduled import (
    CALL_BACK,
    NotScheduledRow,
    near_visits,
    not_scheduled,
    places_of,
)
from tcf_desktop.views.schedule.side_panel_card import CardFacts

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

FIRST: Final = 8
MOST: Final = 40
DUE: Final = "due"
VISIT: Final = "visit"


@dataclass(frozen=True, slots=True)
class Found:
    """Both lists, and what lies near by the location."""

    total: int
    due: tuple[DueRow, ...]
    off: tuple[NotScheduledRow, ...]
    places: Mapping[int, int]
    near: Mapping[int, Near]


def _tr(text: str) -> str:
    return QCoreApplication.translate("SidePanel", text)


def read(r: Reader, today: str, now_ms: int, days: tuple[date, date]) -> Found:
    """Everything that the panel shows beside some days."""
    total, rows = due.due_first(r, today, MOST)
    off = not_scheduled(r, now_ms)
    every: list[DueRow | NotScheduledRow] = [*rows, *off]
    places = places_of(r, [row.contact_id for row in every if row.location_id is None])
    wanted = [row.location_id or places.get(row.contact_id) for row in every]
    return Found(total, tuple(rows), off, places, near_visits(r, wanted, *days))


def suggestion(r: Reader, key: tuple[str, int], now: datetime) -> Suggestion | None:
    """What to offer for a card."""
    kind, ident = key
    if kind == DUE:
        return book_again.suggestion(r, ident, now)
    return book_again.suggestion_of_visit(r, ident, now)


def due_card(row: DueRow, found: Found, currency: str) -> CardFacts:
    """Somebody who is due: work and interval, price, what lies near, how late."""
    state, tone = state_of(row)
    cents = row.price_cents if row.price_cents is not None else row.last_cents
    work = _tr("{work}, {interval}").format(work=work_of(row), interval=interval_words(row.rhythm))
    price = i18n.short_money(cents, currency) if cents else ""
    return CardFacts(
        (DUE, row.id), row.name, work, price,
        _near(found, row.location_id or found.places.get(row.contact_id)) or row.place,
        _late(row.days_late), tone, state,
    )  # fmt: skip


def off_card(row: NotScheduledRow, found: Found, currency: str) -> CardFacts:
    """A visit that fell through, or a call-back: what, why, when it was."""
    chips = {
        CALL_BACK: (_tr("Call-back"), "bad"),
        "cancelled": (_tr("Cancelled"), "neutral"),
        "no_show": (_tr("Nobody there"), "warn"),
    }
    chip, tone = chips[row.why]
    price = i18n.short_money(row.total_cents, currency) if row.total_cents else ""
    was = _tr("was {day}").format(day=i18n.weekday_short(row.starts_local))
    hint = _near(found, row.location_id or found.places.get(row.contact_id))
    return CardFacts(
        (VISIT, row.visit_id), row.name, " ".join(row.work.split())[:80], price,
        i18n.joined([was, row.reason or hint]), chip, tone,
    )  # fmt: skip


def _late(days_late: int) -> str:
    """The same in little room: "5 wk", "9 days", "today"."""
    if not days_late:
        return _tr("today")
    if days_late < 14:
        return i18n.plural(days_late, _tr("{n} day"), _tr("{n} days"))
    if days_late < 70:
        return _tr("{n} wk").format(n=days_late // 7)
    return _tr("{n} mo").format(n=days_late // 30)


def near_words(near: Near, *, day: bool = True) -> str:
    """ "0.8 mi from Cherapa, Wed"."""
    from tcf_desktop.views.team.map_math import distance_words

    miles = i18n.locale_of().measurementSystem() != QLocale.MeasurementSystem.MetricSystem
    far = distance_words(near.metres, miles=miles)
    if not day:
        return _tr("{far} from {name}").format(far=far, name=near.name[:40])
    on = i18n.day(near.starts_local[:10], "ddd")
    return _tr("{far} from {name}, {day}").format(far=far, name=near.name[:40], day=on)


def _near(found: Found, location_id: int | None) -> str:
    near = found.near.get(location_id or 0)
    return near_words(near) if near is not None else ""
