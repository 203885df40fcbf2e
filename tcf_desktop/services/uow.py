"""The unit of work: one transaction, the before-images for undo, the notice of what changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, event, insert, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.changes import ChangeSet
from tcf_desktop.models.engine import driver_connection
from tcf_desktop.services import crews_of_today, due_dates, journal, search

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tcf_desktop.base.clock import Clock

M = TypeVar("M", bound=models.Base)
Rec = TypeVar("Rec", bound=models.Record)

_json = json.JSONEncoder(ensure_ascii=False).encode
_JOURNAL_TABLES = frozenset({"journal", "journal_rows"})
# What is told of at its contact; only the parts are searched.
_OF_CONTACT = search.CONTACT_PARTS | {"frequencies"}
# Columns of a contact that follow from others and say nothing to a person.
_UNTOLD = frozenset({"version", "updated_at", "sort_name", "name_key", "display_name"})


class UnitOfWork:
    """What a command works with. Made, committed and closed by the runner on the writer thread."""

    def __init__(
        self, engine: Engine, clock: Clock, *, journalled: bool = True, by_field: bool = False
    ) -> None:
        self.clock = clock
        self.now_at = clock.now_ms()
        self._engine = engine
        self._driver = driver_connection(engine)
        self._driver.execute("BEGIN IMMEDIATE")
        self._connection: Connection | None = None
        self._session: Session | None = None
        self.label = ""
        self.params: dict[str, object] = {}
        self.entry_id: int | None = None
        self._journalled = journalled
        self._by_field = by_field
        self._undo_of: int | None = None
        self._taken_back: int | None = None
        self._rows: list[journal.Row] = []
        self._changed: defaultdict[str, set[int]] = defaultdict(set)
        self._bulk: set[str] = set()
        self._contacts: defaultdict[int, set[str]] = defaultdict(set)  # and what changed there

    # what commands use

    @property
    def session(self) -> Session:
        """The session over this transaction; made at first use, positions of phones need none."""
        if self._session is None:
            self._session = Session(self._joined(), expire_on_commit=False)
            event.listen(self._session, "after_flush", self._on_flushed)
        return self._session

    @property
    def connection(self) -> Connection:
        """The connection of this transaction, for plain SQL; sees what was added before."""
        self._flush()
        return self._joined()

    def add(self, record: M) -> M:
        """Insert a record at once, so that its id is known."""
        self.session.add(record)
        self.session.flush()
        return record

    def get(self, model: type[M], row_id: int) -> M:
        """The record with this id; ``data.gone`` when there is none."""
        found = self.session.get(model, row_id)
        if found is None:
            raise AppError("data.gone")
        return found

    def find(self, model: type[M], *order_by: Any, **equals: object) -> list[M]:
        """The records whose columns equal the given values, in order."""
        return list(self.session.scalars(select(model).filter_by(**equals).order_by(*order_by)))

    def first(self, model: type[M], *order_by: Any, **equals: object) -> M | None:
        """The first of :meth:`find`, or None."""
        query = select(model).filter_by(**equals).order_by(*order_by).limit(1)
        return self.session.scalars(query).first()

    def delete(self, record: models.Base) -> None:
        """Remove a record for good; business records are marked (``deleted_at``) instead."""
        self.session.delete(record)
        self.session.flush()

    def rows(self, sql: str, params: Sequence[object] = ()) -> list[Any]:
        """Plain SQL inside the transaction; sees what was added before."""
        return list(self.connection.exec_driver_sql(sql, tuple(params)))

    def value(self, sql: str, params: Sequence[object] = ()) -> Any:
        """The first column of the first row of :meth:`rows`, or None."""
        found = self.rows(sql, params)
        return found[0][0] if found else None

    def fetch(
        self, sql: str, params: Sequence[object] = ()
    ) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
        """The fast path for many rows: the names of the columns, and plain tuples."""
        self._flush()
        found = self._driver.execute(sql, tuple(params))
        return tuple(column[0] for column in found.description), found.fetchall()

    def driver(self, sql: str, rows: Sequence[tuple[object, ...]]) -> int:
        """The fast path for many rows: not journalled, and the caller names what changed."""
        if not rows:
            return 0
        self._flush()
        return int(self._driver.executemany(sql, rows).rowcount)

    def bulk_insert(self, model: type[Rec], rows: Sequence[Mapping[str, object]]) -> list[int]:
        """Insert many records with the same columns in order, journalled; returns their ids."""
        if not rows:
            return []
        table = model.__tablename__
        # Nobody else writes while this transaction is open, so the ids can be given here: one
        # statement for all rows instead of one for each, three times as fast.
        first = int(self.value(f"SELECT coalesce(max(id), 0) + 1 FROM {table}"))
        ids = list(range(first, first + len(rows)))
        values = [{**row, "id": n, "version": 1} for n, row in zip(ids, rows, strict=True)]
        self.connection.execute(insert(model), values)
        for row_id, row in zip(ids, rows, strict=True):
            self._note(table, row_id, "insert", {}, 1)
            self._note_contact(table, row_id, row.get("contact_id"), ())
        return ids

    def describe(self, label: str, **params: object) -> None:
        """The name of this work in the Undo menu, as a template and its values."""
        self.label = label
        self.params = params

    def changed(self, table: str, *ids: int) -> None:
        """Tell screens of changes that did not go through the session."""
        self._changed[table].update(ids)

    def changed_many(self, table: str) -> None:
        """Tell screens that a table changed as a whole."""
        self._bulk.add(table)

    # what undo uses

    def note(
        self,
        table: str,
        row_id: int,
        op: str,
        before: Mapping[str, Any],
        version_after: int,
        contact_id: object = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Journal a change made by plain SQL."""
        self._note(table, row_id, op, before, version_after, after)
        self._note_contact(table, row_id, contact_id, before if op == "update" else ())

    def undoing(self, journal_id: int, undo_of: int | None, *, by_field: bool) -> None:
        """This work takes an entry back; taking an undo back is doing the first one again."""
        self._by_field = by_field
        if undo_of is None:
            self._undo_of = journal_id
        self._taken_back = journal_id

    # what the runner uses

    def finish(self, command: str, *, undoable: bool, merge_key: str) -> ChangeSet:
        """Flush, index, write the journal and commit; returns what changed."""
        self._flush()
        self._changed["frequencies"].update(due_dates.refresh(self._driver))
        if "crew_members" in self._changed:
            self._changed["workers"].update(crews_of_today.refresh(self._driver, self.now_at))
        if self._contacts:
            search.reindex(self.connection, self._contacts)
        if self._journalled and self._rows:
            self.entry_id = journal.write(
                self.connection,
                self._rows,
                journal.Entry(
                    at=self.now_at,
                    command=f"{command}:{merge_key}" if merge_key else command,
                    label=self.label or command,
                    params=json.dumps(self.params, ensure_ascii=False, default=str),
                    undoable=undoable,
                    undo_of=self._undo_of,
                    merge=bool(merge_key),
                    by_field=self._by_field,
                ),
            )
            self._mark_undone()
            self._keep_changes()
        self._end("COMMIT")
        rows = {table: frozenset(ids) for table, ids in self._changed.items() if ids}
        return ChangeSet(rows, frozenset(self._bulk), command)

    def abandon(self) -> None:
        """Roll back; nothing of this work remains."""
        self._end("ROLLBACK")

    def close(self) -> None:
        if self._session is not None:
            self._session.close()
        if self._connection is not None:
            self._connection.close()

    # inside

    def _joined(self) -> Connection:
        """SQLAlchemy's connection in the same transaction; what needs none does without."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _end(self, how: str) -> None:
        if self._connection is not None:
            if how == "COMMIT":
                self._connection.commit()
            else:
                self._connection.rollback()
        if self._driver.in_transaction:
            self._driver.execute(how)

    def _flush(self) -> None:
        if self._session is not None:
            self._session.flush()

    def _mark_undone(self) -> None:
        if self._taken_back is not None:
            self.connection.exec_driver_sql(
                "UPDATE journal SET undone_by = ? WHERE id = ?", (self.entry_id, self._taken_back)
            )

    def _keep_changes(self) -> None:
        """What happened to which contact, for its timeline."""
        params = json.dumps(self.params, ensure_ascii=False, default=str)
        undo = int(self._undo_of is not None)
        self._driver.executemany(
            "INSERT INTO contact_changes (contact_id, at, label, params, fields, undo)"
            " SELECT id, ?, ?, ?, ?, ? FROM contacts WHERE id = ?",
            [
                (self.now_at, self.label, params, ",".join(sorted(fields)), undo, contact_id)
                for contact_id, fields in self._contacts.items()
            ],
        )

    def _on_flushed(self, session: Session, _context: UOWTransaction) -> None:
        for record in session.new:
            self._note_record(record, "insert")
        for record in session.dirty:
            if session.is_modified(record):
                self._note_record(record, "update")
        for record in session.deleted:
            self._note_record(record, "delete")

    def _note_record(self, record: object, op: str) -> None:
        if not isinstance(record, models.Base) or record.__tablename__ in _JOURNAL_TABLES:
            return
        table = record.__tablename__
        state = inspect(record)
        row_id = int(
            state.identity[0]
            if state.identity
            else state.mapper.primary_key_from_instance(record)[0]
        )
        if isinstance(record, models.Record):
            before: dict[str, Any] = {}
            after: dict[str, Any] = {}
            if op == "update":
                for attribute in state.attrs:
                    history = attribute.history
                    if history.added and attribute.key != "version":
                        before[attribute.key] = history.deleted[0] if history.deleted else None
                        after[attribute.key] = history.added[0]
                before["version"] = record.version - 1
            elif op == "delete":
                before = {attribute.key: attribute.value for attribute in state.attrs}
            self._note(table, row_id, op, before, record.version, after)
            fields: Iterable[str] = after
        else:
            self._changed[table].add(row_id)
            fields = ()
        self._note_contact(table, row_id, getattr(record, "contact_id", None), fields)

    def _note(
        self,
        table: str,
        row_id: int,
        op: str,
        before: Mapping[str, Any],
        version_after: int,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        self._changed[table].add(row_id)
        if self._journalled:
            new = _json(after) if self._by_field and after else ""
            self._rows.append(journal.Row(table, row_id, op, _json(before), version_after, new))

    def _note_contact(
        self, table: str, row_id: int, contact_id: object, fields: Iterable[str]
    ) -> None:
        if table == "contacts":
            self._contacts[row_id].update(field for field in fields if field not in _UNTOLD)
        elif table in _OF_CONTACT and isinstance(contact_id, int):
            self._contacts[contact_id].add(table)
            self._changed["contacts"].add(contact_id)
