"""The journal on disk: entries, their before-images, and what still may be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from sqlalchemy import Connection

KEEP_DAYS: Final = 30
MERGE_WITHIN_MS: Final = 30_000


class Row(NamedTuple):
    """A changed record: its old values as JSON and its version after the change; the new values
    too where undo asks field by field."""

    table: str
    row_id: int
    op: str
    before: str
    version_after: int
    after: str = ""


class Entry(NamedTuple):
    """One command as it stands in the undo list; ``label`` is a template for ``params``."""

    at: int
    command: str
    label: str
    params: str
    undoable: bool
    undo_of: int | None
    merge: bool
    by_field: bool = False


def write(connection: Connection, rows: Sequence[Row], entry: Entry) -> int:
    """Store an entry with its rows; returns the entry's id.

    Rapid edits that say so join the newest entry. What cannot be undone settles the earlier
    entries of the same records, so that Undo never stops at one that must be refused.
    """
    if not entry.undoable:
        settle(connection, rows)
    journal_id = _mergeable(connection, entry) if entry.merge else None
    start = 0
    if journal_id is None:
        journal_id = connection.exec_driver_sql(
            "INSERT INTO journal (at, command, label, params, undoable, undo_of, by_field)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                entry.at,
                entry.command,
                entry.label,
                entry.params,
                int(entry.undoable),
                entry.undo_of,
                int(entry.by_field),
            ),
        ).scalar_one()
    else:
        start = connection.exec_driver_sql(
            "SELECT max(seq) + 1 FROM journal_rows WHERE journal_id = ?", (journal_id,)
        ).scalar_one()
        connection.exec_driver_sql("UPDATE journal SET at = ? WHERE id = ?", (entry.at, journal_id))
    if entry.undoable or entry.undo_of is not None:
        connection.exec_driver_sql(
            "INSERT INTO journal_rows (journal_id, seq, table_name, row_id, op, before,"
            " version_after, after) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(journal_id, start + n, *row) for n, row in enumerate(rows)],
        )
    return int(journal_id)


def _mergeable(connection: Connection, entry: Entry) -> int | None:
    newest = connection.exec_driver_sql(
        "SELECT id, command, at, undoable, undone_by FROM journal ORDER BY id DESC LIMIT 1"
    ).first()
    if newest is None or newest.command != entry.command:
        return None
    if not newest.undoable or newest.undone_by is not None:
        return None
    if entry.at - newest.at > MERGE_WITHIN_MS:
        return None
    return int(newest.id)


def settle(connection: Connection, rows: Iterable[Row]) -> None:
    """Close the earlier entries of these records: they cannot be undone any more. What is undone
    field by field is left open: it asks for its own fields only."""
    records = list({(row.table, row.row_id) for row in rows})
    if records:
        connection.exec_driver_sql(
            "UPDATE journal SET undoable = 0 WHERE undoable = 1 AND by_field = 0 AND id IN"
            " (SELECT journal_id FROM journal_rows WHERE table_name = ? AND row_id = ?)",
            records,
        )


def prune(connection: Connection, before_ms: int) -> None:
    """Forget entries older than an instant; imports and merges that stand can be taken back later
    than that, as long as their records are as they left them."""
    for table, key in (("journal_rows", "journal_id"), ("journal", "id")):
        connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE {key} IN (SELECT id FROM journal WHERE at < ?"
            " AND NOT (command IN ('ImportContacts', 'MergeContacts')"
            " AND undoable = 1 AND undone_by IS NULL))",
            (before_ms,),
        )
