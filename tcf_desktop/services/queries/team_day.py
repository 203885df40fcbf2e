"""Everything that the map of a day shows, read at once off the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from tcf_desktop.base.clock import from_ms
from tcf_desktop.domain.presence import Presence, presence
from tcf_desktop.domain.tracks import Position
from tcf_desktop.services.queries import team
from tcf_desktop.services.queries.tracks import day_tracks

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

STILL_THERE_MS: Final = 10 * 60_000
_AROUND: Final = 0.04  # degrees around what happened in which customers' places are shown


@dataclass(frozen=True, slots=True)
class VisitFact:
    """A planned visit beside what the tracks say of it. ``is_there``: somebody is there now."""

    visit: team.DayVisit
    stay: Presence | None
    is_there: bool


@dataclass(frozen=True, slots=True)
class TeamDay:
    """One day of the team. ``tracks``: positions by worker id. Times are UTC milliseconds."""

    on: date
    zone: str
    start_at: int
    end_at: int
    now_at: int
    people: tuple[team.Person, ...]
    visits: tuple[VisitFact, ...]
    tracks: dict[int, tuple[Position, ...]]
    shop: team.MapPlace | None
    places: tuple[team.MapPlace, ...]
    phones: int

    @property
    def is_today(self) -> bool:
        """Whether now lies inside the day."""
        return self.start_at <= self.now_at < self.end_at

    def person(self, worker_id: int | None) -> team.Person | None:
        """A person by id."""
        return next((person for person in self.people if person.id == worker_id), None)

    def visits_of(self, person: team.Person) -> list[VisitFact]:
        """The visits that are this person's: by name, or of the crew."""
        return [
            fact
            for fact in self.visits
            if fact.visit.worker_id == person.id
            or (
                fact.visit.worker_id is None
                and person.crew_id is not None
                and fact.visit.crew_id == person.crew_id
            )
        ]

    def track_of(self, person: team.Person) -> tuple[Position, ...]:
        """The person's own track, or the one of a crew mate when only that one has a phone."""
        own = self.tracks.get(person.id)
        if own or person.crew_id is None:
            return own or ()
        mates = [mate.id for mate in self.people if mate.crew_id == person.crew_id]
        return next((self.tracks[mate] for mate in mates if mate in self.tracks), ())


def team_day(r: Reader, on: date, zone: str, now_at: int) -> TeamDay:
    """The day ``on`` of the business's zone, with what is known of it now."""
    start_at, end_at = team.day_bounds(on, zone)
    today_at, _ = team.day_bounds(from_ms(now_at, zone).date(), zone)
    people = tuple(team.people(r, start_at, end_at, now_at, today_at))
    tracks = {track.worker_id: track.positions for track in day_tracks(r, start_at, end_at)}
    planned = team.visits(r, start_at, end_at)
    shop = team.shop(r)
    return TeamDay(
        on=on,
        zone=zone,
        start_at=start_at,
        end_at=end_at,
        now_at=now_at,
        people=people,
        visits=tuple(_fact(visit, people, tracks, now_at) for visit in planned),
        tracks=tracks,
        shop=shop,
        places=_places(r, planned, tracks, shop),
        phones=int(
            r.value("SELECT count(*) FROM phones WHERE revoked_at IS NULL AND app <> 'file'")
        ),
    )


def _fact(
    visit: team.DayVisit,
    people: tuple[team.Person, ...],
    tracks: dict[int, tuple[Position, ...]],
    now_at: int,
) -> VisitFact:
    if visit.lat is None or visit.lon is None:
        return VisitFact(visit, None, is_there=False)
    best: Presence | None = None
    is_there = False
    for person in people:
        if visit.worker_id not in {None, person.id} or person.id not in tracks:
            continue
        if visit.worker_id is None and person.crew_id != visit.crew_id:
            continue
        track = tracks[person.id]
        stay = presence(track, visit.lat, visit.lon)
        if stay is not None and (
            best is None or stay.left_at - stay.came_at > best.left_at - best.came_at
        ):
            best = stay
            is_there = stay.left_at == track[-1].fix_at and now_at - stay.left_at < STILL_THERE_MS
    return VisitFact(visit, best, is_there)


def _places(
    r: Reader,
    planned: list[team.DayVisit],
    tracks: dict[int, tuple[Position, ...]],
    shop: team.MapPlace | None,
) -> tuple[team.MapPlace, ...]:
    spots = [
        (visit.lat, visit.lon)
        for visit in planned
        if visit.lat is not None and visit.lon is not None
    ]
    spots += [(position.lat, position.lon) for track in tracks.values() for position in track[::20]]
    if shop is not None:
        spots.append((shop.lat, shop.lon))
    lats = [lat for lat, _ in spots]
    lons = [lon for _, lon in spots]
    if not lats or not lons:
        return ()
    return tuple(
        team.customer_places(
            r, min(lats) - _AROUND, min(lons) - _AROUND, max(lats) + _AROUND, max(lons) + _AROUND
        )
    )
