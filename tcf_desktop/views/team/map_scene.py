"""What the map draws, made from a day: tracks, marks and their words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from tcf_desktop.domain.presence import AT_PLACE_M
from tcf_desktop.domain.tracks import Position, distance_m
from tcf_desktop.qtkit import i18n
from tcf_desktop.services.queries.team import MapPlace, Person
from tcf_desktop.services.queries.team_day import TeamDay, VisitFact
from tcf_desktop.views.common import initials_of

_FRESH_MS = 5 * 60_000


@dataclass(frozen=True, slots=True)
class TrackLine:
    """A person's way; ``strong`` for the chosen one."""

    worker_id: int
    crew: int
    positions: tuple[Position, ...]
    strong: bool


@dataclass(frozen=True, slots=True)
class VisitMark:
    """A numbered stop of the chosen person; filled when somebody was there."""

    number: int
    lat: float
    lon: float
    name: str
    crew: int
    filled: bool
    is_there: bool


@dataclass(frozen=True, slots=True)
class PersonMark:
    """Where somebody was last, or at the moment of the replay."""

    worker_id: int
    initials: str
    crew: int
    position: Position
    words: str
    strong: bool


@dataclass(frozen=True, slots=True)
class MapScene:
    """Everything on the map. The order of the lists is the order of drawing."""

    tracks: tuple[TrackLine, ...] = ()
    visits: tuple[VisitMark, ...] = ()
    people: tuple[PersonMark, ...] = ()
    shop: MapPlace | None = None
    places: tuple[MapPlace, ...] = ()
    spoken: str = ""
    spots: tuple[tuple[float, float], ...] = field(default=(), repr=False)  # what "fit" shows


def make_scene(day: TeamDay, chosen: Person | None, at: int | None = None) -> MapScene:
    """The scene of a day with one person chosen; ``at``: the moment of the replay."""
    tracks = [
        TrackLine(
            person.id,
            person.color_index,
            day.tracks[person.id],
            strong=_is_chosen(day, person, chosen),
        )
        for person in day.people
        if person.id in day.tracks
    ]
    tracks.sort(key=lambda track: track.strong)
    visits = [] if chosen is None else list(_visit_marks(day.visits_of(chosen), chosen.color_index))
    marks = list(_person_marks(day, chosen, at))
    marks.sort(key=lambda mark: mark.strong)
    spots = [(position.lat, position.lon) for track in tracks for position in track.positions[::10]]
    spots += [(visit.lat, visit.lon) for visit in visits]
    if day.shop is not None:
        spots.append((day.shop.lat, day.shop.lon))
    if not tracks and not visits:
        spots += [
            (fact.visit.lat, fact.visit.lon)
            for fact in day.visits
            if fact.visit.lat is not None and fact.visit.lon is not None
        ]
    return MapScene(
        tuple(tracks), tuple(visits), tuple(marks), day.shop, day.places, _spoken(day), tuple(spots)
    )


def _is_chosen(day: TeamDay, person: Person, chosen: Person | None) -> bool:
    if chosen is None:
        return False
    # The crew's one phone stands for everybody in it.
    return day.tracks.get(person.id) is day.track_of(chosen)


def _visit_marks(facts: list[VisitFact], crew: int) -> Iterator[VisitMark]:
    for number, fact in enumerate(facts, 1):
        visit = fact.visit
        if visit.lat is not None and visit.lon is not None:
            yield VisitMark(
                number, visit.lat, visit.lon, visit.name, crew,
                filled=fact.stay is not None, is_there=fact.is_there,
            )  # fmt: skip


def _person_marks(day: TeamDay, chosen: Person | None, at: int | None) -> Iterator[PersonMark]:
    moment = at if at is not None else min(day.now_at, day.end_at)
    for person in day.people:
        track = [point for point in day.tracks.get(person.id, ()) if point.fix_at <= moment]
        if track:
            yield PersonMark(
                person.id, initials_of(person.name), person.color_index, track[-1],
                _where(day, person, track, moment), strong=_is_chosen(day, person, chosen),
            )  # fmt: skip


def _where(day: TeamDay, person: Person, track: list[Position], moment: int) -> str:
    """ "Prairie Dental, 56 min", "the shop", "on the road, 1 min ago"."""
    last = track[-1]
    for fact in day.visits_of(person):
        visit, stay = fact.visit, fact.stay
        if stay is None or visit.lat is None or visit.lon is None:
            continue
        if distance_m(visit.lat, visit.lon, last.lat, last.lon) <= AT_PLACE_M:
            here = max(0, last.fix_at - stay.came_at) // 60_000
            return f"{visit.name}, {i18n.minutes_text(int(here))}"
    if day.shop is not None and (
        distance_m(day.shop.lat, day.shop.lon, last.lat, last.lon) <= AT_PLACE_M
    ):
        return _tr("at the shop, {time}").format(time=i18n.instant_time(last.fix_at, day.zone))
    if day.is_today and moment >= day.now_at and day.now_at - last.fix_at < 60 * 60_000:
        when = i18n.ago(last.fix_at, day.now_at)
    else:
        when = i18n.instant_time(last.fix_at, day.zone)
    return _tr("on the road, {when}").format(when=when)


def _spoken(day: TeamDay) -> str:
    tracked = len(day.tracks)
    newest = max((track[-1].fix_at for track in day.tracks.values() if track), default=None)
    if newest is None:
        return _tr("Map: no positions on this day")
    when = i18n.ago(newest, day.now_at) if day.is_today else i18n.instant_time(newest, day.zone)
    return _tr("Map: {count} people with positions, the last one {when}").format(
        count=tracked, when=when
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("TeamMap", text)
