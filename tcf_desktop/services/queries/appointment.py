"""One appointment in full, and what its editor offers to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tcf_desktop.domain.recurrence import occurrence_of
from tcf_desktop.services.queries.checklists import CheckRow, checklist
from tcf_desktop.services.queries.occurrences import (
    as_json,
    occurrence,
    row_id,
    sources,
)
from tcf_desktop.services.queries.schedule import listed_name

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A line of the price list."""

    id: int
    name: str
    description: str
    price_e4: int
    minutes: int
    taxable: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    """A service of an appointment."""

    service_id: int | None
    name: str
    description: str
    qty_milli: int
    unit_price_e4: int
    taxable: bool


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A location of a customer, its address on one line."""

    id: int
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """The series that an appointment belongs to: its ``rule`` (an RRULE value), the wall time of
    its first start, and the date that the rule gave this one."""

    id: int
    occurrence_on: str
    rule: str
    holidays: str
    starts_local: str
    last_on: str | None


@dataclass(frozen=True, slots=True)
class AppointmentDetail:
    """One appointment in full; ``starts_local`` is the wall time of its own ``zone``."""

    id: int
    kind: str
    state: str
    title: str
    starts_local: str
    minutes: int
    zone: str
    starts_at: int
    ends_at: int
    all_day: bool
    arrival_from_local: str | None
    arrival_minutes: int | None
    crew_id: int | None
    crew_name: str
    worker_id: int | None
    worker_name: str
    note: str
    total_cents: int
    invoice_id: int | None
    invoice_number: str
    invoice_state: str
    contact_id: int | None
    contact_name: str
    phone: str
    location_id: int | None
    address: str
    access_note: str
    lines: tuple[LineRow, ...]
    cancel_reason: str = ""
    crew_note: str = ""
    document_note: str = ""
    color_index: int | None = None
    told_local: str | None = None
    told_at: int | None = None
    call_back_of_id: int | None = None
    checklist: tuple[CheckRow, ...] = ()
    series: SeriesFacts | None = None

    @property
    def name(self) -> str:
        """The customer, or the title."""
        return self.contact_name or self.title

    @property
    def service(self) -> str:
        """What is to be done, on one line."""
        if self.title and self.contact_name:
            return self.title
        return " + ".join(line.name for line in self.lines)


_STORED, _COMPUTED = sources("""
SELECT a.id, a.kind, a.state, a.title, a.starts_local, a.minutes, a.zone, a.starts_at,
    a.ends_at, a.all_day, a.arrival_from_local, a.arrival_minutes, a.crew_id, g.name,
    a.worker_id, w.name, a.note, a.total_cents, a.invoice_id, i.number, i.state,
    a.contact_id, c.first_name, c.last_name, c.company, c.display_name,
    (SELECT number FROM contact_phones WHERE contact_id = a.contact_id
        ORDER BY position LIMIT 1),
    a.location_id, p.street, p.street2, p.city, p.region, p.postal_code, p.access_note,
    a.cancel_reason, a.crew_note, a.document_note, a.color_index, a.told_local, a.told_at,
    a.call_back_of_id, s.id, a.occurrence_on, s.rule, s.holidays, s.starts_local, s.last_on
FROM {visits} a
LEFT JOIN crews g ON g.id = a.crew_id
LEFT JOIN workers w ON w.id = a.worker_id
LEFT JOIN contacts c ON c.id = a.contact_id
LEFT JOIN locations p ON p.id = a.location_id
LEFT JOIN invoices i ON i.id = a.invoice_id
LEFT JOIN series s ON s.id = a.series_id AND s.deleted_at IS NULL
WHERE a.id = ? AND a.deleted_at IS NULL
""")


def price_list(r: Reader) -> tuple[ServiceRow, ...]:
    """The services in the order of the price list."""
    return tuple(
        ServiceRow(row[0], row[1], row[2], row[3], row[4], bool(row[5]))
        for row in r.all(
            "SELECT id, name, description, price_e4, minutes, taxable FROM services"
            " WHERE deleted_at IS NULL ORDER BY position, id LIMIT 200"
        )
    )


def places(r: Reader, contact_id: int) -> tuple[PlaceRow, ...]:
    """The locations of a customer where work can be done."""
    rows = r.all(
        "SELECT id, name, street, street2, city, region, postal_code FROM locations"
        " WHERE contact_id = ? AND deleted_at IS NULL ORDER BY position, id LIMIT 200",
        (contact_id,),
    )
    return tuple(PlaceRow(row[0], row[1], one_line_address(row[2:7])) for row in rows)


def contact_name(r: Reader, contact_id: int) -> str:
    """The customer as lists show him; empty when there is none."""
    row = r.one(
        "SELECT first_name, last_name, company, display_name FROM contacts WHERE id = ?",
        (contact_id,),
    )
    return listed_name(row) if row else ""


def detail(r: Reader, appointment_id: int) -> AppointmentDetail | None:
    """One appointment; None when it was deleted. The number of an occurrence that has become a row
    leads to that row."""
    ident = row_id(r, appointment_id)
    if ident < 0:
        found = occurrence(r, ident)
        row = None if found is None else r.one(_COMPUTED, (as_json([found]), ident))
    else:
        row = r.one(_STORED, (ident,))
    if row is None:
        return None
    return AppointmentDetail(
        id=row[0],
        kind=row[1],
        state=row[2],
        title=row[3],
        starts_local=row[4],
        minutes=row[5],
        zone=row[6],
        starts_at=row[7],
        ends_at=row[8],
        all_day=bool(row[9]),
        arrival_from_local=row[10],
        arrival_minutes=row[11],
        crew_id=row[12],
        crew_name=row[13] or "",
        worker_id=row[14],
        worker_name=row[15] or "",
        note=row[16],
        total_cents=row[17],
        invoice_id=row[18],
        invoice_number=row[19] or "",
        invoice_state=row[20] or "",
        contact_id=row[21],
        contact_name=listed_name(row[22:26]) if row[21] is not None else "",
        phone=row[26] or "",
        location_id=row[27],
        address=one_line_address(row[28:33]),
        access_note=row[33] or "",
        lines=lines(r, ident),
        cancel_reason=row[34],
        crew_note=row[35],
        document_note=row[36],
        color_index=row[37],
        told_local=row[38],
        told_at=row[39],
        call_back_of_id=row[40],
        checklist=checklist(r, "appointment_id", ident)
        if ident >= 0
        else checklist(r, "series_id", row[41]),
        series=None if row[41] is None else SeriesFacts(*row[41:47]),
    )


def lines(r: Reader, appointment_id: int) -> tuple[LineRow, ...]:
    """The services of an appointment, or of every occurrence of its series."""
    table, ident = "appointment_lines WHERE appointment_id", row_id(r, appointment_id)
    if ident < 0:
        table, ident = "series_lines WHERE series_id", occurrence_of(ident)[0]
    return tuple(
        LineRow(row[0], row[1], row[2], row[3], row[4], bool(row[5]))
        for row in r.all(
            "SELECT service_id, name, description, qty_milli, unit_price_e4, taxable"
            f" FROM {table} = ? ORDER BY position LIMIT 200",
            (ident,),
        )
    )


def one_line_address(parts: Sequence[str | None]) -> str:
    """Street, street 2, city, region and postal code as one line."""
    street, street2, city, region, code = (part or "" for part in parts)
    area = " ".join(part for part in (region, code) if part)
    return ", ".join(part for part in (street, street2, city, area) if part)
