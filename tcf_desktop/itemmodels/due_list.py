"""The columns of Due again and of the quiet customers: ready strings for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.frequency import apart
from tcf_desktop.itemmodels import due_words as words
from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.due import DueRow, QuietRow

CUSTOMER, WORK, LAST, STATE, BOOK = range(5)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Due", text)


def due_columns(currency: Callable[[], str]) -> list[Column[DueRow]]:
    """Who and where, what and how often, the last time, how late, *Book*."""
    return [
        Column("customer", _tr("Customer"), lambda row: row.name,
               second=lambda row: i18n.joined([row.place, row.phone]), stretch=True),
        Column("work", _tr("Wanted"), work_of, second=rhythm_line, width=250),
        Column("last", _tr("Last visit"), lambda row: last_day(row.last_on),
               second=lambda row: last_price(row.last_cents, currency()), width=120),
        Column("state", _tr("Due"), lambda row: state_of(row)[0], tone=lambda row: state_of(row)[1],
               width=150),
        Column("book", "", lambda _row: _tr("Book"), width=92),
    ]  # fmt: skip


def quiet_columns(currency: Callable[[], str]) -> list[Column[QuietRow]]:
    """Who and where, what was done last, when, for how long quiet, *Book*."""
    return [
        Column("customer", _tr("Customer"), lambda row: row.name,
               second=lambda row: i18n.joined([row.place, row.phone]), stretch=True),
        Column("work", _tr("Used to come"), lambda row: row.title or _tr("Visit"),
               second=habit_line, width=250),
        Column("last", _tr("Last visit"), lambda row: last_day(row.last_on),
               second=lambda row: last_price(row.last_cents, currency()), width=120),
        Column("state", _tr("Quiet"), quiet_for, tone=lambda _row: "warn", width=150),
        Column("book", "", lambda _row: _tr("Book"), width=92),
    ]  # fmt: skip


def work_of(row: DueRow) -> str:
    """The service, what was written, or any visit."""
    return row.title or _tr("Any visit")


def rhythm_line(row: DueRow) -> str:
    """The promised interval beside the one that was kept."""
    promised = words.interval_words(row.rhythm)
    if row.learned_days is None:
        return promised
    real = words.learned_words(row.learned_days)
    return i18n.joined([promised, _tr("really {interval}").format(interval=real)])


def state_of(row: DueRow) -> tuple[str, str]:
    """The chip of a row: (words, tone)."""
    if row.stopped:
        return _tr("Not interested"), "neutral"
    if row.snoozed_until_on:
        return _tr("Until {day}").format(day=i18n.full_day(row.snoozed_until_on)), "neutral"
    return words.late_words(row.days_late), words.late_tone(row.days_late)


def last_day(iso: str) -> str:
    """The day of the last visit, or that there was none."""
    return i18n.full_day(iso) if iso else _tr("No visit yet")


def last_price(cents: int | None, currency: str) -> str:
    """What was paid for it; nothing for nothing."""
    return i18n.money(cents, currency) if cents else ""


def habit_line(row: QuietRow) -> str:
    """``every 8 weeks · 6 visits``."""
    visits = i18n.plural(row.visits, _tr("{n} visit"), _tr("{n} visits"))
    return i18n.joined([words.learned_words(row.learned_days), visits])


def quiet_for(row: QuietRow) -> str:
    """``For 7 months``."""
    return _tr("For {span}").format(span=words.span_words(*apart(row.days_since)))


class DueListModel(IdListModel[DueRow]):
    """Frequencies by id."""

    def __init__(
        self, fetch: Callable[[Sequence[int]], Mapping[int, DueRow]], currency: Callable[[], str]
    ) -> None:
        super().__init__(due_columns(currency), fetch)


class QuietListModel(IdListModel[QuietRow]):
    """Quiet customers by the id of their contact."""

    def __init__(
        self, fetch: Callable[[Sequence[int]], Mapping[int, QuietRow]], currency: Callable[[], str]
    ) -> None:
        super().__init__(quiet_columns(currency), fetch)
