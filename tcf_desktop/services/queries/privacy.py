"""What is known about one person, and what erasing that person would take away.

:data:`HELD` names every table that holds something of a contact. A test walks the layout, so that
a new table without a decision here is noticed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop import __version__
from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.money import plain_decimal, plain_price
from tcf_desktop.domain.privacy import (
    RETENTION_KEY,
    RETENTION_YEARS,
    Counted,
    ErasePlan,
    OpenInvoice,
    PersonReport,
    VisitAhead,
    retention_end,
    retention_start,
)
from tcf_desktop.domain.recurrence import occurrence_id

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

Rows = Callable[[str, Sequence[Any]], Sequence[Any]]  # runs a statement: reader.all or uow.rows

# Every statement below takes one parameter, the ids of the person's records as a JSON list.
IDS: Final = "(SELECT value FROM json_each(?1))"
PLACES: Final = f"(SELECT id FROM locations WHERE contact_id IN {IDS})"
VISITS: Final = f"(SELECT id FROM appointments WHERE contact_id IN {IDS})"
SERIES: Final = f"(SELECT id FROM series WHERE contact_id IN {IDS})"
PROPOSALS: Final = f"(SELECT id FROM proposals WHERE contact_id IN {IDS})"
PLANS: Final = f"(SELECT id FROM billing_plans WHERE contact_id IN {IDS})"
INVOICES: Final = f"(SELECT id FROM invoices WHERE contact_id IN {IDS})"
PAYMENTS: Final = f"(SELECT id FROM payments WHERE contact_id IN {IDS})"
DRAFTS: Final = f"(SELECT id FROM invoices WHERE state = 'draft' AND contact_id IN {IDS})"
# Visits that an issued invoice names: their row stays, without words.
INVOICED: Final = (
    f"(SELECT id FROM appointments WHERE contact_id IN {IDS} AND (id IN (SELECT l.appointment_id"
    " FROM invoice_lines l JOIN invoices i ON i.id = l.invoice_id WHERE i.state <> 'draft'"
    " AND l.appointment_id IS NOT NULL)"
    " OR invoice_id IN (SELECT id FROM invoices WHERE state <> 'draft')))"
)


@dataclass(frozen=True, slots=True)
class Held:
    """A table with something about the person: its section in the export and which rows.

    ``more`` are columns to add, name and expression over ``t``; they say what ids mean.
    """

    section: str
    table: str
    where: str
    order: str = "t.id"
    more: Mapping[str, str] = field(default_factory=dict)


_CREW: Final = "(SELECT name FROM crews WHERE id = t.{})"
_INVOICE: Final = "(SELECT number FROM invoices WHERE id = t.invoice_id)"
_PLACE: Final = (
    "(SELECT coalesce(nullif(name, ''), street) FROM locations WHERE id = t.location_id)"
)

HELD: Final = (
    Held("person", "contacts", f"t.id IN {IDS}", "t.deleted_at IS NOT NULL, t.id", {
        "default_crew": _CREW.format("default_crew_id"),
        "price_list": "(SELECT name FROM price_lists WHERE id = t.price_list_id)",
    }),
    Held("phones", "contact_phones", f"t.contact_id IN {IDS}", "t.position"),
    Held("emails", "contact_emails", f"t.contact_id IN {IDS}", "t.position"),
    Held("locations", "locations", f"t.contact_id IN {IDS}", "t.position", {
        "tax": "(SELECT name FROM taxes WHERE id = t.tax_id)",
    }),
    Held("measures", "location_measures", f"t.location_id IN {PLACES}", "t.id", {
        "place": _PLACE,
        "measure": "(SELECT name FROM measures WHERE id = t.measure_id)",
        "unit": "(SELECT unit FROM measures WHERE id = t.measure_id)",
    }),
    Held("fields", "custom_values", f"t.contact_id IN {IDS}", "t.field_id", {
        "field": "(SELECT name FROM custom_fields WHERE id = t.field_id)",
    }),
    Held("notes", "notes", f"t.contact_id IN {IDS}", "t.at DESC", {"place": _PLACE}),
    Held("consents", "consent_events", f"t.contact_id IN {IDS}", "t.at"),
    Held("frequencies", "frequencies", f"t.contact_id IN {IDS}", "t.id", {
        "service": "(SELECT name FROM services WHERE id = t.service_id)", "place": _PLACE,
    }),
    Held("files", "attachments", f"t.contact_id IN {IDS}", "t.added_at", {"place": _PLACE}),
    Held("appointments", "appointments", f"t.contact_id IN {IDS}", "t.starts_at", {
        "crew": _CREW.format("crew_id"), "place": _PLACE, "invoice": _INVOICE,
        "worker": "(SELECT name FROM workers WHERE id = t.worker_id)",
    }),
    Held("appointment_lines", "appointment_lines", f"t.appointment_id IN {VISITS}",
         "t.appointment_id, t.position"),
    Held("series", "series", f"t.contact_id IN {IDS}", "t.starts_local", {
        "crew": _CREW.format("crew_id"), "place": _PLACE,
        "worker": "(SELECT name FROM workers WHERE id = t.worker_id)",
    }),
    Held("series_lines", "series_lines", f"t.series_id IN {SERIES}", "t.series_id, t.position"),
    Held("series_skips", "series_skips", f"t.series_id IN {SERIES}",
         "t.series_id, t.occurrence_on"),
    Held("checklists", "checklist_items",
         f"t.appointment_id IN {VISITS} OR t.series_id IN {SERIES}",
         "t.appointment_id, t.series_id, t.position"),
    Held("treatments", "treatments", f"t.appointment_id IN {VISITS}", "t.treated_local, t.id", {
        "worker": "(SELECT name FROM workers WHERE id = t.worker_id)",
    }),
    Held("complaints", "complaints", f"t.contact_id IN {IDS}", "t.opened_at"),
    Held("messages", "messages", f"t.contact_id IN {IDS}", "t.created_at"),
    Held("opening_hours", "working_hours", f"t.location_id IN {PLACES}", "t.location_id, t.weekday",
         {"place": _PLACE}),
    Held("closed_days", "days_off", f"t.location_id IN {PLACES}", "t.first_on", {"place": _PLACE}),
    Held("proposals", "proposals", f"t.contact_id IN {IDS}", "t.created_at, t.id",
         {"place": _PLACE}),
    Held("proposal_options", "proposal_options", f"t.proposal_id IN {PROPOSALS}",
         "t.proposal_id, t.option_n"),
    Held("proposal_lines", "proposal_lines", f"t.proposal_id IN {PROPOSALS}",
         "t.proposal_id, t.position"),
    Held("proposal_taxes", "proposal_taxes", f"t.proposal_id IN {PROPOSALS}",
         "t.proposal_id, t.option_n, t.position"),
    Held("invoices", "invoices", f"t.contact_id IN {IDS}", "t.issued_on, t.id"),
    Held("invoice_lines", "invoice_lines", f"t.invoice_id IN {INVOICES}",
         "t.invoice_id, t.position", {"invoice": _INVOICE}),
    Held("invoice_taxes", "invoice_taxes", f"t.invoice_id IN {INVOICES}",
         "t.invoice_id, t.position", {"invoice": _INVOICE}),
    Held("payments", "payments", f"t.contact_id IN {IDS}", "t.paid_on, t.id"),
    Held("allocations", "allocations",
         f"t.payment_id IN {PAYMENTS} OR t.invoice_id IN {INVOICES}"
         f" OR t.credit_id IN {INVOICES}", "t.id",
         {"invoice": _INVOICE}),
    Held("invoice_reminders", "invoice_reminders", f"t.invoice_id IN {INVOICES}", "t.id",
         {"invoice": _INVOICE}),
    Held("late_fees", "late_fees", f"t.invoice_id IN {INVOICES}", "t.id", {"invoice": _INVOICE}),
    Held("repeating_invoices", "billing_plans", f"t.contact_id IN {IDS}", "t.id",
         {"place": _PLACE}),
    Held("repeating_invoice_lines", "billing_plan_lines", f"t.plan_id IN {PLANS}",
         "t.plan_id, t.position"),
    Held("repeating_invoice_periods", "billing_runs", f"t.plan_id IN {PLANS}",
         "t.plan_id, t.period_on", {"invoice": _INVOICE}),
    Held("kept_copies", "archived_documents", f"t.contact_id IN {IDS}", "t.created_at",
         {"invoice": _INVOICE}),
    Held("changes", "contact_changes", f"t.contact_id IN {IDS}", "t.at DESC"),
)  # fmt: skip
_PLAIN_INSTANTS: Final = frozenset({"at"})
_ADDED_FILE_ONLY: Final = frozenset({"version"})


def person_ids(rows: Rows, contact_id: int) -> list[int]:
    """The records of a person: the contact and those that were merged into it."""
    found = rows(
        "WITH RECURSIVE same(id) AS (SELECT id FROM contacts WHERE id = ? UNION"
        " SELECT c.id FROM contacts c JOIN same ON c.merged_into_id = same.id)"
        " SELECT id FROM same",
        (contact_id,),
    )
    return [row[0] for row in found]


def person_report(r: Reader, contact_id: int, now_ms: int) -> PersonReport | None:
    """Everything about a person, also what lies in the trash; None when there is no such contact
    or it was erased."""
    head = r.one(
        "SELECT c.display_name, b.name, b.currency, b.zone FROM contacts c, business b"
        " WHERE c.id = ? AND c.erased_at IS NULL AND b.id = 1",
        (contact_id,),
    )
    if head is None:
        return None
    name, business, currency, zone = head
    ids = json.dumps(person_ids(r.all, contact_id))
    sections = {held.section: _records(r, held, ids, zone, currency) for held in HELD}
    return PersonReport(
        contact_id=contact_id,
        name=name,
        business=business,
        made_at=from_ms(now_ms, "UTC").isoformat(timespec="seconds"),
        app_version=__version__,
        schema_version=int(r.value("PRAGMA user_version")),
        currency=currency,
        zone=zone,
        sections=sections,
    )


def _records(r: Reader, held: Held, ids: str, zone: str, currency: str) -> list[dict[str, Any]]:
    names = [
        name
        for (name,) in r.all("SELECT name FROM pragma_table_info(?)", (held.table,))
        if name not in _ADDED_FILE_ONLY
    ]
    columns = [f"t.{name}" for name in names] + list(held.more.values())
    every = [*names, *held.more]
    return [
        {name: _value(name, value, zone, currency) for name, value in zip(every, row, strict=True)}
        for row in r.all(
            f"SELECT {', '.join(columns)} FROM {held.table} t WHERE {held.where}"
            f" ORDER BY {held.order}",
            (ids,),
        )
    ]


def _value(name: str, value: Any, zone: str, currency: str) -> Any:
    """A column as other programs read it."""
    if isinstance(value, int):
        if name.endswith("_at") or name in _PLAIN_INSTANTS:
            moment: datetime = from_ms(value, zone)
            return moment.isoformat(timespec="seconds")
        if name.endswith("_cents"):
            return {
                "amount": plain_decimal(value, currency),
                "minor_units": value,
                "currency": currency,
            }
        if name.endswith("_e4"):
            return {"amount": plain_price(value, currency), "currency": currency}
        if name.endswith("_milli"):
            whole, rest = divmod(abs(value), 1000)
            sign = "-" if value < 0 else ""
            return f"{sign}{whole}.{rest:03d}".rstrip("0").rstrip(".")
    return value


def retention_years(r: Reader) -> int:
    """For how many years issued invoices and payments keep the name."""
    stored = r.value("SELECT value FROM settings WHERE key = ?", (RETENTION_KEY,))
    return RETENTION_YEARS if stored is None else int(json.loads(stored))


def erase_plan(r: Reader, contact_id: int, now_ms: int, copies: int = 0) -> ErasePlan | None:
    """What erasing this person would do; None when there is nobody to erase. ``copies`` is how
    many files from before an upgrade lie in the data folder."""
    head = r.one(
        "SELECT c.display_name, b.zone FROM contacts c, business b"
        " WHERE c.id = ? AND c.erased_at IS NULL AND b.id = 1",
        (contact_id,),
    )
    if head is None:
        return None
    name, zone = head
    person = person_ids(r.all, contact_id)
    ids = json.dumps(person)
    years = retention_years(r)
    start = retention_start(from_ms(now_ms, zone).date(), years).isoformat()
    issued = "SELECT count(*), max(issued_on) FROM invoices WHERE state <> 'draft'"
    kept = r.one(f"{issued} AND issued_on >= ?2 AND contact_id IN {IDS}", (ids, start))
    old = r.one(f"{issued} AND issued_on < ?2 AND contact_id IN {IDS}", (ids, start))
    paid = r.value(f"SELECT max(paid_on) FROM payments WHERE contact_id IN {IDS}", (ids,))
    assert kept is not None
    assert old is not None

    def count(sql: str) -> int:
        return int(r.value(f"SELECT count(*) FROM {sql}", (ids,)))

    invoiced = count(f"appointments WHERE id IN {INVOICED}")
    goes = {
        "phones": count(f"contact_phones WHERE contact_id IN {IDS}"),
        "emails": count(f"contact_emails WHERE contact_id IN {IDS}"),
        "locations": count(f"locations WHERE contact_id IN {IDS}"),
        "notes": count(f"notes WHERE contact_id IN {IDS}"),
        "files": count(f"attachments WHERE contact_id IN {IDS}"),
        "fields": count(f"custom_values WHERE contact_id IN {IDS}"),
        "consents": count(f"consent_events WHERE contact_id IN {IDS}"),
        "frequencies": count(f"frequencies WHERE contact_id IN {IDS}"),
        "changes": count(f"contact_changes WHERE contact_id IN {IDS}"),
        "drafts": count(f"invoices WHERE id IN {DRAFTS}"),
        "visits": count(f"appointments WHERE contact_id IN {IDS} AND id NOT IN {INVOICED}"),
        "series": count(f"series WHERE contact_id IN {IDS}"),
        "messages": count(f"messages WHERE contact_id IN {IDS}"),
        "complaints": count(f"complaints WHERE contact_id IN {IDS}"),
        "proposals": count(f"proposals WHERE contact_id IN {IDS}"),
        "plans": count(f"billing_plans WHERE contact_id IN {IDS}"),
        "visit_texts": invoiced,
        "old_invoices": int(old[0]),
        "undo": len(journal_entries(r.all, person)),
        "copies": copies,
    }
    stays = {
        "invoices": int(kept[0]) + int(old[0]),
        "payments": count(f"payments WHERE contact_id IN {IDS}"),
        "bare_visits": invoiced,
        "treatments": count(f"treatments WHERE appointment_id IN {INVOICED}"),
        "opt_outs": len(refusals(r.all, ids)),
    }
    last = max(filter(None, (kept[1], paid)), default="")
    named = bool(last and last >= start)
    return ErasePlan(
        contact_id=contact_id,
        name=name,
        goes=tuple(Counted(key, number) for key, number in goes.items() if number),
        stays=tuple(Counted(key, number) for key, number in stays.items() if number),
        retention_years=years,
        kept_until_on=retention_end(last, years) if named else "",
        mentions=int(
            r.value(
                f"SELECT count(*) FROM notes WHERE instr(text, ?2) > 0 AND contact_id NOT IN {IDS}",
                (ids, name),
            )
        ),
        owes=open_invoices(r.all, ids),
        visits=visits_ahead(r.all, ids, now_ms),
    )


def open_invoices(rows: Rows, ids: str) -> tuple[OpenInvoice, ...]:
    """Invoices of the person that are not paid."""
    return tuple(
        OpenInvoice(*row)
        for row in rows(
            "SELECT id, number, coalesce(due_on, ''), open_cents FROM invoices"
            f" WHERE contact_id IN {IDS} AND open_cents <> 0 AND state IN ('issued', 'part_paid')"
            " ORDER BY due_on, id LIMIT 50",
            (ids,),
        )
    )


def visits_ahead(rows: Rows, ids: str, now_ms: int) -> tuple[VisitAhead, ...]:
    """Visits of the person that are still to come or under way, and series that still go on,
    each as what it began with."""
    ahead = rows(
        f"SELECT id, starts_local, title FROM appointments WHERE contact_id IN {IDS}"
        " AND ends_at > ?2 AND deleted_at IS NULL"
        " AND state NOT IN ('done', 'cancelled', 'no_show') ORDER BY starts_at LIMIT 50",
        (ids, now_ms),
    )
    today = datetime.fromtimestamp(now_ms / 1000, UTC).date().isoformat()
    going_on = [
        (occurrence_id(ident, date.fromisoformat(starts_local[:10])), starts_local, title)
        for ident, starts_local, title in rows(
            f"SELECT id, starts_local, title FROM series WHERE contact_id IN {IDS}"
            " AND deleted_at IS NULL AND (last_on IS NULL OR last_on >= ?2)"
            " ORDER BY starts_local LIMIT 50",
            (ids, today),
        )
    ]
    return tuple(VisitAhead(*row) for row in (*ahead, *going_on))


def refusals(rows: Rows, ids: str) -> list[tuple[str, str, str, int]]:
    """Where the person's last word is no: channel, address key, purpose, instant."""
    return [
        (channel, key, purpose, at)
        for channel, key, purpose, at, given in rows(
            "SELECT channel, address_key, purpose, at, given FROM (SELECT e.*, row_number() OVER"
            " (PARTITION BY channel, address_key, purpose ORDER BY at DESC, given, id DESC) AS n"
            f" FROM consent_events e WHERE contact_id IN {IDS}) WHERE n = 1",
            (ids,),
        )
        if not given
    ]


_DIRECT: Final = (
    "contact_phones", "contact_emails", "locations", "custom_values", "notes", "attachments",
    "consent_events", "frequencies", "appointments", "series", "messages", "complaints",
    "invoices", "payments", "proposals", "billing_plans", "archived_documents",
)  # fmt: skip
_NESTED: Final = (
    ("location_measures", "location_id", "locations"),
    ("working_hours", "location_id", "locations"),
    ("days_off", "location_id", "locations"),
    ("appointment_lines", "appointment_id", "appointments"),
    ("checklist_items", "appointment_id", "appointments"),
    ("treatments", "appointment_id", "appointments"),
    ("series_lines", "series_id", "series"),
    ("series_skips", "series_id", "series"),
    ("checklist_items", "series_id", "series"),
    ("invoice_lines", "invoice_id", "invoices"),
    ("invoice_taxes", "invoice_id", "invoices"),
    ("allocations", "payment_id", "payments"),
    ("invoice_reminders", "invoice_id", "invoices"),
    ("late_fees", "invoice_id", "invoices"),
    ("proposal_options", "proposal_id", "proposals"),
    ("proposal_lines", "proposal_id", "proposals"),
    ("proposal_taxes", "proposal_id", "proposals"),
    ("billing_plan_lines", "plan_id", "billing_plans"),
    ("billing_runs", "plan_id", "billing_plans"),
)


def journal_entries(rows: Rows, person: Sequence[int]) -> list[int]:
    """The undo entries that touch a record of the person, also one that is there no more."""
    found: dict[str, set[int]] = {"contacts": set(person)}
    for table in _DIRECT:
        found[table] = _ever(rows, table, "contact_id", person)
    for table, column, parent in _NESTED:
        owned = _ever(rows, table, column, sorted(found[parent]))
        found[table] = found.get(table, set()) | owned
    found["distinct_contacts"] = _ever(rows, "distinct_contacts", "a_id", person)
    found["distinct_contacts"] |= _ever(rows, "distinct_contacts", "b_id", person)
    entries: set[int] = set()
    for table, row_ids in found.items():
        entries.update(
            row[0]
            for row in rows(
                "SELECT DISTINCT journal_id FROM journal_rows WHERE table_name = ?2"
                f" AND row_id IN {IDS}",
                (json.dumps(sorted(row_ids)), table),
            )
        )
    return sorted(entries)


def _ever(rows: Rows, table: str, column: str, owners: Sequence[int]) -> set[int]:
    """The rows of these owners, now or as far back as undo remembers."""
    ids = json.dumps(list(owners))
    living = rows(f"SELECT id FROM {table} WHERE {column} IN {IDS}", (ids,))
    gone = rows(
        f"SELECT row_id FROM journal_rows WHERE table_name = ?2"
        f" AND json_extract(before, '$.{column}') IN {IDS}",
        (ids, table),
    )
    return {row[0] for row in (*living, *gone)}
