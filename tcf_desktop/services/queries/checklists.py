"""Lists of what is to be done: of visits, of series, and the usual ones of services."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

Owner = Literal["appointment_id", "series_id", "service_id"]
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A thing to be done; ``position`` names it in its list."""

    position: int
    text: str
    done: bool


def checklist(r: Reader, owner: Owner, ident: int) -> tuple[CheckRow, ...]:
    """The list of a visit, a series or a service, in order."""
    return tuple(
        CheckRow(row[0], row[1], bool(row[2]))
        for row in r.all(
            f"SELECT position, text, done_at IS NOT NULL FROM checklist_items WHERE {owner} = ?"
            f" ORDER BY position, id LIMIT {_MOST}",
            (ident,),
        )
    )


def service_checklists(r: Reader) -> dict[int, tuple[str, ...]]:
    """What each service usually wants done, by the id of the service."""
    found: dict[int, tuple[str, ...]] = {}
    for service_id, text in r.all(
        "SELECT c.service_id, c.text FROM checklist_items c"
        " JOIN services s ON s.id = c.service_id AND s.deleted_at IS NULL"
        " WHERE c.service_id IS NOT NULL ORDER BY c.service_id, c.position, c.id LIMIT 2000"
    ):
        found[service_id] = (*found.get(service_id, ()), text)
    return found
