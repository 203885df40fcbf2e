"""What was deleted and can be brought back. One line a kind in :data:`KINDS`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

SHOWN: Final = 500
_LIKE: Final = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


@dataclass(frozen=True, slots=True)
class TrashKind:
    """A kind of thing. ``title`` and ``sub`` are SQL over ``t`` (the table) and ``c`` (its
    contact, with ``of_contact``); ``joins`` and ``where`` add to the statement. ``named``: two
    of one name may not both live.
    """

    key: str
    table: str
    title: str = "t.name"
    sub: str = "''"
    of_contact: bool = False
    joins: str = ""
    where: str = "1"
    named: bool = False


KINDS: Final[Mapping[str, TrashKind]] = {
    kind.key: kind
    for kind in (
        TrashKind(
            "contact",
            "contacts",
            "t.display_name",
            "coalesce((SELECT p.number FROM contact_phones p WHERE p.contact_id = t.id"
            " ORDER BY p.position LIMIT 1), '')",
            where="t.merged_into_id IS NULL AND t.erased_at IS NULL",
        ),
        TrashKind(
            "location",
            "locations",
            "coalesce(nullif(t.name, ''), nullif(t.street, ''), t.city)",
            "trim(t.street || ', ' || t.city, ', ')",
            of_contact=True,
        ),
        TrashKind("note", "notes", "substr(t.text, 1, 200)", of_contact=True),
        TrashKind("file", "attachments", "t.name", "t.caption", of_contact=True),
        TrashKind(
            "frequency",
            "frequencies",
            "coalesce(nullif(t.title, ''), s.name, '')",
            of_contact=True,
            joins="LEFT JOIN services s ON s.id = t.service_id",
        ),
        TrashKind("appointment", "appointments", "t.title", "t.starts_local", of_contact=True),
        TrashKind(
            "series",
            "series",
            "t.title",
            "t.starts_local",
            of_contact=True,
        ),
        TrashKind("complaint", "complaints", "substr(t.text, 1, 200)", of_contact=True),
        TrashKind(
            "treatment",
            "treatments",
            "t.product",
            "t.treated_local",
        ),
        TrashKind("day_off", "days_off", "t.reason", "t.first_on || ' – ' || t.last_on"),
        TrashKind("message", "messages", "substr(t.body, 1, 200)", of_contact=True),
        TrashKind("draft", "invoices", "t.po", of_contact=True, where="t.state = 'draft'"),
        TrashKind("proposal", "proposals", "t.title", of_contact=True),
        TrashKind("billing_plan", "billing_plans", of_contact=True),
        TrashKind("service", "services"),
        TrashKind("price_list", "price_lists", named=True),
        TrashKind("tax", "taxes"),
        TrashKind("tax_code", "tax_codes", named=True),
        TrashKind("field", "custom_fields", named=True),
        TrashKind("measure", "measures", "t.name", "t.unit", named=True),
        TrashKind("crew", "crews"),
        TrashKind("worker", "workers"),
    )
}


@dataclass(frozen=True, slots=True)
class TrashRow:
    """One thing. ``at`` is UTC ms; ``contact`` its contact's name, ``with_contact`` whether that
    one is deleted too and comes back with it. ``label`` and ``params`` name the command that
    deleted it, while that is known."""

    kind: str
    id: int
    at: int
    title: str
    sub: str
    contact: str = ""
    with_contact: bool = False
    label: str = ""
    params: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trash:
    """The newest ``SHOWN`` rows that match; ``counts`` of all by kind."""

    rows: tuple[TrashRow, ...]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        """How many match in all."""
        return sum(self.counts.values())


def trash(r: Reader, text: str = "", kind: str = "") -> Trash:
    """What was deleted, newest first. ``counts`` does not depend on ``kind``."""
    rows: list[TrashRow] = []
    counts: dict[str, int] = {}
    for key, spec in KINDS.items():
        source, params = _source(spec, text)
        count = int(r.value(f"SELECT count(*) {source}", params))
        if count:
            counts[key] = count
        if count and kind in ("", key):
            rows += _rows(r, spec, source, params)
    rows.sort(key=lambda row: (-row.at, row.kind, row.id))
    return Trash(tuple(_explained(r, row) for row in rows[:SHOWN]), counts)


def _source(spec: TrashKind, text: str) -> tuple[str, list[object]]:
    joins, where = spec.joins, [f"t.deleted_at IS NOT NULL AND {spec.where}"]
    params: list[object] = []
    searched = [spec.title, spec.sub]
    if spec.of_contact:
        joins += " LEFT JOIN contacts c ON c.id = t.contact_id"
        # What was merged away or erased has nothing to come back to.
        where.append("c.merged_into_id IS NULL AND c.erased_at IS NULL")
        searched.append("c.display_name")
    for word in text.split():
        where.append("(" + " OR ".join(f"{what} LIKE ? ESCAPE '\\'" for what in searched) + ")")
        params += [f"%{word.translate(_LIKE)}%"] * len(searched)
    return f"FROM {spec.table} t {joins} WHERE {' AND '.join(where)}", params


def _rows(r: Reader, spec: TrashKind, source: str, params: list[object]) -> list[TrashRow]:
    contact = "coalesce(c.display_name, ''), c.deleted_at" if spec.of_contact else "'', NULL"
    return [
        TrashRow(spec.key, row_id, at, title or "", sub or "", name, contact_deleted is not None)
        for row_id, at, title, sub, name, contact_deleted in r.all(
            f"SELECT t.id, t.deleted_at, {spec.title}, {spec.sub}, {contact} {source}"
            f" ORDER BY t.deleted_at DESC, t.id LIMIT {SHOWN}",
            params,
        )
    ]


def _explained(r: Reader, row: TrashRow) -> TrashRow:
    """With the command that deleted it, as long as the journal knows."""
    found = r.one(
        "SELECT j.label, j.params FROM journal_rows w JOIN journal j ON j.id = w.journal_id"
        " WHERE w.table_name = ? AND w.row_id = ? AND w.op = 'update'"
        " AND json_extract(w.before, '$.deleted_at') IS NULL"
        " AND json_type(w.before, '$.deleted_at') IS NOT NULL ORDER BY w.id DESC LIMIT 1",
        (KINDS[row.kind].table, row.id),
    )
    if found is None:
        return row
    return TrashRow(
        row.kind, row.id, row.at, row.title, row.sub, row.contact, row.with_contact,
        found[0], json.loads(found[1]),
    )  # fmt: skip
