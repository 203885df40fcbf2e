"""The columns of the messages: ready strings for those that wait and for visits nobody told of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.messages import MessageRow, UntoldRow

TO, WHY, VISIT, STATE = range(4)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Messages", text)


def occasion_words() -> dict[str, str]:
    """Why somebody is written to."""
    return {
        "booked": _tr("A visit was booked"),
        "moved": _tr("The visit was moved"),
        "cancelled": _tr("The visit was cancelled"),
        "rain_day": _tr("Rain day"),
        "call_back": _tr("Somebody comes again"),
        "invoice": _tr("An invoice goes out"),
    }


def way_words() -> dict[str, str]:
    """How somebody is told."""
    return {
        "email": _tr("E-mail"),
        "text": _tr("Text"),
        "phone": _tr("Phone call"),
        "post": _tr("Letter"),
    }


def moment(local: str) -> str:
    """``Wed, Jul 15, 2:00 PM``; empty for nothing."""
    return f"{i18n.weekday_short(local)}, {i18n.clock_time(local)}" if local else ""


def short_moment(local: str) -> str:
    """``Wed 2:00 PM``; empty for nothing."""
    return f"{i18n.day(local, 'ddd')} {i18n.clock_time(local)}" if local else ""


def _visit_of(row: MessageRow) -> str:
    if row.appointment_id is None:
        return row.subject
    return moment(row.starts_local) or _tr("Deleted")


def preview(row: MessageRow) -> str:
    """What the message says, without greeting and name."""
    parts = [part for part in row.body.split("\n\n") if part.strip()]
    return " ".join((parts[1] if len(parts) > 1 else row.body).split())[:200]


def state_of(row: MessageRow, zone: str) -> tuple[str, str]:
    """The chip of a message: (words, tone)."""
    if row.state == "sent":
        told = i18n.instant_time(row.sent_at or row.created_at, zone)
        return _tr("Told at {time}").format(time=told), "ok"
    if not row.fits:
        return _tr("Out of date"), "warn"
    return _tr("Waiting"), "info"


def message_columns(zone: Callable[[], str]) -> list[Column[MessageRow]]:
    """To whom and how, why, which visit, its state."""
    return [
        Column("to", _tr("To"), lambda row: row.name,
               second=lambda row: i18n.joined([way_words()[row.channel], row.address]),
               stretch=True),
        Column("why", _tr("Why"), lambda row: occasion_words().get(row.occasion, row.occasion),
               second=lambda row: row.work, width=190),
        Column("visit", _tr("Visit"), _visit_of,
               second=preview, width=210),
        Column("state", "", lambda row: state_of(row, zone())[0],
               tone=lambda row: state_of(row, zone())[1], width=130),
    ]  # fmt: skip


def untold_columns() -> list[Column[UntoldRow]]:
    """Who believes what, what is true, what was done."""
    return [
        Column("to", _tr("Customer"), lambda row: row.name, second=lambda row: row.work,
               stretch=True),
        Column("why", _tr("Why"), lambda row: occasion_words()[row.occasion],
               second=lambda _row: "", width=190),
        Column("visit", _tr("Visit"), lambda row: moment(row.starts_local),
               second=lambda row: _tr("was told {time}").format(time=moment(row.told_local))
               if row.told_local else "", width=210),
        Column("state", "", lambda _row: _tr("Not told"), tone=lambda _row: "warn", width=130),
    ]  # fmt: skip


class MessageListModel(IdListModel[MessageRow]):
    """Messages by id."""

    def __init__(
        self, fetch: Callable[[Sequence[int]], Mapping[int, MessageRow]], zone: Callable[[], str]
    ) -> None:
        super().__init__(message_columns(zone), fetch)


class UntoldListModel(IdListModel[UntoldRow]):
    """Visits whose customers know another time, by the appointment's id."""

    def __init__(self, fetch: Callable[[Sequence[int]], Mapping[int, UntoldRow]]) -> None:
        super().__init__(untold_columns(), fetch)
