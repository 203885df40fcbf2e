"""A recurring event and what was changed in it: as a series, or as single dates where no series
can say it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from tcf_desktop.domain.appointments import format_local, local_instant, wall_of
from tcf_desktop.domain.calendar_events import EventIn, EventTrouble, SeriesIn
from tcf_desktop.domain.recurrence import Rule, dates, last_date, rule_text
from tcf_desktop.integrations.files import ical_recurrence as recurrence
from tcf_desktop.integrations.files.ical_event import (
    MAX_DATES,
    Listed,
    Raw,
    instance_uid,
    listed,
)
from tcf_desktop.integrations.files.ical_times import (
    Moment,
    Unreadable,
    Zones,
    moment_of,
    read_value,
)

_FAR = datetime(2200, 1, 1)  # noqa: DTZ001 - a wall time


@dataclass(slots=True)
class Found:
    """What one recurring event gives."""

    series: list[SeriesIn] = field(default_factory=list)
    events: list[EventIn] = field(default_factory=list)
    troubles: list[EventTrouble] = field(default_factory=list)

    def trouble(self, raw: Raw, reason: str, action: str = "in_doubt") -> None:
        """Name an event in the report."""
        self.troubles.append(EventTrouble(raw.part.line, raw.event.summary, reason, action))


def read_series(
    master: Raw, changed: Sequence[Raw], zones: Zones, first: datetime, last: datetime
) -> Found:
    """Series and appointments of a recurring event; ``changed`` stand in for single dates.

    What can be no series is worked out from ``first`` to ``last``. Raises :class:`Unreadable`.
    """
    found = Found()
    master = _in_utc(master)
    rules = [prop.value for prop in master.part.every("RRULE")]
    newest: dict[int, Raw] = {}
    for raw in sorted(changed, key=lambda raw: raw.event.sequence):
        if raw.replaces is not None:
            newest[raw.replaces.instant] = _in_utc(raw) if raw.later_too else raw
    if not rules:
        _Singles(master, newest, zones, found).read((), None, None)
        return found
    why = ""
    if len(rules) > 1 or master.part.first("EXRULE") is not None:
        why = "A series cannot keep several rules at once."
    elif master.start.converted:
        why = "A series cannot keep its time zone."
    else:
        try:
            kept = recurrence.carried(rules[0], master.start)
        except recurrence.NotCarried as reason:
            why = str(reason)
        else:
            if kept is None:
                found.trouble(master, "Its rule ends before it begins.", "skip")
            else:
                _Series(master, newest, zones, found, kept).read(last)
            return found
    _Singles(master, newest, zones, found, why).read(rules[:4], first, last)
    return found


class _Series:
    """One rule that the program keeps."""

    def __init__(
        self,
        master: Raw,
        changed: dict[int, Raw],
        zones: Zones,
        found: Found,
        kept: recurrence.Carried,
    ) -> None:
        self._master = master
        self._changed = changed
        self._zones = zones
        self._found = found
        self._kept = kept
        self._clock = master.start.wall.time()

    def read(self, last: datetime) -> None:
        """Everything of the series into ``found``."""
        gone = [one.moment for one in listed(self._master.part, "EXDATE", self._zones)]
        extra = listed(self._master.part, "RDATE", self._zones)
        if self._kept.first != self._master.start.wall.date():
            # Where the rule does not give it, the start of a series counts all the same.
            extra.insert(0, Listed(self._master.start))
        self._given = self._dates_among(
            [self._key(moment) for moment in gone]
            + [self._key(one.moment) for one in extra]
            + [self._key(raw.replaces) for raw in self._changed.values() if raw.replaces]
        )
        gone_at = {moment.instant for moment in gone}
        skips = {day for moment in gone if (day := self._rule_date(moment)) is not None}
        changes: dict[date, Raw] = {}
        strangers: list[Raw] = []
        for raw in self._changed.values():
            assert raw.replaces is not None
            day = self._rule_date(raw.replaces)
            if day is None:
                strangers.append(raw)
            elif raw.event.status == "cancelled":
                skips.add(day)
            else:
                changes[day] = raw
        skips -= changes.keys()
        segments = self._segments(changes)
        for number, segment in enumerate(segments):
            self._segment(segment, skips, changes, last, first=number == 0)
        self._added(extra, gone_at, strangers, skips | changes.keys())

    def _segments(self, changes: dict[date, Raw]) -> list[_Segment]:
        rule, first = self._kept.rule, self._kept.first
        onward = sorted(day for day, raw in changes.items() if raw.later_too)
        if not onward:
            return [_Segment(self._master.event, rule, first, None, self._master.start)]
        end = last_date(rule, first)
        plain = rule.without_end()
        found = []
        models: list[tuple[date, Raw]] = [(first, self._master)]
        models += [(day, changes.pop(day)) for day in onward]
        for number, (begin, raw) in enumerate(models):
            until = models[number + 1][0] - timedelta(days=1) if number + 1 < len(models) else end
            inside = replace(plain, until=until) if until else plain
            given = _first_given(inside, first, begin)
            if given is not None:
                event = raw.event if number == 0 else self._later(raw)
                found.append(_Segment(event, inside, given, raw.replaces, raw.start))
        return found

    def _later(self, raw: Raw) -> EventIn:
        assert raw.replaces is not None
        return replace(raw.event, uid=instance_uid(self._master.event.uid, raw.replaces))

    def _segment(
        self,
        segment: _Segment,
        skips: set[date],
        changes: dict[date, Raw],
        last: datetime,
        *,
        first: bool,
    ) -> None:
        days = 0
        if segment.replaces is not None:
            days = (segment.start.wall.date() - self._key(segment.replaces)).days
        rule = recurrence.shifted(segment.rule, segment.first, days)
        if rule is None:
            self._worked_out(segment, skips, changes, last, days)
            return
        until = segment.rule.until or date.max
        move = timedelta(days=days)
        ours = {day for day in skips if segment.first <= day <= until}
        begins = segment.first + move
        wall = datetime.combine(begins, segment.start.wall.time())
        remarks = segment.event.remarks + ((self._kept.remark,) if self._kept.remark else ())
        if not first:
            remarks = (*remarks, "From here on the series was changed.")
        event = replace(segment.event, starts_local=format_local(wall), remarks=remarks)
        end = last_date(rule, begins)
        self._found.series.append(
            SeriesIn(
                event,
                rule_text(rule),
                end.isoformat() if end else None,
                tuple(sorted((day + move).isoformat() for day in ours)),
            )
        )
        for day, raw in changes.items():
            if segment.first <= day <= until:
                self._found.events.append(self._instance(raw, event.uid, (day + move).isoformat()))

    def _worked_out(
        self,
        segment: _Segment,
        skips: set[date],
        changes: dict[date, Raw],
        last: datetime,
        days: int,
    ) -> None:
        """A change from a date on that moves a rule which cannot be moved: single dates."""
        until = min(segment.rule.until or date.max, last.date())
        remark = f"A series cannot keep this change; its dates up to {last:%Y-%m-%d} were taken."
        given = dates(segment.rule, self._kept.first, segment.first, until)
        for day in given[: recurrence.MAX_OCCURRENCES]:
            if day in changes:
                self._found.events.append(self._instance(changes[day], "", ""))
            elif day not in skips:
                moved = datetime.combine(day + timedelta(days=days), segment.start.wall.time())
                self._found.events.append(
                    replace(
                        segment.event,
                        uid=instance_uid(self._master.event.uid, self._at(day)),
                        starts_local=format_local(moved),
                        remarks=(*segment.event.remarks, remark),
                    )
                )

    def _added(
        self,
        extra: Sequence[Listed],
        gone_at: set[int],
        strangers: Sequence[Raw],
        used: set[date],
    ) -> None:
        """Dates beside the rule, and changes of dates that it does not give."""
        taken = set(used)
        uid = self._master.event.uid
        instead = {raw.replaces.instant: raw for raw in strangers if raw.replaces is not None}
        seen: set[int] = set()
        for one in extra[:MAX_DATES]:
            at = one.moment.instant
            if at in seen or (at in gone_at and at not in instead):
                continue
            seen.add(at)
            day = self._key(one.moment)
            if day in self._given and self._at(day).instant == at:
                continue
            raw = instead.pop(at, None)
            tie = "" if day in self._given or day in taken else day.isoformat()
            taken.add(day)
            if raw is not None:
                if raw.event.status != "cancelled":
                    self._found.events.append(self._instance(raw, uid if tie else "", tie))
                continue
            event = _dated(self._master, one)
            self._found.events.append(
                replace(event, series_uid=uid if tie else "", occurrence_on=tie)
            )
        for raw in instead.values():
            assert raw.replaces is not None
            if raw.event.status == "cancelled":
                continue
            day = self._key(raw.replaces)
            tie = "" if day in self._given or day in taken else day.isoformat()
            taken.add(day)
            self._found.events.append(self._instance(raw, uid if tie else "", tie))

    def _instance(self, raw: Raw, series_uid: str, on: str) -> EventIn:
        assert raw.replaces is not None
        return replace(
            raw.event,
            uid=instance_uid(raw.event.uid, raw.replaces),
            series_uid=series_uid,
            occurrence_on=on,
        )

    def _dates_among(self, days: Sequence[date]) -> frozenset[date]:
        """Those dates of the rule that lie between the first and the last of ``days``."""
        if not days:
            return frozenset()
        return frozenset(dates(self._kept.rule, self._kept.first, min(days), max(days)))

    def _key(self, moment: Moment) -> date:
        """The date in the zone of the series."""
        start = self._master.start
        if moment.all_day or start.all_day or start.floating or moment.floating:
            return moment.wall.date()
        return wall_of(moment.instant, start.zone).date()

    def _at(self, day: date) -> Moment:
        start = self._master.start
        return Moment(datetime.combine(day, self._clock), start.zone, start.all_day)

    def _rule_date(self, moment: Moment) -> date | None:
        """The date of the rule that is meant; a day without a time means whatever is on it."""
        day = self._key(moment)
        if day not in self._given:
            return None
        start = self._master.start
        if moment.all_day or start.all_day:
            return day
        if start.floating or moment.floating:
            return day if moment.wall.time() == self._clock else None
        return day if moment.instant == local_instant(self._at(day).wall, start.zone) else None


@dataclass(frozen=True, slots=True)
class _Segment:
    """A stretch of a series between changes to this and all later dates."""

    event: EventIn
    rule: Rule
    first: date
    replaces: Moment | None
    start: Moment


class _Singles:
    """A recurring event that gives single appointments."""

    def __init__(
        self, master: Raw, changed: dict[int, Raw], zones: Zones, found: Found, remark: str = ""
    ) -> None:
        self._master = master
        self._changed = changed
        self._zones = zones
        self._found = found
        self._remark = remark

    def read(self, rules: Sequence[str], first: datetime | None, last: datetime | None) -> None:
        """Its dates between ``first`` and ``last``; all of a list that has no rule."""
        begin = self._master.part.first("DTSTART")
        assert begin is not None
        own, whole_day, utc = read_value(begin.value)
        walls: set[datetime] = {own}
        if first is not None and last is not None:
            # What ends is wanted whole, however long ago, unless that is too much.
            whole = None
            if all("COUNT=" in rule.upper() or "UNTIL=" in rule.upper() for rule in rules):
                with contextlib.suppress(Unreadable):
                    whole = self._walls(rules, own, own, _FAR)
            span = "" if whole is not None else f"up to {last:%Y-%m-%d} "
            self._remark = f"{self._remark} Its single dates {span}were taken."
            walls = self._walls(rules, own, first, last) if whole is None else whole
        form = "%Y%m%d" if whole_day else "%Y%m%dT%H%M%SZ" if utc else "%Y%m%dT%H%M%S"
        listing = [
            Listed(moment_of(wall.strftime(form), begin.params, self._zones))
            for wall in sorted(walls)
        ]
        extra = listed(self._master.part, "RDATE", self._zones)
        gone = {one.moment.instant for one in listed(self._master.part, "EXDATE", self._zones)}
        self._take([*listing, *extra], gone)

    def _walls(
        self, rules: Sequence[str], own: datetime, first: datetime, last: datetime
    ) -> set[datetime]:
        start = self._master.start
        known = not (start.converted or start.floating or start.exact_at is not None)
        zone = start.zone if known else "UTC"
        found = {own} if first <= own <= last else set()
        for rule in rules:
            found.update(recurrence.walls(rule, own, first, last, zone))
        if found:
            for prop in self._master.part.every("EXRULE")[:4]:
                ends = min(found), max(found)
                found.difference_update(recurrence.walls(prop.value, own, *ends, zone))
        return found

    def _take(self, listing: Sequence[Listed], gone: set[int]) -> None:
        seen = set(self._changed)
        before = len(self._found.events)
        onward = sorted(at for at, raw in self._changed.items() if raw.later_too)
        for one in listing:
            at = one.moment.instant
            if at in seen or at in gone:
                continue
            seen.add(at)
            model = next((self._changed[day] for day in reversed(onward) if day <= at), None)
            self._found.events.append(self._remarked(_dated(self._master, one, model)))
        for raw in self._changed.values():
            if raw.replaces is not None and raw.event.status != "cancelled":
                uid = instance_uid(raw.event.uid, raw.replaces)
                self._found.events.append(self._remarked(replace(raw.event, uid=uid)))
        if len(self._found.events) == before:
            self._found.trouble(self._master, f"{self._remark} There are none.".strip(), "skip")
        if len(self._found.events) - before > MAX_DATES:
            raise Unreadable("It repeats too often to be worked out.")

    def _remarked(self, event: EventIn) -> EventIn:
        return replace(event, remarks=(*event.remarks, self._remark)) if self._remark else event


def _in_utc(raw: Raw) -> Raw:
    """What repeats in UTC keeps its hour there, not that of the office."""
    if raw.start.exact_at is None or raw.start.converted:
        return raw
    wall = wall_of(raw.start.exact_at, "UTC")
    event = replace(raw.event, starts_local=format_local(wall), zone="UTC")
    return replace(raw, event=event, start=Moment(wall, "UTC", all_day=False))


def _dated(master: Raw, one: Listed, model: Raw | None = None) -> EventIn:
    """One date of a recurring event; ``model`` is a change to this and all later dates."""
    shown, moment = master.event, one.moment
    wall = moment.wall
    if model is not None and model.replaces is not None:
        shown = model.event
        wall += model.start.wall - model.replaces.wall
    if shown.all_day:
        wall = wall.replace(hour=0, minute=0)
    return replace(
        shown,
        uid=instance_uid(master.event.uid, moment),
        starts_local=format_local(wall),
        minutes=shown.minutes if one.minutes is None or shown.all_day else one.minutes,
        zone=moment.zone,
        floating=moment.floating or shown.all_day,
    )


def _first_given(rule: Rule, first: date, begin: date) -> date | None:
    end = rule.until or begin + timedelta(days=366 * 100)
    step = timedelta(days=366)
    day = begin
    while day <= end:
        if found := dates(rule, first, day, min(end, day + step)):
            return found[0]
        day += step + timedelta(days=1)
    return None
