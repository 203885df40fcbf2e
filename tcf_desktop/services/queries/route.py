"""A crew's visits of a day in their order, with what is known of where they are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain import route as planning
from tcf_desktop.services.queries import schedule, team
from tcf_desktop.services.queries.rain_day import locations_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tcf_desktop.models.connection import Reader
    from tcf_desktop.services.queries.schedule import AppointmentBlock
    from tcf_desktop.services.queries.team import MapPlace

_SET: Final = ("done", "arrived", "on_the_way")


@dataclass(frozen=True, slots=True)
class RouteStop:
    """A visit on the way. ``spot`` is (lat, lon) or None; ``why`` says why its time stays:
    "window" (promised), "state" (begun or done), "invoiced"; empty when it may move."""

    id: int
    contact_id: int | None
    name: str
    service: str
    address: str
    starts_local: str
    starts_at: int
    minutes: int
    state: str
    arrival_until_local: str | None
    spot: planning.Spot | None
    why: str = ""

    def as_stop(self) -> planning.Stop:
        """As the rules of the order see it."""
        minute = int(self.starts_local[11:13]) * 60 + int(self.starts_local[14:16])
        return planning.Stop(self.id, minute, self.minutes, self.spot, bool(self.why))


@dataclass(frozen=True, slots=True)
class RouteDay:
    """The stops in the order that the office chose, else of their starts."""

    on: date
    crew_id: int
    color_index: int
    stops: tuple[RouteStop, ...]
    shop: MapPlace | None
    zone: str
    by_hand: bool

    @property
    def base(self) -> planning.Spot | None:
        """Where the day begins and ends."""
        return None if self.shop is None else (self.shop.lat, self.shop.lon)


def route_day(r: Reader, on: date, crew_id: int, now_ms: int) -> RouteDay:
    """The timed entries of a crew (and of its workers) on a date."""
    zone = str(r.value("SELECT zone FROM business WHERE id = 1") or "UTC")
    blocks = [
        block
        for block in schedule.blocks(r, on, on, zone, now_ms)
        if block.crew_id == crew_id
        and block.starts_local[:10] == on.isoformat()
        and not block.all_day
        and block.state not in rules.OFF_STATES
    ]
    ids = [block.id for block in blocks]
    places = locations_of(r, ids)
    where = _spots(r, set(places.values()))
    chosen = _positions(r, ids)
    stops = [_stop(block, *where.get(places.get(block.id, 0), (None, ""))) for block in blocks]
    stops.sort(key=lambda s: (chosen.get(s.id, 1 << 30) if chosen else 0, s.starts_at, s.id))
    color = r.value("SELECT color_index FROM crews WHERE id = ?", (crew_id,))
    return RouteDay(on, crew_id, int(color or 0), tuple(stops), team.shop(r), zone, bool(chosen))


def _stop(block: AppointmentBlock, spot: planning.Spot | None, address: str) -> RouteStop:
    why = ""
    if block.invoiced:
        why = "invoiced"
    elif block.state in _SET:
        why = "state"
    elif block.arrival_until_local:
        why = "window"
    return RouteStop(
        block.id, block.contact_id, block.name, block.service, address, block.starts_local,
        block.starts_at, block.minutes, block.state, block.arrival_until_local, spot, why,
    )  # fmt: skip


def _spots(r: Reader, ids: Iterable[int]) -> dict[int, tuple[planning.Spot | None, str]]:
    rows = r.all(
        "SELECT id, coalesce(lat, learned_lat), coalesce(lon, learned_lon), street, city"
        " FROM locations WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(ids)),),
    )
    return {
        row[0]: (
            None if row[1] is None or row[2] is None else (row[1], row[2]),
            ", ".join(part for part in row[3:5] if part),
        )
        for row in rows
    }


def _positions(r: Reader, ids: Iterable[int]) -> dict[int, int]:
    rows = r.all(
        "SELECT id, route_position FROM appointments WHERE route_position IS NOT NULL"
        " AND id IN (SELECT value FROM json_each(?))",
        (json.dumps([ident for ident in ids if ident > 0]),),
    )
    return dict(rows)
