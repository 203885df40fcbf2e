"""What a printed week, month or list shows: the appointments of the chosen crews."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from tcf_desktop.domain.appointments import OFF_STATES
from tcf_desktop.domain.recurrence import occurrence_of
from tcf_desktop.domain.schedule_print import PlanFacts, Planned, PlannedCrew
from tcf_desktop.services.queries.appointment import one_line_address
from tcf_desktop.services.queries.schedule import blocks, crews

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_CHUNK: Final = 400


def plan_facts(
    r: Reader,
    first_on: date,
    last_on: date,
    now_ms: int,
    *,
    hidden: Collection[int] = (),
    with_addresses: bool = False,
    nobody: str = "No crew yet",
) -> PlanFacts:
    """The days from ``first_on`` to ``last_on`` (inclusive) without the ``hidden`` crews.

    What no crew has is always there. Cancelled appointments are not.
    """
    row = r.one("SELECT name, zone, country FROM business WHERE id = 1")
    business, zone, country = row or ("", "UTC", "")
    found = [
        block
        for block in blocks(r, first_on, last_on, zone, now_ms)
        if block.state not in OFF_STATES and block.crew_id not in hidden
    ]
    where = _addresses(r, [block.id for block in found]) if with_addresses else {}
    known = crews(r)
    shown = [PlannedCrew(c.id, c.name, c.color_index) for c in known if c.id not in hidden]
    living = {crew.id for crew in known}
    return PlanFacts(
        first_on=first_on.isoformat(),
        last_on=last_on.isoformat(),
        business=business,
        country=country,
        crews=(*shown, PlannedCrew(None, nobody, 0)),
        visits=tuple(
            Planned(
                starts_local=block.starts_local,
                minutes=block.minutes,
                all_day=block.all_day,
                name=block.name,
                service=block.service,
                state=block.state,
                kind=block.kind,
                # Of a crew that was dissolved since: nobody has it now.
                crew_id=block.crew_id if block.crew_id in living else None,
                worker=block.worker_name,
                address=where.get(block.id, ""),
            )
            for block in found
        ),
    )


def _addresses(r: Reader, ids: Sequence[int]) -> dict[int, str]:
    """Where each of these appointments is, occurrences of series too."""
    found: dict[int, str] = {}
    series: dict[int, list[int]] = {}
    for ident in ids:
        if ident < 0:
            series.setdefault(occurrence_of(ident)[0], []).append(ident)
    sql = (
        "SELECT a.id, l.street, l.street2, l.city, l.region, l.postal_code FROM {table} a"
        " JOIN locations l ON l.id = a.location_id WHERE a.id IN ({marks})"
    )
    for row in _in_chunks(r, sql, "appointments", [ident for ident in ids if ident > 0]):
        found[row[0]] = one_line_address(row[1:6])
    for row in _in_chunks(r, sql, "series", list(series)):
        found |= dict.fromkeys(series[row[0]], one_line_address(row[1:6]))
    return found


def _in_chunks(r: Reader, sql: str, table: str, ids: Sequence[int]) -> Iterable[Any]:
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        yield from r.all(sql.format(table=table, marks=",".join("?" * len(part))), part)
