"""Bringing deleted things back, and forgetting what was deleted long ago."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.contacts import fold
from tcf_desktop.services import journal
from tcf_desktop.services.command import Command
from tcf_desktop.services.queries.trash import KINDS

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

KEEP_DAYS: Final = journal.KEEP_DAYS
AT_ONCE: Final = 500
# What goes for good: (table, further condition, parts that belong to it and to nothing else, in
# the order in which they go). Settings (services, taxes, fields …) are few and stay.
_Parts = tuple[tuple[str, str], ...]
_AT_PLACES: Final = (
    "appointments", "series", "invoices", "proposals", "billing_plans", "notes", "attachments",
    "frequencies",
)  # fmt: skip
_ELSEWHERE: Final = " AND ".join(  # no place of the contact is named by somebody else's records
    f"NOT EXISTS (SELECT 1 FROM locations l JOIN {table} x ON x.location_id = l.id"
    " WHERE l.contact_id = t.id AND x.contact_id IS NOT t.id)"
    for table in (
        "appointments",
        "series",
        "invoices",
        "proposals",
        "billing_plans",
        "notes",
        "attachments",
        "frequencies",
    )
)
_FORGOTTEN: Final[tuple[tuple[str, str, _Parts], ...]] = (
    ("attachments", "1", ()),
    ("notes", "1", ()),
    ("frequencies", "1", ()),
    ("messages", "1", ()),
    ("complaints", "1", ()),
    ("treatments", "1", ()),
    ("days_off", "1", ()),
    (
        "appointments",
        # A deleted occurrence covers its date as long as the series is there.
        "t.invoice_id IS NULL AND t.series_id IS NULL",
        (
            ("appointment_lines", "appointment_id = ?"),
            ("checklist_items", "appointment_id = ?"),
            ("treatments", "appointment_id = ?"),
        ),
    ),
    (
        "series",
        "1",
        (
            ("series_lines", "series_id = ?"),
            ("series_skips", "series_id = ?"),
            ("checklist_items", "series_id = ?"),
        ),
    ),
    (
        "invoices",
        "t.state = 'draft'",
        (("invoice_lines", "invoice_id = ?"), ("invoice_taxes", "invoice_id = ?")),
    ),
    (
        "proposals",
        "t.state = 'draft'",
        (
            ("proposal_lines", "proposal_id = ?"),
            ("proposal_options", "proposal_id = ?"),
            ("proposal_taxes", "proposal_id = ?"),
        ),
    ),
    (
        "billing_plans",
        "1",
        (("billing_plan_lines", "plan_id = ?"), ("billing_runs", "plan_id = ?")),
    ),
    (
        "locations",
        "1",
        (
            ("location_measures", "location_id = ?"),
            ("working_hours", "location_id = ?"),
            ("days_off", "location_id = ?"),
        ),
    ),
    (
        "contacts",
        f"t.merged_into_id IS NULL AND t.erased_at IS NULL AND {_ELSEWHERE}",
        (
            ("notes", "contact_id = ?"),
            ("attachments", "contact_id = ?"),
            ("frequencies", "contact_id = ?"),
            (
                "location_measures",
                "location_id IN (SELECT id FROM locations WHERE contact_id = ?)",
            ),
            ("working_hours", "location_id IN (SELECT id FROM locations WHERE contact_id = ?)"),
            ("days_off", "location_id IN (SELECT id FROM locations WHERE contact_id = ?)"),
            ("messages", "contact_id = ?"),
            ("complaints", "contact_id = ?"),
            ("locations", "contact_id = ?"),
            ("contact_phones", "contact_id = ?"),
            ("contact_emails", "contact_id = ?"),
            ("custom_values", "contact_id = ?"),
            ("contact_changes", "contact_id = ?"),
            ("distinct_contacts", "a_id = ?"),
            ("distinct_contacts", "b_id = ?"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: how many things, and the names of contacts that came with them."""

    count: int
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RestoreItems(Command[Restored]):
    """Bring deleted things back, ``(kind, id)`` each; a deleted contact comes with what is its.

    What lives already is passed over. Raises ``data.gone``, ``trash.merged`` and
    ``trash.name_taken``; then nothing comes back.
    """

    items: tuple[tuple[str, int], ...]

    def execute(self, uow: UnitOfWork) -> Restored:
        names: list[str] = []
        count = 0
        asked = {row_id for kind, row_id in self.items if kind == "contact"}
        for kind, row_id in self.items:
            record: Any = uow.get(_model(KINDS[kind].table), row_id)
            if kind == "contact":
                _refuse_gone(uow, record)
            elif KINDS[kind].of_contact and record.contact_id is not None:
                contact = uow.get(models.Contact, record.contact_id)
                _refuse_gone(uow, contact)
                if contact.deleted_at is not None and contact.id not in asked:
                    contact.deleted_at = None
                    names.append(contact.display_name)
            if record.deleted_at is None:
                continue
            if KINDS[kind].named:
                _refuse_same_name(uow, kind, record)
            record.deleted_at = None
            count += 1
        if count == 1:
            uow.describe("return of {name}", name=_said(uow, *self.items[0]))
        else:
            uow.describe("return of {count} things from the trash", count=count)
        return Restored(count, tuple(names))


@dataclass(frozen=True, slots=True)
class EmptyTrash(Command[int]):
    """Forget for good what was deleted more than ``KEEP_DAYS`` ago and nothing refers to; returns
    how many records, at most about ``AT_ONCE`` a kind. Contacts with documents, visits, payments
    or a word on who may write to them stay."""

    journalled = False

    def execute(self, uow: UnitOfWork) -> int:
        before = uow.now_at - KEEP_DAYS * 86_400_000
        return sum(_forget(uow, table, where, parts, before) for table, where, parts in _FORGOTTEN)


def _forget(uow: UnitOfWork, table: str, where: str, parts: _Parts, before: int) -> int:
    owned = {part for part, _condition in parts}
    unused = "".join(
        f" AND NOT EXISTS (SELECT 1 FROM {other} x WHERE x.{column} = t.id)"
        for other, column in _references(table)
        if other not in owned
    )
    _names, rows = uow.fetch(
        f"SELECT t.id FROM {table} t WHERE t.deleted_at < ? AND {where}{unused} LIMIT {AT_ONCE}",
        (before,),
    )
    for part, condition in parts:
        uow.driver(f"DELETE FROM {part} WHERE {condition}", rows)
    uow.driver(f"DELETE FROM {table} WHERE id = ?", rows)
    uow.changed(table, *(row[0] for row in rows))
    return len(rows)


def _references(table: str) -> Iterator[tuple[str, str]]:
    """Every (table, column) that may refer to a record of this table."""
    for other in models.Base.metadata.tables.values():
        for key in other.foreign_keys:
            if key.column.table.name == table:
                yield other.name, key.parent.name


def _model(table: str) -> type[models.Base]:
    """The class of a table."""
    return next(
        mapper.class_
        for mapper in models.Base.registry.mappers
        if mapper.class_.__tablename__ == table
    )


def _refuse_gone(uow: UnitOfWork, contact: models.Contact) -> None:
    if contact.erased_at is not None:
        raise AppError("data.gone")
    if contact.merged_into_id is not None:
        kept = uow.get(models.Contact, contact.merged_into_id)
        raise AppError("trash.merged", name=contact.display_name, kept=kept.display_name)


def _refuse_same_name(uow: UnitOfWork, kind: str, record: Any) -> None:
    living: Sequence[Any] = uow.find(type(record), deleted_at=None)
    if any(fold(one.name) == fold(record.name) for one in living):
        what = {"price_list": "price list", "tax_code": "tax code"}.get(kind, kind)
        raise AppError("trash.name_taken", what=what, name=record.name)


def _said(uow: UnitOfWork, kind: str, row_id: int) -> str:
    """The one thing that came back, in a word or its name."""
    record: Any = uow.get(_model(KINDS[kind].table), row_id)
    called = getattr(record, "display_name", "") or getattr(record, "name", "")
    return str(called or getattr(record, "title", "") or kind)
