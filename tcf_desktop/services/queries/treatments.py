"""Treatment records: of visits, for the list that inspectors ask for, and to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.print_document import text_lines
from tcf_desktop.domain.treatments import RecordFacts, TreatmentFacts
from tcf_desktop.services.queries.appointment import one_line_address
from tcf_desktop.services.queries.occurrences import row_id

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

PAGE_ROWS: Final = 500
_CHUNK: Final = 400
_FACTS: Final = (
    "t.product, t.registration_number, t.amount_milli, t.amount_unit, t.area_milli, t.area_unit,"
    " t.target, t.weather, t.temperature, t.wind, coalesce(w.name, ''), t.licence,"
    " t.treated_local, t.note"
)
_FACT_COUNT: Final = 14


@dataclass(frozen=True, slots=True)
class TreatmentRow:
    """A stored record; ``worker_id`` is the applicator."""

    id: int
    appointment_id: int
    worker_id: int | None
    facts: TreatmentFacts


@dataclass(frozen=True, slots=True)
class ListedTreatment:
    """A record in the list: where and for whom; ``on`` is its ISO date."""

    row: TreatmentRow
    on: str
    customer: str
    address: str


@dataclass(frozen=True, slots=True)
class KnownProduct:
    """A product that was used before, with what stood beside it the last time."""

    product: str
    registration_number: str
    amount_unit: str
    area_unit: str
    target: str


@dataclass(frozen=True, slots=True)
class Applicator:
    """A worker who may have done it."""

    id: int
    name: str
    licence: str
    crew_id: int | None


def treatments_of(
    r: Reader, appointment_ids: Sequence[int]
) -> dict[int, tuple[TreatmentFacts, ...]]:
    """What was put down at each of these visits (ids of rows)."""
    found: dict[int, tuple[TreatmentFacts, ...]] = {}
    for visit, *facts in _in_chunks(
        r,
        f"SELECT t.appointment_id, {_FACTS} FROM treatments t"
        " LEFT JOIN workers w ON w.id = t.worker_id WHERE t.appointment_id IN ({marks})"
        " AND t.deleted_at IS NULL ORDER BY t.appointment_id, t.treated_local, t.id",
        appointment_ids,
    ):
        found[visit] = (*found.get(visit, ()), TreatmentFacts(*facts))
    return found


def of_visit(r: Reader, appointment_id: int) -> tuple[TreatmentRow, ...]:
    """The records of a visit, also of one that is known by the number of its occurrence."""
    return tuple(
        TreatmentRow(row[0], row[1], row[2], TreatmentFacts(*row[3:]))
        for row in r.all(
            f"SELECT t.id, t.appointment_id, t.worker_id, {_FACTS} FROM treatments t"
            " LEFT JOIN workers w ON w.id = t.worker_id"
            " WHERE t.appointment_id = ? AND t.deleted_at IS NULL ORDER BY t.treated_local, t.id"
            " LIMIT 200",
            (row_id(r, appointment_id),),
        )
    )


def products(r: Reader) -> tuple[KnownProduct, ...]:
    """The products that were used before, by name, with the newest entry's values."""
    return tuple(
        KnownProduct(*row)
        for row in r.all(
            "SELECT t.product, t.registration_number, t.amount_unit, t.area_unit, t.target"
            " FROM treatments t JOIN (SELECT max(id) AS id FROM treatments"
            " WHERE deleted_at IS NULL GROUP BY lower(product)) n ON n.id = t.id"
            " ORDER BY lower(t.product) LIMIT 200"
        )
    )


def applicators(r: Reader) -> tuple[Applicator, ...]:
    """Everybody who works; those with a licence first."""
    return tuple(
        Applicator(*row)
        for row in r.all(
            "SELECT id, name, licence, crew_id FROM workers WHERE deleted_at IS NULL"
            " ORDER BY licence = '', name, id LIMIT 500"
        )
    )


def listed(
    r: Reader,
    *,
    text: str = "",
    first_on: str = "",
    last_on: str = "",
    limit: int = PAGE_ROWS,
) -> tuple[ListedTreatment, ...]:
    """Records, newest first; ``text`` looks in product, registration number, target, customer and
    applicator, the dates (ISO, inclusive) at when it was done."""
    sql = (
        f"SELECT t.id, t.appointment_id, t.worker_id, {_FACTS},"
        " coalesce(nullif(substr(t.treated_local, 1, 10), ''), substr(a.starts_local, 1, 10)) AS d,"
        " coalesce(c.display_name, a.title), l.street, l.street2, l.city, l.region, l.postal_code"
        " FROM treatments t JOIN appointments a ON a.id = t.appointment_id"
        " LEFT JOIN contacts c ON c.id = a.contact_id LEFT JOIN locations l ON l.id = a.location_id"
        " LEFT JOIN workers w ON w.id = t.worker_id"
        " WHERE t.deleted_at IS NULL AND a.deleted_at IS NULL AND d >= ? AND d <= ?"
    )
    params: list[object] = [first_on, last_on or "9999"]
    for word in text.split()[:8]:
        sql += (
            " AND (t.product || ' ' || t.registration_number || ' ' || t.target || ' ' ||"
            " coalesce(c.display_name, '') || ' ' || coalesce(w.name, '')) LIKE ? ESCAPE '\\'"
        )
        escaped = word[:60].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        params.append(f"%{escaped}%")
    rows = r.all(f"{sql} ORDER BY d DESC, t.id DESC LIMIT ?", (*params, limit))
    rest = 3 + _FACT_COUNT
    return tuple(
        ListedTreatment(
            TreatmentRow(row[0], row[1], row[2], TreatmentFacts(*row[3:rest])),
            row[rest],
            row[rest + 1] or "",
            one_line_address(row[rest + 2 : rest + 7]),
        )
        for row in rows
    )


def record_facts(r: Reader, appointment_id: int) -> RecordFacts | None:
    """What the paper of a visit says; None where nothing was recorded. No note of the contact, the
    place or the visit is read for it."""
    rows = of_visit(r, appointment_id)
    if not rows:
        return None
    business = r.one("SELECT name, address, phone, country FROM business WHERE id = 1")
    visit = r.one(
        "SELECT a.starts_local, coalesce(c.display_name, a.title), l.name, l.street, l.street2,"
        " l.city, l.region, l.postal_code FROM appointments a"
        " LEFT JOIN contacts c ON c.id = a.contact_id"
        " LEFT JOIN locations l ON l.id = a.location_id WHERE a.id = ?",
        (rows[0].appointment_id,),
    )
    assert business is not None
    assert visit is not None
    return RecordFacts(
        business=business[0],
        business_lines=(*text_lines(business[1]), *text_lines(business[2])),
        country=business[3],
        customer=visit[1],
        address=tuple(filter(None, (visit[2] or "", one_line_address(visit[3:8])))),
        on=visit[0][:10],
        treatments=tuple(row.facts for row in rows),
    )


def _in_chunks(r: Reader, sql: str, ids: Sequence[int]) -> Iterable[Any]:
    known = list(dict.fromkeys(ids))
    for start in range(0, len(known), _CHUNK):
        part = known[start : start + _CHUNK]
        yield from r.all(sql.format(marks=",".join("?" * len(part))), part)
