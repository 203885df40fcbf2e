"""What the import of calendar files would do, row by row, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.calendar_events import CalendarContents, EventIn, SeriesIn
from tcf_desktop.domain.imports import Action, ImportPlan, PlanRow
from tcf_desktop.domain.recurrence import occurrence_id
from tcf_desktop.services.calendar_plan_series import plan_series
from tcf_desktop.services.calendar_values import (
    ChangedEvent,
    ChangedOccurrence,
    ChangedSeries,
    NewEvent,
    at_home,
    event_values,
    series_at_home,
    told,
)
from tcf_desktop.services.office import zone_of
from tcf_desktop.services.queries import calendar_known as known
from tcf_desktop.services.queries.calendar_known import KnownEvent, KnownSeries
from tcf_desktop.services.queries.occurrences import occurrence

if TYPE_CHECKING:
    from tcf_desktop.models.connection import Reader

TWICE = "It is in the files twice; the first one counts."


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the schedule holds of the things in the files."""

    events: dict[str, KnownEvent]
    series: dict[str, KnownSeries]
    rows: dict[tuple[int, str], KnownEvent]
    skips: dict[int, set[str]]
    beside: dict[int, tuple[tuple[int, str], ...]]


def plan_import(r: Reader, files: Sequence[CalendarContents]) -> ImportPlan:
    """What importing these files would do, row by row; writes nothing."""
    home = zone_of(r)
    events = [(source, at_home(event, home)) for source in files for event in source.events]
    repeated = [(source, series_at_home(one, home)) for source in files for one in source.series]
    values = [event_values(event) for _, event in events]
    shelf = _shelf(r, [event for _, event in events], [one for _, one in repeated], values)
    rows: list[PlanRow] = []
    new_series: set[str] = set()
    moving: set[str] = set()
    seen: set[str] = set()
    for source, one in repeated:
        row = PlanRow(0, one.event.line, source.file, Action.SKIP, one.event.summary)
        if one.event.uid in seen:
            rows.append(replace(row, reason=TWICE))
            continue
        seen.add(one.event.uid)
        made = plan_series(r, row, one, shelf, source)
        if made[0].action is Action.ADD:
            new_series.add(one.event.uid)
        if isinstance(made[0].payload, ChangedSeries) and "rule" in made[0].payload.values:
            moving.add(one.event.uid)
        rows += made
    seen.clear()
    for (source, event), facts in zip(events, values, strict=True):
        row = PlanRow(0, event.line, source.file, Action.SKIP, event.summary, _when(event))
        if event.uid in seen:
            rows.append(replace(row, reason=TWICE))
            continue
        seen.add(event.uid)
        rows.append(_Single(r, shelf, source, new_series, moving).plan(row, event, facts))
    rows += [
        PlanRow(0, bad.line, source.file, Action(bad.action), bad.summary, reason=bad.reason)
        for source in files
        for bad in source.troubles
    ]
    order = {source.file: number for number, source in enumerate(files)}
    rows.sort(key=lambda row: (order[row.file], row.line, row.detail))
    numbered = tuple(replace(row, row=number) for number, row in enumerate(rows, 1))
    names = tuple(source.file for source in files)
    return ImportPlan("calendar", names, tuple("iCalendar" for _ in files), numbered)


def _shelf(
    r: Reader,
    events: Sequence[EventIn],
    repeated: Sequence[SeriesIn],
    values: Sequence[dict[str, Any]],
) -> Shelf:
    uids = [one.event.uid for one in repeated]
    uids += [event.series_uid for event in events if event.series_uid]
    series = known.series(r, uids)
    ids = [one.id for one in series.values()]
    starts = [facts["starts_at"] for facts in values]
    return Shelf(
        known.events(r, (event.uid for event in events)),
        series,
        known.rows_of(r, ids),
        known.skips_of(r, ids),
        known.same_time(r, starts),
    )


class _Single:
    """One appointment of a file: alone, in place of an occurrence, or beside a series."""

    def __init__(
        self,
        r: Reader,
        shelf: Shelf,
        source: CalendarContents,
        new_series: set[str],
        moving: set[str],
    ) -> None:
        self._r = r
        self._shelf = shelf
        self._ours = source.ours
        self._new_series = new_series
        self._moving = moving  # series whose dates will be others

    def plan(self, row: PlanRow, event: EventIn, values: dict[str, Any]) -> PlanRow:
        """The row with what would happen."""
        series = self._shelf.series.get(event.series_uid) if event.series_uid else None
        if series is not None and not series.deleted:
            return self._of_series(row, event, values, series)
        stored = self._shelf.events.get(event.uid)
        if stored is not None:
            return self._met(row, event, values, stored)
        if event.series_uid in self._new_series:
            values = {**values, "occurrence_on": event.occurrence_on}
            row = replace(row, detail=_instead(event))
            return self._new(row, event, NewEvent(values, event.series_uid))
        if event.replaces_at is not None and event.status != "cancelled":
            event = replace(event, remarks=(*event.remarks, "Its series is not in the file."))
        return self._new(row, event, NewEvent(values))

    def _of_series(
        self, row: PlanRow, event: EventIn, values: dict[str, Any], series: KnownSeries
    ) -> PlanRow:
        """Belongs to a series that is here."""
        on = _key(event, series)
        row = replace(row, detail=_instead(event))
        stored = self._shelf.rows.get((series.id, on)) or self._shelf.events.get(event.uid)
        if stored is not None:
            return self._met(row, event, values, stored)
        if on in self._shelf.skips.get(series.id, ()):
            return replace(row, reason="You left this date out here.")
        ident = occurrence_id(series.id, date.fromisoformat(on))
        tied = {**values, "series_id": series.id, "occurrence_on": on}
        shown = occurrence(self._r, ident)
        same_time = None
        if shown is not None and series.uid not in self._moving:
            same_time = (shown.starts_at, series.minutes, series.all_day)
        elif series.uid not in self._moving:
            if self._ours and event.sequence <= series.sequence:
                return replace(row, reason="What is here is newer.")
            return self._new(row, event, NewEvent(tied))
        changes = _time_changes(same_time, event, values)
        kept = {"title": series.title, "note": series.note}
        changes |= told(event, ours=self._ours, kept=kept, has_contact=series.has_contact)
        if event.status == "cancelled":
            changes = {"state": "cancelled"}
        if not changes:
            return replace(row, reason="It is here already.")
        what = "It was cancelled." if event.status == "cancelled" else "It was changed."
        sequence = max(event.sequence, 1)
        payload = ChangedOccurrence(ident, {**changes, "sequence": sequence}, tied)
        return replace(row, action=Action.UPDATE, reason=what, payload=payload)

    def _new(self, row: PlanRow, event: EventIn, payload: NewEvent) -> PlanRow:
        if event.status == "cancelled":
            return replace(row, reason="It was cancelled.")
        beside = self._shelf.beside.get(payload.values["starts_at"], ())
        twin = next((ident for ident, title in beside if title == event.summary), None)
        if twin is not None:
            return replace(
                row,
                action=Action.IN_DOUBT,
                id=twin,
                reason="One of the same name at the same time is here already.",
                payload=payload,
            )
        return replace(row, action=Action.ADD, reason=" ".join(event.remarks), payload=payload)

    def _met(
        self, row: PlanRow, event: EventIn, values: dict[str, Any], stored: KnownEvent
    ) -> PlanRow:
        row = replace(row, id=stored.id)
        if stored.deleted:
            return replace(row, reason="You deleted this appointment here.")
        changes = _changes(event, values, stored, ours=self._ours)
        if not changes:
            return replace(row, reason="It is here already.")
        if event.sequence < stored.sequence:
            return replace(row, reason="What is here is newer.")
        if stored.invoiced:
            return replace(row, action=Action.IN_DOUBT, reason="This visit is on an invoice.")
        if event.sequence == stored.sequence and stored.touched:
            reason = "It was changed here and in the file."
            return replace(row, action=Action.IN_DOUBT, reason=reason)
        payload = ChangedEvent(
            stored.id,
            stored.version,
            {**changes, "sequence": max(event.sequence, stored.sequence)},
        )
        what = "It was cancelled." if changes.get("state") == "cancelled" else "It was changed."
        return replace(row, action=Action.UPDATE, reason=what, payload=payload)


def _changes(
    event: EventIn, values: dict[str, Any], stored: KnownEvent, *, ours: bool
) -> dict[str, Any]:
    """The columns that the file changes. Of a customer's visit only its time: the rest is ours."""
    if event.status == "cancelled":
        off = stored.state in rules.OFF_STATES if ours else stored.state == "cancelled"
        return {} if off else {"state": "cancelled"}
    now = (stored.starts_at, stored.minutes, stored.all_day)
    kept = {"title": stored.title, "note": stored.note}
    changes = _time_changes(now, event, values)
    return changes | told(event, ours=ours, kept=kept, has_contact=stored.has_contact)


def _time_changes(
    now: tuple[int, int, bool] | None, event: EventIn, values: dict[str, Any]
) -> dict[str, Any]:
    if now == (values["starts_at"], event.minutes, event.all_day):
        return {}
    keys = ("starts_local", "minutes", "zone", "starts_at", "ends_at", "all_day")
    return {key: values[key] for key in keys}


def _key(event: EventIn, series: KnownSeries) -> str:
    """The date that the series knows it by."""
    if event.replaces_at is None or event.floating or event.all_day or series.all_day:
        return event.occurrence_on
    return rules.wall_of(event.replaces_at, series.zone).date().isoformat()


def _when(event: EventIn) -> str:
    return event.starts_local[:10] if event.all_day else event.starts_local.replace("T", " ")


def _instead(event: EventIn) -> str:
    """When it is, and in place of which date."""
    when = _when(event)
    if event.occurrence_on and event.occurrence_on != when[:10]:
        return f"{when}, in place of {event.occurrence_on}"
    return when
