"""Taking a command back, and doing it again. Undo is itself a command with its own entry."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tcf_desktop.base.errors import AppError
from tcf_desktop.services import belongings, journal, series_undo, taking_back
from tcf_desktop.services.command import Command

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

_LAST = (
    "SELECT id FROM journal WHERE undone_by IS NULL AND undo_of IS NULL ORDER BY id DESC LIMIT 1"
)
_LAST_UNDONE = (
    "SELECT u.id FROM journal u WHERE u.undo_of IS NOT NULL AND u.undone_by IS NULL"
    " AND u.undoable = 1 AND u.id > (SELECT coalesce(max(id), 0) FROM journal"
    " WHERE undo_of IS NULL AND undoable = 1 AND undone_by IS NULL AND command <> 'RedoLast')"
    " ORDER BY u.id DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back (or done again): the template and its values."""

    journal_id: int
    label: str
    params: dict[str, Any]

    def text(self) -> str:
        """The label in English."""
        return self.label.format_map(self.params)


@dataclass(frozen=True, slots=True)
class UndoEntry(Command[Undone]):
    """Take one entry back; refused with the reason when its records have moved on."""

    journal_id: int

    def execute(self, uow: UnitOfWork) -> Undone:
        return _take_back(uow, self.journal_id)


@dataclass(frozen=True, slots=True)
class UndoLast(Command[Undone]):
    """Take the newest entry back; one that cannot be (an issued invoice) is said so, rather than
    something older and unrelated being taken back in its stead."""

    def execute(self, uow: UnitOfWork) -> Undone:
        journal_id = uow.value(_LAST)
        if journal_id is None:
            raise AppError("undo.nothing")
        return _take_back(uow, journal_id)


@dataclass(frozen=True, slots=True)
class RedoLast(Command[Undone]):
    """Do again what was undone last, unless something else was done since."""

    def execute(self, uow: UnitOfWork) -> Undone:
        journal_id = uow.value(_LAST_UNDONE)
        if journal_id is None:
            raise AppError("undo.nothing_to_redo")
        return _take_back(uow, journal_id)


@dataclass(frozen=True, slots=True)
class PruneJournal(Command[None]):
    """Forget entries older than the time that undo is kept."""

    journalled = False

    def execute(self, uow: UnitOfWork) -> None:
        journal.prune(uow.connection, uow.now_at - journal.KEEP_DAYS * 86_400_000)


def _take_back(uow: UnitOfWork, journal_id: int) -> Undone:
    entries = uow.rows(
        "SELECT label, params, undoable, undone_by, undo_of, by_field, at FROM journal"
        " WHERE id = ?",
        (journal_id,),
    )
    if not entries:
        raise AppError("undo.nothing")
    label, params_text, undoable, undone_by, undo_of, by_field, at = entries[0]
    params = json.loads(params_text)
    said = label.format_map(params)
    if params.get("erased"):
        raise AppError("undo.erased", label=said)
    if not undoable or undone_by is not None:
        raise AppError("undo.final", label=said)
    rows = [
        journal.Row(*row)
        for row in uow.fetch(
            "SELECT table_name, row_id, op, before, version_after, after FROM journal_rows"
            " WHERE journal_id = ? ORDER BY seq DESC",
            (journal_id,),
        )[1]
    ]
    uow.undoing(journal_id, undo_of, by_field=bool(by_field))
    rows, since = series_undo.before(uow, rows, at, said)
    taking_back.refuse_when_moved_on(uow, rows, said)
    uow.describe(label, **params)
    taking_back.reverse(uow, rows, said)
    series_undo.after(uow, since)
    if by_field:
        belongings.bring_along(uow, rows)
    return Undone(journal_id, label, params)
