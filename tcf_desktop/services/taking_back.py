"""Putting journalled records back as they were, table by table: an import has 50,000 of them.

Rows come newest first and are taken in runs of one table and kind of change, so that references
between tables hold at every step; a record that stands twice in a run begins another.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError

if TYPE_CHECKING:
    from tcf_desktop.services.journal import Row
    from tcf_desktop.services.uow import UnitOfWork

_CHUNK: Final = 500


def refuse_when_moved_on(uow: UnitOfWork, rows: Sequence[Row], said: str) -> None:
    """Raise ``undo.moved_on`` unless every record is as these rows left it.

    What was changed field by field is asked for the changed fields only.
    """
    last: defaultdict[str, dict[int, Row]] = defaultdict(dict)
    left: defaultdict[str, dict[int, dict[str, Any]]] = defaultdict(dict)
    for row in rows:
        last[row.table].setdefault(row.row_id, row)
        if row.after:
            fields = left[row.table].setdefault(row.row_id, {})
            left[row.table][row.row_id] = {**json.loads(row.after), **fields}
    for table, wanted in last.items():
        versions = dict(
            found
            for chunk in _chunks(list(wanted))
            for found in uow.fetch(
                f"SELECT id, version FROM {_table(table)} WHERE id IN ({_marks(chunk)})", chunk
            )[1]
        )
        moved = []
        for row_id, row in wanted.items():
            version = versions.get(row_id)
            if version == (None if row.op == "delete" else row.version_after):
                continue
            if version is None or row_id not in left[table]:
                raise AppError("undo.moved_on", label=said)
            moved.append(row_id)
        now = _current(uow, table, moved)
        for row_id in moved:
            fields = left[table][row_id]
            if any(now[row_id][name] != value for name, value in fields.items()):
                raise AppError("undo.moved_on", label=said)


def reverse(uow: UnitOfWork, rows: Sequence[Row], said: str) -> None:
    """Undo these rows, newest first; raises ``undo.in_use`` when others refer to what would go."""
    for run in _runs(rows):
        table = _table(run[0].table)
        if run[0].op == "insert":
            _take_out(uow, table, run, said)
        elif run[0].op == "delete":
            _put_in(uow, table, run)
        else:
            _put_back(uow, table, run)


def _take_out(uow: UnitOfWork, table: str, run: Sequence[Row], said: str) -> None:
    keys = [(row.row_id,) for row in run]
    now = _current(uow, table, [row.row_id for row in run])
    if table == "contacts":  # their history goes with them
        uow.driver("DELETE FROM contact_changes WHERE contact_id = ?", keys)
    try:
        uow.driver(f"DELETE FROM {table} WHERE id = ?", keys)
    except Exception as error:
        if "FOREIGN KEY" not in str(error):
            raise
        raise AppError("undo.in_use", label=said) from error
    for row in run:
        values = now[row.row_id]
        version = int(values["version"])
        uow.note(table, row.row_id, "delete", values, version, values.get("contact_id"))


def _put_in(uow: UnitOfWork, table: str, run: Sequence[Row]) -> None:
    for names, chosen in _by_fields(run).items():
        uow.driver(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
            [tuple(before.values()) for _row, before in chosen],
        )
        for row, before in chosen:
            version = int(before["version"])
            uow.note(table, row.row_id, "insert", {}, version, before.get("contact_id"))


def _put_back(uow: UnitOfWork, table: str, run: Sequence[Row]) -> None:
    now = _current(uow, table, [row.row_id for row in run])
    for names, chosen in _by_fields(run).items():
        for row, before in chosen:
            # The old version comes back with the old values, so that the entry before can be
            # undone too; not where others changed the record meanwhile.
            version = int(now[row.row_id]["version"])
            if version != row.version_after:
                before["version"] = version + 1
        uow.driver(
            f"UPDATE {table} SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",
            [(*before.values(), row.row_id) for row, before in chosen],
        )
        for row, before in chosen:
            values = now[row.row_id]
            uow.note(
                table,
                row.row_id,
                "update",
                {name: values[name] for name in names},
                int(before["version"]),
                values.get("contact_id"),
                {name: value for name, value in before.items() if name != "version"},
            )


def _runs(rows: Sequence[Row]) -> Iterator[list[Row]]:
    run: list[Row] = []
    known: set[int] = set()
    for row in rows:
        if run and (row.table, row.op) == (run[0].table, run[0].op) and row.row_id not in known:
            run.append(row)
        else:
            if run:
                yield run
            run, known = [row], set()
        known.add(row.row_id)
    if run:
        yield run


def _by_fields(run: Sequence[Row]) -> dict[tuple[str, ...], list[tuple[Row, dict[str, Any]]]]:
    """The rows with their old values, by the columns that these name."""
    groups: dict[tuple[str, ...], list[tuple[Row, dict[str, Any]]]] = {}
    for row in run:
        before = json.loads(row.before)
        groups.setdefault(tuple(before), []).append((row, before))
    return groups


def _current(uow: UnitOfWork, table: str, ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for chunk in _chunks(ids):
        names, rows = uow.fetch(
            f"SELECT * FROM {_table(table)} WHERE id IN ({_marks(chunk)})", chunk
        )
        key = names.index("id")
        found.update((row[key], dict(zip(names, row, strict=True))) for row in rows)
    return found


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _marks(ids: Sequence[int]) -> str:
    return ",".join("?" * len(ids))


def _table(name: str) -> str:
    """The table's name, proven to be one of ours before it enters a statement."""
    tables: Mapping[str, Any] = models.Base.metadata.tables
    if name not in tables:
        raise AppError("undo.final", label=name)
    return name
