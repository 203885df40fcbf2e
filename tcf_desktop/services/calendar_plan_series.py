"""What the import of a calendar file would do with a series."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.calendar_events import CalendarContents, SeriesIn
from tcf_desktop.domain.imports import Action, PlanRow
from tcf_desktop.domain.recurrence import dates, occurrence_id, parse_rule
from tcf_desktop.domain.recurrence_text import in_words
from tcf_desktop.services.calendar_values import (
    ChangedEvent,
    ChangedSeries,
    NewSeries,
    series_values,
    told,
)
from tcf_desktop.services.queries import calendar_known as known
from tcf_desktop.services.queries.calendar_known import KnownEvent, KnownSeries
from tcf_desktop.services.queries.occurrences import occurrence

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

_OVER = frozenset({"cancelled", "no_show"})
_TIMES = ("starts_local", "minutes", "zone", "all_day", "rule", "last_on")


class Stored(Protocol):
    """What the schedule holds of the series in the files."""

    @property
    def series(self) -> dict[str, KnownSeries]: ...
    @property
    def rows(self) -> dict[tuple[int, str], KnownEvent]: ...
    @property
    def skips(self) -> dict[int, set[str]]: ...


def plan_series(
    r: Reader, row: PlanRow, one: SeriesIn, stored: Stored, source: CalendarContents
) -> list[PlanRow]:
    """The row of the series, then one for each of its appointments that the file leaves out."""
    row = replace(row, detail=_when(one))
    found = stored.series.get(one.event.uid)
    if found is None:
        return [_new(r, row, one)]
    row = replace(row, id=None)
    if found.deleted:
        return [replace(row, reason="You deleted this series here.")]
    if one.event.status == "cancelled":
        reason = "The file says that this series is cancelled. End it here if that is right."
        return [replace(row, action=Action.IN_DOUBT, reason=reason)]
    return _met(r, row, one, found, stored, source)


def _new(r: Reader, row: PlanRow, one: SeriesIn) -> PlanRow:
    event = one.event
    if event.status == "cancelled":
        return replace(row, reason="It was cancelled.")
    payload = NewSeries(series_values(one), one.skips, _joined(r, one))
    twin = known.same_series(r, event.starts_local, event.summary, one.rule)
    if twin is not None:
        return replace(
            row,
            action=Action.IN_DOUBT,
            reason="A series of the same name at the same times is here already.",
            payload=payload,
        )
    remarks = list(event.remarks)
    if one.skips:
        dates_left = "One date is" if len(one.skips) == 1 else f"{len(one.skips)} dates are"
        remarks.append(f"{dates_left} left out.")
    return replace(row, action=Action.ADD, reason=" ".join(remarks), payload=payload)


def _joined(r: Reader, one: SeriesIn) -> tuple[tuple[int, int, str], ...]:
    """Single appointments that stand for dates of this series, from a time when only those were
    taken from files."""
    loose = known.loose_dates(r, one.event.uid)
    if not loose:
        return ()
    rule, first = parse_rule(one.rule), date.fromisoformat(one.event.starts_local[:10])
    found: dict[str, tuple[int, int, str]] = {}
    for event in loose:
        stamp = event.uid.rpartition("#")[2]
        try:
            wall = datetime.fromisoformat(stamp.removesuffix("Z"))
        except ValueError:
            continue
        if "T" in stamp:
            wall = rules.wall_of(rules.local_instant(wall, "UTC"), one.event.zone)
        day = wall.date()
        if dates(rule, first, day, day):
            found.setdefault(day.isoformat(), (event.id, event.version, day.isoformat()))
    return tuple(found.values())


def _met(
    r: Reader,
    row: PlanRow,
    one: SeriesIn,
    found: KnownSeries,
    stored: Stored,
    source: CalendarContents,
) -> list[PlanRow]:
    changes = _changes(one, found, ours=source.ours)
    more, left_out = _left_out(r, row, one, found, stored)
    if source.ours and one.event.sequence <= found.sequence:
        # We write more dates out than we leave out: those of other crews, and public holidays.
        more, left_out = (), []
    if not changes and not more and not left_out:
        return [replace(row, reason="It is here already.")]
    if one.event.sequence < found.sequence:
        return [replace(row, reason="What is here is newer.")]
    if not changes and not more:
        return [replace(row, reason="It is here already."), *left_out]
    if changes and one.event.sequence == found.sequence and found.touched:
        reason = "It was changed here and in the file."
        return [replace(row, action=Action.IN_DOUBT, reason=reason), *left_out]
    what = "It was changed." if changes else ""
    if more:
        number = "One more date is" if len(more) == 1 else f"{len(more)} more dates are"
        what = f"{what} {number} left out.".strip()
    changes["sequence"] = max(one.event.sequence, found.sequence)
    gone = _homeless(one, found, stored) if _TIMES[0] in changes or "rule" in changes else ()
    payload = ChangedSeries(found.id, found.version, changes, more, gone)
    return [replace(row, action=Action.UPDATE, reason=what, payload=payload), *left_out]


def _changes(one: SeriesIn, found: KnownSeries, *, ours: bool) -> dict[str, Any]:
    """The columns that the file changes. Of a customer's series only its times: the rest is
    ours."""
    event = one.event
    now: tuple[object, ...] = (found.starts_local, found.minutes, found.all_day)
    then: tuple[object, ...] = (event.starts_local, event.minutes, event.all_day)
    same_zone = found.all_day or found.zone == event.zone
    changes: dict[str, Any] = {}
    if now != then or not same_zone or parse_rule(found.rule) != parse_rule(one.rule):
        values = series_values(one)
        changes = {name: values[name] for name in _TIMES}
    kept = {"title": found.title, "note": found.note}
    return changes | told(event, ours=ours, kept=kept, has_contact=found.has_contact)


def _left_out(
    r: Reader, row: PlanRow, one: SeriesIn, found: KnownSeries, stored: Stored
) -> tuple[tuple[str, ...], list[PlanRow]]:
    """Dates that the file leaves out and that take place here: by the rule, or as rows."""
    more: list[str] = []
    rows: list[PlanRow] = []
    ours = stored.skips.get(found.id, set())
    for on in one.skips:
        if on in ours:
            continue
        visit = stored.rows.get((found.id, on))
        if visit is None:
            if occurrence(r, occurrence_id(found.id, date.fromisoformat(on))) is not None:
                more.append(on)
        elif not visit.deleted and visit.state not in _OVER:
            rows.append(_cancelled(replace(row, id=visit.id, detail=on), visit))
    return tuple(more), rows


def _cancelled(row: PlanRow, visit: KnownEvent) -> PlanRow:
    reason = "The file leaves this date out."
    if visit.touched or visit.invoiced or visit.state == "done":
        return replace(row, action=Action.IN_DOUBT, reason=f"{reason} It was changed here.")
    payload = ChangedEvent(visit.id, visit.version, {"state": "cancelled"})
    return replace(row, action=Action.UPDATE, reason=reason, payload=payload)


def _homeless(one: SeriesIn, found: KnownSeries, stored: Stored) -> tuple[tuple[int, int], ...]:
    """Appointments that came from the file for dates which its new rule does not give, and that
    nobody touched here."""
    rows = [
        visit
        for (series_id, _), visit in stored.rows.items()
        if series_id == found.id
        and visit.uid.startswith(f"{found.uid}#")
        and not (visit.touched or visit.deleted or visit.invoiced or visit.state == "done")
    ]
    if not rows:
        return ()
    days = [date.fromisoformat(visit.occurrence_on or "") for visit in rows]
    first = date.fromisoformat(one.event.starts_local[:10])
    given = set(dates(parse_rule(one.rule), first, min(days), max(days)))
    old = date.fromisoformat(found.starts_local[:10])
    had = set(dates(parse_rule(found.rule), old, min(days), max(days)))
    return tuple(
        (visit.id, visit.version)
        for visit, day in zip(rows, days, strict=True)
        if day in had and day not in given
    )


def _when(one: SeriesIn) -> str:
    """How it comes again and since when: "every 2 weeks, from 2026-07-14 09:00"."""
    rule = parse_rule(one.rule)
    if rule.until is not None and one.last_on is not None:
        rule = replace(rule, until=date.fromisoformat(one.last_on))
    start = one.event.starts_local
    when = start[:10] if one.event.all_day else start.replace("T", " ")
    return f"{in_words(rule)}, from {when}"
