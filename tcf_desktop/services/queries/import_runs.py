"""What was imported before: the list, the report of each, and what was changed since."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tcf_desktop.domain.imports import EarlierImport

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

RunState = Literal["stands", "taken_back", "final"]

# Doing an import again after taking it back makes a new entry with the same number.
_ENTRIES = (
    "SELECT json_extract(params, '$.import_id') AS run, id, undoable, undone_by FROM journal"
    " WHERE undo_of IS NULL AND command IN ('ImportContacts', 'RedoLast', 'UndoEntry')"
    " AND json_extract(params, '$.import_id') IS NOT NULL"
)


@dataclass(frozen=True, slots=True)
class ImportRunRow:
    """An earlier import. ``entry_id`` is the entry to take back, where it still can be.

    An import is final when its entry was settled or forgotten: nothing can take it back any more.
    """

    id: int
    at: int
    files: tuple[str, ...]
    added: int
    updated: int
    skipped: int
    state: RunState
    entry_id: int | None


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """How many contacts of an import were changed after it, and some of their names."""

    count: int
    names: tuple[str, ...]


def earlier_import(r: Reader, digests: Sequence[str]) -> EarlierImport | None:
    """The newest import of exactly one of these files that was not taken back."""
    wanted = {digest for digest in digests if digest}
    if not wanted:
        return None
    taken_back = {run.id for run in import_runs(r) if run.state == "taken_back"}
    for run_id, at, stored in r.all("SELECT id, at, digests FROM import_runs ORDER BY id DESC"):
        if run_id not in taken_back and wanted & set(stored.split("\n")):
            return EarlierImport(run_id, at)
    return None


def import_runs(r: Reader, limit: int = 200) -> list[ImportRunRow]:
    """The newest imports first."""
    entries: dict[int, tuple[int | None, RunState]] = {}
    for run, entry_id, undoable, undone_by in r.all(f"{_ENTRIES} ORDER BY id"):
        if undone_by is not None:
            entries[run] = (None, "taken_back")
        else:
            entries[run] = (entry_id, "stands") if undoable else (None, "final")
    rows = []
    for run_id, at, files, added, updated, skipped in r.all(
        "SELECT id, at, files, added, updated, skipped FROM import_runs ORDER BY id DESC LIMIT ?",
        (limit,),
    ):
        entry_id, state = entries.get(run_id, (None, "final"))
        names = tuple(files.split("\n"))
        rows.append(ImportRunRow(run_id, at, names, added, updated, skipped, state, entry_id))
    return rows


def import_report(r: Reader, run_id: int) -> list[dict[str, Any]]:
    """Every row of an import as its report says it: row, action, id, reason, file, line, name."""
    text = r.value("SELECT report FROM import_runs WHERE id = ?", (run_id,))
    return list(json.loads(text)) if text else []


def changed_since(r: Reader, entry_id: int) -> ChangedSince:
    """The contacts of an import that were changed, or deleted, after it."""
    rows = r.all(
        "WITH last AS (SELECT table_name, row_id, max(seq) AS seq FROM journal_rows"
        " WHERE journal_id = ? GROUP BY table_name, row_id),"
        " left_as AS (SELECT j.table_name, j.row_id, j.version_after FROM journal_rows j"
        " JOIN last l ON l.table_name = j.table_name AND l.row_id = j.row_id AND l.seq = j.seq"
        " WHERE j.journal_id = ?)"
        " SELECT c.display_name FROM left_as a JOIN contacts c ON c.id = a.row_id"
        " WHERE a.table_name = 'contacts' AND c.version <> a.version_after"
        " UNION SELECT c.display_name FROM left_as a JOIN contact_phones p ON p.id = a.row_id"
        " JOIN contacts c ON c.id = p.contact_id"
        " WHERE a.table_name = 'contact_phones' AND p.version <> a.version_after"
        " UNION SELECT c.display_name FROM left_as a JOIN contact_emails p ON p.id = a.row_id"
        " JOIN contacts c ON c.id = p.contact_id"
        " WHERE a.table_name = 'contact_emails' AND p.version <> a.version_after"
        " UNION SELECT c.display_name FROM left_as a JOIN locations p ON p.id = a.row_id"
        " JOIN contacts c ON c.id = p.contact_id"
        " WHERE a.table_name = 'locations' AND p.version <> a.version_after",
        (entry_id, entry_id),
    )
    names = sorted(row[0] for row in rows)
    return ChangedSince(len(names), tuple(names[:3]))
