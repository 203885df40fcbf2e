"""What the commands on series share: the draft, its checks, the columns that it fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.domain import appointments as rules
from tcf_desktop.domain.recurrence import (
    HOLIDAY_CHOICES,
    Rule,
    first_date,
    last_date,
    parse_rule,
    rule_text,
)
from tcf_desktop.services.appointment_values import (
    AppointmentDraft,
    LineDraft,
    appointment_values,
    checked,
)

if TYPE_CHECKING:
    from tcf_desktop.services.uow import UnitOfWork

_NOT_OF_SERIES = (
    "starts_at",
    "ends_at",
    "arrival_from_local",
    "cancel_reason",
    "updated_at",
)


@dataclass(frozen=True, slots=True)
class SeriesDraft:
    """How an appointment comes again: an RRULE value of RFC 5545 and what happens on public
    holidays (one of :data:`tcf_desktop.domain.recurrence.HOLIDAY_CHOICES`)."""

    rule: str
    holidays: str = "keep"


def checked_rule(series: SeriesDraft) -> Rule:
    """The rule; AppError ``schedule.rule`` when it is none."""
    if series.holidays not in HOLIDAY_CHOICES:
        raise AppError("app.bug")
    return parse_rule(series.rule)


def anchored(rule: Rule, start: date) -> date:
    """The first date of the rule on or after ``start``.

    Raises ``series.until`` when it ends before, ``series.never`` when there is none.
    """
    first = first_date(rule.without_end(), start)
    if first is None:
        raise AppError("series.never")
    if rule.until is not None and rule.until < first:
        raise AppError("series.until", until=rule.until.isoformat(), first=first.isoformat())
    return first


def series_values(
    uow: UnitOfWork,
    draft: AppointmentDraft,
    series: SeriesDraft,
    stored: models.Series | None = None,
) -> dict[str, Any]:
    """The columns of ``series`` for a draft; the first occurrence is the first date of the rule on
    or after the draft's start. Raises what :func:`checked`, :func:`checked_rule` and
    :func:`anchored` raise."""
    rule = checked_rule(series)
    first = anchored(rule, rules.parse_local(draft.starts_local).date())
    draft = checked(uow, started_on(draft, first), cast("models.Appointment | None", stored))
    values = appointment_values(uow, draft, cast("models.Appointment | None", stored))
    arrival = values["arrival_from_local"]
    offset = 0
    if arrival is not None:
        apart = rules.parse_local(arrival) - rules.parse_local(values["starts_local"])
        offset = int(apart.total_seconds() // 60)
    last = last_date(rule, first)
    for name in _NOT_OF_SERIES:
        del values[name]
    return values | {
        "state": "tentative" if draft.state == "tentative" else "confirmed",
        "arrival_offset": offset,
        "rule": rule_text(rule),
        "holidays": series.holidays,
        "last_on": last.isoformat() if last is not None else None,
    }


def started_on(draft: AppointmentDraft, on: date) -> AppointmentDraft:
    """The same at the same time of another date; the promised window moves along."""
    start = f"{on.isoformat()}{draft.starts_local[10:]}"
    return replace(
        draft,
        starts_local=start,
        arrival_from_local=rules.moved_arrival(draft.arrival_from_local, draft.starts_local, start),
    )


def series_lines(uow: UnitOfWork, series_id: int) -> list[models.SeriesLine]:
    return uow.find(models.SeriesLine, models.SeriesLine.position, series_id=series_id)


def template(uow: UnitOfWork, series: models.Series, on: date) -> AppointmentDraft:
    """What the series does on a date, as the editor shows it."""
    start = f"{on.isoformat()}{series.starts_local[10:]}"
    return AppointmentDraft(
        starts_local=start,
        minutes=series.minutes,
        zone=series.zone,
        kind=series.kind,
        title=series.title,
        contact_id=series.contact_id,
        location_id=series.location_id,
        all_day=bool(series.all_day),
        arrival_minutes=series.arrival_minutes,
        arrival_from_local=rules.shift_local(start, series.arrival_offset)
        if series.arrival_minutes
        else None,
        crew_id=series.crew_id,
        worker_id=series.worker_id,
        state=series.state,
        note=series.note,
        crew_note=series.crew_note,
        document_note=series.document_note,
        color_index=series.color_index,
        lines=tuple(
            LineDraft(
                name=line.name,
                unit_price_e4=line.unit_price_e4,
                qty_milli=line.qty_milli,
                service_id=line.service_id,
                description=line.description,
                taxable=bool(line.taxable),
            )
            for line in series_lines(uow, series.id)
        ),
    )


def add_series_lines(uow: UnitOfWork, series_id: int, lines: Sequence[LineDraft]) -> None:
    from tcf_desktop.services.appointment_values import MAX_TEXT

    for position, line in enumerate(lines):
        uow.session.add(
            models.SeriesLine(
                series_id=series_id,
                position=position,
                service_id=line.service_id,
                name=line.name.strip()[:MAX_TEXT],
                description=line.description.strip()[:MAX_TEXT],
                qty_milli=line.qty_milli,
                unit_price_e4=line.unit_price_e4,
                taxable=int(line.taxable),
            )
        )
