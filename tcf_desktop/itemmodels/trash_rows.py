"""What was deleted: one row a thing, by its number in the list that was read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from tcf_desktop.itemmodels.columns import Column
from tcf_desktop.itemmodels.id_list_model import IdListModel
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.trash import Trash, TrashRow

WHAT, KIND, DELETED = range(3)

# What a kind is called: one of it, several.
_WORDS: Final[Mapping[str, tuple[object, object]]] = {
    "contact": (QT_TRANSLATE_NOOP("Trash", "Contact"), QT_TRANSLATE_NOOP("Trash", "Contacts")),
    "location": (QT_TRANSLATE_NOOP("Trash", "Location"), QT_TRANSLATE_NOOP("Trash", "Locations")),
    "note": (QT_TRANSLATE_NOOP("Trash", "Note"), QT_TRANSLATE_NOOP("Trash", "Notes")),
    "file": (QT_TRANSLATE_NOOP("Trash", "File"), QT_TRANSLATE_NOOP("Trash", "Files")),
    "frequency": (
        QT_TRANSLATE_NOOP("Trash", "Due again"),
        QT_TRANSLATE_NOOP("Trash", "Due again"),
    ),
    "appointment": (
        QT_TRANSLATE_NOOP("Trash", "Appointment"),
        QT_TRANSLATE_NOOP("Trash", "Appointments"),
    ),
    "series": (
        QT_TRANSLATE_NOOP("Trash", "Repeating visit"),
        QT_TRANSLATE_NOOP("Trash", "Repeating visits"),
    ),
    "treatment": (
        QT_TRANSLATE_NOOP("Trash", "Treatment record"),
        QT_TRANSLATE_NOOP("Trash", "Treatment records"),
    ),
    "complaint": (
        QT_TRANSLATE_NOOP("Trash", "Complaint"),
        QT_TRANSLATE_NOOP("Trash", "Complaints"),
    ),
    "message": (QT_TRANSLATE_NOOP("Trash", "Message"), QT_TRANSLATE_NOOP("Trash", "Messages")),
    "day_off": (QT_TRANSLATE_NOOP("Trash", "Day off"), QT_TRANSLATE_NOOP("Trash", "Days off")),
    "draft": (
        QT_TRANSLATE_NOOP("Trash", "Draft invoice"),
        QT_TRANSLATE_NOOP("Trash", "Draft invoices"),
    ),
    "proposal": (QT_TRANSLATE_NOOP("Trash", "Proposal"), QT_TRANSLATE_NOOP("Trash", "Proposals")),
    "billing_plan": (
        QT_TRANSLATE_NOOP("Trash", "Repeating invoice"),
        QT_TRANSLATE_NOOP("Trash", "Repeating invoices"),
    ),
    "tax_code": (
        QT_TRANSLATE_NOOP("Trash", "Tax code"),
        QT_TRANSLATE_NOOP("Trash", "Tax codes"),
    ),
    "service": (QT_TRANSLATE_NOOP("Trash", "Service"), QT_TRANSLATE_NOOP("Trash", "Services")),
    "price_list": (
        QT_TRANSLATE_NOOP("Trash", "Price list"),
        QT_TRANSLATE_NOOP("Trash", "Price lists"),
    ),
    "tax": (QT_TRANSLATE_NOOP("Trash", "Tax"), QT_TRANSLATE_NOOP("Trash", "Taxes")),
    "field": (QT_TRANSLATE_NOOP("Trash", "Own field"), QT_TRANSLATE_NOOP("Trash", "Own fields")),
    "measure": (QT_TRANSLATE_NOOP("Trash", "Measure"), QT_TRANSLATE_NOOP("Trash", "Measures")),
    "crew": (QT_TRANSLATE_NOOP("Trash", "Crew"), QT_TRANSLATE_NOOP("Trash", "Crews")),
    "worker": (QT_TRANSLATE_NOOP("Trash", "Person"), QT_TRANSLATE_NOOP("Trash", "People")),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Trash", text)


def kind_word(kind: str, *, many: bool = False) -> str:
    """Contact, Contacts."""
    return _tr(str(_WORDS[kind][many]))


def title(row: TrashRow) -> str:
    """What it was; a thing without a name is called what it is."""
    if row.kind in {"appointment", "series"} and not row.title:
        return row.contact or kind_word(row.kind)
    return row.title.strip().partition("\n")[0] or kind_word(row.kind)


def detail(row: TrashRow) -> str:
    """Whose it was, and that its contact comes with it."""
    sub = row.sub
    if row.kind == "appointment" and sub:
        sub = f"{i18n.full_day(sub)}, {i18n.clock_time(sub)}"
    whose = row.contact if row.contact != title(row) else ""
    if row.with_contact:
        with_it = _tr("{name} is deleted too and comes back with it")
        whose = with_it.format(name=row.contact)
    return i18n.joined([sub if sub != title(row) else "", whose])


class TrashModel(IdListModel[TrashRow]):
    """``when`` says a moment in words, ``why`` the command that deleted a row."""

    def __init__(self, when: Callable[[int], str], why: Callable[[TrashRow], str]) -> None:
        self.trash_rows: tuple[TrashRow, ...] = ()
        super().__init__(
            [
                Column[TrashRow]("what", _tr("What"), title, second=detail, stretch=True),
                Column[TrashRow]("kind", _tr("Kind"), lambda r: kind_word(r.kind), width=120),
                Column[TrashRow](
                    "deleted", _tr("Deleted"), lambda row: when(row.at), second=why, width=250
                ),
            ],
            lambda numbers: {number: self.trash_rows[number] for number in numbers},
        )

    def set_trash(self, found: Trash) -> None:
        """Show another list."""
        self.trash_rows = found.rows
        self.set_ids([])
        self.invalidate()
        self.set_ids(range(len(found.rows)))
