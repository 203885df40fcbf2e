"""Times to offer: gaps of crews in which some work fits, with what lies near on that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain import conflicts as judge
from tcf_desktop.domain.conflicts import Plan
from tcf_desktop.domain.free_slot import SEARCHED_DAYS, gaps, start_in, suggested_start
from tcf_desktop.domain.learned_place import Spot
from tcf_desktop.domain.tracks import distance_m
from tcf_desktop.domain.working_hours import Hours
from tcf_desktop.services.queries.conflicts import business_zone, plans_between
from tcf_desktop.services.queries.working_hours import calendar

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

SOONEST: Final = "soonest"
NEAREST: Final = "nearest"
NEAR_M: Final = 8_000.0  # further away is no reason to go there
MOST_DAYS: Final = 84
_READ_DAYS: Final = 14
_NEAREST_DAYS: Final = 28

_SPOTS: Final = """
SELECT id, coalesce(learned_lat, lat), coalesce(learned_lon, lon) FROM locations
WHERE id IN ({marks}) AND coalesce(learned_lat, lat) IS NOT NULL
    AND coalesce(learned_lon, lon) IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class SlotWish:
    """What is looked for. ``crew_ids``: any of these, all crews when empty; ``worker_id`` looks
    for one worker instead. ``earliest`` and ``latest`` are minutes of the day between which all
    of the work lies. ``but_not`` is the appointment that would move there."""

    minutes: int
    from_on: date
    crew_ids: tuple[int, ...] = ()
    worker_id: int | None = None
    earliest: int = 0
    latest: int = rules.DAY_MINUTES
    location_id: int | None = None
    order: str = SOONEST
    count: int = 10
    but_not: int | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """The nearest other visit of those people on that day."""

    name: str
    metres: float
    starts_local: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that is free. ``starts_local`` is a wall time of the business; ``free_until`` the
    minute of the day up to which nothing else is planned; ``visits`` how many they have that day.
    """

    starts_local: str
    minutes: int
    crew_id: int | None
    worker_id: int | None
    free_until: int
    visits: int
    near: Near | None = None


def free_slots(r: Reader, wish: SlotWish, now_ms: int) -> tuple[Slot, ...]:
    """The next gaps, at most ``wish.count``: the soonest, or within four weeks the nearest.

    No slot begins before ``now_ms``. Looks twelve weeks ahead at most.
    """
    zone = business_zone(r)
    now = rules.wall_of(now_ms, zone)
    crews = wish.crew_ids or tuple(
        row[0]
        for row in r.all("SELECT id FROM crews WHERE deleted_at IS NULL ORDER BY position, id")
    )
    people = [(None, wish.worker_id)] if wish.worker_id is not None else [(c, None) for c in crews]
    first = max(wish.from_on, now.date())
    days = _NEAREST_DAYS if wish.order == NEAREST else MOST_DAYS
    found: list[Slot] = []
    for ahead in range(0, days, _READ_DAYS):
        begin = first + timedelta(days=ahead)
        look = _Look(r, wish, zone, begin, begin + timedelta(days=_READ_DAYS - 1))
        for day in look.days:
            for crew_id, worker_id in people:
                found += look.slots(day, crew_id, worker_id, now)
            if wish.order == SOONEST and len(found) >= wish.count:
                break
        if wish.order == SOONEST and len(found) >= wish.count:
            break
    if wish.order == NEAREST:
        found.sort(key=lambda slot: slot.near.metres if slot.near else float("inf"))
    else:
        found.sort(key=lambda slot: slot.starts_local)
    return tuple(found[: wish.count])


def suggested(
    r: Reader,
    first: date,
    minutes: int,
    usual_minute: int,
    *,
    crew_id: int | None,
    worker_id: int | None,
    location_id: int | None = None,
) -> datetime:
    """The time to offer when nothing was said about it: the first day from ``first`` on that has
    room, near the usual minute. Nobody is never busy."""
    zone = business_zone(r)
    last = first + timedelta(days=SEARCHED_DAYS)
    look = _Look(r, SlotWish(minutes, first, location_id=location_id), zone, first, last)
    busy = [
        (datetime.fromisoformat(plan.local), _end_of(plan))
        for day in look.days
        for plan in look.busy(day, crew_id, worker_id)
    ]
    return suggested_start(
        first, minutes, usual_minute, busy, lambda on: look.hours(on, crew_id, worker_id)
    )


class _Look:
    """Some days as they are planned."""

    def __init__(self, r: Reader, wish: SlotWish, zone: str, first: date, last: date) -> None:
        begin = rules.local_instant(rules.parse_local(rules.day_local(first)), zone)
        after = rules.day_local(last + timedelta(days=1))
        plans = plans_between(
            r, begin, rules.local_instant(rules.parse_local(after), zone), zone, all_day=False
        )
        self.days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        self._wish = wish
        self._plans = [p for p in plans if p.id is None or p.id != wish.but_not]
        places = () if wish.location_id is None else (wish.location_id,)
        self._calendar = calendar(r, first - timedelta(days=3), last, places)
        self._by_day = self._spread(self._plans)
        self._spots = self._read_spots(r)
        self._taken: dict[tuple[object, ...], frozenset[int]] = {}

    def hours(self, on: date, crew_id: int | None, worker_id: int | None) -> Hours | None:
        """When those people can be at the place."""
        known = self._calendar
        if worker_id is not None:
            day = known.worker_day(worker_id, on)
        elif crew_id is not None:
            day = known.crew_day(crew_id, on)
        else:
            day = known.business_day(on)
        spans = [day.hours, Hours(self._wish.earliest, self._wish.latest)]
        if self._wish.location_id is not None:
            spans.append(known.location_day(self._wish.location_id, on).hours)
        known_spans = [span for span in spans if span is not None]
        if len(known_spans) < len(spans):
            return None
        begin = max(span.from_minute for span in known_spans)
        end = min(span.to_minute for span in known_spans)
        return Hours(begin, end) if begin < end else None

    def busy(self, on: date, crew_id: int | None, worker_id: int | None) -> list[Plan]:
        """What takes those people on a day."""
        wanted = self._takes(_somebody(on, crew_id, worker_id))
        if not wanted:
            return []
        return [p for p in self._by_day.get(on, ()) if not wanted.isdisjoint(self._takes(p))]

    def slots(
        self, on: date, crew_id: int | None, worker_id: int | None, now: datetime
    ) -> Iterable[Slot]:
        """One for each gap of a day."""
        hours = self.hours(on, crew_id, worker_id)
        if hours is not None and on == now.date():
            begin = max(hours.from_minute, now.hour * 60 + now.minute)
            hours = Hours(begin, hours.to_minute) if begin < hours.to_minute else None
        if hours is None:
            return
        busy = self.busy(on, crew_id, worker_id)
        near: Near | None = self._near(busy)
        minutes = self._wish.minutes
        for gap in gaps(hours, (_minutes_on(plan, on) for plan in busy), minutes):
            yield Slot(
                rules.day_local(on, start_in(gap, minutes)),
                minutes, crew_id, worker_id, gap.to_minute, len(busy), near,
            )  # fmt: skip

    def _near(self, busy: Sequence[Plan]) -> Near | None:
        here = self._spots.get(self._wish.location_id or 0)
        if here is None:
            return None
        found: Near | None = None
        for plan in busy:
            spot = self._spots.get(plan.location_id or 0)
            if spot is None:
                continue
            metres = distance_m(*here, *spot)
            if metres <= NEAR_M and (found is None or metres < found.metres):
                found = Near(plan.name, metres, plan.local)
        return found

    def _takes(self, plan: Plan) -> frozenset[int]:
        key = (plan.crew_id, plan.worker_id, plan.local[:10], plan.state)
        if key not in self._taken:
            self._taken[key] = judge.takes(plan, self._calendar)
        return self._taken[key]

    def _spread(self, plans: Iterable[Plan]) -> dict[date, list[Plan]]:
        """By every day that they touch."""
        found: dict[date, list[Plan]] = {}
        for plan in plans:
            day, last = plan.day, (_end_of(plan) - timedelta(minutes=1)).date()
            while day <= last:
                found.setdefault(day, []).append(plan)
                day += timedelta(days=1)
        return found

    def _read_spots(self, r: Reader) -> Mapping[int, Spot]:
        if self._wish.location_id is None:
            return {}
        places = {plan.location_id for plan in self._plans if plan.location_id is not None}
        return spots_of(r, places | {self._wish.location_id})


def spots_of(r: Reader, locations: Iterable[int]) -> Mapping[int, Spot]:
    """Where locations are: learned from visits, else as entered; unknown ones are missing."""
    ids = sorted(locations)
    found: dict[int, Spot] = {}
    for begin in range(0, len(ids), 900):
        some = ids[begin : begin + 900]
        rows = r.all(_SPOTS.format(marks=",".join("?" * len(some))), some)
        found |= {row[0]: Spot(row[1], row[2]) for row in rows}
    return found


def _somebody(on: date, crew_id: int | None, worker_id: int | None) -> Plan:
    local = rules.day_local(on)
    return Plan(None, 0, 0, local, 0, local, "UTC", crew_id=crew_id, worker_id=worker_id)


def _end_of(plan: Plan) -> datetime:
    return datetime.fromisoformat(plan.local) + timedelta(minutes=plan.minutes)


def _minutes_on(plan: Plan, on: date) -> tuple[int, int]:
    midnight = datetime.fromisoformat(rules.day_local(on))
    begin = (datetime.fromisoformat(plan.local) - midnight) // timedelta(minutes=1)
    return begin, begin + plan.minutes
