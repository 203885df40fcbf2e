"""The columns of the contact list: ready strings for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.contact_rows import ContactRow

NAME, PHONE, OWES, NEXT = range(4)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactList", text)


def kind_word(kind: str) -> str:
    """Customer or Prospect, in the user's language."""
    return _tr("Prospect") if kind == "prospect" else _tr("Customer")


def second_line(row: ContactRow) -> str:
    """``Customer · 2 locations``, or what a search found where the name does not show it."""
    if row.hit:
        return i18n.joined([kind_word(row.kind), row.hit[:120]])
    places = ""
    if row.places:
        places = i18n.plural(row.places, _tr("{n} location"), _tr("{n} locations"))
    return i18n.joined([row.company, kind_word(row.kind), places])


def columns(currency: Callable[[], str], today: Callable[[], str]) -> list[Column[ContactRow]]:
    """The columns; ``today`` is a local date as ISO text."""

    def owes(row: ContactRow) -> str:
        return i18n.amount_or_dash(row.owes_cents, currency())

    def next_visit(row: ContactRow) -> str:
        return i18n.near_day(row.next_on, today()) or i18n.DASH

    def spoken_owes(row: ContactRow) -> str:
        if not row.owes_cents:
            return _tr("owes nothing")
        text = i18n.money(row.owes_cents, currency())
        said = _tr("owes {amount}, overdue") if row.overdue else _tr("owes {amount}")
        return said.format(amount=text)

    def spoken_next(row: ContactRow) -> str:
        if not row.next_on:
            return _tr("no visit planned")
        return _tr("next visit {day}").format(day=i18n.weekday(row.next_on))

    return [
        Column(
            "name",
            _tr("Name"),
            lambda row: row.name,
            second=second_line,
            sort="name",
            stretch=True,
            spoken=lambda row: f"{row.name}, {second_line(row)}",
        ),
        Column("phone", _tr("Phone"), lambda row: row.phone or i18n.DASH, width=132),
        Column(
            "owes",
            _tr("Owes"),
            owes,
            tone=lambda row: "bad" if row.overdue else "",
            align_right=True,
            sort="owes",
            width=92,
            spoken=spoken_owes,
        ),
        Column("next", _tr("Next visit"), next_visit, sort="next", width=104, spoken=spoken_next),
    ]


class ContactListModel(IdListModel[ContactRow]):
    """The contact list over ids; rows come from ``fetch`` by key."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Mapping[int, ContactRow]],
        currency: Callable[[], str],
        today: Callable[[], str],
    ) -> None:
        super().__init__(columns(currency, today), fetch)

    def forget_rows(self) -> None:
        """Read every row again, without repainting now: another list is about to be set."""
        self._rows.clear()
