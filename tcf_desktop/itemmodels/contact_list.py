"""The columns of the contact list: ready strings for each row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QModelIndex

from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.contact_rows import ContactRow

NAME, PHONE, OWES, NEXT = range(4)
USUAL = ("name", "phone", "owes", "next")
FIELD = "field:"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ContactList", text)


def kind_word(kind: str) -> str:
    """Customer or Prospect, in the user's language."""
    return _tr("Prospect") if kind == "prospect" else _tr("Customer")


def second_line(row: ContactRow) -> str:
    """``Customer · 2 locations``, or what a search found where the name does not show it."""
    if row.hit_kind == "invoice":
        return i18n.joined([kind_word(row.kind), _tr("Invoice {number}").format(number=row.hit)])
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
        Column(
            "phone",
            _tr("Phone"),
            lambda row: row.phone or i18n.DASH,
            sort="phone",
            width=132,
        ),
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
        Column("next", _tr("Next visit"), next_visit, sort="next", width=116, spoken=spoken_next),
    ]


def further_columns(today: Callable[[], str]) -> list[Column[ContactRow]]:
    """The columns that an office may add; their texts are in ``more`` of a row."""

    def day(key: str) -> Callable[[ContactRow], str]:
        return lambda row: i18n.near_day(row.more.get(key, "")[:10], today()) or i18n.DASH

    def text(key: str) -> Callable[[ContactRow], str]:
        return lambda row: row.more.get(key, "") or i18n.DASH

    def tags(row: ContactRow) -> str:
        return row.more.get("tags", "").replace(",", ", ") or i18n.DASH

    def interval(row: ContactRow) -> str:
        number, _, unit = row.more.get("interval", "").partition(" ")
        return every(int(number), unit) if number.isdigit() else i18n.DASH

    entries: tuple[tuple[str, str, Callable[[ContactRow], str], int], ...] = (
        ("email", _tr("E-mail"), text("email"), 190),
        ("city", _tr("City"), text("city"), 120),
        ("tags", _tr("Tags"), tags, 140),
        ("last", _tr("Last visit"), day("last"), 104),
        ("interval", _tr("Interval"), interval, 104),
        ("source", _tr("Source"), text("source"), 120),
    )
    return [
        Column(key, title, shown, sort=key, width=width) for key, title, shown, width in entries
    ]


def every(number: int, unit: str) -> str:
    """ "8 weeks": how often somebody wants something done."""
    forms = {
        "day": (_tr("{n} day"), _tr("{n} days")),
        "week": (_tr("{n} week"), _tr("{n} weeks")),
        "month": (_tr("{n} month"), _tr("{n} months")),
        "year": (_tr("{n} year"), _tr("{n} years")),
    }
    return i18n.plural(number, *forms[unit]) if unit in forms else i18n.DASH


def field_column(field_id: int, name: str, kind: str) -> Column[ContactRow]:
    """The column of an own field of a kind."""
    key = f"{FIELD}{field_id}"

    def text(row: ContactRow) -> str:
        value = row.more.get(key, "")
        return (i18n.day(value, "MMM d, yyyy") if kind == "date" else value) or i18n.DASH

    return Column(key, name, text, sort=key, width=120, align_right=kind == "number")


class ContactListModel(IdListModel[ContactRow]):
    """The contact list over ids; rows come from ``fetch`` by key."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int]], Mapping[int, ContactRow]],
        currency: Callable[[], str],
        today: Callable[[], str],
    ) -> None:
        super().__init__([*columns(currency, today), *further_columns(today)], fetch)
        self._own = len(self.columns)  # from here on stand the own fields

    def set_fields(self, fields: Sequence[Column[ContactRow]]) -> bool:
        """Have these columns of own fields behind the others; whether they are others now."""
        own = self.columns[self._own :]
        if [(c.key, c.title) for c in own] == [(c.key, c.title) for c in fields]:
            return False
        if own:
            self.beginRemoveColumns(QModelIndex(), self._own, len(self.columns) - 1)
            self.columns = self.columns[: self._own]
            self.endRemoveColumns()
        if fields:
            self.beginInsertColumns(QModelIndex(), self._own, self._own + len(fields) - 1)
            self.columns = (*self.columns, *fields)
            self.endInsertColumns()
        return True

    def forget_rows(self) -> None:
        """Read every row again, without repainting now: another list is about to be set."""
        self._rows.clear()
