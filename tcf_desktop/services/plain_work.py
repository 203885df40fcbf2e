"""The quick way through the writer for positions: driver SQL in one transaction, nothing else.

A session, its events and its bookkeeping cost several times what storing a hundred positions
costs. Commands with ``plain = True`` get this instead of a unit of work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from tcf_desktop.domain.changes import ChangeSet

if TYPE_CHECKING:
    from tcf_desktop.base.clock import Clock
    from tcf_desktop.services.command import Command


class DriverWork(Protocol):
    """What a unit of work and the quick way have in common."""

    now_at: int

    def value(self, sql: str, params: Sequence[object] = ()) -> Any:
        """The first column of the first row, or None."""
        ...

    def driver(self, sql: str, rows: Sequence[tuple[object, ...]]) -> int:
        """Run a statement for each row; returns how many rows it touched in all."""
        ...

    def changed(self, table: str, *ids: int) -> None:
        """Tell screens of changed rows."""
        ...

    def changed_many(self, table: str) -> None:
        """Tell screens that a table changed as a whole."""
        ...


class PlainWork:
    """One transaction of the writer's connection; see :class:`DriverWork`."""

    def __init__(self, connection: Any, clock: Clock) -> None:
        self.now_at = clock.now_ms()
        self._connection = connection
        self._changed: defaultdict[str, set[int]] = defaultdict(set)
        self._bulk: set[str] = set()

    def value(self, sql: str, params: Sequence[object] = ()) -> Any:
        row = self._connection.execute(sql, params).fetchone()
        return None if row is None else row[0]

    def driver(self, sql: str, rows: Sequence[tuple[object, ...]]) -> int:
        return int(self._connection.executemany(sql, rows).rowcount) if rows else 0

    def changed(self, table: str, *ids: int) -> None:
        self._changed[table].update(ids)

    def changed_many(self, table: str) -> None:
        self._bulk.add(table)

    def changes(self, command: str) -> ChangeSet:
        """What was told of."""
        rows = {table: frozenset(ids) for table, ids in self._changed.items() if ids}
        return ChangeSet(rows, frozenset(self._bulk), command)


def run_plain(connection: Any, clock: Clock, command: Command[Any]) -> tuple[Any, ChangeSet]:
    """Execute and commit a plain command on the writer's driver connection; nothing of it remains
    when it raises."""
    work: Any = PlainWork(connection, clock)
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = command.execute(work)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return result, work.changes(type(command).__name__)
