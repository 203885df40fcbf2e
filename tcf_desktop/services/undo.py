"""Taking a command back, and doing it again. Undo is itself a command with its own entry."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tcf_desktop.base.errors import AppError
from tcf_desktop.services import journal
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
        "SELECT label, params, undoable, undone_by, undo_of, by_field FROM journal WHERE id = ?",
        (journal_id,),
    )
    if not entries:
        raise AppError("undo.nothing")
    label, params_text, undoable, undone_by, undo_of, by_field = entries[0]
    params = json.loads(params_text)
    said = label.format_map(params)
    if not undoable or undone_by is not None:
        raise AppError("undo.final", label=said)
    rows = [
        journal.Row(*row)
        for row in uow.rows(
            "SELECT table_name, row_id, op, before, version_after, after FROM journal_rows"
            " WHERE journal_id = ? ORDER BY seq DESC",
            (journal_id,),
        )
    ]
    _refuse_when_moved_on(uow, rows, said)
    uow.describe(label, **params)
    uow.undoing(journal_id, undo_of, by_field=bool(by_field))
    for row in rows:
        _reverse(uow, row, said)
    return Undone(journal_id, label, params)


def _refuse_when_moved_on(uow: UnitOfWork, rows: list[journal.Row], said: str) -> None:
    last: dict[tuple[str, int], journal.Row] = {}
    for row in rows:
        last.setdefault((row.table, row.row_id), row)
    for (table, row_id), row in last.items():
        version = uow.value(f"SELECT version FROM {_table(table)} WHERE id = ?", (row_id,))
        expected = None if row.op == "delete" else row.version_after
        if version != expected and not (version is not None and row.after and _as_left(uow, row)):
            raise AppError("undo.moved_on", label=said)


def _as_left(uow: UnitOfWork, row: journal.Row) -> bool:
    """Whether the fields that were changed are still as they were left."""
    now = _current(uow, _table(row.table), row.row_id)
    return all(now[name] == value for name, value in json.loads(row.after).items())


def _reverse(uow: UnitOfWork, row: journal.Row, said: str) -> None:
    table, before = _table(row.table), json.loads(row.before)
    if row.op == "insert":
        now = _current(uow, table, row.row_id)
        if row.table == "contacts":  # its history goes with it
            uow.driver("DELETE FROM contact_changes WHERE contact_id = ?", [(row.row_id,)])
        try:
            uow.rows(f"DELETE FROM {table} WHERE id = ? RETURNING id", (row.row_id,))
        except Exception as error:
            if "FOREIGN KEY" not in str(error):
                raise
            raise AppError("undo.in_use", label=said) from error
        uow.note(row.table, row.row_id, "delete", now, int(now["version"]), now.get("contact_id"))
    elif row.op == "delete":
        names = ", ".join(before)
        marks = ", ".join("?" for _ in before)
        uow.rows(
            f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING id", tuple(before.values())
        )
        version, contact_id = int(before["version"]), before.get("contact_id")
        uow.note(row.table, row.row_id, "insert", {}, version, contact_id)
    else:
        now = _current(uow, table, row.row_id)
        # The old version comes back with the old values, so that the entry before can be undone
        # too; not where others changed the record meanwhile.
        if now["version"] != row.version_after:
            before["version"] = now["version"] + 1
        sets = ", ".join(f"{name} = ?" for name in before)
        version = int(before["version"])
        uow.rows(
            f"UPDATE {table} SET {sets} WHERE id = ? RETURNING id", (*before.values(), row.row_id)
        )
        changed = {name: now[name] for name in before}
        restored = {name: value for name, value in before.items() if name != "version"}
        contact_id = now.get("contact_id")
        uow.note(row.table, row.row_id, "update", changed, version, contact_id, restored)


def _current(uow: UnitOfWork, table: str, row_id: int) -> dict[str, Any]:
    found = uow.rows(f"SELECT * FROM {table} WHERE id = ?", (row_id,))
    return dict(zip(found[0]._fields, found[0], strict=True))


def _table(name: str) -> str:
    """The table's name, proven to be one of ours before it enters a statement."""
    from tcf_desktop import models

    if name not in models.Base.metadata.tables:
        raise AppError("undo.final", label=name)
    return name
