"""Times, zones and lengths of calendar files, as strict about harm as lenient about habits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from dateutil.rrule import YEARLY, rrule, weekday

from tcf_desktop.base.errors import AppError
from tcf_desktop.domain.appointments import local_instant, wall_of, zone_of
from tcf_desktop.integrations.files.ical_lines import Component, Property

_DATE_TIME = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2}))?(Z)?)?")
_DURATION = re.compile(
    r"([+-])?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?"
)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})(?::?(\d{2}))?")
_WEEKDAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}

_UTC = frozenset({"UTC", "Etc/UTC", "Etc/GMT", "GMT", "Z"})


class Unreadable(ValueError):
    """What cannot be read, as a sentence for the import preview."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of a file: the wall time in an IANA zone, or a whole day.

    ``exact_at`` is the instant where the file gave one: a wall time that happens twice has two.
    ``converted`` is set where the wall time is not the one of the file, whose zone nobody knows.
    """

    wall: datetime
    zone: str
    all_day: bool
    remark: str = ""
    exact_at: int | None = None
    floating: bool = False
    converted: bool = False

    @property
    def instant(self) -> int:
        """UTC milliseconds (of the midnight, for a whole day)."""
        if self.exact_at is not None:
            return self.exact_at
        return local_instant(self.wall, self.zone)


class Zones:
    """Finds the IANA zone of a TZID: by name, by Windows name, by place, by its definition."""

    def __init__(self, home: str, definitions: Mapping[str, Component]) -> None:
        self.home = home
        self._definitions = definitions
        self._known: dict[str, str | None] = {}
        self._alike: dict[str, str | None] = {}

    def named(self, tzid: str) -> str | None:
        """The IANA name, or None when only the file's own definition can help."""
        if tzid not in self._known:
            self._known[tzid] = self._search(tzid)
        return self._known[tzid]

    def _search(self, tzid: str) -> str | None:
        plain = tzid.strip().strip('"')
        if plain in _UTC:
            return "UTC"
        if _exists(plain):
            return plain
        candidates = [_windows_zones().get(plain, "")]
        parts = plain.split("/")
        candidates += ["/".join(parts[-3:]), "/".join(parts[-2:])]
        definition = self._definitions.get(tzid)
        place = definition.first("X-LIC-LOCATION") if definition else None
        candidates.append(place.value.strip() if place else "")
        return next((name for name in candidates if _exists(name)), None)

    def alike(self, tzid: str, wall: datetime) -> str | None:
        """An IANA zone whose clocks go as the file's own VTIMEZONE says, around ``wall``."""
        if tzid not in self._alike:
            self._alike[tzid] = self._search_alike(tzid, wall)
        name = self._alike[tzid]
        if name is None or self.offset(tzid, wall) != _offset_of(name, wall):
            return None
        return name

    def _search_alike(self, tzid: str, wall: datetime) -> str | None:
        days = [wall + timedelta(days=7 * week) for week in range(106)]
        offsets = [self.offset(tzid, day) for day in days]
        if None in offsets:
            return None
        for name in dict.fromkeys((self.home, *_windows_zones().values())):
            if _exists(name) and all(
                _offset_of(name, day) == offset for day, offset in zip(days, offsets, strict=True)
            ):
                return name
        return None

    def offset(self, tzid: str, wall: datetime) -> timedelta | None:
        """The offset that the file's own VTIMEZONE gives for a wall time."""
        definition = self._definitions.get(tzid)
        if definition is None:
            return None
        best: tuple[datetime, timedelta] | None = None
        earliest: tuple[datetime, timedelta] | None = None
        for part in definition.children:
            begin, until_offset = part.first("DTSTART"), part.first("TZOFFSETTO")
            if begin is None or until_offset is None:
                continue
            offset = parsed_offset(until_offset.value)
            onset = _latest_onset(part, wall)
            if onset is not None and (best is None or onset > best[0]):
                best = (onset, offset)
            first = read_value(begin.value)[0]
            if earliest is None or first < earliest[0]:
                earliest = (first, offset)
        chosen = best or earliest
        return chosen[1] if chosen else None


def read_moment(prop: Property, zones: Zones) -> Moment:
    """The moment of a DTSTART, DTEND, RECURRENCE-ID or EXDATE; raises :class:`Unreadable`."""
    return moment_of(prop.value, prop.params, zones)


def moment_of(value: str, params: Mapping[str, str], zones: Zones) -> Moment:
    """As :func:`read_moment`, for one value of a list."""
    wall, all_day, utc = read_value(value)
    if not 1900 <= wall.year <= 2200:
        raise Unreadable(f"The year {wall.year} is out of range.")
    if all_day or params.get("VALUE", "").upper() == "DATE":
        midnight = datetime.combine(wall.date(), time())
        return Moment(midnight, zones.home, all_day=True, floating=True)
    if utc:
        at = local_instant(wall, "UTC")
        return Moment(wall_of(at, zones.home), zones.home, all_day=False, exact_at=at)
    tzid = params.get("TZID", "")
    if not tzid:
        return Moment(wall, zones.home, all_day=False, floating=True)
    name = zones.named(tzid)
    if name is not None:
        return Moment(wall, name, all_day=False)
    offset = zones.offset(tzid, wall)
    if offset is None:
        remark = f"Its time zone “{tzid[:60]}” is not known; the office's own was taken."
        return Moment(wall, zones.home, all_day=False, remark=remark, floating=True)
    alike = zones.alike(tzid, wall)
    if alike is not None:
        remark = f"Its own time zone “{tzid[:60]}” was read as {alike}."
        return Moment(wall, alike, all_day=False, remark=remark)
    instant = local_instant(wall - offset, "UTC")
    remark = f"Its own time zone “{tzid[:60]}” was converted."
    return Moment(wall_of(instant, zones.home), zones.home, False, remark, instant, converted=True)


def read_value(value: str) -> tuple[datetime, bool, bool]:
    """(wall time, whole day, UTC) of a DATE or DATE-TIME; raises :class:`Unreadable`."""
    found = _DATE_TIME.fullmatch(value.strip())
    if found is None:
        raise Unreadable(f"“{value.strip()[:40]}” is not a date.")
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    try:
        if found[4] is None:
            return datetime.combine(date(year, month, day), time()), True, False
        second = min(59, int(found[6] or 0))
        clock = time(int(found[4]), int(found[5]), second)
        wall = datetime.combine(date(year, month, day), clock).replace(second=0)
    except ValueError as trouble:
        raise Unreadable(f"“{value.strip()[:40]}” is not a date.") from trouble
    return wall, False, found[7] is not None


def read_length(value: str) -> timedelta:
    """The length of a DURATION; raises :class:`Unreadable`."""
    found = _DURATION.fullmatch(value.strip().upper())
    if found is None or not any(found.groups()[1:]):
        raise Unreadable(f"“{value.strip()[:40]}” is not a length of time.")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    span = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -span if found[1] == "-" else span


def parsed_offset(value: str) -> timedelta:
    """The offset of ``+0530``; raises :class:`Unreadable`."""
    found = _OFFSET.fullmatch(value.strip())
    if found is None:
        raise Unreadable("Its time zone is described in a way that cannot be read.")
    span = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    if span >= timedelta(days=1):
        raise Unreadable("Its time zone is described in a way that cannot be read.")
    return -span if found[1] == "-" else span


def read_stamp(prop: Property | None) -> int | None:
    """UTC milliseconds of LAST-MODIFIED, None where it is missing or odd."""
    if prop is None:
        return None
    found = _DATE_TIME.fullmatch(prop.value.strip())
    if found is None or found[4] is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
    return round(moment.timestamp() * 1000)


@cache
def _windows_zones() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return dict(WINDOWS_TO_OLSON)


def _offset_of(name: str, wall: datetime) -> timedelta | None:
    return wall.replace(tzinfo=zone_of(name)).utcoffset()


def _exists(name: str) -> bool:
    if not name or len(name) > 80 or name.startswith("/"):
        return False
    try:
        zone_of(name)
    except AppError:
        return False
    return True


def _latest_onset(part: Component, wall: datetime) -> datetime | None:
    """When this part of a VTIMEZONE last began before ``wall``; yearly rules only."""
    begin = part.first("DTSTART")
    if begin is None:
        return None
    first = read_value(begin.value)[0]
    onsets = [first] if first <= wall else []
    for dates in part.every("RDATE"):
        onsets += [read_value(one)[0] for one in dates.value.split(",")[:400]]
    rule = part.first("RRULE")
    if rule is not None and first <= wall:
        yearly = _yearly_before(rule.value, first, wall)
        if yearly is not None:
            onsets.append(yearly)
    return max((onset for onset in onsets if onset <= wall), default=None)


def _yearly_before(value: str, first: datetime, wall: datetime) -> datetime | None:
    fields = dict(part.split("=", 1) for part in value.upper().split(";") if "=" in part)
    day = re.fullmatch(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)", fields.get("BYDAY", ""))
    month = fields.get("BYMONTH", "")
    if fields.get("FREQ") != "YEARLY" or day is None or not month.isdigit():
        return None
    if not 1 <= int(month) <= 12:
        return None
    until = fields.get("UNTIL", "")
    start = first.replace(year=max(first.year, wall.year - 2), day=1)
    begun = rrule(
        YEARLY,
        dtstart=start,
        bymonth=int(month),
        byweekday=weekday(_WEEKDAYS[day[2]], int(day[1]) if day[1] else None),
        until=wall,
    )
    last_day = read_value(until)[0] if until else wall
    hits = [onset for onset in begun if first <= onset <= max(last_day, first)]
    return hits[-1] if hits else None
